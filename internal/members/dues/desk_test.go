package dues

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/engine/payslip"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	clerk = auth.Actor{User: "clerk", Name: "Neža", Roles: auth.Office}
	board = auth.Actor{User: "board", Name: "Boris", Email: "boris@mnk.example", Roles: auth.Board}
	start = civil.On(2026, 3, 2)
	due   = civil.On(2026, 3, 31)
)

var steps = []store.Steps{audit.Steps(), jobs.Steps(), mail.Steps(), search.Steps(), members.Steps(), Steps()}

// A room is a desk with all that it calls, at a time of its own.
type room struct {
	pending map[string]pending.Due
	*Desk
	now time.Time
	of  map[string]members.ID
}

func (r *room) on(d civil.Date) { r.now = d.Start(time.UTC).Add(12 * time.Hour) }

var seller = Seller{
	Name: "Mreža neodvisne kulture", Street: "Tesarska 9", Place: "1000 Ljubljana", Email: "pisarna@mnk.example", IBAN: "SI56051008010486080", Purpose: "OTHR", Currency: money.Euro, Signer: "Ivo Tratar", Office: "predsednik",
}

func open(t testing.TB, db *store.DB) *room {
	t.Helper()
	r := reopen(t, db, t.TempDir())
	for _, rule := range assembly {
		if rule.Category != "" {
			continue
		}
		if _, err := r.AddRule(t.Context(), clerk, rule); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// reopen is the desk of a house that stands, with its files in the folder.
func reopen(t testing.TB, db *store.DB, dir string) *room {
	t.Helper()
	words, err := i18n.Load(Words())
	if err != nil {
		t.Fatal(err)
	}
	disk, err := blob.NewDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := &room{of: map[string]members.ID{}, pending: map[string]pending.Due{}}
	r.on(start)
	db.At(func() time.Time { return r.now })
	queue := jobs.New(db, nil)
	post, err := mail.New(db, queue, mail.SMTP{})
	if err != nil {
		t.Fatal(err)
	}
	h := House{
		Name: seller.Name, URL: "https://mnk.example", Zone: time.UTC, In: words.In, Seller: func(context.Context) Seller { return seller },
		Board: func(context.Context) ([]auth.Actor, error) { return []auth.Actor{board}, nil },
	}
	r.Desk = New(db, h, Others{Members: members.New(db), Jobs: queue, Mail: post, Files: disk, Pending: pending.Into(r.pending)})
	return r
}

// join adds members: "org Prelom", "person Benko, Taja 2026-02-01".
func (r *room) join(t testing.TB, names ...string) {
	t.Helper()
	for _, n := range names {
		m := members.Member{Kind: members.Organisation, Standing: members.Active, Term: civil.Span{From: civil.On(2010, 1, 1)}, Place: "Koper", Postcode: "6000", Street: "Cesta 1"}
		kind, name, _ := strings.Cut(n, " ")
		if kind == "person" {
			m.Kind = members.Person
		}
		if i := strings.LastIndex(name, " 20"); i > 0 {
			day, err := civil.Parse(name[i+1:])
			if err != nil {
				t.Fatal(err)
			}
			m.Term.From, name = day, name[:i]
		}
		m.Name, m.Email = name, strings.ToLower(regexp.MustCompile(`[^A-Za-z0-9]+`).ReplaceAllString(strings.Trim(name, "."), "."))+"@member.example"
		got, err := r.Members.Add(context.Background(), clerk, m)
		if err != nil {
			t.Fatal(err)
		}
		r.of[name] = got.ID
	}
}

func (r *room) declare(t testing.TB, name string, euro int64) {
	t.Helper()
	if _, err := r.Declare(context.Background(), clerk, Declaration{Member: r.of[name], Year: 2025, Funds: fees.Funds{State: euros(euro)}}); err != nil {
		t.Fatal(err)
	}
}

// run makes a run of 2026 and does its work.
func (r *room) run(t testing.TB) Run {
	t.Helper()
	p, err := r.Preview(context.Background(), clerk, 2026, start, due)
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.Start(context.Background(), clerk, 2026, start, due, true, p.Seen)
	if err != nil {
		t.Fatal(err)
	}
	r.drain(t)
	if got, err = r.Run(context.Background(), clerk, got.ID); err != nil {
		t.Fatal(err)
	}
	return got
}

func (r *room) drain(t testing.TB) {
	t.Helper()
	if err := r.Jobs.Drain(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// told are the invoices, oldest first: number, payer, total, open, state.
func (r *room) told(t testing.TB) string {
	t.Helper()
	list, err := r.Invoices(t.Context(), clerk, Query{forward: true, Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, i := range list {
		fmt.Fprintf(&b, "%s %s %s open %s %s\n", i.Number, i.Payer.Name, i.Total.Plain(), i.Open.Plain(), i.State)
	}
	return b.String()
}

func (r *room) invoice(t testing.TB, number string) Invoice {
	t.Helper()
	list, err := r.Invoices(t.Context(), clerk, Query{Text: number})
	if err != nil || len(list) != 1 {
		t.Fatalf("%s: %d invoices, %v", number, len(list), err)
	}
	return list[0]
}

// balanced: what is open and the credit are the sums of their rows, whatever was done.
func (r *room) balanced(t testing.TB) {
	t.Helper()
	rows, err := r.Ledger(t.Context(), clerk, Period{Limit: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	open, credit := map[InvoiceID]int64{}, map[PayerID]int64{}
	var moved int64
	for _, row := range rows {
		if row.Invoice != "" {
			open[row.Invoice] += row.Amount.Minor()
		} else {
			credit[row.Payer] -= row.Amount.Minor()
		}
		if row.Kind == Moved {
			moved += row.Amount.Minor()
		}
	}
	list, err := r.Invoices(t.Context(), clerk, Query{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	numbers := map[string]bool{}
	for _, i := range list {
		if numbers[i.Number] = true; i.Open.Minor() != open[i.ID] || i.Open.Negative() {
			t.Errorf("%s is open %s, its rows come to %d", i.Number, i.Open, open[i.ID])
		}
	}
	for n := range list {
		if !numbers[number(2026, n+1)] {
			t.Errorf("of %d invoices none is %s", len(list), number(2026, n+1))
		}
	}
	for id, sum := range credit {
		if p, err := r.Payer(t.Context(), clerk, id); err != nil || p.Credit.Minor() != sum || sum < 0 {
			t.Errorf("%s has credit %s, its rows come to %d, %v", id, p.Credit, sum, err)
		}
	}
	if moved != 0 {
		t.Errorf("moving made %d", moved)
	}
}

func each(t *testing.T, f func(t *testing.T, r *room)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(t, open(t, db)) }, steps...)
}

// A run charges each by their rule, says why others are not, and makes a paper and a
// letter for each invoice; run again, it charges nobody twice.
func TestRun(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "org Prelom", "org Odmev", "org Novi 2026-01-10", "org Molk", "person Benko, Taja", "person Lipar, Oton", "person Novak, Ana 2026-02-01")
		r.declare(t, "Prelom", 80_000)
		r.declare(t, "Odmev", 1)
		r.declare(t, "Odmev", 20_000) // a correction
		if err := r.Waive(t.Context(), clerk, fees.Waiver{Member: r.of["Lipar, Oton"], Year: 2026, Reason: "bolezen", Decision: "UO 3/2026"}); err != nil {
			t.Fatal(err)
		}
		p, err := r.Preview(t.Context(), clerk, 2026, start, due)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, c := range p.Charges {
			fmt.Fprintf(&b, "%s %s%s; ", c.Name, c.Amount.Plain(), c.Why)
		}
		if want := "Benko, Taja 20.00; Lipar, Oton 0.00waived; Molk 0.00not_declared; Novak, Ana 0.00first_year; Novi 0.00first_year; Odmev 60.00; Prelom 240.00; "; b.String() != want {
			t.Errorf("the plan is %s\nwant %s", b.String(), want)
		}
		if _, err := r.Start(t.Context(), clerk, 2026, start, due, true, "other"); !fault.Is(err, fault.Conflict) {
			t.Errorf("a plan that has changed: %v", err)
		}
		if run := r.run(t); run.State != Done || run.Billed != 3 || run.Papers != 3 || run.Unsent != 0 || run.Total != euros(320) {
			t.Errorf("the run is %+v", run)
		}
		if want := "2026-00001 Taja Benko 20.00 open 20.00 open\n2026-00002 Odmev 60.00 open 60.00 open\n2026-00003 Prelom 240.00 open 240.00 open\n"; r.told(t) != want {
			t.Errorf("invoices\n%swant\n%s", r.told(t), want)
		}
		i := r.invoice(t, "2026-00003")
		letters, err := r.Mail.Ledger(t.Context(), clerk, Subject(i.ID))
		if err != nil || len(letters) != 1 || letters[0].To != "prelom@member.example" {
			t.Errorf("letters %v, %v", letters, err)
		}
		_, pdf, err := r.Paper(t.Context(), clerk, i.ID)
		if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) || !strings.HasPrefix(string(i.Reference), "SI122026000003") {
			t.Errorf("a paper of %d bytes with reference %s, %v", len(pdf), i.Reference, err)
		}
		p, err = r.Preview(t.Context(), clerk, 2026, start, due)
		if err != nil || p.Invoices != 0 || p.Whys[fees.AlreadyBilled] != 3 {
			t.Errorf("once more would make %d, %v %v", p.Invoices, p.Whys, err)
		}
		if _, err := r.Start(t.Context(), clerk, 2026, start, due, true, p.Seen); !fault.Is(err, fault.Conflict) {
			t.Errorf("a run for nobody: %v", err)
		}
		r.balanced(t)
	})
}

// One payer for many: one invoice with a line for each. Money for nobody's invoice is
// credit, and pays the next.
func TestPayer(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "org Prelom", "org Odmev", "org Prag", "person Benko, Taja")
		for name, n := range map[string]int64{"Prelom": 10_000, "Odmev": 20_000, "Prag": 30_000} {
			r.declare(t, name, n)
		}
		p, err := r.SavePayer(t.Context(), clerk, Payer{Name: "Mestna občina Koper", Street: "Verdijeva 10", Place: "6000 Koper", Email: "racuni@koper.example"}, r.of["Prelom"], r.of["Prag"])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.SavePayer(t.Context(), clerk, Payer{Member: r.of["Odmev"]}, r.of["Benko, Taja"]); err != nil {
			t.Fatal(err)
		}
		r.run(t)
		if want := "2026-00001 Odmev 80.00 open 80.00 open\n2026-00002 Mestna občina Koper 120.00 open 120.00 open\n"; r.told(t) != want {
			t.Errorf("invoices\n%swant\n%s", r.told(t), want)
		}
		// In parts, and then too much.
		i := r.invoice(t, "2026-00002")
		for _, part := range []int64{50, 110} {
			if _, err := r.Pay(t.Context(), clerk, i.ID, euros(part), start, ""); err != nil {
				t.Fatal(err)
			}
		}
		if p, err = r.Payer(t.Context(), clerk, p.ID); err != nil || p.Credit != euros(40) || r.invoice(t, "2026-00002").State != Paid {
			t.Errorf("credit %s, %v", p.Credit, err)
		}
		// The next invoice is paid from it, and the rest can be returned.
		r.join(t, "org Dim")
		r.declare(t, "Dim", 5_000)
		if _, err := r.SavePayer(t.Context(), clerk, p, r.of["Dim"]); err != nil {
			t.Fatal(err)
		}
		r.run(t)
		if p, err = r.Payer(t.Context(), clerk, p.ID); err != nil || p.Credit != euros(10) || r.invoice(t, "2026-00003").State != Paid {
			t.Errorf("credit %s, %s, %v", p.Credit, r.told(t), err)
		}
		if err := r.Return(t.Context(), clerk, p.ID, euros(11), start, "vračilo"); fault.Of(err) == nil {
			t.Errorf("more than there is: %v", err)
		}
		if err := r.Return(t.Context(), clerk, p.ID, euros(10), start, "vračilo"); err != nil {
			t.Error(err)
		}
		r.balanced(t)
	})
}

// A cancelled invoice has a credit note with the next number; what was paid is credit;
// its members can be charged again.
func TestCancel(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Benko, Taja", "person Lipar, Oton")
		r.run(t)
		i := r.invoice(t, "2026-00001")
		p, err := r.Pay(t.Context(), clerk, i.ID, euros(12), start, "")
		if err != nil {
			t.Fatal(err)
		}
		note, err := r.Cancel(t.Context(), clerk, i.ID, "napačen znesek", start)
		if err != nil || note.Number != "2026-00003" || note.Total != euros(-20) {
			t.Fatalf("the note is %+v, %v", note, err)
		}
		if _, err := r.Cancel(t.Context(), clerk, i.ID, "še enkrat", start); !fault.Is(err, fault.Conflict) {
			t.Errorf("twice: %v", err)
		}
		if _, pdf, err := r.Paper(t.Context(), clerk, note.ID); err != nil || len(pdf) == 0 {
			t.Errorf("the paper of the note: %v", err)
		}
		r.balanced(t)
		// A payment on it that was a mistake is taken out of the credit.
		if err := r.Unpay(t.Context(), clerk, p.ID, "ni prišlo"); err != nil {
			t.Fatal(err)
		}
		r.balanced(t)
		if err := r.Unpay(t.Context(), clerk, p.ID, "ni prišlo"); !fault.Is(err, fault.Conflict) {
			t.Errorf("undone twice: %v", err)
		}
		r.run(t)
		if want := "2026-00001 Taja Benko 20.00 open 0.00 cancelled\n2026-00002 Oton Lipar 20.00 open 20.00 open\n2026-00003 Taja Benko -20.00 open 0.00 note\n2026-00004 Taja Benko 20.00 open 20.00 open\n"; r.told(t) != want {
			t.Errorf("invoices\n%swant\n%s", r.told(t), want)
		}
		// Written off, taken back, written off and cancelled.
		j := r.invoice(t, "2026-00002")
		for _, deed := range []func() error{
			func() error { return r.WriteOff(t.Context(), clerk, j.ID, "sklep UO", start) },
			func() error { return r.UndoWriteOff(t.Context(), clerk, j.ID, "plačal bo", start) },
			func() error { return r.WriteOff(t.Context(), clerk, j.ID, "sklep UO", start) },
		} {
			if err := deed(); err != nil {
				t.Fatal(err)
			}
			r.balanced(t)
		}
		if got := r.invoice(t, "2026-00002"); got.State != WrittenOff {
			t.Errorf("it is %s", got.State)
		}
		if _, err := r.Cancel(t.Context(), clerk, j.ID, "pomota", start); err != nil {
			t.Error(err)
		}
		r.balanced(t)
	})
}

