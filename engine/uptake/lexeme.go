package uptake

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/textkit"
)

// A sort of word says how much it weighs.
type sort byte

const (
	filler    sort = iota // words that every sentence has
	reference             // "12. člen", "Uradni list 3/22": numbering, which may shift
	content
	limit    // najmanj, največ, lahko, mora
	negation // ne, ni, brez
	number   // a value: 30, trideset, polovica
)

// weights are in hundredths of a content word. A filler weighs something, for "in" and "ali" are
// not the same.
var weights = [...]int{filler: 20, reference: 40, content: 100, limit: 200, negation: 300, number: 300}

// A lexeme is a word of a text as it is compared.
type lexeme struct {
	key        string
	sort       sort
	value      float64 // of a number
	start, end int
}

func (l lexeme) weight() int { return weights[l.sort] }

// A lexicon reads the words of one language and remembers their stems.
type lexicon struct {
	lang  language.Tag
	words map[string]lexeme
}

func newLexicon(lang language.Tag) *lexicon {
	if lang == language.Und {
		lang = language.Slovenian
	}
	return &lexicon{lang, make(map[string]lexeme)}
}

// read returns the words of s. "%" is read as "odstotek".
func (x *lexicon) read(s string) []lexeme {
	var list []lexeme
	from := 0
	percent := func(end int) {
		for i := from; i < end; i++ {
			if s[i] == '%' {
				list = append(list, lexeme{key: "odstotk", sort: content, start: i, end: i + 1})
			}
		}
	}
	for _, w := range textkit.Words(s) {
		percent(w.Start)
		l, ok := x.words[w.Text]
		if !ok {
			l = x.word(textkit.Fold(w.Text))
			x.words[w.Text] = l
		}
		l.start, l.end = w.Start, w.End
		list = append(list, l)
		from = w.End
	}
	percent(len(s))
	return refer(list)
}

// same are words for one thing.
var same = map[string]string{"evr": "eur", "€": "eur", "st": "stevilk", "oz": "oziroma"}

func (x *lexicon) word(f string) lexeme {
	if v, ok := digits(f); ok {
		return lexeme{key: numberKey(v), sort: number, value: v}
	}
	if f == "" {
		return lexeme{sort: filler} // a soft hyphen or a mark by itself
	}
	if f[0] >= '0' && f[0] <= '9' {
		return lexeme{key: f, sort: reference}
	}
	l := lexeme{key: textkit.Stem(x.lang, f), sort: content}
	if s, ok := same[l.key]; ok {
		l.key = s
	}
	if base, _ := x.lang.Base(); base.String() != "sl" {
		return l
	}
	if v, ok := numeral(f); ok {
		return lexeme{key: numberKey(v), sort: number, value: v}
	}
	switch {
	case negations[f] || strings.HasPrefix(f, "noben"):
		l.key, l.sort = singular(f), negation
	case limits[f]:
		l.key, l.sort = singular(f), limit
	case fillers[f]:
		l.key, l.sort = f, filler
	}
	return l
}

// singular makes nimajo and nimata nima, and morajo mora.
func singular(f string) string {
	return strings.TrimSuffix(strings.TrimSuffix(f, "jo"), "ta")
}

func numberKey(v float64) string { return "#" + strconv.FormatFloat(v, 'g', 6, 64) }

// digits reads "30", "10.000" and "57,6".
func digits(f string) (float64, bool) {
	whole, part, comma := strings.Cut(f, ",")
	groups := strings.Split(whole, ".")
	for _, g := range groups[1:] {
		if len(g) != 3 {
			return 0, false
		}
	}
	f = strings.Join(groups, "")
	if strings.Trim(f+part, "0123456789") != "" || comma && part == "" || f == "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(f+"."+part, 64)
	return v, err == nil && !math.IsInf(v, 0)
}

var (
	negations = set("ne ni niso nista nima nimajo nimata nihce niti brez razen nikakor prepovedano")
	limits    = set("najmanj najvec vsaj le samo zgolj lahko mora morata morajo sme smeta smejo izjemoma praviloma obvezno nujno vedno")
	fillers   = set(`in ali ter pa ki ko kot kjer da naj bi je so sta bo bodo bil bila bilo biti se si ga jo jih mu jim ji za na v iz z s k h o ob po pri
		od do nad pod pred med to ta te tega tem teh ti tej svoj svoje oziroma pri ce a ampak tudi tako glede zakon zakona zakonu zakonom clen clena clenu odstavek odstavka odstavku`)
	units = set("cln odstavk tock alinej prilog stavk poglavj list stevilk zakon")
)

func set(s string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// refer turns the numbers of provisions into references: "12. in 13. člena",
// "prvi odstavek", "priloga 2".
func refer(list []lexeme) []lexeme {
	ahead := false
	for i := len(list) - 1; i >= 0; i-- {
		l := &list[i]
		switch {
		case units[l.key] || strings.HasPrefix(l.key, "clen") || strings.HasPrefix(l.key, "odstav"):
			ahead = true
		case l.sort == number && (ahead || i > 0 && list[i-1].key == "prilog"):
			l.sort = reference
		case l.sort == reference, l.key == "in", l.key == "ali", l.key == "do":
		default:
			ahead = false
		}
	}
	return list
}
