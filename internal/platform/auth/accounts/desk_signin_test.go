package accounts

import (
	"context"
	"fmt"
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

// Whatever is wrong, the answer is the same.
func TestDesk_SignIn(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		in := must[SignedIn](t)(h.SignIn(ctx, " ANA@example.org ", password, "192.0.2.1"))
		if a := must[auth.Actor](t)(h.Session(ctx, in.Token)); a.Name != "Ana" || a.Roles != auth.Staff {
			t.Errorf("signed in as %+v", a)
		}
		must[Account](t)(h.Invite(ctx, auth.House, Account{Name: "Bor", Email: "bor@example.org", Roles: auth.Board}))
		for email, pw := range map[string]string{
			"ana@example.org":  "slon pod mizo?",
			"bor@example.org":  "", // has no password yet
			"none@example.org": password,
			"' OR 1=1 --":      password,
			"\x00\xff@x":       password,
		} {
			_, err := h.SignIn(ctx, email, pw, "")
			faulty(t, err, "auth.sign_in.wrong")
		}
		for _, token := range []string{"", "x", in.Token + "x", in.Token[1:]} {
			_, err := h.Session(ctx, token)
			faulty(t, err, "auth.sign_in_first")
		}
	})
}

// Ten tries for an address, known or not, even all at once; then the right
// password does not help either, but a link does, and so does waiting.
func TestDesk_SignIn_slowDown(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		for _, email := range []string{"ana@example.org", "none@example.org"} {
			var tried, slow atomic.Int32
			var wg sync.WaitGroup
			for range 14 {
				wg.Go(func() {
					switch _, err := h.SignIn(ctx, email, "wrong password", ""); {
					case fault.Is(err, fault.Denied):
						tried.Add(1)
					case fault.Is(err, fault.Busy):
						slow.Add(1)
					default:
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if tried.Load() != 10 || slow.Load() != 4 {
				t.Errorf("%s: %d tried, %d slowed down", email, tried.Load(), slow.Load())
			}
		}
		_, err := h.SignIn(ctx, "ana@example.org", password, "")
		faulty(t, err, "auth.slow_down")
		if err := h.AskLink(ctx, "ana@example.org", "", ""); err != nil {
			t.Fatal(err)
		}
		must[SignedIn](t)(h.UseLink(ctx, h.last().Token, ""))
		h.now = h.now.Add(16 * time.Minute)
		must[SignedIn](t)(h.SignIn(ctx, "ana@example.org", password, ""))
	})
}

// One network that tries many addresses is slowed down, and a right password of
// its own does not clear it; others are not touched.
func TestDesk_SignIn_network(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		try := func(i int, from string) error {
			_, err := h.SignIn(ctx, fmt.Sprint(i, "@example.org"), "wrong password", from)
			return err
		}
		for i := range 9 {
			faulty(t, try(i, fmt.Sprintf("2001:db8::%d", i)), "auth.sign_in.wrong")
		}
		must[SignedIn](t)(h.SignIn(ctx, "ana@example.org", password, "2001:db8::a"))
		faulty(t, try(9, "2001:db8::1"), "auth.sign_in.wrong")
		faulty(t, try(10, "2001:db8::1"), "auth.slow_down")
		faulty(t, try(11, "2001:db8:0:1::1"), "auth.sign_in.wrong")
	})
}

// A link can be looked at, runs out after half an hour, is used once even by two
// at once, and is not sent to strangers; who asks too often waits.
func TestDesk_AskLink(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		if err := h.AskLink(ctx, "none@example.org", "", ""); err != nil || len(h.links) != 0 {
			t.Errorf("a stranger: %v, %d letters", err, len(h.links))
		}
		for range 5 {
			if err := h.AskLink(ctx, "Ana@Example.org", "", ""); err != nil {
				t.Fatal(err)
			}
		}
		faulty(t, h.AskLink(ctx, "ana@example.org", "", ""), "auth.slow_down")

		for range 3 {
			if a := must[Account](t)(h.Peek(ctx, h.last().Token)); a.Name != "Ana" {
				t.Errorf("link of %s", a.Name)
			}
		}
		var used atomic.Int32
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				switch _, err := h.UseLink(ctx, h.last().Token, ""); {
				case err == nil:
					used.Add(1)
				case !fault.Is(err, fault.Missing):
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if used.Load() != 1 {
			t.Errorf("used %d times", used.Load())
		}
		h.now = h.now.Add(30 * time.Minute)
		_, err := h.UseLink(ctx, h.links[0].Token, "")
		faulty(t, err, "auth.link.gone")
		_, err = h.Peek(ctx, h.links[1].Token)
		faulty(t, err, "auth.link.gone")
	})
}

