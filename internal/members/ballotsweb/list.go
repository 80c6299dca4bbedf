package ballotsweb

import (
	"net/http"
	"time"

	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type listView struct {
	page.Frame
	Tabs        []page.Tab
	Runs        bool
	Chips       []page.Tab
	Mine        []page.Row
	Rows        []page.Row
	First, Next string
}

// list shows what one may vote on, and all votes: GET /votes?state=open&before=ID.
func (s *Site) list(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T("ballots.votes")
	v := listView{Frame: f, Tabs: membersweb.Tabs(f, f.Actor, "votes"), Runs: f.Actor.Can(ballots.Run)}
	q := ballots.Query{State: ballots.State(r.URL.Query().Get("state")), Before: ballots.ID(r.URL.Query().Get("before")), Limit: 50}
	list, err := s.desk.List(r.Context(), f.Actor, q)
	if err != nil {
		return err
	}
	mine, err := s.desk.Mine(r.Context(), f.Actor)
	if err != nil {
		return err
	}
	for _, t := range mine {
		row := page.Row{
			Title: t.Vote.Title, Link: ballots.Link(t.Vote.ID) + "/ballot/" + itoa(t.Elector.No), Lang: f.Own(), When: s.day(f, t.Vote), WhenNote: f.T("ballots.until"),
			Text: f.T("ballots.mine.for", "name", t.Elector.Name),
		}
		if row.Do, row.DoLink, row.Main = f.T("ballots.mine.do"), row.Link, true; t.Elector.Voted {
			row.Do, row.Status, row.Tone, row.Icon = "", f.T("ballots.mine.done"), "ok", "taken"
		}
		v.Mine = append(v.Mine, row)
	}
	for _, one := range list {
		v.Rows = append(v.Rows, s.row(f, one))
	}
	for _, state := range []ballots.State{"", ballots.Open, ballots.Closed, ballots.Prepared} {
		if state == ballots.Prepared && !v.Runs {
			continue
		}
		chip := page.Tab{Label: f.T("ballots.chip." + string(state)), Link: "/votes", On: q.State == state}
		if state == "" {
			chip.Label = f.T("ballots.all")
		} else {
			chip.Link = "/votes?state=" + string(state)
		}
		v.Chips = append(v.Chips, chip)
	}
	if q.Before != "" {
		v.First = string(f.With("before", ""))
	}
	if len(list) == q.Limit {
		v.Next = string(f.With("before", string(list[len(list)-1].ID)))
	}
	return page.Render(w, r, listPage(v))
}

// listCSV hands out all votes that the reader may see: GET /votes.csv?state=open.
func (s *Site) listCSV(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.members", "")
	rows := [][]string{{f.T("ballots.title"), f.T("ballots.kind"), f.T("ballots.chips"), f.T("ballots.opened"), f.T("ballots.closes"), f.T("ballots.ended"), f.T("ballots.electors"), f.T("ballots.csv.link")}}
	for q := (ballots.Query{State: ballots.State(r.URL.Query().Get("state")), Limit: 200}); ; {
		list, err := s.desk.List(r.Context(), f.Actor, q)
		if err != nil {
			return err
		}
		for _, v := range list {
			row := []string{v.Title, kindOf(f, v), f.T("ballots.state." + string(v.State))}
			for _, at := range []time.Time{v.Opened, v.Closes, v.Ended} {
				if at.IsZero() {
					row = append(row, "")
				} else {
					row = append(row, s.site.Local(at).Format("2006-01-02 15:04"))
				}
			}
			rows = append(rows, append(row, itoa(v.Electors), f.House.URL+ballots.Link(v.ID)))
			q.Before = v.ID
		}
		if len(list) < q.Limit {
			return page.Table(w, "votes.csv", rows)
		}
	}
}

// day is the last day of a vote.
func (s *Site) day(f page.Frame, v ballots.Vote) string { return f.Moment(s.site.Local(v.Closes)) }

func (s *Site) row(f page.Frame, v ballots.Vote) page.Row {
	row := page.Row{
		Title: v.Title, Link: ballots.Link(v.ID), Lang: f.Own(), When: s.day(f, v), WhenNote: f.T("ballots.until"), Meta: kindOf(f, v),
		Status: f.T("ballots.state." + string(v.State)), Tone: "none", Icon: "clock",
	}
	switch {
	case v.State == ballots.Open:
		row.Tone, row.Icon = "ok", "clock"
	case v.State == ballots.Closed && v.Void != "":
		row.WhenNote, row.Status, row.Tone, row.Icon = f.T("ballots.ended"), f.T("ballots.void."+string(v.Void)), "warn", "warn"
	case v.State == ballots.Closed:
		row.When, row.WhenNote, row.Icon, row.Link = f.Moment(s.site.Local(v.Ended)), f.T("ballots.ended"), "lock", ballots.Link(v.ID)+"/result"
	}
	return row
}

// kindOf says what a vote is: "election · secret · single transferable vote".
func kindOf(f page.Frame, v ballots.Vote) string {
	kind := f.T("ballots.kind." + string(v.Kind))
	if v.Kind == ballots.Election {
		kind += " · " + f.T("ballots.method."+string(v.Method)) + " · " + f.T("ballots.seats.n", "n", v.Seats)
	}
	if v.Secret {
		return kind + " · " + f.T("ballots.secret")
	}
	return kind + " · " + f.T("ballots.open")
}

// help says what is secret and what is not: GET /votes/help. Anybody may read it.
func (s *Site) help(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.members", "")
	f.Title, f.Size = f.T("ballots.help"), "read"
	return page.Render(w, r, helpPage(f))
}
