package proof

import (
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// One address waits, others do not, and after the window nobody does.
func TestGate(t *testing.T) {
	var g gate
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for i := range mostChecks {
		if err := g.let("192.0.2.1", now); err != nil {
			t.Fatalf("check %d: %v", i+1, err)
		}
	}
	if err := g.let("192.0.2.1", now); !fault.Is(err, fault.Busy) {
		t.Errorf("one more: %v", err)
	}
	if err := g.let("192.0.2.2", now); err != nil {
		t.Errorf("another: %v", err)
	}
	if err := g.let("192.0.2.1", now.Add(gateWindow)); err != nil {
		t.Errorf("later: %v", err)
	}
}
