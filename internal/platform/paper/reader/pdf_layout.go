package reader

import (
	"cmp"
	"html"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A printed line is a line as it stands on a page, in points from the upper left
// corner. Of PDF that is read without pdftotext only the text is known.
type printed struct {
	text           string
	x0, y0, x1, y1 float64
	first          float64 // width of the first word
	page           int
	width, height  float64 // of the page
	cut            bool    // it ends within a word, which the next line ends
}

func (l printed) placed() bool { return l.x1 > l.x0 }

// readLayout reads what pdftotext -bbox-layout writes, where every element has a
// row of its own.
func readLayout(out string) [][]printed {
	var pages [][]printed
	var line printed
	var words []string
	var width, height, end float64
	for row := range strings.Lines(out) {
		row = strings.TrimSpace(row)
		switch {
		case strings.HasPrefix(row, "<page "):
			pages = append(pages, nil)
			width, height, _, _ = corners(row)
		case strings.HasPrefix(row, "<line "):
			line, words = printed{page: len(pages), width: width, height: height}, nil
			line.x0, line.y0, line.x1, line.y1 = corners(row)
		case strings.HasPrefix(row, "<word "):
			_, text, _ := strings.Cut(strings.TrimSuffix(row, "</word>"), ">")
			x0, y0, x1, y1 := corners(row)
			if n := len(words); n > 0 && x0-end < (y1-y0)/10 {
				words[n-1] += html.UnescapeString(text) // no space is that narrow
			} else {
				words = append(words, html.UnescapeString(text))
			}
			if end = x1; len(words) == 1 {
				line.first = x1 - line.x0
			}
		case row == "</line>" && len(pages) > 0:
			line.text = strings.Join(words, " ")
			pages[len(pages)-1] = append(pages[len(pages)-1], line)
		}
	}
	for i := range pages {
		pages[i] = withMarks(whole(pages[i]))
	}
	if !inColumns(slices.Concat(pages...)) {
		for _, p := range pages {
			slices.SortStableFunc(p, func(a, b printed) int {
				if math.Abs(a.y1-b.y1) < near {
					return cmp.Compare(a.x0, b.x0)
				}
				return cmp.Compare(a.y1, b.y1)
			})
		}
	}
	return pages
}

// whole puts the pieces of a line together that wide spaces have torn apart.
func whole(page []printed) []printed {
	var out []printed
	for _, l := range page {
		if n := len(out); n > 0 && l.placed() {
			last := &out[n-1]
			if gap := l.x0 - last.x1; math.Abs(l.y1-last.y1) < near && 0 < gap && gap < hang && l.side() == last.side() && l.side() > 0 {
				last.text += " " + l.text
				last.x1 = l.x1
				continue
			}
		}
		out = append(out, l)
	}
	return out
}

// inColumns reports whether a document is set in two columns: after a line of
// the left half the right half begins, much higher, and few lines cross the
// middle.
func inColumns(all []printed) bool {
	crossed := 0
	for i, l := range all {
		if l.side() == 0 {
			crossed++
		}
		if i > 0 && l.page == all[i-1].page && l.side() == 2 && all[i-1].side() == 1 && l.y0 < all[i-1].y0-50 {
			crossed -= 20
		}
	}
	return crossed < 0
}

// side is the half of the page that l stands in, or 0 if it crosses the middle.
func (l printed) side() int {
	switch {
	case l.x1 <= l.width/2+near:
		return 1
	case l.x0 >= l.width/2-near:
		return 2
	}
	return 0
}

// corners reads xMin="…" yMin="…" xMax="…" yMax="…".
func corners(row string) (x0, y0, x1, y1 float64) {
	var at [4]float64
	for i := range at {
		_, rest, _ := strings.Cut(row, "=\"")
		value, after, _ := strings.Cut(rest, "\"")
		if at[i], _ = strconv.ParseFloat(value, 64); math.IsNaN(at[i]) || math.IsInf(at[i], 0) {
			at[i] = 0
		}
		row = after
	}
	return at[0], at[1], at[2], at[3]
}

// loneMark is the mark of an item that stands alone, as a tab sets it off.
var loneMark = regexp.MustCompile(`^(?:[-–—−•·*]|\(?[0-9]{1,3}[.)]?[a-zčšž]?\)|[0-9]{1,3}(?:\.[0-9]{1,2})*\.|\(?[a-zčšž]{1,2}\))$`)

// beside is how many lines away, in the order of pdftotext, the line of a mark is
// looked for.
const beside = 200

// withMarks puts marks that were read as lines of their own before the lines
// that they mark.
func withMarks(page []printed) []printed {
	for i, m := range page {
		if !loneMark.MatchString(m.text) {
			continue
		}
		at, gap := -1, 60.0
		for k := max(0, i-beside); k < min(len(page), i+beside); k++ {
			l := page[k]
			level := math.Abs(l.y0+l.y1-m.y0-m.y1) < l.y1-l.y0
			if d := l.x0 - m.x1; k != i && l.text != "" && level && -1 < d && d < gap {
				at, gap = k, d
			}
		}
		if at >= 0 {
			l := &page[at]
			l.text, l.x0, l.first = m.text+" "+l.text, m.x0, m.x1-m.x0
			page[i].text = ""
		}
	}
	return slices.DeleteFunc(page, func(l printed) bool { return l.text == "" })
}

// A column is where the lines of a document begin and end.
type column struct {
	left, right float64
	pitch       float64 // from line to line
	justified   bool    // all lines but the last of a paragraph reach the right edge
}

// columns returns the column of each line.
func columns(all []printed) []*column {
	groups := map[int][]printed{}
	key := func(printed) int { return 0 }
	if inColumns(all) {
		key = printed.side
	}
	for _, l := range all {
		groups[key(l)] = append(groups[key(l)], l)
	}
	found := map[int]*column{}
	for k, g := range groups {
		found[k] = columnOf(g)
		if k == 0 && found[k].right < g[0].width*0.7 { // too few lines to tell
			found[k].right = g[0].width - found[k].left
		}
	}
	out := make([]*column, len(all))
	for i, l := range all {
		out[i] = found[key(l)]
	}
	return out
}

func columnOf(g []printed) *column {
	var lefts, rights []float64
	pitches := map[int]int{} // in halves of a point
	for i, l := range g {
		lefts, rights = append(lefts, l.x0), append(rights, l.x1)
		if i > 0 && l.page == g[i-1].page && l.y0 > g[i-1].y0+(l.y1-l.y0)/2 {
			pitches[int(2*(l.y0-g[i-1].y0))]++
		}
	}
	pitch := 0 // the smallest that is no exception
	for p, n := range pitches {
		if n*20 >= len(g) && (pitch == 0 || p < pitch) {
			pitch = p
		}
	}
	slices.Sort(lefts)
	slices.Sort(rights)
	c := &column{left: lefts[len(lefts)/50], right: rights[len(rights)-1-len(rights)/50], pitch: float64(pitch+1) / 2}
	reach := 0
	for _, x := range rights {
		if math.Abs(x-c.right) < near {
			reach++
		}
	}
	c.justified = reach > 4 && reach*5 > len(rights)*2
	return c
}

// near is how many points apart two edges are that are meant to be one.
const near = 2

// hang is more than the text of an item stands in from its mark.
const hang = 40

// centred reports whether l stands in the middle of the column and begins right
// of where paragraphs do.
func (c *column) centred(l printed) bool {
	return math.Abs(l.x0+l.x1-c.left-c.right) < 4*near && l.x0 > c.left+15
}

// joinLines puts the lines of paragraphs together.
func joinLines(all []printed) []string {
	if len(all) == 0 {
		return nil
	}
	cols := columns(all)
	var out []string
	var text strings.Builder
	text.WriteString(all[0].text)
	for i, first := 1, 0; i < len(all); i++ {
		switch {
		case !goesOn(all[first:i+1], cols[i-1], cols[i]):
			out = append(out, text.String())
			text.Reset()
			first = i
		case !all[i-1].cut && !tight(all[i-1].text, all[i].text):
			text.WriteByte(' ')
		}
		text.WriteString(all[i].text)
	}
	return append(out, text.String())
}

// tight reports whether no space stood where a line ends: within 2021–2027, ZLS-R
// and addresses of the web.
func tight(a, b string) bool {
	word := a[strings.LastIndexByte(a, ' ')+1:]
	next, _ := utf8.DecodeRuneInString(b)
	if strings.Contains(word, "/") && (strings.HasSuffix(word, "-") || strings.Contains(word, "://") && strings.ContainsAny(word[len(word)-1:], "/?&=_.")) {
		return true
	}
	before, ends := strings.CutSuffix(word, "-")
	if !ends {
		before, ends = strings.CutSuffix(word, "–")
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	return ends && before != "" && (unicode.IsDigit(last) && unicode.IsDigit(next) ||
		!unicode.IsPunct(last) && strings.HasSuffix(word, "-") && (unicode.IsDigit(next) || unicode.IsUpper(next) || utf8.RuneCountInString(before) == 1))
}

// goesOn reports whether the last of the lines goes on with the paragraph that
// the others are: the line before it has no room for its first word, and
// neither a gap, an indent nor a mark begins a new one.
func goesOn(lines []printed, was, c *column) bool {
	n := len(lines)
	begin, prev, cur := lines[0], lines[n-2], lines[n-1]
	switch {
	case prev.cut:
		return true
	case !prev.placed() || !cur.placed() || articleHead.MatchString(cur.text) || articleHead.MatchString(prev.text):
		return false
	}
	middle := was.centred(prev) && c.centred(cur) && prev.page == cur.page && math.Abs(prev.x0-cur.x0) > near &&
		(!itemMark.MatchString(begin.text) || cur.x0-prev.x0 > hang)
	if !middle && was.centred(prev) && n == 2 && !startsSmall(cur.text) && !itemMark.MatchString(prev.text) {
		return false
	}
	jump := prev.page != cur.page || cur.y0 < prev.y0-near
	if was.hasRoom(prev, cur, middle) || !jump && cur.y0-prev.y0 > was.pitch*1.25 {
		return false
	}
	return middle || !startsAnew(lines, (cur.x0-c.left)-(prev.x0-was.left), prev.x0-was.left, jump || was != c)
}

// hasRoom reports whether the first word of cur would have stood on the line of
// prev too, or whether prev ends before the edge of a column that is justified.
func (c *column) hasRoom(prev, cur printed, middle bool) bool {
	end, space := prev.x1, (prev.y1-prev.y0)/5
	if middle {
		end = c.left + prev.x1 - prev.x0
	}
	return end+space+cur.first <= c.right-1 || c.justified && !middle && end < c.right-2*near
}

// startsAnew reports whether the last of the lines begins a paragraph by its
// mark, or by how far it stands in from the line before. That line stands at
// from the edge; a jump goes to another page or column.
func startsAnew(lines []printed, in, at float64, jump bool) bool {
	n := len(lines)
	begin, prev, cur := lines[0], lines[n-2], lines[n-1]
	ends, marked := endsPhrase(prev.text), itemMark.MatchString(prev.text)
	switch {
	case strings.HasSuffix(prev.text, ":") && strings.HasPrefix(cur.text, "»"):
		return true
	case beginsItem(cur.text) && ends && (n > 2 || cur.x0 < begin.x0+near || jump):
		return true
	case n == 2 && math.Abs(in) < near && at > near: // both stand in, as first lines do
		return ends && startsLarge(cur.text)
	case n > 2 || jump:
		return math.Abs(in) >= near && !(jump && startsSmall(cur.text)) && !(n == 2 && (in < 0 || marked))
	case in > near:
		return !marked && !startsSmall(cur.text)
	case in < -near && marked:
		return ends && startsLarge(cur.text) && !strings.HasPrefix(prev.text, "(")
	}
	return false
}

var (
	articleHead = regexp.MustCompile(`^»?[a-zčšž]?[0-9]{1,4}\.?\s?[a-zčšž]{0,2}\.? člen\*?$`)
	itemMark    = regexp.MustCompile(`^(?:[-–—−•·*]|»?\([0-9]{1,3}[a-zčšž]?\)|[0-9]{1,3}(?:\.[0-9]{1,2})*[.)]|\(?[a-zčšž]{1,2}\)) `)
	tightMark   = regexp.MustCompile(`^([0-9]{1,3}[.)]|[a-zčšž]\)|\([0-9]{1,3}\))(\p{L}{3})`)
)

// references are words before which a number names a day or a provision.
var references = regexp.MustCompile(`^[0-9]{1,3}\. (?:januar|februar|marc|april|maj|junij|julij|avgust|septemb|oktob|novemb|decemb|člen|odstav|točk|aline|poglavj)`)

// beginsItem reports whether a line begins an item or a numbered paragraph, and
// is not running text that goes on with a number.
func beginsItem(s string) bool {
	_, rest, _ := strings.Cut(s, " ")
	if strings.HasPrefix(s, "(") && startsSmall(rest) && unicode.IsDigit(rune(s[1])) {
		return false
	}
	return itemMark.MatchString(s) && !references.MatchString(s)
}

// endsPhrase reports whether an item or a sentence may end with s.
func endsPhrase(s string) bool {
	s = strings.TrimRight(s, "«»)”\"")
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".;:,!?") {
		return true
	}
	switch s[strings.LastIndexByte(s, ' ')+1:] {
	case "in", "ter", "ali", "oziroma", "and", "or":
		return true
	}
	return false
}

func startsSmall(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

func startsLarge(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
