// Package mail sends letters by way of jobs, and keeps a ledger of what became of
// each.
//
// What holds:
//
//   - A letter is posted in the transaction of the deed it tells about.
//   - It is sent at least once. If the process is killed after the server took
//     the letter and before that is written down, it is sent again; both copies
//     bear the same Message-ID, by which servers and readers know them as one.
//   - A server's 5xx is final. Anything else is tried again for three days.
//   - Without a server letters are kept, for the outbox page to show.
//   - Once a letter is sent or refused, the secrets of the personal links in it are
//     forgotten; of a link to sign in, the whole text. Until then a link to sign in or
//     to vote is read by administrators only, for whoever has it can be the other.
package mail

import (
	"fmt"
	"net/mail"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// An ID names a letter for good.
type ID string

// A Kind is what a letter is for.
type Kind string

// The kinds of letters.
const (
	Invite   Kind = "invite"
	Reminder Kind = "reminder"
	Receipt  Kind = "receipt"
	Digest   Kind = "digest"
	Link     Kind = "link"   // to sign in: it passes by the pace, and is not kept
	Ballot   Kind = "ballot" // has a link by which one votes: the office cannot read it
)

// A State is where a letter is.
type State string

// The states.
const (
	Queued  State = "queued"  // has not been tried
	Waiting State = "waiting" // was tried, and will be again
	Sent    State = "sent"    // the server took it
	Refused State = "refused" // the server will not have it, or not for three days
	Kept    State = "kept"    // there is no server
)

// A Letter is written to one person.
type Letter struct {
	To          string // an address and nothing else
	ToName      string
	Lang        string // "sl"
	Subject     string
	Text        string
	HTML        string // empty for a letter of text only
	Calendar    string // an invitation for calendars (RFC 5545) with its method; empty for none
	Files       []File // that go with it
	About       string // "consultation/01…"
	Kind        Kind
	ReplyTo     string     // an address; empty for that of the house
	Unsubscribe string     // a web address, for List-Unsubscribe
	Readers     auth.Roles // who may read its words in the outbox; zero for all who see it
}

// A File goes with a letter. It is kept among the files of the house, and read when
// the letter is sent.
type File struct {
	Name string `json:"name"` // "racun-2026-00014.pdf"
	Type string `json:"type"` // "application/pdf"
	Hash string `json:"hash"`
}

// An Entry is a letter in the ledger.
type Entry struct {
	ID ID
	Letter
	Posted time.Time
	State  State
	At     time.Time // since when it is in the state
	Tries  int
	Words  string // what the server said last
}

// Check returns the letter as it is sent, in which the parts of headers are single
// lines, or faults of what cannot be sent.
func (l Letter) Check() (Letter, error) {
	var faults fault.Fields
	l.Subject, l.ToName, l.Lang = line(l.Subject), line(l.ToName), line(l.Lang)
	l.Text, l.HTML, l.Calendar = body(l.Text), body(l.HTML), body(l.Calendar)
	if !address(l.To) {
		faults.Add("to", "mail.to.invalid")
	}
	if l.ReplyTo != "" && !address(l.ReplyTo) {
		faults.Add("reply_to", "mail.reply_to.invalid")
	}
	if l.Subject == "" {
		faults.Add("subject", "mail.subject.empty")
	}
	if fault.Empty(l.Text) {
		faults.Add("text", "mail.text.empty")
	}
	if l.Calendar != "" && method(l.Calendar) == "" {
		faults.Add("calendar", "mail.calendar.method")
	}
	if l.Unsubscribe != "" {
		u, err := url.Parse(l.Unsubscribe)
		if err != nil || u.Host == "" || ascii(u.Host) != u.Host || (u.Scheme != "https" && u.Scheme != "http") ||
			len(l.Unsubscribe) > 300 || strings.ContainsAny(l.Unsubscribe, "<> ,") {
			faults.Add("unsubscribe", "mail.unsubscribe.invalid")
		} else {
			l.Unsubscribe = ascii(u.String())
		}
	}
	return l, faults.Err()
}

// method is what an iCalendar object asks of who gets it: REQUEST, CANCEL; empty if
// it does not say.
func method(calendar string) string {
	for row := range strings.Lines(calendar) {
		if m, ok := strings.CutPrefix(strings.TrimSpace(row), "METHOD:"); ok && strings.Trim(m, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") == "" {
			return m
		}
	}
	return ""
}

// ascii escapes the bytes of a web address that a header cannot hold.
func ascii(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c > ' ' && c < 0x7f {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// line makes one line of s: what is no letter of a line parts words.
func line(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "\uFFFD"), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
}

// body leaves out what a database cannot hold.
func body(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD")
}

// address reports whether s is a bare address.
func address(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && a.Name == "" && len(s) <= 254 && strings.IndexFunc(s, unicode.IsControl) < 0
}
