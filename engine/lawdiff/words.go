// Package lawdiff says what changed between two versions of a text, word by word,
// and between two versions of an act, provision by provision.
//
// It never looks at how a text is wrapped: a difference that is only another kind
// or amount of white space at the same place is none. All results are functions
// of the two texts alone, the same on every run.
package lawdiff

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/textkit"
)

// An Op says what happened to a piece of text.
type Op string

// What may happen to a piece of text.
const (
	Keep   Op = "keep"
	Insert Op = "insert"
	Delete Op = "delete"
)

// An Edit is a piece of text and what happened to it. Text is never empty.
type Edit struct {
	Op   Op     `json:"op"`
	Text string `json:"text"`
}

// Words returns the edits that turn old into new, for people to read: whole words
// and numbers, phrases rather than scattered syllables, the deletion before the
// insertion that replaces it.
//
// Kept and inserted text joined is new, byte for byte. Kept and deleted text
// joined is old, but where the two differ in the kind of white space alone the
// kept text has that of new; and white space at the very start and end of a text
// is never an edit. No two neighbours have the same Op.
//
// Time is near linear for texts that have something in common; two long texts
// that do not are one deletion and one insertion.
func Words(old, new string) []Edit {
	a, b := tokens(old), tokens(new)
	keep := mend(a, b, Align(texts(a), texts(b)))
	w := writer{old: old, new: new}
	i := 0
	for j, k := range keep {
		if k < 0 {
			continue
		}
		w.replace(a[i:k], b[w.done:j])
		w.keep(a[k], b[j])
		i = k + 1
	}
	w.replace(a[i:], b[w.done:])
	return w.finish()
}

// Unwrap returns s on one line: every run of white space is one space, none
// stands at the ends.
func Unwrap(s string) string { return strings.Join(strings.Fields(s), " ") }

// A token is a word or one other character that is not white space. gap is the
// white space before it.
type token struct {
	text, gap string
	word      bool
}

func tokens(s string) []token {
	var list []token
	from := 0 // end of the last token
	add := func(start, end int, word bool) {
		list = append(list, token{s[start:end], s[from:start], word})
		from = end
	}
	marks := func(end int) {
		for i := from; i < end; {
			r, n := utf8.DecodeRuneInString(s[i:])
			if !unicode.IsSpace(r) {
				add(i, i+n, false)
			}
			i += n
		}
	}
	for _, w := range textkit.Words(s) {
		marks(w.Start)
		add(w.Start, w.End, true)
	}
	marks(len(s))
	return list
}

func texts(list []token) []string {
	s := make([]string, len(list))
	for i, t := range list {
		s[i] = t.text
	}
	return s
}

// A writer makes edits of aligned tokens and joins neighbours of the same Op.
type writer struct {
	old, new string
	done     int // tokens of new written
	edits    []Edit
	op       Op // of the edit that text is
	text     strings.Builder
}

func (w *writer) add(op Op, text string) {
	if text == "" {
		return
	}
	if op != w.op {
		w.flush()
		w.op = op
	}
	w.text.WriteString(text)
}

func (w *writer) flush() {
	if w.text.Len() > 0 {
		w.edits = append(w.edits, Edit{w.op, w.text.String()})
		w.text.Reset()
	}
}

// keep writes a token of both texts. Where only one of them has a space before
// it, the space is the edit, unless it stands at the start of its text.
func (w *writer) keep(a, b token) {
	switch {
	case (a.gap == "") == (b.gap == ""), w.atStart():
		w.add(Keep, b.gap+b.text)
	case a.gap == "":
		w.add(Insert, b.gap)
		w.add(Keep, b.text)
	default:
		w.add(Delete, a.gap)
		w.add(Keep, b.text)
	}
	w.done++
}

func (w *writer) atStart() bool { return len(w.edits) == 0 && w.text.Len() == 0 }

// replace writes tokens of old and the tokens of new in their place. A space that
// both begin with is kept.
func (w *writer) replace(a, b []token) {
	w.done += len(b)
	del, ins := join(a), join(b)
	if w.atStart() {
		del = strings.TrimLeftFunc(del, unicode.IsSpace)
	}
	if len(a) > 0 && len(b) > 0 && a[0].gap != "" && b[0].gap != "" {
		w.add(Keep, b[0].gap)
		del, ins = strings.TrimLeftFunc(del, unicode.IsSpace), strings.TrimLeftFunc(ins, unicode.IsSpace)
	}
	w.add(Delete, del)
	w.add(Insert, ins)
}

func join(list []token) string {
	var b strings.Builder
	for _, t := range list {
		b.WriteString(t.gap)
		b.WriteString(t.text)
	}
	return b.String()
}

// finish adds the white space at the end of new.
func (w *writer) finish() []Edit {
	end := w.new[len(strings.TrimRightFunc(w.new, unicode.IsSpace)):]
	if w.op == Insert {
		w.add(Insert, end)
	} else {
		w.add(Keep, end)
	}
	w.flush()
	return w.edits
}
