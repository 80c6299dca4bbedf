package cases

import (
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/engine/signal"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/voice"
)

// An Intake is what somebody pasted or dropped. It is kept before anything is
// made of it, and until somebody deletes it.
type Intake struct {
	ID   string
	By   auth.UserID
	ByIs string
	Raw
	Signal  signal.Signal
	Created time.Time
	Made    voice.CaseID // once a case has it
}

// A Raw is what came in.
type Raw struct {
	Name    string // of the file
	Source  string // an address on the web, as the person gave it
	Text    string // empty if the file could not be read
	Blob    string // hash of the kept file; empty for pasted text
	ReadBy  string // what read the file
	Notes   []string
	Problem string       // key of the sentence that says why it could not be read
	For     voice.CaseID // the case that it is a next text of; empty for a new one
}

// Check returns a fault if nothing came in.
func (r Raw) Check() error {
	var wrong fault.Fields
	if fault.Empty(r.Text) && r.Blob == "" {
		wrong.Add("text", "cases.intake.empty")
	}
	if len(r.Text) > corpus.MaxText {
		wrong.Add("text", "cases.intake.long")
	}
	if r.Source != "" && !webAddress(r.Source) {
		wrong.Add("source", "cases.link.broken")
	}
	return wrong.Err()
}

// A Proposal is what we take a text to be, for a person to correct.
type Proposal struct {
	Case     Case
	Deadline civil.Date // for comments or applications; none if the text names none
	Articles int
	Base     string // how the text calls the act that it changes: "ZPNK"
	Stage    corpus.Stage
	Warnings []string // keys
}

// kinds are how a kind of text is made.
var kinds = map[signal.Kind]procedure.Kind{
	signal.Act: procedure.Law, signal.AmendingAct: procedure.Law, signal.Bylaw: procedure.Bylaw, signal.Strategy: procedure.Strategy, signal.Call: procedure.Call,
}

// Propose says what a case of the text would be.
func (i Intake) Propose(pack country.Pack, today civil.Date) Proposal {
	s := i.Signal
	p := Proposal{Case: Case{
		Title: s.Title, Short: s.Short, Kind: kinds[s.Kind], Variant: procedure.Ordinary, Proposer: s.Proponent, Opened: today,
		EVA: first(s.IDs.EVA), EPA: first(s.IDs.EPA), SOP: first(s.IDs.SOP), Code: first(s.IDs.Calls),
	}, Articles: articles(i.Text), Stage: corpus.Draft}
	c, folded := &p.Case, textkit.Fold(s.Title)
	switch {
	case s.Kind == signal.Bylaw && strings.HasPrefix(folded, "pravilnik"):
		c.Kind = procedure.Rulebook
	case s.Kind == signal.Strategy && strings.Contains(folded, "nacionaln"):
		c.Kind = procedure.NationalProgramme
	case c.Kind == "":
		c.Kind = Other
	}
	switch {
	case c.Kind == procedure.Call && strings.Contains(folded, "poziv"):
		c.Variant = procedure.Rolling
	case c.Kind == procedure.Call:
		c.Variant = procedure.Ranked
	case c.Kind == procedure.Law && s.Procedure != "":
		c.Variant = procedure.Variant(s.Procedure)
	case c.Kind == Other:
		c.Variant = ""
	}
	if s.Kind == signal.AmendingAct {
		p.Stage = corpus.Amending
	}
	if len(s.Amends) > 0 {
		if p.Base = s.Amends[0].Short; p.Base == "" {
			p.Base = s.Amends[0].Title
		}
	}
	c.Body = authority(pack, s.Proponent)
	p.Deadline = deadline(s.Deadlines, today)
	p.Warnings = i.warnings(p, today)
	return p
}

func (i Intake) warnings(p Proposal, today civil.Date) (keys []string) {
	if !p.Deadline.IsZero() && p.Deadline.Before(today) {
		keys = append(keys, "cases.warn.past")
	}
	if p.Articles == 0 && strings.TrimSpace(i.Text) != "" && p.Case.Kind != procedure.Call && p.Case.Kind != Other {
		keys = append(keys, "cases.warn.articles")
	}
	for _, d := range i.Signal.Doubts {
		keys = append(keys, "cases.doubt."+d.Reason)
	}
	return keys
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func articles(text string) int { return len(lawtext.Parse(text).Articles("")) }

// authority finds the authority that the words name, in any case of the noun.
func authority(pack country.Pack, words string) string {
	has := textkit.Fold(words)
	for _, a := range pack.Authorities {
		if has != "" && strings.Contains(has, textkit.Fold(a.Labels[country.Slovenian])) {
			return a.Key
		}
	}
	return ""
}

// deadline is the day by which the public or the applicants must answer. A day
// without a year is the next such day.
func deadline(list []signal.Deadline, today civil.Date) civil.Date {
	for _, d := range list {
		if d.Month == 0 || d.Purpose == signal.Other {
			continue
		}
		year := d.Year
		if year == 0 {
			year = today.Year()
		}
		on, err := civil.ParseHuman(strings.Join([]string{strconv.Itoa(d.Day), strconv.Itoa(d.Month), strconv.Itoa(year)}, ". "))
		if err != nil {
			continue
		}
		if d.Year == 0 && on.Before(today) {
			on = on.AddMonths(12)
		}
		return on
	}
	return civil.Date{}
}
