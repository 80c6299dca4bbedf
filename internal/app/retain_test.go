package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// What its time is over for goes at a word of the office, kind by kind: names and
// papers, while numbers, days and sums stay. What is not old enough stays, and so does
// all of a kind that nobody has asked for.
func TestPlan_retained(t *testing.T) {
	for kind, address := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": storetest.PostgresAddress} {
		t.Run(kind, func(t *testing.T) {
			ctx, h := t.Context(), full(t, address(t))
			office := auth.Actor{User: "u9", Name: "Neža Škrbec", Roles: auth.Office}
			of := map[string][]string{
				"invoices": {"dues_invoices", "dues_lines", "dues_ledger"}, "bank": {"bank_entries"}, "declarations": {"dues_declarations"}, "wishes": {"own_wishes"},
				"book": {"audit_lines"}, "letters": {"mail_letters"},
			}
			now := func() map[string]int {
				plans, err := h.Own.Plans(ctx, office)
				if err != nil {
					t.Fatal(err)
				}
				n := map[string]int{}
				for _, p := range plans {
					n[p.Kind] = p.N
				}
				return n
			}
			if n := now(); n["invoices"]+n["declarations"]+n["bank"] > 0 {
				t.Errorf("before their time are over: %v", n)
			}
			h.DB.At(func() time.Time { return time.Date(2040, 1, 2, 10, 0, 0, 0, time.UTC) })
			for kind, tables := range of {
				if n := now(); n[kind] == 0 {
					t.Errorf("%s: nothing is old: %v", kind, n)
				}
				if where := left(t, h); !slices.Contains(where, tables[0]) {
					t.Errorf("%s went before it was asked for", kind)
				}
				if _, err := h.Own.RetainNow(ctx, office, kind); err != nil {
					t.Fatal(err)
				}
				if err := h.Jobs.Drain(ctx); err != nil {
					t.Fatal(err)
				}
				where := left(t, h)
				for _, table := range tables {
					if slices.Contains(where, table) {
						t.Errorf("%s is gone by, and %s still names them", kind, table)
					}
				}
				if n := now(); n[kind] > 0 {
					t.Errorf("%s: %d are left", kind, n[kind])
				}
			}
			if where := left(t, h); !slices.Contains(where, "members") {
				t.Error("the member went with their invoices")
			}
			whole, err := store.Read(ctx, h.DB, func(tx *store.Tx) (s string, err error) {
				return s, tx.QueryRowContext(ctx, `SELECT number || ' ' || issued || ' ' || paper FROM dues_invoices`).Scan(&s)
			})
			if err != nil || !strings.HasSuffix(whole, " 2025-05-01 ") {
				t.Errorf("of the invoice is left %q, %v", whole, err)
			}
		})
	}
}
