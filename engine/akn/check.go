package akn

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/akn/markup"
)

// A Problem is a place where a document breaks a rule.
type Problem struct {
	Rule Rule
	At   string // eId of the element or of the nearest one around it that has one, else its name
	Line int    // in the source; zero in a document that was made
	Text string // what is wrong: "<p> may not stand in <paragraph>"
}

// A Rule names what a Problem breaks.
type Rule string

// The rules. The first five are those of the schema, the others those of the
// naming convention and of the schema's comments.
const (
	UnknownElement   Rule = "unknown-element"
	UnknownAttribute Rule = "unknown-attribute"
	MissingAttribute Rule = "missing-attribute"
	WrongValue       Rule = "wrong-value"
	WrongContent     Rule = "wrong-content" // element order, missing elements, stray text
	RepeatedID       Rule = "repeated-id"   // an eId or GUID stands twice
	WrongID          Rule = "wrong-id"      // an eId that contradicts its place
	MissingID        Rule = "missing-id"    // a provision without an eId
	NoTarget         Rule = "no-target"     // a reference within the document leads nowhere
	WrongURI         Rule = "wrong-uri"     // the FRBR levels do not fit each other
	WrongOrder       Rule = "wrong-order"   // an interval ends before it begins
)

// MaxProblems are reported; after so many a document is not what it claims.
const MaxProblems = 1000

// Check reports where a document is no Akoma Ntoso 3.0: first what the schema
// forbids, then what the naming convention does. A document that Make made from
// a whole Identity has none.
func Check(d *Document) []Problem {
	c := checker{german: strings.HasPrefix(d.Version, "LegalDocML.de"), ids: map[string]*markup.Element{}, wids: map[string]bool{}, guids: map[string]bool{}, events: map[string]string{}}
	root := d.Main
	if d.Tree != nil {
		root = d.Tree.Root
	}
	c.collect(root)
	c.element(root, "")
	c.document(d)
	return c.found
}

type checker struct {
	found  []Problem
	german bool                       // LegalDocML.de: every element has identifiers, FRBR levels have an order of their own, quotations may be empty
	ids    map[string]*markup.Element // the first of each eId
	wids   map[string]bool
	guids  map[string]bool
	events map[string]string // dates of events by eId
}

func (c *checker) report(r Rule, at string, e *markup.Element, format string, args ...any) {
	if len(c.found) == MaxProblems {
		return
	}
	if id := e.Get("eId"); id != "" {
		at = id
	} else if at == "" {
		at = e.Name
	}
	for i, a := range args {
		if s, is := a.(string); is && len(s) > 200 {
			args[i] = short(s, 200) + "…"
		}
	}
	c.found = append(c.found, Problem{r, at, e.Line, fmt.Sprintf(format, args...)})
}

// collect gathers what references may lead to, and what may not stand twice.
func (c *checker) collect(root *markup.Element) {
	for e := range root.All() {
		if e.Space != NS {
			continue
		}
		if id := e.Get("eId"); id != "" {
			if c.ids[id] != nil {
				c.report(RepeatedID, "", e, "the eId %s stands twice", id)
			} else {
				c.ids[id] = e
			}
		}
		if guid := e.Get("GUID"); guid != "" {
			if c.guids[guid] {
				c.report(RepeatedID, "", e, "the GUID %s stands twice", guid)
			}
			c.guids[guid] = true
		}
		c.wids[e.Get("wId")] = true
		if e.Name == "eventRef" {
			c.events["#"+e.Get("eId")] = e.Get("date")
		}
	}
}

// element checks an element and all in it. At is the eId around it.
func (c *checker) element(e *markup.Element, at string) {
	if e.Space != NS {
		return
	}
	r := schema[e.Name]
	if r == nil {
		c.report(UnknownElement, at, e, "version 3.0 has no <%s>", e.Name)
	} else {
		c.attributes(r, e, at)
		c.content(r, e, at)
	}
	c.identifier(e, at)
	c.references(e, at)
	if id := e.Get("eId"); id != "" {
		at = id
	}
	for k := range e.Elements() {
		c.element(k, at)
	}
}

