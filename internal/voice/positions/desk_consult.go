package positions

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/consult"
)

// Consulted are the voices that a desk of consultations heard; days are those of
// the house's zone.
func Consulted(d *consult.Desk, zone *time.Location) Voices { return consulted{d, zone} }

type consulted struct {
	desk *consult.Desk
	zone *time.Location
}

// mostComments is how many comments on one provision an editor is shown.
const mostComments = 200

func (v consulted) On(ctx context.Context, by auth.Actor, id voice.CaseID, at law.Address) (said Said, err error) {
	list, err := v.desk.Of(ctx, by, id)
	if err != nil {
		return said, err
	}
	said.Tally = map[voice.Stance]Crowd{}
	for _, c := range list {
		if c.Version != at.Version || c.State == consult.Prepared {
			continue
		}
		if c, err = v.desk.Consultation(ctx, by, c.ID); err != nil {
			return said, err
		}
		asked, ok := nearest(c.Asked, at.Provision)
		if !ok {
			continue
		}
		for s, n := range tally(asked) {
			sum := said.Tally[s]
			said.Tally[s] = Crowd{sum.Orgs + n.Orgs, sum.Persons + n.Persons}
		}
		comments, err := v.desk.Comments(ctx, by, consult.CommentQuery{Consultation: c.ID, Provision: asked.Provision, Limit: mostComments})
		if err != nil {
			return said, err
		}
		for _, one := range comments {
			said.Comments = append(said.Comments, Comment{
				ID: string(one.ID), Who: one.MemberName, Open: one.Public, Org: one.Kind == members.Organisation, Stance: one.Stance,
				Text: one.Text, Wording: one.Wording, On: civil.Of(one.At, v.zone),
			})
		}
	}
	return said, nil
}

// tally is what was said to a provision, without the stances that nobody took.
func tally(a consult.Asked) map[voice.Stance]Crowd {
	out := map[voice.Stance]Crowd{}
	for _, s := range voice.Stances() {
		if c := (Crowd{a.Tally.Organisations[s], a.Tally.Persons[s]}); !c.None() {
			out[s] = c
		}
	}
	return out
}

func (v consulted) Provisions(ctx context.Context, by auth.Actor, id voice.CaseID) (list []Heard, err error) {
	all, err := v.desk.Tallied(ctx, by, id)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if c.State == consult.Prepared {
			continue
		}
		for _, a := range c.Asked {
			list = append(list, Heard{At: law.Address{Version: c.Version, Provision: a.Provision}, Cite: a.Cite, Title: a.Title, Tally: tally(a)})
		}
	}
	return list, nil
}

// nearest is what was asked about the provision itself, or else about the smallest
// one that holds it.
func nearest(asked []consult.Asked, provision string) (best consult.Asked, ok bool) {
	for _, a := range asked {
		holds := a.Provision == provision || strings.HasPrefix(provision, a.Provision+"__")
		if holds && (!ok || len(a.Provision) > len(best.Provision)) {
			best, ok = a, true
		}
	}
	return best, ok
}

// Asked spans all consultations of the case that have opened; a member who was
// asked twice counts once, and has answered if they answered one of them.
func (v consulted) Asked(ctx context.Context, by auth.Actor, id voice.CaseID) (a Asked, err error) {
	list, err := v.desk.Of(ctx, by, id)
	if err != nil {
		return a, err
	}
	asked, answered := map[members.ID]members.Kind{}, map[members.ID]members.Kind{}
	for _, c := range list {
		if c.State == consult.Prepared {
			continue
		}
		if a.From.IsZero() || c.Opens.Before(a.From) {
			a.From = c.Opens
		}
		if c.Closes.After(a.Until) {
			a.Until = c.Closes
		}
		q := consult.ProgressQuery{Consultation: c.ID, Limit: 500}
		for {
			page, err := v.desk.Progress(ctx, by, q)
			if err != nil {
				return a, err
			}
			for _, one := range page {
				if asked[one.Member] = one.Kind; one.Stage == consult.Answered {
					answered[one.Member] = one.Kind
				}
			}
			if len(page) < q.Limit {
				break
			}
			q.After = page[len(page)-1].ID
		}
	}
	a.Asked, a.Answered = crowd(asked), crowd(answered)
	return a, nil
}

func crowd(list map[members.ID]members.Kind) (c Crowd) {
	for _, kind := range list {
		if kind == members.Organisation {
			c.Orgs++
		} else {
			c.Persons++
		}
	}
	return c
}

func (v consulted) Behind(ctx context.Context, by auth.Actor, id voice.CaseID, stands []Stand) (Crowd, error) {
	list, err := v.desk.Of(ctx, by, id)
	if err != nil {
		return Crowd{}, err
	}
	pro := map[members.ID]members.Kind{}
	for _, c := range list {
		if c.State == consult.Prepared {
			continue
		}
		if c, err = v.desk.Consultation(ctx, by, c.ID); err != nil {
			return Crowd{}, err
		}
		// Which stances to which provision of this consultation speak for us.
		speaks := map[string][]voice.Stance{}
		for _, s := range stands {
			if a, ok := nearest(c.Asked, s.At.Provision); ok && s.At.Version == c.Version {
				speaks[a.Provision] = append(speaks[a.Provision], s.Stances...)
			}
		}
		if len(speaks) == 0 {
			continue
		}
		err := v.desk.Each(ctx, by, consult.CommentQuery{Consultation: c.ID}, func(one consult.Comment) error {
			if slices.Contains(speaks[one.Provision], one.Stance) {
				pro[one.Member] = one.Kind
			}
			return nil
		})
		if err != nil {
			return Crowd{}, err
		}
	}
	return crowd(pro), nil
}
