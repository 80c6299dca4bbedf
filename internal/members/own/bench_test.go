package own

import (
	"fmt"
	"testing"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// BenchmarkFinds looks through a book of 300,000 lines for whom it names, as each erasure
// and each export of a person does with all tables of the house.
func BenchmarkFinds(b *testing.B) {
	db := storetest.SQLite(b, members.Steps(), Steps())
	err := db.Write(b.Context(), func(tx *store.Tx) error {
		for i := range 300_000 {
			if err := exec(b.Context(), tx, "fill", `INSERT INTO own_consents (id, member, key, text, given, ended, by_name) VALUES ($1, $2, 'photos', 'Smejo me slikati na dogodkih in slike objaviti na straneh mreže.', '', '', $3)`,
				fmt.Sprint(i), fmt.Sprint(i/5), fmt.Sprintf("Taja Benko %d", i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		n := 0
		err := db.Read(b.Context(), func(tx *store.Tx) error {
			return tx.Finds(b.Context(), []string{"Svetozarja Kvašnik", "Kvašnik, Svetozarja", "svetozarja@kvasnik.example", "Taja Benko 299999"}, func(store.Find, map[string]string) error { n++; return nil })
		})
		if err != nil || n != 1 {
			b.Fatal(n, err)
		}
	}
}
