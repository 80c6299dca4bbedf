package slovene

import (
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/lawcite"
)

func itoa(n int) string { return strconv.Itoa(n) }

// scan cuts a sentence into tokens. Numbers of divisions are one token each:
// "VI.a", "4.1.3.".
func scan(text string) []lawcite.Token {
	toks := lawcite.Scan(text)
	out := toks[:0]
	for i := 0; i < len(toks); {
		t, n := division(toks[i:])
		out = append(out, t)
		i += n
	}
	return out
}

// mostParts is how many tokens a number of a division may have: 1.2.3. has five.
const mostParts = 16

// division reads a number of a division from adjacent tokens; else it returns
// the first token as it is.
func division(toks []lawcite.Token) (t lawcite.Token, n int) {
	t, n = toks[0], 1
	next := func(sort lawcite.Sort) bool {
		return n < len(toks) && toks[n].Sort == sort && toks[n].Start == toks[n-1].End
	}
	switch {
	case t.Sort == lawcite.Word && isRoman(t.Text):
		if !next(lawcite.Mark) || toks[n].Text != "." {
			return toks[0], 1
		}
		t.Sort, t.Dot = lawcite.Number, true
		if n++; next(lawcite.Word) && len(toks[n].Text) <= 2 && toks[n].Low() == toks[n].Text {
			t.Text += "." + toks[n].Text
			n++
		}
		if n == len(toks) || toks[n].Sort != lawcite.Word || startsUpper(toks[n].Text) {
			return toks[0], 1 // the end of a sentence
		}
	case t.Sort == lawcite.Number && !t.Dot:
		for !t.Dot && n < mostParts && next(lawcite.Mark) && toks[n].Text == "." {
			if n++; !next(lawcite.Number) {
				return toks[0], 1
			}
			t.Text, t.Dot = t.Text+"."+toks[n].Text, toks[n].Dot
			n++
		}
		if !t.Dot {
			return toks[0], 1
		}
	}
	t.End = toks[n-1].End
	return t, n
}

// isRoman reports whether a word is a Roman number in capitals.
func isRoman(s string) bool { return s != "" && strings.Trim(s, "IVXLC") == "" }
