// Package intake brings spreadsheets into the register: what their columns hold,
// what would be done for each row, and the doing and undoing of it.
//
// What holds:
//
//   - Nothing is written that was not shown before, in a plan that was agreed to.
//   - An import is written whole or not at all. A large one is written by a job, some
//     rows at a time, so that others can go on working; if it stops for any reason,
//     what was written is taken back.
//   - The last import can be undone as long as nobody has changed what it wrote.
package intake

import (
	"time"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
)

// A State is where an import is.
type State string

// The states of an import.
const (
	Looked  State = "open"    // uploaded, and being looked at
	Waiting State = "waiting" // for the job that writes it, or is writing it
	Done    State = "done"
	Undoing State = "undoing" // by a job
	Undone  State = "undone"
	Dropped State = "dropped" // given up; nothing was written
)

// An Import brings a file into the register.
type Import struct {
	ID      string
	Name    string // of the file
	State   State
	Mapping Mapping
	Choices map[int]Choice // by line
	Made    time.Time
	By      auth.UserID
	ByName  string
	Added   int
	Changed int
	Passed  int // rows that changed nothing, were left out, or were wrong
	Job     jobs.ID
	Wrong   string // key of why the job wrote nothing
	upload  string
	seen    string
	done    int // rows of the plan that are written
}

// A Mapping says what the columns of a file hold.
type Mapping struct {
	Columns   []Column
	Otherwise members.Kind // of rows that do not say which kind they are
}

// A Choice is what is done with a row: what the plan says if it is empty, and the
// ID of a member whom it is about if it is none of the words below.
type Choice string

// The choices.
const (
	Skip  Choice = "skip" // left out
	AsNew Choice = "new"  // added, though one of the same name and place is there
)

// A Verdict is what an import makes of a row.
type Verdict string

// The verdicts. A row that is IsLike would be added, and looks as if it were about
// somebody who is there already.
const (
	WillAdd    Verdict = "add"
	WillChange Verdict = "change"
	IsLike     Verdict = "like"
	IsSame     Verdict = "same"
	IsWrong    Verdict = "wrong"
)

// Verdicts are all verdicts in the order in which they are shown.
func Verdicts() []Verdict { return []Verdict{IsWrong, IsLike, WillChange, WillAdd, IsSame} }

// A Row is a row of the file, and what will be done with it.
type Row struct {
	Line     int
	Verdict  Verdict
	Choice   Choice
	ByName   bool            // the member was known by name and place, so AsNew may be chosen
	Namesake bool            // an earlier row has the same name and place, so AsNew may be chosen
	Like     []members.Brief // whom it may be about
	Old      members.Member  // as it stands; the zero Member for a new one
	New      members.Member
	Agent    *members.Agent // to be authorised, beside the rest
	Register []members.Registration
	Tags     []string
	Changes  []Change
	Why      *fault.Fault // of a wrong row
}

// A Change is what a row changes in an entry: Field is "email", "place", …, or the
// field of a detail.
type Change struct{ Field, From, To string }

// A Plan is what an import will do, row by row.
type Plan struct {
	Rows   []Row
	Counts map[Verdict]int
	Seen   string // changes when what will be done does
}

// does reports whether the import writes something for the row.
func (row Row) does() bool {
	return row.Choice != Skip && (row.Verdict == WillAdd || row.Verdict == IsLike || row.Verdict == WillChange)
}

// Writes counts the rows for which the import writes something.
func (p Plan) Writes() int {
	n := 0
	for _, row := range p.Rows {
		if row.does() {
			n++
		}
	}
	return n
}

// A written says what an import wrote for a row: the entry as it was before, the
// zero Member for a new one, the revision it wrote, and what else.
type written struct {
	ID            members.ID
	Revision      int
	Before        members.Member
	Agents        []string        `json:",omitempty"`
	Registrations []string        `json:",omitempty"`
	Tags          []members.TagID `json:",omitempty"`
}
