package amend

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/amend/usage"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// text plans and makes an operation on words. Texts are changed at once, since
// structure is planned and not yet changed.
func (p *plan) text(op *Op, all []Op) *Refusal {
	if op.Cascade && p.u.Declines {
		return p.cascade(op, all)
	}
	if op.Cascade || op.All && len(op.At.Steps) == 0 && p.u.Adjectives != nil {
		return p.alikeWords(op)
	}
	part := lastUnit(op.At)
	switch {
	case op.Verb == TextReplace || op.Verb == TextInsert || op.Verb == TextDelete:
	case op.Verb == Insert && op.New.Unit == lawcite.Sentence:
	case (op.Verb == Replace || op.Verb == Delete) && (part == lawcite.Sentence || part == lawcite.Intro || part == Clause || part == Bracket || part == lawcite.Heading && len(op.At.Steps) > 1 && !p.ofFrame(op)):
	default:
		return nil
	}
	find := func() ([]spot, *Refusal) { return p.find(op.At, op.Old) }
	if isFootnote(op) {
		if op.Verb == Replace || op.Verb == Delete || op.Verb == Insert && op.New.Unit != lawcite.Sentence {
			return nil
		}
		find = func() ([]spot, *Refusal) { return p.footnoteSpots(op) }
	}
	spots, ref := find()
	if ref != nil {
		return ref
	}
	for _, s := range spots {
		if s, ref = p.choose(s, op); ref != nil {
			return ref
		}
		if p.whole[s.n] || s.n.Deleted {
			return &Refusal{Reason: TextMissing, Words: "deleted or replaced by another instruction", Candidates: []string{s.n.ID}}
		}
		switch {
		case op.Verb == Insert:
			ref = p.insertSentence(s, op)
		case op.Verb == Replace || op.Verb == Delete:
			ref = p.part(s, op)
		default:
			ref = p.words(s, op, all)
		}
		if ref != nil {
			return ref
		}
	}
	return nil
}

// choose decides between the two epochs of a number by the witness: only one
// of the two has the words that are to be changed.
func (p *plan) choose(s spot, op *Op) (spot, *Refusal) {
	if s.alt == nil {
		return s, nil
	}
	look := op.Text
	if isSign(look) || look == "" {
		look = op.Anchor
	}
	if look == "" || isSign(look) || s.part.Unit == lawcite.Heading {
		return s, p.either(s)
	}
	a, b := len(p.hits(s, look)), len(p.hits(spot{n: s.alt, part: s.part}, look))
	switch {
	case a == 1 && b == 0:
		return spot{n: s.n, part: s.part}, nil
	case a == 0 && b == 1 && !p.fresh[s.alt]:
		return spot{n: s.alt, part: s.part}, nil
	}
	return s, p.either(s)
}

// A hit is a place of words in the own text of a node.
type hit struct {
	n     *lawtext.Node
	field *string
	from  int
	to    int
}

// fields are the texts in which an operation on a spot looks, with the bounds
// of a sentence. Headings are looked in only when they are named.
func (p *plan) fields(s spot) (out []hit, _ *Refusal) {
	all := func(n *lawtext.Node, f *string) {
		if *f != "" {
			out = append(out, hit{n, f, 0, len(*f)})
		}
	}
	switch s.part.Unit {
	case lawcite.Heading:
		all(s.n, &s.n.Heading)
	case lawcite.Intro:
		n := s.n
		for n.Kind == lawtext.Article && len(n.Children) == 1 {
			n = n.Children[0]
		}
		if len(n.Children) > 0 && n.Kind != lawtext.Article {
			all(n, &n.Intro)
		}
	case lawcite.Sentence:
		return p.sentence(s)
	case Clause, Bracket:
		return p.inner(s)
	default:
		under(s.n, func(n *lawtext.Node) {
			if !n.Deleted {
				all(n, &n.Intro)
				all(n, &n.Tail)
			}
		})
	}
	return out, nil
}

