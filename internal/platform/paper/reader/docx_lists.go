package reader

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// wordLists are the lists of numbering.xml (ECMA-376 part 1, §17.9), and how
// far each has counted.
//
// A paragraph names a num and a level, itself or by its style. A num stands
// for an abstractNum, with overrides; all nums of one abstractNum count
// together. A level begins anew after a paragraph of a higher one, unless
// lvlRestart says otherwise.
type wordLists struct {
	nums      map[string]*wordNum
	abstracts map[string]*wordAbstract
	styles    map[string]*wordStyle
	normal    string // the style of a paragraph that names none
}

type wordNum struct {
	abstract string
	levels   map[int]*wordLevel // overridden whole
	starts   map[int]int        // overridden starts not used yet
}

type wordAbstract struct {
	levels    map[int]*wordLevel
	styleLink string // the style that defines the list instead
	counts    [9]int
	counted   [9]bool
}

type wordLevel struct {
	format  format
	text    string // "%1.%2)"
	glue    string // between label and text
	start   int
	restart int // the level, from 1, after which it begins anew; 0 for never, -1 for any
	legal   bool
	style   string
}

type wordStyle struct {
	basedOn, num string
	level        int // -1 for none
}

func (b *box) readWordLists(numbering, styles string) (*wordLists, error) {
	l := &wordLists{nums: map[string]*wordNum{}, abstracts: map[string]*wordAbstract{}, styles: map[string]*wordStyle{}}
	if b.has(styles) {
		if err := b.each(styles, l.styleReader()); err != nil {
			return nil, err
		}
	}
	if !b.has(numbering) {
		return l, nil
	}
	p, err := b.open(numbering)
	if err != nil {
		return nil, err
	}
	defer p.close()
	return l, p.children(func(e xml.StartElement) error {
		return p.children(func(e xml.StartElement) error {
			switch e.Name.Local {
			case "abstractNum":
				return l.readAbstract(p, attr(e, "abstractNumId"))
			case "num":
				return l.readNum(p, attr(e, "numId"))
			}
			return p.skip()
		}, nil)
	}, nil)
}

// styleReader takes styles.xml element by element. What pPrChange repeats
// comes after what holds and is passed over.
func (l *wordLists) styleReader() func(xml.StartElement) {
	at := &wordStyle{}
	return func(e xml.StartElement) {
		switch e.Name.Local {
		case "style":
			at = &wordStyle{level: -1}
			if len(l.styles) < maxNamed {
				l.styles[attr(e, "styleId")] = at
			}
			if attr(e, "type") == "paragraph" && attr(e, "default") == "1" {
				l.normal = attr(e, "styleId")
			}
		case "basedOn":
			at.basedOn = attr(e, "val")
		case "numId":
			if at.num == "" {
				at.num = attr(e, "val")
			}
		case "ilvl":
			if at.level < 0 {
				at.level = atoi(attr(e, "val"), 0)
			}
		}
	}
}

func (l *wordLists) readAbstract(p *part, id string) error {
	a := &wordAbstract{levels: map[int]*wordLevel{}}
	if len(l.abstracts) < maxNamed {
		l.abstracts[id] = a
	}
	return p.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "numStyleLink":
			a.styleLink = attr(e, "val")
		case "lvl":
			return readWordLevel(p, e, a.levels)
		}
		return p.skip()
	}, nil)
}

func (l *wordLists) readNum(p *part, id string) error {
	n := &wordNum{levels: map[int]*wordLevel{}, starts: map[int]int{}}
	if len(l.nums) < maxNamed {
		l.nums[id] = n
	}
	return p.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "abstractNumId":
			n.abstract = attr(e, "val")
		case "lvlOverride":
			level := atoi(attr(e, "ilvl"), -1)
			return p.children(func(e xml.StartElement) error {
				switch e.Name.Local {
				case "startOverride":
					if 0 <= level && level < 9 {
						n.starts[level] = atoi(attr(e, "val"), 1)
					}
				case "lvl":
					return readWordLevel(p, e, n.levels)
				}
				return p.skip()
			}, nil)
		}
		return p.skip()
	}, nil)
}

var wordFormats = map[string]format{
	"decimal": decimal, "decimalZero": decimalZero, "lowerLetter": lowerLetter, "upperLetter": upperLetter,
	"lowerRoman": lowerRoman, "upperRoman": upperRoman, "bullet": bullet, "none": none,
}

