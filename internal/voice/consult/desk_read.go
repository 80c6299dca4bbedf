package consult

import (
	"context"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// shows returns a fault if the actor may not see the consultation: one that is
// public and has opened may be seen by anyone who may see its case.
func (d *Desk) shows(ctx context.Context, tx *store.Tx, by auth.Actor, c Consultation) error {
	if !c.Public || c.State == Prepared {
		return by.Must(voice.See)
	}
	_, err := d.Cases.CaseIn(ctx, tx, by, c.Case)
	return err
}

// Consultation reads one with what it asks.
func (d *Desk) Consultation(ctx context.Context, by auth.Actor, id voice.ConsultationID) (Consultation, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Consultation, error) { return d.ConsultationIn(ctx, tx, by, id) })
}

// ConsultationIn is Consultation inside another deed.
func (d *Desk) ConsultationIn(ctx context.Context, tx *store.Tx, by auth.Actor, id voice.ConsultationID) (Consultation, error) {
	c, err := getConsultation(ctx, tx, id)
	if err == nil {
		err = d.shows(ctx, tx, by, c)
	}
	if err != nil {
		return Consultation{}, err
	}
	return c, nil
}

// Of lists the consultations on a case that the actor may see, newest first,
// without what they ask.
func (d *Desk) Of(ctx context.Context, by auth.Actor, id voice.CaseID) ([]Consultation, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Consultation, error) {
		if _, err := d.Cases.CaseIn(ctx, tx, by, id); err != nil {
			return nil, err
		}
		all := store.Bit(by.Can(voice.See))
		return listConsultations(ctx, tx, `case_id = $1 AND (CAST($2 AS BIGINT) = 1 OR (public = 1 AND state <> 'prepared')) ORDER BY id DESC`, id, all)
	})
}

// Tallied returns what a case has asked about, with tallies, in the order of
// consultations and provisions.
func (d *Desk) Tallied(ctx context.Context, by auth.Actor, id voice.CaseID) ([]Consultation, error) {
	list, err := d.Of(ctx, by, id)
	for i := range list {
		if list[i], err = d.Consultation(ctx, by, list[i].ID); err != nil {
			return nil, err
		}
	}
	return list, err
}

// Comments returns a page of comments with the names of those who made them.
func (d *Desk) Comments(ctx context.Context, by auth.Actor, q CommentQuery) ([]Comment, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Comment, error) { return d.CommentsIn(ctx, tx, by, q) })
}

// CommentsIn is Comments inside another deed.
func (d *Desk) CommentsIn(ctx context.Context, tx *store.Tx, by auth.Actor, q CommentQuery) ([]Comment, error) {
	if err := by.Must(voice.SeeAnswers); err != nil {
		return nil, err
	}
	return listComments(ctx, tx, q)
}

// Each gives all comments of the query, page by page, to f.
func (d *Desk) Each(ctx context.Context, by auth.Actor, q CommentQuery, f func(Comment) error) error {
	q.Limit = 500
	for {
		list, err := d.Comments(ctx, by, q)
		if err != nil {
			return err
		}
		for _, c := range list {
			if err := f(c); err != nil {
				return err
			}
		}
		if len(list) < q.Limit {
			return nil
		}
		q.After = list[len(list)-1].ID
	}
}

// History lists all versions of a comment that was sent, newest first.
func (d *Desk) History(ctx context.Context, by auth.Actor, id CommentID) ([]Version, error) {
	if err := by.Must(voice.SeeAnswers); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Version, error) {
		found, err := listComments(ctx, tx, CommentQuery{IDs: []CommentID{id}})
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, fault.New(fault.Missing, "consult.comment.missing")
		}
		return versions(ctx, tx, id)
	})
}

// Progress returns a page of the invitations.
func (d *Desk) Progress(ctx context.Context, by auth.Actor, q ProgressQuery) ([]Invitation, error) {
	if err := by.Must(voice.SeeAnswers); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Invitation, error) { return progress(ctx, tx, q) })
}

// Sheet reads the answer of one member for the office, which sees only what was
// sent: of a draft it learns that there is one.
func (d *Desk) Sheet(ctx context.Context, by auth.Actor, id InvitationID) (Answer, error) {
	if err := by.Must(voice.Work); err != nil {
		return Answer{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Answer, error) {
		v, err := oneInvitation(ctx, tx, `id = $1`, id)
		if err != nil {
			return Answer{}, err
		}
		a, _, err := d.answer(ctx, tx, v)
		for p, c := range a.Comments {
			if !c.Sent {
				c.Said = Said{}
				a.Comments[p] = c
			}
		}
		return a, err
	})
}

// A Matrix is who said what: 50 members who have answered, by name, and for each
// the stance to each provision asked about.
type Matrix struct {
	Consultation Consultation
	Rows         []MatrixRow
	Next         InvitationID // for the next page; empty on the last
}

// A MatrixRow is one member; Stances are in the order of Asked, empty for none.
type MatrixRow struct {
	Invitation
	Stances []voice.Stance
}

const matrixRows = 50

// Matrix returns a page of the matrix.
func (d *Desk) Matrix(ctx context.Context, by auth.Actor, id voice.ConsultationID, after InvitationID) (Matrix, error) {
	if err := by.Must(voice.SeeAnswers); err != nil {
		return Matrix{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Matrix, error) {
		c, err := getConsultation(ctx, tx, id)
		if err != nil {
			return Matrix{}, err
		}
		list, err := progress(ctx, tx, ProgressQuery{Consultation: id, Stage: Answered, After: after, Limit: matrixRows + 1})
		if err != nil {
			return Matrix{}, err
		}
		m := Matrix{Consultation: c}
		if len(list) > matrixRows {
			list = list[:matrixRows]
			m.Next = list[matrixRows-1].ID
		}
		said, err := stancesOf(ctx, tx, list)
		for _, v := range list {
			row := MatrixRow{Invitation: v, Stances: make([]voice.Stance, len(c.Asked))}
			for i, a := range c.Asked {
				row.Stances[i] = said[v.ID][a.Provision]
			}
			m.Rows = append(m.Rows, row)
		}
		return m, err
	})
}

// Mine lists the invitations of the members that a signed-in person answers for,
// newest first, with their consultations.
func (d *Desk) Mine(ctx context.Context, by auth.Actor) ([]Answer, error) {
	ids, err := d.members(ctx, by)
	if err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Answer, error) {
		list, err := invitationsOf(ctx, tx, ids, strings.ToLower(strings.TrimSpace(by.Email)))
		if err != nil {
			return nil, err
		}
		var answers []Answer
		for _, v := range list {
			found, err := listConsultations(ctx, tx, `id = $1`, v.Consultation)
			if err != nil || len(found) != 1 {
				return nil, err
			}
			a := Answer{Consultation: found[0], Invitation: v, Today: d.today(tx)}
			a.Takes = a.Consultation.Takes(a.Today)
			answers = append(answers, a)
		}
		return answers, nil
	})
}
