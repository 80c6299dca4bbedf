package reader

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// odfLists are the list styles of an ODT and the lists that are open.
//
// A list counts by its style, which a nested list has from the one around it.
// It begins at the start unless it continues a list, by its ID or as the last
// one of its style. The first paragraph of an item has the label. An item with
// no paragraph of its own, only a list, is not counted: that is how programs
// write a list that begins at a deeper level.
type odfLists struct {
	styles  map[string]*odfStyle
	outline *odfStyle // of headings
	heads   *odfCount
	open    []*odfOpen
	byID    map[string]*odfCount
	byStyle map[string]*odfCount
}

type odfStyle struct{ levels [11]*odfLevel }

type odfLevel struct {
	format         format
	prefix, suffix string
	pattern        string // "%1%.%2%.", LibreOffice's own; rules over prefix and suffix
	sign           string
	show           int // how many levels are drawn
	start          int
}

type odfCount struct {
	n       [11]int
	counted [11]bool
}

type odfOpen struct {
	style *odfStyle
	count *odfCount
	fresh bool // an item has begun and none of its paragraphs
	plain bool // a list-header: no label
	value int  // the number that the item asks for, or -1
}

func newODFLists() *odfLists {
	return &odfLists{styles: map[string]*odfStyle{}, heads: &odfCount{}, byID: map[string]*odfCount{}, byStyle: map[string]*odfCount{}}
}

// read takes the list styles of a part.
func (l *odfLists) read(b *box, name string) error {
	p, err := b.open(name)
	if err != nil {
		return err
	}
	defer p.close()
	var at *odfStyle
	for {
		tok, err := p.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		e, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "body":
			return nil
		case "list-style":
			at = &odfStyle{}
			if len(l.styles) < maxNamed {
				l.styles[attr(e, "name")] = at
			}
		case "outline-style":
			at = &odfStyle{}
			l.outline = at
		case "list-level-style-number", "list-level-style-bullet", "list-level-style-image", "outline-level-style":
			n := atoi(attr(e, "level"), 0)
			if at != nil && 1 <= n && n <= 10 {
				at.levels[n] = readODFLevel(e)
			}
		}
	}
}

var odfFormats = map[string]format{"1": decimal, "01": decimalZero, "a": lowerPair, "A": upperPair, "i": lowerRoman, "I": upperRoman, "": none}

func readODFLevel(e xml.StartElement) *odfLevel {
	v := &odfLevel{
		prefix: cut(attr(e, "num-prefix"), 100), suffix: cut(attr(e, "num-suffix"), 100), pattern: cut(attr(e, "num-list-format"), 200),
		show: atoi(attr(e, "display-levels"), 1), start: atoi(attr(e, "start-value"), 1),
	}
	switch e.Name.Local {
	case "list-level-style-bullet":
		v.format, v.sign = bullet, bulletSign(attr(e, "bullet-char"))
	case "list-level-style-image":
		v.format, v.sign = bullet, "•"
	default:
		v.format = odfFormats[attr(e, "num-format")]
		if attr(e, "num-letter-sync") == "true" {
			switch v.format {
			case lowerPair:
				v.format = lowerLetter
			case upperPair:
				v.format = upperLetter
			}
		}
	}
	return v
}

func (l *odfLists) begin(e xml.StartElement) {
	o := &odfOpen{value: -1}
	name, depth := attr(e, "style-name"), len(l.open)
	if depth > 0 {
		o.style, o.count = l.open[depth-1].style, l.open[depth-1].count
	}
	if s := l.styles[name]; s != nil {
		o.style = s
	}
	if depth == 0 {
		switch from := attr(e, "continue-list"); {
		case from != "" && l.byID[from] != nil:
			o.count = l.byID[from]
		case attr(e, "continue-numbering") == "true" && l.byStyle[name] != nil:
			o.count = l.byStyle[name]
		default:
			o.count = &odfCount{}
		}
		if len(l.byStyle) < maxNamed {
			l.byStyle[name] = o.count
		}
	} else if attr(e, "continue-numbering") != "true" && depth < 10 {
		o.count.counted[depth+1] = false
	}
	if id := attr(e, "id"); id != "" && len(l.byID) < maxNamed {
		l.byID[id] = o.count
	}
	l.open = append(l.open, o)
}

func (l *odfLists) end() { l.open = l.open[:len(l.open)-1] }

func (l *odfLists) item(e xml.StartElement) {
	if len(l.open) == 0 {
		return
	}
	o := l.open[len(l.open)-1]
	o.fresh, o.plain, o.value = true, e.Name.Local == "list-header", atoi(attr(e, "start-value"), -1)
}

// away sets the open lists aside for text that stands elsewhere, and back takes
// them up again.
func (l *odfLists) away() []*odfOpen {
	open := l.open
	l.open = nil
	return open
}

func (l *odfLists) back(open []*odfOpen) { l.open = open }

// label counts a paragraph or heading and returns what is drawn before it.
func (l *odfLists) label(e xml.StartElement) string {
	depth := len(l.open)
	if depth == 0 {
		if e.Name.Local != "h" || l.outline == nil || attr(e, "is-list-header") == "true" {
			return ""
		}
		return l.heads.next(l.outline, atoi(attr(e, "outline-level"), 1), -1)
	}
	o := l.open[depth-1]
	if !o.fresh {
		return ""
	}
	o.fresh = false
	if o.plain || o.style == nil {
		return ""
	}
	return o.count.next(o.style, depth, o.value)
}

// next counts one up at a level and draws its label.
func (c *odfCount) next(s *odfStyle, level, value int) string {
	if level < 1 || level > 10 || s.levels[level] == nil {
		return ""
	}
	v := s.levels[level]
	switch {
	case value >= 0:
		c.n[level] = value
	case c.counted[level]:
		c.n[level]++
	default:
		c.n[level] = v.start
	}
	c.counted[level] = true
	for i := level + 1; i <= 10; i++ {
		c.counted[i] = false
	}
	return c.draw(s, level)
}

func (c *odfCount) draw(s *odfStyle, level int) string {
	v := s.levels[level]
	if v.format == bullet {
		return v.sign
	}
	at := func(i int) string {
		if i < 1 || i > 10 || s.levels[i] == nil {
			return ""
		}
		n := s.levels[i].start
		if c.counted[i] {
			n = c.n[i]
		}
		return number(s.levels[i].format, n)
	}
	if v.pattern != "" {
		out := v.pattern
		for i := level; i >= 1; i-- {
			out = strings.ReplaceAll(out, "%"+strconv.Itoa(i)+"%", at(i))
		}
		return strings.TrimSpace(out)
	}
	if v.format == none {
		return strings.TrimSpace(v.prefix + v.suffix)
	}
	var shown []string
	for i := max(1, level-v.show+1); i <= level; i++ {
		if n := at(i); n != "" {
			shown = append(shown, n)
		}
	}
	return strings.TrimSpace(v.prefix + strings.Join(shown, ".") + v.suffix)
}
