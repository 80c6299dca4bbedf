package slovene

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A what is the part that a phrase plays in a clause.
type what int

const (
	isSeparator what = iota
	isIn             // v prvem odstavku
	isBeside         // za prvim odstavkom, pred besedo »x«
	isAtEnd          // na koncu [prvega odstavka]
	isUnit           // prvi odstavek, nov drugi odstavek, naslov, besedilo člena
	isText           // beseda »x«, pika
	isUsing          // z besedo »x«
	isVerb
	isSaying // tako, da se glasi; ki se glasi
	isAll    // povsod
	isQuote  // the text itself, after isSaying
)

// A phrase is a constituent of a sentence.
type phrase struct {
	what    what
	token   lawcite.Token // the first, for its place
	act     string        // named with it
	ref     lawcite.Ref   // empty if it names no unit
	step    bool          // a unit is named
	bodyOf  bool          // the text of the unit, not the unit
	text    string
	isText  bool // text is given, which may be empty in a quotation
	place   amend.Place
	fresh   bool
	former  bool
	becomes *lawcite.Step // ki postane …
	wraps   bool          // ki se označi kot …
	forms   lawcite.Forms
	verb    verbForm
	times   int  // na dveh mestih
	stretch bool // the text between articles, in place: "besedilo med 4. in 6. členom"
	pa      bool
}

// A reader turns tokens into phrases.
type reader struct {
	toks []lawcite.Token
	i    int
	out  []phrase
}

func (r *reader) low(k int) string {
	if r.i+k < len(r.toks) {
		return r.toks[r.i+k].Low()
	}
	return ""
}

// phrases reads a whole sentence or refuses a word of it.
func phrases(toks []lawcite.Token) ([]phrase, *amend.Refusal) {
	r := &reader{toks: toks}
	for r.i < len(r.toks) {
		was := r.i
		p, ok := r.next()
		if !ok {
			t := r.toks[was]
			reason := amend.UnknownWord
			if words[t.Low()] != unknown || t.Sort != lawcite.Word {
				reason = amend.NoPattern
			}
			if cascades(toks) {
				reason = amend.Unsupported
			}
			return nil, &amend.Refusal{Reason: reason, Words: r.around(was), Span: lawtext.Span{Start: t.Start, End: t.End}}
		}
		if p != nil {
			p.token = r.toks[was]
			r.out = append(r.out, *p)
		}
	}
	return r.out, nil
}

// cascades reports whether a sentence asks for words in all their forms, which
// is left for a person.
func cascades(toks []lawcite.Token) bool {
	return slices.ContainsFunc(toks, func(t lawcite.Token) bool { return t.Low() == "sklonih" || t.Low() == "sklonu" })
}

func (r *reader) around(i int) string {
	var w []string
	for _, t := range r.toks[i:min(i+4, len(r.toks))] {
		w = append(w, t.Text)
	}
	return strings.Join(w, " ")
}

// next reads one phrase; nil for a word without meaning.
func (r *reader) next() (*phrase, bool) {
	t := r.toks[r.i]
	if t.Sort == lawcite.Quoted {
		r.i++
		if n := len(r.out); n > 0 && r.out[n-1].what == isSaying {
			return &phrase{what: isQuote, text: t.Text}, true
		}
		return &phrase{what: isText, text: t.Text, isText: true, forms: ^lawcite.Forms(0)}, true
	}
	if p, ok := r.saying(); ok {
		return p, true
	}
	switch words[t.Low()] {
	case filler:
		r.i++
		return nil, true
	case separator:
		r.i++
		return &phrase{what: isSeparator, pa: t.Low() == "pa"}, true
	case everywhere:
		r.i++
		return &phrase{what: isAll}, true
	case verb:
		r.i++
		return &phrase{what: isVerb, verb: verbs[t.Low()]}, true
	case onKoncu:
		return r.atEnd()
	case inside:
		r.i++
		return r.in()
	case after, before:
		r.i++
		return r.beside(words[t.Low()])
	case using:
		r.i++
		p, ok := r.operand()
		if !ok || p.what != isText || !p.forms.Has(lawcite.Instrumental) {
			return nil, false
		}
		p.what = isUsing
		return p, true
	}
	return r.operand()
}

