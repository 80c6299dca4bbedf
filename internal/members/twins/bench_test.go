package twins

import (
	"fmt"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// BenchmarkPairs looks for pairs among 60,000 persons and 2,000 organisations:
//
//	go test ./internal/members/twins -run - -bench Pairs -benchtime 5x
func BenchmarkPairs(b *testing.B) {
	for name, open := range map[string]func(testing.TB, ...store.Steps) *store.DB{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			db := open(b, members.Steps(), Steps(), audit.Steps())
			d := members.New(db)
			for at := range 62 {
				err := db.Write(b.Context(), func(tx *store.Tx) error {
					all, err := d.BatchIn(b.Context(), tx, clerk)
					if err != nil {
						return err
					}
					for i := at * 1_000; i < (at+1)*1_000; i++ {
						m := members.Member{Kind: members.Person, Name: fmt.Sprintf("Benko %d, Taja", i), Place: "Koper", Standing: members.Active, Term: civil.Span{From: may}}
						if i%31 == 0 {
							m.Kind, m.Name = members.Organisation, fmt.Sprintf("Kulturno društvo Odmev %d", i/2)
						}
						if _, err := all.Add(b.Context(), m.Tidy()); err != nil {
							return err
						}
					}
					return all.Close(b.Context())
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			for b.Loop() {
				if _, err := New(db, d).Pairs(b.Context(), clerk); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
