package admission

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	office = auth.Actor{User: "u1", Name: "Neža Škrbec", Roles: auth.Office}
	board  = auth.Actor{User: "u2", Name: "Ivo Tratar", Roles: auth.Board}
	today  = civil.On(2026, 11, 22)
)

// A room is the desk with all it works with, at a clock that a test moves.
type room struct {
	*Desk
	t       *testing.T
	now     time.Time
	pending map[string]pending.Due
}

func each(t *testing.T, f func(t *testing.T, r *room)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := &room{t: t, now: time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC), pending: map[string]pending.Due{}}
		db.At(func() time.Time { return r.now })
		words, err := i18n.Load(Words())
		if err != nil {
			t.Fatal(err)
		}
		work := jobs.New(db, nil)
		post, err := mail.New(db, work, mail.SMTP{})
		if err != nil {
			t.Fatal(err)
		}
		register := members.New(db)
		if register.Files, err = blob.NewDisk(t.TempDir()); err != nil {
			t.Fatal(err)
		}
		r.Desk = New(db, House{Name: "Mreža", URL: "https://mnk.example", Zone: time.UTC, In: words.In}, Others{Members: register, Jobs: work, Mail: post, Pending: pending.Into(r.pending)})
		f(t, r)
	}, audit.Steps(), jobs.Steps(), mail.Steps(), members.Steps(), Steps())
}

func taja() Application {
	return Application{Kind: members.Person, Name: "Benko, Taja", Email: "Taja@Benko.example", Place: "Koper", Field: "dance", Statute: true, Consents: []Consent{{"newsletter", "Želim novice."}}}
}

func zavod() Application {
	return Application{Kind: members.Organisation, Name: "Zavod Prelom", Email: "info@prelom.example", Place: "Kranj", Form: "institute", Agent: "Tine Bor", AgentTo: "tine@prelom.example", Statute: true}
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// send opens the form, fills it in for a minute, and sends it.
func (r *room) send(a Application, files ...string) {
	r.t.Helper()
	opened, err := r.Stamp(r.t.Context())
	r.must(err)
	r.now = r.now.Add(time.Minute)
	trap := Trap{Stamp: opened, Origin: "203.0.113.7"}
	var held []string
	for _, name := range files {
		f, err := r.Hold(r.t.Context(), trap, strings.NewReader("%PDF-1.7 "+name), name)
		r.must(err)
		held = append(held, f.ID)
	}
	r.must(r.Send(r.t.Context(), a, trap, held...))
}

// letters are those to the address, the newest first.
func (r *room) letters(to string) (list []mail.Entry) {
	r.t.Helper()
	all, err := r.Mail.Outbox(r.t.Context(), auth.House, mail.Query{})
	r.must(err)
	for _, e := range all {
		if e.To == to {
			e, err := r.Mail.Get(r.t.Context(), auth.House, e.ID)
			r.must(err)
			list = append(list, e)
		}
	}
	return list
}

// token is the secret in the newest letter to the address.
func (r *room) token(to string) string {
	r.t.Helper()
	list := r.letters(to)
	if len(list) == 0 {
		r.t.Fatalf("no letter to %s", to)
	}
	_, rest, _ := strings.Cut(list[0].Text, "/join/")
	token, _, _ := strings.Cut(rest, "\n")
	return token
}

// confirmed sends an application and presses the button.
func (r *room) confirmed(a Application, files ...string) Application {
	r.t.Helper()
	r.send(a, files...)
	a, err := r.Confirm(r.t.Context(), r.token(a.Tidy().Email))
	r.must(err)
	r.now = r.now.Add(time.Minute) // letters of one instant have no order
	return a
}

// The way of an application from the form to the register.
func TestDesk_fromFormToRegister(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		var agreed []Consent
		r.Joined = func(_ context.Context, _ *store.Tx, _ auth.Actor, _ members.ID, c []Consent) error {
			agreed = c
			return nil
		}
		a := r.confirmed(taja())
		if a.State != Confirmed || a.Number() != "2026/1" || a.Email != "taja@benko.example" {
			t.Fatalf("confirmed as %+v", a)
		}
		a, err := r.PutBefore(t.Context(), office, a.ID, today)
		r.must(err)
		if a, err = r.Decide(t.Context(), board, a.ID, Decision{Outcome: Accept, On: today, Number: "UO 7/2026"}, ""); err != nil || a.State != Accepted {
			t.Fatal(a.State, err)
		}
		m, err := r.Members.Member(t.Context(), office, a.Member)
		if err != nil || m.Name != "Benko, Taja" || m.Standing != members.Active || m.Term.From != today || m.Email != "taja@benko.example" {
			t.Errorf("the register has %+v, %v", m, err)
		}
		if len(agreed) != 1 || agreed[0].Text != "Želim novice." {
			t.Errorf("told of consents %v", agreed)
		}
		if text := r.letters("taja@benko.example")[0].Text; !strings.Contains(text, "UO 7/2026") || !strings.Contains(text, "Članstvo teče od 22.") {
			t.Errorf("the letter says %s", text)
		}
		if _, err := r.Decide(t.Context(), board, a.ID, Decision{Outcome: Reject, On: today, Number: "8", Reasons: "x"}, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("decided twice: %v", err)
		}
	})
}