func (c *checker) attributes(r *rule, e *markup.Element, at string) {
	for _, a := range e.Attrs {
		if a.Space != "" {
			continue // the schema allows those of other namespaces, and xml:lang
		}
		kind, has := r.attrs[a.Name]
		if !has && c.german && (a.Name == "eId" || a.Name == "GUID") {
			continue
		}
		if !has {
			c.report(UnknownAttribute, at, e, "<%s> has no attribute %s", e.Name, a.Name)
			continue
		}
		if why := wrongValue(kind, a.Value); why != "" {
			c.report(WrongValue, at, e, "%s=%q of <%s> is %s", a.Name, a.Value, e.Name, why)
		}
	}
	for _, name := range r.required {
		if _, has := e.Lookup(name); !has {
			c.report(MissingAttribute, at, e, "<%s> lacks the attribute %s", e.Name, name)
		}
	}
	for _, name := range []string{"eId", "wId", "GUID"} {
		if v, has := e.Lookup(name); has && (v == "" || strings.ContainsAny(v, " \t\r\n")) {
			c.report(WrongValue, at, e, "%s=%q is empty or has white space", name, v)
		}
	}
}

// wrongValue says what is wrong with the value of an attribute of a type.
func wrongValue(kind, value string) string {
	switch kind {
	case "":
		return ""
	case "number":
		if _, err := strconv.Atoi(strings.TrimSpace(value)); err != nil {
			return "no number"
		}
		return ""
	case "date":
		if _, ok := dayOf(value); !ok {
			return "no date"
		}
		return ""
	}
	if !slices.Contains(strings.Fields(values[kind]), value) {
		return "none of: " + values[kind]
	}
	return ""
}

// dayOf reads an xsd:date or xsd:dateTime.
func dayOf(s string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02", "2006-01-02Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04:05Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// content checks what stands in an element against its model. Of several models
// the one that goes furthest says what is wrong.
func (c *checker) content(r *rule, e *markup.Element, at string) {
	if id := e.Get("eId"); id != "" {
		at = id
	}
	var names []string
	var kids []*markup.Element
	for _, k := range e.Kids {
		switch {
		case k.Sort == markup.Text && !r.mixed && line(k.Value) != "":
			c.report(WrongContent, at, e, "text stands in <%s>: %.40q", e.Name, line(k.Value))
		case k.Sort != markup.Child:
		case k.Element.Space == NS:
			names, kids = append(names, k.Element.Name), append(kids, k.Element)
		case !r.foreign:
			c.report(WrongContent, at, e, "<%s> of another namespace stands in <%s>", k.Element.Name, e.Name)
		}
	}
	if c.german && (strings.HasPrefix(e.Name, "FRBR") || len(names) == 0) {
		return
	}
	best, why := -1, ""
	for _, seq := range r.variants {
		n, lacks := match(seq, names)
		switch {
		case n == len(names) && lacks == "":
			return
		case n > best:
			best, why = n, lacks
		}
	}
	switch {
	case best < len(names) && best >= 0:
		c.report(WrongContent, at, kids[best], "<%s> may not stand here in <%s>", names[best], e.Name)
	case why != "":
		c.report(WrongContent, at, e, "<%s> lacks %s", e.Name, why)
	}
}

// match runs along a sequence as far as it goes. Neighbouring particles have no
// element in common, so there is one way.
func match(seq []particle, names []string) (n int, lacks string) {
	for _, p := range seq {
		count := 0
		for n < len(names) && (p.max == 0 || count < p.max) && p.names[names[n]] {
			n++
			count++
		}
		if count < p.min {
			return n, p.said
		}
	}
	return n, ""
}

// named are the elements by the word of their eIds: the short names of the
// naming convention. Other elements have their own name.
var named = map[string]string{
	"art": "article", "chp": "chapter", "sec": "section", "para": "paragraph", "subpara": "subparagraph", "subsec": "subsection",
	"subchp": "subchapter", "al": "alinea", "cl": "clause", "dvs": "division", "subcl": "subclause", "cit": "citation", "rec": "recital",
	"att": "attachment", "cmp": "component", "qstr": "quotedStructure", "qtext": "quotedText",
}

// identifier checks that an eId fits its place: that its last word is that of
// the element, and that what stands before it is the eId of an element around
// it. It leaves eIds of other conventions alone.
func (c *checker) identifier(e *markup.Element, at string) {
	if !provisions[e.Name] {
		return
	}
	id := e.Get("eId")
	if id == "" {
		if len(c.ids) > 0 && e.Name != "item" {
			c.report(MissingID, at, e, "<%s> has no eId", e.Name)
		}
		return
	}
	before, last := "", id
	if k := strings.LastIndex(id, "__"); k >= 0 {
		before, last = id[:k], id[k+2:]
	}
	word, _, ok := strings.Cut(last, "_")
	if !ok || strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") != "" {
		return
	}
	if name := named[word]; name != "" && name != e.Name && e.Name != "hcontainer" && e.Name != "item" && e.Name != "tblock" {
		c.report(WrongID, at, e, "the eId %s says %s, the element is <%s>", id, name, e.Name)
	}
	if num := line(plain(e.First("num"))); e.Name != "hcontainer" && contradict(num, last[len(word)+1:]) {
		c.report(WrongID, at, e, "the eId %s is not that of %q", id, num)
	}
	if before != "" && at != before && !strings.HasPrefix(at, before+"__") && c.ids[before] == nil {
		c.report(WrongID, at, e, "the eId %s stands in %s", id, at)
	}
}

