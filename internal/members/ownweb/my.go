package ownweb

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/a-h/templ"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/own"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type myView struct {
	page.Frame
	Tabs         []page.Tab
	Turns        []page.Row // what waits for them, for whomever they act
	Who          []page.Tab // for whom they act, if for several
	One          *oneView   // the one that is shown
	Coming, Past templ.Component
}

type oneView struct {
	page.Frame
	own.Mine
	Called   string
	Base     string
	Waits    bool // is asked whether the data are right
	Facts    []page.Fact
	Agents   []agentRow
	Consents []consentRow
	Wishes   []wishRow
	Past     []string // consents that were taken back
	Shelves  []shelfView
	Leaving  bool // has said that they leave
}

type agentRow struct {
	Name, Email, Since, End string
	Last                    bool // nobody else answers: they stay
}

type consentRow struct {
	Key, Text, Since string
	On               bool
}

type wishRow struct{ Kind, Value, State, When, Answer, Back string }

type shelfView struct {
	Title string
	Rows  []page.Row
}

func (s *Site) day(f page.Frame, t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return f.Date(civil.Of(t, s.site.House.Zone))
}

// my shows all for whom somebody acts.
func (s *Site) my(w http.ResponseWriter, r *http.Request) error {
	f := s.frame(r, "own.my")
	f.Size = ""
	list, err := s.desk.Mine(r.Context(), f.Actor)
	if err != nil {
		return err
	}
	v := myView{Frame: f, Tabs: []page.Tab{{Label: f.T("own.my"), Link: "/my", On: true}, {Label: f.T("own.tab.consultations"), Link: "/mine"}, {Label: f.T("own.tab.meetings"), Link: "/meetings"}, {Label: f.T("own.tab.account"), Link: "/account"}}}
	v.Coming, v.Past = templ.NopComponent, templ.NopComponent
	if s.Meetings != nil {
		if v.Coming, v.Past, err = s.Meetings(r, f); err != nil {
			return err
		}
	}
	if len(list) == 0 {
		return page.Render(w, r, myPage(v))
	}
	// Who acts for several sees one at a time, and always who that is.
	shown := max(0, slices.IndexFunc(list, func(m own.Mine) bool { return string(m.ID) == r.FormValue("for") }))
	for i, m := range list {
		one, err := s.one(r, f, m)
		if err != nil {
			return err
		}
		for _, row := range one.turns() {
			if len(list) > 1 && row.Text == "" {
				row.Text = f.T("own.turn.for", "name", one.Called)
			} else if len(list) > 1 {
				row.Meta = f.T("own.turn.for", "name", one.Called)
			}
			v.Turns = append(v.Turns, row)
		}
		if len(list) > 1 {
			v.Who = append(v.Who, page.Tab{Label: one.Called, Link: home(m.ID), On: i == shown})
		}
		if i == shown {
			v.One = &one
		}
	}
	return page.Render(w, r, myPage(v))
}

// turns takes off the shelves what waits for somebody to do it; that the data are
// right is confirmed where they are seen.
func (v *oneView) turns() (list []page.Row) {
	waits := func(row page.Row) bool { return row.Main }
	for i, shelf := range v.Shelves {
		for _, row := range shelf.Rows {
			if waits(row) {
				list = append(list, row)
			}
		}
		v.Shelves[i].Rows = slices.DeleteFunc(shelf.Rows, waits)
	}
	v.Shelves = slices.DeleteFunc(v.Shelves, func(s shelfView) bool { return len(s.Rows) == 0 })
	if v.Waits {
		at := home(v.ID) + "#data"
		list = append(list, page.Row{Title: v.T("own.waits"), Link: at, Do: v.T("own.waits.see"), DoLink: at, Main: true})
	}
	return list
}

// home is where one sees a member for whom one acts.
func home(id members.ID) string { return "/my?for=" + url.QueryEscape(string(id)) }

