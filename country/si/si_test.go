package si

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/engine/representation"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

func pack(t *testing.T) country.Pack {
	t.Helper()
	p, err := Pack()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// cases reads a file of cases; a key that no test looks at is a slip of the pen.
func cases[Case any](t *testing.T, name string) (all []Case) {
	t.Helper()
	f, err := os.Open("cases/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	d := json.NewDecoder(f)
	d.DisallowUnknownFields()
	if err := d.Decode(&all); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return all
}

func TestCases_days(t *testing.T) {
	t.Parallel()
	cal := pack(t).Calendar()
	for _, c := range cases[struct {
		Name    string
		Day     civil.Date
		Working bool
	}](t, "days.json") {
		if got := cal.IsWorking(c.Day); got != c.Working {
			t.Errorf("%s: %v working is %v, want %v", c.Name, c.Day, got, c.Working)
		}
	}
}

func clock(t *testing.T, p country.Pack, kind procedure.Kind, variant procedure.Variant, key string) procedure.Clock {
	t.Helper()
	if kind == "" {
		if c, ok := p.Answer(key); ok {
			return c
		}
	}
	made, _ := p.Procedure(kind, variant)
	for _, phase := range made.Phases {
		for _, c := range phase.Clocks {
			if c.Key == key {
				return c
			}
		}
	}
	t.Fatalf("there is no clock %q in %q %q", key, kind, variant)
	return procedure.Clock{}
}

func TestCases_due(t *testing.T) {
	t.Parallel()
	p := pack(t)
	for _, c := range cases[struct {
		Name                        string
		Kind                        procedure.Kind
		Variant                     procedure.Variant
		Clock                       string
		Start, On, Perhaps, Longest civil.Date
	}](t, "due.json") {
		got := clock(t, p, c.Kind, c.Variant, c.Clock).Ends(c.Start, p.Calendar())
		if want := (procedure.Due{On: c.On, Perhaps: c.Perhaps, Longest: c.Longest}); got != want {
			t.Errorf("%s: from %v %v, want %v", c.Name, c.Start, got, want)
		}
	}
}

func TestCases_consultations(t *testing.T) {
	t.Parallel()
	rule := pack(t).Consultation
	for _, c := range cases[struct {
		Name         string
		Given        procedure.Consultation
		Today        civil.Date
		Class, Would procedure.Class
		Days         int
		Reason       string
	}](t, "consultations.json") {
		got := rule.Judge(c.Given, c.Today)
		if got.Class != c.Class || got.Would != c.Would || got.Days != c.Days || got.Reason != c.Reason {
			t.Errorf("%s:\n got %+v\nwant %s (%s), %d days, %q", c.Name, got, c.Class, c.Would, c.Days, c.Reason)
		}
	}
}

func TestCases_lines(t *testing.T) {
	t.Parallel()
	p := pack(t)
	for _, c := range cases[struct {
		Name    string
		Kind    procedure.Kind
		Variant procedure.Variant
		Events  procedure.Events
		Today   civil.Date
		Now     []string
		Next    string
		Left    int
	}](t, "lines.json") {
		made, ok := p.Procedure(c.Kind, c.Variant)
		if !ok {
			t.Fatalf("%s: there is no %s %s", c.Name, c.Kind, c.Variant)
		}
		line := made.Line(c.Events, p.Calendar(), c.Today)
		var now []string
		for _, step := range line {
			if step.State == procedure.Now {
				now = append(now, step.Phase.Key)
			}
		}
		next, _ := procedure.Next(line, c.Today)
		if !slices.Equal(now, c.Now) || next.Clock.Key != c.Next || next.Left != c.Left {
			t.Errorf("%s: now %v, next %q in %d days; want %v, %q in %d", c.Name, now, next.Clock.Key, next.Left, c.Now, c.Next, c.Left)
		}
	}
}

// What a minister's rulebook does not bind to, it may not call binding.
func TestPack_rulebookBindsNothing(t *testing.T) {
	t.Parallel()
	made, _ := pack(t).Procedure(procedure.Rulebook, procedure.Ordinary)
	for _, phase := range made.Phases {
		for _, c := range phase.Clocks {
			if c.Force == procedure.Binding {
				t.Errorf("%s: %s is binding", phase.Key, c.Key)
			}
		}
	}
}

// Every article that is cited stands in the text of the act, where we have it.
func TestPack_citedArticlesExist(t *testing.T) {
	t.Parallel()
	p := pack(t)
	article := regexp.MustCompile(`[a-z]?\d+\.[a-zčšž]?`)
	for _, s := range p.Sources {
		if s.Checked != country.ByText {
			continue
		}
		id, _, _ := strings.Cut(s.Ref, ",")
		text, err := os.ReadFile(realtexts.Path(t, "law", "si-npb", id+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		cited := 0
		for _, basis := range bases(p) {
			rest, ok := strings.CutPrefix(basis, s.Title+", ")
			if !ok {
				continue
			}
			cited++
			for _, number := range article.FindAllString(rest, -1) {
				heading := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(number) + `[\s\x{a0}]*člen[\s\x{a0}]*$`)
				if !heading.Match(text) {
					t.Errorf("%q: %s has no article %q", basis, id, number)
				}
			}
		}
		if cited == 0 {
			t.Errorf("nothing cites %q", s.Title)
		}
	}
}

func bases(p country.Pack) (all []string) {
	all = append(all, p.Consultation.Basis)
	for _, e := range p.Consultation.Exempt {
		all = append(all, e.Basis)
	}
	for _, a := range p.Answers {
		all = append(all, a.Basis)
	}
	for _, made := range p.Procedures {
		for _, phase := range made.Phases {
			all = append(all, phase.Basis)
			for _, c := range phase.Clocks {
				all = append(all, c.Basis)
			}
		}
	}
	for _, e := range p.Representation.Electors {
		all = append(all, e.Basis)
	}
	for _, i := range p.Representation.Independence {
		all = append(all, i.Basis)
	}
	return all
}

// The law names fifteen days off, Easter and Whit Sunday among them; fourteen
// while 2 January was worked, sixteen in the year of the floods.
func TestPack_holidaysOfTheYear(t *testing.T) {
	t.Parallel()
	p := pack(t)
	for year, want := range map[int]int{2012: 15, 2013: 14, 2016: 14, 2017: 15, 2023: 16, 2026: 15} {
		days := map[civil.Date]bool{}
		for _, h := range p.Holidays {
			if d, ok := h.In(year); ok && h.Free {
				days[d] = true
			}
		}
		if len(days) != want {
			t.Errorf("%d has %d days off by name, want %d", year, len(days), want)
		}
	}
}

func TestPack_zone(t *testing.T) {
	t.Parallel()
	loc, err := time.LoadLocation(pack(t).Zone)
	if err != nil {
		t.Skip("this machine has no table of time zones: ", err)
	}
	if got := civil.Of(time.Date(2026, 6, 30, 22, 30, 0, 0, time.UTC), loc); got != civil.On(2026, 7, 1) {
		t.Errorf("half past midnight in July is on %v", got)
	}
}

func TestCases_electors(t *testing.T) {
	t.Parallel()
	rules := map[string]representation.Electors{}
	for _, r := range pack(t).Representation.Electors {
		rules[r.Key] = r
	}
	for _, c := range cases[struct {
		Rule                     string
		Members, Electors, Short int
	}](t, "electors.json") {
		if got := rules[c.Rule].Of(c.Members); got.Electors != c.Electors || got.Short != c.Short {
			t.Errorf("%s with %d members: %+v, want %d and %d", c.Rule, c.Members, got, c.Electors, c.Short)
		}
	}
}

func TestCases_boards(t *testing.T) {
	t.Parallel()
	rules := map[string]representation.Independence{}
	for _, r := range pack(t).Representation.Independence {
		rules[r.Key] = r
	}
	for _, c := range cases[struct {
		Rule        string
		Seats       []string
		Broken, May bool
		Free        int
	}](t, "boards.json") {
		var votes []representation.Vote
		for _, tie := range c.Seats {
			votes = append(votes, representation.Vote{Tie: tie, Weight: 1})
		}
		if f := rules[c.Rule].Judge(votes); f.Broken != c.Broken || f.May != c.May || f.Free != c.Free {
			t.Errorf("%s, %v: %+v", c.Rule, c.Seats, f)
		}
	}
}
