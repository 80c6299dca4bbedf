package meetings

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	clerk = auth.Actor{User: "u1", Name: "Neža Škrbec", Email: "neza@mnk.example", Roles: auth.Office}
	ana   = auth.Actor{User: "u2", Name: "Ana Dren", Email: "ana@pesto.example", Roles: auth.Member}
	vid   = auth.Actor{User: "u3", Name: "Vid Arh", Email: "vid@arh.example", Roles: auth.Member}
	start = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	steps = []store.Steps{audit.Steps(), jobs.Steps(), mail.Steps(), search.Steps(), members.Steps(), bodies.Steps(), Steps()}
)

// A room is the desk, its clock, and the list of today as it was last told.
type room struct {
	*Desk
	t    testing.TB
	ctx  context.Context
	now  time.Time
	dues map[string]pending.Due
}

func each(t *testing.T, f func(t *testing.T, r *room)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(t, open(t, db)) }, steps...)
}

func open(t testing.TB, db *store.DB) *room {
	t.Helper()
	r := &room{t: t, ctx: t.Context(), now: start, dues: map[string]pending.Due{}}
	db.At(func() time.Time { return r.now })
	pack, err := si.Pack()
	if err != nil {
		t.Fatal(err)
	}
	book, err := i18n.Load(Words())
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("Europe/Ljubljana")
	if err != nil {
		t.Fatal(err)
	}
	files, err := blob.NewDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	queue := jobs.New(db, nil)
	letters, err := mail.New(db, queue, mail.SMTP{})
	if err != nil {
		t.Fatal(err)
	}
	reg, index := members.New(db), search.New(db)
	b := bodies.New(db, bodies.Others{Members: reg, Country: pack, Files: files, Search: index, Lang: "sl", Zone: zone, Pending: pending.Into(r.dues)})
	r.Desk = New(db, House{Name: "Mreža", URL: "https://mnk.example", Email: "pisarna@mnk.example", Lang: "sl", Zone: zone, In: book.In},
		Others{Members: reg, Bodies: b, Jobs: queue, Mail: letters, Files: files, Search: index, Pending: pending.Into(r.dues)})
	return r
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func key(err error) string {
	if f := fault.Of(err); f != nil {
		return f.Key
	}
	return fmt.Sprint(err)
}

// drain does all that is due.
func (r *room) drain() {
	r.t.Helper()
	r.now = r.now.Add(time.Second) // letters are told apart by when they were posted
	if err := r.Jobs.Drain(r.ctx); err != nil {
		r.t.Fatal(err)
	}
}

// board is a body of five: Ana presides, Vid and others sit in it.
func (r *room) board(change func(*bodies.Rule)) bodies.Body {
	r.t.Helper()
	rule := bodies.Law(bodies.Board)
	rule.Notice, rule.Proxies = 3, 1
	if change != nil {
		change(&rule)
	}
	b := must(r.Bodies.AddBody(r.ctx, clerk, bodies.Body{Kind: bodies.Board, Name: "Upravni odbor", Prefix: "UO", Rule: rule}))(r.t)
	for i, one := range []struct{ name, email string }{{"Ana Dren", ana.Email}, {"Vid Arh", vid.Email}, {"Eva Gaber", "eva@vrata.example"}, {"Tine Bor", "tine@prelom.example"}, {"Meta Rus", ""}} {
		s := bodies.Seat{Body: b.ID, Name: one.name, Email: one.email, Votes: true, Term: civil.Span{From: civil.On(2025, 1, 1)}}
		if i == 0 {
			s.Office = bodies.Chair
		}
		must(r.Bodies.PutSeat(r.ctx, clerk, s))(r.t)
	}
	return b
}

// plan is a meeting a week ahead, with an agenda of two points.
func (r *room) plan(b bodies.Body, letters bool) Meeting {
	r.t.Helper()
	m := Meeting{Body: b.ID, Title: "redna seja", At: r.now.AddDate(0, 0, 7), Place: "Tesarska 9", Letters: letters}
	if letters {
		m.At, m.Ends = r.now, r.now.AddDate(0, 0, 3)
	}
	m = must(r.Plan(r.ctx, clerk, m))(r.t)
	for _, title := range []string{"Potrditev zapisnika", "Najem prostora"} {
		m = must(r.PutItem(r.ctx, clerk, m.ID, m.Revision, Item{Title: title}))(r.t)
	}
	return m
}

// sit calls a meeting, opens it on its day, and has so many of its attendees there.
func (r *room) sit(m Meeting, n int) (Meeting, []Attendee) {
	r.t.Helper()
	must(r.Call(r.ctx, clerk, m.ID, "", false))(r.t)
	r.drain()
	r.now = m.At
	m = must(r.Begin(r.ctx, clerk, m.ID))(r.t)
	all := must(r.Attendees(r.ctx, clerk, AttendeeQuery{Meeting: m.ID}))(r.t)
	for i := range n {
		all[i] = must(r.Attend(r.ctx, clerk, m.ID, all[i].ID, Coming{Way: InPerson}))(r.t)
	}
	return m, all
}

func (r *room) move(m Meeting, title, text string) Motion {
	r.t.Helper()
	return must(r.PutMotion(r.ctx, clerk, Motion{Meeting: m.ID, Item: m.Agenda[1].ID, Title: title, Text: text, Mover: "Ana Dren"}))(r.t)
}

// letters are what was posted to an address, newest first.
func (r *room) letters(to string) []mail.Entry {
	r.t.Helper()
	var list []mail.Entry
	for _, e := range must(r.Mail.Outbox(r.ctx, clerk, mail.Query{Limit: 200}))(r.t) {
		if e.To == to {
			list = append(list, must(r.Mail.Get(r.ctx, clerk, e.ID))(r.t))
		}
	}
	return list
}

var tokens = regexp.MustCompile(`/b/([A-Za-z0-9_-]{43})`)

// way is the way in by the newest letter to an address.
func (r *room) way(to string) Entry {
	r.t.Helper()
	found := tokens.FindStringSubmatch(r.letters(to)[0].Text)
	if found == nil {
		r.t.Fatal("the letter has no link")
	}
	return Entry{Token: found[1]}
}

// A meeting from the invitation to the minutes that the next one approves.
func TestDesk_meeting(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		m := r.plan(r.board(nil), false)
		if due := r.dues["bodies/"+string(m.ID)+"/meeting"]; due.Kind != "dues.bodies.call" || due.On != civil.On(2026, 11, 26) {
			t.Errorf("to call it is due %+v", due)
		}
		lease := r.move(m, "Najem", "Pisarna najame prostor.\nNajemnina je do 500 evrov.\nPogodba je za pet let.")
		m, all := r.sit(m, 3)
		if m.Number != "UO-1/2026" || len(all) != 5 {
			t.Fatalf("%s calls %d", m.Number, len(all))
		}
		if _, err := r.Decide(r.ctx, clerk, lease.ID, bodies.Count{For: 3}, ""); key(err) != "bodies.motion.quorum" {
			t.Errorf("a vote before the quorum is found: %v", err)
		}
		h := must(r.Establish(r.ctx, clerk, m.ID, false))(t)
		if h.All != 5 || h.Needed != 3 || h.Present != 3 || !h.Reached() {
			t.Errorf("the quorum is %+v", h)
		}
		amend := func(a Amendment) string {
			lease = must(r.Amend(r.ctx, clerk, lease.ID, a))(t)
			return lease.Amendments[len(lease.Amendments)-1].ID
		}
		cheaper := amend(Amendment{Change: Replace, Para: 2, Text: "Najemnina je do 400 evrov.", Mover: "Vid Arh"})
		dearer := amend(Amendment{Change: Replace, Para: 2, Text: "Najemnina je do 900 evrov."})
		added := amend(Amendment{Change: Insert, Para: 3, Text: "Odpoved je mogoča po enem letu."})
		if _, err := r.Decide(r.ctx, clerk, lease.ID, bodies.Count{For: 3}, ""); key(err) != "bodies.motion.amendments" {
			t.Errorf("a vote with amendments open: %v", err)
		}
		must(r.Settle(r.ctx, clerk, lease.ID, cheaper, Accepted, bodies.Count{}, ""))(t)
		if _, err := r.Settle(r.ctx, clerk, lease.ID, dearer, Accepted, bodies.Count{}, ""); key(err) != "bodies.amendment.clash" {
			t.Errorf("two amendments of one paragraph: %v", err)
		}
		must(r.Settle(r.ctx, clerk, lease.ID, dearer, TakenBack, bodies.Count{}, ""))(t)
		lease = must(r.Settle(r.ctx, clerk, lease.ID, added, NotAccepted, bodies.Count{For: 2, Against: 1}, ""))(t)
		if lease.Amendments[2].State != Accepted {
			t.Errorf("an amendment with two of three votes is %s", lease.Amendments[2].State)
		}
		if _, err := r.Decide(r.ctx, clerk, lease.ID, bodies.Count{For: 4}, ""); key(err) != "bodies.count.many" {
			t.Errorf("four of three vote: %v", err)
		}
		lease = must(r.Decide(r.ctx, clerk, lease.ID, bodies.Count{For: 2, Against: 1}, ""))(t)
		if lease.Fate != Carried || lease.Number != "UO-1/2026-1" || lease.Needed != 2 {
			t.Fatalf("%+v", lease)
		}
		d := must(r.Bodies.Decision(r.ctx, ana, lease.Decision))(t)
		if want := "Pisarna najame prostor.\nNajemnina je do 400 evrov.\nPogodba je za pet let.\nOdpoved je mogoča po enem letu."; d.Text != want || d.On != civil.On(2026, 11, 29) {
			t.Errorf("the decision of %s says %q", d.On, d.Text)
		}
		m = must(r.Meeting(r.ctx, clerk, m.ID))(t)
		m = must(r.SaveMinutes(r.ctx, clerk, m.ID, m.Revision, "Predsedujoča pozdravi navzoče.", "", map[string]string{m.Agenda[1].ID: "Razprava o ceni."}))(t)
		if _, err := r.SaveMinutes(r.ctx, clerk, m.ID, m.Revision-1, "", "", nil); key(err) != "bodies.changed" {
			t.Errorf("an old revision: %v", err)
		}
		m = must(r.Close(r.ctx, clerk, m.ID))(t)
		if _, err := r.Sheet(r.ctx, ana, m.ID, MinutesSheet, "pdf", r.house.In("sl")); !fault.Is(err, fault.Denied) {
			t.Errorf("a draft of the minutes for a member: %v", err)
		}

		r.now = r.now.AddDate(0, 1, 0)
		next := r.plan(must(r.Bodies.Bodies(r.ctx, clerk, civil.On(2026, 12, 29), false))(t)[0].Body, false)
		ok := must(r.PutMotion(r.ctx, clerk, Motion{Meeting: next.ID, Item: next.Agenda[0].ID, Title: "Zapisnik", Text: "Zapisnik UO-1/2026 je potrjen.", Minutes: m.ID}))(t)
		next, there := r.sit(next, 4)
		must(r.Establish(r.ctx, clerk, next.ID, false))(t)
		said := map[AttendeeID]bodies.Choice{there[0].ID: bodies.For, there[1].ID: bodies.For, there[2].ID: bodies.For, there[3].ID: bodies.Against}
		if ok = must(r.RollCall(r.ctx, clerk, ok.ID, said, ""))(t); ok.Number != "UO-1/2027-1" || ok.Result.For != 3 {
			t.Errorf("%+v", ok)
		}
		r.drain()
		m = must(r.Meeting(r.ctx, clerk, m.ID))(t)
		if m.State != Approved || m.Minutes.By != "UO-1/2027-1" || m.Minutes.PDF == "" {
			t.Fatalf("the minutes are %s, %+v", m.State, m.Minutes)
		}
		pdf := must(r.Sheet(r.ctx, ana, m.ID, MinutesSheet, "pdf", r.house.In("en")))(t)
		again := must(r.Sheet(r.ctx, ana, m.ID, MinutesSheet, "pdf", r.house.In("sl")))(t)
		if !bytes.HasPrefix(pdf.Bytes, []byte("%PDF")) || !bytes.Equal(pdf.Bytes, again.Bytes) {
			t.Error("approved minutes are not the one file that was kept")
		}
		for _, err := range []error{
			second(r.SaveMinutes(r.ctx, clerk, m.ID, 0, "Drugače.", "", nil)), second(r.PutItem(r.ctx, clerk, m.ID, 0, Item{Title: "Še to"})),
			second(r.Attend(r.ctx, clerk, m.ID, all[4].ID, Coming{Way: InPerson})), second(r.PutMotion(r.ctx, clerk, Motion{Meeting: m.ID, Title: "a", Text: "b"})),
			second(r.AddPaper(r.ctx, clerk, m.ID, "", "a.txt", strings.NewReader("a"))),
		} {
			if !fault.Is(err, fault.Conflict) {
				t.Errorf("something of an approved meeting changes: %v", err)
			}
		}
	})
}

