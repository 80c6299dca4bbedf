// Package admission is how one becomes a member: an application that anybody can
// write without an account, the proof that the office adds to it, the decision of
// the board with its reasons, and the appeal to the assembly.
//
// What holds:
//
//   - An application counts from the moment when a button behind a link in its
//     letter is pressed; until then it is kept for two weeks and nobody reads it.
//   - The answer to whoever sends one is the same whether the address is known to
//     the association or not. What differs stands in the letter.
//   - Applications may share an e-mail, as families do.
//   - Every decision is kept: its day, its number, its reasons, and who wrote it down.
//     Who is refused is told how to appeal (ZDru-1, 13. člen, peti odstavek; 14. člen).
//   - Accepting makes the member in the same transaction, with all that the applicant
//     gave: numbers, and the files that prove them.
//   - An appeal that the assembly leaves undecided for three months counts as rejected
//     (ZDru-1, 14. člen, drugi odstavek). It can still be decided here, later.
package admission

import (
	"cmp"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
)

// An ID names an application for good.
type ID string

// A State is where an application is.
type State string

// The states.
const (
	Sent      State = "sent"      // waits for the button behind the link in its letter
	Confirmed State = "confirmed" // with the office
	Asked     State = "asked"     // the applicant is asked for more
	Waiting   State = "board"     // before the board
	Accepted  State = "accepted"
	Rejected  State = "rejected"
	Appealed  State = "appealed" // rejected, and before the assembly
	Withdrawn State = "withdrawn"
)

// States are all states in the order in which they are gone through.
func States() []State {
	return []State{Sent, Confirmed, Asked, Waiting, Accepted, Rejected, Appealed, Withdrawn}
}

// Open reports whether something is still to be decided.
func (s State) Open() bool { return slices.Contains([]State{Confirmed, Asked, Waiting, Appealed}, s) }

// LegalForms are the forms of organisations in the order in which they are offered.
func LegalForms() []string {
	return []string{"society", "institute", "federation", "foundation", "cooperative", "public", "company", "other"}
}

// A Consent is what an applicant agreed to, in the words that they read.
type Consent struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// Consents are what applicants may agree to beside the statute, in the order in
// which it is asked.
func Consents() []string { return []string{"newsletter", "directory", "photos"} }

// An Application (pristopna izjava) is somebody's wish to be a member.
//
// These hold of every Application that Check accepts:
//
//   - Name and Place are not empty, Email is one address, the statute is accepted.
//   - An organisation names the person who is authorised to act for it, for a legal
//     person is represented by one (ZDru-1, 11. člen).
type Application struct {
	ID       ID
	State    State
	Year     int // of the confirmation; with Seq the number, "2026/7"
	Seq      int
	Kind     members.Kind
	Name     string // of a person: family name first, "Benko, Taja"
	Email    string
	Phone    string
	Address  string
	Place    string
	Field    members.Field
	Fields   []members.Field // beside it
	Region   string
	Speaks   []string // languages in which they work
	Lang     string
	Form     string // legal form of an organisation
	Register string // of an organisation in the register of business, of a person in that of the self-employed in culture
	Society  string // number in the register of associations
	Tax      string
	Agent    string // authorised person of an organisation
	AgentAs  string // as what: "direktorica"
	AgentTo  string // e-mail of that person; Email if empty
	About    string // what they say of their work
	Statute  bool
	Consents []Consent
	Paper    bool // came on paper, and was typed in by the office

	Proof    string // what the office has seen: "izpis iz registra društev"
	ProofAs  record.Proof
	ProofOn  civil.Date // of what day that is
	Remark   string     // of the office, for the board
	Meeting  civil.Date // of the board, at which it is decided
	Wanted   string     // what the applicant is asked for
	Replied  string     // and what they answered
	Member   members.ID // that it became, or of which it is
	Made     time.Time
	Settled  time.Time // confirmed by the applicant
	Revision int
}

// Number is how the association calls the application.
func (a Application) Number() string {
	if a.Seq == 0 {
		return ""
	}
	return strconv.Itoa(a.Year) + "/" + strconv.Itoa(a.Seq)
}

// Called is the name as it is spoken: given name first.
func (a Application) Called() string {
	if a.Kind == members.Person {
		return members.Called(a.Name)
	}
	return a.Name
}