// An organisation becomes a member with the person who acts for it.
func TestDesk_organisation(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		a, err := r.Decide(t.Context(), office, r.confirmed(zavod()).ID, Decision{Outcome: Accept, On: today, Number: "1", From: civil.On(2027, 1, 1)}, "")
		r.must(err)
		agents, err := r.Members.Agents(t.Context(), office, a.Member)
		if err != nil || len(agents) != 1 || agents[0].Email != "tine@prelom.example" || !agents[0].Answers {
			t.Errorf("agents are %+v, %v", agents, err)
		}
	})
}

// A refusal tells how to appeal; the assembly may make a member all the same.
func TestDesk_appeal(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		a, err := r.Decide(t.Context(), board, r.confirmed(taja()).ID, Decision{Outcome: Reject, On: today, Number: "9", Reasons: "Ne deluje v kulturi."}, "")
		r.must(err)
		text := r.letters("taja@benko.example")[0].Text
		for _, want := range []string{"PRAVNI POUK", "občnemu zboru v\u00a030 dneh", "14. člen", "Ne deluje v kulturi."} {
			if !strings.Contains(text, want) {
				t.Errorf("the letter lacks %q: %s", want, text)
			}
		}
		r.now = r.now.AddDate(0, 0, 40)
		if a, err = r.Appeal(t.Context(), office, a.ID, today, Appeal{Received: today.AddDays(31)}); err != nil || a.State != Appealed {
			t.Fatal(a.State, err)
		}
		if f, err := r.Application(t.Context(), board, a.ID); err != nil || f.Appeal.InTime() || f.Appeal.Due != today.AddDays(30) {
			t.Errorf("the appeal is %+v, %v", f.Appeal, err)
		}
		a, err = r.Decide(t.Context(), office, a.ID, Decision{Outcome: Uphold, On: today.AddDays(35), Number: "OZ 2"}, "")
		if err != nil || a.State != Accepted || a.Member == "" {
			t.Errorf("upheld as %+v, %v", a, err)
		}
	})
}

// Asked for more, the applicant answers by the link of the letter.
func TestDesk_more(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		a, err := r.Decide(t.Context(), office, r.confirmed(taja()).ID, Decision{Outcome: More, On: today, Reasons: "Pošljite življenjepis."}, "")
		r.must(err)
		if a.State != Asked {
			t.Fatal(a.State)
		}
		if a, err = r.Reply(t.Context(), r.token("taja@benko.example"), "Plešem od 2011."); err != nil || a.State != Confirmed || a.Replied != "Plešem od 2011." {
			t.Errorf("replied as %+v, %v", a, err)
		}
		if a, err = r.Withdraw(t.Context(), r.token("taja@benko.example")); err != nil || a.State != Withdrawn {
			t.Errorf("withdrawn as %v, %v", a.State, err)
		}
	})
}

