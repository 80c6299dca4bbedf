package realtexts

import (
	"fmt"
	"testing"
)

// Measured logs one row of the table of what was measured on real texts:
//
//	go test -count=1 -v ./engine/... | sed -n 's/.*measured: //p' | sort
//
// prints the whole table. The test itself asserts the floor.
func Measured(t testing.TB, measure, target, on, format string, args ...any) {
	t.Helper()
	t.Logf("measured: | %s | %s | %s | %s |", measure, on, target, fmt.Sprintf(format, args...))
}
