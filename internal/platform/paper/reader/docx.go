package reader

import (
	"encoding/xml"
	"path"
	"strconv"
	"strings"
)

// A docx reads WordprocessingML (ECMA-376 part 1, §17).
type docx struct {
	box     *box
	p       *part
	lists   *wordLists
	at      *block
	para    *wordPara
	notes   *Text
	refs    []noteRef // in the order in which they are met
	left    int64     // bytes of text that may still come
	gone    bool      // in a table row or cell that tracked changes delete
	inNotes bool
}

// A block is what paragraphs are put into: the body, a cell, a text box.
type block struct {
	lines []string
	carry string // text of paragraphs whose end is deleted; it belongs to the next
}

type wordPara struct {
	text    strings.Builder
	after   []string // lines of its text boxes
	style   string
	num     string // its own list, "0" for none, "" for that of its style
	level   int    // -1 for that of its style
	endGone bool   // its end is deleted: the next paragraph continues it
	hidden  bool   // the run being read
}

// A noteRef is a mark of a footnote or endnote.
type noteRef struct{ kind, id string }

func (b *box) readDOCX() (Text, error) {
	t := Text{Kind: DOCX}
	main, err := b.mainPart()
	if err != nil {
		return t, err
	}
	related, err := b.relations(main)
	if err != nil {
		return t, err
	}
	d := &docx{box: b, notes: &t, left: b.file.lim.Text}
	if d.lists, err = b.readWordLists(related["numbering"], related["styles"]); err != nil {
		return t, err
	}
	lines, err := d.readPart(main)
	if err != nil {
		return t, err
	}
	ends, err := d.readNotes(related)
	if err != nil {
		return t, err
	}
	t.Content = strings.Join(append(lines, ends...), "\n")
	t.Title, err = b.title("docProps/core.xml")
	return t, err
}

// mainPart finds the document among the package's relations. A ZIP of Office
// that has none is a workbook or slides.
func (b *box) mainPart() (string, error) {
	target := "word/document.xml"
	if b.has("_rels/.rels") {
		err := b.each("_rels/.rels", func(e xml.StartElement) {
			if strings.HasSuffix(attr(e, "Type"), "/officeDocument") {
				target = strings.TrimPrefix(path.Clean("/"+attr(e, "Target")), "/")
			}
		})
		if err != nil {
			return "", err
		}
	}
	if top, _, _ := strings.Cut(target, "/"); top == "xl" || top == "ppt" {
		return "", refuse(UnknownKind, nil)
	}
	return target, nil
}

// relations returns the parts that a part names, by the last word of their
// type, such as "numbering".
func (b *box) relations(name string) (map[string]string, error) {
	dir, base := path.Split(name)
	rels := dir + "_rels/" + base + ".rels"
	found := map[string]string{}
	if !b.has(rels) {
		return found, nil
	}
	return found, b.each(rels, func(e xml.StartElement) {
		if e.Name.Local != "Relationship" || attr(e, "TargetMode") == "External" {
			return
		}
		target := attr(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", dir, target)
		}
		if len(found) < maxNamed {
			found[path.Base(attr(e, "Type"))] = strings.TrimPrefix(target, "/")
		}
	})
}

// readPart reads the paragraphs of a part.
func (d *docx) readPart(name string) ([]string, error) {
	p, err := d.box.open(name)
	if err != nil {
		return nil, err
	}
	defer p.close()
	d.p, d.at = p, &block{}
	body := d.at
	err = p.children(d.element, nil)
	return body.end(), err
}

func (b *block) end() []string {
	if b.carry != "" {
		b.lines, b.carry = append(b.lines, b.carry), ""
	}
	return b.lines
}

