package reader

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"
)

// An odt reads OpenDocument text (ODF 1.3 part 3). A deletion stands apart from
// the text, in tracked-changes, so leaving that out is enough.
type odt struct {
	p     *part
	lists *odfLists
	at    *[]string
	text  *strings.Builder // of the paragraph being read; nil outside
	after *[]string        // lines that follow it
	notes *Text
	ends  []string // the notes, each with its mark
	left  int64
	max   int64
}

func (b *box) readODT() (Text, error) {
	t := Text{Kind: ODT}
	kind, err := b.mimetype()
	switch {
	case err != nil:
		return t, err
	case strings.HasPrefix(kind, "application/vnd.oasis.opendocument.text"):
	case kind != "" || !b.has("content.xml"):
		return t, refuse(UnknownKind, nil)
	}
	encrypted := false
	if b.has("META-INF/manifest.xml") {
		err := b.each("META-INF/manifest.xml", func(e xml.StartElement) {
			encrypted = encrypted || e.Name.Local == "encryption-data"
		})
		if err != nil {
			return t, err
		}
	}
	if encrypted {
		return t, refuse(Encrypted, nil)
	}
	o := &odt{lists: newODFLists(), notes: &t, left: b.file.lim.Text, max: b.file.lim.Text}
	if b.has("styles.xml") {
		if err := o.lists.read(b, "styles.xml"); err != nil {
			return t, err
		}
	}
	if err := o.lists.read(b, "content.xml"); err != nil {
		return t, err
	}
	p, err := b.open("content.xml")
	if err != nil {
		return t, err
	}
	defer p.close()
	var body []string
	o.p, o.at = p, &body
	if err := p.children(o.element, nil); err != nil {
		return t, err
	}
	t.Content = strings.Join(append(body, o.ends...), "\n")
	t.Title, err = b.title("meta.xml")
	return t, err
}

// mimetype returns what the file says it is, or "" if it does not.
func (b *box) mimetype() (string, error) {
	f := b.find("mimetype")
	if f == nil {
		return "", nil
	}
	r, err := f.Open()
	if err != nil {
		return "", refuse(b.broken, err)
	}
	defer r.Close()
	kind, err := io.ReadAll(io.LimitReader(r, 200))
	if err != nil {
		return "", refuse(b.broken, err)
	}
	return strings.TrimSpace(string(kind)), nil
}

func (o *odt) element(e xml.StartElement) error {
	switch e.Name.Local {
	case "tracked-changes":
		return o.changes()
	case "p", "h":
		return o.paragraph(e)
	case "list":
		o.lists.begin(e)
		defer o.lists.end()
		return o.walk()
	case "list-item", "list-header":
		o.lists.item(e)
		return o.walk()
	case "s":
		o.write(strings.Repeat(" ", min(max(atoi(attr(e, "c"), 1), 1), 100)))
	case "tab":
		o.write("\t")
	case "line-break":
		o.write("\n")
	case "note":
		return o.note()
	case "table-row":
		return o.row()
	case "text-box":
		return o.aside()
	case "a", "span", "meta", "meta-field", "ruby", "ruby-base":
		return o.p.children(o.element, o.chars)
	case "automatic-styles", "font-face-decls", "scripts", "settings", "annotation", "forms", "title", "desc", "ruby-text",
		"number", "sequence-decls", "variable-decls", "user-field-decls", "covered-table-cell", "object", "object-ole", "binary-data",
		"table-of-content-source", "index-source", "hidden-text":
	default:
		// A field has its result as text.
		return o.p.children(o.element, o.chars)
	}
	return o.p.skip()
}

func (o *odt) walk() error { return o.p.children(o.element, nil) }

// changes looks whether anything was deleted or inserted.
func (o *odt) changes() error {
	var do func(xml.StartElement) error
	do = func(e xml.StartElement) error {
		switch e.Name.Local {
		case "changed-region":
			return o.p.children(do, nil)
		case "deletion":
			o.notes.note(NoteDeleted)
		case "insertion":
			o.notes.note(NoteInserted)
		}
		return o.p.skip()
	}
	return o.p.children(do, nil)
}

func (o *odt) write(s string) {
	if o.text != nil && o.left >= 0 { // paragraph refuses what is too long
		o.text.WriteString(s)
		o.left -= int64(len(s))
	}
}

// chars writes text with each run of white space as one space, as ODF has it.
func (o *odt) chars(s string) {
	if o.text == nil {
		return
	}
	have := o.text.String()
	gap := have == "" || have[len(have)-1] == ' ' || have[len(have)-1] == '\n'
	var b strings.Builder
	for _, r := range s {
		if r == ' ' || r == '\t' || r == '\n' || r == '\r' {
			if !gap {
				b.WriteByte(' ')
			}
			gap = true
			continue
		}
		gap = false
		b.WriteRune(r)
	}
	o.write(b.String())
}

func (o *odt) paragraph(e xml.StartElement) error {
	outer, outerAfter := o.text, o.after
	var text strings.Builder
	var after []string
	o.text, o.after = &text, &after
	label := o.lists.label(e)
	err := o.p.children(o.element, o.chars)
	o.text, o.after = outer, outerAfter
	if err != nil {
		return err
	}
	o.left -= int64(len(label) + 1)
	if o.left < 0 {
		return &Refusal{Key: TooLarge, Limit: o.max}
	}
	if s := labelled(label, text.String()); strings.TrimSpace(s) != "" {
		*o.at = append(*o.at, s)
	}
	*o.at = append(*o.at, after...)
	return nil
}

// aside reads a text box. Its lines come after the paragraph that holds it.
func (o *odt) aside() error {
	at, text, lists := o.at, o.text, o.lists.away()
	defer func() { o.at, o.text = at, text; o.lists.back(lists) }()
	if o.text != nil && o.after != nil {
		o.at = o.after
	}
	o.text = nil
	return o.walk()
}

// note moves a footnote to the end.
func (o *odt) note() error {
	if len(o.ends) > 1<<16 {
		return o.p.skip()
	}
	mark := "[" + strconv.Itoa(len(o.ends)+1) + "]"
	o.write(mark)
	o.notes.note(NoteFootnotes)
	i := len(o.ends)
	o.ends = append(o.ends, mark)
	at, text, lists := o.at, o.text, o.lists.away()
	defer func() { o.at, o.text = at, text; o.lists.back(lists) }()
	var lines []string
	o.at, o.text = &lines, nil
	err := o.p.children(func(e xml.StartElement) error {
		if e.Name.Local != "note-body" {
			return o.p.skip()
		}
		return o.walk()
	}, nil)
	o.ends[i] += " " + strings.Join(lines, " ")
	return err
}

func (o *odt) row() error {
	at := o.at
	defer func() { o.at = at }()
	var cells [][]string
	err := o.p.children(func(e xml.StartElement) error {
		if e.Name.Local != "table-cell" {
			return o.element(e)
		}
		var lines []string
		o.at = &lines
		err := o.walk()
		cells = append(cells, lines)
		if o.left -= cellCost; o.left < 0 && err == nil {
			return &Refusal{Key: TooLarge, Limit: o.max}
		}
		return err
	}, nil)
	*at = append(*at, joinCells(cells)...)
	return err
}
