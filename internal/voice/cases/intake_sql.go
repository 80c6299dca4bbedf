package cases

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

const intakeColumns = `id, who, who_is, name, source, text, blob, read_by, notes, problem, signal, created, for_id, case_id`

func putIntake(ctx context.Context, tx *store.Tx, i Intake) error {
	found, err := json.Marshal(i.Signal)
	if err != nil {
		return fmt.Errorf("cases: put intake: %w", err)
	}
	notes, err := json.Marshal(i.Notes)
	if err != nil {
		return fmt.Errorf("cases: put intake: %w", err)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO case_intakes (`+intakeColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET text = excluded.text, signal = excluded.signal, problem = excluded.problem`,
		i.ID, i.By, i.ByIs, i.Name, i.Source, i.Text, i.Blob, i.ReadBy, string(notes), i.Problem, string(found), store.Time(i.Created), i.For, i.Made)
	if err != nil {
		return fmt.Errorf("cases: put intake: %w", err)
	}
	return nil
}

// setSignal writes what was recognised in the text, if it is still that text.
func setSignal(ctx context.Context, tx *store.Tx, i Intake) error {
	found, err := json.Marshal(i.Signal)
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE case_intakes SET signal = $2 WHERE id = $1 AND text = $3`, i.ID, string(found), i.Text)
	}
	if err != nil {
		return fmt.Errorf("cases: signal of intake %s: %w", i.ID, err)
	}
	return nil
}

func readIntake(row store.Scanner) (i Intake, err error) {
	var notes, found, created string
	err = row.Scan(&i.ID, &i.By, &i.ByIs, &i.Name, &i.Source, &i.Text, &i.Blob, &i.ReadBy, &notes, &i.Problem, &found, &created, &i.For, &i.Made)
	if err != nil {
		return i, err
	}
	i.Created, err = store.ParseTime(created)
	return i, errors.Join(err, json.Unmarshal([]byte(notes), &i.Notes), json.Unmarshal([]byte(found), &i.Signal))
}

func getIntake(ctx context.Context, tx *store.Tx, id string) (Intake, error) {
	i, err := readIntake(tx.QueryRowContext(ctx, `SELECT `+intakeColumns+` FROM case_intakes WHERE id = $1`, id))
	switch {
	case store.Missing(err):
		return i, fault.New(fault.Missing, "cases.intake.missing")
	case err != nil:
		return i, fmt.Errorf("cases: get intake %s: %w", id, err)
	}
	return i, nil
}

// openIntakes lists those of which nothing has been made, newest first, each with
// no more of its text than a list shows.
func openIntakes(ctx context.Context, tx *store.Tx) ([]Intake, error) {
	list, err := store.List(ctx, tx, readIntake, `
		SELECT id, who, who_is, name, source, SUBSTR(text, 1, 300), blob, read_by, notes, problem, signal, created, for_id, case_id
		FROM case_intakes WHERE case_id = '' ORDER BY id DESC LIMIT 50`)
	if err != nil {
		return nil, fmt.Errorf("cases: open intakes: %w", err)
	}
	return list, nil
}

func closeIntake(ctx context.Context, tx *store.Tx, id string, made voice.CaseID) error {
	if _, err := tx.ExecContext(ctx, `UPDATE case_intakes SET case_id = $2 WHERE id = $1`, id, made); err != nil {
		return fmt.Errorf("cases: close intake %s: %w", id, err)
	}
	return nil
}

func dropIntake(ctx context.Context, tx *store.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM case_intakes WHERE id = $1`, id); err != nil {
		return fmt.Errorf("cases: drop intake %s: %w", id, err)
	}
	return nil
}
