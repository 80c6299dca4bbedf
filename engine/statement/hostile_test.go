package statement

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/asociacija/asociacija/engine/money"
)

// entries is a camt.053 of one statement with the entries.
func entries(list ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>SI56051008010486080</IBAN></Id><Ccy>EUR</Ccy></Acct>` +
		strings.Join(list, "") + `</Stmt></BkToCstmrStmt></Document>`
}

// entry is a booked credit with what else it says.
func entry(amount, more string) string {
	return `<Ntry><Amt Ccy="EUR">` + amount + `</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-11-17</Dt></BookgDt>` + more + `</Ntry>`
}

func one(t *testing.T, raw []byte) Statement {
	t.Helper()
	list, err := ReadCAMT(raw)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d statements, %v", len(list), err)
	}
	return list[0]
}

// A file is read in the letters that it has, whatever it says that they are.
func TestReadCAMT_wrongLetters(t *testing.T) {
	text := entries(entry("20.00", `<AddtlNtryInf>Članarina Žiga Šega</AddtlNtryInf>`))
	latin, _ := charmap.ISO8859_2.NewEncoder().String(text)
	windows, _ := charmap.Windows1250.NewEncoder().String(text)
	little, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.Replace(text, "UTF-8", "UTF-16", 1))
	big, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	for name, raw := range map[string]string{
		"mark": "\xef\xbb\xbf" + text, "latin 2 that says UTF-8": latin, "windows that says UTF-8": windows, "UTF-16": little, "UTF-16 that says UTF-8": big,
		"UTF-8 that says latin 2": strings.Replace(text, "UTF-8", "ISO-8859-2", 1),
		"lines before":            "\r\n" + strings.TrimPrefix(text, `<?xml version="1.0" encoding="UTF-8"?>`),
	} {
		if !IsXML([]byte(raw)) {
			t.Errorf("%s: it is not seen to be XML", name)
		}
		list, err := ReadCAMT([]byte(raw))
		if err != nil || len(list[0].Entries) != 1 || list[0].Entries[0].Purpose != "Članarina Žiga Šega" || len(list[0].Problems) > 0 {
			t.Errorf("%s: %v, %v", name, list, err)
		}
	}
}

// Amounts have up to five decimals, as the schema allows; nothing below a cent is lost.
func TestReadCAMT_amounts(t *testing.T) {
	for text, want := range map[string]string{
		"20": "20.00", "20.5": "20.50", "20.50000": "20.50", "20.000": "20.00", " +20.10 ": "20.10", ".5": "0.50", "007": "7.00",
		"20.001": "", "1,000.00": "", "€20": "", "1 000": "", "1'000": "", "1e3": "", "-5": "", "": "", ".": "", "99999999999999999999": "",
	} {
		s := one(t, []byte(entries(entry(text, ""))))
		got := ""
		if len(s.Entries) == 1 {
			got = s.Entries[0].Amount.Plain()
		}
		if got != want || (want == "") != (len(s.Problems) == 1) {
			t.Errorf("%q is read %q with %v", text, got, s.Problems)
		}
	}
}

// A reference is taken from whichever part has one, and money that comes back is said
// to come back.
func TestReadCAMT_parts(t *testing.T) {
	s := one(t, []byte(entries(
		entry("20.00", `<NtryDtls><TxDtls><RmtInf><Strd><RfrdDocInf><Nb>1</Nb></RfrdDocInf></Strd><Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls>`),
		entry("30.00", `<RvslInd>true</RvslInd>`),
		strings.Replace(entry("40.00", `<RvslInd>1</RvslInd>`), "CRDT", "DBIT", 1),
		entry("8.00", `<NtryDtls><TxDtls><CdtDbtInd>CRDT</CdtDbtInd><Amt Ccy="EUR">10.00</Amt></TxDtls><TxDtls><Amt Ccy="EUR">2.000</Amt><CdtDbtInd>DBIT</CdtDbtInd></TxDtls></NtryDtls>`),
	)))
	if e := s.Entries[0]; e.Reference != "RF18539007547034" {
		t.Errorf("the reference is %q", e.Reference)
	}
	var got []string
	for _, e := range s.Entries {
		got = append(got, e.Amount.Plain()+fmt.Sprintf(" %t", e.Reversal))
	}
	if len(s.Problems) != 2 || s.Problems[0].Kind != Reversed {
		t.Errorf("of money that comes back it says %v", s.Problems)
	}
	if want := "[20.00 false 30.00 true -40.00 true 10.00 false -2.00 false]"; fmt.Sprint(got) != want {
		t.Errorf("read %v, want %v", got, want)
	}
}

// An entry that is told again, with more words, is the same; two payments that bear
// one number of the line, in two statements of a day, are two.
func TestReadCAMT_keys(t *testing.T) {
	key := func(more string) string { return one(t, []byte(entries(entry("20.00", more)))).Entries[0].Key }
	with := func(id, name, reference string) string {
		return id + `<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>` + name + `</Nm></Dbtr></RltdPties><RmtInf><Strd><CdtrRefInf><Ref>` + reference + `</Ref></CdtrRefInf></Strd></RmtInf></TxDtls></NtryDtls>`
	}
	const bank, line = `<AcctSvcrRef>20261117-88</AcctSvcrRef>`, `<NtryRef>1</NtryRef>`
	if key(with(bank, "Benko", "")) != key(with(bank, "Benko Taja", "RF18539007547034")) {
		t.Error("a corrected entry counts twice")
	}
	if key(with(line, "Benko", "")) == key(with(line, "Lipar", "")) {
		t.Error("two payments count as one")
	}
	whole := entries(entry("20.00", with(bank, "Benko", "")))
	stmt := whole[strings.Index(whole, "<Stmt>"):strings.Index(whole, "</BkToCstmrStmt>")]
	list, err := ReadCAMT([]byte(strings.Replace(whole, stmt, stmt+stmt, 1)))
	if err != nil || len(list) != 2 || list[0].Entries[0].Key != list[1].Entries[0].Key {
		t.Errorf("a statement that stands twice in a file: %v, %v", list, err)
	}
}

// Prefixes and what is around the document do not matter.
func TestReadCAMT_around(t *testing.T) {
	text := entries(entry("20.00", ""))
	text = strings.TrimPrefix(text, `<?xml version="1.0" encoding="UTF-8"?>`)
	prefixed := strings.NewReplacer("</", "</x:", "<", "<x:", "xmlns=", "xmlns:x=").Replace(text)
	for name, raw := range map[string]string{"prefixes": prefixed, "an envelope": `<Envelope><AppHdr><Id>1</Id></AppHdr>` + text + `</Envelope>`} {
		if s := one(t, []byte(raw)); len(s.Entries) != 1 || s.Account == "" {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// A file of millions of empty elements takes no more memory than its size warrants.
func TestReadCAMT_swarm(t *testing.T) {
	raw := []byte(entries(entry("20.00", strings.Repeat("<a/>", (MaxBytes-2000)/4))))
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	_, err := ReadCAMT(raw)
	runtime.ReadMemStats(&after)
	if used := (after.HeapSys - before.HeapSys) >> 20; !errors.Is(err, ErrBig) || used > 400 {
		t.Errorf("it takes %d MB, %v", used, err)
	}
}

// A quote that is not closed swallows what follows: it is said, not passed over.
func TestReadSheet_openQuote(t *testing.T) {
	const head = "datum;znesek;naziv;namen\n"
	for name, tt := range map[string]struct {
		rows    string
		entries int
		wrong   bool
	}{
		"closed":      {"1. 3. 2026;5;Benko;\"dve\nvrstici\"\n2. 3. 2026;6;Lipar;x\n", 2, false},
		"open":        {"1. 3. 2026;5;Benko;\"ena\n2. 3. 2026;6;Lipar;x\n3. 3. 2026;7;Arh;y\n", 1, true},
		"open inside": {"1. 3. 2026;5;\"Benko;ena\n2. 3. 2026;6;Lipar;x\n", 1, true},
		"within":      {"1. 3. 2026;5;KUD \"Prelom\" Koper;\"KUD \"\"Prelom\"\"\"\n2. 3. 2026;6;Lipar;x\n", 2, false},
	} {
		s, err := ReadSheet([]byte(head + tt.rows))
		if err != nil {
			t.Fatal(err)
		}
		st, err := s.Statement(Guess(s.Head), "", money.Euro)
		if err != nil || len(st.Entries) != tt.entries || (len(st.Problems) > 0) != tt.wrong {
			t.Errorf("%s: %s, %v", name, told(st), err)
		}
	}
}

// D is dobro beside B for breme, and debit beside C for credit; alone it is refused.
func TestReadSheet_signs(t *testing.T) {
	for signs, want := range map[string]string{"D B": "5.00 -5.00", "C D": "5.00 -5.00", "K D": "5.00 -5.00", "D D": "", "+ -": "5.00 -5.00"} {
		a, b, _ := strings.Cut(signs, " ")
		s, err := ReadSheet([]byte("datum;znesek;predznak\n1. 3. 2026;5;" + a + "\n1. 3. 2026;5;" + b + "\n"))
		if err != nil {
			t.Fatal(err)
		}
		st, _ := s.Statement(Guess(s.Head), "", money.Euro)
		var got []string
		for _, e := range st.Entries {
			got = append(got, e.Amount.Plain())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s is read %v, %v", signs, got, st.Problems)
		}
	}
}

// What is no statement by how it begins is told apart: packed files, and PDF.
func TestSniff(t *testing.T) {
	for head, want := range map[string]error{
		"PK\x03\x04....": ErrPacked, "\x1f\x8b\x08\x00": ErrPacked, "\xd0\xcf\x11\xe0\xa1": ErrPacked, "%PDF-1.7\n": ErrPDF, "\r\n%PDF-1.4": ErrPDF,
		"<?xml version": nil, "datum;znesek": nil, "": nil, "P": nil, "\xef\xbb\xbfdatum": nil,
	} {
		if err := Sniff([]byte(head)); !errors.Is(err, want) || (err == nil) != (want == nil) {
			t.Errorf("%q: %v, want %v", head, err, want)
		}
	}
}

// Every version of camt.053 that banks have is read alike: the status bare or as a
// code, the party with its name or with an element around it, the reference in its
// field, as plain text or nowhere, several parts in an entry, charges beside them.
func TestReadCAMT_versions(t *testing.T) {
	for v := 2; v <= 8; v++ {
		status, name := "<Sts>BOOK</Sts>", "<Nm>Žagar Urh</Nm>"
		if v >= 4 {
			status = "<Sts><Cd>BOOK</Cd></Sts>"
		}
		if v >= 8 {
			name = "<Pty><Nm>Žagar Urh</Nm></Pty>"
		}
		entry := func(amount, sign, more string) string {
			return `<Ntry><NtryRef>1</NtryRef><Amt Ccy="EUR">` + amount + `</Amt><CdtDbtInd>` + sign + `</CdtDbtInd>` + status + `<BookgDt><Dt>2026-11-17</Dt></BookgDt><ValDt><DtTm>2026-11-17T00:00:00+01:00</DtTm></ValDt><BkTxCd/>` + more + `</Ntry>`
		}
		part := func(amount, remit string) string {
			return `<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><Amt Ccy="EUR">` + amount + `</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr>` + name + `</Dbtr></RltdPties><RmtInf>` + remit + `</RmtInf></TxDtls>`
		}
		raw := strings.Replace(entries(
			entry("50.00", "CRDT", `<NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch>`+part("20.00", "<Ustrd>RF18 5390 0754 7034 clanarina</Ustrd>")+part("30.00", "")+`</NtryDtls>`),
			entry("19.50", "CRDT", `<Chrgs><TtlChrgsAndTaxAmt Ccy="EUR">0.50</TtlChrgsAndTaxAmt></Chrgs><NtryDtls><TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">20.00</Amt></TxAmt></AmtDtls></TxDtls></NtryDtls>`),
			entry("3.00", "DBIT", ""), entry("20.00", "DBIT", "<RvslInd>true</RvslInd>"),
		), "camt.053.001.02", fmt.Sprintf("camt.053.001.%02d", v), 1)
		want := "2026-11-17 20.00 Žagar Urh|||RF18 5390 0754 7034 clanarina|\n2026-11-17 30.00 Žagar Urh||||\n2026-11-17 19.50 ||||\n2026-11-17 -3.00 ||||\n2026-11-17 -20.00 ||||\n! 1 reversal -20.00 EUR\n"
		if got := told(one(t, []byte(raw))); got != want {
			t.Errorf("001.%02d:\n%swant\n%s", v, got, want)
		}
	}
}
