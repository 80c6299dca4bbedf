// Package uptake judges what became of a proposal: taken, partly taken or not,
// with the passage of the adopted text that proves it.
//
// A Finding is a suggestion for a person, who decides. What it rests on is in
// DESIGN.md: not how alike two texts are, but which of the words that we asked
// for came in, and which of those that we asked to go are gone.
package uptake

import (
	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Wanted says what a proposal asks for.
type Wanted string

// What a proposal may ask for.
const (
	Rewrite Wanted = "rewrite" // other words in a provision
	Insert  Wanted = "insert"  // a provision or sentence that the draft lacks
	Delete  Wanted = "delete"  // the provision goes
	Keep    Wanted = "keep"    // the draft's change goes, the text stays as it was
)

// A Question is a proposal and the act that may have taken it up.
type Question struct {
	ID       string       // provision of the draft that the proposal is about, as in lawtext.Node; empty if unknown
	Wanted   Wanted       // what we asked for
	Draft    string       // the provision as put forward: what we objected to; empty if the draft has none
	Proposed string       // the provision as we wanted it, the old text for Keep; empty if we wanted it gone
	Lang     language.Tag // Slovenian if zero; others have no words for numbers and negation here
	Adopted  *lawtext.Act // the next draft, or the act
	Before   *lawtext.Act // the draft, or the act in force; if given, what stood there already is no proof
}

// A Judgement is what became of a proposal. There is no word for silence here: a
// body is silent when it answers nothing, which no text shows. The desk says so
// when a Not or Unclear comes without an answer.
type Judgement string

// What may become of a proposal, with the Slovenian terms.
const (
	Taken   Judgement = "taken"   // upoštevano
	Partly  Judgement = "partly"  // delno: in the direction of the proposal, short of it
	Not     Judgement = "not"     // ni upoštevano
	Unclear Judgement = "unclear" // a person has to look
)

// A Finding is a judgement and what it rests on.
type Finding struct {
	Judgement  Judgement
	Passage    Passage   // the proof; zero if it is that the act has no such text
	Score      float64   // 0 to 1: how much of what we asked for was done, by weight of words
	Reasons    []Reason  // what decided, weightiest last
	Candidates []Passage // up to four others that a person may choose instead, the likeliest first
}

// A Passage is a provision of the adopted act.
type Passage struct {
	ID    string // as in lawtext.Node
	Text  string // of the provision with all under it, one piece per line, without labels
	Marks []Mark // in order, not overlapping
	Score float64
}

// Whose says whose words a mark is on.
type Whose string

// Whose words may be marked. Words that draft and proposal share are not.
const (
	Ours   Whose = "ours"   // added by the proposal
	Drafts Whose = "drafts" // the proposal wanted them gone
	Others Whose = "others" // in neither: the body's own answer
)

// A Mark is on the bytes Start to End of a passage.
type Mark struct {
	Start, End int
	Whose      Whose
}

// A Reason is a message key and its numbers, for the desk to put in words.
type Reason struct {
	Key     string
	Numbers []float64
}

// The reasons, and their numbers.
const (
	ReasonNothingAsked   = "uptake.nothing_asked"   // neither draft nor proposal has words
	ReasonNoAct          = "uptake.no_act"          // the adopted act has no provisions
	ReasonNoPassage      = "uptake.no_passage"      // nothing in the act resembles draft or proposal
	ReasonAdded          = "uptake.added"           // words of ours found, words asked for
	ReasonRemoved        = "uptake.removed"         // words of the draft gone, words we wanted gone
	ReasonClauseMissing  = "uptake.clause_missing"  // how many words of ours in a row are missing
	ReasonNumberMissing  = "uptake.number_missing"  // our number that is not there
	ReasonNumberCloser   = "uptake.number_closer"   // the draft's number, ours, the adopted one, which is closer to ours
	ReasonNumberStands   = "uptake.number_stands"   // a number we wanted gone that stands
	ReasonNegationLost   = "uptake.negation_lost"   // how many negations or limits ("ne", "najmanj") of ours are missing
	ReasonNegationFound  = "uptake.negation_found"  // how many numbers, negations or limits stand at our words that we did not write
	ReasonMoved          = "uptake.moved"           // it stands in another provision than asked
	ReasonStands         = "uptake.stands"          // words of the draft that stand, words we wanted gone
	ReasonTombstone      = "uptake.tombstone"       // the provision is marked as deleted
	ReasonOnlyRemoved    = "uptake.only_removed"    // what we opposed is gone, what we proposed is not there
	ReasonChangeDropped  = "uptake.change_dropped"  // the draft's change is nowhere in the act
	ReasonProvisionShort = "uptake.provision_short" // too few words to tell
)
