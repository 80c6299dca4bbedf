package members

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// moveRows makes what the tables of the register have of one member be of the other.
// What the other has already goes; who was authorised by both was so from the earlier day.
func moveRows(ctx context.Context, tx *store.Tx, from, to ID) error {
	for _, q := range []string{
		`UPDATE member_agents SET since = (SELECT MIN(o.since) FROM member_agents o WHERE o.member IN ($1, $2) AND o.until = '' AND o.email = member_agents.email)
			WHERE member = $2 AND until = '' AND email <> '' AND email IN (SELECT email FROM member_agents WHERE member = $1 AND until = '')`,
		`DELETE FROM member_agents WHERE member = $1 AND until = '' AND email <> '' AND email IN (SELECT email FROM member_agents WHERE member = $2 AND until = '')`,
		`UPDATE member_agents SET member = $2 WHERE member = $1`,
		`UPDATE member_agents SET person = $2 WHERE person = $1`,
		`INSERT INTO member_tags (member, tag) SELECT $2, tag FROM member_tags WHERE member = $1 ON CONFLICT DO NOTHING`,
		`UPDATE member_merges SET kept = $2 WHERE kept = $1`,
	} {
		if _, err := tx.ExecContext(ctx, q, from, to); err != nil {
			return fmt.Errorf("members: merge %s: %w", from, err)
		}
	}
	return nil
}

// moveRegistrations makes registrations of one member be of the other, but for
// those that the other has; the proof of either is kept.
func moveRegistrations(ctx context.Context, tx *store.Tx, from, to ID) error {
	of, err := registrationsOf(ctx, tx, false, from, to)
	if err != nil {
		return err
	}
	for _, r := range of[from] {
		at := slices.IndexFunc(of[to], func(o Registration) bool { return o.In == r.In && folded(o.Number) == folded(r.Number) })
		if r.Member = to; at >= 0 {
			r, err = uniteRegistrations(ctx, tx, of[to][at], r)
		}
		if err = errors.Join(err, putRegistration(ctx, tx, r)); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `UPDATE member_registrations SET member = $2 WHERE member = $1 AND now IN (SELECT id FROM member_registrations WHERE member = $2)`, from, to)
	if err != nil {
		return fmt.Errorf("members: past registrations of %s: %w", from, err)
	}
	return nil
}

// uniteRegistrations takes one of two registrations of the same number out and returns the
// one that is proven better; what the other proved earlier it has proved.
func uniteRegistrations(ctx context.Context, tx *store.Tx, is, other Registration) (Registration, error) {
	if is.File.Hash == "" && (other.File.Hash != "" || is.Proof == "" && other.Proof != "") {
		is, other = other, is
	}
	_, err := tx.ExecContext(ctx, `UPDATE member_registrations SET member = $3, now = $2 WHERE now = $1`, other.ID, is.ID, is.Member)
	if err = errors.Join(err, dropRegistration(ctx, tx, other.ID)); err != nil {
		return is, fmt.Errorf("members: unite registrations of %s: %w", is.Member, err)
	}
	day, earlier := is.follows(other)
	if other.Now, other.Replaced = is.ID, day; !earlier {
		return is, nil
	}
	return is, putRegistration(ctx, tx, other)
}

// answering counts who may now answer for an organisation.
func answering(ctx context.Context, tx *store.Tx, id ID) (n int, err error) {
	if err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM member_agents WHERE member = $1 AND until = '' AND answers = 1`, id).Scan(&n); err != nil {
		return 0, fmt.Errorf("members: answering for %s: %w", id, err)
	}
	return n, nil
}

func addMerge(ctx context.Context, tx *store.Tx, gone Member, kept ID) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO member_merges (gone, kept, name, made) VALUES ($1, $2, $3, $4)`, gone.ID, kept, gone.Name, store.Time(tx.Now))
	if err != nil {
		return fmt.Errorf("members: merge %s: %w", gone.ID, err)
	}
	return nil
}

// keptFor is the member into whom the ID was merged; the ID itself if it was not.
func keptFor(ctx context.Context, tx *store.Tx, id ID) (ID, error) {
	kept := id
	err := tx.QueryRowContext(ctx, `SELECT kept FROM member_merges WHERE gone = $1`, id).Scan(&kept)
	if err != nil && !store.Missing(err) {
		return id, fmt.Errorf("members: kept for %s: %w", id, err)
	}
	return kept, nil
}

func mergedInto(ctx context.Context, tx *store.Tx, id ID) ([]Merged, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (m Merged, err error) {
		var made string
		if err := row.Scan(&m.ID, &m.Name, &made); err != nil {
			return m, err
		}
		m.Made, err = store.ParseTime(made)
		return m, err
	}, `SELECT gone, name, made FROM member_merges WHERE kept = $1 ORDER BY made DESC, gone`, id)
	if err != nil {
		return nil, fmt.Errorf("members: merged into %s: %w", id, err)
	}
	return list, nil
}

// sharedNumbers are numbers that more than one member has in the same registry.
func sharedNumbers(ctx context.Context, tx *store.Tx) (map[string][]ID, error) {
	of := map[string][]ID{}
	_, err := store.List(ctx, tx, func(row store.Scanner) (struct{}, error) {
		var in, number string
		var id ID
		err := row.Scan(&in, &number, &id)
		of[in+" "+number] = append(of[in+" "+number], id)
		return struct{}{}, err
	}, `
		SELECT r.kind, r.number, r.member FROM member_registrations r
		WHERE EXISTS (SELECT 1 FROM member_registrations o WHERE o.number = r.number AND o.kind = r.kind AND o.member <> r.member)
		ORDER BY r.kind, r.number, r.member`)
	if err != nil {
		return nil, fmt.Errorf("members: shared numbers: %w", err)
	}
	return of, nil
}
