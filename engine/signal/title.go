package signal

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// heads are the words with which the name of an act begins: nominative,
// genitive, locative.
var heads = [...][3]string{
	{"zakon", "zakona", "zakonu"},
	{"zakonik", "zakonika", "zakoniku"},
	{"pravilnik", "pravilnika", "pravilniku"},
	{"uredba", "uredbe", "uredbi"},
	{"odlok", "odloka", "odloku"},
	{"sklep", "sklepa", "sklepu"},
	{"poslovnik", "poslovnika", "poslovniku"},
	{"odredba", "odredbe", "odredbi"},
	{"navodilo", "navodila", "navodilu"},
	{"statut", "statuta", "statutu"},
	{"resolucija", "resolucije", "resoluciji"},
	{"strategija", "strategije", "strategiji"},
}

// The cases of heads.
const (
	nominative = iota
	genitive
	locative
)

// headAt reads the name of an act that begins at word i in the given case. An
// adjective may stand before the word: "Kazenskega zakonika". It returns the
// words of the beginning in the nominative and how many they are, or 0.
func headAt(words []string, i, in int) (string, int) {
	w := strings.ToLower(words[i])
	for _, h := range heads {
		if w == h[in] {
			return capital(h[nominative]), 1
		}
		if i+1 < len(words) && strings.ToLower(words[i+1]) == h[in] && isUpper(words[i]) {
			for _, end := range [...]string{"ega", "em", "i"} {
				if stem, ok := strings.CutSuffix(w, end); ok && len(stem) > 3 {
					return capital(stem) + "i " + h[nominative], 2
				}
			}
		}
	}
	return "", 0
}

func isUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// nameAt reads the whole name of an act at word i and puts it into the
// nominative. A short title in parentheses after it is read too. The name ends
// with the words if they are known to be no more than it; else it ends where
// the sentence goes on.
func nameAt(words []string, i, in int, whole bool) (name, short string) {
	head, n := headAt(words, i, in)
	if n == 0 {
		return "", ""
	}
	out := []string{head}
	for k := i + n; k < len(words) && k < i+80; k++ {
		w := words[k]
		if strings.HasPrefix(w, "(") && !isUnion(w) {
			if s := strings.Trim(w, "(),.;:"); isShort(s) {
				short = s
			}
			break
		}
		if !whole && isBreak(w) {
			break
		}
		bare := strings.TrimRight(w, ".,;:?!»«\"”")
		if whole {
			bare = w
		}
		out = append(out, bare)
		if bare != w {
			break
		}
	}
	if len(out) == 1 && n == 1 {
		return "", ""
	}
	return strings.Join(out, " "), short
}

// isUnion reports whether w marks an act of the European Union: "Uredbe (EU)".
func isUnion(w string) bool {
	return w == "(EU)" || w == "(ES)" || w == "(EGS)"
}

// isBreak reports whether a word no longer belongs to the name of an act: the
// sentence goes on.
func isBreak(w string) bool {
	switch w {
	case "–", "-", "se", "je", "so", "ki", "bo", "lahko", "naj", "smo", "ste", "vam", "najpozneje", "najkasneje", "do":
		return true
	}
	return false
}

// isShort reports whether s is a short title: "ZUJIK-B", "ZNOrg", "KZ-1J".
func isShort(s string) bool {
	upper := 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-':
			return false
		}
	}
	return upper >= 2 && isUpper(s) && len(s) < 24 && s[:1] != "("
}

// title finds the name of the text: the act's own, the call's line, the
// subject of a letter, else the draft that the first sentences speak of.
func title(a *lawtext.Act, sentences []string) (name, short string) {
	if a.Title != "" {
		return a.Title, a.Short
	}
	if len(sentences) > 80 {
		sentences = sentences[:80]
	}
	for i, s := range sentences {
		if c := callTitle(sentences, i); c != "" && i < 25 {
			return c, ""
		}
		if i < 25 && len(s) < 400 && isStrategyTitle(s) {
			return strings.TrimRight(s, ".:"), ""
		}
		if rest, ok := cutFold(s, "zadeva:"); ok {
			return rest, ""
		}
		if rest, ok := cutFold(s, "subject:"); ok {
			return rest, ""
		}
	}
	for _, s := range sentences {
		words := strings.Fields(s)
		for i := 1; i < len(words); i++ {
			switch strings.ToLower(words[i-1]) {
			case "predlog", "predloga", "predlogu", "predlogom", "osnutek", "osnutka", "osnutku", "osnutkom":
				if name, short = nameAt(words, i, genitive, false); name != "" {
					return name, short
				}
			}
		}
	}
	for i, s := range sentences {
		if words := strings.Fields(s); i < 10 && len(s) < 300 && len(words) > 2 {
			if name, short = nameAt(words, 0, nominative, false); name != "" {
				return name, short
			}
		}
	}
	return "", a.Short
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return "", false
	}
	return strings.TrimSpace(s[len(prefix):]), true
}