func second[T any](_ T, err error) error { return err }

// Who is called gets a letter with a calendar; a change and a cancellation follow
// under a higher sequence, each once.
func TestDesk_Call(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		m := r.plan(r.board(nil), false)
		m.Revision = must(r.Meeting(r.ctx, clerk, m.ID))(t).Revision
		m = must(r.Call(r.ctx, clerk, m.ID, "", false))(t)
		r.drain()
		got := r.letters(ana.Email)
		if len(got) != 1 || !strings.Contains(got[0].Text, "2. Najem prostora") || !strings.Contains(got[0].Text, "Tesarska 9") {
			t.Fatalf("letters: %+v", got)
		}
		for _, want := range []string{"METHOD:REQUEST", "SEQUENCE:0", "BEGIN:VTIMEZONE", "TZID:Europe/Ljubljana", "DTSTART;TZID=Europe/Ljubljana:20261129T110000", "TZOFFSETTO:+0100", "STATUS:CONFIRMED"} {
			if !strings.Contains(got[0].Calendar, want+"\r\n") {
				t.Errorf("the calendar lacks %s: %s", want, got[0].Calendar)
			}
		}
		if _, err := r.Place(r.ctx, Entry{By: ana, Attendee: "x"}); !fault.Is(err, fault.Missing) {
			t.Errorf("the place of nobody: %v", err)
		}
		in := r.way(ana.Email)
		pl := must(r.Reply(r.ctx, in, Answer{Way: Online, Word: "Zamujam."}))(t)
		if pl.Attendee.Name != "Ana Dren" || pl.Attendee.Reply != Online {
			t.Errorf("%+v", pl.Attendee)
		}
		if mine := must(r.Mine(r.ctx, ana, m.ID))(t); len(mine) != 1 || mine[0].Word != "Zamujam." {
			t.Errorf("signed in she is %+v", mine)
		}
		m.Place = "Na terasi"
		m = must(r.Change(r.ctx, clerk, m))(t)
		r.drain()
		if got = r.letters(ana.Email); len(got) != 2 || !strings.Contains(got[0].Calendar, "SEQUENCE:1\r\n") || !strings.Contains(got[0].Text, "Na terasi") {
			t.Errorf("of the change: %+v", got)
		}
		must(r.Cancel(r.ctx, clerk, m.ID))(t)
		r.drain()
		if got = r.letters(ana.Email); len(got) != 3 || !strings.Contains(got[0].Calendar, "METHOD:CANCEL\r\n") || !strings.Contains(got[0].Calendar, "SEQUENCE:2\r\n") {
			t.Errorf("of the cancellation: %+v", got)
		}
		if _, err := r.Reply(r.ctx, in, Answer{Way: InPerson}); key(err) != "bodies.reply.late" {
			t.Errorf("a reply to what is called off: %v", err)
		}
	})
}

