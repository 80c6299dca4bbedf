package dues

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const invoiceColumns = `i.id, i.number, i.year, i.run, i.cancels, i.frozen, i.issued, i.due, i.total, i.unpaid, i.currency, i.state, i.reference, i.paper, i.step, i.reminded, i.sent, i.reason,
	i.payer, COALESCE((SELECT p.member FROM dues_payers p WHERE p.id = i.payer), '')`

// frozen is what an invoice keeps of its payer and the house, as they were.
type frozen struct {
	Name, Street, Place, Email, Lang, Tax string
	Seller                                Seller
}

func readInvoice(row store.Scanner) (i Invoice, err error) {
	var whole, issued, due, reminded, sent string
	var payer PayerID
	var who members.ID
	var total, open int64
	var c money.Currency
	if err := row.Scan(&i.ID, &i.Number, &i.Year, &i.Run, &i.Of, &whole, &issued, &due, &total, &open, &c, &i.State, &i.Reference, &i.Paper, &i.Step, &reminded, &sent, &i.Reason, &payer, &who); err != nil {
		return i, err
	}
	var f frozen
	if err := json.Unmarshal([]byte(whole), &f); err != nil {
		return i, err
	}
	i.Payer = Payer{ID: payer, Member: who, Name: f.Name, Street: f.Street, Place: f.Place, Email: f.Email, Lang: f.Lang, Tax: f.Tax}
	i.Seller, i.Total, i.Open = f.Seller, money.Of(total, c), money.Of(open, c)
	var errs [4]error
	i.Issued, errs[0] = civil.Parse(issued)
	i.Due, errs[1] = civil.Parse(due)
	i.Reminded, errs[2] = civil.Parse(reminded)
	i.Sent, errs[3] = store.ParseTime(sent)
	return i, errors.Join(errs[:]...)
}

// freeze writes down what the invoice keeps.
func (i Invoice) freeze() (string, error) {
	p := i.Payer
	whole, err := json.Marshal(frozen{p.Name, p.Street, p.Place, p.Email, p.Lang, p.Tax, i.Seller})
	return string(whole), err
}

// foundBy are the words by which the invoice is found: the names of payer and members.
func (i Invoice) foundBy() string {
	names := []string{i.Payer.Name}
	for _, l := range i.Lines {
		names = append(names, l.Name)
	}
	words := " " + strings.Join(textkit.Names(strings.Join(names, " ")), " ")
	return words[:min(len(words), 2000)]
}

// nextNumber counts on within a year. It is taken in the transaction of its invoice,
// so that no number is lost.
func nextNumber(ctx context.Context, tx *store.Tx, year int) (n int, err error) {
	err = tx.QueryRowContext(ctx, `
		INSERT INTO dues_numbers (year, last) VALUES ($1, 1)
		ON CONFLICT (year) DO UPDATE SET last = dues_numbers.last + 1 RETURNING last`, year).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("dues: number: %w", err)
	}
	return n, nil
}

// addInvoice writes a new invoice with its lines. What is open on it, the ledger writes.
func addInvoice(ctx context.Context, tx *store.Tx, i Invoice) error {
	whole, err := i.freeze()
	if err == nil {
		_, err = tx.ExecContext(ctx, `
			INSERT INTO dues_invoices (id, number, year, run, cancels, payer, payer_name, found_by, frozen, issued, due, total, unpaid, currency, state, written, reference, paper, step, reminded, sent, reason)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $14, 0, $15, '', 0, '', '', $16)`,
			i.ID, i.Number, i.Year, i.Run, i.Of, i.Payer.ID, i.Payer.Name, i.foundBy(), whole, i.Issued.String(), i.Due.String(), i.Total.Minor(), i.Total.Currency(), i.State, i.Reference, i.Reason)
	}
	if err != nil {
		return fmt.Errorf("dues: add invoice %s: %w", i.Number, err)
	}
	var args []any
	var rows []string
	for ord, l := range i.Lines {
		n := len(args)
		rows = append(rows, fmt.Sprintf("($%d, $%d, $%d, $%d, $%d, $%d, $%d, $%d)", n+1, n+2, n+3, n+4, n+5, n+6, n+7, n+8))
		args = append(args, i.ID, ord+1, l.Member, l.Name, l.Kind, l.Year, l.Rule, l.Amount.Minor())
		if len(rows) == 200 || ord == len(i.Lines)-1 {
			if _, err := tx.ExecContext(ctx, `INSERT INTO dues_lines (invoice, ord, member, name, kind, year, rule, amount) VALUES `+strings.Join(rows, ", "), args...); err != nil {
				return fmt.Errorf("dues: lines of %s: %w", i.Number, err)
			}
			args, rows = nil, nil
		}
	}
	return nil
}

