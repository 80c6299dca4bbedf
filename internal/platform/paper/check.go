package paper

import (
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Check returns the first reason why d cannot be written:
//
//   - It has no title, or no language that BCP 47 knows.
//   - A heading has no level from 1 to 3, or is deeper than the one before by more
//     than one: a screen reader goes by levels (ISO 14289-1, 7.4.2).
//   - A block is nil, or a pointer to one of the kinds.
//   - A table has no columns, a column with a share below 0, or a row with more or fewer cells than columns.
//   - The code of a slip has no content or no words, or does not fit.
//   - The language of a run is not one.
//   - The footer is longer than 300 characters: it stands on each page.
func (d Document) Check() error {
	if strings.TrimSpace(d.Title) == "" {
		return fmt.Errorf("paper: document has no title")
	}
	if err := checkLang(d.Lang); err != nil {
		return fmt.Errorf("paper: document: %w", err)
	}
	if n := utf8.RuneCountInString(d.Footer); n > maxFooter {
		return fmt.Errorf("paper: footer of %d characters", n)
	}
	level := 0
	for i, b := range d.Blocks {
		if h, ok := b.(Heading); ok {
			if h.Level < 1 || h.Level > 3 || h.Level > level+1 {
				return fmt.Errorf("paper: block %d: heading of level %d after level %d", i, h.Level, level)
			}
			level = h.Level
		}
		if err := checkBlock(b); err != nil {
			return fmt.Errorf("paper: block %d: %w", i, err)
		}
	}
	return nil
}

const maxFooter = 300 // characters; some eight lines at most

func checkBlock(b Block) error {
	switch b := b.(type) {
	case Heading, Paragraph, Address, Date, Subject, Signature, List, Facts, Norm, PageBreak:
	case Table:
		if err := b.check(); err != nil {
			return err
		}
	case Slip:
		if _, err := b.Code.fits(); err != nil {
			return err
		}
	default:
		return fmt.Errorf("%T is no block", b)
	}
	for _, t := range texts(b) {
		for _, r := range t {
			if r.Lang == "" {
				continue
			}
			if err := checkLang(r.Lang); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t Table) check() error {
	if len(t.Columns) == 0 {
		return fmt.Errorf("table has no columns")
	}
	for i, row := range t.Rows {
		if len(row) != len(t.Columns) {
			return fmt.Errorf("row %d has %d cells for %d columns", i, len(row), len(t.Columns))
		}
	}
	for _, c := range t.Columns {
		if c.Share < 0 {
			return fmt.Errorf("column %q has a share of %d", c.Head, c.Share)
		}
	}
	return nil
}

func checkLang(tag string) error {
	if _, err := language.Parse(tag); err != nil || strings.Contains(tag, "_") {
		return fmt.Errorf("language %q is no tag of BCP 47", tag)
	}
	return nil
}

// texts are the styled texts of a block, in reading order.
func texts(b Block) []Text {
	switch b := b.(type) {
	case Heading:
		return []Text{b.Text}
	case Paragraph:
		return []Text{b.Text}
	case List:
		return b.Items
	case Norm:
		return b
	case Slip:
		return texts(b.Facts)
	case Facts:
		var all []Text
		for _, f := range b {
			all = append(all, f.Value)
		}
		return all
	case Table:
		var all []Text
		for _, row := range b.Rows {
			for _, c := range row {
				all = append(all, c...)
			}
		}
		return all
	}
	return nil
}

// clean makes s a text that every kind of file can hold: \r\n and \r become \n,
// a tab a space, and what is no character in XML becomes U+FFFD.
func clean(s string) string {
	ok := true
	for _, r := range s {
		if r < ' ' && r != '\n' || r == utf8.RuneError || r == 0xFFFE || r == 0xFFFF {
			ok = false
			break
		}
	}
	if ok {
		return s
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ").Replace(s)
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' || r == 0xFFFE || r == 0xFFFF {
			return utf8.RuneError
		}
		return r
	}, s)
}

// href returns the address of a link in ASCII, or "" if it is not one that may be
// followed from a file.
func href(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	switch {
	case (u.Scheme == "http" || u.Scheme == "https") && u.Host != "", u.Scheme == "mailto":
	default:
		return ""
	}
	var b strings.Builder
	for _, c := range []byte(u.String()) {
		if c <= ' ' || c > '~' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// share is the part of the width, of 1, that column i has.
func (t Table) share(i int) float64 {
	sum := 0
	for _, c := range t.Columns {
		sum += max(c.Share, 1)
	}
	return float64(max(t.Columns[i].Share, 1)) / float64(sum)
}
