package outcomes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

const deliveryColumns = `id, case_id, position, version, body, recipient, address, channel, sent_on, due_on, due_rule, proof, proof_is, note, answered, by_is, made, papers`

func readDelivery(row store.Scanner) (d Delivery, err error) {
	var sent, due, answered, made, papers string
	err = row.Scan(&d.ID, &d.Case, &d.Position, &d.Version, &d.Body, &d.To, &d.Address, &d.Channel, &sent, &due, &d.DueRule,
		&d.Proof, &d.ProofIs, &d.Note, &answered, &d.ByIs, &made, &papers)
	if err != nil {
		return d, err
	}
	var e1, e2, e3, e4 error
	d.SentOn, e1 = civil.Parse(sent)
	d.DueOn, e2 = civil.Parse(due)
	d.Answered, e3 = civil.Parse(answered)
	d.Made, e4 = store.ParseTime(made)
	return d, errors.Join(e1, e2, e3, e4, json.Unmarshal([]byte(papers), &d.Papers))
}

func putDelivery(ctx context.Context, tx *store.Tx, d Delivery) error {
	papers, err := json.Marshal(d.Papers)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO deliveries (`+deliveryColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
			ON CONFLICT (id) DO UPDATE SET
				body = excluded.body, recipient = excluded.recipient, address = excluded.address, channel = excluded.channel, sent_on = excluded.sent_on,
				due_on = excluded.due_on, due_rule = excluded.due_rule, proof = excluded.proof, proof_is = excluded.proof_is, note = excluded.note,
				answered = excluded.answered, papers = excluded.papers`,
			d.ID, d.Case, d.Position, d.Version, d.Body, d.To, d.Address, d.Channel, d.SentOn.String(), d.DueOn.String(), d.DueRule,
			d.Proof, d.ProofIs, d.Note, d.Answered.String(), d.ByIs, store.Time(d.Made), string(papers))
	}
	if err != nil {
		return fmt.Errorf("outcomes: put delivery %s: %w", d.ID, err)
	}
	return nil
}

func getDelivery(ctx context.Context, tx *store.Tx, id ID) (Delivery, error) {
	d, err := readDelivery(tx.QueryRowContext(ctx, `SELECT `+deliveryColumns+` FROM deliveries WHERE id = $1`, id))
	switch {
	case store.Missing(err):
		return d, fault.New(fault.Missing, "outcomes.delivery.missing")
	case err != nil:
		return d, fmt.Errorf("outcomes: get delivery %s: %w", id, err)
	}
	return d, nil
}

func listDeliveries(ctx context.Context, tx *store.Tx, id voice.CaseID) ([]Delivery, error) {
	list, err := store.List(ctx, tx, readDelivery, `SELECT `+deliveryColumns+` FROM deliveries WHERE case_id = $1 ORDER BY made DESC LIMIT 500`, id)
	if err != nil {
		return nil, fmt.Errorf("outcomes: deliveries of %s: %w", id, err)
	}
	return list, nil
}

const answerColumns = `id, case_id, delivery, sender, day, channel, tenor, summary, blob, blob_is, by_is, made`

func readAnswer(row store.Scanner) (a Answer, err error) {
	var day, made string
	if err = row.Scan(&a.ID, &a.Case, &a.Delivery, &a.From, &day, &a.Channel, &a.Tenor, &a.Summary, &a.Blob, &a.BlobIs, &a.ByIs, &made); err != nil {
		return a, err
	}
	var e1, e2 error
	a.On, e1 = civil.Parse(day)
	a.Made, e2 = store.ParseTime(made)
	return a, errors.Join(e1, e2)
}

