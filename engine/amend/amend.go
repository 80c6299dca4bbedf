// Package amend has the operations that an amending act (novela) asks for, and
// carries them out on the act that it changes.
//
//   - A reader turns an amending act into typed operations, each with the place
//     it was read from. What its grammar does not know is a Refusal, not a
//     guess. Every language has a reader in a package below this one; package
//     reader picks it.
//   - Apply carries the operations out, one article of the amending act at a
//     time, wholly or not at all.
//
// These hold:
//
//   - An operation names its target and its text; how often a text is meant is
//     said, never implied.
//   - Apply changes no provision that an operation did not claim, and leaves
//     the act that it was given as it was.
//   - An article of the amending act of which one instruction is refused
//     changes nothing.
//
// DESIGN.md says what is left out.
package amend

import (
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Verb is what an operation does.
type Verb string

// The verbs, with the words of drafting that ask for them.
const (
	Replace     Verb = "replace"      // se spremeni tako, da se glasi
	ReplaceBody Verb = "replace-body" // besedilo člena se spremeni: number and heading stay
	Insert      Verb = "insert"       // se doda nov
	Delete      Verb = "delete"       // se črta
	Renumber    Verb = "renumber"     // dosedanji … postane …
	Wrap        Verb = "wrap"         // besedilo člena, ki se označi kot prvi odstavek
	Unwrap      Verb = "unwrap"       // postane besedilo prvega odstavka besedilo člena
	TextReplace Verb = "text-replace" // besedilo se nadomesti z besedilom
	TextInsert  Verb = "text-insert"  // za besedilom se doda besedilo
	TextDelete  Verb = "text-delete"  // besedilo se črta
	Restate     Verb = "restate"      // besedilo med 4. in 6. členom se spremeni tako, da se glasi
	Erase       Verb = "erase"        // besedilo med 4. in 6. členom se črta
	Append      Verb = "append"       // za 4. členom se doda besedilo, ki se glasi
	Lift        Verb = "lift"         // nadpis pod číslem § 3 se přesouvá nad číslo tohoto paragrafu
	Repeal      Verb = "repeal"       // preneha veljati
	Commence    Verb = "commence"     // začne veljati
	Transitory  Verb = "transitory"   // a rule of the amending act itself
	Manual      Verb = "manual"       // understood, and for a person to carry out
)

// Footnote is the unit of notes that stand at the end of a text; their numbers
// are those of their marks, "16a". Only some languages change them on their own.
const Footnote lawcite.Unit = "footnote"

// Parts of a text that only Slovak and Czech acts name: of a sentence what
// follows its semicolon, by its number if it has several, and what stands in
// parentheses.
const (
	Clause  lawcite.Unit = "clause"
	Bracket lawcite.Unit = "bracket"
)

// A Place says where in the unit, or on which side of an anchor, something goes.
type Place string

// The places.
const (
	Anywhere Place = ""        // at its number, or where the text stands
	Before   Place = "before"  // pred
	After    Place = "after"   // za
	AtEnd    Place = "end"     // na koncu
	Between  Place = "between" // med
)

// An Op is one operation.
type Op struct {
	Verb Verb
	// Act is the act as the sentence names it, in the case it stands in:
	// "Zakonu o trgovini". Empty as long as none was named.
	Act     string
	Cited   string          // the gazettes in which the sentence says the act is: "Uradni list RS, št. 54/04 in 35/11"
	Acts    []string        // for Repeal every act that the clause names, Act among them
	At      lawcite.Ref     // what is changed; for Insert the unit beside which, or in which, the new one goes; empty for the whole act
	Past    lawcite.Ref     // At is the first such provision after this one: za 56. členom se naslov 3. podpoglavja …
	Old     bool            // At is counted as before this amending act says so: dosedanji
	New     lawcite.Step    // what is put in, or for Replace and Renumber what At becomes
	Also    lawcite.Step    // what is put in besides: novo VI.a poglavje in 14.e člen
	Heading bool            // a heading comes with what is put in, or goes with what is deleted
	Bare    bool            // AtEnd of a unit that the sentence does not name there: V § 3 sa na konci …
	Place   Place           // where New or With goes; AtEnd also of Text
	Anchor  string          // the text beside which With goes, or beside which Text stands
	Text    string          // the words that are replaced or deleted
	Inside  bool            // AtEnd: before the sign that ends the unit, if one does
	With    string          // the words that come
	All     bool            // povsod: every occurrence of Text or Anchor, else as many as Times
	Times   int             // na dveh mestih: so many occurrences; one if zero
	Some    bool            // one of several forms of words, of which not every place has each: slová „určených“, „určenej“ sa nahrádzajú slovami „oprávnených“, „oprávnenej“
	Cascade bool            // v vseh sklonih: Text or Anchor in each of its forms, and With in the same form
	Payload string          // the quoted provision
	Units   []*lawtext.Node // the quoted provisions as trees, where the amending act is no text; else nil
	Annexed bool            // the payload is no quotation but an annex of the amending act
	Force   *Force          // for Commence; for Repeal if it is not to be at the time of the amending act
	Span    lawtext.Span    // the sentence, in the source of the amending act
}

// A Force is when an act begins to be valid, or its provisions to be applied.
type Force struct {
	From    Day
	Applies Day         // uporablja pa se od; zero if it is applied as soon as it is valid
	Only    lawcite.Ref // the provisions of the amending act that the clause is about; empty for all
}

// A Day is a day that a text names.
type Day struct {
	After int        // so many days after the publication: 1 for the next, 15 for the fifteenth
	On    civil.Date // a day of the calendar
	Event string     // anything else, as the text has it
}

// An Instruction is one sentence of an amending act and what it was read as:
// operations or a refusal.
type Instruction struct {
	Article string // of the amending act
	Text    string // without the payload
	Span    lawtext.Span
	Ops     []Op
	Refused *Refusal
}

// A Reason is why an instruction was not read or not carried out.
type Reason string

// The reasons.
const (
	UnknownWord  Reason = "unknown-word"  // a word that the lexicon lacks
	NoPattern    Reason = "no-pattern"    // known words in an order that is no instruction
	TwoReadings  Reason = "two-readings"  // the sentence can be read in several ways
	NoTarget     Reason = "no-target"     // the act has no such provision, or the sentence names none
	NoPayload    Reason = "no-payload"    // "se glasi" without a text
	BadPayload   Reason = "bad-payload"   // the quoted text is not the provision announced
	TextMissing  Reason = "text-missing"  // the words to change are not there
	TextRepeated Reason = "text-repeated" // the words stand there more than once
	Occupied     Reason = "occupied"      // a number would be given twice, or out of order
	Unsupported  Reason = "unsupported"   // understood, yet left for a person
	Sibling      Reason = "sibling"       // another instruction of the same article was refused
	Untitled     Reason = "untitled"      // an act is named, and the base has no title to compare
	Unclaimed    Reason = "unclaimed"     // more or less would change than the instructions say
)

// A Refusal says why an instruction changes nothing.
type Refusal struct {
	Reason     Reason
	Words      string       // what it stumbled on
	Span       lawtext.Span // where that stands in the amending act
	Candidates []string     // IDs in the base act that come into question
}

func (r *Refusal) Error() string { return "amend: " + string(r.Reason) + ": " + r.Words }
