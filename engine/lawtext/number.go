package lawtext

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Number is the number of a provision in its parts: "a51.š" has the letter a
// before 51, which puts it in front of 51.š, and the letter š after it.
type Number struct {
	Before string // "a"; empty for most
	N      int    // 51; 0 of numbers that are letters alone
	After  string // "š", "ba", "bis"
	Roman  bool   // written IX
}

// ReadNumber reads the Num of a node: "5", "51.a", "a51.š", "IX.a", "5bis", "č".
func ReadNumber(s string) (Number, bool) {
	var n Number
	if len(s) > 24 {
		return n, false
	}
	if r, ok := roman(s); ok && !strings.ContainsAny(s, "0123456789") {
		figures, after, _ := strings.Cut(r, ".")
		if figures == "" {
			return n, false
		}
		return Number{N: romanValue(figures), After: after, Roman: true}, true
	}
	if r, size := utf8.DecodeRuneInString(s); unicode.IsLower(r) && digits(s[size:]) > 0 {
		n.Before, s = s[:size], s[size:]
	}
	d := digits(s)
	if d > 0 {
		v, err := strconv.Atoi(s[:d])
		if err != nil {
			return n, false
		}
		n.N, s = v, strings.TrimPrefix(s[d:], ".")
	}
	n.After = s
	if d == 0 && s == "" || s != "" && !isLetters(s, unicode.IsLetter, 12) {
		return Number{}, false
	}
	return n, true
}

// romanValue reads a number of the figures IVXLC.
func romanValue(s string) int {
	value := func(c byte) int {
		return [...]int{1, 5, 10, 50, 100}[strings.IndexByte("IVXLC", c)]
	}
	n := 0
	for i := range len(s) {
		if v := value(s[i]); i+1 < len(s) && v < value(s[i+1]) {
			n -= v
		} else {
			n += v
		}
	}
	return n
}

// Compare orders numbers as acts do: 50, a51, 51, 51.a, 51.aa, 51.b. The letters
// follow the Slovenian alphabet with the foreign ones in their places.
func (n Number) Compare(m Number) int {
	switch {
	case n.N != m.N:
		return n.N - m.N
	case n.After != m.After:
		return compareLetters(n.After, m.After)
	case n.Before == m.Before:
		return 0
	case n.Before == "":
		return 1
	case m.Before == "":
		return -1
	}
	return compareLetters(n.Before, m.Before)
}

func compareLetters(a, b string) int {
	x, y := []rune(a), []rune(b)
	for i := range min(len(x), len(y)) {
		if x[i] == y[i] {
			continue
		}
		if d := strings.IndexRune(alphabet, x[i]) - strings.IndexRune(alphabet, y[i]); d != 0 {
			return d
		}
		return int(x[i]) - int(y[i])
	}
	return len(x) - len(y)
}
