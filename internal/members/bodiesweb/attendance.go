package bodiesweb

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type attendanceView struct {
	head
	Rows        []attendeeRow
	Query, Way  string
	Guest       string // a name as typed, when it was refused
	Chips       []page.Tab
	Now, Few    string // Few says that the quorum was lost
	Found       []string
	Counts      bool // the quorum may be counted
	Second      bool // and at the second call
	Notes       bool // attendance may be noted
	Seats       bool // the list may be made that of the seats again
	Sits        bool // mandates may end in the middle of it
	Admits      []page.Option
	First, Next string
	Export      string
	Turnout     string
	Protests    string
}

type attendeeRow struct {
	ID, Name, Office, Way, Reply, Word, Acts, Link string
	There, Gone, Lost                              bool
	Votes                                          bool
	Voted                                          string
}

// attendance shows who is called, who is there, and whether that is enough.
func (s *Site) attendance(w http.ResponseWriter, r *http.Request) error {
	return s.showAttendance(w, r, nil)
}

func (s *Site) showAttendance(w http.ResponseWriter, r *http.Request, wrong error) error {
	h, err := s.meeting(r, "attendance")
	if err != nil {
		return err
	}
	if wrong != nil && !h.Blame(wrong) {
		return wrong
	}
	m, q := h.Meeting, r.URL.Query()
	v := attendanceView{head: h, Guest: r.PostFormValue("name"), Query: q.Get("q"), Way: q.Get("way"), Notes: h.Work && !m.Letters && (m.State == meetings.Called || m.State == meetings.Open || m.State == meetings.Closed)}
	list, err := s.Meetings.Attendees(r.Context(), h.Actor, meetings.AttendeeQuery{Meeting: m.ID, Way: v.Way, Text: v.Query, After: meetings.AttendeeID(q.Get("after"))})
	if err != nil {
		return err
	}
	v.Sits = v.Notes && m.State == meetings.Open
	v.Seats = m.BodyKind != bodies.Assembly && v.Notes && m.State != meetings.Closed
	names := map[meetings.AttendeeID]string{}
	for _, a := range list {
		names[a.ID] = a.Name
	}
	for _, a := range list {
		v.Rows = append(v.Rows, s.attendeeRow(h, a, names))
	}
	filter := url.Values{"q": {v.Query}, "way": {v.Way}}
	v.Export = meetingLink(m.ID, "/attendance/export?", filter.Encode(), "&as=")
	if q.Get("after") != "" {
		v.First = meetingLink(m.ID, "/attendance?", filter.Encode())
	}
	if len(list) == 50 {
		filter.Set("after", string(list[len(list)-1].ID))
		v.Next = meetingLink(m.ID, "/attendance?", filter.Encode())
	}
	for _, way := range []string{"", "there", string(meetings.ByProxy), string(meetings.Excused)} {
		key := way
		if way == "" {
			key = "everybody"
		}
		v.Chips = append(v.Chips, page.Tab{Label: h.T("bodies.chip." + key), Link: meetingLink(m.ID, "/attendance?way=", way), On: way == v.Way})
	}
	if m.Letters {
		err = s.turnout(r, &v)
	} else {
		err = s.presence(r, &v)
	}
	if err != nil {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), attendancePage(v))
}

func (s *Site) attendeeRow(h head, a meetings.Attendee, names map[meetings.AttendeeID]string) attendeeRow {
	row := attendeeRow{ID: string(a.ID), Name: a.Name, Office: word(h.Frame, "office", a.Office), Way: word(h.Frame, "way", a.Way), Reply: replied(h.Frame, a), Word: a.Word, Acts: a.Acts,
		Link: meetingLink(h.Meeting.ID, "/attendance/", string(a.ID)), There: a.Way.There() && a.Left.IsZero(), Gone: !a.Left.IsZero(), Lost: !a.Lost.IsZero(), Votes: a.Votes}
	if a.Way == meetings.ByProxy {
		row.Acts = h.T("bodies.proxy.by", "name", first(names[a.Holder], "…"))
	}
	if row.Gone {
		row.Way = h.T("bodies.left", "hour", h.Clock(s.site.Local(a.Left)))
	}
	if !a.Voted.IsZero() {
		row.Voted = s.hour(h.Frame, a.Voted)
	}
	return row
}

