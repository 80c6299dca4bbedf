package members

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A change of the name is remembered with its day; a correction is not. Notation: a
// step is "name day", or "name !" for a correction, all after Kolektiv; wanted are the
// former names with the day until which they held.
func TestMember_after(t *testing.T) {
	today := day("22.11.")
	for name, tt := range map[string]struct{ steps, want string }{
		"renamed":                {"Bunker 1.5.", "Kolektiv<1.5."},
		"today if no day":        {"Bunker -", "Kolektiv<22.11."},
		"written wrong":          {"Bunker !", ""},
		"twice":                  {"Bunker 1.5. Klet 1.7.", "Kolektiv<1.5. Bunker<1.7."},
		"twice on a day":         {"Bunker 1.5. Klet 1.5.", "Kolektiv<1.5."},
		"taken back on the day":  {"Bunker 1.5. Kolektiv 1.5.", ""},
		"taken back as wrong":    {"Bunker 1.5. Kolektiv !", ""},
		"and later":              {"Bunker 1.5. Kolektiv 1.7.", "Kolektiv<1.5. Bunker<1.7."},
		"corrected after":        {"Bunkr 1.5. Bunker !", "Kolektiv<1.5."},
		"before the last change": {"Bunker 1.5. Klet 30.4.", "members.changed.before"},
		"tomorrow":               {"Bunker 23.11.", "members.changed.later"},
		"the same name":          {"Kolektiv 1.5.", ""},
	} {
		m, got := Member{Name: "Kolektiv"}, ""
		words := strings.Fields(tt.steps)
		for len(words) > 0 {
			next := m
			if next.Name = words[0]; words[1] == "!" {
				next.Corrects = true
			} else if words[1] != "-" {
				next.From = day(words[1])
			}
			var err error
			if m, err = next.after(m, today); err != nil {
				got = tt.want
				wantFault(t, err, tt.want)
			}
			words = words[2:]
		}
		if got == "" {
			var list []string
			for _, f := range m.Former {
				_, month, dom := f.Until.Date()
				list = append(list, f.Name+"<"+strings.Join([]string{time.Date(2026, month, dom, 0, 0, 0, 0, time.UTC).Format("2.1.")}, ""))
			}
			got = strings.Join(list, " ")
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// The register says of a past day what was true on it, and finds who had another name.
func TestDesk_past(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ctx := t.Context()
		d.db.At(func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) })
		m := add(t, d, "o Kolektiv Nula; Ljubljana; theatre")
		old := record.Interest{Since: civil.On(2020, 1, 1), Until: civil.On(2026, 6, 1), Decision: "12/2020"}
		m.Interest = old
		m, err := d.Save(ctx, clerk, m)
		if err == nil {
			m.Name, m.Place, m.From, m.Interest = "Zavod Bunker", "Maribor", day("1.9."), record.Interest{Since: day("1.8.")}
			m, err = d.Save(ctx, clerk, m)
		}
		if err != nil {
			t.Fatal(err)
		}
		for on, want := range map[string]Entry{
			"31.8.": {Name: "Kolektiv Nula", Place: "Ljubljana", Interest: record.Interest{Since: day("1.8.")}},
			"1.9.":  {Name: "Zavod Bunker", Place: "Maribor", Interest: record.Interest{Since: day("1.8.")}, Noted: day("22.11.")},
			"1.5.":  {Name: "Kolektiv Nula", Place: "Ljubljana", Interest: old},
			"1.7.":  {Name: "Kolektiv Nula", Place: "Ljubljana"},
		} {
			e, err := d.StandingOn(ctx, clerk, m.ID, day(on))
			if err != nil || e.Name != want.Name || e.Place != want.Place || e.Interest != want.Interest || e.SortKey != sortKey(want.Name) || e.Noted.Before(want.Noted) {
				t.Errorf("on %s: %+v, %v", on, e, err)
			}
		}
		for _, text := range []string{"nula", "kolektiv", "bunker", "bun nul"} {
			if list, err := d.List(ctx, clerk, Query{Filter: Filter{Text: text}}); err != nil || len(list) != 1 {
				t.Errorf("%s finds %d, %v", text, len(list), err)
			}
		}
		if got, err := d.Member(ctx, member, m.ID); err != nil || got.Former != nil {
			t.Errorf("members see former names: %v, %v", got.Former, err)
		}
	})
}

