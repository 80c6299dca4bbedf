package dues

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"sync"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/paper"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// runJob is the kind of the job that makes the invoices of a run.
const runJob = "dues.run"

// How many invoices are written, and how many papers kept, in one transaction.
const (
	batch  = 50
	sheets = 40
)

func itoa(n int) string { return strconv.Itoa(n) }

// Preview is what a run would do: who is charged how much, by which rule, and why
// others are not.
func (d *Desk) Preview(ctx context.Context, by auth.Actor, year int, issued, due civil.Date) (Plan, error) {
	return read(ctx, d, by, Read, func(tx *store.Tx) (Plan, error) { return d.plan(ctx, tx, year, issued, due) })
}

func (d *Desk) plan(ctx context.Context, tx *store.Tx, year int, issued, due civil.Date) (Plan, error) {
	p := Plan{Year: year, Issued: issued, Due: due}
	if err := checkDays(year, issued, due); err != nil {
		return p, err
	}
	currency := d.Currency(ctx)
	rules, err1 := listRules(ctx, tx)
	declared, err2 := newest(ctx, tx, year-1)
	waivers, err3 := listWaivers(ctx, tx, `year = $1 ORDER BY name, member`, year)
	done, err4 := billed(ctx, tx, year)
	pays, called, err5 := d.whoPays(ctx, tx)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return p, err
	}
	waived := map[members.ID]bool{}
	for _, w := range waivers {
		waived[w.Member] = true
	}
	err := d.Members.EachOnIn(ctx, tx, issued, func(e members.Entry) (err error) {
		c := Charge{Member: e.ID, Name: e.Name, Kind: e.Kind, Payer: pays[e.ID], By: called[e.ID]}
		rule, ok := rules.For(e.Kind, e.Category, year)
		c.Rule = rule
		switch {
		case done[e.ID]:
			c.Why = fees.AlreadyBilled
		case waived[e.ID]:
			c.Why = fees.Waived
		case e.Standing != members.Active:
			c.Why = fees.Resting
		case !ok:
			c.Why = fees.NoRule
		default:
			var funds *fees.Funds
			if dec, ok := declared[e.ID]; ok {
				funds = &dec.Funds
			}
			c.Amount, c.Why, err = rule.Reckon(year, e.First, funds)
		}
		p.Charges = append(p.Charges, c)
		return err
	})
	if err == nil {
		err = p.sum()
	}
	if errors.Is(err, money.ErrCurrency) || err == nil && p.Charged > 0 && p.Total.Currency() != currency {
		err = fault.New(fault.Conflict, "dues.run.currency")
	}
	return p, err
}

// Start begins a run: what it does is frozen, and a job makes the invoices. Seen is
// that of the plan that was looked at; if it has changed, the fault is a Conflict.
func (d *Desk) Start(ctx context.Context, by auth.Actor, year int, issued, due civil.Date, send bool, seen string) (Run, error) {
	if err := by.Must(Write); err != nil {
		return Run{}, err
	}
	seller := d.house.Seller(ctx)
	if err := seller.Check(); err != nil {
		return Run{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Run, error) {
		p, err := d.plan(ctx, tx, year, issued, due)
		if err != nil {
			return Run{}, err
		}
		switch busy, err := busyRun(ctx, tx); {
		case err != nil:
			return Run{}, err
		case busy:
			return Run{}, fault.New(fault.Conflict, "dues.run.busy")
		case p.Seen != seen:
			return Run{}, fault.New(fault.Conflict, "dues.run.changed")
		case p.Invoices == 0:
			return Run{}, fault.New(fault.Conflict, "dues.run.nobody")
		}
		r := Run{ID: tx.ID(), Year: year, Issued: issued, Due: due, Send: send, State: Working, Made: tx.Now, By: by.Name, Planned: p.Invoices, Total: money.Of(p.Total.Minor(), seller.Currency)}
		if err := addCharges(ctx, tx, r.ID, p.Charges); err != nil {
			return r, err
		}
		return r, d.employ(ctx, tx, by, &r, "dues.run.start")
	})
}