// A declaration is asked for once, told to those alone who may see it, and kept when
// it is corrected. Opening the link changes nothing.
func TestDeclare(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "org Prelom", "org Odmev", "person Benko, Taja")
		for range 2 { // done twice, it asks once
			if _, err := r.Ask(t.Context(), clerk, 2026, start, false); err != nil {
				t.Fatal(err)
			}
			r.drain(t)
		}
		letters, err := r.Mail.Ledger(t.Context(), clerk, "dues/declare/"+string(r.of["Prelom"]))
		if err != nil || len(letters) != 0 {
			t.Logf("an organisation without an agent has nobody to answer: %v", letters)
		}
		token := r.token(t, "Prelom")
		l, err := r.OpenLink(t.Context(), token)
		if err != nil || l.Name != "Prelom" || l.Year != 2025 || l.Ended != Valid || !l.Declared.IsZero() {
			t.Fatalf("the link opens %+v, %v", l, err)
		}
		if _, err := r.OpenLink(t.Context(), token+"x"); !fault.Is(err, fault.Missing) {
			t.Errorf("another link: %v", err)
		}
		for _, n := range []int64{10, 80_000} {
			if _, err := r.DeclareByLink(t.Context(), token, "Tine Bor", fees.Funds{Municipality: euros(n)}, ""); err != nil {
				t.Fatal(err)
			}
			token = r.token(t, "Prelom")
		}
		if _, err := r.DeclareByLink(t.Context(), token, " ", fees.Funds{}, ""); fault.Of(err) == nil {
			t.Error("nobody signs")
		}
		if _, err := r.DeclareByLink(t.Context(), token, "x", fees.Funds{EU: euros(-1)}, ""); fault.Of(err) == nil || fault.Of(err).Field != "eu" {
			t.Errorf("less than nothing: %v", err)
		}
		all, err := r.Declarations(t.Context(), clerk, r.of["Prelom"])
		if err != nil || len(all) != 2 || !all[0].Now || all[1].Now || all[0].Municipality != euros(80_000) || all[0].By != "Tine Bor" {
			t.Errorf("kept: %+v, %v", all, err)
		}
		admin := auth.Actor{User: "admin", Roles: auth.Administrator}
		for _, by := range []auth.Actor{board, admin} {
			if _, err := r.Declarations(t.Context(), by, r.of["Prelom"]); !fault.Is(err, fault.Denied) {
				t.Errorf("%s sees what was declared: %v", by.Name, err)
			}
		}
		// From the sum of an invoice follows what was declared.
		for _, by := range []auth.Actor{board, admin} {
			if _, err := r.Wanted(t.Context(), by, 2026, start); !fault.Is(err, fault.Denied) {
				t.Errorf("%s sees who declared: %v", by.Name, err)
			}
			if _, err := r.Invoices(t.Context(), by, Query{}); !fault.Is(err, fault.Denied) {
				t.Errorf("%s sees invoices: %v", by.Name, err)
			}
		}
	})
}