// sentence finds the sentences that a spot names.
func (p *plan) sentence(s spot) (out []hit, _ *Refusal) {
	n := s.n
	if n.Kind == lawtext.Article && len(n.Children) == 1 {
		n = n.Children[0]
	}
	ends, sure := p.u.Sentences(n.Intro)
	unsure := &Refusal{Reason: TwoReadings, Words: "where the sentences end", Candidates: []string{n.ID}}
	if !sure || p.shuffled[n] || n.Kind == lawtext.Article {
		return nil, unsure
	}
	nums, ok := spread(s.part.Numbers)
	if !ok {
		return nil, &Refusal{Reason: Unsupported, Words: "a range of sentences"}
	}
	if len(nums) == 0 { // the sentence: there is only one
		if len(ends) != 1 {
			return nil, unsure
		}
		nums = []string{"1"}
	}
	for _, num := range nums {
		k := atoi(num)
		switch num {
		case lawcite.Last:
			k = len(ends)
		case lawcite.NextToLast:
			k = len(ends) - 1
		}
		listed := len(n.Children) > 0 || n.Tail != ""
		if listed && (num[0] == '-' || k > len(ends)) {
			return nil, unsure
		}
		if k < 1 || k > len(ends) {
			return nil, &Refusal{Reason: NoTarget, Words: "sentence " + num, Candidates: []string{n.ID}}
		}
		from := 0
		if k > 1 {
			from = ends[k-2]
		}
		out = append(out, hit{n, &n.Intro, from, ends[k-1]})
		if listed && k == len(ends) { // the sentence goes on in its list
			rest, ok := p.listed(n)
			if !ok {
				return nil, unsure
			}
			out = append(out, rest...)
		}
	}
	return out, nil
}

// listed is the rest of the sentence that ends with a list: its items, and what
// closes it. It reports false if a sentence ends before that.
func (p *plan) listed(n *lawtext.Node) (out []hit, ok bool) {
	ok = true
	add := func(n *lawtext.Node, f *string) {
		if *f == "" || n.Kind == lawtext.Quote || n.Deleted {
			return
		}
		ends, sure := p.u.Sentences(*f)
		ok = ok && sure && len(ends) == 1
		out = append(out, hit{n, f, 0, len(*f)})
	}
	for _, c := range n.Children {
		under(c, func(n *lawtext.Node) { add(n, &n.Intro); add(n, &n.Tail) })
	}
	add(n, &n.Tail)
	return out, ok
}

// hits finds words in a spot.
func (p *plan) hits(s spot, words string) (out []hit) {
	fields, _ := p.fields(s)
	for _, f := range fields {
		for _, at := range usage.Find((*f.field)[f.from:f.to], words) {
			out = append(out, hit{f.n, f.field, f.from + at[0], f.from + at[1]})
		}
	}
	return out
}

// words replaces, inserts or deletes words in a spot.
func (p *plan) words(s spot, op *Op, all []Op) *Refusal {
	if _, ref := p.fields(s); ref != nil {
		return ref
	}
	if op.Place == AtEnd || isSign(op.Text) && op.Anchor == "" || op.Verb == TextInsert && op.Anchor == "." {
		return p.atEnd(s, op)
	}
	look := witness(op)
	hits := p.hits(s, look)
	if len(hits) == 0 && p.u.Groups && op.Verb == TextReplace && op.Anchor == "" {
		op = p.startingThere(s, op, &hits)
	}
	if text, dotted := strings.CutSuffix(op.Text, "."); len(hits) == 0 && dotted && p.u.Groups && op.Verb == TextDelete && op.Anchor == "" && !strings.Contains(text, ".") && text != "" {
		one := *op
		one.Text = text // the full stop of the sentence slipped into the quotation
		if found := p.hits(s, text); len(found) == 1 {
			p.note("sign")
			op, hits, look = &one, found, text
		}
	}
	var ids []string
	for _, h := range hits {
		ids = append(ids, h.n.ID)
	}
	switch {
	case len(hits) == 0 && op.Some && (p.claimed(s.n) || slices.ContainsFunc(all, func(o Op) bool { return o.Some && len(p.hits(s, o.Text)) > 0 })):
		return nil
	case len(hits) == 0:
		return &Refusal{Reason: TextMissing, Words: look, Span: op.Span, Candidates: []string{s.n.ID}}
	case op.All && !p.u.Groups && p.capitals(s, look, &ids):
		return &Refusal{Reason: TwoReadings, Words: capital(look), Span: op.Span, Candidates: ids}
	case len(hits) != max(1, op.Times) && !op.All:
		return &Refusal{Reason: TextRepeated, Words: look, Span: op.Span, Candidates: ids}
	}
	if p.u.Groups && op.All && s.part.Unit == "" && s.n.Kind == lawtext.Article && len(usage.Find(s.n.Heading, look)) > 0 {
		p.note("in-heading")
		if op.Verb == TextInsert { // every place, said: v celom texte § 6
			if ref := p.words(spot{n: s.n, part: lawcite.Step{Unit: lawcite.Heading}}, op, all); ref != nil {
				return ref
			}
		}
	}
	for i := len(hits) - 1; i >= 0; i-- { // from the end, so that places stay true
		if ref := p.change(hits[i], op); ref != nil {
			return ref
		}
	}
	if op.All && p.u.Groups && p.capitals(s, look, &ids) {
		return p.words(s, p.inCapitals(op), all)
	}
	return nil
}

