package consult

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice"
)

// morning runs the morning's work of a day.
func (r *room) morning(t testing.TB, d civil.Date) {
	t.Helper()
	r.on(d)
	err := r.db.Write(t.Context(), func(tx *store.Tx) error {
		_, err := r.Jobs.Add(t.Context(), tx, jobs.Job{Kind: dailyKind})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	r.drain(t)
}

// reminders counts the reminders that went to the address.
func (r *room) reminders(t testing.TB, to string) (n int) {
	t.Helper()
	for _, l := range r.letters(t, to) {
		if l.Kind == mail.Reminder {
			n++
		}
	}
	return n
}

// The consultation closes on Tuesday the 24th, and reminds four days and one day
// before: a line is a morning, and how many reminders Pia and Ana have by then.
func TestDesk_daily(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.begin(t, r.prepare(t))
		for _, tt := range []struct {
			day      int // of November
			why      string
			pia, ana int
		}{
			{17, "it is not time", 0, 0},
			{20, "four days before", 1, 1},
			{20, "once a day", 1, 1},
			{21, "once for each time", 1, 1},
			{23, "Pia has answered", 1, 2},
			{24, "the last day is a day", 1, 2},
			{25, "it is over", 1, 2},
		} {
			if tt.day == 23 {
				if _, err := r.Send(t.Context(), r.way(t, "pia@pesto.si"), Saving{Given: []Given{say("art_18", voice.Support, "", 0)}}); err != nil {
					t.Fatal(err)
				}
			}
			r.morning(t, civil.On(2026, 11, tt.day))
			if pia, ana := r.reminders(t, "pia@pesto.si"), r.reminders(t, "ana@posta.si"); pia != tt.pia || ana != tt.ana {
				t.Errorf("on the %dth (%s): %d and %d, want %d and %d", tt.day, tt.why, pia, ana, tt.pia, tt.ana)
			}
			if got, want := r.look(t, c.ID).State, (map[bool]State{true: Closed, false: Open})[tt.day == 25]; got != want {
				t.Errorf("on the %dth it is %s", tt.day, got)
			}
		}
	})
}

// A morning that fell out is made up for; a member is not reminded of two
// consultations on one day, but of the other on the next.
func TestDesk_daily_two(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		first := r.begin(t, r.prepare(t))
		r.on(monday.AddDays(1))
		second := first
		second.Asked = second.Asked[:1]
		second, err := r.Prepare(t.Context(), clerk, second)
		if err != nil {
			t.Fatal(err)
		}
		r.begin(t, second)
		for _, tt := range []struct{ day, want int }{{21, 1}, {22, 2}, {23, 3}, {24, 4}} {
			r.morning(t, civil.On(2026, 11, tt.day))
			if n := r.reminders(t, "ana@posta.si"); n != tt.want {
				t.Errorf("by the %dth %d reminders, want %d", tt.day, n, tt.want)
			}
		}
	})
}

// By hand too nobody is written to twice on a day, and no one who declined.
func TestDesk_Remind(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.begin(t, r.prepare(t))
		remind := func() {
			t.Helper()
			if _, err := r.Remind(t.Context(), clerk, c.ID); err != nil {
				t.Fatal(err)
			}
			r.drain(t)
		}
		remind() // on the day of the invitation
		r.on(monday.AddDays(1))
		if err := r.Decline(t.Context(), r.way(t, "pia@pesto.si")); err != nil {
			t.Fatal(err)
		}
		remind()
		remind()
		if pia, ana := r.reminders(t, "pia@pesto.si"), r.reminders(t, "ana@posta.si"); pia != 0 || ana != 1 {
			t.Errorf("%d and %d reminders", pia, ana)
		}
		// Each letter has a link of its own, and all of them hold.
		old := Way{Token: address.FindStringSubmatch(r.letters(t, "ana@posta.si")[1].Text)[1]}
		if now := r.way(t, "ana@posta.si"); now == old {
			t.Error("the reminder tells the token of the invitation, which nobody can know")
		}
		if _, err := r.Save(t.Context(), old, Saving{Given: []Given{say("art_18", voice.Ask, "", 0)}}); err != nil {
			t.Error(err)
		}
		if got := numbers(r.look(t, c.ID)); got != "3/2/0/1/0/0" {
			t.Errorf("counters %s", got)
		}
	})
}

