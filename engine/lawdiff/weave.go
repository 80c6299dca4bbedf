package lawdiff

import "strings"

// weave makes one text of two that were made from the same, or reports that their
// changes touch: that no unchanged word stands between what one side changed and
// what the other did. The same change on both sides is one.
func weave(base, ours, theirs string) (string, bool) {
	switch {
	case ours == theirs, theirs == base:
		return ours, true
	case ours == base:
		return theirs, true
	}
	b := tokens(base)
	o, t := hunks(b, tokens(ours)), hunks(b, tokens(theirs))
	var out strings.Builder
	at := 0 // token of base
	for len(o) > 0 || len(t) > 0 {
		next := &o
		if len(o) == 0 || len(t) > 0 && t[0].before(o[0]) {
			next = &t
		}
		h := (*next)[0]
		*next = (*next)[1:]
		other := &o
		if next == &o {
			other = &t
		}
		if len(*other) > 0 && h.same((*other)[0]) {
			*other = (*other)[1:]
		} else if len(*other) > 0 && h.touches((*other)[0], b) {
			return "", false
		}
		out.WriteString(join(b[at:h.from]))
		out.WriteString(join(h.new))
		at = h.to
	}
	out.WriteString(join(b[at:]))
	return strings.TrimSpace(out.String()), true
}

// A hunk is what one side put in the place of base[from:to].
type hunk struct {
	from, to int
	new      []token
}

// hunks are the changes from a to b, the white space before a word included.
func hunks(a, b []token) []hunk {
	keep := mend(a, b, Align(texts(a), texts(b)))
	for j, i := range keep {
		if i >= 0 && (a[i].gap == "") != (b[j].gap == "") {
			keep[j] = -1
		}
	}
	var list []hunk
	for _, r := range runsOf(keep, len(a)) {
		if !r.kept {
			list = append(list, hunk{r.i0, r.i1, b[r.j0:r.j1]})
		}
	}
	return list
}

func (h hunk) before(other hunk) bool {
	return h.from < other.from || h.from == other.from && h.to < other.to
}

func (h hunk) same(other hunk) bool {
	return h.from == other.from && h.to == other.to && join(h.new) == join(other.new)
}

// touches reports whether no word of base stands between h and the other, which
// does not begin before it.
func (h hunk) touches(other hunk, base []token) bool {
	if other.from < h.to {
		return true
	}
	for _, t := range base[h.to:other.from] {
		if t.word {
			return false
		}
	}
	return true
}