// employ has the job go on with the run.
func (d *Desk) employ(ctx context.Context, tx *store.Tx, by auth.Actor, r *Run, deed string) (err error) {
	r.State = Working
	if r.Job, err = d.Jobs.Add(ctx, tx, jobs.Job{Kind: runJob, Args: r.ID, Unique: runJob + "/" + r.ID, By: by.User, Title: "dues.job.run"}); err != nil {
		return err
	}
	if err := putRun(ctx, tx, *r); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, deed, "dues/run/"+r.ID, "year", itoa(r.Year), "invoices", itoa(r.Planned))
}

// Resume goes on with a run that was stopped.
func (d *Desk) Resume(ctx context.Context, by auth.Actor, id string) error {
	return d.write(ctx, by, func(tx *store.Tx) error {
		r, err := getRun(ctx, tx, id)
		if err != nil {
			return err
		}
		if r.State != Stopped {
			return fault.New(fault.Conflict, "dues.run.not_stopped")
		}
		switch busy, err := busyRun(ctx, tx); {
		case err != nil:
			return err
		case busy:
			return fault.New(fault.Conflict, "dues.run.busy")
		}
		return d.employ(ctx, tx, by, &r, "dues.run.resume")
	})
}

// Stop stops a run at work. The invoices that it has made stand.
func (d *Desk) Stop(ctx context.Context, by auth.Actor, id string) error {
	var job jobs.ID
	err := d.write(ctx, by, func(tx *store.Tx) error {
		r, err := getRun(ctx, tx, id)
		if err != nil {
			return err
		}
		if r.State != Working {
			return fault.New(fault.Conflict, "dues.run.over")
		}
		job, r.State = r.Job, Stopped
		if err := putRun(ctx, tx, r); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.run.stop", "dues/run/"+id)
	})
	if err == nil {
		if err = d.Jobs.Cancel(ctx, auth.House, job); fault.Is(err, fault.Conflict) || fault.Is(err, fault.Missing) {
			err = nil // it was over
		}
	}
	return err
}

// Runs are a page of runs, newest first: up to limit before the run.
func (d *Desk) Runs(ctx context.Context, by auth.Actor, before string, limit int) ([]Run, error) {
	return read(ctx, d, by, Read, func(tx *store.Tx) ([]Run, error) { return listRuns(ctx, tx, before, limit) })
}

// Run reads a run.
func (d *Desk) Run(ctx context.Context, by auth.Actor, id string) (Run, error) {
	return read(ctx, d, by, Read, func(tx *store.Tx) (Run, error) { return getRun(ctx, tx, id) })
}

// RunLines are a page of the members of a run in their order, up to limit behind the
// place: all, or those who got no invoice if passed.
func (d *Desk) RunLines(ctx context.Context, by auth.Actor, run string, passed bool, after, limit int) ([]RunLine, error) {
	return read(ctx, d, by, Read, func(tx *store.Tx) ([]RunLine, error) {
		r, err := getRun(ctx, tx, run)
		if err != nil {
			return nil, err
		}
		return runLines(ctx, tx, r, passed, after, limit)
	})
}

// runWork makes the invoices of a run, and then their papers and letters. Done twice,
// it goes on where it was.
func (d *Desk) runWork(ctx context.Context, job jobs.Run) error {
	id := job.Text()
	r, err := d.Run(ctx, auth.House, id)
	if err != nil {
		return jobs.Stop(err)
	}
	seller := d.house.Seller(ctx)
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return err
		}
		job.Progress(r.Billed, 2*r.Planned, "dues.job.run.step")
		if r, more, err = d.billSome(ctx, id, seller); err != nil {
			return fmt.Errorf("dues: run %s: %w", id, err)
		}
	}
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return err
		}
		job.Progress(r.Planned+r.Papers, 2*r.Planned, "dues.job.run.papers")
		if r, more, err = d.printSome(ctx, id); err != nil {
			return fmt.Errorf("dues: papers of %s: %w", id, err)
		}
	}
	job.Progress(2*r.Planned, 2*r.Planned, "dues.job.run.papers")
	return nil
}

