package bodiesweb

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type motionsView struct {
	head
	Rows   []motionRow
	Writes bool
	Votes  bool   // the meeting sits with a quorum
	Few    string // the quorum was lost
	Chair  bool   // decides a tie on an amendment
}

type motionRow struct {
	ID, Title, Mover, Item, Outcome, Decision, Number, Link string
	Paras                                                   []string
	Reasons                                                 []string
	Final                                                   []string
	Amendments                                              []amendmentRow
	Said                                                    []page.Fact // who voted how
	Special, Put, Voted                                     bool
	Kept                                                    string // the number that waits for it
	Tone                                                    page.Tone
	Icon, Fate                                              string
}

type amendmentRow struct {
	ID, What, Mover, State  string
	Number                  string
	Up                      bool   // it may be voted on before the one before it
	For, Against, Abstained string // as typed, when it was refused
	Chair                   string
	Text                    []string
	Open                    bool
}

// motions shows the motions of a meeting with their amendments and votes.
func (s *Site) motions(w http.ResponseWriter, r *http.Request) error { return s.showMotions(w, r, nil) }

func (s *Site) showMotions(w http.ResponseWriter, r *http.Request, wrong error) error {
	h, err := s.meeting(r, "motions")
	if err != nil {
		return err
	}
	if wrong != nil && !h.Blame(wrong) {
		return wrong
	}
	m := h.Meeting
	_, found := m.Quorum()
	v := motionsView{head: h, Chair: m.Rule.Majority.OnTie == tally.Chair, Writes: h.Work && (m.State == meetings.Planned || !m.Letters && (m.State == meetings.Called || m.State == meetings.Open)), Votes: h.Work && found && m.State == meetings.Open && !m.Letters}
	if v.Votes {
		now, votes, err := s.Meetings.Still(r.Context(), h.Actor, m)
		if err != nil {
			return err
		}
		if v.Votes = votes; !votes {
			v.Few = h.T("bodies.quorum.lost", "present", now.Present, "needed", now.Needed)
		}
	}
	list, err := s.Meetings.Motions(r.Context(), h.Actor, m.ID)
	if err != nil {
		return err
	}
	said, err := s.whoSaid(r, h)
	if err != nil {
		return err
	}
	for _, one := range list {
		row := motionRowOf(h, one, said[one.ID])
		for i, a := range row.Amendments {
			if wrong != nil && a.ID == r.FormValue("amendment") {
				row.Amendments[i].For, row.Amendments[i].Against, row.Amendments[i].Abstained = r.FormValue("for"), r.FormValue("against"), r.FormValue("abstained")
				row.Amendments[i].Chair = r.FormValue("chair")
			}
		}
		v.Rows = append(v.Rows, row)
	}
	return page.RenderStatus(w, r, v.Again(), motionsPage(v))
}

// whoSaid are the votes by name, by motion, for those who may know.
func (s *Site) whoSaid(r *http.Request, h head) (map[meetings.MotionID][]page.Fact, error) {
	votes, err := s.Meetings.Votes(r.Context(), h.Actor, h.Meeting)
	if err != nil || len(votes) == 0 {
		return nil, err
	}
	all, err := s.Meetings.Attendees(r.Context(), h.Actor, meetings.AttendeeQuery{Meeting: h.Meeting.ID, Limit: 1_000})
	if err != nil {
		return nil, err
	}
	names := map[meetings.AttendeeID]string{}
	for _, a := range all {
		names[a.ID] = a.Name
	}
	by := map[meetings.MotionID][]page.Fact{}
	for _, v := range votes {
		value := h.T("bodies.choice." + string(v.Choice))
		if v.Reason != "" {
			value += " – " + v.Reason
		}
		by[v.Motion] = append(by[v.Motion], page.Fact{Label: names[v.Attendee], Value: value})
	}
	return by, nil
}

