package czechoslovak

import (
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

func itoa(n int) string { return strconv.Itoa(n) }

// A role is what a phrase is for.
type role int

const (
	isIn     role = iota // v § 3 ods. 1: where
	isBehind             // za odsek 1, za slová „x“
	isBefore             // pred bod 2, pred slovo „x“
	isAbove              // nad slovo „x“
	isEnd                // na konci [textu] [odseku 3]
	isStart              // na začiatku
	isUnit               // odsek 1: what is changed, or comes
	isWords              // slová „x“, bodka
	isText               // doterajší text § 3
	isAs                 // ako odsek 2
	isNotes              // poznámka pod čiarou k odkazu 3
	isMark               // odkaz 3: the mark of a footnote
	isNumber             // označenie odseku 1, číslovanie odsekov
	isWith               // vrátane nadpisu a poznámky pod čiarou k odkazu 3
	isQuote              // a quotation that belongs to what was said before it
	isVerb
	isWhich   // ktorý
	isSep     // a comma or a conjunction
	isAll     // v celom texte zákona
	isForms   // vo všetkých tvaroch
	isEvery   // všade, vždy
	isBracket // v zátvorke
	isAct     // vyhláška sa dopĺňa
	isOver    // nad poradové číslo tohto paragrafu
)

// A phrase is a few words of an instruction that belong together.
type phrase struct {
	heads   []lawcite.Ref // the provisions whose headings are meant
	every   bool          // in the whole text of a provision
	role    role
	from    int // the token it begins with
	kase    kase
	refs    []lawcite.Ref
	quotes  []string // of words
	verb    verb
	old     bool          // dosavadní
	fresh   bool          // nový
	heading bool          // with a heading
	text    bool          // na konci textu: before the sign that ends it
	above   bool          // the heading above an article
	under   bool          // under the heading of a division
	over    []lawcite.Ref // articles of which the heading above them is meant
	words   bool          // the words in parentheses
	that    bool          // behind what the clause before has made: za ktorý
	marks   bool          // with the marks of footnotes in the text
	plural  bool          // of a verb
	bare    bool          // no quotation: a noun for a sign, or a noun alone
}

// A reader reads the phrases of one sentence.
type reader struct {
	fresh   bool // "nový" was read last
	lex     *lexicon
	toks    []token
	i       int
	annexed bool // an annex was named, in which places have names
	whole   bool // the whole text of a provision was named last
}

func (r *reader) low(i int) string {
	if i < 0 || i >= len(r.toks) || r.toks[i].sort != word && r.toks[i].text != "§" {
		return ""
	}
	if r.toks[i].text == "I" {
		return "I" // a number, no conjunction
	}
	return r.toks[i].low()
}

func (r *reader) is(i int, list []string) bool { return oneOf(r.low(i), list) }

func (r *reader) sign(i int, s string) bool {
	return i < len(r.toks) && r.toks[i].sort == sign && r.toks[i].text == s
}

// phrases reads a whole sentence, or says what it stumbles on.
func (l *lexicon) phrases(toks []token) ([]phrase, *amend.Refusal) {
	r := &reader{lex: l, toks: toks}
	var out []phrase
	if t := toks[len(toks)-1]; t.sort == broken && l.ofAnnex(toks) {
		r.toks = toks[:len(toks)-1]
	} else if t.sort == broken {
		return nil, &amend.Refusal{Reason: amend.BadPayload, Words: first(t.text), Span: lawtext.Span{Start: t.start, End: t.end}}
	}
	if self := r.unmoved(); self >= 0 {
		t := toks[self]
		return nil, &amend.Refusal{Reason: amend.NoPattern, Words: t.text, Span: lawtext.Span{Start: t.start, End: t.end}}
	}
	for r.i < len(r.toks) {
		at := r.i
		p, ok := r.phrase()
		if r.i == at {
			return nil, &amend.Refusal{Reason: amend.UnknownWord, Words: toks[at].text, Span: lawtext.Span{Start: toks[at].start, End: toks[at].end}}
		}
		if ok {
			p.from = at
			out = append(out, p)
		}
	}
	return out, nil
}

// unmoved finds a reflexive "sa" that has no verb: each of them has one.
func (r *reader) unmoved() int {
	free := 0
	last := -1
	for i := range r.toks {
		if w := r.low(i); w == "sa" || w == "se" {
			free, last = free+1, i
		}
		for _, forms := range r.lex.verbs {
			if r.is(i, forms) {
				free = max(free-1, -8)
			}
		}
	}
	if free > 0 {
		return last
	}
	return -1
}

// ofAnnex reports whether a sentence is about an annex, "príloha č. 2 znie:",
// of which the quotation has lost its end with a table or a form.
func (l *lexicon) ofAnnex(toks []token) bool {
	n := len(toks)
	if n < 3 || toks[n-2].text != ":" || !oneOf(toks[n-3].low(), l.verbs[reads]) {
		return false
	}
	for _, u := range l.units {
		if u.unit == lawtext.Annex && (u.read(toks[0].low()) != 0 || u.read(toks[1].low()) != 0) {
			return true
		}
	}
	return false
}

// phrase reads the next phrase. It reports false for words that say nothing
// more, and stands still at what it does not know.
func (r *reader) phrase() (phrase, bool) {
	l, t := r.lex, r.toks[r.i]
	w := r.low(r.i)
	switch {
	case t.sort == quoted:
		r.i++
		return phrase{role: isQuote, quotes: []string{t.text}}, true
	case r.sign(r.i, ","), r.sign(r.i, ";"), r.is(r.i, l.and):
		for r.i++; r.sign(r.i, ",") || r.is(r.i, l.and); r.i++ {
		}
		return phrase{role: isSep}, true
	case r.sign(r.i, ":"), r.sign(r.i, "."):
		r.i++
		return phrase{}, false
	case t.sort == sign && t.text == "§", t.sort == word:
	default:
		return phrase{}, false
	}
	for v, forms := range l.verbs {
		if oneOf(w, forms) {
			r.i++
			return phrase{role: isVerb, verb: v, plural: strings.HasSuffix(w, "jú") || strings.HasSuffix(w, "jí")}, true
		}
	}
	at := r.i
	for _, read := range [...]func() (phrase, bool){r.allForms, r.allText, r.theAct, r.clausePart, r.atEnd, r.beside, r.asWhat, r.which, r.including, r.every, r.subject} {
		if p, ok := read(); ok {
			return p, true
		}
		r.i = at
	}
	if r.is(r.i, l.skip) {
		r.i++
	}
	return phrase{}, false
}

// allForms reads "vo všetkých tvaroch", "v príslušnom tvare".
func (r *reader) allForms() (phrase, bool) {
	if !r.is(r.i, r.lex.in) {
		return phrase{}, false
	}
	for k := r.i + 1; k < r.i+5; k++ {
		if r.is(k, r.lex.forms) {
			r.i = k + 1
			return phrase{role: isForms}, true
		}
		if r.low(k) == "" {
			break
		}
	}
	return phrase{}, false
}

// allText reads "v celom texte zákona" and "ve všech ustanoveních vyhlášky".
func (r *reader) allText() (phrase, bool) {
	k := r.i
	if !r.is(k, r.lex.in) {
		return phrase{}, false
	}
	k++
	if w := r.low(k); !strings.HasPrefix(w, "cel") && !strings.HasPrefix(w, "všetk") && !strings.HasPrefix(w, "vše") && !strings.HasPrefix(w, "ďalš") && !strings.HasPrefix(w, "dalš") {
		return phrase{}, false
	}
	k++
	if w := r.low(k); strings.HasPrefix(w, "text") || strings.HasPrefix(w, "ustanoven") || strings.HasPrefix(w, "znen") || strings.HasPrefix(w, "právn") {
		k++
	}
	if w := r.low(k); strings.HasSuffix(w, "ho") && w != "tohto" { // trestního zákona
		k++
	}
	for _, n := range r.lex.whole {
		if n.read(r.low(k)) != 0 {
			r.i = k + 1
			return phrase{role: isAll}, true
		}
	}
	return phrase{}, false
}

// atEnd reads "na konci", "na konci textu odstavce 3", "na začiatku odseku 2".
func (r *reader) atEnd() (phrase, bool) {
	if r.low(r.i) != "na" {
		return phrase{}, false
	}
	p := phrase{role: isEnd}
	switch {
	case r.is(r.i+1, r.lex.end):
	case r.is(r.i+1, r.lex.start):
		p.role = isStart
	default:
		return p, false
	}
	r.i += 2
	if w := r.low(r.i); w == "textu" {
		p.text = true
		r.i++
	}
	at := r.i
	if q, ok := r.footnotes(gen); ok { // na konci poznámky pod čarou č. 2
		p.refs = q.refs
		return p, true
	}
	r.i = at
	if steps, k := r.chain(gen); len(steps) > 0 && k&gen != 0 {
		p.refs = []lawcite.Ref{{Steps: steps}}
	} else {
		r.i = at
	}
	return p, true
}

// theAct reads "zákon sa dopĺňa": the act as a whole.
func (r *reader) theAct() (phrase, bool) {
	if r.noun(r.lex.whole, r.i)&nom == 0 || r.quoteFollows(r.i+1) {
		return phrase{}, false
	}
	if r.i++; r.low(r.i) == "vlády" {
		r.i++
	}
	return phrase{role: isAct}, r.low(r.i) == "sa" || r.low(r.i) == "se"
}

// clausePart reads what stands behind a semicolon or in parentheses: "časť vety
// za bodkočiarkou", "větě za středníkem", "slová v zátvorke".
func (r *reader) clausePart() (phrase, bool) {
	p := phrase{role: isUnit, kase: nom}
	at := r.i
	if r.is(r.i, r.lex.in) {
		p.role, p.kase = isIn, 0
		r.i++
	}
	ord := r.lex.ordinal(r.low(r.i))
	if ord == lawcite.Last {
		r.i++
	} else {
		ord = ""
	}
	step := lawcite.Step{Unit: amend.Clause}
	var sentence lawcite.Step
	switch w := r.low(r.i); {
	case r.noun(r.lex.words[:1], r.i)&nom != 0 && p.role == isUnit: // slová [uvedené] v zátvorke
		if r.i++; strings.HasPrefix(r.low(r.i), "uveden") {
			r.i++
		}
		if !r.is(r.i, r.lex.in) || r.noun(r.lex.bracket, r.i+1)&loc == 0 {
			r.i = at
			return p, false
		}
		if r.i += 2; r.quoteFollows(r.i) {
			r.i = at
			return p, false
		}
		p.refs = []lawcite.Ref{{Steps: []lawcite.Step{{Unit: amend.Bracket}}}}
		p.words = true
		return p, true
	case strings.HasPrefix(w, "čast") || strings.HasPrefix(w, "část") || w == "časť":
		r.i++
		fallthrough
	default:
		s, k, ok := r.step(gen | loc)
		if !ok || k == 0 || s.Unit != lawcite.Sentence || len(s.Numbers) > 1 {
			r.i = at
			return p, false
		}
		sentence = s
	}
	if w := r.low(r.i - 1); strings.HasSuffix(w, "ým") || strings.HasSuffix(w, "ím") || !r.is(r.i, r.lex.behind) {
		r.i = at
		return p, false
	}
	r.i++
	if n := r.lex.ordinal(r.low(r.i)); n != "" && n[0] != '-' {
		step.Numbers = []lawcite.Range{{From: n}}
		r.i++
	}
	semicolon := false
	for _, s := range r.lex.signs {
		semicolon = semicolon || s.sign == ";" && s.read(r.low(r.i))&ins != 0
	}
	if !semicolon {
		r.i = at
		return p, false
	}
	r.i++
	steps := []lawcite.Step{step}
	if len(sentence.Numbers) == 1 {
		steps = []lawcite.Step{sentence, step}
	}
	p.refs = []lawcite.Ref{{Steps: steps}}
	return p, true
}

// beside reads a preposition with what follows it: "v § 3 ods. 1", "za slová
// „x“", "za odsek 1".
func (r *reader) beside() (phrase, bool) {
	p, of := phrase{}, nom|ins
	switch l := r.lex; {
	case r.is(r.i, l.in):
		p.role, of = isIn, loc
	case r.is(r.i, l.behind):
		p.role = isBehind
	case r.is(r.i, l.before):
		p.role = isBefore
	case r.is(r.i, l.above) && r.ordinalNumber(r.i+1): // nad poradové číslo tohto paragrafu
		p.role = isOver
		if r.i += 3; strings.HasPrefix(r.low(r.i), "toh") && strings.HasPrefix(r.low(r.i+1), "paragraf") {
			r.i += 2
			return p, true
		}
		return p, false
	case r.is(r.i, l.above):
		p.role = isAbove
	case r.is(r.i, l.under) && of != 0: // pod nadpis oddielu V
		r.i++
		q, ok := r.headingOf(nom)
		return phrase{role: isBehind, refs: q.refs, under: true}, ok && len(q.refs) == 1 && len(q.refs[0].Steps) > 1
	default:
		return p, false
	}
	r.i++
	if p.role == isBehind && r.is(r.i, r.lex.relative) { // za ktorý sa vkladá
		r.i++
		return phrase{role: isBehind, that: true}, true
	}
	for stems(r.low(r.i), r.lex.old) || stems(r.low(r.i), r.lex.fresh) || r.is(r.i, r.lex.skip) {
		p.old = p.old || stems(r.low(r.i), r.lex.old)
		r.i++
	}
	if p.role != isIn {
		if q, ok := r.words(of); ok && !q.bare {
			p.quotes = q.quotes
			return p, true
		}
	}
	if p.role == isIn {
		r.wholeTextOf()
		at := r.i
		if q, ok := r.footnotes(loc); ok {
			p.refs = q.refs
			return p, true
		}
		r.i = at
		if w := r.low(r.i); strings.HasPrefix(w, "závorc") || strings.HasPrefix(w, "zátvork") {
			r.i++
			return phrase{role: isBracket}, true
		}
		if q, ok := r.headingOf(loc); ok {
			p.refs, p.above = q.refs, q.above
			if !p.above {
				p.refs = r.moreAfterHeading(p.refs)
			}
			return p, true
		}
		r.i = at
	}
	every := r.whole
	refs, k := r.addresses(of)
	p.refs, p.every = refs, every || r.whole
	return p, len(refs) > 0 && k&of != 0
}

// wholeTextOf skips "celom texte" of "v celom texte § 11", "v § 6 celom texte".
func (r *reader) wholeTextOf() {
	r.whole = false
	if w := r.low(r.i); (strings.HasPrefix(w, "celom") || strings.HasPrefix(w, "celém")) && strings.HasPrefix(r.low(r.i+1), "text") {
		r.i += 2
		r.whole = true
	}
}

// moreAfterHeading reads on after the heading of a list of places: "v nadpise, § 1
// a v § 3". A heading of nothing before the whole text of an article is its own.
func (r *reader) moreAfterHeading(refs []lawcite.Ref) []lawcite.Ref {
	at := r.i
	for r.sign(r.i, ",") || r.is(r.i, r.lex.and) || r.is(r.i, r.lex.in) {
		r.i++
	}
	here := r.i
	if here == at {
		return refs
	}
	r.wholeTextOf()
	whole := r.i > here
	if q, ok := r.headingOf(loc); ok && !q.above { // v názvu vyhlášky, nadpisu § 2
		return append(refs, r.moreAfterHeading(q.refs)...)
	}
	more, k := r.addresses(loc)
	if len(more) == 0 || k&loc == 0 || depth(more[0].Steps[0].Unit) > depth(lawtext.Article) {
		r.i = at
		return refs
	}
	if s := refs[0].Steps; len(s) == 1 && whole && len(more) == 1 {
		refs = []lawcite.Ref{{Steps: append(more[0].Steps[:len(more[0].Steps):len(more[0].Steps)], s...)}}
	}
	return append(refs, more...)
}

// asWhat reads "ako odsek 2".
func (r *reader) asWhat() (phrase, bool) {
	if !r.is(r.i, r.lex.as) {
		return phrase{}, false
	}
	r.i++
	at := r.i
	if q, ok := r.footnotes(nom); ok {
		return phrase{role: isAs, refs: q.refs}, true
	}
	r.i = at
	refs, _ := r.addresses(nom)
	return phrase{role: isAs, refs: refs}, len(refs) > 0
}

func (r *reader) which() (phrase, bool) {
	if !r.is(r.i, r.lex.relative) {
		return phrase{}, false
	}
	r.i++
	return phrase{role: isWhich}, true
}

func (r *reader) every() (phrase, bool) {
	if !r.is(r.i, r.lex.every) {
		return phrase{}, false
	}
	r.i++
	return phrase{role: isEvery}, true
}

// including reads "vrátane nadpisu a poznámok pod čiarou k odkazom 3 a 4".
func (r *reader) including() (phrase, bool) {
	if !r.is(r.i, r.lex.with) {
		return phrase{}, false
	}
	p := phrase{role: isWith}
	r.i++
	for any := false; ; any = true {
		at := r.i
		if any {
			if !r.sign(r.i, ",") && !r.is(r.i, r.lex.and) {
				return p, true
			}
			r.i++
		}
		for r.is(r.i, r.lex.with) || stems(r.low(r.i), r.lex.fresh) || stems(r.low(r.i), r.lex.old) || strings.HasPrefix(r.low(r.i), "skupinov") {
			r.i++
		}
		if q, ok := r.footnotes(gen); ok {
			p.refs = append(p.refs, q.refs...)
			continue
		}
		if k := r.noun(r.lex.heading, r.i); k&(gen|ins) != 0 {
			p.heading = true
			r.i++
			over := r.is(r.i, r.lex.above)
			if over {
				r.i++
			}
			here := r.i
			refs, _ := r.addresses(gen | ins | nom)
			switch {
			case len(refs) == 0:
				r.i = here
			case over:
				p.over = append(p.over, refs...)
			}
			p.heads = append(p.heads, refs...)
			continue
		}
		if k := r.noun(r.lex.mark, r.i); k&gen != 0 {
			r.i++
			if r.low(r.i) == "na" || r.is(r.i, r.lex.to) { // odkazu na poznámku pod čarou
				r.i++
				for r.is(r.i, r.lex.skip) {
					r.i++
				}
				p.marks = true
				if r.footnotes(nom); r.noun(r.lex.footnote, r.i) != 0 {
					if r.i = r.under(r.i + 1); r.sign(r.i, ".") {
						r.i++
					}
				}
			} else {
				r.i = r.under(r.i)
				r.numbers(footnote)
			}
			continue
		}
		for _, s := range r.lex.signs { // včetně středníku
			if strings.HasPrefix(r.low(r.i), strings.TrimSuffix(strings.Fields(s.nom)[0], "a")) {
				p.quotes = append(p.quotes, s.sign)
			}
		}
		if len(p.quotes) > 0 && !any {
			r.i++
			continue
		}
		r.i = at
		return p, any
	}
}

// subject reads what a clause is about: provisions, quoted words, footnotes.
func (r *reader) subject() (phrase, bool) {
	var p phrase
	for {
		switch w := r.low(r.i); {
		case stems(w, r.lex.old):
			p.old = true
		case stems(w, r.lex.fresh) && r.noun(r.lex.text, r.i) == 0:
			p.fresh = true
		case r.is(r.i, r.lex.skip):
		default:
			goto read
		}
		r.i++
	}
read:
	at := r.i
	old, fresh := p.old, p.fresh
	r.fresh = fresh
	done := func(q phrase, ok bool) (phrase, bool) {
		q.old, q.fresh = q.old || old, q.fresh || fresh
		if !ok {
			r.i = at
		}
		return q, ok
	}
	for _, read := range [...]func() (phrase, bool){
		func() (phrase, bool) { return r.footnotes(nom | ins) },
		r.wholeText, r.numbering,
		func() (phrase, bool) { return r.headingOf(nom | ins) },
		func() (phrase, bool) { return r.words(nom | ins) },
		r.noteMark,
	} {
		if q, ok := done(read()); ok {
			return q, true
		}
	}
	if r.noun(r.lex.heading, r.i)&nom != 0 && r.quoteFollows(r.i+1) && (r.is(r.i+2, r.lex.and) || r.sign(r.i+2, ",")) { // nadpis „x“ a nový § 31a
		p := phrase{role: isUnit, kase: nom, over: []lawcite.Ref{{}}, quotes: []string{r.toks[r.i+1].text}, refs: []lawcite.Ref{{Steps: []lawcite.Step{{Unit: lawcite.Heading}}}}}
		r.i += 2
		return p, true
	}
	if r.annexed {
		if step, k, ok := r.named(); ok && k == nom {
			return done(phrase{role: isUnit, kase: nom, refs: []lawcite.Ref{{Steps: []lawcite.Step{step}}}}, true)
		}
		r.i = at
	}
	refs, k := r.addresses(nom | ins)
	return done(phrase{role: isUnit, refs: refs, kase: k & (nom | ins)}, len(refs) > 0 && k&(nom|ins) != 0)
}

// noun reads a noun of a table at token i.
func (r *reader) noun(table []noun, i int) kase {
	for _, n := range table {
		if k := n.read(r.low(i)); k != 0 {
			return k
		}
	}
	return 0
}

// under skips "pod čiarou k odkazu", "pod čarou č.".
func (r *reader) under(i int) int {
	if r.is(i, r.lex.under) {
		i += 2
	}
	if r.is(i, r.lex.to) {
		i++
	}
	if r.noun(r.lex.mark, i) != 0 {
		i++
	}
	return r.no(i)
}

// no skips "č.".
func (r *reader) no(i int) int {
	if r.low(i) == "č" {
		if i++; r.sign(i, ".") {
			i++
		}
	}
	return i
}
