package app_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// A database that may not grow says so in one sentence: nothing is half written,
// what was typed is in the form again, and it can be sent once there is room.
func TestHard_fullDatabase(t *testing.T) {
	t.Parallel()
	h := furnished(t)
	handler := h.Handler()
	neza := visit(t, h, handler, coordinator)
	link := invitation(t, h, "ana.dren@pesto.example")
	ana := visit(t, h, handler, nobody)
	form := fields(ana.get(link).raw, link+"/save")
	answer := strings.Repeat("Ne strinjamo se. ", 200) + "Konec."
	for i := range 7 {
		form.Set(fmt.Sprint("s", i+1), "object")
		form.Set(fmt.Sprint("t", i+1), answer)
	}
	draft := strings.Repeat("Čebele šumijo. ", 100_000)
	before := sums(t, h.DB)
	grows(t, h, 1)
	neza.post("/cases/new", "text", draft, "source", "https://gov.example/x").is(http.StatusUnprocessableEntity).
		says(sentence(h, "store.full"), draft, "https://gov.example/x")
	ana.post(link+"/save", pairs(form)...).is(http.StatusUnprocessableEntity).says(sentence(h, "store.full"), answer)
	if after := sums(t, h.DB); !maps.Equal(before, after) {
		t.Errorf("changed: %v", changed(before, after))
	}
	neza.get("/today").is(http.StatusOK)
	grows(t, h, 1<<30)
	at := neza.post("/cases/new", "text", draft).leads()
	neza.get(at).is(http.StatusOK).says("Čebele šumijo.")
	ana.post(link+"/save", pairs(form)...).is(http.StatusSeeOther)
	ana.get(link).is(http.StatusOK).says(answer)
}

// grows bounds the pages of the database; it cannot be made smaller than it is.
func grows(t *testing.T, h *app.House, pages int) {
	t.Helper()
	if err := h.DB.Write(t.Context(), func(tx *store.Tx) error {
		_, err := tx.ExecContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages))
		return err
	}); err != nil {
		t.Fatal(err)
	}
}

// On a disk that is full to the last byte nothing is half written, neither in the
// database nor among the files; all that was there can still be read.
func TestHard_fullDisk(t *testing.T) {
	dir := t.TempDir()
	smallDisk(t, dir, "96m")
	h := furnished(t, "ASOCIACIJA_DATA="+dir)
	neza := visit(t, h, h.Handler(), coordinator)
	kept := neza.send("/cases/new", "prej.txt", []byte("Zakon o čebelah\n\n1. člen\n\nPrej.\n")).leads()
	before := sums(t, h.DB)
	had := stored(t, dir)
	ballast := filepath.Join(dir, "ballast")
	fill(t, ballast)

	draft := strings.Repeat("Čebele šumijo. ", 700_000)
	neza.send("/cases/new", "", nil, "text", draft, "source", "https://gov.example/x").is(http.StatusUnprocessableEntity).
		says(sentence(h, "store.full"), draft, "https://gov.example/x")
	neza.send("/cases/new", "osnutek.txt", []byte(draft), "text", "", "source", "https://gov.example/y").is(http.StatusUnprocessableEntity).
		says(sentence(h, "blob.disk_full"), "https://gov.example/y")
	if after := sums(t, h.DB); !maps.Equal(before, after) {
		t.Errorf("changed: %v", changed(before, after))
	}
	if now := stored(t, dir); !slices.Equal(had, now) {
		t.Errorf("files were %v and are %v", had, now)
	}
	neza.get(kept).is(http.StatusOK).says("Prej.")

	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	at := neza.send("/cases/new", "osnutek.txt", []byte(draft)).leads()
	neza.get(at).is(http.StatusOK).says("Čebele šumijo.")
}

// stored lists what stands among the files of the house.
func stored(t *testing.T, dir string) (list []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(dir, "files"), func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			list = append(list, filepath.Base(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// fill writes until the disk takes no more.
func fill(t *testing.T, name string) {
	t.Helper()
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 20; size > 0; {
		if n, err := f.Write(make([]byte, size)); err != nil && n == 0 {
			size /= 2
		}
	}
}

// smallDisk makes the folder a disk of the size, in memory.
func smallDisk(t *testing.T, dir, size string) {
	t.Helper()
	if err := mount(dir, size); err != nil {
		storetest.Need(t, "a small disk cannot be mounted here: "+err.Error())
	}
	t.Cleanup(func() {
		if err := unmount(dir); err != nil {
			t.Error(err)
		}
	})
}

// sums are checksums of all tables, but of when a session was last seen.
func sums(t testing.TB, db *store.DB) map[string]string {
	t.Helper()
	ctx := t.Context()
	out := map[string]string{}
	err := db.Read(ctx, func(tx *store.Tx) error {
		tables, err := tx.Tables(ctx)
		for _, table := range tables {
			if err != nil {
				return err
			}
			sum, seen := sha256.New(), -1
			if strings.Contains(table.Name, "session") {
				seen = slices.Index(table.Columns, "seen")
			}
			err = tx.Rows(ctx, table, func(row []any) error {
				for i, v := range row {
					if i != seen {
						fmt.Fprintf(sum, "%d:%v\x00", i, v)
					}
				}
				return nil
			})
			out[table.Name] = fmt.Sprintf("%x", sum.Sum(nil)[:8])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// changed are the names of the tables that differ.
func changed(before, after map[string]string) (names []string) {
	for name, sum := range after {
		if before[name] != sum {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
