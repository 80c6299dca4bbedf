package app

import (
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
)

// bodies makes the bodies of the association, a meeting of the board with what it
// decided, one that is called, and one that is being prepared.
func (s *story) bodies() {
	s.ago(390, 10)
	law := bodies.Law(bodies.Assembly)
	law.Notice, law.Proxies, law.Wait, law.Quorum.Second = 15, 2, 30, &tally.Presence{Least: 20}
	law.Special = tally.TwoThirdsThere
	s.body(bodies.Body{Kind: bodies.Assembly, Name: "Občni zbor", Prefix: "OZ", Rule: law})
	rule := bodies.Law(bodies.Board)
	rule.Cite, rule.Notice, rule.Majority.OnTie = "Statut, 31. člen", 5, tally.Chair
	board := s.body(bodies.Body{Kind: bodies.Board, Name: "Upravni odbor", Prefix: "UO", Places: 6, Months: 36, Rule: rule})
	since := s.today.AddDays(20).AddMonths(-36) // the mandates end in twenty days
	for i, name := range []string{"Ivo Tratar", "Ana Dren", "Oton Lipar", "Jana Vrabič", "Eva Gaber"} {
		seat := bodies.Seat{Body: board.ID, Name: name, Votes: true, Term: civil.Span{From: since}, By: "Občni zbor", Act: "OZ-1/" + since.String()[:4] + "-6", Tie: "ngo"}
		if i == 0 {
			seat.Office = bodies.Chair
		}
		for _, a := range demoAccounts {
			if a.Name == name {
				seat.Email = a.Email
			}
		}
		s.seat(seat)
	}
	no := s.body(bodies.Body{Kind: bodies.Supervisory, Name: "Nadzorni odbor", Prefix: "NO", Places: 3, Months: 36, Rule: bodies.Law(bodies.Supervisory)})
	s.seat(bodies.Seat{Body: no.ID, Name: "Vid Arh", Office: bodies.Chair, Votes: true, Term: civil.Span{From: since}, By: "Občni zbor"})
	group := s.body(bodies.Body{Kind: bodies.Group, Name: "Delovna skupina za prostore", Prefix: "DSP", Rule: bodies.Law(bodies.Group)})
	s.seat(bodies.Seat{Body: group.ID, Name: "Ana Dren", Email: "ana.dren@pesto.example", Office: bodies.Chair, Votes: true, How: bodies.Coopted, Term: civil.Span{From: s.today.AddDays(-200)}})
	talks := s.body(bodies.Body{Kind: bodies.Outside, Name: "Dialoška skupina za nevladne organizacije", Of: "Ministrstvo za umetnost in ustvarjalnost", Falls: "ministrica", Rule: bodies.Law(bodies.Outside)})
	s.seat(bodies.Seat{Body: talks.ID, Name: "Ivo Tratar", How: bodies.Appointed, Votes: true, By: "ministrica", Act: "sklep št. 024-8", Falls: "Mojca Hrast", For: DemoName, Term: civil.Span{From: s.today.AddDays(-300)}})
	if s.err != nil {
		return
	}
	s.pastMeeting(board, group)
	s.nextMeeting(board)
}

func (s *story) body(b bodies.Body) bodies.Body {
	if s.err != nil {
		return b
	}
	b, err := s.h.Bodies.AddBody(s.ctx, s.neza, b)
	s.try(err)
	return b
}

func (s *story) seat(seat bodies.Seat) {
	if s.err == nil {
		_, err := s.h.Bodies.PutSeat(s.ctx, s.neza, seat)
		s.try(err)
	}
}

