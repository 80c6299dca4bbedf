package slovene

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// textOp makes the operations on a text, one for each target and anchor.
func (q *parts) textOp(c *clause, op amend.Op) *amend.Refusal {
	if q.instead != nil {
		return refuse(amend.NoPattern, *q.instead)
	}
	anchors := q.beside
	if len(anchors) > 0 && !anchors[0].isText {
		if ref := q.besideUnit(c, &op); ref != nil {
			return ref
		}
		anchors = nil
	}
	if len(anchors) > 1 && op.Verb != amend.TextInsert {
		return refuse(amend.NoPattern, anchors[1])
	}
	op.All, op.Times, op.Old = q.all, q.times, q.old
	for i := range max(1, len(anchors)) {
		if len(anchors) > 0 {
			op.Anchor, op.Place = anchors[i].text, anchors[i].place
		}
		if q.end && (op.Place == amend.After || op.Place == amend.Before && !isSign(op.Anchor)) {
			return refuse(amend.NoPattern, q.verb)
		}
		if q.end && (op.Place != amend.Before || op.Anchor != ".") {
			op.Place = amend.AtEnd
		}
		for _, t := range q.targets {
			if !numbered(t.ref) && (!q.whole || len(t.ref.Steps) > 0) {
				return refuse(amend.NoTarget, q.verb)
			}
			op.At, op.Act, op.Cited = t.ref, t.act, t.cited
			c.ops = append(c.ops, op)
		}
	}
	return nil
}

// besideUnit places a text at the end of the unit beside which it is to stand:
// "za šestnajsto alinejo se pika nadomesti s podpičjem", "za besedilom prvega
// odstavka se doda besedilo »x«".
func (q *parts) besideUnit(c *clause, op *amend.Op) *amend.Refusal {
	b := q.beside[0]
	fits := isSign(op.Text) || op.Verb == amend.TextInsert && b.bodyOf && op.Text == ""
	if !fits || b.place != amend.After || len(q.targets) != 1 || len(q.beside) > 1 || b.becomes != nil {
		return refuse(amend.NoPattern, b)
	}
	r, ok := join(q.targets[0].ref, b.ref)
	if !ok {
		return refuse(amend.NoTarget, b)
	}
	q.targets[0].ref, op.Place = r, amend.AtEnd
	c.then.ref = r
	return nil
}

func endsWithSign(s string) bool { return s != "" && isSign(s[len(s)-1:]) }

// texts joins the texts of operands: "vejica in besedilo »x«" is ", x". Several
// that stand for themselves are returned one by one.
func texts(ps []phrase) ([]string, *amend.Refusal) {
	for _, p := range ps {
		if !p.isText || p.step {
			return nil, refuse(amend.NoPattern, p)
		}
	}
	if len(ps) == 2 && !isSign(ps[0].text) && isSign(ps[1].text) && !endsWithSign(ps[0].text) {
		return []string{ps[0].text + ps[1].text}, nil // "besedilo »x« in vejica"
	}
	if len(ps) != 2 || !isSign(ps[0].text) || isSign(ps[1].text) {
		var out []string
		for i, p := range ps {
			if len(ps) > 1 && isSign(p.text) {
				return nil, refuse(amend.TwoReadings, ps[i])
			}
			out = append(out, p.text)
		}
		return out, nil
	}
	gap := " "
	if strings.HasPrefix(ps[1].text, " ") {
		gap = ""
	}
	return []string{ps[0].text + gap + ps[1].text}, nil
}

// changed are the texts that are changed, each in the nominative.
func (q *parts) changed() ([]string, *amend.Refusal) {
	for _, s := range q.subjects {
		if !s.forms.Has(lawcite.Nominative) {
			return nil, refuse(amend.NoPattern, s)
		}
	}
	return texts(q.subjects)
}

