package consult

import (
	"context"
	"errors"
	"fmt"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Holds reports whether a member was ever asked: then the register must keep them,
// for what they said stands under their name.
func (d *Desk) Holds(ctx context.Context, tx *store.Tx, id members.ID) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM consult_invitations WHERE member = $1 LIMIT 1) AS one`, id).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("consult: holds %s: %w", id, err)
	}
	return n > 0, nil
}

// Holder is what consultations keep about members: that they were asked, and what
// they said.
func (d *Desk) Holder() members.Holder {
	return members.Holder{Name: "consultations", Holds: d.Holds, Tell: d.tellHeld, Merge: mergeHeld, Erase: d.eraseHeld}
}

// A Held is one consultation that a member was asked in.
type Held struct {
	Consultation, Title, Member, Name, Email, Stage, Asked, Answered string
	Comments                                                         []HeldComment
}

// A HeldComment is what they said to one provision.
type HeldComment struct {
	id                                               string
	Provision, Stance, Text, Wording, Via, Typed, At string
	Earlier                                          []HeldComment `json:",omitempty"` // as it was before
}

func (d *Desk) tellHeld(ctx context.Context, tx *store.Tx, id members.ID) (any, error) {
	type row struct {
		invitation string
		Held
	}
	m, err := d.Members.MemberIn(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	list, err := store.List(ctx, tx, func(s store.Scanner) (r row, err error) {
		return r, s.Scan(&r.invitation, &r.Consultation, &r.Title, &r.Member, &r.Name, &r.Email, &r.Stage, &r.Asked, &r.Answered)
	}, `SELECT i.id, i.consultation, c.title, i.member_name, i.name, i.email, i.stage, i.sent_at, i.answered_at
		FROM consult_invitations i JOIN consultations c ON c.id = i.consultation
		WHERE i.member = $1 OR i.email <> '' AND i.email = $2 AND i.name IN ($3, $4) ORDER BY i.id`, id, m.Email, m.Name, members.Called(m.Name))
	var all []Held
	for _, r := range list {
		var more error
		r.Comments, more = store.List(ctx, tx, func(s store.Scanner) (c HeldComment, err error) {
			return c, s.Scan(&c.id, &c.Provision, &c.Stance, &c.Text, &c.Wording, &c.Via, &c.Typed, &c.At)
		}, `SELECT id, provision, stance, text, wording, via, typed_is, at FROM comments WHERE invitation = $1 ORDER BY ord`, r.invitation)
		err = errors.Join(err, more)
		for i := range r.Comments {
			c := &r.Comments[i]
			c.Earlier, more = store.List(ctx, tx, func(s store.Scanner) (o HeldComment, err error) {
				return o, s.Scan(&o.Stance, &o.Text, &o.Wording, &o.Via, &o.Typed, &o.At)
			}, `SELECT stance, text, wording, via, typed_is, at FROM comment_versions WHERE comment = $1 ORDER BY rev`, c.id)
			err = errors.Join(err, more)
		}
		all = append(all, r.Held)
	}
	if err != nil {
		return nil, fmt.Errorf("consult: tell %s: %w", id, err)
	}
	if len(all) == 0 {
		return nil, nil
	}
	return all, nil
}

// mergeHeld makes what one member was asked and said be another's, but where both
// were asked: an answer is theirs who gave it.
func mergeHeld(ctx context.Context, tx *store.Tx, from, to members.ID) error {
	for _, s := range []string{
		`UPDATE comments SET member = $2 WHERE member = $1 AND consultation NOT IN (SELECT consultation FROM consult_invitations WHERE member = $2)`,
		`UPDATE consult_invitations SET member = $2 WHERE member = $1 AND consultation NOT IN (SELECT consultation FROM consult_invitations WHERE member = $2)`,
	} {
		if _, err := tx.ExecContext(ctx, s, from, to); err != nil {
			return fmt.Errorf("consult: merge %s: %w", from, err)
		}
	}
	return nil
}

// eraseHeld takes the names and the words out, of a member and of a person who
// answered for an organisation; stances, and how many there were, stay.
func (d *Desk) eraseHeld(ctx context.Context, tx *store.Tx, id members.ID) error {
	m, err := d.Members.MemberIn(ctx, tx, id)
	if err != nil {
		return err
	}
	const theirs = `(SELECT id FROM comments WHERE member = $1)`
	for _, s := range []string{
		`DELETE FROM consult_keys WHERE invitation IN (SELECT id FROM consult_invitations WHERE member = $1)`,
		`UPDATE comment_versions SET text = '', wording = '', via = '', typed_is = '' WHERE comment IN ` + theirs,
		`UPDATE comments SET member_name = '` + store.Erased + `', text = '', wording = '', via = '', typed_is = '', public = 0 WHERE member = $1`,
		`UPDATE consult_invitations SET member_name = '` + store.Erased + `', name = '` + store.Erased + `', email = '', sort_key = '', public = 0 WHERE member = $1`,
	} {
		if _, err := tx.ExecContext(ctx, s, id); err != nil {
			return fmt.Errorf("consult: erase %s: %w", id, err)
		}
	}
	if m.Email == "" {
		return nil
	}
	for _, s := range []string{
		`DELETE FROM consult_keys WHERE invitation IN (SELECT id FROM consult_invitations WHERE email = $1 AND name IN ($2, $3))`,
		`UPDATE consult_invitations SET name = '` + store.Erased + `', email = '' WHERE email = $1 AND name IN ($2, $3)`,
	} {
		if _, err := tx.ExecContext(ctx, s, m.Email, m.Name, members.Called(m.Name)); err != nil {
			return fmt.Errorf("consult: erase %s: %w", id, err)
		}
	}
	names := []any{members.Called(m.Name), m.Name, store.Erased}
	for _, table := range []string{"comments", "comment_versions"} {
		if _, err := tx.ExecContext(ctx, `UPDATE `+table+` SET via = $3 WHERE via IN ($1, $2)`, names...); err != nil {
			return fmt.Errorf("consult: erase %s: %w", id, err)
		}
	}
	return nil
}