// What is to be done is on the case: the last day, members who are waited for, and
// answers to be read; once it is over, only these.
func TestDesk_dues(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.begin(t, r.prepare(t))
		dues := func() string {
			t.Helper()
			list, err := store.Read(t.Context(), r.db, func(tx *store.Tx) ([]string, error) {
				return store.List(t.Context(), tx, func(row store.Scanner) (s string, err error) { return s, row.Scan(&s) },
					`SELECT kind || ' ' || day FROM case_dues ORDER BY kind`)
			})
			if err != nil {
				t.Fatal(err)
			}
			return strings.ReplaceAll(strings.Join(list, ", "), "dues.consult.", "")
		}
		want := func(s string) {
			t.Helper()
			if got := dues(); got != s {
				t.Errorf("dues are %q, want %q", got, s)
			}
		}
		want("close 2026-11-24, wait 2026-11-16")
		if _, err := r.Send(t.Context(), r.way(t, "pia@pesto.si"), Saving{Given: []Given{say("art_18", voice.Support, "", 0)}}); err != nil {
			t.Fatal(err)
		}
		want("close 2026-11-24, review 2026-11-16, wait 2026-11-16")
		if err := r.Read(t.Context(), clerk, c.ID); err != nil {
			t.Fatal(err)
		}
		want("close 2026-11-24, wait 2026-11-16")
		if err := r.Extend(t.Context(), clerk, c.ID, civil.On(2026, 11, 30)); err != nil {
			t.Fatal(err)
		}
		want("close 2026-11-30, wait 2026-11-16")
		if err := r.Close(t.Context(), clerk, c.ID); err != nil {
			t.Fatal(err)
		}
		want("review 2026-11-16")
		if err := r.Close(t.Context(), clerk, c.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("closed twice: %v", err)
		}
	})
}

// Who may do what: the office asks, the board reads, members see that there is a
// consultation, and passers-by only a public one that has opened.
func TestDesk_rights(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		c := r.begin(t, r.prepare(t))
		for _, tt := range []struct {
			what                         string
			clerk, board, dancer, nobody bool
			ask                          func() error
		}{
			{"consultation", true, true, true, false, func() error { _, err := r.Consultation(ctx, r.who, c.ID); return err }},
			{"comments", true, true, false, false, func() error { _, err := r.Comments(ctx, r.who, CommentQuery{Consultation: c.ID}); return err }},
			{"matrix", true, true, false, false, func() error { _, err := r.Matrix(ctx, r.who, c.ID, ""); return err }},
			{"progress", true, true, false, false, func() error { _, err := r.Progress(ctx, r.who, ProgressQuery{Consultation: c.ID}); return err }},
			{"mine", true, true, true, false, func() error { _, err := r.Mine(ctx, r.who); return err }},
			{"extend", true, false, false, false, func() error { return r.Extend(ctx, r.who, c.ID, c.Closes) }},
			{"typing in", true, false, false, false, func() error {
				_, err := r.TypeIn(ctx, r.who, "x", Saving{Channel: Phone})
				if fault.Is(err, fault.Missing) {
					return nil
				}
				return err
			}},
		} {
			for i, may := range []bool{tt.clerk, tt.board, tt.dancer, tt.nobody} {
				r.who = []actor{clerk, board, dancer, nobody}[i]
				if err := tt.ask(); may != (err == nil) || !may && !fault.Is(err, fault.Denied) {
					t.Errorf("%s by %s: %v", tt.what, r.who.Name, err)
				}
			}
		}
		if err := r.Show(ctx, clerk, c.ID, true, nil); err != nil {
			t.Fatal(err)
		}
		if _, err := r.Consultation(ctx, nobody, c.ID); err != nil {
			t.Errorf("a passer-by does not see a public one: %v", err)
		}
		list, err := r.Mine(ctx, dancer)
		if err != nil || len(list) != 1 || list[0].Invitation.MemberName != "Plesna zadruga Pesto" {
			t.Fatalf("mine %+v, %v", list, err)
		}
		other := Way{By: clerk, ID: list[0].Invitation.ID}
		if _, err := r.Answer(ctx, other); !fault.Is(err, fault.Missing) {
			t.Errorf("the clerk answers for a member as if they were one: %v", err)
		}
	})
}

// The matrix has a row for each member who has answered, fifty to a page.
func TestDesk_Matrix(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		c := r.begin(t, r.prepare(t))
		for to, s := range map[string]voice.Stance{"pia@pesto.si": voice.Object, "ana@posta.si": voice.Rewrite} {
			if _, err := r.Send(t.Context(), r.way(t, to), Saving{Given: []Given{say("art_18", s, "", 0)}}); err != nil {
				t.Fatal(err)
			}
		}
		m, err := r.Matrix(t.Context(), board, c.ID, "")
		if err != nil || len(m.Rows) != 2 || m.Next != "" {
			t.Fatalf("%+v, %v", m, err)
		}
		if ana, pesto := m.Rows[0], m.Rows[1]; ana.MemberName != "Čeh, Ana" || ana.Stances[0] != "" || ana.Stances[1] != voice.Rewrite || pesto.Stances[1] != voice.Object {
			t.Errorf("%+v", m.Rows)
		}
		file, err := r.Cases.Case(t.Context(), clerk, c.Case)
		if err != nil || file.Comments != 2 {
			t.Errorf("%d comments on the case, %v", file.Comments, err)
		}
	})
}

