package admission

import (
	"context"
	"crypto/rand"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of this room.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "admission", FS: sub}
}

const applicationColumns = `id, state, year, seq, kind, name, email, phone, address, place, field, lang, form, register_no, tax,
	agent, agent_as, agent_to, about, statute, consents, paper, proof, proof_on, remark, meeting, wanted, replied, member, made, settled, revision,
	society, fields, region, languages, proof_as`

func readApplication(row store.Scanner) (a Application, err error) {
	var consents, proofOn, meeting, made, settled, fields, speaks string
	err = row.Scan(&a.ID, &a.State, &a.Year, &a.Seq, &a.Kind, &a.Name, &a.Email, &a.Phone, &a.Address, &a.Place, &a.Field, &a.Lang, &a.Form, &a.Register, &a.Tax,
		&a.Agent, &a.AgentAs, &a.AgentTo, &a.About, &a.Statute, &consents, &a.Paper, &a.Proof, &proofOn, &a.Remark, &meeting, &a.Wanted, &a.Replied, &a.Member,
		&made, &settled, &a.Revision, &a.Society, &fields, &a.Region, &speaks, &a.ProofAs)
	if err != nil {
		return a, err
	}
	for _, f := range strings.Fields(fields) {
		a.Fields = append(a.Fields, members.Field(f))
	}
	if speaks != "" {
		a.Speaks = strings.Fields(speaks)
	}
	var errs [4]error
	a.ProofOn, errs[0] = civil.Parse(proofOn)
	a.Meeting, errs[1] = civil.Parse(meeting)
	a.Made, errs[2] = store.ParseTime(made)
	a.Settled, errs[3] = store.ParseTime(settled)
	return a, errors.Join(json.Unmarshal([]byte(consents), &a.Consents), errors.Join(errs[:]...))
}