func motionRowOf(h head, one meetings.Motion, said []page.Fact) motionRow {
	row := motionRow{
		ID: string(one.ID), Title: one.Title, Mover: dash(one.Mover), Link: meetingLink(h.Meeting.ID, "/motions/", string(one.ID)), Paras: meetings.Paragraphs(one.Text), Reasons: meetings.Paragraphs(one.Reasons),
		Special: one.Special && h.Meeting.Rule.HasSpecial(), Put: one.Fate == meetings.Put, Voted: one.Fate == meetings.Carried || one.Fate == meetings.Rejected, Number: one.Number, Said: said,
		Fate: word(h.Frame, "fate", one.Fate),
	}
	switch one.Fate {
	case meetings.Carried:
		row.Tone, row.Icon = "ok", "taken"
	case meetings.Rejected:
		row.Tone, row.Icon = "error", "not"
	case meetings.Withdrawn:
		row.Tone, row.Icon = "none", "silence"
	default:
		row.Tone, row.Icon = "warn", "clock"
	}
	if item, ok := h.Meeting.Item(one.Item); ok {
		row.Item = item.Title
	}
	if row.Voted {
		row.Outcome = meetings.Outcome(h.Printer, one)
	}
	if one.Decision != "" {
		row.Decision = decisionLink(one.Decision)
	}
	if final := one.Final(); final != one.Text {
		row.Final = meetings.Paragraphs(final)
	}
	if row.Put && one.Number != "" {
		row.Kept = h.T("bodies.motion.kept", "number", one.Number)
	}
	for i, a := range one.Amendments {
		up := i > 0 && one.Amendments[i-1].Para == a.Para && one.Amendments[i-1].State == meetings.Pending
		row.Amendments = append(row.Amendments, amendmentRow{Number: strconv.Itoa(i+1) + ".", Up: up, ID: a.ID, What: h.T("bodies.change."+string(a.Change), "para", a.Para), Mover: dash(a.Mover), State: meetings.Settled(h.Printer, a), Text: meetings.Paragraphs(a.Text), Open: a.State == meetings.Pending && row.Put})
	}
	return row
}

type motionIn struct {
	Title    string     `form:"title"`
	Text     string     `form:"text"`
	Reasons  string     `form:"reasons"`
	Mover    string     `form:"mover"`
	Item     string     `form:"item"`
	Special  bool       `form:"special"`
	Case     string     `form:"case"`
	Open     string     `form:"open"`
	Who      string     `form:"who"`
	Owner    string     `form:"owner"`
	Due      civil.Date `form:"due"`
	Task     string     `form:"task"`
	Minutes  string     `form:"minutes"`
	Repeals  string     `form:"repeals"`
	Revision int        `form:"revision"`
}

// motionForm writes a motion; the one named new is a new one.
func (s *Site) motionForm(w http.ResponseWriter, r *http.Request) error {
	h, one, err := s.motion(r)
	if err != nil {
		return err
	}
	m, f := h.Meeting, h.Frame
	f.Title = f.T("bodies.motion.new")
	in := motionIn{Item: r.URL.Query().Get("item"), Open: string(bodies.ToMembers)}
	if one.ID != "" {
		f.Title = one.Title
		in = motionIn{one.Title, one.Text, one.Reasons, one.Mover, one.Item, one.Special, one.Case, string(one.Open), "", "", one.Task.Due, one.Task.Note, string(one.Minutes), string(one.Repeals), one.Revision}
	}
	people, err := s.owners(r, f, m.Body)
	if err != nil {
		return err
	}
	in.Who, in.Owner = people.of(one.Task)
	if r.Method == http.MethodPost {
		in = motionIn{}
		if err = page.Decode(r, &in); err == nil {
			task := one.Task
			task.Due, task.Note = in.Due, in.Task
			var now meetings.Motion
			now, err = s.Meetings.PutMotion(r.Context(), f.Actor, meetings.Motion{
				ID: one.ID, Meeting: m.ID, Title: in.Title, Text: in.Text, Reasons: in.Reasons, Mover: in.Mover, Item: in.Item, Special: in.Special, Case: in.Case, Open: bodies.Openness(in.Open),
				Task: people.give(task, in.Who, in.Owner), Minutes: meetings.MeetingID(in.Minutes), Repeals: bodies.DecisionID(in.Repeals), Revision: in.Revision,
			})
			if fault.Is(err, fault.Conflict) && now.Revision > 0 {
				in.Revision = now.Revision
			}
		}
	}
	v := formView{Frame: f, Lead: f.T("bodies.motion.lead"), Crumbs: crumbs(f, "meetings", page.Crumb{Label: first(m.Number, m.Title), Link: meetingLink(m.ID), Lang: f.Own()}, page.Crumb{Label: f.T("bodies.tab.motions"), Link: meetingLink(m.ID, "/motions")}, page.Crumb{Label: f.Title}),
		Action: r.URL.Path, Do: f.T("bodies.save"), Back: meetingLink(m.ID, "/motions"), Hidden: []page.Option{{Label: "revision", Value: strconv.Itoa(in.Revision)}}}
	fields, err2 := s.motionFields(r, h, in, people.options(f))
	if err2 != nil {
		return err2
	}
	if v.Fields = fields; one.ID != "" {
		v.Drop, v.DropDo = meetingLink(m.ID, "/motions/", string(one.ID), "/drop"), f.T("bodies.motion.drop")
	}
	return v.answer(w, r, err, v.Back, saidSaved)
}

