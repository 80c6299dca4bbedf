package cases

import (
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	neza   = auth.Actor{User: "neza", Name: "Neža Škrbec", Roles: auth.Office}
	zala   = auth.Actor{User: "zala", Name: "Zala Mirt", Roles: auth.Office}
	member = auth.Actor{User: "jana", Name: "Jana Vrabič", Roles: auth.Member}
	nobody = auth.Actor{}
)

// morning is the day of the tests, a Tuesday.
var morning = civil.On(2026, 11, 17)

func slovenia(t testing.TB) country.Pack {
	t.Helper()
	pack, err := si.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return pack
}

// each runs f with a desk on both databases, on the morning.
func each(t *testing.T, f func(t *testing.T, d *Desk)) {
	t.Helper()
	pack := slovenia(t)
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Date(2026, 11, 17, 8, 0, 0, 0, time.UTC)
		// Each deed is a moment later than the one before.
		db.At(func() time.Time { now = now.Add(time.Second); return now })
		f(t, New(db).With(Parts{Country: pack, Zone: time.UTC, Corpus: corpus.New(db, nil)}))
	}, Steps(), corpus.Steps(), audit.Steps(), search.Steps())
}

func must[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// open opens a law case that Neža keeps, with the events "key day key day …".
func open(t testing.TB, d *Desk, title string, events ...string) Case {
	t.Helper()
	c := must[Case](t)(d.Open(t.Context(), neza, Case{Title: title, Kind: procedure.Law, Variant: procedure.Ordinary, Owner: neza.User, OwnerIs: neza.Name}))
	for i := 0; i+1 < len(events); i += 2 {
		note(t, d, c, procedure.Event(events[i]), events[i+1])
	}
	return must[Case](t)(d.Case(t.Context(), neza, c.ID))
}

func note(t testing.TB, d *Desk, c Case, key procedure.Event, on string) Event {
	t.Helper()
	return must[Event](t)(d.AddEvent(t.Context(), neza, Event{Case: c.ID, Key: key, On: must[civil.Date](t)(civil.Parse(on))}))
}

// said lists dues in a line each: kind, clock or title, day, owner.
func said(list []Due) string {
	var lines []string
	for _, d := range list {
		lines = append(lines, strings.TrimSpace(strings.Join([]string{d.Kind, d.Arg("clock") + d.Arg("title"), d.On.String(), string(d.Owner)}, " ")))
	}
	return strings.Join(lines, "\n")
}

func same(t testing.TB, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\n%s\nwant:\n%s", what, got, want)
	}
}

func TestCase_Check(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		c    Case
		want string
	}{
		{Case{Title: "Zakon", Kind: procedure.Law}, ""},
		{Case{Title: "Obljuba", Kind: Other}, ""},
		{Case{Title: " ", Kind: procedure.Law}, "title: cases.title.empty"},
		{Case{Title: strings.Repeat("a", 501), Kind: procedure.Law}, "title: cases.title.long"},
		{Case{Title: "Zakon", Kind: "nekaj"}, "kind: cases.kind.unknown"},
	} {
		got := ""
		if err := one.c.Check(); err != nil {
			got = err.Error()
		}
		same(t, one.c.Title, got, one.want)
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for _, written := range []string{"2026/014", "2026-014", " 2026/014 "} {
		if id := ParseNumber(written); id != "2026-014" || Number(id) != "2026/014" {
			t.Errorf("%q is %s, written %s", written, id, Number(id))
		}
	}
}

func TestDesk_numbersOfAYear(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		a, b := open(t, d, "Prva"), open(t, d, "Druga")
		old := must[Case](t)(d.Open(t.Context(), neza, Case{Title: "Stara", Kind: Other, Opened: civil.On(2025, 3, 1)}))
		same(t, "numbers", string(a.ID+" "+b.ID+" "+old.ID), "2026-001 2026-002 2025-001")
		if a.Opened != morning || a.State != Open || a.Revision != 1 {
			t.Errorf("a new case is %+v", a)
		}
		if _, err := d.Open(t.Context(), member, Case{Title: "Ne", Kind: Other}); !fault.Is(err, fault.Denied) {
			t.Errorf("a member opens a case: %v", err)
		}
		// Nobody says how it is made: the usual way.
		call := must[Case](t)(d.Open(t.Context(), neza, Case{Title: "Razpis", Kind: procedure.Call}))
		same(t, "variants", string(a.Variant+" "+call.Variant+" "+old.Variant), "ordinary ranked ")
	})
}

func TestDesk_whoSees(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		c := open(t, d, "Zaupna")
		for _, one := range []struct {
			who    auth.Actor
			public bool
			want   fault.Kind
		}{{nobody, false, fault.Denied}, {member, false, ""}, {nobody, true, ""}} {
			ok(t, d.Publish(t.Context(), neza, c.ID, one.public))
			_, err := d.File(t.Context(), one.who, c.ID, morning)
			got := fault.Kind("")
			if f := fault.Of(err); f != nil {
				got = f.Kind
			}
			if got != one.want {
				t.Errorf("%q sees a case public %v: %v", one.who.Name, one.public, err)
			}
		}
		if list := must[[]Case](t)(d.List(t.Context(), nobody, Query{})); len(list) != 1 {
			t.Errorf("a passer-by lists %d public cases", len(list))
		}
		ok(t, d.Publish(t.Context(), neza, c.ID, false))
		if list := must[[]Case](t)(d.List(t.Context(), nobody, Query{})); len(list) != 0 {
			t.Errorf("a passer-by lists %d", len(list))
		}
		if _, err := d.Contacts(t.Context(), member, c.ID); !fault.Is(err, fault.Denied) {
			t.Errorf("a member reads contacts: %v", err)
		}
	})
}

