package akn

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/akn/markup"
)

// Meta is what a document says of itself. What it has beyond these fields stays
// in the document's element meta.
type Meta struct {
	Source        string // who identified it: "#asociacija"
	Work          FRBR   // the act, whatever its versions
	Expression    FRBR   // this version in this language
	Manifestation FRBR   // this file
	Publication   *Publication
	Keywords      []Keyword
	Events        []Event // lifecycle
	Periods       []Period
	References    []Reference
	Active        []Mod // what the document changes in others
	Passive       []Mod // what others changed in it
}

// A FRBR is one of the levels at which a document is identified (Functional
// Requirements for Bibliographic Records).
type FRBR struct {
	This      string // "/akn/si/act/2004-04-24/54/!main"
	URI       string // "/akn/si/act/2004-04-24/54"
	Aliases   []Named
	Dates     []Named // Value is a date, "2004-04-24", or a moment
	Authors   []Author
	Country   string // of a work: "si"
	Subtype   string
	Numbers   []string
	Names     []string
	Languages []string // of an expression, ISO 639-2: "slv"
	Version   string   // of an expression
	Format    string   // of a manifestation
}

// A Named is a value with a name.
type Named struct{ Name, Value string }

// An Author is who made a level of the document, and in which role.
type Author struct{ Href, As string }

// A Publication is where the document was published: Uradni list RS, 54 of 2004.
type Publication struct{ Date, Name, ShowAs, Number string }

// A Keyword classifies the document.
type Keyword struct{ Value, ShowAs, Dictionary, Href string }

// An Event is a day on which something happened to the document.
type Event struct {
	ID     string
	Date   string // "2004-04-24"
	Type   string // "generation", "amendment", "repeal"
	Source string // what caused it, as a reference: "#zxy-a"
	Refers string // what it means: "#inforce"
}

// A Period is a span of time, as a group of intervals between events.
type Period struct {
	ID        string
	Intervals []Interval
}

// An Interval lies between two events, "#evt_1", or lasts: "P1Y".
type Interval struct{ Start, End, Duration, Refers string }

// A Reference is something outside of the document: another document
// (original, activeRef, passiveRef) or a thing of the ontology (TLCPerson, …).
type Reference struct{ Type, ID, Href, ShowAs, ShortForm, Name string }

// A Mod is a modification of one document by another.
type Mod struct {
	Element      string // "textualMod", "forceMod", "efficacyMod", "meaningMod", "scopeMod", "legalSystemMod"
	Type         string // "substitution", "insertion", "repeal", "entryIntoForce", …
	ID           string
	Sources      []Argument // where it is said
	Destinations []Argument // what is changed
	Force        *Argument  // since when: a period
	Efficacy     *Argument
	Application  *Argument
	Duration     *Argument
	Condition    string // as text
	Previous     *Argument
	Old, New     []Argument
	Domain       *Argument
	Incomplete   bool
	Exclusion    bool
}

// An Argument is a place that a modification names.
type Argument struct {
	ID     string
	Href   string // "#mod_1", "/akn/si/act/2004-04-24/54/!main~art_5__para_2"
	Pos    string // "start", "before", "inside", "after", "end", "unspecified"
	UpTo   string // the last of a range
	Period string // of force, efficacy, application, duration
	Text   string // what stands in it
}

// Meta reads the metadata of the document.
func (d *Document) Meta() Meta {
	e := d.Main.First("meta")
	id := e.First("identification")
	m := Meta{Work: frbr(id.First("FRBRWork")), Expression: frbr(id.First("FRBRExpression")), Manifestation: frbr(id.First("FRBRManifestation"))}
	if id != nil {
		m.Source = id.Get("source")
	}
	for k := range e.Elements() {
		switch k.Name {
		case "publication":
			m.Publication = &Publication{k.Get("date"), k.Get("name"), k.Get("showAs"), k.Get("number")}
		case "classification":
			for w := range k.Elements() {
				m.Keywords = append(m.Keywords, Keyword{w.Get("value"), w.Get("showAs"), w.Get("dictionary"), w.Get("href")})
			}
		case "lifecycle":
			for v := range k.Elements() {
				m.Events = append(m.Events, Event{v.Get("eId"), v.Get("date"), v.Get("type"), v.Get("source"), v.Get("refersTo")})
			}
		case "temporalData":
			for p := range k.Elements() {
				m.Periods = append(m.Periods, period(p))
			}
		case "references":
			for r := range k.Elements() {
				m.References = append(m.References, Reference{r.Name, r.Get("eId"), r.Get("href"), r.Get("showAs"), r.Get("shortForm"), r.Get("name")})
			}
		case "analysis":
			m.Active = append(m.Active, mods(k.First("activeModifications"))...)
			m.Passive = append(m.Passive, mods(k.First("passiveModifications"))...)
		}
	}
	return m
}