func (s *Site) motionFields(r *http.Request, h head, in motionIn, people []page.Option) ([]page.Field, error) {
	f, m := h.Frame, h.Meeting
	items := []page.Option{{Label: f.T("bodies.item.none")}}
	for i, item := range m.Agenda {
		items = append(items, page.Option{Value: item.ID, Label: strconv.Itoa(i+1) + ". " + item.Title})
	}
	closed, err := s.Meetings.Meetings(r.Context(), f.Actor, meetings.MeetingQuery{Body: m.Body, State: meetings.Closed})
	if err != nil {
		return nil, err
	}
	minutes := []page.Option{{Label: f.T("bodies.motion.minutes.none")}}
	for _, one := range closed {
		if one.ID != m.ID {
			minutes = append(minutes, page.Option{Value: string(one.ID), Label: one.Number})
		}
	}
	decided, err := s.Bodies.Decisions(r.Context(), f.Actor, bodies.DecisionQuery{Body: m.Body, Force: bodies.InForce, Limit: 200})
	if err != nil {
		return nil, err
	}
	repeals := []page.Option{{Label: f.T("bodies.motion.repeals.none")}}
	for _, d := range decided {
		repeals = append(repeals, page.Option{Value: string(d.ID), Label: d.Number + " " + d.Title})
	}
	fields := []page.Field{
		{Name: "title", Label: f.T("bodies.motion.title"), Value: in.Title},
		{Name: "text", Label: f.T("bodies.motion.text"), Hint: f.T("bodies.motion.text.hint"), Type: "law", Value: in.Text, Lang: f.Own(), Keep: "motion-" + string(m.ID)},
		{Name: "reasons", Label: f.T("bodies.motion.reasons"), Type: "textarea", Value: in.Reasons},
		{Name: "mover", Label: f.T("bodies.motion.mover"), Value: in.Mover, W: "m"},
		{Name: "item", Label: f.T("bodies.motion.item"), Type: "select", Value: in.Item, Options: items, W: "m"},
	}
	if m.Rule.HasSpecial() {
		fields = append(fields, page.Field{Name: "special", Label: f.T("bodies.motion.special"), Hint: majorityWords(f, m.Rule.Special), Type: "checkbox", Value: ticked(in.Special)})
	}
	fields = append(fields,
		page.Field{Name: "open", Label: f.T("bodies.decision.open"), Type: "radio", Options: options(f, "open", bodies.Opennesses(), bodies.Openness(in.Open), "")},
		page.Field{Name: "case", Label: f.T("bodies.decision.case"), Hint: f.T("bodies.decision.case.hint"), Value: in.Case, W: "m"})
	fields = append(fields, ownerFields(f, people, in.Who, in.Owner)...)
	fields = append(fields,
		page.Field{Name: "due", Label: f.T("bodies.task.due"), Type: "date", Value: typed(f, in.Due)},
		page.Field{Name: "task", Label: f.T("bodies.task.note"), Value: in.Task})
	if len(minutes) > 1 {
		fields = append(fields, page.Field{Name: "minutes", Label: f.T("bodies.motion.minutes"), Type: "select", Value: in.Minutes, Options: minutes, W: "m"})
	}
	if len(repeals) > 1 {
		fields = append(fields, page.Field{Name: "repeals", Label: f.T("bodies.motion.repeals"), Type: "select", Value: in.Repeals, Options: repeals})
	}
	return fields, nil
}

// motion reads the meeting and the motion of a path for the office; the one named
// new is none.
func (s *Site) motion(r *http.Request) (head, meetings.Motion, error) {
	h, err := s.meeting(r, "motions")
	if err == nil {
		err = h.Actor.Must(bodies.Work)
	}
	if err != nil {
		return h, meetings.Motion{}, err
	}
	id := meetings.MotionID(r.PathValue("motion"))
	if id == "new" {
		return h, meetings.Motion{}, nil
	}
	list, err := s.Meetings.Motions(r.Context(), h.Actor, h.Meeting.ID)
	for _, one := range list {
		if one.ID == id {
			return h, one, err
		}
	}
	if err == nil {
		err = fault.New(fault.Missing, "bodies.motion.missing")
	}
	return h, meetings.Motion{}, err
}