// token makes a link for the year 2025, and is its end.
func (r *room) token(t *testing.T, name string) string {
	t.Helper()
	link, _, err := r.Link(t.Context(), clerk, r.of[name], 2025)
	if err != nil {
		t.Fatal(err)
	}
	return link[strings.LastIndexByte(link, '/')+1:]
}

// A link takes one declaration, also if it is sent twice at once; it ends when there is
// a newer one, and with its term. Its holder can have another, not at every click.
func TestLink(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "org Prelom")
		ended := func(token string, want End) {
			t.Helper()
			l, err := r.OpenLink(t.Context(), token)
			if err != nil || l.Ended != want {
				t.Errorf("it is %+v, %v; want it %q", l, err, want)
			}
			if _, err := r.DeclareByLink(t.Context(), token, "Tine", fees.Funds{State: euros(1)}, ""); want != Valid && !fault.Is(err, fault.Conflict) {
				t.Errorf("it takes another declaration: %v", err)
			}
		}
		old, now := r.token(t, "Prelom"), r.token(t, "Prelom")
		ended(old, Replaced)
		var done atomic.Int32
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if _, err := r.DeclareByLink(t.Context(), now, "Tine", fees.Funds{State: euros(80_000)}, ""); err == nil {
					done.Add(1)
				} else if !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			})
		}
		if all.Wait(); done.Load() != 1 {
			t.Errorf("it took %d declarations", done.Load())
		}
		ended(now, Used)
		if err := r.RenewLink(t.Context(), now); !fault.Is(err, fault.Conflict) {
			t.Errorf("a link right after the last: %v", err)
		}
		r.on(start.AddDays(1))
		if err := r.RenewLink(t.Context(), now); !fault.Is(err, fault.Conflict) {
			t.Errorf("nobody to write to: %v", err)
		}
		if _, err := r.Members.AddAgent(t.Context(), clerk, members.Agent{Member: r.of["Prelom"], Name: "Tine Bor", Email: "tine@prelom.example", Since: start, Answers: true}); err != nil {
			t.Fatal(err)
		}
		if err := r.RenewLink(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		letters, err := r.Mail.Ledger(t.Context(), clerk, "dues/declare/"+string(r.of["Prelom"]))
		if err != nil || len(letters) != 1 || letters[0].To != "tine@prelom.example" {
			t.Fatalf("letters %+v, %v", letters, err)
		}
		for by, reads := range map[*auth.Actor]bool{&clerk: true, {User: "admin", Roles: auth.Administrator}: false} {
			if e, err := r.Mail.Get(t.Context(), *by, letters[0].ID); err != nil || (e.Text != "") != reads {
				t.Errorf("%s reads %q, %v", by.User, e.Text, err)
			}
		}

		if err := r.SetLinkDays(t.Context(), clerk, 10); err != nil {
			t.Fatal(err)
		}
		last := r.token(t, "Prelom")
		r.on(start.AddDays(11))
		ended(last, Valid)
		last = r.token(t, "Prelom")
		r.on(start.AddDays(22))
		ended(last, Expired)
	})
}

