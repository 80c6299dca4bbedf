package german

import (
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A level orders the units from the outside in. A sentence stands between the
// paragraph and its numbers (Absatz 1 Satz 2 Nummer 3), and may stand within a
// number too.
type level int

const (
	article   level = 10 * (1 + iota) // §, Artikel
	paragraph                         // Absatz
	sentence                          // Satz
	figure                            // Nummer
	letter                            // Buchstabe
	double                            // Doppelbuchstabe
	triple                            // Dreifachbuchstabe
	part                              // heading, introductory words
)

// A unit is what a noun names.
type unit struct {
	kind  lawcite.Unit
	level level
}

// units by noun in any case and number.
var units = map[string]unit{}

func init() {
	for names, u := range map[string]unit{
		"§ §§ Paragraph Paragraphen Artikel Artikels Artikeln Art.":                    {lawtext.Article, article},
		"Absatz Absatzes Absätze Absätzen Abs.":                                        {lawtext.Paragraph, paragraph},
		"Satz Satzes Sätze Sätzen":                                                     {lawcite.Sentence, sentence},
		"Nummer Nummern Nr. Ziffer Ziffern Ziff.":                                      {lawtext.Point, figure},
		"Buchstabe Buchstaben Buchstabens Bst. Buchst. Lit.":                           {lawtext.Point, letter},
		"Doppelbuchstabe Doppelbuchstaben Doppelbuchstabens":                           {lawtext.Point, double},
		"Dreifachbuchstabe Dreifachbuchstaben Dreifachbuchstabens":                     {lawtext.Point, triple},
		"Überschrift Überschriften Paragraphenüberschrift Sachüberschrift":             {lawcite.Heading, part},
		"Anlage Anlagen Anhang Anhangs Anhänge Anhängen":                               {lawtext.Annex, article},
		"Teil Teils Abschnitt Abschnitts Abschnitte Kapitel Kapitels Unterabschnitt":   {lawtext.Chapter, 0},
		"Spalte Spalten Tabelle Tabellen Formel Zeile Halbsatz Halbsatzes Fußnote":     {"", -1},
		"Inhaltsübersicht Inhaltsverzeichnis Inhaltsverzeichnisses Titel Eingangssatz": {"", -1},
		"Präambel Ermächtigung Eingangsformel Überschriftenzeile Tabellenzeile":        {"", -1},
	} {
		for _, n := range strings.Fields(names) {
			units[n] = u
		}
	}
}

// A step is one level of a place.
type step struct {
	lawcite.Step
	level level
}

// A place is a provision, from the outside in. Old says that it is counted as
// before the amending act: bisherige.
type place struct {
	steps []step
	old   bool
}

func (p place) ref() lawcite.Ref {
	var r lawcite.Ref
	for _, s := range p.steps {
		r.Steps = append(r.Steps, s.Step)
	}
	return r
}

func (p place) last() level {
	if len(p.steps) == 0 {
		return 0
	}
	return p.steps[len(p.steps)-1].level
}

// many reports whether a place names more than one provision.
func (p place) many() bool {
	for _, s := range p.steps {
		if len(s.Numbers) > 1 || len(s.Numbers) == 1 && s.Numbers[0].To != "" {
			return true
		}
	}
	return false
}

// within puts a place under another: "Absatz 2" under "§ 5".
func (p place) within(up place) place {
	if len(p.steps) == 0 {
		return up
	}
	steps := append([]step{}, up.steps...)
	return place{append(steps, p.steps...), p.old || up.old}
}

// fits reports whether p goes under up without saying a level again. Numbers
// of a sentence and sentences of a number both occur.
func (p place) fits(up place) bool {
	if len(p.steps) == 0 || len(up.steps) == 0 {
		return true
	}
	a, b := up.last(), p.steps[0].level
	return a < b || b == sentence && a > sentence && a < part
}

// upTo is the part of a place above a level.
func (p place) upTo(l level) place {
	out := place{old: p.old}
	for _, s := range p.steps {
		if s.level >= l {
			break
		}
		out.steps = append(out.steps, s)
	}
	return out
}

// places reads a list of places: "Absatz 2 Satz 3 und Absatz 3 Satz 2", "der
// Überschrift, in § 1 Satz 1 und in § 5". What is left out of the second is as
// in the first.
func (r *reader) places() ([]place, bool) {
	p, ok := r.place(place{})
	if !ok {
		return nil, false
	}
	out := []place{p}
	for {
		back := r.i
		if !r.and() {
			break
		}
		r.take("in", "im")
		next, ok := r.place(out[len(out)-1])
		if !ok {
			r.i = back
			break
		}
		out = append(out, next)
	}
	return out, true
}

// articles before a noun in any case.
var articles = words("der die das dem den des")

// place reads one place. Before is the place before it in a list.
func (r *reader) place(before place) (place, bool) {
	back := r.i
	if articles[r.low()] {
		r.i++
	}
	p := place{old: r.take("bisherige", "bisherigen")}
	for {
		s, ok := r.step(len(p.steps) > 0)
		if !ok {
			break
		}
		next := place{steps: []step{s}}
		if !next.fits(p) {
			r.i = back
			return place{}, false
		}
		if p.many() {
			r.fail(amend.TwoReadings, "several provisions that hold others")
		}
		p.steps = append(p.steps, s)
		if s.Unit == lawcite.Heading && len(p.steps) == 1 && r.take("des", "von", "zu") {
			of, ok := r.place(place{})
			if !ok {
				r.i = back
				return place{}, false
			}
			p.steps = append(of.steps, s)
			break
		}
	}
	if len(p.steps) == 0 {
		r.i = back
		return place{}, false
	}
	return p.within(before.upTo(p.steps[0].level)), true
}

// step reads a unit with its numbers. Inside says that another step went
// before, after which "im Satzteil vor" may follow.
func (r *reader) step(inside bool) (step, bool) {
	back := r.i
	if inside && r.take("in", "im") && articles[r.low()] {
		r.i++
	}
	if s, ok := r.opening(); ok {
		return s, true
	}
	u, ok := r.unit()
	if !ok {
		r.i = back
		return step{}, false
	}
	left := u.level < 0 || u.kind == lawtext.Chapter
	if left {
		r.fail(amend.Unsupported, r.tok(r.i).text)
		u.level = article
	}
	r.i++
	s := step{lawcite.Step{Unit: u.kind}, u.level}
	if u.kind == lawcite.Heading {
		return s, true
	}
	nums, ok := r.numbers(u)
	if !ok && u.kind != lawtext.Annex && !left {
		r.i = back
		return step{}, false
	}
	s.Numbers = nums
	return s, true
}

// unit is what the current token names.
func (r *reader) unit() (unit, bool) {
	t := r.tok(r.i)
	u, ok := units[t.text]
	return u, ok && (t.sort == word || t.sort == mark)
}

// opening reads what stands before a list: "Satzteil vor Nummer 1". What
// stands after it is known and refused.
func (r *reader) opening() (step, bool) {
	back := r.i
	s := step{lawcite.Step{Unit: lawcite.Intro}, part}
	if r.take("einleitenden", "einleitende", "einleitender") && r.take("Satzteil", "Teilsatz", "Halbsatz") {
		return s, true
	}
	r.i = back
	if !r.take("Satzteil", "Teilsatz", "Wortlaut") {
		return step{}, false
	}
	after := r.is("nach")
	if r.take("vor", "nach") {
		if articles[r.low()] {
			r.i++
		}
		if u, ok := r.unit(); ok && u.kind == lawtext.Point {
			r.i++
			if nums, ok := r.numbers(u); ok && len(nums) == 1 {
				if after {
					r.fail(amend.Unsupported, "what stands after a list")
				}
				return s, true
			}
		}
	}
	r.i = back
	return step{}, false
}

// numbers reads "2", "1 und 3", "4 bis 8", "e bis g". After the last number
// may come "und" with something else, which is left.
func (r *reader) numbers(u unit) ([]lawcite.Range, bool) {
	var out []lawcite.Range
	for {
		back := r.i
		if len(out) > 0 && !r.and() {
			break
		}
		n, ok := r.number(u)
		if !ok {
			r.i = back
			break
		}
		rg := lawcite.Range{From: n}
		if r.take("bis") {
			if again, ok := r.unit(); ok && again == u {
				r.i++
			}
			if rg.To, ok = r.number(u); !ok {
				return nil, false
			}
		}
		out = append(out, rg)
	}
	return out, len(out) > 0
}

func (r *reader) number(u unit) (string, bool) {
	t := r.tok(r.i)
	ok := t.sort == number
	if u.level >= letter && u.level < part {
		n := map[level]int{letter: 1, double: 2, triple: 3}[u.level]
		ok = t.sort == word && repeated(t.text, n)
	}
	if ok {
		r.i++
	}
	return t.text, ok
}

// repeated reports whether s is one small letter n times: "a", "bb", "ccc".
func repeated(s string, n int) bool {
	return len(s) == n && s[0] >= 'a' && s[0] <= 'z' && strings.Count(s, s[:1]) == n
}

// spread counts out the numbers of new units, letters too: e bis g, 5a bis 5c.
// A range that it cannot count out stays one.
func spread(nums []lawcite.Range) []lawcite.Range {
	var out []lawcite.Range
	for _, n := range nums {
		a, x := digits(n.From)
		b, y := digits(n.To)
		switch {
		case n.To != "" && a == b && len(x) == len(y) && (x != "" || a != "") && x < y && (repeated(x, len(x)) || len(x) == 1):
			for c := x[0]; c <= y[0]; c++ {
				out = append(out, lawcite.Range{From: a + strings.Repeat(string(rune(c)), len(x))})
			}
		default:
			out = append(out, n)
		}
	}
	return out
}

func digits(s string) (figures, rest string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i], s[i:]
}

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
