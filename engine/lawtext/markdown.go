package lawtext

import (
	"slices"
	"strings"
)

// markdown reports whether the heads of the text stand in rows that begin with #.
func (a *Act) markdown() bool {
	if DialectOf(a.Lang) == &slovene {
		return false
	}
	above := ""
	for row := range strings.Lines(a.Source) {
		if level, _ := headingRow(row); level > 0 || isUnderline(row) && above != "" {
			return true
		}
		above = strings.TrimSpace(row)
	}
	return false
}

// isUnderline reports whether a row makes the row above it a heading: "----".
func isUnderline(row string) bool {
	row = strings.TrimSpace(row)
	return len(row) > 3 && (strings.Trim(row, "-") == "" || strings.Trim(row, "=") == "")
}

// headingRow returns the level of a row such as "##### § 5" and its text, and
// level 0 for any other row.
func headingRow(row string) (level int, text string) {
	text = strings.TrimLeft(row, "#")
	level = len(row) - len(text)
	if level == 0 || level > 6 || text == "" || text[0] != ' ' || strings.TrimSpace(text) == "" {
		return 0, row
	}
	return level, text
}

// blocks joins the rows of a Markdown text into lines. A block ends with a blank
// row, a heading, a row of a table or the mark of a list that stands no deeper.
// A mark alone joins with the block after it.
func (d *Dialect) blocks(text string, from int) []line {
	var out []line
	open, indent := false, 0
	var words strings.Builder
	flush := func() {
		if open {
			l := &out[len(out)-1]
			l.text = d.unlisted(oneSpace(strings.TrimSpace(plain(words.String()))))
			if l.bold = isBold(words.String()); l.text == "" {
				out = out[:len(out)-1]
			}
		}
		open = false
		words.Reset()
	}
	for at := from; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += at
		}
		raw := text[at:end]
		s := strings.TrimSpace(raw)
		span := Span{at + strings.Index(raw, s), 0}
		span.End = span.Start + len(s)
		at = end + 1
		deep := len(raw) - len(strings.TrimLeft(raw, " \t"))
		level, heading := headingRow(s)
		switch {
		case s == "":
			flush()
			continue
		case open && isUnderline(s) && words.Len() == out[len(out)-1].span.End-out[len(out)-1].span.Start:
			out[len(out)-1].level = 2
			flush()
			continue
		case level > 0:
			flush()
			s = heading
		case open && d.nextParagraph(words.String(), s):
			flush()
		case s[0] == '|' || strings.HasPrefix(s, "- ") && deep <= indent:
			flush()
		}
		if open {
			words.WriteByte(' ')
			out[len(out)-1].span.End = span.End
		} else {
			open, indent = true, deep
			out = append(out, line{span: span, level: level})
		}
		words.WriteString(s)
		if level > 0 || s[0] == '|' {
			flush()
		}
	}
	flush()
	return d.splitHeads(d.joinMarks(out))
}

// nextParagraph reports whether a row begins the numbered paragraph after the
// one that is open, though no blank row parts them.
func (d *Dialect) nextParagraph(open, row string) bool {
	m := d.readMark(row)
	if m.style != paraStyle || !endsSentence(open) {
		return false
	}
	before := d.readMark(open)
	return before.style == paraStyle && follows(before.num, m.num)
}

// joinMarks joins a mark that stands alone, "(1)" or "a)", with its text.
func (d *Dialect) joinMarks(in []line) []line {
	out := in[:0]
	for i := 0; i < len(in); i++ {
		l := in[i]
		m := d.readMark(l.text)
		if m.style == paraStyle {
			l.level = 0
		}
		if l.level == 0 && m.style != noStyle && m.rest == "" && i+1 < len(in) && in[i+1].level == 0 &&
			in[i+1].text[0] != '|' && d.readMark(in[i+1].text).style == noStyle {
			i++
			l.text += " " + in[i].text
			l.span.End = in[i].span.End
		}
		out = append(out, l)
	}
	return out
}

