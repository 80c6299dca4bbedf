package consultweb

import (
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/consult"
)

// A publicView is what passers-by see of a consultation.
type publicView struct {
	page.Frame
	Head, Lead string
	State      mark
	Until      string
	Back       string
	Asks       []askView
}

// public shows what is asked, to anyone: GET /z/{id}/consultations/{cid}.
func (s *Site) public(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	c, err := s.Consult.Consultation(r.Context(), f.Actor, voice.ConsultationID(r.PathValue("cid")))
	if err != nil {
		return err
	}
	if string(c.Case) != r.PathValue("id") || c.State == consult.Prepared {
		return missing()
	}
	f.Title, f.Size = c.Title, "read"
	v := publicView{Frame: f, Head: c.Title, Lead: c.Lead, State: stateMark(f.Printer, c), Back: "/z/" + string(c.Case)}
	v.Until = f.T("consult.office.days", "from", f.Date(c.Opens), "until", untilOf(f.Printer, c.Closes))
	for _, a := range c.Asked {
		v.Asks = append(v.Asks, askView{N: a.Ord, Cite: a.Cite, Title: a.Title, Explain: a.Explain, Law: strings.Split(a.Text, "\n")})
	}
	return page.Render(w, r, publicPage(v))
}
