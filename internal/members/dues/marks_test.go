package dues

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/twins"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// marked: the register says of each who owes what the rows of the ledger say.
func (r *room) marked(t testing.TB) {
	t.Helper()
	rows, err := r.Ledger(t.Context(), clerk, Period{Limit: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	open := map[InvoiceID]int64{}
	for _, row := range rows {
		open[row.Invoice] += row.Amount.Minor()
	}
	list, err := r.Invoices(t.Context(), clerk, Query{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	want := map[members.ID]civil.Date{}
	for _, i := range list {
		for _, l := range i.Lines {
			if was, is := want[l.Member]; open[i.ID] > 0 && (!is || i.Due.Before(was)) {
				want[l.Member] = i.Due
			}
		}
	}
	all, err := r.Members.List(t.Context(), clerk, members.Query{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var ids []members.ID
	for _, m := range all {
		ids = append(ids, m.ID)
	}
	if got, err := r.Members.Owed(t.Context(), board, ids...); err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the register has %v, the ledger %v, %v", got, want, err)
	}
}

// Whatever is paid, unpaid, written off, cancelled and merged, in whatever order, the
// mark in the register is what the ledger says.
func TestMarks(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person A, A", "person B, B", "person C, C", "person D, D", "person E, E")
		if _, err := r.SavePayer(t.Context(), clerk, Payer{Name: "Občina"}, r.of["C, C"], r.of["D, D"]); err != nil {
			t.Fatal(err)
		}
		r.run(t)
		r.billYear(t, 2027)
		r.marked(t)
		rnd := rand.New(rand.NewPCG(11, 22))
		var payments []string
		for n := range 150 {
			list, err := r.Invoices(t.Context(), clerk, Query{Limit: 1000})
			if err != nil {
				t.Fatal(err)
			}
			i := list[rnd.IntN(len(list))]
			switch rnd.IntN(7) {
			case 0, 1:
				if i.State != Note {
					var p Payment
					p, err = r.Pay(t.Context(), clerk, i.ID, money.Cents(5_00+rnd.Int64N(60_00)), start, "")
					payments = append(payments, p.ID)
				}
			case 2:
				if len(payments) > 0 {
					err = r.Unpay(t.Context(), clerk, payments[rnd.IntN(len(payments))], "pomota")
				}
			case 3:
				err = r.WriteOff(t.Context(), clerk, i.ID, "sklep", start)
			case 4:
				err = r.UndoWriteOff(t.Context(), clerk, i.ID, "sklep", start)
			case 5:
				err = r.UseCredit(t.Context(), clerk, i.ID, start)
			case 6:
				if rnd.IntN(3) == 0 {
					if _, err = r.Cancel(t.Context(), clerk, i.ID, "pomota", start); err == nil {
						r.billYear(t, i.Year)
					}
				}
			}
			if err != nil && fault.Of(err) == nil {
				t.Fatal(err)
			}
			if r.marked(t); n == 100 {
				r.merge(t, "E, E", "A, A")
				r.marked(t)
			}
		}
		r.balanced(t)
	})
}

// billYear makes invoices of a year for those who have none.
func (r *room) billYear(t *testing.T, year int) {
	t.Helper()
	last := due.AddDays(60 * (year - 2026))
	p, err := r.Preview(t.Context(), clerk, year, start, last)
	if err == nil && p.Invoices > 0 {
		_, err = r.Start(t.Context(), clerk, year, start, last, false, p.Seen)
	}
	if err != nil {
		t.Fatal(err)
	}
	r.drain(t)
}

// merge makes one entry of two, as the register does.
func (r *room) merge(t *testing.T, from, to string) {
	t.Helper()
	r.Members.Join(r.Holder())
	a, err := r.Members.Member(t.Context(), clerk, r.of[to])
	if err != nil {
		t.Fatal(err)
	}
	b, err := r.Members.Member(t.Context(), clerk, r.of[from])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := twins.New(r.db, r.Members).Merge(t.Context(), clerk, twins.Merge{Into: a, Gone: b.ID, GoneRevision: b.Revision}); err != nil {
		t.Fatal(err)
	}
}

// who are those of a filter, by name.
func (r *room) who(t *testing.T, f members.Filter) string {
	t.Helper()
	list, err := r.Members.List(t.Context(), board, members.Query{Filter: f})
	if err != nil {
		t.Fatal(err)
	}
	n, err := r.Members.Count(t.Context(), clerk, f)
	if err != nil || n != len(list) {
		t.Errorf("counted %d of %d, %v", n, len(list), err)
	}
	var names []string
	for _, m := range list {
		names = append(names, m.Name)
	}
	return strings.Join(names, "; ")
}

// Who owes is found among those who are members, who owes late from the day after it was
// due; nobody's standing changes, none is hidden, and members do not see it of each other.
func TestMarks_filter(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Arh, A", "person Benko, B", "person Cof, C", "org Društvo")
		r.run(t)
		if _, err := r.Pay(t.Context(), clerk, r.invoice(t, nth(2)).ID, euros(20), start, ""); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			day           civil.Date
			owes, overdue string
		}{{start, "Arh, A; Cof, C", ""}, {due, "Arh, A; Cof, C", ""}, {due.AddDays(1), "Arh, A; Cof, C", "Arh, A; Cof, C"}} {
			r.on(tt.day)
			if got := r.who(t, members.Filter{Owing: members.Owes}); got != tt.owes {
				t.Errorf("%s: owe %s", tt.day, got)
			}
			for _, f := range []members.Filter{{}, {Kind: members.Person}, {Standing: members.Active}, {Text: "a"}} {
				if f.Owing = members.Overdue; f.Text == "" && r.who(t, f) != tt.overdue {
					t.Errorf("%s: late are %s of %+v", tt.day, r.who(t, f), f)
				}
			}
		}
		if got := r.who(t, members.Filter{Owing: members.Overdue, Text: "arh"}); got != "Arh, A" {
			t.Errorf("of the name: %s", got)
		}
		if got := r.who(t, members.Filter{Standing: members.Active}); got != "Arh, A; Benko, B; Cof, C; Društvo" {
			t.Errorf("active are %s", got)
		}
		member := auth.Actor{User: "m", Roles: auth.Member}
		if _, err := r.Members.List(t.Context(), member, members.Query{Filter: members.Filter{Owing: members.Owes}}); !fault.Is(err, fault.Denied) {
			t.Errorf("a member: %v", err)
		}
		if _, err := r.Members.Owed(t.Context(), member, r.of["Arh, A"]); !fault.Is(err, fault.Denied) {
			t.Errorf("a member: %v", err)
		}
		if _, err := r.Members.Leave(t.Context(), clerk, r.of["Arh, A"], due); err != nil {
			t.Fatal(err)
		}
		if got := r.who(t, members.Filter{Owing: members.Overdue}) + " / " + r.who(t, members.Filter{Owing: members.Overdue, Standing: members.Left}); got != "Cof, C / Arh, A" {
			t.Errorf("when one has left: %s", got)
		}
	})
}

