package civil

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestParseHuman(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"30. 11. 2026", "30.11.2026", "30. 11.2026", "30.11.2026.", " 30.  11. 2026 ", "30.\u00a011.\u00a02026",
		"30. november 2026", "30. novembra 2026", "30.novembra 2026", "30 NOVEMBRA 2026", "30. nov. 2026",
		"2026-11-30", "30/11/2026", "30-11-2026",
		"30 November 2026", "30 Nov 2026", "November 30, 2026", "Nov. 30 2026",
	} {
		if d, err := ParseHuman(s); err != nil || d != On(2026, 11, 30) {
			t.Errorf("%q is read as %v, %v", s, d, err)
		}
	}
	for s, want := range map[string]Date{
		"1. marca 2024": On(2024, 3, 1), "2. 3. 2024": On(2024, 3, 2), "8. februarja 2027": On(2027, 2, 8),
		"5. maj 2025": On(2025, 5, 5), "6. oktobra 2025": On(2025, 10, 6), "2026-1-2": On(2026, 1, 2),
	} {
		if d, err := ParseHuman(s); err != nil || d != want {
			t.Errorf("%q is read as %v, %v, want %v", s, d, err, want)
		}
	}
}

func TestParseHuman_refuses(t *testing.T) {
	t.Parallel()
	for _, s := range []string{
		"", " ", "danes", "31. 11. 2026", "29. 2. 2026", "30. 13. 2026", "11/30/2026", "30. 11. 26", "30. 11.",
		"30. 11/2026", "30. blatnika 2026", "novembra 2026", "0. 1. 2026", "1. 1. 0000", "30. 11. 2026 ob 12h", "30112026",
	} {
		if d, err := ParseHuman(s); !errors.Is(err, ErrDate) || !d.IsZero() {
			t.Errorf("%q is read as %v, %v", s, d, err)
		}
	}
}

// A date in any of the ways to write it is read back.
func TestParseHuman_properties(t *testing.T) {
	t.Parallel()
	names := []string{"januarja", "februarja", "marca", "aprila", "maja", "junija",
		"julija", "avgusta", "septembra", "oktobra", "novembra", "decembra"}
	rapid.Check(t, func(t *rapid.T) {
		want := anyDate.Draw(t, "date")
		y, m, d := want.Date()
		for _, s := range []string{
			fmt.Sprintf("%d. %d. %04d", d, m, y), fmt.Sprintf("%02d.%02d.%04d", d, m, y), fmt.Sprintf("%d/%d/%04d", d, m, y),
			fmt.Sprintf("%d. %s %04d", d, names[m-1], y), fmt.Sprintf("%d %s %04d", d, m, y), want.String(),
		} {
			if got, err := ParseHuman(s); err != nil || got != want {
				t.Fatalf("%q is read as %v, %v", s, got, err)
			}
		}
	})
}

// Whatever is read can be written and read again, by both readers.
func FuzzParseHuman(f *testing.F) {
	for _, s := range []string{"30. 11. 2026", "30. novembra 2026", "2026-11-30", "Nov 30, 2026", "99/99/9999", "\u00a0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseHuman(s)
		if err != nil {
			return
		}
		again, err1 := ParseHuman(d.String())
		iso, err2 := Parse(d.String())
		if again != d || iso != d || err1 != nil || err2 != nil {
			t.Errorf("%q is read as %v, then %v and %v", s, d, again, iso)
		}
	})
}

func FuzzParse(f *testing.F) {
	f.Add("2026-11-30")
	f.Add("0000-00-00")
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := Parse(s); err == nil && d.String() != s {
			t.Errorf("%q is read and written as %q", s, d)
		}
	})
}
