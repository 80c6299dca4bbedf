package bank

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/engine/statement"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/dues"
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
	start = civil.On(2026, 3, 2)
	due   = civil.On(2026, 3, 31)
	steps = []store.Steps{audit.Steps(), jobs.Steps(), mail.Steps(), search.Steps(), members.Steps(), dues.Steps(), Steps()}
)

// A room is the bank on the dues of a house whose persons owe 20 euros a year.
type room struct {
	*Desk
	members *members.Desk
	jobs    *jobs.Desk
	of      map[string]members.ID
	pending map[string]pending.Due
}

func open(t testing.TB, db *store.DB) *room {
	t.Helper()
	words, err := i18n.Load(dues.Words())
	if err != nil {
		t.Fatal(err)
	}
	disk, err := blob.NewDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	db.At(func() time.Time { return start.Start(time.UTC).Add(12 * time.Hour) })
	r := &room{members: members.New(db), jobs: jobs.New(db, nil), of: map[string]members.ID{}, pending: map[string]pending.Due{}}
	post, err := mail.New(db, r.jobs, mail.SMTP{})
	if err != nil {
		t.Fatal(err)
	}
	seller := dues.Seller{Name: "Mreža", Street: "Tesarska 9", Place: "1000 Ljubljana", IBAN: "SI56051008010486080", Purpose: "OTHR", Currency: money.Euro}
	desk := dues.New(db, dues.House{Name: "Mreža", URL: "https://mnk.example", Zone: time.UTC, In: words.In, Seller: func(context.Context) dues.Seller { return seller }},
		dues.Others{Members: r.members, Jobs: r.jobs, Mail: post, Files: disk})
	if _, err := desk.AddRule(t.Context(), clerk, fees.Rule{Year: 2020, Way: fees.Flat, Flat: money.Cents(20_00), Basis: "skupščina"}); err != nil {
		t.Fatal(err)
	}
	r.Desk = New(db, desk, pending.Into(r.pending), time.UTC)
	return r
}

func each(t *testing.T, f func(t *testing.T, r *room)) {
	storetest.Each(t, func(t *testing.T, db *store.DB) { f(t, open(t, db)) }, steps...)
}

// join adds members: "person Benko, Taja".
func (r *room) join(t testing.TB, names ...string) {
	t.Helper()
	for _, n := range names {
		_, name, _ := strings.Cut(n, " ")
		email := strings.ToLower(regexp.MustCompile(`[^A-Za-z0-9]+`).ReplaceAllString(name, ".")) + "@member.example"
		m, err := r.members.Add(t.Context(), clerk, members.Member{Kind: members.Person, Name: name, Email: email, Standing: members.Active, Term: civil.Span{From: civil.On(2010, 1, 1)}})
		if err != nil {
			t.Fatal(err)
		}
		r.of[name] = m.ID
	}
}

