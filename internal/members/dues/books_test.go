package dues

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// nth is the number of an invoice of 2026.
func nth(n int) string { return number(2026, n) }

// begin starts a run and makes some of its invoices.
func (r *room) begin(t *testing.T, batches int) Run {
	t.Helper()
	p, err := r.Preview(t.Context(), clerk, 2026, start, due)
	if err != nil {
		t.Fatal(err)
	}
	run, err := r.Start(t.Context(), clerk, 2026, start, due, false, p.Seen)
	if err != nil {
		t.Fatal(err)
	}
	for range batches {
		if _, _, err := r.billSome(t.Context(), run.ID, seller); err != nil {
			t.Fatal(err)
		}
	}
	return run
}

// once: nobody has two invoices for a year that stand.
func (r *room) once(t *testing.T) {
	t.Helper()
	list, err := r.Invoices(t.Context(), clerk, Query{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	has := map[members.ID]string{}
	for _, i := range list {
		if i.State == Cancelled || i.State == Note {
			continue
		}
		if i.Payer.Name == "" {
			t.Errorf("%s is for nobody", i.Number)
		}
		for _, l := range i.Lines {
			if has[l.Member] != "" {
				t.Errorf("%s is billed on %s and on %s", l.Name, has[l.Member], i.Number)
			}
			has[l.Member] = i.Number
		}
	}
}

// A run that was stopped, and goes on after another has done its work, bills nobody twice.
func TestRun_resumedLate(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for n := range batch + 10 {
			r.join(t, fmt.Sprintf("person Oseba%03d, Ana", n))
		}
		first := r.begin(t, 1)
		if err := r.Stop(t.Context(), clerk, first.ID); err != nil {
			t.Fatal(err)
		}
		second := r.begin(t, 0)
		if err := r.Resume(t.Context(), clerk, first.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("two at once: %v", err)
		}
		r.drain(t)
		if second, _ = r.Run(t.Context(), clerk, second.ID); second.State != Done || second.Billed != 10 {
			t.Errorf("the second is %+v", second)
		}
		if err := r.Resume(t.Context(), clerk, first.ID); err != nil {
			t.Fatal(err)
		}
		r.drain(t)
		if first, _ = r.Run(t.Context(), clerk, first.ID); first.State != Done || first.Billed != batch || first.Papers != batch {
			t.Errorf("the first is %+v", first)
		}
		r.once(t)
		r.balanced(t)
	})
}

// Who is waived, merged or erased while a run is at work gets no invoice of it, or one.
func TestRun_meanwhile(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Arh, A", "person Benko, B", "person Benko, C", "person Dolenc, D", "person Erjavec, E", "person Fras, F")
		if _, err := r.SavePayer(t.Context(), clerk, Payer{Member: r.of["Benko, C"]}, r.of["Fras, F"]); err != nil {
			t.Fatal(err)
		}
		run := r.begin(t, 0)
		if err := r.Waive(t.Context(), clerk, fees.Waiver{Member: r.of["Arh, A"], Year: 2026, Reason: "bolezen", Decision: "1"}); err != nil {
			t.Fatal(err)
		}
		h := r.Holder()
		err := r.db.Write(t.Context(), func(tx *store.Tx) error {
			if err := h.Merge(t.Context(), tx, r.of["Benko, C"], r.of["Benko, B"]); err != nil {
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Members.Leave(t.Context(), clerk, r.of["Dolenc, D"], start.AddDays(-1)); err != nil {
			t.Fatal(err)
		}
		err = r.db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := r.Members.EraseIn(t.Context(), tx, clerk, r.of["Dolenc, D"])
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		r.drain(t)
		if run, _ = r.Run(t.Context(), clerk, run.ID); run.State != Done || run.Papers != run.Billed {
			t.Errorf("the run is %+v", run)
		}
		if want := nth(1) + " B Benko 40.00 open 40.00 open\n" + nth(2) + " E Erjavec 20.00 open 20.00 open\n"; r.told(t) != want {
			t.Errorf("invoices\n%swant\n%s", r.told(t), want)
		}
		r.once(t)
		r.balanced(t)
	})
}

// Two entries of one person become one: so do their payers, with invoices, credit, and
// those for whom they pay; and what they owe comes before what they paid.
func TestMerge(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Benko, Taja", "person Benko, T", "person Cof, C")
		from, to := r.of["Benko, T"], r.of["Benko, Taja"]
		if _, err := r.SavePayer(t.Context(), clerk, Payer{Member: from}, r.of["Cof, C"]); err != nil {
			t.Fatal(err)
		}
		r.run(t)
		gone := r.invoice(t, nth(1)) // 40.00 of two
		if gone.Total != euros(40) {
			t.Fatalf("\n%s", r.told(t))
		}
		paid, err := r.Pay(t.Context(), clerk, gone.ID, euros(45), start, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := r.db.Write(t.Context(), func(tx *store.Tx) error { return r.Holder().Merge(t.Context(), tx, from, to) }); err != nil {
			t.Fatal(err)
		}
		r.balanced(t)
		p, also, err := r.PayerOf(t.Context(), clerk, r.of["Cof, C"])
		if err != nil || p.Member != to || p.Credit != euros(5) || len(also) != 1 {
			t.Errorf("%+v pays for %v, %v", p, also, err)
		}
		list, err := r.Invoices(t.Context(), clerk, Query{Payer: p.ID})
		if err != nil || len(list) != 2 || list[0].Payer.Member != to || list[1].Payer.Member != to {
			t.Errorf("their invoices are %+v, %v", list, err)
		}
		flags, err := r.Flags(t.Context(), clerk, 2026, due.AddDays(1), to)
		if err != nil || flags[to] != FlagOwes {
			t.Errorf("flagged %v, %v", flags, err)
		}
		if err := r.Unpay(t.Context(), clerk, paid.ID, "pomota"); err != nil {
			t.Error(err)
		}
		r.balanced(t)
	})
}

