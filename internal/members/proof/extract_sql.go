package proof

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const extractColumns = `id, as_of, kind, member, purpose, lang, state, made, by_user, by_name, organisations, persons, proven, before, token, job, withdrawn, reason, category, replaces, instead, rule`

func readExtract(row store.Scanner) (e Extract, err error) {
	var on, made, withdrawn string
	err = row.Scan(&e.ID, &on, &e.Kind, &e.Member, &e.Purpose, &e.Lang, &e.State, &made, &e.By, &e.ByName,
		&e.Organisations, &e.Persons, &e.Proven, &e.Before, &e.Token, &e.Job, &withdrawn, &e.Reason, &e.Category, &e.Replaces, &e.Instead, &e.Rule)
	if err != nil {
		return e, err
	}
	var e1, e2, e3 error
	e.On, e1 = civil.Parse(on)
	e.Made, e2 = store.ParseTime(made)
	e.Withdrawn, e3 = civil.Parse(withdrawn)
	return e, errors.Join(e1, e2, e3)
}

func putExtract(ctx context.Context, tx *store.Tx, e Extract) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO proof_extracts (`+extractColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)
		ON CONFLICT (id) DO UPDATE SET purpose = excluded.purpose, state = excluded.state, by_name = excluded.by_name,
			organisations = excluded.organisations, persons = excluded.persons, proven = excluded.proven, before = excluded.before,
			job = excluded.job, withdrawn = excluded.withdrawn, reason = excluded.reason, instead = excluded.instead`,
		e.ID, e.On.String(), e.Kind, e.Member, e.Purpose, e.Lang, e.State, store.Time(e.Made), e.By, e.ByName,
		e.Organisations, e.Persons, e.Proven, e.Before, e.Token, e.Job, e.Withdrawn.String(), e.Reason, e.Category, e.Replaces, e.Instead, e.Rule)
	if err != nil {
		return fmt.Errorf("proof: put %s: %w", e.ID, err)
	}
	for _, f := range e.Files {
		_, err := tx.ExecContext(ctx, `
			INSERT INTO proof_files (extract, format, hash, size, gone) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (extract, format) DO UPDATE SET gone = excluded.gone`, e.ID, f.Format, f.Hash, f.Size, store.Bit(f.Gone))
		if err != nil {
			return fmt.Errorf("proof: put a file of %s: %w", e.ID, err)
		}
	}
	return nil
}

// oneExtract reads the extract that the condition names, with its files.
func oneExtract(ctx context.Context, tx *store.Tx, where string, arg any) (Extract, error) {
	e, err := readExtract(tx.QueryRowContext(ctx, `SELECT `+extractColumns+` FROM proof_extracts WHERE `+where+` = $1`, arg))
	if store.Missing(err) {
		return e, fault.New(fault.Missing, "proof.missing")
	}
	if err != nil {
		return e, fmt.Errorf("proof: get: %w", err)
	}
	return e, withFiles(ctx, tx, []*Extract{&e})
}

// listExtracts reads a page of the extracts, newest first: those of one member, or
// of everybody.
func listExtracts(ctx context.Context, tx *store.Tx, of members.ID, before ID, limit int) ([]Extract, error) {
	list, err := store.List(ctx, tx, readExtract, `
		SELECT `+extractColumns+` FROM proof_extracts
		WHERE ($1 = '' OR id < $1) AND ($2 = '' OR member = $2) ORDER BY id DESC LIMIT $3`, before, of, limit)
	if err != nil {
		return nil, fmt.Errorf("proof: list: %w", err)
	}
	to := make([]*Extract, len(list))
	for i := range list {
		to[i] = &list[i]
	}
	return list, withFiles(ctx, tx, to)
}

func withFiles(ctx context.Context, tx *store.Tx, list []*Extract) error {
	if len(list) == 0 {
		return nil
	}
	of := map[ID]*Extract{}
	var signs []string
	var args []any
	for _, e := range list {
		of[e.ID] = e
		args = append(args, e.ID)
		signs = append(signs, fmt.Sprintf("$%d", len(args)))
	}
	type kept struct {
		id ID
		File
	}
	files, err := store.List(ctx, tx, func(row store.Scanner) (k kept, err error) {
		return k, row.Scan(&k.id, &k.Format, &k.Hash, &k.Size, &k.Gone)
	}, `SELECT extract, format, hash, size, gone FROM proof_files WHERE extract IN (`+strings.Join(signs, ", ")+`) ORDER BY extract, format DESC`, args...)
	if err != nil {
		return fmt.Errorf("proof: files: %w", err)
	}
	for _, k := range files {
		of[k.id].Files = append(of[k.id].Files, k.File)
	}
	return nil
}

// nextID is the number after the last of the year.
func nextID(ctx context.Context, tx *store.Tx, year int) (ID, error) {
	var last string
	err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(id), '') FROM proof_extracts WHERE id LIKE $1`, fmt.Sprintf("%04d-%%", year)).Scan(&last)
	if err != nil {
		return "", fmt.Errorf("proof: next number: %w", err)
	}
	n := 0
	if last != "" {
		if _, err := fmt.Sscanf(last[5:], "%d", &n); err != nil {
			return "", fmt.Errorf("proof: next number after %s: %w", last, err)
		}
	}
	return ID(fmt.Sprintf("%04d-%06d", year, n+1)), nil
}

// hashBefore is the hash of the newest extract that was finished before this one;
// empty for the first.
func hashBefore(ctx context.Context, tx *store.Tx, id ID) (string, error) {
	var hash string
	err := tx.QueryRowContext(ctx, `
		SELECT f.hash FROM proof_extracts e JOIN proof_files f ON f.extract = e.id AND f.format = 'json'
		WHERE e.id < $1 AND e.state <> 'making' ORDER BY e.id DESC LIMIT 1`, id).Scan(&hash)
	if err != nil && !store.Missing(err) {
		return "", fmt.Errorf("proof: before %s: %w", id, err)
	}
	return hash, nil
}

// byHash finds the extract that a file is of.
func byHash(ctx context.Context, tx *store.Tx, hash string) (Extract, string, error) {
	var id, format string
	err := tx.QueryRowContext(ctx, `SELECT extract, format FROM proof_files WHERE hash = $1`, hash).Scan(&id, &format)
	if store.Missing(err) {
		return Extract{}, "", fault.In("file", "proof.check.unknown")
	}
	if err != nil {
		return Extract{}, "", fmt.Errorf("proof: by hash: %w", err)
	}
	e, err := oneExtract(ctx, tx, "id", id)
	return e, format, err
}

// mergeCertificates makes the certificates of one member those of another.
func mergeCertificates(ctx context.Context, tx *store.Tx, from, to members.ID) error {
	if _, err := tx.ExecContext(ctx, `UPDATE proof_extracts SET member = $2 WHERE member = $1`, from, to); err != nil {
		return fmt.Errorf("proof: merge %s: %w", from, err)
	}
	return nil
}

// forgetMaker takes the name of a member off the extracts that they had made.
func forgetMaker(ctx context.Context, tx *store.Tx, m members.Member) error {
	_, err := tx.ExecContext(ctx, `UPDATE proof_extracts SET by_name = $3 WHERE by_name IN ($1, $2)`, m.Name, members.Called(m.Name), store.Erased)
	if err != nil {
		return fmt.Errorf("proof: forget maker %s: %w", m.ID, err)
	}
	return nil
}