// The last day of a link is so many days on, and not beyond the year of the dues.
func TestLastDay(t *testing.T) {
	for _, tt := range []struct{ today, want civil.Date }{
		{civil.On(2026, 3, 1), civil.On(2026, 5, 30)}, {civil.On(2026, 11, 22), civil.On(2026, 12, 31)}, {civil.On(2026, 12, 31), civil.On(2027, 3, 31)}, {civil.On(2027, 1, 5), civil.On(2027, 4, 5)},
	} {
		if got := lastDay(2025, 90, tt.today); got != tt.want {
			t.Errorf("made on %s it opens until %s, want %s", tt.today, got, tt.want)
		}
	}
}

// Reminders that are to be written are on the list of what is to be done, until they
// are written.
func TestRemind_pending(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Benko, Taja", "person Lipar, Oton", "org Prelom")
		r.run(t)
		r.on(due.AddDays(14))
		ask := func(work func() (jobs.ID, error)) {
			t.Helper()
			if _, err := work(); err != nil {
				t.Fatal(err)
			}
			r.drain(t)
		}
		day := due.AddDays(14)
		if err := r.recount(t.Context()); err != nil || strings.Join(r.pending["dues/remind"].Args, " ") != "n 2" || r.pending["dues/remind"].On != day {
			t.Errorf("to be done is %v, %v", r.pending, err)
		}
		ask(func() (jobs.ID, error) { return r.Remind(t.Context(), clerk, day) })
		if due, is := r.pending["dues/remind"]; is {
			t.Errorf("to be done is still %v", due)
		}
	})
}