func (s *Site) one(r *http.Request, f page.Frame, m own.Mine) (oneView, error) {
	v := oneView{Frame: f, Mine: m, Called: called(m.Member), Base: mine(m.ID, ""), Facts: facts(f, m.Member)}
	var err error
	if v.Waits, err = s.desk.Waits(r.Context(), f.Actor, m.ID); err != nil {
		return v, err
	}
	answer := 0
	for _, a := range m.Agents {
		if a.Until.IsZero() && a.Answers {
			answer++
		}
	}
	for _, a := range m.Agents {
		if a.Until.IsZero() {
			v.Agents = append(v.Agents, agentRow{a.Name, dash(a.Email), f.Date(a.Since), mine(m.ID, "/agents/"+a.ID+"/end"), a.Answers && answer == 1})
		}
	}
	v.Leaving = m.Ahead.To != "" && !m.Ahead.To.Belongs()
	for _, key := range own.Consents() {
		row := consentRow{Key: key, Text: f.T("admission.consent." + key)}
		if c, on := m.Holds(key); on {
			row.On, row.Text, row.Since = true, c.Text, f.T("own.consent.since", "day", s.day(f, c.Given))
		}
		v.Consents = append(v.Consents, row)
	}
	for _, c := range m.Consents {
		if !c.Ended.IsZero() {
			v.Past = append(v.Past, f.T("own.consent.was", "text", c.Text, "from", s.day(f, c.Given), "until", s.day(f, c.Ended)))
		}
	}
	for _, one := range m.Wishes {
		row := wishRow{f.T("own.wish.kind." + string(one.Kind)), one.Value, f.T("own.wish.state." + string(one.State)), s.day(f, one.Made), one.Answer, ""}
		if one.State == own.Open {
			row.Back = mine(m.ID, "/wishes/"+one.ID)
		}
		v.Wishes = append(v.Wishes, row)
	}
	for _, shelf := range s.shelves {
		rows, err := shelf.Rows(r.Context(), f.Actor, f, m.ID)
		if err != nil {
			return v, err
		}
		if len(rows) > 0 {
			v.Shelves = append(v.Shelves, shelfView{f.T(shelf.Key), rows})
		}
	}
	return v, nil
}

func called(m members.Member) string {
	if m.Kind == members.Person {
		return members.Called(m.Name)
	}
	return m.Name
}

