package ballots

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// A vote of 60,000: it opens, takes ballots one by one, and closes within bounds.
// ASOCIACIJA_BUDGET=1 go test ./internal/members/ballots -run Sixty -v
func TestSixtyThousand(t *testing.T) {
	n, casts := 600, 20
	if os.Getenv("ASOCIACIJA_BUDGET") != "" {
		n, casts = 60_000, 200
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 0, 0)
		h.Seats = func(context.Context, *store.Tx, Who, string, civil.Date) (seats []Seat, err error) {
			for i := range n {
				seats = append(seats, Seat{ID: fmt.Sprint(i), Name: fmt.Sprintf("Oseba %05d", i), Email: fmt.Sprintf("p%d@example.org", i)})
			}
			return seats, nil
		}
		v := h.motion()
		v.Audience = Audience{Who: OfBody, Of: "b"}
		begun := time.Now()
		v = h.opened(v)
		opened := time.Since(begun)
		var ways []Way
		for i := range casts {
			ways = append(ways, h.way(v, 1+i*(n/casts)))
		}
		begun = time.Now()
		for _, w := range ways {
			h.must(w, 1)
		}
		each := time.Since(begun) / time.Duration(casts)
		begun = time.Now()
		_, got := h.closed(v)
		if closed := time.Since(begun); got.Poll.For != int64(casts) || opened > time.Minute || each > time.Second || closed > time.Minute {
			t.Errorf("%+v; opened in %v, each cast in %v, closed in %v", got.Poll, opened, each, closed)
		} else {
			t.Logf("%d electors: opened in %v, a cast with its check %v, closed in %v", n, opened.Round(time.Millisecond), each.Round(10*time.Microsecond), closed.Round(time.Millisecond))
		}
	}, steps...)
}
