package southslavic

import (
	"strings"
)

// actStems begin the nouns of legal acts, folded, with the endings that tell
// the case: the locative after "u", the genitive after a provision.
var actNouns = []struct {
	stem    string
	in, of  string
	nominal string
}{
	{"zakon", "u", "a", ""}, {"zakonik", "u", "a", ""}, {"ustav", "u", "a", ""}, {"pravilnik", "u", "a", ""}, {"poslovnik", "u", "a", ""},
	{"statut", "u", "a", ""}, {"uredb", "i", "e", "a"}, {"odluc", "i", "", ""}, {"odluk", "", "e", "a"}, {"naredb", "i", "e", "a"},
	{"uputstv", "u", "a", "o"}, {"naputk", "u", "a", ""}, {"napuci", "", "", ""}, {"zakljucak", "", "", ""}, {"zakljuck", "u", "a", ""},
	{"resenj", "u", "a", "e"}, {"rjesenj", "u", "a", "e"}, {"pravil", "ima", "a", "a"}, {"tarif", "i", "e", "a"},
}

// isActNoun reports whether a word is a noun of a legal act in a case.
func isActNoun(key string, f forms) bool {
	for _, n := range actNouns {
		rest, ok := strings.CutPrefix(key, n.stem)
		switch {
		case !ok:
		case f&locative != 0 && n.in != "" && rest == n.in, f&genitive != 0 && n.of != "" && rest == n.of, f&nominative != 0 && rest == n.nominal:
			return true
		}
	}
	return false
}

// gazettes are the words with which a reference to a gazette begins, folded,
// without quotation marks.
var gazettes = []string{"sluzben", "sl.", "sl ", "narodne novine", "nn ", "nn,"}

func isGazette(t token) bool {
	s := strings.TrimLeft(fold(t.text), quoteMarks+"' ")
	for _, g := range gazettes {
		if strings.HasPrefix(s, g) {
			return t.sort == paren
		}
	}
	return false
}

// actName reads the name of an act up to its gazettes. The name begins with a
// capital, and the noun may follow an adjective: "Krivičnom zakoniku". Without
// gazettes, a name ends where the instruction goes on: before a comma with a
// preposition after it. Cited are the gazettes, without the parentheses.
func (p *parser) actName(f forms) (name, cited string) {
	t := p.at(0)
	if t.sort != word || !startsUpper(t.text) {
		return "", ""
	}
	k := 0
	for k < 3 && !isActNoun(p.at(k).key, f) {
		if p.lex[p.at(k).key] != nil {
			return "", ""
		}
		k++
	}
	if k == 3 || p.at(k).sort != word {
		return "", ""
	}
	end, named := -1, -1
	for j := k + 1; p.at(j).text != ""; j++ {
		t := p.at(j)
		if t.sort == quoted || t.sort == broken {
			break
		}
		if isGazette(t) {
			end, named, cited = j+1, j, t.text
			break
		}
	}
	if end < 0 {
		for j := k + 1; p.at(j).text != "" && named < 0; j++ {
			_, in := p.is(j+1, inside)
			if _, aft := p.is(j+1, behind); p.mark(j, ",") && (in || aft) {
				end, named = j, j
			}
		}
	}
	if end < 0 {
		return "", ""
	}
	var w []string
	for j := range named {
		w = append(w, p.at(j).text)
	}
	p.i += end
	for p.at(0).sort == paren || p.mark(0, ",") && p.at(1).sort == paren { // (u daljem tekstu: Zakon)
		p.i++
	}
	return strings.Join(w, " "), cited
}