// claimed reports whether anything below a node is changed.
func (p *plan) claimed(n *lawtext.Node) (yes bool) {
	under(n, func(n *lawtext.Node) { yes = yes || p.claims[n] })
	return yes
}

// inCapitals is an operation on the same words at the start of a sentence, which is
// noted.
func (p *plan) inCapitals(op *Op) *Op {
	p.note("capital")
	one := *op
	one.Cascade = false
	if one.Anchor != "" {
		one.Anchor = capital(op.Anchor)
	} else {
		one.Text = capital(op.Text)
	}
	if op.Verb == TextReplace {
		one.With = capital(op.With)
	}
	return &one
}

// capitals reports whether words in small letters stand in a spot with a capital
// too, at the start of a sentence: "povsod" may mean these, and does not say so.
func (p *plan) capitals(s spot, words string, ids *[]string) bool {
	if capital(words) == words {
		return false
	}
	more := p.hits(s, capital(words))
	for _, h := range more {
		*ids = append(*ids, h.n.ID)
	}
	return len(more) > 0
}

// capital writes words with a capital.
func capital(s string) string {
	r, w := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[w:]
}

// witness is the text by which an operation finds its place.
func witness(op *Op) string {
	if op.Anchor != "" {
		return op.Anchor
	}
	return op.Text
}

// change makes the operation at one hit.
func (p *plan) change(h hit, op *Op) *Refusal {
	text := *h.field
	with := op.With
	switch {
	case op.Verb == TextInsert && op.Place == After && p.u.IsMark(op.With):
		for h.to < len(text) && strings.IndexByte(".,;:", text[h.to]) >= 0 {
			h.to++ // signs stand before marks
		}
		h.from = h.to
	case op.Verb == TextInsert && op.Place == After:
		h.from = h.to
		if with = strings.TrimSpace(with); !usage.StartsWithSign(with) {
			with = " " + with
		}
	case op.Verb == TextInsert && op.Place == Before:
		h.to = h.from
		with = strings.TrimSpace(with) + " "
	case op.Anchor != "":
		// The words stand right after the anchor, or right before it.
		if op.Place == After {
			rest := text[h.to:]
			k, ok := usage.MatchAt(strings.TrimLeft(rest, " \u00a0"), op.Text)
			gap := len(rest) - len(strings.TrimLeft(rest, " \u00a0"))
			if !ok || !usage.Edge(text, h.to+gap+k, op.Text, false) {
				return &Refusal{Reason: TextMissing, Words: op.Anchor + " " + op.Text, Span: op.Span, Candidates: []string{h.n.ID}}
			}
			h.from, h.to = h.to+gap, h.to+gap+k
		} else {
			rest := strings.TrimRight(text[:h.from], " \u00a0")
			if !p.u.Groups || !isSign(op.Text) || !strings.HasSuffix(rest, op.Text) {
				return &Refusal{Reason: Unsupported, Words: op.Anchor, Span: op.Span}
			}
			h.from, h.to = len(rest)-len(op.Text), len(rest)
		}
	}
	was, seen := p.written[h.n]
	if !seen {
		was = h.n.Intro + "\n" + h.n.Tail
		p.written[h.n] = was
	} else if look := op.Text; !op.All && op.Times == 0 && len(usage.Find(was, witness(op))) != 1 {
		// Words that another instruction of this article has put there, or taken.
		return &Refusal{Reason: TextRepeated, Words: look, Span: op.Span, Candidates: []string{h.n.ID}}
	}
	if p.u.Commas {
		h, with = p.commas(h, op, with)
	}
	if p.u.Groups && usage.Doubled(text[:h.from], with, text[h.to:]) {
		p.note("doubled-word")
	}
	if p.u.Groups && p.u.Vowelled(text[:h.from], op.Text, with) {
		p.note("preposition")
	}
	out, ok := usage.Splice(text, h.from, h.to, with)
	if ok && says(out) == "" {
		return &Refusal{Reason: BadPayload, Words: "nothing would be left", Span: op.Span, Candidates: []string{h.n.ID}}
	}
	said := *op
	if said.With = with; !ok || stray(&said, text[h.to:]) {
		return &Refusal{Reason: BadPayload, Words: "two signs would meet: " + cut(op.With), Span: op.Span, Candidates: []string{h.n.ID}}
	}
	if with != "" && (usage.Twice(text[:h.from], with+text[h.to:]) || usage.Twice(text[:h.from]+with, text[h.to:])) {
		p.note("word-twice " + h.n.ID)
	}
	if op.Verb == TextDelete && usage.StartsWithSign(strings.TrimLeft(text[h.to:], " \u00a0")) && p.u.JoinsOn(strings.TrimRight(text[:h.from], " \u00a0")) {
		p.note("joins-nothing " + h.n.ID)
	}
	p.t.touch(h.n)
	*h.field = out
	p.claim(h.n)
	return nil
}

