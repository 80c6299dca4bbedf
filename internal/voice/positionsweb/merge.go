package positionsweb

import (
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

// move puts a proposal one place up or down.
func (s *Site) move(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	p, err := s.proposal(r, f)
	if err != nil {
		return err
	}
	if err := s.desk.Move(r.Context(), f.Actor, p.ID, r.FormValue("to") == "up"); err != nil {
		return err
	}
	return page.Go(w, r, at(p.Case, ""), "said.positions.moved")
}

// withdraw asks, and takes a proposal back.
func (s *Site) withdraw(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.cases", "")
	if err := f.Actor.Must(voice.Work); err != nil {
		return err
	}
	p, err := s.proposal(r, f)
	if err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		if _, err = s.desk.Withdraw(r.Context(), f.Actor, p.ID); err == nil {
			return page.Go(w, r, at(p.Case, ""), "said.positions.withdrawn")
		} else if !f.Blame(err) {
			return err
		}
	}
	q := page.Question{
		Frame: f, Ask: f.T("positions.withdraw.ask", "title", p.Title), Text: f.T("positions.withdraw.text"), Do: f.T("positions.withdraw"),
		Action: proposalAt(p, "/withdraw"), Back: proposalAt(p, ""), BackLabel: f.T("positions.back"), Danger: true,
	}
	q.Title, q.Size = q.Ask, "read"
	return page.RenderStatus(w, r, q.Again(), page.Confirm(q))
}

type mergeView struct {
	voiceweb.CaseHead
	A, B     proposalShow
	TextLang string
	Action   string
	Text     string
	Between  [][]page.Piece
}

// merge shows two proposals against one provision side by side, and makes one of
// them.
func (s *Site) merge(w http.ResponseWriter, r *http.Request) error {
	head, _, err := s.head(r)
	if err != nil {
		return err
	}
	if err := head.Actor.Must(voice.Work); err != nil {
		return err
	}
	a, err := s.proposal(r, head.Frame)
	if err != nil {
		return err
	}
	b, err := s.desk.Proposal(r.Context(), head.Actor, voice.ProposalID(r.FormValue("with")))
	if err != nil {
		return err
	}
	text := a.Text
	if r.Method == http.MethodPost {
		text = strings.TrimSpace(strings.ReplaceAll(r.FormValue("text"), "\r\n", "\n"))
		_, err := s.desk.Merge(r.Context(), head.Actor, a.ID, b.ID, text)
		if err == nil {
			return page.Go(w, r, proposalAt(a, ""), "said.positions.merged")
		}
		if !head.Blame(err) {
			return err
		}
	}
	head.Frame.Title = head.T("positions.merge")
	v := mergeView{CaseHead: head, A: show(head.Frame, a), B: show(head.Frame, b), Action: proposalAt(a, "/merge?with="+string(b.ID)), Text: text, Between: redlined(positions.Redline(a.Text, b.Text))}
	if a.Lang != head.Lang {
		v.TextLang = a.Lang
	}
	return page.RenderStatus(w, r, v.Again(), mergePage(v))
}
