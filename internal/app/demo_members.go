package app

import (
	"fmt"
	"slices"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/members/record"
)

// the members by name, as the story needs them.
type roll map[string]members.Member

func (s *story) roll() roll {
	r := roll{}
	for after := members.ID(""); s.err == nil; {
		list, err := s.h.Members.List(s.ctx, s.neza, members.Query{After: after, Limit: 1_000})
		s.try(err)
		for _, m := range list {
			r[m.Name], after = m, m.ID
		}
		if len(list) < 1_000 {
			return r
		}
	}
	return r
}

// mandate is what proves the members, who wants to be one, and an extract.
func (s *story) mandate() {
	all := s.roll()
	if s.err != nil {
		return
	}
	s.proofs(all)
	s.applications()
	s.ago(6, 11)
	_, err := s.h.Proof.Ask(s.ctx, s.neza, proof.Extract{On: s.today.AddDays(-6), Purpose: "sestanek na ministrstvu o reprezentativnosti", Lang: "sl"})
	s.try(err)
}

// proofs writes down where members are registered, and what shows it: not of all,
// as it is in life.
func (s *story) proofs(all roll) {
	seen := s.ago(240, 10)
	for i, name := range sorted(all) {
		m := all[name]
		r := members.Registration{Member: m.ID, In: record.SelfEmployed, Number: fmt.Sprintf("RSK-%04d", 1000+i), Proof: "viewed", ProofDay: seen}
		if m.Kind == members.Organisation {
			r.In, r.Number, r.Proof = record.Associations, fmt.Sprintf("UE-%03d/%d", i, m.Term.From.Year()), "extract"
		} else if i%3 != 0 {
			continue
		}
		if i%7 == 0 {
			r.Proof, r.ProofDay = "", civil.Date{}
		}
		if s.err == nil {
			_, err := s.h.Members.PutRegistration(s.ctx, s.neza, r, nil, "")
			s.try(err)
		}
	}
}

func sorted(all roll) []string {
	var names []string
	for name := range all {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// applications are two that wait for the board.
func (s *story) applications() {
	meeting := s.ago(14, 13).AddDays(23)
	for i, a := range []admission.Application{
		{Kind: members.Person, Name: "Pirnat, Ema", Email: "ema.pirnat@posta.example", Place: "Maribor", Field: "dance", Lang: "sl", Register: "RSK-2231", About: "Plesalka in koreografinja, od leta 2022 samozaposlena v kulturi.", Statute: true, Proof: "izpis iz razvida", ProofOn: s.today.AddDays(-16)},
		{Kind: members.Organisation, Name: "Zavod Prag svetlobe", Email: "pisarna@prag-svetlobe.example", Place: "Velenje", Field: "intermedia", Lang: "sl", Form: "institute", Agent: "Gal Novinec", AgentAs: "direktor", About: "Intermedijske razstave in delavnice.", Statute: true},
	} {
		if s.err != nil {
			return
		}
		a, err := s.h.Admission.TypeIn(s.ctx, s.neza, a)
		s.try(err)
		if s.err == nil && i == 0 {
			_, err = s.h.Admission.PutBefore(s.ctx, s.neza, a.ID, meeting)
			s.try(err)
		}
	}
}
