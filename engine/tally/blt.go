package tally

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A FormError says where a file is not as it should be.
type FormError struct {
	Line int
	Why  string
}

func (e *FormError) Error() string { return fmt.Sprintf("tally: line %d: %s", e.Line, e.Why) }

// ParseBLT reads the format of ballot files that counting programs share:
//
//	4 2            four candidates, two seats
//	-2             the second has withdrawn (any number of such, here or on lines)
//	3 1 3 4 0      three papers: first 1, then 3, then 4
//	1 0            an empty paper
//	0              the end of the papers
//	"Ana"          the names, one for each candidate, and last the title
//
// A # begins a comment. A quotation mark within a name is written \". Candidates of
// equal rank ("1=2") are refused: no method here has a use for them.
func ParseBLT(text string) (Election, error) {
	r := &bltReader{line: 1, rest: strings.TrimPrefix(text, "\uFEFF")}
	var e Election
	n, err := r.number(0, mostCandidates)
	if err != nil {
		return e, err
	}
	seats, err := r.number(1, mostCandidates)
	if err != nil {
		return e, err
	}
	e.Seats = int(seats)
	if err := r.papers(&e, n); err != nil {
		return e, err
	}
	for range n {
		name, err := r.quoted()
		if err != nil {
			return e, err
		}
		e.Candidates = append(e.Candidates, name)
	}
	if e.Title, err = r.quoted(); err != nil && r.blank() {
		e.Title, err = "", nil // some programs write no title
	}
	if err != nil {
		return e, err
	}
	if !r.blank() {
		return e, r.wrong("text after the title")
	}
	return e, e.Check()
}

type bltReader struct {
	line int
	rest string
}

func (r *bltReader) wrong(why string) error { return &FormError{r.line, why} }

// skip passes over space and comments.
func (r *bltReader) skip() {
	for r.rest != "" {
		switch c := r.rest[0]; {
		case c == '#':
			if i := strings.IndexByte(r.rest, '\n'); i >= 0 {
				r.rest = r.rest[i:]
			} else {
				r.rest = ""
			}
			continue
		case c == '\n':
			r.line++
		case c != ' ' && c != '\t' && c != '\r':
			return
		}
		r.rest = r.rest[1:]
	}
}

func (r *bltReader) blank() bool {
	r.skip()
	return r.rest == ""
}

// number reads a whole number within bounds.
func (r *bltReader) number(least, most int64) (int64, error) {
	r.skip()
	i := strings.IndexAny(r.rest, " \t\r\n#")
	if i < 0 {
		i = len(r.rest)
	}
	word := r.rest[:i]
	n, err := strconv.ParseInt(word, 10, 64)
	switch {
	case word == "":
		return 0, r.wrong("the file ends too early")
	case strings.Contains(word, "="):
		return 0, r.wrong("candidates of equal rank are not counted here")
	case err != nil:
		return 0, r.wrong(fmt.Sprintf("%.20q is no number", word))
	case n < least || n > most:
		return 0, r.wrong(fmt.Sprintf("%d is not from %d to %d", n, least, most))
	}
	r.rest = r.rest[i:]
	return n, nil
}

func (r *bltReader) papers(e *Election, n int64) error {
	for {
		w, err := r.number(-n, mostWeight)
		switch {
		case err != nil:
			return err
		case w == 0:
			return nil
		case w < 0:
			if c := Candidate(-w - 1); !slices.Contains(e.Withdrawn, c) {
				e.Withdrawn = append(e.Withdrawn, c)
			}
			continue
		}
		p := Paper{Weight: w}
		for {
			c, err := r.number(0, n)
			if err != nil {
				return err
			}
			if c == 0 {
				break
			}
			p.Marks = append(p.Marks, Candidate(c-1))
		}
		e.Papers = append(e.Papers, p)
	}
}

func (r *bltReader) quoted() (string, error) {
	r.skip()
	if !strings.HasPrefix(r.rest, `"`) {
		return "", r.wrong("a name in quotation marks is missing")
	}
	var b strings.Builder
	for i := 1; i < len(r.rest); i++ {
		switch c := r.rest[i]; {
		case c == '\\' && i+1 < len(r.rest) && (r.rest[i+1] == '"' || r.rest[i+1] == '\\'):
			i++
			b.WriteByte(r.rest[i])
		case c == '"':
			r.rest = r.rest[i+1:]
			return b.String(), nil
		case c < ' ':
			return "", r.wrong("a name does not end on its line")
		default:
			b.WriteByte(c)
		}
	}
	return "", r.wrong("a name does not end")
}

// BLT writes the election as ParseBLT reads it.
func (e Election) BLT() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %d\n", len(e.Candidates), e.Seats)
	for _, c := range e.Withdrawn {
		fmt.Fprintf(&b, "-%d\n", c+1)
	}
	for _, p := range e.Papers {
		fmt.Fprintf(&b, "%d ", p.Weight)
		for _, c := range p.Marks {
			fmt.Fprintf(&b, "%d ", c+1)
		}
		b.WriteString("0\n")
	}
	b.WriteString("0\n")
	for _, name := range append(slices.Clone(e.Candidates), e.Title) {
		b.WriteString(`"` + bltQuote.Replace(strings.Map(bltPlain, name)) + "\"\n")
	}
	return b.String()
}

var bltQuote = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// bltPlain is a space for what no name in a file may hold.
func bltPlain(c rune) rune {
	if c < ' ' {
		return ' '
	}
	return c
}
