package bodiesweb

import (
	"time"

	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
)

// A bodyWire is a body as the API writes one.
type bodyWire struct {
	ID     string     `json:"id"`
	Kind   string     `json:"kind" enum:"assembly,board,supervisory,honour,president,group,outside"`
	Name   string     `json:"name"`
	Prefix string     `json:"prefix,omitempty" doc:"with which the numbers of its meetings and decisions begin"`
	Of     string     `json:"of,omitempty" doc:"of a body of others: whose it is"`
	Places int        `json:"places,omitempty"`
	Vacant int        `json:"vacant,omitempty"`
	Ended  string     `json:"ended,omitempty" format:"date"`
	Rule   ruleWire   `json:"rule"`
	Seats  []seatWire `json:"seats" doc:"on the day that was asked for"`
}

// A ruleWire is a rule as the API writes one: shares as "> 1/2", ">= 2/3".
type ruleWire struct {
	Cite     string `json:"cite"`
	Quorum   string `json:"quorum"`
	Second   string `json:"second_quorum,omitempty" doc:"at the second call"`
	Wait     int    `json:"second_call_minutes,omitempty"`
	Majority string `json:"majority"`
	Special  string `json:"special_majority,omitempty"`
	Notice   int    `json:"notice_days,omitempty"`
	Proxies  int    `json:"proxies,omitempty" doc:"for how many others one may vote"`
	Demand   string `json:"demand,omitempty" doc:"share of members who may demand an assembly"`
}

func wireOfBody(b bodies.Overview) bodyWire {
	r := b.Rule
	out := bodyWire{
		ID: string(b.ID), Kind: string(b.Kind), Name: b.Name, Prefix: b.Prefix, Of: b.Of, Places: b.Places, Vacant: b.Vacant, Ended: b.Ended.String(), Seats: []seatWire{},
		Rule: ruleWire{Cite: r.Cite, Quorum: r.Quorum.First.String(), Wait: r.Wait, Majority: r.Majority.String(), Notice: r.Notice, Proxies: r.Proxies, Demand: shareText(r.Demand)},
	}
	if r.Quorum.Second != nil {
		out.Rule.Second = r.Quorum.Second.String()
	}
	if r.HasSpecial() {
		out.Rule.Special = r.Special.String()
	}
	for _, s := range b.Seats {
		out.Seats = append(out.Seats, wireOfSeat(b.Body, s))
	}
	return out
}

// A seatWire is a seat as the API and an export write one. What the reader may not
// see is left out.
type seatWire struct {
	Body   string `json:"body"`
	Of     string `json:"of,omitempty"`
	Name   string `json:"name"`
	Member string `json:"member,omitempty" doc:"id of the member who sits"`
	Office string `json:"office" enum:"chair,deputy,sitting,secretary,observer"`
	Votes  bool   `json:"votes"`
	How    string `json:"how" enum:"elected,appointed,exofficio,coopted"`
	From   string `json:"from" format:"date"`
	Last   string `json:"last,omitempty" format:"date" doc:"the last day of the mandate"`
	By     string `json:"by,omitempty"`
	Act    string `json:"act,omitempty"`
	For    string `json:"for,omitempty"`
	Email  string `json:"email,omitempty"`
	Tie    string `json:"tie,omitempty"`
	Why    string `json:"ended,omitempty"`
}

func wireOfSeat(b bodies.Body, s bodies.Seat) seatWire {
	return seatWire{
		Body: b.Name, Of: b.Of, Name: s.Name, Member: string(s.Member), Office: string(s.Office), Votes: s.Votes, How: string(s.How), From: s.Term.From.String(), Last: s.Term.Last().String(),
		By: s.By, Act: s.Act, For: s.For, Email: s.Email, Tie: s.Tie, Why: string(s.Why),
	}
}

// A meetingWire is a meeting as the API writes one in a list.
type meetingWire struct {
	ID     string `json:"id"`
	Number string `json:"number,omitempty" doc:"from the call on"`
	Body   string `json:"body" doc:"id of the body"`
	BodyIs string `json:"body_name"`
	Title  string `json:"title"`
	State  string `json:"state" enum:"planned,called,open,closed,approved,cancelled"`
	Letter bool   `json:"by_letter" doc:"decided by letter until it ends"`
	At     string `json:"at" format:"date-time"`
	Ends   string `json:"ends,omitempty" format:"date-time"`
	Place  string `json:"place,omitempty"`
	Online string `json:"online,omitempty"`
}