// contradict reports whether a printed number and that of an eId have figures
// and not the same ones.
func contradict(printed, told string) bool {
	first := func(s string) string {
		from := strings.IndexAny(s, "0123456789")
		if from < 0 {
			return ""
		}
		s = s[from:]
		return s[:len(s)-len(strings.TrimLeft(s, "0123456789"))]
	}
	p, t := first(printed), first(told)
	return p != "" && t != "" && p != t
}

// pointers are the attributes that refer to eIds with #.
var pointers = setOf("href source as by for to refersTo period start end dictionary upTo from alternativeTo placementBase includedIn current outcome choice empoweredBy")

func (c *checker) references(e *markup.Element, at string) {
	for _, a := range e.Attrs {
		if a.Space != "" || !pointers[a.Name] && a.Name != "original" {
			continue
		}
		for _, ref := range strings.Fields(a.Value) {
			id, local := strings.CutPrefix(ref, "#")
			if !local || id == "" {
				continue
			}
			if c.ids[id] == nil && !c.wids[id] && id != "body" {
				c.report(NoTarget, at, e, "%s=%q of <%s> leads nowhere", a.Name, ref, e.Name)
			}
		}
	}
	if e.Name == "timeInterval" {
		from, ok1 := dayOf(c.events[e.Get("start")])
		to, ok2 := dayOf(c.events[e.Get("end")])
		if ok1 && ok2 && to.Before(from) {
			c.report(WrongOrder, at, e, "the interval ends on %s, before it begins", to.Format("2006-01-02"))
		}
	}
}

// document checks the FRBR levels of a document and of those within it.
func (c *checker) document(d *Document) {
	m := d.Meta()
	e := d.Main.First("meta", "identification")
	if e == nil {
		return // content has said so
	}
	for _, l := range []struct {
		name string
		f    FRBR
	}{{"FRBRWork", m.Work}, {"FRBRExpression", m.Expression}, {"FRBRManifestation", m.Manifestation}} {
		if l.f.URI == "" || l.f.This == "" {
			c.report(WrongURI, l.name, e, "%s has no URI", l.name)
		} else if !strings.HasPrefix(l.f.This, bare(l.f.URI)) {
			c.report(WrongURI, l.name, e, "FRBRthis %s of %s is no part of %s", l.f.This, l.name, l.f.URI)
		}
	}
	work, expr := m.Work.URI, bare(m.Expression.URI)
	if work != "" && expr != "" && !strings.HasPrefix(expr, work) {
		c.report(WrongURI, "FRBRExpression", e, "the expression %s is none of %s", expr, work)
	}
	if expr != "" && m.Manifestation.URI != "" && !strings.HasPrefix(m.Manifestation.URI, expr) {
		c.report(WrongURI, "FRBRManifestation", e, "the manifestation %s is none of %s", m.Manifestation.URI, expr)
	}
	if p := strings.Split(work, "/"); len(p) > 2 && p[1] == "akn" && m.Work.Country != "" && p[2] != "" &&
		!strings.HasPrefix(p[2], strings.ToLower(m.Work.Country)) && !strings.HasPrefix(strings.ToLower(m.Work.Country), p[2]) {
		c.report(WrongURI, "FRBRcountry", e, "the country %s is not that of %s", m.Work.Country, work)
	}
	for _, p := range d.Parts() {
		c.document(p)
	}
}

// bare is a URI without the form of the file and without the name of the whole.
func bare(uri string) string {
	for _, end := range []string{".xml", ".akn"} {
		uri = strings.TrimSuffix(uri, end)
	}
	return strings.TrimSuffix(strings.TrimSuffix(uri, "/main"), "/!main")
}
