package reader

import (
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	htmlStart = regexp.MustCompile(`(?is)^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|p|h[1-6]|ul|ol|table|span|b|strong|a)[\s>/]`)
	htmlRoot  = regexp.MustCompile(`(?i)<(?:html|body)[\s>]`)
)

// isHTML reports a page, or a fragment as browsers put it on the clipboard.
func isHTML(s string) bool {
	head := cut(s, 4096)
	return htmlStart.MatchString(head) || strings.HasPrefix(strings.TrimSpace(head), "<") && htmlRoot.MatchString(head)
}

// An htmlReader turns the stream of tags into lines. It builds no tree, for a
// tree of 50 MB of "<b>" takes gigabytes.
type htmlReader struct {
	out     *sheet
	line    strings.Builder // the paragraph being read, spaces not yet collapsed
	lists   []htmlList
	marker  string // of the item whose first paragraph has not begun
	title   strings.Builder
	notes   *Text
	hasMain bool // the page has <main> or <article>
	within  int  // how many of these are open
	pre     int
	cell    bool // a cell stands before this one in its row
	inTitle bool
	skip    atom.Atom // the element being left out
	skipped int       // how many elements of that name are open in it
}

type htmlList struct {
	ordered bool
	style   string
	next    int
}

func (f *file) readHTML(t Text) (Text, error) {
	h := &htmlReader{out: &sheet{max: f.lim.Text}, notes: &t}
	err := f.htmlTokens(t.Content, func(z *html.Tokenizer, tt html.TokenType) error {
		if tt == html.StartTagToken {
			name, _ := z.TagName()
			a := atom.Lookup(name)
			h.hasMain = h.hasMain || a == atom.Main || a == atom.Article
		}
		return nil
	})
	if err == nil {
		err = f.htmlTokens(t.Content, h.token)
	}
	if err == nil {
		err = h.flush()
	}
	if err != nil {
		return Text{}, err
	}
	t.Kind, t.Content, t.Title = HTML, h.out.String(), h.title.String()
	return t, nil
}

func (f *file) htmlTokens(s string, do func(*html.Tokenizer, html.TokenType) error) error {
	z := html.NewTokenizer(&patient{ctx: f.ctx, r: strings.NewReader(s)})
	for {
		tt := z.Next()
		if tt == html.ErrorToken {
			if errors.Is(z.Err(), io.EOF) {
				return nil
			}
			return z.Err()
		}
		if err := do(z, tt); err != nil {
			return err
		}
	}
}

