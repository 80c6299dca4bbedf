package declension

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A word is a word of a term, and whether a comma follows it.
type word struct {
	text  string
	comma bool
}

func split(term string) []word {
	var list []word
	for _, w := range strings.Fields(term) {
		text := strings.TrimRight(w, ",")
		if text == "" {
			continue
		}
		list = append(list, word{text, text != w})
	}
	return list
}

func glue(words []word, forms []string) string {
	var b strings.Builder
	for k, w := range words {
		b.WriteString(forms[k])
		if w.comma {
			b.WriteByte(',')
		}
		if k < len(words)-1 {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// headOf finds the noun that the adjectives before it and the rest of the term
// belong to. It is the last word that all before it agree with.
func headOf(words []word) (head int, sure bool) {
	end := len(words)
	for k, w := range words {
		if w.comma {
			end = k + 1
			break
		}
	}
	for h := end - 1; h > 0; h-- {
		n := nounOf(words[h].text, nil)
		may, must := true, true
		for _, w := range words[:h] {
			can, hardly := looksAdjective(w.text, n.gender)
			may, must = may && can, must && hardly
		}
		if may {
			return h, must
		}
	}
	return 0, true
}

// genitive reports whether a word can be a genitive after a noun: it ends like one,
// or is one without an ending, or an abbreviation.
func genitive(w string) bool {
	for _, e := range []string{"a", "e", "i", "u", "ov", "ev", "ih", "ega", "ic", "ij", "stev", "anj", "enj"} {
		if strings.HasSuffix(w, e) {
			return true
		}
	}
	for _, e := range []string{"a", "o"} {
		if _, known := lexicon[w+e]; known && nounOf(w+e, nil).table[Plural][Genitive][0] == w {
			return true
		}
	}
	return len(w) > 1 && w == strings.ToUpper(w)
}

// cased writes forms as the lemma is written: with a capital, or all in capitals.
func (t table) cased(lemma string) table {
	first, _ := utf8.DecodeRuneInString(lemma)
	for n := range t {
		for c, list := range t[n] {
			out := make([]string, len(list))
			for k, s := range list {
				switch {
				case utf8.RuneCountInString(lemma) > 1 && lemma == strings.ToUpper(lemma):
					out[k] = strings.ToUpper(s)
				case unicode.IsUpper(first):
					out[k] = capital(s)
				default:
					out[k] = s
				}
			}
			t[n][c] = out
		}
	}
	return t
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
