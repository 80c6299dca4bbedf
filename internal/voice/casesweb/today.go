package casesweb

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

type todayView struct {
	page.Frame
	Day   string
	Lead  string
	Chips []page.Tab
	Votes []page.Row // ballots that wait for the reader
	Lists []todayList
	Mine  bool
	Empty bool
}

type todayList struct {
	Title, Count string
	Rows         []page.Row
	None         string
	More         string
}

// today is the first page after signing in: what is late, what comes, and what
// others owe us.
func (s *Site) today(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.today", "")
	f.Title = f.T("cases.today")
	mine := r.FormValue("of") == "me"
	t, err := s.cases.Today(r.Context(), f.Actor, f.Today, mine)
	if err != nil {
		return err
	}
	v := todayView{Frame: f, Mine: mine, Empty: t.Empty(), Day: voiceweb.Capital(f.Weekday(f.Today)) + ", " + f.Long(f.Today)}
	v.Lead = s.todayLead(f, t)
	v.Chips = []page.Tab{
		{Label: f.T("cases.today.all"), Link: "/today", On: !mine}, {Label: f.T("cases.today.mine"), Link: "/today?of=me", On: mine},
	}
	if s.out.Votes != nil {
		if v.Votes, err = s.out.Votes(r.Context(), f.Actor, f); err != nil {
			return err
		}
	}
	may := f.Actor.Can(voice.Work)
	for _, l := range []struct {
		key  string
		dues []cases.Due
		more bool
	}{
		{"overdue", t.Overdue, t.Longer.Overdue}, {"next14", t.Next14, t.Longer.Next14}, {"waiting", t.Waiting, t.Longer.Waiting},
	} {
		list := todayList{Title: f.T("cases.today." + l.key), Count: f.Number(len(l.dues)), None: f.T("cases.today." + l.key + ".none")}
		if l.more {
			list.Count, list.More = list.Count+"+", f.T("cases.today.more", "n", cases.MostRows)
		}
		for i, d := range l.dues {
			list.Rows = append(list.Rows, dueRow(f, s.cases.Country(), d, may, l.key == "overdue" && i == 0))
		}
		v.Lists = append(v.Lists, list)
	}
	return page.Render(w, r, todayPage(v))
}

// todayLead says in a sentence how the day looks.
func (s *Site) todayLead(f page.Frame, t cases.Today) string {
	n := len(t.Overdue)
	if n == 0 {
		return f.T("cases.today.lead.none")
	}
	lead := f.T("cases.today.lead", "n", n)
	if t.Longer.Overdue {
		lead = f.T("cases.today.lead.many", "n", n)
	}
	return lead + " " + f.T("cases.today.lead.first", "what", voiceweb.Say(f.Printer, s.cases.Country(), t.Overdue[0], ""))
}

// dueRow is a due as a row: when, what, who, one action.
func dueRow(f page.Frame, pack country.Pack, d cases.Due, may, main bool) page.Row {
	row := page.Row{
		Title: voiceweb.Say(f.Printer, pack, d, ""), Link: d.Link, Text: voiceweb.Say(f.Printer, pack, d, ".text"), Meta: d.OwnerIs,
		Do: voiceweb.Say(f.Printer, pack, d, ".do"), DoLink: d.Link, Main: main,
	}
	if row.Meta == "" {
		row.Meta = f.T("cases.today.nobody")
	}
	if d.Waiting {
		row.When, row.WhenNote = f.Since(d.On, f.Today), f.T("voice.from", "day", f.Date(d.On))
	} else {
		row.When, row.Late, row.WhenNote = f.Away(d.On, f.Today), d.On.Before(f.Today), f.Day(d.On)
		if row.Late {
			row.WhenNote = f.T("cases.due_on", "day", f.Date(d.On))
		}
	}
	if row.Do == "" {
		row.Do = f.T("dues.do")
	}
	if !may {
		return row
	}
	due := "?due=" + url.QueryEscape(d.ID)
	if d.Kind == cases.OwnDue {
		row.DoLink = "/today/done" + due
	}
	row.More = []page.Crumb{{Label: f.T("cases.snooze"), Link: "/today/snooze" + due}, {Label: f.T("cases.hand_over"), Link: "/today/hand-over" + due}}
	return row
}

type dueView struct {
	page.Frame
	What, When, Action, Do string
	Hidden                 string
	Fields                 []page.Field
	Lead                   string
}

// onDue is a small form about one due. It asks on GET and does on POST.
func (s *Site) onDue(w http.ResponseWriter, r *http.Request, key string, fields func(page.Frame, cases.Due) ([]page.Field, error), deed func(page.Frame, string) error) error {
	f := s.site.Frame(r, "nav.today", "")
	if err := f.Actor.Must(voice.Work); err != nil {
		return err
	}
	d, err := s.cases.Due(r.Context(), f.Actor, r.FormValue("due"))
	if err != nil {
		return err
	}
	f.Title = f.T("cases." + key)
	if r.Method == http.MethodPost {
		err := deed(f, d.ID)
		if err == nil {
			return page.Go(w, r, "/today", "said.cases."+key)
		}
		if !f.Blame(err) {
			return err
		}
	}
	v := dueView{
		Frame: f, What: voiceweb.Say(f.Printer, s.cases.Country(), d, ""), When: f.Day(d.On), Action: r.URL.Path, Do: f.T("cases." + key), Hidden: d.ID,
		Lead: f.T("cases." + key + ".lead"),
	}
	if v.Fields, err = fields(f, d); err != nil {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), duePage(v))
}