// deletes reads "se črta", and "preneha veljati", after which units are repealed.
func (q *parts) deletes(c *clause, as amend.Verb) *amend.Refusal {
	if len(q.subjects) == 0 || len(q.using) > 0 || q.says {
		return refuse(amend.NoPattern, q.verb)
	}
	if q.subjects[0].isText {
		old, ref := q.changed()
		if ref != nil || len(q.beside) > 1 || len(q.beside) == 1 && len(old) > 1 {
			return refuse(amend.NoPattern, q.verb)
		}
		for _, text := range old {
			if ref := q.textOp(c, amend.Op{Verb: amend.TextDelete, Text: text}); ref != nil {
				return ref
			}
		}
		return nil
	}
	if len(q.beside) > 0 || q.end || q.all || q.instead != nil || len(q.targets) != 1 {
		return refuse(amend.NoPattern, q.verb)
	}
	at := q.targets[0].ref
	for _, s := range q.subjects {
		if !s.step || s.fresh || s.bodyOf || s.becomes != nil || s.isText || s.whole {
			return refuse(amend.NoPattern, s)
		}
		r, ok := join(at, s.ref)
		if !ok || !numbered(r) && lastUnit(r) != lawcite.Heading {
			return refuse(amend.NoTarget, s)
		}
		if n := len(c.ops); n == 1 && len(q.subjects[0].ref.Steps) == 1 && !named(q.subjects[0].ref) && lastUnit(c.ops[0].At) == lawcite.Heading && lastUnit(r) == lawtext.Article && numbered(s.ref) {
			if q.here { // "V 4. členu se naslov in 5. člen črtata"
				return refuse(amend.TwoReadings, s)
			}
			c.ops[0] = amend.Op{Verb: as, At: r, Heading: true, Old: q.old || s.former} // "naslov člena in 5. člen se črtata"
			at = r
			continue
		}
		if n := len(c.ops); n > 0 && lastUnit(c.ops[n-1].At) == lawcite.Heading && len(s.ref.Steps[0].Numbers) == 0 && s.ref.Steps[0].Named == "" {
			c.ops[n-1] = amend.Op{Verb: as, At: up(c.ops[n-1].At), Heading: true} // "naslov in člen se črtata"
			continue
		}
		c.ops = append(c.ops, amend.Op{Verb: as, At: r, Old: q.old || s.former})
		at = r
	}
	c.then.ref = up(at)
	return nil
}

// substitutes reads "se nadomesti z".
func (q *parts) substitutes(c *clause) *amend.Refusal {
	if q.instead != nil {
		return q.puts(c)
	}
	switch {
	case len(q.using) == 0 && q.says && len(q.subjects) == 1 && q.subjects[0].step:
		return q.changes(c) // "7. člen se nadomesti kot sledi:"
	case len(q.subjects) == 0 || len(q.using) == 0:
		return refuse(amend.NoPattern, q.verb)
	}
	if q.using[0].step {
		return q.substitutesUnit(c)
	}
	old, ref := q.changed()
	if ref != nil {
		return ref
	}
	with, ref := texts(q.using)
	if ref != nil {
		return ref
	}
	each := len(with) == 1 && !slices.ContainsFunc(q.subjects, phrase.bare) // "izraz »a« in izraz »b« se nadomestita z izrazom »c«"
	switch {
	case q.says || len(old) > 1 && len(q.beside) > 0:
		return refuse(amend.NoPattern, q.verb)
	case len(with) != len(old) && !each:
		return refuse(amend.TwoReadings, q.using[0])
	}
	for i, text := range old {
		if ref := q.textOp(c, amend.Op{Verb: amend.TextReplace, Text: text, With: with[min(i, len(with)-1)]}); ref != nil {
			return ref
		}
	}
	return nil
}

// substitutesUnit reads "se nadomesti z novim 5. členom, ki se glasi:", "z novo
// Prilogo 2, ki je sestavni del te uredbe" and "z naslednjim besedilom:".
func (q *parts) substitutesUnit(c *clause) *amend.Refusal {
	u := q.using[0]
	if len(q.using) != 1 || len(q.subjects) != 1 || !u.annexed && !q.says || u.bodyOf {
		return refuse(amend.NoPattern, q.verb)
	}
	q.using, q.says = nil, true
	if ref := q.changes(c); ref != nil {
		return ref
	}
	op := &c.ops[len(c.ops)-1]
	if op.Annexed = u.annexed; len(u.ref.Steps) == 0 {
		return nil // what it is, was said before
	}
	if s := u.ref.Steps[0]; len(u.ref.Steps) > 1 || s.Unit != lastUnit(op.At) {
		return refuse(amend.NoPattern, u)
	} else if len(s.Numbers) > 0 {
		op.New = s
	}
	if last := len(op.At.Steps) - 1; op.Annexed && slices.Equal(op.New.Numbers, op.At.Steps[last].Numbers) {
		c.ops = c.ops[:len(c.ops)-1] // one by one, as each is printed
		one := *op
		for _, n := range op.New.Numbers {
			at := slices.Clone(op.At.Steps)
			at[last].Numbers = []lawcite.Range{n}
			one.At.Steps, one.New.Numbers = at, at[last].Numbers
			c.ops = append(c.ops, one)
		}
	}
	return nil
}

