// Package german reads the instructions of German amending acts, as the manual
// of the Federal Ministry of Justice has them drafted (Handbuch der
// Rechtsförmlichkeit, third and fourth edition).
//
// An instruction is an item of a list, and the list says where: "§ 5 wird wie
// folgt geändert: a) Absatz 2 wird aufgehoben." So places are handed down the
// tree of the list, not from sentence to sentence. DESIGN.md says more.
package german

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/listed"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

var language = listed.Language{
	Item:    "Nummer",
	Amends:  func(heading string) bool { return strings.HasPrefix(heading, "Änderung") },
	Ends:    sentenceEnds,
	Unquote: unquote,
	One:     one,
}

// Read reads the instructions of an amending act. Every sentence becomes an
// instruction: operations, or a refusal. What is applied wholly or not at all
// is a number of the list of an article: Article is "1 Nummer 2".
func Read(a *lawtext.Act) []amend.Instruction { return language.Read(a) }

// ReadSentence reads one instruction. Payload is the provision that follows it,
// without its outer quotation marks, or empty. Within is where the list stands
// that the sentence is an item of.
func ReadSentence(text, payload string, within lawcite.Ref) amend.Instruction {
	return language.ReadSentence(text, payload, listed.PlaceOf(within))
}

// sentenceEnds cuts a text at full stops before a capital, outside of
// quotations and parentheses.
func sentenceEnds(text string) []int {
	toks := scan(text)
	var ends []int
	for i := 1; i+1 < len(toks); i++ {
		next, _ := utf8.DecodeRuneInString(toks[i+1].text)
		if toks[i].text == "." && toks[i].sort == mark && toks[i+1].sort == word && unicode.IsUpper(next) &&
			!(toks[i-1].sort == number && months[toks[i+1].text]) {
			ends = append(ends, toks[i].end)
		}
	}
	return append(ends, len(text))
}

// one reads a sentence and returns what it hands down to a list.
func one(in listed.Saying) ([]amend.Op, *amend.Refusal, listed.Above) {
	up, payload := in.Above, in.Payload
	down := listed.Above{Lost: in.List}
	toks := scan(in.Text)
	if v := closing(toks); v != "" {
		op := amend.Op{Verb: v, Text: in.Text}
		if s := (&reader{toks: toks}); v == amend.Repeal && s.naming() {
			op.Act, op.Acts = s.act, []string{s.act}
		}
		return []amend.Op{op}, nil, down
	}
	if payload == "" {
		payload, toks = trailing(toks)
	}
	if up.Left {
		return []amend.Op{{Verb: amend.Manual, Act: up.Act, Text: in.Text, Payload: payload}}, nil, up
	}
	s := &reader{toks: trim(toks), act: up.Act, scope: up.At, above: up.At}
	ok := s.sentence()
	alone := up.Act == "" && len(up.At.Steps) == 0 && !up.Lost && !up.Amends
	switch {
	case s.refused == nil && ok && s.list && len(s.ops) == 0 && in.List:
		return nil, nil, listed.Above{Act: s.act, At: s.scope}
	case s.refused == nil && !ok && payload == "" && !in.List && alone && !instructs(toks):
		return []amend.Op{{Verb: amend.Transitory, Text: in.Text}}, nil, down
	case up.Lost:
		s.refused = &amend.Refusal{Reason: amend.NoTarget, Words: "the sentence above the list was not read"}
	case s.refused != nil && s.refused.Reason == amend.Unsupported && ok && s.list == in.List:
		return []amend.Op{{Verb: amend.Manual, Act: s.act, Text: in.Text, Payload: payload}}, nil, listed.Above{Act: s.act, At: s.scope, Left: true}
	case s.refused == nil && (!ok || s.list != in.List):
		t := s.tok(min(s.i, len(s.toks)-1))
		s.refused = &amend.Refusal{Reason: why(t), Words: t.text, Span: lawtext.Span{Start: t.start, End: t.end}}
	case s.refused == nil && payload != "" && len(s.waits) == 0:
		s.refused = &amend.Refusal{Reason: amend.BadPayload, Words: "a quotation that nothing announces"}
	case s.refused == nil && (len(s.waits) > 1 || len(s.waits) == 1 && payload == ""):
		s.refused = &amend.Refusal{Reason: amend.NoPayload, Words: in.Text}
	}
	if s.refused != nil {
		return nil, s.refused, down
	}
	for i := range s.ops {
		s.ops[i].Act = s.act
	}
	for _, i := range s.waits {
		s.ops[i].Payload = payload
	}
	return s.ops, nil, listed.Above{Act: s.act, At: s.scope, Lost: !s.list}
}

// why tells a word that nobody knows from a known one in a wrong place.
func why(t token) amend.Reason {
	if _, unit := units[t.text]; t.sort == word && !unit && !nounOf(t.text) && participles[t.text] == "" && !lexicon[t.text] {
		return amend.UnknownWord
	}
	return amend.NoPattern
}

// lexicon has the words that are neither units nor nouns nor verbs.
var lexicon = words(`der die das dem den des ein eine einen einem einer in im nach vor hinter durch wird werden jeweils wie folgt
	neu und sowie oder bis am Ende folgende folgender folgendes folgenden folgendem neue neuer neues neuen bisherige bisherigen
	erhält erhalten Fassung lautet lauten Satzteil Teilsatz Wortlaut`)

// trailing takes the quotation at the end of a sentence off it: "… wird
// angefügt: „(3) …“."
func trailing(toks []token) (string, []token) {
	n := len(toks)
	for n > 0 && toks[n-1].sort == mark && (toks[n-1].text == "." || toks[n-1].text == ",") {
		n--
	}
	if n > 1 && toks[n-1].sort == quoted && toks[n-2].text == ":" && toks[n-2].sort == mark {
		return strings.TrimSpace(toks[n-1].text), toks[:n-1]
	}
	return "", toks
}

// trim takes the signs off the end of a sentence.
func trim(toks []token) []token {
	for n := len(toks); n > 0 && toks[n-1].sort == mark && strings.Contains(".;,", toks[n-1].text); n-- {
		toks = toks[:n-1]
	}
	return toks
}

// closing tells the clauses that end an act.
func closing(toks []token) amend.Verb {
	for i := range toks {
		if i > 0 && toks[i].text == "Kraft" && toks[i].sort == word {
			switch toks[i-1].text {
			case "in":
				return amend.Commence
			case "außer", "ausser":
				return amend.Repeal
			}
		}
	}
	return ""
}

// instructs reports whether a sentence looks as if it tells to change a text.
func instructs(toks []token) bool {
	for _, t := range toks {
		if t.sort == quoted || t.sort == broken || t.sort == word && (participles[t.text] != "" || signals[t.text]) {
			return true
		}
	}
	return false
}

// signals are words of instructions besides the verbs.
var signals = words("bisherige bisherigen Bisherige Bisherigen folgende folgender folgenden Folgende Folgender gefaßt")

// unquote takes the outer quotation marks off a payload, and the full stop of
// the sentence around it.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if toks := scan(s); len(toks) > 0 && toks[0].sort == quoted && strings.Trim(s[toks[0].end:], " .;,") == "" {
		return strings.TrimSpace(toks[0].text)
	}
	return s
}