// billSome writes the next invoices of a run.
func (d *Desk) billSome(ctx context.Context, id string, seller Seller) (r Run, more bool, err error) {
	err = d.db.Write(ctx, func(tx *store.Tx) error {
		if r, err = getRun(ctx, tx, id); err != nil || r.State != Working {
			return err
		}
		list, err := chargesLeft(ctx, tx, r, batch)
		if more = len(list) > 0; err != nil || !more {
			return err
		}
		if list, err = d.stillDue(ctx, tx, r, list); err != nil {
			return err
		}
		var keys []string
		lines := map[string][]Line{}
		for _, c := range list {
			if lines[c.key] == nil {
				keys = append(keys, c.key)
			}
			lines[c.key] = append(lines[c.key], c.Line)
		}
		payers, err := d.payers(ctx, tx, seller.Currency, keys)
		if err != nil {
			return err
		}
		for _, key := range keys {
			i, err := d.bill(ctx, tx, r, seller, payers[key], lines[key])
			if err != nil {
				return err
			}
			if err := chargeBilled(ctx, tx, id, key, i.ID); err != nil {
				return err
			}
		}
		r.Billed += len(keys)
		return putRun(ctx, tx, r)
	})
	return r, more && r.State == Working, err
}

// stillDue are the charges that still are as they were planned. Since then another run
// may have billed the member, a decision waived their dues, two members become one, or
// one been erased: the charge then keeps the reason.
func (d *Desk) stillDue(ctx context.Context, tx *store.Tx, r Run, list []charged) (due []charged, err error) {
	var ids []members.ID
	for _, c := range list {
		ids = append(ids, c.Member)
	}
	is, err := flags(ctx, tx, r.Year, r.Issued, ids)
	if err != nil {
		return nil, err
	}
	known := map[members.ID]bool{}
	for some := range slices.Chunk(ids, 1_000) {
		there, err := d.Members.MembersIn(ctx, tx, auth.House, some...)
		if err != nil {
			return nil, err
		}
		for _, m := range there {
			known[m.ID] = m.Name != store.Erased
		}
	}
	for _, c := range list {
		why := fees.AlreadyBilled
		switch is[c.Member] {
		case FlagNone:
			if why = fees.NothingToPay; known[c.Member] {
				due, is[c.Member] = append(due, c), FlagOpen
				continue
			}
		case FlagWaived:
			why = fees.Waived
		}
		if err := passOver(ctx, tx, r.ID, c.ord, why); err != nil {
			return nil, err
		}
	}
	return due, nil
}

// bill makes one invoice. Credit of the payer is used for it.
func (d *Desk) bill(ctx context.Context, tx *store.Tx, r Run, seller Seller, p Payer, lines []Line) (Invoice, error) {
	i := Invoice{ID: InvoiceID(tx.ID()), Year: r.Year, Run: r.ID, Payer: p, Seller: seller, Issued: r.Issued, Due: r.Due, Lines: lines, State: Open}
	var err error
	for _, l := range lines {
		if i.Total, err = money.Add(i.Total, l.Amount); err != nil {
			return i, err
		}
	}
	n, err := nextNumber(ctx, tx, r.Issued.Year())
	if err != nil {
		return i, err
	}
	i.Number = number(r.Issued.Year(), n)
	if i.Reference, err = reference(seller.Domestic(), r.Issued.Year(), n); err != nil {
		return i, err
	}
	if err := addInvoice(ctx, tx, i); err != nil {
		return i, err
	}
	row := Row{Day: r.Issued, Kind: Billed, Payer: p.ID, Invoice: i.ID, Amount: i.Total, By: r.By}
	if err := d.enter(ctx, tx, row); err != nil {
		return i, err
	}
	if p.Credit.Positive() && p.Credit.Currency() == i.Total.Currency() {
		return i, d.move(ctx, tx, auth.Actor{Name: r.By}, i.ID, p.ID, money.Min(p.Credit, i.Total), r.Issued)
	}
	return i, nil
}

