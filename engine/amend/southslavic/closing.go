package southslavic

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// closingVerb tells the clauses that end an act: "Ovaj zakon stupa na snagu",
// "prestaje da važi Zakon o …", "Овој закон влегува во сила".
func closingVerb(toks []token) amend.Verb {
	has := func(keys ...string) bool {
		return slices.ContainsFunc(toks, func(t token) bool { return t.sort == word && slices.Contains(keys, t.key) })
	}
	switch {
	case len(toks) == 0 || toks[0].sort != word:
		return ""
	case strings.HasPrefix(toks[0].key, "dan") && has("prestaje", "prestaju"), toks[0].key == "so" && has("prestanuva", "prestanuvaat"):
		return amend.Repeal
	case (strings.HasPrefix(toks[0].key, "ov")) && has("stupa", "stupaju", "vleguva", "primjenjuje", "primenjuje", "primenuva"):
		return amend.Commence
	}
	return ""
}

// force reads when an act begins to be valid: "stupa na snagu osmog dana od dana
// objavljivanja", "1. januara 2027. godine", "narednog dana od dana objave". It
// is the first of the days named; what is said of when it applies stays text.
func force(toks []token, text string) *amend.Force {
	valid := toks
	var f amend.Force
	for i, t := range toks {
		if t.sort == word && (strings.HasPrefix(t.key, "primenj") || strings.HasPrefix(t.key, "primjenj")) {
			f.Applies, valid = day(toks[i:], text), toks[:i]
			break
		}
	}
	if f.From = day(valid, text); len(valid) == 0 {
		f.From = amend.Day{}
	}
	return &f
}

var months = [12][]string{{"januara", "sijecnja"}, {"februara", "veljace"}, {"marta", "ozujka"}, {"aprila", "travnja"}, {"maja", "svibnja"}, {"juna", "lipnja"},
	{"jula", "srpnja"}, {"avgusta", "augusta", "kolovoza"}, {"septembra", "rujna"}, {"oktobra", "listopada"}, {"novembra", "studenog", "studenoga"}, {"decembra", "prosinca"}}

// day reads the first day that is named.
func day(toks []token, text string) amend.Day {
	for i := range toks[:max(0, len(toks)-1)] {
		t, next := toks[i], toks[i+1]
		if next.key == "dana" && i+2 < len(toks) && (toks[i+2].key == "od" || toks[i+2].key == "nakon") {
			if o, ok := southern.has(t.key, ordinal); ok && o.count > 0 {
				return amend.Day{After: o.count}
			}
			if t.key == "narednog" || t.key == "narednoga" || t.key == "sledeceg" || t.key == "sljedeceg" || t.key == "prvog" {
				return amend.Day{After: 1}
			}
			if n, err := strconv.Atoi(t.key); err == nil && n > 0 && n < 400 {
				return amend.Day{After: n}
			}
		}
		for m, names := range months {
			if t.sort != number || !slices.Contains(names, next.key) || i+2 >= len(toks) {
				continue
			}
			d, _ := strconv.Atoi(t.key)
			y, _ := strconv.Atoi(toks[i+2].key)
			on := civil.On(y, time.Month(m+1), d)
			if yy, mm, dd := on.Date(); y > 1900 && yy == y && int(mm) == m+1 && dd == d {
				return amend.Day{On: on}
			}
		}
	}
	return amend.Day{Event: strings.Trim(text, " .")}
}

// repealed reads what a clause repeals: the acts that it names, and the
// provisions of one act, if it names those first. It returns no provisions for
// anything else.
func (r *actReader) repealed(toks []token) (act string, acts []string, at lawcite.Ref) {
	p := &parser{lex: r.lex, toks: toks}
	for p.i < len(toks) {
		if toks[p.i].sort == word && strings.HasPrefix(toks[p.i].key, "presta") {
			p.i++
			break
		}
		p.i++
	}
	for p.i < len(toks) && slices.Contains([]string{"da", "vazi", "vaze", "vaziti", "vrijediti", "vredi"}, toks[p.i].key) {
		p.i++
	}
	ph := &phrase{}
	if from := p.i; !p.path(ph) || lastUnit(ph.ref) != lawtext.Article || !numbered(ph.ref) {
		p.i = from
	} else if act, _ = p.actName(genitive); act != "" && p.i == len(toks) {
		op := amend.Op{At: ph.ref}
		if spell(&op, r.alphabet) {
			at = op.At
		}
	}
	for ; p.i < len(toks); p.i++ {
		from := p.i
		if name, _ := p.actName(nominative | genitive); name != "" {
			acts = append(acts, name)
			p.i--
		}
		p.i = max(p.i, from)
	}
	if act == "" && len(acts) > 0 {
		act = acts[0]
	} else if act != "" {
		acts = append([]string{act}, acts...)
	}
	return act, acts, at
}

// instructs reports whether a sentence that was not read looks as if it tells
// to change a text.
func (r *actReader) instructs(toks []token) bool {
	if len(toks) == 0 {
		return false
	}
	p := &parser{lex: r.lex, toks: toks}
	for _, t := range toks {
		if t.sort == quoted || t.sort == broken {
			return true
		}
		if _, ok := r.lex.has(t.key, verb); ok && t.sort == word {
			return true
		}
		if _, ok := r.lex.has(t.key, says); ok && t.sort == word {
			return true
		}
		if t.sort == word && (strings.HasPrefix(t.key, "ukid") || strings.HasPrefix(t.key, "presta") || t.key == "stupa" || t.key == "stupaju" || t.key == "snagu" && strings.HasPrefix(toks[0].key, "ov")) {
			return true
		}
	}
	for _, begins := range []role{inside, behind, ahead, above, unit, headingNoun, bodyNoun, instead, former, textNoun} {
		if _, ok := p.is(0, begins); !ok {
			continue
		}
		p.i++
		if begins != inside && begins != behind && begins != ahead && begins != above {
			return true
		}
		if _, ok := p.is(0, unit); ok {
			return true
		}
		if name, _ := p.actName(locative); name != "" {
			return true
		}
		p.i--
	}
	return false
}
