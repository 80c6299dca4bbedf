package mail

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var clerk = auth.Actor{User: "clerk", Roles: auth.Office}

// A house is the desks of a house, its clock, and its mail server.
type house struct {
	*Desk
	t      *testing.T
	queue  *jobs.Desk
	mu     sync.Mutex
	now    time.Time
	server *server
}

// each runs f in a house on both databases.
func each(t *testing.T, change func(*SMTP), f func(t *testing.T, h *house)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := &house{t: t, now: time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC), server: serve(t)}
		db.At(func() time.Time { h.mu.Lock(); defer h.mu.Unlock(); return h.now })
		s := SMTP{Address: h.server.address, From: "pisma@zveza.si", FromName: "Zveza društev Čaša", TLS: Off, Timeout: 5 * time.Second}
		if change != nil {
			change(&s)
		}
		h.queue = jobs.New(db, nil)
		var err error
		if h.Desk, err = New(db, h.queue, s); err != nil {
			t.Fatal(err)
		}
		f(t, h)
	}, Steps(), jobs.Steps(), audit.Steps())
}

func (h *house) post(l Letter) ID {
	h.t.Helper()
	id, err := store.Write(h.t.Context(), h.db, func(tx *store.Tx) (ID, error) { return h.Post(h.t.Context(), tx, l) })
	if err != nil {
		h.t.Fatal(err)
	}
	return id
}

// after lets time pass, and what is then due be done.
func (h *house) after(d time.Duration) {
	h.t.Helper()
	h.mu.Lock()
	h.now = h.now.Add(d)
	h.mu.Unlock()
	if err := h.queue.Drain(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) get(id ID) Entry {
	h.t.Helper()
	e, err := h.Get(h.t.Context(), clerk, id)
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}

// A server is a real one, on this machine, that answers as it is told to.
type server struct {
	address string
	mu      sync.Mutex
	answers map[string][]error // by recipient, one for each try
	got     []string
}

func serve(t *testing.T) *server {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{address: listener.Addr().String(), answers: map[string][]error{}}
	srv := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &session{s: s}, nil }))
	srv.Domain, srv.ErrorLog = "test", slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	go srv.Serve(listener)
	t.Cleanup(func() { srv.Close() })
	return s
}

func (s *server) answer(to string, errs ...error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[to] = errs
}

func (s *server) all() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.got)
}

type session struct{ s *server }

func (*session) Reset()                               {}
func (*session) Logout() error                        { return nil }
func (*session) Mail(string, *smtp.MailOptions) error { return nil }
func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.s.mu.Lock()
	defer s.s.mu.Unlock()
	if errs := s.s.answers[to]; len(errs) > 0 {
		s.s.answers[to] = errs[1:]
		return errs[0]
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	whole, err := io.ReadAll(r)
	s.s.mu.Lock()
	defer s.s.mu.Unlock()
	s.s.got = append(s.s.got, string(whole))
	return err
}

func plain(to string) Letter {
	return Letter{To: to, Subject: "Vabilo", Text: "Pozdravljeni.", About: "consultation/1", Kind: Invite}
}