// move uses credit of a payer for an invoice; a negative amount goes the other way.
func (d *Desk) move(ctx context.Context, tx *store.Tx, by auth.Actor, i InvoiceID, p PayerID, a money.Amount, day civil.Date) error {
	row := Row{Day: day, Kind: Moved, Payer: p, Amount: a, By: by.Name}
	if err := d.enter(ctx, tx, row); err != nil {
		return err
	}
	row.Invoice, row.Amount = i, a.Neg()
	return d.enter(ctx, tx, row)
}

// printSome makes the next papers of a run, and posts them if they are sent.
func (d *Desk) printSome(ctx context.Context, id string) (r Run, more bool, err error) {
	list, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]Invoice, error) {
		if r, err = getRun(ctx, tx, id); err != nil || r.State != Working {
			return nil, err
		}
		return listInvoices(ctx, tx, Query{Run: id, Limit: sheets, forward: true, noPaper: true})
	})
	if err != nil || r.State != Working {
		return r, false, err
	}
	hashes, err := d.print(ctx, list)
	if err != nil {
		return r, false, err
	}
	err = d.db.Write(ctx, func(tx *store.Tx) error {
		if r, err = getRun(ctx, tx, id); err != nil {
			return err
		}
		for n, i := range list {
			now, err := getInvoice(ctx, tx, i.ID)
			if err != nil {
				return err
			}
			if now.Open != i.Open || now.State != i.State {
				continue // booked on meanwhile: its paper is made again
			}
			i.Paper = hashes[n]
			sent, err := d.keep(ctx, tx, i, r.Send)
			if err != nil {
				return err
			}
			if r.Papers++; r.Send && !sent {
				r.Unsent++
			}
		}
		if more = len(list) > 0; !more && r.State == Working {
			r.State = Done
		}
		return putRun(ctx, tx, r)
	})
	return r, more, err
}

// print makes the papers of invoices, some at a time, and keeps them.
func (d *Desk) print(ctx context.Context, list []Invoice) ([]string, error) {
	hashes, errs := make([]string, len(list)), make([]error, len(list))
	turn := make(chan struct{}, 4)
	var wg sync.WaitGroup
	for n, i := range list {
		turn <- struct{}{}
		wg.Go(func() {
			defer func() { <-turn }()
			hashes[n], errs[n] = d.printOne(ctx, i)
		})
	}
	wg.Wait()
	return hashes, errors.Join(errs...)
}

func (d *Desk) printOne(ctx context.Context, i Invoice) (string, error) {
	var b bytes.Buffer
	if err := d.printTo(&b, i); err != nil {
		return "", err
	}
	ref, err := d.Files.Put(ctx, &b, -1)
	return ref.Hash, err
}

func (d *Desk) printTo(w io.Writer, i Invoice) error {
	if _, err := paper.PDF(w, i.Compose(d.house.In(i.Payer.Lang))); err != nil {
		return fmt.Errorf("dues: paper of %s: %w", i.Number, err)
	}
	return nil
}

// keep writes down the paper of an invoice, and posts it to the payer unless it is
// cancelled.
func (d *Desk) keep(ctx context.Context, tx *store.Tx, i Invoice, send bool) (sent bool, err error) {
	if send = send && i.Payer.Email != "" && i.State != Cancelled; send {
		_, err := d.Mail.Post(ctx, tx, d.house.invoiceLetter(i))
		if sent = err == nil; err != nil && !fault.Is(err, fault.Invalid) {
			return false, err
		}
	}
	return sent, setPaper(ctx, tx, i.ID, i.Paper, sent)
}
