package civil

import (
	"testing"

	"pgregory.net/rapid"
)

// anySpan draws a span within two hundred days, often open, sometimes empty.
var anySpan = rapid.Custom(func(t *rapid.T) Span {
	edge := func(name string) Date {
		if rapid.IntRange(0, 4).Draw(t, name+" open") == 0 {
			return Date{}
		}
		return On(2026, 1, rapid.IntRange(1, 200).Draw(t, name))
	}
	return Span{edge("from"), edge("until")}
})

func TestSpan_days(t *testing.T) {
	t.Parallel()
	s := Through(On(2017, 3, 4), On(2017, 4, 3))
	if n, ok := s.Days(); n != 31 || !ok || s.Last() != On(2017, 4, 3) {
		t.Errorf("%v has %d days, %v, last %v", s, n, ok, s.Last())
	}
	for _, open := range []Span{{}, {From: On(2026, 1, 1)}, {Until: On(2026, 1, 1)}} {
		if n, ok := open.Days(); n != 0 || ok || open.Empty() {
			t.Errorf("%v: %d days, %v", open, n, ok)
		}
	}
	if back := (Span{On(2026, 2, 1), On(2026, 1, 1)}); !back.Empty() || !back.Last().IsZero() {
		t.Error("a span that ends before it begins is not empty")
	}
}

func TestSpan_properties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anySpan.Draw(t, "a"), anySpan.Draw(t, "b")
		inA, both := 0, false
		for i := range 400 {
			d := On(2025, 10, 1).AddDays(i)
			if a.Holds(d) {
				inA++
				both = both || b.Holds(d)
			}
		}
		if n, ok := a.Days(); ok && n != inA {
			t.Fatalf("%v has %d days, holds %d", a, n, inA)
		}
		if a.Empty() != (inA == 0) || a.Overlaps(b) != both || b.Overlaps(a) != both {
			t.Fatalf("%v and %v: empty %v, overlap %v", a, b, a.Empty(), a.Overlaps(b))
		}
		if a.Holds(Date{}) {
			t.Fatal("none is in a span")
		}
	})
}
