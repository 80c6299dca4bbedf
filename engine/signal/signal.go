// Package signal reads what a pasted text is: a draft law, a call, a letter
// about a consultation, and what in it the association must act on.
//
// Everything it returns is a suggestion. What was guessed, and what is missing
// though it should be there, stands in Doubts for a person to check.
//
// These hold of every text, whatever its bytes:
//
//   - Read neither fails nor panics, and the same text gives the same Signal.
//   - A Deadline has a possible date or a number of days, never both.
//   - No list names the same thing twice.
package signal

import (
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Kind says what a text is.
type Kind string

// The kinds of texts, with the Slovenian terms.
const (
	Act         Kind = "act"          // zakon
	AmendingAct Kind = "amending-act" // zakon o spremembah in dopolnitvah
	Bylaw       Kind = "by-law"       // pravilnik, uredba, odlok, sklep …, new or amending
	Strategy    Kind = "strategy"     // resolucija, strategija, nacionalni program
	Call        Kind = "call"         // javni razpis, javni poziv
	Letter      Kind = "letter"       // dopis, e-pošta
	Unknown     Kind = "unknown"
)

// A Procedure is the way a bill takes through the National Assembly, where the
// text says that it is not the regular one.
type Procedure string

// The procedures of chapter V of the rules of the National Assembly.
const (
	Urgent    Procedure = "urgent"    // nujni postopek
	Shortened Procedure = "shortened" // skrajšani postopek
)

// A Signal is what Read found in a text.
type Signal struct {
	Kind      Kind
	Language  string // "sl" or "en"
	Title     string // "Zakon o spremembah in dopolnitvah Zakona o vodah"; empty if none was found
	Short     string // "ZV-1H"
	Amends    []Reference
	Proponent string // as written: "Vlada Republike Slovenije"
	IDs       Identifiers
	Deadlines []Deadline
	Procedure Procedure // empty if the text does not say
	Doubts    []Doubt
}

// A Reference names an act that the text amends.
type Reference struct {
	Title    string   // in the nominative: "Zakon o vodah"
	Short    string   // "ZV-1"; guessed from the short title of the amending act
	Gazettes []string // numbers of the Official Gazette: "101/05"
}

// Identifiers are the numbers by which registries know the text, each list in
// the order of the text.
type Identifiers struct {
	EVA   []string // draft of the government: "2022-3340-0058", where 3340 is the ministry of culture
	EPA   []string // case of the National Assembly: "1516-IV"
	SOP   []string // act in the Official Gazette: "2023-01-0404"
	PISRS []string // act in the register of regulations: "ZAKO3370"
	Calls []string // call of a ministry: "JPR-PROG-2018-2021"
}

// A Purpose says what must be done by a deadline.
type Purpose string

// The purposes of deadlines.
const (
	Comments     Purpose = "comments"     // pripombe, javna obravnava
	Applications Purpose = "applications" // vloge, prijave
	Other        Purpose = "unknown"
)

// A Deadline is a day by which something must be done, or a number of days
// from an event that the sentence names.
type Deadline struct {
	Year, Month, Day int    // all zero if only Days is said; Year is zero if the text leaves it out
	Clock            string // "12:00"; empty if no hour is said
	Days             int    // "v 30 dneh od objave"
	Purpose          Purpose
	Sentence         string // where it was found, on one line
}

// A Doubt is what a person should check.
type Doubt struct {
	Field  string // "Kind", "Title", "Amends", "Deadlines", "Proponent"
	Reason string // a key: "no-title", "year-missing", "several-kinds", …
}

// Read tells what a text is. It takes any text.
func Read(text string) Signal {
	a := lawtext.Parse(text)
	s := Signal{Language: language(text), IDs: identifiers(text)}
	sentences := sentencesOf(a)
	s.Title, s.Short = title(a, sentences)
	s.Kind = s.kind(a, text)
	s.Amends = amended(a, s.Title, s.Short)
	s.Proponent = proponent(text)
	s.Procedure = procedure(text)
	s.Deadlines = deadlines(sentences, s.Kind)
	s.doubt(a)
	return s
}

// doubt lists what is missing or does not agree.
func (s *Signal) doubt(a *lawtext.Act) {
	add := func(field, reason string) { s.Doubts = append(s.Doubts, Doubt{field, reason}) }
	if s.Kind == Unknown {
		add("Kind", "not-recognised")
	}
	if s.Title == "" {
		add("Title", "no-title")
	}
	if s.Kind == AmendingAct && len(s.Amends) == 0 {
		add("Amends", "no-act-named")
	}
	if len(s.Amends) > 1 {
		add("Amends", "several-acts")
	}
	for _, d := range s.Deadlines {
		if d.Days == 0 && d.Year == 0 {
			add("Deadlines", "year-missing")
		}
		if d.Purpose == Other {
			add("Deadlines", "purpose-unknown")
		}
	}
	if s.Kind == Call && len(s.Deadlines) == 0 {
		add("Deadlines", "none-found")
	}
	for _, n := range a.Notes {
		if n.Key == "missing-quote" {
			add("Amends", "missing-quote")
			break
		}
	}
}

// language is "en" if English function words outnumber the Slovenian ones.
func language(text string) string {
	en, sl := 0, 0
	for w := range strings.FieldsSeq(text[:min(len(text), 20_000)]) {
		switch w {
		case "the", "of", "and", "to", "for", "is", "shall", "by":
			en++
		case "in", "na", "se", "je", "za", "da", "ki", "iz", "po", "ali":
			sl++
		}
	}
	if en > sl {
		return "en"
	}
	return "sl"
}

// procedure reads "po nujnem postopku" and "skrajšani postopek".
func procedure(text string) Procedure {
	low := strings.ToLower(strings.Join(strings.Fields(text), " "))
	for _, w := range [...]string{"nujni postopek", "nujnem postopku", "nujnega postopka", "nujnemu postopku", "urgent procedure"} {
		if strings.Contains(low, w) {
			return Urgent
		}
	}
	for _, w := range [...]string{"skrajšani postopek", "skrajšan postopek", "skrajšanem postopku", "skrajšanega postopka", "shortened procedure"} {
		if strings.Contains(low, w) {
			return Shortened
		}
	}
	return ""
}

// proponent reads "Predlagatelj: Vlada Republike Slovenije".
func proponent(text string) string {
	for l := range strings.Lines(text) {
		l = strings.Trim(strings.TrimSpace(l), "*# ")
		head, rest, ok := strings.Cut(l, ":")
		if !ok || len(head) > 40 {
			continue
		}
		switch w, _, _ := strings.Cut(strings.ToLower(head), " "); w {
		case "predlagatelj", "predlagateljica", "predlagatelji", "pripravljavec", "proposer", "proponent":
			if rest = strings.Trim(strings.TrimSpace(rest), "* "); rest != "" && len(rest) < 300 {
				return strings.Join(strings.Fields(rest), " ")
			}
		}
	}
	return ""
}