// run makes the invoices of 2026.
func (r *room) run(t testing.TB) {
	t.Helper()
	p, err := r.dues.Preview(t.Context(), clerk, 2026, start, due)
	if err == nil {
		_, err = r.dues.Start(t.Context(), clerk, 2026, start, due, false, p.Seen)
	}
	if err == nil {
		err = r.jobs.Drain(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
}

// nth is the number of an invoice of 2026.
func nth(n int) string { return fmt.Sprintf("2026-%05d", n) }

func (r *room) invoice(t testing.TB, number string) dues.Invoice {
	t.Helper()
	list, err := r.dues.Invoices(t.Context(), clerk, dues.Query{Text: number})
	if err != nil || len(list) != 1 {
		t.Fatalf("%s: %d invoices, %v", number, len(list), err)
	}
	return list[0]
}

// told are the invoices, oldest first: number, payer, total, open, state.
func (r *room) told(t testing.TB) string {
	t.Helper()
	list, err := r.dues.Invoices(t.Context(), clerk, dues.Query{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, i := range slices.Backward(list) {
		fmt.Fprintf(&b, "%s %s %s open %s %s\n", i.Number, i.Payer.Name, i.Total.Plain(), i.Open.Plain(), i.State)
	}
	return b.String()
}

// balanced: what is open is the sum of the rows, and each entry that is booked has one
// payment that stands.
func (r *room) balanced(t testing.TB) {
	t.Helper()
	rows, err := r.dues.Ledger(t.Context(), clerk, dues.Period{Limit: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	open, paid := map[dues.InvoiceID]money.Amount{}, map[string]money.Amount{}
	for _, row := range rows {
		open[row.Invoice] = open[row.Invoice].Plus(row.Amount)
		if row.Payment != "" {
			paid[row.Payment] = paid[row.Payment].Minus(row.Amount)
		}
	}
	list, err := r.dues.Invoices(t.Context(), clerk, dues.Query{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range list {
		if i.Open.Minor() != open[i.ID].Minor() || i.Open.Negative() {
			t.Errorf("%s is open %s, its rows come to %s", i.Number, i.Open, open[i.ID])
		}
	}
	entries, err := r.Entries(t.Context(), clerk, EntryQuery{Limit: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if (e.Match == Booked) != (e.Payment != "") || e.Match == Booked && paid[e.Payment] != e.Amount {
			t.Errorf("%s of %s is %s, its payment comes to %s", e.Name, e.Amount, e.Match, paid[e.Payment])
		}
	}
}

// camt is a statement with the entries: amount, name, reference, bank's number.
func camt(entries ...[4]string) []byte {
	var b strings.Builder
	b.WriteString(`<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>SI56051008010486080</IBAN></Id><Ccy>EUR</Ccy></Acct>`)
	for _, e := range entries {
		fmt.Fprintf(&b, `<Ntry><Amt Ccy="EUR">%s</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt><AcctSvcrRef>%s</AcctSvcrRef><NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>%s</Nm></Pty></Dbtr></RltdPties><RmtInf><Strd><CdtrRefInf><Ref>%s</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>`, e[0], e[3], e[1], e[2])
	}
	return []byte(b.String() + `</Stmt></BkToCstmrStmt></Document>`)
}

// A statement is matched by reference, then by amount and payer; nothing is booked
// before a person says so, nothing twice, and all can be undone.
func TestStatement(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Benko, Taja", "person Lipar, Oton", "person Arh, Vid")
		r.run(t)
		first := r.invoice(t, "2026-00001")
		file := camt([4]string{"20.00", "kdorkoli", first.Reference.String(), "A1"}, [4]string{"20.00", "LIPAR OTON", "", "A2"}, [4]string{"7.00", "Neznan", "", "A3"}, [4]string{"x", "Kaj", "", "A4"})
		s, err := r.Upload(t.Context(), clerk, "izpisek.xml", file)
		if err != nil || s.New != 3 || len(s.Problems) != 1 {
			t.Fatalf("taken in: %+v, %v", s, err)
		}
		matches := func() string { return r.matches(t, s) }
		if want := "kdorkoli reference 2026-00001; LIPAR OTON suggested 2026-00003; Neznan unknown ; "; matches() != want {
			t.Errorf("matches %s", matches())
		}
		if strings.Contains(r.told(t), " paid") {
			t.Error("something is booked already")
		}
		again, err := r.Upload(t.Context(), clerk, "izpisek.xml", file)
		if !fault.Is(err, fault.Conflict) || again.ID != s.ID {
			t.Errorf("the same file twice: %v", err)
		}
		more, err := r.Upload(t.Context(), clerk, "oba.xml", camt([4]string{"20.00", "kdorkoli", first.Reference.String(), "A1"}, [4]string{"3.00", "Nov", "", "A9"}))
		if err != nil || more.New != 1 || more.Known != 1 {
			t.Errorf("an entry in two files: %+v, %v", more, err)
		}
		if n, err := r.BookAll(t.Context(), clerk, s.ID); n != 1 || err != nil {
			t.Errorf("booked %d, %v", n, err)
		}
		list, _ := r.Entries(t.Context(), clerk, EntryQuery{Statement: s.ID})
		if err := r.BookEntry(t.Context(), clerk, list[1].ID, ""); err != nil {
			t.Error(err)
		}
		if err := r.BookEntry(t.Context(), clerk, list[1].ID, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("booked twice: %v", err)
		}
		if err := r.BookEntry(t.Context(), clerk, list[2].ID, ""); !fault.Is(err, fault.Conflict) {
			t.Errorf("booked on nothing: %v", err)
		}
		third := r.invoice(t, "2026-00002")
		if err := r.BookEntry(t.Context(), clerk, list[2].ID, third.ID); err != nil {
			t.Error(err)
		}
		if want := "2026-00001 Vid Arh 20.00 open 0.00 paid\n2026-00002 Taja Benko 20.00 open 13.00 open\n2026-00003 Oton Lipar 20.00 open 0.00 paid\n"; r.told(t) != want {
			t.Errorf("invoices\n%swant\n%s", r.told(t), want)
		}
		list, _ = r.Entries(t.Context(), clerk, EntryQuery{Statement: s.ID})
		for _, e := range list {
			if err := r.dues.Unpay(t.Context(), clerk, e.Payment, "pomota"); err != nil {
				t.Error(err)
			}
		}
		if want := "kdorkoli reference 2026-00001; LIPAR OTON suggested 2026-00003; Neznan suggested 2026-00002; "; matches() != want {
			t.Errorf("undone, matches %s", matches())
		}
		if err := r.Ignore(t.Context(), clerk, list[2].ID); err != nil {
			t.Error(err)
		}
		if err := r.Heed(t.Context(), clerk, list[2].ID); err != nil {
			t.Error(err)
		}
		r.balanced(t)
	})
}

// Of many who book the same entry at once, one does.
func TestBookEntry_once(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Benko, Taja")
		r.run(t)
		s, err := r.Upload(t.Context(), clerk, "a.xml", camt([4]string{"20.00", "Benko Taja", r.invoice(t, "2026-00001").Reference.String(), "A1"}))
		if err != nil {
			t.Fatal(err)
		}
		list, err := r.Entries(t.Context(), clerk, EntryQuery{Statement: s.ID})
		if err != nil {
			t.Fatal(err)
		}
		var done atomic.Int32
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				if err := r.BookEntry(t.Context(), clerk, list[0].ID, ""); err == nil {
					done.Add(1)
				} else if !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if done.Load() != 1 || r.invoice(t, "2026-00001").State != dues.Paid {
			t.Errorf("%d have booked it, %s", done.Load(), r.told(t))
		}
		r.balanced(t)
	})
}

// Entries that a person must look at are on the list of what is to be done, until they
// are booked or no dues, and again when a payment is taken back.
func TestEntries_pending(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Benko, Taja")
		r.run(t)
		is := func(want string) {
			t.Helper()
			if got := strings.Join(r.pending["bank/waiting"].Args, " "); got != want {
				t.Errorf("to be done is %q, want %q", got, want)
			}
		}
		s, err := r.Upload(t.Context(), clerk, "a.xml", camt([4]string{"20.00", "Benko Taja", r.invoice(t, "2026-00001").Reference.String(), "A1"}, [4]string{"3.00", "Neznanec", "", "A2"}))
		if err != nil {
			t.Fatal(err)
		}
		is("n 2")
		if _, err := r.BookAll(t.Context(), clerk, s.ID); err != nil {
			t.Fatal(err)
		}
		is("n 1")
		list, err := r.Entries(t.Context(), clerk, EntryQuery{Statement: s.ID, Matches: []Match{Unknown, Suggested}})
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		if err := r.Ignore(t.Context(), clerk, list[0].ID); err != nil {
			t.Fatal(err)
		}
		is("")
	})
}

// A CSV file whose columns we do not know waits until a person says what they are.
func TestStatement_sheet(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		raw := []byte("kdaj;koliko;kdo\n2. 3. 2026;20,00;\x8eagar\n")
		s, err := r.Upload(t.Context(), clerk, "banka.csv", raw)
		if err != nil || s.Sheet == "" {
			t.Fatalf("%+v, %v", s, err)
		}
		_, sheet, err := r.Sheet(t.Context(), clerk, s.ID)
		if err != nil || sheet.Rows[0][2] != "Žagar" {
			t.Errorf("the sheet is %v, %v", sheet, err)
		}
		if _, err := r.MapColumns(t.Context(), clerk, s.ID, []statement.Column{statement.Day, "", ""}); fault.Of(err) == nil {
			t.Errorf("without an amount: %v", err)
		}
		if s, err = r.MapColumns(t.Context(), clerk, s.ID, []statement.Column{statement.Day, statement.Amount, statement.Name}); err != nil || s.New != 1 {
			t.Errorf("mapped: %+v, %v", s, err)
		}
		for _, bad := range []string{"", "<html/>", "<!DOCTYPE x><Document/>", "ena beseda"} {
			if _, err := r.Upload(t.Context(), clerk, "x", []byte(bad)); fault.Of(err) == nil || fault.Of(err).Field != "file" {
				t.Errorf("%q: %v", bad, err)
			}
		}
	})
}

// matches are the entries of a statement in short.
func (r *room) matches(t *testing.T, s Statement) string {
	t.Helper()
	list, err := r.Entries(t.Context(), clerk, EntryQuery{Statement: s.ID})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range list {
		fmt.Fprintf(&b, "%s %s %s; ", e.Name, e.Match, e.Number)
	}
	return b.String()
}

// Payers put our reference where they like: behind SI99 in the purpose, in small
// letters with spaces, or the number of the invoice behind SI00.
func TestStatement_references(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person A, A", "person B, B", "person C, C", "person D, D")
		r.run(t)
		ours := string(r.invoice(t, nth(1)).Reference)
		in := func(field, purpose string) string {
			return "20.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><BookgDt><Dt>2026-03-02</Dt></BookgDt><NtryDtls><TxDtls><RmtInf><Ustrd>" + purpose + "</Ustrd><Strd><CdtrRefInf><Ref>" + field + "</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls></Ntry>"
		}
		for _, tt := range [][3]string{
			{"SI99", "članarina " + ours, "reference"}, {"SI00123", "clanarina " + strings.ToLower(ours[:4]) + " " + ours[4:9] + " " + ours[9:], "reference"},
			{"SI00" + nth(1), "", "suggested"}, {"SI00 " + nth(1), "", "suggested"}, {"", "sklic si00" + nth(1), "suggested"}, {"", "račun št. " + nth(1), "suggested"},
		} {
			raw := string(camt()) // with one entry of ours
			raw = strings.Replace(raw, "</Stmt>", `<Ntry><Amt Ccy="EUR">`+in(tt[0], tt[1])+"</Stmt>", 1)
			s, err := r.Upload(t.Context(), clerk, "a.xml", []byte(raw))
			if err != nil {
				t.Fatal(err)
			}
			if got, want := r.matches(t, s), " "+tt[2]+" "+nth(1)+"; "; got != want {
				t.Errorf("%q %q: %s", tt[0], tt[1], got)
			}
		}
	})
}

