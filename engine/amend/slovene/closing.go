package slovene

import (
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// closingOps reads the clauses that end an act; nil for any other sentence.
func closingOps(text string, at lawtext.Span) []amend.Op {
	switch closingVerb(text) {
	case amend.Repeal:
		_, rest, _ := strings.Cut(text, "veljati")
		return repeal(rest, text, at)
	case amend.Commence:
		f := force(text)
		return []amend.Op{{Verb: amend.Commence, Text: text, Force: &f, Span: at}}
	}
	return nil
}

// closingVerb tells the clauses that end an act.
func closingVerb(text string) amend.Verb {
	low := strings.Join(strings.Fields(strings.ToLower(text)), " ")
	switch {
	case strings.HasPrefix(low, "z dnem ") && (strings.Contains(low, "preneha veljati") ||
		strings.Contains(low, "prenehata veljati") || strings.Contains(low, "prenehajo veljati")):
		return amend.Repeal
	case (strings.HasPrefix(low, "ta ") || strings.HasPrefix(low, "te ") || strings.HasPrefix(low, "to ")) && strings.Contains(low, "začne") &&
		(strings.Contains(low, "veljati") || strings.Contains(low, "uporabljati")):
		return amend.Commence
	}
	return ""
}

// repeal reads what a clause repeals: provisions of one act, named before it, or
// whole acts.
func repeal(what, text string, at lawtext.Span) []amend.Op {
	op := amend.Op{Verb: amend.Repeal, Text: text, Acts: actsIn(what), Span: at}
	r := &reader{toks: trimEnd(scan(what))}
	var refs []lawcite.Ref
	for r.i < len(r.toks) {
		if op.Act, op.Cited = r.actName(); op.Act != "" {
			break
		}
		if f, end := lawcite.Phrase(r.toks, r.i); end > r.i && f.Forms.Has(lawcite.Nominative) && numbered(f.Ref) && f.Steps[0].Unit == lawtext.Article {
			refs, r.i = append(refs, f.Ref), end
		} else if len(refs) > 0 && words[r.low(0)] == separator {
			r.i++
		} else {
			break
		}
	}
	if len(refs) == 0 || op.Act == "" || r.i < len(r.toks) {
		if op.Act == "" && len(op.Acts) > 0 {
			op.Act = op.Acts[0]
		}
		return []amend.Op{op}
	}
	var ops []amend.Op
	for _, ref := range refs {
		op.At = ref
		ops = append(ops, op)
	}
	return ops
}

// actsIn lists the acts that a text names.
func actsIn(text string) []string {
	var acts []string
	toks := scan(text)
	for i := 0; i < len(toks); i++ {
		r := &reader{toks: toks, i: i}
		if name, _ := r.actName(); name != "" {
			acts = append(acts, name)
			i = r.i - 1
		}
	}
	return acts
}

// force reads when an act begins to be valid and to be applied: "Ta zakon začne
// veljati petnajsti dan po objavi v Uradnem listu Republike Slovenije, uporablja
// pa se od 1. januarja 2027."
func force(text string) amend.Force {
	valid, applied, _ := strings.Cut(text, "uporablja")
	var f amend.Force
	if strings.Contains(valid, "veljati") {
		f.From = day(valid[strings.Index(valid, "veljati"):])
	}
	if strings.Contains(text, "uporablja") {
		f.Applies = day(applied)
	}
	return f
}

var months = [...]string{"januarja", "februarja", "marca", "aprila", "maja", "junija", "julija", "avgusta", "septembra", "oktobra", "novembra", "decembra"}

// day reads the first day that a text names.
func day(text string) amend.Day {
	toks := scan(text)
	for i, t := range toks {
		low := func(k int) string {
			if i+k < len(toks) {
				return toks[i+k].Low()
			}
			return ""
		}
		if low(1) == "dan" && low(2) == "po" && strings.HasPrefix(low(3), "objav") {
			if t.Low() == "naslednji" {
				return amend.Day{After: 1}
			}
			if n, ok := ordinalAt(toks, i); ok && atoi(n) > 0 {
				return amend.Day{After: atoi(n)}
			}
		}
		if t.Sort != lawcite.Number || !t.Dot {
			continue
		}
		month, year := 0, low(2)
		if i+1 < len(toks) && toks[i+1].Sort == lawcite.Number {
			month = atoi(low(1))
		}
		for m, name := range months {
			if low(1) == name {
				month = m + 1
			}
		}
		if d := civil.On(atoi(year), time.Month(month), atoi(t.Text)); len(year) == 4 && month > 0 {
			if y, m, dd := d.Date(); y == atoi(year) && int(m) == month && dd == atoi(t.Text) {
				return amend.Day{On: d}
			}
		}
	}
	return amend.Day{Event: strings.Trim(text, " .,")}
}

// atoi is 0 for what is no whole number.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
