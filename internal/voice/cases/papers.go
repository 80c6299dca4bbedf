package cases

import (
	"net/url"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/voice"
)

// A Contact is a talk with an official (uradna oseba) about a case, with the
// fields that the official must put down under ZIntPK, article 68: a record of
// our own protects both sides.
type Contact struct {
	ID           string
	Case         voice.CaseID
	On           civil.Date
	Ours         string // who spoke for us
	Official     string // name of the official
	Office       string // "državna sekretarka"
	Organisation string
	Place        string
	Channel      string // key of one of Channels
	Field        string // področje
	Aim          string // namen in cilj
	Attachments  string // what was handed over, in words or links
	WhoIs        string // who wrote it down
}

// Channels are the ways in which one speaks with an official.
func Channels() []string { return []string{"meeting", "call", "letter", "mail", "event"} }

// Check returns a fault for each field that the record cannot do without.
func (c Contact) Check() error {
	var wrong fault.Fields
	if c.On.IsZero() {
		wrong.Add("day", "cases.contact.day")
	}
	for _, f := range []struct{ name, value, key string }{
		{"official", c.Official, "cases.contact.official"}, {"organisation", c.Organisation, "cases.contact.organisation"},
		{"aim", c.Aim, "cases.contact.aim"},
	} {
		if fault.Empty(f.value) {
			wrong.Add(f.name, f.key)
		}
	}
	if len(c.Aim)+len(c.Attachments) > 20_000 {
		wrong.Add("aim", "cases.note.long")
	}
	return wrong.Err()
}

// An Evidence is something that a case rests on: a page, a report, a figure.
type Evidence struct {
	ID       string
	Case     voice.CaseID
	Title    string
	Link     string // an address on the web; may be empty
	Citation string // as it is cited, with the page; may be empty
	Note     string
	WhoIs    string
}

// Check returns a fault if there is no title, or neither address nor citation.
func (e Evidence) Check() error {
	var wrong fault.Fields
	if fault.Empty(e.Title) {
		wrong.Add("title", "cases.evidence.title")
	}
	if fault.Empty(e.Link) && fault.Empty(e.Citation) {
		wrong.Add("link", "cases.evidence.where")
	}
	if e.Link != "" && !webAddress(e.Link) {
		wrong.Add("link", "cases.link.broken")
	}
	if len(e.Note)+len(e.Citation) > 20_000 {
		wrong.Add("note", "cases.note.long")
	}
	return wrong.Err()
}

// webAddress reports whether s can be a link: other schemes could run something.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && !strings.ContainsAny(s, " \n\t")
}

// A Relative is a case that belongs together with another.
type Relative struct {
	Case Case
	Note string // in what way; may be empty
}