// Programs, the hasty, and those who send too much get no further, and learn nothing.
func TestDesk_Send_traps(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		opened, err := r.Stamp(t.Context())
		r.must(err)
		for name, trap := range map[string]Trap{"at once": {Stamp: opened}, "made up": {Stamp: "zzz.abc"}, "none": {}} {
			if err := r.Send(t.Context(), taja(), trap); !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		r.now = r.now.Add(time.Minute)
		r.must(r.Send(t.Context(), taja(), Trap{Stamp: opened, Bait: "https://spam.example"}))
		if n := len(r.letters("taja@benko.example")); n != 0 {
			t.Errorf("%d letters went out", n)
		}
		for range 5 {
			r.send(taja())
		}
		if n := len(r.letters("taja@benko.example")); n != mostLetters {
			t.Errorf("%d letters went to one address in a day", n)
		}
		list, err := r.List(t.Context(), office, Query{})
		if err != nil || len(list) != 0 {
			t.Errorf("the office reads %d that nobody confirmed, %v", len(list), err)
		}
	})
}

// A family shares mail; each of them becomes a member, and the first keeps the address.
func TestDesk_familiesShareMail(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		second := taja()
		second.Name = "Benko, Oton"
		for i, a := range []Application{taja(), second} {
			a = r.confirmed(a)
			a, err := r.Decide(t.Context(), office, a.ID, Decision{Outcome: Accept, On: today, Number: "1"}, "")
			r.must(err)
			m, err := r.Members.Member(t.Context(), office, a.Member)
			if err != nil || (m.Email != "") != (i == 0) {
				t.Errorf("member %d has the address %q, %v", i, m.Email, err)
			}
		}
		if text := r.letters("taja@benko.example")[1].Text; !strings.Contains(text, "že pišemo") {
			t.Errorf("the letter to a known address does not say so: %s", text)
		}
	})
}

// What nobody confirms is forgotten, and pressing the button twice is once.
func TestDesk_unconfirmed(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.send(taja())
		token := r.token("taja@benko.example")
		r.now = r.now.AddDate(0, 0, 15)
		r.must(r.db.Write(t.Context(), func(tx *store.Tx) error { return sweep(t.Context(), tx) }))
		if _, err := r.Confirm(t.Context(), token); !fault.Is(err, fault.Missing) {
			t.Errorf("confirmed after two weeks: %v", err)
		}
		a := r.confirmed(taja())
		if again, err := r.Confirm(t.Context(), r.token(a.Email)); err != nil || again.Number() != a.Number() {
			t.Errorf("confirmed again as %s, %v", again.Number(), err)
		}
	})
}

// The holder tells all, and leaves no name behind.
func TestDesk_Holder(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		a, err := r.Decide(t.Context(), office, r.confirmed(taja()).ID, Decision{Outcome: Accept, On: today, Number: "1", Reasons: "Taja pleše."}, "")
		r.must(err)
		h := r.Holder()
		r.must(r.db.Write(t.Context(), func(tx *store.Tx) error {
			if told, err := h.Tell(t.Context(), tx, a.Member); err != nil || told == nil {
				t.Errorf("told %v, %v", told, err)
			}
			return h.Erase(t.Context(), tx, a.Member)
		}))
		f, err := r.Application(t.Context(), office, a.ID)
		if err != nil || f.Name+f.Email+f.Place+f.Decisions[0].Reasons != "" || f.Decisions[0].Number != "1" || f.State != Accepted {
			t.Errorf("left is %+v, %v", f, err)
		}
		years, err := r.Years(t.Context(), office)
		if err != nil || len(years) != 1 || years[0].Accepted != 1 || years[0].Persons != 1 {
			t.Errorf("years are %+v, %v", years, err)
		}
	})
}

// Strangers and members read no applications; the board reads, the office works.
func TestDesk_rights(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		a := r.confirmed(taja())
		for _, who := range []auth.Actor{{}, {User: "m", Roles: auth.Member}} {
			if _, err := r.List(t.Context(), who, Query{}); !fault.Is(err, fault.Denied) {
				t.Errorf("%v lists: %v", who, err)
			}
			if _, err := r.Decide(t.Context(), who, a.ID, Decision{}, ""); !fault.Is(err, fault.Denied) {
				t.Errorf("%v decides: %v", who, err)
			}
		}
		if _, err := r.PutBefore(t.Context(), board, a.ID, today); !fault.Is(err, fault.Denied) {
			t.Errorf("the board puts before itself: %v", err)
		}
	})
}

