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
	isUsing          // z besedo »x«, z novim 5. členom
	isInstead        // namesto pike
	isVerb
	isSaying // tako, da se glasi; ki se glasi
	isSo     // tako, da se: an instruction follows
	isAll    // povsod
	isForms  // v vseh sklonih; v ustreznem sklonu
	isQuote  // the text itself, after isSaying
)

// A phrase is a constituent of a sentence.
type phrase struct {
	what    what
	token   lawcite.Token // the first, for its place
	act     string        // named with it
	cited   string        // its gazettes
	ref     lawcite.Ref   // empty if it names no unit
	step    bool          // a unit is named
	whole   bool          // the whole act: v vseh določbah zakona
	bodyOf  bool          // the text of the unit, not the unit
	text    string
	isText  bool // text is given, which may be empty in a quotation
	place   amend.Place
	fresh   bool
	former  bool
	gone    bool          // črtana
	becomes *lawcite.Step // ki postane …
	wraps   bool          // ki se označi kot …
	mends   [2]string     // na koncu katere se pika nadomesti s podpičjem
	annexed bool          // ki je sestavni del te uredbe
	manual  bool          // forms with a condition that words do not tell
	alone   bool          // se glasi, without a verb
	same    bool          // istega člena
	under   bool          // pod d): within the point before
	slip    bool          // virtual separator
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
	if r.i+k < len(r.toks) && r.i+k >= 0 {
		return r.toks[r.i+k].Low()
	}
	return ""
}

// sort is the sort of a token, Broken past the end.
func (r *reader) sort(k int) lawcite.Sort {
	if r.i+k < len(r.toks) {
		return r.toks[r.i+k].Sort
	}
	return lawcite.Broken
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
			return nil, &amend.Refusal{Reason: reason, Words: r.around(was), Span: lawtext.Span{Start: t.Start, End: t.End}}
		}
		if p != nil {
			p.token = r.toks[was]
			r.out = append(r.out, *p)
			if p.isText && strings.HasSuffix(strings.TrimSpace(p.text), ",") {
				// A comma within the quotation may part clauses as well.
				r.out = append(r.out, phrase{what: isSeparator, slip: true, token: r.toks[was]})
			}
		}
	}
	return r.out, nil
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
		if p, ok := r.slippedIn(); ok {
			return p, true
		}
		return nil, true
	case separator:
		r.i++
		if p, ok := r.condition(); ok {
			return p, true
		}
		return &phrase{what: isSeparator, pa: t.Low() == "pa"}, true
	case everywhere:
		r.i++
		return &phrase{what: isAll}, true
	case verb:
		return r.readVerb()
	case onKoncu:
		return r.atEnd()
	case inside:
		r.i++
		return r.in(t.Low() == "pod")
	case after, before:
		r.i++
		return r.beside(words[t.Low()])
	case using:
		if w := r.low(1); r.i == 0 && (w == "tem" || w == "to") && kindForms(r.low(2)).Has(lawcite.Instrumental) {
			r.i += 3 // "s tem odlokom se": as any amending act does
			return nil, true
		}
		r.i++
		return r.using()
	case insteadOf:
		r.i++
		p, ok := r.operand()
		if !ok || p.what != isText || !p.forms.Has(lawcite.Genitive) {
			return nil, false
		}
		p.what = isInstead
		return p, true
	}
	return r.operand()
}

// readVerb reads a verb, and two that are said as one: "spremeni in dopolni",
// "preneha veljati".
func (r *reader) readVerb() (*phrase, bool) {
	v := verbs[r.low(0)]
	r.i++
	switch {
	case v.verb == "spremeni" && (r.low(0) == "in" || r.low(0) == "ter") && verbs[r.low(1)] == verbForm{"dopolni", v.count}:
		r.i += 2
	case v.verb == "označi":
		if r.low(0) != "kot" {
			return nil, false
		}
		r.i++
		v.verb = "postane"
	case v.verb == "preneha" && strings.HasPrefix(r.low(-1), "preneha"):
		if r.low(0) != "veljati" {
			return nil, false
		}
		r.i++
	}
	return &phrase{what: isVerb, verb: v}, true
}

// saying reads "tako, da se glasi", "ki se glasi" and "kot sledi", and "tako, da
// se", which an instruction follows.
func (r *reader) saying() (*phrase, bool) {
	if r.low(0) == "kot" && r.low(1) == "sledi" {
		r.i += 2
		r.skip(":")
		return &phrase{what: isSaying}, true
	}
	k, so, joined := 0, false, false
	for _, w := range []string{",", "tako", ",", "ki", "da", "in", "se", "po", "novem"} {
		if r.low(k) == w {
			so, joined = so || w == "da", joined || w != "po" && w != "novem" && w != "se"
			k++
		}
	}
	if w := r.low(k); w == "glasi" || w == "glasita" || w == "glasijo" {
		if !joined && r.low(-1) != "se" && r.low(0) != "se" {
			return nil, false
		}
		p := &phrase{what: isSaying, alone: !joined}
		r.i += k + 1
		r.skip(":")
		return p, true
	}
	if so && r.low(k-1) == "se" {
		r.i += k
		return &phrase{what: isSo}, true
	}
	return nil, false
}