func getInvoice(ctx context.Context, tx *store.Tx, id InvoiceID) (Invoice, error) {
	return invoiceWhere(ctx, tx, `i.id = $1`, id)
}

// invoiceWhere reads one invoice with its lines, or returns a Missing fault.
func invoiceWhere(ctx context.Context, tx *store.Tx, where string, args ...any) (Invoice, error) {
	i, err := readInvoice(tx.QueryRowContext(ctx, `SELECT `+invoiceColumns+` FROM dues_invoices i WHERE `+where, args...))
	switch {
	case store.Missing(err):
		return i, fault.New(fault.Missing, "dues.invoice.missing")
	case err != nil:
		return i, fmt.Errorf("dues: invoice: %w", err)
	}
	one := []Invoice{i}
	err = withLines(ctx, tx, one)
	return one[0], err
}

// withLines reads the lines of the invoices.
func withLines(ctx context.Context, tx *store.Tx, list []Invoice) error {
	if len(list) == 0 {
		return nil
	}
	at := map[InvoiceID]int{}
	var args []any
	var signs []string
	for n, i := range list {
		at[i.ID] = n
		args = append(args, i.ID)
		signs = append(signs, fmt.Sprintf("$%d", n+1))
	}
	type line struct {
		of InvoiceID
		Line
	}
	lines, err := store.List(ctx, tx, func(row store.Scanner) (l line, err error) {
		var amount int64
		err = row.Scan(&l.of, &l.Member, &l.Name, &l.Kind, &l.Year, &l.Rule, &amount)
		l.Amount = money.Of(amount, list[at[l.of]].Total.Currency())
		return l, err
	}, `SELECT invoice, member, name, kind, year, rule, amount FROM dues_lines WHERE invoice IN (`+strings.Join(signs, ", ")+`) ORDER BY invoice, ord`, args...)
	if err != nil {
		return fmt.Errorf("dues: lines: %w", err)
	}
	for _, l := range lines {
		list[at[l.of]].Lines = append(list[at[l.of]].Lines, l.Line)
	}
	return nil
}

// A Query asks for a page of invoices, newest first.
type Query struct {
	Year    int     // of the dues; 0 for any
	State   State   // empty for any
	Payer   PayerID // empty for any
	Member  members.ID
	Run     string
	Late    civil.Date   // only those due before the day, and open
	Open    money.Amount // only those on which just this is open; zero for any
	Stands  bool         // neither a credit note nor cancelled
	Text    string       // words of payer and members, or the number
	Before  string       // number of the last of the page before
	Limit   int          // 50 if zero
	forward bool         // oldest first, for work; Before is then After
	noPaper bool
}

func (q Query) limit() int {
	if q.Limit <= 0 {
		return 50
	}
	return min(q.Limit, 1_000)
}

