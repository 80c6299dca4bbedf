package publicweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/consult"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

// A homeView is all that home.templ can show.
type homeView struct {
	page.Frame
	Motto     prose
	Lead      string
	Year      string // heading of the numbers
	Numbers   []page.Figure
	Open      []page.Row
	Positions []page.Row
	Cases     []page.Row
	About     prose
	Join      prose
	JoinLink  string // to write to those who want to join
	Email     string
	Address   string
	Feeds     []page.Crumb
}

// joinable reports whether there is anything to say to those who want to join.
func (v homeView) joinable() bool { return len(v.Join.Pars) > 0 || v.Email != "" || v.Address != "" }

// prose is paragraphs and their language.
type prose struct {
	Lang string
	Pars []string
}

// mostRows is the most that a list of the first page holds.
const mostRows = 8

// home is the first page.
func (s *Site) home(w http.ResponseWriter, r *http.Request) error {
	f, who := s.frame(r, ""), s.who(r.Context())
	v := homeView{
		Frame: f, Motto: paragraphs(who.Motto.in(f.Lang)), About: paragraphs(who.About.in(f.Lang)), Join: paragraphs(who.Join.in(f.Lang)),
		Email: who.Email, Address: who.Address,
	}
	if v.Title = f.T("public.home"); len(v.Motto.Pars) > 0 {
		v.Title = v.Motto.Pars[0]
	} else {
		v.Motto.Pars = []string{f.House.Name}
	}
	counts, err := s.Members.Counts(r.Context())
	if err != nil {
		return err
	}
	v.Lead = strings.TrimSpace(lead(f, who, counts) + " " + f.T("public.what"))
	open, err := s.Consult.PublicOpen(r.Context(), f.Today, mostRows)
	if err != nil {
		return err
	}
	for _, c := range open {
		v.Open = append(v.Open, consultationRow(f, c))
	}
	held, err := s.Positions.Public(r.Context(), time.Time{}, mostRows)
	if err != nil {
		return err
	}
	if v.Positions, err = s.positionRows(r, f, held); err != nil {
		return err
	}
	files, err := s.Cases.Public(r.Context(), "", f.Today, mostRows)
	if err != nil {
		return err
	}
	v.Cases = caseRows(f, files)
	v.Year = f.T("public.year", "year", strconv.Itoa(f.Today.Year()), "day", dayOfYear(f, f.Today))
	if v.Numbers, err = s.numbers(r, f, held); err != nil {
		return err
	}
	if who.Email != "" {
		v.JoinLink = "mailto:" + url.PathEscape(who.Email) + "?subject=" + url.PathEscape(f.T("public.join.subject")) + "&body=" + url.PathEscape(f.T("public.join.body"))
	}
	v.Feeds = []page.Crumb{{Label: f.T("public.feeds"), Link: "/feeds"}, {Label: f.T("public.calendar"), Link: inLang("/calendar.ics", f.Lang)}}
	return page.Render(w, r, homePage(v))
}

// lead says who we are in numbers, as far as there are any, and since when.
func lead(f page.Frame, who Profile, counts members.Counts) string {
	orgs, persons := counts.In(members.Organisation, members.Active), counts.In(members.Person, members.Active)
	var of []string
	if orgs > 0 {
		of = append(of, f.T("public.of.organisations", "n", orgs))
	}
	if persons > 0 {
		of = append(of, f.T("public.of.persons", "n", persons))
	}
	switch {
	case len(of) == 0:
		return ""
	case who.Founded == 0:
		return f.T("public.lead", "members", f.List(of))
	}
	return f.T("public.lead.since", "members", f.List(of), "year", strconv.Itoa(who.Founded))
}

// dayOfYear is the day without its year, which stands beside it.
func dayOfYear(f page.Frame, d civil.Date) string {
	return strings.TrimRight(strings.TrimSuffix(f.Long(d), strconv.Itoa(d.Year())), " \u00a0")
}

func paragraphs(text, lang string) prose {
	p := prose{Lang: lang}
	for one := range strings.SplitSeq(text, "\n\n") {
		if one = strings.TrimSpace(one); one != "" {
			p.Pars = append(p.Pars, one)
		}
	}
	return p
}

func consultationRow(f page.Frame, c consult.Notice) page.Row {
	row := page.Row{
		When: left(f, c.Closes), WhenNote: f.T("voice.until", "day", f.Date(c.Closes)), Title: c.Title, Link: consultationLink(c.ID), Text: c.Lead, Lang: f.Own(),
		Meta: f.T("public.provisions", "n", c.Provisions) + " · " + f.T("public.answers", "n", c.Answered), Do: f.T("public.answer"), DoLink: consultationLink(c.ID),
	}
	if c.Kind == procedure.Rulebook {
		row.Meta = f.T("public.rulebook") + " " + row.Meta
	}
	return row
}

// left says how much time there is: še 7 dni, danes.
func left(f page.Frame, until civil.Date) string {
	if n := until.Sub(f.Today); n > 0 {
		return f.T("public.left", "n", n)
	}
	return f.T("away.today")
}

func (s *Site) positionRows(r *http.Request, f page.Frame, list []positions.Position) (rows []page.Row, err error) {
	upshots, err := s.Outcomes.Upshots(r.Context(), list)
	for _, p := range list {
		u := upshots[p.ID]
		row := page.Row{
			When: f.Date(s.day(p.FrozenAt)), WhenNote: f.T("public.version", "version", strconv.Itoa(p.Version)), Title: p.Title, Link: positionLink(p), Text: p.Lead, Lang: f.Own(),
			Meta: f.T("public.proposals", "n", p.Proposals),
		}
		if u.Judged() > 0 {
			row.Meta += " · " + uptake(f, u.Memory)
		}
		if row.Tone, row.Icon, row.Status = upshot(f, u); p.Stage == positions.Superseded {
			row.Tone, row.Icon, row.Status = "none", "info", f.T("public.superseded")
		}
		rows = append(rows, row)
	}
	return rows, err
}