// A call at short notice needs a reason; one without an agenda is none.
func TestDesk_Call_short(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		b := r.board(func(rule *bodies.Rule) { rule.Notice = 8 })
		m := must(r.Plan(r.ctx, clerk, Meeting{Body: b.ID, Title: "izredna seja", At: r.now.AddDate(0, 0, 7)}))(t)
		if _, err := r.Call(r.ctx, clerk, m.ID, "", true); key(err) != "bodies.call.agenda" {
			t.Errorf("without an agenda: %v", err)
		}
		must(r.PutItem(r.ctx, clerk, m.ID, 0, Item{Title: "Ena"}))(t)
		if _, err := r.Call(r.ctx, clerk, m.ID, "", true); key(err) != "bodies.call.short" {
			t.Errorf("at short notice: %v", err)
		}
		m = must(r.Call(r.ctx, clerk, m.ID, "Rok ministrstva poteče v petek.", true))(t)
		r.drain()
		if m.State != Called || len(r.letters(ana.Email)) != 0 {
			t.Errorf("called in silence: %s, %d letters", m.State, len(r.letters(ana.Email)))
		}
	})
}

// An assembly counts the register of its day, lets members vote for others up to
// the limit, and may go on with fewer at the second call.
func TestDesk_assembly(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for i := range 41 {
			m := members.Member{Kind: members.Person, Name: fmt.Sprintf("Oseba %02d", i), Email: fmt.Sprintf("o%02d@posta.example", i), Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}
			if i == 40 {
				m.Term.From = civil.On(2027, 1, 1) // joins after the assembly
			}
			must(r.Members.Add(r.ctx, clerk, m))(t)
		}
		rule := bodies.Law(bodies.Assembly)
		rule.Proxies, rule.Wait, rule.Quorum.Second = 2, 30, &tally.Presence{Least: 10}
		oz := must(r.Bodies.AddBody(r.ctx, clerk, bodies.Body{Kind: bodies.Assembly, Name: "Občni zbor", Prefix: "OZ", Rule: rule}))(t)
		m, all := r.sit(r.plan(oz, false), 8)
		if len(all) != 40 || len(r.letters("o00@posta.example")) != 1 || len(r.letters("o40@posta.example")) != 0 {
			t.Fatalf("%d are called", len(all))
		}
		proxy := func(who, holder int) error {
			return second(r.Attend(r.ctx, clerk, m.ID, all[who].ID, Coming{Way: ByProxy, Holder: all[holder].ID, Basis: "pooblastilo z dne 20. 11. 2026"}))
		}
		for _, tt := range []struct {
			who, holder int
			want        string
		}{{20, 0, "<nil>"}, {21, 0, "<nil>"}, {22, 0, "bodies.proxy.many"}, {22, 30, "bodies.proxy.away"}, {22, 20, "bodies.proxy.away"}, {22, 22, "bodies.proxy.holder"}, {20, 0, "<nil>"}} {
			if err := proxy(tt.who, tt.holder); key(err) != tt.want {
				t.Errorf("%d votes for %d: %v, want %s", tt.holder, tt.who, err, tt.want)
			}
		}
		h := must(r.Establish(r.ctx, clerk, m.ID, false))(t)
		if h.All != 40 || h.Needed != 21 || h.Present != 10 || h.Proxies != 2 || h.Reached() {
			t.Errorf("at the first call %+v", h)
		}
		if _, err := r.Establish(r.ctx, clerk, m.ID, true); key(err) != "bodies.quorum.wait" {
			t.Errorf("the second call at once: %v", err)
		}
		r.now = r.now.Add(30 * time.Minute)
		must(r.Gone(r.ctx, clerk, m.ID, all[0].ID, true))(t) // and the two for whom she voted
		if h = must(r.Establish(r.ctx, clerk, m.ID, true))(t); h.Present != 7 || h.Reached() {
			t.Errorf("when one has left %+v", h)
		}
		must(r.Gone(r.ctx, clerk, m.ID, all[0].ID, false))(t)
		if proxy(20, 0) != nil || proxy(21, 0) != nil {
			t.Error("she is back, and cannot vote for others")
		}
		if h = must(r.Establish(r.ctx, clerk, m.ID, true))(t); h.Present != 10 || h.Needed != 10 || !h.Reached() {
			t.Errorf("at the second call %+v", h)
		}
		if _, err := r.Establish(r.ctx, clerk, m.ID, true); key(err) != "bodies.quorum.found" {
			t.Errorf("found twice: %v", err)
		}
		motion := must(r.PutMotion(r.ctx, clerk, Motion{Meeting: m.ID, Title: "Poročilo", Text: "Poročilo je potrjeno."}))(t)
		motion = must(r.Decide(r.ctx, clerk, motion.ID, bodies.Count{For: 5, Against: 1}, ""))(t)
		if motion.Fate != Rejected || motion.Needed != 6 || motion.Result.Abstained != 4 {
			t.Errorf("five of ten for it: %+v", motion)
		}
		if motion = must(r.Undo(r.ctx, clerk, motion.ID))(t); motion.Fate != Put {
			t.Errorf("taken back it is %s", motion.Fate)
		}
		if motion = must(r.Decide(r.ctx, clerk, motion.ID, bodies.Count{For: 6, Against: 1}, ""))(t); motion.Number != "OZ-1/2026-1" {
			t.Errorf("%+v", motion)
		}
		// A member sees the assembly to which they are called, and no other meeting.
		o := auth.Actor{User: "o", Email: "o07@posta.example", Roles: auth.Member}
		if list := must(r.Meetings(r.ctx, o, MeetingQuery{}))(t); len(list) != 1 {
			t.Errorf("a member sees %d meetings", len(list))
		}
		uo := r.plan(r.board(nil), false)
		if _, err := r.Meeting(r.ctx, o, uo.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("a member reads of the board: %v", err)
		}
		if _, err := r.Meeting(r.ctx, vid, uo.ID); err != nil {
			t.Errorf("who sits in the board: %v", err)
		}
	})
}