// Reminders climb the steps, each once; the last tells the board.
func TestRemind(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Benko, Taja", "person Lipar, Oton")
		r.run(t)
		i := r.invoice(t, "2026-00001")
		for _, tt := range []struct {
			late    int
			letters int // about the invoice, the first one among them
		}{{13, 1}, {14, 2}, {14, 2}, {29, 2}, {30, 3}, {61, 4}, {200, 4}} {
			day := due.AddDays(tt.late)
			r.on(day)
			if _, err := r.Remind(t.Context(), clerk, day); err != nil {
				t.Fatal(err)
			}
			r.drain(t)
			if letters, err := r.Mail.Ledger(t.Context(), clerk, Subject(i.ID)); err != nil || len(letters) != tt.letters {
				t.Errorf("after %d days there are %d letters, want %d, %v", tt.late, len(letters), tt.letters, err)
			}
			if tt.late == 14 {
				if _, err := r.Pay(t.Context(), clerk, r.invoice(t, "2026-00002").ID, euros(20), day, ""); err != nil && !fault.Is(err, fault.Conflict) {
					t.Fatal(err)
				}
			}
		}
		if told, err := r.Mail.Ledger(t.Context(), clerk, "dues/reminders"); err != nil || len(told) != 1 || told[0].To != board.Email {
			t.Errorf("the board is told %v, %v", told, err)
		}
		owing, err := r.Owing(t.Context(), board, due.AddDays(1), "", 0)
		if err != nil || len(owing) != 1 || owing[0] != r.of["Benko, Taja"] {
			t.Errorf("owing: %v, %v", owing, err)
		}
		flags, err := r.Flags(t.Context(), board, 2026, due.AddDays(1), owing[0], r.of["Lipar, Oton"])
		if err != nil || flags[owing[0]] != FlagOwes || flags[r.of["Lipar, Oton"]] != FlagPaid {
			t.Errorf("flags: %v, %v", flags, err)
		}
		_, total, err := r.Ageing(t.Context(), clerk, due.AddDays(200))
		if err != nil || total.By[3] != euros(20) {
			t.Errorf("ages: %+v, %v", total, err)
		}
	})
}

