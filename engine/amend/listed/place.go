package listed

import (
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Level orders the units from the outside in. A sentence stands between the
// paragraph and its points, and may stand within a point too.
type Level int

// The levels, with their German and European names.
const (
	Article   Level = 10 * (1 + iota) // §, Artikel; Article, Annex
	Paragraph                         // Absatz; paragraph
	Sentence                          // Satz; subparagraph, sentence
	Figure                            // Nummer; point of the first list
	Letter                            // Buchstabe; point of a list in that
	Double                            // Doppelbuchstabe
	Triple                            // Dreifachbuchstabe
	Part                              // heading, introductory words
)

// A Step is one level of a place.
type Step struct {
	lawcite.Step
	Level Level
}

// Many reports whether the step names more than one provision.
func (s Step) Many() bool {
	return len(s.Numbers) > 1 || len(s.Numbers) == 1 && s.Numbers[0].To != ""
}

// A Place is a provision, from the outside in.
type Place struct {
	Steps []Step
	Old   bool // counted as before the amending act
}

// PlaceOf is a reference as a place. Points inside points take the levels in
// turn.
func PlaceOf(ref lawcite.Ref) Place {
	var p Place
	depth := Figure
	for _, s := range ref.Steps {
		l := Part
		switch s.Unit {
		case lawtext.Article, lawtext.Annex:
			l = Article
		case lawtext.Paragraph:
			l = Paragraph
		case lawcite.Sentence:
			l = Sentence
		case lawtext.Point:
			l = depth
			depth += Letter - Figure
		}
		p.Steps = append(p.Steps, Step{s, l})
	}
	return p
}

// Ref is the place as a reference.
func (p Place) Ref() lawcite.Ref {
	var r lawcite.Ref
	for _, s := range p.Steps {
		r.Steps = append(r.Steps, s.Step)
	}
	return r
}

// Last is the innermost level, and zero of an empty place.
func (p Place) Last() Level {
	if len(p.Steps) == 0 {
		return 0
	}
	return p.Steps[len(p.Steps)-1].Level
}

// Many reports whether a place names more than one provision.
func (p Place) Many() bool {
	for _, s := range p.Steps {
		if s.Many() {
			return true
		}
	}
	return false
}

// Within puts a place under another: "Absatz 2" under "§ 5".
func (p Place) Within(up Place) Place {
	if len(p.Steps) == 0 {
		return up
	}
	return Place{append(append([]Step{}, up.Steps...), p.Steps...), p.Old || up.Old}
}

// Fits reports whether p goes under up without saying a level again. Points of
// a sentence and sentences of a point both occur.
func (p Place) Fits(up Place) bool {
	if len(p.Steps) == 0 || len(up.Steps) == 0 {
		return true
	}
	a, b := up.Last(), p.Steps[0].Level
	return a < b || b == Sentence && a > Sentence && a < Part
}

// UpTo is the part of a place above a level.
func (p Place) UpTo(l Level) Place {
	out := Place{Old: p.Old}
	for _, s := range p.Steps {
		if s.Level >= l {
			break
		}
		out.Steps = append(out.Steps, s)
	}
	return out
}
