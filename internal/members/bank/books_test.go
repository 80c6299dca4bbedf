package bank

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// Whatever an office does in whatever order, no cent is lost and none is counted twice:
// invoices paid in parts and too much, credit used and paid back, dues written off and
// asked for again, invoices cancelled and made anew, one payer for many, statements
// that overlap and the same one twice, entries booked on whatever invoice, all of it
// undone.
func TestBooks(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := open(t, storetest.SQLite(t, steps...))
		r.join(t, "person A, A", "person B, B", "person C, C", "person D, D")
		if _, err := r.dues.SavePayer(t.Context(), clerk, dues.Payer{Name: "Občina"}, r.of["C, C"], r.of["D, D"]); err != nil {
			rt.Fatal(err)
		}
		r.run(t)
		o := office{room: r, T: rt}
		for n := range 8 { // what the bank has: each entry stands in as many files as it likes
			i := o.one()
			ref := rapid.SampledFrom([]string{"", string(i.Reference), string(i.Reference)}).Draw(rt, "reference")
			o.pool = append(o.pool, [4]string{money.Cents(rapid.SampledFrom([]int64{1, 20_00, 20_00, 33_33, 40_00}).Draw(rt, "amount")).Plain(), i.Payer.Name, ref, fmt.Sprintf("N%d", n)})
		}
		deeds := []func() error{o.pay, o.unpay, o.writeOff, o.restore, o.credit, o.cancel, o.giveBack, o.waive, o.upload, o.upload, o.book, o.bookAll, o.ignore}
		for range rapid.IntRange(5, 30).Draw(rt, "deeds") {
			if err := deeds[rapid.IntRange(0, len(deeds)-1).Draw(rt, "deed")](); err != nil && fault.Of(err) == nil {
				rt.Fatal(err)
			}
			o.whole()
		}
	})
}

// An office does what is drawn.
type office struct {
	*room
	*rapid.T
	pool []([4]string)
}

func (o *office) invoices() []dues.Invoice {
	list, err := o.dues.Invoices(o.T.Context(), clerk, dues.Query{Limit: 1000})
	if err != nil {
		o.Fatal(err)
	}
	return list
}

func (o *office) one() dues.Invoice { return rapid.SampledFrom(o.invoices()).Draw(o.T, "invoice") }

func (o *office) pay() error {
	_, err := o.dues.Pay(o.T.Context(), clerk, o.one().ID, money.Cents(rapid.Int64Range(1, 30_00).Draw(o.T, "paid")), start, "")
	return err
}

func (o *office) payments() []dues.Payment {
	list, err := o.dues.Payments(o.T.Context(), clerk, dues.PaymentQuery{Limit: 1000})
	if err != nil {
		o.Fatal(err)
	}
	return list
}

func (o *office) unpay() error {
	list := o.payments()
	if len(list) == 0 {
		return nil
	}
	return o.dues.Unpay(o.T.Context(), clerk, rapid.SampledFrom(list).Draw(o.T, "payment").ID, "pomota")
}

func (o *office) writeOff() error {
	return o.dues.WriteOff(o.T.Context(), clerk, o.one().ID, "sklep", start)
}
func (o *office) restore() error {
	return o.dues.UndoWriteOff(o.T.Context(), clerk, o.one().ID, "sklep", start)
}
func (o *office) credit() error { return o.dues.UseCredit(o.T.Context(), clerk, o.one().ID, start) }

// cancel cancels an invoice; the run after it makes another.
func (o *office) cancel() error {
	if _, err := o.dues.Cancel(o.T.Context(), clerk, o.one().ID, "pomota", start); err != nil {
		return err
	}
	p, err := o.dues.Preview(o.T.Context(), clerk, 2026, start, due)
	if err == nil {
		_, err = o.dues.Start(o.T.Context(), clerk, 2026, start, due, false, p.Seen)
	}
	if err == nil {
		err = o.jobs.Drain(o.T.Context())
	}
	return err
}

func (o *office) giveBack() error {
	return o.dues.Return(o.T.Context(), clerk, o.one().Payer.ID, money.Cents(rapid.Int64Range(1, 25_00).Draw(o.T, "back")), start, "vračilo")
}

func (o *office) waive() error {
	return o.dues.Waive(o.T.Context(), clerk, fees.Waiver{Member: o.one().Lines[0].Member, Year: 2026, Reason: "bolezen", Decision: "UO 3"})
}