// A session by letter: votes by link or signed in, changed until the end, counted
// by the rule at the end; the end stays reached if the clock goes back.
func TestDesk_session(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		m := r.plan(r.board(nil), true)
		yes, no := r.move(m, "Prvi", "Da."), r.move(m, "Drugi", "Ne.")
		m = must(r.Call(r.ctx, clerk, m.ID, "Rok je v petek.", false))(t)
		r.drain()
		if m.State != Open || len(r.letters(vid.Email)) != 1 {
			t.Fatalf("%s, %d letters", m.State, len(r.letters(vid.Email)))
		}
		vote := func(e Entry, a, b bodies.Choice) error {
			return second(r.Cast(r.ctx, e, Ballot{Choices: map[MotionID]bodies.Choice{yes.ID: a, no.ID: b}, Reasons: map[MotionID]string{no.ID: "Predrago."}}))
		}
		in := r.way(vid.Email)
		if err := vote(in, bodies.For, ""); key(err) != "bodies.vote.choose" {
			t.Errorf("half a vote: %v", err)
		}
		for _, e := range []Entry{in, r.way("eva@vrata.example")} {
			if err := vote(e, bodies.For, bodies.For); err != nil {
				t.Fatal(err)
			}
		}
		mine := must(r.Mine(r.ctx, ana, m.ID))(t)[0]
		if err := vote(Entry{By: ana, Attendee: mine.ID}, bodies.For, bodies.Against); err != nil {
			t.Fatal(err)
		}
		if err := vote(Entry{By: vid, Attendee: mine.ID}, bodies.Against, bodies.Against); !fault.Is(err, fault.Missing) {
			t.Errorf("a vote for another: %v", err)
		}
		if err := vote(in, bodies.For, bodies.Against); err != nil {
			t.Fatal(err)
		}
		if votes := must(r.Votes(r.ctx, ana, m))(t); len(votes) != 0 {
			t.Errorf("votes are shown before the end: %+v", votes)
		}
		if turn := must(r.Turnout(r.ctx, clerk, m.ID))(t); turn.Present != 3 || turn.Needed != 3 || turn.All != 5 {
			t.Errorf("%+v", turn)
		}
		if err := r.Remind(r.ctx, clerk, m.ID); err != nil {
			t.Fatal(err)
		}
		r.drain()
		if len(r.letters("tine@prelom.example")) != 2 || len(r.letters(vid.Email)) != 1 {
			t.Error("not those are reminded who have not voted")
		}
		r.now = m.Ends
		if err := vote(in, bodies.Against, bodies.Against); key(err) != "bodies.session.over" {
			t.Errorf("a vote at the end: %v", err)
		}
		r.now = m.Ends.Add(-time.Hour)
		if err := vote(in, bodies.Against, bodies.Against); key(err) != "bodies.session.over" {
			t.Errorf("a vote after the clock went back: %v", err)
		}
		r.now = m.Ends.Add(time.Minute)
		r.drain()
		m = must(r.Meeting(r.ctx, clerk, m.ID))(t)
		all := must(r.Motions(r.ctx, clerk, m.ID))(t)
		if m.State != Closed || all[0].Number != "UO-1/2026-1" || all[1].Fate != Rejected || all[1].Result.Against != 2 || all[1].Needed != 2 {
			t.Errorf("%s: %+v", m.State, all)
		}
		if d := must(r.Bodies.Decision(r.ctx, clerk, all[0].Decision))(t); !d.Letters || d.Count.For != 3 {
			t.Errorf("%+v", d)
		}
		if doc := must(r.Sheet(r.ctx, clerk, m.ID, MinutesSheet, "html", r.house.In("sl")))(t); !strings.Contains(string(doc.Bytes), "Vid Arh: proti – Predrago.") || !strings.Contains(string(doc.Bytes), "UO-1/2026-1") {
			t.Errorf("the minutes say %s", doc.Bytes)
		}
	})
}

