// Package i18n has every word that a person reads, in their language: sentences
// from the catalogues with the plurals of CLDR (Slovenian has four, the dual
// among them), days, times and sums as people write them.
//
// A catalogue is a file lang/sl.json of keys and sentences; each package that
// shows something brings its own, and Load makes one Book of them. A key that a
// language lacks is read in the house's first language.
package i18n

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// Languages are those that the house speaks, the first one first.
var languages = []string{"sl", "en"}

// Region are the languages of the region, in their own words, for the bar of
// languages. Those that have no catalogue yet fall back to English.
var region = []Language{
	{"sl", "Slovenščina", ""}, {"hr", "Hrvatski", "en"}, {"sr", "Српски", "en"}, {"bs", "Bosanski", "en"},
	{"mk", "Македонски", "en"}, {"sq", "Shqip", "en"}, {"en", "English", ""},
}

// A Language is an entry of the bar of languages.
type Language struct {
	Code, Name string
	Fallback   string // shown instead; empty if the language is spoken
}

// Region lists the languages of the region.
func Region() []Language { return slices.Clone(region) }

// Spoken lists the languages that have a catalogue.
func Spoken() []string { return slices.Clone(languages) }

// A Book is all catalogues.
type Book struct {
	bundle *i18n.Bundle
	keys   map[string]map[string]bool // language → key
	in     map[string]*Printer
}

// Load reads lang/*.json of each of the file systems. A key may stand in one
// package only.
func Load(all ...fs.FS) (*Book, error) {
	b := &Book{bundle: i18n.NewBundle(language.MustParse(languages[0])), keys: map[string]map[string]bool{}, in: map[string]*Printer{}}
	b.bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	for _, fsys := range append([]fs.FS{own}, all...) {
		names, err := fs.Glob(fsys, "lang/*.json")
		if err != nil {
			return nil, fmt.Errorf("i18n: %w", err)
		}
		for _, name := range names {
			if err := b.read(fsys, name); err != nil {
				return nil, fmt.Errorf("i18n: %s: %w", name, err)
			}
		}
	}
	for _, lang := range languages {
		b.in[lang] = b.printer(lang)
	}
	return b, nil
}

func (b *Book) read(fsys fs.FS, name string) error {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	f, err := b.bundle.ParseMessageFileBytes(raw, path.Base(name))
	if err != nil {
		return err
	}
	lang := f.Tag.String()
	if b.keys[lang] == nil {
		b.keys[lang] = map[string]bool{}
	}
	for _, m := range f.Messages {
		if b.keys[lang][m.ID] {
			return fmt.Errorf("%s stands twice", m.ID)
		}
		b.keys[lang][m.ID] = true
	}
	return nil
}

// Keys lists the keys of a language, in order.
func (b *Book) Keys(lang string) []string { return slices.Sorted(maps.Keys(b.keys[lang])) }

// In is the printer of a language, or of the house's first if it has none.
func (b *Book) In(lang string) *Printer {
	if p, ok := b.in[lang]; ok {
		return p
	}
	return b.in[languages[0]]
}

// Choose picks a spoken language from an Accept-Language header.
func Choose(accept string) string {
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(tags) == 0 {
		return languages[0]
	}
	for _, tag := range tags {
		base, _ := tag.Base()
		switch code := base.String(); {
		case slices.Contains(languages, code):
			return code
		case slices.Contains([]string{"hr", "sr", "bs", "mk", "sq"}, code):
			return "en"
		}
	}
	return languages[0]
}

func (b *Book) printer(lang string) *Printer {
	return &Printer{Lang: lang, book: b, loc: i18n.NewLocalizer(b.bundle, lang, languages[0])}
}

// A Printer writes in one language.
type Printer struct {
	Lang  string
	book  *Book
	loc   *i18n.Localizer
	plain sync.Map // sentences without arguments, by key
}

// Has reports whether the language itself has the key.
func (p *Printer) Has(key string) bool { return p.book.keys[p.Lang][key] }

// T is the sentence of the key. Arguments are name, value, name, value …; the one
// called n chooses the plural. A key without a sentence is shown as itself, so
// that it is seen.
func (p *Printer) T(key string, args ...any) string {
	if len(args) == 0 {
		if s, ok := p.plain.Load(key); ok {
			return s.(string)
		}
	}
	c := &i18n.LocalizeConfig{MessageID: key}
	if len(args) > 0 {
		words := make(map[string]any, len(args)/2)
		for i := 0; i+1 < len(args); i += 2 {
			name := fmt.Sprint(args[i])
			words[name] = args[i+1]
			if n, ok := args[i+1].(int); ok {
				if name == "n" {
					c.PluralCount = n
				}
				words[name] = p.Number(n)
			}
		}
		c.TemplateData = words
	}
	s, err := p.loc.Localize(c)
	if err != nil && s == "" {
		return "⟦" + key + "⟧"
	}
	s = p.bind(s)
	if len(args) == 0 && p.book.keys[languages[0]][key] {
		p.plain.Store(key, s)
	}
	return s
}

// bind keeps short words with what follows, as typesetters do.
func (p *Printer) bind(s string) string {
	if p.Lang != "sl" {
		return s
	}
	return Bind(s)
}

// Bind puts a non-breaking space after the one-letter words of Slovenian (v, s,
// z, k, o, h, a, u, i) and inside dates.
func Bind(s string) string {
	var b strings.Builder
	b.Grow(len(s) + 8)
	start := true // at the start of a word
	for i := 0; i < len(s); i++ {
		c := s[i]
		if start && i+1 < len(s) && s[i+1] == ' ' && strings.IndexByte("vszkohauiVSZKOHAUI", c) >= 0 {
			b.WriteByte(c)
			b.WriteString("\u00a0")
			i++
			continue
		}
		b.WriteByte(c)
		start = c == ' ' || c == '(' || c == '\n'
	}
	return b.String()
}
