package bodiesweb

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type placeView struct {
	page.Frame
	Meeting     meetings.Meeting
	Kicker      string
	Lead        string
	Facts       []page.Fact
	Intro       []string
	Items       []itemRow
	Papers      []paperRow
	Action      string
	Replies     []page.Option
	Word, Sends string
	Org         bool   // somebody comes for an organisation
	Proxy       bool   // another may be authorised to vote
	Names       string // whom, as it was typed
	Asks        bool   // whether they come
	Motions     []placeMotion
	Votes       bool // votes are taken
	Protest     bool
	Done        string
	Over        string
}

type placeMotion struct {
	ID, Title, Reason, Given, Outcome string
	Paras, Reasons                    []string
	Choices                           []page.Option
}

// entry is how the person of a request comes to their place at a meeting.
func (s *Site) entry(r *http.Request) meetings.Entry {
	f := s.site.Frame(r, section, "")
	return meetings.Entry{Token: r.PathValue("token"), By: f.Actor, Attendee: meetings.AttendeeID(r.PathValue("attendee"))}
}

// place is the page of somebody who is called: the papers, whether they come, and
// in a session by letter their vote. A GET changes nothing.
func (s *Site) place(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	e := s.entry(r)
	pl, err := s.Meetings.Place(r.Context(), e)
	if err != nil {
		return err
	}
	var given meetings.Ballot
	if r.Method == http.MethodPost {
		said := "said.bodies.replied"
		given, err = ballot(r, pl)
		switch {
		case err != nil:
		case pl.Meeting.Letters:
			said = "said.bodies.voted"
			_, err = s.Meetings.Cast(r.Context(), e, given)
		default:
			say := meetings.Answer{Way: meetings.Way(r.FormValue("reply")), Sends: r.FormValue("sends"), Word: r.FormValue("word")}
			if say.Way == meetings.ByProxy {
				say.Sends = r.FormValue("proxy")
			}
			_, err = s.Meetings.Reply(r.Context(), e, say)
			pl.Attendee.Reply, pl.Attendee.Sends, pl.Attendee.Word = say.Way, say.Sends, say.Word
		}
		if err == nil {
			to := r.URL.Path
			if r.FormValue("from") == "my" {
				to = "/my"
			}
			return page.Go(w, r, to, said)
		}
		if !f.Blame(err) {
			return err
		}
	}
	f.Bare = e.Token != ""
	f.Title, f.Size = pl.Meeting.BodyIs+": "+pl.Meeting.Title, "read"
	v := s.placeOf(f, pl, given, r.URL.Path)
	return page.RenderStatus(w, r, v.Again(), placePage(v))
}

// ballot is what the form says to the motions.
func ballot(r *http.Request, pl meetings.Place) (meetings.Ballot, error) {
	if err := page.Decode(r, &struct{}{}); err != nil {
		return meetings.Ballot{}, err
	}
	b := meetings.Ballot{Choices: map[meetings.MotionID]bodies.Choice{}, Reasons: map[meetings.MotionID]string{}, Protest: r.FormValue("protest") != ""}
	for _, one := range pl.Motions {
		b.Choices[one.ID] = bodies.Choice(r.FormValue("vote:" + string(one.ID)))
		b.Reasons[one.ID] = r.FormValue("reason:" + string(one.ID))
	}
	return b, nil
}

func (s *Site) placeOf(f page.Frame, pl meetings.Place, given meetings.Ballot, path string) placeView {
	m, a := pl.Meeting, pl.Attendee
	v := placeView{Frame: f, Meeting: m, Kicker: first(m.Number, m.BodyIs), Action: path, Intro: meetings.Paragraphs(m.Intro), Word: a.Word, Sends: a.Sends, Org: pl.Org, Proxy: m.Rule.Proxies > 0 && a.Votes}
	v.Lead = f.T("bodies.place.lead", "name", a.Name, "house", f.House.Name)
	v.Facts = placeFacts(s, f, m)
	paper := func(p bodies.Paper) string {
		if strings.HasPrefix(path, "/b/") {
			return path + "/papers/" + p.ID
		}
		return meetingLink(m.ID, "/papers/", p.ID)
	}
	rows := paperRows(f, pl.Papers, paper)
	for i, item := range m.Agenda {
		row := itemRow{ID: item.ID, Number: strconv.Itoa(i+1) + ".", Title: item.Title, Speaker: item.Speaker, Text: meetings.Paragraphs(item.Text)}
		for _, p := range rows {
			if p.Item == item.ID {
				row.Papers = append(row.Papers, p)
			}
		}
		v.Items = append(v.Items, row)
	}
	for _, p := range rows {
		if p.Item == "" {
			v.Papers = append(v.Papers, p)
		}
	}
	if m.Letters {
		s.placeVotes(&v, pl, given)
		return v
	}
	v.Asks = m.State == meetings.Called
	if !a.Replied.IsZero() {
		v.Done = f.T("bodies.place.replied", "reply", replied(f, a), "at", s.hour(f, a.Replied))
	}
	v.Replies = replies(f, m, a)
	if a.Reply == meetings.ByProxy {
		v.Sends, v.Names = "", a.Sends
	}
	return v
}