// puts reads "namesto besede »x« se postavi beseda »y«".
func (q *parts) puts(c *clause) *amend.Refusal {
	if q.instead == nil || len(q.subjects) != 1 || len(q.using) > 0 || q.says {
		return refuse(amend.NoPattern, q.verb)
	}
	with, ref := texts(q.subjects)
	if ref != nil {
		return ref
	}
	op := amend.Op{Verb: amend.TextReplace, Text: q.instead.text, With: with[0]}
	q.instead = nil
	return q.textOp(c, op)
}

// adds reads "se doda".
func (q *parts) adds(c *clause) *amend.Refusal {
	if q.instead != nil {
		return q.puts(c)
	}
	if len(q.subjects) == 0 || len(q.using) > 0 {
		return refuse(amend.NoPattern, q.verb)
	}
	if s := q.subjects[0]; s.isText && !s.step {
		return q.addsText(c)
	}
	if q.all || len(q.targets) != 1 {
		return refuse(amend.NoPattern, q.verb)
	}
	op := amend.Op{Verb: amend.Insert, Old: q.old}
	if q.payload != nil {
		op.Payload = *q.payload
	}
	for i, s := range q.subjects {
		if !s.step || s.bodyOf || s.becomes != nil || s.whole || i > 1 {
			return refuse(amend.NoPattern, s)
		}
		op.Annexed = op.Annexed || s.annexed
		unit := s.ref.Steps[len(s.ref.Steps)-1].Unit
		switch {
		case unit == lawcite.Heading && len(q.subjects) == 2 && i == 0 && len(s.ref.Steps) == 1:
			op.Heading = true
			continue
		case unit == lawcite.Heading && i == 0 && len(s.ref.Steps) == 1 && s.ref.Steps[0].Named != "":
			// "naslov poglavja »X«", which is new
			op.Payload = s.ref.Steps[0].Named
			op.New = lawcite.Step{Unit: lawtext.Chapter}
			continue
		case i == 1 && !op.Heading:
			// "nov pododdelek in nov 283.a člen"
			if !isDivision(op.New.Unit) || unit != lawtext.Article || !s.fresh {
				return refuse(amend.NoPattern, s)
			}
			op.Also = s.ref.Steps[0]
			continue
		case unit == lawcite.Heading && len(s.ref.Steps) > 1: // "doda naslov 5. člena"
			r, ok := join(q.targets[0].ref, up(s.ref))
			if !ok {
				return refuse(amend.NoTarget, s)
			}
			q.targets[0].ref = r
			s.ref.Steps = s.ref.Steps[len(s.ref.Steps)-1:]
		case len(s.ref.Steps) != 1:
			return refuse(amend.NoPattern, s)
		}
		if op.New = s.ref.Steps[0]; s.isText { // "naslov novega poglavja »X«"
			op.Payload = s.text
		}
		if len(op.New.Numbers) == 0 && s.count() == 2 {
			op.Times = 2
		}
	}
	if !q.says && !op.Annexed && !q.subjects[0].isText && op.Payload == "" {
		return refuse(amend.NoPattern, q.verb)
	}
	return q.insertion(c, op)
}

// addsText reads "se doda beseda »x«", in the accusative too, as happens.
func (q *parts) addsText(c *clause) *amend.Refusal {
	for _, s := range q.subjects {
		if !s.forms.Has(lawcite.Nominative) && len(q.subjects) > 1 {
			return refuse(amend.NoPattern, s)
		}
	}
	if q.says {
		return refuse(amend.NoPattern, q.verb)
	}
	if len(q.beside) > 0 && !q.beside[0].isText && !q.beside[0].bodyOf {
		return q.addsSentence(c)
	}
	text, ref := texts(q.subjects)
	if ref == nil && len(text) > 1 {
		ref = refuse(amend.TwoReadings, q.subjects[1])
	}
	if ref != nil {
		return ref
	}
	return q.textOp(c, amend.Op{Verb: amend.TextInsert, With: text[0]})
}