func TestDesk_saveNoticesOthers(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		c := open(t, d, "Novela", "draft_published", "2026-10-29", "consultation_closes", "2026-11-30")
		mine, theirs := c, c
		theirs.Title, theirs.Owner, theirs.OwnerIs = "Novela zakona", zala.User, zala.Name
		saved := must[Case](t)(d.Save(t.Context(), zala, theirs))
		if saved.Revision != c.Revision+1 || saved.NextDue != civil.On(2026, 11, 30) {
			t.Errorf("saved %+v", saved)
		}
		mine.Title = "Moja novela"
		if _, err := d.Save(t.Context(), neza, mine); !fault.Is(err, fault.Conflict) {
			t.Errorf("the slower one is told %v", err)
		}
		if now := must[Case](t)(d.Case(t.Context(), neza, c.ID)); now.Title != "Novela zakona" {
			t.Errorf("the title is %q", now.Title)
		}
		// Whoever cares for the case now has its dues.
		same(t, "dues", said(must[Today](t)(d.Today(t.Context(), zala, morning, true)).Next14), "dues.clock our_comments 2026-11-30 zala")
		lines := must[[]audit.Line](t)(d.History(t.Context(), neza, c.ID, ""))
		same(t, "the book", lines[0].Deed+": "+lines[0].Said(), "cases.save: owner: Neža Škrbec → Zala Mirt · title: Novela → Novela zakona")
	})
}

func TestDesk_counters(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		c := open(t, d, "Šteta")
		ok(t, d.AddContact(t.Context(), neza, Contact{Case: c.ID, On: morning, Official: "X", Organisation: "Y", Aim: "Z", Channel: "call"}))
		ok(t, d.AddEvidence(t.Context(), neza, Evidence{Case: c.ID, Title: "A", Citation: "B"}))
		ok(t, d.AddText(t.Context(), neza, Text{Case: c.ID, Version: "v1", Role: Draft, On: morning}))
		ok(t, d.db.Write(t.Context(), func(tx *store.Tx) error {
			if err := d.CountIn(t.Context(), tx, c.ID, Count{Comments: 3, Proposals: 2, Taken: 1}); err != nil {
				return err
			}
			return d.PositionIn(t.Context(), tx, c.ID, "2026-07 v3", 41)
		}))
		c.Title = "Še vedno šteta"
		now := must[Case](t)(d.Save(t.Context(), neza, c))
		if now.Contacts != 1 || now.Evidence != 1 || now.Texts != 1 || now.Comments != 3 || now.Proposals != 2 || now.Taken != 1 || now.Members != 41 || now.PositionNow != "2026-07 v3" {
			t.Errorf("the counters are %+v", now)
		}
	})
}

func TestDesk_related(t *testing.T) {
	each(t, func(t *testing.T, d *Desk) {
		a, b := open(t, d, "A"), open(t, d, "B")
		ok(t, d.Relate(t.Context(), neza, a.ID, b.ID, "ista tema"))
		back := must[[]Relative](t)(d.Related(t.Context(), neza, b.ID))
		if len(back) != 1 || back[0].Case.ID != a.ID || back[0].Note != "ista tema" {
			t.Errorf("related to B: %+v", back)
		}
		for _, wrong := range []string{string(a.ID), "2020-001"} {
			if err := d.Relate(t.Context(), neza, a.ID, ParseNumber(wrong), ""); fault.Of(err) == nil || fault.Of(err).Field != "other" {
				t.Errorf("related to %s: %v", wrong, err)
			}
		}
		ok(t, d.Part(t.Context(), neza, b.ID, a.ID))
		if left := must[[]Relative](t)(d.Related(t.Context(), neza, a.ID)); len(left) != 0 {
			t.Errorf("parted, yet related to %+v", left)
		}
	})
}

func TestPapers_Check(t *testing.T) {
	t.Parallel()
	for name, one := range map[string]struct {
		err  error
		want int
	}{
		"contact without anything": {Contact{}.Check(), 4},
		"contact":                  {Contact{On: morning, Official: "X", Organisation: "Y", Aim: "Z"}.Check(), 0},
		"evidence without where":   {Evidence{Title: "A"}.Check(), 1},
		"evidence with a script":   {Evidence{Title: "A", Link: "javascript:alert(1)"}.Check(), 1},
		"evidence with a page":     {Evidence{Title: "A", Link: "https://mnk.example/a?b=c"}.Check(), 0},
		"an empty intake":          {Raw{}.Check(), 1},
		"an intake with a file":    {Raw{Blob: "ab"}.Check(), 0},
		"an event without a day":   {Event{Key: "filed"}.Check(), 1},
		"an event without a word":  {Event{On: morning}.Check(), 1},
		"an event with a note":     {Event{On: morning, Note: "seja"}.Check(), 0},
	} {
		n := 0
		if f := fault.Of(one.err); f != nil {
			n = len(f.All())
		}
		if n != one.want {
			t.Errorf("%s has %d faults, want %d: %v", name, n, one.want, one.err)
		}
	}
}
