package dues

import (
	"fmt"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// nth is the number of an invoice of 2026.
func nth(n int) string { return number(2026, n) }

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
