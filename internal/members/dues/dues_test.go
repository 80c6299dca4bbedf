package dues

import (
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
)

func euros(n int64) money.Amount { return money.Cents(n * 100) }

// assembly is the rules of the network: 0.3 % of public money from state and
// municipalities, 20 euros for persons, the first year free.
var assembly = fees.Book{
	{ID: "1", Year: 2016, Kind: members.Organisation, Way: fees.Share, Rate: money.PerMille(3), Counts: []fees.Source{fees.FromState, fees.FromMunicipality}, Basis: "občni zbor 2016"},
	{ID: "2", Year: 2016, Kind: members.Person, Way: fees.Flat, Flat: euros(20), Basis: "občni zbor 2016"},
	{ID: "3", Year: 2020, Kind: members.Organisation, Way: fees.Share, Rate: money.PerMille(3), Counts: []fees.Source{fees.FromState, fees.FromMunicipality}, FirstFree: true, Basis: "občni zbor 2019"},
	{ID: "4", Year: 2020, Kind: members.Person, Way: fees.Flat, Flat: euros(20), FirstFree: true, Basis: "občni zbor 2019"},
	{ID: "5", Year: 2022, Category: "young", Way: fees.Free, Basis: "občni zbor 2022"},
	{ID: "6", Year: 2024, Kind: members.Organisation, Way: fees.Share, Rate: money.PerMille(3), Counts: []fees.Source{fees.FromState, fees.FromMunicipality}, Least: euros(30), Most: euros(500), FirstFree: true, Basis: "občni zbor 2023"},
}

// The next step comes on its day, one after another, and never twice within a week.
func TestLadder_next(t *testing.T) {
	due := civil.On(2026, 3, 1)
	l := Ladder{{After: 14}, {After: 30}, {After: 60, Board: true}}
	for _, tt := range []struct {
		late, last, ago int // ago: days since the last reminder, -1 for none
		want            int
	}{{13, 0, -1, 0}, {14, 0, -1, 1}, {90, 0, -1, 1}, {30, 1, 16, 2}, {90, 1, 3, 0}, {90, 1, 7, 2}, {59, 2, 29, 0}, {60, 2, 30, 3}, {200, 3, 100, 0}} {
		today := due.AddDays(tt.late)
		i := Invoice{Due: due, Open: euros(1), Step: tt.last}
		if tt.ago >= 0 {
			i.Reminded = today.AddDays(-tt.ago)
		}
		if got := l.next(i, today); got != tt.want {
			t.Errorf("%d days late after step %d, %d days ago: %d, want %d", tt.late, tt.last, tt.ago, got, tt.want)
		}
	}
}

func TestAges(t *testing.T) {
	today := civil.On(2026, 6, 30)
	var a Ages
	for late, euro := range map[int]int64{-5: 1, 0: 2, 1: 4, 30: 8, 31: 16, 60: 32, 61: 64, 90: 128, 91: 256, 400: 512} {
		a.note(euros(euro), today.AddDays(-late), today)
	}
	if a.NotDue != euros(3) || a.By != [4]money.Amount{euros(12), euros(48), euros(192), euros(768)} || a.Total != euros(1023) || a.Invoices != 10 {
		t.Errorf("it is %+v", a)
	}
}
