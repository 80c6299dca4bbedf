package cases

import (
	"cmp"
	"slices"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/voice"
)

// Events that this room knows by name, as the packs of countries call them.
const (
	DraftPublished     procedure.Event = "draft_published"
	ConsultationCloses procedure.Event = "consultation_closes"
	CommentsSent       procedure.Event = "comments_sent"
	CallPublished      procedure.Event = "call_published"
	CallCloses         procedure.Event = "call_closes"
	Gazette            procedure.Event = "gazette"
)

// sentOn are the events with which a draft no longer waits for the public.
var sentOn = []procedure.Event{"to_government", "minister_signed", "government_adopted", "filed"}

// An Event is something that happened in a case, or is called to happen.
type Event struct {
	ID   string
	Case voice.CaseID
	Key  procedure.Event // empty if only the note says what it was
	On   civil.Date
	Note string
	By   auth.UserID
	ByIs string
}

// Check returns a fault if the day is missing, or what happened.
func (e Event) Check() error {
	var wrong fault.Fields
	if e.On.IsZero() {
		wrong.Add("day", "cases.event.day")
	}
	if e.Key == "" && fault.Empty(e.Note) {
		wrong.Add("note", "cases.event.empty")
	}
	if len(e.Note) > 2000 {
		wrong.Add("note", "cases.note.long")
	}
	return wrong.Err()
}

// A File is a case with its procedure, as it stands on a day.
type File struct {
	Case
	On        civil.Date
	Procedure procedure.Procedure // without phases if none runs
	Line      []procedure.Step
	Rounds    []Round // drafts put out before the one that counts now
	Events    []Event // newest first
	Dues      []Due
	Finding   procedure.Finding // of the consultation, as counted
}

// A Round is a draft that another one has followed.
type Round struct{ From, Until civil.Date } // Until is none if nobody said

// fileOf counts what follows from the events on a day.
func fileOf(pack country.Pack, c Case, events []Event, today civil.Date) File {
	f := File{Case: c, On: today, Events: slices.Clone(events)}
	slices.SortStableFunc(f.Events, func(a, b Event) int { return cmp.Or(b.On.Compare(a.On), cmp.Compare(b.ID, a.ID)) })
	f.Procedure, _ = pack.Procedure(c.Kind, c.Variant)
	days := standing(f.Procedure, f.Events)
	f.Line = f.Procedure.Line(days, pack.Calendar(), today)
	f.Rounds = rounds(f.Events, days[ConsultationCloses])
	heard := procedure.Consultation{
		Kind: c.Kind, Variant: c.Variant, Proposer: c.Body, Claimed: c.Claimed,
		Published: days[DraftPublished], Deadline: days[ConsultationCloses],
	}
	for _, key := range sentOn {
		if on := days[key]; !on.IsZero() && (heard.Sent.IsZero() || on.Before(heard.Sent)) {
			heard.Sent = on
		}
	}
	if !heard.Published.IsZero() || !heard.Sent.IsZero() {
		f.Finding = pack.Consultation.Judge(heard, today)
		f.BreachOn = heard.Published
		if f.BreachOn.IsZero() {
			f.BreachOn = heard.Sent
		}
	}
	f.Breach = cmp.Or(c.Ruled.Class, f.Finding.Class)
	return f
}

// standing returns the days that count. Of an event that is told twice the later
// day counts. A draft that is put out anew begins a new round: what came after
// the draft before it counts no more.
func standing(p procedure.Procedure, newestFirst []Event) procedure.Events {
	days, drafts := procedure.Events{}, 0
	for _, e := range newestFirst {
		if e.Key == DraftPublished {
			drafts++
		}
		if _, known := days[e.Key]; !known && e.Key != "" {
			days[e.Key] = e.On
		}
	}
	if drafts < 2 {
		return days
	}
	round := place(p, DraftPublished)
	for key, on := range days {
		if on.Before(days[DraftPublished]) && place(p, key) >= round {
			delete(days, key)
		}
	}
	return days
}

