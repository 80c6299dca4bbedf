package tally

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"testing"
)

func TestParseBLT_wrong(t *testing.T) {
	for _, tt := range []struct {
		name, blt string
		line      int
	}{
		{"nothing", "", 1},
		{"no seats", "2 0\n0\n\"A\"\n\"B\"\n\"\"\n", 1},
		{"a word", "2 1\n1 A 0\n", 2},
		{"a candidate who is none", "2 1\n1 3 0\n", 2},
		{"equal ranks", "2 1\n\n1 1=2 0\n", 3},
		{"no end", "2 1\n1 1 0\n", 3},
		{"too few names", "2 1\n0\n\"A\"\n", 4},
		{"an open name", "2 1\n0\n\"A\n\"B\"\n", 3},
		{"more after the title", "1 1\n0\n\"A\"\n\"T\"\n5\n", 5},
		{"too heavy", "1 1\n9999999999999 1 0\n0\n\"A\"\n\"T\"\n", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := ParseBLT(tt.blt)
			var form *FormError
			if !errors.As(err, &form) || form.Line != tt.line {
				t.Errorf("%v; want an error on line %d", err, tt.line)
			}
		})
	}
}

// What is written is read back.
func TestBLT_roundTrip(t *testing.T) {
	rnd := rand.New(rand.NewPCG(4, 10))
	for range 2_000 {
		e := randomElection(rnd)
		e.Title = `Volitve "upravnega odbora" \ 2026`
		e.Candidates[0] = `Ana "Čarli" Žagar #1`
		got, err := ParseBLT(e.BLT())
		if err != nil || !reflect.DeepEqual(got, e) {
			t.Fatalf("%v: %+v became %+v", err, e, got)
		}
	}
}

// A name of any letters is read back, on its own line.
func TestBLT_names(t *testing.T) {
	for name, want := range map[string]string{"Ana\tŽagar": "Ana Žagar", "Ana\r\nŽagar": "Ana  Žagar", "Ana\x00": "Ana ", `\"`: `\"`, "#1 0": "#1 0"} {
		got, err := ParseBLT(Election{Seats: 1, Candidates: []string{name}}.BLT())
		if err != nil || got.Candidates[0] != want {
			t.Errorf("%q became %q: %v", name, got.Candidates, err)
		}
	}
}

// Whatever is read can be counted by each method, and written and read again.
func FuzzParseBLT(f *testing.F) {
	f.Add("3 2  4 1 2 0  2 3 0  0 \"A\" \"B\" \"C\" \"T\"")
	f.Add("# c\n2 1\n-1\n1 1 2 0\n0\n\"A\\\"\"\n\"B\"\n")
	f.Add("1 1 1000000000000 1 0 0 \"A\" \"\"")
	f.Fuzz(func(t *testing.T, text string) {
		e, err := ParseBLT(text)
		if err != nil || len(e.Candidates) > 60 {
			return
		}
		for _, m := range Methods() {
			if m.Single() && e.Seats > 1 {
				continue
			}
			if _, err := e.Count(m, "s"); err != nil {
				t.Fatal(m, err)
			}
		}
		if _, err := ParseBLT(e.BLT()); err != nil {
			t.Fatalf("%v: %q", err, e.BLT())
		}
	})
}
