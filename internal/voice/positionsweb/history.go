package positionsweb

import (
	"net/http"
	"strconv"

	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

type historyView struct {
	voiceweb.CaseHead
	Heading, Back, TextLang string
	Rows                    []historyRow
}

// A historyRow is one change of a proposal, with what it changed.
type historyRow struct {
	Number, Who, When string
	Parts             []changePart
}

// history shows each change of a proposal, newest first.
func (s *Site) history(w http.ResponseWriter, r *http.Request) error {
	head, _, err := s.head(r)
	if err != nil {
		return err
	}
	p, err := s.proposal(r, head.Frame)
	if err != nil {
		return err
	}
	list, err := s.desk.Revisions(r.Context(), head.Actor, p.ID)
	if err != nil {
		return err
	}
	v := historyView{CaseHead: head, Heading: head.T("positions.history.of", "title", p.Title), Back: proposalAt(p, "")}
	v.Frame.Title = v.Heading
	if p.Lang != head.Lang {
		v.TextLang = p.Lang
	}
	for i, one := range list {
		row := historyRow{Number: v.T("positions.history.n", "n", strconv.Itoa(one.Revision)), Who: one.ChangedBy, When: v.Moment(s.site.Local(one.Changed))}
		var before positions.Proposal
		if i+1 < len(list) {
			before = list[i+1]
		}
		row.Parts = v.differ(before, one)
		v.Rows = append(v.Rows, row)
	}
	return page.Render(w, r, historyPage(v))
}

func (v historyView) differ(old, new positions.Proposal) (parts []changePart) {
	for _, part := range []struct{ key, old, new string }{
		{"positions.title", old.Title, new.Title}, {"positions.text", old.Text, new.Text}, {"positions.reasons", old.Reasons, new.Reasons},
		{"positions.budget", old.Budget, new.Budget}, {"positions.people", old.People, new.People}, {"positions.note", old.Note, new.Note},
	} {
		if part.old != part.new {
			parts = append(parts, changePart{v.T(part.key), redlined(positions.Redline(part.old, part.new))})
		}
	}
	return parts
}