// splitHeads puts the heading that stands in one row with the number of an
// article or the name of a division on a line of its own.
func (d *Dialect) splitHeads(in []line) []line {
	out := make([]line, 0, len(in))
	for _, l := range in {
		if l.level == 0 {
			out = append(out, l)
			continue
		}
		rest := ""
		if h, ok := d.readArticle(l.text); ok {
			rest = h.heading
		} else if v, ok := d.readDivision(l.text); ok && v.named {
			rest = v.heading
		}
		if rest == "" {
			out = append(out, l)
			continue
		}
		head := l
		head.text = strings.TrimSpace(l.text[:len(l.text)-len(rest)])
		l.text = rest
		out = append(out, head, l)
	}
	return out
}

// unlisted takes the dash of a Markdown list off an item that has a mark of its
// own: "- a) text".
func (d *Dialect) unlisted(s string) string {
	for {
		rest, ok := strings.CutPrefix(s, "- ")
		if !ok {
			return s
		}
		if _, quoted := d.unquoted(rest); !quoted && d.readMark(rest).style == noStyle {
			return s
		}
		s = rest
	}
}

func isBold(s string) bool {
	s = strings.TrimSpace(s)
	return len(s) > 4 && strings.HasPrefix(s, "**") && strings.Index(s[2:], "**") == len(s)-4
}

// plain takes the Markdown marks off a text: bold, the targets of links, the
// numbers of footnotes.
func plain(s string) string {
	marks := markup(s)
	if len(marks) == 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	at := 0
	for _, m := range marks {
		b.WriteString(s[at:m.Start])
		at = m.End
	}
	b.WriteString(s[at:])
	return b.String()
}

// markup returns the places of the Markdown marks within a text, in order.
func markup(s string) []Span {
	if strings.IndexByte(s, '[') < 0 && !strings.Contains(s, "**") {
		return nil
	}
	var marks []Span
	var open []int // where the brackets stand that are open
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '*' && i+1 < len(s) && s[i+1] == '*':
			marks = append(marks, Span{i, i + 2})
			i++
		case c == '[' && i+2 < len(s) && s[i+1] == '^':
			if n := footnote(s[i:]); n > 0 {
				marks = append(marks, Span{i, i + n})
				i += n - 1
			}
		case c == '[':
			open = append(open, i)
		case c == ']' && len(open) > 0:
			from := open[len(open)-1]
			open = open[:len(open)-1]
			if n := target(s[i+1:]); n > 0 {
				marks = append(marks, Span{from, from + 1}, Span{i, i + 1 + n})
				i += n
			}
		}
	}
	slices.SortFunc(marks, func(x, y Span) int { return x.Start - y.Start })
	return marks
}

// footnote returns the length of "[^12]" at the start of s, if no colon follows
// as where the note itself stands, else 0.
func footnote(s string) int {
	end := strings.IndexByte(s, ']')
	if end < 3 || end > 8 || end+1 < len(s) && s[end+1] == ':' {
		return 0
	}
	return end + 1
}

// target returns the length of "(…)" at the start of s, and 0 if none stands there.
func target(s string) int {
	if s == "" || s[0] != '(' {
		return 0
	}
	end := strings.IndexAny(s, ") \n\t\r")
	if end < 0 || s[end] != ')' {
		return 0
	}
	return end + 1
}

// classifyMarkdown finds the heads and headings of a Markdown text, which stand
// in rows that begin with #.
func (r *reader) classifyMarkdown() {
	r.class = make([]class, len(r.in))
	first, level := -1, 0
	for i, l := range r.in {
		if r.class[i] != quotedLine {
			r.class[i] = r.markdownClass(i)
		}
		if r.class[i] == articleLine && first < 0 {
			first, level = i, l.level
		}
		for k := i; k <= r.quoteTo[i]; k++ {
			r.class[k] = quotedLine
		}
	}
	r.closingsMarkdown()
	r.group()
	leads := false
	for i := len(r.in) - 1; i >= 0; i-- {
		switch c := r.class[i]; {
		case c == divisionLine && i > 0 && r.class[i-1] == articleLine && r.in[i].level >= level && !r.named(i):
			r.class[i], leads = captionLine, false // "a) Grundsatz"
		case c == articleLine || c == divisionLine:
			leads = true
		case c != headingLine:
			leads = false
		case i > 0 && r.class[i-1] == articleLine:
			r.class[i], leads = captionLine, false
		case r.in[i].level > 1 && (leads || first >= 0 && i > first && r.in[i].level < level):
		default:
			r.class[i] = bodyLine
		}
	}
}

