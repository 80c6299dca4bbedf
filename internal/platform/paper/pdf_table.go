package paper

// cellPad is the room above and below the lines of a cell; gutter that between
// columns.
const (
	cellPad = 4
	gutter  = 9
)

// A slot is a cell as it is drawn: its lines, one below the other.
type slot struct {
	elem    *elem
	x       float64 // from the left margin
	width   float64
	lines   []line
	gaps    []float64 // by line: room above
	numeric bool
}

// cell sets the paragraphs of a cell.
func (c *compositor) cell(texts Cell, f form, s slot) slot {
	for i, t := range texts {
		e := s.elem
		if len(texts) > 1 {
			e = e.child("P")
		}
		lines := c.lines(t, f, e, s.width)
		for j := range lines {
			gap := 0.0
			if i > 0 && j == 0 {
				gap = cellPad
			}
			s.gaps = append(s.gaps, gap)
		}
		s.lines = append(s.lines, lines...)
	}
	return s
}

// A row is cells side by side, with a rule below.
type row struct {
	slots  []slot
	form   form
	width  float64 // of the rule
	rule   float64 // its weight
	colour string
}

// boxes makes one box of the row, or one per line if it is higher than the limit:
// only such a row is split over pages.
func (r row) boxes(limit float64) []box {
	high, most := 0.0, r.most()
	for _, s := range r.slots {
		h := r.form.leading * float64(len(s.lines))
		for _, g := range s.gaps {
			h += g
		}
		high = max(high, h)
	}
	if high+2*cellPad <= limit {
		return []box{r.slice(high, 0, most)}
	}
	boxes := make([]box, most)
	for i := range boxes {
		gap := 0.0
		for _, s := range r.slots {
			if i < len(s.gaps) {
				gap = max(gap, s.gaps[i])
			}
		}
		boxes[i] = r.slice(r.form.leading+gap, i, i+1)
	}
	return boxes
}

// most is the number of lines of the cell that has the most.
func (r row) most() int {
	most := 1
	for _, s := range r.slots {
		most = max(most, len(s.lines))
	}
	return most
}

// slice draws the lines of a row from one to another, and the rule below its last.
func (r row) slice(height float64, from, to int) box {
	b, top, last := box{height: height}, 0.0, to == r.most()
	if from == 0 {
		top = cellPad
		b.height += cellPad
	}
	if last {
		b.height += cellPad
	}
	b.draw = func(p *page, y float64, artifact bool) {
		if last {
			fill(&p.under, r.colour, sideMargin, y-b.height, r.width, r.rule)
		}
		for _, s := range r.slots {
			if !artifact {
				s.elem.attach() // an empty cell is a cell too
			}
			at := y - top
			for i := from; i < min(to, len(s.lines)); i++ {
				at -= s.gaps[i]
				x := sideMargin + s.x
				if s.numeric {
					x += max(s.width-s.lines[i].width, 0)
				}
				p.line(s.lines[i], x, at-baseline(r.form), artifact)
				at -= r.form.leading
			}
		}
	}
	return b
}

func (c *compositor) table(t Table) []box {
	e := c.root.child("Table")
	var all []box
	if t.Caption != "" {
		boxes := c.paragraph(Plain(t.Caption), captionForm, e.child("Caption"))
		boxes[len(boxes)-1].keep = true
		all = append(all, keepTogether(boxes)...)
	}
	frame := make([]slot, len(t.Columns))
	x := 0.0
	for i, col := range t.Columns {
		w := t.share(i) * (c.width + gutter)
		frame[i] = slot{x: x, width: w - gutter, numeric: col.Numeric}
		x += w
	}
	head := c.header(e.child("TR"), t, frame)
	head[len(head)-1].keep = len(t.Rows) > 0
	if t.Caption == "" {
		head[0].before = captionForm.before
	}
	var repeat *box
	limit := c.room
	if len(head) == 1 && head[0].height < c.room/3 {
		repeat = &head[0]
		limit -= repeat.height
	}
	all = append(all, head...)
	for _, cells := range t.Rows {
		boxes := c.bodyRow(e.child("TR"), cells, frame, t.RowHeads, limit)
		for i := range boxes {
			boxes[i].header = repeat
		}
		all = append(all, boxes...)
	}
	return all
}

func (c *compositor) header(tr *elem, t Table, frame []slot) []box {
	f := tableForm
	f.style = Bold
	slots := make([]slot, len(frame))
	for i, s := range frame {
		s.elem = tr.child("TH")
		s.elem.attrs = "<</O /Table /Scope /Column>>"
		slots[i] = c.cell(Cell{Plain(t.Columns[i].Head)}, f, s)
	}
	return row{slots, f, c.width, 1.2, ink}.boxes(c.room)
}

func (c *compositor) bodyRow(tr *elem, cells []Cell, frame []slot, heads bool, limit float64) []box {
	slots := make([]slot, len(frame))
	for i, s := range frame {
		s.elem = tr.child("TD")
		if i == 0 && heads {
			s.elem = tr.child("TH")
			s.elem.attrs = "<</O /Table /Scope /Row>>"
		}
		slots[i] = c.cell(cells[i], tableForm, s)
	}
	return row{slots, tableForm, c.width, 0.6, hair}.boxes(limit)
}

// facts are a table of two columns without a header; each label heads its row.
func (c *compositor) facts(facts Facts) []box {
	e := c.root.child("Table")
	label, value := sansForm, sansForm
	label.style = Muted
	left := min(110, c.width/4)
	var all []box
	for _, fact := range facts {
		tr := e.child("TR")
		th := slot{elem: tr.child("TH"), width: left}
		th.elem.attrs = "<</O /Table /Scope /Row>>"
		th = c.cell(Cell{Plain(fact.Label)}, label, th)
		td := slot{elem: tr.child("TD"), x: left + gutter, width: c.width - left - gutter}
		td = c.cell(Cell{fact.Value}, value, td)
		all = append(all, row{[]slot{th, td}, value, c.width, 0.6, hair}.boxes(c.room)...)
	}
	if len(all) > 0 {
		all[0].before = 10
		width, draw := c.width, all[0].draw
		all[0].draw = func(p *page, y float64, artifact bool) {
			fill(&p.under, hair, sideMargin, y-0.6, width, 0.6)
			draw(p, y, artifact)
		}
	}
	return all
}