func frbr(e *markup.Element) FRBR {
	var f FRBR
	for k := range e.Elements() {
		v := k.Get("value")
		switch k.Name {
		case "FRBRthis":
			f.This = v
		case "FRBRuri":
			f.URI = v
		case "FRBRalias":
			f.Aliases = append(f.Aliases, Named{k.Get("name"), v})
		case "FRBRdate":
			f.Dates = append(f.Dates, Named{k.Get("name"), k.Get("date")})
		case "FRBRauthor":
			f.Authors = append(f.Authors, Author{k.Get("href"), k.Get("as")})
		case "FRBRcountry":
			f.Country = v
		case "FRBRsubtype":
			f.Subtype = v
		case "FRBRnumber":
			f.Numbers = append(f.Numbers, v)
		case "FRBRname":
			f.Names = append(f.Names, v)
		case "FRBRlanguage":
			f.Languages = append(f.Languages, k.Get("language"))
		case "FRBRversionNumber":
			f.Version = v
		case "FRBRformat":
			f.Format = v
		}
	}
	return f
}

func period(e *markup.Element) Period {
	p := Period{ID: e.Get("eId")}
	for k := range e.Elements() {
		p.Intervals = append(p.Intervals, Interval{k.Get("start"), k.Get("end"), k.Get("duration"), k.Get("refersTo")})
	}
	return p
}

func mods(e *markup.Element) []Mod {
	var out []Mod
	for k := range e.Elements() {
		m := Mod{
			Element: k.Name, Type: k.Get("type"), ID: k.Get("eId"),
			Incomplete: k.Get("incomplete") == "true", Exclusion: k.Get("exclusion") == "true",
		}
		for a := range k.Elements() {
			arg := Argument{a.Get("eId"), a.Get("href"), a.Get("pos"), a.Get("upTo"), a.Get("period"), strings.TrimSpace(a.String())}
			switch a.Name {
			case "source":
				m.Sources = append(m.Sources, arg)
			case "destination":
				m.Destinations = append(m.Destinations, arg)
			case "old":
				m.Old = append(m.Old, arg)
			case "new":
				m.New = append(m.New, arg)
			case "force":
				m.Force = &arg
			case "efficacy":
				m.Efficacy = &arg
			case "application":
				m.Application = &arg
			case "duration":
				m.Duration = &arg
			case "previous":
				m.Previous = &arg
			case "domain":
				m.Domain = &arg
			case "condition":
				m.Condition = arg.Text
			}
		}
		out = append(out, m)
	}
	return out
}

// languages are the codes of ISO 639-2 with which documents name the languages
// that we have, and their tags of BCP 47. The first code is the one written.
var languages = [...]struct{ tag, codes string }{
	{"sl", "slv"}, {"hr", "hrv scr"}, {"sr", "srp scc"}, {"bs", "bos"}, {"cnr", "cnr"}, {"mk", "mkd mac"}, {"sk", "slk slo"},
	{"cs", "ces cze"}, {"de", "deu ger"}, {"en", "eng"}, {"fr", "fra fre"}, {"it", "ita"}, {"es", "spa esp"},
}

// tagOf is the tag of the first language that has one.
func tagOf(codes []string) string {
	for _, code := range codes {
		code = strings.ToLower(code)
		for _, l := range languages {
			if l.tag == code || slices.Contains(strings.Fields(l.codes), code) {
				return l.tag
			}
		}
	}
	return ""
}

// codeOf is the code of a language, "und" if it has none.
func codeOf(tag string) string {
	tag, _, _ = strings.Cut(tag, "-")
	for _, l := range languages {
		if l.tag == tag {
			code, _, _ := strings.Cut(l.codes, " ")
			return code
		}
	}
	return "und"
}
