package members

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

func putImport(ctx context.Context, tx *store.Tx, i Import) error {
	mapping, e1 := json.Marshal(i.Mapping)
	choices, e2 := json.Marshal(i.Choices)
	undo, e3 := json.Marshal(i.undo)
	_, e4 := tx.ExecContext(ctx, `
		INSERT INTO member_imports (id, name, upload, state, by_user, by_name, made, mapping, choices, seen, added, changed, passed, job, wrong, undo)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (id) DO UPDATE SET upload = excluded.upload, state = excluded.state, mapping = excluded.mapping,
			choices = excluded.choices, seen = excluded.seen, added = excluded.added, changed = excluded.changed,
			passed = excluded.passed, job = excluded.job, wrong = excluded.wrong, undo = excluded.undo`,
		i.ID, i.Name, i.upload, i.State, i.By, i.ByName, store.Time(i.Made), string(mapping), string(choices), i.seen, i.Added, i.Changed, i.Passed, i.Job, i.Wrong, string(undo))
	if err := errors.Join(e1, e2, e3, e4); err != nil {
		return fmt.Errorf("members: put import %s: %w", i.ID, err)
	}
	return nil
}

const importColumns = `id, name, upload, state, by_user, by_name, made, mapping, choices, seen, added, changed, passed, job, wrong, undo`

func readImport(row store.Scanner) (i Import, err error) {
	var made, mapping, choices, undo string
	err = row.Scan(&i.ID, &i.Name, &i.upload, &i.State, &i.By, &i.ByName, &made, &mapping, &choices, &i.seen, &i.Added, &i.Changed, &i.Passed, &i.Job, &i.Wrong, &undo)
	if err != nil {
		return i, err
	}
	i.Made, err = store.ParseTime(made)
	return i, errors.Join(err, json.Unmarshal([]byte(mapping), &i.Mapping), json.Unmarshal([]byte(choices), &i.Choices), json.Unmarshal([]byte(undo), &i.undo))
}

func getImport(ctx context.Context, tx *store.Tx, id string) (Import, error) {
	return oneImport(tx.QueryRowContext(ctx, `SELECT `+importColumns+` FROM member_imports WHERE id = $1`, id))
}

// lastImport reads the newest import that was written and stands.
func lastImport(ctx context.Context, tx *store.Tx) (Import, error) {
	return oneImport(tx.QueryRowContext(ctx, `SELECT `+importColumns+` FROM member_imports WHERE state = 'done' ORDER BY id DESC LIMIT 1`))
}

func oneImport(row store.Scanner) (Import, error) {
	i, err := readImport(row)
	if store.Missing(err) {
		return i, fault.New(fault.Missing, "members.import.missing")
	}
	if err != nil {
		return i, fmt.Errorf("members: get import: %w", err)
	}
	return i, nil
}

// forgetImports takes out what older imports hold of private things: uploads that
// the person left lying, and what it took to undo imports before the last.
func forgetImports(ctx context.Context, tx *store.Tx, i Import) error {
	_, e1 := tx.ExecContext(ctx, `
		UPDATE member_imports SET upload = '', state = 'dropped'
		WHERE state = 'open' AND id <> $1 AND (by_user = $2 OR made < $3)`, i.ID, i.By, store.Time(i.Made.AddDate(0, 0, -7)))
	var e2 error
	if i.State == Done {
		_, e2 = tx.ExecContext(ctx, `UPDATE member_imports SET undo = 'null' WHERE id <> $1 AND undo <> 'null'`, i.ID)
	}
	if err := errors.Join(e1, e2); err != nil {
		return fmt.Errorf("members: forget imports: %w", err)
	}
	return nil
}

// knownFor reads what the register has that rows of the sheet may be about.
func knownFor(ctx context.Context, tx *store.Tx, s sheet, mp Mapping) (known, error) {
	k := known{map[string]Member{}, map[string][]Member{}, map[ID][]Agent{}}
	const batch = 400
	for at := 0; at < len(s.Rows); at += batch {
		emails, names := &clause{}, &clause{}
		var e, n []string
		for _, r := range s.Rows[at:min(at+batch, len(s.Rows))] {
			rec, _ := r.read(mp.Columns, anyDay) // what is wrong with the row is for plan to say
			if rec.Email != "" {
				e = append(e, rec.Email)
			}
			n = append(n, folded(rec.Name))
		}
		var ids []ID
		list, err := look(ctx, tx, `m.same_name IN (`+values(names, n)+`)`, names.args)
		if err != nil {
			return k, err
		}
		for _, m := range list {
			k.name[folded(m.Name)] = append(k.name[folded(m.Name)], m)
			ids = append(ids, m.ID)
		}
		if len(e) > 0 {
			if list, err = look(ctx, tx, `m.email IN (`+values(emails, e)+`)`, emails.args); err != nil {
				return k, err
			}
			for _, m := range list {
				k.email[m.Email] = m
				ids = append(ids, m.ID)
			}
		}
		agents, err := inOffice(ctx, tx, ids...)
		if err != nil {
			return k, err
		}
		for id, of := range agents {
			k.agents[id] = of
		}
	}
	return k, nil
}

func look(ctx context.Context, tx *store.Tx, where string, args []any) ([]Member, error) {
	list, err := store.List(ctx, tx, readMember, `SELECT `+memberColumns+` FROM members m WHERE `+where+` ORDER BY m.sort_key, m.id`, args...)
	if err != nil {
		return nil, fmt.Errorf("members: look for known: %w", err)
	}
	return list, nil
}

// dropAgent takes out an agent whom an import had authorised and that is undone.
func dropAgent(ctx context.Context, tx *store.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM member_agents WHERE id = $1`, id); err != nil {
		return fmt.Errorf("members: drop agent %s: %w", id, err)
	}
	return nil
}

// isAgent reports whether the person is or was an agent of somebody, or answers as
// one now.
func isAgent(ctx context.Context, tx *store.Tx, id ID, now bool) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, `
		SELECT COUNT(*) FROM member_agents WHERE person = $1 AND ($2 = 0 OR until = '' AND answers = 1)`, id, store.Bit(now)).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("members: is agent %s: %w", id, err)
	}
	return n > 0, nil
}