// Tidy returns a as it is kept.
func (a Application) Tidy() Application {
	for _, s := range []*string{&a.Name, &a.Email, &a.Phone, &a.Address, &a.Place, &a.Register, &a.Society, &a.Tax, &a.Agent, &a.AgentAs, &a.AgentTo, &a.Proof} {
		*s = line(*s)
	}
	a.Email, a.AgentTo = strings.ToLower(a.Email), strings.ToLower(a.AgentTo)
	a.About, a.Remark, a.Wanted, a.Replied = strings.TrimSpace(a.About), strings.TrimSpace(a.Remark), strings.TrimSpace(a.Wanted), strings.TrimSpace(a.Replied)
	if a.Lang = cmp.Or(a.Lang, "sl"); a.Kind == members.Person {
		a.Form, a.Society, a.Agent, a.AgentAs, a.AgentTo = "", "", "", "", ""
	}
	// The register keeps these as it does.
	m := members.Member{Field: a.Field, Fields: a.Fields, Languages: a.Speaks}.Tidy()
	a.Field, a.Fields, a.Speaks = m.Field, m.Fields, m.Languages
	return a
}

func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// beginning is the first n letters of s, or all of it.
func beginning(s string, n int) string {
	if letters := []rune(s); len(letters) > n {
		return string(letters[:n])
	}
	return s
}

// The longest that is kept, in letters.
const (
	longestName = 300
	longestLine = 200
	longestText = 5_000
)

// Check returns the faults for the rules above that a breaks.
func (a Application) Check() error {
	var wrong fault.Fields
	if a.Kind != members.Person && a.Kind != members.Organisation {
		wrong.Add("kind", "admission.kind.unknown")
	}
	if name, given, two := strings.Cut(a.Name, ","); a.Name == "" || two && (fault.Empty(name) || fault.Empty(given)) && a.Kind == members.Person {
		wrong.Add("name", "admission.name.empty")
	}
	switch {
	case a.Email == "":
		wrong.Add("email", "admission.email.empty")
	case !address(a.Email):
		wrong.Add("email", "admission.email.wrong")
	}
	if a.Place == "" {
		wrong.Add("place", "admission.place.empty")
	}
	if a.Field != "" && !slices.Contains(members.Fields(), a.Field) {
		wrong.Add("field", "admission.field.unknown")
	}
	if a.Region != "" && !slices.Contains(members.Regions(), a.Region) {
		wrong.Add("region", "members.region.unknown")
	}
	if a.ProofAs != "" && !slices.Contains(record.Proofs(), a.ProofAs) {
		wrong.Add("proof_as", "members.proof.unknown")
	}
	if !slices.ContainsFunc(i18n.Region(), func(l i18n.Language) bool { return l.Code == a.Lang }) {
		wrong.Add("lang", "admission.lang.unknown")
	}
	a.checkOrganisation(&wrong)
	for _, one := range []struct {
		field, text string
		most        int
	}{
		{"name", a.Name, longestName}, {"phone", a.Phone, 100}, {"address", a.Address, longestLine}, {"place", a.Place, 100}, {"register", a.Register, 100}, {"society", a.Society, 100},
		{"tax", a.Tax, 100}, {"agent", a.Agent, longestName}, {"agent_as", a.AgentAs, 100}, {"about", a.About, longestText}, {"proof", a.Proof, longestLine},
		{"remark", a.Remark, longestText}, {"wanted", a.Wanted, longestText}, {"replied", a.Replied, longestText},
	} {
		if utf8.RuneCountInString(one.text) > one.most {
			wrong.Add(one.field, "admission.too_long", "most", one.most)
		}
	}
	if !a.Statute {
		wrong.Add("statute", "admission.statute.no")
	}
	return wrong.Err()
}

func (a Application) checkOrganisation(wrong *fault.Fields) {
	if a.Kind != members.Organisation {
		return
	}
	if !slices.Contains(LegalForms(), a.Form) {
		wrong.Add("form", "admission.form.empty")
	}
	if a.Agent == "" {
		wrong.Add("agent", "admission.agent.empty")
	}
	if a.AgentTo != "" && !address(a.AgentTo) {
		wrong.Add("agent_to", "admission.email.wrong")
	}
}

// address reports whether s is one e-mail address and nothing else.
func address(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s && len(s) <= 254 && strings.Contains(s[strings.LastIndexByte(s, '@'):], ".")
}

// member is the applicant as the register has them from the day on.
func (a Application) member(applied civil.Date) members.Member {
	code, town := postcode(a.Place)
	return members.Member{
		Kind: a.Kind, Name: a.Name, Email: a.Email, Lang: a.Lang, Street: beginning(a.Address, 100), Postcode: code, Place: town, Region: a.Region,
		Field: a.Field, Fields: a.Fields, Languages: a.Speaks, Phone: a.Phone,
		Standing: members.Applied, Since: applied,
	}
}

// An Outcome is what was decided.
type Outcome string

