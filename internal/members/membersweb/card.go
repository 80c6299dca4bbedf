package membersweb

import (
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type cardView struct {
	page.Frame
	Kicker, Lead string
	Gone         string // the standing is over: the word for it
	Tabs         []page.Tab
	Tab          string
	Facts        []page.Fact
	Reach        []page.Fact // how the member is reached
	Own          []page.Fact // the details of the house
	Note         string
	Tags         []page.Tab
	Office       bool
	Links        []page.Crumb
	IsOrg        bool
	Path         string
	Agents       []agentRow
	Acting       []actingRow
	Numbers      []numberRow
	Spells       []spellRow
	Categories   []spellRow
	MayUndo      bool
	Steps        []page.Crumb
	Rooms        []Room
	Lines        []lineRow
	Merged       []setRow // entries that were merged into this
	Earlier      string
}

type agentRow struct {
	Name, Email, Since, Until, Answers, Link, End string
	Gone                                          bool
}

type actingRow struct{ Name, Link, When, Answers string }

type numberRow struct{ In, Number, Since, Proof, Note, File, FileLink, Edit, Drop string }

type spellRow struct{ What, From, Until, Why string }

type lineRow struct{ At, Who, Deed string }

// cardTabs are the parts of a card, beside the overview, and who they are of.
func cardTabs(k members.Kind) []string {
	if k == members.Organisation {
		return []string{"", "registrations", "agents", "standing", "history"}
	}
	return []string{"", "registrations", "acting", "standing", "history"}
}

// card shows an entry: GET /members/{id}?tab=….
func (s *Site) card(w http.ResponseWriter, r *http.Request) error {
	by, asked := auth.From(r.Context()), members.ID(r.PathValue("id"))
	m, err := s.desk.Member(r.Context(), by, asked)
	if err != nil {
		return err
	}
	if m.ID != asked { // one that was merged into this
		http.Redirect(w, r, link(m.ID), http.StatusMovedPermanently)
		return nil
	}
	f := s.site.Frame(r, "nav.members", m.Name)
	v := cardView{Frame: f, Kicker: word(f, "kind", m.Kind), Lead: standing(f, m), Office: by.Can(members.Write), IsOrg: m.Kind == members.Organisation, Path: link(m.ID)}
	if !by.Can(members.Read) {
		v.Facts = openFacts(f, m)
		if v.Own, err = s.ownFacts(r, f, m); err != nil {
			return err
		}
		return page.Render(w, r, cardPage(v))
	}
	v.Tab = r.URL.Query().Get("tab")
	for _, tab := range cardTabs(m.Kind) {
		to := v.Path
		if tab != "" {
			to += "?tab=" + tab
		}
		v.Tabs = append(v.Tabs, page.Tab{Label: f.T("members.tab." + tabWord(tab)), Link: to, On: tab == v.Tab})
	}
	if v.Office {
		v.Links = []page.Crumb{{Label: f.T("members.edit"), Link: link(m.ID, "/edit")}, {Label: f.T("members.view.dues"), Link: "/dues/members/" + string(m.ID)}}
		for _, d := range m.Deeds() {
			step := page.Crumb{Label: f.T("members." + string(d)), Link: stepLink(m.ID, d)}
			if d == members.Admit || d == members.Leave {
				v.Links = append(v.Links, step)
			}
			v.Steps = append(v.Steps, step)
		}
	}
	if err := s.tab(r, &v, m); err != nil {
		return err
	}
	return page.Render(w, r, cardPage(v))
}

func tabWord(tab string) string {
	if tab == "" {
		return "overview"
	}
	return tab
}

func stepLink(id members.ID, d members.Deed) string {
	if d == members.Admit || d == members.Leave {
		return link(id, "/", string(d))
	}
	return link(id, "/step?do=", string(d))
}

// tab fills in the part of the card that is open.
func (s *Site) tab(r *http.Request, v *cardView, m members.Member) error {
	switch v.Tab {
	case "registrations":
		return s.numbersTab(r, v, m)
	case "agents":
		return s.agentsTab(r, v, m)
	case "acting":
		return s.actingTab(r, v, m)
	case "standing":
		return s.standingTab(r, v, m)
	case "history":
		return s.historyTab(r, v, m)
	}
	return s.overview(r, v, m)
}

// openFacts are what members see of each other.
func openFacts(f page.Frame, m members.Member) []page.Fact {
	list := []page.Fact{{Label: f.T("members.place"), Value: dash(m.Place)}, {Label: f.T("members.field"), Value: word(f, "field", m.Field)}}
	if len(m.Fields) > 0 {
		list = append(list, page.Fact{Label: f.T("members.fields"), Value: wordsOf(f, "field", m.Fields)})
	}
	if m.Region != "" {
		list = append(list, page.Fact{Label: f.T("members.region"), Value: word(f, "region", m.Region)})
	}
	if len(m.Languages) > 0 {
		list = append(list, page.Fact{Label: f.T("members.languages"), Value: langNames(m.Languages)})
	}
	if !m.Interest.Since.IsZero() {
		list = append(list, page.Fact{Label: f.T("members.interest"), Value: interest(f, m.Interest)})
	}
	if !m.Term.From.IsZero() {
		list = append(list, page.Fact{Label: f.T("members.since.day"), Value: f.Date(m.Term.From)})
	}
	return list
}

func interest(f page.Frame, i record.Interest) string {
	text := f.T("members.spell.from", "from", f.Date(i.Since))
	if !i.Until.IsZero() {
		text = f.T("members.spell.until", "from", f.Date(i.Since), "last", f.Date(i.Until.AddDays(-1)))
	}
	if i.Decision != "" {
		text += " (" + i.Decision + ")"
	}
	return text
}

func (s *Site) overview(r *http.Request, v *cardView, m members.Member) error {
	f := v.Frame
	v.Facts = openFacts(f, m)
	if m.Category != "" {
		names, err := s.categoryNames(r, v.Actor)
		if err != nil {
			return err
		}
		v.Facts = append(v.Facts, page.Fact{Label: f.T("members.category"), Value: names[m.Category]})
	}
	var former []string
	for _, one := range m.Former {
		if one.Name != "" && one.Name != m.Name {
			former = append(former, f.T("members.former.until", "name", one.Name, "last", f.Date(lastOf(one.Until))))
		}
	}
	if len(former) > 0 {
		v.Facts = append(v.Facts, page.Fact{Label: f.T("members.former"), Value: strings.Join(former, "; ")})
	}
	v.Reach = []page.Fact{
		{Label: f.T("members.email"), Value: dash(m.Email), Link: mailto(m.Email), ID: true}, {Label: f.T("members.phone"), Value: dash(m.Phone)},
		{Label: f.T("members.address"), Value: dash(postal(m))}, {Label: f.T("members.lang"), Value: langName(m.Lang)},
	}
	v.Note = m.Note
	var err error
	if v.Own, err = s.ownFacts(r, f, m); err != nil {
		return err
	}
	more, err := s.desk.MoreOf(r.Context(), v.Actor, m.ID)
	if err != nil {
		return err
	}
	for _, t := range more.Tags[m.ID] {
		v.Tags = append(v.Tags, page.Tab{Label: t.Name, Link: "/members?tag=" + string(t.ID)})
	}
	if v.IsOrg {
		for _, a := range more.Agents[m.ID] {
			v.Agents = append(v.Agents, agentOf(f, m, a))
		}
	} else if err := s.actingTab(r, v, m); err != nil {
		return err
	}
	if err := s.historyTab(r, v, m); err != nil {
		return err
	}
	v.Lines, v.Earlier = v.Lines[:min(len(v.Lines), 5)], ""
	if s.Rooms != nil {
		v.Rooms, err = s.Rooms(r.Context(), v.Actor, m.ID, f)
	}
	return err
}

func postal(m members.Member) string {
	town := strings.TrimSpace(m.Postcode + " " + m.Place)
	if m.Street == "" {
		return town
	}
	return m.Street + ", " + town
}

// ownFacts are the details of the house that the reader may see and that are said.
func (s *Site) ownFacts(r *http.Request, f page.Frame, m members.Member) ([]page.Fact, error) {
	if len(m.Details) == 0 {
		return nil, nil
	}
	details, err := s.desk.Details(r.Context(), f.Actor)
	var list []page.Fact
	for _, d := range details {
		if value := m.Details[d.ID]; value != "" {
			list = append(list, page.Fact{Label: d.Label, Value: shown(f, d, value)})
		}
	}
	return list, err
}

func (s *Site) categoryNames(r *http.Request, by auth.Actor) (map[members.CategoryID]string, error) {
	list, err := s.desk.Categories(r.Context(), by)
	names := map[members.CategoryID]string{}
	for _, c := range list {
		names[c.ID] = c.Name
	}
	return names, err
}

func mailto(email string) string {
	if email == "" {
		return ""
	}
	return "mailto:" + email
}

func agentOf(f page.Frame, m members.Member, a members.Agent) agentRow {
	row := agentRow{Name: a.Name, Email: dash(a.Email), Since: f.Date(a.Since), Answers: f.T("members.agent.answers." + yes(a.Answers)), Gone: !a.Until.IsZero()}
	if a.Person != "" {
		row.Link = link(a.Person)
	}
	if row.Gone {
		row.Until = f.Date(a.Until.AddDays(-1))
	} else {
		row.End = link(m.ID, "/agents/", a.ID, "/end")
	}
	return row
}

func (s *Site) agentsTab(r *http.Request, v *cardView, m members.Member) error {
	agents, err := s.desk.Agents(r.Context(), v.Actor, m.ID)
	for _, a := range agents {
		v.Agents = append(v.Agents, agentOf(v.Frame, m, a))
	}
	return err
}

func (s *Site) actingTab(r *http.Request, v *cardView, m members.Member) error {
	list, err := s.desk.ActingOf(r.Context(), v.Actor, m.ID)
	for _, a := range list {
		row := actingRow{Name: a.Name, Link: link(a.Agent.Member), When: v.T("members.agent.is", "from", v.Date(a.Agent.Since)), Answers: v.T("members.agent.answers." + yes(a.Agent.Answers))}
		if !a.Agent.Until.IsZero() {
			row.When = v.T("members.agent.was", "from", v.Date(a.Agent.Since), "last", v.Date(a.Agent.Until.AddDays(-1)))
		}
		v.Acting = append(v.Acting, row)
	}
	return err
}

func (s *Site) numbersTab(r *http.Request, v *cardView, m members.Member) error {
	list, err := s.desk.Registrations(r.Context(), v.Actor, m.ID)
	for _, one := range list {
		row := numberRow{In: word(v.Frame, "registry", one.In), Number: one.Number, Since: dash(typed(v.Frame, one.Since)), Proof: v.T("members.proof.none"), Note: one.Note}
		if !one.Until.IsZero() {
			row.Since += " – " + v.Date(lastOf(one.Until))
		}
		if one.Proof != "" {
			row.Proof = v.T("members.proof.of", "kind", word(v.Frame, "proof", one.Proof), "day", v.Date(one.ProofDay))
		}
		if one.File.Hash != "" {
			row.File, row.FileLink = one.File.Name+", "+v.Printer.Size(one.File.Size), link(m.ID, "/registration/file?r=", one.ID)
		}
		row.Edit, row.Drop = link(m.ID, "/registration?r=", one.ID), link(m.ID, "/registration/drop?r=", one.ID)
		v.Numbers = append(v.Numbers, row)
	}
	return err
}

func (s *Site) standingTab(r *http.Request, v *cardView, m members.Member) error {
	spells, err := s.desk.Spells(r.Context(), v.Actor, m.ID)
	if err != nil {
		return err
	}
	v.MayUndo = v.Office && len(spells) > 1
	for i := len(spells) - 1; i >= 0; i-- {
		sp := spells[i]
		row := spellRow{What: word(v.Frame, "standing", sp.Standing), From: v.Date(sp.From), Why: strings.Trim(sp.Decision+" · "+sp.Reason, " ·")}
		if !sp.Until.IsZero() {
			row.Until = v.Date(sp.Until.AddDays(-1))
		}
		v.Spells = append(v.Spells, row)
	}
	names, err := s.categoryNames(r, v.Actor)
	if err != nil {
		return err
	}
	courses, err := s.desk.CategoriesOf(r.Context(), v.Actor, m.ID)
	for i := len(courses) - 1; i >= 0; i-- {
		c := courses[i]
		row := spellRow{What: dash(names[c.Category]), From: v.Date(c.From)}
		if !c.Until.IsZero() {
			row.Until = v.Date(c.Until.AddDays(-1))
		}
		v.Categories = append(v.Categories, row)
	}
	return err
}

func (s *Site) historyTab(r *http.Request, v *cardView, m members.Member) error {
	merged, err := s.desk.MergedInto(r.Context(), v.Actor, m.ID)
	if err != nil {
		return err
	}
	of := m.ID
	for _, g := range merged {
		v.Merged = append(v.Merged, setRow{g.Name, v.Moment(s.site.Local(g.Made)), v.Path + "?tab=history&of=" + string(g.ID)})
		if v.Tab == "history" && string(g.ID) == r.URL.Query().Get("of") {
			of = g.ID
		}
	}
	lines, err := s.desk.History(r.Context(), v.Actor, of, r.URL.Query().Get("before"))
	if err != nil {
		return err
	}
	for _, l := range lines {
		v.Lines = append(v.Lines, lineRow{v.Moment(s.site.Local(l.At)), l.Name, said(v.Frame, l.Deed)})
	}
	if len(lines) == members.HistoryPage {
		v.Earlier = string(v.With("before", lines[len(lines)-1].ID))
	}
	return nil
}

// said is what a line of the book says; a deed of another room that has no sentence
// here is named as it is.
func said(f page.Frame, deed string) string {
	if f.Has("did." + deed) {
		return f.T("did." + deed)
	}
	return deed
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
