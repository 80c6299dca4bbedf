// Package search is one index over all desks. A desk puts what can be found into
// it in the transaction that changed it; whoever searches finds what they may see.
//
// Words are compared by their stems (engine/textkit), so that "casovni clen"
// finds "časovnega člena". All words must occur; the last one also counts if it
// is the beginning of a word, for it may still be being typed. Documents with all
// words in the title come first, and the newest first within both.
//
// What holds:
//
//   - The right to see is asked in SQL, of every document, before anything else.
//   - A document has a number that grows with its date, so that the index of a
//     word is in the order of the answer and reading it can stop early.
//   - A search looks at no more than rounds × window entries of its rarest word.
//     If that is not enough, which takes words that are frequent and hardly ever
//     meet, the page is short and Next goes on from there. Titles get one round a
//     page: where it is not enough, older titles come by date among the others.
//
// In search_words field 0 are the words of the title and field 1 all words. Beside
// the words themselves stand, told apart by a first letter that no word has,
// ":act" for the kind and "*kul" for every beginning of three letters.
package search

import (
	"embed"
	"io/fs"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of the index.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "search", FS: sub}
}

// An Audience is the set of those who may find a document.
type Audience uint16

// Public is everybody, signed in or not.
const Public Audience = 1 << 8

// For is the audience of those who have one of the roles.
func For(r auth.Roles) Audience { return Audience(r) }

// Open is the audience of what is open to everybody, or else to those who have
// signed in.
func Open(open bool) Audience {
	if open {
		return Public | For(auth.Anyone)
	}
	return For(auth.Anyone)
}

// On is the instant under which a document of the day stands.
func On(d civil.Date) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return d.Start(time.UTC)
}

// A Doc is something that can be found.
type Doc struct {
	Kind     string // "case", "act", "provision", "proposal", …
	Subject  string // names it for good, as in the book: "case/2026-014"
	Title    string
	Body     string // its text; the first 200,000 bytes are searched, the first 2,000 are shown
	Link     string // path of its page
	Lang     string // "sl" if empty
	Audience Audience
	At       time.Time // newest first
}

// A Query asks for a page of what the text finds.
type Query struct {
	Text  string // at most 1,000 bytes; words after the tenth are not looked for
	Lang  string // in which Text is read, "sl" if empty; names and numbers are found in documents of any language
	Kind  string // empty for all; with an empty Text, the newest of the kind
	After string // Next of the page before
	Limit int    // 20 if zero, at most 100
}

// A Page is what was found. It may be short, or even empty, though there is more.
type Page struct {
	Hits []Hit
	Next string // for Query.After; empty at the end
}

// A Hit is a document that was found.
type Hit struct {
	Kind, Subject, Link, Lang string
	At                        time.Time
	Title                     []Part
	Snippet                   []Part // where the words stand, or else how the body begins
}

// A Part is a piece of text; marked if it is a word that was looked for.
type Part struct {
	Text string
	Mark bool
}

// Limits of what is kept and looked at.
const (
	bodyRead  = 200_000 // bytes of a body that are indexed
	bodyKept  = 2_000   // bytes of a body that are kept to show
	mostText  = 1_000   // bytes of a query
	mostTerms = 10      // words of a query
	mostKin   = 40      // words that a beginning stands for
	window    = 1_000   // entries looked at in one round
	rounds    = 3
)

func tag(lang string) language.Tag {
	if lang == "" {
		return language.Slovenian
	}
	return language.Make(lang)
}

// A term is one thing that must occur.
type term struct {
	stem   string // the word in the index
	prefix string // or any word that begins so; empty if only the stem will do

	words    []string // one of these occurs wherever the term does
	count    [2]int   // entries of words in each field, up to window+1
	complete bool     // the term occurs wherever one of words does
}

// parse reads the words of a query. Only the last one, if it is not finished by
// a space, is also a beginning.
func parse(q Query) []term {
	var terms []term
	if q.Kind != "" {
		terms = append(terms, term{stem: ":" + q.Kind})
	}
	words := textkit.Words(q.Text)
	seen := make(map[string]bool)
	for i, w := range words {
		t := term{stem: textkit.Stem(tag(q.Lang), w.Text)}
		if fold := textkit.Fold(w.Text); i == len(words)-1 && w.End == len(q.Text) && len([]rune(fold)) >= 3 && head(fold) == head(t.stem) {
			t.prefix = fold
		}
		if t.stem != "" && !seen[t.stem] && len(terms) < mostTerms {
			seen[t.stem] = true
			terms = append(terms, t)
		}
	}
	return terms
}

// head is the beginning by which a word of three letters or more is entered.
func head(word string) string {
	n := 0
	for i := range word {
		if n == 3 {
			return "*" + word[:i]
		}
		n++
	}
	if n == 3 {
		return "*" + word
	}
	return ""
}

// entries are the distinct words of a text, as a search compares them.
func entries(lang, text string) []string {
	var list []string
	seen := make(map[string]bool)
	for _, w := range textkit.Terms(tag(lang), text) {
		// A word of a kilobyte is no word, and would not fit an index.
		if w != "" && len(w) <= 100 && !seen[w] {
			seen[w] = true
			list = append(list, w)
		}
	}
	return list
}

// clip cuts s to at most n bytes, between letters.
func clip(s string, n int) string {
	if len(s) <= n {
		return strings.ToValidUTF8(s, "")
	}
	return strings.ToValidUTF8(s[:n], "")
}