// Of an erased member no list, search or paper says the name, nor does the invoice of
// another who paid for them.
func TestErase(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Benko, Taja", "person Lipar, Oton")
		if _, err := r.SavePayer(t.Context(), clerk, Payer{Name: "Občina"}, r.of["Benko, Taja"], r.of["Lipar, Oton"]); err != nil {
			t.Fatal(err)
		}
		if err := r.Waive(t.Context(), clerk, fees.Waiver{Member: r.of["Benko, Taja"], Year: 2027, Reason: "r", Decision: "d"}); err != nil {
			t.Fatal(err)
		}
		r.run(t)
		i, old, err := r.Paper(t.Context(), clerk, r.invoice(t, nth(1)).ID)
		if err != nil || len(old) == 0 {
			t.Fatal(err)
		}
		err = r.db.Write(t.Context(), func(tx *store.Tx) error { return r.Holder().Erase(t.Context(), tx, r.of["Benko, Taja"]) })
		if err != nil {
			t.Fatal(err)
		}
		r.drain(t)
		left := func(word string) []store.Trace {
			list, err := store.Read(t.Context(), r.db, func(tx *store.Tx) ([]store.Trace, error) { return tx.Traces(t.Context(), []string{word}) })
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		for _, trace := range append(left("Taja"), left("benko")...) {
			if strings.HasPrefix(trace.Table, "dues") {
				t.Errorf("it still stands in %+v", trace)
			}
		}
		if list, _ := r.Invoices(t.Context(), clerk, Query{Text: "Lipar"}); len(list) != 1 {
			t.Error("who is not erased is no longer found")
		}
		if _, err := r.Files.Open(t.Context(), i.Paper); !fault.Is(err, fault.Missing) {
			t.Errorf("the old paper is still there: %v", err)
		}
		if now, raw, err := r.Paper(t.Context(), clerk, i.ID); err != nil || now.Paper == i.Paper || len(raw) == 0 {
			t.Errorf("the new paper: %v", err)
		}
		r.balanced(t)
	})
}

// What a reminder has a payer pay is what is still open, not what was.
func TestRemind_partly(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Arh, A")
		r.run(t)
		i := r.invoice(t, nth(1))
		if _, err := r.Pay(t.Context(), clerk, i.ID, euros(15), start, ""); err != nil {
			t.Fatal(err)
		}
		day := due.AddDays(20)
		r.on(day)
		if _, err := r.Remind(t.Context(), clerk, day); err != nil {
			t.Fatal(err)
		}
		r.drain(t)
		if err := r.Send(t.Context(), clerk, i.ID); err != nil {
			t.Fatal(err)
		}
		letters, err := r.Mail.Ledger(t.Context(), clerk, Subject(i.ID))
		if err != nil || len(letters) != 3 {
			t.Fatalf("%d letters, %v", len(letters), err)
		}
		for _, l := range letters[:2] {
			e, err := r.Mail.Get(t.Context(), clerk, l.ID)
			if err != nil || len(e.Files) != 1 || e.Files[0].Hash == i.Paper {
				t.Errorf("%s goes with %+v, %v", l.Subject, e.Files, err)
			}
		}
		if now := r.invoice(t, nth(1)); now.Paper != i.Paper {
			t.Error("the invoice has another paper than when it was made")
		}
	})
}

