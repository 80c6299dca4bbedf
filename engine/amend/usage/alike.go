package usage

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Terms are one and that which comes for it, where all forms of the
// second can be told from those of the first without a dictionary: the noun is
// the same, what stands before it are adjectives of one pattern, and what
// follows it stays as it is. "Zaručený podpis" and "kvalifikovaný podpis v
// sídle" are alike, "ministerstvo" and "úrad" are not.
type Terms struct {
	old, with []string // adjectives, without their endings
	noun      string
	tail      string // what follows the noun of the old term
	follows   string // what follows it in the new one
}

// Alike reads two terms in the nominative. It reports false for terms of which
// the forms cannot be told.
func (u *Usage) Alike(old, with string) (a Terms, ok bool) {
	x, y := strings.Fields(old), strings.Fields(with)
	i, k := u.adjectives(x), u.adjectives(y)
	if i == len(x) || k == len(y) || x[i] != y[k] || i == 0 && k > 0 || utf8.RuneCountInString(x[i]) < 4 {
		return a, false
	}
	vowel := ""
	for n, w := range append(slices.Clone(x[:i]), y[:k]...) {
		_, width := utf8.DecodeLastRuneInString(w)
		if n == 0 {
			vowel = w[len(w)-width:]
		}
		if w[len(w)-width:] != vowel {
			return a, false
		}
		if stem := w[:len(w)-width]; n < i {
			a.old = append(a.old, stem)
		} else {
			a.with = append(a.with, stem)
		}
	}
	for _, rest := range [...][]string{x[i+1:], y[k+1:]} {
		if u.adjectives(rest) > 0 {
			return a, false // it may have to agree with the noun
		}
	}
	a.noun, a.tail, a.follows = x[i], strings.Join(x[i+1:], " "), strings.Join(y[k+1:], " ")
	return a, true
}

// adjectives counts the adjectives in the nominative that words begin with.
func (u *Usage) adjectives(words []string) int {
	for i, w := range words {
		if r, _ := utf8.DecodeLastRuneInString(w); !strings.ContainsRune("ýáé", r) || utf8.RuneCountInString(w) < 4 {
			return i
		}
	}
	return len(words)
}

// A Form is where a term stands in a text, in the form that it has there.
type Form struct {
	From, To int
	With     string // what comes for it; empty if the form cannot be told
}

// Forms finds the term in all its forms, and what only looks like one.
func (u *Usage) Forms(text string, a Terms) (out []Form) {
	words := wordsOf(text)
	n := len(a.old)
	for i := 0; i+n < len(words); i++ {
		endings := make([]string, 0, n)
		sure, seems := true, true
		for k, stem := range a.old {
			w := text[words[i+k][0]:words[i+k][1]]
			end, is := strings.CutPrefix(lowerFirst(w, stem), stem)
			sure = sure && is && slices.Contains(u.Adjectives, end) && (k == 0 || end == endings[0])
			seems = seems && strings.HasPrefix(strings.ToLower(w), clip(stem))
			endings = append(endings, end)
		}
		noun := words[i+n]
		w := text[noun[0]:noun[1]]
		sure = sure && u.isForm(lowerFirst(w, a.noun), a.noun)
		seems = seems && strings.HasPrefix(strings.ToLower(w), clip(u.stem(a.noun)))
		for k := i; k < i+n; k++ {
			seems = seems && strings.TrimSpace(text[words[k][1]:words[k+1][0]]) == ""
		}
		end := noun[1]
		if a.tail != "" {
			gap := len(text[end:]) - len(strings.TrimLeft(text[end:], " \u00a0"))
			k, ok := MatchAt(text[end+gap:], a.tail)
			if !ok || gap == 0 || !Edge(text, end+gap+k, a.tail, false) {
				continue
			}
			end += gap + k
		}
		if !seems && !sure {
			continue
		}
		f := Form{From: words[i][0], To: end}
		if sure {
			var with []string
			for _, stem := range a.with {
				with = append(with, stem+endings[0])
			}
			if with = append(with, w); a.follows != "" {
				with = append(with, a.follows)
			}
			if f.With = strings.Join(with, " "); n > 0 && startsUpper(text[f.From:]) {
				r, width := utf8.DecodeRuneInString(f.With)
				f.With = string(unicode.ToUpper(r)) + f.With[width:]
			}
		}
		out = append(out, f)
	}
	return out
}

// isForm reports whether a word is surely a form of a noun.
func (u *Usage) isForm(w, noun string) bool {
	stem := u.stem(noun)
	if rest, ok := strings.CutPrefix(w, stem); ok && (w == noun || slices.Contains(u.Nouns, rest)) {
		return true
	}
	if plain := softened.Replace(noun[max(0, len(noun)-2):]); plain != noun[max(0, len(noun)-2):] { // oprávnenosť, oprávnenosti
		rest, ok := strings.CutPrefix(w, noun[:len(noun)-2]+plain)
		return ok && (rest == "i" || rest == "í" || rest == "iam" || rest == "iach")
	}
	short, ok := strings.CutSuffix(stem, "k") // pečiatka, pečiatok
	rest, is := strings.CutPrefix(w, short)
	return ok && is && stem != noun && (rest == "ok" || rest == "iek" || rest == "ek")
}

// softened consonants are plain before the vowels of some endings.
var softened = strings.NewReplacer("ť", "t", "ď", "d", "ň", "n", "ľ", "l")

// stem is a noun without the vowel of its nominative.
func (u *Usage) stem(noun string) string {
	r, w := utf8.DecodeLastRuneInString(noun)
	if strings.ContainsRune("aeoyuiáéíýú", r) {
		return noun[:len(noun)-w]
	}
	return noun
}

// clip is the beginning of a stem, in small letters, that all its forms have.
func clip(stem string) string {
	r := []rune(strings.ToLower(stem))
	return string(r[:max(len(r)-1, min(len(r), 3))])
}

// lowerFirst is a word with a small letter where the pattern has one.
func lowerFirst(w, pattern string) string {
	if startsUpper(w) && !startsUpper(pattern) {
		r, width := utf8.DecodeRuneInString(w)
		return string(unicode.ToLower(r)) + w[width:]
	}
	return w
}

// wordsOf are the bounds of the words of a text.
func wordsOf(text string) (out [][2]int) {
	from := -1
	for i, r := range text + " " {
		switch in := unicode.IsLetter(r) || r == '-'; {
		case in && from < 0:
			from = i
		case !in && from >= 0:
			out, from = append(out, [2]int{from, i}), -1
		}
	}
	return out
}

// Seeming finds words that begin as those of a term do.
func (u *Usage) Seeming(text, term string) (out [][2]int) {
	want := wordsOf(term)
	words := wordsOf(text)
	for i := 0; len(want) > 0 && i+len(want) <= len(words); i++ {
		same := true
		for k, w := range want {
			from := clip(u.stem(term[w[0]:w[1]]))
			same = same && strings.HasPrefix(strings.ToLower(text[words[i+k][0]:words[i+k][1]]), from)
		}
		if same {
			out = append(out, [2]int{words[i][0], words[i+len(want)-1][1]})
		}
	}
	return out
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}
