package ballotsweb

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// A rush is what many voters met with.
type rush struct {
	sync.Mutex
	casts  []time.Duration // of the request that casts
	failed []string
	marks  map[string]int
}

// step sends one request of a voter, by a link and without an account.
func (r *rush) step(h *hall, method, path string, form url.Values) (string, time.Duration) {
	q := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	q.Header.Set("Sec-Fetch-Site", "same-origin")
	w, begun := httptest.NewRecorder(), time.Now()
	h.site.ServeHTTP(w, q)
	took := time.Since(begun)
	if w.Code != http.StatusOK {
		r.Lock()
		r.failed = append(r.failed, fmt.Sprintf("%s %s: %d", method, path[:3], w.Code))
		r.Unlock()
		return "", took
	}
	return w.Body.String(), took
}

// vote is what one voter does: open the page, choose, check, cast.
func (r *rush) vote(h *hall, base, mark string) {
	r.step(h, "GET", base, nil)
	body, _ := r.step(h, "POST", base+"/check", url.Values{"mark": {mark}})
	form := url.Values{"mark": {mark}}
	for _, m := range hidden.FindAllStringSubmatch(body, -1) {
		form.Set(m[1], m[2])
	}
	body, took := r.step(h, "POST", base+"/cast", form)
	r.Lock()
	defer r.Unlock()
	if body != "" && strings.Contains(body, form.Get("receipt")) {
		r.casts = append(r.casts, took)
		r.marks[mark]++
	}
}

// TestRush has many voters vote by the pages: at instants of chance within the time,
// or, where that is nothing, all at once. Each ballot counts, once. 2,000 within a
// minute, and at once: ASOCIACIJA_BUDGET=1 go test ./internal/members/ballotsweb -run Rush -v -timeout 20m
func TestRush(t *testing.T) {
	n, within := 200, 2*time.Second
	if os.Getenv("ASOCIACIJA_BUDGET") != "" {
		n, within = 2_000, time.Minute
	}
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, n)
		for _, time := range []time.Duration{within, 0} {
			h.rush(t, n, time)
		}
	}, steps...)
}

func (h *hall) rush(t *testing.T, n int, within time.Duration) {
	t.Helper()
	v, err := h.desk.Prepare(t.Context(), clerk, ballots.Vote{
		Kind: ballots.Motion, Secret: true, Title: "Naval", Majority: tally.Simple, Audience: ballots.Audience{Who: ballots.All}, Closes: h.now.Add(time.Hour),
	})
	if err == nil {
		v, err = h.desk.Open(t.Context(), clerk, v.ID, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = i + 1
	}
	codes, err := h.desk.Codes(t.Context(), clerk, v.ID, numbers)
	if err != nil || len(codes) != n {
		t.Fatal(len(codes), err)
	}
	r := &rush{marks: map[string]int{}}
	begun := time.Now()
	var wg sync.WaitGroup
	for i, c := range codes {
		wait := time.Duration(0)
		if within > 0 {
			wait = rand.N(within)
		}
		wg.Go(func() {
			time.Sleep(wait)
			r.vote(h, "/v/"+ballots.ReadCode(c.Code), fmt.Sprint(1+i%3))
		})
	}
	wg.Wait()
	took := time.Since(begun)
	if _, err := h.desk.Close(t.Context(), clerk, v.ID); err != nil {
		t.Fatal(err)
	}
	got, err := h.desk.Result(t.Context(), clerk, v.ID)
	want := tally.Poll{For: int64(r.marks["1"]), Against: int64(r.marks["2"]), Abstained: int64(r.marks["3"]), Present: int64(n), All: int64(n)}
	if err != nil || got.Poll != want || len(r.failed) > 0 || len(r.casts) != n {
		t.Errorf("%d of %d cast, counted %+v, want %+v; failed: %v %v", len(r.casts), n, got.Poll, want, r.failed[:min(len(r.failed), 5)], err)
	}
	slices.Sort(r.casts)
	if len(r.casts) > 0 {
		t.Logf("%d voters within %v: all done after %v; casting p50 %v, p95 %v, slowest %v; %d failed", n, within, took.Round(10*time.Millisecond),
			r.casts[len(r.casts)/2].Round(10*time.Microsecond), r.casts[len(r.casts)*95/100].Round(10*time.Microsecond), r.casts[len(r.casts)-1].Round(10*time.Microsecond), len(r.failed))
	}
	if took > max(time.Minute, within+10*time.Second) {
		t.Errorf("it took %v", took)
	}
}