// skip passes over a sign if it stands there.
func (r *reader) skip(sign string) {
	if r.low(0) == sign {
		r.i++
	}
}

// slippedIn reads "prvem odstavku" after "se" where the preposition is missing,
// as happens. No other case has this form.
func (r *reader) slippedIn() (*phrase, bool) {
	if r.sort(0) != lawcite.Word || !strings.HasSuffix(r.low(0), "em") {
		return nil, false
	}
	was := r.i
	p, ok := r.unit()
	if !ok || !p.forms.Has(lawcite.Locative) || p.fresh || p.forms.Has(lawcite.Nominative) {
		r.i = was
		return nil, false
	}
	p.what = isIn
	return p, true
}

func (r *reader) atEnd() (*phrase, bool) {
	if n := map[string]int{"dveh": 2, "obeh": 2, "treh": 3, "štirih": 4, "petih": 5}[r.low(1)]; n > 0 && r.low(2) == "mestih" {
		r.i += 3
		return &phrase{what: isAll, times: n}, true
	}
	if r.low(1) == "vseh" && r.low(2) == "mestih" {
		r.i += 3
		return &phrase{what: isAll}, true
	}
	if r.low(1) != "koncu" {
		return nil, false
	}
	r.i += 2
	p := &phrase{what: isAtEnd}
	if r.wholeAct() {
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

// in reads what stands after "v", and after "pod": "pod d)".
func (r *reader) in(under bool) (*phrase, bool) {
	if r.sort(0) == lawcite.Label && under {
		p := &phrase{what: isIn, step: true, under: true, ref: lawcite.Ref{Steps: []lawcite.Step{{Unit: lawtext.Point, Numbers: []lawcite.Range{{From: r.toks[r.i].Text}}, Label: true}}}}
		r.i++
		return p, true
	}
	if under {
		p, ok := r.unit()
		if !ok || p.fresh || !p.forms.Has(lawcite.Instrumental) || len(p.ref.Steps) != 1 || p.ref.Steps[0].Unit != lawtext.Point {
			return nil, false
		}
		p.what, p.under = isIn, true
		return p, true
	}
	if p, ok := r.inForms(); ok {
		return p, true
	}
	if p, ok := r.everywhereInAct(); ok {
		return p, true
	}
	if act, cited := r.actName(); act != "" {
		return &phrase{what: isIn, act: act, cited: cited}, true
	}
	from := r.i
	p, ok := r.unit()
	if !ok || p.fresh || !p.forms.Has(lawcite.Locative) && !r.slipOfCase(p, from) {
		return nil, false
	}
	p.what = isIn
	return p, true
}

// slipOfCase reports whether a unit after "v" was meant in the locative: "v
// šestem odstavka", "v 4. člen".
func (r *reader) slipOfCase(p *phrase, from int) bool {
	first := r.toks[from]
	return first.Sort == lawcite.Word && strings.HasSuffix(first.Low(), "em") && p.forms.Has(lawcite.Genitive) && len(p.ref.Steps) == 2 ||
		first.Sort == lawcite.Number && p.forms.Is(lawcite.Accusative, lawcite.Singular) && len(p.ref.Steps) == 1 && p.ref.Steps[0].Unit == lawtext.Article
}

// inForms reads "vseh sklonih in številih" and "ustreznem sklonu".
func (r *reader) inForms() (*phrase, bool) {
	k := 0
	for {
		switch r.low(k) {
		case "vseh", "različnih", "ustreznem", "ustreznih", "ustrezni", "odgovarjajočem", "istem", "enakem", "in", "ter", "oziroma", ",":
			k++
			continue
		case "sklonu", "sklonih", "številu", "številih", "spolu", "spolih", "obliki", "oblikah":
			k++
			if next := r.low(k); (next == "in" || next == "ter" || next == "oziroma" || next == ",") && formWord(r.low(k+1), r.low(k+2)) {
				continue
			}
			r.i += k
			return &phrase{what: isForms}, true
		}
		return nil, false
	}
}

// formWord reports whether a list of grammatical forms goes on.
func formWord(a, b string) bool {
	noun := func(w string) bool {
		return w == "sklonu" || w == "sklonih" || w == "številu" || w == "številih" || w == "spolu" || w == "spolih"
	}
	return noun(a) || strings.HasPrefix(a, "ustrezn") && noun(b)
}

// condition reads what a cascade may hang on, after its comma, and no grammar
// tells: ", vse v ustreznih sklonih, številih in sklicu na vrsto omrežja".
func (r *reader) condition() (*phrase, bool) {
	if r.low(-1) != "," || r.low(0) != "vse" || r.low(1) != "v" || !strings.HasPrefix(r.low(2), "ustrezn") {
		return nil, false
	}
	was := r.i
	r.i += 2
	if _, ok := r.inForms(); ok && r.i == len(r.toks) {
		return &phrase{what: isForms}, true
	}
	r.i = len(r.toks)
	return &phrase{what: isForms, manual: true, text: r.toks[was].Text}, true
}

// everywhereInAct reads "vseh določbah zakona" and "celotnem besedilu tega
// zakona".
func (r *reader) everywhereInAct() (*phrase, bool) {
	k := 0
	switch a, b := r.low(0), r.low(1); {
	case kindForms(a).Has(lawcite.Locative) && startsLower(r.toks[r.i].Text) && r.sort(1) == lawcite.Word && !r.smallAct():
		if r.i++; strings.HasPrefix(b, "uporabljen") {
			r.i++
		}
		return &phrase{what: isIn, whole: true}, true
	case (a == "vseh" || a == "ostalih") && (b == "določbah" || b == "členih" || b == "delih"), a == "celotnem" && b == "besedilu":
		k = 2
	case a == "celotnem" && kindForms(b).Has(lawcite.Locative):
		r.i += 2
		return &phrase{what: isIn, whole: true}, true
	case a == "besedilu" && kindForms(b).Has(lawcite.Genitive) && r.sort(2) != lawcite.Quoted:
		k = 1
	default:
		return nil, false
	}
	if a := r.low(0); a == "ostalih" {
		return nil, false // which these are, only the sentences before say
	}
	if r.low(k) == "tega" || r.low(k) == "te" {
		k++
	}
	if kindForms(r.low(k)).Has(lawcite.Genitive) && startsLower(r.toks[r.i+k].Text) {
		k++
	}
	r.i += k
	p := &phrase{what: isIn, whole: true}
	p.act, p.cited = r.actName()
	return p, true
}

// kindForms tells which forms of a noun for acts a word may be.
func kindForms(w string) lawcite.Forms { return anyForm(kinds, w) }

func startsLower(s string) bool { return s != "" && !startsUpper(s) }

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

// using reads what stands after "z": a text, or the unit that comes instead.
func (r *reader) using() (*phrase, bool) {
	if w := r.low(0); strings.HasPrefix(w, "naslednj") {
		r.i++
		p := &phrase{what: isUsing, step: true, fresh: true}
		if body.Read(r.low(0)).Has(lawcite.Instrumental) && r.sort(1) != lawcite.Quoted {
			r.i++
		}
		return p, w == "naslednjim"
	}
	if words[r.low(0)] == fresh && r.low(1) == "," && r.low(2) == "ki" { // "z novim, ki se glasi"
		r.i++
		return &phrase{what: isUsing, step: true, fresh: true}, true
	}
	p, ok := r.operand()
	if !ok || !p.forms.Has(lawcite.Instrumental) || p.what == isUnit && !p.fresh {
		return nil, false
	}
	p.what = isUsing
	return p, true
}

// operand reads a quoted text with its noun, a sign, or a unit.
func (r *reader) operand() (*phrase, bool) {
	if r.i >= len(r.toks) {
		return nil, false
	}
	if t := r.toks[r.i]; t.Sort == lawcite.Quoted {
		r.i++
		return &phrase{what: isText, text: t.Text, isText: true, forms: ^lawcite.Forms(0)}, true
	}
	k := 0
	if isAdjective(r.low(0)) && anyForm(textNouns, r.low(1)) != 0 {
		k = 1
	}
	if f := anyForm(textNouns, r.low(k)); f != 0 && r.i+k+1 < len(r.toks) {
		t := r.toks[r.i+k+1]
		if t.Sort == lawcite.Quoted || t.Sort == lawcite.Number && k == 0 && isNumeral(r.low(0)) && (!t.Dot || r.i+2 == len(r.toks)) {
			r.i += k + 2
			return &phrase{what: isText, text: t.Text, isText: true, forms: f}, true
		}
	}
	if sign, f := readSign(r.low(0)); sign != "" {
		r.i++
		return &phrase{what: isText, text: sign, isText: true, forms: f}, true
	}
	return r.unit()
}

// isNumeral reports whether a noun may have its number without quotation marks:
// "število 20".
func isNumeral(w string) bool {
	return strings.HasPrefix(w, "števil") || strings.HasPrefix(w, "znesk")
}

// bare reports whether a phrase is a quotation without a noun, which takes the
// part of the one before it.
func (p phrase) bare() bool { return p.isText && p.forms == ^lawcite.Forms(0) }

// instrumental reports whether a text can only be an anchor or a substitute.
func (p phrase) instrumental() bool {
	return !p.forms.Has(lawcite.Nominative) && p.forms.Has(lawcite.Instrumental)
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
		for k := lawcite.Singular; n == 0 && k <= lawcite.Plural && p.ref.Steps[len(p.ref.Steps)-1].Named == ""; k++ { // "novi alineji"
			if p.forms.Is(lawcite.Nominative, k) {
				n = int(k) + 1
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