// addsSentence reads "za prvim stavkom se doda besedilo »Panj je dom.«".
func (q *parts) addsSentence(c *clause) *amend.Refusal {
	s, b := q.subjects[0], q.beside[0]
	if len(q.subjects) != 1 || len(q.beside) != 1 || len(q.targets) != 1 || b.bodyOf || lastUnit(b.ref) != lawcite.Sentence || q.end || q.all ||
		!startsUpper(s.text) || !strings.HasSuffix(s.text, ".") {
		return refuse(amend.NoPattern, b)
	}
	r, ok := join(q.targets[0].ref, b.ref)
	if !ok || !numbered(r) {
		return refuse(amend.NoTarget, b)
	}
	c.ops = append(c.ops, amend.Op{Verb: amend.Insert, At: r, Old: q.old || b.former, New: lawcite.Step{Unit: lawcite.Sentence}, Place: b.place, Payload: s.text})
	c.then.ref = up(r)
	return nil
}

// insertion says where a new unit goes.
func (q *parts) insertion(c *clause, op amend.Op) *amend.Refusal {
	d := depth(op.New.Unit)
	if d == 0 || op.New.Unit == lawcite.Intro || op.New.Unit == lawcite.Column {
		return refuse(amend.Unsupported, q.subjects[0])
	}
	if op.New.Unit == lawcite.Heading {
		return q.addsHeading(c, op)
	}
	host := lawcite.Ref{}
	for _, s := range q.targets[0].ref.Steps {
		if depth(s.Unit) >= d || op.New.Unit == lawtext.Article && depth(s.Unit) < 0 {
			break
		}
		host.Steps = append(host.Steps, s)
	}
	if len(q.beside) > 0 {
		r, ref := q.besideNew(&op)
		if ref != nil {
			return ref
		}
		host = r
	} else {
		if op.At = host; q.end || len(op.New.Numbers) == 0 && d > 1 {
			op.Place = amend.AtEnd
		}
		if !numbered(host) && d > 1 && op.New.Unit != lawtext.Row {
			return refuse(amend.NoTarget, q.subjects[0])
		}
	}
	t := q.targets[0].ref
	switch {
	case len(op.New.Numbers) > 0 || op.New.Unit == lawcite.Sentence || op.New.Named != "" || d < 0 || q.end:
	case op.New.Unit == lawtext.Indent && len(q.beside) == 0 && numbered(t) && lastUnit(t) == lawtext.Indent:
		op.At, op.Place = t, amend.After // "v zadnji alineji se pika nadomesti z vejico in doda nova alineja"
	default:
		// A new point after the 15th is the 16th.
		near := t
		if len(q.beside) > 0 {
			near = op.At
		} else if !q.here {
			near = lawcite.Ref{}
		}
		s := near.Steps
		if len(s) == 0 || s[len(s)-1].Unit != op.New.Unit || len(s[len(s)-1].Numbers) != 1 || atoi(s[len(s)-1].Numbers[0].From) == 0 || op.Place == amend.Before || op.Times > 0 {
			return refuse(amend.NoPattern, q.subjects[0])
		}
		op.New.Numbers = []lawcite.Range{{From: itoa(atoi(s[len(s)-1].Numbers[0].From) + 1)}}
		if len(q.beside) == 0 {
			op.Place = amend.Anywhere
		}
	}
	c.ops = append(c.ops, op)
	c.then.ref = host
	return nil
}

