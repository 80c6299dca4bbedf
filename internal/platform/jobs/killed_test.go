package jobs

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A process that is killed at work loses no job: another does it when the lease
// ends. The test runs itself again as the process that is killed.
func TestDesk_killed(t *testing.T) {
	if path := os.Getenv("JOBS_TEST_HOUSE"); path != "" {
		work := func(context.Context, Run) error { fmt.Println("at work"); select {} }
		if err := New(openHouse(t, path), map[string]Work{"long": work}).Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		return
	}
	path := filepath.Join(t.TempDir(), "house.db")
	done := 0
	db := openHouse(t, path)
	d := New(db, map[string]Work{"long": func(context.Context, Run) error { done++; return nil }})
	id := add(t, d, Job{Kind: "long"})

	cmd := exec.Command(os.Args[0], "-test.run=^TestDesk_killed$")
	cmd.Env = append(os.Environ(), "JOBS_TEST_HOUSE="+path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() && lines.Text() != "at work" {
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	cmd.Wait() // says that it was killed

	drain(t, d)
	if e := get(t, d, id); done != 0 || e.State != Running {
		t.Fatalf("within the lease: done %d times, %+v", done, e)
	}
	db.At(func() time.Time { return time.Now().Add(d.lease) })
	drain(t, d)
	if e := get(t, d, id); done != 1 || e.State != Done || e.Tries != 2 {
		t.Errorf("after the lease: done %d times, %+v", done, e)
	}
}

func openHouse(t *testing.T, path string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.Migrate(t.Context(), Steps(), audit.Steps()); err != nil {
		t.Fatal(err)
	}
	return db
}