// presence tells how it stands with the quorum, and what was found.
func (s *Site) presence(r *http.Request, v *attendanceView) error {
	m := v.Meeting
	_, found := m.Quorum()
	for _, c := range m.Counts {
		v.Found = append(v.Found, s.Meetings.Found(v.Printer, m, c))
	}
	if found && m.State == meetings.Open {
		return s.still(r, v)
	}
	if found || m.State == meetings.Planned || m.State == meetings.Cancelled {
		return nil
	}
	now, err := s.Meetings.Presence(r.Context(), v.Actor, m.ID, false)
	if err != nil {
		return err
	}
	v.Now = v.T("bodies.presence", "present", now.Present, "all", now.All, "needed", now.Needed)
	v.Counts = v.Work && m.State == meetings.Open
	v.Second = v.Counts && m.Rule.Quorum.Second != nil
	if v.Notes && v.Query != "" && m.BodyKind == bodies.Assembly {
		some, err := s.Members.List(r.Context(), v.Actor, members.Query{Limit: 20, Filter: members.Filter{Text: v.Query}})
		if err != nil {
			return err
		}
		for _, one := range some {
			v.Admits = append(v.Admits, page.Option{Value: string(one.ID), Label: one.Name})
		}
	}
	return nil
}

// still tells how it stands with a quorum that was found.
func (s *Site) still(r *http.Request, v *attendanceView) error {
	now, votes, err := s.Meetings.Still(r.Context(), v.Actor, v.Meeting)
	if err != nil {
		return err
	}
	v.Now = v.T("bodies.presence", "present", now.Present, "all", now.All, "needed", now.Needed)
	if !votes {
		v.Few = v.T("bodies.quorum.lost", "present", now.Present, "needed", now.Needed)
	}
	return nil
}

// turnout tells how a session by letter stands.
func (s *Site) turnout(r *http.Request, v *attendanceView) error {
	t, err := s.Meetings.Turnout(r.Context(), v.Actor, v.Meeting.ID)
	if err != nil {
		return err
	}
	v.Turnout = v.T("bodies.turnout", "voted", t.Present, "all", t.All, "needed", t.Needed)
	if t.Stops > 0 {
		v.Protests = v.T("bodies.protests.stop", "n", t.Protests, "stops", t.Stops)
	} else if t.Protests > 0 {
		v.Protests = v.T("bodies.sheet.protests", "n", t.Protests)
	}
	for _, c := range v.Meeting.Counts {
		v.Found = append(v.Found, s.Meetings.Found(v.Printer, v.Meeting, c))
	}
	return nil
}

// admit enters somebody who is not on the list.
func (s *Site) admit(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Member string `form:"member"`
		Name   string `form:"name"`
	}
	f := s.site.Frame(r, section, "")
	id := meetings.MeetingID(r.PathValue("id"))
	err := page.Decode(r, &in)
	if err == nil {
		_, err = s.Meetings.Admit(r.Context(), f.Actor, id, members.ID(in.Member), in.Name)
	}
	if err != nil {
		return s.showAttendance(w, r, err)
	}
	return page.Go(w, r, meetingLink(id, "/attendance"), saidSaved)
}

// quorum counts who is there.
func (s *Site) quorum(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	id := meetings.MeetingID(r.PathValue("id"))
	h, err := s.Meetings.Establish(r.Context(), f.Actor, id, r.FormValue("second") != "")
	if err != nil {
		return s.showAttendance(w, r, err)
	}
	said := "said.bodies.quorum"
	if !h.Reached() {
		said = "said.bodies.no_quorum"
	}
	return page.Go(w, r, meetingLink(id, "/attendance"), said)
}

// refresh makes the list that of those who sit in the body on the day.
func (s *Site) refresh(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	id := meetings.MeetingID(r.PathValue("id"))
	if err := s.Meetings.Refresh(r.Context(), f.Actor, id); err != nil {
		return s.showAttendance(w, r, err)
	}
	return page.Go(w, r, meetingLink(id, "/attendance"), saidDone)
}

// mark notes with one button that somebody is there, has left, or is back.
func (s *Site) mark(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	id, who := meetings.MeetingID(r.PathValue("id")), meetings.AttendeeID(r.PathValue("attendee"))
	var err error
	switch to := r.PathValue("to"); to {
	case "left", "back":
		_, err = s.Meetings.Gone(r.Context(), f.Actor, id, who, to == "left")
	case "lost", "kept":
		_, err = s.Meetings.Lose(r.Context(), f.Actor, id, who, to == "lost")
	case "inperson", "online", "absent":
		_, err = s.Meetings.Attend(r.Context(), f.Actor, id, who, meetings.Coming{Way: meetings.Way(to)})
	default:
		err = fault.New(fault.Missing, "page.missing")
	}
	if f := fault.Of(err); f != nil && f.Field == "acts" { // who comes for an organisation has to be said
		return page.Go(w, r, meetingLink(id, "/attendance/", string(who), "?way=", r.PathValue("to")), "")
	}
	if err != nil {
		return s.showAttendance(w, r, err)
	}
	back := meetingLink(id, "/attendance")
	if q := r.URL.RawQuery; q != "" {
		back += "?" + q
	}
	return page.Go(w, r, back+"#a-"+string(who), "")
}

