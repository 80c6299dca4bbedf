package drafting

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/textkit"
)

// Bounds of what is changed word by word; beyond them the provision is written
// anew, since nobody reads so many scraps.
const (
	maxHunks  = 3
	maxShare  = 35 // per cent of the words
	maxAnchor = 14 // words that an anchor is expanded to
)

// A token is a word, a number or a sign, with whether a space stands before it.
type token struct {
	text       string
	space      bool
	start, end int
}

func tokens(s string) []token {
	var out []token
	at := 0
	add := func(from, to int) {
		out = append(out, token{s[from:to], from > at, from, to})
		at = to
	}
	signs := func(end int) {
		for i := at; i < end; {
			r, w := utf8.DecodeRuneInString(s[i:])
			if !unicode.IsSpace(r) {
				add(i, i+w)
			}
			i += w
		}
	}
	for _, w := range textkit.Words(s) {
		signs(w.Start)
		add(w.Start, w.End)
	}
	signs(len(s))
	return out
}

// A hunk is a stretch of tokens that is replaced by another.
type hunk struct{ i0, i1, j0, j1 int }

// hunks compares two texts. Hunks with less than three words between them are
// one.
func hunks(a, b []token) []hunk {
	keep := lawdiff.Align(words(a), words(b))
	for j, i := range keep {
		if i > 0 && j > 0 && a[i].space != b[j].space {
			keep[j] = -1
		}
	}
	var out []hunk
	i, j := 0, 0
	put := func(i1, j1 int) {
		if i1 == i && j1 == j {
			return
		}
		if n := len(out); n > 0 && i-out[n-1].i1 < 3 {
			out[n-1].i1, out[n-1].j1 = i1, j1
			return
		}
		out = append(out, hunk{i, i1, j, j1})
	}
	for at, k := range keep {
		if k >= 0 {
			put(k, at)
			i, j = k+1, at+1
		}
	}
	put(len(a), len(b))
	return out
}

func words(list []token) []string {
	out := make([]string, len(list))
	for i, t := range list {
		out[i] = t.text
	}
	return out
}

// few reports whether a text is to be changed word by word.
func few(hs []hunk, a, b []token) bool {
	n := 0
	for _, h := range hs {
		n += max(h.i1-h.i0, h.j1-h.j0)
	}
	return len(hs) > 0 && len(hs) <= maxHunks && (n <= 3 || n*100 <= max(len(a), len(b))*maxShare)
}

// A wording is a text being changed, and all texts in which a witness is looked
// for.
type wording struct {
	a, b  []token
	was   string
	is    string
	scope []string
	came  []string // what earlier hunks have put in
}

// edits writes the operations that turn one text into another: the words before
// the verb, and those after it. It returns nil where no witness is unique.
func (w *wording) edits(hs []hunk) (out [][2]string) {
	for k, h := range hs {
		least, most := 0, len(w.a)
		if k > 0 {
			least = hs[k-1].i1
		}
		if k+1 < len(hs) {
			most = hs[k+1].i0
		}
		e, ok := w.edit(h, least, most)
		if !ok {
			return nil
		}
		out, w.came = append(out, e), append(w.came, e[1])
	}
	return out
}

// edit writes one hunk. Its context may reach from least to most.
func (w *wording) edit(h hunk, least, most int) ([2]string, bool) {
	if e, ok := w.atEnd(h); ok {
		return e, true
	}
	if h.i0 == h.i1 {
		if e, ok := w.insertion(h, least); ok {
			return e, true
		}
	}
	if h.j0 == h.j1 {
		if e, ok := w.deletion(h); ok {
			return e, true
		}
	}
	left := true
	for range maxAnchor {
		old, now := w.old(h), w.now(h)
		if h.i1 > h.i0 && h.j1 > h.j0 && w.clean(h) && w.unique(old) && quotable(old) && quotable(now) {
			return [2]string{noun(old, nominative) + " " + quoted(old), "nadomesti " + with(now) + " " + quoted(now)}, true
		}
		switch grows, shrinks := h.i0 > least, h.i1 < most; {
		case grows && (left || !shrinks):
			h.i0, h.j0 = h.i0-1, h.j0-1
		case shrinks:
			h.i1, h.j1 = h.i1+1, h.j1+1
		default:
			return [2]string{}, false
		}
		left = !left
	}
	return [2]string{}, false
}

