package positionsweb

import (
	"net/http"
	"strconv"

	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

type listView struct {
	page.Frame
	Rows []page.Row
	Next string
}

// list shows all positions, newest first: GET /positions?before=2026-07.
func (s *Site) list(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, Section, "")
	f.Title = f.T("positions.list")
	const limit = 50
	list, err := s.desk.Newest(r.Context(), f.Actor, voice.PositionID(r.FormValue("before")), limit)
	if err != nil {
		return err
	}
	v := listView{Frame: f}
	for _, p := range list {
		row := page.Row{
			When: string(p.ID), WhenNote: f.T("positions.version.n", "n", strconv.Itoa(p.Version)), Title: p.Title, Link: at(p.Case, ""), Lang: f.Own(),
			Meta: f.T("positions.case", "number", cases.Number(p.Case)), Status: f.T("positions.stage.short." + string(p.Stage)), Icon: "rewrite", Tone: "warn",
		}
		if p.Stage.Done() {
			row.Icon, row.Tone, row.Link = "lock", "ok", positions.Path(p.ID, p.Version)
			row.Meta += " · " + f.Moment(s.site.Local(p.FrozenAt)) + " · " + f.T("positions.proposals.n", "n", p.Proposals) + " · " + p.Behind.Say(f.Printer)
		}
		v.Rows = append(v.Rows, row)
	}
	if len(list) == limit {
		v.Next = "/positions?before=" + string(list[limit-1].ID)
	}
	return page.Render(w, r, listPage(v))
}