// One payment twice in a file is booked once by itself; of the second a person decides.
// What stands in another file, with another name or day of the bank, is the same.
func TestStatement_twice(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person A, A", "person B, B")
		r.run(t)
		ref := string(r.invoice(t, nth(1)).Reference)
		s, err := r.Upload(t.Context(), clerk, "a.xml", camt([4]string{"20.00", "prvi", ref, "X1"}, [4]string{"20.00", "drugi", ref, "X2"}))
		if err != nil {
			t.Fatal(err)
		}
		n, err := r.BookAll(t.Context(), clerk, s.ID)
		if want := fmt.Sprintf("prvi booked %s; drugi suggested %[1]s; ", nth(1)); err != nil || n != 1 || r.matches(t, s) != want {
			t.Errorf("booked %d, %v: %s", n, err, r.matches(t, s))
		}
		if s, err = r.Upload(t.Context(), clerk, "b.xml", camt([4]string{"20.00", "prvi popravljen", "", "X1"})); err != nil || s.New != 0 || s.Known != 1 {
			t.Errorf("a corrected statement: %+v, %v", s, err)
		}
		r.balanced(t)
	})
}

// Names of files are what browsers send.
func TestUpload_names(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for i, name := range []string{strings.Repeat("a", 199) + "č.xml", "\xff\xfe.xml", "a\x00b", "", "../../etc/passwd"} {
			if _, err := r.Upload(t.Context(), clerk, name, camt([4]string{fmt.Sprintf("%d.00", i+1), "x", "", ""})); err != nil {
				t.Errorf("%q: %v", name, err)
			}
		}
	})
}