// A name between two others was learned when the one before it ended, and not when it did.
func TestMember_On_between(t *testing.T) {
	m := Member{Name: "C", Former: record.History{{Until: day("1.2."), Name: "A", Noted: day("1.10.")}, {Until: day("1.11."), Name: "B", Noted: day("2.11.")}}}
	for on, want := range map[string]Entry{"31.1.": {Name: "A"}, "1.2.": {Name: "B", Noted: day("1.10.")}, "31.10.": {Name: "B", Noted: day("1.10.")}, "1.11.": {Name: "C", Noted: day("2.11.")}} {
		if e := m.On(day(on)); e.Name != want.Name || e.Noted != want.Noted {
			t.Errorf("on %s %s, learned %s", on, e.Name, e.Noted)
		}
	}
}

// A newer proof does not take away what the older one proves.
func TestDesk_Registrations_past(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ctx := t.Context()
		m := add(t, d, "o Bunker; Ljubljana; theatre")
		r := Registration{Member: m.ID, In: record.Associations, Number: "12/2004", Since: civil.On(2004, 5, 1), Proof: "extract", ProofDay: day("1.2.")}
		for _, on := range []string{"1.2.", "1.2.", "1.9."} {
			r.ProofDay = day(on)
			var err error
			if r, err = d.PutRegistration(ctx, clerk, r, nil, ""); err != nil {
				t.Fatal(err)
			}
		}
		if list, err := d.Registrations(ctx, clerk, m.ID); err != nil || len(list) != 1 || list[0].ProofDay != day("1.9.") {
			t.Errorf("now: %+v, %v", list, err)
		}
		all, err := store.Read(ctx, d.db, func(tx *store.Tx) (map[ID][]Registration, error) { return d.RegistrationsIn(ctx, tx, m.ID) })
		if list := all[m.ID]; err != nil || len(list) != 2 {
			t.Errorf("all: %+v, %v", list, err)
		}
		if err := d.DropRegistration(ctx, clerk, r.ID); err != nil {
			t.Fatal(err)
		}
		all, err = store.Read(ctx, d.db, func(tx *store.Tx) (map[ID][]Registration, error) { return d.RegistrationsIn(ctx, tx, m.ID) })
		if err != nil || len(all) != 0 {
			t.Errorf("after dropping it: %+v, %v", all, err)
		}
	})
}

// Of two entries that become one, what either proved, and since when somebody acted for
// either, is not lost.
func TestDesk_UniteIn_past(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		ctx := t.Context()
		kept, gone := add(t, d, "o Bunker; Ljubljana; theatre"), add(t, d, "o KUD Bunker; Ljubljana; theatre")
		put := func(id ID, in record.Registry, number string, proof record.Proof, on civil.Date) {
			t.Helper()
			if _, err := d.PutRegistration(ctx, clerk, Registration{Member: id, In: in, Number: number, Proof: proof, ProofDay: on}, nil, ""); err != nil {
				t.Fatal(err)
			}
		}
		put(kept.ID, record.Associations, "12/2004", "", civil.Date{})
		put(gone.ID, record.Associations, "12/2004", "extract", day("1.2."))
		put(kept.ID, record.Elsewhere, "A 7", "decision", day("1.9."))
		put(gone.ID, record.Elsewhere, "A 7", "extract", day("1.3."))
		for id, since := range map[ID]civil.Date{kept.ID: day("1.9."), gone.ID: day("1.2.")} {
			if _, err := d.AddAgent(ctx, clerk, Agent{Member: id, Name: "Vid Arh", Email: "vid@arh.example", Since: since}); err != nil {
				t.Fatal(err)
			}
		}
		var proven []string
		err := d.db.Write(ctx, func(tx *store.Tx) error {
			kept, err1 := getMember(ctx, tx, kept.ID)
			gone, err2 := getMember(ctx, tx, gone.ID)
			_, err3 := d.UniteIn(ctx, tx, clerk, kept, gone, false)
			all, err4 := d.RegistrationsIn(ctx, tx, kept.ID)
			for _, r := range all[kept.ID] {
				proven = append(proven, strings.TrimSpace(string(r.In)+" "+r.ProofDay.String()+" "+r.Replaced.String()))
			}
			return errors.Join(err1, err2, err3, err4)
		})
		slices.Sort(proven)
		if want := []string{"associations 2026-02-01", "other 2026-03-01 2026-09-01", "other 2026-09-01"}; err != nil || !slices.Equal(proven, want) {
			t.Errorf("proven by %q, want %q: %v", proven, want, err)
		}
		if agents, err := d.Agents(ctx, clerk, kept.ID); err != nil || len(agents) != 1 || agents[0].Since != day("1.2.") {
			t.Errorf("authorised: %+v, %v", agents, err)
		}
	})
}