// Too few, or enough who want a real meeting, and nothing is decided.
func TestDesk_session_fails(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for name, tt := range map[string]struct {
			voters, protests int
			stopped          bool
		}{"too few": {2, 0, false}, "protest": {4, 2, true}} {
			b := r.board(func(rule *bodies.Rule) { rule.Protest = tally.Share{Num: 1, Den: 3} })
			m := r.plan(b, true)
			one := r.move(m, "Edini", "Da.")
			m = must(r.Call(r.ctx, clerk, m.ID, "Nujno.", false))(t)
			r.drain()
			for i, to := range []string{ana.Email, vid.Email, "eva@vrata.example", "tine@prelom.example"}[:tt.voters] {
				must(r.Cast(r.ctx, r.way(to), Ballot{Choices: map[MotionID]bodies.Choice{one.ID: bodies.For}, Protest: i < tt.protests}))(t)
			}
			r.now = m.Ends
			r.drain()
			m = must(r.Meeting(r.ctx, clerk, m.ID))(t)
			if one = must(r.Motions(r.ctx, clerk, m.ID))(t)[0]; one.Fate != Rejected || m.Stopped != tt.stopped || m.Protests != tt.protests || m.Given != 0 {
				t.Errorf("%s: %+v, %+v", name, one, m)
			}
			b.Prefix, b.Revision = "UO"+fmt.Sprint(tt.voters), 1
			must(r.Bodies.SaveBody(r.ctx, clerk, b))(t)
		}
	})
}

