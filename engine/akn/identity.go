package akn

import (
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// An Identity is what the URIs of a document are made of:
//
//	/akn/si/act/2004-04-24/54                      the work
//	/akn/si/act/2004-04-24/54/slv@2023-02-22       the expression
//	/akn/si/act/2004-04-24/54/slv@2023-02-22.xml   the manifestation
type Identity struct {
	Country string // ISO 3166: "si"
	Kind    string // "act", "bill"; act if empty
	Subtype string // "uredba"; stands in the URI after the kind
	Date    string // on which it was passed: "2004-04-24"
	Number  string // that makes it the only one of the day
	Lang    string // BCP 47: "sl"
	Version string // the day from which this text holds; empty for the text as published
	InForce string // the day on which the act came into force; empty if unknown
	Title   string
	Short   string
	Author  Reference // who passed it, TLCOrganization; the editor if it has no Href
}

// IdentityOf is what the front matter of a statute says: datum, sop or the
// gazette (objava), kratica, naziv. The number is the last part of the SOP, for
// an issue of the gazette has several acts of a day.
func IdentityOf(a *lawtext.Act) Identity {
	i := Identity{Country: countries[a.Lang], Date: a.Meta("datum"), Lang: a.Lang, Title: a.Title, Short: a.Short}
	if p := strings.Split(a.Meta("sop"), "-"); len(p) == 3 {
		i.Number = p[2]
	} else {
		for _, w := range strings.Fields(a.Meta("objava")) {
			if issue, _, ok := strings.Cut(w, "/"); ok && i.Number == "" {
				i.Number = issue
			}
		}
	}
	return i
}

// countries in whose law a language is read when nothing else is known.
var countries = map[string]string{
	"sl": "si", "hr": "hr", "sr": "rs", "bs": "ba", "cnr": "me", "mk": "mk", "sk": "sk", "cs": "cz", "de": "de", "en": "eu", "fr": "fr",
}

// Work is the URI of the work.
func (i Identity) Work() string {
	kind := i.Kind
	if kind == "" {
		kind = "act"
	}
	uri := "/akn"
	for _, part := range []string{i.Country, kind, i.Subtype, i.Date, i.Number} {
		if part != "" {
			uri += "/" + uriPart(part)
		}
	}
	return uri
}

// Expression is the URI of the text in its language and version.
func (i Identity) Expression() string {
	return i.Work() + "/" + codeOf(i.Lang) + "@" + uriPart(i.Version)
}

func uriPart(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("/@!#~?%", r) || r <= ' ' {
			return '-'
		}
		return r
	}, s)
}

// Meta is the metadata of a document of this identity: its three levels, the
// events of its life, the span in which it is in force, who is named.
func (i Identity) Meta() Meta {
	work, expr := i.Work(), i.Expression()
	made := i.Version
	if made == "" {
		made = i.Date
	}
	editor := []Author{{Href: "#editor", As: "#editing"}}
	author := []Author{{Href: "#author", As: "#authoring"}}
	m := Meta{
		Source: "#editor",
		Work: FRBR{
			This: work + "/!main", URI: work, Dates: []Named{{"passed", i.Date}}, Authors: author,
			Country: i.Country, Subtype: i.Subtype,
		},
		Expression: FRBR{
			This: expr + "/!main", URI: expr, Dates: []Named{{"version", made}}, Authors: editor, Languages: []string{codeOf(i.Lang)},
		},
		Manifestation: FRBR{
			This: expr + "/!main.xml", URI: expr + ".xml", Dates: []Named{{"markup", made}}, Authors: editor, Format: "application/akn+xml",
		},
	}
	if i.Number != "" {
		m.Work.Numbers = []string{i.Number}
	}
	if i.Title != "" {
		m.Work.Aliases = append(m.Work.Aliases, Named{"title", i.Title})
	}
	if i.Short != "" {
		m.Work.Aliases = append(m.Work.Aliases, Named{"short", i.Short})
	}
	m.References = append(m.References, Reference{Type: "original", ID: "original", Href: work, ShowAs: shown(i.Title, work)})
	m.References = append(m.References, i.agents()...)
	m.Events = append(m.Events, Event{ID: "evt_1", Date: i.Date, Type: "generation", Source: "#original"})
	start := ""
	if i.InForce != "" {
		start = "#evt_force"
		m.Events = append(m.Events, Event{ID: "evt_force", Date: i.InForce, Type: "generation", Source: "#original", Refers: "#inforce"})
	}
	if i.Version != "" && i.Version != i.Date {
		start = "#evt_version"
		m.Events = append(m.Events, Event{ID: "evt_version", Date: i.Version, Type: "amendment", Source: "#editor"})
	}
	if start != "" {
		m.References = append(m.References, Reference{Type: "TLCConcept", ID: "inforce", Href: "/akn/ontology/concept/inforce", ShowAs: "in force"})
		m.Periods = []Period{{ID: "tgp_1", Intervals: []Interval{{Start: start, Refers: "#inforce"}}}}
	}
	return m
}

func (i Identity) agents() []Reference {
	author := i.Author
	if author.Href == "" {
		author = Reference{Href: "/akn/ontology/organization/" + shown(i.Country, "unknown"), ShowAs: shown(i.Country, "unknown")}
	}
	author.Type, author.ID = shown(author.Type, "TLCOrganization"), "author"
	return []Reference{
		author,
		{Type: "TLCOrganization", ID: "editor", Href: "/akn/ontology/organization/asociacija", ShowAs: "Asociacija"},
		{Type: "TLCRole", ID: "authoring", Href: "/akn/ontology/role/author", ShowAs: "author"},
		{Type: "TLCRole", ID: "editing", Href: "/akn/ontology/role/editor", ShowAs: "editor"},
	}
}

func shown(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