func (s *Site) snooze(w http.ResponseWriter, r *http.Request) error {
	return s.onDue(w, r, "snooze", func(f page.Frame, d cases.Due) ([]page.Field, error) {
		value := r.FormValue("until")
		if value == "" {
			value = f.Date(s.cases.Country().Calendar().AddWorking(f.Today, 1))
		}
		return []page.Field{{Name: "until", Type: "date", Label: f.T("cases.snooze.until"), Hint: f.T("cases.snooze.hint", "day", f.Date(d.On)), Value: value}}, nil
	}, func(f page.Frame, due string) error {
		var in struct {
			Until civil.Date `form:"until"`
		}
		if err := page.Decode(r, &in); err != nil {
			return err
		}
		return s.cases.Snooze(r.Context(), f.Actor, due, in.Until, f.Today)
	})
}

func (s *Site) handOver(w http.ResponseWriter, r *http.Request) error {
	return s.onDue(w, r, "hand_over", func(f page.Frame, d cases.Due) ([]page.Field, error) {
		field, err := s.peopleField(r, f, "to", f.T("cases.hand_over.to"), string(d.Owner))
		return []page.Field{field}, err
	}, func(f page.Frame, due string) error {
		to, err := s.person(r, r.FormValue("to"))
		if err != nil {
			return err
		}
		return s.cases.HandOver(r.Context(), f.Actor, due, to)
	})
}

func (s *Site) done(w http.ResponseWriter, r *http.Request) error {
	return s.onDue(w, r, "settle", func(page.Frame, cases.Due) ([]page.Field, error) { return nil, nil },
		func(f page.Frame, due string) error { return s.cases.Settle(r.Context(), f.Actor, due) })
}

// peopleField offers those who may have a case or a due.
func (s *Site) peopleField(r *http.Request, f page.Frame, name, label, value string) (page.Field, error) {
	field := page.Field{Name: name, Label: label, Type: "select", W: "m", Value: value, Options: []page.Option{{Label: f.T("cases.nobody")}}}
	if s.out.People == nil {
		return field, nil
	}
	people, err := s.out.People(r.Context())
	for _, p := range people {
		field.Options = append(field.Options, page.Option{Value: string(p.User), Label: p.Name})
	}
	return field, err
}

// person is the one of People with the ID; none if it is empty.
func (s *Site) person(r *http.Request, id string) (auth.Actor, error) {
	if id == "" || s.out.People == nil {
		return auth.Actor{}, nil
	}
	people, err := s.out.People(r.Context())
	for _, p := range people {
		if string(p.User) == id {
			return p, err
		}
	}
	if err == nil {
		err = fault.In("owner", "cases.person.unknown")
	}
	return auth.Actor{}, err
}

// todayCSV is the same list for a spreadsheet.
func (s *Site) todayCSV(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	t, err := s.cases.Today(r.Context(), f.Actor, f.Today, r.FormValue("of") == "me")
	if err != nil {
		return err
	}
	rows := [][]string{{f.T("cases.csv.list"), f.T("cases.csv.day"), f.T("cases.csv.what"), f.T("cases.csv.case"), f.T("cases.csv.owner"), f.T("cases.csv.link")}}
	for _, l := range []struct {
		key  string
		dues []cases.Due
	}{{"overdue", t.Overdue}, {"next14", t.Next14}, {"waiting", t.Waiting}} {
		for _, d := range l.dues {
			rows = append(rows, []string{f.T("cases.today." + l.key), d.On.String(), voiceweb.Say(f.Printer, s.cases.Country(), d, ""), d.CaseIs, d.OwnerIs, f.House.URL + d.Link})
		}
	}
	return page.Table(w, "today-"+f.Today.String()+".csv", rows)
}

// Digest is the morning letter with the same three lists, in the language of the
// printer. It is empty if there is nothing to do and nothing to wait for.
func (s *Site) Digest(p *i18n.Printer, t cases.Today) (subject, text string) {
	if t.Empty() {
		return "", ""
	}
	var b strings.Builder
	pack, url := s.cases.Country(), s.site.House.URL
	for _, l := range []struct {
		key  string
		dues []cases.Due
		more bool
	}{
		{"overdue", t.Overdue, t.Longer.Overdue}, {"next14", t.Next14, t.Longer.Next14}, {"waiting", t.Waiting, t.Longer.Waiting},
	} {
		if len(l.dues) == 0 {
			continue
		}
		b.WriteString(strings.ToUpper(p.T("cases.today."+l.key)) + "\n\n")
		for _, d := range l.dues {
			when := p.Away(d.On, t.On) + ", " + p.Date(d.On)
			if d.Waiting {
				when = p.Since(d.On, t.On)
			}
			who := d.OwnerIs
			if who == "" {
				who = p.T("cases.today.nobody")
			}
			b.WriteString("- " + voiceweb.Say(p, pack, d, "") + "\n  " + when + " · " + who + "\n  " + url + d.Link + "\n")
		}
		if l.more {
			b.WriteString(p.T("cases.today.more", "n", cases.MostRows) + "\n")
		}
		b.WriteString("\n")
	}
	b.WriteString(url + "/today\n")
	if n := len(t.Overdue); n > 0 {
		return p.T("cases.digest.overdue", "n", n, "day", p.Date(t.On)), b.String()
	}
	return p.T("cases.digest", "day", p.Date(t.On)), b.String()
}