func facts(f page.Frame, m members.Member) []page.Fact {
	list := []page.Fact{{Label: f.T("own.name"), Value: called(m)}, {Label: f.T("own.standing"), Value: f.T("members.standing." + string(m.Standing))}}
	if !m.Term.From.IsZero() {
		list = append(list, page.Fact{Label: f.T("own.since"), Value: f.Date(m.Term.From)})
	}
	if m.Ahead.To != "" && !m.Ahead.To.Belongs() {
		list = append(list, page.Fact{Label: f.T("own.until"), Value: f.Date(m.Ahead.On.AddDays(-1))})
	}
	field := "–"
	if m.Field != "" {
		field = f.T("members.field." + string(m.Field))
	}
	return append(list, page.Fact{Label: f.T("own.email"), Value: dash(m.Email)}, page.Fact{Label: f.T("own.phone"), Value: dash(m.Phone)},
		page.Fact{Label: f.T("own.street"), Value: dash(m.Street)}, page.Fact{Label: f.T("own.place"), Value: dash(join(m.Postcode, m.Place))}, page.Fact{Label: f.T("own.field"), Value: field})
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

type editView struct {
	page.Frame
	Crumbs []page.Crumb
	Action string
	In     editIn
	Theirs bool // the entry was changed meanwhile
}

type editIn struct {
	Street   string `form:"street"`
	Postcode string `form:"postcode"`
	Place    string `form:"place"`
	Phone    string `form:"phone"`
	Field    string `form:"field"`
	Lang     string `form:"lang"`
	Revision int    `form:"revision"`
}

// edit changes what a member changes at once.
func (s *Site) edit(w http.ResponseWriter, r *http.Request) error {
	f := s.frame(r, "own.edit")
	m, err := s.desk.One(r.Context(), f.Actor, idOf(r))
	if err != nil {
		return err
	}
	v := editView{Frame: f, Crumbs: crumbs(f, m.ID), Action: mine(m.ID, "/edit"), In: editIn{m.Street, m.Postcode, m.Place, m.Phone, string(m.Field), m.Lang, m.Revision}}
	if r.Method == http.MethodPost {
		v.In = editIn{}
		err := page.Decode(r, &v.In)
		if err == nil {
			_, err = s.desk.Save(r.Context(), f.Actor, members.Member{
				ID: m.ID, Street: v.In.Street, Postcode: v.In.Postcode, Place: v.In.Place, Phone: v.In.Phone, Field: members.Field(v.In.Field), Lang: v.In.Lang, Revision: v.In.Revision,
			})
		}
		if err == nil {
			return page.Go(w, r, home(idOf(r)), "said.own.saved")
		}
		if v.In.Revision != m.Revision {
			v.Theirs, v.In.Revision = true, m.Revision
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), editPage(v))
}

func langOptions() (list []page.Option) {
	for _, l := range i18n.Region() {
		list = append(list, page.Option{Value: l.Code, Label: l.Name})
	}
	return list
}

func fieldOptions(f page.Frame) []page.Option {
	list := []page.Option{{Label: f.T("own.field.none")}}
	for _, one := range members.Fields() {
		list = append(list, page.Option{Value: string(one), Label: f.T("members.field." + string(one))})
	}
	return list
}

type proposeView struct {
	page.Frame
	Crumbs []page.Crumb
	Action string
	Kinds  []page.Option
	In     proposeIn
}

type proposeIn struct {
	Kind   string `form:"kind"`
	Value  string `form:"value"`
	Reason string `form:"reason"`
}

// propose asks the office to change what proves who a member is.
func (s *Site) propose(w http.ResponseWriter, r *http.Request) error {
	f := s.frame(r, "own.propose")
	m, err := s.desk.One(r.Context(), f.Actor, idOf(r))
	if err != nil {
		return err
	}
	v := proposeView{Frame: f, Crumbs: crumbs(f, m.ID), Action: mine(m.ID, "/propose")}
	if r.Method == http.MethodPost {
		err := page.Decode(r, &v.In)
		if err == nil {
			_, err = s.desk.Wish(r.Context(), f.Actor, own.Wish{Member: m.ID, Kind: own.WishKind(v.In.Kind), Value: v.In.Value, Reason: v.In.Reason})
		}
		if err == nil {
			return page.Go(w, r, home(idOf(r)), "said.own.proposed")
		}
		if !v.Blame(err) {
			return err
		}
	}
	for _, k := range []own.WishKind{own.Name, own.Email, own.Numbers} {
		v.Kinds = append(v.Kinds, page.Option{Value: string(k), Label: f.T("own.wish.kind." + string(k)), On: v.In.Kind == string(k)})
	}
	return page.RenderStatus(w, r, v.Again(), proposePage(v))
}

func (s *Site) takeBack(w http.ResponseWriter, r *http.Request) error {
	if err := s.desk.TakeBack(r.Context(), s.frame(r, "own.my").Actor, idOf(r), r.PathValue("wish")); err != nil {
		return err
	}
	return page.Go(w, r, home(idOf(r)), "said.own.saved")
}

// agree writes down a consent in the words that stood on the page, or takes it back.
func (s *Site) agree(w http.ResponseWriter, r *http.Request) error {
	f := s.frame(r, "own.my")
	key, text := r.FormValue("key"), ""
	if r.FormValue("on") != "" && f.Has("admission.consent."+key) {
		text = f.T("admission.consent." + key)
	}
	if err := s.desk.Agree(r.Context(), f.Actor, idOf(r), key, text); err != nil {
		return err
	}
	return page.Go(w, r, home(idOf(r)), "said.own.saved")
}

type agentView struct {
	page.Frame
	Crumbs []page.Crumb
	Action string
	In     agentIn
}

type agentIn struct {
	Name    string     `form:"name"`
	Email   string     `form:"email"`
	Lang    string     `form:"lang"`
	Since   civil.Date `form:"since"`
	Answers bool       `form:"answers"`
}

// agent authorises somebody to act for one's organisation.
func (s *Site) agent(w http.ResponseWriter, r *http.Request) error {
	f := s.frame(r, "own.agent.add")
	m, err := s.desk.One(r.Context(), f.Actor, idOf(r))
	if err != nil {
		return err
	}
	v := agentView{Frame: f, Crumbs: crumbs(f, m.ID), Action: mine(m.ID, "/agents/new"), In: agentIn{Lang: "sl", Since: f.Today, Answers: true}}
	if r.Method == http.MethodPost {
		v.In = agentIn{}
		err := page.Decode(r, &v.In)
		if err == nil {
			_, err = s.desk.AddAgent(r.Context(), f.Actor, members.Agent{Member: m.ID, Name: v.In.Name, Email: v.In.Email, Lang: v.In.Lang, Since: v.In.Since, Answers: v.In.Answers})
		}
		if err == nil {
			return page.Go(w, r, home(idOf(r)), "said.own.saved")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), agentPage(v))
}

// asked is a question on a page of its own, with a day to give.
func (s *Site) asked(w http.ResponseWriter, r *http.Request, q page.Question, note, said string, deed func(day civil.Date, reason string) error) error {
	var in struct {
		Last   civil.Date `form:"last"`
		Reason string     `form:"reason"`
	}
	in.Last = q.Today
	if r.Method == http.MethodPost {
		in.Last = civil.Date{}
		err := page.Decode(r, &in)
		if err == nil {
			err = deed(in.Last, in.Reason)
		}
		if err == nil {
			return page.Go(w, r, home(idOf(r)), said)
		}
		if !q.Blame(err) {
			return err
		}
	}
	q.Action, q.Back, q.BackLabel, q.Crumbs, q.Danger = r.URL.Path, home(idOf(r)), q.T("own.back"), crumbs(q.Frame, idOf(r)), true
	return page.RenderStatus(w, r, q.Again(), dayPage(dayView{q, typed(q.Frame, in.Last), in.Reason, note}))
}

type dayView struct {
	page.Question
	Last, Why string
	Note      string // what goes on after the day
}

func typed(f page.Frame, d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return f.Date(d)
}

func (s *Site) endAgent(w http.ResponseWriter, r *http.Request) error {
	f := s.frame(r, "own.agent.end")
	m, err := s.desk.One(r.Context(), f.Actor, idOf(r))
	if err != nil {
		return err
	}
	name := ""
	for _, a := range m.Agents {
		if a.ID == r.PathValue("agent") {
			name = a.Name
		}
	}
	q := page.Question{Frame: f, Ask: f.T("own.agent.end.ask", "name", name), Text: f.T("own.agent.end.text"), Do: f.T("own.agent.end")}
	return s.asked(w, r, q, "", "said.own.saved", func(day civil.Date, _ string) error {
		return s.desk.EndAgent(r.Context(), f.Actor, m.ID, r.PathValue("agent"), day)
	})
}

// leave ends the membership, by one's own word.
func (s *Site) leave(w http.ResponseWriter, r *http.Request) error {
	f := s.frame(r, "own.leave")
	m, err := s.desk.One(r.Context(), f.Actor, idOf(r))
	if err != nil {
		return err
	}
	q := page.Question{
		Frame: f, Ask: f.T("own.leave.ask", "name", called(m.Member)), Text: f.T("own.leave.text"), Do: f.T("own.leave.do"),
		Reason: &page.Field{Name: "reason", Type: "textarea", Label: f.T("own.leave.reason")},
	}
	note := ""
	if s.Owes != nil {
		if note, err = s.Owes(r.Context(), f.Actor, f, m.ID); err != nil {
			return err
		}
	}
	return s.asked(w, r, q, note, "said.own.left", func(day civil.Date, reason string) error {
		return s.desk.Leave(r.Context(), f.Actor, m.ID, day, reason)
	})
}

// askErase asks the office for erasure.
func (s *Site) askErase(w http.ResponseWriter, r *http.Request) error {
	f := s.frame(r, "own.erase")
	m, err := s.desk.One(r.Context(), f.Actor, idOf(r))
	if err != nil {
		return err
	}
	q := page.Question{
		Frame: f, Ask: f.T("own.erase.ask", "name", called(m.Member)), Text: f.T("own.erase.text"), Do: f.T("own.erase.do"), Danger: true, Crumbs: crumbs(f, m.ID),
		Action: r.URL.Path, Back: home(m.ID), BackLabel: f.T("own.back"), Reason: &page.Field{Name: "reason", Type: "textarea", Label: f.T("own.erase.reason"), Value: r.FormValue("reason")},
	}
	if r.Method == http.MethodPost {
		_, err := s.desk.Wish(r.Context(), f.Actor, own.Wish{Member: m.ID, Kind: own.Erasing, Reason: r.FormValue("reason")})
		if err == nil {
			return page.Go(w, r, home(idOf(r)), "said.own.proposed")
		}
		if !q.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, q.Again(), page.Confirm(q))
}

// export asks for the file of all that is held.
func (s *Site) export(w http.ResponseWriter, r *http.Request) error {
	f := s.frame(r, "own.export.title")
	m, err := s.desk.One(r.Context(), f.Actor, idOf(r))
	if err != nil {
		return err
	}
	if err := s.sure(r); err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		e, err := s.desk.Export(r.Context(), f.Actor, m.ID)
		if err != nil {
			return err
		}
		return page.Go(w, r, mine(m.ID, "/export/"+e.ID), "")
	}
	return page.Render(w, r, page.Confirm(page.Question{
		Frame: f, Ask: f.T("own.export.ask", "name", called(m.Member)), Text: f.T("own.export.text"), Do: f.T("own.export.do"), Crumbs: crumbs(f, m.ID),
		Action: r.URL.Path, Back: home(m.ID), BackLabel: f.T("own.back"),
	}))
}

