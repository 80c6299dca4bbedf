package app

import (
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

const ministry = "Ministrstvo za umetnost in ustvarjalnost"

// add puts a text into the corpus.
func (s *story) add(g corpus.Given) law.VersionID {
	if s.err != nil {
		return ""
	}
	v, err := s.h.Law.Add(s.ctx, s.neza, g)
	s.try(err)
	return v.ID
}

// acts are the act of the demo house and what it was before.
func (s *story) acts() {
	s.ago(399, 10)
	zpnk := corpus.Given{Title: "Zakon o podpori neodvisni kulturi", Short: "ZPNK", Kind: corpus.Statute, Open: true}
	zpnk.Label, zpnk.On, zpnk.Text = "osnovno besedilo", civil.On(2022, 1, 1), s.text("zpnk-2022.txt")
	s.add(zpnk)
	zpnk.Label, zpnk.On, zpnk.Text = "NPB 1", civil.On(2024, 1, 1), s.text("zpnk.txt")
	s.inForce = s.add(zpnk)
}

// open opens a case and tells what happened in it.
func (s *story) open(c cases.Case, events ...cases.Event) cases.Case {
	if s.err != nil {
		return c
	}
	c.Owner, c.OwnerIs = s.neza.User, s.neza.Name
	made, err := s.h.Cases.Open(s.ctx, s.neza, c)
	s.try(err)
	for _, e := range events {
		if s.err != nil {
			break
		}
		e.Case = made.ID
		_, err := s.h.Cases.AddEvent(s.ctx, s.neza, e)
		s.try(err)
	}
	return made
}

func event(key procedure.Event, on civil.Date) cases.Event { return cases.Event{Key: key, On: on} }

// close ends a case as it ended.
func (s *story) end(id voice.CaseID, state cases.State) {
	if s.err == nil {
		s.try(s.h.Cases.SetState(s.ctx, s.neza, id, state))
	}
}

// olderCases are what an association has behind it and beside it.
func (s *story) olderCases() {
	for _, o := range []struct {
		opened int // days ago
		c      cases.Case
		events func(opened civil.Date) []cases.Event
		ended  cases.State
	}{
		{880, cases.Case{Title: "Sklad za prostore neodvisne kulture", Kind: procedure.Bylaw, Proposer: "Vlada", Body: "government", Public: true,
			Lead: "Sprejet, a brez denarja: v dveh letih ni bil odprt noben razpis."},
			func(d civil.Date) []cases.Event {
				return []cases.Event{event("draft_published", d), event("consultation_closes", d.AddDays(21)), event("comments_sent", d.AddDays(20)), event("to_government", d.AddDays(60)), event("government_adopted", d.AddDays(74))}
			}, cases.NoEffect},
		{560, cases.Case{Title: "Davek na honorarje pod 400 evrov", Short: "ZDoh-2AF", Kind: procedure.Law, Proposer: "Ministrstvo za finance", Public: true,
			Lead: "Predlagali smo enotno olajšavo za drobne honorarje. Predlog je sprejet in velja."},
			func(d civil.Date) []cases.Event {
				return []cases.Event{event("draft_published", d), event("consultation_closes", d.AddDays(31)), event("comments_sent", d.AddDays(30)), event("to_government", d.AddDays(90))}
			}, cases.Won},
		{390, cases.Case{Title: "Pravilnik o razpisih: merila za večletne programe", Kind: procedure.Rulebook, Proposer: ministry, Public: true,
			Lead: "Ministrica spreminja merila za večletne programe. O pravilniku se z javnostjo ni dolžna posvetovati; pripombe pošljemo vseeno."},
			func(d civil.Date) []cases.Event {
				return []cases.Event{event("draft_published", d), event("consultation_closes", d.AddDays(14)), event("comments_sent", d.AddDays(13))}
			}, cases.Waiting},
		{330, cases.Case{Title: "Programski razpis 2027–2030", Kind: procedure.Call, Code: "JPR-PROG-2027-2030", Proposer: ministry, Public: true,
			Lead: "Štiriletni razpis za programe. Rok za oddajo je blizu; enajst članic je lani oddalo zadnji dan."},
			func(civil.Date) []cases.Event {
				return []cases.Event{event("call_published", s.today.AddDays(-24)), event("call_closes", s.today.AddDays(22))}
			}, ""},
		{250, cases.Case{Title: "Delovne štipendije: starostna meja", Kind: procedure.Call, Code: "JPR-DSM-2026", Proposer: ministry},
			func(d civil.Date) []cases.Event {
				return []cases.Event{event("call_published", d), event("call_closes", d.AddDays(30))}
			}, cases.Lost},
		{190, cases.Case{Title: "Strategija razvoja nevladnih organizacij do 2032", Kind: procedure.Strategy, Proposer: "Ministrstvo za upravo", Public: true,
			Lead: "Strategija določa, kako bo država do leta 2032 podpirala nevladne organizacije."},
			func(d civil.Date) []cases.Event {
				return []cases.Event{event("draft_published", d), event("consultation_closes", d.AddDays(33)), event("comments_sent", d.AddDays(32))}
			}, ""},
		{120, cases.Case{Title: "Nujni paket ukrepov po poplavah", Short: "ZIUPP", Kind: procedure.Law, Variant: procedure.Urgent, Proposer: "Vlada", Public: true},
			func(d civil.Date) []cases.Event {
				return []cases.Event{event("draft_published", d), event("consultation_closes", d.AddDays(2)), event("to_government", d.AddDays(3))}
			}, cases.Won},
		{70, cases.Case{Title: "Odlok o plakatnih mestih v Ljubljani", Kind: cases.Other, Proposer: "Mestna občina Ljubljana"}, nil, ""},
		{45, cases.Case{Title: "Obljuba: proračunska postavka za neodvisno kulturo", Kind: cases.Other, Proposer: "Predsednik vlade",
			Lead: "Obljubljena je bila posebna postavka in podvojitev sredstev do leta 2028."}, nil, ""},
	} {
		day := s.ago(o.opened, 9)
		o.c.Opened = day
		var events []cases.Event
		if o.events != nil {
			events = o.events(day)
		}
		made := s.open(o.c, events...)
		if o.ended != "" {
			s.ago(max(0, o.opened-100), 14)
			s.end(made.ID, o.ended)
		}
	}
}