// Days to come and days that are none are refused, whatever is booked.
func TestDays(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Arh, A", "person Benko, B")
		r.run(t)
		a, b := r.invoice(t, nth(1)), r.invoice(t, nth(2))
		if _, err := r.Pay(t.Context(), clerk, b.ID, euros(50), start, ""); err != nil {
			t.Fatal(err)
		}
		for _, day := range []civil.Date{{}, start.AddDays(1), civil.On(2036, 1, 1)} {
			_, err := r.Cancel(t.Context(), clerk, a.ID, "x", day)
			for name, err := range map[string]error{
				"cancel": err, "write off": r.WriteOff(t.Context(), clerk, a.ID, "x", day), "use": r.UseCredit(t.Context(), clerk, a.ID, day), "return": r.Return(t.Context(), clerk, b.Payer.ID, euros(1), day, "x"),
			} {
				if f := fault.Of(err); f == nil || f.Field != "day" {
					t.Errorf("%s on %s: %v", name, day, err)
				}
			}
		}
		r.balanced(t)
	})
}

// A house that changes its currency starts no run until its rules are in the new one,
// and pays no invoice with the credit of the old.
func TestCurrency(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Arh, A", "person Benko, B 2026-02-01")
		r.run(t)
		i := r.invoice(t, nth(1))
		if _, err := r.Pay(t.Context(), clerk, i.ID, money.Of(5_00, "CHF"), start, ""); fault.Of(err) == nil {
			t.Errorf("francs for euros: %v", err)
		}
		if _, err := r.Pay(t.Context(), clerk, i.ID, euros(30), start, ""); err != nil {
			t.Fatal(err)
		}
		swiss := seller
		swiss.Currency, swiss.IBAN = "CHF", "CH9300762011623852957"
		r.house.Seller = func(context.Context) Seller { return swiss }
		if _, err := r.Preview(t.Context(), clerk, 2027, start, due); !fault.Is(err, fault.Conflict) {
			t.Errorf("rules in another currency: %v", err)
		}
		if _, err := r.AddRule(t.Context(), clerk, fees.Rule{Year: 2027, Kind: members.Person, Way: fees.Flat, Flat: money.Of(25_00, "CHF"), Basis: "skupščina"}); err != nil {
			t.Fatal(err)
		}
		if _, err := r.AddRule(t.Context(), clerk, fees.Rule{Year: 2027, Kind: members.Person, Way: fees.Flat, Flat: euros(25), Basis: "skupščina"}); fault.Of(err) == nil {
			t.Errorf("a rule in another currency: %v", err)
		}
		if _, err := r.Declare(t.Context(), clerk, Declaration{Member: r.of["Arh, A"], Year: 2025, Funds: fees.Funds{State: euros(1)}}); fault.Of(err) == nil {
			t.Errorf("a declaration in another currency: %v", err)
		}
		p, err := r.Preview(t.Context(), clerk, 2027, start, due)
		if err != nil || p.Total != money.Of(50_00, "CHF") {
			t.Fatalf("%+v, %v", p.Total, err)
		}
		if _, err := r.Start(t.Context(), clerk, 2027, start, due, false, p.Seen); err != nil {
			t.Fatal(err)
		}
		r.drain(t)
		list, err := r.Invoices(t.Context(), clerk, Query{Year: 2027})
		if err != nil || len(list) != 2 || list[0].Open != money.Of(25_00, "CHF") || list[1].Open != money.Of(25_00, "CHF") {
			t.Fatalf("%+v, %v", list, err)
		}
		for _, i := range list {
			if err := r.UseCredit(t.Context(), clerk, i.ID, start); fault.Of(err) == nil {
				t.Errorf("euros for francs: %v", err)
			}
			if _, err := r.Pay(t.Context(), clerk, i.ID, money.Of(30_00, "CHF"), start, ""); err != nil && fault.Of(err) == nil {
				t.Errorf("more francs than asked: %v", err)
			}
		}
	})
}