type exportView struct {
	page.Frame
	Crumbs []page.Crumb
	Ready  bool
	File   page.File
	Until  string
}

// exported shows how far the file is, and where it is taken away.
func (s *Site) exported(w http.ResponseWriter, r *http.Request) error {
	f := s.frame(r, "own.export.title")
	e, err := s.desk.ExportOf(r.Context(), f.Actor, idOf(r), r.PathValue("export"))
	if err != nil {
		return err
	}
	v := exportView{Frame: f, Crumbs: crumbs(f, e.Member), Ready: e.Ready, Until: s.day(f, e.Until)}
	v.File = page.File{Name: "moji-podatki.zip", Link: mine(e.Member, "/export/"+e.ID+"/file"), Meta: f.Printer.Size(e.Size), Do: f.T("own.export.take")}
	return page.Render(w, r, exportPage(v))
}

// file hands out the file.
func (s *Site) file(w http.ResponseWriter, r *http.Request) error {
	in, err := s.desk.OpenExport(r.Context(), s.frame(r, "own.my").Actor, idOf(r), r.PathValue("export"))
	if err != nil {
		return err
	}
	defer in.Close()
	page.Attach(w, "application/zip", "moji-podatki.zip")
	_, err = io.Copy(w, in)
	return err
}

func (s *Site) confirmOwn(w http.ResponseWriter, r *http.Request) error {
	if err := s.desk.ConfirmOwn(r.Context(), s.frame(r, "own.my").Actor, idOf(r)); err != nil {
		return err
	}
	return page.Go(w, r, home(idOf(r)), "said.own.confirmed")
}

type confirmView struct {
	page.Frame
	Called string
	Action string
	Facts  []page.Fact
	Agents []string
	Done   bool
}

// confirm shows the data behind the link of a letter; the button says that they are
// right. A program that looks into mail changes nothing.
func (s *Site) confirm(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	if r.Method == http.MethodPost {
		if err := s.desk.Confirm(r.Context(), token); err != nil {
			return err
		}
		return page.Go(w, r, "/confirm/"+token, "said.own.confirmed")
	}
	a, m, err := s.desk.PeekConfirm(r.Context(), token)
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "", "")
	f.Title, f.Size, f.Bare = f.T("own.confirm.title"), "read", true
	v := confirmView{Frame: f, Called: called(m.Member), Action: r.URL.Path, Facts: facts(f, m.Member), Done: !a.Confirmed.IsZero()}
	for _, one := range m.Agents {
		if one.Until.IsZero() {
			v.Agents = append(v.Agents, one.Name)
		}
	}
	return page.Render(w, r, confirmPage(v))
}
