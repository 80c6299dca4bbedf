package lawtext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A line is one line of meaning: a head, a heading, a paragraph, an item. Its
// text has single spaces and no wraps.
type line struct {
	text  string
	span  Span
	level int  // of a Markdown heading: 5 for "##### § 5"; else 0
	bold  bool // all of it, in Markdown
}

// A row is one line as it stands in the source, with single spaces.
type row struct {
	text       string
	start, end int  // in the source, in bytes
	width      int  // in characters
	alone      bool // a Markdown heading, a row of a table, or any row of a text that does not wrap
	ends       ending
}

func (r row) span() Span { return Span{r.start, r.end} }

// An ending is what the end of a row says about the wrap. PISRS ends the rows of
// a paragraph with CR LF where they wrap and its last with LF alone; where a
// text has both, they are believed.
type ending uint8

const (
	unknownEnd ending = iota
	softEnd           // the paragraph goes on
	gapEnd            // so it does in a text whose paragraphs have blank rows between them
	hardEnd
)

// lines joins the rows of text[from:] into lines. Rows of PISRS are wrapped
// near 80 characters, and nearer at the first row of a paragraph; a blank row
// always ends a line.
func (d *Dialect) lines(text string, from int) []line {
	var out []line
	rows := rowsOf(text, from)
	if d.Enclosed {
		setGaps(rows)
	}
	if strings.IndexByte(text[from:], '\t') >= 0 {
		d.setCells(rows, text)
	}
	if len(rows) > 0 && rows[0].ends != unknownEnd {
		d.note(Span{}, "line-ends", "")
	}
	for i := 0; i < len(rows); {
		if rows[i].text == "" {
			i++
			continue
		}
		end := i + 1
		for end < len(rows) && !d.breaks(rows, i, end) {
			end++
		}
		out = append(out, join(rows[i:end]))
		out = d.split(out)
		i = end
	}
	return out
}

// split puts the heading that follows the head of an article or the name of a
// division on a line of its own.
func (d *Dialect) split(out []line) []line {
	l := &out[len(out)-1]
	label, heading := "", ""
	if h, ok := d.readArticle(l.text); ok {
		label, heading = h.label, h.heading
	} else if d, ok := d.readDivision(l.text); ok && d.named {
		label, heading = l.text[:len(l.text)-len(d.heading)], d.heading
	}
	if heading == "" {
		return out
	}
	l.text = strings.TrimSpace(label)
	return d.split(append(out, line{text: heading, span: l.span}))
}

func rowsOf(text string, from int) []row {
	rows := make([]row, 0, (len(text)-from)/40+1)
	for at := from; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += at
		}
		s := bare(text[at:end])
		start := at
		if s != "" {
			start = at + strings.Index(text[at:end], s)
		}
		plain := oneSpace(s)
		ends := hardEnd
		if end > at && text[end-1] == '\r' {
			ends = softEnd
		}
		rows = append(rows, row{text: plain, start: start, end: start + len(s), width: utf8.RuneCountInString(plain), ends: ends,
			alone: strings.HasPrefix(s, "|") || strings.HasPrefix(strings.TrimSpace(text[at:end]), "# ") || strings.HasPrefix(strings.TrimSpace(text[at:end]), "##")})
		at = end + 1
	}
	setAlone(rows)
	return rows
}

// setAlone marks the rows of a text that is not wrapped: at least a third of it
// stands in rows of more than longWidth.
func setAlone(rows []row) {
	all, long := 0, 0
	soft, hard := 0, 0
	for _, r := range rows {
		if r.text != "" {
			if r.ends == softEnd {
				soft++
			} else {
				hard++
			}
		}
		all += r.width
		if r.width > longWidth {
			long += r.width
		}
	}
	tells := soft > 0 && hard > 1
	for i := range rows {
		if !tells {
			rows[i].ends = unknownEnd
		}
		rows[i].alone = rows[i].alone || long*3 > all
	}
}

