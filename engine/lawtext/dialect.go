package lawtext

import (
	"strings"
	"unicode/utf8"
)

// A Dialect is what reading must know of the law of one language, as data.
// DESIGN.md says how to add one.
type Dialect struct {
	Lang      string   // BCP 47: "sl"
	Countries []string // values of country: in the front matter: "sk"
	FrontKeys []string // keys of the front matter that only this language has: "jurabk"
	Cues      []string // words and letters that tell it from its neighbours

	Heads         []HeadWord
	Suffixes      []string          // what may follow the figures of a number besides one or two letters: "bis"
	HeadTitles    bool              // a Markdown heading may hold the number and the heading of an article: "§ 5 Begriffe"
	Parens        bool              // "1)" marks paragraphs as "(1)" does
	Dots          bool              // "1." marks paragraphs, "(1)", "(a)" and "(i)" points: the European Union
	Subpoints     bool              // "(1)" under a point is a point below it, as in Serbian
	Remarks       []string          // beginnings of what a publisher adds under an article, after asterisks: "*Службени гласник РС, број 6/2020"
	Letters       *strings.Replacer // writes the letters of numbers as addresses have them: "6а" in Cyrillic is 6a; "8.a" is 8a where it is set
	Doubles       bool              // letters double with the level of the list: a), aa), aaa)
	Abbreviations []string          // words in small letters after which a full stop ends no sentence
	References    []string          // beginnings of words before which a number is a day or a provision, and no mark
	Joins         []string          // words between two numbers: "10. do 12. člen"
	RunsOn        []string          // words that end no line before the name of an article

	Divisions   []DivisionWord
	Ordinals    []string // stems of "first", "second", … in small letters, as Letters writes them
	OrdinalEnds []string // their endings in the nominative
	Annexes     []string // words that begin an annex: "Priloga", "PRILOGA"
	Closings    []string // what the line of place, date or case begins with
	Signed      []string // how the line of a signature ends: "v. r."
	Signs       []string // and how it begins: "gez. "
	NoteMark    string   // what stands before the number of a footnote in the text: "^"
	Tombstones  []string // how the words begin that say a provision is no more
	Expiries    []string // those of them that say it expired
	Annulments  []string // and that a court annulled it
	Verbs       []string // verbs of main clauses, which no heading has
	Titles      [][2]string
	TitleFirst  bool     // the first line is the title, whatever its first word
	TitleJoins  []string // with what a title goes on after its first word: "o "
	Drafts      []string // "PREDLOG", after which the title stands in the genitive
	Acts        []string // words with which the name of a legal act begins
	Gazette     string   // what a reference to the gazette begins with: "(Uradni "
	Appends     []string // beginnings of the line above the own provisions of an amending act that a publisher appends: "Закон о измен"
	Leaves      []string // verbs of what an amending act left behind: "vsebuje"
	LeavesMore  []string // words that go on with it on a further line
	Provisions  []string // what it left behind: "določb"
	Opens       string   // quotation marks that open a payload
	Closes      string   // and that close one
	Announces   []string // how a line ends that a payload follows: "glasi:"
	Balanced    bool     // a payload follows such a line alone, and ends where its own mark closes
	Enclosed    bool     // so it does, and marks of several styles stand beside each other: „…”, »…«, "…"

	seen *[]Note // where heuristics are written down; nil where nobody asked
}

// A HeadWord names articles: "5. člen", "§ 5", "Čl. IV".
type HeadWord struct {
	Word  string
	After bool // the number stands after the word
	Roman bool // the number may be Roman
	Codes bool // the number may be one of a code: "L123-1"
	Group bool // it groups the articles of another word where such follow: "Čl. I" above "§ 1"
}

// A DivisionWord names a kind of division in small letters.
type DivisionWord struct {
	Word  string
	Kind  Kind
	Rank  int  // a division ends those of its rank and below; 1 is the highest
	Leads bool // the number may stand after the word: "HLAVA II"
}

// dialects in the order in which recognition prefers them.
var dialects = []*Dialect{&slovene, &slovak, &czech, &german, &english, &french, &croatian, &serbian, &bosnian, &montenegrin, &macedonian}

// DialectOf returns the dialect of a language, and the Slovenian one if there
// is none.
func DialectOf(lang string) *Dialect {
	for _, d := range dialects {
		if d.Lang == lang {
			return d
		}
	}
	return &slovene
}

// looked is how much of a text tells its language.
const looked = 1 << 15

// recognise finds the dialect of a text: by the front matter, else by the heads
// of its articles, else by its cues. A text that tells nothing is Slovenian.
func recognise(frontMatter, body string) *Dialect {
	country := strings.ToLower(frontValue(frontMatter, "country"))
	for _, d := range dialects {
		for _, c := range d.Countries {
			if c == country {
				return d
			}
		}
		for _, k := range d.FrontKeys {
			if frontValue(frontMatter, k) != "" {
				return d
			}
		}
	}
	if len(body) > looked {
		body = body[:looked]
	}
	best, most := &slovene, 0
	for _, d := range dialects {
		if n := d.evidence(body); n > most {
			best, most = d, n
		}
	}
	return best
}

// evidence weighs what speaks for d: a head of an article three, a cue one for
// each of the first few times.
func (d *Dialect) evidence(body string) int {
	n, heads := 0, 0
	for row := range strings.Lines(body) {
		if len(row) > 60 {
			continue
		}
		if _, ok := d.readArticle(oneSpace(bare(row))); ok {
			if heads++; heads == 8 {
				break
			}
		}
	}
	for _, c := range d.Cues {
		n += min(strings.Count(body, c), 4)
	}
	return n + 3*heads
}

// frontValue returns the value of a key in front matter, without quotes.
func frontValue(front, key string) string {
	for l := range strings.Lines(front) {
		if k, v, ok := strings.Cut(l, ":"); ok && strings.TrimSpace(k) == key {
			return strings.Trim(strings.TrimSpace(v), `"`)
		}
	}
	return ""
}

func hasAnyPrefix(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

func hasAnySuffix(s string, suffixes []string) bool {
	for _, p := range suffixes {
		if strings.HasSuffix(s, p) {
			return true
		}
	}
	return false
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// unquoted takes the mark that opens a payload off s.
func (d *Dialect) unquoted(s string) (rest string, quoted bool) {
	if s == "" || s[0] < utf8.RuneSelf && strings.IndexByte(d.Opens, s[0]) < 0 {
		return s, false
	}
	r, n := utf8.DecodeRuneInString(s)
	if strings.ContainsRune(d.Opens, r) {
		return s[n:], true
	}
	return s, false
}

// numeral is a number as trees have it: its letters in Latin and without a sign
// before them, where the dialect says so.
func (d *Dialect) numeral(s string) string {
	if d.Letters == nil {
		return s
	}
	s = d.Letters.Replace(s)
	for i := 1; i+1 < len(s); i++ {
		if (s[i] == '.' || s[i] == '-') && s[i-1] >= '0' && s[i-1] <= '9' && (s[i+1] < '0' || s[i+1] > '9') {
			return s[:i] + s[i+1:]
		}
	}
	return s
}

// size is the length of s, in characters where the script has two bytes for one.
func (d *Dialect) size(s string) int {
	if d.Letters != nil {
		return utf8.RuneCountInString(s)
	}
	return len(s)
}
