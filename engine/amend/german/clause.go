package german

import (
	"strings"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/listed"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A reader goes through the tokens of one sentence.
type reader struct {
	toks    []token
	i       int
	refused *amend.Refusal // the first thing that is known and left for a person

	act   string       // the act that the sentence names
	scope listed.Place // where it is: the list above, then "In Absatz 1" and so on
	above listed.Place // the list above, which no place may contradict
	list  bool         // "wird wie folgt geändert": items follow, about scope
	ops   []amend.Op
	waits []int // of ops those that a quotation may follow
}

// A group is what one verb is said of. A verb may end several: "wird A durch B
// und C durch D ersetzt".
type group struct {
	in      []listed.Place // in Absatz 1 und Absatz 2
	subject []listed.Place // § 5 und § 6
	dative  []listed.Place // dem Absatz 1
	beside  []listed.Place // nach Absatz 2
	side    amend.Place
	what    *operand      // das Wort „x“
	by      *operand      // durch das Wort „y“
	anchor  *operand      // nach dem Wort „x“
	fresh   *listed.Step  // folgender Absatz 3
	byFresh *listed.Step  // durch folgenden Absatz 3
	becomes *listed.Place // wird Absatz 4
	whole   bool          // der bisherige Wortlaut
	end     bool          // am Ende
	each    bool          // jeweils
	aux     bool          // wird, werden
	follows bool          // wie folgt
}

// bare reports whether nothing but the auxiliary verb was said.
func (g *group) bare() bool {
	return g.in == nil && g.subject == nil && g.dative == nil && g.beside == nil && g.what == nil && g.by == nil &&
		g.anchor == nil && g.fresh == nil && g.byFresh == nil && g.becomes == nil && !g.whole && !g.end && !g.follows
}

// An operand is quoted words or a sign named by its noun.
type operand struct {
	text string
	end  bool // der Punkt am Ende
}

func (r *reader) tok(i int) token {
	if i < 0 || i >= len(r.toks) {
		return token{sort: broken}
	}
	return r.toks[i]
}

// low is the current word in small letters, empty for quotations.
func (r *reader) low() string {
	if t := r.tok(r.i); t.sort == word || t.sort == mark {
		return strings.ToLower(t.text)
	}
	return ""
}

// is reports whether the current token is one of these words. The first word of
// a sentence has a capital.
func (r *reader) is(any ...string) bool {
	t := r.tok(r.i)
	if t.sort != word && t.sort != mark {
		return false
	}
	for _, w := range any {
		if t.text == w || r.i == 0 && strings.EqualFold(t.text, w) {
			return true
		}
	}
	return false
}

func (r *reader) take(any ...string) bool {
	if r.is(any...) {
		r.i++
		return true
	}
	return false
}

// all takes words that follow each other, or none of them.
func (r *reader) all(phrase string) bool {
	back := r.i
	for _, w := range strings.Fields(phrase) {
		if !r.take(w) {
			r.i = back
			return false
		}
	}
	return true
}

func (r *reader) and() bool { return r.take("und", ",", "sowie", "oder") }

func (r *reader) fail(why amend.Reason, words string) {
	if r.refused == nil {
		t := r.tok(min(r.i, len(r.toks)-1))
		r.refused = &amend.Refusal{Reason: why, Words: words, Span: lawtext.Span{Start: t.start, End: t.end}}
	}
}

// A kase is a grammatical case, as far as it tells what a phrase is.
type kase uint8

const (
	nominative kase = iota
	accusative
	dative
)

// heads are the articles before a noun in each case.
var heads = [...]map[string]bool{
	nominative: words("das die der ein eine"),
	accusative: words("das die den ein eine einen"),
	dative:     words("dem den der einem einer"),
}

// nouns of quoted words, with the case that they cannot stand in.
var nouns = map[string]kase{}

var signs = map[string]string{"Punkt": ".", "Komma": ",", "Semikolon": ";", "Strichpunkt": ";", "Doppelpunkt": ":", "Beistrich": ","}

const anyCase kase = 9

func init() {
	for n := range words("Wort Angabe Angaben Zahl Zahlen Zahlwort Bezeichnung Bezeichnungen Wortfolge Textstelle Ausdruck Begriff Datum Betrag Absatzbezeichnung") {
		nouns[n] = anyCase
	}
	nouns["Wörter"], nouns["Worte"] = dative, dative
	nouns["Wörtern"], nouns["Worten"] = nominative, nominative
}

// operand reads "das Wort „x“", "die Wörter „x y“ am Ende", "ein Komma", "„x“".
func (r *reader) operand(c kase) (*operand, bool) {
	back := r.i
	if w := r.low(); heads[nominative][w] || heads[accusative][w] || heads[dative][w] {
		if !heads[c][w] {
			return nil, false
		}
		r.i++
	}
	o := &operand{}
	t := r.tok(r.i)
	wrong, noun := nouns[t.text]
	sign := signs[t.text]
	switch {
	case t.sort == quoted:
		o.text = t.text
	case t.sort == word && sign != "":
		o.text = sign
	case t.sort == word && noun && r.tok(r.i+1).sort == quoted && wrong != c && (wrong != nominative || c == dative):
		r.i++
		o.text = r.tok(r.i).text
		if t.text == "Absatzbezeichnung" {
			r.fail(amend.Unsupported, t.text)
		}
	default:
		r.i = back
		return nil, false
	}
	r.i++
	if s := r.tok(r.i); s.sort == paren && signs[strings.Trim(s.text, "„“")] == "" && len(s.text) < 12 && sign != "" {
		r.i++ // das Komma („,“)
	}
	o.end = r.ending()
	return o, true
}

// ending takes "am Ende".
func (r *reader) ending() bool {
	return r.all("am Ende") || r.all("am Satzende") || r.all("am Schluss")
}

// more reads further words that come too: "ein Komma und das Wort „x“". What
// stands before "durch" begins a group of its own.
func (r *reader) more(o *operand, c kase) {
	for {
		back := r.i
		if !r.take("und", "sowie") {
			return
		}
		next, ok := r.operand(c)
		if !ok || next.end || r.is("durch") || r.is(",") {
			r.i = back
			return
		}
		o.text = glue(o.text, next.text)
	}
}

// glue joins words with a space, but for a sign, which takes none before it.
func glue(a, b string) string {
	if first, _ := utf8.DecodeRuneInString(b); a == "" || strings.ContainsRune(".,;:", first) || first == ' ' {
		return a + b
	}
	return a + " " + b
}

// comes reads a unit that comes: "folgende Nummern 5 und 6", "den folgenden
// Satz", "ein neuer Absatz 3".
func (r *reader) comes() (*listed.Step, bool) {
	back := r.i
	r.take("der", "die", "das", "den", "dem", "ein", "eine", "einen", "einem")
	if !r.take("folgende", "folgender", "folgendes", "folgenden", "folgendem", "neue", "neuer", "neues", "neuen") {
		r.i = back
		return nil, false
	}
	noun := r.tok(r.i).text
	u, ok := r.unit()
	if _, quote := nouns[noun]; quote { // folgende Angabe: a line of a table of contents
		r.fail(amend.Unsupported, noun)
		u, ok = unit{lawcite.Sentence, listed.Sentence}, true
	}
	if !ok {
		r.i = back
		return nil, false
	}
	if u.level < 0 || u.kind == lawtext.Chapter || u.kind == lawtext.Annex {
		r.fail(amend.Unsupported, noun)
	}
	r.i++
	s := &listed.Step{Step: lawcite.Step{Unit: u.kind}, Level: u.level}
	nums, ok := r.numbers(u)
	if !ok && (u.level == listed.Article || u.level == listed.Paragraph && noun != "Absatz" || u.level >= listed.Letter && u.level < listed.Part) {
		r.i = back
		return nil, false
	}
	s.Numbers = spread(nums)
	return s, true
}

// participles that end a clause, by what they ask for.
var participles = map[string]string{"ersetzt": "ersetzt", "eingefügt": "eingefügt", "gestrichen": "gestrichen",
	"aufgehoben": "gestrichen", "angefügt": "angefügt", "hinzugefügt": "angefügt", "gefasst": "gefasst",
	"geändert": "geändert", "abgeändert": "geändert", "vorangestellt": "vorangestellt"}

// sentence reads the clauses of the sentence. It reports whether all of it was
// understood.
func (r *reader) sentence() bool {
	var pending []*group
	g := &group{}
	flush := func(verb string) bool {
		if !g.bare() {
			pending = append(pending, g)
		}
		g = &group{each: g.each && verb == ""}
		if verb == "" {
			return true
		}
		for _, p := range pending {
			if !r.clause(p, verb) {
				return false
			}
		}
		ok := len(pending) > 0
		pending = nil
		return ok
	}
	for r.i < len(r.toks) {
		t := r.tok(r.i)
		verb := participles[t.text]
		switch {
		case t.sort == word && verb != "":
			if g.bare() && len(pending) > 0 {
				return false // something was to follow "und"
			}
			r.i++
			if verb == "ersetzt" && g.by == nil && g.byFresh == nil && r.take("durch") && r.take(":") && r.i == len(r.toks) {
				g.follows = true
			}
			if !flush(verb) {
				return false
			}
		case r.all("erhält folgende Fassung"), r.all("erhalten folgende Fassung"), r.all("lautet"), r.all("lauten"):
			r.all("wie folgt")
			g.follows = true
			if !flush("gefasst") {
				return false
			}
		case g.becomes != nil && r.is("und", ","):
			r.i++
			if !flush("wird") {
				return false
			}
		case r.take("und", ",", "sowie"):
			if g.bare() && len(pending) == 0 && len(r.ops) == 0 {
				return false
			}
			flush("")
		case r.is(":") && r.i == len(r.toks)-1:
			r.i++
		case !r.piece(g):
			return false
		}
	}
	if g.becomes != nil && !flush("wird") {
		return false
	}
	return g.bare() && len(pending) == 0 && (len(r.ops) > 0 || r.list)
}

// piece reads one phrase into the group. It reports false for one that the
// group has already, or that is none.
func (r *reader) piece(g *group) bool {
	switch {
	case r.take("wird", "werden"):
		twice := g.aux
		g.aux = true
		return !twice && r.renumbers(g)
	case r.take("jeweils"):
		g.each = true
		return true
	case r.all("wie folgt"):
		r.take("neu")
		twice := g.follows
		g.follows = true
		return !twice
	case r.is("am"):
		g.end = r.ending()
		return g.end
	case r.take("in", "im"):
		if len(g.in) == 1 && g.aux { // In § 5 wird in Absatz 2 …
			var ps []listed.Place
			if !r.slot(&ps) || len(ps) != 1 || len(ps[0].Steps) == 0 || !ps[0].Fits(g.in[0]) {
				return false
			}
			g.in[0] = ps[0].Within(g.in[0])
			return true
		}
		return r.slot(&g.in)
	case r.take("durch"):
		return r.instead(g)
	case r.is("nach", "vor", "hinter"):
		return g.side == "" && r.beside(g)
	case r.all("der bisherige Wortlaut"), r.all("der bisherige Text"), r.all("der Wortlaut"):
		g.whole = true
		return len(g.subject) == 0
	case r.all("dem Wortlaut"):
		g.dative = []listed.Place{{}}
		return true
	}
	if f, ok := r.comes(); ok {
		twice := g.fresh != nil
		g.fresh = f
		return !twice
	}
	if o, ok := r.operand(nominative); ok {
		if g.what != nil {
			return false
		}
		if g.anchor != nil || g.dative != nil {
			r.more(o, nominative)
		}
		g.what = o
		return true
	}
	return r.units(g)
}

// units reads places that are changed, or to which something is added. What a
// new unit is added to stands in the dative: "Dem § 5 wird folgender Absatz 2
// angefügt", "Der Nummer 3 wird folgender Satz angefügt".
func (r *reader) units(g *group) bool {
	if g.subject != nil || g.dative != nil {
		return false
	}
	head := r.low()
	if r.naming() {
		g.subject = []listed.Place{{}}
		return true
	}
	var ps []listed.Place
	if !r.slot(&ps) {
		return false
	}
	if head == "dem" || head == "den" || head == "der" && r.adds() {
		g.dative = ps
	} else {
		g.subject = ps
	}
	return head != "des"
}

// adds reports whether "wird" and a new unit follow.
func (r *reader) adds() bool {
	back, was := r.i, r.refused
	defer func() { r.i, r.refused = back, was }()
	if !r.take("wird", "werden") {
		return false
	}
	_, ok := r.comes()
	return ok
}

// slot reads places, and the act that they are of, into a slot that is empty.
func (r *reader) slot(slot *[]listed.Place) bool {
	if *slot != nil {
		return false
	}
	ps, ok := r.places()
	if !ok {
		return false
	}
	if r.is("des", "der") {
		r.naming()
	}
	*slot = ps
	return true
}

// instead reads what comes in place of something.
func (r *reader) instead(g *group) bool {
	if g.by != nil || g.byFresh != nil {
		return false
	}
	if f, ok := r.comes(); ok {
		g.byFresh = f
		return true
	}
	o, ok := r.operand(accusative)
	if !ok || o.end {
		return false
	}
	r.more(o, accusative)
	g.by = o
	return true
}

// beside reads "nach dem Wort „x“" or "nach Absatz 2".
func (r *reader) beside(g *group) bool {
	g.side = amend.After
	if r.is("vor") {
		g.side = amend.Before
	}
	r.i++
	if o, ok := r.operand(dative); ok {
		g.anchor = o
		return true
	}
	if w := r.low(); articles[w] && w != "dem" && w != "den" && w != "der" {
		return false
	}
	return r.slot(&g.beside)
}

// renumbers reads, after "wird", what a unit is called from now on.
func (r *reader) renumbers(g *group) bool {
	if g.subject == nil && !g.whole {
		return true
	}
	back := r.i
	r.take("der", "die", "das")
	u, ok := r.unit()
	if !ok || u.level < 0 || u.kind == lawcite.Heading {
		r.i = back
		return true
	}
	r.i++
	nums, ok := r.numbers(u)
	if !ok || len(nums) == 0 {
		return false
	}
	g.becomes = &listed.Place{Steps: []listed.Step{{Step: lawcite.Step{Unit: u.kind, Numbers: spread(nums)}, Level: u.level}}}
	return true
}