// says is what a text says besides signs.
func says(text string) string { return strings.Trim(text, " .,;:\u00a0") }

// stray reports whether a full stop would come into the middle of a sentence:
// one that slipped into the quotation.
func stray(op *Op, rest string) bool {
	rest = strings.TrimLeft(rest, " \u00a0")
	return strings.HasSuffix(op.With, ".") && !isSign(op.With) && !strings.HasSuffix(op.Text, ".") && rest != "" && !startsUpper(rest)
}

// atEnd changes the end of a unit: its last sign, or what follows it.
func (p *plan) atEnd(s spot, op *Op) *Refusal {
	n, f, ref := p.end(s)
	if ref != nil {
		return ref
	}
	if ends, sure := p.u.Sentences(*f); op.Bare && (n != s.n && len(s.n.Children) != 1 || !sure || len(ends) > 1) {
		p.note("end-unnamed")
	}
	text := strings.TrimRight(*f, " \u00a0")
	sign := op.Text
	if op.Verb == TextInsert {
		sign = op.Anchor
	}
	if op.Place != AtEnd && strings.Count(text, sign) > 1 {
		// "pika" without "na koncu" is the one at the end of an item.
		if ends, sure := p.u.Sentences(text); sign != "." || !sure || len(ends) > 1 || len(s.n.Children) > 0 {
			return &Refusal{Reason: TextRepeated, Words: sign, Candidates: []string{n.ID}}
		}
	}
	if !strings.HasSuffix(text, sign) || !isSign(sign) && !usage.Edge(text, len(text)-len(sign), sign, true) || n.Deleted || p.whole[n] {
		return &Refusal{Reason: TextMissing, Words: sign, Span: op.Span, Candidates: []string{n.ID}}
	}
	if said, rest := p.u.CutMarks(text); op.Inside && !endsWithSign(strings.TrimSpace(op.With)) && p.written[n] == "" && endsWithSign(said) {
		sign = said[len(said)-1:]
		if rest != "" { // "predpis.3)": the mark stays with its word
			text = strings.TrimSuffix(said, sign) + rest + sign
		}
	}
	out, ok := ended(op, text, sign)
	if !ok {
		return &Refusal{Reason: BadPayload, Words: "signs would meet, or words come after a full stop: " + cut(op.With), Span: op.Span, Candidates: []string{n.ID}}
	}
	if says(out) == "" {
		return &Refusal{Reason: BadPayload, Words: "nothing would be left", Span: op.Span, Candidates: []string{n.ID}}
	}
	if with := strings.TrimSpace(op.With); p.u.Commas && op.Inside && strings.Contains(text, ",") && !usage.StartsWithSign(with) && !p.u.Joined(with) {
		p.note("comma")
	}
	if _, seen := p.written[n]; !seen {
		p.written[n] = n.Intro + "\n" + n.Tail
	}
	p.t.touch(n)
	*f = out
	p.claim(n)
	return nil
}

