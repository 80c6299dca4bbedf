// Package own is what a member sees and does of themself: their data and those of
// their organisation, what they agreed to, the file of all that is held about them,
// leaving, and the yearly question whether the data are right. It is also where
// persons are erased, and where data go when their time is over.
//
// What holds:
//
//   - A member sees and changes only those for whom they act.
//   - What proves who a member is (name, e-mail, registration numbers) is changed by
//     the office, on the member's wish; all else at once.
//   - A consent is kept with the words that were read and the days on which it was
//     given and taken back; it is never changed.
//   - The link of a letter shows; the button behind it confirms.
//   - Of who was erased there is an ID and a hash of the address, and no word; these
//     are applied again to a backup that is restored.
//   - Counts, decisions and invoices stay as they are when a person is erased.
package own

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
)

// Consents are what a member may agree to, in the order in which it is asked.
func Consents() []string { return admission.Consents() }

// A Consent (privolitev) is what a member agreed to.
type Consent struct {
	ID     string
	Member members.ID
	Key    string
	Text   string // as it was read
	Given  time.Time
	Ended  time.Time // zero while it holds
	By     string    // who gave it
}

// A WishKind says what a wish is about.
type WishKind string

// The kinds of wishes.
const (
	Name    WishKind = "name"
	Email   WishKind = "email"
	Numbers WishKind = "numbers" // registration and tax numbers
	Leaving WishKind = "leave"   // done by the member; the office is told
	Erasing WishKind = "erase"
)

// WishKinds are all kinds of wishes.
func WishKinds() []WishKind { return []WishKind{Name, Email, Numbers, Leaving, Erasing} }

// A WishState is where a wish is.
type WishState string

// The states of wishes.
const (
	Open      WishState = "open"
	Done      WishState = "done"
	Refused   WishState = "refused"
	Withdrawn WishState = "withdrawn"
)

// WishStates are all states of wishes.
func WishStates() []WishState { return []WishState{Open, Done, Refused, Withdrawn} }

// A Wish (želja) is what a member asks of the office.
type Wish struct {
	ID      string
	Member  members.ID
	Of      string // name of the member, as it is now; read only
	Kind    WishKind
	Value   string // what is wanted in place of what is
	Reason  string
	State   WishState
	Answer  string // of the office, if refused
	User    auth.UserID
	By      string
	Made    time.Time
	Settled time.Time
}

// Check returns the faults of a wish.
func (w Wish) Check() error {
	var wrong fault.Fields
	if !slices.Contains([]WishKind{Name, Email, Numbers, Erasing}, w.Kind) {
		wrong.Add("kind", "own.wish.kind")
	}
	if w.Value == "" && w.Kind != Erasing {
		wrong.Add("value", "own.wish.empty")
	}
	if utf8.RuneCountInString(w.Value) > 300 {
		wrong.Add("value", "own.too_long", "most", 300)
	}
	if utf8.RuneCountInString(w.Reason) > 2_000 {
		wrong.Add("reason", "own.too_long", "most", 2_000)
	}
	return wrong.Err()
}

// A Mine is one member for whom the actor acts, with all that they see of it.
type Mine struct {
	members.Member
	Agents   []members.Agent
	Consents []Consent // that hold, or held
	Wishes   []Wish    // newest first
	Erasing  bool      // erasure is asked for
}

// Holds is the consent of the key that holds, if there is one.
func (m Mine) Holds(key string) (Consent, bool) {
	for _, c := range m.Consents {
		if c.Key == key && c.Ended.IsZero() {
			return c, true
		}
	}
	return Consent{}, false
}

// A Campaign asks all members of a year whether their data are right.
type Campaign struct {
	ID        string
	Year      int
	Begun     time.Time
	Asked     int
	Silent    int // members with nobody to write to
	Confirmed int
	Job       jobs.ID   // that writes the letters
	Reminded  time.Time // when who had not confirmed was reminded
}

// An Asked is a member who was asked.
type Asked struct {
	Campaign  string
	Member    members.ID
	SortKey   string
	Name      string // of the member
	Email     string
	Confirmed time.Time
	By        string
}

// An Export is the file of all that is held about a member.
type Export struct {
	ID     string
	Member members.ID
	User   auth.UserID
	Ready  bool
	File   string // hash of its content
	Size   int64
	Made   time.Time
	Until  time.Time
}

// hashOf is what is kept of an address, and of a token.
func hashOf(s string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.TrimSpace(s))))
	return hex.EncodeToString(sum[:])
}

// A Rule says for how long something is kept, from when on, and why.
type Rule struct {
	Kind   string
	Years  int
	Basis  string // the law, or the decision of the association
	Active bool   // the job goes by it

	By      string    // who decided so; read only
	Decided time.Time // when; zero while it is the usual one; read only
	Last    time.Time // when the job last went by it; read only
	Gone    int       // and how many it took out; read only
}

// Check returns the faults of a rule.
func (r Rule) Check() error {
	var wrong fault.Fields
	if r.Years < 1 || r.Years > 100 {
		wrong.Add("years-"+r.Kind, "own.rule.years")
	}
	if utf8.RuneCountInString(r.Basis) > 500 {
		wrong.Add("basis-"+r.Kind, "own.too_long", "most", 500)
	}
	return wrong.Err()
}

// The rights of the desk.
var (
	// See is to read wishes, campaigns and erasures.
	See = auth.Right{Name: "own.see", Roles: auth.Staff}
	// Work is to settle wishes, to ask for confirmations, to erase, and to say how long
	// things are kept.
	Work = auth.Right{Name: "own.work", Roles: auth.Staff}
)
