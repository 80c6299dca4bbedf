package dues

import (
	"context"
	"fmt"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// A fee run of 2,000 invoices with their papers and letters; the budget is 60 s:
//
//	go test ./internal/members/dues -run xxx -bench Run -benchtime 1x
func BenchmarkRun(b *testing.B) {
	for _, db := range []struct {
		name string
		open func(testing.TB, ...store.Steps) *store.DB
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}} {
		b.Run(db.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				r := open(b, db.open(b, steps...))
				r.crowd(b, 2000)
				b.StartTimer()
				if run := r.run(b); run.State != Done || run.Papers != 2000 {
					b.Fatalf("the run is %+v", run)
				}
			}
		})
	}
}

// crowd adds n persons in one transaction.
func (r *room) crowd(b testing.TB, n int) {
	err := r.db.Write(context.Background(), func(tx *store.Tx) error {
		for i := range n {
			_, err := r.Members.AddIn(context.Background(), tx, clerk, members.Member{
				Kind: members.Person, Standing: members.Active, Term: civil.Span{From: civil.On(2010, 1, 1)}, Name: fmt.Sprintf("Oseba%04d, Žiga", i),
				Email: fmt.Sprintf("oseba%d@member.example", i), Street: "Dolga ulica 1", Postcode: "1000", Place: "Ljubljana",
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

// What a run would do for 20,000 persons, and the year at a glance:
//
//	go test ./internal/members/dues -run xxx -bench Preview -benchtime 3x
func BenchmarkPreview(b *testing.B) {
	r := open(b, storetest.SQLite(b, steps...))
	r.crowd(b, 20_000)
	b.Run("plan", func(b *testing.B) {
		for b.Loop() {
			if p, err := r.Preview(context.Background(), clerk, 2026, start, due); err != nil || p.Invoices != 20_000 {
				b.Fatal(p.Invoices, err)
			}
		}
	})
	b.Run("overview", func(b *testing.B) {
		for b.Loop() {
			if _, err := r.Overview(context.Background(), clerk, 2026, start); err != nil {
				b.Fatal(err)
			}
		}
	})
}
