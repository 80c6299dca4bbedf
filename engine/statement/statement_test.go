package statement

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/asociacija/asociacija/engine/money"
)

// told writes a statement in short: an entry a line, then what was wrong.
func told(list ...Statement) string {
	var b strings.Builder
	for _, s := range list {
		for _, e := range s.Entries {
			fmt.Fprintf(&b, "%s %s %s|%s|%s|%s|%s\n", e.Day, e.Amount.Plain(), e.Name, e.IBAN, e.Reference, e.Purpose, e.ID)
		}
		for _, p := range s.Problems {
			fmt.Fprintf(&b, "! %d %s %s\n", p.Line, p.Kind, p.Said)
		}
	}
	return b.String()
}

func file(t *testing.T, name string) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestReadCAMT(t *testing.T) {
	for name, want := range map[string]string{
		"camt02.xml": `2026-11-17 240.00 Zavod Prelom|SI56020170014356205|SI1220260000010|Članarina 2026|A-1
2026-11-17 20.00 Benko Taja|||clanarina|A-2
2026-11-17 40.00 Lipar Oton||||A-2
2026-11-17 -12.50 |||Provizija|A-3
! 14 pending PDNG
`,
		"camt08.xml": `2026-11-18 20.00 Žagar, Urh||RF18539007547034||B-1
! 6 amount x
! 7 day
! 8 sign 6
`,
	} {
		list, err := ReadCAMT(file(t, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.ReplaceAll(told(list...), " \n", "\n"); got != want {
			t.Errorf("%s:\n%swant\n%s", name, got, want)
		}
		if list[0].Account != "SI56051008010486080" {
			t.Errorf("the account is %q", list[0].Account)
		}
	}
}

// The same file gives the same keys, and no two entries have one key.
func TestKeys(t *testing.T) {
	a, _ := ReadCAMT(file(t, "camt08.xml"))
	b, _ := ReadCAMT(file(t, "camt08.xml"))
	if a[0].Entries[0].Key != b[0].Entries[0].Key {
		t.Error("the same entry has two keys")
	}
	s, err := ReadSheet([]byte("datum;znesek;naziv\n1. 3. 2026;20,00;Benko\n1. 3. 2026;20,00;Benko\n"))
	if err != nil {
		t.Fatal(err)
	}
	one, _ := s.Statement(Guess(s.Head), "SI1", money.Euro)
	if one.Entries[0].Key == one.Entries[1].Key {
		t.Error("two payments alike are taken for one")
	}
}

func TestReadCAMT_letters(t *testing.T) {
	for label, set := range map[string]*charmap.Charmap{"ISO-8859-2": charmap.ISO8859_2, "windows-1250": charmap.Windows1250} {
		text := strings.Replace(string(file(t, "camt08.xml")), "UTF-8", label, 1)
		raw, err := set.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		list, err := ReadCAMT(raw)
		if err != nil || list[0].Entries[0].Name != "Žagar, Urh" {
			t.Errorf("%s: %v, %v", label, list, err)
		}
	}
}

func TestReadCAMT_hostile(t *testing.T) {
	good := string(file(t, "camt02.xml"))
	for name, tt := range map[string]struct {
		text string
		want error
	}{
		"entities":      {`<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>` + good[39:], ErrUnsafe},
		"deep":          {strings.Repeat("<a>", 100_000), ErrUnsafe},
		"deep in entry": {strings.Replace(good, "<Amt Ccy=\"EUR\">240.00</Amt>", strings.Repeat("<a>", 100_000), 1), ErrUnsafe},
		"no statement":  {"<html></html>", ErrFormat},
		"empty":         {"", ErrFormat},
		"letters":       {strings.Replace(good, "UTF-8", "EBCDIC", 1), ErrFormat},
		"long":          {strings.Repeat(" ", MaxBytes+1), ErrBig},
	} {
		if _, err := ReadCAMT([]byte(tt.text)); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		}
	}
	// A file that breaks off says where, and keeps what stood before.
	list, err := ReadCAMT([]byte(good[:strings.Index(good, "Benko")]))
	if err != nil || len(list[0].Entries) != 1 || len(list[0].Problems) != 1 || list[0].Problems[0].Kind != BadXML {
		t.Errorf("a file that breaks off: %v, %v", list, err)
	}
	// Balances that do not fit, and parts that are not the whole, are said.
	list, _ = ReadCAMT([]byte(strings.NewReplacer("1287.50", "1287.51", ">40.00<", ">41.00<").Replace(good)))
	if got := told(list...); !strings.Contains(got, "balance") || !strings.Contains(got, "sum") || !strings.Contains(got, "60.00") {
		t.Errorf("it reads %s", got)
	}
}

func TestReadSheet(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"semicolons", "Izpisek;;\nRačun;SI56 0510 0801 0486 080;\nDatum knjiženja;Znesek;Naziv plačnika;Račun plačnika;Sklic;Namen;ID\n17.11.2026;1.240,00;Zavod Prelom;SI56 0201 7001 4356 205;SI12 2026-1;Članarina;7\n18.11.2026;-5,00;Banka;;;Provizija;8\n",
			"2026-11-17 1240.00 Zavod Prelom|SI56020170014356205|SI12 2026-1|Članarina|7\n2026-11-18 -5.00 Banka|||Provizija|8\n"},
		{"in and out", "datum\tv dobro\tv breme\tpartner\n2026-11-17\t20.00\t\tBenko\n2026-11-17\t\t3.10\tPošta\n", "2026-11-17 20.00 Benko||||\n2026-11-17 -3.10 Pošta||||\n"},
		{"a sign", "date,amount,direction,name\n2026-11-17 10:22,\"1,240.50\",CRDT,Arh\n2026-11-17,7,DBIT,Bor\n2026-11-17,7,?!x,Bor\n", "2026-11-17 1240.50 Arh||||\n2026-11-17 -7.00 Bor||||\n! 4 sign ?!x\n"},
		{"partly wrong", "datum;znesek;naziv\n31. 2. 2026;5;A\n1. 3. 2026;pet;B\n1. 3. 2026;5;C\nkonec\n", "2026-03-01 5.00 C||||\n! 2 day 31. 2. 2026\n! 3 amount pet\n! 5 row konec\n"},
		{"formulas", "datum;znesek;naziv\n1. 3. 2026;5;'=1+1\n", "2026-03-01 5.00 =1+1||||\n"},
	} {
		s, err := ReadSheet([]byte(tt.text))
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		st, err := s.Statement(Guess(s.Head), "SI1", money.Euro)
		if got := strings.ReplaceAll(told(st), " \n", "\n"); err != nil || got != tt.want {
			t.Errorf("%s: %v\n%swant\n%s", tt.name, err, got, tt.want)
		}
	}
	for _, text := range []string{"", "\x00\x00", "one word", "a;b\n"} {
		if s, err := ReadSheet([]byte(text)); err == nil {
			t.Errorf("ReadSheet(%q) = %v", text, s)
		}
	}
}