// One network address does not have the house write to everybody whose address it
// knows, or may know.
func TestDesk_AskLink_many(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ask := func(i int, from string) error {
			return h.AskLink(t.Context(), fmt.Sprintf("nekdo%d@example.org", i), "", from)
		}
		for i := range mostLinks {
			if err := ask(i, "192.0.2.7"); err != nil {
				t.Fatal(i, err)
			}
		}
		faulty(t, ask(mostLinks, "192.0.2.7"), "auth.slow_down")
		if err := ask(mostLinks, "192.0.2.8"); err != nil {
			t.Errorf("another network waits for it: %v", err)
		}
		h.now = h.now.Add(tryWindow + time.Second)
		if err := ask(mostLinks, "192.0.2.7"); err != nil {
			t.Error(err)
		}
	})
}

// If the letter cannot be sent, there is no link.
func TestDesk_AskLink_unposted(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		var token string
		h.post = func(_ context.Context, _ *store.Tx, l Link) error { token = l.Token; return context.Canceled }
		if err := h.AskLink(t.Context(), "ana@example.org", "", ""); err == nil {
			t.Error("no failure")
		}
		_, err := h.Peek(t.Context(), token)
		faulty(t, err, "auth.link.gone")
	})
}

// A session lives thirty days from when it was last seen, to the hour.
func TestDesk_Session_sliding(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx, day := t.Context(), 24*time.Hour
		for range 3 {
			h.now = h.now.Add(29 * day)
			must[auth.Actor](t)(h.Session(ctx, h.first.Token))
		}
		seen := h.now
		h.now = h.now.Add(59 * time.Minute)
		open := must[[]Open](t)(h.Sessions(ctx, h.first.Token))
		if len(open) != 1 || !open[0].Seen.Equal(seen) || !open[0].This || open[0].Origin != "192.0.2.1" || open[0].How != "password" {
			t.Errorf("open are %+v", open)
		}
		h.now = seen.Add(30 * day)
		_, err := h.Session(ctx, h.first.Token)
		faulty(t, err, "auth.sign_in_first")
	})
}

// Sessions are ended one by one by their owner alone, or all.
func TestDesk_SignOut(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		signIn := func() string {
			h.now = h.now.Add(time.Minute)
			return must[SignedIn](t)(h.SignIn(ctx, "ana@example.org", password, "")).Token
		}
		a, b, c := signIn(), signIn(), signIn()
		must[Account](t)(h.Invite(ctx, auth.House, Account{Name: "Bor", Email: "bor@example.org", Roles: auth.Board}))
		bor := must[SignedIn](t)(h.UseLink(ctx, h.last().Token, ""))

		for range 2 {
			if err := h.SignOut(ctx, a); err != nil {
				t.Error(err)
			}
		}
		_, err := h.Session(ctx, a)
		faulty(t, err, "auth.sign_in_first")
		open := must[[]Open](t)(h.Sessions(ctx, b))
		if len(open) != 3 || !open[1].This {
			t.Fatalf("open are %+v", open)
		}
		faulty(t, h.End(ctx, bor.Token, open[0].ID), "accounts.session.missing")
		if err := h.End(ctx, b, open[0].ID); err != nil {
			t.Error(err)
		}
		_, err = h.Session(ctx, c)
		faulty(t, err, "auth.sign_in_first")
		if err := h.SignOutEverywhere(ctx, b); err != nil {
			t.Error(err)
		}
		_, err = h.Session(ctx, h.first.Token)
		faulty(t, err, "auth.sign_in_first")
		must[auth.Actor](t)(h.Session(ctx, bor.Token))
	})
}

