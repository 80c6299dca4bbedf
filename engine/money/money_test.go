package money

import (
	"errors"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		lang, text string
		cents      int64
	}{
		{"sl", "80.000", 80_000_00}, {"sl", "80.000,00 €", 80_000_00}, {"sl", "240", 240_00}, {"sl", "1.234,5", 1_234_50},
		{"sl", "1 234,50 EUR", 1_234_50}, {"sl", "1234.50", 1_234_50}, {"sl", "−20,00\u00a0€", -20_00}, {"sl", "€ 20", 20_00},
		{"sl", "1.234.567,89", 1_234_567_89}, {"sl", "0,01", 1}, {"sl", "eur20", 20_00},
		{"en", "€1,234.50", 1_234_50}, {"en", "80,000", 80_000_00}, {"en", "20.00", 20_00}, {"en", "20,5", 20_50}, {"en", "-€3.20", -3_20},
		{"sl", "80,000.00", 80_000_00}, {"en", "80.000,00", 80_000_00}, {"sl", "80 000", 80_000_00}, {"sl", "80\u202f000,5", 80_000_50}, {"en", "1.234.567,8", 1_234_567_80},
	} {
		if got, err := Parse(tt.text, tt.lang, Euro); err != nil || got != Cents(tt.cents) {
			t.Errorf("Parse(%q, %s) = %v, %v; want %d cents", tt.text, tt.lang, got, err, tt.cents)
		}
	}
	for _, text := range []string{"", "€", "-", "1,234.567", "12,345", "1.23.456", "20,", ",5", "--5", "5-5", "1.234,567", "20 RSD", "1e3", "٣", "9999999999999999", "8,0000.00", "80.000,00,0", "80.000.00", "1e9", "0x10", "+-5", "NaN"} {
		if got, err := Parse(text, "sl", Euro); !errors.Is(err, ErrAmount) {
			t.Errorf("Parse(%q) = %v, %v; want ErrAmount", text, got, err)
		}
	}
}

func TestFormat(t *testing.T) {
	for _, tt := range []struct {
		a            Amount
		sl, en, data string
	}{
		{Cents(240_00), "240,00\u00a0€", "€240.00", "240.00 EUR"},
		{Cents(-1_234_567_89), "−1.234.567,89\u00a0€", "−€1,234,567.89", "-1234567.89 EUR"},
		{Of(5, "RSD"), "0,05\u00a0RSD", "RSD\u00a00.05", "0.05 RSD"},
		{Amount{}, "0,00", "0.00", "0.00"},
	} {
		if got := [3]string{tt.a.Format("sl"), tt.a.Format("en"), tt.a.String()}; got != [3]string{tt.sl, tt.en, tt.data} {
			t.Errorf("%#v is written %q", tt.a, got)
		}
	}
}

// G17: of public funds of 80,000 the fee is €240.00. Half a cent goes up.
func TestShare(t *testing.T) {
	for _, tt := range []struct {
		of   int64
		rate Rate
		want int64
	}{
		{80_000_00, PerMille(3), 240_00}, {1_66, PerMille(3), 0}, {1_67, PerMille(3), 1}, {166_50, PerMille(3), 50}, {166_66, PerMille(3), 50},
		{500, PerMille(1), 1}, {499, PerMille(1), 0}, {-500, PerMille(1), -1}, {1, 1_000_000, 1}, {math.MaxInt64, 1_000_000, math.MaxInt64},
	} {
		if got, err := Cents(tt.of).Share(tt.rate); err != nil || got != Cents(tt.want) {
			t.Errorf("%d of %d cents = %v, %v; want %d", tt.rate, tt.of, got, err, tt.want)
		}
	}
	if _, err := Cents(math.MaxInt64).Share(2_000_000); !errors.Is(err, ErrRange) {
		t.Errorf("twice the most is %v", err)
	}
}

func TestRate(t *testing.T) {
	for text, want := range map[string]Rate{"0,3 %": 3000, "0.3": 3000, "3 ‰": 3000, "3‰": 3000, "0,25%": 2500, "100 %": 1_000_000, "0,0001": 1} {
		if got, err := ParseRate(text); err != nil || got != want {
			t.Errorf("ParseRate(%q) = %v, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "%", "101", "-1", "0,00001", "0,0001‰", "1,2,3"} {
		if got, err := ParseRate(text); err == nil {
			t.Errorf("ParseRate(%q) = %v", text, got)
		}
	}
	if sl, en := PerMille(3).Format("sl"), PerMille(3).Format("en"); sl != "0,3\u00a0%" || en != "0.3%" {
		t.Errorf("3 ‰ is written %q and %q", sl, en)
	}
}

// Sums lose nothing, in whatever order, and never mix currencies.
func TestAdd(t *testing.T) {
	rnd := rand.New(rand.NewPCG(2, 7))
	for range 1000 {
		var list []Amount
		var want int64
		for range rnd.IntN(50) {
			n := rnd.Int64N(1e12) - 5e11
			list, want = append(list, Cents(n)), want+n
		}
		rnd.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if got, err := Add(list...); err != nil || got.Minor() != want {
			t.Fatalf("Add(%v) = %v, %v; want %d", list, got, err, want)
		}
	}
	if _, err := Add(Cents(1), Of(1, "RSD")); !errors.Is(err, ErrCurrency) {
		t.Errorf("a cent and a para are %v", err)
	}
	if _, err := Add(Cents(math.MaxInt64), Cents(1)); !errors.Is(err, ErrRange) {
		t.Errorf("more than the most is %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"80.000", "1.234,50 €", "−€3.20", "1,2.3", "EUREUR5", "' 5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, lang := range []string{"sl", "en"} {
			a, err := Parse(s, lang, Euro)
			if err != nil {
				continue
			}
			if back, err := Parse(a.Format(lang), lang, Euro); err != nil || back != a {
				t.Errorf("%q is %v, written %q, and read back %v, %v", s, a, a.Format(lang), back, err)
			}
		}
		if r, err := ParseRate(s); err == nil {
			if back, err := ParseRate(r.Format("sl")); err != nil || back != r {
				t.Errorf("%q is %d, and read back %d, %v", s, r, back, err)
			}
		}
		if strings.Contains(s, "RSD") {
			if a, err := Parse(s, "sl", Euro); err == nil {
				t.Errorf("%q is %v", s, a)
			}
		}
	})
}