func TestReadSheet_letters(t *testing.T) {
	const text = "datum;znesek;naziv\n1. 3. 2026;5;Čebelnjak Škofja Žetev\n"
	for name, set := range map[string]*charmap.Charmap{"latin 2": charmap.ISO8859_2, "windows": charmap.Windows1250} {
		raw, err := set.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		s, err := ReadSheet(raw)
		if err != nil || s.Rows[0][2] != "Čebelnjak Škofja Žetev" {
			t.Errorf("%s: %v, %v", name, s.Rows, err)
		}
	}
}

func check(t *testing.T, list []Statement) {
	keys := map[string]bool{}
	for _, s := range list {
		for _, e := range s.Entries {
			if keys[s.Account+e.Key] || e.Key == "" || e.Day.IsZero() || len(e.Name) > 4*MaxText {
				t.Errorf("entry %+v", e)
			}
			keys[s.Account+e.Key] = true
		}
	}
}

func FuzzReadCAMT(f *testing.F) {
	for _, name := range []string{"camt02.xml", "camt08.xml"} {
		raw, _ := os.ReadFile("testdata/" + name)
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if list, err := ReadCAMT(raw); err == nil {
			again, _ := ReadCAMT(raw)
			if told(list...) != told(again...) {
				t.Error("it is read in two ways")
			}
			for _, s := range list {
				check(t, []Statement{s})
			}
		}
	})
}

func FuzzReadSheet(f *testing.F) {
	f.Add([]byte("datum;znesek;naziv\n1. 3. 2026;20,00;Benko\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := ReadSheet(raw)
		if err != nil {
			return
		}
		if m := Guess(s.Head); Fits(m) {
			st, err := s.Statement(m, "SI1", money.Euro)
			if err != nil {
				t.Fatal(err)
			}
			check(t, []Statement{st})
		}
	})
}
