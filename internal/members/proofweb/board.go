package proofweb

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/representation"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type boardView struct {
	page.Frame
	Tabs   []page.Tab
	On     string
	Rule   string
	Basis  string
	Counts []string // the ties that count
	Bodies []boardBody
}

type boardBody struct {
	Name, Link string
	Tone       page.Tone
	Icon, Word string
	Says       []string
	Seats      []boardSeat
}

type boardSeat struct{ Name, Office, Tie, Mark, Ask string }

// judged are the bodies of which the law asks independence: who manages and who
// supervises.
var judged = []bodies.Kind{bodies.Board, bodies.Supervisory, bodies.President}

// board counts, in each body of ours that manages or supervises, the votes of those
// on whom it depends, as it was on a day.
func (s *Site) board(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(proof.See); err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T("proof.board")
	day := f.Today
	if given := r.FormValue("on"); given != "" {
		if on, err := civil.ParseHuman(given); err == nil {
			day = on
		}
	}
	v := boardView{Frame: f, Tabs: membersweb.Tabs(f, by, "extracts"), On: f.Date(day)}
	if len(s.desk.Rules.Independence) == 0 {
		return page.Render(w, r, boardPage(v))
	}
	rule := s.desk.Rules.Independence[0]
	v.Rule, v.Basis = rule.Labels[f.Lang], rule.Basis
	for _, t := range rule.Ties {
		if t.Counts && t.Unclear == "" {
			v.Counts = append(v.Counts, t.Labels[f.Lang])
		}
	}
	list, err := s.bodies.Bodies(r.Context(), by, day, false)
	if err != nil {
		return err
	}
	for _, b := range list {
		if !slices.Contains(judged, b.Kind) {
			continue
		}
		v.Bodies = append(v.Bodies, bodyOf(f, rule, b))
	}
	return page.Render(w, r, boardPage(v))
}

func bodyOf(f page.Frame, rule representation.Independence, b bodies.Overview) boardBody {
	out := boardBody{Name: b.Name, Link: "/bodies/" + string(b.ID)}
	var votes []representation.Vote
	for _, s := range b.Seats {
		if !s.Votes {
			continue
		}
		votes = append(votes, representation.Vote{Who: cmp.Or(string(s.Member), textkit.Fold(s.Name)), Tie: s.Tie, Weight: 1})
		seat := boardSeat{Name: s.Name, Office: f.T("bodies.office." + string(s.Office)), Tie: f.T("proof.tie.unsaid"), Mark: f.T("proof.tie.open")}
		if i := slices.IndexFunc(rule.Ties, func(t representation.Tie) bool { return t.Key == s.Tie }); i >= 0 {
			t := rule.Ties[i]
			seat.Tie, seat.Mark = t.Labels[f.Lang], f.T("proof.tie.free")
			switch {
			case t.Unclear != "":
				seat.Mark = f.T("proof.tie.unclear")
			case t.Counts:
				seat.Mark = f.T("proof.tie.counts")
			}
		} else if f.Actor.Can(bodies.Work) {
			seat.Ask = out.Link + "/seats/" + string(s.ID)
		}
		out.Seats = append(out.Seats, seat)
	}
	is := rule.Judge(votes)
	key := "kept"
	out.Tone, out.Icon = "ok", "taken"
	switch {
	case is.All == 0:
		key, out.Tone, out.Icon = "empty", "none", "partly"
	case is.Broken:
		key, out.Tone, out.Icon = "broken", "warn", "not"
	case is.May:
		key, out.Tone, out.Icon = "may", "warn", "partly"
	}
	out.Word = f.T("proof.board." + key)
	if is.All > 0 {
		out.Says = append(out.Says, f.T("proof.board.says", "counted", f.Number(is.Counted), "all", f.Number(is.All)))
		if open := is.Unclear + is.Unsaid; open > 0 {
			out.Says = append(out.Says, f.T("proof.board.open", "n", open))
		}
		if is.Broken {
			out.Says = append(out.Says, f.T("proof.board.article", "basis", rule.Basis))
		} else {
			out.Says = append(out.Says, f.T("proof.board.free", "n", is.Free))
		}
	}
	return out
}
