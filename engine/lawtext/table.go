package lawtext

import "strings"

// Cells returns the cells of a row of a table, without the signs between them.
func (n *Node) Cells() []string {
	if n.Kind != Row {
		return nil
	}
	s, sign := n.Intro, "\t"
	if strings.HasPrefix(s, "|") {
		s, sign = strings.TrimSuffix(s[1:], "|"), "|"
	}
	cells := strings.Split(s, sign)
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

// isRow reports whether a line is a row of a table: "| one | two |", or cells
// with tabs between them as they are pasted from HTML.
func isRow(s string) bool { return strings.HasPrefix(s, "|") || strings.IndexByte(s, '\t') >= 0 }

// isRule reports whether a row is the line under the heading of a table.
func isRule(s string) bool { return strings.Trim(s, "|-: ") == "" && strings.Contains(s, "-") }

// table reads the rows of a table as one node, under the item that announces it
// or under the paragraph.
func (b *body) table(from, end int) int {
	t := &Node{Kind: Table, Span: b.r.in[from].span}
	i := from
	for ; i < end && isRow(b.r.in[i].text) && b.r.quoteTo[i] < i; i++ {
		l := b.r.in[i]
		n := &Node{Kind: Row, Intro: l.text, Span: l.span}
		if isRule(l.text) {
			n.Kind = Text
		}
		t.Children = append(t.Children, n)
	}
	if k := len(b.items); k > 0 && (strings.HasSuffix(b.items[k-1].node.Intro, ":") || b.listGoesOn(i, end)) {
		up := b.items[k-1].node
		up.Children = append(up.Children, t)
		return i
	}
	b.child(t)
	b.items = b.items[:0]
	return i
}

// listGoesOn reports whether line i is an item of the list that is open.
func (b *body) listGoesOn(i, end int) bool {
	if i >= end {
		return false
	}
	return b.continues(b.r.d.readMark(b.r.in[i].text))
}

// setCells keeps the tabs between the cells of a table: rows with tabs that
// follow each other, unless they begin with the mark of an item.
func (d *Dialect) setCells(rows []row, text string) {
	last := -1 // the row before that could be one of a table
	for i := range rows {
		r := &rows[i]
		if r.text == "" {
			continue
		}
		raw := text[r.start:r.end]
		k := strings.IndexByte(raw, '\t')
		if k < 0 {
			last = -1
			continue
		}
		if m := d.readMark(oneSpace(strings.TrimSpace(raw[:k]))); m.style != noStyle && m.rest == "" {
			last = -1
			continue
		}
		if last >= 0 {
			rows[last].cells(text)
			r.cells(text)
		}
		last = i
	}
}

func (r *row) cells(text string) {
	var cells []string
	for c := range strings.SplitSeq(text[r.start:r.end], "\t") {
		if c = oneSpace(strings.TrimSpace(c)); c != "" {
			cells = append(cells, c)
		}
	}
	r.text, r.alone = strings.Join(cells, "\t"), true
}
