package german

import (
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/listed"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A unit is what a noun names.
type unit struct {
	kind  lawcite.Unit
	level listed.Level
}

// units by noun in any case and number.
var units = map[string]unit{}

func init() {
	for names, u := range map[string]unit{
		"§ §§ Paragraph Paragraphen Artikel Artikels Artikeln Art. Art":                {lawtext.Article, listed.Article},
		"Absatz Absatzes Absätze Absätzen Abs.":                                        {lawtext.Paragraph, listed.Paragraph},
		"Satz Satzes Sätze Sätzen":                                                     {lawcite.Sentence, listed.Sentence},
		"Nummer Nummern Nr. Ziffer Ziffern Ziff.":                                      {lawtext.Point, listed.Figure},
		"Buchstabe Buchstaben Buchstabens Bst. Buchst. Lit.":                           {lawtext.Point, listed.Letter},
		"Doppelbuchstabe Doppelbuchstaben Doppelbuchstabens":                           {lawtext.Point, listed.Double},
		"Dreifachbuchstabe Dreifachbuchstaben Dreifachbuchstabens":                     {lawtext.Point, listed.Triple},
		"Überschrift Überschriften Paragraphenüberschrift Sachüberschrift":             {lawcite.Heading, listed.Part},
		"Anlage Anlagen Anhang Anhangs Anhänge Anhängen":                               {lawtext.Annex, listed.Article},
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

// places reads a list of places: "Absatz 2 Satz 3 und Absatz 3 Satz 2", "der
// Überschrift, in § 1 Satz 1 und in § 5". What is left out of the second is as
// in the first.
func (r *reader) places() ([]listed.Place, bool) {
	p, ok := r.place(listed.Place{})
	if !ok {
		return nil, false
	}
	out := []listed.Place{p}
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
func (r *reader) place(before listed.Place) (listed.Place, bool) {
	back := r.i
	if articles[r.low()] {
		r.i++
	}
	if r.is("Angabe", "Angaben") && r.tok(r.i+1).text == "zu" { // a line of a table of contents
		r.fail(amend.Unsupported, r.tok(r.i).text)
		r.i += 2
		if p, ok := r.place(before); ok {
			return p, true
		}
		r.i = back
		return listed.Place{}, false
	}
	p := listed.Place{Old: r.take("bisherige", "bisherigen")}
	for {
		s, ok := r.step(len(p.Steps) > 0)
		if !ok {
			break
		}
		next := listed.Place{Steps: []listed.Step{s}}
		if !next.Fits(p) {
			r.i = back
			return listed.Place{}, false
		}
		if p.Many() {
			r.fail(amend.TwoReadings, "several provisions that hold others")
		}
		p.Steps = append(p.Steps, s)
		if s.Unit == lawcite.Heading && len(p.Steps) == 1 && r.take("des", "von", "zu") {
			of, ok := r.place(listed.Place{})
			if !ok {
				r.i = back
				return listed.Place{}, false
			}
			p.Steps = append(of.Steps, s)
			break
		}
	}
	if len(p.Steps) == 0 {
		r.i = back
		return listed.Place{}, false
	}
	return p.Within(before.UpTo(p.Steps[0].Level)), true
}

// step reads a unit with its numbers. Inside says that another step went
// before, after which "im Satzteil vor" may follow.
func (r *reader) step(inside bool) (listed.Step, bool) {
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
		return listed.Step{}, false
	}
	left := u.level < 0 || u.kind == lawtext.Chapter
	if left {
		r.fail(amend.Unsupported, r.tok(r.i).text)
		u.level = listed.Article
	}
	r.i++
	s := listed.Step{Step: lawcite.Step{Unit: u.kind}, Level: u.level}
	if u.kind == lawcite.Heading {
		return s, true
	}
	nums, ok := r.numbers(u)
	if !ok && u.kind != lawtext.Annex && !left {
		r.i = back
		return listed.Step{}, false
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
func (r *reader) opening() (listed.Step, bool) {
	back := r.i
	s := listed.Step{Step: lawcite.Step{Unit: lawcite.Intro}, Level: listed.Part}
	if r.take("einleitenden", "einleitende", "einleitender") && r.take("Satzteil", "Teilsatz", "Halbsatz") {
		return s, true
	}
	r.i = back
	if !r.take("Satzteil", "Teilsatz", "Wortlaut") {
		return listed.Step{}, false
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
	return listed.Step{}, false
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
				r.fail(amend.NoPattern, "bis")
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
	if u.level >= listed.Letter && u.level < listed.Part {
		n := map[listed.Level]int{listed.Letter: 1, listed.Double: 2, listed.Triple: 3}[u.level]
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