// setGaps finds how a text is laid out whose rows alone would not tell. Where
// nearly all rows of some length end a sentence, it is not wrapped. Where most
// rows inside of blocks do not, or blocks seldom have a second row, and blank
// rows stand between blocks, a row there is no end of a paragraph.
func setGaps(rows []row) {
	gaps, inside, within, long, whole := 0, 0, 0, 0, 0
	for i, r := range rows {
		ends := endsSentence(r.text) && !strings.HasSuffix(r.text, ",")
		if r.width >= shortWidth {
			if long++; ends {
				whole++
			}
		}
		switch {
		case r.text == "":
			gaps++
		case i+1 < len(rows) && rows[i+1].text != "":
			if inside++; !ends {
				within++
			}
		}
	}
	wraps := gaps > 2 && (within*2 > inside || inside*4 < gaps)
	for i := range rows {
		if wraps {
			rows[i].ends, rows[i].alone = gapEnd, false
		} else if whole*4 >= long*3 {
			rows[i].alone = true
		}
	}
}

// bare takes the layout off a row: white space, the mark of byte order, the
// marks of a Markdown heading.
func bare(s string) string {
	for {
		s = strings.TrimSpace(s)
		rest := strings.TrimPrefix(s, "\ufeff")
		if marks := strings.TrimLeft(s, "#"); len(s)-len(marks) <= 6 && (marks == "" || strings.TrimSpace(marks) != marks) {
			rest = marks
		}
		if len(rest) == len(s) {
			return s
		}
		s = rest
	}
}

func join(rows []row) line {
	span := Span{rows[0].start, rows[len(rows)-1].end}
	if len(rows) == 1 {
		return line{text: rows[0].text, span: span}
	}
	var b strings.Builder
	b.Grow(span.End - span.Start)
	for i, r := range rows {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(r.text)
	}
	return line{text: b.String(), span: span}
}

// oneSpace makes every run of white space one space.
func oneSpace(s string) string {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c > ' ' && c < 0xC2 || c == ' ' && i > 0 && s[i-1] != ' ':
		case c == 0xC2 && i+1 < len(s) && s[i+1] != 0x85 && s[i+1] != 0xA0:
		case c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2] >= 0x90 && s[i+2] < 0xA8: // dashes and quotes
		case c > 0xC2 && c != 0xE1 && c != 0xE2 && c != 0xE3:
		default:
			return strings.Join(strings.Fields(s), " ")
		}
	}
	return s
}

// Widths in characters. A row that has room for the next word was not wrapped
// there, so a paragraph ends with it.
const (
	firstWidth = 36 // the first row of a paragraph never wraps before this
	fullWidth  = 70 // nor any other row before this
	longWidth  = 120
	shortWidth = 40 // a row that ends before this was broken by hand
)

// breaks reports whether rows[i], which is not the first row of the line that
// begins at rows[first], begins a new line.
func (d *Dialect) breaks(rows []row, first, i int) bool {
	cur, prev := rows[i], rows[i-1]
	if cur.text == "" {
		return true
	}
	if cur.text == "člen" && i == first+1 && d.isArticleNumber(strings.TrimSuffix(strings.TrimPrefix(prev.text, "»"), ".")) {
		return false
	}
	head, isHead := d.headAt(rows, i)
	if i == first+1 && d.isLone(rows, first) {
		listed := strings.HasSuffix(head.label, ".") // an item that says no more than "98. člen."
		return isHead && !listed || d.isLone(rows, i)
	}
	if d.endsHead(rows, i-1) || prev.alone || cur.alone {
		return true
	}
	if open := rows[first].text; open[0] == '(' && first > 0 && i-first < 8 {
		if d.endsHead(rows, first-1) && d.readMark(open).style == noStyle {
			return strings.HasSuffix(strings.TrimRight(prev.text, "«»;.*"), ")")
		}
	}
	if prev.ends == hardEnd && !isHead && !endsSentence(prev.text) && startsLower(cur.text) && d.readMark(cur.text).style == noStyle {
		d.note(cur.span(), "row-goes-on", cur.text)
		return false // broken in the middle of a sentence
	}
	if prev.ends == gapEnd && !strings.HasSuffix(prev.text, ";") && !strings.HasSuffix(prev.text, ":") && !isHead {
		return strings.IndexByte(".;:", prev.text[len(prev.text)-1]) >= 0 && startsUpper(cur.text) && prev.width+1+firstWord(cur.text) <= shortWidth
	}
	if isHead || prev.ends == hardEnd || d.isLone(rows, i) || d.breaksByMark(rows, first, i) {
		return true
	}
	if prev.ends == gapEnd {
		return false
	}
	if prev.ends == softEnd {
		ends := endsSentence(prev.text) && startsUpper(cur.text) &&
			(prev.width+1+firstWord(cur.text) <= shortWidth || strings.HasSuffix(prev.text, ".") && d.wrapsEarly(rows, i))
		if ends {
			d.note(cur.span(), "row-breaks", cur.text)
		}
		return ends
	}
	ends := d.breaksByShape(rows, first, i)
	if ends {
		d.note(cur.span(), "wrap", cur.text)
	}
	return ends
}