// Who is asked, by the names of those who get the letter; in brackets those who
// have no address.
func TestDesk_Audience(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		all, err := r.Audience(t.Context(), clerk, Audience{})
		if err != nil {
			t.Fatal(err)
		}
		var joze members.ID
		for _, one := range all {
			if one.MemberName == "Stari, Jože" {
				joze = one.Member
			}
		}
		for _, tt := range []struct {
			a    Audience
			want string
		}{
			{Audience{}, "Čeh, Ana; Pia Pesek; (Stari, Jože)"},
			{Audience{Who: All}, "Čeh, Ana; Pia Pesek; (Stari, Jože)"},
			{Audience{Who: Organisations}, "Pia Pesek"},
			{Audience{Who: Persons}, "Čeh, Ana; (Stari, Jože)"},
			{Audience{Who: ByField, Fields: []members.Field{"music", "dance"}}, "Čeh, Ana; Pia Pesek"},
			{Audience{Who: Single, Members: []members.ID{joze}}, "(Stari, Jože)"},
		} {
			list, err := r.Audience(t.Context(), clerk, tt.a)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, one := range list {
				if one.Email == "" {
					one.PersonName = "(" + one.PersonName + ")"
				}
				names = append(names, one.PersonName)
			}
			if tt.a.Who == ByField {
				slices.Sort(names) // one field after another
				slices.Reverse(names)
			}
			if got := strings.Join(names, "; "); got != tt.want {
				t.Errorf("%+v: %s, want %s", tt.a, got, tt.want)
			}
		}
		for _, nobody := range []Audience{{Who: ByField}, {Who: Single}, {Who: "friends"}} {
			if _, err := r.Audience(t.Context(), clerk, nobody); !fault.Is(err, fault.Invalid) {
				t.Errorf("%+v: %v", nobody, err)
			}
		}
	})
}

// Any number of savings in any order ends with one version that stands and as many
// in the history as there were different ones, and with tallies that are right.
func TestDesk_Save_any(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		ctx := t.Context()
		c := r.begin(t, r.prepare(t))
		way := r.way(t, "pia@pesto.si")
		rnd := rand.New(rand.NewPCG(7, 11)) // the same savings every day
		typed := map[string]map[Said]bool{"art_18": {}, "art_12__para_1": {}}
		for range 60 {
			provision := []string{"art_18", "art_12__para_1"}[rnd.IntN(2)]
			g := say(provision, voice.Stances()[rnd.IntN(4)], fmt.Sprint("besedilo ", rnd.IntN(9)), rnd.IntN(6))
			deed := r.Save
			if rnd.IntN(4) == 0 {
				deed = r.Send
			}
			if _, err := deed(ctx, way, Saving{Page: fmt.Sprint(rnd.IntN(3)), Given: []Given{g}}); err != nil {
				t.Fatal(err)
			}
			typed[provision][g.Said] = true
		}
		if _, err := r.Send(ctx, way, Saving{}); err != nil {
			t.Fatal(err)
		}
		c = r.look(t, c.ID)
		list, err := r.Comments(ctx, clerk, CommentQuery{Consultation: c.ID})
		if err != nil || len(list) != 2 || c.Comments != 2 {
			t.Fatalf("%d comments, %v", len(list), err)
		}
		for _, one := range list {
			old, err := r.History(ctx, clerk, one.ID)
			if err != nil {
				t.Fatal(err)
			}
			for _, v := range old {
				delete(typed[one.Provision], v.Said)
			}
			for _, a := range c.Asked {
				if a.Provision == one.Provision && (a.Tally.Total() != 1 || a.Tally.Organisations[one.Stance] != 1) {
					t.Errorf("%s: %+v, stands %s", a.Provision, a.Tally, one.Stance)
				}
			}
			if n := len(typed[one.Provision]); n != 0 {
				t.Errorf("%s: %d texts are lost", one.Provision, n)
			}
		}
	})
}

// Of forty members who send at once, as on the evening of a reminder, each is counted.
func TestDesk_Send_manyAtOnce(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		r := open(t, db, crowd(40))
		c := r.begin(t, r.prepare(t))
		var ways []Way
		for i := range 40 {
			ways = append(ways, r.way(t, fmt.Sprintf("m%05d@posta.si", i)))
		}
		var wg sync.WaitGroup
		for _, way := range ways {
			wg.Go(func() {
				in := Saving{Page: "p", Given: []Given{say("art_18", voice.Support, "", 0), say("art_12__para_1", voice.Object, "", 0)}}
				if _, err := r.Send(t.Context(), way, in); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		c = r.look(t, c.ID)
		if got := numbers(c); got != "40/40/40/0/80/40" || c.Asked[1].Tally.Of(voice.Support) != 40 {
			t.Errorf("counters %s, %+v", got, c.Asked[1].Tally)
		}
	}, steps...)
}