// A run that is stopped keeps what it made, and goes on without a gap.
func TestRun_stopped(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		var names []string
		for n := range 130 {
			names = append(names, fmt.Sprintf("person Oseba%03d, Ana", n))
		}
		r.join(t, names...)
		p, err := r.Preview(t.Context(), clerk, 2026, start, due)
		if err != nil {
			t.Fatal(err)
		}
		run, err := r.Start(t.Context(), clerk, 2026, start, due, false, p.Seen)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Start(t.Context(), clerk, 2026, start, due, false, p.Seen); !fault.Is(err, fault.Conflict) {
			t.Errorf("two at once: %v", err)
		}
		if _, _, err := r.billSome(t.Context(), run.ID, seller); err != nil {
			t.Fatal(err)
		}
		if err := r.Stop(t.Context(), clerk, run.ID); err != nil {
			t.Fatal(err)
		}
		r.drain(t)
		if run, _ = r.Run(t.Context(), clerk, run.ID); run.State != Stopped || run.Billed != batch || run.Papers != 0 {
			t.Errorf("stopped: %+v", run)
		}
		if err := r.Resume(t.Context(), clerk, run.ID); err != nil {
			t.Fatal(err)
		}
		r.drain(t)
		if run, _ = r.Run(t.Context(), clerk, run.ID); run.State != Done || run.Billed != 130 || run.Papers != 130 {
			t.Errorf("gone on: %+v", run)
		}
		r.balanced(t)
	})
}