func (s *Site) day(t time.Time) civil.Date { return civil.Of(t, s.site.House.Zone) }

// uptake says in words what became of proposals: 5 upoštevanih, od tega 3 v celoti.
func uptake(f page.Frame, m outcomes.Memory) string {
	if m.Up() == 0 {
		return f.T("public.uptake.none")
	}
	return f.T("public.uptake", "n", m.Up(), "whole", m.Taken)
}

// upshot says in a word what came of a position.
func upshot(f page.Frame, u outcomes.Upshot) (page.Tone, string, string) {
	tone, icon, key := page.Tone("error"), "not", "not"
	switch {
	case u.State == cases.NoEffect:
		tone, icon, key = "none", "silence", "no_effect"
	case u.Judged() == 0:
		tone, icon, key = "none", "clock", "waits"
	case u.Taken > 0 && u.Taken == u.Proposals():
		tone, icon, key = "ok", "taken", "taken"
	case u.Up() > 0:
		tone, icon, key = "warn", "partly", "partly"
	case u.Silence == u.Judged():
		tone, icon, key = "none", "silence", "silence"
	}
	return tone, icon, f.T("public.upshot." + key)
}

// caseRows shows a page of cases in the order of the days that it names; which cases
// are on the page goes by when they were last worked on.
func caseRows(f page.Frame, list []cases.Notice) (rows []page.Row) {
	shown := func(c cases.Notice) civil.Date {
		if c.Last.On.IsZero() {
			return c.Opened
		}
		return c.Last.On
	}
	list = slices.SortedStableFunc(slices.Values(list), func(a, b cases.Notice) int { return shown(b).Compare(shown(a)) })
	for _, c := range list {
		row := page.Row{
			When: f.Date(c.Opened), WhenNote: f.T("public.opened"), Title: voiceweb.Called(c.Case), Link: caseLink(c.ID), Lang: f.Own(),
			Text: c.Lead, Meta: f.T("voice.case", "number", cases.Number(c.ID)),
		}
		if !c.Last.On.IsZero() {
			row.When, row.WhenNote = f.Date(c.Last.On), voiceweb.EventName(f.Printer, c.Last.Key)
		}
		row.Tone, row.Icon, row.Status = standing(f, c.State)
		rows = append(rows, row)
	}
	return rows
}

// standing says in a word how a case stands.
func standing(f page.Frame, s cases.State) (page.Tone, string, string) {
	look := map[cases.State][2]string{
		cases.Open: {"none", "rewrite"}, cases.Waiting: {"none", "clock"}, cases.Won: {"ok", "taken"}, cases.NoEffect: {"none", "silence"},
		cases.Lost: {"error", "not"}, cases.Closed: {"none", "info"},
	}[s]
	return page.Tone(look[0]), look[1], f.T("voice.state." + string(s))
}

// numbers are those of the year, of public cases only: who reads them can look at
// each case that they count. One that would be nought of nought is left out.
func (s *Site) numbers(r *http.Request, f page.Frame, held []positions.Position) (list []page.Figure, err error) {
	year := f.Today.Year()
	rows, err := s.Outcomes.Memory(r.Context(), auth.Actor{}, year, f.Today)
	if err != nil {
		return nil, err
	}
	heard, err := s.Cases.PublicHeard(r.Context(), year)
	m := outcomes.Total(rows)
	if n := m.Judged(); n > 0 {
		list = append(list, page.Figure{Number: f.Number(m.Up()), Of: f.T("public.of", "n", n), Text: f.T("public.number.uptake", "whole", m.Taken)})
	}
	if rule := s.Cases.Country().Consultation; heard.Total > 0 {
		list = append(list, page.Figure{
			Number: f.Number(heard.Respected), Of: f.T("public.of", "n", heard.Total),
			Text: f.T("public.number.heard", "least", rule.Least, "basis", rule.Basis),
		})
	}
	if len(held) > 0 && s.day(held[0].FrozenAt).Year() == year && held[0].Asked.Asked.Orgs > 0 {
		p := held[0]
		list = append(list, page.Figure{
			Number: f.Number(p.Behind.Orgs), Of: f.T("public.of", "n", p.Asked.Asked.Orgs), Text: f.T("public.number.behind", "title", p.Title),
		})
	}
	if n := m.Up(); n > 0 {
		list = append(list, page.Figure{Number: f.Number(m.WithFigure), Of: f.T("public.of", "n", n), Text: f.T("public.number.figure")})
	}
	return list, err
}

// A casesView is all that cases.templ can show.
type casesView struct {
	page.Frame
	Rows        []page.Row
	First, Next string
}

// perPage is how many rows a page of a list holds.
const perPage = 50

// cases lists the public cases: GET /z?after=2026-014.
func (s *Site) cases(w http.ResponseWriter, r *http.Request) error {
	v := casesView{Frame: s.frame(r, "/z")}
	v.Title, v.Feed = v.T("public.cases"), inLang("/feeds/cases.atom", v.Lang)
	after := r.URL.Query().Get("after")
	list, err := s.Cases.Public(r.Context(), voice.CaseID(after), v.Today, perPage+1)
	if err != nil {
		return err
	}
	if len(list) > perPage {
		list = list[:perPage]
		v.Next = "/z?after=" + url.QueryEscape(string(list[perPage-1].ID))
	}
	if after != "" {
		v.First = "/z"
	}
	v.Rows = caseRows(v.Frame, list)
	return page.Render(w, r, casesPage(v))
}
