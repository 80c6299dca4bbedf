package positions

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Norm is a proposal in normative form: a sentence that says what is to be
// done, the text that it quotes, and what follows from it for the numbers.
//
// Where no sentence is safe, Lead names the provision, and Quote is the whole of
// it as it should read; Whole is true then.
type Norm struct {
	Lead  string   // "V 12. členu se prvi odstavek spremeni tako, da se glasi:"
	Quote []string // a line for each paragraph, with the quotation marks
	Then  string   // "Dosedanji drugi odstavek postane tretji odstavek."
	Whole bool
	// Proven says that carrying it out on the draft gives just the text proposed.
	Proven bool
}

// Normative writes a proposal as an amendment, in the language of the draft. It
// is the instruction that was proven, else one simple sentence, for an article, a
// paragraph, a point or an indent.
func (p Proposal) Normative() Norm {
	n, ok := p.drafted()
	if !ok && safe(p.Place) {
		switch p.Lang {
		case "sl":
			n, ok = slovenian(p)
		case "en":
			n, ok = english(p)
		}
	}
	if ok {
		return n
	}
	return p.whole()
}

// safe reports whether the way is one that a sentence can name: from an article
// down, each step of another kind, and each with a number.
func safe(place []Unit) bool {
	rank := map[string]int{string(lawtext.Article): 1, string(lawtext.Paragraph): 2, string(lawtext.Point): 3, string(lawtext.Indent): 4}
	last := 0
	for _, u := range place {
		if rank[u.Kind] <= last || u.Num == "" {
			return false
		}
		last = rank[u.Kind]
	}
	return len(place) > 0 && place[0].Kind == string(lawtext.Article)
}

func (p Proposal) whole() Norm {
	n := Norm{Lead: p.Cite, Quote: lines(p.New()), Whole: true}
	if p.Wanted == Delete {
		n.Lead += p.say(" se črta.", " is deleted.", ": –")
	}
	return n
}

// say is the words in the language of the draft.
func (p Proposal) say(sl, en, other string) string {
	switch p.Lang {
	case "sl":
		return sl
	case "en":
		return en
	}
	return other
}

