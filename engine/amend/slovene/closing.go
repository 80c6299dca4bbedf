package slovene

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// closing reads the clauses that end an act. It reports false for any other
// sentence.
func closing(text string, at lawtext.Span) ([]amend.Op, *amend.Refusal, bool) {
	switch closingVerb(text) {
	case amend.Repeal:
		ops, ref := repeal(text, at)
		return ops, ref, true
	case amend.Commence:
		f := force(text)
		f.Only = provisionsOf(text)
		return []amend.Op{{Verb: amend.Commence, Text: text, Force: &f, Span: at}}, nil, true
	}
	return nil, nil, false
}

// closingVerb tells the clauses that end an act.
func closingVerb(text string) amend.Verb {
	low := strings.Join(strings.Fields(strings.ToLower(text)), " ")
	begins := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(low, w+" ") })
	}
	switch {
	case (begins("z dnem") || withAct(scan(text)) > 0) && (strings.Contains(low, "preneha veljati") ||
		strings.Contains(low, "prenehata veljati") || strings.Contains(low, "prenehajo veljati")):
		return amend.Repeal
	case begins("ta", "te", "to") && strings.Contains(low, "začne") && (strings.Contains(low, "veljati") || strings.Contains(low, "uporabljati")),
		isApplied.MatchString(low) && len(provisionsOf(text).Steps) > 0:
		return amend.Commence
	}
	return ""
}

// isApplied finds that something is applied from a day on.
var isApplied = regexp.MustCompile(`\b(začne|začneta|začnejo) (se )?(uporabljati|veljati)\b|\buporablja(ta|jo)?( pa)?( se)? (od|z dnem)\b`)

// provisionsOf are the articles of the amending act that a clause is about: "2. in
// 5. člen tega zakona".
func provisionsOf(text string) lawcite.Ref {
	step, own := lawcite.Step{Unit: lawtext.Article}, false
	for _, f := range lawcite.Read(text) {
		next, _, _ := strings.Cut(strings.TrimSpace(text[f.End:]), " ")
		own = own || next == "tega" || next == "te"
		for _, s := range f.Steps {
			if s.Unit == lawtext.Article {
				step.Numbers = append(step.Numbers, s.Numbers...)
			}
		}
	}
	if !own || len(step.Numbers) == 0 {
		return lawcite.Ref{}
	}
	return lawcite.Ref{Steps: []lawcite.Step{step}}
}

// withAct reads a beginning such as "Z dnem uveljavitve tega zakona" or "Z dnem, ko
// začne veljati ta zakon,", and returns how many tokens it has; 0 if a text
// begins otherwise.
func withAct(toks []lawcite.Token) int {
	r := &reader{toks: toks}
	word := func(list ...string) bool {
		if !slices.Contains(list, r.low(0)) {
			return false
		}
		r.i++
		return true
	}
	form := lawcite.Genitive
	z, dnem := word("z"), word("dnem")
	switch {
	case z && dnem && word("uveljavitve"), z && !dnem && word("uveljavitvijo"):
	case z && (dnem && word("začetka") || !dnem && word("začetkom")) && word("veljavnosti"):
	case z == dnem && (word(",") || true) && word("ko") && word("začne", "prične") && word("veljati"):
		form = lawcite.Nominative
	default:
		return 0
	}
	if !word("ta", "to", "tega", "te") || !kindForms(r.low(0)).Has(form) {
		return 0
	}
	r.i++
	r.skip(",")
	return r.i
}

// repeal reads what a clause repeals: provisions, each of an act that is named,
// or whole acts. What is not to end with the amending act has its day in Force
// and names acts only.
func repeal(text string, at lawtext.Span) ([]amend.Op, *amend.Refusal) {
	toks := trimEnd(scan(text))
	n := withAct(toks)
	if n > 0 && n < len(toks) {
		cs, _, ref := readOne(text[toks[n].Start:], scope{}, false)
		if ops, ok := repealed(cs, text, at); ref == nil && ok {
			return ops, nil
		}
	}
	op := amend.Op{Verb: amend.Repeal, Text: text, Acts: actsIn(text), Span: at}
	if n == 0 {
		when, _, _ := strings.Cut(text, "preneha")
		op.Force = &amend.Force{From: day(when)}
	}
	if len(op.Acts) == 0 {
		words := text
		if op.Force != nil {
			words = op.Force.From.Event
		}
		return nil, &amend.Refusal{Reason: amend.NoPattern, Words: words, Span: at}
	}
	op.Act = op.Acts[0]
	return []amend.Op{op}, nil
}

// repealed are the operations of clauses that do nothing but repeal provisions.
func repealed(cs []clause, text string, at lawtext.Span) (ops []amend.Op, ok bool) {
	for _, c := range cs {
		for _, op := range c.ops {
			if op.Verb != amend.Repeal || len(op.At.Steps) == 0 || op.Act == "" {
				return nil, false
			}
			op.Text, op.Acts, op.Span = text, []string{op.Act}, at
			ops = append(ops, op)
		}
	}
	return ops, len(ops) > 0
}

// actsIn lists the acts that a text names with their gazettes, and those that
// stand in a list with them: "Zakon o medu, Zakon o vosku (Uradni list …)".
func actsIn(text string) []string {
	var acts []string
	toks := scan(text)
	for i := 0; i < len(toks); i++ {
		r := &reader{toks: toks, i: i}
		if !r.atAct() {
			continue
		}
		end := slices.IndexFunc(toks[i:], isGazette)
		if end < 0 {
			break
		}
		for k := i + 1; k < i+end; k++ {
			if r.another(k, i+end) {
				acts, end = append(acts, wordsOf(toks[i:k-1])), -1
				i = k - 1 // the rest is looked through on its own
				break
			}
		}
		if end >= 0 {
			acts = append(acts, wordsOf(toks[i:i+end]))
			i += end
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
	if f.Applies.On.IsZero() && f.Applies.After == 0 && f.From == (amend.Day{}) {
		f.Applies = day(text) // "1. januarja 2030 se začne uporabljati 2. člen tega zakona"
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
