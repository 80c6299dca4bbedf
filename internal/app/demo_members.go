package app

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/voice/cases"
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

// mandate is what the members' desk has to show: proof, bodies and what they decided,
// applications, an extract.
func (s *story) mandate() {
	all := s.roll()
	if s.err != nil {
		return
	}
	s.proofs(all)
	board := s.bodies(all)
	s.meetings(board)
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
		r := members.Registration{Member: m.ID, In: members.SelfEmployed, Number: fmt.Sprintf("RSK-%04d", 1000+i), Proof: "viewed", ProofDay: seen}
		if m.Kind == members.Organisation {
			r.In, r.Number, r.Proof = members.Associations, fmt.Sprintf("UE-%03d/%d", i, m.Term.From.Year()), "extract"
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

// bodies are those of the association, and one of the ministry's in which it sits.
func (s *story) bodies(all roll) bodies.BodyID {
	from := s.ago(600, 10)
	two := civil.Span{From: from, Until: from.AddMonths(24)}
	add := func(b bodies.Body, seats ...bodies.Seat) bodies.BodyID {
		b.Rule, b.Since = bodies.Law(b.Kind), civil.On(2004, 3, 1)
		if s.err != nil {
			return ""
		}
		b, err := s.h.Bodies.AddBody(s.ctx, s.neza, b)
		s.try(err)
		for _, seat := range seats {
			if s.err != nil {
				break
			}
			seat.Body, seat.Term, seat.Votes = b.ID, two, true
			if seat.By == "" {
				seat.By, seat.How = "Občni zbor", bodies.Elected
			}
			_, err := s.h.Bodies.PutSeat(s.ctx, s.neza, seat)
			s.try(err)
		}
		return b.ID
	}
	seat := func(name, tie string, as bodies.Office) bodies.Seat {
		one := bodies.Seat{Name: name, Office: as, Tie: tie, Act: "OZ-1/2025-4", Email: address(name, "odbor")}
		family, given, _ := strings.Cut(name, " ")
		if m, ok := all[given+", "+family]; ok {
			one.Member, one.Email = m.ID, m.Email
		}
		return one
	}
	add(bodies.Body{Kind: bodies.Assembly, Name: "Občni zbor", Prefix: "OZ"})
	board := add(bodies.Body{Kind: bodies.Board, Name: "Upravni odbor", Prefix: "UO", Places: 7, Months: 24},
		seat("Ivo Tratar", "ngo", bodies.Chair), seat("Ana Dren", "ngo", bodies.Deputy), seat("Oton Lipar", "self_employed_culture", bodies.Sitting), seat("Eva Gaber", "ngo", bodies.Sitting),
		seat("Vid Arh", "ngo", bodies.Sitting), seat("Taja Benko", "self_employed_culture", bodies.Sitting), seat("Meta Rus", "company", bodies.Sitting))
	add(bodies.Body{Kind: bodies.Supervisory, Name: "Nadzorni odbor", Prefix: "NO", Places: 3, Months: 24},
		seat("Tine Bor", "ngo", bodies.Chair), seat("Lana Kobal", "ngo", bodies.Sitting))
	add(bodies.Body{Kind: bodies.Group, Name: "Delovna skupina za prostore", Prefix: "DSP"}, seat("Urh Žagar", "", bodies.Chair), seat("Jana Vrabič", "", bodies.Sitting), seat("Ana Dren", "", bodies.Sitting))
	minister := bodies.Seat{Name: "Ivo Tratar", Office: bodies.Sitting, By: "ministrica", How: bodies.Appointed, Act: "sklep št. 024-8/2025", Falls: "ministrica za umetnost"}
	add(bodies.Body{Kind: bodies.Outside, Name: "Dialoška skupina za samozaposlene", Of: ministry, Falls: "ministrica za umetnost"}, minister)
	return board
}

// meetings are one of the board that is over, with its decisions and minutes, and one
// to which the invitations have gone out.
func (s *story) meetings(board bodies.BodyID) {
	if s.err != nil {
		return
	}
	at := func(day civil.Date, hour int) time.Time {
		return day.Start(s.h.Config.TimeZone).Add(time.Duration(hour) * time.Hour)
	}
	day := s.ago(70, 9).AddDays(8)
	m, err := s.h.Meetings.Plan(s.ctx, s.neza, meetings.Meeting{Body: board, Title: "Stališče do novele in proračun", At: at(day, 17), Ends: at(day, 19), Place: "Tesarska 9, Ljubljana", Chair: "Ivo Tratar", Recorder: "Neža Škrbec"})
	s.try(err)
	for _, i := range []meetings.Item{
		{Title: "Stališče do 1. osnutka novele ZPNK", Speaker: "Neža Škrbec", Said: "Predstavljeni so bili odgovori članov; razprava o bolniškem nadomestilu."},
		{Title: "Popis prostorov", Speaker: "Urh Žagar", Said: "Skupina bo do konca leta zbrala podatke mestnih občin."},
	} {
		if s.err == nil {
			m, err = s.h.Meetings.PutItem(s.ctx, s.neza, m.ID, m.Revision, i)
			s.try(err)
		}
	}
	if s.err != nil {
		return
	}
	m, err = s.h.Meetings.Call(s.ctx, s.neza, m.ID, "", false)
	s.try(err)
	s.ago(62, 17)
	s.sit(m, []meetings.Motion{
		{Item: item(m, 0), Title: "Stališče do novele ZPNK-A", Text: "Upravni odbor potrjuje stališče do 1. osnutka novele ZPNK z devetimi predlogi.", Mover: "Ivo Tratar", Case: cases.Number(s.zpnk), Open: bodies.ToEverybody},
		{Item: item(m, 1), Title: "Popis prostorov", Text: "Delovna skupina za prostore do konca leta popiše prostore, ki jih članice uporabljajo.", Mover: "Urh Žagar", Open: bodies.ToMembers,
			Task: bodies.Task{OwnerIs: "Urh Žagar", Due: s.today.AddDays(39)}},
	})
	if s.err != nil {
		return
	}
	next := s.ago(3, 10).AddDays(12)
	m, err = s.h.Meetings.Plan(s.ctx, s.neza, meetings.Meeting{Body: board, Title: "Priprava občnega zbora", At: at(next, 17), Ends: at(next, 19), Place: "Tesarska 9, Ljubljana", Online: "https://srecanje.example/uo"})
	s.try(err)
	for _, title := range []string{"Potrditev zapisnika", "Sklic rednega občnega zbora", "Sprejem novih članov"} {
		if s.err == nil {
			m, err = s.h.Meetings.PutItem(s.ctx, s.neza, m.ID, m.Revision, meetings.Item{Title: title})
			s.try(err)
		}
	}
	if s.err == nil {
		_, err = s.h.Meetings.Call(s.ctx, s.neza, m.ID, "", false)
		s.try(err)
	}
}

func item(m meetings.Meeting, n int) string {
	if n < len(m.Agenda) {
		return m.Agenda[n].ID
	}
	return ""
}

// sit holds a meeting: five come, the motions carry, the minutes are written.
func (s *story) sit(m meetings.Meeting, motions []meetings.Motion) {
	by := s.neza
	list, err := s.h.Meetings.Attendees(s.ctx, by, meetings.AttendeeQuery{Meeting: m.ID})
	s.try(err)
	for i, a := range list {
		way := meetings.Coming{Way: meetings.InPerson}
		switch {
		case i >= 5:
			way.Way = meetings.Excused
		case i == 3:
			way.Way = meetings.Online
		}
		if s.err == nil {
			_, err := s.h.Meetings.Attend(s.ctx, by, m.ID, a.ID, way)
			s.try(err)
		}
	}
	if s.err != nil {
		return
	}
	_, err = s.h.Meetings.Begin(s.ctx, by, m.ID)
	s.try(err)
	if s.err == nil {
		_, err = s.h.Meetings.Establish(s.ctx, by, m.ID, false)
		s.try(err)
	}
	for i, one := range motions {
		if s.err != nil {
			return
		}
		one.Meeting = m.ID
		one, err := s.h.Meetings.PutMotion(s.ctx, by, one)
		s.try(err)
		if s.err == nil {
			_, err = s.h.Meetings.Decide(s.ctx, by, one.ID, bodies.Count{For: 5 - i, Abstained: i}, "")
			s.try(err)
		}
	}
	if s.err == nil {
		_, err = s.h.Meetings.Close(s.ctx, by, m.ID)
		s.try(err)
	}
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