func putApplication(ctx context.Context, tx *store.Tx, a Application) error {
	consents, err := json.Marshal(append([]Consent{}, a.Consents...))
	if err != nil {
		return fmt.Errorf("admission: put %s: %w", a.ID, err)
	}
	fields := strings.Trim(fmt.Sprint(a.Fields), "[]")
	args := []any{
		a.ID, a.State, a.Year, a.Seq, a.Kind, a.Name, a.Email, a.Phone, a.Address, a.Place, a.Field, a.Lang, a.Form, a.Register, a.Tax,
		a.Agent, a.AgentAs, a.AgentTo, a.About, store.Bit(a.Statute), string(consents), store.Bit(a.Paper), a.Proof, a.ProofOn.String(), a.Remark, a.Meeting.String(),
		a.Wanted, a.Replied, a.Member, store.Time(a.Made), store.Time(a.Settled), a.Revision, a.Society, fields, a.Region, strings.Join(a.Speaks, " "), a.ProofAs,
	}
	var signs, sets []string
	for i, c := range strings.Split(applicationColumns, ",") {
		c = strings.TrimSpace(c)
		signs = append(signs, "$"+strconv.Itoa(i+1))
		sets = append(sets, c+" = excluded."+c)
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO applications (`+applicationColumns+`) VALUES (`+strings.Join(signs, ", ")+`)
		ON CONFLICT (id) DO UPDATE SET `+strings.Join(sets[1:], ", "), args...)
	if err != nil {
		return fmt.Errorf("admission: put %s: %w", a.ID, err)
	}
	return nil
}

// getApplication reads one application, or returns a Missing fault.
func getApplication(ctx context.Context, tx *store.Tx, id ID) (Application, error) {
	a, err := readApplication(tx.QueryRowContext(ctx, `SELECT `+applicationColumns+` FROM applications WHERE id = $1`, id))
	switch {
	case store.Missing(err):
		return a, fault.New(fault.Missing, "admission.missing")
	case err != nil:
		return a, fmt.Errorf("admission: get %s: %w", id, err)
	}
	return a, nil
}

// A Query asks for a page of the applications, newest first.
type Query struct {
	States []State // all that the office reads if empty
	After  ID      // last application of the page before
	Limit  int     // 50 if zero, at most 1,000
}

func listApplications(ctx context.Context, tx *store.Tx, q Query) ([]Application, error) {
	if len(q.States) == 0 {
		q.States = States()[1:]
	}
	if q.Limit <= 0 {
		q.Limit = 50
	}
	args := []any{q.After, min(q.Limit, 1_000)}
	var signs []string
	for _, s := range q.States {
		args = append(args, s)
		signs = append(signs, "$"+strconv.Itoa(len(args)))
	}
	list, err := store.List(ctx, tx, readApplication, `SELECT `+applicationColumns+` FROM applications
		WHERE state IN (`+strings.Join(signs, ", ")+`) AND ($1 = '' OR id < $1) ORDER BY id DESC LIMIT $2`, args...)
	if err != nil {
		return nil, fmt.Errorf("admission: list: %w", err)
	}
	return list, nil
}

// countStates counts applications that are being worked on; decided ones are not
// counted, for there are ever more of them.
func countStates(ctx context.Context, tx *store.Tx) (map[State]int, error) {
	type row struct {
		state State
		n     int
	}
	list, err := store.List(ctx, tx, func(s store.Scanner) (r row, err error) { return r, s.Scan(&r.state, &r.n) },
		`SELECT state, COUNT(*) FROM applications WHERE state IN ('sent', 'confirmed', 'asked', 'board', 'appealed') GROUP BY state`)
	if err != nil {
		return nil, fmt.Errorf("admission: count: %w", err)
	}
	counts := map[State]int{}
	for _, r := range list {
		counts[r.state] = r.n
	}
	return counts, nil
}

// A Year is what became of the applications of a year.
type Year struct {
	Year                                  int
	Received, Organisations, Persons      int
	Accepted, Rejected, Withdrawn, Undone int // Undone waits for a decision
}

func listYears(ctx context.Context, tx *store.Tx) ([]Year, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (y Year, err error) {
		return y, row.Scan(&y.Year, &y.Received, &y.Organisations, &y.Persons, &y.Accepted, &y.Rejected, &y.Withdrawn)
	}, `SELECT year, COUNT(*), SUM(CASE WHEN kind = 'organisation' THEN 1 ELSE 0 END), SUM(CASE WHEN kind = 'person' THEN 1 ELSE 0 END),
			SUM(CASE WHEN state = 'accepted' THEN 1 ELSE 0 END), SUM(CASE WHEN state = 'rejected' THEN 1 ELSE 0 END), SUM(CASE WHEN state = 'withdrawn' THEN 1 ELSE 0 END)
		FROM applications WHERE year > 0 GROUP BY year ORDER BY year DESC`)
	if err != nil {
		return nil, fmt.Errorf("admission: years: %w", err)
	}
	for i, y := range list {
		list[i].Undone = y.Received - y.Accepted - y.Rejected - y.Withdrawn
	}
	return list, nil
}

func nextSeq(ctx context.Context, tx *store.Tx, year int) (n int, err error) {
	if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(seq), 0) + 1 FROM applications WHERE year = $1`, year).Scan(&n); err != nil {
		return 0, fmt.Errorf("admission: number: %w", err)
	}
	return n, nil
}