// Points of the agenda go up and down, and stay at the ends.
func TestMeeting_Shift(t *testing.T) {
	m := Meeting{State: Planned, Agenda: []Item{{ID: "a"}, {ID: "b"}, {ID: "c"}}}
	for _, tt := range []struct {
		id   string
		down bool
		want string
	}{{"a", true, "bac"}, {"a", true, "bca"}, {"a", true, "bca"}, {"b", false, "bca"}, {"c", false, "cba"}} {
		var err error
		if m, err = m.Shift(tt.id, tt.down); err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, i := range m.Agenda {
			got += i.ID
		}
		if got != tt.want {
			t.Errorf("%s %t: %s, want %s", tt.id, tt.down, got, tt.want)
		}
	}
	if _, err := m.Shift("x", true); !fault.Is(err, fault.Missing) {
		t.Error(err)
	}
}

// The final text: paragraphs are counted as they were put.
func TestMotion_Final(t *testing.T) {
	for _, tt := range []struct {
		name  string
		given []Amendment
		want  string
	}{
		{"none", nil, "1|2|3"},
		{"replaced", []Amendment{{Change: Replace, Para: 2, Text: "x", State: Accepted}}, "1|x|3"},
		{"not accepted", []Amendment{{Change: Replace, Para: 2, Text: "x", State: NotAccepted}}, "1|2|3"},
		{"struck", []Amendment{{Change: Strike, Para: 1, State: Accepted}}, "2|3"},
		{"head and end", []Amendment{{Change: Insert, Para: 0, Text: "h", State: Accepted}, {Change: Insert, Para: 3, Text: "e\nf", State: Accepted}}, "h|1|2|3|e|f"},
		{"struck, and one after it", []Amendment{{Change: Strike, Para: 2, State: Accepted}, {Change: Insert, Para: 2, Text: "n", State: Accepted}}, "1|n|3"},
	} {
		m := Motion{Text: "1\n2\n3", Amendments: tt.given}
		if got := strings.ReplaceAll(m.Final(), "\n", "|"); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// A meeting in the night when clocks change tells both offsets.
func TestHouse_Calendar_clocks(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Ljubljana")
	if err != nil {
		t.Fatal(err)
	}
	h := House{Name: "Mreža; \"naša\"", URL: "https://mnk.example", Email: "p@mnk.example", Zone: zone}
	m := Meeting{ID: "1", Title: "seja,\r\nnočna", At: time.Date(2026, 10, 24, 22, 0, 0, 0, zone), Ends: time.Date(2026, 10, 25, 4, 0, 0, 0, zone)}
	cal := h.Calendar(m, "ana@pesto.example", `Ana "A" Dren`, "https://mnk.example/b/x")
	for _, want := range []string{"BEGIN:DAYLIGHT", "BEGIN:STANDARD", "DTSTART:20261025T030000", "TZOFFSETFROM:+0200", "DTEND;TZID=Europe/Ljubljana:20261025T040000"} {
		if !strings.Contains(cal, want+"\r\n") {
			t.Errorf("it lacks %s:\n%s", want, cal)
		}
	}
	for row := range strings.SplitSeq(cal, "\r\n") {
		if len(row) > 75 {
			t.Errorf("a row of %d bytes: %s", len(row), row)
		}
	}
}

// Two places of one member at a meeting become one, and vote once.
func TestDesk_Holder(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		var ids []members.ID
		for _, name := range []string{"Ena", "Dva", "Tri"} {
			ids = append(ids, must(r.Members.Add(r.ctx, clerk, members.Member{Kind: members.Person, Name: name, Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}))(t).ID)
		}
		oz := must(r.Bodies.AddBody(r.ctx, clerk, bodies.Body{Kind: bodies.Assembly, Name: "Občni zbor", Prefix: "OZ", Rule: bodies.Law(bodies.Assembly)}))(t)
		m, _ := r.sit(r.plan(oz, false), 3)
		h := r.Holder()
		err := r.db.Write(r.ctx, func(tx *store.Tx) error { return h.Merge(r.ctx, tx, ids[0], ids[1]) })
		if err != nil {
			t.Fatal(err)
		}
		if n := must(r.Presence(r.ctx, clerk, m.ID, false))(t); n.Present != 2 {
			t.Errorf("there are %d", n.Present)
		}
		var told any
		err = r.db.Write(r.ctx, func(tx *store.Tx) (err error) {
			if err := h.Erase(r.ctx, tx, ids[1]); err != nil {
				return err
			}
			told, err = h.Tell(r.ctx, tx, ids[1])
			return err
		})
		if held, ok := told.(Held); err != nil || !ok || len(held.Meetings) != 1 || held.Meetings[0].Name != erased || held.Meetings[0].Way != InPerson {
			t.Errorf("it tells %+v, %v", told, err)
		}
	})
}

