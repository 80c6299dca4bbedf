package houseweb

import (
	"net/http"
	"strconv"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/search"
)

type houseView struct {
	page.Frame
	Links []page.Row
}

// house is the way to the engine room.
func (s *Site) house(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.house", "")
	if err := f.Actor.Must(See); err != nil {
		return err
	}
	f.Title = f.T("nav.house")
	v := houseView{Frame: f}
	for _, l := range []struct{ key, link string }{
		{"house.profile", "/house/profile"}, {"house.people", "/house/people"}, {"house.letters", "/house/letters"}, {"house.jobs", "/house/jobs"}, {"house.book", "/house/book"},
	} {
		if l.key == "house.people" && f.Actor.Roles&auth.Administrator == 0 {
			continue
		}
		v.Links = append(v.Links, page.Row{Title: f.T(l.key), Text: f.T(l.key + ".lead"), Link: l.link})
	}
	return page.Render(w, r, housePage(v))
}

type lettersView struct {
	page.Frame
	About string
	Rows  []letterRow
	Next  string
}

type letterRow struct {
	To, Subject, Link, At, Words string
	Tone                         page.Tone
	Icon, State                  string
}

func letterTone(state mail.State) (page.Tone, string) {
	switch state {
	case mail.Sent:
		return "ok", "taken"
	case mail.Refused:
		return "error", "not"
	case mail.Kept:
		return "none", "mail"
	}
	return "none", "clock"
}

// letters is the outbox: what was sent, what waits, what was refused and why.
func (s *Site) letters(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.house", "")
	f.Title = f.T("house.letters")
	q := mail.Query{About: r.FormValue("about"), State: mail.State(r.FormValue("state")), Before: mail.ID(r.FormValue("before")), Limit: 50}
	list, err := s.mail.Outbox(r.Context(), f.Actor, q)
	if err != nil {
		return err
	}
	v := lettersView{Frame: f, About: q.About}
	for _, e := range list {
		tone, icon := letterTone(e.State)
		v.Rows = append(v.Rows, letterRow{
			To: e.ToName + " <" + e.To + ">", Subject: e.Subject, Link: "/house/letters/" + string(e.ID), At: f.Moment(s.site.Local(e.At)),
			Words: e.Words, Tone: tone, Icon: icon, State: f.T("house.letter." + string(e.State)),
		})
	}
	if len(list) == q.Limit {
		v.Next = query("/house/letters", "about", q.About, "state", string(q.State), "before", string(list[len(list)-1].ID))
	}
	return page.Render(w, r, lettersPage(v))
}

type letterView struct {
	page.Frame
	Facts []page.Fact
	Text  string
	Lang  string // of the letter
}

