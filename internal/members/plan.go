package members

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
)

// An ImportState is where an import is.
type ImportState string

// The states of an import.
const (
	Looked  ImportState = "open"    // uploaded, and being looked at
	Waiting ImportState = "waiting" // for the job that writes it
	Done    ImportState = "done"
	Undone  ImportState = "undone"
	Dropped ImportState = "dropped" // given up; nothing was written
)

// An Import brings a CSV file into the register.
type Import struct {
	ID      string
	Name    string // of the file
	State   ImportState
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
	undo    []written
	seen    string
}

// A Mapping says what the columns of a file hold.
type Mapping struct {
	Columns   []Column
	Otherwise Kind // of rows that do not say which kind they are
}

// A Choice is what is done with a row: what the plan says if it is empty.
type Choice string

// The choices.
const (
	Skip  Choice = "skip" // left out
	AsNew Choice = "new"  // added, though one of the same name and place is there
)

// A Verdict is what an import makes of a row.
type Verdict string

// The verdicts.
const (
	WillAdd    Verdict = "add"
	WillChange Verdict = "change"
	IsSame     Verdict = "same"
	IsWrong    Verdict = "wrong"
)

// Verdicts are all verdicts in the order in which they are shown.
func Verdicts() []Verdict { return []Verdict{IsWrong, WillChange, WillAdd, IsSame} }

// A Row is a row of the file, and what will be done with it.
type Row struct {
	Line    int
	Verdict Verdict
	Choice  Choice
	ByName  bool   // the member was known by name and place, so AsNew may be chosen
	Old     Member // as it stands; the zero Member for a new one
	New     Member
	Agent   *Agent // to be authorised, beside the rest
	Changes []Change
	Why     *fault.Fault // of a wrong row
}

// A Change is what a row changes in an entry: Field is "email", "place", …
type Change struct{ Field, From, To string }

// A Plan is what an import will do, row by row.
type Plan struct {
	Rows   []Row
	Counts map[Verdict]int
	Seen   string // changes when what will be done does
}

// known is what the register has that rows may be about.
type known struct {
	email  map[string]Member
	name   map[string][]Member // by folded name
	agents map[ID][]Agent
}

// plan says what to do with each row.
func (k known) plan(s sheet, mp Mapping, choices map[int]Choice, today civil.Date) Plan {
	p := Plan{Counts: map[Verdict]int{}}
	seen := map[string]int{} // what a row is about, and its line
	sum := sha256.New()
	for _, r := range s.Rows {
		row := k.row(r, mp, choices[r.Line], today)
		if row.Verdict != IsWrong {
			row.twice(seen)
		}
		p.Counts[row.Verdict]++
		p.Rows = append(p.Rows, row)
		fmt.Fprintln(sum, row.Line, row.Verdict, row.Old.ID, row.Old.Revision, row.New, row.Agent)
	}
	p.Seen = hex.EncodeToString(sum.Sum(nil)[:12])
	return p
}

// twice makes a row wrong that is about the same member as an earlier one.
func (row *Row) twice(seen map[string]int) {
	keys := []string{"name " + folded(row.New.Name) + " |" + folded(row.New.Place)}
	if row.Choice == AsNew {
		keys = nil
	}
	if row.New.Email != "" {
		keys = append(keys, "email "+row.New.Email)
	}
	if row.Old.ID != "" {
		keys = append(keys, "id "+string(row.Old.ID))
	}
	for _, key := range keys {
		if line, is := seen[key]; is {
			row.wrong(fault.New(fault.Invalid, "members.import.twice", "line", line))
			return
		}
	}
	for _, key := range keys {
		seen[key] = row.Line
	}
}

func (row *Row) wrong(why *fault.Fault) {
	row.Verdict, row.Why, row.Agent, row.Changes = IsWrong, why, nil, nil
}

