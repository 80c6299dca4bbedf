package amend

import "testing"

// A place is told in the source, however its rows are wrapped.
func TestSpanIn(t *testing.T) {
	t.Parallel()
	const text = "V 1. členu se beseda črta. Drugi odstavek se črta."
	for _, src := range []string{
		text,
		"(1) V 1. členu se\nbeseda  črta.\r\n\r\n  Drugi odstavek\n se črta.",
		"V 1. členu se beseda\u00a0črta.\n\nDrugi\r\nodstavek se črta.",
	} {
		at := len("V 1. členu se beseda črta. ")
		for _, c := range []struct {
			start, end int
			want       string
		}{
			{at, at + len("Drugi"), "Drugi"},
			{at - 1, at + len("Drugi"), "Drugi"},
			{len("V 1. "), len("V 1. členu"), "členu"},
			{-1, 1, "V"},
			{len(text) - 1, len(text) + 9, "."},
		} {
			from := 0
			if src[0] == '(' {
				from = 4
			}
			s := SpanIn(src, from, text, c.start, c.end)
			if got := src[s.Start:s.End]; got != c.want {
				t.Errorf("%q of %q is %q, want %q", text[max(c.start, 0):min(c.end, len(text))], src, got, c.want)
			}
		}
	}
	if s := SpanIn("člen\xc4", 0, "člen\uFFFD", 4, 8); s.End != len("člen\xc4") {
		t.Errorf("what is no UTF-8: %v", s)
	}
	if s := SpanIn("nothing", 99, text, 3, 9); s.Start < 0 || s.End > 7 || s.Start > s.End {
		t.Errorf("outside of the source: %v", s)
	}
}
