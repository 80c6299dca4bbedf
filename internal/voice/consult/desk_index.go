package consult

import (
	"context"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// tell has the consultation found by those who may see it.
func (d *Desk) tell(ctx context.Context, tx *store.Tx, c Consultation) error {
	if d.Search == nil {
		return nil
	}
	file, err := d.Cases.CaseIn(ctx, tx, auth.House, c.Case)
	if err != nil {
		return err
	}
	words := []string{c.Lead}
	for _, a := range c.Asked {
		words = append(words, a.Cite+" "+a.Title, a.Explain)
	}
	doc := search.Doc{
		Kind: "consultation", Subject: Subject(c.ID), Title: c.Title, Body: strings.Join(words, "\n"), Link: Link(c),
		Audience: search.For(voice.Work.Roles), At: c.Opens.Start(d.house.Zone),
	}
	switch {
	case c.State == Prepared:
	case c.Public && file.Public:
		doc.Audience, doc.Link = search.Public|search.For(voice.See.Roles), "/o/"+string(c.ID)
	default:
		doc.Audience = search.For(voice.See.Roles)
	}
	return d.Search.Put(ctx, tx, doc)
}

// CaseShown tells search again of the consultations on a case that is for anyone from
// now on, or no more, inside the deed that changes it.
func (d *Desk) CaseShown(ctx context.Context, tx *store.Tx, id voice.CaseID) error {
	list, err := listConsultations(ctx, tx, `case_id = $1 ORDER BY id`, id)
	for i := 0; err == nil && i < len(list); i++ {
		var c Consultation
		if c, err = getConsultation(ctx, tx, list[i].ID); err == nil {
			err = d.tell(ctx, tx, c)
		}
	}
	return err
}

// tell has what a member sent found by those who may see answers.
func (s *sheet) tell(ctx context.Context, tx *store.Tx) error {
	if s.d.Search == nil || s.Invitation.Stage != Answered {
		return nil
	}
	var words []string
	at := "/matrix" // the board does not type in, but reads what was said of a provision
	for _, a := range s.Consultation.Asked {
		if h := s.all[a.Provision]; h.Sent && !h.Empty() { // a draft is the member's own
			if len(words) == 0 {
				at = "/provisions/" + a.Provision
			}
			words = append(words, a.Cite+" "+a.Title, h.Text, h.Wording)
		}
	}
	return s.d.Search.Put(ctx, tx, search.Doc{
		Kind: "answer", Subject: "answer/" + string(s.Invitation.ID), Title: s.Invitation.MemberName + " · " + s.Consultation.Title, Body: strings.Join(words, "\n"),
		Link: Link(s.Consultation) + at, Audience: search.For(voice.SeeAnswers.Roles), At: tx.Now,
	})
}
