package consult

import (
	"context"
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

const commentColumns = `id, consultation, case_id, invitation, provision, ord, member, member_name, kind, stance, text, wording, public, sent,
	via, channel, typed_by, typed_is, at, rev, revs, page`

// A held is a comment and what is kept with it to tell versions apart.
type held struct {
	Comment
	revs int    // versions there are
	page string // the showing of the page that saved the version that stands
}

func readHeld(row store.Scanner) (h held, err error) {
	var public, sent int
	var at string
	err = row.Scan(&h.ID, &h.Consultation, &h.Case, &h.Invitation, &h.Provision, &h.Ord, &h.Member, &h.MemberName, &h.Kind,
		&h.Stance, &h.Text, &h.Wording, &public, &sent, &h.Via, &h.Channel, &h.TypedBy, &h.TypedIs, &at, &h.Rev, &h.revs, &h.page)
	if err != nil {
		return h, err
	}
	h.Public, h.Sent = public != 0, sent != 0
	h.At, err = store.ParseTime(at)
	return h, err
}

func readComment(row store.Scanner) (Comment, error) {
	h, err := readHeld(row)
	return h.Comment, err
}

func putHeld(ctx context.Context, tx *store.Tx, h held) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO comments (`+commentColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
		ON CONFLICT (id) DO UPDATE SET
			stance = excluded.stance, text = excluded.text, wording = excluded.wording, public = excluded.public, sent = excluded.sent,
			via = excluded.via, channel = excluded.channel, typed_by = excluded.typed_by, typed_is = excluded.typed_is, at = excluded.at,
			rev = excluded.rev, revs = excluded.revs, page = excluded.page`,
		h.ID, h.Consultation, h.Case, h.Invitation, h.Provision, h.Ord, h.Member, h.MemberName, h.Kind, h.Stance, h.Text, h.Wording,
		store.Bit(h.Public), store.Bit(h.Sent), h.Via, h.Channel, h.TypedBy, h.TypedIs, store.Time(h.At), h.Rev, h.revs, h.page)
	if err != nil {
		return fmt.Errorf("consult: put comment on %s: %w", h.Provision, err)
	}
	return nil
}

// heldOf reads all comments of an invitation, by provision.
func heldOf(ctx context.Context, tx *store.Tx, id InvitationID) (map[string]held, error) {
	list, err := store.List(ctx, tx, readHeld, `SELECT `+commentColumns+` FROM comments WHERE invitation = $1`, id)
	if err != nil {
		return nil, fmt.Errorf("consult: comments of %s: %w", id, err)
	}
	by := make(map[string]held, len(list))
	for _, h := range list {
		by[h.Provision] = h
	}
	return by, nil
}

func putVersion(ctx context.Context, tx *store.Tx, h held, v Version) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO comment_versions (comment, rev, stance, text, wording, via, channel, typed_by, typed_is, at, kept)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		h.ID, v.Rev, v.Stance, v.Text, v.Wording, v.Via, v.Channel, h.TypedBy, v.TypedIs, store.Time(v.At), store.Bit(v.Kept))
	if err != nil {
		return fmt.Errorf("consult: put version of %s: %w", h.ID, err)
	}
	return nil
}

// versions lists the versions of a comment, newest first.
func versions(ctx context.Context, tx *store.Tx, id CommentID) ([]Version, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (v Version, err error) {
		var at string
		var kept int
		if err = row.Scan(&v.Rev, &v.Stance, &v.Text, &v.Wording, &v.Via, &v.Channel, &v.TypedIs, &at, &kept); err != nil {
			return v, err
		}
		v.Kept = kept != 0
		v.At, err = store.ParseTime(at)
		return v, err
	}, `SELECT rev, stance, text, wording, via, channel, typed_is, at, kept FROM comment_versions WHERE comment = $1 ORDER BY rev DESC`, id)
	if err != nil {
		return nil, fmt.Errorf("consult: versions of %s: %w", id, err)
	}
	return list, nil
}

// A CommentQuery asks for a page of the comments that were sent, in the order in
// which they were begun. It needs a Consultation, a Case or IDs.
type CommentQuery struct {
	Consultation voice.ConsultationID
	Case         voice.CaseID
	IDs          []CommentID
	Provision    string       // empty for all
	Stance       voice.Stance // empty for any
	Kind         members.Kind // empty for organisations and persons
	After        CommentID    // last of the page before
	Limit        int          // 50 if zero
}

func listComments(ctx context.Context, tx *store.Tx, q CommentQuery) ([]Comment, error) {
	if q.Limit == 0 {
		q.Limit = 50
	}
	if q.Consultation == "" && q.Case == "" && len(q.IDs) == 0 {
		return nil, fault.New(fault.Missing, "consult.missing")
	}
	where, args := []string{"sent = 1"}, []any{}
	add := func(column, op string, value any) {
		args = append(args, value)
		where = append(where, fmt.Sprintf("%s %s $%d", column, op, len(args)))
	}
	for _, one := range []struct {
		column, value string
	}{{"consultation", string(q.Consultation)}, {"case_id", string(q.Case)}, {"provision", q.Provision}, {"stance", string(q.Stance)}, {"kind", string(q.Kind)}} {
		if one.value != "" {
			add(one.column, "=", one.value)
		}
	}
	if q.After != "" {
		add("id", ">", q.After)
	}
	if len(q.IDs) > 0 {
		marks := make([]string, len(q.IDs))
		for i, id := range q.IDs {
			args = append(args, id)
			marks[i] = fmt.Sprintf("$%d", len(args))
		}
		where = append(where, "id IN ("+strings.Join(marks, ", ")+")")
	}
	args = append(args, q.Limit)
	list, err := store.List(ctx, tx, readComment, `SELECT `+commentColumns+` FROM comments WHERE `+strings.Join(where, " AND ")+
		fmt.Sprintf(` ORDER BY id LIMIT $%d`, len(args)), args...)
	if err != nil {
		return nil, fmt.Errorf("consult: comments: %w", err)
	}
	return list, nil
}

// stancesOf reads what was sent by each of the invitations, by provision.
func stancesOf(ctx context.Context, tx *store.Tx, list []Invitation) (map[InvitationID]map[string]voice.Stance, error) {
	found := make(map[InvitationID]map[string]voice.Stance, len(list))
	if len(list) == 0 {
		return found, nil
	}
	marks, args := make([]string, len(list)), make([]any, len(list))
	for i, v := range list {
		marks[i], args[i] = fmt.Sprintf("$%d", i+1), v.ID
		found[v.ID] = map[string]voice.Stance{}
	}
	_, err := store.List(ctx, tx, func(row store.Scanner) (_ struct{}, err error) {
		var id InvitationID
		var provision string
		var stance voice.Stance
		if err = row.Scan(&id, &provision, &stance); err == nil {
			found[id][provision] = stance
		}
		return
	}, `SELECT invitation, provision, stance FROM comments WHERE sent = 1 AND invitation IN (`+strings.Join(marks, ", ")+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("consult: matrix: %w", err)
	}
	return found, nil
}

// publish says of all comments of an invitation whether they may be published.
func publish(ctx context.Context, tx *store.Tx, id InvitationID, public bool) error {
	if _, err := tx.ExecContext(ctx, `UPDATE comments SET public = $2 WHERE invitation = $1`, id, store.Bit(public)); err != nil {
		return fmt.Errorf("consult: publish %s: %w", id, err)
	}
	return nil
}
