package positions

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

const proposalColumns = `id, case_id, position, number, version, provision, place, cite, lang, title, wanted, draft, words, reasons,
	budget, people, evidence, note, counts, objections, comments, state, revision, changed, changed_by, instruction`

// counts are the three crowds as they stand in one column.
type counts struct{ For, Against, Neutral Crowd }

func readProposal(row store.Scanner) (p Proposal, err error) {
	var place, evidence, crowds, objections, comments, changed, instruction string
	err = row.Scan(&p.ID, &p.Case, &p.Position, &p.Number, &p.Version, &p.Provision, &place, &p.Cite, &p.Lang, &p.Title, &p.Wanted,
		&p.Draft, &p.Text, &p.Reasons, &p.Budget, &p.People, &evidence, &p.Note, &crowds, &objections, &comments, &p.State, &p.Revision,
		&changed, &p.ChangedBy, &instruction)
	if err != nil {
		return p, err
	}
	var c counts
	err = errors.Join(
		json.Unmarshal([]byte(place), &p.Place), json.Unmarshal([]byte(evidence), &p.Evidence), json.Unmarshal([]byte(crowds), &c),
		json.Unmarshal([]byte(objections), &p.Objections), json.Unmarshal([]byte(comments), &p.FromComments))
	p.Instruction = lines(instruction)
	p.For, p.Against, p.Neutral = c.For, c.Against, c.Neutral
	if err != nil {
		return p, err
	}
	p.Changed, err = store.ParseTime(changed)
	return p, err
}

// putProposal writes p, over the proposal of the same ID if there is one.
func putProposal(ctx context.Context, tx *store.Tx, p Proposal) error {
	place, e1 := json.Marshal(p.Place)
	evidence, e2 := json.Marshal(p.Evidence)
	crowds, e3 := json.Marshal(counts{p.For, p.Against, p.Neutral})
	objections, e4 := json.Marshal(p.Objections)
	comments, e5 := json.Marshal(p.FromComments)
	err := errors.Join(e1, e2, e3, e4, e5)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO proposals (`+proposalColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)
			ON CONFLICT (id) DO UPDATE SET
				position = excluded.position, number = excluded.number, title = excluded.title, wanted = excluded.wanted,
				words = excluded.words, reasons = excluded.reasons, budget = excluded.budget, people = excluded.people,
				evidence = excluded.evidence, note = excluded.note, counts = excluded.counts, objections = excluded.objections,
				comments = excluded.comments, state = excluded.state, revision = excluded.revision, changed = excluded.changed,
				changed_by = excluded.changed_by, instruction = excluded.instruction`,
			p.ID, p.Case, p.Position, p.Number, p.Version, p.Provision, string(place), p.Cite, p.Lang, p.Title, p.Wanted, p.Draft,
			p.Text, p.Reasons, p.Budget, p.People, string(evidence), p.Note, string(crowds), string(objections), string(comments),
			p.State, p.Revision, store.Time(p.Changed), p.ChangedBy, strings.Join(p.Instruction, "\n"))
	}
	if err != nil {
		return fmt.Errorf("positions: put %s: %w", p.ID, err)
	}
	return nil
}

// keepRevision keeps what p says, for those who come later to it.
func keepRevision(ctx context.Context, tx *store.Tx, p Proposal) error {
	whole, err := json.Marshal(p)
	if err == nil {
		_, err = tx.ExecContext(ctx, `INSERT INTO proposal_revisions (proposal, revision, at, who_is, whole) VALUES ($1, $2, $3, $4, $5)`,
			p.ID, p.Revision, store.Time(p.Changed), p.ChangedBy, string(whole))
	}
	if err != nil {
		return fmt.Errorf("positions: keep %s: %w", p.ID, err)
	}
	return nil
}

