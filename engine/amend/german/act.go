package german

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// naming reads an act with the citation after its name: "des Soldatengesetzes
// in der Fassung der Bekanntmachung vom 30. Mai 2005 (BGBl. I S. 1482), das
// zuletzt durch Artikel 1 des Gesetzes vom … geändert worden ist,".
func (r *reader) naming() bool {
	back := r.i
	if !r.take("das", "die", "der", "des", "dem", "den") {
		return false
	}
	from := r.i
	for r.i < len(r.toks) && !r.cites() && !r.is("wird", "werden", "tritt", "treten") {
		if r.aside() { // Sozialgesetzbuch – Bürgergeld, Grundsicherung für Arbeitsuchende –
			continue
		}
		t := r.tok(r.i)
		first, _ := utf8.DecodeRuneInString(t.text)
		if _, unit := r.unit(); t.sort != word || unit && r.i == from || r.i == from && nounOf(t.text) || participles[t.text] != "" {
			r.i = back
			return false
		}
		if r.i == from && !unicode.IsUpper(first) {
			r.i = back
			return false
		}
		r.i++
	}
	if r.i == from || r.i == len(r.toks) {
		r.i = back
		return false
	}
	var name []string
	for _, t := range r.toks[from:r.i] {
		name = append(name, t.text)
	}
	if named := strings.Join(name, " "); r.act == "" || r.act == named {
		r.act = named
	} else {
		r.i = back
		return false
	}
	for r.citation() {
	}
	return true
}

// aside takes the part of a name that stands between dashes.
func (r *reader) aside() bool {
	if !r.is("–") {
		return false
	}
	for k := r.i + 1; k < len(r.toks) && k < r.i+16; k++ {
		if r.toks[k].text == "–" {
			r.i = k + 1
			return true
		}
	}
	return false
}

func nounOf(s string) bool {
	_, ok := nouns[s]
	return ok || signs[s] != "" || s == "Wortlaut" || s == "Text"
}

// cites reports whether the citation of an act begins here.
func (r *reader) cites() bool {
	if r.is("vom", ",") || r.tok(r.i).sort == paren {
		return true
	}
	back := r.i
	defer func() { r.i = back }()
	return r.all("in der") && (r.is("Fassung", "im", "jeweils", "geltenden", "bis"))
}

// citation takes one piece of a citation.
func (r *reader) citation() bool {
	back := r.i
	switch {
	case r.tok(r.i).sort == paren:
		r.i++
		return true
	case r.take("vom"):
		return r.date()
	case r.all("in der Fassung der Bekanntmachung"):
		return true
	case r.all("in der"):
		for k := 0; k < 14; k++ {
			if r.take("Fassung") {
				return true
			}
			r.i++
		}
	case r.take(","):
		if r.is("das", "die", "der", "dem", "den") || r.all("zuletzt geändert durch") {
			for k := r.i; k < len(r.toks) && k < r.i+60; k++ {
				if t := r.tok(k); t.text == "ist" || t.text == "sind" {
					if r.tok(k-1).text == "worden" {
						r.i = k + 1
						r.take(",")
						return true
					}
				}
			}
		}
		if r.is("LGBl") {
			for r.i++; r.tok(r.i).sort == number || r.is(".", "Nr."); r.i++ {
			}
			return true
		}
		if r.is("in") || r.is("wird", "werden") {
			return true
		}
	}
	r.i = back
	return false
}

var months = words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")

// date takes "5. August 1964".
func (r *reader) date() bool {
	if r.tok(r.i).sort == number && r.tok(r.i+1).text == "." && months[r.tok(r.i+2).text] && r.tok(r.i+3).sort == number {
		r.i += 4
		return true
	}
	return false
}
