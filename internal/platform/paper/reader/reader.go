// Package reader reads what people drop or paste, PDF, DOCX, ODT, HTML and
// plain text, as plain text.
//
// These hold of every call of Read:
//
//   - The kind is found in the content. The name is never asked.
//   - Input, expanded size, text, time and memory stay within the Limits,
//     whatever the file says of itself. Nothing inside it is fetched or run.
//   - The text is what a person sees on paper: with the numbers that the word
//     processor draws by itself, without what tracked changes have struck out.
//   - What is left out or guessed is said in Text.Notes.
//   - What cannot be read for a reason of the file is a *Refusal. Every other
//     error is a failure of ours, or the caller's context.
package reader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"time"
)

// A Kind is a form of file that can be read.
type Kind string

const (
	PDF  Kind = "pdf"
	DOCX Kind = "docx"
	ODT  Kind = "odt"
	HTML Kind = "html"
	TXT  Kind = "txt"
)

// A Source is a file as it came. Bytes is read if ReaderAt is nil.
type Source struct {
	Name     string // as the person calls it; only repeated in a Refusal
	Bytes    []byte
	ReaderAt io.ReaderAt
	Size     int64 // of ReaderAt, in bytes
}

// Limits bound what one Read may use. A zero field stands for its default.
type Limits struct {
	Input    int64         // bytes of the file; 50 MB
	Expanded int64         // bytes of a DOCX or ODT after unpacking; 200 MB
	Text     int64         // bytes of text in UTF-8; 20 MB
	Memory   int64         // bytes of memory of the process that reads a PDF; 512 MB
	Time     time.Duration // 30 s

	// PDFToText is the path of poppler's pdftotext. Empty means to look for
	// it in PATH, and "-" not to use it.
	PDFToText string

	// PDFChild is the command that runs ServePDF, with its arguments. It reads
	// PDF when there is no pdftotext. If it is empty, such PDF is refused.
	PDFChild []string
}

const megabyte = 1 << 20

func (l Limits) filled() Limits {
	fill := func(n *int64, standard int64) {
		if *n == 0 {
			*n = standard
		}
	}
	fill(&l.Input, 50*megabyte)
	fill(&l.Expanded, 200*megabyte)
	fill(&l.Text, 20*megabyte)
	fill(&l.Memory, 512*megabyte)
	if l.Time == 0 {
		l.Time = 30 * time.Second
	}
	return l
}

// A Text is what a file says.
type Text struct {
	Kind        Kind
	Content     string // UTF-8, NFC, LF; a paragraph or a printed line per line
	Encoding    string // of TXT and HTML: utf-8, utf-16le, utf-16be, windows-1250, iso-8859-2, or what <meta> names
	EncodingBy  string // how Encoding is known: bom, meta, valid (every byte fits) or guess
	Undecodable int    // bytes that are not in Encoding; each is U+FFFD in Content
	ReadBy      string // "built-in", "pdftotext 22.12.0", "ledongthuc/pdf"
	Title       string // from the metadata, if any
	Pages       int    // of PDF
	Notes       []string
}

// The notes of a Text: what was left out, joined or guessed.
const (
	NoteUndecodable = "reader.note.undecodable" // see Text.Undecodable
	NoteEncoding    = "reader.note.encoding"    // the encoding is a guess
	NoteControls    = "reader.note.controls"    // control characters left out
	NoteDeleted     = "reader.note.deleted"     // tracked deletions left out
	NoteInserted    = "reader.note.inserted"    // tracked insertions kept
	NoteHidden      = "reader.note.hidden"      // text that is not shown left out
	NoteFootnotes   = "reader.note.footnotes"   // notes moved to the end, marked [1]
	NoteMain        = "reader.note.main"        // navigation around the main text left out
	NotePageLines   = "reader.note.page_lines"  // repeated page headers, footers or numbers left out
	NoteHyphens     = "reader.note.hyphens"     // words cut at the end of a line put together
	NoteSimplePDF   = "reader.note.simple_pdf"  // read without pdftotext: order and gaps may be wrong
	NoteBlankPages  = "reader.note.blank_pages" // some pages have no text and may be pictures
)

