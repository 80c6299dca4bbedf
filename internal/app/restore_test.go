package app_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/config"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// settings are those of a house of its own on the database, in a file if it is empty.
func settings(t *testing.T, db string) config.Config {
	t.Helper()
	list := []string{"ASOCIACIJA_DATA=" + t.TempDir(), "ASOCIACIJA_SMTP_HOST=localhost", "ASOCIACIJA_SMTP_FROM=pisma@mreza.example"}
	if db != "" {
		list = append(list, "ASOCIACIJA_DB="+db)
	}
	c, err := config.Read(list, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// worked makes a backup of a house with somebody who has signed in, a letter that is
// on its way, a law, and a job that the house died over. It returns the session.
func worked(t *testing.T, db, file string) string {
	t.Helper()
	ctx := t.Context()
	h, err := app.Open(ctx, settings(t, db))
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	token, err := h.Accounts.Setup(ctx)
	if err != nil {
		t.Fatal(err)
	}
	in, err := h.Accounts.First(ctx, token, "Neža Škrbec", "neza@mreza.example", "slon pod mizo", "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Accounts.Invite(ctx, in.Account.Actor(), accounts.Account{Name: "Oton", Email: "oton@mreza.example", Roles: auth.Office}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Law.Add(ctx, in.Account.Actor(), corpus.Given{Title: "Zakon o klubih", Text: "1. člen\n(vsebina)\n\nTa zakon ureja klube.\n"}); err != nil {
		t.Fatal(err)
	}
	err = h.DB.Write(ctx, func(tx *store.Tx) error {
		id, err := h.Jobs.Add(ctx, tx, jobs.Job{Kind: "accounts.sweep"})
		if err == nil {
			_, err = tx.ExecContext(ctx, `UPDATE jobs SET state = 'running', taken_by = 'gone', tries = 1 WHERE id = $1`, id)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.Backup(ctx, file); err != nil {
		t.Fatal(err)
	}
	return in.Token
}

// A house that is worked in comes back from its backup, from either database on
// either: who was signed in still is, a letter that was on its way still goes, work
// that was cut off is done.
func TestRestore_worked(t *testing.T) {
	kinds := map[string]func(*testing.T) string{
		"sqlite":   func(*testing.T) string { return "" },
		"postgres": func(t *testing.T) string { return storetest.PostgresAddress(t) },
	}
	for from, old := range kinds {
		file := filepath.Join(t.TempDir(), "house.tar.zst")
		session := ""
		t.Run(from, func(t *testing.T) { session = worked(t, old(t), file) })
		for to, fresh := range kinds {
			t.Run(from+" to "+to, func(t *testing.T) {
				if session == "" {
					t.Skip("there is no backup")
				}
				restored(t, settings(t, fresh(t)), file, session)
			})
		}
	}
}

// restored looks at what became of a house that worked made.
func restored(t *testing.T, c config.Config, file, session string) {
	t.Helper()
	ctx := t.Context()
	if _, _, err := app.Restore(ctx, c, file); err != nil {
		t.Fatal(err)
	}
	h, err := app.Open(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	for _, path := range []string{"/house/letters", "/house/people", "/acts"} {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.AddCookie(&http.Cookie{Name: "session", Value: session})
		w := httptest.NewRecorder()
		h.Handler().ServeHTTP(w, r)
		if w.Code != http.StatusOK || path == "/acts" && !strings.Contains(w.Body.String(), "Zakon o klubih") {
			t.Errorf("%s: who was signed in gets %d", path, w.Code)
		}
	}
	count := func(kind string, state jobs.State) int {
		t.Helper()
		list, err := h.Jobs.List(ctx, auth.House, jobs.Query{Kind: kind, State: state})
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	if n := count("mail.send", jobs.Waiting); n != 1 {
		t.Errorf("%d letters are on their way", n)
	}
	h.Jobs.Handle("accounts.sweep", func(ctx context.Context, _ jobs.Run) error { return h.Accounts.Sweep(ctx) })
	if err := h.Jobs.Drain(ctx); err != nil {
		t.Fatal(err)
	}
	if n := count("accounts.sweep", jobs.Done); n != 1 {
		t.Errorf("%d jobs that were cut off are done", n)
	}
}
