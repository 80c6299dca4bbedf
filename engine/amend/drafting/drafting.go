// Package drafting writes amending acts: from two versions of a Slovenian act
// it makes the act that turns the one into the other, in the language of
// drafting.
//
// These hold of every draft:
//
//   - What it says, read by package reader and carried out by amend.Apply on
//     the base, is the target: the same provisions with the same numbers,
//     headings and texts in the same order.
//   - Where a small operation does not come to that, a wider one stands in its
//     place: words, sentences, paragraphs, the article, what stands between two
//     articles, the act.
//   - It is a function of both versions and the options.
package drafting

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/reader"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// Options are what two versions of an act do not say. The zero Options give an
// act without a title if the base has none.
type Options struct {
	Title        string            // of the act that is changed; as its text has it if empty
	Short        string            // of the amending act: "ZUJIK-H"; none if empty
	Gazettes     []lawcite.Gazette // where the act and what changed it were published
	Transitional []string          // transitional provisions: the text of an article each, without its number
	Commences    string            // the last article; "Ta zakon začne veljati petnajsti dan …" if empty
}

// A Draft is an amending act and the proof that it comes to the target.
type Draft struct {
	Title    string // empty if the act that is changed has none
	Short    string
	Articles []Article // those that change something, in order
	Text     string    // the whole act
	Base     string    // SHA-256 of the printed base, in hexadecimal
	Target   string    // and of the target, which carrying out Text on the base has given
}

// An Article of the amending act.
type Article struct {
	Num  string
	Of   string     // ID in the base of the article that it changes, or beside which something goes
	To   string     // what it changes or puts in, in the dative: "5. členu", "novemu 5.a členu"
	Text string     // its instructions, with blank lines between
	Ops  []amend.Op // as they are read back
	// Changes are the IDs of the articles of the base that do not stay as they are.
	Changes []string
	Wide    bool // a wider operation stands for a smaller one that would not have come to the target
}

// A Refusal says why no amending act was written.
type Refusal struct {
	Reason Reason
	Where  string // ID of the provision; empty for the whole act
	Words  string
}

func (r *Refusal) Error() string {
	s := "drafting: " + string(r.Reason)
	if r.Where != "" {
		s += " " + r.Where
	}
	if r.Words != "" {
		s += ": " + r.Words
	}
	return s
}

// A Reason is why no amending act was written.
type Reason string

// The reasons.
const (
	Same     Reason = "same"     // there is nothing to change
	Language Reason = "language" // only Slovenian is written
	Unproven Reason = "unproven" // what was written does not come to the target
)

// A job is what one article of the amending act is about: an article that both
// versions have, or what stands before one.
type job struct {
	of, to   string
	art, gap int // which; -1 if not
	a, b     *lawtext.Node
	rungs    []func() ([]sentence, bool) // from the smallest operation to the widest
	rung     int
	whole    bool            // is about the whole act
	fixed    bool            // comes before all others, and was tried on the act
	alone    bool            // can be tried on the article alone
	deletes  []*lawtext.Node // articles that it deletes, from art on
	swallows bool            // says anew also what stands beside the article
	said     []sentence
}

// Write writes the amending act that turns base into target. The error is a
// *Refusal.
func Write(base, target *lawtext.Act, opt Options) (Draft, error) {
	d := drafter{base: base, target: target, opt: opt, title: opt.Title}
	if base.Lang != "" && base.Lang != "sl" {
		return Draft{}, &Refusal{Reason: Language, Words: base.Lang}
	}
	if d.title == "" {
		d.title = base.Title
	}
	d.name, _ = nameOf(plain(d.title))
	d.act = d.named()
	for _, how := range [...]func(){d.shift, func() { d.now, d.jobs = base, nil }} {
		d.now = base
		how()
		d.plan()
		switch draft, why := d.settled(); {
		case len(d.jobs) == 0:
			return Draft{}, &Refusal{Reason: Same}
		case why == nil:
			return draft, nil
		}
	}
	d.jobs = []*job{d.anew()}
	return d.settled()
}

