// Package paper writes a document that leaves the house: a position, a letter, a
// table of comments, an amendment sheet. There is one model of a document and
// four writers of it:
//
//   - HTML, a whole page or a fragment, with <ins> and <del>.
//   - DOCX and ODT, to be worked on: real heading styles, lists, repeated table
//     headers. Inserted and deleted text is formatted, not tracked.
//   - PDF, to be sent and kept: tagged, so that a screen reader reads it, with
//     its fonts inside.
//
// These hold of every writer:
//
//   - It is a function of the document: no clock, no chance. The same document
//     gives the same bytes. DOCX, ODT and PDF are compressed, and a new release of
//     Go may compress otherwise: what is frozen and hashed is the file itself.
//   - It writes nothing of a document that Check refuses.
//   - No character is lost. What no file can hold (most control characters, bytes
//     that are not UTF-8) becomes U+FFFD; what the fonts of the PDF lack is drawn
//     as □, read aloud as itself, and reported.
//   - Meaning survives a grey printer: inserted is underlined, deleted is struck.
//   - Serif is what people wrote (law, proposals, titles). Sans is what the
//     program says (labels, dates, tables).
package paper

import "time"

// A Document is what is on paper, before it is known which kind of file it will be.
type Document struct {
	Lang    string // BCP 47, for example "sl"; must be given
	Title   string // must be given; shown by readers, not printed by itself
	Author  string
	Subject string
	Created time.Time // left out of the file if zero
	Footer  string    // stands on every page, before its number
	Spoken  Spoken
	Blocks  []Block
}

// Spoken are the words by which a screen reader tells what is inserted and deleted,
// in the language of the document: dodano, črtano. They are in HTML and PDF, and
// nobody sees them. Without them a redline sounds like nonsense.
type Spoken struct{ Inserted, Deleted string }

// of is the word for a style; "" for none.
func (s Spoken) of(style Style) string {
	switch {
	case style&Inserted != 0:
		return s.Inserted
	case style&Deleted != 0:
		return s.Deleted
	}
	return ""
}

// A Block is one of the kinds of this package: Heading, Paragraph, Address, Date,
// Subject, Signature, List, Table, Facts, Norm, Slip, PageBreak.
type Block interface{ block() }

// A Style is a set of ways in which a run of text stands out.
type Style uint8

// The styles, joined with |.
const (
	Bold     Style = 1 << iota
	Italic         // a title or an emphasis
	Inserted       // proposed text: underlined
	Deleted        // text proposed to go: struck through
	Marked         // what the reader shall look at: on a tint, and bold for grey printers
	Muted          // smaller and greyer: notes of the program
)

// A Run is a stretch of text that looks the same. A newline in it is a line break.
type Run struct {
	Text  string
	Style Style
	Link  string // an absolute http, https or mailto address; another is not written
	Lang  string // of a foreign passage; that of the document if empty
}

// A Text is the runs of one paragraph.
type Text []Run

// Plain is text without any style.
func Plain(s string) Text { return Text{{Text: s}} }

// A Face says whose words a paragraph has.
type Face uint8

const (
	Serif Face = iota // people wrote it
	Sans              // the program says it
)

// A Heading names what follows and stays on its page. Its Level is 1, 2 or 3.
type Heading struct {
	Level int
	Text  Text
}

// A Paragraph is running text.
type Paragraph struct {
	Text Text
	Face Face
}

// An Address is the block of the sender or the addressee of a letter.
type Address struct {
	Sender bool
	Lines  []string
}

// A Date is the line of place and date of a letter.
type Date struct{ Text string }

// A Subject is the line that says what a letter is about (zadeva).
type Subject struct{ Text string }

// A Signature ends a letter. It is never split over two pages, and leaves room
// for a hand between the closing words and the lines with name and office.
type Signature struct {
	Closing string
	Lines   []string
}

// A List has an item per point, with bullets or numbers from 1.
type List struct {
	Numbered bool
	Items    []Text
}

// A Column is the head of a table's column and its share of the width.
type Column struct {
	Head    string
	Share   int  // of the sum of all shares; 0 is as 1
	Numeric bool // set to the right
}

// A Cell is the paragraphs of one cell.
type Cell []Text

// A Table has a header row that is repeated on each page. Each row has a cell for
// each column.
type Table struct {
	Caption  string
	Columns  []Column
	RowHeads bool // the first cell of a row names the row
	Rows     [][]Cell
}

// A Fact is a label and what holds under it.
type Fact struct {
	Label string
	Value Text
}

// Facts are label and value side by side: decided by, on, with how many votes.
type Facts []Fact

// A Norm is normative text (normativno besedilo), quoted or proposed: set in serif
// with a rule to its left.
type Norm []Text

// A PageBreak begins a page, upright or lying. Pages stay so until the next
// PageBreak. As the first block it begins no page and only says how it lies.
type PageBreak struct{ Landscape bool }

func (Heading) block()   {}
func (Paragraph) block() {}
func (Address) block()   {}
func (Date) block()      {}
func (Subject) block()   {}
func (Signature) block() {}
func (List) block()      {}
func (Table) block()     {}
func (Facts) block()     {}
func (Norm) block()      {}
func (PageBreak) block() {}