func (h *htmlReader) token(z *html.Tokenizer, tt html.TokenType) error {
	switch tt {
	case html.TextToken:
		switch {
		case h.inTitle:
			h.title.WriteString(cut(string(z.Text()), 1000))
		case h.skip == 0:
			h.text(string(z.Text()))
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		name, more := z.TagName()
		a := atom.Lookup(name)
		attrs := map[string]string{}
		for n := 0; more && n < 50; n++ {
			var k, v []byte
			k, v, more = z.TagAttr()
			attrs[string(k)] = string(v)
		}
		return h.start(a, attrs, tt == html.SelfClosingTagToken)
	case html.EndTagToken:
		name, _ := z.TagName()
		return h.end(atom.Lookup(name))
	}
	return nil
}

func (h *htmlReader) start(a atom.Atom, attrs map[string]string, closed bool) error {
	if h.skip != 0 {
		if a == h.skip && !closed {
			h.skipped++
		}
		return nil
	}
	if h.leftOut(a) {
		if !closed {
			h.skip, h.skipped = a, 1
		}
		return nil
	}
	switch a {
	case atom.Title:
		h.inTitle = h.title.Len() == 0 && !closed
		return nil
	case atom.Main, atom.Article:
		h.within++
	case atom.Br:
		h.line.WriteByte('\n')
		return nil
	case atom.Pre, atom.Textarea:
		if err := h.flush(); err != nil {
			return err
		}
		h.pre++
		return nil
	case atom.Td, atom.Th:
		if h.cell {
			h.line.WriteByte('\t')
		}
		h.cell = true
		return nil
	case atom.Tr:
		h.cell = false
	}
	if !isBlock(a) || h.cell && a != atom.Tr && a != atom.Table {
		if isBlock(a) {
			h.line.WriteByte(' ') // a row stays a line
		}
		return nil
	}
	if err := h.flush(); err != nil {
		return err
	}
	h.list(a, attrs)
	return nil
}

// list keeps the lists that are open and the marker of the next line.
func (h *htmlReader) list(a atom.Atom, attrs map[string]string) {
	switch a {
	case atom.Ol, atom.Ul, atom.Menu:
		l := htmlList{ordered: a == atom.Ol, style: attrs["type"], next: 1}
		if n, err := strconv.Atoi(attrs["start"]); err == nil {
			l.next = n
		}
		if len(h.lists) < maxDepth {
			h.lists = append(h.lists, l)
		}
	case atom.Li:
		h.marker = "–"
		if len(h.lists) == 0 {
			return
		}
		l := &h.lists[len(h.lists)-1]
		if n, err := strconv.Atoi(attrs["value"]); err == nil {
			l.next = n
		}
		if l.ordered {
			h.marker = number(htmlFormats[l.style], l.next) + "."
			l.next++
		}
	}
}

var htmlFormats = map[string]format{"": decimal, "1": decimal, "a": lowerLetter, "A": upperLetter, "i": lowerRoman, "I": upperRoman}

func (h *htmlReader) end(a atom.Atom) error {
	if h.inTitle {
		h.inTitle = a != atom.Title
		return nil
	}
	if h.skip != 0 {
		if a == h.skip {
			if h.skipped--; h.skipped == 0 {
				h.skip = 0
			}
		}
		return nil
	}
	switch a {
	case atom.Main, atom.Article:
		h.within = max(0, h.within-1)
	case atom.Ol, atom.Ul, atom.Menu:
		if len(h.lists) > 0 {
			defer func() { h.lists = h.lists[:len(h.lists)-1] }()
		}
	case atom.Pre, atom.Textarea:
		err := h.flush()
		h.pre = max(0, h.pre-1)
		return err
	case atom.Tr, atom.Table:
		h.cell = false
	}
	if isBlock(a) && !h.cell {
		return h.flush()
	}
	return nil
}

// leftOut reports the elements that are no text, and those around the main one.
func (h *htmlReader) leftOut(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Select, atom.Iframe, atom.Object:
		return true
	case atom.Nav, atom.Aside, atom.Header, atom.Footer:
		if h.hasMain && (h.within == 0 || a == atom.Nav) {
			h.notes.note(NoteMain)
			return true
		}
	}
	return false
}

func isBlock(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details,
		atom.Dialog, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Head, atom.Header, atom.Hr, atom.Html, atom.Legend, atom.Li,
		atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.Option, atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody,
		atom.Tfoot, atom.Thead, atom.Tr, atom.Ul:
		return true
	}
	return false
}

func (h *htmlReader) text(s string) {
	if h.pre == 0 {
		s = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ", "\f", " ").Replace(s)
	}
	h.line.WriteString(s)
}

// flush ends the paragraph. Only <br>, <pre> and cells have put a line end or
// tab into it.
func (h *htmlReader) flush() error {
	s := h.line.String()
	h.line.Reset()
	if h.pre == 0 {
		s = collapse(s)
	}
	if strings.TrimSpace(s) == "" {
		return nil
	}
	s = labelled(h.marker, s)
	h.marker = ""
	return h.out.add(s)
}

var blanks = regexp.MustCompile(` *([\n\t]) *|  +`)

// collapse makes runs of spaces one, and none around line ends and tabs.
func collapse(s string) string {
	return strings.Trim(blanks.ReplaceAllStringFunc(s, func(m string) string {
		if t := strings.Trim(m, " "); t != "" {
			return t
		}
		return " "
	}), " \n")
}