// The outcomes. The board accepts, rejects or asks for more; the assembly upholds
// an appeal, which makes a member, or dismisses it.
const (
	Accept  Outcome = "accept"
	Reject  Outcome = "reject"
	More    Outcome = "more"
	Uphold  Outcome = "uphold"
	Dismiss Outcome = "dismiss"
)

// Outcomes are what the board may decide.
func Outcomes() []Outcome { return []Outcome{Accept, Reject, More} }

// A Decision (sklep) is what the board or, on appeal, the assembly decided.
type Decision struct {
	Outcome Outcome
	On      civil.Date
	Number  string // of the decision, as the minutes have it
	Reasons string
	From    civil.Date // since when one is a member, if accepted; On if none
	By      string     // who wrote it down
	Told    bool       // whether a letter went to the applicant
	Made    time.Time
}

// Check returns the faults of a decision: it has a day that has come, a number
// unless it only asks for more, and reasons unless it accepts.
func (d Decision) Check(today civil.Date) error {
	var wrong fault.Fields
	if !slices.Contains([]Outcome{Accept, Reject, More, Uphold, Dismiss}, d.Outcome) {
		wrong.Add("outcome", "admission.outcome.empty")
	}
	switch {
	case d.On.IsZero():
		wrong.Add("on", "admission.day.empty")
	case d.On.After(today):
		wrong.Add("on", "admission.day.ahead")
	}
	if d.Number == "" && d.Outcome != More {
		wrong.Add("number", "admission.number.empty")
	}
	if utf8.RuneCountInString(d.Number) > 100 {
		wrong.Add("number", "admission.too_long", "most", 100)
	}
	if d.Reasons == "" && d.Outcome != Accept && d.Outcome != Uphold {
		wrong.Add("reasons", "admission.reasons.empty")
	}
	if utf8.RuneCountInString(d.Reasons) > longestText {
		wrong.Add("reasons", "admission.too_long", "most", longestText)
	}
	return wrong.Err()
}

// step is the state that the decision leads to.
func (a Application) step(d Decision) (State, error) {
	board, assembly := a.State == Waiting || a.State == Confirmed || a.State == Asked, a.State == Appealed
	switch {
	case d.Outcome == Accept && board, d.Outcome == Uphold && assembly:
		return Accepted, nil
	case d.Outcome == Reject && board, d.Outcome == Dismiss && assembly:
		return Rejected, nil
	case d.Outcome == More && board:
		return Asked, nil
	}
	return a.State, fault.New(fault.Conflict, "admission.decided")
}

// An Appeal (pritožba) asks the assembly to decide in place of the board.
type Appeal struct {
	Received  civil.Date
	Due       civil.Date // the last day on which it is in time; none if the statute knows no term
	Reasons   string
	Withdrawn civil.Date // none for one that stands
}

// silence is after how many months without a decision an appeal counts as rejected
// (ZDru-1, 14. člen, drugi odstavek).
const silence = 3

// Last is the last day on which the assembly decides in time. From the day after, an
// appeal that is undecided counts as rejected, and the court may be asked.
func (a Appeal) Last() civil.Date { return a.Received.AddMonths(silence) }

// Lapsed reports whether the appeal, if it is undecided, counts as rejected on the day.
func (a Appeal) Lapsed(on civil.Date) bool { return on.After(a.Last()) }

// InTime reports whether the appeal came in time.
func (a Appeal) InTime() bool { return a.Due.IsZero() || !a.Received.After(a.Due) }

// A Rule is what the association's statute says of admission.
type Rule struct {
	Board  string // who decides: "upravni odbor"
	Appeal int    // days to appeal from the day the letter is received; 0 for no term
	Paper  string // where the statute can be read
}

// Check returns the faults of a rule.
func (r Rule) Check() error {
	var wrong fault.Fields
	if r.Board == "" || utf8.RuneCountInString(r.Board) > 100 {
		wrong.Add("board", "admission.rule.board")
	}
	if r.Appeal < 0 || r.Appeal > 365 {
		wrong.Add("appeal", "admission.rule.days")
	}
	if r.Paper != "" && !strings.HasPrefix(r.Paper, "https://") && !strings.HasPrefix(r.Paper, "/") || len(r.Paper) > 500 {
		wrong.Add("paper", "admission.rule.paper")
	}
	return wrong.Err()
}

// The rights of the desk.
var (
	// See is to read applications and to write down what the board decided.
	See = auth.Right{Name: "admission.see", Roles: auth.Insider}
	// Work is to complete applications and to put them before the board.
	Work = auth.Right{Name: "admission.work", Roles: auth.Staff}
)