// A password is changed by who knows it, or has just come by a link; the other
// sessions end.
func TestDesk_ChangePassword(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		a := must[SignedIn](t)(h.SignIn(ctx, "ana@example.org", password, "")).Token
		faulty(t, h.ChangePassword(ctx, a, "wrong password", "krava na strehi"), "accounts.password.wrong")
		faulty(t, h.ChangePassword(ctx, a, password, "ana"), "accounts.password.short")
		if err := h.ChangePassword(ctx, a, password, "krava na strehi"); err != nil {
			t.Fatal(err)
		}
		must[auth.Actor](t)(h.Session(ctx, a))
		_, err := h.Session(ctx, h.first.Token)
		faulty(t, err, "auth.sign_in_first")
		_, err = h.SignIn(ctx, "ana@example.org", password, "")
		faulty(t, err, "auth.sign_in.wrong")

		if err := h.AskLink(ctx, "ana@example.org", "", ""); err != nil {
			t.Fatal(err)
		}
		b := must[SignedIn](t)(h.UseLink(ctx, h.last().Token, "")).Token
		if must[bool](t)(h.NeedsOld(ctx, b)) {
			t.Error("a fresh link needs the old password")
		}
		if err := h.ChangePassword(ctx, b, "", password); err != nil {
			t.Error(err)
		}
		h.now = h.now.Add(31 * time.Minute)
		faulty(t, h.ChangePassword(ctx, b, "", "krava na strehi"), "accounts.password.wrong")
	})
}

// Anybody is anybody in a demo house, and in no other.
func TestDesk_Demo(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		id := h.first.Account.ID
		_, err := h.Demo(t.Context(), id)
		faulty(t, err, "auth.demo.off")
		in := must[SignedIn](t)(New(h.db, nil, true).Demo(t.Context(), id))
		if a := must[auth.Actor](t)(h.Session(t.Context(), in.Token)); a.User != id {
			t.Errorf("signed in as %+v", a)
		}
	})
}

// Sweeping deletes what has run out, and nothing else.
func TestDesk_Sweep(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		ctx := t.Context()
		rows := func() string {
			return must[string](t)(store.Read(ctx, h.db, func(tx *store.Tx) (s string, err error) {
				var tries, links, setup, sessions int
				err = tx.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM account_tries), (SELECT COUNT(*) FROM account_links),
					(SELECT COUNT(*) FROM account_setup), (SELECT COUNT(*) FROM account_sessions)`).Scan(&tries, &links, &setup, &sessions)
				return fmt.Sprint(tries, links, setup, sessions), err
			}))
		}
		if err := h.AskLink(ctx, "ana@example.org", "", ""); err != nil {
			t.Fatal(err)
		}
		for _, step := range []struct {
			after time.Duration
			want  string
		}{{0, "1 1 1 1"}, {16 * time.Minute, "0 1 1 1"}, {31 * time.Minute, "0 0 0 1"}, {721 * time.Hour, "0 0 0 0"}} {
			h.now = h.first.Account.Created.Add(step.after)
			if err := h.Sweep(ctx); err != nil {
				t.Fatal(err)
			}
			if got := rows(); got != step.want {
				t.Errorf("after %v there are %s, want %s", step.after, got, step.want)
			}
		}
	})
}

// Each page asks for the session once: it may cost 100 µs.
func BenchmarkDesk_Session(b *testing.B) {
	for name, db := range map[string]*store.DB{
		"sqlite":   storetest.SQLite(b, Steps(), audit.Steps()),
		"postgres": storetest.Postgres(b, Steps(), audit.Steps()),
	} {
		b.Run(name, func(b *testing.B) {
			d := New(db, nil, false)
			token, err := d.Setup(b.Context())
			in, err2 := d.First(b.Context(), token, "Ana", "ana@example.org", password, "")
			if err != nil || err2 != nil {
				b.Fatal(err, err2)
			}
			for b.Loop() {
				if _, err := d.Session(b.Context(), in.Token); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
