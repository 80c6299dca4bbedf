package members

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// day is a day of 2026: "3.6."
func day(s string) civil.Date {
	var d, m int
	if _, err := fmt.Sscanf(s, "%d.%d.", &d, &m); err != nil {
		panic(err)
	}
	return civil.On(2026, 1, 1).AddMonths(m - 1).AddDays(d - 1)
}

// Steps are written "suspend 3.6. leave 31.12."; what comes of them is written as
// standings with their first days.
func TestSpells_Take(t *testing.T) {
	for _, tt := range []struct{ name, begin, steps, want, fault string }{
		{"admitted", "applied 1.3.", "admit 5.3.", "applied 1.3. active 5.3.", ""},
		{"admitted before it was written down that they applied", "applied 1.3.", "admit 1.2.", "applied 1.2. active 1.2.", ""},
		{"not admitted, and applied again", "applied 1.3.", "reject 2.3. apply 1.9. admit 1.10.", "applied 1.3. rejected 2.3. applied 1.9. active 1.10.", ""},
		{"the last day is a day of membership", "active 1.1.", "leave 31.3.", "active 1.1. left 1.4.", ""},
		{"suspended and back", "active 1.1.", "suspend 1.2. resume 1.3.", "active 1.1. suspended 1.2. active 1.3.", ""},
		{"expelled while suspended", "active 1.1.", "suspend 1.2. expel 3.3.", "active 1.1. suspended 1.2. expelled 4.3.", ""},
		{"left and died", "active 1.1.", "leave 31.1. decease 5.5.", "active 1.1. left 1.2. deceased 6.5.", ""},
		{"died as an applicant", "applied 1.3.", "decease 4.3.", "applied 1.3. deceased 5.3.", ""},
		{"admitted twice", "applied 1.3.", "admit 5.3. admit 6.3.", "", "members.admit.not_applied"},
		{"left twice", "active 1.1.", "leave 1.2. leave 1.3.", "", "members.leave.not_active"},
		{"resumed without having been suspended", "active 1.1.", "resume 1.2.", "", "members.step.cannot"},
		{"a person dissolved", "active 1.1.", "dissolve 1.2.", "", "members.step.cannot"},
		{"left before they came", "active 1.3.", "leave 1.2.", "", "members.leave.too_early"},
		{"left before they were suspended", "active 1.1.", "suspend 1.3. leave 1.2.", "", "members.step.too_early"},
		{"suspended before they came", "active 1.3.", "suspend 1.2.", "", "members.step.too_early"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := spells(tt.begin)
			var err error
			for words := strings.Fields(tt.steps); len(words) > 0 && err == nil; words = words[2:] {
				s, err = s.Take(Person, Step{Do: Deed(words[0]), Day: day(words[1]), Reason: "člen 12", Decision: "3/2026"})
			}
			if tt.fault != "" {
				wantFault(t, err, tt.fault)
			} else if err != nil || course(s) != tt.want {
				t.Errorf("%s, %v; want %s", course(s), err, tt.want)
			}
		})
	}
	for _, st := range []Step{{Do: Expel, Day: day("1.2."), Decision: "3"}, {Do: Expel, Day: day("1.2."), Reason: "dolg"}, {Do: Leave}, {Do: "fly", Day: day("1.2.")}} {
		if _, err := spells("active 1.1.").Take(Person, st); err == nil {
			t.Errorf("%+v is taken", st)
		}
	}
}

// spells reads what course wrote.
func spells(text string) Spells {
	var s Spells
	for words := strings.Fields(text); len(words) > 0; words = words[2:] {
		from := day(words[1])
		if n := len(s); n > 0 {
			s[n-1].Until = from
		}
		s = append(s, Spell{Standing: Standing(words[0]), Span: civil.Span{From: from}})
	}
	return s
}

func course(s Spells) string {
	var list []string
	for _, sp := range s {
		_, m, d := sp.From.Date()
		list = append(list, fmt.Sprintf("%s %d.%d.", sp.Standing, d, m))
	}
	return strings.Join(list, " ")
}

