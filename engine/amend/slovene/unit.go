package slovene

import (
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// unit reads a unit with what belongs to it: "dosedanji tretji odstavek, ki
// postane četrti odstavek", "naslov pred 5. členom", "besedilo 83. člena".
func (r *reader) unit() (*phrase, bool) {
	p := &phrase{what: isUnit}
	for role := words[r.low(0)]; role == fresh || role == former || role == gone; role = words[r.low(0)] {
		p.fresh, p.former, p.gone = p.fresh || role == fresh, p.former || role == former, p.gone || role == gone
		r.i++
	}
	if p.fresh && r.low(0) == "," {
		r.i++ // "nov, tretji odstavek"
	}
	w := r.low(0)
	ok := false
	switch {
	case heading.Read(w) != 0:
		ok = r.headingUnit(p)
	case body.Read(w) != 0:
		p.bodyOf = true
		ok = r.bodyUnit(p)
	default:
		ok = r.plainUnit(p) || r.attachedUnit(p)
	}
	if !ok {
		return nil, false
	}
	p.step = true
	if p.act == "" {
		p.act, p.cited = r.ofAct()
	}
	return p, r.relative(p)
}

// plainUnit reads a reference; a noun alone names what the sentence is about,
// or a new unit, and one with a quotation the unit of that heading.
func (r *reader) plainUnit(p *phrase) bool {
	if f, end := lawcite.Phrase(r.toks, r.i); end > r.i {
		same := r.toks[r.i:end]
		for i, s := range f.Steps {
			if s.Relation == "" {
				continue
			}
			if s.Relation != lawcite.Same || i > 0 || !says(same, "ist") {
				return false
			}
			f.Steps[i].Relation, p.same = "", true // "istega člena": the one that the sentence is about
		}
		p.ref, p.forms, r.i = f.Ref, f.Forms, end
		return true
	}
	u, f := lawcite.ReadUnit(r.low(0))
	if u == "" || u == lawtext.Annex {
		return false
	}
	p.ref, p.forms = lawcite.Ref{Steps: []lawcite.Step{{Unit: u}}}, f
	r.i++
	if isDivision(u) && r.sort(0) == lawcite.Quoted {
		p.ref.Steps[0].Named = r.toks[r.i].Text
		r.i++
	}
	return !p.former
}

// says reports whether one of the tokens begins so.
func says(toks []lawcite.Token, prefix string) bool {
	for _, t := range toks {
		if strings.HasPrefix(t.Low(), prefix) {
			return true
		}
	}
	return false
}

func isDivision(u lawcite.Unit) bool {
	return u == lawtext.Part || u == lawtext.Chapter || u == lawtext.Section
}

// attachedUnit reads annexes, tables and their rows and columns: "Priloga 2",
// "prilogi 1 in 3", "tarifna številka 37a", "2. vrstica", "zaporedna številka
// »NIJZ 48.«".
func (r *reader) attachedUnit(p *phrase) bool {
	var s lawcite.Step
	k := 0
	if n, ok := ordinalAt(r.toks, r.i); ok {
		s.Numbers, k = []lawcite.Range{{From: n}}, 1
	}
	for _, a := range attached {
		at := k
		if a.adj != "" {
			if !strings.HasPrefix(r.low(at), a.adj) {
				continue
			}
			at++
		}
		f := a.noun.Read(r.low(at))
		if f == 0 {
			continue
		}
		s.Unit, p.forms = a.unit, f
		r.i += at + 1
		for len(s.Numbers) == 0 || k == 0 {
			n := r.attachedNumber()
			if n == "" {
				break
			}
			s.Numbers = append(s.Numbers, lawcite.Range{From: n})
			if w := r.low(0); (w == "do" || w == "–") && a.unit == lawtext.Annex {
				r.i++
				if s.Numbers[len(s.Numbers)-1].To = r.attachedNumber(); s.Numbers[len(s.Numbers)-1].To == "" {
					return false
				}
			}
			if w := r.low(0); w != "in" && w != "," || r.numberAt(1) == "" {
				break
			}
			r.i++
		}
		if len(s.Numbers) == 0 && r.sort(0) == lawcite.Quoted && a.unit != lawtext.Annex {
			s.Named = r.toks[r.i].Text
			r.i++
		}
		p.ref = lawcite.Ref{Steps: []lawcite.Step{s}}
		return true
	}
	return false
}

// ordinalAt reads a number that stands before its noun.
func ordinalAt(toks []lawcite.Token, i int) (string, bool) {
	if i < len(toks) && toks[i].Sort == lawcite.Number && toks[i].Dot {
		return toks[i].Text, true
	}
	if i < len(toks) && toks[i].Sort == lawcite.Word {
		if n, ok := lawcite.ReadOrdinal(toks[i].Low()); ok {
			return itoa(n), true
		}
	}
	return "", false
}

// numberAt is the number of an annex or row that stands at a token: "2", "37a",
// "II", "A".
func (r *reader) numberAt(k int) string {
	if r.i+k >= len(r.toks) {
		return ""
	}
	t := r.toks[r.i+k]
	switch {
	case t.Sort == lawcite.Number, t.Sort == lawcite.Word && (isRoman(t.Text) || len(t.Text) == 1 && startsUpper(t.Text)):
		return t.Text
	}
	return ""
}

// attachedNumber reads the number after the noun; "37a" is one number.
func (r *reader) attachedNumber() string {
	n := r.numberAt(0)
	if n == "" {
		return ""
	}
	r.i++
	if r.i < len(r.toks) && r.toks[r.i].Sort == lawcite.Word && r.toks[r.i].Start == r.toks[r.i-1].End && len([]rune(r.toks[r.i].Text)) == 1 {
		n += r.toks[r.i].Text
		r.i++
	}
	return n
}

// headingUnit reads "naslov 5. člena", "naslov poglavja »X«", "naslov zakona",
// "naslov novega poglavja »X«".
func (r *reader) headingUnit(p *phrase) bool {
	p.forms = heading.Read(r.low(0))
	r.i++
	if w := r.low(0); words[w] == before || w == "nad" || w == "k" {
		r.i++
	}
	if words[r.low(0)] == fresh {
		p.fresh = true
		r.i++
	}
	head := lawcite.Step{Unit: lawcite.Heading}
	w := r.low(0)
	u, f := lawcite.ReadUnit(w)
	switch {
	case r.sort(0) == lawcite.Quoted:
		head.Named = r.toks[r.i].Text
		r.i++
	case kindForms(w).Has(lawcite.Genitive) && startsLower(r.toks[r.i].Text): // of the whole act
		r.i++
		p.whole = true
	case isDivision(u) && f.Has(lawcite.Genitive) && r.sort(1) == lawcite.Quoted:
		named := r.toks[r.i+1].Text
		r.i += 2
		if p.fresh {
			p.text, p.isText = named, true
			p.ref = lawcite.Ref{Steps: []lawcite.Step{{Unit: u}}}
			return true
		}
		head.Named = named
	case w == "člena" || w == "členom" || w == "členu":
		r.i++
	default:
		g, end := lawcite.Phrase(r.toks, r.i)
		for _, s := range g.Steps {
			if s.Unit != lawtext.Article && !isDivision(s.Unit) || s.Relation != "" {
				return false
			}
		}
		r.i = end
		p.ref = g.Ref
		if p.fresh && len(g.Steps) == 1 && isDivision(g.Steps[0].Unit) && r.sort(0) == lawcite.Quoted {
			p.text, p.isText = r.toks[r.i].Text, true // "naslov novega 3.a poglavja »X«"
			r.i++
			return true
		}
	}
	p.ref.Steps = append(p.ref.Steps, head)
	return true
}

func (r *reader) bodyUnit(p *phrase) bool {
	p.forms = body.Read(r.low(0))
	r.i++
	if r.stretch(p) {
		return true
	}
	if r.low(0) == "," && r.low(1) == "ki" && r.low(2) == "se" && r.low(3) == "glasi" {
		p.stretch = true
		p.bodyOf, p.ref = false, lawcite.Ref{Steps: []lawcite.Step{{Unit: lawcite.Sentence}}} // "doda besedilo, ki se glasi"
		return true
	}
	if r.low(0) == "," && r.low(1) == "ki" { // "za besedilom, ki postane prvi odstavek"
		p.ref = lawcite.Ref{Steps: []lawcite.Step{{Unit: lawtext.Article}}}
		return true
	}
	if f, end := lawcite.Phrase(r.toks, r.i); end > r.i && f.Forms.Has(lawcite.Genitive) {
		r.i = end
		p.ref = f.Ref
		return len(f.Steps) > 0
	}
	if u, f := lawcite.ReadUnit(r.low(0)); u != "" && f.Has(lawcite.Genitive) {
		r.i++
		p.ref = lawcite.Ref{Steps: []lawcite.Step{{Unit: u}}}
		return true
	}
	if words[r.low(0)] == verb || r.low(0) == "se" { // "besedilo se spremeni": of what the sentence is about
		return true
	}
	return false
}

// stretch reads what follows "besedilo" where it names what stands between
// articles: "med 4. in 6. členom", "pred 1. členom", "za 9. členom", "zakona".
func (r *reader) stretch(p *phrase) bool {
	place := map[string]amend.Place{"med": amend.Between, "pred": amend.Before, "za": amend.After}[r.low(0)]
	if f, end := lawcite.Phrase(r.toks, r.i+1); place != amend.Anywhere && end > r.i+1 && len(f.Steps) == 1 && f.Steps[0].Unit == lawtext.Article &&
		f.Steps[0].Relation == "" && f.Forms.Has(lawcite.Instrumental) && (len(f.Steps[0].Numbers) == 2) == (place == amend.Between) {
		p.ref, p.place, p.stretch, r.i = f.Ref, place, true, end
		return true
	}
	if next := words[r.low(1)]; r.wholeAct() && (next == filler || next == verb || r.low(1) == "") {
		p.stretch = true
		r.i++
		return true
	}
	return false
}

// wholeAct reports whether the act itself is named: "zakona".
func (r *reader) wholeAct() bool {
	return r.i < len(r.toks) && kindForms(r.low(0)).Has(lawcite.Genitive) && startsLower(r.toks[r.i].Text)
}

// ofAct reads the act after a unit: "4. člena Zakona o …", "4. člena zakona".
func (r *reader) ofAct() (act, cited string) {
	if r.low(0) == "predloga" && kindForms(r.low(1)).Has(lawcite.Genitive) {
		r.i++
	}
	if w := r.low(0); r.i < len(r.toks) && r.toks[r.i].Text == w && kindForms(w).Has(lawcite.Genitive) && !r.smallAct() {
		r.i++
		return "", ""
	}
	return r.actName()
}

// actName reads the name of an act up to its gazettes, or up to "se" or
// "preneha". Cited are the gazettes. A name that holds one more of the same case,
// or a provision, is none.
func (r *reader) actName() (act, cited string) {
	if !r.atAct() {
		return "", ""
	}
	end := -1
	for k := r.i; k < len(r.toks) && end < 0; k++ {
		if t := r.toks[k]; isGazette(t) {
			end, cited = k+1, t.Text
		} else if t.Sort == lawcite.Quoted {
			break
		}
	}
	named := end - 1
	for k := r.i; k < len(r.toks) && end < 0 && startsUpper(r.toks[r.i].Text); k++ {
		if w := r.toks[k].Low(); w == "se" || verbs[w].verb == "preneha" {
			end, named = k, k
		}
	}
	for k := r.i; k < named; k++ {
		if r.another(k, named) {
			return "", ""
		}
	}
	if end < 0 {
		return "", ""
	}
	name := wordsOf(r.toks[r.i:named])
	r.i = end
	for r.i < len(r.toks) && r.toks[r.i].Sort == lawcite.Paren {
		r.i++
	}
	return name, cited
}

// atAct reports whether the name of an act begins here: "Zakona …", "Kazenskega
// zakonika", or in small letters as older texts have it, "zakona o …".
func (r *reader) atAct() bool {
	if r.i >= len(r.toks) || r.toks[r.i].Sort != lawcite.Word {
		return false
	}
	if !startsUpper(r.toks[r.i].Text) {
		return r.smallAct()
	}
	return beginsAct(r.toks[r.i].Text) || kindForms(r.low(1)) != 0
}

// smallAct reports whether a noun in small letters begins the name of an act.
func (r *reader) smallAct() bool { return kindForms(r.low(0)) != 0 && r.low(1) == "o" }

// another reports whether the name of an act is over before a token, since a
// separator stands there and then another name in the same case, or a provision.
func (r *reader) another(k, end int) bool {
	if k < r.i+2 || words[r.toks[k-1].Low()] != separator {
		return false
	}
	next := &reader{toks: r.toks[:end], i: k}
	if next.atAct() && oneCase(r.toks[r.i], r.toks[k]) {
		return true
	}
	f, to := lawcite.Phrase(next.toks, k)
	return to > k && numbered(f.Ref) && !f.Forms.Has(lawcite.Genitive)
}

// oneCase reports whether two nouns for acts may stand in the same case; of a
// word that is no such noun it is not known.
func oneCase(a, b lawcite.Token) bool {
	f, g := kindForms(a.Low()), kindForms(b.Low())
	return f == 0 || g == 0 || f&g != 0
}

func wordsOf(toks []lawcite.Token) string {
	var w []string
	for _, t := range toks {
		w = append(w, t.Text)
	}
	return strings.Join(w, " ")
}

// isGazette reports whether a token is the parenthesis after the name of an act:
// "(Uradni list RS, št. 1/20)".
func isGazette(t lawcite.Token) bool {
	text := strings.Join(strings.Fields(t.Text), " ")
	return t.Sort == lawcite.Paren && (strings.HasPrefix(text, "Uradni list") || strings.HasPrefix(text, "Ur. l") || strings.HasPrefix(text, "Uradno glasilo"))
}

// relative reads what a unit is said to become (", ki postane četrti odstavek,",
// ", ki se označi kot prvi odstavek,"), how its end is mended (", na koncu katere
// se pika nadomesti s podpičjem,"), and where a new annex is to be found (", ki je
// sestavni del te uredbe"). It reports false for any other clause.
func (r *reader) relative(p *phrase) bool {
	if r.low(0) == "," && r.low(1) == "na" && r.low(2) == "koncu" && strings.HasPrefix(r.low(3), "kater") {
		return r.mended(p)
	}
	if r.low(0) != "," || r.low(1) != "ki" {
		return true
	}
	k := 2
	if r.low(k) == "se" {
		k++
	}
	switch w := r.low(k); {
	case w == "glasi", w == "glasita", w == "glasijo":
		return true // saying
	case w == "je", w == "sta", w == "so":
		return r.partOfAct(p, k+1)
	case verbs[w].verb == "postane", w == "označi" && r.low(k+1) == "kot":
		p.wraps = w == "označi" || p.bodyOf
		if w == "označi" {
			k++
		}
		f, end := lawcite.Phrase(r.toks, r.i+k+1)
		if n, ok := ordinalAt(r.toks, r.i+k+1); ok && end == r.i+k+1 && r.low(k+2) == "," && len(p.ref.Steps) > 0 { // "ki postane četrti,"
			f.Steps = []lawcite.Step{{Unit: p.ref.Steps[len(p.ref.Steps)-1].Unit, Numbers: []lawcite.Range{{From: n}}}}
			f.Forms, end = ^lawcite.Forms(0), end+1
		}
		if end == r.i+k+1 || len(f.Steps) != 1 || !f.Forms.Has(lawcite.Nominative) {
			return false
		}
		p.becomes, r.i = &f.Steps[0], end
		r.skip(",")
		return true
	}
	return false
}

// mended reads ", na koncu katere se pika nadomesti s podpičjem,".
func (r *reader) mended(p *phrase) bool {
	r.i += 4
	r.skip("se")
	old, f := readSign(r.low(0))
	if old == "" || !f.Has(lawcite.Nominative) || verbs[r.low(1)].verb != "nadomesti" || words[r.low(2)] != using {
		return false
	}
	with, f := readSign(r.low(3))
	if with == "" || !f.Has(lawcite.Instrumental) {
		return false
	}
	r.i += 4
	r.skip(",")
	p.mends = [2]string{old, with}
	return true
}

// partWords are the words with which a text says that an annex belongs to it.
var partWords = wordSet("v k tej temu kot priloga prilogi priloge objavljena objavljeni objavljene skupaj s to tem to te tega in je sta so njen njegov njun " +
	"njihov njena sestavni sestavna del dela deli uredbe uredbo pravilnika pravilnikom zakona zakonom odloka odlokom sklepa sklepom odredbe odredbo " +
	"statuta poslovnika navodila")

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}

// partOfAct reads ", ki je kot priloga sestavni del te uredbe" after a new annex.
func (r *reader) partOfAct(p *phrase, k int) bool {
	seen := false
	for r.i+k < len(r.toks) && partWords[r.low(k)] {
		seen = seen || strings.HasPrefix(r.low(k), "sestavn") || r.low(k) == "priloga"
		if k++; strings.HasPrefix(r.low(k-1), "prilog") && r.numberAt(k) != "" { // "kot Priloga 2": as it is called anyway
			if s := p.ref.Steps; len(s) != 1 || len(s[0].Numbers) != 1 || s[0].Numbers[0].From != r.numberAt(k) {
				return false
			}
			k++
		}
	}
	if !seen || r.i+k < len(r.toks) && r.low(k) != "," {
		return false
	}
	r.i += k
	p.annexed = true
	return true
}