// Of a file with statements of several accounts ours is read, and the others are told.
// Money in another currency, and what goes back, are told too.
func TestUpload_others(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person A, A")
		r.run(t)
		ours := string(camt([4]string{"20.00", "a", "", "1"}))
		stmt := ours[strings.Index(ours, "<Stmt>"):strings.Index(ours, "</BkToCstmrStmt>")]
		other := strings.Replace(stmt, "SI56051008010486080", "SI56020170014356205", 1)
		both := strings.Replace(ours, stmt, other+stmt, 1)
		s, err := r.Upload(t.Context(), clerk, "a.xml", []byte(both))
		if err != nil || s.New != 1 || len(s.Problems) != 1 || s.Account != "SI56051008010486080" {
			t.Errorf("two accounts: %+v, %v", s, err)
		}
		if _, err := r.Upload(t.Context(), clerk, "b.xml", []byte(strings.Replace(ours, stmt, other, 1))); !fault.Is(err, fault.Invalid) {
			t.Errorf("another account: %v", err)
		}
		national := strings.Replace(ours, "<IBAN>SI56051008010486080</IBAN>", "<Othr><Id>05100-8010486080</Id></Othr>", 1)
		if s, err := r.Upload(t.Context(), clerk, "c.xml", []byte(national)); err != nil || s.Known != 1 {
			t.Errorf("the account as it is written at home: %+v, %v", s, err)
		}
		dollars := strings.Replace(strings.Replace(ours, `Ccy="EUR"`, `Ccy="USD"`, 1), "<AcctSvcrRef>1<", "<AcctSvcrRef>2<", 1)
		if s, err := r.Upload(t.Context(), clerk, "d.xml", []byte(dollars)); err != nil || s.New != 0 || len(s.Problems) != 1 {
			t.Errorf("dollars: %+v, %v", s, err)
		}
	})
}