// What is kept about a member is told, moved and erased; the books stay true.
func TestHolder(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Benko, Taja", "person Benko, T.", "person Lipar, Oton")
		r.run(t)
		h, id := r.Holder(), r.of["Benko, Taja"]
		if _, err := r.Pay(t.Context(), clerk, r.invoice(t, "2026-00002").ID, euros(25), start, "od Taje"); err != nil {
			t.Fatal(err)
		}
		err := r.db.Write(t.Context(), func(tx *store.Tx) error {
			if is, err := h.Holds(t.Context(), tx, id); !is || err != nil {
				t.Errorf("holds: %v, %v", is, err)
			}
			if all, err := h.Tell(t.Context(), tx, id); err != nil || len(all.(told).Invoices) != 1 {
				t.Errorf("tells %v, %v", all, err)
			}
			if err := h.Merge(t.Context(), tx, r.of["Benko, T."], id); err != nil {
				return err
			}
			return h.Erase(t.Context(), tx, id)
		})
		if err != nil {
			t.Fatal(err)
		}
		r.balanced(t)
		list, err := r.Invoices(t.Context(), clerk, Query{Member: id})
		if err != nil || len(list) != 2 {
			t.Fatalf("%d invoices, %v", len(list), err)
		}
		for _, i := range list {
			if said := fmt.Sprint(i); strings.Contains(said, "Taja") && i.Payer.Member == id {
				t.Errorf("the invoice still says %s", said)
			}
		}
	})
}

