package bodiesweb

import (
	"net/http"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type listView struct {
	page.Frame
	Tabs   []page.Tab
	Groups []bodyGroup
	Kinds  []page.Option
	Soon   []page.Row // what is due
	Work   bool
	All    bool
}

type bodyGroup struct {
	Title string
	Rows  []bodyRow
}

type bodyRow struct {
	Name, Link, Of, Chair, Seats, Ended string
	Vacant, Soon                        int
}

// list shows all bodies, and whose mandates end: GET /bodies?all=1.
func (s *Site) list(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	f.Title, f.Size = f.T("members.view.bodies"), "wide"
	v := listView{Frame: f, Work: f.Actor.Can(bodies.Work), All: r.URL.Query().Get("all") != "", Tabs: membersweb.Tabs(f, f.Actor, "bodies")}
	all, err := s.Bodies.Bodies(r.Context(), f.Actor, f.Today, v.All)
	if err != nil {
		return err
	}
	v.Kinds = []page.Option{{Label: f.T("bodies.any.body")}}
	for _, k := range bodies.Kinds() {
		g := bodyGroup{Title: f.T("bodies.kinds." + string(k))}
		for _, b := range all {
			if b.Kind != k {
				continue
			}
			row := bodyRow{Name: b.Name, Link: bodyLink(b.ID), Of: b.Of, Chair: dash(b.Chair), Seats: f.Number(len(b.Seats)), Vacant: b.Vacant, Soon: len(b.Soon), Ended: typed(f, b.Ended)}
			if b.Places > 0 {
				row.Seats += "/" + f.Number(b.Places)
			}
			if k == bodies.Assembly {
				row.Seats = f.T("bodies.voters.all")
			}
			g.Rows = append(g.Rows, row)
			if v.Work {
				v.Soon = append(v.Soon, soonRows(f, b)...)
			}
		}
		if len(g.Rows) > 0 {
			v.Kinds = append(v.Kinds, page.Option{Value: string(k), Label: g.Title})
			v.Groups = append(v.Groups, g)
		}
	}
	if v.Work {
		tasks, err := s.Bodies.Tasks(r.Context(), f.Actor, 20)
		if err != nil {
			return err
		}
		for _, d := range tasks {
			v.Soon = append(v.Soon, taskRow(f, d))
		}
	}
	return page.Render(w, r, listPage(v))
}

// soonRows are the mandates of a body that end soon.
func soonRows(f page.Frame, b bodies.Overview) (rows []page.Row) {
	for _, seat := range b.Soon {
		last := seat.Term.Last()
		rows = append(rows, page.Row{
			When: f.Away(last, f.Today), WhenNote: f.Date(last), Late: last.Before(f.Today), Title: f.T("bodies.soon", "name", seat.Name), Link: bodyLink(b.ID, "/end/", string(seat.ID)),
			Meta: b.Name + " · " + word(f, "office", seat.Office), Do: f.T("bodies.soon.do"), DoLink: bodyLink(b.ID),
		})
	}
	return rows
}

// taskRow is what is to be done of a decision.
func taskRow(f page.Frame, d bodies.Decision) page.Row {
	row := page.Row{Title: d.Title, Link: decisionLink(d.ID), Meta: d.Number + " · " + dash(d.Task.OwnerIs), Text: d.Task.Note, Do: f.T("bodies.task.do"), DoLink: decisionLink(d.ID, "/task"), Lang: f.Own()}
	if row.When = "–"; !d.Task.Due.IsZero() {
		row.When, row.WhenNote, row.Late = f.Away(d.Task.Due, f.Today), f.Date(d.Task.Due), d.Task.Due.Before(f.Today)
	}
	return row
}

type bodyView struct {
	page.Frame
	Crumbs   []page.Crumb
	Body     bodies.Body
	Kicker   string
	Facts    []page.Fact
	Now      []seatRow
	Past     []seatRow
	Work     bool
	Inside   bool
	Seated   bool
	Vacant   int
	Meetings []page.Row
	Demands  []demandRow
	Decided  []decisionRow
}

type seatRow struct {
	Name, Link, Member, Office, Vote, Term, How, By, For, Tie, Why, End string
	Soon                                                                bool
}

type demandRow struct{ Link, Wants, On, Signed string }

// body shows a body: who sits in it, by which rule it decides, its meetings.
func (s *Site) body(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	id := bodies.BodyID(r.PathValue("id"))
	b, seats, err := s.Bodies.Body(r.Context(), f.Actor, id)
	if err != nil {
		return err
	}
	f.Title, f.Size = b.Name, "wide"
	v := bodyView{Frame: f, Body: b, Crumbs: crumbs(f, "bodies", page.Crumb{Label: b.Name, Lang: f.Own()}), Kicker: word(f, "kind", b.Kind), Work: f.Actor.Can(bodies.Work), Seated: b.Seated()}
	v.Facts, v.Vacant = s.bodyFacts(f, b), b.Vacant(seats, f.Today)
	for _, seat := range seats {
		row := s.seatRow(f, b, seat, v.Work)
		if seat.Sits(f.Today) || seat.Term.From.After(f.Today) {
			v.Now = append(v.Now, row)
		} else {
			v.Past = append(v.Past, row)
		}
	}
	if v.Inside = v.Work; !v.Inside {
		if v.Inside, err = s.Bodies.Sits(r.Context(), f.Actor, id); err != nil {
			return err
		}
	}
	return s.renderBody(w, r, v)
}

// renderBody adds the meetings, decisions and demands that the actor may see.
func (s *Site) renderBody(w http.ResponseWriter, r *http.Request, v bodyView) error {
	list, err := s.Meetings.Meetings(r.Context(), v.Actor, meetings.MeetingQuery{Body: v.Body.ID, Limit: 6})
	if err != nil {
		return err
	}
	for _, m := range list {
		v.Meetings = append(v.Meetings, s.meetingRow(v.Frame, m))
	}
	decided, err := s.Bodies.Decisions(r.Context(), v.Actor, bodies.DecisionQuery{Body: v.Body.ID, Limit: 6})
	if err != nil {
		return err
	}
	v.Decided = decisionRows(v.Frame, decided)
	if v.Work && v.Body.Kind == bodies.Assembly {
		demands, err := s.Bodies.Demands(r.Context(), v.Actor, v.Body.ID)
		if err != nil {
			return err
		}
		for _, d := range demands {
			v.Demands = append(v.Demands, demandRow{bodyLink(v.Body.ID, "/demands/", string(d.ID)), d.Wants, v.Date(d.On), v.T("bodies.demand.so_far", "signed", d.Signed, "needed", d.Needed)})
		}
	}
	return page.Render(w, r, bodyPage(v))
}

func (s *Site) seatRow(f page.Frame, b bodies.Body, seat bodies.Seat, work bool) seatRow {
	row := seatRow{
		Name: seat.Name, Office: word(f, "office", seat.Office), Term: span(f, seat.Term), How: word(f, "how", seat.How), By: seat.By, For: dash(seat.For), Soon: seat.Soon(f.Today),
		Vote: f.T("bodies.vote.no"), Tie: dash(s.tieName(f, seat.Tie)),
	}
	if seat.Votes {
		row.Vote = f.T("bodies.vote.yes")
	}
	if seat.Act != "" {
		row.By = dash(seat.By) + ", " + seat.Act
	}
	if seat.Member != "" {
		row.Member = "/members/" + string(seat.Member)
	}
	if seat.Why != "" {
		row.Why = word(f, "why", seat.Why)
	}
	if work {
		row.Link = bodyLink(b.ID, "/seats/", string(seat.ID))
		if seat.Why == "" {
			row.End = bodyLink(b.ID, "/end/", string(seat.ID))
		}
	}
	return row
}

// tieName is what a tie is called in the rules of the country.
func (s *Site) tieName(f page.Frame, key string) string {
	for _, t := range s.Bodies.Ties() {
		if t.Key == key {
			return label(f, t.Labels)
		}
	}
	return key
}

// label is the word of the page's language, or else the Slovenian one.
func label(f page.Frame, labels map[string]string) string {
	if s := labels[f.Lang]; s != "" {
		return s
	}
	return labels["sl"]
}

// bodyFacts say by which rule a body decides, with the article.
func (s *Site) bodyFacts(f page.Frame, b bodies.Body) []page.Fact {
	var list []page.Fact
	add := func(key, value string) {
		if value != "" {
			list = append(list, page.Fact{Label: f.T("bodies." + key), Value: value})
		}
	}
	add("of", b.Of)
	add("prefix", b.Prefix)
	if b.Months > 0 {
		add("months", f.T("bodies.months.n", "n", b.Months))
	}
	add("falls", b.Falls)
	if !b.Ended.IsZero() {
		add("ended.on", f.Date(b.Ended))
	}
	for _, one := range ruleFacts(f, b.Rule) {
		add(one.Label, one.Value)
	}
	list = append(list, page.Fact{Label: f.T("bodies.rule.basis"), Value: b.Rule.Cite, Lang: f.Own()})
	if b.Note != "" {
		list = append(list, page.Fact{Label: f.T("bodies.note.of"), Value: b.Note, Lang: f.Own()})
	}
	return list
}

// ruleFacts are a rule in words; Label is the key behind "bodies.".
func ruleFacts(f page.Frame, r bodies.Rule) []page.Fact {
	list := []page.Fact{{Label: "quorum.rule", Value: presenceWords(f, r.Quorum.First)}}
	if r.Quorum.Second != nil {
		list = append(list, page.Fact{Label: "second.rule", Value: f.T("bodies.second.after", "minutes", r.Wait, "quorum", presenceWords(f, *r.Quorum.Second))})
	}
	if r.Stays {
		list = append(list, page.Fact{Label: "stays.rule", Value: f.T("bodies.stays.is")})
	}
	list = append(list, page.Fact{Label: "majority.rule", Value: majorityWords(f, r.Majority)})
	if r.HasSpecial() {
		list = append(list, page.Fact{Label: "special.rule", Value: majorityWords(f, r.Special)})
	}
	if r.Notice > 0 {
		list = append(list, page.Fact{Label: "notice.rule", Value: f.T("bodies.days", "n", r.Notice)})
	}
	if r.Proxies > 0 {
		list = append(list, page.Fact{Label: "proxies.rule", Value: f.T("bodies.proxies.n", "n", r.Proxies)})
	}
	if r.Every > 0 {
		list = append(list, page.Fact{Label: "every.rule", Value: f.T("bodies.months.n", "n", r.Every)})
	}
	if !r.Demand.IsZero() {
		list = append(list, page.Fact{Label: "demand.rule", Value: f.T("bodies.demand.of", "share", meetings.ShareWords(f.Printer, r.Demand))})
	}
	if !r.Protest.IsZero() {
		list = append(list, page.Fact{Label: "protest.rule", Value: f.T("bodies.protest.of", "share", meetings.ShareWords(f.Printer, r.Protest))})
	}
	return list
}

type seatIn struct {
	Member   string     `form:"member"`
	Name     string     `form:"name"`
	Email    string     `form:"email"`
	Office   string     `form:"office"`
	Votes    bool       `form:"votes"`
	How      string     `form:"how"`
	From     civil.Date `form:"from"`
	Last     civil.Date `form:"last"`
	By       string     `form:"by"`
	Act      string     `form:"act"`
	For      string     `form:"for"`
	Falls    string     `form:"falls"`
	Tie      string     `form:"tie"`
	Note     string     `form:"note"`
	Revision int        `form:"revision"`
}

// seatForm adds a seat, or corrects one.
func (s *Site) seatForm(w http.ResponseWriter, r *http.Request) error {
	f, err := s.work(r, "bodies.seat.new")
	if err != nil {
		return err
	}
	b, seats, err := s.Bodies.Body(r.Context(), f.Actor, bodies.BodyID(r.PathValue("id")))
	if err != nil {
		return err
	}
	seat := bodies.Seat{Body: b.ID, Votes: b.Seated(), Office: bodies.Sitting, How: bodies.Elected, Falls: ""}
	seat.Term.From = f.Today
	if b.Kind == bodies.Outside {
		seat.How, seat.By, seat.Votes = bodies.Appointed, b.Of, true
	}
	id := bodies.SeatID(r.PathValue("seat"))
	for _, one := range seats {
		if one.ID == id {
			seat, f.Title = one, one.Name
		}
	}
	if id != "" && seat.ID == "" {
		return fault.New(fault.Missing, "bodies.seat.missing")
	}
	in := seatIn{string(seat.Member), seat.Name, seat.Email, string(seat.Office), seat.Votes, string(seat.How), seat.Term.From, seat.Term.Last(), seat.By, seat.Act, seat.For, seat.Falls, seat.Tie, seat.Note, seat.Revision}
	if r.Method == http.MethodPost {
		in = seatIn{}
		if err = page.Decode(r, &in); err == nil {
			_, err = s.Bodies.PutSeat(r.Context(), f.Actor, in.seat(seat))
		}
		if fault.Is(err, fault.Conflict) {
			in.Revision = seat.Revision
		}
	}
	v := formView{Frame: f, Crumbs: crumbs(f, "bodies", page.Crumb{Label: b.Name, Link: bodyLink(b.ID), Lang: f.Own()}, page.Crumb{Label: f.Title}), Kicker: b.Name, Action: r.URL.Path, Do: f.T("bodies.save"), Back: bodyLink(b.ID)}
	v.Hidden = []page.Option{{Label: "revision", Value: strconv.Itoa(in.Revision)}}
	if v.Fields, err = s.seatFields(r, f, b, in, err); err != nil && fault.Of(err) == nil {
		return err
	}
	v.Found = r.URL.Query().Get("q")
	v.Find = v.Found != "" || len(v.Fields[0].Options) > mostMembers
	if seat.ID != "" {
		v.Drop, v.DropDo = bodyLink(b.ID, "/drop/", string(seat.ID)), f.T("bodies.seat.drop")
	}
	return v.answer(w, r, err, v.Back, saidSaved)
}

func (in seatIn) seat(old bodies.Seat) bodies.Seat {
	seat := old
	seat.Member, seat.Name, seat.Email, seat.Office, seat.Votes, seat.How = members.ID(in.Member), in.Name, in.Email, bodies.Office(in.Office), in.Votes, bodies.How(in.How)
	seat.Term = civil.Span{From: in.From}
	if !in.Last.IsZero() {
		seat.Term.Until = in.Last.AddDays(1)
	}
	seat.By, seat.Act, seat.For, seat.Falls, seat.Tie, seat.Note, seat.Revision = in.By, in.Act, in.For, in.Falls, in.Tie, in.Note, in.Revision
	return seat
}

// mostMembers is up to how many members are offered in a list; in a longer register
// they are looked for by name.
const mostMembers = 500

// memberOptions are members for a select, after an empty one: those whose name is
// looked for, and the one that is chosen.
func (s *Site) memberOptions(r *http.Request, f page.Frame, on members.ID) ([]page.Option, error) {
	list, err := s.Members.List(r.Context(), f.Actor, members.Query{Limit: mostMembers, Filter: members.Filter{Text: r.URL.Query().Get("q")}})
	if err != nil {
		return nil, err
	}
	who, seen := []page.Option{{}}, on == ""
	for _, m := range list {
		seen = seen || m.ID == on
		who = append(who, page.Option{Value: string(m.ID), Label: m.Name})
	}
	if !seen {
		m, err := s.Members.Member(r.Context(), f.Actor, on)
		if err != nil && fault.Of(err) == nil {
			return nil, err
		}
		who = append(who, page.Option{Value: string(on), Label: m.Name})
	}
	return who, nil
}

// seatFields are the fields of a seat. The error is passed through.
func (s *Site) seatFields(r *http.Request, f page.Frame, b bodies.Body, in seatIn, with error) ([]page.Field, error) {
	who, err := s.memberOptions(r, f, members.ID(in.Member))
	if err != nil {
		return nil, err
	}
	who[0].Label = f.T("bodies.seat.member.none")
	ties := []page.Option{{Label: f.T("bodies.tie.unsaid")}}
	for _, t := range s.Bodies.Ties() {
		ties = append(ties, page.Option{Value: t.Key, Label: label(f, t.Labels)})
	}
	fields := []page.Field{
		{Name: "member", Label: f.T("bodies.seat.member.of"), Hint: f.T("bodies.seat.member.hint"), Type: "select", Value: in.Member, Options: who},
		{Name: "name", Label: f.T("bodies.seat.name"), Value: in.Name, W: "m"},
		{Name: "email", Label: f.T("bodies.seat.email"), Hint: f.T("bodies.seat.email.hint"), Type: "email", Value: in.Email, W: "m"},
		{Name: "office", Label: f.T("bodies.seat.office"), Type: "select", Value: in.Office, Options: options(f, "office", bodies.Offices(), "", ""), W: "m"},
	}
	if b.Seated() {
		fields = append(fields, page.Field{Name: "votes", Label: f.T("bodies.seat.votes"), Type: "checkbox", Value: ticked(in.Votes)})
	}
	return append(fields, []page.Field{
		{Name: "how", Label: f.T("bodies.seat.how"), Type: "select", Value: in.How, Options: options(f, "how", bodies.Hows(), "", ""), W: "m"},
		{Name: "by", Label: f.T("bodies.seat.by"), Hint: f.T("bodies.seat.by.hint"), Value: in.By, W: "m"},
		{Name: "act", Label: f.T("bodies.seat.act"), Hint: f.T("bodies.seat.act.hint"), Value: in.Act, W: "m"},
		{Name: "from", Label: f.T("bodies.seat.from"), Type: "date", Value: typed(f, in.From)},
		{Name: "last", Label: f.T("bodies.seat.last"), Hint: f.T("bodies.seat.last.hint"), Type: "date", Value: typed(f, in.Last)},
		{Name: "for", Label: f.T("bodies.seat.for"), Hint: f.T("bodies.seat.for.hint"), Value: in.For, W: "m"},
		{Name: "falls", Label: f.T("bodies.seat.falls"), Hint: f.T("bodies.seat.falls.hint"), Value: in.Falls, W: "m"},
		{Name: "tie", Label: f.T("bodies.seat.tie"), Hint: f.T("bodies.seat.tie.hint"), Type: "select", Value: in.Tie, Options: ties},
		{Name: "note", Label: f.T("bodies.seat.note"), Type: "textarea", Value: in.Note},
	}...), with
}

// endSeat ends a seat on a day, for a reason.
func (s *Site) endSeat(w http.ResponseWriter, r *http.Request) error {
	f, err := s.work(r, "bodies.seat.end")
	if err != nil {
		return err
	}
	b, seats, err := s.Bodies.Body(r.Context(), f.Actor, bodies.BodyID(r.PathValue("id")))
	if err != nil {
		return err
	}
	var in struct {
		Last civil.Date `form:"last"`
		Why  string     `form:"why"`
	}
	v := formView{Frame: f, Action: r.URL.Path, Do: f.T("bodies.seat.end"), Back: bodyLink(b.ID)}
	for _, seat := range seats {
		if string(seat.ID) != r.PathValue("seat") {
			continue
		}
		v.Kicker = b.Name
		v.Lead = f.T("bodies.seat.end.lead", "name", seat.Name, "term", span(f, seat.Term))
		in.Last, in.Why = f.Today, string(bodies.Resigned)
		if last := seat.Term.Last(); !last.IsZero() && last.Before(f.Today) {
			in.Last, in.Why = last, string(bodies.TermOver)
		}
	}
	if v.Lead == "" {
		return fault.New(fault.Missing, "bodies.seat.missing")
	}
	if r.Method == http.MethodPost {
		in.Last = civil.Date{}
		if err = page.Decode(r, &in); err == nil {
			_, err = s.Bodies.EndSeat(r.Context(), f.Actor, bodies.SeatID(r.PathValue("seat")), in.Last, bodies.Why(in.Why))
		}
	}
	v.Crumbs = crumbs(f, "bodies", page.Crumb{Label: b.Name, Link: bodyLink(b.ID), Lang: f.Own()}, page.Crumb{Label: f.Title})
	v.Fields = []page.Field{
		{Name: "last", Label: f.T("bodies.seat.last.day"), Type: "date", Value: typed(f, in.Last)},
		{Name: "why", Label: f.T("bodies.seat.why"), Type: "radio", Options: options(f, "why", bodies.Whys(), bodies.Why(in.Why), "")},
	}
	return v.answer(w, r, err, v.Back, saidDone)
}

func (s *Site) dropSeat(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	id, err := s.Bodies.DropSeat(r.Context(), f.Actor, bodies.SeatID(r.PathValue("seat")))
	if err != nil {
		return err
	}
	return page.Go(w, r, bodyLink(id), saidDone)
}

// lapse ends all seats that fall with somebody.
func (s *Site) lapse(w http.ResponseWriter, r *http.Request) error {
	f, err := s.work(r, "bodies.lapse")
	if err != nil {
		return err
	}
	in := struct {
		Falls string     `form:"falls"`
		Last  civil.Date `form:"last"`
	}{Falls: r.URL.Query().Get("falls"), Last: f.Today}
	if r.Method == http.MethodPost {
		in.Last = civil.Date{}
		if err = page.Decode(r, &in); err == nil {
			_, err = s.Bodies.Lapse(r.Context(), f.Actor, in.Falls, in.Last)
		}
	}
	v := formView{Frame: f, Lead: f.T("bodies.lapse.lead"), Crumbs: crumbs(f, "bodies", page.Crumb{Label: f.Title}), Action: "/bodies/lapse", Do: f.T("bodies.lapse.do"), Back: "/bodies", Fields: []page.Field{
		{Name: "falls", Label: f.T("bodies.lapse.who"), Hint: f.T("bodies.lapse.who.hint"), Value: in.Falls, W: "m"},
		{Name: "last", Label: f.T("bodies.seat.last.day"), Type: "date", Value: typed(f, in.Last)},
	}}
	return v.answer(w, r, err, "/bodies", saidDone)
}