// callNames are the names of calls as a title begins.
var callNames = [...]string{"javni razpis", "javni poziv", "projektni razpis", "programski razpis", "javni projektni razpis",
	"javni programski razpis", "javni ciljni razpis", "neposredni poziv", "razpis za", "call for", "open call"}

// callTitle reads the title of a call at sentence i: the line itself, the line
// after a bare "javni razpis", or what stands after "ministrstvo … objavlja".
func callTitle(sentences []string, i int) string {
	s := sentences[i]
	if _, after, ok := strings.Cut(s, " objavlja "); ok {
		s = after
	}
	bare := strings.EqualFold(s, "razpis") || slices.ContainsFunc(callNames[:], func(n string) bool { return strings.EqualFold(s, n) })
	if bare && i+1 < len(sentences) {
		s += " " + sentences[i+1]
	}
	if len(s) > 600 || !bare && !hasPrefixFold(s, callNames[:]...) || !bare && len(strings.Fields(s)) < 3 {
		return ""
	}
	return capital(strings.TrimRight(s, ".:"))
}

func isStrategyTitle(s string) bool {
	return !strings.HasSuffix(s, ".") && hasPrefixFold(s, "resolucija o", "strategija", "nacionalni program", "akcijski načrt", "predlog resolucije", "osnutek strategije")
}

func hasPrefixFold(s string, prefixes ...string) bool {
	low := strings.ToLower(s[:min(len(s), 80)])
	for _, p := range prefixes {
		if strings.HasPrefix(low, p) {
			return true
		}
	}
	return false
}

// kind decides what the text is from its title, its articles and its manner.
func (s *Signal) kind(a *lawtext.Act, text string) Kind {
	articles := len(a.Articles(""))
	low := strings.ToLower(s.Title)
	letter := isLetter(text)
	switch {
	case letter && articles < 2:
		return Letter
	case hasPrefixFold(s.Title, callNames[:]...):
		return Call
	case hasPrefixFold(s.Title, "resolucija", "strategija", "nacionalni program", "akcijski načrt", "predlog resolucije", "osnutek strategije"):
		return Strategy
	case hasPrefixFold(s.Title, "zakon", "kazenski zakonik", "družinski zakonik", "obligacijski zakonik", "stvarnopravni zakonik", "ustavni zakon"):
		if strings.Contains(low, " o sprem") || strings.Contains(low, " o dopoln") {
			return AmendingAct
		}
		return Act
	case hasPrefixFold(s.Title, "pravilnik", "uredba", "odlok", "sklep", "poslovnik", "odredba", "navodilo", "statut"):
		return Bylaw
	case articles > 1:
		s.Doubts = append(s.Doubts, Doubt{"Kind", "from-articles"})
		return fromArticles(a)
	case s.Language == "en" && hasPrefixFold(text, "act ", "an act ", "bill ", "law on"):
		return Act
	case letter:
		return Letter
	}
	return Unknown
}

// isLetter reports whether the text greets or signs off as letters do.
func isLetter(text string) bool {
	low := strings.ToLower(text[:min(len(text), 3000)])
	for _, w := range [...]string{"spoštovan", "pozdravljen", "zadeva:", "lep pozdrav", "lepo pozdravljeni", "dear ", "subject:"} {
		if strings.Contains(low, w) {
			return true
		}
	}
	end := strings.ToLower(text[max(0, len(text)-400):])
	for _, w := range [...]string{"s spoštovanjem", "lep pozdrav", "kind regards", "best regards", "sincerely"} {
		if strings.Contains(end, w) {
			return true
		}
	}
	return false
}

// fromArticles tells the kind of an act without a title by what it calls
// itself, "ta uredba", and by whether its first articles change another act.
func fromArticles(a *lawtext.Act) Kind {
	articles := a.Articles("")
	for _, n := range []*lawtext.Node{articles[len(articles)-1], articles[0]} {
		low := strings.ToLower(strings.Join(n.Lines(), " "))
		for _, h := range heads {
			if !strings.Contains(low, "ta "+h[nominative]+" ") && !strings.Contains(low, "to "+h[nominative]+" ") {
				continue
			}
			if h[nominative] != "zakon" && h[nominative] != "zakonik" {
				return Bylaw
			}
		}
	}
	if amends(a) {
		return AmendingAct
	}
	return Act
}

// amends reports whether the first articles change another act.
func amends(a *lawtext.Act) bool {
	for i, n := range a.Articles("") {
		if i == 3 {
			break
		}
		for _, l := range n.Lines() {
			if isInstruction(l) {
				return true
			}
		}
	}
	return false
}