// Each rule of an application has its fault.
func TestApplication_Check(t *testing.T) {
	for field, spoil := range map[string]func(*Application){
		"name": func(a *Application) { a.Name = ", Taja" }, "email": func(a *Application) { a.Email = "taja" }, "place": func(a *Application) { a.Place = "" },
		"statute": func(a *Application) { a.Statute = false }, "field": func(a *Application) { a.Field = "x" }, "about": func(a *Application) { a.About = strings.Repeat("a", 5_001) },
		"kind": func(a *Application) { a.Kind = "" }, "lang": func(a *Application) { a.Lang = "xx" },
	} {
		a := taja().Tidy()
		spoil(&a)
		if f := fault.Of(a.Check()); f == nil || f.Field != field {
			t.Errorf("%s: %v", field, f)
		}
	}
	for field, spoil := range map[string]func(*Application){"form": func(a *Application) { a.Form = "" }, "agent": func(a *Application) { a.Agent = "" }, "agent_to": func(a *Application) { a.AgentTo = "x" }} {
		a := zavod().Tidy()
		spoil(&a)
		if f := fault.Of(a.Check()); f == nil || f.Field != field {
			t.Errorf("%s: %v", field, f)
		}
	}
}

// An appeal that the assembly leaves undecided counts as rejected after three months
// (ZDru-1, 14. člen); the assembly may decide late. One that is withdrawn leaves the
// refusal as it was.
func TestDesk_appealSilence(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		refused := func() Application {
			a, err := r.Decide(t.Context(), board, r.confirmed(taja()).ID, Decision{Outcome: Reject, On: today, Number: "9", Reasons: "Ne deluje v kulturi."}, "")
			r.must(err)
			a, err = r.Appeal(t.Context(), office, a.ID, today, Appeal{Received: today, Reasons: "Delujem."})
			r.must(err)
			return a
		}
		a := refused()
		open, err := r.Appeals(t.Context(), board)
		r.must(err)
		p := open[a.ID]
		if last := civil.On(2027, 2, 22); p.Last() != last || p.Lapsed(last) || !p.Lapsed(last.AddDays(1)) {
			t.Errorf("the last day is %s", p.Last())
		}
		if a, err = r.Withdraw(t.Context(), r.token("taja@benko.example")); err != nil || a.State != Rejected {
			t.Errorf("withdrawn as %s, %v", a.State, err)
		}
		if f, err := r.Application(t.Context(), office, a.ID); err != nil || f.Appeal.Withdrawn != today || len(f.Decisions) != 1 {
			t.Errorf("left is %+v, %v", f, err)
		}
		r.now = r.now.AddDate(0, 0, 1)
		a = refused()
		r.now = r.now.AddDate(0, 4, 0)
		if a, err = r.Decide(t.Context(), office, a.ID, Decision{Outcome: Dismiss, On: today.AddDays(100), Number: "OZ 3", Reasons: "Kot odbor."}, ""); err != nil || a.State != Rejected {
			t.Errorf("dismissed as %s, %v", a.State, err)
		}
		if open, err := r.Appeals(t.Context(), board); err != nil || len(open) != 0 {
			t.Errorf("open are %v, %v", open, err)
		}
		if _, err := r.Appeal(t.Context(), office, a.ID, today, Appeal{Received: today}); !fault.Is(err, fault.Conflict) {
			t.Errorf("appealed again: %v", err)
		}
	})
}

// Each step of an application is on the list of what is to be done, under its day, and
// is gone from it when nothing is left to do.
func TestDesk_pending(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		a := r.confirmed(taja())
		is := func(kind string, on civil.Date) {
			t.Helper()
			if due := r.pending[Subject(a.ID)]; due.Kind != kind || due.On != on {
				t.Errorf("to be done is %+v, want %s on %s", due, kind, on)
			}
		}
		is("dues.admission.look", today.AddDays(7))
		_, err := r.PutBefore(t.Context(), office, a.ID, today.AddDays(12))
		r.must(err)
		is("dues.admission.decide", today.AddDays(12))
		_, err = r.Decide(t.Context(), board, a.ID, Decision{Outcome: Reject, On: today, Number: "9", Reasons: "Ne deluje v kulturi."}, "")
		r.must(err)
		is("", civil.Date{})
		_, err = r.Appeal(t.Context(), office, a.ID, today, Appeal{Received: today})
		r.must(err)
		is("dues.admission.appeal", today.AddMonths(3))
		_, err = r.Decide(t.Context(), office, a.ID, Decision{Outcome: Uphold, On: today, Number: "OZ 2"}, "")
		r.must(err)
		is("", civil.Date{})
	})
}