func listInvoices(ctx context.Context, tx *store.Tx, q Query) ([]Invoice, error) {
	var args []any
	where := []string{`1 = 1`}
	add := func(text string, v any) {
		args = append(args, v)
		where = append(where, strings.ReplaceAll(text, "?", fmt.Sprintf("$%d", len(args))))
	}
	if q.Year != 0 {
		add(`i.year = ?`, q.Year)
	}
	if q.State != "" {
		add(`i.state = ?`, q.State)
	}
	if q.Payer != "" {
		add(`i.payer = ?`, q.Payer)
	}
	if q.Member != "" {
		add(`i.id IN (SELECT invoice FROM dues_lines WHERE member = ?)`, q.Member)
	}
	if q.Run != "" {
		add(`i.run = ?`, q.Run)
	}
	if !q.Late.IsZero() {
		where = append(where, `i.unpaid > 0`)
		add(`i.due < ?`, q.Late.String())
	}
	if !q.Open.IsZero() {
		where = append(where, `i.unpaid > 0`)
		add(`i.unpaid = ?`, q.Open.Minor())
		add(`i.currency = ?`, q.Open.Currency())
	}
	if q.Stands {
		where = append(where, `i.state NOT IN ('cancelled', 'note')`)
	}
	if q.noPaper {
		where = append(where, `i.paper = ''`)
	}
	for _, w := range strings.Fields(strings.ToLower(q.Text)) {
		if strings.Trim(w, "0123456789-") == "" {
			add(`(i.number LIKE ? OR i.reference LIKE ?)`, "%"+w+"%")
		} else {
			for _, part := range textkit.Names(textkit.Fold(w)) {
				add(`i.found_by LIKE ?`, "% "+part+"%")
			}
		}
	}
	order := `DESC`
	if q.forward {
		order = `ASC`
	}
	if q.Before != "" && q.forward {
		add(`i.number > ?`, q.Before)
	} else if q.Before != "" {
		add(`i.number < ?`, q.Before)
	}
	args = append(args, q.limit())
	list, err := store.List(ctx, tx, readInvoice, `SELECT `+invoiceColumns+` FROM dues_invoices i WHERE `+strings.Join(where, ` AND `)+` ORDER BY i.number `+order+fmt.Sprintf(` LIMIT $%d`, len(args)), args...)
	if err != nil {
		return nil, fmt.Errorf("dues: invoices: %w", err)
	}
	return list, withLines(ctx, tx, list)
}

// setPaper keeps the hash of the paper; sent says that it goes with a letter.
func setPaper(ctx context.Context, tx *store.Tx, id InvoiceID, hash string, sent bool) error {
	at := ""
	if sent {
		at = store.Time(tx.Now)
	}
	_, err := tx.ExecContext(ctx, `UPDATE dues_invoices SET paper = $2, sent = CASE WHEN $3 = '' THEN sent ELSE $3 END WHERE id = $1`, id, hash, at)
	if err != nil {
		return fmt.Errorf("dues: paper of %s: %w", id, err)
	}
	return nil
}

func setStep(ctx context.Context, tx *store.Tx, id InvoiceID, step int, day civil.Date) error {
	_, err := tx.ExecContext(ctx, `UPDATE dues_invoices SET step = $2, reminded = $3 WHERE id = $1`, id, step, day.String())
	if err != nil {
		return fmt.Errorf("dues: remind %s: %w", id, err)
	}
	return nil
}

func setState(ctx context.Context, tx *store.Tx, id InvoiceID, s State) error {
	return execAll(ctx, tx, id, s, `UPDATE dues_invoices SET state = $2 WHERE id = $1`)
}

// owing are members on open invoices that were due before the day, by ID.
func owing(ctx context.Context, tx *store.Tx, day civil.Date, after members.ID, limit int) ([]members.ID, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (id members.ID, err error) { return id, row.Scan(&id) }, `
		SELECT DISTINCT l.member FROM dues_invoices i JOIN dues_lines l ON l.invoice = i.id
		WHERE i.unpaid > 0 AND i.due < $1 AND l.member > $2 ORDER BY l.member LIMIT $3`, day.String(), after, limit)
	if err != nil {
		return nil, fmt.Errorf("dues: owing: %w", err)
	}
	return list, nil
}

