package members

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const registrationColumns = `r.id, r.member, r.kind, r.number, r.since, r.proof, r.proof_day, r.note, r.file, r.file_name, r.file_type, r.file_size, r.until_day, r.noted, r.now, r.replaced`

func readRegistration(row store.Scanner) (r Registration, err error) {
	var since, proof, until, noted, replaced string
	err = row.Scan(&r.ID, &r.Member, &r.In, &r.Number, &since, &r.Proof, &proof, &r.Note, &r.File.Hash, &r.File.Name, &r.File.Type, &r.File.Size, &until, &noted, &r.Now, &replaced)
	if err != nil {
		return r, err
	}
	for i, day := range []*civil.Date{&r.Since, &r.ProofDay, &r.Until, &r.Noted, &r.Replaced} {
		if *day, err = civil.Parse([]string{since, proof, until, noted, replaced}[i]); err != nil {
			return r, err
		}
	}
	return r, nil
}

func putRegistration(ctx context.Context, tx *store.Tx, r Registration) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO member_registrations (id, member, kind, number, since, proof, proof_day, note, file, file_name, file_type, file_size, until_day, noted, now, replaced)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (id) DO UPDATE SET member = excluded.member, kind = excluded.kind, number = excluded.number, since = excluded.since,
			proof = excluded.proof, proof_day = excluded.proof_day, note = excluded.note,
			file = excluded.file, file_name = excluded.file_name, file_type = excluded.file_type, file_size = excluded.file_size, until_day = excluded.until_day, noted = excluded.noted`,
		r.ID, r.Member, r.In, r.Number, r.Since.String(), r.Proof, r.ProofDay.String(), r.Note, r.File.Hash, r.File.Name, r.File.Type, r.File.Size, r.Until.String(), r.Noted.String(), r.Now, r.Replaced.String())
	if err != nil {
		return fmt.Errorf("members: put registration %s: %w", r.ID, err)
	}
	return nil
}

func getRegistration(ctx context.Context, tx *store.Tx, id string) (Registration, error) {
	r, err := readRegistration(tx.QueryRowContext(ctx, `SELECT `+registrationColumns+` FROM member_registrations r WHERE r.id = $1`, id))
	if store.Missing(err) {
		return r, fault.New(fault.Missing, "members.registration.missing")
	}
	if err != nil {
		return r, fmt.Errorf("members: get registration %s: %w", id, err)
	}
	return r, nil
}

func dropRegistration(ctx context.Context, tx *store.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM member_registrations WHERE id = $1 OR now = $1`, id); err != nil {
		return fmt.Errorf("members: drop registration %s: %w", id, err)
	}
	return nil
}

// registrationsOf lists the registrations of each of the members; if past, also what
// they were.
func registrationsOf(ctx context.Context, tx *store.Tx, past bool, ids ...ID) (map[ID][]Registration, error) {
	of := make(map[ID][]Registration, len(ids))
	if len(ids) == 0 {
		return of, nil
	}
	c := &clause{}
	list, err := store.List(ctx, tx, readRegistration, `
		SELECT `+registrationColumns+` FROM member_registrations r
		WHERE r.member IN (`+values(c, ids)+`) AND (r.now = '' OR `+c.value(store.Bit(past))+` = 1) ORDER BY r.member, r.id`, c.args...)
	if err != nil {
		return nil, fmt.Errorf("members: registrations: %w", err)
	}
	for _, r := range list {
		of[r.Member] = append(of[r.Member], r)
	}
	return of, nil
}

// numbered lists the registrations of the numbers.
func numbered(ctx context.Context, tx *store.Tx, numbers []string) ([]Registration, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	c := &clause{}
	list, err := store.List(ctx, tx, readRegistration, `
		SELECT `+registrationColumns+` FROM member_registrations r WHERE r.now = '' AND r.number IN (`+values(c, numbers)+`) ORDER BY r.number, r.id`, c.args...)
	if err != nil {
		return nil, fmt.Errorf("members: numbered: %w", err)
	}
	return list, nil
}

// ProvesIn reports whether a registration has the file as its proof.
func (d *Desk) ProvesIn(ctx context.Context, tx *store.Tx, hash string) (bool, error) {
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM member_registrations WHERE file = $1 LIMIT 1) a`, hash).Scan(&n); err != nil {
		return false, fmt.Errorf("members: proves: %w", err)
	}
	return n > 0, nil
}
