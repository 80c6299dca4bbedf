// Package european reads the instructions of amending acts of the European Union
// in English, as the Joint Practical Guide (18) and the Interinstitutional Style
// Guide (3.3) have them drafted.
//
// An instruction is an item of a list, and the list says where: "Article 5 is
// amended as follows: (a) paragraph 1 is replaced by the following: ‘…’". A word
// outside of quotations that the grammar lacks refuses the sentence.
package european

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
	Item:    "point",
	Amends:  func(heading string) bool { return strings.HasPrefix(heading, "Amendment") },
	Ends:    sentenceEnds,
	Unquote: unquote,
	One:     one,
}

// Read reads the instructions of an amending act. Every sentence becomes an
// instruction: operations, or a refusal. What is applied wholly or not at all
// is a point of the list of an article: Article is "1 point 2".
func Read(a *lawtext.Act) []amend.Instruction { return language.Read(a) }

// ReadSentence reads one instruction. Payload is the provision that follows it,
// without its outer quotation marks, or empty. Within is where the list stands
// that the sentence is an item of.
func ReadSentence(text, payload string, within lawcite.Ref) amend.Instruction {
	return language.ReadSentence(text, payload, listed.PlaceOf(within))
}

// sentenceEnds cuts a text at full stops before a capital, outside of
// quotations.
func sentenceEnds(text string) []int {
	toks := scan(text)
	var ends []int
	for i := 1; i+1 < len(toks); i++ {
		next, _ := utf8.DecodeRuneInString(toks[i+1].text)
		if toks[i].text == "." && toks[i].sort == mark && unicode.IsUpper(next) && toks[i+1].sort != quoted {
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
	if v := closing(in.Text, toks); v != "" {
		op := amend.Op{Verb: v, Text: in.Text}
		if v == amend.Repeal {
			op.Act, op.Acts = toks[0].text, []string{toks[0].text}
		}
		return []amend.Op{op}, nil, down
	}
	if payload == "" {
		payload, toks = trailing(toks)
	}
	if up.Left {
		return []amend.Op{{Verb: amend.Manual, Act: up.Act, Text: in.Text, Payload: payload}}, nil, up
	}
	r := &reader{toks: trim(toks), act: up.Act, scope: up.At, above: up.At}
	ok := r.sentence()
	alone := up.Act == "" && len(up.At.Steps) == 0 && !up.Lost && !up.Amends
	switch {
	case r.refused == nil && ok && r.list && len(r.ops) == 0 && in.List:
		return nil, nil, listed.Above{Act: r.act, At: r.scope}
	case r.refused == nil && ok && r.list && len(r.ops) == 0 && r.act != "" && payload == "" && len(up.At.Steps) == 0:
		return []amend.Op{{Verb: amend.Transitory, Act: r.act, Text: in.Text}}, nil, listed.Above{Act: r.act, At: r.scope} // alone on its line
	case r.refused == nil && !ok && payload == "" && !in.List && alone && !instructs(toks):
		return []amend.Op{{Verb: amend.Transitory, Text: in.Text}}, nil, down
	case up.Lost:
		r.refused = &amend.Refusal{Reason: amend.NoTarget, Words: "the sentence above the list was not read"}
	case r.refused != nil && r.refused.Reason == amend.Unsupported && ok && r.list == in.List:
		return []amend.Op{{Verb: amend.Manual, Act: r.act, Text: in.Text, Payload: payload}}, nil, listed.Above{Act: r.act, At: r.scope, Left: true}
	case r.refused == nil && (!ok || r.list != in.List):
		t := r.tok(max(0, min(r.i, len(r.toks)-1)))
		r.refused = &amend.Refusal{Reason: why(t), Words: t.text, Span: lawtext.Span{Start: t.start, End: t.end}}
	case r.refused == nil && payload != "" && len(r.waits) == 0:
		r.refused = &amend.Refusal{Reason: amend.BadPayload, Words: "a quotation that nothing announces"}
	case r.refused == nil && len(r.waits) > 1:
		r.refused = &amend.Refusal{Reason: amend.NoPayload, Words: in.Text}
	}
	if r.refused != nil {
		return nil, r.refused, down
	}
	for i := range r.ops {
		r.ops[i].Act = r.act
	}
	for _, i := range r.waits {
		r.ops[i].Payload = payload
	}
	return r.ops, nil, listed.Above{Act: r.act, At: r.scope, Lost: !r.list}
}

// why tells a word that nobody knows from a known one in a wrong place.
func why(t token) amend.Reason {
	low := strings.ToLower(t.text)
	if _, unit := units[low]; t.sort == word && !unit && ordinals[low] == "" && !lexicon[low] {
		return amend.UnknownWord
	}
	return amend.NoPattern
}

var lexicon = words(`the in of to and or is are shall be hereby after before following replaced by deleted inserted added amended as
	follows words word term terms date number figure phrase introductory wording part at end accordingly`)

// trailing takes the quotation at the end of a sentence off it: "… is added:
// ‘(c) …’;".
func trailing(toks []token) (string, []token) {
	n := len(toks)
	for n > 0 && (toks[n-1].sort == mark && strings.Contains(".;,", toks[n-1].text) || toks[n-1].text == "and" && toks[n-1].sort == word) {
		n--
	}
	if n > 1 && toks[n-1].sort == quoted && toks[n-2].text == ":" && toks[n-2].sort == mark {
		return strings.TrimSpace(toks[n-1].text), toks[:n-1]
	}
	return "", toks
}

// trim takes the signs off the end of a sentence, and the "and" that leads to
// the last item.
func trim(toks []token) []token {
	for n := len(toks); n > 0; n-- {
		if t := toks[n-1]; !(t.sort == mark && strings.Contains(".;,", t.text) || t.sort == word && t.text == "and") {
			break
		}
		toks = toks[:n-1]
	}
	return toks
}

// closing tells the clauses that end an act.
func closing(text string, toks []token) amend.Verb {
	switch {
	case strings.HasPrefix(text, "This ") && (strings.Contains(text, " enter into force") || strings.Contains(text, " shall apply from")):
		return amend.Commence
	case len(toks) > 2 && toks[0].sort == act && strings.Contains(text[toks[0].end:], "repealed") && !strings.Contains(text, "Article"):
		return amend.Repeal
	}
	return ""
}

// instructs reports whether a sentence looks as if it tells to change a text.
func instructs(toks []token) bool {
	verbs := words("replaced deleted inserted added amended following")
	for _, t := range toks {
		if t.sort == quoted || t.sort == broken || t.sort == word && verbs[t.text] {
			return true
		}
	}
	return false
}

// unquote takes the outer quotation marks off a payload, and the sign of the
// sentence around it.
func unquote(s string) string {
	s = strings.TrimSpace(s)
	if toks := scan(s); len(toks) > 0 && toks[0].sort == quoted && strings.Trim(s[toks[0].end:], " .;,") == "" {
		return strings.TrimSpace(toks[0].text)
	}
	return s
}