// headAt reads the head of an article at rows[i]. A row of running text that
// happens to be "5. člen" goes on with a small letter or a comma.
func (d *Dialect) headAt(rows []row, i int) (articleHead, bool) {
	text := rows[i].text
	if strings.HasSuffix(text, ".") && i+1 < len(rows) && rows[i+1].text == "člen" {
		text += " člen"
		i++
	}
	h, ok := d.readArticle(text)
	if !ok || i+1 < len(rows) && rows[i].ends != hardEnd && startsLower(rows[i+1].text) {
		return h, false
	}
	if i > 0 && d.runsOn(rows[i-1].text) {
		return h, false
	}
	return h, true
}

// endsHead reports whether rows[i] is the last row of the head of an article.
func (d *Dialect) endsHead(rows []row, i int) bool {
	_, ok := d.headAt(rows, i)
	if !ok && i > 0 && rows[i].text == "člen" {
		_, ok = d.headAt(rows, i-1)
	}
	return ok
}

// runsOn reports whether a row ends so that an article must be named next.
func (d *Dialect) runsOn(s string) bool {
	if strings.HasSuffix(s, ",") {
		return true
	}
	return slices.Contains(d.RunsOn, s[strings.LastIndexByte(s, ' ')+1:])
}

// isLone reports whether rows[i] is a mark alone, the layout PISRS has for items.
func (d *Dialect) isLone(rows []row, i int) bool {
	s := rows[i].text
	if len(s) > 8 {
		return false
	}
	m := d.readMark(s)
	if m.style == noStyle || m.rest != "" || m.style == upperStyle && i > 0 && !endsSentence(rows[i-1].text) {
		return false
	}
	if m.style != numStyle || i+1 == len(rows) {
		return m.style != dottedStyle || strings.HasSuffix(s, ".")
	}
	return !d.isReference(rows[i+1].text)
}

// breaksByMark finds the rows that begin with a mark or with a number of a chapter.
func (d *Dialect) breaksByMark(rows []row, first, i int) bool {
	cur, prev := rows[i].text, rows[i-1].text
	m := d.readMark(cur)
	switch m.style {
	case noStyle:
	case paraStyle:
		return !startsLower(m.rest)
	case dashStyle, bulletStyle:
		return strings.IndexByte(":;.,", prev[len(prev)-1]) >= 0
	case dottedStyle, upperStyle:
		return startsUpper(m.rest) && (endsSentence(prev) || d.isTitle(rows[first].text) || d.leadsToHead(rows, i))
	default:
		before := d.readMark(rows[first].text)
		next := before.style == m.style && follows(before.num, m.num)
		return next && (endsSentence(prev) || d.joins(prev, m.rest)) || m.label[0] == '(' || strings.IndexByte(":;", prev[len(prev)-1]) >= 0 ||
			startsUpper(m.rest) && (endsSentence(prev) || d.isTitle(rows[first].text) || d.leadsToHead(rows, i))
	}
	if d.isClosing(cur) || d.isClosing(prev) || strings.HasSuffix(prev, "«;") && d.continuesComponent(cur) {
		return true
	}
	if strings.HasPrefix(cur, "»") && strings.HasSuffix(prev, ":") {
		return true
	}
	if d, ok := d.readDivision(cur); ok && d.sure {
		return true
	}
	return false
}