// Who votes is known on the day: who came into the body since the call does, who
// left it does not.
func TestDesk_Begin_seats(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		b := r.board(nil)
		m := r.plan(b, false)
		must(r.Call(r.ctx, clerk, m.ID, "", true))(t)
		seats := must(r.Bodies.Seats(r.ctx, clerk, b.ID, civil.On(2026, 11, 22)))(t)
		must(r.Bodies.EndSeat(r.ctx, clerk, seats[1].ID, civil.On(2026, 11, 25), bodies.Resigned))(t)
		for i := range 2 {
			must(r.Bodies.PutSeat(r.ctx, clerk, bodies.Seat{Body: b.ID, Name: fmt.Sprint("Nova ", i), Votes: true, Term: civil.Span{From: civil.On(2026, 11, 26)}}))(t)
		}
		r.now = m.At
		must(r.Begin(r.ctx, clerk, m.ID))(t)
		if h := must(r.Presence(r.ctx, clerk, m.ID, false))(t); h.All != 6 || h.Needed != 4 {
			t.Errorf("with a vote: %+v", h)
		}
	})
}

// In an assembly who has left since the call is there without a vote.
func TestDesk_Attend_left(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		var ids []members.ID
		for i := range 3 {
			ids = append(ids, must(r.Members.Add(r.ctx, clerk, members.Member{Kind: members.Person, Name: fmt.Sprint("Oseba ", i), Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}))(t).ID)
		}
		oz := must(r.Bodies.AddBody(r.ctx, clerk, bodies.Body{Kind: bodies.Assembly, Name: "Občni zbor", Prefix: "OZ", Rule: bodies.Law(bodies.Assembly)}))(t)
		m := r.plan(oz, false)
		must(r.Call(r.ctx, clerk, m.ID, "", true))(t)
		r.drain()
		must(r.Members.Leave(r.ctx, clerk, ids[0], civil.On(2026, 11, 23)))(t)
		r.now = m.At
		must(r.Begin(r.ctx, clerk, m.ID))(t)
		for _, a := range must(r.Attendees(r.ctx, clerk, AttendeeQuery{Meeting: m.ID}))(t) {
			must(r.Attend(r.ctx, clerk, m.ID, a.ID, Coming{Way: InPerson}))(t)
		}
		if h := must(r.Presence(r.ctx, clerk, m.ID, false))(t); h.All != 2 || h.Present != 2 {
			t.Errorf("there are %+v", h)
		}
	})
}

