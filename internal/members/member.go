// Package members is the association's register: the organisations and persons
// that belong to it, since when and in what standing, how they are reached, and
// who may answer for whom.
//
// What holds:
//
//   - A member is never taken out: who leaves stays in the register as one who
//     has left, for past answers are theirs.
//   - What somebody is now stands in their entry. What they were on a past day
//     stands in their spells, which say so for each day since they came. What is
//     noted ahead changes nothing until its day.
//   - A person answers for themself. An organisation answers through its agents,
//     and only through them: its own e-mail is a letter box, not a person.
//   - E-mails are in lower case, and no two members share one.
//   - Whether somebody has paid changes no standing. That they owe is a mark which the
//     room of dues sets, for those who may see it; of amounts the register knows nothing.
//   - Members see each other's names, kinds, places and fields of culture. How a
//     member is reached, and what is noted of them, is for the office.
package members

import (
	"cmp"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
)

// An ID names a member for good. It is never used again for another.
type ID string

// A Kind tells organisations from persons.
type Kind string

// The kinds.
const (
	Organisation Kind = "organisation" // pravna oseba
	Person       Kind = "person"       // fizična oseba
)

// Kinds are all kinds in the order in which they are offered.
func Kinds() []Kind { return []Kind{Organisation, Person} }

// A Field is a field of culture (področje).
type Field string

// Fields are all fields in the order in which they are offered. A member may
// have none of them.
func Fields() []Field {
	return []Field{"theatre", "dance", "music", "film", "visual", "literature", "intermedia", "critique", "heritage", "cross"}
}

// Regions are all statistical regions in the order in which they are offered, and
// abroad. A member may have none of them.
func Regions() []string {
	return []string{"pomurska", "podravska", "koroska", "savinjska", "zasavska", "posavska", "jugovzhodna", "osrednja", "gorenjska", "primorska", "goriska", "obalna", "abroad"}
}

// A Member is one entry of the register.
//
// These hold of every Member that Check accepts:
//
//   - Name is not empty and at most 300 letters; Place, Street, Postcode and Phone
//     are at most 100, Note at most 10,000.
//   - Kind, Standing, Field, Region and Lang are of the words above; the last three
//     may be empty. Fields are others than Field, and none is there twice.
//   - Email is empty or one address in lower case.
//   - Applicants and who was not admitted have no Term; members have one that has
//     begun and not ended. The Term of those who are members no more has an end,
//     and not before it began; who died or was dissolved may never have had one.
type Member struct {
	ID        ID
	Kind      Kind
	Name      string // of a person: family name first, "Benko, Taja"
	SortKey   string // made of Name; read only
	Email     string // empty unless the reader may see it
	Lang      string // of letters; "sl" if empty
	Place     string
	Street    string // as Email
	Postcode  string // as Email
	Region    string
	Field     Field    // the main one
	Fields    []Field  // beside it
	Languages []string // in which they work
	Interest  record.Interest
	Category  CategoryID
	Standing  Standing
	Since     civil.Date // first day of the Standing; read only but for a new applicant
	Term      civil.Span
	Ahead     Turn           // what is noted ahead; read only
	Phone     string         // as Email
	Note      string         // as Email
	Former    record.History // what the entry said before; read only
	From      civil.Date     // of a Save: since when the name and the place hold; today if none
	Corrects  bool           // of a Save: they were written wrong, and nothing is remembered
	Details   Details        // nil where they are not read, or not to be changed
	Agents    int            // how many agents may answer now; read only
	Revision  int            // 1 when added, and one more with each change
	Changed   time.Time
}

// An Agent is someone who may act for an organisation (pooblaščena oseba).
type Agent struct {
	ID      string
	Member  ID // the organisation
	Person  ID // the member that the agent is too; empty for others
	Name    string
	Email   string
	Lang    string
	Since   civil.Date
	Until   civil.Date // the first day on which no longer; none for an agent in office
	Answers bool       // may answer in consultations
	Noted   civil.Date // when they were written down; none if that was not kept
}

// An Answerer is a person who may answer for a member.
type Answerer struct {
	Member     ID
	MemberName string
	Kind       Kind
	Field      Field
	PersonName string
	Email      string
	Lang       string
}

// The rights of the desk.
var (
	// See is to see who belongs to the association.
	See = auth.Right{Name: "members.see", Roles: auth.Anyone}
	// Past is to see who belonged to it, who was not taken in, and what is noted ahead.
	Past = auth.Right{Name: "members.past", Roles: auth.Insider}
	// Read is to see all of an entry: e-mail, phone, notes, agents.
	Read = auth.Right{Name: "members.read", Roles: auth.Staff}
	// Write is to change the register.
	Write = auth.Right{Name: "members.write", Roles: auth.Staff}
)

// The longest that is kept, in letters.
const (
	longestName   = 300
	longestLine   = 100
	longestReason = 1_000
	longestNote   = 10_000
)

// Tidy returns m as it is kept: without space around, e-mail in lower case.
func (m Member) Tidy() Member {
	m.Name, m.Place, m.Phone = line(m.Name), line(m.Place), line(m.Phone)
	m.Street, m.Postcode = line(m.Street), line(m.Postcode)
	m.Email = strings.ToLower(line(m.Email))
	m.Note = strings.TrimSpace(m.Note)
	m.Lang = cmp.Or(m.Lang, "sl")
	m.SortKey = sortKey(m.Name)
	m.Interest.Decision = line(m.Interest.Decision)
	m.Fields = slices.DeleteFunc(inOrder(Fields(), m.Fields), func(f Field) bool { return f == m.Field })
	if m.Field == "" && len(m.Fields) > 0 {
		m.Field, m.Fields = m.Fields[0], m.Fields[1:]
	}
	m.Languages = inOrder(languages(), m.Languages)
	return m
}

