package meetings

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	givenNames  = strings.Fields("Ana Marija Maja Mojca Irena Mateja Nina Nataša Andreja Barbara Franc Janez Marko Andrej Ivan Anton Jožef Jože Luka Peter Taja Urh Vid Izak Žiga Špela")
	familyNames = strings.Fields("Novak Horvat Kovačič Krajnc Zupančič Potočnik Kovač Mlakar Kos Vidmar Golob Turk Kralj Božič Korošec Bizjak Zupan Hribar Kotnik Rozman Benko Žagar Škrbec Čeh Arh")
)

// nameOf is the name of one of many.
func nameOf(i int) string {
	return fmt.Sprintf("%s, %s %d", familyNames[i*11%len(familyNames)], givenNames[i*7%len(givenNames)], i)
}

// databases are those on which benchmarks run.
var databases = map[string]func(testing.TB, ...store.Steps) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres}

// timed runs f and tells the times within which it is done in half of the cases, and in
// 95 of 100.
func timed(b *testing.B, f func() error) {
	var times []time.Duration
	for b.Loop() {
		start := time.Now()
		if err := f(); err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	for _, part := range []int{50, 95} {
		b.ReportMetric(float64(times[len(times)*part/100].Microseconds())/1000, fmt.Sprintf("p%d-ms", part))
	}
}

// The pages of an assembly to which 60,000 are called and 20,000 came: a page of the
// list, of those who are there, names looked for, one noted as there, the count for
// the quorum:
//
//	go test ./internal/members/meetings -run - -bench Assembly -benchtime 20x
func BenchmarkAssembly(b *testing.B) {
	for name, db := range databases {
		b.Run(name, func(b *testing.B) {
			r := open(b, db(b, steps...))
			oz := must(r.Bodies.AddBody(r.ctx, clerk, bodies.Body{Kind: bodies.Assembly, Name: "Občni zbor", Prefix: "OZ", Rule: bodies.Law(bodies.Assembly)}))(b)
			m := r.plan(oz, false)
			m = must(r.Call(r.ctx, clerk, m.ID, "", true))(b)
			var middle AttendeeID
			for k := range 12 {
				err := r.db.Write(r.ctx, func(tx *store.Tx) error {
					for i := range 5_000 {
						a := Attendee{ID: AttendeeID(tx.ID()), Meeting: m.ID, Name: nameOf(k*5_000 + i), Office: bodies.Sitting, Votes: true}
						if i%3 == 0 {
							a.Way = InPerson
						}
						middle = a.ID
						if err := putAttendee(r.ctx, tx, a); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			if err := r.db.Analyze(r.ctx); err != nil {
				b.Fatal(err)
			}
			ask := func(q AttendeeQuery) func() error {
				q.Meeting = m.ID
				return func() error { return second(r.Attendees(r.ctx, clerk, q)) }
			}
			way := InPerson
			for _, tt := range []struct {
				name string
				do   func() error
			}{
				{"page", ask(AttendeeQuery{})}, {"page from the middle", ask(AttendeeQuery{After: middle})}, {"there", ask(AttendeeQuery{Way: "there"})},
				{"search: one of all", ask(AttendeeQuery{Text: "59990"})}, {"search: a family", ask(AttendeeQuery{Text: "novak"})}, {"search: one letter", ask(AttendeeQuery{Text: "ž"})},
				{"search: both names", ask(AttendeeQuery{Text: "škrbec špela"})}, {"search: a given name who is there", ask(AttendeeQuery{Text: "marija", Way: "there"})}, {"search: nobody", ask(AttendeeQuery{Text: "novakx"})},
				{"mark", func() error {
					way = map[Way]Way{InPerson: Absent, Absent: InPerson}[way]
					return second(r.Attend(r.ctx, clerk, m.ID, middle, Coming{Way: way}))
				}},
				{"quorum", func() error { return second(r.Presence(r.ctx, clerk, m.ID, false)) }},
			} {
				b.Run(tt.name, func(b *testing.B) { timed(b, tt.do) })
			}
		})
	}
}

// An assembly of 60,000 called by letter: all are entered, and each gets a letter
// with a calendar and a link of their own, written down in the ledger:
//
//	go test ./internal/members/meetings -run - -bench Call -benchtime 1x
func BenchmarkCall(b *testing.B) {
	const all = 60_000
	for name, db := range databases {
		b.Run(name, func(b *testing.B) {
			r := open(b, db(b, steps...))
			for at := 0; at < all; at += 2_000 {
				err := r.db.Write(r.ctx, func(tx *store.Tx) error {
					for i := at; i < at+2_000; i++ {
						m := members.Member{Kind: members.Person, Name: nameOf(i), Email: fmt.Sprintf("m%d@posta.example", i), Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}
						if _, err := r.Members.AddIn(r.ctx, tx, clerk, m); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			if err := r.db.Analyze(r.ctx); err != nil {
				b.Fatal(err)
			}
			oz := must(r.Bodies.AddBody(r.ctx, clerk, bodies.Body{Kind: bodies.Assembly, Name: "Občni zbor", Prefix: "OZ", Rule: bodies.Law(bodies.Assembly)}))(b)
			for b.Loop() {
				m := r.plan(oz, false)
				start := time.Now()
				must(r.Call(r.ctx, clerk, m.ID, "", false))(b)
				b.ReportMetric(float64(time.Since(start).Milliseconds()), "call-ms")
				r.write(b)
				if n := letterCount(must(r.Sent(r.ctx, clerk, m.ID))(b)); n != all {
					b.Fatalf("%d letters", n)
				}
				b.ReportMetric(all/time.Since(start).Seconds(), "letters/s")
			}
		})
	}
}

// write does the jobs of letters, and leaves those that send.
func (r *room) write(t testing.TB) {
	t.Helper()
	if err := r.Jobs.Drain(r.ctx); err != nil {
		t.Fatal(err)
	}
}

func letterCount(states map[mail.State]int) (n int) {
	for _, k := range states {
		n += k
	}
	return n
}