// An entry that cannot be booked, for its day is still to come, does not hold up the rest.
func TestBookAll_goesOn(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person A, A", "person B, B")
		r.run(t)
		raw := string(camt([4]string{"20.00", "a", string(r.invoice(t, nth(1)).Reference), "1"}, [4]string{"20.00", "b", string(r.invoice(t, nth(2)).Reference), "2"}))
		s, err := r.Upload(t.Context(), clerk, "a.xml", []byte(strings.Replace(raw, "2026-03-02", "2026-03-20", 1)))
		if err != nil {
			t.Fatal(err)
		}
		if n, err := r.BookAll(t.Context(), clerk, s.ID); err != nil || n != 1 {
			t.Errorf("booked %d, %v: %s", n, err, r.matches(t, s))
		}
		r.balanced(t)
	})
}

// Amount and payer make a suggestion only where they point to one.
func TestSuggest(t *testing.T) {
	open := []dues.Invoice{
		{ID: "1", Payer: dues.Payer{ID: "a", Name: "Zavod Prelom"}}, {ID: "2", Payer: dues.Payer{ID: "b", Name: "Taja Benko"}, Lines: []dues.Line{{Name: "Benko, Taja"}}},
		{ID: "3", Payer: dues.Payer{ID: "c", Name: "Občina Koper"}, Lines: []dues.Line{{Name: "Galerija Prag"}}}, {ID: "4", Payer: dues.Payer{ID: "a", Name: "Zavod Prelom"}, Due: civil.On(2026, 1, 1)},
	}
	for _, tt := range []struct {
		name  string
		cents int64
		known dues.PayerID
		list  []dues.Invoice
		want  dues.InvoiceID
		why   Hint
	}{
		{"BENKO TAJA", 20_00, "", open, "2", ByName}, {"galerija prag", 20_00, "", open, "3", ByName}, {"neznan", 20_00, "", open, "", ""},
		{"neznan", 20_00, "c", open, "3", ByAccount}, {"neznan", 20_00, "", open[:1], "", ""}, {"", 20_00, "", nil, "", ""},
	} {
		got, why, _ := suggest(statement.Entry{Name: tt.name, Amount: money.Cents(tt.cents)}, tt.list, tt.known)
		if got.ID != tt.want || why != tt.why {
			t.Errorf("%q: invoice %q by %q, want %q by %q", tt.name, got.ID, why, tt.want, tt.why)
		}
	}
	// Two of one payer: the one due first.
	if got, _, _ := suggest(statement.Entry{Name: "Prelom zavod"}, open, ""); got.Payer.ID != "a" {
		t.Errorf("it is of %v", got.Payer)
	}
}

// Of an erased member no statement says the name; the sums stay.
func TestErase(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person Benko, Taja")
		r.run(t)
		s, err := r.Upload(t.Context(), clerk, "a.xml", camt([4]string{"20.00", "Benko Taja", string(r.invoice(t, nth(1)).Reference), "A1"}))
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range []members.Holder{r.dues.Holder(), r.Holder()} {
			if err := r.db.Write(t.Context(), func(tx *store.Tx) error { return h.Erase(t.Context(), tx, r.of["Benko, Taja"]) }); err != nil {
				t.Fatal(err)
			}
		}
		list, err := r.Entries(t.Context(), clerk, EntryQuery{Statement: s.ID})
		if err != nil || len(list) != 1 || list[0].Name != store.Erased || list[0].Amount != money.Cents(20_00) {
			t.Errorf("the entry is %+v, %v", list, err)
		}
	})
}