// What arrives can be read by another library, and says what was written.
func TestDesk_Post(t *testing.T) {
	each(t, nil, func(t *testing.T, h *house) {
		long := strings.Repeat("Društvo prosi za mnenje o osnutku. ", 20)
		id := h.post(Letter{
			To: "ana@primer.si", ToName: "Ana Žžž", Lang: "sl", Kind: Invite, About: "consultation/1",
			Subject: "Vabilo: čas za mnenje\r\nBcc: vsi@primer.si", Text: long, HTML: "<p>" + long,
			ReplyTo: "tajnik@zveza.si", Unsubscribe: "https://zveza.si/odjava?k=a&b=č",
		})
		h.after(0)
		e := h.get(id)
		if e.State != Sent || e.Tries != 1 || len(h.server.all()) != 1 {
			t.Fatalf("%+v, %d arrived", e, len(h.server.all()))
		}
		raw := h.server.all()[0]
		for l := range strings.SplitSeq(raw, "\r\n") {
			if len(l) > 200 || strings.ContainsFunc(l, func(r rune) bool { return r > 126 }) {
				t.Errorf("a line is too long or not ASCII: %q", l)
			}
		}
		m, err := mail.ReadMessage(strings.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]string{
			"Subject": "Vabilo: čas za mnenje Bcc: vsi@primer.si", "Bcc": "",
			"From": "Zveza društev Čaša <pisma@zveza.si>", "To": "Ana Žžž <ana@primer.si>",
			"Reply-To": "<tajnik@zveza.si>", "Message-Id": "<" + string(id) + "@zveza.si>",
			"Auto-Submitted": "auto-generated", "Content-Language": "sl",
			"List-Unsubscribe": "<https://zveza.si/odjava?k=a&b=%C4%8D>",
			"Date":             "Fri, 20 Nov 2026 10:00:00 +0000",
		} {
			got, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get(name))
			if got = strings.ReplaceAll(got, `"`, ""); err != nil || got != want {
				t.Errorf("%s: %q, want %q (%v)", name, got, want, err)
			}
		}
		kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
		if err != nil || kind != "multipart/alternative" {
			t.Fatal(kind, err)
		}
		parts := multipart.NewReader(m.Body, params["boundary"])
		for _, want := range []string{long, "<p>" + long} {
			p, err := parts.NextRawPart()
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(quotedprintable.NewReader(p))
			if err != nil || strings.TrimRight(string(got), "\r\n") != want {
				t.Errorf("a part is %q, want %q (%v)", got, want, err)
			}
		}
	})
}

// What becomes of letters by what the server answers to each try.
func TestDesk_answers(t *testing.T) {
	busy := &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted, come back"}
	never := &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
	for _, tt := range []struct {
		name    string
		answers []error
		hours   int
		state   State
		tries   int
		words   string
	}{
		{"accepted", nil, 0, Sent, 1, ""},
		{"not now", []error{busy}, 0, Waiting, 1, "come back"},
		{"not now, then accepted", []error{busy, busy}, 3, Sent, 3, ""},
		{"never", []error{never}, 3, Refused, 1, "no such user"},
		{"not for three days", slices.Repeat([]error{busy}, 200), 80, Refused, 0, "come back"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			each(t, nil, func(t *testing.T, h *house) {
				h.server.answer("ana@primer.si", tt.answers...)
				id := h.post(plain("ana@primer.si"))
				h.after(0)
				for range tt.hours {
					h.after(time.Hour)
				}
				e := h.get(id)
				if e.State != tt.state || (tt.tries != 0 && e.Tries != tt.tries) || !strings.Contains(e.Words, tt.words) {
					t.Errorf("%s after %d tries: %q", e.State, e.Tries, e.Words)
				}
				if arrived := len(h.server.all()); (arrived == 1) != (tt.state == Sent) {
					t.Errorf("%d arrived", arrived)
				}
			})
		})
	}
}

// A server that is not there, or does not speak, is tried again.
func TestDesk_no_answer(t *testing.T) {
	for _, tt := range []struct {
		name    string
		listens bool
	}{{"refuses", false}, {"hangs", true}} {
		t.Run(tt.name, func(t *testing.T) {
			listener, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			if tt.listens {
				t.Cleanup(func() { listener.Close() })
			} else {
				listener.Close()
			}
			slow := func(s *SMTP) { s.Address, s.Timeout = listener.Addr().String(), 50*time.Millisecond }
			each(t, slow, func(t *testing.T, h *house) {
				id := h.post(plain("ana@primer.si"))
				h.after(0)
				if e := h.get(id); e.State != Waiting || e.Words == "" {
					t.Errorf("%+v", e)
				}
			})
		})
	}
}

// A letter does not go in the clear where that is not allowed, nor a password.
func TestDesk_private(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*SMTP)
	}{
		{"no STARTTLS", func(s *SMTP) { s.TLS = StartTLS }},
		{"no TLS", func(s *SMTP) { s.TLS = Wrapped }},
		{"nobody asks for the password", func(s *SMTP) { s.User, s.Password = "u", "skrivnost" }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			each(t, tt.change, func(t *testing.T, h *house) {
				id := h.post(plain("ana@primer.si"))
				h.after(0)
				if e := h.get(id); e.State != Waiting || e.Words == "" || strings.Contains(e.Words, "skrivnost") || len(h.server.all()) != 0 {
					t.Errorf("%+v, %d arrived", e, len(h.server.all()))
				}
			})
		})
	}
}