// end finds the text that stands last in a unit, or in the named part of it.
func (p *plan) end(s spot) (*lawtext.Node, *string, *Refusal) {
	if s.part.Unit == "" {
		n := last(s.n)
		return n, field(n), nil
	}
	hits, ref := p.fields(s)
	if ref == nil && (len(hits) != 1 || hits[0].to != len(*hits[0].field)) {
		ref = &Refusal{Reason: Unsupported, Words: "the end of a sentence that is not the last", Candidates: []string{s.n.ID}}
	}
	if ref != nil {
		return nil, nil, ref
	}
	return hits[0].n, hits[0].field, nil
}

// ended makes an operation at the end of a text, or before the sign that ends
// it. It reports false if two signs would meet, or words come after a full stop.
func ended(op *Op, text, sign string) (string, bool) {
	head := strings.TrimSuffix(text, sign)
	with := strings.TrimSpace(op.With)
	spaced := with
	if !usage.StartsWithSign(with) {
		spaced = " " + with
	}
	switch {
	case op.Verb == TextDelete:
		return strings.TrimRight(head, " \u00a0"), true
	case op.Verb == TextReplace && isSign(op.Text) && !usage.StartsWithSign(with):
		return head + spaced, true
	case op.Verb == TextReplace && usage.StartsWithSign(with):
		head = strings.TrimRight(head, " \u00a0")
		return head + with, !usage.Clash(head, with)
	case op.Verb == TextReplace:
		return head + with, true
	case sign != "": // before the sign
		return head + spaced + sign, !usage.Clash(spaced, sign)
	case op.Inside && endsWithSign(with) && strings.HasSuffix(text, ".") && !startsUpper(with):
		return strings.TrimSuffix(text, ".") + spaced, true
	case op.Inside && endsWithSign(with) && endsWithSign(text) && !usage.StartsWithSign(with) && !strings.HasSuffix(text, "."):
		return text + spaced, true
	}
	full := strings.HasSuffix(text, ".")
	return text + spaced, !usage.Clash(text, with) && (!full || strings.HasSuffix(with, ".") && startsUpper(with))
}

func endsWithSign(s string) bool { return s != "" && strings.ContainsRune(".,;:", rune(s[len(s)-1])) }

