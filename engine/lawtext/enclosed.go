package lawtext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quotation marks of languages in which one sign opens or closes depending on
// its place: „…”, „…“, “…”, "…", »…«.

// cutQuotes puts a payload that begins on the line that announces it, and does
// not end there, on a line of its own.
func (d *Dialect) cutQuotes(in []line, source string) []line {
	if !d.Enclosed {
		return in
	}
	for i := 0; i < len(in); i++ {
		if i+1 < len(in) && d.announces(in, i) && d.opens(in[i].text) && len(in[i].text) == markLen(in[i].text) {
			next := in[i+1] // the mark stands on a row of its own
			next.text, next.span.Start = in[i].text+next.text, in[i].span.Start
			in = slices.Replace(in, i, i+2, next)
			continue
		}
		at := d.announced(in[i].text)
		if at < 0 {
			continue
		}
		if _, _, closed := d.closing(in[i:i+1], at); closed {
			continue
		}
		s, span := in[i].text, in[i].span
		mark := s[at : at+markLen(s[at:])]
		from := span.Start
		for range strings.Count(s[:at], mark) + 1 {
			k := strings.Index(source[from:span.End], mark)
			if k < 0 {
				return in
			}
			from += k + len(mark)
		}
		head, tail := in[i], in[i]
		head.text, head.span.End = strings.TrimSpace(s[:at]), from-len(mark)
		tail.text, tail.span.Start = s[at:], from-len(mark)
		in = slices.Replace(in, i, i+1, head, tail)
		i++
	}
	return in
}

// announced returns where in a line a quotation begins right after the words
// that announce a payload, or -1.
func (d *Dialect) announced(s string) int {
	best := -1
	for _, w := range d.Announces {
		k := strings.Index(s, w)
		if r, _ := utf8.DecodeLastRuneInString(s[:max(0, k)]); k < 0 || unicode.IsLetter(r) || !strings.HasSuffix(w, ":") {
			continue
		}
		at := k + len(w)
		if rest := strings.TrimLeft(s[at:], " "); rest != "" && d.opens(rest) && (best < 0 || at < best) {
			best = len(s) - len(rest)
		}
	}
	return best
}

func (d *Dialect) opens(s string) bool {
	_, ok := d.unquoted(s)
	return ok
}

func markLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

// enclosed finds the payloads of an amending act as quotes does. A payload
// follows a line that announces it, and ends with the mark that closes it, at
// the end of a line. One whose end is missing ends with the first line that any
// mark closes.
func (d *Dialect) enclosed(in []line) (to []int, notes []Note) {
	to = make([]int, len(in))
	for i := range to {
		to[i] = -1
	}
	for i := 1; i < len(in); i++ {
		if !d.announces(in, i) || !d.opens(in[i].text) {
			continue
		}
		last, end, closed := d.closing(in[i:min(len(in), i+longest)], 0)
		switch {
		case closed && endsQuote(in[i+last].text[end:]):
			to[i] = i + last
			i += last
		case !closed:
			notes = append(notes, Note{in[i].span, "missing-quote", in[i].text})
		}
	}
	return to, notes
}

// longest is how many lines a payload may have.
const longest = 4000

// closing returns the line and the place after the mark that closes the
// quotation that begins at in[0].text[at:].
func (d *Dialect) closing(in []line, at int) (last, end int, closed bool) {
	open, n := utf8.DecodeRuneInString(in[0].text[at:])
	nests, closes := "„", "”“ˮ‟"
	switch open {
	case '»':
		nests, closes = "»", "«"
	case '«':
		nests, closes = "«", "»"
	case '"':
		nests, closes = "", `"`
	}
	// A copy may close with the straight mark what another opened.
	for _, more := range [...]string{"", `"`} {
		depth := 1
		for i, l := range in {
			from := 0
			if i == 0 {
				from = at + n
			}
			for k, r := range l.text[from:] {
				switch {
				case strings.ContainsRune(closes+more, r):
					depth--
				case strings.ContainsRune(nests, r):
					depth++
				}
				if depth == 0 {
					return i, from + k + utf8.RuneLen(r), true
				}
			}
		}
	}
	return 0, 0, false
}

// endsQuote reports whether what follows a closing mark ends the sentence.
func endsQuote(s string) bool {
	return strings.Trim(s, " .;,") == ""
}