// letter shows one, as it was written.
func (s *Site) letter(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.house", "")
	e, err := s.mail.Get(r.Context(), f.Actor, mail.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f.Title, f.Size = e.Subject, "read"
	v := letterView{Frame: f, Text: e.Text, Lang: e.Lang, Facts: []page.Fact{
		{Label: f.T("house.letter.to"), Value: e.ToName + " <" + e.To + ">"},
		{Label: f.T("house.letter.state"), Value: f.T("house.letter."+string(e.State)) + ", " + f.Moment(s.site.Local(e.At))},
	}}
	if e.Words != "" {
		v.Facts = append(v.Facts, page.Fact{Label: f.T("house.letter.words"), Value: e.Words})
	}
	return page.Render(w, r, letterPage(v))
}

type jobsView struct {
	page.Frame
	Rows []page.Row
	Next string
}

func jobTone(state jobs.State) (page.Tone, string) {
	switch state {
	case jobs.Done:
		return "ok", "taken"
	case jobs.Failed:
		return "error", "not"
	}
	return "none", "clock"
}

func (s *Site) jobRow(f page.Frame, e jobs.Entry) page.Row {
	tone, icon := jobTone(e.State)
	title := e.Kind
	if e.Title != "" {
		title = f.T(e.Title)
	}
	return page.Row{
		When: f.Moment(s.site.Local(e.Added)), Title: title, Link: "/house/jobs/" + string(e.ID), Text: e.Words,
		Meta: f.T("house.job.tries", "n", e.Tries), Status: f.T("house.job." + string(e.State)), Tone: tone, Icon: icon,
	}
}

// jobList shows what the house does for later.
func (s *Site) jobList(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.house", "")
	f.Title = f.T("house.jobs")
	q := jobs.Query{State: jobs.State(r.FormValue("state")), Before: jobs.ID(r.FormValue("before")), Limit: 50}
	list, err := s.jobs.List(r.Context(), f.Actor, q)
	if err != nil {
		return err
	}
	v := jobsView{Frame: f}
	for _, e := range list {
		v.Rows = append(v.Rows, s.jobRow(f, e))
	}
	if len(list) == q.Limit {
		v.Next = query("/house/jobs", "state", string(q.State), "before", string(list[len(list)-1].ID))
	}
	return page.Render(w, r, jobsPage(v))
}

type jobView struct {
	page.Frame
	Job         page.Row
	Done, Total int
	Step        string
	Live        bool // it still changes
	CanCancel   bool
	CanRetry    bool
}

// job shows how far long work is.
func (s *Site) job(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.house", "")
	e, err := s.jobs.Get(r.Context(), f.Actor, jobs.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	v := jobView{Frame: f, Job: s.jobRow(f, e), Done: e.Done, Total: e.Total, Live: e.State == jobs.Waiting || e.State == jobs.Running}
	v.Title, v.Size = v.Job.Title, "read"
	if e.Step != "" {
		v.Step = f.T(e.Step)
	}
	v.CanCancel, v.CanRetry = v.Live && !e.Stopping, e.State == jobs.Failed || e.State == jobs.Cancelled
	if v.Live {
		w.Header().Set("Refresh", "5")
	}
	return page.Render(w, r, jobPage(v))
}

// mendJob cancels a job, or has it tried again.
func (s *Site) mendJob(w http.ResponseWriter, r *http.Request) error {
	deed := s.jobs.Cancel
	if r.FormValue("do") == "retry" {
		deed = s.jobs.Retry
	}
	if err := deed(r.Context(), auth.From(r.Context()), jobs.ID(r.PathValue("id"))); err != nil {
		return err
	}
	return page.Go(w, r, r.URL.Path, "said.house.job")
}

type bookView struct {
	page.Frame
	Subject string
	Lines   []bookLine
	Next    string
}

type bookLine struct{ At, Who, Deed, Subject, Detail string }

// book shows who did what.
func (s *Site) book(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.house", "")
	f.Title = f.T("house.book")
	q := audit.Query{Subject: r.FormValue("subject"), Before: r.FormValue("before"), Limit: 100}
	list, err := s.lines(r, q)
	if err != nil {
		return err
	}
	v := bookView{Frame: f, Subject: q.Subject}
	for _, l := range list {
		v.Lines = append(v.Lines, bookLine{f.Moment(s.site.Local(l.At)), l.Name, deed(f, l.Deed), l.Subject, l.Said()})
	}
	if len(list) == q.Limit {
		v.Next = query("/house/book", "subject", q.Subject, "before", list[len(list)-1].ID)
	}
	return page.Render(w, r, bookPage(v))
}

// deed is the word for a deed, or its key if it has none yet.
func deed(f page.Frame, key string) string {
	if f.Has("did." + key) {
		return f.T("did." + key)
	}
	return key
}

type findView struct {
	page.Frame
	Text string
	Hits []hitRow
	Next string
}

type hitRow struct {
	Kind, Link, On string
	Lang           string
	Title, Snippet []page.Piece
}

// find searches all that the person may see.
func (s *Site) find(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	q := search.Query{Text: r.FormValue("q"), Kind: r.FormValue("kind"), After: r.FormValue("after"), Limit: 20, Lang: f.Lang}
	v := findView{Frame: f, Text: q.Text}
	v.Title = f.T("house.search")
	if q.Text != "" {
		found, err := s.search.Find(r.Context(), f.Actor, q)
		if err != nil {
			return err
		}
		for _, h := range found.Hits {
			row := hitRow{Kind: f.T("house.kind." + h.Kind), Link: h.Link, Lang: h.Lang, Title: pieces(h.Title), Snippet: pieces(h.Snippet)}
			if !h.At.IsZero() {
				row.On = f.Moment(s.site.Local(h.At))
			}
			v.Hits = append(v.Hits, row)
		}
		if found.Next != "" {
			v.Next = query("/search", "q", q.Text, "kind", q.Kind, "after", found.Next)
		}
	}
	return page.Render(w, r, findPage(v))
}

func pieces(parts []search.Part) (list []page.Piece) {
	for _, p := range parts {
		kind := ""
		if p.Mark {
			kind = "mark"
		}
		list = append(list, page.Piece{Kind: kind, Text: p.Text})
	}
	return list
}

type plainView struct {
	page.Frame
	Lead string
	Text []string
}

func (s *Site) plain(w http.ResponseWriter, r *http.Request, key string, n int) error {
	f := s.site.Frame(r, "", "")
	f.Title, f.Size = f.T(key), "read"
	v := plainView{Frame: f, Lead: f.T(key + ".lead")}
	for i := range n {
		v.Text = append(v.Text, f.T(key+"."+strconv.Itoa(i+1)))
	}
	return page.Render(w, r, plainPage(v))
}

func (s *Site) privacy(w http.ResponseWriter, r *http.Request) error {
	return s.plain(w, r, "house.privacy", 4)
}

func (s *Site) accessibility(w http.ResponseWriter, r *http.Request) error {
	return s.plain(w, r, "house.accessibility", 3)
}