// A house whose statements were taken in before the bank had a room of its own has
// them still.
func TestSteps(t *testing.T) {
	before := []store.Steps{audit.Steps(), jobs.Steps(), mail.Steps(), search.Steps(), members.Steps(), dues.Steps()}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			for _, s := range []string{
				`INSERT INTO dues_statements (id, hash, name, account, day_from, day_to, made, by_name, fresh, known, gone_out, problems, sheet, heads) VALUES ('s', 'h', 'a.xml', '', '', '', '2026-03-02T10:00:00.000000Z', 'Neža', 1, 0, 0, '[]', '', 'null')`,
				`INSERT INTO dues_entries (id, known_by, statement, line, day, amount, currency, name, iban, reference, purpose, matched, invoice, why, payment) VALUES ('e', 'k', 's', 1, '2026-03-02', 2000, 'EUR', 'Taja', '', '', '', 'unknown', '', '', '')`,
			} {
				if _, err := tx.ExecContext(t.Context(), s); err != nil {
					return err
				}
			}
			return nil
		})
		if err == nil {
			err = db.Migrate(t.Context(), steps...)
		}
		if err != nil {
			t.Fatal(err)
		}
		r := open(t, db)
		st, err := r.Statement(t.Context(), clerk, "s")
		list, err2 := r.Entries(t.Context(), clerk, EntryQuery{Statement: "s"})
		if err != nil || err2 != nil || st.Name != "a.xml" || st.Waiting != 1 || len(list) != 1 || list[0].Amount != money.Cents(20_00) {
			t.Errorf("%+v with %+v, %v, %v", st, list, err, err2)
		}
	}, before...)
}

// The picker finds an invoice by number, name or amount, a page at a time, and begins
// with those that bear the name of who paid.
func TestCandidates(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		var names []string
		for i := range 30 {
			names = append(names, fmt.Sprintf("person Oseba%02d, Žiga", i+1))
		}
		r.join(t, append(names, "person Benko, Taja")...)
		r.run(t)
		benko := r.invoice(t, nth(1))
		s, err := r.Upload(t.Context(), clerk, "a.xml", camt([4]string{"20.00", "TAJA B.", "", "1"}, [4]string{"20.00", "Neznan", "", "2"}, [4]string{"7.00", "Neznan", "", "3"}))
		if err != nil {
			t.Fatal(err)
		}
		list, err := r.Entries(t.Context(), clerk, EntryQuery{Statement: s.ID})
		if err != nil {
			t.Fatal(err)
		}
		if err := r.dues.WriteOff(t.Context(), clerk, r.invoice(t, nth(2)).ID, "sklep", start); err != nil {
			t.Fatal(err)
		}
		if _, err := r.dues.Cancel(t.Context(), clerk, r.invoice(t, nth(3)).ID, "pomota", start); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			name  string
			entry int
			s     Search
			want  int
			first string
		}{
			{"of the payer", 0, Search{}, 1, benko.Number}, {"with the amount", 1, Search{}, PageOf, nth(31)}, {"the next page", 1, Search{Text: "oseba", Before: nth(8)}, 4, nth(7)},
			{"nothing with the amount", 2, Search{}, 0, ""}, {"by number", 2, Search{Text: nth(9)}, 1, nth(9)}, {"by reference", 2, Search{Text: string(benko.Reference)[4:]}, 1, benko.Number},
			{"by name", 2, Search{Text: "taj ben"}, 1, benko.Number}, {"by amount", 2, Search{Amount: money.Cents(20_00), Text: "oseba0"}, 7, nth(10)}, {"by another", 2, Search{Amount: money.Cents(20_01)}, 0, ""},
			{"not open", 2, Search{Text: nth(2)}, 0, ""}, {"not open, but asked for", 2, Search{Text: nth(2), All: true}, 1, nth(2)}, {"cancelled", 2, Search{Text: nth(3), All: true}, 0, ""},
		} {
			found, err := r.Candidates(t.Context(), clerk, list[tt.entry].ID, tt.s)
			if err != nil || len(found) != tt.want || len(found) > 0 && found[0].Number != tt.first {
				t.Errorf("%s: %d, %v; want %d from %s: %+v", tt.name, len(found), err, tt.want, tt.first, found[:min(1, len(found))])
			}
		}
	})
}