// saying reads "tako, da se glasi" and "ki se glasi".
func (r *reader) saying() (*phrase, bool) {
	k := 0
	for _, w := range []string{",", "tako", ",", "ki", "da", "in", "se"} {
		if r.low(k) == w {
			k++
		}
	}
	if w := r.low(k); k > 0 && (w == "glasi" || w == "glasita" || w == "glasijo") {
		r.i += k + 1
		if r.low(0) == ":" {
			r.i++
		}
		return &phrase{what: isSaying}, true
	}
	return nil, false
}

func (r *reader) atEnd() (*phrase, bool) {
	if n := map[string]int{"dveh": 2, "obeh": 2, "treh": 3, "štirih": 4, "petih": 5}[r.low(1)]; n > 0 && r.low(2) == "mestih" {
		r.i += 3
		return &phrase{what: isAll, times: n}, true
	}
	if r.low(1) != "koncu" {
		return nil, false
	}
	r.i += 2
	p := &phrase{what: isAtEnd}
	if wholeActs[r.low(0)] {
		r.i++
		p.stretch = true
		return p, true
	}
	if r.low(0) == "besedila" {
		r.i++ // of what the sentence is about anyway
		return p, true
	}
	if r.low(0) == "stavka" {
		r.i++
		p.step, p.forms, p.ref = true, ^lawcite.Forms(0), lawcite.Ref{Steps: []lawcite.Step{{Unit: lawcite.Sentence}}}
		return p, true
	}
	if q, ok := r.unit(); ok {
		if !q.forms.Has(lawcite.Genitive) || q.fresh {
			return nil, false
		}
		q.what = isAtEnd
		return q, true
	}
	return p, true
}

func (r *reader) in() (*phrase, bool) {
	if act := r.actName(); act != "" {
		return &phrase{what: isIn, act: act}, true
	}
	p, ok := r.unit()
	if !ok || !p.forms.Has(lawcite.Locative) || p.fresh {
		return nil, false
	}
	p.what = isIn
	return p, true
}

func (r *reader) beside(side role) (*phrase, bool) {
	p, ok := r.operand()
	if !ok || p.fresh || !p.forms.Has(lawcite.Instrumental) && !p.forms.Has(lawcite.Accusative) {
		return nil, false
	}
	p.what, p.place = isBeside, amend.After
	if side == before {
		p.place = amend.Before
	}
	return p, true
}

// operand reads a quoted text with its noun, a sign, or a unit.
func (r *reader) operand() (*phrase, bool) {
	if r.i >= len(r.toks) {
		return nil, false
	}
	w := r.low(0)
	if f := anyForm(textNouns, w); f != 0 && r.i+1 < len(r.toks) && r.toks[r.i+1].Sort == lawcite.Quoted {
		p := &phrase{what: isText, text: r.toks[r.i+1].Text, isText: true, forms: f}
		r.i += 2
		return p, true
	}
	if sign, f := readSign(w); sign != "" {
		r.i++
		return &phrase{what: isText, text: sign, isText: true, forms: f}, true
	}
	return r.unit()
}

// unit reads a unit with what belongs to it: "dosedanji tretji odstavek, ki
// postane četrti odstavek", "naslov pred 5. členom", "besedilo 83. člena".
func (r *reader) unit() (*phrase, bool) {
	p := &phrase{what: isUnit}
	for words[r.low(0)] == fresh || words[r.low(0)] == former {
		p.fresh, p.former = p.fresh || words[r.low(0)] == fresh, p.former || words[r.low(0)] == former
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
		ok = r.plainUnit(p)
	}
	if !ok {
		return nil, false
	}
	p.step = true
	p.act = r.ofAct()
	return p, r.relative(p)
}

// plainUnit reads a reference; a noun alone names what the sentence is about,
// or a new unit.
func (r *reader) plainUnit(p *phrase) bool {
	if f, end := lawcite.Phrase(r.toks, r.i); end > r.i {
		for _, s := range f.Steps {
			if s.Relation != "" {
				return false
			}
		}
		p.ref, p.forms, r.i = f.Ref, f.Forms, end
		return true
	}
	u, f := lawcite.ReadUnit(r.low(0))
	if u == "" {
		return false
	}
	p.ref, p.forms = lawcite.Ref{Steps: []lawcite.Step{{Unit: u}}}, f
	r.i++
	return !p.former
}