// The keys of a Refusal.
const (
	TooLarge    = "reader.too_large" // the file, or its text, passes Limit bytes
	Empty       = "reader.empty"     // no bytes, or nothing to read in them
	UnknownKind = "reader.unknown_kind"
	DOCXBroken  = "reader.docx_broken" // cut short, or without its main part; also any broken ZIP
	ODTBroken   = "reader.odt_broken"
	PDFBroken   = "reader.pdf_broken"
	Encrypted   = "reader.encrypted" // needs a password
	Scanned     = "reader.scanned"   // PDF with pages and no text
	Bomb        = "reader.bomb"      // unpacks to more than Limit bytes, or beyond reason
	OldDoc      = "reader.old_doc"   // Word 97–2003
	Timeout     = "reader.timeout"   // not read within Limit seconds
	Memory      = "reader.memory"    // PDF that needs more than Limit bytes of memory
	Image       = "reader.image"
	NoPDF       = "reader.no_pdf" // this house has nothing to read PDF with
)

// A Refusal says why a file cannot be read, for the person who gave it.
type Refusal struct {
	Key   string
	Name  string // Source.Name
	Limit int64  // the limit passed, if Key speaks of one
	Cause error  // for the log; may be nil
}

func (r *Refusal) Error() string {
	s := fmt.Sprintf("%s: %q", r.Key, r.Name)
	if r.Cause != nil {
		s += ": " + r.Cause.Error()
	}
	return s
}

// Unwrap returns Cause.
func (r *Refusal) Unwrap() error { return r.Cause }

func refuse(key string, cause error) *Refusal { return &Refusal{Key: key, Cause: cause} }

// Read reads src. It returns a *Refusal for what is wrong with the file, and
// ctx's error when that ends first.
func Read(ctx context.Context, src Source, lim Limits) (Text, error) {
	f := &file{ReaderAt: src.ReaderAt, size: src.Size, lim: lim.filled()}
	if src.ReaderAt == nil {
		f.ReaderAt, f.size = bytes.NewReader(src.Bytes), int64(len(src.Bytes))
	}
	limited, cancel := context.WithTimeout(ctx, f.lim.Time)
	defer cancel()
	f.ctx = limited

	t, err := f.read()
	var no *Refusal
	switch {
	case err == nil:
		return t, nil
	case ctx.Err() != nil:
		return Text{}, fmt.Errorf("reader: read %q: %w", src.Name, ctx.Err())
	case limited.Err() != nil:
		no = &Refusal{Key: Timeout, Limit: int64(math.Ceil(f.lim.Time.Seconds()))}
	case !errors.As(err, &no):
		return Text{}, fmt.Errorf("reader: read %q: %w", src.Name, err)
	}
	no.Name = src.Name
	return Text{}, no
}

// A file is a Source while it is read.
type file struct {
	io.ReaderAt
	size int64
	lim  Limits
	ctx  context.Context
}

func (f *file) read() (Text, error) {
	switch {
	case f.size <= 0:
		return Text{}, refuse(Empty, nil)
	case f.size > f.lim.Input:
		return Text{}, &Refusal{Key: TooLarge, Limit: f.lim.Input}
	}
	form, err := f.sniff()
	if err != nil {
		return Text{}, err
	}
	var t Text
	switch form {
	case formPDF:
		t, err = f.readPDF()
	case formZip:
		t, err = f.readZip()
	default:
		t, err = f.readPlain()
	}
	if err != nil {
		return Text{}, err
	}
	return f.finish(t)
}

// finish cleans the text and checks what holds of every Text.
func (f *file) finish(t Text) (Text, error) {
	var dropped bool
	t.Content, dropped = clean(t.Content)
	t.Title, _ = clean(strings.Join(strings.Fields(t.Title), " "))
	t.Title = cut(t.Title, 500)
	if dropped {
		t.note(NoteControls)
	}
	switch {
	case int64(len(t.Content)) > f.lim.Text:
		return Text{}, &Refusal{Key: TooLarge, Limit: f.lim.Text}
	case t.Content == "" && t.Kind == PDF:
		return Text{}, refuse(Scanned, nil)
	case t.Content == "":
		return Text{}, refuse(Empty, nil)
	}
	return t, f.ctx.Err()
}

// note adds a note once.
func (t *Text) note(key string) {
	for _, k := range t.Notes {
		if k == key {
			return
		}
	}
	t.Notes = append(t.Notes, key)
}
