package reader

import (
	"strconv"
	"strings"
)

// A format is how a list counts.
type format int

const (
	decimal     format = iota
	decimalZero        // 01, 02, … 10
	lowerLetter        // a … z, aa, bb
	upperLetter
	lowerPair // a … z, aa, ab
	upperPair
	lowerRoman
	upperRoman
	bullet
	none
)

// number writes n in a format. Numbers that the format has no sensible form
// for are written in digits.
func number(f format, n int) string {
	switch f {
	case decimalZero:
		if 0 <= n && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case lowerLetter, upperLetter:
		if 1 <= n && n <= 26*5 {
			return upper(f == upperLetter, strings.Repeat(string(rune('a'+(n-1)%26)), (n-1)/26+1))
		}
	case lowerPair, upperPair:
		if 1 <= n && n <= 26*27 {
			s := string(rune('a' + (n-1)%26))
			if n > 26 {
				s = string(rune('a'+(n-1)/26-1)) + s
			}
			return upper(f == upperPair, s)
		}
	case lowerRoman, upperRoman:
		if 1 <= n && n < 4000 {
			return upper(f == upperRoman, roman(n))
		}
	case bullet, none:
		return ""
	}
	return strconv.Itoa(n)
}

func upper(yes bool, s string) string {
	if yes {
		return strings.ToUpper(s)
	}
	return s
}

func roman(n int) string {
	var b strings.Builder
	for _, r := range []struct {
		value int
		s     string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for ; n >= r.value; n -= r.value {
			b.WriteString(r.s)
		}
	}
	return b.String()
}

// bulletSign returns the sign of a list without numbers. Word takes signs from
// the private codes of its symbol fonts, and an "o" for a ring.
func bulletSign(s string) string {
	switch s = strings.TrimSpace(s); {
	case s == "\uf02d", s == "\uf0be":
		return "–"
	case s == "", s == "o", strings.ContainsFunc(s, func(r rune) bool { return 0xe000 <= r && r <= 0xf8ff }):
		return "•"
	}
	return cut(s, 16)
}

// labelled puts a label before a paragraph.
func labelled(label, s string) string {
	if label == "" {
		return s
	}
	return strings.TrimSpace(label + " " + strings.TrimLeft(s, " \t"))
}
