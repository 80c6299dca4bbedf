package search

import (
	"strings"
	"unicode"

	"github.com/asociacija/asociacija/engine/textkit"
)

// snippetLength is how many bytes of a body are shown, about two lines.
const snippetLength = 240

// matches reports whether a word of a text is what one of the terms looks for.
func matches(lang, word string, terms []term) bool {
	stem := textkit.Stem(tag(lang), word)
	for _, t := range terms {
		if stem == t.stem || t.prefix != "" && strings.HasPrefix(stem, t.prefix) {
			return true
		}
	}
	return false
}

// mark cuts a text at the words that were looked for, and says how many they are.
// The parts together are the text.
func mark(lang, text string, terms []term) (parts []Part, n int) {
	done := 0
	for _, w := range textkit.Words(text) {
		which := []textkit.Word{w}
		if !matches(lang, w.Text, terms) {
			which = w.Parts()
		}
		for _, p := range which {
			if !matches(lang, p.Text, terms) {
				continue
			}
			if p.Start > done {
				parts = append(parts, Part{Text: text[done:p.Start]})
			}
			parts = append(parts, Part{Text: p.Text, Mark: true})
			done = p.End
			n++
		}
	}
	if done < len(text) {
		parts = append(parts, Part{Text: text[done:]})
	}
	return parts, n
}

// snippet is the piece of the body around the first word that was looked for.
func snippet(lang, body string, terms []term) []Part {
	first := 0
words:
	for _, w := range textkit.Words(body) {
		for _, p := range append(w.Parts(), w) {
			if matches(lang, p.Text, terms) {
				first = w.Start
				break words
			}
		}
	}
	start := wordStart(body, max(0, first-snippetLength/3))
	end := min(len(body), start+snippetLength)
	if end < len(body) {
		end = start + strings.LastIndexFunc(clip(body[start:], snippetLength), unicode.IsSpace)
		if end <= start {
			end = start + len(clip(body[start:], snippetLength))
		}
	}
	parts, _ := mark(lang, body[start:end], terms)
	if start > 0 {
		parts = append([]Part{{Text: "… "}}, parts...)
	}
	if end < len(body) {
		parts = append(parts, Part{Text: " …"})
	}
	return parts
}

// wordStart is the first place at or after i where a word begins.
func wordStart(s string, i int) int {
	if i == 0 {
		return 0
	}
	if n := strings.IndexFunc(s[i:], unicode.IsSpace); n >= 0 && n < snippetLength/3 {
		return i + n + 1
	}
	for i < len(s) && s[i]&0xC0 == 0x80 { // within a letter
		i++
	}
	return i
}
