package membersweb

import (
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type formView struct {
	page.Frame
	In     memberIn
	New    bool
	Action string
	Back   string
	Crumbs []page.Crumb
	Theirs []page.Fact // what somebody else wrote meanwhile, where it differs

	Details    []members.Detail
	Own        []page.Field // made of them
	Categories []page.Option
	AllTags    []string
}

type memberIn struct {
	Kind      string     `form:"kind"`
	Name      string     `form:"name"`
	Email     string     `form:"email"`
	Lang      string     `form:"lang"`
	Street    string     `form:"street"`
	Postcode  string     `form:"postcode"`
	Place     string     `form:"place"`
	Region    string     `form:"region"`
	Field     string     `form:"field"`
	Fields    []string   `form:"fields"`
	Languages []string   `form:"languages"`
	Changed   civil.Date `form:"changed"`
	Corrects  bool       `form:"corrects"`
	Since     civil.Date `form:"interest_since"`
	Last      civil.Date `form:"interest_last"`
	Decision  string     `form:"interest_decision"`
	Standing  string     `form:"standing"`
	From      civil.Date `form:"from"`
	Category  string     `form:"category"`
	Phone     string     `form:"phone"`
	Note      string     `form:"note"`
	Tags      string     `form:"tags"`
	Revision  int        `form:"revision"`
	details   members.Details
}

func inOf(m members.Member) memberIn {
	in := memberIn{
		Kind: string(m.Kind), Name: m.Name, Email: m.Email, Lang: m.Lang, Street: m.Street, Postcode: m.Postcode, Place: m.Place, Region: m.Region, Field: string(m.Field),
		Languages: m.Languages, Since: m.Interest.Since, Decision: m.Interest.Decision, Standing: string(m.Standing), From: m.Term.From, Category: string(m.Category),
		Phone: m.Phone, Note: m.Note, Revision: m.Revision, details: m.Details,
	}
	for _, f := range m.Fields {
		in.Fields = append(in.Fields, string(f))
	}
	if !m.Interest.Until.IsZero() {
		in.Last = m.Interest.Until.AddDays(-1)
	}
	return in
}

func (in memberIn) member(id members.ID) members.Member {
	m := members.Member{
		ID: id, Kind: members.Kind(in.Kind), Name: in.Name, Email: in.Email, Lang: in.Lang, Street: in.Street, Postcode: in.Postcode, Place: in.Place, Region: in.Region,
		Field: members.Field(in.Field), Languages: in.Languages, Interest: record.Interest{Since: in.Since, Decision: in.Decision}, Category: members.CategoryID(in.Category),
		Standing: members.Standing(in.Standing), Phone: in.Phone, Note: in.Note, Details: in.details, Revision: in.Revision, From: in.Changed, Corrects: in.Corrects,
	}
	for _, f := range in.Fields {
		m.Fields = append(m.Fields, members.Field(f))
	}
	if !in.Last.IsZero() {
		m.Interest.Until = in.Last.AddDays(1)
	}
	if m.Standing != members.Applied {
		m.Term.From = in.From
	}
	return m
}

// readDetails reads what the form says of the fields that the house has added.
func (in *memberIn) readDetails(r *http.Request, details []members.Detail) {
	in.details = members.Details{}
	for _, d := range details {
		if values, is := r.Form[d.Field()]; is {
			in.details[d.ID] = values[0]
		}
	}
}

// detailFields are the fields that the house has added, for a member of the kind; of
// a new one, all.
func detailFields(f page.Frame, details []members.Detail, k members.Kind, values members.Details) []page.Field {
	var list []page.Field
	for _, d := range details {
		if d.Closed || k != "" && !d.Of(k) {
			continue
		}
		label := d.Label
		if !d.Required {
			label += " " + f.T("members.optional")
		}
		one := page.Field{Name: d.Field(), Label: label, Hint: d.Hint, Value: values[d.ID], W: "m"}
		switch d.Form {
		case members.Long:
			one.Type, one.W = "textarea", ""
		case members.Day:
			one.Type, one.Value = "date", dayText(f, one.Value)
		case members.Number:
			one.Value = shown(f, d, one.Value)
		case members.Pick:
			one.Type, one.Options = "select", []page.Option{{Label: "–"}}
			for _, c := range d.Choices {
				one.Options = append(one.Options, page.Option{Value: c, Label: c})
			}
		case members.YesNo:
			one.Type, one.Options = "select", []page.Option{{Label: "–"}, {Value: "yes", Label: f.T("members.agent.answers.yes")}, {Value: "no", Label: f.T("members.agent.answers.no")}}
		}
		list = append(list, one)
	}
	return list
}

// form adds a member, or changes an entry.
func (s *Site) form(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(members.Write); err != nil {
		return err
	}
	id := members.ID(r.PathValue("id"))
	f := s.site.Frame(r, "nav.members", "")
	v := formView{Frame: f, New: id == "", Action: "/members/new", Back: "/members", In: memberIn{Kind: "organisation", Lang: "sl", Standing: "applied", From: f.Today}}
	v.Title = f.T("members.new")
	v.Crumbs = crumbs(f, page.Crumb{Label: v.Title})
	if err := s.formWords(r, &v); err != nil {
		return err
	}
	if !v.New {
		m, err := s.desk.Member(r.Context(), by, id)
		if err != nil {
			return err
		}
		more, err := s.desk.MoreOf(r.Context(), by, id)
		if err != nil {
			return err
		}
		v.In, v.Title, v.Action, v.Back = inOf(m), m.Name, link(id, "/edit"), link(id)
		v.In.Tags, v.In.Changed = tagText(more.Tags[id]), f.Today
		v.Crumbs = crumbs(f, page.Crumb{Label: m.Name, Link: link(id)}, page.Crumb{Label: f.T("members.edit")})
	}
	if r.Method == http.MethodPost {
		err := s.save(r, &v, id)
		if err == nil {
			return page.Go(w, r, v.Back, "said.members.saved")
		}
		if !v.Blame(err) {
			return err
		}
	}
	kind := members.Kind(v.In.Kind)
	if v.New {
		kind = ""
	}
	v.Own = detailFields(v.Frame, v.Details, kind, v.In.details)
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

// formWords are the words of the house that the form offers.
func (s *Site) formWords(r *http.Request, v *formView) (err error) {
	if v.Details, err = s.desk.Details(r.Context(), v.Actor); err != nil {
		return err
	}
	list, err := s.desk.Categories(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	for _, c := range list {
		if !c.Closed {
			v.Categories = append(v.Categories, page.Option{Value: string(c.ID), Label: c.Name})
		}
	}
	tags, err := s.desk.Tags(r.Context(), v.Actor)
	for _, t := range tags {
		v.AllTags = append(v.AllTags, t.Name)
	}
	return err
}

func tagText(tags []members.Tag) string {
	var list []string
	for _, t := range tags {
		list = append(list, t.Name)
	}
	return strings.Join(list, ", ")
}

// save writes what was typed. If somebody was faster, the view shows what they
// wrote, and saving again goes over it.
func (s *Site) save(r *http.Request, v *formView, id members.ID) error {
	in := memberIn{}
	old := v.In
	err := page.Decode(r, &in)
	in.readDetails(r, v.Details)
	v.In = in
	if !v.New {
		v.In.Kind, v.In.Standing, v.In.From = old.Kind, old.Standing, old.From
	}
	if err != nil {
		return err
	}
	if v.New {
		m, err := s.desk.Add(r.Context(), v.Actor, in.member(""))
		if err == nil && in.Tags != "" {
			err = s.desk.PutTags(r.Context(), v.Actor, m.ID, strings.Split(in.Tags, ","))
		}
		v.Back = link(m.ID)
		return err
	}
	now, err := s.desk.Save(r.Context(), v.Actor, v.In.member(id))
	if err == nil && in.Tags != old.Tags {
		err = s.desk.PutTags(r.Context(), v.Actor, id, strings.Split(in.Tags, ","))
	}
	if fault.Is(err, fault.Conflict) {
		v.Theirs, v.In.Revision = append(differences(v.Frame, inOf(now), v.In), detailDifferences(v.Frame, v.Details, now.Details, v.In.details)...), now.Revision
	}
	return err
}

// differences are the fields in which theirs is not ours.
func differences(f page.Frame, theirs, ours memberIn) []page.Fact {
	var list []page.Fact
	for _, one := range []struct{ key, theirs, ours string }{
		{"name", theirs.Name, ours.Name}, {"email", theirs.Email, ours.Email}, {"lang", langName(theirs.Lang), langName(ours.Lang)}, {"place", theirs.Place, ours.Place},
		{"street", theirs.Street, ours.Street}, {"postcode", theirs.Postcode, ours.Postcode}, {"region", word(f, "region", theirs.Region), word(f, "region", ours.Region)},
		{"field", word(f, "field", theirs.Field), word(f, "field", ours.Field)}, {"fields", wordsOf(f, "field", theirs.Fields), wordsOf(f, "field", ours.Fields)},
		{"languages", langNames(theirs.Languages), langNames(ours.Languages)}, {"interest_since", typed(f, theirs.Since), typed(f, ours.Since)}, {"phone", theirs.Phone, ours.Phone}, {"note", theirs.Note, ours.Note},
	} {
		if one.theirs != one.ours {
			list = append(list, page.Fact{Label: f.T("members." + one.key), Value: dash(one.theirs)})
		}
	}
	return list
}

func langName(code string) string {
	for _, l := range i18n.Region() {
		if l.Code == code {
			return l.Name
		}
	}
	return "–"
}

// detailDifferences are the details in which theirs is not ours.
func detailDifferences(f page.Frame, details []members.Detail, theirs, ours members.Details) []page.Fact {
	var list []page.Fact
	for _, d := range details {
		typed, is := ours[d.ID]
		if value, err := d.Read(typed); is && err == nil && value != theirs[d.ID] {
			list = append(list, page.Fact{Label: d.Label, Value: dash(shown(f, d, theirs[d.ID]))})
		}
	}
	return list
}

// langNames are the names of several languages.
func langNames(codes []string) string {
	var list []string
	for _, c := range codes {
		list = append(list, langName(c))
	}
	return strings.Join(list, ", ")
}

func langOptions() []page.Option {
	var list []page.Option
	for _, l := range i18n.Region() {
		list = append(list, page.Option{Value: l.Code, Label: l.Name})
	}
	return list
}

type agentView struct {
	page.Frame
	Member, Action, Back string
	In                   agentIn
	Crumbs               []page.Crumb
}

type agentIn struct {
	Name    string     `form:"name"`
	Email   string     `form:"email"`
	Lang    string     `form:"lang"`
	Since   civil.Date `form:"since"`
	Answers bool       `form:"answers"`
}

// agent authorises somebody to act for an organisation.
func (s *Site) agent(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(members.Write); err != nil {
		return err
	}
	m, err := s.desk.Member(r.Context(), by, members.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T("members.agent.add")
	v := agentView{Frame: f, Member: m.Name, Action: link(m.ID, "/agents/new"), Back: link(m.ID), In: agentIn{Lang: "sl", Since: f.Today, Answers: true}}
	v.Crumbs = crumbs(f, page.Crumb{Label: m.Name, Link: v.Back}, page.Crumb{Label: f.T("members.agent.add")})
	if r.Method == http.MethodPost {
		v.In = agentIn{}
		err := page.Decode(r, &v.In)
		if err == nil {
			_, err = s.desk.AddAgent(r.Context(), by, members.Agent{Member: m.ID, Name: v.In.Name, Email: v.In.Email, Lang: v.In.Lang, Since: v.In.Since, Answers: v.In.Answers})
		}
		if err == nil {
			return page.Go(w, r, v.Back, "said.members.agent")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), agentPage(v))
}

// endAgent takes an agent out of office.
func (s *Site) endAgent(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	id := members.ID(r.PathValue("id"))
	agents, err := s.desk.Agents(r.Context(), by, id)
	if err != nil {
		return err
	}
	m, err := s.desk.Member(r.Context(), by, id)
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	for _, a := range agents {
		if a.ID != r.PathValue("agent") {
			continue
		}
		return s.ask(w, r, f, page.Question{
			Ask: f.T("members.agent.end.ask", "name", a.Name), Text: f.T("members.agent.end.text", "member", m.Name), Do: f.T("members.agent.end"), Danger: true,
			Action: link(id, "/agents/", a.ID, "/end"), Back: link(id), Crumbs: crumbs(f, page.Crumb{Label: m.Name, Link: link(id)}, page.Crumb{Label: f.T("members.agent.end")}),
		}, "last", f.T("members.agent.last"), "said.members.agent.ended", func(day civil.Date) error {
			_, err := s.desk.EndAgent(r.Context(), by, a.ID, day)
			return err
		})
	}
	return fault.New(fault.Missing, "members.agent.missing")
}

// typed is a day as people type it; none is empty.
func typed(f page.Frame, d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return f.Date(d)
}
