package consult

import (
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/voice"
)

// A Who is a way to choose an audience.
type Who string

// The ways.
const (
	All           Who = "all"
	Organisations Who = "organisations"
	Persons       Who = "persons"
	ByField       Who = "field"
	Single        Who = "single"
)

// An Audience (naslovniki) says which members are asked. The zero one is all.
type Audience struct {
	Who     Who             `json:"who"`
	Fields  []members.Field `json:"fields,omitempty"`  // of ByField
	Members []members.ID    `json:"members,omitempty"` // of Single
}

// Check returns a fault if the audience cannot be anybody.
func (a Audience) Check() error {
	switch a.Who {
	case "", All, Organisations, Persons:
		return nil
	case ByField:
		if len(a.Fields) > 0 {
			return nil
		}
	case Single:
		if len(a.Members) > 0 {
			return nil
		}
	}
	return fault.In("audience", "consult.audience.empty")
}

// one reports whether the audience is of members named one by one.
func (a Audience) one() bool { return a.Who == Single }

// filters say which pages of the register the audience is, one after another.
func (a Audience) filters() []members.Filter {
	f := members.Filter{Standing: members.Active}
	switch a.Who {
	case Organisations:
		f.Kind = members.Organisation
	case Persons:
		f.Kind = members.Person
	case ByField:
		var list []members.Filter
		for _, f.Field = range a.Fields {
			list = append(list, f)
		}
		return list
	}
	return []members.Filter{f}
}

// firsts leaves of those who may answer the first of each member, to write to.
func firsts(list []members.Answerer) []members.Answerer {
	var first []members.Answerer
	seen := map[members.ID]bool{}
	for _, one := range list {
		if !seen[one.Member] {
			seen[one.Member] = true
			first = append(first, one)
		}
	}
	return first
}

// spoken is the name of a person as it is said: the register has "Benko, Taja".
func spoken(name string) string {
	if family, given, ok := strings.Cut(name, ", "); ok {
		return given + " " + family
	}
	return name
}

// An InvitationID names an invitation for good.
type InvitationID string

// A Stage is how far a member is with their answer.
type Stage string

// The stages, each further than the one before; a decline can be taken back.
const (
	Invited   Stage = "asked"
	Seen      Stage = "opened"    // the page was opened in a browser that runs its script, or something was done on it
	Answering Stage = "answering" // something is saved
	Answered  Stage = "answered"  // it is sent
	Declined  Stage = "declined"
)

// Stages are all stages in order.
func Stages() []Stage { return []Stage{Invited, Seen, Answering, Answered, Declined} }

// An Invitation is one member asked.
type Invitation struct {
	ID           InvitationID
	Consultation voice.ConsultationID
	Member       members.ID
	MemberName   string
	Kind         members.Kind
	Name         string // of the person who answers
	Email        string // empty if the member has none: the office has to call
	Lang         string
	Stage        Stage
	Public       bool // their answers may be published with the member's name
	Sent         time.Time
	Opened       time.Time
	Answered     time.Time
	Reminded     time.Time
	Comments     int // saved, sent or not
	SortKey      string
}

// A CommentID names a comment through all its versions.
type CommentID string

// A Via says how a comment came.
type Via string

// The ways.
const (
	ByLink   Via = "link"
	ByOffice Via = "office" // typed in by the office
)

// A Channel is how the office heard what it typed in.
type Channel string

// The channels.
const (
	Phone   Channel = "phone"
	Mail    Channel = "mail"
	Meeting Channel = "meeting"
)

// Channels are all channels.
func Channels() []Channel { return []Channel{Phone, Mail, Meeting} }

// Said are what a member says to one provision.
type Said struct {
	Stance  voice.Stance // empty while it is not chosen
	Text    string       // why
	Wording string       // own text of the provision
}

// Empty reports whether nothing is said.
func (w Said) Empty() bool {
	return w.Stance == "" && fault.Empty(w.Text) && fault.Empty(w.Wording)
}

func (w Said) check(provision string, wrong *fault.Fields) {
	if w.Stance != "" && !slices.Contains(voice.Stances(), w.Stance) {
		wrong.Add("stance:"+provision, "consult.stance.unknown")
	}
	if len(w.Text) > mostText || len(w.Wording) > mostText {
		wrong.Add("text:"+provision, "consult.text.long")
	}
}

// A Comment is what one member says to one provision, as it stands now.
type Comment struct {
	ID           CommentID
	Consultation voice.ConsultationID
	Case         voice.CaseID
	Invitation   InvitationID
	Provision    string
	Ord          int // of the provision
	Member       members.ID
	MemberName   string
	Kind         members.Kind
	Said
	Public  bool // may be published with the member's name
	Sent    bool // counts, and is read by the office
	Via     Via
	Channel Channel // of Office
	TypedBy auth.UserID
	TypedIs string
	At      time.Time
	Rev     int // of the version that stands
}

// A Version is one version of a comment. Kept is false of one that came when
// somebody else had saved another, and did not take its place.
type Version struct {
	Rev int
	Said
	Via     Via
	Channel Channel
	TypedIs string
	At      time.Time
	Kept    bool
}