// onMotion is the form of something that is done to a motion.
func (s *Site) onMotion(h head, one meetings.Motion, key, action string) formView {
	f := h.Frame
	f.Title = f.T("bodies." + key)
	m := h.Meeting
	return formView{Frame: f, Kicker: one.Title, Crumbs: crumbs(f, "meetings", page.Crumb{Label: first(m.Number, m.Title), Link: meetingLink(m.ID), Lang: f.Own()}, page.Crumb{Label: f.T("bodies.tab.motions"), Link: meetingLink(m.ID, "/motions")}, page.Crumb{Label: f.Title}),
		Action: action, Do: f.T("bodies.save"), Back: meetingLink(m.ID, "/motions")}
}

// amend puts an amendment to a motion.
func (s *Site) amend(w http.ResponseWriter, r *http.Request) error {
	h, one, err := s.motion(r)
	if err != nil {
		return err
	}
	var in struct {
		Change string `form:"change"`
		Para   int    `form:"para"`
		Text   string `form:"text"`
		Mover  string `form:"mover"`
		Why    string `form:"why"`
	}
	in.Change, in.Para = string(meetings.Replace), 1
	if r.Method == http.MethodPost {
		if err = page.Decode(r, &in); err == nil {
			_, err = s.Meetings.Amend(r.Context(), h.Actor, one.ID, meetings.Amendment{Change: meetings.Change(in.Change), Para: in.Para, Text: in.Text, Mover: in.Mover, Why: in.Why})
		}
	}
	v := s.onMotion(h, one, "amendment.new", r.URL.Path)
	for i, p := range meetings.Paragraphs(one.Text) {
		v.Facts = append(v.Facts, page.Fact{Label: v.T("bodies.para", "number", i+1), Value: p, Lang: v.Own()})
	}
	v.Fields = []page.Field{
		{Name: "change", Label: v.T("bodies.amendment.what"), Type: "radio", Options: options(v.Frame, "amending", meetings.Changes(), meetings.Change(in.Change), "")},
		{Name: "para", Label: v.T("bodies.amendment.at"), Hint: v.T("bodies.amendment.at.hint"), Value: strconv.Itoa(in.Para), W: "s"},
		{Name: "text", Label: v.T("bodies.amendment.new.text"), Type: "law", Value: in.Text, Lang: v.Own()},
		{Name: "mover", Label: v.T("bodies.motion.mover"), Value: in.Mover, W: "m"},
		{Name: "why", Label: v.T("bodies.motion.reasons"), Type: "textarea", Value: in.Why},
	}
	return v.answer(w, r, err, v.Back, saidSaved)
}

// settle says what became of an amendment: by a vote, or as the mover says.
func (s *Site) settle(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Amendment string `form:"amendment"`
		State     string `form:"state"`
		For       int    `form:"for"`
		Against   int    `form:"against"`
		Abstained int    `form:"abstained"`
		Chair     string `form:"chair"`
	}
	f := s.site.Frame(r, section, "")
	err := page.Decode(r, &in)
	if err == nil && in.State == "promote" {
		_, err = s.Meetings.Promote(r.Context(), f.Actor, meetings.MotionID(r.PathValue("motion")), in.Amendment)
	} else if err == nil {
		_, err = s.Meetings.Settle(r.Context(), f.Actor, meetings.MotionID(r.PathValue("motion")), in.Amendment, meetings.Taken(in.State), bodies.Count{For: in.For, Against: in.Against, Abstained: in.Abstained}, bodies.Choice(in.Chair))
	}
	if err != nil {
		return s.showMotions(w, r, err)
	}
	return page.Go(w, r, meetingLink(meetings.MeetingID(r.PathValue("id")), "/motions")+"#m-"+r.PathValue("motion"), "")
}