// clean reports whether the words around a hunk stay as they are, space and
// all, and no sign is at its edge alone.
func (w *wording) clean(h hunk) bool {
	if h.i0 > 0 && w.a[h.i0].space != w.b[h.j0].space {
		return false
	}
	if h.i1 < len(w.a) && w.a[h.i1].space != w.b[h.j1].space {
		return false
	}
	if isSign(w.a[h.i0].text) && h.i0 > 0 || h.i1 < len(w.a) && isSign(w.a[h.i1].text) && isSign(w.b[h.j1-1].text) {
		return false
	}
	return !signs(w.old(h)) && !signs(w.now(h)) && (h.i0 == 0 || !isSign(w.b[h.j0].text) || !isSign(w.b[h.j0-1].text))
}

func (w *wording) old(h hunk) string {
	if h.i0 == h.i1 {
		return ""
	}
	return w.was[w.a[h.i0].start:w.a[h.i1-1].end]
}

func (w *wording) now(h hunk) string {
	if h.j0 == h.j1 {
		return ""
	}
	return w.is[w.b[h.j0].start:w.b[h.j1-1].end]
}

// atEnd names the last sign by its name: "na koncu se pika nadomesti z vejico".
func (w *wording) atEnd(h hunk) ([2]string, bool) {
	old, now := w.old(h), w.now(h)
	if h.i1 != len(w.a) || !isSign(old) || !isSign(now) || w.b[h.j0].space || w.a[h.i0].space {
		return [2]string{}, false
	}
	return [2]string{"na koncu", signNames[old] + " nadomesti " + signWith[now]}, true
}

var (
	signNames = map[string]string{".": "pika", ",": "vejica", ";": "podpičje", ":": "dvopičje"}
	signWith  = map[string]string{".": "s piko", ",": "z vejico", ";": "s podpičjem", ":": "z dvopičjem"}
)

func (w *wording) insertion(h hunk, least int) ([2]string, bool) {
	now := w.now(h)
	if h.i0 == 0 || w.b[h.j0].space == isSign(w.b[h.j0].text) || h.i1 < len(w.a) && w.b[h.j1].space != w.a[h.i1].space || signs(now) || !quotable(now) {
		return [2]string{}, false
	}
	if h.i1 < len(w.a) && isSign(w.b[h.j1-1].text) && isSign(w.a[h.i1].text) || isSign(w.b[h.j0].text) && isSign(w.b[h.j0-1].text) {
		return [2]string{}, false
	}
	for from := h.i0 - 1; from >= least && from >= h.i0-maxAnchor; from-- {
		anchor := w.was[w.a[from].start:w.a[h.i0-1].end]
		if !signs(anchor) && quotable(anchor) && w.unique(anchor) {
			return [2]string{"za " + noun(anchor, instrumental) + " " + quoted(anchor), "doda " + noun(now, nominative) + " " + quoted(now)}, true
		}
	}
	return [2]string{}, false
}

func (w *wording) deletion(h hunk) ([2]string, bool) {
	old := w.old(h)
	if signs(old) || !quotable(old) || !w.unique(old) {
		return [2]string{}, false
	}
	if h.i0 > 0 && h.i1 < len(w.a) && isSign(w.a[h.i0-1].text) && isSign(w.a[h.i1].text) {
		return [2]string{}, false
	}
	return [2]string{noun(old, nominative) + " " + quoted(old), "črta"}, true
}

// unique reports whether words stand once in all texts of the locator.
func (w *wording) unique(s string) bool {
	n := 0
	for _, t := range w.scope {
		n += len(amend.Places(t, s))
	}
	for _, t := range w.came {
		n += len(amend.Places(t, s))
	}
	return n == 1
}

func isSign(s string) bool { return s == "." || s == "," || s == ";" || s == ":" }

// signs reports whether a text holds no letter and no digit.
func signs(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// quotable reports whether a text can stand in a sentence as a quotation.
func quotable(s string) bool { return balanced(s) || !strings.ContainsAny(s, "„“”\"") }

// balanced reports whether every guillemet in a text has its pair.
func balanced(s string) bool {
	depth := 0
	for _, r := range s {
		switch r {
		case '»':
			depth++
		case '«':
			if depth--; depth < 0 {
				return false
			}
		}
	}
	return depth == 0
}

const (
	nominative   = 0
	instrumental = 1
)

// noun is what a quoted text is called: beseda for one word, število for a bare
// number, else besedilo.
func noun(s string, form int) string {
	switch {
	case !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsDigit(r) && r != '.' && r != ',' }):
		return [...]string{"število", "številom"}[form]
	case !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }):
		return [...]string{"beseda", "besedo"}[form]
	}
	return [...]string{"besedilo", "besedilom"}[form]
}

func with(s string) string {
	n := noun(s, instrumental)
	if n == "številom" {
		return "s " + n
	}
	return "z " + n
}
