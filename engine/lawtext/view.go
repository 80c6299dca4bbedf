package lawtext

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Sentence is one sentence of what a node says before its children. Sentences
// are no nodes: they are cut anew from the text each time.
type Sentence struct {
	ID   string // "art_5__para_2__sent_1"
	Text string
	Span Span // in Node.Intro, in bytes, without the space after it
	Sure bool // false if it holds a full stop that may end a sentence, or not: "leta 2020. Vlada"
}

// Sentences cuts the Intro of a node into sentences.
func (a *Act) Sentences(n *Node) []Sentence {
	var out []Sentence
	for i, s := range DialectOf(a.Lang).sentences(n.Intro) {
		s.ID = n.ID + "__sent_" + itoa(i+1)
		out = append(out, s)
	}
	return out
}

func (d *Dialect) sentences(text string) []Sentence {
	var out []Sentence
	from, depth, sure := 0, 0, true
	put := func(to int) {
		if s := strings.TrimSpace(text[from:to]); s != "" {
			at := from + strings.Index(text[from:to], s)
			out = append(out, Sentence{Text: s, Span: Span{at, at + len(s)}, Sure: sure})
		}
		from, sure = to, true
	}
	for i := range len(text) {
		switch c := text[i]; c {
		case '(':
			depth++
		case ')':
			depth = max(depth-1, 0)
		case '.', '?', '!':
			if depth > 0 {
				continue
			}
			end := i + 1
			for end < len(text) {
				r, n := utf8.DecodeRuneInString(text[end:])
				if !strings.ContainsRune("«”“\"’'.", r) {
					break
				}
				end += n
			}
			ends, certain := d.endsAt(text, i, end)
			if sure = sure && certain; ends {
				put(end)
			}
		}
	}
	put(len(text))
	return out
}

// endsAt reports whether the sign at text[i], with the quotation marks up to
// end, ends a sentence, and whether that is certain.
func (d *Dialect) endsAt(text string, i, end int) (ends, certain bool) {
	rest := strings.TrimLeftFunc(text[end:], unicode.IsSpace)
	if rest == "" || len(rest) == len(text)-end {
		return false, true
	}
	next, _ := utf8.DecodeRuneInString(rest)
	if unicode.IsLower(next) || !unicode.IsLetter(next) && !unicode.IsDigit(next) && !strings.ContainsRune(d.Opens+"»„“\"(", next) {
		return false, true
	}
	if text[i] != '.' {
		return true, true
	}
	word := text[strings.LastIndexAny(text[:i], " \u00a0(")+1 : i]
	switch last, _ := utf8.DecodeLastRuneInString(word); {
	case unicode.IsDigit(last):
		return false, false // "leta 2020. Vlada" and "27. Zakon"
	case slices.Contains(d.Abbreviations, strings.ToLower(word)):
		return false, true
	case utf8.RuneCountInString(word) == 1 && unicode.IsUpper(last):
		return false, true // "F. Prešeren"
	case utf8.RuneCountInString(word) < 3:
		return true, false
	}
	return true, true
}

// Words returns the words at an address, and the node that has them: of a whole
// provision its lines, or a part of it. The part of a list before its items is
// "…__intro" (the introductory sentence), that after them "…__wrapup", a heading
// "…__heading", a label "…__num", and the second sentence "…__sent_2".
func (a *Act) Words(id string) (words string, n *Node, ok bool) {
	if n = a.Find(id); n != nil {
		return strings.Join(n.Lines(), "\n"), n, true
	}
	at := strings.LastIndex(id, "__")
	if at < 0 {
		return "", nil, false
	}
	if n = a.Find(id[:at]); n == nil {
		return "", nil, false
	}
	switch part := id[at+2:]; part {
	case "intro":
		words = n.Intro
	case "wrapup":
		words = n.Tail
	case "heading":
		words = n.Heading
	case "num":
		words = n.Label
	default:
		k, err := strconv.Atoi(strings.TrimPrefix(part, "sent_"))
		if list := a.Sentences(n); err == nil && k > 0 && k <= len(list) && strings.HasPrefix(part, "sent_") {
			words = list[k-1].Text
		}
	}
	return words, n, words != ""
}

// A Reason says why a provision is no more.
type Reason string

// The reasons, with the Slovenian words.
const (
	Struck   Reason = "struck"   // črtan
	Expired  Reason = "expired"  // prenehal veljati
	Annulled Reason = "annulled" // razveljavljen, by a court
)

// Tombstone returns why a provision that is only a tombstone is no more, with
// the words that say so, and the empty reason for any other.
func (a *Act) Tombstone(n *Node) (why Reason, words string) {
	if !n.Deleted {
		return "", ""
	}
	d := DialectOf(a.Lang)
	texts := []string{n.Heading, n.Intro}
	if len(n.Children) > 0 {
		texts = append(texts, n.Children[0].Intro)
	}
	for _, s := range texts {
		if !d.isTombstone(s) {
			continue
		}
		switch bare := strings.TrimPrefix(s, "("); {
		case hasAnyPrefix(bare, d.Annulments):
			return Annulled, s
		case hasAnyPrefix(bare, d.Expiries):
			return Expired, s
		}
		return Struck, s
	}
	return Struck, ""
}
