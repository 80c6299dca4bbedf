package publicweb

import (
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/consult"
)

// A consultationView is all that consultation.templ can show.
type consultationView struct {
	page.Frame
	Kicker, Lead string
	Heading      string
	Open         bool
	How          string // how one answers
	Office       string // where those write who lost their link
	Provisions   []provision
	Facts        []page.Fact
	Case         page.Crumb
}

type provision struct {
	Title, Cite, Explain string
	Text                 []string
}

// consultation is what members are asked: GET /o/01k….
func (s *Site) consultation(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), voice.ConsultationID(r.PathValue("id"))
	f := s.frame(r, consultationLink(id))
	c, err := s.Consult.Consultation(ctx, f.Actor, id)
	if err != nil {
		return err
	}
	file, err := s.Cases.Case(ctx, f.Actor, c.Case)
	if err != nil {
		return err
	}
	if !c.Public || !file.Public || c.State == consult.Prepared {
		return page.Go(w, r, consult.Link(c), "")
	}
	v := consultationView{
		Frame: f, Kicker: f.T("public.consultation"), Heading: c.Title, Lead: c.Lead, Open: c.Takes(f.Today), How: f.T("public.how.closed"), Office: s.who(r.Context()).Email,
		Case: page.Crumb{Label: f.T("voice.case", "number", cases.Number(file.ID)), Link: caseLink(file.ID)},
		Facts: []page.Fact{
			{Label: f.T("public.until"), Value: f.Day(c.Closes)}, {Label: f.T("public.answered"), Value: f.T("public.answered.of", "answered", c.Answered, "of", c.Invited)},
			{Label: f.T("public.about_case"), Value: file.Name(), Link: caseLink(file.ID)},
		},
	}
	v.Title, v.Feed = c.Title, inLang("/feeds/consultations.atom", f.Lang)
	if v.Open {
		v.How = f.T("public.how")
		v.Facts = append([]page.Fact{{Label: f.T("public.time"), Value: left(f, c.Closes)}}, v.Facts...)
	}
	for _, a := range c.Asked {
		v.Provisions = append(v.Provisions, provision{a.Title, a.Cite, a.Explain, strings.Split(strings.TrimSpace(a.Text), "\n")})
	}
	return page.Render(w, r, consultationPage(v))
}