// The same payment in another kind of file, by which the bank does not say that it is
// the same, is booked by nobody but a person. What cannot be read says why.
func TestUpload_twin(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person A, A", "person B, B")
		r.run(t)
		ref := string(r.invoice(t, nth(1)).Reference)
		if _, err := r.Upload(t.Context(), clerk, "a.xml", camt([4]string{"5.00", "A A", ref, "X1"}, [4]string{"5.00", "A A", ref, "X2"})); err != nil {
			t.Fatal(err)
		}
		s, err := r.Upload(t.Context(), clerk, "a.csv", []byte("datum;znesek;naziv;sklic\n2. 3. 2026;5,00;A A;"+ref+"\n3. 3. 2026;5,00;A A;"+ref+"\n"))
		if want := fmt.Sprintf("A A suggested %s; A A reference %[1]s; ", nth(1)); err != nil || r.matches(t, s) != want {
			t.Errorf("%s, %v; want %s", r.matches(t, s), err, want)
		}
		for head, key := range map[string]string{"PK\x03\x04xlsx": "dues.statement.packed", "\x1f\x8bgz": "dues.statement.packed", "%PDF-1.7": "dues.statement.pdf", "{}": "dues.statement.format"} {
			if _, err := r.Upload(t.Context(), clerk, "x", []byte(head)); fault.Of(err) == nil || fault.Of(err).Key != key {
				t.Errorf("%q: %v", head, err)
			}
		}
	})
}

// The same part of an invoice in camt and in CSV is booked once without a person, also
// where the two write the name and the reference otherwise.
func TestUpload_twinSaidOtherwise(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person A, A")
		r.run(t)
		ref := r.invoice(t, nth(1)).Reference
		one, err := r.Upload(t.Context(), clerk, "a.xml", camt([4]string{"10.00", "Čačič Žan", string(ref), "X1"}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.BookAll(t.Context(), clerk, one.ID); err != nil {
			t.Fatal(err)
		}
		two, err := r.Upload(t.Context(), clerk, "a.csv", []byte("datum;znesek;naziv;namen\n2. 3. 2026;10,00;CACIC ZAN;članarina "+ref.String()+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.BookAll(t.Context(), clerk, two.ID); err != nil {
			t.Fatal(err)
		}
		if i := r.invoice(t, nth(1)); i.Open != money.Cents(10_00) {
			t.Errorf("open are %s", i.Open)
		}
	})
}

// What a person took back is not booked again by machine: they may have seen that the
// payer wrote the reference of another's invoice.
func TestBookAll_takenBack(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person A, A", "person B, B")
		r.run(t)
		wrong, right := r.invoice(t, nth(1)), r.invoice(t, nth(2))
		s, err := r.Upload(t.Context(), clerk, "a.xml", camt([4]string{"20.00", "B B", string(wrong.Reference), "X1"}))
		if err != nil {
			t.Fatal(err)
		}
		if n, err := r.BookAll(t.Context(), clerk, s.ID); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		list, err := r.Entries(t.Context(), clerk, EntryQuery{Statement: s.ID})
		if err != nil || len(list) != 1 {
			t.Fatal(list, err)
		}
		if err := r.dues.Unpay(t.Context(), clerk, list[0].Payment, "napačen sklic"); err != nil {
			t.Fatal(err)
		}
		if n, err := r.BookAll(t.Context(), clerk, s.ID); n != 0 || err != nil {
			t.Errorf("booked again: %d, %v", n, err)
		}
		if err := r.BookEntry(t.Context(), clerk, list[0].ID, right.ID); err != nil {
			t.Fatal(err)
		}
		if r.invoice(t, nth(1)).State != dues.Open || r.invoice(t, nth(2)).State != dues.Paid {
			t.Errorf("\n%s", r.told(t))
		}
		r.balanced(t)
	})
}

// A statement that does not say of which account it is, is read, and says so.
func TestUpload_noAccount(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		r.join(t, "person A, A")
		r.run(t)
		raw := string(camt([4]string{"20.00", "a", "", "1"}))
		at, end := strings.Index(raw, "<Acct>"), strings.Index(raw, "</Acct>")+len("</Acct>")
		s, err := r.Upload(t.Context(), clerk, "a.xml", []byte(raw[:at]+raw[end:]))
		if err != nil || s.New != 1 || len(s.Problems) != 1 || s.Problems[0].Kind != statement.NoAccount {
			t.Errorf("%+v, %v", s, err)
		}
	})
}
