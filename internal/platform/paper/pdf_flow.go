package paper

// Sizes in points.
const (
	mm          = 72 / 25.4
	a4Short     = 210 * mm
	a4Long      = 297 * mm
	sideMargin  = 20 * mm
	topMargin   = 20 * mm
	footLeading = 10.5
	footSize    = 8
)

// A box is what a page break cannot fall into: a line of text, a row of a table.
type box struct {
	before float64 // room above, unless it is the first on its page
	height float64
	keep   bool // stays with the next box
	header *box // drawn first if the box begins a page
	docked bool // at the foot of the last page, below its footer
	turn   *PageBreak
	draw   func(p *page, y float64, artifact bool) // y is its upper edge
}

// A flow puts boxes on pages, one below the other.
type flow struct {
	pages  []*page
	lying  bool
	y      float64
	bottom float64 // upper edge of the footer
}

func size(landscape bool) (width, height float64) {
	if landscape {
		return a4Long, a4Short
	}
	return a4Short, a4Long
}

// room is the height of a page between its margins.
func (f *flow) room(landscape bool) float64 {
	_, height := size(landscape)
	return height - topMargin - f.bottom
}

func (f *flow) newPage() {
	w, h := size(f.lying)
	f.pages = append(f.pages, &page{width: w, height: h})
	f.y = h - topMargin
}

func (f *flow) atTop() bool { return f.y == f.pages[len(f.pages)-1].height-topMargin }

// place puts all boxes on pages. Boxes that keep together go to the next page
// together, unless they are more than a page.
func (f *flow) place(boxes []box) {
	if len(boxes) > 0 && boxes[0].turn != nil {
		f.lying, boxes = boxes[0].turn.Landscape, boxes[1:]
	}
	f.newPage()
	var docked []box
	for i := 0; i < len(boxes); {
		if boxes[i].docked {
			docked = append(docked, boxes[i])
			i++
			continue
		}
		if t := boxes[i].turn; t != nil {
			f.lying = t.Landscape
			f.newPage()
			i++
			continue
		}
		end, need := i, boxes[i].before+boxes[i].height
		for boxes[end].keep && end+1 < len(boxes) && boxes[end+1].turn == nil && !boxes[end+1].docked {
			end++
			need += boxes[end].before + boxes[end].height
		}
		if f.y-need < f.bottom && !f.atTop() {
			f.newPage()
		}
		for ; i <= end; i++ {
			f.put(boxes[i])
		}
	}
	for _, b := range docked {
		if p := f.pages[len(f.pages)-1]; f.lying || p.raised > 0 || f.y < f.bottom+b.height {
			f.lying = false
			f.newPage()
		}
		p := f.pages[len(f.pages)-1]
		p.raised = b.height
		b.draw(p, b.height, false)
	}
}

func (f *flow) put(b box) {
	if !f.atTop() && f.y-b.before-b.height < f.bottom-0.01 {
		f.newPage()
	}
	p := f.pages[len(f.pages)-1]
	if f.atTop() {
		if b.header != nil {
			b.header.draw(p, f.y, true)
			f.y -= b.header.height
		}
	} else {
		f.y -= b.before
	}
	b.draw(p, f.y, false)
	f.y -= b.height
}