// listRevisions reads what a proposal said before, newest first.
func listRevisions(ctx context.Context, tx *store.Tx, id voice.ProposalID) ([]Proposal, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (p Proposal, err error) {
		var at, who, whole string
		if err := row.Scan(&at, &who, &whole); err != nil {
			return p, err
		}
		if err := json.Unmarshal([]byte(whole), &p); err != nil {
			return p, err
		}
		p.ChangedBy = who
		p.Changed, err = store.ParseTime(at)
		return p, err
	}, `SELECT at, who_is, whole FROM proposal_revisions WHERE proposal = $1 ORDER BY revision DESC LIMIT 100`, id)
	if err != nil {
		return nil, fmt.Errorf("positions: revisions of %s: %w", id, err)
	}
	return list, nil
}

func getProposal(ctx context.Context, tx *store.Tx, id voice.ProposalID) (Proposal, error) {
	p, err := readProposal(tx.QueryRowContext(ctx, `SELECT `+proposalColumns+` FROM proposals WHERE id = $1`, id))
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return p, fault.New(fault.Missing, "positions.proposal.missing")
	case err != nil:
		return p, fmt.Errorf("positions: get %s: %w", id, err)
	}
	return p, nil
}

// listProposals reads the proposals of a case: by position, those that none carries
// behind them, those withdrawn last; within each by number.
func listProposals(ctx context.Context, tx *store.Tx, id voice.CaseID) ([]Proposal, error) {
	list, err := store.List(ctx, tx, readProposal, `
		SELECT `+proposalColumns+` FROM proposals WHERE case_id = $1
		ORDER BY CASE WHEN state = 'withdrawn' THEN 2 WHEN position = '' THEN 1 ELSE 0 END, position, number, id`, id)
	if err != nil {
		return nil, fmt.Errorf("positions: proposals of %s: %w", id, err)
	}
	return list, nil
}

// onProvision reads the proposals against one provision of a version.
func onProvision(ctx context.Context, tx *store.Tx, at law.Address) ([]Proposal, error) {
	list, err := store.List(ctx, tx, readProposal, `
		SELECT `+proposalColumns+` FROM proposals WHERE version = $1 AND provision = $2 AND state <> 'withdrawn' ORDER BY case_id, number`,
		at.Version, at.Provision)
	if err != nil {
		return nil, fmt.Errorf("positions: proposals on %s: %w", at, err)
	}
	return list, nil
}

// lastNumber is the number of the last proposal of a case that the position carries,
// or that none carries if it is empty; 0 if there is none. Each position counts from 1.
func lastNumber(ctx context.Context, tx *store.Tx, id voice.CaseID, of voice.PositionID) (n int, err error) {
	err = tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(number), 0) FROM proposals WHERE case_id = $1 AND position = $2`, id, of).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("positions: last number of %s: %w", id, err)
	}
	return n, nil
}

// setNumber puts a proposal in its place; that is no change of what it says.
func setNumber(ctx context.Context, tx *store.Tx, id voice.ProposalID, n int) error {
	if _, err := tx.ExecContext(ctx, `UPDATE proposals SET number = $2 WHERE id = $1`, id, n); err != nil {
		return fmt.Errorf("positions: number %s: %w", id, err)
	}
	return nil
}

// closeGap moves up those of the position behind a number that is free now.
func closeGap(ctx context.Context, tx *store.Tx, id voice.CaseID, of voice.PositionID, n int) error {
	_, err := tx.ExecContext(ctx, `UPDATE proposals SET number = number - 1 WHERE case_id = $1 AND position = $3 AND number > $2`, id, n, of)
	if err != nil {
		return fmt.Errorf("positions: close gap of %s: %w", id, err)
	}
	return nil
}

// join gives the proposals of a case that no position carries to one.
func join(ctx context.Context, tx *store.Tx, id voice.CaseID, to voice.PositionID) error {
	n, err := lastNumber(ctx, tx, id, to)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			UPDATE proposals SET position = $2, number = number + $3 WHERE case_id = $1 AND position = '' AND state <> 'withdrawn'`, id, to, n)
	}
	if err != nil {
		return fmt.Errorf("positions: join %s: %w", to, err)
	}
	return nil
}
