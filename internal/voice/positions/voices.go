package positions

import (
	"context"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/voice"
)

// Voices is what the members said in the consultations of a case. A case without
// a consultation has none, and that is no fault.
type Voices interface {
	// On is what they said to one provision of a draft.
	On(ctx context.Context, by auth.Actor, id voice.CaseID, at law.Address) (Said, error)
	// Asked is how they were asked, over all consultations of the case.
	Asked(ctx context.Context, by auth.Actor, id voice.CaseID) (Asked, error)
	// Behind counts the members who took one of the stances to one of the
	// provisions, each once.
	Behind(ctx context.Context, by auth.Actor, id voice.CaseID, list []Stand) (Crowd, error)
}

// A Stand is the stances to a provision that speak for a proposal.
type Stand struct {
	At      law.Address
	Stances []voice.Stance
}

// An Agenda is Voices that also know which provisions the members were asked about,
// in order.
type Agenda interface {
	Provisions(ctx context.Context, by auth.Actor, id voice.CaseID) ([]Heard, error)
}

// A Heard is a provision that members were asked about, with how many said what.
type Heard struct {
	At    law.Address
	Cite  string
	Title string // in plain words
	Tally map[voice.Stance]Crowd
}

// Said is what members said to a provision.
type Said struct {
	Tally    map[voice.Stance]Crowd
	Comments []Comment
}

// A Comment is what one member said.
type Comment struct {
	ID      string
	Who     string // empty if the actor may not know
	Open    bool   // the name may be published
	Org     bool   // an organisation; else a person
	Stance  voice.Stance
	Text    string // why
	Wording string // what the provision should say, if they wrote it
	On      civil.Date
}

// Of says which stances to the provision, as the draft has it, speak for a
// proposal and which against it; the others are neutral. Somebody who supports
// the draft as it is does not support changing it, and somebody who objects to it
// has not said that our words are better.
func (w Wanted) Of() (pro, contra []voice.Stance) {
	switch w {
	case Keep:
		return []voice.Stance{voice.Support}, []voice.Stance{voice.Object, voice.Rewrite}
	case Delete:
		return []voice.Stance{voice.Object}, []voice.Stance{voice.Support}
	}
	return []voice.Stance{voice.Rewrite}, []voice.Stance{voice.Support}
}

// Count makes the tally of a provision the numbers of a proposal: where the office
// starts from, for it knows what else was said.
func (w Wanted) Count(tally map[voice.Stance]Crowd) (pro, contra, neutral Crowd) {
	yes, no := w.Of()
	for stance, c := range tally {
		to := &neutral
		for _, s := range yes {
			if s == stance {
				to = &pro
			}
		}
		for _, s := range no {
			if s == stance {
				to = &contra
			}
		}
		to.Orgs += c.Orgs
		to.Persons += c.Persons
	}
	return pro, contra, neutral
}

// objections are the words of those who are against, without the names of those
// who keep theirs.
func (s Said) objections(w Wanted) (list []Objection) {
	_, no := w.Of()
	for _, c := range s.Comments {
		for _, stance := range no {
			if c.Stance != stance || c.Text == "" {
				continue
			}
			o := Objection{Text: c.Text}
			if c.Open {
				o.Who = c.Who
			}
			list = append(list, o)
		}
	}
	return list
}

// nobody is a house without consultations.
type nobody struct{}

func (nobody) On(context.Context, auth.Actor, voice.CaseID, law.Address) (Said, error) {
	return Said{}, nil
}
func (nobody) Asked(context.Context, auth.Actor, voice.CaseID) (Asked, error) { return Asked{}, nil }
func (nobody) Behind(context.Context, auth.Actor, voice.CaseID, []Stand) (Crowd, error) {
	return Crowd{}, nil
}
