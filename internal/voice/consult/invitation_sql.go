package consult

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

const invitationColumns = `id, consultation, member, member_name, kind, name, email, lang, stage, public, sent_at, opened_at, answered_at,
	reminded_at, comments, sort_key`

func readInvitation(row store.Scanner) (v Invitation, err error) {
	var sent, opened, answered, reminded string
	var public int
	err = row.Scan(&v.ID, &v.Consultation, &v.Member, &v.MemberName, &v.Kind, &v.Name, &v.Email, &v.Lang, &v.Stage, &public,
		&sent, &opened, &answered, &reminded, &v.Comments, &v.SortKey)
	if err != nil {
		return v, err
	}
	v.Public = public != 0
	var e [4]error
	v.Sent, e[0] = store.ParseTime(sent)
	v.Opened, e[1] = store.ParseTime(opened)
	v.Answered, e[2] = store.ParseTime(answered)
	v.Reminded, e[3] = store.ParseTime(reminded)
	return v, errors.Join(e[:]...)
}

// addInvitation returns false if the member has one already.
func addInvitation(ctx context.Context, tx *store.Tx, v Invitation) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		INSERT INTO consult_invitations (`+invitationColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, '', '', '', '', 0, $10) ON CONFLICT (consultation, member) DO NOTHING`,
		v.ID, v.Consultation, v.Member, v.MemberName, v.Kind, v.Name, v.Email, v.Lang, v.Stage, textkit.SortKey(language.Slovenian, v.MemberName))
	var n int64
	if err == nil {
		n, err = res.RowsAffected()
	}
	if err != nil {
		return false, fmt.Errorf("consult: invite %s: %w", v.Member, err)
	}
	return n == 1, nil
}

// setInvitation writes what changes of an invitation.
func setInvitation(ctx context.Context, tx *store.Tx, v Invitation) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE consult_invitations SET name = $2, email = $3, lang = $4, stage = $5, public = $6, sent_at = $7, opened_at = $8,
			answered_at = $9, reminded_at = $10, comments = $11
		WHERE id = $1`, v.ID, v.Name, v.Email, v.Lang, v.Stage, store.Bit(v.Public), store.Time(v.Sent), store.Time(v.Opened),
		store.Time(v.Answered), store.Time(v.Reminded), v.Comments)
	if err != nil {
		return fmt.Errorf("consult: set %s: %w", v.ID, err)
	}
	return nil
}

func oneInvitation(ctx context.Context, tx *store.Tx, where string, args ...any) (Invitation, error) {
	v, err := readInvitation(tx.QueryRowContext(ctx, `SELECT `+invitationColumns+` FROM consult_invitations WHERE `+where, args...))
	if store.Missing(err) {
		return v, fault.New(fault.Missing, "consult.link.unknown")
	}
	if err != nil {
		return v, fmt.Errorf("consult: invitation: %w", err)
	}
	return v, nil
}

func listInvitations(ctx context.Context, tx *store.Tx, where string, args ...any) ([]Invitation, error) {
	list, err := store.List(ctx, tx, readInvitation, `SELECT `+invitationColumns+` FROM consult_invitations WHERE `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("consult: invitations: %w", err)
	}
	return list, nil
}

// A ProgressQuery asks for a page of the invitations, by the names of members.
type ProgressQuery struct {
	Consultation voice.ConsultationID
	Stage        Stage        // empty for any
	After        InvitationID // last of the page before
	Limit        int          // 50 if zero
}

func progress(ctx context.Context, tx *store.Tx, q ProgressQuery) ([]Invitation, error) {
	if q.Limit == 0 {
		q.Limit = 50
	}
	// One list for each index: a planner that must serve both takes neither.
	where, args := `consultation = $1`, []any{q.Consultation, q.Limit}
	if q.Stage != "" {
		where += ` AND stage = $3`
		args = append(args, q.Stage)
	}
	if q.After != "" {
		args = append(args, q.After)
		n := len(args)
		where += fmt.Sprintf(` AND (sort_key, id) > (SELECT sort_key, id FROM consult_invitations WHERE id = $%d)`, n)
	}
	return listInvitations(ctx, tx, where+` ORDER BY sort_key, id LIMIT $2`, args...)
}

func addKey(ctx context.Context, tx *store.Tx, hash string, id InvitationID) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO consult_keys (hash, invitation, made_at) VALUES ($1, $2, $3)`, hash, id, store.Time(tx.Now))
	if err != nil {
		return fmt.Errorf("consult: key of %s: %w", id, err)
	}
	return nil
}

func countKeys(ctx context.Context, tx *store.Tx, id InvitationID, since time.Time) (n int, err error) {
	err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM consult_keys WHERE invitation = $1 AND made_at > $2`, id, store.Time(since)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("consult: keys of %s: %w", id, err)
	}
	return n, nil
}

// silent lists members of a consultation to remind: those who have neither
// answered nor declined, have an address, were written to before the day began,
// and whom no consultation has reminded since then, nor this one since mark.
func silent(ctx context.Context, tx *store.Tx, id voice.ConsultationID, day, mark time.Time, limit int) ([]Invitation, error) {
	return listInvitations(ctx, tx, `
		consultation = $1 AND stage IN ('asked', 'opened', 'answering') AND email <> '' AND sent_at <> '' AND sent_at < $2 AND sent_at < $3
		AND reminded_at < $2 AND reminded_at < $3
		AND NOT EXISTS (SELECT 1 FROM consult_invitations o WHERE o.member = consult_invitations.member AND o.reminded_at >= $2)
		ORDER BY id LIMIT $4`, id, store.Time(day), store.Time(mark), limit)
}

// invitationsOf lists the newest invitations of the members, and those that were
// handed over to the address.
func invitationsOf(ctx context.Context, tx *store.Tx, ids []members.ID, email string) ([]Invitation, error) {
	args := []any{email}
	marks := "''"
	for _, m := range ids {
		args = append(args, m)
		marks += fmt.Sprintf(", $%d", len(args))
	}
	return listInvitations(ctx, tx, `member IN (`+marks+`) OR (email = $1 AND email <> '') ORDER BY id DESC LIMIT 100`, args...)
}