// inOrder are the words of the list that are known, in the order of all, each once.
func inOrder[T comparable](all, list []T) []T {
	var out []T
	for _, w := range all {
		if slices.Contains(list, w) {
			out = append(out, w)
		}
	}
	return out
}

// languages are those of the region.
func languages() []string {
	var list []string
	for _, l := range i18n.Region() {
		list = append(list, l.Code)
	}
	return list
}

// line is s on one line, with single spaces and without control characters.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// sortKey is the beginning of the alphabetical key of the name, about forty
// letters of it: enough to tell names apart, short enough for every index.
func sortKey(name string) string {
	key := textkit.SortKey(language.Slovenian, name)
	return key[:min(len(key), 160)]
}

// Check returns the faults for the rules above that m breaks.
func (m Member) Check() error {
	var wrong fault.Fields
	if m.Name == "" {
		wrong.Add("name", "members.name.empty")
	}
	for name, s := range map[string]string{"name": m.Name, "place": m.Place, "street": m.Street, "postcode": m.Postcode, "phone": m.Phone, "note": m.Note} {
		most := map[string]int{"name": longestName, "note": longestNote}[name]
		if most = cmp.Or(most, longestLine); utf8.RuneCountInString(s) > most {
			wrong.Add(name, "members.too_long", "most", most)
		}
	}
	if !slices.Contains(Kinds(), m.Kind) {
		wrong.Add("kind", "members.kind.unknown")
	}
	if m.Field != "" && !slices.Contains(Fields(), m.Field) {
		wrong.Add("field", "members.field.unknown")
	}
	if m.Region != "" && !slices.Contains(Regions(), m.Region) {
		wrong.Add("region", "members.region.unknown")
	}
	m.Interest.Check(&wrong)
	if !spoken(m.Lang) {
		wrong.Add("lang", "members.lang.unknown")
	}
	if m.Email != "" && !address(m.Email) {
		wrong.Add("email", "members.email.wrong")
	}
	m.checkTerm(&wrong)
	return wrong.Err()
}

func (m Member) checkTerm(wrong *fault.Fields) {
	begun, ended := !m.Term.From.IsZero(), !m.Term.Until.IsZero()
	gone := m.Standing == Deceased || m.Standing == Dissolved
	switch {
	case !slices.Contains(Standings(), m.Standing):
		wrong.Add("standing", "members.standing.unknown")
	case m.Standing == Deceased && m.Kind == Organisation, m.Standing == Dissolved && m.Kind == Person:
		wrong.Add("standing", "members.standing.kind")
	case gone && begun == ended:
	case begun != (m.Standing != Applied && m.Standing != Rejected), ended != (begun && !m.Standing.Belongs()):
		wrong.Add("standing", "members.standing.term")
	case ended && !m.Term.From.Before(m.Term.Until):
		wrong.Add("last", "members.leave.too_early")
	}
}

// spoken reports whether letters may be in the language.
func spoken(code string) bool {
	return code == "" || slices.ContainsFunc(i18n.Region(), func(l i18n.Language) bool { return l.Code == code })
}

// address reports whether s is one e-mail address and nothing else.
func address(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= 254 && strings.Contains(s[strings.LastIndexByte(s, '@'):], ".")
}

// Belongs reports whether the member is one on the given day.
func (m Member) Belongs(on civil.Date) bool { return !m.Term.From.IsZero() && m.Term.Holds(on) }

// Silent reports whether a member of ours has nobody who may answer.
func (m Member) Silent() bool {
	return m.Standing == Active && (m.Kind == Organisation && m.Agents == 0 || m.Kind == Person && m.Email == "")
}

// public is m as whoever may not read all of it sees it.
func (m Member) public(by auth.Actor) Member {
	if !by.Can(Past) {
		m.Ahead = Turn{}
	}
	m.Email, m.Street, m.Postcode, m.Phone, m.Note, m.Lang, m.Agents, m.Interest.Decision, m.Former = "", "", "", "", "", "", 0, "", nil
	return m
}

// Tidy returns a as it is kept.
func (a Agent) Tidy() Agent {
	a.Name, a.Email, a.Lang = line(a.Name), strings.ToLower(line(a.Email)), cmp.Or(a.Lang, "sl")
	return a
}

// Check returns the faults of an agent: one has a name, a day since when, and, to
// answer, an e-mail.
func (a Agent) Check() error {
	var wrong fault.Fields
	switch {
	case a.Name == "":
		wrong.Add("name", "members.agent.name.empty")
	case utf8.RuneCountInString(a.Name) > longestName:
		wrong.Add("name", "members.too_long", "most", longestName)
	}
	switch {
	case a.Email == "" && a.Answers:
		wrong.Add("email", "members.agent.email.empty")
	case a.Email != "" && !address(a.Email):
		wrong.Add("email", "members.email.wrong")
	}
	if !spoken(a.Lang) {
		wrong.Add("lang", "members.lang.unknown")
	}
	if a.Since.IsZero() {
		wrong.Add("since", "members.day.empty")
	}
	return wrong.Err()
}

// End takes the agent out of office; last is the last day in it.
func (a Agent) End(last civil.Date) (Agent, error) {
	switch {
	case !a.Until.IsZero():
		return a, fault.New(fault.Conflict, "members.agent.ended")
	case last.IsZero():
		return a, fault.In("last", "members.day.empty")
	case last.Before(a.Since):
		return a, fault.In("last", "members.agent.too_early")
	}
	a.Until = last.AddDays(1)
	return a, nil
}
