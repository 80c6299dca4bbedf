package app

import (
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/dues"
)

// dues are the rules of the assembly, and what most organisations have declared: the
// fee run is for the visitor to begin.
func (s *story) dues() {
	if s.err != nil {
		return
	}
	s.ago(30, 10)
	of := []dues.Source{dues.FromState, dues.FromMunicipality}
	const basis = "občni zbor, 27. 3. 2019"
	for _, r := range []dues.Rule{
		{Year: 2019, Kind: members.Organisation, Way: dues.Share, Rate: money.PerMille(3), Counts: of, FirstFree: true, Basis: basis},
		{Year: 2019, Kind: members.Person, Way: dues.Flat, Flat: money.Cents(20_00), FirstFree: true, Basis: basis},
	} {
		_, err := s.h.Dues.AddRule(s.ctx, s.neza, r)
		s.try(err)
	}
	list, err := s.h.Members.List(s.ctx, s.neza, members.Query{Filter: members.Filter{Kind: members.Organisation, Standing: members.Active}, Limit: 200})
	s.try(err)
	for i, m := range list {
		if s.err != nil || i%4 == 3 { // one of four has not answered yet
			continue
		}
		thousands := int64(7+13*i%160) * 1000_00
		_, err := s.h.Dues.Declare(s.ctx, s.neza, dues.Declaration{
			Member: m.ID, Year: s.today.Year() - 1, Funds: dues.Funds{State: money.Cents(thousands), Municipality: money.Cents(thousands / 3), EU: money.Cents(int64(i%5) * 9_000_00)},
		})
		s.try(err)
	}
	if len(list) > 3 {
		s.try(s.h.Dues.Waive(s.ctx, s.neza, dues.Waiver{Member: list[3].ID, Year: s.today.Year(), Reason: "prenova dvorane po požaru", Decision: "sklep UO 4. seje"}))
	}
}