func (d *docx) element(e xml.StartElement) error {
	switch e.Name.Local {
	case "p":
		return d.paragraph()
	case "r":
		return d.run()
	case "t":
		return d.p.children(d.element, d.write)
	case "tab", "ptab":
		d.write("\t")
	case "br", "cr":
		d.write("\n")
	case "noBreakHyphen":
		d.write("-")
	case "sym":
		if code, err := strconv.ParseUint(attr(e, "char"), 16, 16); err == nil {
			d.write(bulletSign(string(rune(code))))
		}
	case "footnoteReference", "endnoteReference":
		d.reference(e)
	case "ins", "moveTo":
		d.notes.note(NoteInserted)
		return d.walk()
	case "del", "moveFrom":
		d.notes.note(NoteDeleted)
	case "AlternateContent":
		return d.alternate()
	case "pPr":
		return d.paragraphProperties()
	case "rPr", "tblPr", "tblGrid", "tcPr", "trPr", "sectPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText":
	case "tr":
		return d.row()
	case "txbxContent":
		return d.textBox()
	default:
		return d.walk()
	}
	return d.p.skip()
}

func (d *docx) walk() error { return d.p.children(d.element, nil) }

func (d *docx) write(s string) {
	switch {
	case d.para == nil || d.gone || d.left < 0: // paragraph refuses what is too long
	case d.para.hidden:
		d.notes.note(NoteHidden)
	default:
		d.para.text.WriteString(s)
		d.left -= int64(len(s))
	}
}

func (d *docx) run() error {
	if d.para == nil {
		return d.walk()
	}
	para := d.para
	defer func() { para.hidden = false }()
	return d.p.children(func(e xml.StartElement) error {
		if e.Name.Local != "rPr" {
			return d.element(e)
		}
		return d.p.children(func(e xml.StartElement) error {
			if e.Name.Local == "vanish" && isOn(e) {
				para.hidden = true
			}
			return d.p.skip()
		}, nil)
	}, nil)
}

func isOn(e xml.StartElement) bool {
	switch attr(e, "val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// alternate reads the first form that is offered: the second repeats it for
// older programs.
func (d *docx) alternate() error {
	taken := false
	return d.p.children(func(e xml.StartElement) error {
		if taken {
			return d.p.skip()
		}
		taken = true
		return d.walk()
	}, nil)
}

func (d *docx) paragraph() error {
	outer := d.para
	defer func() { d.para = outer }()
	d.para = &wordPara{level: -1}
	if err := d.walk(); err != nil {
		return err
	}
	if d.left < 0 {
		return &Refusal{Key: TooLarge, Limit: d.box.file.lim.Text}
	}
	if d.gone {
		return nil
	}
	text := d.at.carry + d.para.text.String()
	d.at.carry = ""
	if d.para.endGone {
		d.at.carry = text
		d.at.lines = append(d.at.lines, d.para.after...)
		return nil
	}
	label, glue := "", ""
	if !d.inNotes {
		label, glue = d.lists.label(d.para)
	}
	if glue == "" && label != "" {
		text = label + text
	} else {
		text = labelled(label, text)
	}
	d.left -= int64(len(label) + 1)
	if strings.TrimSpace(text) != "" {
		d.at.lines = append(d.at.lines, text)
	}
	d.at.lines = append(d.at.lines, d.para.after...)
	return nil
}

// paragraphProperties passes over pPrChange, which has what was before.
func (d *docx) paragraphProperties() error {
	if d.para == nil {
		return d.p.skip()
	}
	return d.p.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "pStyle":
			d.para.style = attr(e, "val")
		case "numPr":
			return d.p.children(func(e xml.StartElement) error {
				switch e.Name.Local {
				case "numId":
					d.para.num = attr(e, "val")
				case "ilvl":
					d.para.level = atoi(attr(e, "val"), 0)
				}
				return d.p.skip()
			}, nil)
		case "rPr":
			return d.p.children(func(e xml.StartElement) error {
				if e.Name.Local == "del" || e.Name.Local == "moveFrom" {
					d.para.endGone = true
					d.notes.note(NoteDeleted)
				}
				return d.p.skip()
			}, nil)
		}
		return d.p.skip()
	}, nil)
}

