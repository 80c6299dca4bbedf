package akn

import (
	"strings"

	"github.com/asociacija/asociacija/engine/akn/markup"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A piece of a block is text, or an element that interrupts it.
type piece struct {
	text  string
	block *markup.Element
}

// quoted are the elements that quote provisions.
var quoted = setOf("quotedStructure embeddedStructure")

// interrupts are the elements that stand in the middle of text and are none.
var interrupts = setOf("subFlow quotedStructure embeddedStructure ul ol p table blockList block tblock blockContainer tr")

// flow divides what a block holds. Notes do not divide the sentence in which they
// stand: they come last.
func flow(e *markup.Element) []piece {
	var f flowing
	if e != nil {
		f.run(e)
		f.cut()
	}
	return append(f.pieces, f.notes...)
}

type flowing struct {
	strings.Builder
	pieces, notes []piece
}

func (f *flowing) cut() {
	if line(f.String()) != "" {
		f.pieces = append(f.pieces, piece{text: f.String()})
	}
	f.Reset()
}

func (f *flowing) run(e *markup.Element) {
	for _, k := range e.Kids {
		switch {
		case k.Sort == markup.Text:
			f.WriteString(k.Value)
		case k.Sort != markup.Child:
		case k.Element.Space == NS && k.Element.Name == "authorialNote":
			f.notes = append(f.notes, piece{block: k.Element})
		case k.Element.Space == NS && interrupts[k.Element.Name]:
			f.cut()
			f.pieces = append(f.pieces, piece{block: k.Element})
		case k.Element.Space == NS && (k.Element.Name == "br" || k.Element.Name == "eol" || k.Element.Name == "eop"):
			f.WriteByte('\n')
		case k.Element.Space == NS && k.Element.Name == "quotedText":
			start, end := signs(k.Element)
			f.WriteString(start)
			f.run(k.Element)
			f.WriteString(end)
		default:
			f.run(k.Element)
		}
	}
}

// signs are the quotation marks of a quotation. One alone stands for both, as
// the schema says.
func signs(e *markup.Element) (start, end string) {
	start = e.Get("startQuote")
	end, told := e.Lookup("endQuote")
	if !told {
		end = start
	}
	return start, end
}

// plain is the text of a block without what interrupts it.
func plain(e *markup.Element) string {
	var b strings.Builder
	for _, p := range flow(e) {
		b.WriteString(p.text)
	}
	return b.String()
}

// flat is all the text of an element on one line.
func flat(e *markup.Element) string {
	var parts []string
	for _, p := range flow(e) {
		if p.block == nil {
			parts = append(parts, line(p.text))
			continue
		}
		start, end := signs(p.block)
		parts = append(parts, line(p.block.Get("marker")), start+flat(p.block)+end)
	}
	return joined(parts...)
}

// line is text on one line: runs of white space with a line end or a tab in
// them are one space, and there is none at the ends.
func line(s string) string {
	s = strings.Trim(s, " \t\r\n")
	if !strings.ContainsAny(s, "\t\r\n") {
		return s
	}
	var b strings.Builder
	for s != "" {
		k := strings.IndexAny(s, " \t\r\n")
		if k < 0 {
			k = len(s)
		}
		b.WriteString(s[:k])
		rest := strings.TrimLeft(s[k:], " \t\r\n")
		if gap := s[k : len(s)-len(rest)]; strings.ContainsAny(gap, "\t\r\n") {
			b.WriteByte(' ')
		} else {
			b.WriteString(gap)
		}
		s = rest
	}
	return b.String()
}

// short is the beginning of s, of at most so many bytes.
func short(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "")
}

func joined(parts ...string) string {
	out := ""
	for _, p := range parts {
		if p != "" && out != "" {
			out += " "
		}
		out += p
	}
	return out
}

// begins is the first text that a provision shows.
func begins(n *lawtext.Node) *string {
	switch {
	case n.Above && n.Heading != "":
		return &n.Heading
	case n.Label != "":
		return &n.Label
	case n.Heading != "":
		return &n.Heading
	case n.Intro != "" || len(n.Children) == 0:
		return &n.Intro
	}
	return begins(n.Children[0])
}

// ends is the last text that a provision shows, and nil if n is.
func ends(n *lawtext.Node) *string {
	switch {
	case n == nil:
		return nil
	case n.Tail != "":
		return &n.Tail
	case len(n.Children) > 0:
		return ends(n.Children[len(n.Children)-1])
	case n.Intro != "" || n.Label == "" && n.Heading == "":
		return &n.Intro
	case n.Above || n.Heading == "":
		return &n.Label
	}
	return &n.Heading
}

// isClosing reports whether text belongs to the end of a quotation.
func isClosing(text string) bool { return strings.Trim(text, ".,;:!?)]«»“”„\"’‘'") == "" }

// numOf is a number as counted: that of the eId, if it is by the naming
// convention, as the label writes it; else what the label says. Empty if
// neither tells.
func numOf(label, eid string) string {
	told := ""
	if k := strings.LastIndex(eid, "__"); k >= 0 {
		eid = eid[k+2:]
	}
	if word, num, ok := strings.Cut(eid, "_"); ok && !strings.Contains(num, "_") && strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") == "" {
		told, _, _ = strings.Cut(short(num, maxNumber), "~")
		if rest, ok := strings.CutPrefix(told, "x"); ok && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			told = rest // an implied number of a division
		}
	}
	first := ""
	for _, w := range strings.Fields(label) {
		w = strings.Trim(w, "().,:;§[]»„“”\"–-—•°º")
		if w == "" {
			continue
		}
		if strings.EqualFold(addressed(w), told) {
			return w
		}
		if first == "" && (len(w) < 8 && w[0] >= '0' && w[0] <= '9' || len([]rune(w)) == 1) {
			first = w
		}
	}
	if told != "" {
		return strings.ReplaceAll(told, "-", ".")
	}
	return first
}

// addressed is a number as addresses have it: 51.a is 51a, 1.1 is 1-1.
func addressed(num string) string {
	for i := 1; i+1 < len(num); i++ {
		if num[i] == '.' && num[i-1] >= '0' && num[i-1] <= '9' && num[i+1] >= '0' && num[i+1] <= '9' {
			num = num[:i] + "-" + num[i+1:]
		}
	}
	return strings.ReplaceAll(num, ".", "")
}