// vote takes the counts of a vote on a motion.
func (s *Site) vote(w http.ResponseWriter, r *http.Request) error {
	h, one, err := s.motion(r)
	if err != nil {
		return err
	}
	now, err := s.Meetings.Presence(r.Context(), h.Actor, h.Meeting.ID, false)
	if err != nil {
		return err
	}
	var in struct {
		For       int    `form:"for"`
		Against   int    `form:"against"`
		Abstained int    `form:"abstained"`
		Chair     string `form:"chair"`
	}
	v := s.onMotion(h, one, "vote.title", r.URL.Path)
	said := "said.bodies.carried"
	if r.Method == http.MethodPost {
		if err = page.Decode(r, &in); err == nil {
			var done meetings.Motion
			done, err = s.Meetings.Decide(r.Context(), h.Actor, one.ID, bodies.Count{For: in.For, Against: in.Against, Abstained: in.Abstained}, bodies.Choice(in.Chair))
			if done.Fate == meetings.Rejected {
				said = "said.bodies.rejected"
			}
		}
	}
	v.Lead = v.T("bodies.vote.lead", "present", now.Present, "majority", majorityWords(v.Frame, h.Meeting.Rule.For(one.Special)))
	for i, p := range meetings.Paragraphs(one.Final()) {
		v.Facts = append(v.Facts, page.Fact{Label: v.T("bodies.para", "number", i+1), Value: p, Lang: v.Own()})
	}
	v.Fields = []page.Field{
		{Name: "for", Label: v.T("bodies.vote.for"), Value: count(in.For), W: "s"},
		{Name: "against", Label: v.T("bodies.vote.against"), Value: count(in.Against), W: "s"},
		{Name: "abstained", Label: v.T("bodies.vote.abstained"), Hint: v.T("bodies.vote.abstained.hint"), Value: count(in.Abstained), W: "s"},
	}
	if h.Meeting.Rule.For(one.Special).OnTie == "chair" {
		v.Fields = append(v.Fields, page.Field{Name: "chair", Label: v.T("bodies.vote.chair"), Type: "select", Value: in.Chair, Options: options(v.Frame, "choice", bodies.Choices()[:2], "", v.T("bodies.vote.chair.none")), W: "m"})
	}
	v.Do = v.T("bodies.vote.do")
	return v.answer(w, r, err, v.Back+"#m-"+string(one.ID), said)
}

type rollCallView struct {
	formView
	Rows []rollCallRow
}

type rollCallRow struct{ ID, Name, On string }

// rollCall takes a vote by name.
func (s *Site) rollCall(w http.ResponseWriter, r *http.Request) error {
	h, one, err := s.motion(r)
	if err != nil {
		return err
	}
	there, err := s.Meetings.Attendees(r.Context(), h.Actor, meetings.AttendeeQuery{Meeting: h.Meeting.ID, Way: "there", Limit: 1_000})
	if err != nil {
		return err
	}
	v := rollCallView{formView: s.onMotion(h, one, "rollcall.title", r.URL.Path)}
	v.Do, v.Lead = v.T("bodies.vote.do"), v.T("bodies.rollcall.lead")
	chair := ""
	if r.Method == http.MethodPost {
		if err = page.Decode(r, &struct{}{}); err == nil {
			said := map[meetings.AttendeeID]bodies.Choice{}
			for name, value := range r.Form {
				if id, ok := strings.CutPrefix(name, "vote:"); ok {
					said[meetings.AttendeeID(id)] = bodies.Choice(value[0])
				}
			}
			chair = r.FormValue("chair")
			_, err = s.Meetings.RollCall(r.Context(), h.Actor, one.ID, said, bodies.Choice(chair))
		}
		if err == nil {
			return page.Go(w, r, v.Back+"#m-"+string(one.ID), saidDone)
		}
		if !v.Blame(err) {
			return err
		}
	}
	for _, a := range there {
		v.Rows = append(v.Rows, rollCallRow{string(a.ID), a.Name, r.FormValue("vote:" + string(a.ID))})
	}
	if h.Meeting.Rule.For(one.Special).OnTie == "chair" {
		v.Fields = append(v.Fields, page.Field{Name: "chair", Label: v.T("bodies.vote.chair"), Type: "select", Value: chair, Options: options(v.Frame, "choice", bodies.Choices()[:2], "", v.T("bodies.vote.chair.none")), W: "m"})
	}
	return page.RenderStatus(w, r, v.Again(), rollCallPage(v))
}

// moved is what is done to a motion with one button.
func (s *Site) moved(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	id := meetings.MotionID(r.PathValue("motion"))
	var err error
	switch r.PathValue("deed") {
	case "withdraw":
		_, err = s.Meetings.Withdraw(r.Context(), f.Actor, id)
	case "undo":
		_, err = s.Meetings.Undo(r.Context(), f.Actor, id)
	case "drop":
		_, err = s.Meetings.DropMotion(r.Context(), f.Actor, id)
	default:
		err = fault.New(fault.Missing, "page.missing")
	}
	if err != nil {
		return s.showMotions(w, r, err)
	}
	return page.Go(w, r, meetingLink(meetings.MeetingID(r.PathValue("id")), "/motions"), saidDone)
}