// place is the first phase that the event belongs to: the one that it begins,
// else one that it ends or whose clocks it moves.
func place(p procedure.Procedure, e procedure.Event) int {
	if i := slices.IndexFunc(p.Phases, func(ph procedure.Phase) bool { return ph.Begins == e }); i >= 0 {
		return i
	}
	return slices.IndexFunc(p.Phases, func(ph procedure.Phase) bool {
		return ph.Ends == e || slices.ContainsFunc(ph.Clocks, func(c procedure.Clock) bool { return c.Starts == e || c.Stops == e })
	})
}

// rounds are the drafts before the newest one, oldest first, each until the first
// closing day after it that is not the newest draft's.
func rounds(newestFirst []Event, closesNow civil.Date) (list []Round) {
	var drafts, closings []civil.Date
	for _, e := range slices.Backward(newestFirst) {
		switch {
		case e.Key == DraftPublished:
			drafts = append(drafts, e.On)
		case e.Key == ConsultationCloses && e.On != closesNow:
			closings = append(closings, e.On)
		}
	}
	for i := 0; i+1 < len(drafts); i++ {
		r := Round{From: drafts[i]}
		if k := slices.IndexFunc(closings, func(on civil.Date) bool { return !on.Before(r.From) }); k >= 0 {
			r.Until = closings[k]
		}
		list = append(list, r)
	}
	return list
}

// clockPrefix begins the IDs of dues that the clocks of procedures make.
const clockPrefix = "clock/"

// clockDues are the things to do, and those that others owe us, because of the
// clocks that run. What only says how long something must last is no due.
//
// Ours are clocks that we set ourselves, that run for the applicant, and that are
// counted back from a session: by then something can still be filed. Others owe
// us what ends a phase of theirs.
func (f File) clockDues() (list []Due) {
	if f.State.Over() {
		return nil
	}
	for _, step := range f.Line {
		for _, t := range step.Clocks {
			if t.State == procedure.Waiting || !t.Met.IsZero() || t.Clock.Sense != procedure.NoLater {
				continue
			}
			due := Due{
				ID: clockPrefix + string(f.ID) + "/" + t.Clock.Key, Case: f.ID, Kind: "dues.clock", On: t.Due.On,
				Args: []string{"clock", t.Clock.Key, "due", t.Due.On.String()}, Owner: f.Owner, OwnerIs: f.OwnerIs,
				Link: "/cases/" + string(f.ID), Force: t.Clock.Force,
			}
			ours := t.Clock.Force == procedure.Own || step.Phase.Who == "applicant"
			ahead := t.Clock.Before && t.Clock.Stops != step.Phase.Ends
			switch {
			case ours:
			case ahead && t.State == procedure.Running:
				due.Kind = "dues.clock.ahead"
			case ahead:
				continue // the session is over
			default:
				due.Kind, due.Waiting, due.On = "dues.clock.wait", true, since(step, t, f.On)
			}
			list = append(list, due)
		}
	}
	return list
}

// since is the day from which we wait: a clock counted back from a session that
// has been called runs before its event.
func since(step procedure.Step, t procedure.Ticking, today civil.Date) civil.Date {
	switch {
	case !t.From.After(today):
		return t.From
	case !step.From.IsZero() && !step.From.After(today):
		return step.From
	}
	return today
}

// next finds what ends soonest, today or later: a clock, or a day of our own.
func (f File) next() (key, label string, on civil.Date, force procedure.Force) {
	if f.State.Over() {
		return "", "", civil.Date{}, ""
	}
	if t, ok := procedure.Next(f.Line, f.On); ok {
		key, on, force = t.Clock.Key, t.Due.On, t.Clock.Force
	}
	for _, d := range f.Dues {
		if d.Kind == OwnDue && !d.On.Before(f.On) && (on.IsZero() || d.On.Before(on)) {
			key, label, on, force = "own", d.Arg("title"), d.On, procedure.Own
		}
	}
	return key, label, on, force
}

// OwnDue is the kind of a day that the office set for itself. Its title is the
// argument "title".
const OwnDue = "dues.own"

// Arg is the argument of the name, or empty.
func (d Due) Arg(name string) string {
	for i := 0; i+1 < len(d.Args); i += 2 {
		if d.Args[i] == name {
			return d.Args[i+1]
		}
	}
	return ""
}