// replies are the answers of one button: who has no link to come by needs none.
func replies(f page.Frame, m meetings.Meeting, a meetings.Attendee) (list []page.Option) {
	for _, way := range []meetings.Way{meetings.InPerson, meetings.Online, meetings.Excused} {
		if way != meetings.Online || m.Online != "" || a.Reply == way {
			list = append(list, page.Option{Value: string(way), Label: f.T("bodies.reply." + string(way)), On: way == a.Reply})
		}
	}
	return list
}

// replied is what somebody answered to the invitation, and whom they send.
func replied(f page.Frame, a meetings.Attendee) string {
	switch {
	case a.Reply == meetings.ByProxy:
		return f.T("bodies.replied.proxy", "name", a.Sends)
	case a.Sends != "":
		return f.T("bodies.replied.sends", "way", word(f, "way", a.Reply), "name", a.Sends)
	}
	return word(f, "way", a.Reply)
}

func placeFacts(s *Site, f page.Frame, m meetings.Meeting) []page.Fact {
	list := []page.Fact{{Label: f.T("bodies.fact.body"), Value: m.BodyIs, Lang: f.Own()}}
	if m.Letters {
		return append(list, page.Fact{Label: f.T("bodies.fact.until"), Value: s.hour(f, m.Ends)})
	}
	day := civil.Of(m.At, f.House.Zone)
	list = append(list, page.Fact{Label: f.T("bodies.fact.at"), Value: f.Weekday(day) + ", " + s.hour(f, m.At)})
	if m.Place != "" {
		list = append(list, page.Fact{Label: f.T("bodies.fact.place"), Value: m.Place, Lang: f.Own()})
	}
	if m.Online != "" {
		list = append(list, page.Fact{Label: f.T("bodies.fact.online"), Value: m.Online, Link: m.Online, ID: true})
	}
	return list
}

// placeVotes adds the motions, with what the person has said to them.
func (s *Site) placeVotes(v *placeView, pl meetings.Place, given meetings.Ballot) {
	v.Votes, v.Protest = !pl.Over && pl.Attendee.Votes, pl.Attendee.Protest || given.Protest
	if pl.Over {
		v.Over = v.T("bodies.session.over")
	}
	if !pl.Attendee.Voted.IsZero() {
		v.Done = v.T("bodies.place.voted", "at", s.hour(v.Frame, pl.Attendee.Voted))
	}
	for _, one := range pl.Motions {
		mine := pl.Votes[one.ID]
		row := placeMotion{ID: string(one.ID), Title: one.Title, Paras: meetings.Paragraphs(one.Text), Reasons: meetings.Paragraphs(one.Reasons), Reason: mine.Reason, Given: word(v.Frame, "choice", mine.Choice)}
		on := mine.Choice
		if c, ok := given.Choices[one.ID]; ok {
			on, row.Reason = c, given.Reasons[one.ID]
		}
		row.Choices = options(v.Frame, "say", bodies.Choices(), on, "")
		if one.Fate == meetings.Carried || one.Fate == meetings.Rejected {
			row.Outcome = meetings.Outcome(v.Printer, one)
		}
		v.Motions = append(v.Motions, row)
	}
}

func (s *Site) placePaper(w http.ResponseWriter, r *http.Request) error {
	p, f, err := s.Meetings.OpenPaperBy(r.Context(), r.PathValue("token"), r.PathValue("paper"))
	if err != nil {
		return err
	}
	return send(w, p, f)
}