func readWordLevel(p *part, e xml.StartElement, into map[int]*wordLevel) error {
	v := &wordLevel{glue: " ", start: 1, restart: -1}
	if i := atoi(attr(e, "ilvl"), 0); 0 <= i && i < 9 {
		into[i] = v
	}
	var do func(e xml.StartElement) error
	do = func(e xml.StartElement) error {
		val := attr(e, "val")
		switch e.Name.Local {
		case "start":
			v.start = atoi(val, 1)
		case "numFmt":
			v.format = wordFormats[val]
		case "lvlText":
			v.text = cut(val, 200)
		case "lvlRestart":
			v.restart = atoi(val, -1)
		case "isLgl":
			v.legal = isOn(e)
		case "pStyle":
			v.style = val
		case "suff":
			if val == "nothing" {
				v.glue = ""
			}
		case "AlternateContent", "Choice", "Fallback":
			return p.children(do, nil)
		}
		return p.skip()
	}
	return p.children(do, nil)
}

// label counts a paragraph and returns what Word draws before it, and what
// stands between.
func (l *wordLists) label(para *wordPara) (label, glue string) {
	num, level := l.place(para)
	n := l.nums[num]
	if n == nil || level < 0 || level > 8 {
		return "", ""
	}
	a := l.resolve(n)
	if a == nil {
		return "", ""
	}
	v := n.level(a, level)
	if v == nil {
		return "", ""
	}
	if start, ok := n.starts[level]; ok {
		a.counts[level] = start
		delete(n.starts, level)
	} else if a.counted[level] {
		a.counts[level]++
	} else {
		a.counts[level] = v.start
	}
	a.counted[level] = true
	for deeper := level + 1; deeper < 9; deeper++ {
		d := n.level(a, deeper)
		if d == nil || d.restart < 0 || d.restart > level {
			a.counted[deeper] = false
		}
	}
	return l.draw(n, a, v), v.glue
}

// place finds the list and level of a paragraph: its own, or of its style and
// the styles that is based on.
func (l *wordLists) place(para *wordPara) (num string, level int) {
	if para.num != "" {
		return para.num, max(para.level, 0)
	}
	id := para.style
	if id == "" {
		id = l.normal
	}
	level = para.level
	for range 20 {
		s := l.styles[id]
		if s == nil {
			return "", 0
		}
		if level < 0 {
			level = s.level
		}
		if s.num != "" {
			if own := l.levelOf(s.num, id); own >= 0 && level < 0 {
				level = own
			}
			return s.num, max(level, 0)
		}
		id = s.basedOn
	}
	return "", 0
}

// levelOf returns the level of a list that is tied to a style, or -1.
func (l *wordLists) levelOf(num, style string) int {
	n := l.nums[num]
	if n == nil {
		return -1
	}
	a := l.resolve(n)
	for i := range 9 {
		if v := n.level(a, i); v != nil && v.style == style {
			return i
		}
	}
	return -1
}

// resolve returns the list that n stands for. A list may name a style that
// names another num that stands for the list.
func (l *wordLists) resolve(n *wordNum) *wordAbstract {
	a := l.abstracts[n.abstract]
	for range 5 {
		if a == nil || a.styleLink == "" || len(a.levels) > 0 {
			break
		}
		s := l.styles[a.styleLink]
		if s == nil || l.nums[s.num] == nil {
			break
		}
		a = l.abstracts[l.nums[s.num].abstract]
	}
	return a
}

// level returns a level of a, as n overrides it, or nil.
func (n *wordNum) level(a *wordAbstract, i int) *wordLevel {
	if v := n.levels[i]; v != nil || a == nil {
		return v
	}
	return a.levels[i]
}

// draw fills the numbers into the text of a level. A higher level that has not
// been counted stands at its start.
func (l *wordLists) draw(n *wordNum, a *wordAbstract, v *wordLevel) string {
	if v.format == bullet {
		return bulletSign(v.text)
	}
	var b strings.Builder
	for rest := v.text; rest != ""; {
		before, after, found := strings.Cut(rest, "%")
		b.WriteString(before)
		if !found {
			break
		}
		if after == "" || after[0] < '1' || after[0] > '9' {
			b.WriteByte('%')
			rest = after
			continue
		}
		i, _ := strconv.Atoi(after[:1])
		rest = after[1:]
		of := n.level(a, i-1)
		if of == nil {
			continue
		}
		count, form := of.start, of.format
		if a.counted[i-1] {
			count = a.counts[i-1]
		}
		if v.legal && form != none {
			form = decimal
		}
		b.WriteString(number(form, count))
	}
	if v.glue == "" {
		return strings.TrimLeft(b.String(), " ") // the label may have its own space at the end
	}
	return strings.TrimSpace(b.String())
}