// besideNew places a new unit beside the one that the sentence names, and
// returns the unit in which both stand.
func (q *parts) besideNew(op *amend.Op) (host lawcite.Ref, _ *amend.Refusal) {
	b := q.beside[0]
	r, ok := join(q.targets[0].ref, b.ref)
	switch {
	case b.isText || q.end || len(q.beside) > 1:
		return host, refuse(amend.NoPattern, b)
	case !ok || !numbered(r):
		return host, refuse(amend.NoTarget, b)
	case b.bodyOf && b.becomes != nil && b.wraps:
		q.becomes = append(q.becomes, amend.Op{Verb: amend.Wrap, At: r, Old: true, New: *b.becomes})
		op.At = r
		return r, nil
	case b.bodyOf && b.becomes == nil && b.place == amend.After && depth(lastUnit(r)) < depth(op.New.Unit):
		op.At, op.Place = r, amend.AtEnd // "za besedilom člena se doda nov odstavek"
		return r, nil
	case b.bodyOf && (b.becomes != nil || b.place != amend.After || lastUnit(r) != op.New.Unit):
		return host, refuse(amend.NoPattern, b)
	}
	// A division stands beside articles, and an article beside headings.
	same := lastUnit(r) == op.New.Unit
	frame := isDivision(op.New.Unit) || op.New.Unit == lawtext.Article
	besideFrame := isDivision(lastUnit(r)) || lastUnit(r) == lawtext.Article || lastUnit(r) == lawcite.Heading && (isDivision(r.Steps[0].Unit) || r.Steps[0].Named != "")
	if !same && !(frame && besideFrame) {
		return host, refuse(amend.NoTarget, b)
	}
	q.note(r, b)
	op.At, op.Place, op.Old = r, b.place, op.Old || b.former || b.becomes != nil
	return up(r), nil
}

// addsHeading reads "pred 15. členom se doda naslov, ki se glasi".
func (q *parts) addsHeading(c *clause, op amend.Op) *amend.Refusal {
	r := q.targets[0].ref
	if len(q.beside) == 1 && q.beside[0].place == amend.Before && !q.beside[0].isText {
		var ok bool
		if r, ok = join(r, q.beside[0].ref); !ok {
			return refuse(amend.NoTarget, q.beside[0])
		}
	} else if len(q.beside) > 0 {
		return refuse(amend.NoPattern, q.beside[0])
	}
	if !numbered(r) || lastUnit(r) != lawtext.Article || q.end || op.New.Named != "" {
		return refuse(amend.NoTarget, q.subjects[0])
	}
	op.At = r
	c.ops = append(c.ops, op)
	c.then.ref = r
	return nil
}

// changes reads "se spremeni tako, da se glasi".
func (q *parts) changes(c *clause) *amend.Refusal {
	if len(q.subjects) != 1 || !q.says || len(q.using) > 0 || len(q.beside) > 1 || q.instead != nil || q.end || q.all || len(q.targets) != 1 {
		return refuse(amend.NoPattern, q.verb)
	}
	s := q.subjects[0]
	if !s.step || s.isText || s.fresh {
		return refuse(amend.NoPattern, s)
	}
	r, ok := join(q.targets[0].ref, s.ref)
	if s.whole {
		r, ok = s.ref, true // the title of the act
	}
	if !ok || !numbered(r) {
		return refuse(amend.NoTarget, s)
	}
	past, ref := q.past(r)
	if ref != nil {
		return ref
	}
	op := amend.Op{Verb: amend.Replace, At: r, Past: past, Old: q.old || s.former || s.becomes != nil}
	if s.bodyOf {
		op.Verb = amend.ReplaceBody
	}
	if q.payload != nil {
		op.Payload = *q.payload
	}
	if s.becomes != nil {
		if s.wraps {
			return refuse(amend.NoPattern, s)
		}
		op.New = *s.becomes
		q.note(r, s)
	}
	c.ops = append(c.ops, op)
	if c.then.ref = up(r); s.bodyOf || r.Steps[len(r.Steps)-1].Unit == lawcite.Heading {
		c.then.ref = r
	}
	return nil
}

// past is the article after which a division that is named by its number alone
// is to be sought: "za 56. členom se naslov 3. podpoglavja spremeni".
func (q *parts) past(r lawcite.Ref) (lawcite.Ref, *amend.Refusal) {
	if len(q.beside) == 0 {
		return lawcite.Ref{}, nil
	}
	b := q.beside[0]
	if b.isText || b.bodyOf || b.becomes != nil || b.place != amend.After || len(b.ref.Steps) != 1 || lastUnit(b.ref) != lawtext.Article || !isDivision(r.Steps[0].Unit) {
		return lawcite.Ref{}, refuse(amend.NoPattern, b)
	}
	return b.ref, nil
}