// The ledger tells of each of many recipients.
func TestDesk_Ledger(t *testing.T) {
	each(t, nil, func(t *testing.T, h *house) {
		h.server.answer("p3@primer.si", &smtp.SMTPError{Code: 550, Message: "no"})
		h.server.answer("p4@primer.si", &smtp.SMTPError{Code: 450, Message: "later"})
		for i := range 20 {
			h.post(plain(fmt.Sprintf("p%d@primer.si", i)))
			h.after(time.Millisecond)
		}
		other := plain("p@primer.si")
		other.About = "consultation/2"
		h.post(other)
		counts, err := h.Counts(t.Context(), clerk, "consultation/1")
		if err != nil || counts[Sent] != 18 || counts[Refused] != 1 || counts[Waiting] != 1 || len(counts) != 3 {
			t.Errorf("counts: %v, %v", counts, err)
		}
		all, err := h.Ledger(t.Context(), clerk, "consultation/1")
		if err != nil || len(all) != 20 || all[0].To != "p19@primer.si" || all[16].State != Refused {
			t.Errorf("ledger of %d: %v", len(all), err)
		}
		page, err := h.Outbox(t.Context(), clerk, Query{Limit: 5, Before: all[0].ID})
		if err != nil || len(page) != 5 || page[0].ID != all[1].ID {
			t.Errorf("outbox: %v, %v", page, err)
		}
		if _, err := h.Outbox(t.Context(), auth.Actor{User: "m", Roles: auth.Member}, Query{}); !fault.Is(err, fault.Denied) {
			t.Errorf("a member sees the outbox: %v", err)
		}
		if _, err := h.Get(t.Context(), clerk, "nothing"); !fault.Is(err, fault.Missing) {
			t.Errorf("nothing: %v", err)
		}
	})
}

// Without a server letters are kept, and not lost.
func TestDesk_kept(t *testing.T) {
	each(t, func(s *SMTP) { *s = SMTP{} }, func(t *testing.T, h *house) {
		id := h.post(plain("ana@primer.si"))
		h.after(time.Hour)
		if e := h.get(id); e.State != Kept || e.Text != "Pozdravljeni." {
			t.Errorf("%+v", e)
		}
	})
}

// At three a minute ten letters need some minutes; a sign-in link does not wait,
// and its text is forgotten.
func TestDesk_pace(t *testing.T) {
	each(t, func(s *SMTP) { s.PerMinute = 3 }, func(t *testing.T, h *house) {
		for i := range 10 {
			h.post(plain(fmt.Sprintf("p%d@primer.si", i)))
		}
		l := plain("ana@primer.si")
		l.Kind = Link
		link := h.post(l)
		h.after(0)
		if e := h.get(link); e.State != Sent || e.Text != "" || len(h.server.all()) > 4 {
			t.Errorf("the link is %+v, %d arrived", e, len(h.server.all()))
		}
		for minute := 1; len(h.server.all()) < 11; minute++ {
			if minute > 8 {
				t.Fatalf("%d arrived after %d minutes", len(h.server.all()), minute)
			}
			before := len(h.server.all())
			h.after(time.Minute + time.Second)
			if n := len(h.server.all()) - before; n > 3 {
				t.Errorf("%d in minute %d", n, minute)
			}
		}
	})
}

// A letter is not sent again when its job is done twice.
func TestDesk_twice(t *testing.T) {
	each(t, nil, func(t *testing.T, h *house) {
		id := h.post(plain("ana@primer.si"))
		again := func(tx *store.Tx) error {
			_, err := h.queue.Add(t.Context(), tx, jobs.Job{Kind: sendKind, Args: string(id)})
			return err
		}
		if err := h.db.Write(t.Context(), again); err != nil {
			t.Fatal(err)
		}
		h.after(0)
		if n := len(h.server.all()); n != 1 {
			t.Errorf("%d arrived, want 1", n)
		}
	})
}