// row reads a table row: a line with tabs between its cells if each has one
// line at most, and else the lines of each cell in turn.
func (d *docx) row() error {
	outer, wasGone := d.at, d.gone
	defer func() { d.at, d.gone = outer, wasGone }()
	var cells [][]string
	err := d.p.children(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "trPr":
			return d.deletedIf("del")
		case "tc":
			rowGone := d.gone
			d.at = &block{}
			err := d.p.children(func(e xml.StartElement) error {
				if e.Name.Local == "tcPr" {
					return d.deletedIf("cellDel")
				}
				return d.element(e)
			}, nil)
			cells = append(cells, d.at.end())
			d.gone = rowGone
			if d.left -= cellCost; d.left < 0 && err == nil {
				return &Refusal{Key: TooLarge, Limit: d.box.file.lim.Text}
			}
			return err
		case "sdt", "sdtContent", "customXml":
			return d.cellsWithin(&cells)
		}
		return d.element(e)
	}, nil)
	outer.lines = append(outer.lines, joinCells(cells)...)
	return err
}

// cellsWithin reads cells that a content control wraps.
func (d *docx) cellsWithin(cells *[][]string) error {
	d.at = &block{}
	err := d.walk()
	*cells = append(*cells, d.at.end())
	return err
}

// deletedIf reads properties of a row or cell for the mark of its deletion.
func (d *docx) deletedIf(mark string) error {
	return d.p.children(func(e xml.StartElement) error {
		if e.Name.Local == mark {
			d.gone = true
			d.notes.note(NoteDeleted)
		}
		return d.p.skip()
	}, nil)
}

func joinCells(cells [][]string) []string {
	var all, row []string
	single := true
	for _, c := range cells {
		all = append(all, c...)
		row = append(row, strings.Join(c, ""))
		single = single && (len(c) == 0 || len(c) == 1 && !strings.Contains(c[0], "\n"))
	}
	if len(all) == 0 || !single {
		return all
	}
	return []string{strings.Join(row, "\t")}
}

func (d *docx) textBox() error {
	if d.para == nil {
		return d.walk()
	}
	outer, para := d.at, d.para
	defer func() { d.at, d.para = outer, para }()
	d.at = &block{}
	err := d.walk()
	para.after = append(para.after, d.at.end()...)
	return err
}

func (d *docx) reference(e xml.StartElement) {
	if d.inNotes || d.gone || len(d.refs) > 1<<16 {
		return
	}
	d.refs = append(d.refs, noteRef{strings.TrimSuffix(e.Name.Local, "Reference"), attr(e, "id")})
	d.write("[" + strconv.Itoa(len(d.refs)) + "]")
}

// readNotes returns the footnotes and endnotes that the text refers to.
func (d *docx) readNotes(related map[string]string) ([]string, error) {
	if len(d.refs) == 0 {
		return nil, nil
	}
	d.notes.note(NoteFootnotes)
	d.inNotes = true
	found := map[noteRef]string{} // of those that the text refers to
	for _, ref := range d.refs {
		found[ref] = ""
	}
	for _, kind := range []string{"footnote", "endnote"} {
		if !d.box.has(related[kind+"s"]) {
			continue
		}
		p, err := d.box.open(related[kind+"s"])
		if err != nil {
			return nil, err
		}
		d.p = p
		err = p.children(func(e xml.StartElement) error {
			return p.children(func(e xml.StartElement) error {
				ref := noteRef{kind, attr(e, "id")}
				if _, asked := found[ref]; !asked {
					return p.skip()
				}
				d.at = &block{}
				err := d.walk()
				found[ref] = strings.TrimSpace(strings.Join(d.at.end(), " "))
				return err
			}, nil)
		}, nil)
		p.close()
		if err != nil {
			return nil, err
		}
	}
	var lines []string
	for i, ref := range d.refs {
		if s := found[ref]; s != "" {
			lines = append(lines, "["+strconv.Itoa(i+1)+"] "+s)
		}
	}
	return lines, nil
}

func atoi(s string, otherwise int) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	return otherwise
}
