package dues

import (
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Those for whom an erased person paid pay for themselves, also in a run at work.
func TestErase_payer(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Arh, A", "person Benko, B")
		if _, err := r.SavePayer(t.Context(), clerk, Payer{Member: r.of["Arh, A"]}, r.of["Benko, B"]); err != nil {
			t.Fatal(err)
		}
		r.begin(t, 0)
		if _, err := r.Members.Leave(t.Context(), clerk, r.of["Arh, A"], start.AddDays(-1)); err != nil {
			t.Fatal(err)
		}
		err := r.db.Write(t.Context(), func(tx *store.Tx) error {
			if err := r.Holder().Erase(t.Context(), tx, r.of["Arh, A"]); err != nil {
				return err
			}
			_, err := r.Members.EraseIn(t.Context(), tx, clerk, r.of["Arh, A"])
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		r.drain(t)
		if want := nth(1) + " B Benko 20.00 open 20.00 open\n"; r.told(t) != want {
			t.Errorf("invoices\n%swant\n%s", r.told(t), want)
		}
		if p, _, err := r.PayerOf(t.Context(), clerk, r.of["Benko, B"]); err != nil || p.Member != r.of["Benko, B"] {
			t.Errorf("%+v pays, %v", p, err)
		}
	})
}

// No letter says that a cancelled invoice is settled, whenever it was cancelled.
func TestCancel_unsent(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Arh, A", "person Benko, B")
		p, err := r.Preview(t.Context(), clerk, 2026, start, due)
		if err != nil {
			t.Fatal(err)
		}
		run, err := r.Start(t.Context(), clerk, 2026, start, due, true, p.Seen)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := r.billSome(t.Context(), run.ID, seller); err != nil {
			t.Fatal(err)
		}
		i := r.invoice(t, nth(1))
		if _, err := r.Cancel(t.Context(), clerk, i.ID, "pomota", start); err != nil {
			t.Fatal(err)
		}
		r.drain(t)
		if run, _ = r.Run(t.Context(), clerk, run.ID); run.State != Done || run.Papers != 2 {
			t.Errorf("the run is %+v", run)
		}
		if err := r.Send(t.Context(), clerk, i.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("sent: %v", err)
		}
		for number, want := range map[string]int{nth(1): 0, nth(2): 1} {
			if letters, err := r.Mail.Ledger(t.Context(), clerk, Subject(r.invoice(t, number).ID)); err != nil || len(letters) != want {
				t.Errorf("%s has %d letters, want %d, %v", number, len(letters), want, err)
			}
		}
	})
}

// A payment that comes between the paper of a reminder and its letter is not asked for.
func TestRemind_meanwhile(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Arh, A")
		r.run(t)
		day := due.AddDays(20)
		r.on(day)
		list, err := r.Reminders(t.Context(), clerk, day)
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		if _, err := r.Pay(t.Context(), clerk, list[0].ID, euros(15), day, ""); err != nil {
			t.Fatal(err)
		}
		ladder, err := r.Ladder(t.Context(), clerk)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.remindSome(t.Context(), ladder, list, day); err != nil {
			t.Fatal(err)
		}
		letters, err := r.Mail.Ledger(t.Context(), clerk, Subject(list[0].ID))
		if err != nil || len(letters) != 2 {
			t.Fatalf("%d letters, %v", len(letters), err)
		}
		e, err := r.Mail.Get(t.Context(), clerk, letters[0].ID)
		if err != nil || len(e.Files) != 1 || e.Files[0].Hash == list[0].Paper {
			t.Errorf("the letter goes with the paper of before: %+v, %v", e.Files, err)
		}
	})
}

// The first year is free once: not again for those who leave and come back, nor for
// those who were suspended.
func TestRun_again(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Arh, A", "person Benko, B 2026-02-01", "person Cof, C 2026-02-01")
		for name, day := range map[string]civil.Date{"Arh, A": civil.On(2026, 1, 10), "Cof, C": civil.On(2026, 2, 5)} {
			if _, err := r.Members.Leave(t.Context(), clerk, r.of[name], day); err != nil {
				t.Fatal(err)
			}
			for _, do := range []members.Deed{members.Apply, members.Admit} {
				if _, err := r.Members.Take(t.Context(), clerk, r.of[name], members.Step{Do: do, Day: day.AddDays(7)}); err != nil {
					t.Fatal(err)
				}
			}
		}
		p, err := r.Preview(t.Context(), clerk, 2026, start, due)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range p.Charges {
			want := fees.FirstYear
			if c.Name == "Arh, A" {
				want = fees.Charged
			}
			if c.Why != want {
				t.Errorf("%s: %q, want %q", c.Name, c.Why, want)
			}
		}
	})
}

// What is planned for a member for whom another member pays says who does.
func TestPreview_by(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Arh, A", "person Benko, B")
		if _, err := r.SavePayer(t.Context(), clerk, Payer{Member: r.of["Arh, A"]}, r.of["Benko, B"]); err != nil {
			t.Fatal(err)
		}
		p, err := r.Preview(t.Context(), clerk, 2026, start, due)
		if err != nil || len(p.Charges) != 2 || p.Charges[0].By != "" || p.Charges[1].By != "Arh, A" {
			t.Errorf("%+v, %v", p.Charges, err)
		}
	})
}