// becomesOps reads "Dosedanji tretji odstavek postane četrti odstavek."
func (q *parts) becomesOps(c *clause) *amend.Refusal {
	if len(q.subjects) != 2 || len(q.using) > 0 || q.says || len(q.beside) > 0 || q.instead != nil || q.end || len(q.targets) != 1 {
		return refuse(amend.NoPattern, q.verb)
	}
	from, to := q.subjects[0], q.subjects[1]
	if from.bodyOf && to.bodyOf && len(to.ref.Steps) == 1 && to.ref.Steps[0].Unit == lawtext.Article {
		r, ok := join(q.targets[0].ref, from.ref)
		if !ok || !numbered(r) || len(to.ref.Steps[0].Numbers) > 0 || len(r.Steps) != 2 {
			return refuse(amend.NoTarget, from)
		}
		c.ops = append(c.ops, amend.Op{Verb: amend.Unwrap, At: r, Old: true})
		c.then.ref = up(r)
		return nil
	}
	if from.bodyOf && !to.bodyOf && len(to.ref.Steps) == 1 && to.ref.Steps[0].Unit == lawtext.Paragraph {
		r, ok := join(q.targets[0].ref, from.ref) // "besedilo člena se označi kot prvi odstavek"
		if !ok || !numbered(r) || lastUnit(r) != lawtext.Article || len(to.ref.Steps[0].Numbers) != 1 || to.fresh || to.former {
			return refuse(amend.NoTarget, from)
		}
		c.ops = append(c.ops, amend.Op{Verb: amend.Wrap, At: r, Old: true, New: to.ref.Steps[0]})
		c.then.ref = r
		return nil
	}
	if from.isText || to.isText || from.bodyOf || to.bodyOf || to.former || !from.former || len(to.ref.Steps) != 1 {
		return refuse(amend.NoPattern, from)
	}
	r, ok := join(q.targets[0].ref, from.ref)
	if !ok || !numbered(r) || to.ref.Steps[0].Unit != r.Steps[len(r.Steps)-1].Unit {
		return refuse(amend.NoTarget, from)
	}
	if from.count() != to.count() || q.verb.verb.count != from.count() && len(r.Steps[len(r.Steps)-1].Numbers) < 3 {
		return refuse(amend.NoPattern, to)
	}
	c.ops = append(c.ops, amend.Op{Verb: amend.Renumber, At: r, Old: true, New: to.ref.Steps[0]})
	c.then.ref = up(r)
	return nil
}

// stretched reports whether a clause is about a text that stands outside of
// articles.
func (q *parts) stretched() bool {
	if len(q.subjects) != 1 || !q.subjects[0].stretch || len(q.targets) != 1 || len(q.targets[0].ref.Steps) > 0 || len(q.beside) > 1 || q.instead != nil {
		return false
	}
	s := q.subjects[0]
	if len(q.beside) == 0 {
		return s.bodyOf != q.end && (s.bodyOf || q.endOfAct)
	}
	b := q.beside[0]
	return !s.bodyOf && !q.end && !b.isText && !b.bodyOf && len(b.ref.Steps) == 1 && lastUnit(b.ref) == lawtext.Article
}

// stretches reads what is done with a text outside of articles.
func (q *parts) stretches(c *clause) *amend.Refusal {
	s := q.subjects[0]
	op := amend.Op{Verb: amend.Restate, At: s.ref, Place: s.place}
	if q.payload != nil {
		op.Payload = *q.payload
	}
	switch {
	case len(q.using) > 0 || q.all || q.times > 0 || s.fresh || s.former || len(q.becomes) > 0:
		return refuse(amend.NoPattern, q.verb)
	case s.bodyOf && c.verb == "spremeni" && q.says:
	case s.bodyOf && c.verb == "črta" && !q.says && len(s.ref.Steps) > 0:
		op.Verb = amend.Erase
	case !s.bodyOf && c.verb == "doda" && q.says && q.endOfAct:
		op.Verb, op.Place, op.At = amend.Append, amend.AtEnd, lawcite.Ref{}
	case !s.bodyOf && c.verb == "doda" && q.says && !q.beside[0].former && q.beside[0].becomes == nil && numbered(q.beside[0].ref):
		op.Verb, op.Place, op.At = amend.Append, q.beside[0].place, q.beside[0].ref
	default:
		return refuse(amend.NoPattern, q.verb)
	}
	c.ops = append(c.ops, op)
	return nil
}