// full reports whether a text ends with a full stop.
func (u *Usage) full(s string) bool {
	s, _ = u.CutMarks(s)
	return strings.HasSuffix(s, ".")
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// part replaces or deletes a sentence, an introductory sentence or a heading.
func (p *plan) part(s spot, op *Op) *Refusal {
	fields, ref := p.fields(s)
	if ref != nil {
		return ref
	}
	if len(fields) == 0 {
		return &Refusal{Reason: NoTarget, Words: string(s.part.Unit), Candidates: []string{s.n.ID}}
	}
	with := flat(op.Payload)
	switch {
	case op.Verb == Replace && with == "":
		return &Refusal{Reason: NoPayload, Words: "no quotation follows", Span: op.Span}
	case len(fields) > 1 && !oneRun(&fields, op.Verb):
		return &Refusal{Reason: Unsupported, Words: "several sentences at once", Span: op.Span}
	case s.part.Unit == lawcite.Intro && (op.Verb == Delete || strings.HasSuffix(*fields[0].field, ":") != strings.HasSuffix(with, ":") || strings.HasSuffix(with, ".")):
		return &Refusal{Reason: BadPayload, Words: cut(op.Payload), Span: op.Span}
	case p.u.Parens && s.part.Unit == lawcite.Heading && op.Verb == Replace && strings.HasPrefix(with, "(") == s.n.Above:
		return &Refusal{Reason: BadPayload, Words: cut(op.Payload), Span: op.Span}
	}
	for i := len(fields) - 1; i >= 0; i-- {
		h := fields[i]
		text := *h.field
		to := min(h.to, len(text)) // the space behind it may have gone with the sentence after
		head, tail := strings.TrimRight(text[:min(h.from, to)], " \u00a0"), strings.TrimLeft(text[to:], " \u00a0")
		if s.part.Unit == Clause || s.part.Unit == Bracket {
			head, tail, with = p.aroundInner(s.part.Unit, head, tail, with, op)
		}
		if s.part.Unit != lawcite.Heading && says(head+with+tail) == "" && len(h.n.Children) == 0 {
			return &Refusal{Reason: BadPayload, Words: "nothing would be left", Span: op.Span, Candidates: []string{h.n.ID}}
		}
		if s.part.Unit == lawcite.Sentence && with != "" && tail != "" && !p.u.EndsSentence(with) {
			return &Refusal{Reason: BadPayload, Words: "a sentence without its end: " + cut(with), Span: op.Span, Candidates: []string{h.n.ID}}
		}
		if p.u.ListSigns && h.n.Kind == lawtext.Point && s.part.Unit != lawcite.Heading && endsWithSign(text) && !strings.HasSuffix(joinText(head, with, tail), text[len(text)-1:]) {
			p.note("list-sign")
		}
		p.t.touch(h.n)
		*h.field = joinText(head, with, tail)
		p.claim(h.n)
		if s.part.Unit == lawcite.Sentence {
			p.shuffled[h.n] = op.Verb == Delete || p.shuffled[h.n]
		}
		if s.part.Unit == lawcite.Heading && op.Verb == Delete {
			p.t.touch(s.n).Above = false
		}
	}
	return nil
}

// oneRun makes one field of sentences that follow each other in one text, where
// something comes in their place. It reports false for others, and for one
// that goes on in a list.
func oneRun(fields *[]hit, verb Verb) bool {
	all := *fields
	for i, h := range all {
		if h.field != all[0].field {
			return false
		}
		if verb == Replace && i > 0 && h.from != all[i-1].to {
			return false
		}
	}
	if verb == Replace {
		all[0].to = all[len(all)-1].to
		*fields = all[:1]
	}
	return true
}

// insertSentence puts sentences into a paragraph.
func (p *plan) insertSentence(s spot, op *Op) *Refusal {
	with := flat(op.Payload)
	if with == "" {
		return &Refusal{Reason: NoPayload, Words: "no quotation follows", Span: op.Span}
	}
	n := s.n
	if n.Kind == lawtext.Article && len(n.Children) == 1 {
		n = n.Children[0]
	}
	ends, sure := p.u.Sentences(n.Intro)
	listed := len(n.Children) > 0 || n.Tail != ""
	if !sure || n.Kind == lawtext.Article || p.shuffled[n] ||
		!listed && !p.u.full(n.Intro) || !p.u.full(with) || !startsUpper(with) {
		return &Refusal{Reason: TwoReadings, Words: "where the sentences end", Candidates: []string{n.ID}}
	}
	at := len(ends)
	switch {
	case op.Place == AtEnd:
	case op.Place == After || op.Place == Before:
		if len(s.part.Numbers) != 1 || s.part.Numbers[0].To != "" {
			return &Refusal{Reason: TwoReadings, Words: "after which sentence", Candidates: []string{n.ID}}
		}
		at = atoi(s.part.Numbers[0].From)
		if s.part.Numbers[0].From == lawcite.Last {
			at = len(ends)
		}
		if op.Place == Before {
			at--
		}
	case len(op.New.Numbers) > 0:
		nums, ok := spread(op.New.Numbers)
		for i, num := range nums {
			if i == 0 {
				at = atoi(num) - 1
			}
			ok = ok && atoi(num) == at+1+i
		}
		if !ok {
			return &Refusal{Reason: Unsupported, Words: "sentences that do not follow each other", Span: op.Span}
		}
		if ends, sure := p.u.Sentences(with); sure && len(ends) != len(nums) {
			return &Refusal{Reason: BadPayload, Words: cut(with), Span: op.Span}
		}
	default:
		return &Refusal{Reason: TwoReadings, Words: "where the sentence goes", Span: op.Span}
	}
	if at < 0 || at > len(ends) {
		return &Refusal{Reason: NoTarget, Words: "sentence", Span: op.Span, Candidates: []string{n.ID}}
	}
	if listed && at == len(ends) { // after the list
		if end := last(n); op.Place != AtEnd || end.Deleted || !p.u.full(*field(end)) {
			return &Refusal{Reason: TwoReadings, Words: "where the sentences end", Candidates: []string{n.ID}}
		}
		p.t.touch(n).Tail = joinText(n.Tail, with)
		p.claim(n)
		p.shuffled[n] = true
		return nil
	}
	cutAt := 0
	if at > 0 {
		cutAt = ends[at-1]
	}
	p.t.touch(n).Intro = joinText(strings.TrimSpace(n.Intro[:cutAt]), with, strings.TrimSpace(n.Intro[cutAt:]))
	p.claim(n)
	p.shuffled[n] = true
	return nil
}

// joinText joins what is not empty with spaces.
func joinText(parts ...string) string {
	var out []string
	for _, s := range parts {
		if s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}

func isSign(s string) bool { return s == "." || s == "," || s == ";" || s == ":" }