func (k known) row(r sheetRow, mp Mapping, choice Choice, today civil.Date) Row {
	row := Row{Line: r.Line, Choice: choice}
	rec, err := r.read(mp.Columns, today)
	row.New = rec.Member
	if err == nil {
		row.Old, row.ByName, err = k.find(rec.Member)
	}
	if err == nil {
		if row.Choice == AsNew && row.ByName {
			row.Old = Member{}
		}
		err = row.fill(rec, mp)
	}
	if err == nil {
		err = row.authorise(rec.Agent, k.agents[row.Old.ID])
	}
	if err != nil {
		row.wrong(fault.Of(err))
		return row
	}
	switch {
	case row.Old.ID == "":
		row.Verdict = WillAdd
	case len(row.Changes) > 0 || row.Agent != nil:
		row.Verdict = WillChange
	default:
		row.Verdict = IsSame
	}
	return row
}

// find looks for the member that a row is about: by e-mail, or by name and place.
// A place that one of the two does not say is no difference.
func (k known) find(m Member) (old Member, byName bool, err error) {
	var same []Member
	for _, c := range k.name[folded(m.Name)] {
		if m.Place == "" || c.Place == "" || folded(m.Place) == folded(c.Place) {
			same = append(same, c)
		}
	}
	if old, ok := k.email[m.Email]; ok && m.Email != "" {
		if len(same) > 0 && !slices.ContainsFunc(same, func(c Member) bool { return c.ID == old.ID }) {
			return old, false, fault.New(fault.Invalid, "members.import.two", "email", old.Name, "name", same[0].Name)
		}
		return old, false, nil
	}
	switch len(same) {
	case 0:
		return Member{}, false, nil
	case 1:
		return same[0], true, nil
	}
	return Member{}, false, fault.New(fault.Invalid, "members.import.many", "n", len(same))
}

// fill makes New of the old entry and what the row says. An empty cell changes
// nothing. Standing and term of a member who is there already are not for an
// import to change.
func (row *Row) fill(rec record, mp Mapping) error {
	if row.Old.ID == "" {
		m := rec.Member
		if m.Kind == "" {
			m.Kind = mp.Otherwise
		}
		switch m.Standing {
		case "":
			m.Standing = Active
		case Applied:
			m.Term = civil.Span{}
		case Left:
			return fault.New(fault.Invalid, "members.import.left")
		}
		row.New = m.Tidy()
		return row.New.Check()
	}
	if rec.Kind != "" && rec.Kind != row.Old.Kind {
		return fault.New(fault.Invalid, "members.import.kind.other", "name", row.Old.Name)
	}
	m := row.Old
	for _, c := range []struct {
		field string
		to    string
		at    *string
	}{
		{"name", rec.Name, &m.Name}, {"email", rec.Email, &m.Email}, {"place", rec.Place, &m.Place}, {"field", string(rec.Field), (*string)(&m.Field)},
		{"lang", rec.Lang, &m.Lang}, {"phone", rec.Phone, &m.Phone}, {"note", rec.Note, &m.Note},
	} {
		if c.to != "" && c.to != *c.at {
			row.Changes = append(row.Changes, Change{c.field, *c.at, c.to})
			*c.at = c.to
		}
	}
	row.New = m.Tidy()
	return row.New.Check()
}

// authorise adds the agent whom the row names, unless they are in office.
func (row *Row) authorise(a Agent, inOffice []Agent) error {
	if a.Name == "" && a.Email == "" {
		return nil
	}
	if row.New.Kind == Person {
		return fault.New(fault.Invalid, "members.import.agent.person")
	}
	for _, o := range inOffice {
		if a.Email != "" && a.Email == o.Email || a.Email == "" && strings.TrimSpace(folded(a.Name)) == strings.TrimSpace(folded(o.Name)) {
			return nil
		}
	}
	a.Member = row.Old.ID
	a = a.Tidy()
	row.Agent = &a
	return a.Check()
}

// does reports whether the import writes something for the row.
func (row Row) does() bool {
	return row.Choice != Skip && (row.Verdict == WillAdd || row.Verdict == WillChange)
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

// A written says what an import wrote: the entry as it was before, the zero Member
// for a new one, the revision it wrote, and the agent it authorised.
type written struct {
	ID       ID
	Revision int
	Before   Member
	Agent    string
}