// Whatever is done, the spells follow each other without a gap, an entry made of
// them is right, and taking the last step back is as if it had not been taken.
func TestSpells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(Kinds()).Draw(t, "kind")
		m := Member{Kind: kind, Name: "X", Lang: "sl", Standing: Applied}
		s := first(m, civil.On(2026, 1, 1))
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			st := Step{Do: rapid.SampledFrom(Deeds()).Draw(t, "deed"), Day: civil.On(2026, 1, 1).AddDays(rapid.IntRange(-5, 200).Draw(t, "day")), Reason: "a", Decision: "b"}
			after, err := s.Take(kind, st)
			if err != nil {
				if course(after) != course(s) {
					t.Fatalf("refused, %s became %s", course(s), course(after))
				}
				continue
			}
			back, err := after.Undo()
			if len(s) > 1 && (err != nil || course(back) != course(s)) {
				t.Fatalf("taken back, %s is %s, %v", course(s), course(back), err)
			}
			s = after
		}
		for i, sp := range s[1:] {
			if s[i].Until != sp.From || sp.From.Before(s[i].From) {
				t.Fatalf("%s has a gap", course(s))
			}
		}
		if m = m.stand(s, civil.On(2027, 1, 1)); m.Check() != nil || !s.Now().Until.IsZero() {
			t.Fatalf("%s makes %+v: %v", course(s), m, m.Check())
		}
		for d := civil.On(2026, 1, 1); d.Before(civil.On(2026, 9, 1)); d = d.AddDays(7) {
			now, is := s.On(d)
			m := m.stand(s, d)
			if atOnce, _ := s.On(d.AddDays(1)); m.Check() != nil || is && m.Standing != now.Standing && (m.Standing != atOnce.Standing || !m.Standing.over()) {
				t.Fatalf("on %s %s makes %+v: %v", d, course(s), m, m.Check())
			}
			if next, is := s.On(m.Ahead.On); m.Ahead != (Turn{}) && (!is || next.Standing != m.Ahead.To || !m.Ahead.On.After(d)) {
				t.Fatalf("on %s %s is said to become %+v", d, course(s), m.Ahead)
			}
			joined, belongs := s.Joined(d)
			if belongs != (is && now.Standing.Belongs()) || belongs && joined.From.After(d) {
				t.Fatalf("on %s of %s: %v %v", d, course(s), now, joined)
			}
		}
	})
}

// A change that is noted ahead is one when its day has come, and not before.
func TestDesk_Turn(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ctx, today := t.Context(), day("3.6.")
		d.db.At(func() time.Time { return today.Start(time.UTC).Add(9 * time.Hour) })
		benko := add(t, d, "p Benko, Taja; Koper; dance; taja@x.example")
		add(t, d, "p Arh, Vid")
		check := func(when, roll, left, standing string) {
			t.Helper()
			m, err := d.Member(ctx, clerk, benko.ID)
			if err != nil || m.Check() != nil || string(m.Standing) != standing {
				t.Errorf("%s the entry is %+v, %v %v; want %s", when, m, err, m.Check(), standing)
			}
			for f, want := range map[Filter]string{{}: roll, {Standing: Active}: roll, {Standing: Left}: left} {
				if list, err := d.List(ctx, clerk, Query{Filter: f}); err != nil || names(list) != want {
					t.Errorf("%s %+v lists %s, %v; want %s", when, f, names(list), err, want)
				}
			}
			if c, err := d.Counts(ctx); err != nil || c.Here("")+c.In("", Left) != 2 || c.In("", Left) != len(strings.Fields(left))/2 {
				t.Errorf("%s the counters say %+v, %v", when, c, err)
			}
		}
		m, err := d.Leave(ctx, clerk, benko.ID, day("31.12."))
		if want := (Turn{Left, day("31.12.").AddDays(1)}); err != nil || m.Ahead != want || !m.Term.Until.IsZero() {
			t.Errorf("noted is %+v, %v", m, err)
		}
		check("before the day", "Arh, Vid | Benko, Taja", "", "active")
		_, err = d.Take(ctx, clerk, benko.ID, Step{Do: Suspend, Day: today})
		wantFault(t, err, "members.step.ahead")
		if m, err = d.Leave(ctx, clerk, benko.ID, day("5.6.")); err != nil || m.Ahead.On != day("6.6.") {
			t.Errorf("sooner is %+v, %v", m, err)
		}
		m.Place = "Piran"
		if m, err = d.Save(ctx, clerk, m); err != nil || m.Ahead.On != day("6.6.") {
			t.Errorf("saved is %+v, %v", m, err)
		}
		if today = day("5.6."); d.Turn(ctx, today) != nil {
			t.Error("nothing to be done fails")
		}
		check("on the last day", "Arh, Vid | Benko, Taja", "", "active")
		today = day("6.6.")
		for range 2 {
			if err := d.Turn(ctx, today); err != nil {
				t.Errorf("the day cannot come twice: %v", err)
			}
		}
		check("when the day has come", "Arh, Vid", "Benko, Taja", "left")
		if m, err = d.UndoStep(ctx, clerk, benko.ID); err != nil || m.Ahead != (Turn{}) {
			t.Errorf("taken back it is %+v, %v", m, err)
		}
		if m, err = d.Leave(ctx, clerk, benko.ID, today); err != nil || m.Standing != Left || m.Ahead != (Turn{}) {
			t.Errorf("who leaves today is %+v, %v", m, err)
		}
		if _, err = d.UndoStep(ctx, clerk, benko.ID); err != nil {
			t.Error(err)
		}
		check("when it was taken back", "Arh, Vid | Benko, Taja", "", "active")
		if m, err = d.Admit(ctx, clerk, add(t, d, "P Čeh, Ana").ID, day("1.9.")); err != nil || m.Standing != Applied || !m.Term.From.IsZero() || m.Check() != nil {
			t.Errorf("who will be a member is %+v, %v", m, err)
		}
	})
}

