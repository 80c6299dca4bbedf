package lawtext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quotation marks of languages in which one sign opens or closes depending on
// its place: „…”, „…“, “…”, "…", »…«.

// cutQuotes puts a payload that begins on the line that announces it, and does
// not end there, on a line of its own. A mark alone joins the line after it.
func (d *Dialect) cutQuotes(in []line, source string) []line {
	if !d.Enclosed {
		return in
	}
	out := make([]line, 0, len(in))
	for i, l := range in {
		for more := true; more; {
			if n := len(out); n > 0 && i+1 < len(in) && len(l.text) == markLen(l.text) && d.opens(l.text) && hasAnySuffix(out[n-1].text, d.Announces) {
				in[i+1].text, in[i+1].span.Start = l.text+in[i+1].text, l.span.Start
				break
			}
			var head line
			if head, l, more = d.cutQuote(l, source); more {
				out = append(out, head)
			} else {
				out = append(out, l)
			}
		}
	}
	return out
}

// cutQuote cuts a line before the payload that begins on it and does not end
// there.
func (d *Dialect) cutQuote(l line, source string) (head, tail line, ok bool) {
	at := d.announced(l.text)
	if at < 0 || len(l.text) > longestLine {
		return head, l, false
	}
	if _, _, closed := d.closing([]line{l}, at); closed {
		return head, l, false
	}
	mark := l.text[at : at+markLen(l.text[at:])]
	from := l.span.Start
	for range strings.Count(l.text[:at], mark) + 1 {
		k := strings.Index(source[from:l.span.End], mark)
		if k < 0 {
			return head, l, false
		}
		from += k + len(mark)
	}
	head, tail = l, l
	head.text, head.span.End = strings.TrimSpace(l.text[:at]), from-len(mark)
	tail.text, tail.span.Start = l.text[at:], from-len(mark)
	return head, tail, true
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
	budget := 20*len(in) + 2*longest
	for i := 1; i < len(in) && budget > 0; i++ {
		if !d.announces(in, i) || !d.opens(in[i].text) {
			continue
		}
		window := in[i:min(len(in), i+longest)]
		last, end, closed := d.closing(window, 0)
		if budget -= last; !closed {
			budget -= 2 * len(window)
		}
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

// Bounds for hostile texts: the lines of a payload, and the bytes of a line that
// is cut.
const (
	longest     = 2000
	longestLine = 1 << 14
)

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
