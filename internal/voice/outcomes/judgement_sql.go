package outcomes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

const judgementColumns = `id, proposal, version, position, edition, case_id, number, title, cite, text_is, text_on, body, verdict, passage,
	passage_is, lang, text, marks, note, suggested, score, evidence, judged_by, judged_is, judged_on`

func readJudgement(row store.Scanner) (j Judgement, err error) {
	var textOn, on, marks string
	var score, evidence int
	err = row.Scan(&j.ID, &j.Proposal, &j.Version, &j.Position, &j.Edition, &j.Case, &j.Number, &j.Title, &j.Cite, &j.TextIs, &textOn, &j.Body,
		&j.Verdict, &j.Passage, &j.PassageIs, &j.Lang, &j.Text, &marks, &j.Note, &j.Suggested, &score, &evidence, &j.By, &j.ByIs, &on)
	if err != nil {
		return j, err
	}
	j.Score, j.Evidence = float64(score)/1000, evidence != 0
	var e1, e2 error
	j.TextOn, e1 = civil.Parse(textOn)
	j.On, e2 = civil.Parse(on)
	return j, errors.Join(e1, e2, json.Unmarshal([]byte(marks), &j.Marks))
}

// putJudgement adds j, and has the right one of its proposal count.
func putJudgement(ctx context.Context, tx *store.Tx, j Judgement) error {
	marks, err := json.Marshal(j.Marks)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO judgements (`+judgementColumns+`, newest, turn)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, 0,
				(SELECT COALESCE(MAX(turn), 0) + 1 FROM judgements WHERE proposal = $2))`,
			j.ID, j.Proposal, j.Version, j.Position, j.Edition, j.Case, j.Number, j.Title, j.Cite, j.TextIs, j.TextOn.String(), j.Body,
			j.Verdict, j.Passage, j.PassageIs, j.Lang, j.Text, string(marks), j.Note, j.Suggested, int(math.Round(j.Score*1000)), store.Bit(j.Evidence),
			j.By, j.ByIs, j.On.String())
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			UPDATE judgements SET newest = CASE WHEN id = (
				SELECT id FROM judgements WHERE proposal = $1
				ORDER BY CASE WHEN version = '' THEN 0 ELSE 1 END DESC, CASE WHEN text_on = '' THEN judged_on ELSE text_on END DESC, turn DESC
				LIMIT 1) THEN 1 ELSE 0 END
			WHERE proposal = $1`, j.Proposal)
	}
	if err != nil {
		return fmt.Errorf("outcomes: put judgement of %s: %w", j.Proposal, err)
	}
	return nil
}

// countingOf reads the judgement that counts of a proposal; without Verdict if
// nobody has judged.
func countingOf(ctx context.Context, tx *store.Tx, id voice.ProposalID) (Judgement, error) {
	j, err := readJudgement(tx.QueryRowContext(ctx, `SELECT `+judgementColumns+` FROM judgements WHERE proposal = $1 AND newest = 1`, id))
	switch {
	case store.Missing(err):
		return Judgement{Proposal: id}, nil
	case err != nil:
		return j, fmt.Errorf("outcomes: judgement of %s: %w", id, err)
	}
	return j, nil
}

// maxJudgements is the most that is read of one case: some hundred proposals, each
// judged on some ten texts.
const maxJudgements = 5000

// allOf reads every judgement of a case: for each proposal the one that counts
// first, then the last one first.
func allOf(ctx context.Context, tx *store.Tx, id voice.CaseID) (map[voice.ProposalID][]Judgement, error) {
	list, err := store.List(ctx, tx, readJudgement, `
		SELECT `+judgementColumns+` FROM judgements WHERE case_id = $1 ORDER BY newest DESC, turn DESC LIMIT $2`, id, maxJudgements)
	if err != nil {
		return nil, fmt.Errorf("outcomes: judgements of %s: %w", id, err)
	}
	out := map[voice.ProposalID][]Judgement{}
	for _, j := range list {
		out[j.Proposal] = append(out[j.Proposal], j)
	}
	return out, nil
}

// judgedOn lists the proposals of a case that somebody judged on a text.
func judgedOn(ctx context.Context, tx *store.Tx, id voice.CaseID, v law.VersionID) (map[voice.ProposalID]bool, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (p voice.ProposalID, err error) { return p, row.Scan(&p) },
		`SELECT DISTINCT proposal FROM judgements WHERE case_id = $1 AND version = $2`, id, v)
	if err != nil {
		return nil, fmt.Errorf("outcomes: judged on %s: %w", v, err)
	}
	out := make(map[voice.ProposalID]bool, len(list))
	for _, p := range list {
		out[p] = true
	}
	return out, nil
}