// The roll on a past day has who belonged then, as what.
func TestDesk_RollOn(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ctx := t.Context()
		supporting, err := d.PutCategory(ctx, clerk, Category{Name: "podporni član"})
		if err != nil {
			t.Fatal(err)
		}
		bunker, benko := add(t, d, "o Bunker; Ljubljana; theatre"), add(t, d, "p Benko, Taja; Koper; dance")
		add(t, d, "P Čeh, Ana")
		for _, st := range []Step{{Do: Suspend, Day: day("1.6.")}, {Do: Resume, Day: day("1.7.")}, {Do: Expel, Day: day("31.8."), Reason: "člen 12", Decision: "7/2026"}} {
			if _, err := d.Take(ctx, clerk, bunker.ID, st); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := d.Categorise(ctx, clerk, benko.ID, supporting.ID, day("1.7.")); err != nil {
			t.Fatal(err)
		}
		for on, want := range map[string]string{
			"30.4.": "", "1.5.": "Benko, Taja active votes | Bunker active votes", "30.6.": "Benko, Taja active votes | Bunker suspended",
			"1.7.": "Benko, Taja active podporni | Bunker active votes", "31.8.": "Benko, Taja active podporni | Bunker active votes", "1.9.": "Benko, Taja active podporni",
		} {
			var got []string
			var after ID
			for {
				list, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]Entry, error) { return d.RollOnIn(ctx, tx, day(on), after, 1) })
				if err != nil {
					t.Fatal(err)
				}
				if len(list) == 0 {
					break
				}
				e := list[0]
				after = e.ID
				words := e.Name + " " + string(e.Standing)
				if e.Category == supporting.ID {
					words += " podporni"
				}
				if e.Votes {
					words += " votes"
				}
				got = append(got, words)
				if one, err := d.StandingOn(ctx, clerk, e.ID, day(on)); err != nil || one != e {
					t.Errorf("alone %+v, in the roll %+v, %v", one, e, err)
				}
			}
			if strings.Join(got, " | ") != want {
				t.Errorf("on %s: %s, want %s", on, strings.Join(got, " | "), want)
			}
			n, err := store.Read(ctx, d.db, func(tx *store.Tx) (Strength, error) { return d.StrengthOnIn(ctx, tx, day(on)) })
			if err != nil || n.Members != len(got) || n.Voters != strings.Count(want, "votes") {
				t.Errorf("on %s there are %+v, %v", on, n, err)
			}
		}
		if e, err := d.StandingOn(ctx, clerk, bunker.ID, day("1.1.")); err != nil || e.Standing != "" {
			t.Errorf("before they came: %+v, %v", e, err)
		}
		if _, err := d.UndoStep(ctx, clerk, bunker.ID); err != nil {
			t.Fatal(err)
		}
		m, err := d.Redate(ctx, clerk, bunker.ID, day("3.7."))
		if err != nil || m.Standing != Active || m.Term != (civil.Span{From: may}) || m.Since != day("3.7.") {
			t.Errorf("taken back and corrected: %+v, %v", m, err)
		}
		if c, err := d.Counts(ctx); err != nil || c.Here("") != 3 || c.In("", Expelled) != 0 {
			t.Errorf("the counters say %+v, %v", c, err)
		}
		_, err = d.Take(ctx, auth.Actor{Roles: auth.Member}, bunker.ID, Step{Do: Suspend, Day: may})
		wantFault(t, err, "auth.denied")
	})
}

