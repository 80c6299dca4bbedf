package proof

import (
	"sync"
	"time"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// How many checks one network address has in how long. An office that checks a pile
// of extracts stays below it.
const (
	mostChecks = 60
	gateWindow = 10 * time.Minute
	mostGuests = 10_000
)

// A gate keeps one address from keeping the house busy with checks. It remembers
// nobody beyond the window, and writes nothing down.
type gate struct {
	mu    sync.Mutex
	begun time.Time
	came  map[string]int
}

// let returns a Busy fault for whoever came too often.
func (g *gate) let(from string, now time.Time) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.came == nil || now.Sub(g.begun) >= gateWindow || now.Before(g.begun) || len(g.came) >= mostGuests {
		g.begun, g.came = now, map[string]int{}
	}
	if g.came[from]++; g.came[from] > mostChecks {
		return fault.New(fault.Busy, "proof.check.busy", "minutes", int(gateWindow/time.Minute))
	}
	return nil
}

// Knock returns a Busy fault if there were too many checks from the network address.
func (d *Desk) Knock(from string) error { return d.gate.let(from, d.db.Now()) }