// settled finds for each job the smallest operation with which the whole comes
// to the target.
func (d *drafter) settled() (Draft, error) {
	for _, j := range d.jobs {
		if !j.fixed {
			d.settle(j)
		}
	}
	var why error
	for range maxRounds {
		d.swallow()
		draft := d.compose()
		bad, err := d.prove(&draft)
		if err == nil {
			return draft, nil
		}
		if why = err; !d.widen(bad) {
			break
		}
	}
	return Draft{}, why
}

// named is what a job is about, in the dative.
func (j *job) named() string {
	if len(j.deletes) > 1 {
		return dative(j.deletes, false)
	}
	return j.to
}

// maxRounds bounds how often a draft that did not come to the target is widened,
// before the whole act is written anew.
const maxRounds = 6

// widen takes the next rung of some jobs. It reports false if none of them has
// one.
func (d *drafter) widen(jobs []*job) (wider bool) {
	for _, j := range jobs {
		if j.rung+1 < len(j.rungs) {
			j.rung++
			d.settle(j)
			wider = true
		}
	}
	return wider
}

// swallow takes out what is said anew with something beside it.
func (d *drafter) swallow() {
	by := map[int]*job{}
	for _, j := range d.jobs {
		switch {
		case !j.swallows:
		case j.gap < 0:
			by[j.art], by[j.art+1] = j, j
		case by[j.gap] == nil:
			by[j.gap] = j
		}
	}
	d.jobs = slices.DeleteFunc(d.jobs, func(j *job) bool { return j.gap >= 0 && by[j.gap] != nil && by[j.gap] != j })
}

type drafter struct {
	base, target *lawtext.Act
	now          *lawtext.Act // the base with its articles counted anew
	opt          Options
	title        string
	name         name
	act          string // as the first article names it; empty if it cannot be named
	x, y         layout // base and target
	jobs         []*job
}

// settle takes the first rung, from the one of the job on, that can be written
// and, tried alone, comes to the target.
func (d *drafter) settle(j *job) {
	for ; j.rung < len(j.rungs); j.rung++ {
		said, ok := j.rungs[j.rung]()
		if !ok {
			continue
		}
		j.said = said
		if !j.alone || j.rung+1 == len(j.rungs) || d.try(j) {
			return
		}
	}
	j.rung = len(j.rungs) - 1
}

// try carries a job out on its article alone.
func (d *drafter) try(j *job) bool {
	act, ok := d.carryOut(j.a, text(j.said, ""))
	if !ok {
		return false
	}
	got := act.Components[0].Nodes
	return len(got) == 1 && len(act.Components) == 1 && got[0].Kind == j.b.Kind && got[0].Label == j.b.Label && equal(got[0], j.b)
}

// carryOut carries instructions out on an act of one article. It reports false
// if one of them is refused.
func (d *drafter) carryOut(a *lawtext.Node, text string) (*lawtext.Act, bool) {
	act := &lawtext.Act{Title: d.title, Lang: d.base.Lang, Components: []lawtext.Component{{Nodes: []*lawtext.Node{a}}}}
	ins, _ := reader.Read(lawtext.Parse("1. člen\n\n" + text))
	res := amend.Apply(act, ins)
	for _, o := range res.Outcomes {
		if o.Status != amend.Applied {
			return nil, false
		}
	}
	return res.Act, true
}

// named is how the first article names the act: "Zakonu o čebelah (Uradni list
// RS, št. 1/20)". It is empty if the act has no title, or one that no
// instruction can name.
func (d *drafter) named() string {
	n, ok := nameOf(plain(d.title))
	if !ok || n.rest == "" && len(n.adjectives) == 0 {
		return ""
	}
	act := n.write(lawcite.Locative)
	if len(d.opt.Gazettes) > 0 {
		act += " (" + lawcite.WriteGazettes(d.opt.Gazettes) + ")"
	}
	probe := &lawtext.Node{Kind: lawtext.Article, Label: "1. člen", Num: "1", Children: []*lawtext.Node{{Kind: lawtext.Paragraph, Num: "1", Intro: "Panj."}}}
	if _, ok := d.carryOut(probe, "V "+act+" se 1. člen črta."); !ok {
		return ""
	}
	return act
}

// text writes sentences in paragraphs; the first names the act.
func text(list []sentence, act string) string {
	var out []string
	var scope []step
	for _, s := range list {
		out = append(out, s.print(scope, act))
		scope, act = s.scope(), ""
	}
	return strings.Join(out, "\n\n")
}
