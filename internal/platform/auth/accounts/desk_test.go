package accounts

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

const password = "slon pod mizo"

// A house has a desk, a clock that is moved by hand, and the letters it sent.
type house struct {
	*Desk
	now   time.Time
	links []Link
	first SignedIn
}

func (h *house) last() Link { return h.links[len(h.links)-1] }

// each opens a house on both databases, in which Ana is the administrator.
func each(t *testing.T, f func(t *testing.T, h *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := &house{now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
		db.At(func() time.Time { return h.now })
		h.Desk = New(db, func(_ context.Context, _ *store.Tx, l Link) error { h.links = append(h.links, l); return nil }, false)
		token, err := h.Setup(t.Context())
		if err == nil {
			h.first, err = h.First(t.Context(), token, "Ana", "ana@example.org", password, "192.0.2.1")
		}
		if err != nil {
			t.Fatal(err)
		}
		f(t, h)
	}, Steps(), audit.Steps())
}

// must is for steps that are not the matter of the test.
func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// faulty fails the test unless err is a fault of the key.
func faulty(t *testing.T, err error, key string) {
	t.Helper()
	if f := fault.Of(err); f == nil || f.Key != key {
		t.Errorf("got %v, want the fault %s", err, key)
	}
}

// Of many who race to be the first administrator, one is.
func TestDesk_First_once(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		d := New(db, nil, false)
		token := must[string](t)(d.Setup(t.Context()))
		_, err := d.First(t.Context(), token+"x", "Ana", "ana@example.org", password, "")
		faulty(t, err, "accounts.setup.gone")
		var done, refused atomic.Int32
		var wg sync.WaitGroup
		for i := range 6 {
			wg.Go(func() {
				_, err := d.First(t.Context(), token, "Ana", fmt.Sprintf("ana%d@example.org", i), password, "")
				switch {
				case err == nil:
					done.Add(1)
				case fault.Is(err, fault.Conflict):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if done.Load() != 1 || refused.Load() != 5 {
			t.Errorf("%d were first and %d were not", done.Load(), refused.Load())
		}
		_, err = d.Setup(t.Context())
		faulty(t, err, "accounts.setup.done")
	}, Steps(), audit.Steps())
}

// A setup token runs out after half an hour.
func TestDesk_First_late(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
		db.At(func() time.Time { return now })
		d := New(db, nil, false)
		token := must[string](t)(d.Setup(t.Context()))
		now = now.Add(30 * time.Minute)
		_, err := d.First(t.Context(), token, "Ana", "ana@example.org", password, "")
		faulty(t, err, "accounts.setup.gone")
	}, Steps(), audit.Steps())
}

// An invited account signs in by its link, once, and finds itself as it was made.
func TestDesk_Invite(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, ana := t.Context(), h.first.Account.Actor()
		bor := must[Account](t)(h.Invite(ctx, ana, Account{Name: " Bor Žagar ", Email: "Bor@Example.org", Roles: auth.Board, Lang: "sl"}))
		_, err := h.Invite(ctx, ana, Account{Name: "Drugi Bor", Email: "bor@example.ORG", Roles: auth.Office})
		faulty(t, err, "accounts.email.taken")
		_, err = h.Invite(ctx, bor.Actor(), Account{Name: "Cene", Email: "cene@example.org", Roles: auth.Office})
		faulty(t, err, "auth.denied")

		if len(h.links) != 1 || !h.last().Invited || h.last().Account.Email != "Bor@Example.org" {
			t.Fatalf("sent %+v", h.links)
		}
		h.now = h.now.Add(6 * 24 * time.Hour)
		in := must[SignedIn](t)(h.UseLink(ctx, h.last().Token, ""))
		got := must[auth.Actor](t)(h.Session(ctx, in.Token))
		want := auth.Actor{User: bor.ID, Name: "Bor Žagar", Email: "Bor@Example.org", Roles: auth.Board, Lang: "sl"}
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		_, err = h.UseLink(ctx, h.last().Token, "")
		faulty(t, err, "auth.link.gone")
	})
}

