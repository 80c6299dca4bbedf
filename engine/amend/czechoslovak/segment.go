package czechoslovak

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A part is one article of an amending act: what it says first, and its points.
type part struct {
	num    string // "I", or of acts in paragraphs "1"
	intro  stretch
	points []point
}

// A point is a numbered instruction, or the only one of its article.
type point struct {
	num string
	stretch
}

// A stretch is a piece of the source.
type stretch struct {
	text string
	at   int
}

// cutter walks through an amending act, and over quotations at a leap.
type cutter struct {
	src   string
	heads []string // "čl.", or "§" in acts without such articles
	parts []part
	open  int // where the current stretch began, or -1
	shut  bool
	last  int // number of the last point
}

// cut divides an amending act into its articles and points.
func cut(src string, from int) []part {
	for _, heads := range [][]string{{"čl.", "článok", "článek"}, {"§"}} {
		c := &cutter{src: src, heads: heads, open: -1}
		c.walk(from)
		if len(c.parts) > 0 {
			return c.parts
		}
	}
	return nil
}

func (c *cutter) walk(i int) {
	begins := true // a line begins at i
	for i < len(c.src) {
		if begins {
			line := lineAt(c.src, i)
			if k := c.line(line, i); k > i {
				i = k
				continue
			}
			begins = false
		}
		r, w := utf8.DecodeRuneInString(c.src[i:])
		switch {
		case r == '\n':
			begins = true
		case len(c.parts) > 0 && opens(c.src, i) && !c.shut:
			end := closing(c.src, i)
			if end < 0 {
				end = c.resume(i + w)
			}
			i = end
			if n, k := c.inline(i); n > 0 {
				c.begin(n, i, k)
				i = k
			}
			begins = i > 0 && c.src[i-1] == '\n'
			continue
		}
		i += w
	}
	c.end(len(c.src))
}

// line looks at a line outside of quotations. It returns where to go on if the
// line begins an article or a point.
func (c *cutter) line(line string, i int) int {
	bare := strings.TrimSpace(strings.TrimLeft(line, "# \t"))
	after := i + len(line)
	if num := c.head(bare); num != "" {
		c.end(i)
		c.parts = append(c.parts, part{num: num})
		c.open, c.last, c.shut = after, 0, false
		return after
	}
	if len(c.parts) == 0 {
		return i
	}
	if n, width := mark(line); n > c.last && n <= c.last+40 {
		c.begin(n, i, i+width)
		return i + width
	}
	if strings.HasPrefix(line, "#") && !opens(bare, 0) && !c.empty(i) {
		c.end(i)
		c.shut = true
	}
	return i
}

// empty reports whether an article has said nothing yet, so that a heading is its own.
func (c *cutter) empty(i int) bool {
	return c.last == 0 && c.open >= 0 && !strings.Contains(strings.TrimSpace(c.src[c.open:i]), "\n") && len(strings.TrimSpace(c.src[c.open:i])) < 3
}

// begin opens a point whose number stands at from and whose text begins at at.
func (c *cutter) begin(n, from, at int) {
	c.end(from)
	c.open, c.last, c.shut = at, n, false
	p := &c.parts[len(c.parts)-1]
	p.points = append(p.points, point{num: strconv.Itoa(n)})
}

// end closes the current stretch.
func (c *cutter) end(i int) {
	if c.open < 0 || len(c.parts) == 0 {
		return
	}
	p := &c.parts[len(c.parts)-1]
	s := stretch{c.src[c.open:i], c.open}
	if n := len(p.points); n > 0 {
		p.points[n-1].stretch = s
	} else {
		p.intro = s
	}
	c.open = -1
}

// resume finds where to go on after a quotation that does not end: at the next
// point or article.
func (c *cutter) resume(i int) int {
	for k := i; k < len(c.src); {
		line := lineAt(c.src, k)
		if n, _ := mark(line); n == c.last+1 && k > i {
			return k
		}
		if num := c.head(strings.TrimSpace(strings.TrimLeft(line, "# \t"))); num != "" && k > i {
			return k
		}
		k += len(line)
	}
	return len(c.src)
}

// inline reads the number of the next point within a line, behind a quotation:
// "“. 6. V § 12 …".
func (c *cutter) inline(i int) (n, next int) {
	rest := strings.TrimPrefix(c.src[i:], ".")
	rest = strings.TrimLeft(rest, " ")
	n, width := mark(rest)
	if n != c.last+1 || c.last == 0 || width >= len(rest) {
		return 0, i
	}
	r, _ := utf8.DecodeRuneInString(rest[width:])
	if !unicode.IsUpper(r) && r != '§' {
		return 0, i
	}
	return n, len(c.src) - len(rest) + width
}

// mark reads the number of a point at the beginning of a line: "1." alone, or
// "- 1. V § 3 …".
func mark(line string) (n, width int) {
	s := strings.TrimLeft(line, " \t")
	s = strings.TrimPrefix(s, "- ")
	k := 0
	for k < len(s) && k < 4 && s[k] >= '0' && s[k] <= '9' {
		k++
	}
	if k == 0 || k == len(s) || s[k] != '.' {
		return 0, 0
	}
	if rest := s[k+1:]; rest != "" && rest[0] != ' ' && rest[0] != '\n' {
		return 0, 0
	}
	n, _ = strconv.Atoi(s[:k])
	at := len(line) - len(s) + k + 1
	return n, at + len(line[at:]) - len(strings.TrimLeft(line[at:], " "))
}

// head reads the number of an article of the amending act from a line that
// says nothing else.
func (c *cutter) head(bare string) string {
	low := strings.ToLower(bare)
	for _, h := range c.heads {
		rest, ok := strings.CutPrefix(low, h)
		if !ok {
			continue
		}
		num := strings.TrimSpace(rest)
		if num == "" || len(num) > 8 || strings.ContainsAny(num, " ,.;:(„") {
			return ""
		}
		return strings.ToUpper(num)
	}
	return ""
}

func lineAt(s string, i int) string {
	if k := strings.IndexByte(s[i:], '\n'); k >= 0 {
		return s[i : i+k+1]
	}
	return s[i:]
}
