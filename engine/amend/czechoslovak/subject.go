package czechoslovak

import (
	"strings"

	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// footnotes reads "poznámky pod čiarou k odkazom 3 a 4", "poznámka č. 3) k § 5".
func (r *reader) footnotes(of kase) (phrase, bool) {
	k := r.noun(r.lex.footnote, r.i)
	if k&of == 0 {
		return phrase{}, false
	}
	r.i = r.under(r.i + 1)
	nums := r.numbers(footnote)
	if len(nums) == 0 {
		return phrase{}, false
	}
	if r.is(r.i, r.lex.to) {
		at := r.i
		r.i++
		if refs, _ := r.addresses(loc | gen); len(refs) == 0 {
			r.i = at
		}
	}
	return phrase{role: isNotes, kase: k & of, refs: []lawcite.Ref{{Steps: []lawcite.Step{{Unit: footnote, Numbers: nums}}}}}, true
}

// wholeText reads "text § 3", "text", the body of an article as it was.
func (r *reader) wholeText() (phrase, bool) {
	if r.noun(r.lex.text, r.i) == 0 || r.quoteFollows(r.i+1) {
		return phrase{}, false
	}
	r.i++
	at := r.i
	refs, k := r.addresses(gen | nom)
	if len(refs) == 0 || k == 0 {
		r.i = at
	}
	return phrase{role: isText, refs: refs}, true
}

// quoteFollows reports whether the word before token i is a noun of a quotation.
func (r *reader) quoteFollows(i int) bool { return i < len(r.toks) && r.toks[i].sort == quoted }

// numbering reads "označenie odseku 1", "číslovanie odsekov".
func (r *reader) numbering() (phrase, bool) {
	w := r.low(r.i)
	if !strings.HasPrefix(w, "označen") && !strings.HasPrefix(w, "číslov") || r.quoteFollows(r.i+1) {
		return phrase{}, false
	}
	r.i++
	refs, k := r.addresses(gen)
	if len(refs) == 0 {
		for _, u := range r.lex.units {
			if u.unit == lawtext.Paragraph && u.read(r.low(r.i))&gen != 0 {
				r.i++
				return phrase{role: isNumber}, true
			}
		}
	}
	return phrase{role: isNumber, refs: refs}, len(refs) > 0 && k&gen != 0
}

// headingOf reads "nadpis § 3", "nadpis nad § 3", "nadpis prílohy č. 1".
func (r *reader) headingOf(of kase) (phrase, bool) {
	group := strings.HasPrefix(r.low(r.i), "skupinov")
	if group {
		r.i++
	}
	k := r.noun(r.lex.heading, r.i)
	if k&of == 0 || r.quoteFollows(r.i+1) {
		return phrase{}, false
	}
	r.i++
	p := phrase{role: isUnit, kase: k & of}
	switch {
	case r.is(r.i, r.lex.above):
		p.above = true
		r.i++
	case r.is(r.i, r.lex.under) && r.ordinalNumber(r.i+1):
		p.under = true
		r.i += 3
	case r.is(r.i, r.lex.under):
		r.i++
	}
	if group && !p.above {
		return phrase{}, false // it stands above an article
	}
	at := r.i
	steps, _ := r.chain(gen | nom | ins)
	refs := []lawcite.Ref{{Steps: steps}}
	if len(steps) == 0 {
		r.i = at
		if r.noun(r.lex.whole, r.i)&gen != 0 { // názov vyhlášky
			r.i++
		}
	}
	for i := range refs {
		refs[i].Steps = append(refs[i].Steps, lawcite.Step{Unit: lawcite.Heading})
	}
	p.refs = refs
	return p, true
}

// ordinalNumber reports whether "poradové číslo" stands at token i.
func (r *reader) ordinalNumber(i int) bool {
	w := r.low(i)
	return (strings.HasPrefix(w, "poradov") || strings.HasPrefix(w, "pořadov")) && (strings.HasPrefix(r.low(i+1), "čísl"))
}

// noteMark reads "odkaz 16a", "odkaz pod čarou č. 3".
func (r *reader) noteMark() (phrase, bool) {
	if k := r.noun(r.lex.mark, r.i); k&(nom|ins) == 0 {
		return phrase{}, false
	}
	r.i = r.under(r.i + 1)
	if r.low(r.i) == "na" {
		r.i++
		if p, ok := r.footnotes(nom); ok {
			p.role = isMark
			return p, true
		}
		return phrase{}, false
	}
	nums := r.numbers(footnote)
	return phrase{role: isMark, refs: []lawcite.Ref{{Steps: []lawcite.Step{{Unit: footnote, Numbers: nums}}}}}, len(nums) > 0
}

// words reads "slová „x“ a „y“", "bodka", "čiarka a slová „x“".
func (r *reader) words(of kase) (phrase, bool) {
	p := phrase{role: isWords}
	for r.is(r.i, r.lex.skip) || stems(r.low(r.i), r.lex.fresh) || strings.HasPrefix(r.low(r.i), "katalógov") || r.low(r.i) == "slovné" || r.ordinalNumber(r.i) {
		r.i++
	}
	for _, s := range r.lex.signs {
		if k := s.read(r.low(r.i)); k&of != 0 {
			r.i++
			if r.quoteFollows(r.i) { // bodka „.“
				r.i++
			}
			p.kase, p.quotes, p.bare = k&of, []string{s.sign}, true
			return p, true
		}
	}
	for i, n := range [...][]noun{r.lex.words, nil} {
		k := kase(0)
		if i == 0 {
			k = r.noun(n, r.i) & of
		} else {
			for _, u := range r.lex.units { // písmeno „e)“, nadpis „…“
				if u.unit != lawcite.Sentence && u.noun.any == "" || u.unit == lawtext.Point || u.unit == lawtext.Paragraph {
					k |= u.read(r.low(r.i)) & of
				}
			}
		}
		if k == 0 {
			continue
		}
		at := r.i + 1
		if i == 0 && r.is(at, r.lex.in) && r.noun(r.lex.bracket, at+1)&loc != 0 {
			at += 2
		}
		if r.sign(at, ":") {
			at++
		}
		if !r.quoteFollows(at) {
			continue
		}
		p.kase, p.quotes = k, []string{r.toks[at].text}
		r.i = at + 1
		for r.quoteList(r.i) {
			p.quotes = append(p.quotes, r.toks[r.i+1].text)
			r.i += 2
		}
		return p, true
	}
	return p, false
}

// quoteList reports whether another quotation of a list follows at token i.
func (r *reader) quoteList(i int) bool {
	return (r.sign(i, ",") || r.is(i, r.lex.and)) && r.quoteFollows(i+1)
}
