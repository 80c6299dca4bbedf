package ballots

import (
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// Bad input gets a clear word; nothing is lost and nothing counts twice.
func TestCast_wrong(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 9, 0)
		v := h.opened(h.motion())
		one := h.way(v, 1)
		_, slip, err := h.Check(t.Context(), one, []int{1})
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = h.Cast(t.Context(), h.way(v, 2), []int{1}, slip)
		refused(t, err, "ballots.slip.forged") // the slip of another
		_, _, err = h.Cast(t.Context(), one, []int{1}, Slip{Receipt: "mine"})
		refused(t, err, "ballots.slip.forged")
		_, _, err = h.Cast(t.Context(), one, []int{4}, slip)
		refused(t, err, "ballots.marks.unknown")
		_, first, err := h.Cast(t.Context(), one, []int{1}, slip)
		if err != nil {
			t.Fatal(err)
		}
		_, second, err := h.Cast(t.Context(), one, []int{1}, slip) // pressed twice
		if err != nil || !slices.Equal(first, second) {
			t.Error(first, second, err)
		}
		_, err = h.cast(one, 2)
		refused(t, err, "ballots.voted")
		_, _, err = h.Check(t.Context(), Way{Token: "forged"}, []int{1})
		refused(t, err, "ballots.link.unknown")
		_, _, err = h.Check(t.Context(), Way{By: member, Vote: v.ID, No: 7}, []int{1})
		refused(t, err, "ballots.missing") // somebody else's ballot
		h.must(h.way(v, 3), 1)
		h.must(h.way(v, 4), 2)
		_, late, err := h.Check(t.Context(), h.way(v, 5), []int{1})
		five := h.way(v, 5)
		if err != nil {
			t.Fatal(err)
		}
		_, got := h.closed(v)
		if got.Poll.For != 2 || got.Poll.Against != 1 {
			t.Errorf("%+v", got.Poll)
		}
		_, _, err = h.Cast(t.Context(), Way{By: five.By, Vote: v.ID, No: 5}, []int{1}, late)
		if fault.Of(err) == nil {
			t.Error("cast after the closing", err)
		}
	}, steps...)
}

// was cast stays cast.
func TestCast_clock(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 9, 0)
		v := h.opened(h.motion())
		for no := range 3 {
			h.must(h.way(v, no+1), 1)
		}
		h.after(-48 * time.Hour)
		h.must(h.way(v, 4), 1) // an hour before it opened, by a clock that is wrong
		_, slip, err := h.Check(t.Context(), h.way(v, 5), []int{2})
		if err != nil {
			t.Fatal(err)
		}
		h.after(30 * 24 * time.Hour)
		_, _, err = h.Cast(t.Context(), h.way(v, 5), []int{2}, slip)
		refused(t, err, "ballots.over")
		h.after(-30 * 24 * time.Hour)
		_, _, err = h.Cast(t.Context(), h.way(v, 5), []int{2}, slip)
		refused(t, err, "ballots.over")
		if err := h.turn(t.Context(), jobs.Run{}); err != nil {
			t.Fatal(err)
		}
		w, err := h.Vote(t.Context(), clerk, v.ID)
		if err != nil || w.State != Closed || w.Voted != 4 {
			t.Fatal(w.State, w.Voted, err)
		}
		_, err = h.Desk.Open(t.Context(), clerk, v.ID, true)
		refused(t, err, "ballots.in.closed")
	}, steps...)
}

// Of many who cast the same ballot at once, one counts, and different ones all do.
func TestCast_once(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 20, 0)
		v := h.opened(h.motion())
		var ways []Way
		for no := range 20 {
			ways = append(ways, h.way(v, no+1))
		}
		var done, refused atomic.Int32
		var wg sync.WaitGroup
		for i := range 60 {
			wg.Go(func() {
				switch _, err := h.cast(ways[i%20], 1); {
				case err == nil:
					done.Add(1)
				case fault.Is(err, fault.Conflict):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if _, got := h.closed(v); done.Load() != 20 || refused.Load() != 40 || got.Poll.For != 20 {
			t.Errorf("%d cast, %d refused, %+v", done.Load(), refused.Load(), got.Poll)
		}
	}, steps...)
}

// Two processes on one database take ballots at the same time: each counts, once.
func TestCast_twoProcesses(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 30, 0)
		other := &hall{Desk: New(db, h.house, Others{Members: h.Members, Jobs: jobs.New(db, nil), Mail: h.Mail, Files: h.Files}), t: t}
		v := h.opened(h.motion())
		var ways []Way
		for no := range 30 {
			ways = append(ways, h.way(v, no+1))
		}
		var done atomic.Int32
		var wg sync.WaitGroup
		for i := range 60 {
			at := h
			if i%2 == 1 {
				at = other
			}
			wg.Go(func() {
				if _, err := at.cast(ways[i/2], 1); err == nil {
					done.Add(1)
				} else if !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if _, got := h.closed(v); done.Load() != 30 || got.Poll.For != 30 {
			t.Errorf("%d cast, %d counted", done.Load(), got.Poll.For)
		}
	}, steps...)
}

// Where the ballot cannot be written, neither is the mark: who was told that
// something failed has not voted, and can vote again.
func TestCast_whole(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 5, 0)
		v := h.opened(h.motion())
		w := h.way(v, 1)
		alter := func(statement string) {
			t.Helper()
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				_, err := tx.ExecContext(t.Context(), statement)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		alter(`UPDATE vote_urns SET cell = 7`)
		if _, err := h.cast(w, 1); err == nil || fault.Of(err) != nil {
			t.Error("a ballot was cast into no urn:", err)
		}
		if one, err := h.Vote(t.Context(), clerk, v.ID); err != nil || one.Voted != 0 {
			t.Error(one.Voted, err)
		}
		alter(`UPDATE vote_urns SET cell = 0`)
		h.must(w, 1)
	}, steps...)
}
