package akn

import (
	"strings"

	"github.com/asociacija/asociacija/engine/akn/markup"
)

// element writes the metadata, in the order of the schema.
func (m Meta) element() *markup.Element {
	source := m.source()
	e := markup.New(NS, "meta").Add(markup.New(NS, "identification", "source", source).Add(
		m.Work.element("FRBRWork"), m.Expression.element("FRBRExpression"), m.Manifestation.element("FRBRManifestation")))
	if p := m.Publication; p != nil {
		e.Add(markup.New(NS, "publication", "date", p.Date, "name", p.Name, "showAs", p.ShowAs, "number", p.Number))
	}
	section := func(name string, items []*markup.Element) {
		if len(items) > 0 {
			e.Add(markup.New(NS, name, "source", source).Add(items...))
		}
	}
	section("classification", each(m.Keywords, func(k Keyword) *markup.Element {
		return markup.New(NS, "keyword", "value", k.Value, "showAs", k.ShowAs, "dictionary", k.Dictionary, "href", k.Href)
	}))
	section("lifecycle", each(m.Events, func(v Event) *markup.Element {
		return markup.New(NS, "eventRef", "eId", v.ID, "date", v.Date, "type", v.Type, "source", v.Source, "refersTo", v.Refers)
	}))
	var analysis []*markup.Element
	for _, a := range []struct {
		name string
		mods []Mod
	}{{"activeModifications", m.Active}, {"passiveModifications", m.Passive}} {
		if len(a.mods) > 0 {
			analysis = append(analysis, markup.New(NS, a.name).Add(each(a.mods, Mod.element)...))
		}
	}
	section("analysis", analysis)
	section("temporalData", each(m.Periods, Period.element))
	section("references", each(m.References, func(r Reference) *markup.Element {
		return markup.New(NS, r.Type, "eId", r.ID, "href", r.Href, "showAs", r.ShowAs, "shortForm", r.ShortForm, "name", r.Name)
	}))
	return e
}

func each[T any](list []T, f func(T) *markup.Element) []*markup.Element {
	out := make([]*markup.Element, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}

func (f FRBR) element(name string) *markup.Element {
	e := markup.New(NS, name)
	value := func(name string, values ...string) {
		for _, v := range values {
			if v != "" {
				e.Add(markup.New(NS, name, "value", v))
			}
		}
	}
	value("FRBRthis", f.This)
	value("FRBRuri", f.URI)
	e.Add(each(f.Aliases, func(a Named) *markup.Element { return markup.New(NS, "FRBRalias", "value", a.Value, "name", a.Name) })...)
	e.Add(each(f.Dates, func(d Named) *markup.Element { return markup.New(NS, "FRBRdate", "date", d.Value, "name", d.Name) })...)
	e.Add(each(f.Authors, func(a Author) *markup.Element { return markup.New(NS, "FRBRauthor", "href", a.Href, "as", a.As) })...)
	value("FRBRcountry", f.Country)
	value("FRBRsubtype", f.Subtype)
	value("FRBRnumber", f.Numbers...)
	value("FRBRname", f.Names...)
	value("FRBRversionNumber", f.Version)
	e.Add(each(f.Languages, func(l string) *markup.Element { return markup.New(NS, "FRBRlanguage", "language", l) })...)
	value("FRBRformat", f.Format)
	return e
}

func (p Period) element() *markup.Element {
	return markup.New(NS, "temporalGroup", "eId", p.ID).Add(each(p.Intervals, func(i Interval) *markup.Element {
		return markup.New(NS, "timeInterval", "start", i.Start, "end", i.End, "duration", i.Duration, "refersTo", i.Refers)
	})...)
}

func (m Mod) element() *markup.Element {
	e := markup.New(NS, m.Element, "type", m.Type, "eId", m.ID)
	if m.Incomplete {
		e.Set("incomplete", "true")
	}
	if m.Exclusion {
		e.Set("exclusion", "true")
	}
	put := func(name string, args ...Argument) {
		for _, a := range args {
			e.Add(markup.New(NS, name, "eId", a.ID, "href", a.Href, "pos", a.Pos, "upTo", a.UpTo, "period", a.Period).Say(a.Text))
		}
	}
	one := func(name string, a *Argument) {
		if a != nil {
			put(name, *a)
		}
	}
	put("source", m.Sources...)
	put("destination", m.Destinations...)
	one("force", m.Force)
	one("efficacy", m.Efficacy)
	one("application", m.Application)
	one("duration", m.Duration)
	if m.Condition != "" {
		put("condition", Argument{Text: m.Condition})
	}
	one("previous", m.Previous)
	put("old", m.Old...)
	put("new", m.New...)
	one("domain", m.Domain)
	return e
}

func (m Meta) source() string {
	if m.Source == "" {
		return "#editor"
	}
	return m.Source
}

// kind is the element of the document: what the URI of the work says it is.
func (m Meta) kind() string {
	if p := strings.Split(m.Work.URI, "/"); len(p) > 3 {
		switch p[3] {
		case "bill", "amendment", "doc", "statement":
			return p[3]
		}
	}
	return "act"
}

func (m Meta) name() string {
	if m.Work.Subtype != "" {
		return m.Work.Subtype
	}
	return m.kind()
}

// contains says whether this is the act as it was published or a version after
// a change.
func (m Meta) contains() string {
	_, version, _ := strings.Cut(m.Expression.URI, "@")
	if version == "" || len(m.Work.Dates) > 0 && version == m.Work.Dates[0].Value {
		return "originalVersion"
	}
	return "singleVersion"
}

// part is the metadata of a component of the document.
func (m Meta) part(slug string) Meta {
	renamed := func(f FRBR) FRBR {
		base, rest, ok := strings.Cut(f.This, "!")
		if !ok {
			base += "/"
		}
		f.This = base + "!" + slug
		if k := strings.LastIndexByte(rest, '.'); k >= 0 {
			f.This += rest[k:]
		}
		f.Aliases = nil
		return f
	}
	return Meta{Source: m.Source, Work: renamed(m.Work), Expression: renamed(m.Expression), Manifestation: renamed(m.Manifestation)}
}