func (r *reader) headingUnit(p *phrase) bool {
	p.forms = heading.Read(r.low(0))
	r.i++
	if words[r.low(0)] == before {
		r.i++
	}
	p.ref = lawcite.Ref{Steps: []lawcite.Step{{Unit: lawcite.Heading}}}
	if f, end := lawcite.Phrase(r.toks, r.i); end > r.i {
		r.i = end
		last := f.Steps[len(f.Steps)-1]
		if len(f.Steps) != 1 || last.Unit != lawtext.Article || last.Relation != "" {
			return false
		}
		p.ref.Steps = append(f.Steps, p.ref.Steps...)
	} else if w := r.low(0); w == "člena" || w == "členom" {
		r.i++
	}
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
	if wholeActs[r.low(0)] && (words[r.low(1)] == filler || r.low(1) == "") {
		p.stretch = true
		r.i++
		return true
	}
	return false
}

// wholeActs are the genitives of what a whole act is called.
var wholeActs = map[string]bool{"zakona": true, "zakonika": true, "pravilnika": true, "uredbe": true, "odloka": true, "odredbe": true,
	"sklepa": true, "statuta": true, "navodila": true, "poslovnika": true, "resolucije": true, "akta": true}

// ofAct reads the act after a unit: "4. člena Zakona o …", "4. člena zakona".
func (r *reader) ofAct() string {
	if w := r.low(0); r.i < len(r.toks) && r.toks[r.i].Text == w && act.Read(w).Has(lawcite.Genitive) {
		r.i++
		return ""
	}
	return r.actName()
}

// actName reads the name of an act up to its gazettes, or up to "se".
func (r *reader) actName() string {
	if r.i >= len(r.toks) || !beginsAct(r.toks[r.i].Text) && (!startsUpper(r.toks[r.i].Text) || act.Read(r.low(1)) == 0) {
		return ""
	}
	end := -1
	for k := r.i; k < len(r.toks) && end < 0; k++ {
		if t := r.toks[k]; t.Sort == lawcite.Paren && (strings.HasPrefix(t.Text, "Uradni list") || strings.HasPrefix(t.Text, "Ur. l")) {
			end = k + 1
		} else if t.Sort == lawcite.Quoted {
			break
		}
	}
	named := end - 1
	for k := r.i; k < len(r.toks) && end < 0; k++ {
		if r.toks[k].Low() == "se" {
			end, named = k, k
		}
	}
	if end < 0 {
		return ""
	}
	var w []string
	for _, t := range r.toks[r.i:named] {
		w = append(w, t.Text)
	}
	r.i = end
	for r.i < len(r.toks) && r.toks[r.i].Sort == lawcite.Paren {
		r.i++
	}
	return strings.Join(w, " ")
}

// relative reads ", ki postane četrti odstavek," and ", ki se označi kot prvi
// odstavek,". It reports false for any other clause.
func (r *reader) relative(p *phrase) bool {
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
	case verbs[w].verb == "postane", w == "označi" && r.low(k+1) == "kot":
		p.wraps = w == "označi" || p.bodyOf
		if w == "označi" {
			k++
		}
		f, end := lawcite.Phrase(r.toks, r.i+k+1)
		if end == r.i+k+1 || len(f.Steps) != 1 || !f.Forms.Has(lawcite.Nominative) {
			return false
		}
		p.becomes, r.i = &f.Steps[0], end
		if r.low(0) == "," {
			r.i++
		}
		return true
	}
	return false
}

// names reports whether a unit stands in the nominative, in the singular as the
// noun of any number does, or in agreement with its numbers.
func (p phrase) names() bool {
	return p.forms.Is(lawcite.Nominative, lawcite.Singular) || p.forms.Is(lawcite.Nominative, lawcite.Count(p.count()-1))
}

// count is the number of units that a verb must agree with, 3 for more.
func (p phrase) count() int {
	n := 0
	if p.stretch {
		return 1
	}
	if len(p.ref.Steps) > 0 {
		for _, num := range p.ref.Steps[len(p.ref.Steps)-1].Numbers {
			if n++; num.To != "" {
				n = 3
			}
		}
		return max(1, n)
	}
	for k := lawcite.Singular; p.isText && p.forms != ^lawcite.Forms(0) && k <= lawcite.Plural && n == 0; k++ {
		if p.forms.Is(lawcite.Nominative, k) {
			n = int(k) + 1
		}
	}
	return max(1, n)
}

func trimEnd(toks []lawcite.Token) []lawcite.Token {
	for len(toks) > 0 && slices.Contains([]string{".", ":", ";", ","}, toks[len(toks)-1].Text) {
		toks = toks[:len(toks)-1]
	}
	return toks
}
