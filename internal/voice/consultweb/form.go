package consultweb

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/consult"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

// A formView is the page on which the office writes a consultation.
type formView struct {
	voiceweb.CaseHead
	Action, Back   string
	New            bool
	Versions       []page.Tab
	Version        string
	Revision       string
	Heading, About string
	Opens, Closes  string
	Remind         string
	Public         bool
	Who            []page.Option
	Fields         []page.Option
	Singles        string
	Articles       []articleView
}

type articleView struct {
	Key, Cite, Heading string
	Title, Explain     string
	Law                []string
	On                 bool
}

// form writes a new consultation, or changes one that is not open yet:
// GET and POST /cases/{id}/consultations/new?version=…, …/{cid}/edit.
func (s *Site) form(w http.ResponseWriter, r *http.Request) error {
	var h voiceweb.CaseHead
	var c consult.Consultation
	var err error
	if r.PathValue("cid") != "" {
		h, c, err = s.one(r)
	} else if h, err = s.head(r); err == nil {
		c, err = s.blank(r, h)
	}
	if err != nil {
		return err
	}
	if err := h.Actor.Must(voice.Work); err != nil {
		return err
	}
	if c.State == consult.Open || c.State == consult.Closed {
		return fault.New(fault.Conflict, "consult.not_prepared")
	}
	v := formView{CaseHead: h, Action: r.URL.RequestURI(), New: c.ID == "", Back: listPath(h.ID)}
	if !v.New {
		v.Back = consult.Link(c)
	}
	if r.Method == http.MethodPost {
		read, singles, err := s.readForm(r, c)
		c, v.Singles = read, singles
		var saved consult.Consultation
		if err == nil {
			deed := s.Consult.Change
			if v.New {
				deed = s.Consult.Prepare
			}
			saved, err = deed(r.Context(), h.Actor, c)
		}
		if err == nil {
			return page.Go(w, r, consult.Link(saved), "said.consult.prepared")
		}
		if !v.Blame(err) {
			return err
		}
	}
	if err := s.fillForm(r, &v, c); err != nil {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

func listPath(id voice.CaseID) string { return "/cases/" + string(id) + "/consultations" }

// blank is a consultation to begin with: on the newest draft of the case, from
// today for a week.
func (s *Site) blank(r *http.Request, h voiceweb.CaseHead) (consult.Consultation, error) {
	texts, err := s.Cases.Texts(r.Context(), h.Actor, h.ID)
	c := consult.Consultation{Case: h.ID, Title: h.Title, Lead: h.Lead, Opens: h.Today, Closes: h.Today.AddDays(7), Remind: []int{3, 1}}
	for _, t := range texts {
		if asked := r.URL.Query().Get("version"); string(t.Version) == asked || asked == "" && t.Role != cases.InForce {
			c.Version = t.Version
		}
	}
	return c, err
}

// readForm reads what was typed over the consultation.
func (s *Site) readForm(r *http.Request, c consult.Consultation) (consult.Consultation, string, error) {
	var in struct {
		Title    string     `form:"title"`
		Lead     string     `form:"lead"`
		Opens    civil.Date `form:"opens"`
		Closes   civil.Date `form:"closes"`
		Remind   string     `form:"remind"`
		Public   bool       `form:"public"`
		Who      string     `form:"audience"`
		Fields   []string   `form:"field"`
		Singles  string     `form:"singles"`
		Asked    []string   `form:"asked"`
		Revision int        `form:"revision"`
	}
	bad := page.Decode(r, &in)
	c.Title, c.Lead, c.Opens, c.Closes, c.Public, c.Revision = in.Title, in.Lead, in.Opens, in.Closes, in.Public, in.Revision
	c.Audience = consult.Audience{Who: consult.Who(in.Who)}
	var err error
	switch c.Audience.Who {
	case consult.ByField:
		for _, f := range in.Fields {
			c.Audience.Fields = append(c.Audience.Fields, members.Field(f))
		}
	case consult.Single:
		c.Audience.Members, err = s.singles(r, in.Singles)
	}
	c.Asked = nil
	for _, key := range in.Asked {
		c.Asked = append(c.Asked, consult.Asked{Provision: key, Title: plain(r.Form.Get("title:" + key)), Explain: plain(r.Form.Get("explain:" + key))})
	}
	c.Remind, _ = reminders(in.Remind)
	_, days := reminders(in.Remind)
	for _, e := range []error{bad, err, days} {
		if e != nil {
			return c, in.Singles, e
		}
	}
	return c, in.Singles, nil
}

// reminders reads "3, 1".
func reminders(s string) ([]int, error) {
	var list []int
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		n, err := strconv.Atoi(w)
		if err != nil {
			return list, fault.In("remind", "consult.remind.days")
		}
		list = append(list, n)
	}
	return list, nil
}

// singles finds members by what stands on each line.
func (s *Site) singles(r *http.Request, text string) ([]members.ID, error) {
	var ids []members.ID
	for _, line := range strings.Split(text, "\n") {
		if fault.Empty(line) {
			continue
		}
		found, err := s.Members.List(r.Context(), auth.From(r.Context()), members.Query{Filter: members.Filter{Standing: members.Active, Text: line}, Limit: 2})
		if err != nil {
			return nil, err
		}
		if len(found) != 1 {
			return nil, fault.In("singles", "consult.singles.not_one", "line", strings.TrimSpace(line))
		}
		ids = append(ids, found[0].ID)
	}
	return ids, nil
}

func (s *Site) fillForm(r *http.Request, v *formView, c consult.Consultation) error {
	texts, err := s.Cases.Texts(r.Context(), v.Actor, v.ID)
	if err != nil {
		return err
	}
	for _, t := range texts {
		v.Versions = append(v.Versions, page.Tab{Label: textName(t), Link: listPath(v.ID) + "/new?version=" + string(t.Version), On: t.Version == c.Version})
	}
	v.Version, v.Revision = string(c.Version), strconv.Itoa(c.Revision)
	v.Heading, v.About, v.Public = c.Title, c.Lead, c.Public
	v.Opens, v.Closes = v.Date(c.Opens), v.Date(c.Closes)
	var days []string
	for _, n := range c.Remind {
		days = append(days, strconv.Itoa(n))
	}
	v.Remind = strings.Join(days, ", ")
	for _, who := range []consult.Who{consult.All, consult.Organisations, consult.Persons, consult.ByField, consult.Single} {
		v.Who = append(v.Who, page.Option{Value: string(who), Label: v.T("consult.who." + string(who)), On: who == c.Audience.Who || who == consult.All && c.Audience.Who == ""})
	}
	for _, f := range members.Fields() {
		v.Fields = append(v.Fields, page.Option{Value: string(f), Label: v.T("consult.field." + string(f)), On: slices.Contains(c.Audience.Fields, f)})
	}
	if v.Singles == "" {
		if v.Singles, err = s.names(r, c.Audience.Members); err != nil {
			return err
		}
	}
	if c.Version == "" {
		return nil
	}
	v.Articles, err = s.articles(r, c)
	return err
}

func (s *Site) names(r *http.Request, ids []members.ID) (string, error) {
	var names []string
	for _, id := range ids {
		m, err := s.Members.Member(r.Context(), auth.From(r.Context()), id)
		if err != nil {
			return "", err
		}
		names = append(names, m.Name)
	}
	return strings.Join(names, "\n"), nil
}

func textName(t cases.Text) string {
	if t.Label != "" {
		return t.Label
	}
	return t.On.String()
}

// articles lists what can be asked about, with what the office wrote to it: the
// articles of the act itself, and not the law in force that a bill of the government
// quotes behind its reasons, or what earlier amending acts left behind.
func (s *Site) articles(r *http.Request, c consult.Consultation) ([]articleView, error) {
	who := auth.From(r.Context())
	contents, err := s.Law.Articles(r.Context(), who, c.Version)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, p := range contents {
		if p.Kind == "article" && !strings.Contains(p.ID, "/") {
			ids = append(ids, p.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	// What is asked may be a part of an article: it is offered too.
	for _, a := range c.Asked {
		if !slices.Contains(ids, a.Provision) {
			ids = append(ids, a.Provision)
		}
	}
	found, err := s.Law.Provisions(r.Context(), who, c.Version, ids...)
	if err != nil {
		return nil, err
	}
	var list []articleView
	for _, p := range found {
		a := articleView{Key: p.ID, Cite: p.Cite, Heading: p.Heading, Title: titleOf(p.Heading), Law: strings.Split(p.Full, "\n")}
		if i := slices.IndexFunc(c.Asked, func(one consult.Asked) bool { return one.Provision == p.ID }); i >= 0 {
			a.On, a.Title, a.Explain = true, c.Asked[i].Title, c.Asked[i].Explain
		}
		if a.Title == "" {
			a.Title = p.Cite
		}
		// What was typed beside an article that was then not chosen is not lost.
		if r.Method == http.MethodPost && !a.On {
			a.Title, a.Explain = plain(r.PostFormValue("title:"+p.ID)), plain(r.PostFormValue("explain:"+p.ID))
		}
		list = append(list, a)
	}
	return list, nil
}

// titleOf makes a title of a heading: "(prvi obrok)" is "Prvi obrok".
func titleOf(heading string) string {
	t := []rune(strings.Trim(heading, "() "))
	if len(t) > 0 {
		t[0] = unicode.ToUpper(t[0])
	}
	return string(t)
}