// pastMeeting is a meeting of the board with a decision, whose minutes wait.
func (s *story) pastMeeting(board, group bodies.Body) {
	d := s.h.Meetings
	day := s.ago(45, 9)
	m := s.meeting(meetings.Meeting{Body: board.ID, Title: "6. redna seja", At: s.hour(day.AddDays(7)), Place: "Tesarska 9"}, "Poročilo pisarne", "Najem skupnih prostorov")
	if s.err != nil {
		return
	}
	one, err := d.PutMotion(s.ctx, s.neza, meetings.Motion{
		Meeting: m.ID, Item: m.Agenda[1].ID, Title: "Najem prostorov v Tobačni", Text: "Mreža najame prostore v Tobačni za tri leta.\nNajemnina je do 500 evrov na mesec.",
		Mover: "Ivo Tratar", Reasons: "Delovna skupina za prostore je pregledala pet ponudb.", Open: bodies.ToMembers, Task: bodies.Task{Owner: s.neza.User, OwnerIs: s.neza.Name, Due: s.today.AddDays(9), Note: "Podpis pogodbe"},
	})
	s.try(err)
	if s.err == nil {
		_, err = d.AddPaper(s.ctx, s.neza, m.ID, m.Agenda[1].ID, "ponudbe.csv", strings.NewReader("prostor;m2;najemnina\nTobačna;85;480\nPodhod;60;390\n"))
		s.try(err)
		_, err = d.Call(s.ctx, s.neza, m.ID, "", false)
		s.try(err)
		s.try(s.h.Jobs.Drain(s.ctx))
	}
	s.ago(38, 18)
	s.sit(m, one)
	_, err = s.h.Bodies.AddPaper(s.ctx, s.neza, bodies.Paper{Body: group.ID, Name: "ogled.txt"}, strings.NewReader("Tobačna: dvorana in dve pisarni, dostop brez stopnic."))
	s.try(err)
	s.try(s.h.Bodies.AddNote(s.ctx, s.neza, group.ID, "Ogled Tobačne je bil v sredo. Streha je nova, ogrevanje je skupno."))
}

// sit has the meeting held: four come, one of them online, and vote.
func (s *story) sit(m meetings.Meeting, one meetings.Motion) {
	d := s.h.Meetings
	if s.err != nil {
		return
	}
	_, err := d.Begin(s.ctx, s.neza, m.ID)
	s.try(err)
	all, err := d.Attendees(s.ctx, s.neza, meetings.AttendeeQuery{Meeting: m.ID})
	s.try(err)
	for i, a := range all {
		way := []meetings.Way{meetings.InPerson, meetings.InPerson, meetings.Online, meetings.InPerson, meetings.Excused}[i%5]
		_, err := d.Attend(s.ctx, s.neza, m.ID, a.ID, meetings.Coming{Way: way})
		s.try(err)
	}
	_, err = d.Establish(s.ctx, s.neza, m.ID, false)
	s.try(err)
	one, err = d.Amend(s.ctx, s.neza, one.ID, meetings.Amendment{Change: meetings.Replace, Para: 2, Text: "Najemnina je do 480 evrov na mesec.", Mover: "Ana Dren"})
	s.try(err)
	if s.err != nil {
		return
	}
	_, err = d.Settle(s.ctx, s.neza, one.ID, one.Amendments[0].ID, meetings.Accepted, bodies.Count{}, "")
	s.try(err)
	_, err = d.Decide(s.ctx, s.neza, one.ID, bodies.Count{For: 3, Against: 0}, "")
	s.try(err)
	_, err = d.Close(s.ctx, s.neza, m.ID)
	s.try(err)
}

// nextMeeting is one that is called, and one whose agenda is being written.
func (s *story) nextMeeting(board bodies.Body) {
	s.ago(2, 11)
	m := s.meeting(meetings.Meeting{Body: board.ID, Title: "7. redna seja", At: s.hour(s.today.AddDays(6)), Place: "Tesarska 9", Online: "https://srecanja.mnk.example/uo"}, "Potrditev zapisnika", "Stališče do ZPNK-A", "Razno")
	s.meeting(meetings.Meeting{Body: board.ID, Title: "8. redna seja", At: s.hour(s.today.AddDays(40))}, "Letni načrt")
	if s.err != nil {
		return
	}
	_, err := s.h.Meetings.PutMotion(s.ctx, s.neza, meetings.Motion{Meeting: m.ID, Item: m.Agenda[1].ID, Title: "Mandat za stališče", Text: "Upravni odbor potrdi stališče do ZPNK-A.", Mover: "Ivo Tratar", Case: string(s.zpnk)})
	s.try(err)
	_, err = s.h.Meetings.Call(s.ctx, s.neza, m.ID, "", false)
	s.try(err)
}

func (s *story) meeting(m meetings.Meeting, points ...string) meetings.Meeting {
	if s.err != nil {
		return m
	}
	m, err := s.h.Meetings.Plan(s.ctx, s.neza, m)
	s.try(err)
	for _, title := range points {
		if s.err == nil {
			m, err = s.h.Meetings.PutItem(s.ctx, s.neza, m.ID, m.Revision, meetings.Item{Title: title})
			s.try(err)
		}
	}
	return m
}

// hour is six in the evening of the day.
func (s *story) hour(day civil.Date) time.Time {
	return day.Start(s.h.Config.TimeZone).Add(18 * time.Hour)
}