// joins reports whether an item ends with the word before the last one: "opis in",
// and what follows is none of the references that stand so in running text.
func (d *Dialect) joins(prev, rest string) bool {
	at := strings.LastIndexByte(prev, ' ')
	if at < 1 || prev[at+1:] == "do" || !slices.Contains(d.Joins, prev[at+1:]) || d.isReference(rest) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(prev[:at])
	return unicode.IsLetter(before) || before == ',' || before == ';'
}

// continuesComponent reports whether s names a further thing that an amending
// act did: "ter vsebuje naslednjo končno določbo:".
func (d *Dialect) continuesComponent(s string) bool {
	return hasAnyPrefix(s, d.LeavesMore)
}

// isTitle reports whether a row begins a heading of a chapter.
func (d *Dialect) isTitle(s string) bool {
	_, ok := d.readDivision(s)
	return ok || isCaps(s) || d.isAnnex(s)
}

// breaksByShape finds the ends of paragraphs that nothing marks.
func (d *Dialect) breaksByShape(rows []row, first, i int) bool {
	cur, prev := rows[i], rows[i-1]
	if startsLower(cur.text) {
		return d.closesList(rows, first, i)
	}
	if caps, before := isCaps(cur.text), isCaps(prev.text); caps != before && (startsUpper(cur.text) || caps) {
		return before || endsSentence(prev.text)
	} else if caps {
		return d.titleWord(unspaced(prev.text), false) != ""
	}
	width := fullWidth
	if i-1 == first {
		width = firstWidth
	}
	fits := prev.width+1+firstWord(cur.text) <= width
	if endsSentence(prev.text) && d.isParen(cur.text) && d.isTombstone(cur.text) || d.endsTombstone(prev.text) {
		return true
	}
	if !endsSentence(prev.text) || strings.HasSuffix(prev.text, ",") {
		return fits && startsUpper(cur.text) && i-1 == first && d.isTitle(prev.text)
	}
	if strings.HasSuffix(prev.text, ":") || fits {
		return true
	}
	return d.wrapsEarly(rows, i) || d.leadsToHead(rows, i)
}

// closesList reports whether the wrap-up of a list begins at rows[i]: an item
// ends there with room left on its row.
func (d *Dialect) closesList(rows []row, first, i int) bool {
	prev := rows[i-1]
	return i-first > 2 && prev.width+1+firstWord(rows[i].text) < fullWidth-10 && endsSentence(prev.text) &&
		d.isLone(rows, first)
}

// wrapsEarly reports whether rows[i] wraps where only a first row wraps.
func (d *Dialect) wrapsEarly(rows []row, i int) bool {
	if i+1 == len(rows) || rows[i+1].text == "" {
		return false
	}
	cur, next := rows[i], rows[i+1]
	if cur.width+1+firstWord(next.text) > fullWidth {
		return false
	}
	if !endsSentence(cur.text) || strings.HasSuffix(cur.text, ",") {
		return !d.isLone(rows, i+1)
	}
	return startsLower(next.text)
}

// leadsToHead reports whether rows[i] is a heading: the next rows reach the
// head of an article without the end of a sentence.
func (d *Dialect) leadsToHead(rows []row, i int) bool {
	for k := i; k < len(rows) && k < i+4; k++ {
		if _, ok := d.headAt(rows, k); ok && k > i {
			return true
		}
		if rows[k].text == "" || endsSentence(rows[k].text) {
			return false
		}
	}
	return false
}

func firstWord(s string) int {
	w, _, _ := strings.Cut(s, " ")
	return utf8.RuneCountInString(w)
}
