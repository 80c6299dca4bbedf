package app

import (
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/members/fees"
)

// dues are the rules of the assembly, the invoices of last year, of which most are
// paid, and what most organisations have declared since: the fee run of this year is
// for the visitor to begin.
func (s *story) dues() {
	if s.err != nil {
		return
	}
	s.ago(210, 10)
	of := []fees.Source{fees.FromState, fees.FromMunicipality}
	const basis = "občni zbor, 27. 3. 2019"
	year := s.today.Year()
	for _, r := range []fees.Rule{
		{Year: 2019, Kind: members.Organisation, Way: fees.Share, Rate: money.PerMille(3), Counts: of, FirstFree: true, Basis: basis},
		{Year: year, Kind: members.Person, Way: fees.Flat, Flat: money.Cents(20_00), FirstFree: true, Basis: "občni zbor, lani; prej posamezniki niso plačevali"},
	} {
		_, err := s.h.Dues.AddRule(s.ctx, s.neza, r)
		s.try(err)
	}
	list, err := s.h.Members.List(s.ctx, s.neza, members.Query{Filter: members.Filter{Kind: members.Organisation, Standing: members.Active}, Limit: 200})
	s.try(err)
	declare := func(m members.Member, i, of int) {
		thousands := int64(7+13*i%160) * 1000_00
		f := fees.Funds{State: money.Cents(thousands), Municipality: money.Cents(thousands / 3), EU: money.Cents(int64(i%5) * 9_000_00)}
		_, err := s.h.Dues.Declare(s.ctx, s.neza, dues.Declaration{Member: m.ID, Year: of, Funds: f})
		s.try(err)
	}
	for i, m := range list {
		if s.err == nil && i%2 == 0 {
			declare(m, i, year-2)
		}
	}
	s.invoices(year - 1)
	s.ago(30, 10)
	for i, m := range list {
		if s.err == nil && i%4 != 3 { // one of four has not answered yet
			declare(m, i+1, year-1)
		}
	}
	if len(list) > 3 && s.err == nil {
		s.try(s.h.Dues.Waive(s.ctx, s.neza, fees.Waiver{Member: list[3].ID, Year: year, Reason: "prenova dvorane po požaru", Decision: "sklep UO 4. seje"}))
	}
}

// invoices are made for a year, and most of them paid.
func (s *story) invoices(year int) {
	day := s.ago(200, 9)
	if s.err != nil {
		return
	}
	plan, err := s.h.Dues.Preview(s.ctx, s.neza, year, day, day.AddDays(30))
	s.try(err)
	if s.err == nil {
		_, err = s.h.Dues.Start(s.ctx, s.neza, year, day, day.AddDays(30), false, plan.Seen)
		s.try(err)
	}
	if s.err == nil {
		s.try(s.h.Jobs.Drain(s.ctx))
	}
	paid := s.ago(150, 9)
	list, err := s.h.Dues.Invoices(s.ctx, s.neza, dues.Query{Limit: 100})
	s.try(err)
	for i, one := range list {
		if s.err == nil && i%4 != 3 {
			_, err := s.h.Dues.Pay(s.ctx, s.neza, one.ID, one.Total, paid.AddDays(-i%20), "bančni izpisek")
			s.try(err)
		}
	}
}