func TestDesk_Category(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ctx := t.Context()
		full, err := d.PutCategory(ctx, clerk, Category{Name: " redni  član ", Kind: Person, Votes: true})
		if err != nil || full.Name != "redni član" {
			t.Fatal(full, err)
		}
		_, err = d.PutCategory(ctx, clerk, Category{Name: "redni član"})
		wantFault(t, err, "members.category.taken")
		bunker, benko := add(t, d, "o Bunker; Ljubljana"), add(t, d, "p Benko, Taja; Koper")
		_, err = d.Categorise(ctx, clerk, bunker.ID, full.ID, may)
		wantFault(t, err, "members.category.kind")
		if _, err := d.Categorise(ctx, clerk, benko.ID, full.ID, may); err != nil {
			t.Fatal(err)
		}
		wantFault(t, d.DropCategory(ctx, clerk, full.ID), "members.category.used")
		full.Closed = true
		if _, err := d.PutCategory(ctx, clerk, full); err != nil {
			t.Fatal(err)
		}
		_, err = d.Categorise(ctx, clerk, benko.ID, full.ID, may)
		wantFault(t, err, "members.category.closed")
		if _, err := d.Categorise(ctx, clerk, benko.ID, "", may); err != nil {
			t.Errorf("out of a closed category: %v", err)
		}
		_, err = d.Categorise(ctx, clerk, benko.ID, "", may.AddDays(-1))
		wantFault(t, err, "members.step.too_early")
	})
}

// A register from before there were spells has them after.
func TestSteps_spells(t *testing.T) {
	for name, open := range map[string]func(testing.TB, ...store.Steps) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		t.Run(name, func(t *testing.T) {
			db := open(t, audit.Steps())
			if err := db.MigrateTo(t.Context(), Steps(), 1); err != nil {
				t.Fatal(err)
			}
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				for _, row := range []string{`'a', 'applied', '', ''`, `'b', 'active', '2020-01-01', ''`, `'c', 'left', '2020-01-01', '2022-07-01'`} {
					_, err := tx.ExecContext(t.Context(), `
						INSERT INTO members (id, standing, term_from, term_until, kind, name, sort_key, email, lang, place, field, phone, note, agents, revision, changed, here, silent, found_by, found_mail, same_name)
						VALUES (`+row+`, 'person', 'X', '', '', 'sl', '', '', '', '', 0, 1, '2026-02-03T10:00:00.000000Z', 1, 0, '', '', '')`)
					if err != nil {
						return err
					}
				}
				return nil
			})
			if err == nil {
				err = db.Migrate(t.Context(), Steps())
			}
			if err != nil {
				t.Fatal(err)
			}
			d := New(db)
			for id, want := range map[ID]string{"a": "applied 3.2.", "b": "active 1.1.", "c": "active 1.1. left 1.7."} {
				m, err := d.Member(t.Context(), clerk, id)
				s, err2 := d.Spells(t.Context(), clerk, id)
				if err != nil || err2 != nil || course(s) != want || !reflect.DeepEqual(m.stand(s, may.AddDays(200)), m) || m.Check() != nil {
					t.Errorf("%s (%s): %+v, %+v, %v %v", id, want, s, m, err, err2)
				}
			}
		})
	}
}

// Just after midnight the day is that of the house: who is suspended from today on is.
func TestDesk_midnight(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		m := add(t, d, "p Benko, Taja; Koper; dance")
		d.db.At(func() time.Time { return time.Date(2027, 6, 3, 22, 30, 0, 0, time.UTC) })
		d.Zone = time.FixedZone("Ljubljana", 2*60*60)
		m, err := d.Take(t.Context(), clerk, m.ID, Step{Do: Suspend, Day: civil.On(2027, 6, 4)})
		if err != nil || m.Standing != Suspended {
			t.Errorf("stands as %s, %v", m.Standing, err)
		}
	})
}
