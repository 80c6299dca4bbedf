package meetings

import (
	"fmt"
	"testing"

	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// The pages of an assembly to which 60,000 are called and 20,000 came: a page of the
// list, of those who are there, a name looked for, the count for the quorum.
func BenchmarkAssembly(b *testing.B) {
	for name, db := range map[string]func(testing.TB, ...store.Steps) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			r := open(b, db(b, steps...))
			oz := must(r.Bodies.AddBody(r.ctx, clerk, bodies.Body{Kind: bodies.Assembly, Name: "Občni zbor", Prefix: "OZ", Rule: bodies.Law(bodies.Assembly)}))(b)
			m := r.plan(oz, false)
			for k := range 12 {
				err := r.db.Write(r.ctx, func(tx *store.Tx) error {
					for i := range 5_000 {
						a := Attendee{ID: AttendeeID(tx.ID()), Meeting: m.ID, Name: fmt.Sprintf("Priimek %05d, Ime %d", k*5_000+i, i%97), Office: bodies.Sitting, Votes: true}
						if i%3 == 0 {
							a.Way = InPerson
						}
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
			for _, tt := range []struct {
				name string
				do   func() error
			}{
				{"page", func() error { return second(r.Attendees(r.ctx, clerk, AttendeeQuery{Meeting: m.ID})) }},
				{"there", func() error { return second(r.Attendees(r.ctx, clerk, AttendeeQuery{Meeting: m.ID, Way: "there"})) }},
				{"search", func() error { return second(r.Attendees(r.ctx, clerk, AttendeeQuery{Meeting: m.ID, Text: "59990"})) }},
				{"count", func() error { return second(r.Presence(r.ctx, clerk, m.ID, false)) }},
			} {
				b.Run(tt.name, func(b *testing.B) {
					for b.Loop() {
						if err := tt.do(); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		})
	}
}