func (o *office) upload() error {
	var some [][4]string
	for n, e := range o.pool {
		if rapid.Bool().Draw(o.T, fmt.Sprint("entry ", n)) {
			some = append(some, e)
		}
	}
	_, err := o.Upload(o.T.Context(), clerk, "izpisek.xml", camt(some...))
	return err
}

func (o *office) entries() []Entry {
	list, err := o.Entries(o.T.Context(), clerk, EntryQuery{Limit: 1000})
	if err != nil {
		o.Fatal(err)
	}
	return list
}

func (o *office) entry(f func(Entry) error) error {
	if list := o.entries(); len(list) > 0 {
		return f(rapid.SampledFrom(list).Draw(o.T, "entry"))
	}
	return nil
}

func (o *office) book() error {
	return o.entry(func(e Entry) error { return o.BookEntry(o.T.Context(), clerk, e.ID, o.one().ID) })
}

func (o *office) bookAll() error {
	return o.entry(func(e Entry) error { _, err := o.BookAll(o.T.Context(), clerk, e.Statement); return err })
}

func (o *office) ignore() error {
	return o.entry(func(e Entry) error {
		if e.Match == Ignored {
			return o.Heed(o.T.Context(), clerk, e.ID)
		}
		return o.Ignore(o.T.Context(), clerk, e.ID)
	})
}

// whole holds the books against themselves.
func (o *office) whole() {
	rows, err := o.dues.Ledger(o.T.Context(), clerk, dues.Period{Limit: 100_000})
	if err != nil {
		o.Fatal(err)
	}
	open, credit, kinds := map[dues.InvoiceID]int64{}, map[dues.PayerID]int64{}, map[dues.Kind]int64{}
	for _, x := range rows {
		if kinds[x.Kind] += x.Amount.Minor(); x.Invoice == "" {
			credit[x.Payer] -= x.Amount.Minor()
		} else {
			open[x.Invoice] += x.Amount.Minor()
		}
	}
	var owed, held, came int64
	for _, i := range o.invoices() {
		if owed += i.Open.Minor(); i.Open.Minor() != open[i.ID] || i.Open.Negative() || i.State == dues.Paid && !i.Open.IsZero() || i.State == dues.Open && !i.Open.Positive() {
			o.Errorf("%s is %s with %s open; its rows come to %d", i.Number, i.State, i.Open, open[i.ID])
		}
	}
	for id, sum := range credit {
		p, err := o.dues.Payer(o.T.Context(), clerk, id)
		if held += sum; err != nil || p.Credit.Minor() != sum || sum < 0 {
			o.Errorf("%s has credit %s, its rows come to %d, %v", id, p.Credit, sum, err)
		}
	}
	standing := map[string]money.Amount{}
	for _, p := range o.payments() {
		if p.Undone {
			continue
		}
		if came += p.Amount.Minor(); p.Entry != "" {
			if _, twice := standing[p.Entry]; twice {
				o.Errorf("entry %s is booked twice", p.Entry)
			}
			standing[p.Entry] = p.Amount
		}
	}
	booked := 0
	for _, e := range o.entries() {
		if e.Match == Booked {
			if booked++; standing[e.ID] != e.Amount {
				o.Errorf("entry %s of %s is booked with %s", e.ID, e.Amount, standing[e.ID])
			}
		}
	}
	if booked != len(standing) || len(o.entries()) > len(o.pool) {
		o.Errorf("%d entries are booked by %d payments, of %d that the bank has there are %d", booked, len(standing), len(o.pool), len(o.entries()))
	}
	if kinds[dues.Moved] != 0 || came != -(kinds[dues.Received]+kinds[dues.Overpaid]) || owed-held != kinds[dues.Billed]+kinds[dues.Voided]+kinds[dues.Forgone]+kinds[dues.Returned]-came {
		o.Errorf("owed %d, held %d, came %d; by kind %v", owed, held, came, kinds)
	}
	list, all, err := o.dues.Ageing(o.T.Context(), clerk, due.AddDays(40))
	var ages int64
	for _, a := range list {
		parts := a.NotDue
		for _, b := range a.By {
			parts = parts.Plus(b)
		}
		if ages += a.Total.Minor(); parts.Minor() != a.Total.Minor() {
			o.Errorf("the ages of %s come to %s of %s", a.Payer.Name, parts, a.Total)
		}
	}
	if err != nil || ages != owed || all.Total.Minor() != owed {
		o.Errorf("owed %d, by age %d, %s, %v", owed, ages, all.Total, err)
	}
}