// Of one who is erased the register no longer says that they owe, whatever is booked
// on their invoice afterwards.
func TestMarks_erased(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Arh, A")
		r.run(t)
		id, i := r.of["Arh, A"], r.invoice(t, nth(1))
		r.Members.Join(r.Holder())
		if _, err := r.Members.Leave(t.Context(), clerk, id, start.AddDays(-1)); err != nil {
			t.Fatal(err)
		}
		err := r.db.Write(t.Context(), func(tx *store.Tx) error {
			_, err := r.Members.EraseIn(t.Context(), tx, clerk, id)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		p, err := r.Pay(t.Context(), clerk, i.ID, euros(20), start, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Unpay(t.Context(), clerk, p.ID, "pomota"); err != nil {
			t.Fatal(err)
		}
		if got, err := r.Members.Owed(t.Context(), clerk, id); err != nil || len(got) != 0 {
			t.Errorf("the register has %v, %v", got, err)
		}
	})
}

// A house that was there before the register knew of marks gets them with its tables.
func TestMarks_step(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Arh, A", "person Benko, B")
		r.run(t)
		r.billYear(t, 2027)
		if _, err := r.Pay(t.Context(), clerk, r.invoice(t, nth(1)).ID, euros(20), start, ""); err != nil {
			t.Fatal(err)
		}
		step, err := files.ReadFile("sql/0002_marks.sql")
		if err != nil {
			t.Fatal(err)
		}
		up, down, _ := strings.Cut(strings.TrimPrefix(string(step), "-- +goose Up"), "-- +goose Down")
		err = r.db.Write(t.Context(), func(tx *store.Tx) error {
			for _, s := range []string{down, up} {
				if _, err := tx.ExecContext(t.Context(), s); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		r.marked(t)
	})
}
