package dues

import (
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A Step (opomin) is one reminder of an invoice that is late.
type Step struct {
	After int  // days after the invoice was due
	Board bool // the board is told too
	Words map[string]Wording
}

// A Wording is what a reminder says in one language.
type Wording struct{ Subject, Text string }

// A Ladder is the steps, one after another.
type Ladder []Step

// Check returns the faults of the steps: each has its day after the one before, and
// its words.
func (l Ladder) Check() error {
	var wrong fault.Fields
	last := 0
	for i, s := range l {
		if field := "after" + string(rune('0'+i)); s.After <= last || s.After > 3650 {
			wrong.Add(field, "dues.step.after")
		}
		last = s.After
		for lang, w := range s.Words {
			field := "text" + string(rune('0'+i)) + "-" + lang
			if strings.TrimSpace(w.Subject) == "" || strings.TrimSpace(w.Text) == "" || len(w.Text) > 5000 || len(w.Subject) > 200 {
				wrong.Add(field, "dues.step.words")
			}
		}
	}
	if len(l) > 6 {
		wrong.Add("", "dues.step.many")
	}
	return wrong.Err()
}

// apart is the least number of days between two reminders of one invoice.
const apart = 7

// next is the step that an invoice is to get now: the one after the last it got, if
// its day has come and the last was not just now. Zero is none, 1 the first.
func (l Ladder) next(i Invoice, today civil.Date) int {
	if i.Step >= len(l) || !i.Reminded.IsZero() && today.Sub(i.Reminded) < apart || i.Late(today) < l[i.Step].After {
		return 0
	}
	return i.Step + 1
}
