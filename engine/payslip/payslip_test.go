package payslip

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
)

// Examples of the registry of account numbers, and of the Bank Association.
func TestParseIBAN(t *testing.T) {
	for _, s := range []string{
		"SI56263300012039086", "SI56 0510 0801 0486 080", "SI56020170014356205", "HR1210010051863000160", "GB29 NWBK 6016 1331 9268 19",
		"de89370400440532013000", "AT611904300234573201", "BA391290079401028494", "RS35260005601001611379", "MK07250120000058984",
		"AL47212110090000000235698741", "XK051212012345678906", "ME25505000012345678951", "IT60X0542811101000000123456", "MT84MALT011000012345MTLCAST001S",
	} {
		if got, err := ParseIBAN(s); err != nil {
			t.Errorf("ParseIBAN(%q) = %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "SI", "SI57263300012039086", "SI5626330001203908", "ZZ56263300012039086", "SI56263300012039O86", "SI5626330001203908ž"} {
		if got, err := ParseIBAN(s); err == nil {
			t.Errorf("ParseIBAN(%q) = %v", s, got)
		}
	}
	if i := IBAN("SI56263300012039086"); i.String() != "SI56 2633 0001 2039 086" || i.Country() != "SI" {
		t.Errorf("it is written %q of %s", i, i.Country())
	}
}

// Whatever single digit is wrong, and whichever two neighbours are exchanged, is seen.
func TestParseIBAN_seesMistakes(t *testing.T) {
	const good = "SI56263300012039086"
	for i := 2; i < len(good); i++ {
		for d := byte('0'); d <= '9'; d++ {
			bad := []byte(good)
			if bad[i] = d; string(bad) == good {
				continue
			}
			if _, err := ParseIBAN(string(bad)); err == nil {
				t.Errorf("%s passes", bad)
			}
		}
		if i+1 < len(good) && good[i] != good[i+1] {
			bad := []byte(good)
			bad[i], bad[i+1] = bad[i+1], bad[i]
			if _, err := ParseIBAN(string(bad)); err == nil {
				t.Errorf("%s passes", bad)
			}
		}
	}
}

// Published references: ISO 11649 as banks give it, SI12 and RF of the examples of
// the Bank Association.
func TestParseReference(t *testing.T) {
	for s, want := range map[string]Reference{
		"RF18 5390 0754 7034": "RF18539007547034", "RF45SBO2010": "RF45SBO2010", "SI12 1234567890120": "SI121234567890120",
		"si1212345678909": "SI1212345678909", "SI00 225268-32526-222": "SI00225268-32526-222", "SI99": "SI99", "SI05 1236-17-34565": "SI051236-17-34565",
	} {
		if got, err := ParseReference(s); err != nil || got != want {
			t.Errorf("ParseReference(%q) = %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "RF", "RF19539007547034", "SI121234567890121", "SI12", "SI00", "SI991", "SI001-2-3-4", "SI00-1", "12345", "SI12ABC", "RF18539007547034539007547034"} {
		if got, err := ParseReference(s); err == nil {
			t.Errorf("ParseReference(%q) = %v", s, got)
		}
	}
	if r, err := RF("539007547034"); r != "RF18539007547034" || err != nil {
		t.Errorf("RF makes %v, %v", r, err)
	}
	if r, err := SI12("123456789012"); r != "SI121234567890120" || err != nil {
		t.Errorf("SI12 makes %v, %v", r, err)
	}
	if r, err := SI00("225268", "32526"); r != "SI00225268-32526" || err != nil {
		t.Errorf("SI00 makes %v, %v", r, err)
	}
}

// Two examples of the Bank Association, with their control sums.
func TestUPN(t *testing.T) {
	for _, tt := range []struct {
		u    UPN
		want string
	}{
		{UPN{
			Payer: "Janez Novak", Street: "Dunajska 1", Place: "1000 Ljubljana", Amount: money.Cents(81_05), Code: "RENT", Purpose: "Plačilo najemnine 10/2016", Due: civil.On(2016, 11, 15),
			IBAN: "SI56051008010486080", Reference: "RF45SBO2010", Name: "Novo podjetje d.o.o.", Address: "Lepa cesta 15", Town: "3698 Loški Potok",
		}, "UPNQR\n\n\n\n\nJanez Novak\nDunajska 1\n1000 Ljubljana\n00000008105\n\n\nRENT\nPlačilo najemnine 10/2016\n15.11.2016\nSI56051008010486080\nRF45SBO2010\nNovo podjetje d.o.o.\nLepa cesta 15\n3698 Loški Potok\n188\n"},
		{UPN{
			Payer: "Janez Novak", Street: "Dunajska ulica 1", Place: "1000 Ljubljana", Amount: money.Cents(81_05), Code: "RENT", Purpose: "Plačilo najemnine za marec 2017", Due: civil.On(2017, 4, 1),
			IBAN: "SI56020170014356205", Reference: "SI121234567890120", Name: "RentaCar d.o.o.", Address: "Pohorska ulica 22", Town: "2000 Maribor",
		}, "UPNQR\n\n\n\n\nJanez Novak\nDunajska ulica 1\n1000 Ljubljana\n00000008105\n\n\nRENT\nPlačilo najemnine za marec 2017\n01.04.2017\nSI56020170014356205\nSI121234567890120\nRentaCar d.o.o.\nPohorska ulica 22\n2000 Maribor\n201\n"},
	} {
		got, err := tt.u.Text()
		if err != nil || got != tt.want {
			t.Errorf("Text() = %q, %v; want %q", got, err, tt.want)
		}
		raw, err := tt.u.Bytes()
		if err != nil || len(raw) != len([]rune(got)) {
			t.Errorf("%d bytes of %d characters, %v", len(raw), len([]rune(got)), err)
		}
		if back, err := ReadUPN(raw); err != nil || back != tt.u {
			t.Errorf("read back %+v, %v", back, err)
		}
		if _, err := ReadUPN(bytes.Replace(raw, []byte("8105"), []byte("81050"), 1)); err == nil {
			t.Error("a wrong control sum passes")
		}
	}
}

// Names of all kinds fit in their fields and in the symbol, which has 411 bytes.
func TestUPN_fits(t *testing.T) {
	long := strings.Repeat("Žužemberk – „Ćuk“ ñandú Ђорђе … ", 5)
	u := UPN{
		Payer: long, Street: long, Place: long, Amount: money.Cents(999_999_999_99), Code: "OTHR", Purpose: long, Due: civil.On(2026, 12, 31),
		IBAN: "SI56051008010486080", Reference: "SI00225268-32526-222", Name: long, Address: long, Town: long,
	}
	raw, err := u.Bytes()
	if err != nil || len(raw) > 411 {
		t.Fatalf("%d bytes, %v", len(raw), err)
	}
	back, err := ReadUPN(raw)
	if want := `Žužemberk - "Ćuk" nandú ????? ...`; err != nil || back.Payer != want {
		t.Errorf("the payer is %q, %v; want %q", back.Payer, err, want)
	}
	for name, bad := range map[string]func(*UPN){
		"account": func(u *UPN) { u.IBAN = "SI56051008010486081" }, "reference": func(u *UPN) { u.Reference = "SI121" }, "name": func(u *UPN) { u.Name = " " },
		"code": func(u *UPN) { u.Code = "x" }, "currency": func(u *UPN) { u.Amount = money.Of(1, "RSD") }, "amount": func(u *UPN) { u.Amount = money.Cents(1_000_000_000_00) },
	} {
		v := u
		if bad(&v); v.Check() == nil {
			t.Errorf("a wrong %s passes", name)
		}
	}
}

// The example of EPC069-12.
func TestEPC(t *testing.T) {
	const sample = "BCD\n001\n1\nSCT\nBPOTBEB1\nRed Cross of Belgium\nBE72000000001616\nEUR1\nCHAR\n\nUrgency fund\nSample EPC QR code"
	e, err := ParseEPC(sample)
	if err != nil || e.Amount != money.Cents(1_00) || e.Purpose != "Urgency fund" {
		t.Fatalf("it is %+v, %v", e, err)
	}
	if got, err := e.Text(); err != nil || got != strings.Replace(sample, "001", "002", 1) {
		t.Errorf("written %q, %v", got, err)
	}
	e = EPC{Name: "Mreža", IBAN: "HR1210010051863000160", Amount: money.Cents(12_30), Reference: "RF18539007547034"}
	got, err := e.Text()
	if want := "BCD\n002\n1\nSCT\n\nMreža\nHR1210010051863000160\nEUR12.3\n\nRF18539007547034"; err != nil || got != want {
		t.Errorf("written %q, %v", got, err)
	}
	if back, err := ParseEPC(got); err != nil || back != e {
		t.Errorf("read back %+v, %v", back, err)
	}
	e.Purpose = "both"
	if _, err := e.Text(); err == nil {
		t.Error("a reference and a purpose pass")
	}
}

func TestReferences_areFoundAgain(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 7))
	for range 2000 {
		number := ""
		for range 1 + rnd.IntN(12) {
			number += string(rune('0' + rnd.IntN(10)))
		}
		si, err1 := SI12(number)
		rf, err2 := RF(number)
		for _, r := range []Reference{si, rf} {
			if back, err := ParseReference(r.String()); err1 != nil || err2 != nil || err != nil || back != r {
				t.Fatalf("%q of %s is read back %q, %v %v %v", r, number, back, err, err1, err2)
			}
		}
	}
}

func FuzzParseUPN(f *testing.F) {
	f.Add("UPNQR\n\n\n\n\nJanez Novak\nDunajska 1\n1000 Ljubljana\n00000008105\n\n\nRENT\nPlačilo najemnine 10/2016\n15.11.2016\nSI56051008010486080\nRF45SBO2010\nNovo podjetje d.o.o.\nLepa cesta 15\n3698 Loški Potok\n188\n")
	f.Fuzz(func(t *testing.T, s string) {
		u, err := ParseUPN(s)
		if err != nil {
			return
		}
		text, err := u.Text()
		if err != nil {
			t.Fatalf("%+v is read and not written: %v", u, err)
		}
		v, err := ParseUPN(text)
		if again, _ := v.Text(); err != nil || again != text {
			t.Errorf("%q is written again as %q, %v", text, again, err)
		}
	})
}

func FuzzParseEPC(f *testing.F) {
	f.Add("BCD\n001\n1\nSCT\nBPOTBEB1\nRed Cross of Belgium\nBE72000000001616\nEUR1\nCHAR\n\nUrgency fund\nSample EPC QR code")
	f.Fuzz(func(t *testing.T, s string) {
		e, err := ParseEPC(s)
		if err != nil {
			return
		}
		text, err := e.Text()
		if err != nil {
			t.Fatal(err)
		}
		back, err := ParseEPC(text)
		if again, _ := back.Text(); err != nil || again != text {
			t.Errorf("%q is written again as %q, %v", text, again, err)
		}
	})
}

func FuzzFindReferences(f *testing.F) {
	f.Add("SI12 1234567890120 RF18 5390 0754 7034")
	f.Fuzz(func(t *testing.T, s string) {
		for _, r := range FindReferences(s) {
			if _, err := ParseReference(string(r)); err != nil {
				t.Errorf("%q is found in %q: %v", r, s, err)
			}
		}
		if i, err := ParseIBAN(s); err == nil {
			if back, err := ParseIBAN(i.String()); err != nil || back != i {
				t.Errorf("%q is read back %q", i, back)
			}
		}
	})
}

// Check digits are from 02 to 98: 00, 01 and 99 have the remainder of 97, 98 and 02,
// and are never given out.
func TestCheckDigits_alias(t *testing.T) {
	for body := range 300 {
		r, err := RF(strconv.Itoa(body))
		if err != nil {
			t.Fatal(err)
		}
		if alias, ok := map[Reference]string{"97": "00", "98": "01", "02": "99"}[r[2:4]]; ok {
			if other := "RF" + alias + string(r[4:]); Reference(other).valid() {
				t.Errorf("%s passes beside %s", other, r)
			}
		}
	}
	for n := range 100 { // 01 is an alias of 98 in whatever account
		for _, pair := range [][2]string{{"98", "01"}, {"97", "00"}, {"02", "99"}} {
			body := fmt.Sprintf("1001005%010d", n)
			if _, err := ParseIBAN("HR" + pair[0] + body); err != nil {
				continue
			}
			if _, err := ParseIBAN("HR" + pair[1] + body); err == nil {
				t.Errorf("HR%s%s passes beside %s", pair[1], body, pair[0])
			}
		}
	}
}

// All that may be references are found, wherever the spaces are.
func TestFindReferences(t *testing.T) {
	for text, want := range map[string]string{
		"članarina 2026, sklic SI12 1234567890120": "[SI12 1234567890120]",
		"RF18 5390 0754 7034 hvala":                "[RF18 5390 0754 7034]",
		"Referenca:si1212345678909.":               "[SI12 12345678909]",
		"SI56 0510 0801 0486 080":                  "[]",
		"brez":                                     "[]",
		"SI 12 1234567890120":                      "[SI12 1234567890120]",
		"si12 1234567890120 5":                     "[SI12 1234567890120]",
		"SI12-12345678901-20":                      "[SI12 1234567890120]",
		"RF 18 5390 0754 7034, SI1212345678909":    "[RF18 5390 0754 7034 SI12 12345678909]",
		"SI99":                                     "[]",
	} {
		if got := fmt.Sprint(FindReferences(text)); got != want {
			t.Errorf("FindReferences(%q) = %s, want %s", text, got, want)
		}
	}
}

// What a text processor puts into names does not become question marks.
func TestUPN_signs(t *testing.T) {
	for s, want := range map[string]string{
		"a\u2011b\u2010c": "a-b-c", "d\u200b\u2060e\ufeff": "de", "‚f‘ ‹g›": "'f' 'g'", "h\u00adi": "hi", "№ 5": "No 5", "ﬁ": "fi", "čšžćđŠ": "čšžćđŠ", "a • b": "a - b",
		"😀": "?", "e\u0301": "é", "Łódź ő ß": "Łódź ő ß",
	} {
		if got := fit(s, 42); got != want {
			t.Errorf("%q becomes %q, want %q", s, got, want)
		}
	}
}

// What is printed is what the code says, as people read it.
func TestUPN_Form(t *testing.T) {
	u := UPN{Payer: strings.Repeat("Ž", 40), Street: "a\n b", Amount: money.Cents(1_240_50), Code: "OTHR", Purpose: "Članarina – 2026", Due: civil.On(2026, 3, 1), IBAN: "SI56051008010486080", Reference: "RF18539007547034", Name: "Mreža"}
	f, err := u.Form()
	want := Form{Payer: [3]string{strings.Repeat("Ž", 33), "a b"}, Amount: "***1.240,50", Code: "OTHR", Purpose: "Članarina - 2026", Due: "01.03.2026", IBAN: "SI56 0510 0801 0486 080", Model: "RF18", Reference: "539007547034", Payee: [3]string{"Mreža"}}
	if err != nil || f != want {
		t.Errorf("it says %+v, %v", f, err)
	}
	u.Name = ""
	if _, err := u.Form(); !errors.Is(err, ErrSlip) {
		t.Errorf("without a name: %v", err)
	}
}
