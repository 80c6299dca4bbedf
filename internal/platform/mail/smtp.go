package mail

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// A TLS says how the way to the server is kept private.
type TLS string

// The ways. The zero TLS is StartTLS. Without encryption a password is only sent
// in a way that does not show it.
const (
	StartTLS TLS = "starttls" // encrypted after the greeting, or not sent at all
	Wrapped  TLS = "tls"      // encrypted from the start, as on port 465
	Off      TLS = "off"      // for a server on this machine
)

// A Secret is not shown when printed or logged.
type Secret string

// String hides the secret.
func (Secret) String() string { return "…" }

// GoString hides the secret.
func (Secret) GoString() string { return "…" }

// MarshalText hides the secret.
func (Secret) MarshalText() ([]byte, error) { return []byte("…"), nil }

// An SMTP is the server that takes our letters, and who we are to it. The zero
// SMTP keeps letters in the outbox.
type SMTP struct {
	Address   string // "host:port"; empty to keep letters
	User      string // empty for a server that asks for no password
	Password  Secret
	From      string // address of the house; its domain ends our Message-IDs
	FromName  string
	TLS       TLS
	Timeout   time.Duration // of each step of the talk; 30 s if zero
	PerMinute int           // about so many letters, but for sign-in links; zero for no limit
}

func (s SMTP) check() error {
	if s.Address == "" {
		return nil
	}
	host, port, err := net.SplitHostPort(s.Address)
	if n, e := strconv.Atoi(port); err != nil || e != nil || host == "" || n < 1 || n > 65535 {
		return fmt.Errorf("mail: the server is not host:port: %q", s.Address)
	}
	if !address(s.From) {
		return fmt.Errorf("mail: the house's address is not one: %q", s.From)
	}
	switch s.TLS {
	case "", StartTLS, Wrapped, Off:
		return nil
	}
	return fmt.Errorf("mail: unknown TLS %q", s.TLS)
}

func (s SMTP) domain() string { return s.From[strings.LastIndex(s.From, "@")+1:] }

func (s SMTP) client() (*gomail.Client, error) {
	host, port, _ := net.SplitHostPort(s.Address)
	n, _ := strconv.Atoi(port)
	timeout := s.Timeout
	if timeout == 0 {
		timeout = 30 * time.Second
	}
	options := []gomail.Option{gomail.WithPort(n), gomail.WithTimeout(timeout), gomail.WithHELO(s.domain())}
	switch s.TLS {
	case Wrapped:
		options = append(options, gomail.WithSSL())
	case Off:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(s.User), gomail.WithPassword(string(s.Password)))
	}
	return gomail.NewClient(host, options...)
}

// deliver hands the letter to the server, and returns Sent, Refused or Waiting
// with the server's words.
func (s SMTP) deliver(ctx context.Context, e Entry, files []io.Reader, now time.Time) (State, string) {
	m, err := s.write(e, files, now)
	if err != nil {
		return Refused, s.clean(err.Error())
	}
	c, err := s.client()
	if err == nil {
		err = c.DialAndSendWithContext(ctx, m)
	}
	// Once the server has taken it, failures of goodbye mean nothing.
	if m.IsDelivered() {
		return Sent, s.clean(m.ServerResponse())
	}
	if err == nil {
		err = errors.New("mail: not delivered")
	}
	var refusal *gomail.SendError
	if errors.As(m.SendError(), &refusal) {
		words, _, _ := strings.Cut(refusal.Error(), ", affected ")
		if refusal.ErrorCode() >= 500 {
			return Refused, s.clean(words)
		}
		return Waiting, s.clean(words)
	}
	return Waiting, s.clean(err.Error())
}

// clean makes a server's words fit to be kept; some repeat what they were told.
func (s SMTP) clean(words string) string {
	if p := string(s.Password); p != "" {
		b64 := base64.StdEncoding.EncodeToString
		words = strings.NewReplacer(b64([]byte("\x00"+s.User+"\x00"+p)), "…", b64([]byte(p)), "…", p, "…").Replace(words)
	}
	words = line(words)
	return strings.ToValidUTF8(words[:min(len(words), 1000)], "")
}

// write makes the letter as it goes over the wire.
func (s SMTP) write(e Entry, files []io.Reader, now time.Time) (*gomail.Msg, error) {
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	err := errors.Join(m.FromFormat(s.FromName, s.From), m.AddToFormat(e.ToName, e.To))
	if e.ReplyTo != "" {
		err = errors.Join(err, m.ReplyTo(e.ReplyTo))
	}
	if err != nil {
		return nil, fmt.Errorf("mail: address: %w", err)
	}
	m.Subject(e.Subject)
	m.SetDateWithValue(now)
	m.SetMessageIDWithValue(string(e.ID) + "@" + s.domain())
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	if e.Lang != "" {
		m.SetGenHeader("Content-Language", e.Lang)
	}
	if e.Unsubscribe != "" {
		m.SetListUnsubscribe(e.Unsubscribe)
	}
	m.SetBodyString(gomail.TypeTextPlain, e.Text)
	if e.HTML != "" {
		m.AddAlternativeString(gomail.TypeTextHTML, e.HTML)
	}
	if e.Calendar != "" { // programs take it as an invitation, people open the file
		m.AddAlternativeString(gomail.ContentType("text/calendar; method="+method(e.Calendar)), e.Calendar)
		if err := m.AttachReader("invite.ics", strings.NewReader(e.Calendar), gomail.WithFileContentType("text/calendar")); err != nil {
			return nil, fmt.Errorf("mail: calendar: %w", err)
		}
	}
	for i, f := range e.Files {
		if err := m.AttachReader(f.Name, files[i], gomail.WithFileContentType(gomail.ContentType(f.Type))); err != nil {
			return nil, fmt.Errorf("mail: file: %w", err)
		}
	}
	return m, nil
}