func putAnswer(ctx context.Context, tx *store.Tx, a Answer) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO answers (`+answerColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		a.ID, a.Case, a.Delivery, a.From, a.On.String(), a.Channel, a.Tenor, a.Summary, a.Blob, a.BlobIs, a.ByIs, store.Time(a.Made))
	if err != nil {
		return fmt.Errorf("outcomes: put answer %s: %w", a.ID, err)
	}
	return nil
}

func listAnswers(ctx context.Context, tx *store.Tx, id voice.CaseID) ([]Answer, error) {
	list, err := store.List(ctx, tx, readAnswer, `SELECT `+answerColumns+` FROM answers WHERE case_id = $1 ORDER BY day DESC, id DESC LIMIT 500`, id)
	if err != nil {
		return nil, fmt.Errorf("outcomes: answers of %s: %w", id, err)
	}
	return list, nil
}

const judgementColumns = `proposal, version, position, edition, case_id, number, title, cite, text_is, text_on, body, verdict, passage, passage_is,
	text, marks, note, suggested, score, evidence, judged_by, judged_is, judged_on`

func readJudgement(row store.Scanner) (j Judgement, err error) {
	var textOn, on, marks string
	var score, evidence int
	err = row.Scan(&j.Proposal, &j.Version, &j.Position, &j.Edition, &j.Case, &j.Number, &j.Title, &j.Cite, &j.TextIs, &textOn, &j.Body, &j.Verdict,
		&j.Passage, &j.PassageIs, &j.Text, &marks, &j.Note, &j.Suggested, &score, &evidence, &j.By, &j.ByIs, &on)
	if err != nil {
		return j, err
	}
	j.Score, j.Evidence = float64(score)/1000, evidence != 0
	var e1, e2 error
	j.TextOn, e1 = civil.Parse(textOn)
	j.On, e2 = civil.Parse(on)
	return j, errors.Join(e1, e2, json.Unmarshal([]byte(marks), &j.Marks))
}

// putJudgement writes j, and has the one of the newest text count.
func putJudgement(ctx context.Context, tx *store.Tx, j Judgement) error {
	marks, err := json.Marshal(j.Marks)
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO judgements (`+judgementColumns+`, year, newest)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, 0)
			ON CONFLICT (proposal, version) DO UPDATE SET
				position = excluded.position, edition = excluded.edition, title = excluded.title, cite = excluded.cite, text_is = excluded.text_is,
				text_on = excluded.text_on, body = excluded.body, verdict = excluded.verdict, passage = excluded.passage, passage_is = excluded.passage_is,
				text = excluded.text, marks = excluded.marks, note = excluded.note, suggested = excluded.suggested, score = excluded.score,
				evidence = excluded.evidence, judged_by = excluded.judged_by, judged_is = excluded.judged_is, judged_on = excluded.judged_on, year = excluded.year`,
			j.Proposal, j.Version, j.Position, j.Edition, j.Case, j.Number, j.Title, j.Cite, j.TextIs, j.TextOn.String(), j.Body, j.Verdict,
			j.Passage, j.PassageIs, j.Text, string(marks), j.Note, j.Suggested, int(math.Round(j.Score*1000)), bit(j.Evidence), j.By, j.ByIs, j.On.String(),
			j.year())
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			UPDATE judgements SET newest = CASE WHEN version = (
				SELECT version FROM judgements WHERE proposal = $1 ORDER BY text_on DESC, judged_on DESC, version DESC LIMIT 1) THEN 1 ELSE 0 END
			WHERE proposal = $1`, j.Proposal)
	}
	if err != nil {
		return fmt.Errorf("outcomes: put judgement of %s: %w", j.Proposal, err)
	}
	return nil
}

// year is the year that a judgement counts for: that of the text, or of the day on
// which silence was stated.
func (j Judgement) year() string {
	if !j.TextOn.IsZero() {
		return j.TextOn.String()[:4]
	}
	return j.On.String()[:4]
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// newestOf reads the judgement that counts of each proposal of a case.
func newestOf(ctx context.Context, tx *store.Tx, id voice.CaseID) (map[voice.ProposalID]Judgement, error) {
	list, err := store.List(ctx, tx, readJudgement, `SELECT `+judgementColumns+` FROM judgements WHERE case_id = $1 AND newest = 1 ORDER BY number`, id)
	if err != nil {
		return nil, fmt.Errorf("outcomes: judgements of %s: %w", id, err)
	}
	out := make(map[voice.ProposalID]Judgement, len(list))
	for _, j := range list {
		out[j.Proposal] = j
	}
	return out, nil
}

// allOf reads every judgement of one proposal, the newest text first.
func allOf(ctx context.Context, tx *store.Tx, id voice.ProposalID) ([]Judgement, error) {
	list, err := store.List(ctx, tx, readJudgement, `SELECT `+judgementColumns+` FROM judgements WHERE proposal = $1 ORDER BY newest DESC, text_on DESC, version`, id)
	if err != nil {
		return nil, fmt.Errorf("outcomes: judgements of %s: %w", id, err)
	}
	return list, nil
}

// A Row is the memory of one authority in one year.
type Row struct {
	Year, Body string
	Memory
}

// memoryRows counts judgements and deliveries of a year, or of all years, by
// authority.
func memoryRows(ctx context.Context, tx *store.Tx, year, today string) ([]Row, error) {
	found := map[[2]string]*Row{}
	var order [][2]string
	at := func(y, body string) *Row {
		k := [2]string{y, body}
		if found[k] == nil {
			found[k] = &Row{Year: y, Body: body}
			order = append(order, k)
		}
		return found[k]
	}
	type count struct {
		year, body, verdict string
		evidence, n         int
	}
	judged, err := store.List(ctx, tx, func(row store.Scanner) (c count, err error) {
		return c, row.Scan(&c.year, &c.body, &c.verdict, &c.evidence, &c.n)
	}, `SELECT year, body, verdict, evidence, COUNT(*) FROM judgements WHERE newest = 1 AND ($1 = '' OR year = $1)
		GROUP BY year, body, verdict, evidence ORDER BY year DESC, body`, year)
	if err != nil {
		return nil, fmt.Errorf("outcomes: memory: %w", err)
	}
	for _, c := range judged {
		r, v := at(c.year, c.body), voice.Verdict(c.verdict)
		r.add(v, c.n)
		if c.evidence != 0 && (v == voice.Taken || v == voice.Partly) {
			r.WithFigure += c.n
		}
	}
	return deliveredRows(ctx, tx, year, today, at, func() (list []Row) {
		for _, k := range order {
			list = append(list, *found[k])
		}
		return list
	})
}

func deliveredRows(ctx context.Context, tx *store.Tx, year, today string, at func(y, body string) *Row, all func() []Row) ([]Row, error) {
	rows, err := tx.QueryContext(ctx, `SELECT sent_on, body, answered FROM deliveries WHERE sent_on > $1 AND sent_on < $2`, year, year+"~")
	if err != nil {
		return nil, fmt.Errorf("outcomes: memory of deliveries: %w", err)
	}
	defer rows.Close()
	now, err := civil.Parse(today)
	if err != nil {
		return nil, fmt.Errorf("outcomes: memory: %w", err)
	}
	for rows.Next() {
		var sent, body, answered string
		if err := rows.Scan(&sent, &body, &answered); err != nil {
			return nil, fmt.Errorf("outcomes: memory of deliveries: %w", err)
		}
		var d Delivery
		var e1, e2 error
		d.SentOn, e1 = civil.Parse(sent)
		d.Answered, e2 = civil.Parse(answered)
		if err := errors.Join(e1, e2); err != nil {
			return nil, fmt.Errorf("outcomes: memory of deliveries: %w", err)
		}
		at(sent[:4], body).count(d, now)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("outcomes: memory of deliveries: %w", err)
	}
	return all(), nil
}

func (m *Memory) count(d Delivery, today civil.Date) {
	m.Deliveries++
	m.Waited += d.Waited(today)
	if d.Answered.IsZero() {
		m.Unanswered++
	}
}
