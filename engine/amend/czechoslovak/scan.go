package czechoslovak

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A sort is what a token is.
type sort int

const (
	word   sort = iota
	number      // 12, 12a, 4.1
	letter      // a), ab)
	note        // 6), ^6): the mark of a footnote
	quoted      // „…“, text without the marks
	sign        // one of . , ; : ( ) – and the like
	broken      // a quotation that does not end
)

// A token is a piece of an instruction. Start and end are bytes in the text
// that was scanned.
type token struct {
	sort       sort
	text       string
	start, end int
}

func (t token) low() string { return strings.ToLower(t.text) }

// scan cuts an instruction into tokens. Links give way to what they show.
func scan(s string) []token {
	var out []token
	for i := 0; i < len(s); {
		r, w := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r) || strings.ContainsRune("*_\\#|", r) || r == '-' && startsLine(s, i):
			i += w
			continue
		case r == '[' || r == ']':
			if r == ']' && i+1 < len(s) && s[i+1] == '(' {
				if k := strings.IndexByte(s[i:], ')'); k > 0 && !strings.ContainsAny(s[i:i+k], "„“ ") {
					i += k + 1
					continue
				}
			}
			i += w
			continue
		case opens(s, i):
			end := closing(s, i)
			if end < 0 {
				if end = lastClosing(s, i); end < 0 {
					return append(out, token{broken, s[i:], i, len(s)})
				}
			}
			_, cw := utf8.DecodeLastRuneInString(s[:end])
			out = append(out, token{quoted, strings.TrimSpace(hashes(s, i) + s[i+w:end-cw]), i, end})
			i = end
			continue
		}
		t := scanOne(s, i, r, w)
		out = append(out, t)
		i = t.end
	}
	return out
}

// startsLine reports whether only white space stands before s[i] on its line.
func startsLine(s string, i int) bool {
	return strings.TrimSpace(lineBefore(s, i)) == ""
}

// lineBefore is what stands before s[i] on its line, of a long one the last bytes.
func lineBefore(s string, i int) string {
	near := s[max(0, i-40):i]
	return near[strings.LastIndexByte(near, '\n')+1:]
}

// hashes are the marks of a Markdown heading before a quotation: "##### „§ 5".
func hashes(s string, i int) string {
	line := strings.TrimSpace(lineBefore(s, i))
	if line == "" || strings.Trim(line, "#") != "" {
		return ""
	}
	return line + " "
}

// scanOne reads the word, number, mark or sign at s[i:].
func scanOne(s string, i int, r rune, w int) token {
	switch {
	case r >= '0' && r <= '9' || r == '^': // other digits are signs
		k := i
		if r == '^' {
			k++
		}
		for k < len(s) && s[k] >= '0' && s[k] <= '9' {
			k++
		}
		for k+1 < len(s) && s[k] == '.' && s[k+1] >= '0' && s[k+1] <= '9' {
			for k++; k < len(s) && s[k] >= '0' && s[k] <= '9'; k++ {
			}
		}
		k += letters(s[k:], 2)
		t := token{number, s[i:k], i, k}
		if r == '^' || k < len(s) && s[k] == ')' {
			t.sort, t.text = note, strings.TrimPrefix(s[i:k], "^")
			if k < len(s) && s[k] == ')' {
				t.end++
			}
		}
		return t
	case unicode.IsLetter(r):
		k := i
		for k < len(s) {
			r, w := utf8.DecodeRuneInString(s[k:])
			if !unicode.IsLetter(r) && !(r == '-' && k > i) {
				break
			}
			k += w
		}
		if k < len(s) && s[k] == ')' && k-i <= 2 && letters(s[i:k], 2) == k-i {
			return token{letter, s[i:k], i, k + 1}
		}
		return token{word, s[i:k], i, k}
	}
	return token{sign, s[i : i+w], i, i + w}
}

// letters counts the small letters that s begins with, if no more than most
// and nothing that goes on as a word.
func letters(s string, most int) int {
	n := 0
	for n < len(s) && s[n] >= 'a' && s[n] <= 'z' {
		n++
	}
	r, _ := utf8.DecodeRuneInString(s[n:])
	if n > most || unicode.IsLetter(r) || unicode.IsDigit(r) {
		return 0
	}
	return n
}

// opens reports whether a quotation begins at s[i:]. Beside „ old texts have
// the straight mark, and “ where no quotation is open.
func opens(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	n := after(s, i)
	return r == '„' || r == '"' || (r == '“' || r == '”') && (unicode.IsLetter(n) || unicode.IsDigit(n) || n == '§' || n == '(')
}

func after(s string, i int) rune {
	_, w := utf8.DecodeRuneInString(s[i:])
	r, _ := utf8.DecodeRuneInString(s[i+w:])
	return r
}

// closing returns the end of the quotation that begins at s[i:], or -1.
// Quotations nest. A straight mark closes an inner quotation, or stands for
// both marks of one.
func closing(s string, i int) int {
	first, w := utf8.DecodeRuneInString(s[i:])
	open := []rune{first}
	for k := i + w; k < len(s); {
		r, w := utf8.DecodeRuneInString(s[k:])
		top := open[len(open)-1]
		switch {
		case r == '„':
			open = append(open, r)
		case r == '“' || r == '”':
			open = open[:len(open)-1]
		case r == '"' && (top == '"' || len(open) > 1):
			open = open[:len(open)-1]
		case r == '"' && opensThere(s, k):
			open = append(open, r)
		case r == '"' && endsThere(s[k+w:]):
			open = open[:len(open)-1]
		}
		k += w
		if len(open) == 0 {
			return k
		}
	}
	return -1
}

// lastClosing ends a quoted provision that has lost a mark on its inside: after
// a colon, and up to the last mark of the point, if nothing follows that may be
// another sentence.
func lastClosing(s string, i int) int {
	if !strings.HasSuffix(strings.TrimRight(s[:i], " \n\t#-"), ":") {
		return -1
	}
	k := strings.LastIndexAny(s, "“”\"")
	if k <= i || strings.Trim(s[k:], "“”\".,; \n\t") != "" {
		return -1
	}
	for _, w := range [...]string{"\nPoznámk", "\nDoterajš", "\nDosavadn", "znie:", "znejú:", " zní:", "znějí:"} {
		if strings.Contains(s[i:], w) {
			return -1
		}
	}
	_, w := utf8.DecodeRuneInString(s[k:])
	return k + w
}

// opensThere reports whether a straight mark at s[k] can only open.
func opensThere(s string, k int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:k])
	n := after(s, k)
	return (unicode.IsSpace(before) || before == '(') && (unicode.IsLetter(n) || unicode.IsDigit(n))
}

// endsThere reports whether a straight mark before rest can only close.
func endsThere(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || unicode.IsSpace(r) || r == '.' || r == ','
}