func TestLetter_Check(t *testing.T) {
	for _, tt := range []struct{ name, to, subject, text, unsubscribe, want string }{
		{"good", "ana@primer.si", "s", "t", "https://a.si/x", ""},
		{"a name with it", "Ana <ana@primer.si>", "s", "t", "", "to: mail.to.invalid"},
		{"two", "a@b.si, c@d.si", "s", "t", "", "to: mail.to.invalid"},
		{"a header in it", "a@b.si\r\nBcc: c@d.si", "s", "t", "", "to: mail.to.invalid"},
		{"none", "", "s", "t", "", "to: mail.to.invalid"},
		{"no subject", "a@b.si", " \n", "t", "", "subject: mail.subject.empty"},
		{"no text", "a@b.si", "s", "\n", "", "text: mail.text.empty"},
		{"a script", "a@b.si", "s", "t", "javascript:x", "unsubscribe: mail.unsubscribe.invalid"},
		{"out of the brackets", "a@b.si", "s", "t", "https://a.si/>, <b", "unsubscribe: mail.unsubscribe.invalid"},
		{"a line in it", "a@b.si", "s", "t", "https://a.si/\r\nX: y", "unsubscribe: mail.unsubscribe.invalid"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if _, err := (Letter{To: tt.to, Subject: tt.subject, Text: tt.text, Unsubscribe: tt.unsubscribe}).Check(); err != nil {
				got = err.Error()
			}
			if got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// Whatever is written in a letter, its headers are ours.
func FuzzSMTP_write(f *testing.F) {
	f.Add("Ana", "Vabilo\r\nBcc: x@y.si", "sl", "https://a.si/b")
	f.Add("Ž\x00\u2028\u0085", "\n\n\r", "s\nl", "http://a/\xff")
	f.Fuzz(func(t *testing.T, name, subject, lang, unsubscribe string) {
		l, err := Letter{To: "ana@primer.si", ToName: name, Subject: subject, Lang: lang, Text: "t", Unsubscribe: unsubscribe}.Check()
		if err != nil {
			return
		}
		m, err := SMTP{From: "pisma@zveza.si"}.write(Entry{ID: "1", Letter: l}, nil, time.Unix(0, 0))
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if _, err := m.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		got, err := mail.ReadMessage(strings.NewReader(b.String()))
		if err != nil {
			t.Fatalf("%v in %q", err, b.String())
		}
		known := []string{"From", "To", "Subject", "Date", "Message-Id", "Mime-Version", "Auto-Submitted", "Content-Language", "Content-Type", "Content-Transfer-Encoding", "List-Unsubscribe"}
		for h := range got.Header {
			if !slices.Contains(known, h) {
				t.Errorf("a header %q in %q", h, b.String())
			}
		}
	})
}

// No password is shown, not even one that a server repeats.
func TestSMTP_secret(t *testing.T) {
	s := SMTP{Address: "a:25", User: "u", Password: "skrivnost", From: "a@b.si"}
	told := base64.StdEncoding.EncodeToString([]byte("\x00u\x00skrivnost"))
	var logged strings.Builder
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "smtp", s)
	for _, shown := range []string{fmt.Sprint(s), fmt.Sprintf("%+v %#v", s, s), logged.String(), s.clean("unknown AUTH PLAIN " + told + " skrivnost")} {
		if strings.Contains(shown, "skrivnost") || strings.Contains(shown, told) {
			t.Errorf("shown in %q", shown)
		}
	}
}

func TestNew_refuses(t *testing.T) {
	for _, s := range []SMTP{
		{Address: "mail.si", From: "a@b.si"}, {Address: "mail.si:x", From: "a@b.si"},
		{Address: "mail.si:25"}, {Address: "mail.si:25", From: "a@b.si", TLS: "perhaps"},
	} {
		if _, err := New(nil, nil, s); err == nil || fault.Of(err) != nil || errors.Unwrap(err) != nil {
			t.Errorf("%+v: %v", s, err)
		}
	}
}

// What a sent letter linked to is known to whom it was written, and to nobody else.
func TestDesk_forget(t *testing.T) {
	each(t, nil, func(t *testing.T, h *house) {
		l := plain("ana@primer.si")
		secret := strings.Repeat("aB3_-", 8) + "xyz"
		l.Text, l.HTML = "Odgovorite: https://mnk.example/a/"+secret+" do torka", `<a href="https://mnk.example/a/`+secret+`">Odgovorite</a>`
		id := h.post(l)
		h.after(0)
		e := h.get(id)
		if e.State != Sent || strings.Contains(e.Text+e.HTML, secret) || !strings.Contains(e.Text, "https://mnk.example/a/… do torka") {
			t.Errorf("the ledger keeps %q, %q", e.Text, e.HTML)
		}
		if all := h.server.all(); len(all) != 1 {
			t.Errorf("%d letters arrived", len(all))
		}
	})
}