func addKey(ctx context.Context, tx *store.Tx, hash string, id ID) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO application_keys (hash, application) VALUES ($1, $2)`, hash, id); err != nil {
		return fmt.Errorf("admission: key of %s: %w", id, err)
	}
	return nil
}

// byKey reads the application behind a link.
func byKey(ctx context.Context, tx *store.Tx, hash string) (Application, error) {
	var id ID
	err := tx.QueryRowContext(ctx, `SELECT application FROM application_keys WHERE hash = $1`, hash).Scan(&id)
	switch {
	case store.Missing(err):
		return Application{}, fault.New(fault.Missing, "admission.link.gone")
	case err != nil:
		return Application{}, fmt.Errorf("admission: key: %w", err)
	}
	return getApplication(ctx, tx, id)
}

func addDecision(ctx context.Context, tx *store.Tx, of ID, d Decision) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO application_decisions (id, application, outcome, decided, number, reasons, since, by_name, told, made)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		tx.ID(), of, d.Outcome, d.On.String(), d.Number, d.Reasons, d.From.String(), d.By, store.Bit(d.Told), store.Time(tx.Now))
	if err != nil {
		return fmt.Errorf("admission: decision on %s: %w", of, err)
	}
	return nil
}

func listDecisions(ctx context.Context, tx *store.Tx, of ID) ([]Decision, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (d Decision, err error) {
		var on, from, made string
		if err := row.Scan(&d.Outcome, &on, &d.Number, &d.Reasons, &from, &d.By, &d.Told, &made); err != nil {
			return d, err
		}
		var e1, e2, e3 error
		d.On, e1 = civil.Parse(on)
		d.From, e2 = civil.Parse(from)
		d.Made, e3 = store.ParseTime(made)
		return d, errors.Join(e1, e2, e3)
	}, `SELECT outcome, decided, number, reasons, since, by_name, told, made FROM application_decisions WHERE application = $1 ORDER BY id`, of)
	if err != nil {
		return nil, fmt.Errorf("admission: decisions on %s: %w", of, err)
	}
	return list, nil
}

func putAppeal(ctx context.Context, tx *store.Tx, of ID, a Appeal) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO application_appeals (application, received, due, reasons) VALUES ($1, $2, $3, $4)`, of, a.Received.String(), a.Due.String(), a.Reasons)
	switch {
	case store.Taken(err):
		return fault.New(fault.Conflict, "admission.appeal.twice")
	case err != nil:
		return fmt.Errorf("admission: appeal on %s: %w", of, err)
	}
	return nil
}

// getAppeal reads the appeal; the zero Appeal is none.
func getAppeal(ctx context.Context, tx *store.Tx, of ID) (a Appeal, err error) {
	_, a, err = readAppeal(tx.QueryRowContext(ctx, `SELECT application, `+appealColumns+` FROM application_appeals p WHERE application = $1`, of))
	if store.Missing(err) {
		return a, nil
	}
	if err != nil {
		return a, fmt.Errorf("admission: appeal on %s: %w", of, err)
	}
	return a, nil
}

const appealColumns = `p.received, p.due, p.reasons, p.withdrawn`

func readAppeal(row store.Scanner) (of ID, a Appeal, err error) {
	var received, due, withdrawn string
	if err := row.Scan(&of, &received, &due, &a.Reasons, &withdrawn); err != nil {
		return of, a, err
	}
	var errs [3]error
	a.Received, errs[0] = civil.Parse(received)
	a.Due, errs[1] = civil.Parse(due)
	a.Withdrawn, errs[2] = civil.Parse(withdrawn)
	return of, a, errors.Join(errs[:]...)
}

// openAppeals are the appeals that the assembly has yet to decide.
func openAppeals(ctx context.Context, tx *store.Tx) (map[ID]Appeal, error) {
	of := map[ID]Appeal{}
	_, err := store.List(ctx, tx, func(row store.Scanner) (struct{}, error) {
		id, a, err := readAppeal(row)
		of[id] = a
		return struct{}{}, err
	}, `SELECT p.application, `+appealColumns+` FROM application_appeals p JOIN applications a ON a.id = p.application WHERE a.state = 'appealed' LIMIT 1000`)
	if err != nil {
		return nil, fmt.Errorf("admission: appeals: %w", err)
	}
	return of, nil
}

func withdrawAppeal(ctx context.Context, tx *store.Tx, of ID, day civil.Date) error {
	if _, err := tx.ExecContext(ctx, `UPDATE application_appeals SET withdrawn = $2 WHERE application = $1`, of, day.String()); err != nil {
		return fmt.Errorf("admission: withdraw appeal on %s: %w", of, err)
	}
	return nil
}

