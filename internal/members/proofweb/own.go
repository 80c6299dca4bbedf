package proofweb

import (
	"net/http"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type ownView struct {
	page.Frame
	In     formIn
	Action string
	Langs  []page.Option
	Rows   []page.Row
}

// own makes a certificate for a member who asks for it themself, and lists those
// they have.
func (s *Site) own(w http.ResponseWriter, r *http.Request) error {
	by, id := auth.From(r.Context()), members.ID(r.PathValue("member"))
	f := s.site.Frame(r, "nav.mine", "")
	f.Title, f.Size = f.T("proof.new.one"), "read"
	list, err := s.desk.Own(r.Context(), by, id)
	if err != nil {
		return err
	}
	v := ownView{Frame: f, In: formIn{On: f.Today, Lang: f.Lang}, Action: "/certificates/" + string(id), Langs: langs()}
	if r.Method == http.MethodPost {
		v.In = formIn{}
		if err = page.Decode(r, &v.In); err == nil {
			var e proof.Extract
			if e, err = s.desk.AskOwn(r.Context(), by, proof.Extract{On: v.In.On, Purpose: v.In.Purpose, Lang: v.In.Lang, Member: id}); err == nil {
				return page.Go(w, r, link(e.ID), "")
			}
		}
		if !v.Blame(err) {
			return err
		}
	}
	for _, e := range list {
		state := stateOf(f, e)
		v.Rows = append(v.Rows, page.Row{When: f.Date(e.On), Title: f.T("proof.certificate", "number", e.ID.Number()), Link: link(e.ID), Meta: e.Purpose, Status: state.Word, Tone: state.Tone, Icon: state.Icon})
	}
	return page.RenderStatus(w, r, v.Again(), ownPage(v))
}

func langs() []page.Option {
	return []page.Option{{Value: "sl", Label: "slovenščina"}, {Value: "en", Label: "English"}}
}
