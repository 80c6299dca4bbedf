package record

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// Numbers as they are kept stand in the order of what they say.
func TestCompareNumbers(t *testing.T) {
	draw := rapid.Int64Range(-1_000_000_000, 1_000_000_000)
	rapid.Check(t, func(t *rapid.T) {
		a, b := draw.Draw(t, "a"), draw.Draw(t, "b")
		read := func(n int64) string {
			sign := ""
			if n < 0 {
				sign, n = "-", -n
			}
			s, ok := number(fmt.Sprintf("%s%d,%04d", sign, n/10_000, n%10_000))
			if !ok {
				t.Fatal(n)
			}
			return s
		}
		want := 0
		if a != b {
			want = map[bool]int{true: -1, false: 1}[a < b]
		}
		if got := compareNumbers(read(a), read(b)); got != want {
			t.Fatalf("%s and %s compare as %d", read(a), read(b), got)
		}
	})
}
