package app_test

import (
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/asociacija/asociacija/internal/app"
)

// A mail server that refuses one address for ever and another for now breaks no
// consultation: the outbox says what the server said, and the one that was put off
// is sent later.
func TestHard_mailServerRefuses(t *testing.T) {
	t.Parallel()
	server := mailServer(t)
	host, port, _ := net.SplitHostPort(server.address)
	h := furnished(t, "ASOCIACIJA_SMTP_HOST="+host, "ASOCIACIJA_SMTP_PORT="+port, "ASOCIACIJA_SMTP_FROM=pisarna@mnk.example")
	neza := visit(t, h, h.Handler(), coordinator)
	const never, later = "ana.dren@pesto.example", "jana.vrabic@posta.example"
	server.answer(never, &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"})
	server.answer(later, &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted, come back"})
	taken := len(server.all())

	file := "/cases/" + newest(t, h)
	article := find(t, neza.get(file+"/consultations/new").raw, `name="asked" value="([^"]+)"`)
	at := neza.post(file+"/consultations/new", "title", "Dve vprašanji", "lead", "Odgovorite.", "opens", days(h, 0), "closes", days(h, 20),
		"asked", article, "title:"+article, "Leta delovanja",
		"audience", "single", "singles", "Plesna zadruga Pesto\nVrabič, Jana\nKino Lom").leads()
	neza.post(at + "/open").is(http.StatusSeeOther)
	drain(t, h)

	neza.get("/house/letters").is(http.StatusOK).says(`550 "5.1.1 no such mailbox"`, sentence(h, "house.letter.refused"), `451 "4.7.1 greylisted, come back"`, sentence(h, "house.letter.waiting"))
	p := neza.get(at).is(http.StatusOK).says("Plesna zadruga Pesto", "Vrabič, Jana", "Kino Lom")
	if !strings.Contains(p.text, sentence(h, "consult.state.open")) {
		t.Error("the consultation is not open")
	}
	if got := server.all()[taken:]; !slices.Equal(got, []string{"urh.zagar@kino-lom.example"}) {
		t.Errorf("the server took letters for %v", got)
	}
	// Later, the second is taken, and the refused one is not tried again.
	now := h.DB.Now().Add(2 * time.Hour)
	h.DB.At(func() time.Time { return now })
	drain(t, h)
	if got := server.all()[taken:]; !slices.Contains(got, later) || slices.Contains(got, never) {
		t.Errorf("the server took letters for %v", got)
	}
	neza.get("/house/letters").is(http.StatusOK).says(sentence(h, "house.letter.sent"), "no such mailbox")
}

// days is a day so many days from today, as a person writes it.
func days(h *app.House, n int) string {
	return h.Words.In("sl").Date(h.Site.Today().AddDays(n))
}

// A refuser is a mail server on this machine that answers as it is told to.
type refuser struct {
	address string
	mu      sync.Mutex
	answers map[string][]error // by recipient, one for each try
	got     []string           // recipients of what it took
}

func mailServer(t *testing.T) *refuser {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &refuser{address: l.Addr().String(), answers: map[string][]error{}}
	srv := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &talk{s: s}, nil }))
	srv.Domain, srv.ErrorLog = "test", slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	go srv.Serve(l)
	t.Cleanup(func() { srv.Close() })
	return s
}

func (s *refuser) answer(to string, errs ...error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[to] = errs
}

func (s *refuser) all() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.got)
}

type talk struct {
	s  *refuser
	to string
}

func (*talk) Reset()                               {}
func (*talk) Logout() error                        { return nil }
func (*talk) Mail(string, *smtp.MailOptions) error { return nil }

func (t *talk) Rcpt(to string, _ *smtp.RcptOptions) error {
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	if errs := t.s.answers[to]; len(errs) > 0 {
		t.s.answers[to] = errs[1:]
		return errs[0]
	}
	t.to = to
	return nil
}

func (t *talk) Data(r io.Reader) error {
	if _, err := io.Copy(io.Discard, r); err != nil {
		return err
	}
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	t.s.got = append(t.s.got, t.to)
	return nil
}