// Whatever is done in whatever order, the books balance.
func TestBooks(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person A, A", "person B, B", "person C, C", "person D, D")
		r.run(t)
		rnd := rand.New(rand.NewPCG(2, 7))
		var payments []string
		for range 120 {
			list, err := r.Invoices(t.Context(), clerk, Query{Limit: 1000})
			if err != nil {
				t.Fatal(err)
			}
			i := list[rnd.IntN(len(list))]
			switch rnd.IntN(8) {
			case 0, 1, 2:
				if i.State != Note {
					p, err := r.Pay(t.Context(), clerk, i.ID, money.Cents(1+rnd.Int64N(30_00)), start, "")
					if err != nil {
						t.Fatal(err)
					}
					payments = append(payments, p.ID)
				}
			case 3:
				if len(payments) > 0 {
					err = r.Unpay(t.Context(), clerk, payments[rnd.IntN(len(payments))], "pomota")
				}
			case 4:
				err = r.WriteOff(t.Context(), clerk, i.ID, "sklep", start)
			case 5:
				err = r.UndoWriteOff(t.Context(), clerk, i.ID, "sklep", start)
			case 6:
				err = r.UseCredit(t.Context(), clerk, i.ID, start)
			case 7:
				if rnd.IntN(4) == 0 {
					if _, err = r.Cancel(t.Context(), clerk, i.ID, "pomota", start); err == nil {
						r.run(t)
					}
				}
			}
			if err != nil && fault.Of(err) == nil {
				t.Fatal(err)
			}
		}
		r.balanced(t)
	})
}

// Elsewhere the code is that of the EPC, and the reference of ISO 11649.
func TestInvoice_Compose(t *testing.T) {
	words, err := i18n.Load(Words())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		iban            payslip.IBAN
		reference, code string
	}{
		{"SI56051008010486080", "SI12", "UPNQR\n"}, {"HR1210010051863000160", "RF", "BCD\n002\n"},
	} {
		s := seller
		s.IBAN = tt.iban
		ref, err := reference(s.Domestic(), 2026, 14)
		if err != nil || !strings.HasPrefix(string(ref), tt.reference) {
			t.Errorf("the reference is %s, %v", ref, err)
		}
		i := Invoice{Number: "2026-00014", Year: 2026, Seller: s, Payer: Payer{Name: "Žiga Škof", Lang: "sl"}, Issued: start, Due: due, Total: euros(20), Open: euros(20), Reference: ref, Lines: []Line{{Year: 2026, Amount: euros(20)}}}
		code, form, err := i.code(words.In("sl"))
		if err != nil || !strings.HasPrefix(string(code.Content), tt.code) || (form != nil) != s.Domestic() {
			t.Errorf("the code says %q, %v", code.Content, err)
		}
		for _, lang := range i18n.Spoken() {
			if err := i.Compose(words.In(lang)).Check(); err != nil {
				t.Error(err)
			}
		}
	}
}

// Keeps a paper for people to look at: ASOCIACIJA_LOOK=dir go test -run Look
func TestLook(t *testing.T) {
	dir := os.Getenv("ASOCIACIJA_LOOK")
	if dir == "" {
		t.Skip("ASOCIACIJA_LOOK names no folder")
	}
	r := open(t, storetest.SQLite(t, steps...))
	r.join(t, "person Benko, Taja")
	r.run(t)
	_, pdf, err := r.Paper(t.Context(), clerk, r.invoice(t, "2026-00001").ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(dir+"/invoice.pdf", pdf, 0o600); err != nil {
		t.Fatal(err)
	}
}