// boldCaption reports whether line i is the heading of the article above it, in
// bold; what would be a head in a row with # is not.
func (r *reader) boldCaption(i int) bool {
	l := r.in[i]
	if r.class[i] != bodyLine || !l.bold || r.d.isAnnex(l.text) || r.named(i) {
		return false
	}
	_, head := r.d.readArticle(l.text)
	return !head
}

// named reports whether line i begins a division that a word names.
func (r *reader) named(i int) bool {
	v, _ := r.d.readDivision(r.in[i].text)
	return v.named
}

// closingsMarkdown finds the signatures and footnotes behind the last article.
func (r *reader) closingsMarkdown() {
	for i := len(r.in) - 1; i >= 0 && r.class[i] != articleLine; i-- {
		l := r.in[i]
		if l.level > 0 || r.class[i] != bodyLine {
			continue
		}
		office := len(l.text) < 80 && strings.HasSuffix(l.text, ":") && i+1 < len(r.in) && r.class[i+1] == closingLine
		begins := func(sign string) bool { return strings.HasPrefix(l.text, sign) }
		if office || len(l.text) < 200 && (hasAnySuffix(l.text, r.d.Signed) || slices.ContainsFunc(r.d.Signs, begins)) || r.d.isNote(l.text) {
			r.class[i] = closingLine
		}
	}
}

// isNote reports whether s begins a footnote at the end of the text: "^3a) …".
func (d *Dialect) isNote(s string) bool {
	rest, ok := strings.CutPrefix(s, d.NoteMark)
	if !ok || d.NoteMark == "" {
		return false
	}
	num, _, ok := strings.Cut(rest, ")")
	return ok && len(num) > 0 && len(num) < 6 && num[0] >= '0' && num[0] <= '9'
}

func (r *reader) markdownClass(i int) class {
	l := r.in[i]
	if l.level == 0 {
		switch {
		case r.d.isAnnex(l.text) && len(l.text) < 120 && !endsSentence(l.text):
			return annexLine
		case r.d.isClosing(l.text), strings.HasPrefix(l.text, "[^") && !r.goesOn(i):
			return closingLine
		}
		return bodyLine
	}
	if _, ok := r.d.readArticle(l.text); ok {
		return articleLine
	}
	if r.d.isAnnex(l.text) {
		return annexLine
	}
	if _, ok := r.d.readDivision(l.text); ok && l.level > 1 {
		return divisionLine
	}
	return headingLine
}

// goesOn reports whether a numbered paragraph follows before the next heading, so
// that the note at line i stands inside of an article.
func (r *reader) goesOn(i int) bool {
	for k := i + 1; k < len(r.in) && r.in[k].level == 0 && k < i+50; k++ {
		if r.d.readMark(r.in[k].text).style == paraStyle {
			return true
		}
	}
	return false
}

// group makes divisions of the heads that stand above articles of another word,
// as "Čl. I" above "§ 1".
func (r *reader) group() {
	below := false
	for i := len(r.in) - 1; i >= 0; i-- {
		if r.class[i] != articleLine {
			continue
		}
		if h, _ := r.d.readArticle(r.in[i].text); !h.group {
			below = true
		} else if below {
			r.class[i], below = divisionLine, false
		}
	}
}

// closes reports whether division v, at a level of Markdown headings, ends the
// open one. Two that have words go by their words. A heading without a number
// stands below a division with a word at its level.
func (o open) closes(v open) bool {
	switch {
	case o.named && v.named:
		return o.rank >= v.rank
	case o.named && v.node.Label == "":
		return o.level > v.level
	}
	return o.level >= v.level
}
