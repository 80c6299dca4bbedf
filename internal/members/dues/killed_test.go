package dues

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// A fee run whose process is killed while it bills, and again while it prints, goes on
// in another: no number is missing or given twice, nobody is billed or written to
// twice. The test runs itself again as the processes that are killed.
func TestRun_killed(t *testing.T) {
	if address := os.Getenv("DUES_TEST_HOUSE"); address != "" {
		db, err := store.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		r := reopen(t, db, os.Getenv("DUES_TEST_FILES"))
		if r.now, err = time.Parse(time.RFC3339, os.Getenv("DUES_TEST_NOW")); err != nil {
			t.Fatal(err)
		}
		r.drain(t)
		return
	}
	for name, address := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "house.db") },
		"postgres": func(t *testing.T) string { return storetest.PostgresAddress(t) },
	} {
		t.Run(name, func(t *testing.T) {
			house, files := address(t), t.TempDir()
			db, err := store.Open(t.Context(), house)
			if err == nil {
				err = db.Migrate(t.Context(), steps...)
			}
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { db.Close() })
			r := reopen(t, db, files)
			for _, rule := range assembly[:2] {
				if _, err := r.AddRule(t.Context(), clerk, rule); err != nil {
					t.Fatal(err)
				}
			}
			const many = 240
			r.crowd(t, many)
			p, err := r.Preview(t.Context(), clerk, 2026, start, due)
			if err != nil {
				t.Fatal(err)
			}
			run, err := r.Start(t.Context(), clerk, 2026, start, due, true, p.Seen)
			if err != nil {
				t.Fatal(err)
			}
			r.kill(t, run.ID, house, files, func(x Run) bool { return x.Billed >= 100 })
			r.now = r.now.Add(time.Hour)
			r.kill(t, run.ID, house, files, func(x Run) bool { return x.Papers >= 40 })
			r.now = r.now.Add(time.Hour)
			r.drain(t)

			run, err = r.Run(t.Context(), clerk, run.ID)
			if err != nil || run.State != Done || run.Billed != many || run.Papers != many {
				t.Errorf("the run is %+v, %v", run, err)
			}
			list, err := r.Invoices(t.Context(), clerk, Query{Limit: 1000, forward: true})
			if err != nil || len(list) != many {
				t.Fatalf("%d invoices, %v", len(list), err)
			}
			for n, i := range list {
				if i.Number != number(2026, n+1) || i.Paper == "" || i.Sent.IsZero() {
					t.Errorf("of place %d is %s, with the paper %q", n+1, i.Number, i.Paper)
				}
			}
			letters, err := r.Mail.Outbox(t.Context(), clerk, mail.Query{Limit: 2 * many})
			about := map[string]bool{}
			for _, l := range letters {
				about[l.About] = true
			}
			if err != nil || len(letters) != many || len(about) != many {
				t.Errorf("%d letters about %d invoices, %v", len(letters), len(about), err)
			}
			r.balanced(t)
			r.once(t)
		})
	}
}

// kill has another process work on the run, and kills it as soon as the run is so far;
// it must not have come to the end.
func (r *room) kill(t *testing.T, run, house, files string, far func(Run) bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestRun_killed$")
	cmd.Env = append(slices.Clone(os.Environ()), "DUES_TEST_HOUSE="+house, "DUES_TEST_FILES="+files, "DUES_TEST_NOW="+r.now.Format(time.RFC3339))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		x, err := r.Run(t.Context(), clerk, run)
		if err != nil {
			t.Fatal(err)
		}
		if far(x) {
			break
		}
		select {
		case err := <-ended:
			t.Fatalf("the process ended by itself: %v", err)
		case <-time.After(time.Millisecond):
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-ended
	if x, err := r.Run(t.Context(), clerk, run); err != nil || x.State == Done {
		t.Fatalf("it was killed too late: %+v, %v", x, err)
	}
}
