//go:build unix

package lawtext

import (
	"syscall"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// spent is the time of the processor that the test has taken. The clock would
// measure what else the machine does.
func spent(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// The time for one provision does not grow with the act.
func TestGrowth(t *testing.T) {
	per := map[int]time.Duration{}
	for _, provisions := range []int{1_000, 10_000, 100_000} {
		text := synthetic(provisions / 10)
		least := time.Hour
		for range 3 {
			begin := spent(t)
			a := Parse(text)
			least = min(least, spent(t)-begin)
			if n := len(a.Articles("")); n != provisions/10 {
				t.Fatalf("%d articles", n)
			}
		}
		per[provisions] = least / time.Duration(provisions)
		t.Logf("%d provisions: %v, %v each", provisions, least, per[provisions])
	}
	if per[100_000] > 6*max(per[1_000], 500*time.Nanosecond) {
		t.Error("reading slows down with the size of the act")
	}
}

// All real texts of Slovenian law are read at twenty million bytes a second or
// more, on one core.
func TestSpeed(t *testing.T) {
	size, least := 0, time.Hour
	texts := corpus(t, "si-npb", "*.txt")
	for range 3 {
		size = 0
		begin := spent(t)
		for _, text := range texts {
			Parse(text)
			size += len(text)
		}
		least = min(least, spent(t)-begin)
	}
	speed := float64(size) / 1e6 / least.Seconds()
	realtexts.Measured(t, "speed of reading", "20 MB/s", "si-npb", "%d texts, %.1f MB: %.0f MB/s", len(texts), float64(size)/1e6, speed)
	if speed < 10 { // half of what is asked, for machines that are busy
		t.Error("too slow")
	}
}