// Files of a meeting are for who may see it, by link too.
func TestDesk_papers(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		m := r.plan(r.board(nil), false)
		p := must(r.AddPaper(r.ctx, clerk, m.ID, m.Agenda[0].ID, "zapisnik.txt", strings.NewReader("Zapisnik.")))(t)
		if _, err := r.AddPaper(r.ctx, clerk, m.ID, "x", "a.txt", strings.NewReader("a")); !fault.Is(err, fault.Missing) {
			t.Errorf("of no point: %v", err)
		}
		must(r.Call(r.ctx, clerk, m.ID, "", false))(t)
		r.drain()
		in := r.way(vid.Email)
		_, f, err := r.OpenPaperBy(r.ctx, in.Token, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := io.ReadAll(f)
		f.Close()
		if string(whole) != "Zapisnik." || err != nil {
			t.Errorf("%q, %v", whole, err)
		}
		stranger := auth.Actor{User: "s", Email: "s@posta.example", Roles: auth.Member}
		if _, _, err := r.OpenPaper(r.ctx, stranger, m.ID, p.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("a stranger: %v", err)
		}
		if _, _, err := r.OpenPaperBy(r.ctx, "x", p.ID); !fault.Is(err, fault.Missing) {
			t.Errorf("no link: %v", err)
		}
	})
}