// likely are open invoices with the amount that are for the payer, or bear a word of the
// name: the more of them the sooner.
func likely(ctx context.Context, tx *store.Tx, a money.Amount, name string, p PayerID) ([]Invoice, error) {
	args := []any{a.Minor(), a.Currency(), p}
	is, weight := []string{`(i.payer = $3 AND $3 <> '')`}, []string{`CASE WHEN i.payer = $3 THEN 100 ELSE 0 END`}
	for _, w := range textkit.Names(name) {
		if len(args) == 12 {
			break
		}
		args = append(args, "% "+w+"%")
		one := fmt.Sprintf(`i.found_by LIKE $%d`, len(args))
		is, weight = append(is, one), append(weight, `CASE WHEN `+one+` THEN 1 ELSE 0 END`)
	}
	list, err := store.List(ctx, tx, readInvoice, `SELECT `+invoiceColumns+` FROM dues_invoices i
		WHERE i.unpaid > 0 AND i.unpaid = $1 AND i.currency = $2 AND (`+strings.Join(is, ` OR `)+`)
		ORDER BY `+strings.Join(weight, ` + `)+` DESC, i.due, i.number LIMIT 25`, args...)
	if err != nil {
		return nil, fmt.Errorf("dues: likely for %s: %w", a, err)
	}
	return list, withLines(ctx, tx, list)
}

// briefs are invoices in short, by ID.
func briefs(ctx context.Context, tx *store.Tx, ids []InvoiceID) (map[InvoiceID]Brief, error) {
	of := make(map[InvoiceID]Brief, len(ids))
	for some := range slices.Chunk(ids, 500) {
		args, signs := []any{}, []string{}
		for n, id := range some {
			args, signs = append(args, id), append(signs, fmt.Sprintf("$%d", n+1))
		}
		list, err := store.List(ctx, tx, func(row store.Scanner) (id InvoiceID, err error) {
			var b Brief
			var open int64
			var c money.Currency
			err = row.Scan(&id, &b.Number, &b.Payer, &open, &c)
			b.Open = money.Of(open, c)
			of[id] = b
			return id, err
		}, `SELECT id, number, payer_name, unpaid, currency FROM dues_invoices WHERE id IN (`+strings.Join(signs, ", ")+`)`, args...)
		if err != nil {
			return nil, fmt.Errorf("dues: %d of %d in short: %w", len(list), len(some), err)
		}
	}
	return of, nil
}

// billedTo are the invoices of which the member is the payer.
func billedTo(ctx context.Context, tx *store.Tx, id members.ID) ([]InvoiceID, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (id InvoiceID, err error) { return id, row.Scan(&id) },
		`SELECT i.id FROM dues_invoices i JOIN dues_payers p ON p.id = i.payer WHERE p.member = $1`, id)
	if err != nil {
		return nil, fmt.Errorf("dues: billed to %s: %w", id, err)
	}
	return list, nil
}

// A dueMember has to pay by the day; by none if nothing of theirs is open.
type dueMember struct {
	id  members.ID
	day civil.Date
}

// oldestDue says of the members on the lines by when the oldest open invoice of each was
// to be paid.
func oldestDue(ctx context.Context, tx *store.Tx, lines string, args ...any) ([]dueMember, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (m dueMember, err error) {
		var day string
		if err = row.Scan(&m.id, &day); err == nil {
			m.day, err = civil.Parse(day)
		}
		return m, err
	}, `
		SELECT l.member, COALESCE(MIN(CASE WHEN i.unpaid > 0 THEN i.due END), '') FROM dues_lines l JOIN dues_invoices i ON i.id = l.invoice
		WHERE l.`+lines+` GROUP BY l.member ORDER BY l.member`, args...)
	if err != nil {
		return nil, fmt.Errorf("dues: oldest due: %w", err)
	}
	return list, nil
}