// attend notes how somebody attends, with who came for them or votes for them.
func (s *Site) attend(w http.ResponseWriter, r *http.Request) error {
	h, err := s.meeting(r, "attendance")
	if err == nil {
		err = h.Actor.Must(bodies.Work)
	}
	if err != nil {
		return err
	}
	m, f := h.Meeting, h.Frame
	all, err := s.Meetings.Attendees(r.Context(), f.Actor, meetings.AttendeeQuery{Meeting: m.ID, Way: "there", Limit: 1_000})
	if err != nil {
		return err
	}
	a, err := s.Meetings.Attendee(r.Context(), f.Actor, m.ID, meetings.AttendeeID(r.PathValue("attendee")))
	if err != nil {
		return err
	}
	in := struct {
		Way    string `form:"way"`
		Acts   string `form:"acts"`
		Basis  string `form:"basis"`
		Holder string `form:"holder"`
	}{string(a.Way), a.Acts, a.Basis, string(a.Holder)}
	if way := r.URL.Query().Get("way"); a.Way == meetings.Awaited {
		in.Way, in.Acts, in.Holder, in.Basis = asAnswered(f, a, way, all)
	}
	if r.Method == http.MethodPost {
		if err = page.Decode(r, &in); err == nil {
			_, err = s.Meetings.Attend(r.Context(), f.Actor, m.ID, a.ID, meetings.Coming{Way: meetings.Way(in.Way), Acts: in.Acts, Basis: in.Basis, Holder: meetings.AttendeeID(in.Holder)})
		}
	}
	holders := []page.Option{{Label: f.T("bodies.holder.none")}}
	for _, one := range all {
		if one.ID != a.ID && one.Way != meetings.ByProxy {
			holders = append(holders, page.Option{Value: string(one.ID), Label: one.Name})
		}
	}
	f.Title = a.Name
	v := formView{Frame: f, Kicker: f.T("bodies.tab.attendance"), Crumbs: crumbs(f, "meetings", page.Crumb{Label: first(m.Number, m.Title), Link: meetingLink(m.ID), Lang: f.Own()}, page.Crumb{Label: f.T("bodies.tab.attendance"), Link: meetingLink(m.ID, "/attendance")}, page.Crumb{Label: a.Name, Lang: f.Own()}),
		Action: r.URL.Path, Do: f.T("bodies.save"), Back: meetingLink(m.ID, "/attendance")}
	v.Fields = []page.Field{
		{Name: "way", Label: f.T("bodies.attend.way"), Type: "radio", Options: options(f, "way", meetings.Ways(), meetings.Way(in.Way), "")},
		{Name: "acts", Label: f.T("bodies.attend.acts"), Hint: f.T("bodies.attend.acts.hint"), Value: in.Acts, W: "m"},
		{Name: "basis", Label: f.T("bodies.attend.basis"), Hint: f.T("bodies.attend.basis.hint"), Value: in.Basis},
	}
	if m.Rule.Proxies > 0 {
		v.Fields = append(v.Fields, page.Field{Name: "holder", Label: f.T("bodies.attend.holder"), Hint: f.T("bodies.attend.holder.hint", "n", m.Rule.Proxies), Type: "select", Value: in.Holder, Options: holders, W: "m"})
	}
	return v.answer(w, r, err, v.Back, saidSaved)
}

// asAnswered is how the form begins for somebody of whom nothing is noted yet: as
// they answered to the invitation, or as the button said.
func asAnswered(f page.Frame, a meetings.Attendee, way string, there []meetings.Attendee) (is, acts, holder, basis string) {
	if is = first(way, string(a.Reply)); a.Reply != meetings.ByProxy {
		return is, a.Sends, "", ""
	}
	for _, one := range there {
		if strings.EqualFold(one.Name, a.Sends) || strings.EqualFold(members.Called(one.Name), a.Sends) {
			holder = string(one.ID)
		}
	}
	return is, "", holder, f.T("bodies.attend.basis.web", "day", f.Date(civil.Of(a.Replied, f.House.Zone)))
}