func lines(s string) (list []string) {
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// quoted puts the text between guillemets; the full stop ends the sentence that
// quotes (Nomotehnične smernice).
func quoted(text, open, end string) []string {
	list := lines(text)
	if len(list) == 0 {
		return nil
	}
	list[0] = open + list[0]
	list[len(list)-1] += end
	return list
}

// labelled is the text with the label of the provision that it takes the place
// of, which members leave out.
func (p Proposal) labelled() string {
	u, text := p.Place[len(p.Place)-1], strings.TrimSpace(p.Text)
	if u.Label == "" || strings.HasPrefix(text, u.Label) {
		return text
	}
	if u.Kind == string(lawtext.Article) {
		return u.Label + "\n" + text
	}
	return u.Label + " " + text
}

// A form is a grammatical form of a Slovenian noun with its number.
type form int

const (
	subject form = iota // prvi odstavek, druga alineja
	in                  // (v) prvem odstavku, drugi alineji
	behind              // (za) prvim odstavkom, drugo alinejo
	of                  // prvega odstavka, druge alineje
)

var nouns = map[string][4]string{
	string(lawtext.Article):   {"člen", "členu", "členom", "člena"},
	string(lawtext.Paragraph): {"odstavek", "odstavku", "odstavkom", "odstavka"},
	string(lawtext.Point):     {"točka", "točki", "točko", "točke"},
	string(lawtext.Indent):    {"alineja", "alineji", "alinejo", "alineje"},
}

var ordinalEnds = map[bool][4]string{false: {"i", "em", "im", "ega"}, true: {"a", "i", "o", "e"}}

// ordinals are the stems, as Slovenian law writes them out; greater numbers are
// written in figures.
var ordinals = [...]string{
	1: "prv", 2: "drug", 3: "tretj", 4: "četrt", 5: "pet", 6: "šest", 7: "sedm", 8: "osm", 9: "devet", 10: "deset",
	11: "enajst", 12: "dvanajst", 13: "trinajst", 14: "štirinajst", 15: "petnajst", 16: "šestnajst", 17: "sedemnajst",
	18: "osemnajst", 19: "devetnajst", 20: "dvajset",
}

func (u Unit) feminine() bool {
	return u.Kind == string(lawtext.Point) || u.Kind == string(lawtext.Indent)
}

// number is the number of a unit in a form: "12.", "36.a", "prvem", "a)".
func (u Unit) number(f form) string {
	k, err := strconv.Atoi(u.Num)
	written := u.Kind == string(lawtext.Paragraph) || u.Kind == string(lawtext.Indent)
	switch last := u.Num[len(u.Num)-1]; {
	case err == nil && written && k > 0 && k < len(ordinals):
		return ordinals[k] + ordinalEnds[u.feminine()][f]
	case u.Kind == string(lawtext.Point) && (u.Num[0] < '0' || u.Num[0] > '9'):
		return u.Num + ")"
	case last >= '0' && last <= '9':
		return u.Num + "."
	}
	return u.Num
}

func (u Unit) in(f form) string { return u.number(f) + " " + nouns[u.Kind][f] }

func (u Unit) with(num int) Unit { u.Num = strconv.Itoa(num); return u }

func slovenian(p Proposal) (Norm, bool) {
	last := p.Place[len(p.Place)-1]
	above := p.Place[:len(p.Place)-1]
	if last.Only {
		return p.onlyText(above)
	}
	switch p.Wanted {
	case Keep:
		s := last.in(subject)
		for i := len(above) - 1; i >= 0; i-- {
			s += " " + above[i].in(of)
		}
		end := " ostane nespremenjen."
		if last.feminine() {
			end = " ostane nespremenjena."
		}
		return Norm{Lead: capital(s + end)}, true
	case Rewrite:
		n := Norm{Lead: capital(where(above, last.in(subject)) + " spremeni tako, da se glasi:"), Quote: quoted(p.labelled(), "»", "«.")}
		return n, len(n.Quote) > 0
	case Delete:
		then, ok := shifted(last, -1)
		return Norm{Lead: capital(where(above, last.in(subject)) + " črta."), Then: then}, ok
	}
	then, ok := shifted(last, +1)
	n := Norm{Lead: capital(where(above, "za "+last.in(behind)) + " doda " + fresh(last, p.Text) + ", ki se glasi:"), Quote: quoted(p.newLabel()+p.Text, "»", "«."), Then: then}
	return n, ok && len(n.Quote) > 0
}

// onlyText writes what is done to an article that is one paragraph without a
// number.
func (p Proposal) onlyText(above []Unit) (Norm, bool) {
	article := above[len(above)-1]
	switch p.Wanted {
	case Keep:
		return Norm{Lead: capital(article.in(subject) + " ostane nespremenjen.")}, true
	case Delete:
		return Norm{Lead: capital(article.in(subject) + " se črta.")}, true
	case Rewrite:
		n := Norm{Lead: "V " + article.in(in) + " se besedilo spremeni tako, da se glasi:", Quote: quoted(p.Text, "»", "«.")}
		return n, len(n.Quote) > 0
	}
	n := Norm{
		Lead:  "V " + article.in(in) + " se za dosedanjim besedilom, ki postane prvi odstavek, doda nov drugi odstavek, ki se glasi:",
		Quote: quoted(p.newLabel()+p.Text, "»", "«."),
	}
	return n, len(n.Quote) > 0
}

// newLabel is the label of what is put in, if the text has none and it is plain
// which it must be.
func (p Proposal) newLabel() string {
	u, text := p.Place[len(p.Place)-1], strings.TrimSpace(p.Text)
	k, err := strconv.Atoi(u.Num)
	switch next := strconv.Itoa(k + 1); {
	case text == "" || err != nil:
	case u.Kind == string(lawtext.Paragraph) && (u.Only || u.Label != "") && text[0] != '(':
		return "(" + next + ") "
	case u.Kind == string(lawtext.Point) && strings.HasPrefix(u.Label, u.Num) && !strings.HasPrefix(text, next):
		return next + strings.TrimPrefix(u.Label, u.Num) + " "
	case u.Kind == string(lawtext.Indent) && u.Label != "" && !strings.HasPrefix(text, "-") && !strings.HasPrefix(text, "–"):
		return u.Label + " "
	}
	return ""
}

// where says in which provision something is done: "v 12. členu se v prvem
// odstavku 3. točka", or "12. člen se" for an article itself.
func where(above []Unit, what string) string {
	if len(above) == 0 {
		return what + " se"
	}
	s := "v " + above[0].in(in) + " se"
	for _, u := range above[1:] {
		s += " v " + u.in(in)
	}
	return s + " " + what
}

func capital(s string) string {
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

var articleLabel = regexp.MustCompile(`^(\d+(?:\.[a-zčšž]+)?)\.? ?člen`)

// fresh names what is added behind u: "nov drugi odstavek", "nov 12.a člen".
func fresh(u Unit, text string) string {
	if u.Kind == string(lawtext.Article) {
		if m := articleLabel.FindStringSubmatch(strings.TrimSpace(text)); m != nil {
			u.Num = m[1]
			return "nov " + u.in(subject)
		}
		return "nov člen"
	}
	nov := "nov "
	if u.feminine() {
		nov = "nova "
	}
	if k, err := strconv.Atoi(u.Num); err == nil {
		return nov + u.with(k+1).in(subject)
	}
	return nov + nouns[u.Kind][subject]
}

// shifted says how those behind u count after one was put in behind it (+1) or u
// was taken out (-1). It is not ok where they count by letters. Articles keep
// their numbers: a new one takes a letter, and that of one that is gone stays
// empty.
func shifted(u Unit, by int) (string, bool) {
	if u.Kind == string(lawtext.Article) || u.Last == "" {
		return "", true
	}
	if by < 0 && u.Last == "2" && u.Kind == string(lawtext.Paragraph) {
		left := map[string]int{"1": 2, "2": 1}[u.Num]
		return "Dosedanji " + u.with(left).in(subject) + " postane edini odstavek.", true
	}
	if u.Last == u.Num {
		return "", true
	}
	k, e1 := strconv.Atoi(u.Num)
	last, e2 := strconv.Atoi(u.Last)
	if e1 != nil || e2 != nil || last <= k {
		return "", false
	}
	first, old := u.with(k+1), [3]string{"Dosedanji", "Dosedanja", "Dosedanji"}
	if u.feminine() {
		old = [3]string{"Dosedanja", "Dosedanji", "Dosedanje"}
	}
	final, link, verb := u.with(last), " in ", [3]string{"postane", "postaneta", "postanejo"}
	n := min(last-k, 3) - 1 // one, two, or more
	if n == 0 {
		return old[0] + " " + first.in(subject) + " " + verb[0] + " " + u.with(k+1+by).in(subject) + ".", true
	}
	if n == 2 {
		link = " do "
	}
	return old[n] + " " + first.number(subject) + link + final.in(subject) + " " + verb[n] + " " +
		u.with(k+1+by).number(subject) + link + u.with(last+by).in(subject) + ".", true
}

func english(p Proposal) (Norm, bool) {
	last, above := p.Place[len(p.Place)-1], p.Place[:len(p.Place)-1]
	name := func(u Unit) string {
		if u.Kind == string(lawtext.Article) {
			return "Article " + u.Num
		}
		return u.Kind + " " + u.Num
	}
	if last.Only { // the article is this one paragraph
		if p.Wanted == Insert {
			return Norm{}, false
		}
		last, above = above[len(above)-1], nil
	}
	s := ""
	for _, u := range above {
		s += "in " + name(u) + ", "
	}
	switch p.Wanted {
	case Keep:
		return Norm{Lead: capital(s + name(last) + " remains unchanged.")}, true
	case Delete:
		return Norm{Lead: capital(s + name(last) + " is deleted.")}, last.Last == "" || last.Last == last.Num || last.Kind == string(lawtext.Article)
	case Rewrite:
		if p.Place[len(p.Place)-1].Only {
			n := Norm{Lead: "The text of " + name(last) + " is replaced by the following:", Quote: quoted(p.Text, "‘", "’.")}
			return n, len(n.Quote) > 0
		}
		n := Norm{Lead: capital(s + name(last) + " is replaced by the following:"), Quote: quoted(p.labelled(), "‘", "’.")}
		return n, len(n.Quote) > 0
	}
	n := Norm{Lead: capital(s + "after " + name(last) + ", the following " + last.Kind + " is inserted:"), Quote: quoted(p.Text, "‘", "’.")}
	return n, len(n.Quote) > 0
}