// A change of address makes links sent to the old one useless; a change of roles
// is felt by open sessions; who is disabled is out at once.
func TestDesk_Save(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, ana := t.Context(), h.first.Account.Actor()
		bor := must[Account](t)(h.Invite(ctx, ana, Account{Name: "Bor", Email: "bor@example.org", Roles: auth.Board}))
		session := must[SignedIn](t)(h.UseLink(ctx, h.last().Token, ""))
		if err := h.AskLink(ctx, "bor@example.org", "", ""); err != nil {
			t.Fatal(err)
		}

		bor.Email, bor.Roles = "bor.z@example.org", auth.Office
		must[Account](t)(h.Save(ctx, ana, bor))
		if got := must[auth.Actor](t)(h.Session(ctx, session.Token)); got.Roles != auth.Office || got.Email != bor.Email {
			t.Errorf("the session is still %+v", got)
		}
		_, err := h.Peek(ctx, h.last().Token)
		faulty(t, err, "auth.link.gone")
		_, err = h.Save(ctx, bor.Actor(), bor)
		faulty(t, err, "auth.denied")
		_, err = h.Save(ctx, ana, Account{ID: "nobody", Name: "x", Email: "x@example.org", Roles: auth.Board})
		faulty(t, err, "accounts.missing")
		settled := must[Account](t)(h.Settle(ctx, bor.Actor(), "Bor Ž.", "en", true))
		if settled.Roles != auth.Office || settled.Lang != "en" || !settled.Digest {
			t.Errorf("settled to %+v", settled)
		}

		must[Account](t)(h.Disable(ctx, ana, bor.ID))
		_, err = h.Session(ctx, session.Token)
		faulty(t, err, "auth.sign_in_first")
		must[Account](t)(h.Enable(ctx, ana, bor.ID))
		_, err = h.Session(ctx, session.Token)
		faulty(t, err, "auth.sign_in_first")
	})
}

// Two administrators who remove each other at once do not leave the house alone.
func TestDesk_lastAdministrator(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, ana := t.Context(), h.first.Account
		_, err := h.Disable(ctx, ana.Actor(), ana.ID)
		faulty(t, err, "accounts.last_administrator")
		bor := must[Account](t)(h.Invite(ctx, ana.Actor(), Account{Name: "Bor", Email: "bor@example.org", Roles: auth.Administrator}))
		bor.Roles = auth.Member
		var done atomic.Int32
		var wg sync.WaitGroup
		for _, step := range []func() (Account, error){
			func() (Account, error) { return h.Disable(ctx, bor.Actor(), ana.ID) },
			func() (Account, error) { return h.Save(ctx, ana.Actor(), bor) },
		} {
			wg.Go(func() {
				// The right was asked of who they were when they began.
				if _, err := step(); err == nil {
					done.Add(1)
				}
			})
		}
		wg.Wait()
		if done.Load() > 1 {
			t.Error("both are removed")
		}
	})
}

// The list is alphabetical, Č after C, and pages join without gap or overlap.
func TestDesk_List(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, ana := t.Context(), h.first.Account.Actor()
		for i, name := range []string{"Žiga", "Čopi", "Cene", "Drago", "Šime", "Sara"} {
			must[Account](t)(h.Invite(ctx, ana, Account{Name: name, Email: fmt.Sprint(i, "@example.org"), Roles: auth.Member}))
		}
		var names []string
		q := Query{Limit: 3}
		for {
			page := must[[]Account](t)(h.List(ctx, ana, q))
			for _, a := range page {
				names = append(names, a.Name)
				q.After = a.ID
			}
			if len(page) < q.Limit {
				break
			}
		}
		if got, want := strings.Join(names, " "), "Ana Cene Čopi Drago Sara Šime Žiga"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		_, err := h.List(ctx, auth.Actor{User: "x", Roles: auth.Insider &^ auth.Administrator}, Query{})
		faulty(t, err, "auth.denied")
		_, err = h.Account(ctx, auth.Actor{}, "")
		faulty(t, err, "auth.sign_in_first")
		if a := must[Account](t)(h.Account(ctx, ana, ana.User)); a.Name != "Ana" {
			t.Errorf("got %+v", a)
		}
	})
}

// No secret is in the book, and none in the tables as it was handed out.
func TestDesk_secrets(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		in := must[SignedIn](t)(h.SignIn(ctx, "ana@example.org", password, "192.0.2.1"))
		if err := h.AskLink(ctx, "ana@example.org", "", ""); err != nil {
			t.Fatal(err)
		}
		err := h.db.Read(ctx, func(tx *store.Tx) error {
			all, err := store.List(ctx, tx, func(row store.Scanner) (s string, err error) { return s, row.Scan(&s) }, `
				SELECT deed || ' ' || subject || ' ' || detail || ' ' || name FROM audit_lines
				UNION ALL SELECT hash || ' ' || id FROM account_sessions
				UNION ALL SELECT hash FROM account_links
				UNION ALL SELECT hash FROM account_setup
				UNION ALL SELECT password FROM accounts`)
			text := strings.Join(all, "\n")
			for _, secret := range []string{in.Token, h.first.Token, h.last().Token, password} {
				if strings.Contains(text, secret) {
					t.Errorf("%s is in:\n%s", secret, text)
				}
			}
			if !strings.Contains(text, "accounts.sign_in account/"+string(in.Account.ID)) {
				t.Errorf("the book has no line of the sign-in:\n%s", text)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
