package amend

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// SpanIn is where src has text[start:end], if text was read of src from a place on:
// what white space it has, and where its rows end, may differ.
func SpanIn(src string, from int, text string, start, end int) lawtext.Span {
	start = min(max(start, 0), len(text))
	end = min(max(end, start), len(text))
	a := behind(src, min(from, len(src)), text[:start])
	b := behind(src, a, text[start:end])
	for a < b {
		c, w := utf8.DecodeRuneInString(src[a:])
		if !unicode.IsSpace(c) {
			break
		}
		a += w
	}
	return lawtext.Span{Start: a, End: b}
}

// behind is the place in src after the ink of a text, from a place on.
func behind(src string, at int, text string) int {
	for _, c := range text {
		if unicode.IsSpace(c) {
			continue
		}
		i := strings.IndexRune(src[at:], c)
		if i < 0 {
			return at
		}
		_, w := utf8.DecodeRuneInString(src[at+i:])
		at += i + w
	}
	return at
}

// TextAt is where src has the own text of a node that was read of it, after the
// label; 0 if src does not have the node.
func TextAt(src string, n *lawtext.Node) int {
	if n.Span.Start < 0 || n.Span.Start > n.Span.End || n.Span.End > len(src) {
		return 0
	}
	first, _, _ := strings.Cut(n.Intro, " ")
	return n.Span.Start + max(0, strings.Index(src[n.Span.Start:n.Span.End], first))
}

// Unread is the instruction of a provision of an amending act, in an article of
// it, that is not read.
func Unread(article string, n *lawtext.Node, why Reason, words string) Instruction {
	return Instruction{Article: article, Text: n.Intro, Span: n.Span, Refused: &Refusal{Reason: why, Words: words, Span: n.Span}}
}