// A sittingWire is all of a meeting that the API tells.
type sittingWire struct {
	meetingWire
	Chair    string          `json:"chair,omitempty"`
	Recorder string          `json:"recorder,omitempty"`
	Agenda   []itemWire      `json:"agenda"`
	Counts   []headcountWire `json:"quorum" doc:"what was found on the quorum"`
	Motions  []motionWire    `json:"motions"`
	Approved string          `json:"minutes_approved,omitempty" format:"date"`
	By       string          `json:"minutes_approved_by,omitempty"`
}

type itemWire struct {
	Title   string `json:"title"`
	Speaker string `json:"speaker,omitempty"`
	Text    string `json:"text,omitempty"`
}

type headcountWire struct {
	At      string `json:"at" format:"date-time"`
	Second  bool   `json:"second_call"`
	All     int    `json:"all" doc:"who had a vote on the day"`
	Needed  int    `json:"needed"`
	Present int    `json:"present"`
	Proxies int    `json:"by_proxy"`
	Reached bool   `json:"reached"`
}

type motionWire struct {
	Title     string `json:"title"`
	Text      string `json:"text" doc:"as it was put; with the amendments once it was voted on"`
	Mover     string `json:"mover,omitempty"`
	Fate      string `json:"fate" enum:"put,carried,rejected,withdrawn"`
	For       int    `json:"for"`
	Against   int    `json:"against"`
	Abstained int    `json:"abstained"`
	Needed    int    `json:"needed"`
	Number    string `json:"number,omitempty" doc:"of the decision"`
	Decision  string `json:"decision,omitempty" doc:"id of the decision"`
}

// instant is a time as the API writes it; none is empty.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func wireOfMeeting(m meetings.Meeting) meetingWire {
	return meetingWire{
		ID: string(m.ID), Number: m.Number, Body: string(m.Body), BodyIs: m.BodyIs, Title: m.Title, State: string(m.State), Letter: m.Letters,
		At: instant(m.At), Ends: instant(m.Ends), Place: m.Place, Online: m.Online,
	}
}

func wireOfSitting(m meetings.Meeting, motions []meetings.Motion) sittingWire {
	out := sittingWire{meetingWire: wireOfMeeting(m), Chair: m.Chair, Recorder: m.Recorder, Agenda: []itemWire{}, Counts: []headcountWire{}, Motions: []motionWire{}, Approved: m.Minutes.On.String(), By: m.Minutes.By}
	for _, i := range m.Agenda {
		out.Agenda = append(out.Agenda, itemWire{i.Title, i.Speaker, i.Text})
	}
	for _, h := range m.Counts {
		out.Counts = append(out.Counts, headcountWire{instant(h.At), h.Second, h.All, h.Needed, h.Present, h.Proxies, h.Reached()})
	}
	for _, one := range motions {
		text := one.Text
		if one.Fate == meetings.Carried || one.Fate == meetings.Rejected {
			text = one.Final()
		}
		out.Motions = append(out.Motions, motionWire{one.Title, text, one.Mover, string(one.Fate), one.Result.For, one.Result.Against, one.Result.Abstained, one.Needed, one.Number, string(one.Decision)})
	}
	return out
}

// A decisionWire is a decision as the API and an export write one.
type decisionWire struct {
	ID        string `json:"id"`
	Number    string `json:"number"`
	Body      string `json:"body"`
	On        string `json:"on" format:"date"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	For       int    `json:"for"`
	Against   int    `json:"against"`
	Abstained int    `json:"abstained"`
	Rule      string `json:"rule,omitempty"`
	Force     string `json:"force" enum:"inforce,done,repealed"`
	By        string `json:"repealed_by,omitempty"`
	Open      string `json:"open" enum:"body,members,public"`
	Case      string `json:"case,omitempty" doc:"number of the case that it is a mandate for"`
	Owner     string `json:"owner,omitempty" doc:"who carries it out"`
	Due       string `json:"due,omitempty" format:"date"`
	Done      string `json:"done,omitempty" format:"date"`
}

func wireOfDecision(d bodies.Decision) decisionWire {
	return decisionWire{
		string(d.ID), d.Number, d.BodyIs, d.On.String(), d.Title, d.Text, d.Count.For, d.Count.Against, d.Count.Abstained, d.Cite, string(d.Force), d.By, string(d.Open), d.Case,
		d.Task.OwnerIs, d.Task.Due.String(), d.Task.Done.String(),
	}
}
