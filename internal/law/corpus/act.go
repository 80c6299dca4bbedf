// Package corpus holds acts and their versions: searchable, comparable, quotable
// to the provision.
//
// What holds:
//
//   - The text of a version never changes, and neither do the addresses of its
//     provisions: they are kept as they were when the text was read, whatever a
//     later reader would make of it.
//   - The same text of the same act at the same stage is one version.
//   - Open versions are for anyone; the others for those who have signed in.
package corpus

import (
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// Write is the right to take texts in and to make them public.
var Write = auth.Right{Name: "law.write", Roles: auth.Staff}

// A Kind says what sort of act it is.
type Kind string

// The kinds of acts, with the Slovenian terms.
const (
	Statute  Kind = "statute"  // zakon
	Bylaw    Kind = "bylaw"    // uredba, odlok, sklep
	Rulebook Kind = "rulebook" // pravilnik
	Call     Kind = "call"     // razpis, poziv
	Strategy Kind = "strategy" // strategija, resolucija, nacionalni program
	Other    Kind = "other"
)

// Kinds are all kinds, as a form offers them.
var Kinds = []Kind{Statute, Bylaw, Rulebook, Call, Strategy, Other}

// words that a title of the kind begins with, folded.
var kindWords = []struct {
	word string
	kind Kind
}{
	{"zakon", Statute}, {"law", Statute}, {"act", Statute},
	{"pravilnik", Rulebook},
	{"uredba", Bylaw}, {"odlok", Bylaw}, {"sklep", Bylaw}, {"odredba", Bylaw}, {"navodilo", Bylaw}, {"poslovnik", Bylaw}, {"statut", Bylaw},
	{"javni razpis", Call}, {"javni poziv", Call}, {"razpis", Call},
	{"strategija", Strategy}, {"resolucija", Strategy}, {"nacionalni program", Strategy},
}

// An Act is a law, or anything else that comes in versions and has provisions.
//
// Versions and Latest are of what the one who asks may read.
type Act struct {
	ID           law.ActID
	Title        string // "Zakon o uresničevanju javnega interesa za kulturo"
	Short        string // "ZUJIK"; may be empty
	Jurisdiction string // "si"
	Lang         string // of the title
	Kind         Kind
	Versions     int
	Latest       law.VersionID // the newest in force, else the newest of all
	Created      time.Time
}

// Name is how the act is called in a line: its short title, else its title.
func (a Act) Name() string {
	if a.Short != "" {
		return a.Short
	}
	return a.Title
}

// A Stage says what a version is of the act.
type Stage string

// The stages of versions.
const (
	InForce  Stage = "in_force" // velja: the text as it reads on the day On
	Draft    Stage = "draft"    // osnutek, predlog: the text as somebody wants it
	Adopted  Stage = "adopted"  // sprejeto besedilo, as adopted and not yet in force
	Amending Stage = "amending" // novela: instructions to other texts
)

// Stages are all stages, as a form offers them.
var Stages = []Stage{InForce, Draft, Adopted, Amending}

// A Version is one text of an act.
type Version struct {
	ID       law.VersionID
	Act      law.ActID
	Stage    Stage
	Label    string     // "NPB 14", "2. osnutek"; may be empty
	On       civil.Date // valid from, or published; none if nobody said
	Source   string     // an address on the web, or the name of the file
	Blob     string     // hash of the file it came in; empty for pasted text
	Hash     string     // SHA-256 of the text, in hex
	Lang     string
	Open     bool // anyone may read it
	Articles int
	Notes    int // guesses of the reader, for a person to check
	Created  time.Time
}

// may is nil if the actor may read the version.
func (v Version) may(by auth.Actor) error {
	if v.Open || by.Known() {
		return nil
	}
	return fault.New(fault.Denied, "auth.sign_in_first")
}

// A Provision is one addressable piece of a version.
type Provision struct {
	Version law.VersionID
	ID      string // "art_5__para_2__point_a"
	Ord     int    // place in the document, from 0
	Depth   int    // 0 for what stands under nothing
	Parent  string // ID; empty at depth 0
	Kind    string // of lawtext: "article", "paragraph", …
	Label   string // "5. člen", "(2)"; empty when the number is only implied
	Num     string // "5", "7.a"
	Heading string
	Text    string // own words: before the children, and after them on a new line
	Full    string // all of it, a line for each label with its words
	Cite    string // "12. člen, prvi odstavek", in the language of the act
	Deleted bool   // a tombstone: "(črtan)"
}

// MaxText is the most that a text may weigh, in bytes.
const MaxText = 20 << 20

// Given is a text as it is handed in. Only Text is a must: what is empty is read
// from the text, or left open.
type Given struct {
	Act          law.ActID // empty: found by short title or title, or made
	Title        string
	Short        string
	Kind         Kind
	Stage        Stage // InForce if empty
	Label        string
	On           civil.Date
	Source       string
	Blob         string
	Lang         string // "sl" if empty
	Jurisdiction string // "si" if empty
	Open         bool
	Text         string
}

// check returns a fault for each thing that cannot be taken.
func (g Given) check() error {
	var wrong fault.Fields
	switch {
	case fault.Empty(g.Text):
		wrong.Add("text", "law.text.empty")
	case len(g.Text) > MaxText:
		wrong.Add("text", "law.text.too_big")
	}
	if g.Stage != "" && !slices.Contains(Stages, g.Stage) {
		wrong.Add("stage", "law.stage.unknown")
	}
	if g.Kind != "" && !slices.Contains(Kinds, g.Kind) {
		wrong.Add("kind", "law.kind.unknown")
	}
	return wrong.Err()
}

// plain makes a text such that both databases take it: UTF-8, no NUL, one kind
// of line end. Only where a text has two kinds do they stay, for then they tell
// its wraps from its paragraphs.
func plain(s string) string {
	wraps := "\n"
	if strings.Count(s, "\r\n") < strings.Count(s, "\n") {
		wraps = "\r\n"
	}
	s = strings.NewReplacer("\r\n", wraps, "\r", "\n", "\x00", "", "\uFEFF", "").Replace(s)
	return strings.ToValidUTF8(s, "\uFFFD")
}