// tried counts a try, and reports how many there were since the instant before it.
func tried(ctx context.Context, tx *store.Tx, whose string, since time.Time) (n int, err error) {
	err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM application_tries WHERE whose = $1 AND at > $2`, whose, store.Time(since)).Scan(&n)
	if err == nil {
		_, err = tx.ExecContext(ctx, `INSERT INTO application_tries (id, whose, at) VALUES ($1, $2, $3)`, tx.ID(), whose, store.Time(tx.Now))
	}
	if err != nil {
		return 0, fmt.Errorf("admission: tries: %w", err)
	}
	return n, nil
}

// getRule reads the rule of the house and the key that signs its forms; before
// there is one, made is false.
func getRule(ctx context.Context, tx *store.Tx) (r Rule, key []byte, made bool, err error) {
	var secret string
	err = tx.QueryRowContext(ctx, `SELECT board, appeal, paper, secret FROM application_rule WHERE id = 'rule'`).Scan(&r.Board, &r.Appeal, &r.Paper, &secret)
	if store.Missing(err) {
		return Rule{Appeal: 30}, nil, false, nil
	}
	if err == nil {
		key, err = hex.DecodeString(secret)
	}
	if err != nil {
		return r, nil, false, fmt.Errorf("admission: rule: %w", err)
	}
	return r, key, true, nil
}

func putRule(ctx context.Context, tx *store.Tx, r Rule) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO application_rule (id, board, appeal, paper, secret) VALUES ('rule', $1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET board = excluded.board, appeal = excluded.appeal, paper = excluded.paper`,
		r.Board, r.Appeal, r.Paper, hex.EncodeToString([]byte(rand.Text())))
	if err != nil {
		return fmt.Errorf("admission: put rule: %w", err)
	}
	return nil
}

// sweep forgets applications that nobody confirmed, and old tries.
func sweep(ctx context.Context, tx *store.Tx) error {
	if err := dropUnconfirmed(ctx, tx, `made < $1`, store.Time(tx.Now.AddDate(0, 0, -14))); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM application_tries WHERE at < $1`, store.Time(tx.Now.AddDate(0, 0, -1))); err != nil {
		return fmt.Errorf("admission: sweep: %w", err)
	}
	return nil
}

func dropUnconfirmed(ctx context.Context, tx *store.Tx, where string, args ...any) error {
	for _, s := range []string{
		`DELETE FROM application_keys WHERE application IN (SELECT id FROM applications WHERE state = 'sent' AND ` + where + `)`,
		`DELETE FROM applications WHERE state = 'sent' AND ` + where,
	} {
		if _, err := tx.ExecContext(ctx, s, args...); err != nil {
			return fmt.Errorf("admission: drop what was not confirmed: %w", err)
		}
	}
	return nil
}

// ofMember lists the applications of a member.
func ofMember(ctx context.Context, tx *store.Tx, id members.ID) ([]Application, error) {
	list, err := store.List(ctx, tx, readApplication, `SELECT `+applicationColumns+` FROM applications WHERE member = $1 ORDER BY id`, id)
	if err != nil {
		return nil, fmt.Errorf("admission: of %s: %w", id, err)
	}
	return list, nil
}

// blank takes out what is personal of an application; its number, its kind and what
// was decided stay.
func blank(ctx context.Context, tx *store.Tx, id ID) error {
	for _, s := range []string{
		`UPDATE applications SET name = '', email = '', phone = '', address = '', place = '', register_no = '', society = '', tax = '', agent = '', agent_as = '', agent_to = '',
			about = '', consents = '[]', proof = '', remark = '', wanted = '', replied = '' WHERE id = $1`,
		`UPDATE application_decisions SET reasons = '' WHERE application = $1`,
		`UPDATE application_appeals SET reasons = '' WHERE application = $1`,
		`DELETE FROM application_keys WHERE application = $1`,
	} {
		if _, err := tx.ExecContext(ctx, s, id); err != nil {
			return fmt.Errorf("admission: blank %s: %w", id, err)
		}
	}
	return nil
}

// oldApplications lists those that made no member and have a name still: the first
// hundred, and how many there are.
func oldApplications(ctx context.Context, tx *store.Tx, before time.Time) (list []Application, n int, err error) {
	const where = ` FROM applications WHERE state IN ('rejected', 'withdrawn') AND member = '' AND name <> '' AND made < $1`
	if err = tx.QueryRowContext(ctx, `SELECT COUNT(*)`+where, store.Time(before)).Scan(&n); err == nil {
		list, err = store.List(ctx, tx, readApplication, `SELECT `+applicationColumns+where+` ORDER BY id LIMIT 100`, store.Time(before))
	}
	if err != nil {
		return nil, 0, fmt.Errorf("admission: old: %w", err)
	}
	return list, n, nil
}
