package corpus

import (
	"fmt"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// The list with 10,000 acts, and an act with 100 versions.
func BenchmarkDesk(b *testing.B) {
	d := New(storetest.SQLite(b, Steps(), audit.Steps()), nil)
	ctx := b.Context()
	err := d.db.Write(ctx, func(tx *store.Tx) error {
		for i := range 10_000 {
			p, err := Read(Given{Title: fmt.Sprintf("Pravilnik o stvari %d in njenih delih", i), Text: "1. člen\nBesedilo.\n"})
			if err != nil {
				return err
			}
			if _, err := d.AddIn(ctx, tx, clerk, p); err != nil {
				return err
			}
		}
		for i := range 100 {
			p, err := Read(Given{Short: "ZKl", Text: fmt.Sprintf("%s\n4. člen\nRok je %d dni.\n", first, i), On: civil.On(2000+i/4, 1, 1+i%4)})
			if err != nil {
				return err
			}
			if _, err := d.AddIn(ctx, tx, clerk, p); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	last, err := d.At(ctx, clerk, "zkl", civil.On(2030, 1, 1))
	if err != nil {
		b.Fatal(err)
	}
	for name, ask := range map[string]func() error{
		"list": func() error { _, err := d.Acts(ctx, clerk, Query{}); return err },
		"list-deep": func() error {
			_, err := d.Acts(ctx, clerk, Query{After: "pravilnik-o-stvari-9000-in-njenih-delih"})
			return err
		},
		"find":      func() error { _, err := d.Acts(ctx, clerk, Query{Text: "stvari 9999"}); return err },
		"find-none": func() error { _, err := d.Acts(ctx, nobody, Query{Text: "gozd"}); return err },
		"at":        func() error { _, err := d.At(ctx, clerk, "zkl", civil.On(2012, 6, 1)); return err },
		"versions":  func() error { _, err := d.Versions(ctx, clerk, "zkl"); return err },
		"history": func() error {
			_, err := d.History(ctx, clerk, law.Address{Version: last.ID, Provision: "art_4"})
			return err
		},
		"provisions": func() error { _, err := d.Provisions(ctx, clerk, last.ID, "art_2__para_1"); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := ask(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
