// Package circular writes the same letter to many members: to those the office has
// picked, or to all of a filter.
//
// What holds:
//
//   - Nobody gets a circular twice, for however many members they read mail.
//   - Its letters are posted by a job, some at a time; one that died goes on where it
//     was, and one that was cancelled posts no more.
//   - What became of each letter is in the ledger of letters, under Subject.
package circular

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
)

// A Circular is a letter to many members (okrožnica).
type Circular struct {
	ID      string
	Subject string
	Body    string
	To      members.Selection
	By      auth.UserID
	ByName  string
	ReplyTo string // whoever wrote it
	Made    time.Time
	Job     jobs.ID
	Over    bool
	Letters int // that have been posted
	cursor  string
}

// Subject names a circular in the book and in the ledger of letters.
func Subject(id string) string { return "circular/" + id }

const longestSubject, longestBody = 200, 20_000

// check returns the faults of a circular.
func (c Circular) check() error {
	var wrong fault.Fields
	switch n := utf8.RuneCountInString(c.Subject); {
	case n == 0:
		wrong.Add("subject", "members.circular.subject")
	case n > longestSubject:
		wrong.Add("subject", "members.too_long", "most", longestSubject)
	}
	switch n := utf8.RuneCountInString(c.Body); {
	case strings.TrimSpace(c.Body) == "":
		wrong.Add("body", "members.circular.body")
	case n > longestBody:
		wrong.Add("body", "members.too_long", "most", longestBody)
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return c.To.Filter.Check()
}
