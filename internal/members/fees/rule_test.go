package fees

import (
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

func euros(n int64) money.Amount { return money.Cents(n * 100) }

// assembly is the rules of the network: 0.3 % of public money from state and
// municipalities, 20 euros for persons, the first year free.
var assembly = Book{
	{ID: "1", Year: 2016, Kind: members.Organisation, Way: Share, Rate: money.PerMille(3), Counts: []Source{FromState, FromMunicipality}, Basis: "občni zbor 2016"},
	{ID: "2", Year: 2016, Kind: members.Person, Way: Flat, Flat: euros(20), Basis: "občni zbor 2016"},
	{ID: "3", Year: 2020, Kind: members.Organisation, Way: Share, Rate: money.PerMille(3), Counts: []Source{FromState, FromMunicipality}, FirstFree: true, Basis: "občni zbor 2019"},
	{ID: "4", Year: 2020, Kind: members.Person, Way: Flat, Flat: euros(20), FirstFree: true, Basis: "občni zbor 2019"},
	{ID: "5", Year: 2022, Category: "young", Way: Free, Basis: "občni zbor 2022"},
	{ID: "6", Year: 2024, Kind: members.Organisation, Way: Share, Rate: money.PerMille(3), Counts: []Source{FromState, FromMunicipality}, Least: euros(30), Most: euros(500), FirstFree: true, Basis: "občni zbor 2023"},
}

// G17: of 80,000 the fee is 240.00; a person pays 20; nothing in the first year.
func TestBook_Reckon(t *testing.T) {
	funds := func(state, municipality, eu int64) *Funds {
		return &Funds{State: euros(state), Municipality: euros(municipality), EU: euros(eu)}
	}
	old := civil.On(2010, 5, 1)
	for _, tt := range []struct {
		name     string
		kind     members.Kind
		category members.CategoryID
		year     int
		since    civil.Date
		funds    *Funds
		rule     string
		cents    int64
		why      Why
	}{
		{"G17", members.Organisation, "", 2020, old, funds(50_000, 30_000, 0), "3", 240_00, Charged},
		{"a person", members.Person, "", 2020, old, nil, "4", 20_00, Charged},
		{"first year of an organisation", members.Organisation, "", 2020, civil.On(2020, 3, 1), funds(80_000, 0, 0), "3", 0, FirstYear},
		{"first year of a person", members.Person, "", 2020, civil.On(2020, 12, 31), nil, "4", 0, FirstYear},
		{"before that, none was free", members.Person, "", 2019, civil.On(2019, 3, 1), nil, "2", 20_00, Charged},
		{"what does not count", members.Organisation, "", 2020, old, funds(80_000, 0, 999_999), "3", 240_00, Charged},
		{"not declared", members.Organisation, "", 2020, old, nil, "3", 0, NotDeclared},
		{"declared nothing", members.Organisation, "", 2020, old, funds(0, 0, 5), "3", 0, NothingToPay},
		{"half a cent goes up", members.Organisation, "", 2020, old, &Funds{State: money.Cents(166_50)}, "3", 50, Charged},
		{"at least", members.Organisation, "", 2025, old, funds(1, 0, 0), "6", 30_00, Charged},
		{"at most", members.Organisation, "", 2025, old, funds(1_000_000, 0, 0), "6", 500_00, Charged},
		{"by category", members.Person, "young", 2023, old, nil, "5", 0, FreeByRule},
		{"no rule yet", members.Person, "", 2015, old, nil, "", 0, NoRule},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, ok := assembly.For(tt.kind, tt.category, tt.year)
			if !ok {
				if tt.why != NoRule {
					t.Fatal("no rule")
				}
				return
			}
			got, why, err := r.Reckon(tt.year, tt.since, tt.funds)
			if err != nil || r.ID != tt.rule || got.Minor() != tt.cents || why != tt.why {
				t.Errorf("by rule %s: %v %q %v; want rule %s, %d %q", r.ID, got, why, err, tt.rule, tt.cents, tt.why)
			}
		})
	}
}

func TestRule_Check(t *testing.T) {
	for field, spoil := range map[string]func(*Rule){
		"year": func(r *Rule) { r.Year = 0 }, "rate": func(r *Rule) { r.Rate = 0 }, "counts": func(r *Rule) { r.Counts = nil }, "basis": func(r *Rule) { r.Basis = " " },
		"most": func(r *Rule) { r.Least, r.Most = euros(5), euros(4) }, "way": func(r *Rule) { r.Way = "x" }, "flat": func(r *Rule) { r.Way = Flat },
	} {
		r := assembly[0]
		if spoil(&r); fault.Of(r.Check()) == nil || fault.Of(r.Check()).Field != field {
			t.Errorf("%s: %v", field, r.Check())
		}
	}
	if err := (Rule{Year: 2026, Way: Flat, Flat: euros(1_000_000_001), Basis: "zbor"}).Check(); fault.Of(err) == nil {
		t.Errorf("more than can be added up: %v", err)
	}
	for _, r := range assembly {
		if err := r.Check(); err != nil {
			t.Errorf("rule %s: %v", r.ID, err)
		}
	}
}
