package ballots

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// raw is all bytes that the database has in files for its tables of votes: of SQLite the file and its journal, with
// pages that were given up; of PostgreSQL the files of the tables with rows that are dead.
func raw(t *testing.T, db *store.DB) (all []byte) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *store.Tx) error {
		if db.Kind == store.Postgres {
			if _, err := tx.ExecContext(t.Context(), `CHECKPOINT`); err != nil {
				return err
			}
			for _, table := range []string{"vote_urns", "vote_marks", "fleeting_urn_keys", "vote_ballots", "votes", "vote_electors"} {
				var some []byte
				if err := tx.QueryRowContext(t.Context(), `SELECT pg_read_binary_file(pg_relation_filepath('`+table+`'))`).Scan(&some); err != nil {
					return err
				}
				all = append(all, some...)
			}
			return nil
		}
		var path string
		if err := tx.QueryRowContext(t.Context(), `SELECT file FROM pragma_database_list WHERE name = 'main'`).Scan(&path); err != nil {
			return err
		}
		for _, name := range []string{path, path + "-wal"} {
			some, err := os.ReadFile(name)
			if err != nil && !os.IsNotExist(err) {
				return err
			}
			all = append(all, some...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// A guess is the order in which a spy believes that ballots were cast.
type guess struct {
	name string
	runs int
	hits int     // ballots whose voter was guessed
	rho  float64 // rank correlations with the true order, summed
	n    int
}

func (g *guess) score(truth, guessed []string) {
	g.runs, g.n = g.runs+1, len(truth)
	sum := 0.0
	for i, r := range truth {
		at := slices.Index(guessed, r)
		if at == i {
			g.hits++
		}
		sum += float64((at - i) * (at - i))
	}
	n := float64(len(truth))
	g.rho += 1 - 6*sum/(n*(n*n-1))
}

// better reports whether the guesses were better, or worse, than chance makes them: of a random order one ballot
// is in its place on average, and the ranks do not go together. Six times the deviation happens by chance once
// in many millions of runs.
func (g *guess) better() bool {
	runs := float64(g.runs)
	return math.Abs(float64(g.hits)-runs) > 6*math.Sqrt(runs)+1 || math.Abs(g.rho) > 6*math.Sqrt(runs/float64(g.n-1))
}

// TestSecrecy_chance: a spy knows in which order all voted, and has all rows of the database in the order in which
// they lie, all bytes of its files, the names in the file store, the published list. In the middle of the vote they
// can read no ballot; afterwards each order that they can think of is as good as any.
func TestSecrecy_chance(t *testing.T) {
	for _, size := range []struct{ voters, runs int }{{5, 16}, {50, 2}} {
		storetest.Each(t, func(t *testing.T, db *store.DB) {
			h := meet(t, db, size.voters, 0)
			guesses := []*guess{{name: "rows"}, {name: "bytes"}, {name: "list"}, {name: "numbers"}}
			for range size.runs {
				h.spiedOn(size.voters, guesses)
			}
			for _, g := range guesses {
				if g.better() {
					t.Errorf("%d voters, %s: %d ballots guessed in %d votes, correlation %.2f", g.n, g.name, g.hits, g.runs, g.rho/float64(g.runs))
				}
				t.Logf("%d voters, %s: %d ballots guessed in %d votes, mean correlation %+.3f", g.n, g.name, g.hits, g.runs, g.rho/float64(g.runs))
			}
		}, steps...)
	}
}

// spiedOn holds one vote in which each voter marks a candidate of their own, and lets the spy guess.
func (h *hall) spiedOn(voters int, guesses []*guess) {
	t := h.t.(*testing.T)
	v := h.motion()
	v.Kind, v.Method, v.Seats = Election, "plurality", 1
	var names []string
	for i := range voters {
		names = append(names, fmt.Sprintf("Kandidat %02d", i))
	}
	v = h.opened(v, names...)
	order := rand.Perm(v.Electors)[:voters]
	marks := rand.Perm(voters)
	receipts, of := []string{}, map[int]string{}
	before := kept(t, h.Files)
	for i, no := range order {
		h.after(time.Second)
		r := h.must(h.way(v, no+1), marks[i]+1)[0]
		receipts, of[no] = append(receipts, r), r
		if i == voters/2 {
			h.middle(v, receipts)
		}
	}
	if got := kept(t, h.Files); !slices.Equal(got, before) || len(got) != 1 {
		t.Errorf("casting changed the file store from %v to %v", before, got)
	}
	rec, _ := h.closed(v)
	if got := kept(t, h.Files); len(got) != 0 {
		t.Errorf("half a key is left: %v", got)
	}
	l, bytesNow := lookInto(t, h.db), raw(t, h.db)
	var rows, published, numbers []string
	for _, row := range l.rows["vote_ballots"] {
		if i := slices.IndexFunc(receipts, func(r string) bool { return strings.Contains(row, r) }); i >= 0 && strings.Contains(row, string(v.ID)) {
			rows = append(rows, receipts[i])
		}
	}
	for _, b := range rec.Ballots {
		published = append(published, b.Receipt)
	}
	lie := slices.Clone(receipts)
	slices.SortFunc(lie, func(a, b string) int { return bytes.Index(bytesNow, []byte(a)) - bytes.Index(bytesNow, []byte(b)) })
	for _, no := range slices.Sorted(slices.Values(order)) {
		numbers = append(numbers, of[no])
	}
	guesses[0].score(receipts, rows)
	guesses[1].score(receipts, lie)
	guesses[2].score(receipts, published)
	guesses[3].score(numbers, published) // in the order of the electors
}

// middle is what the spy sees while the vote is open, with everything that the database has, its half of the key too.
func (h *hall) middle(v Vote, receipts []string) {
	t := h.t.(*testing.T)
	l, all := lookInto(t, h.db), raw(t, h.db)
	for _, r := range receipts {
		if in := l.holds(r); len(in) > 0 || bytes.Contains(all, []byte(r)) {
			t.Errorf("a receipt stands in %v or in the files", in)
		}
	}
	err := h.db.Read(t.Context(), func(tx *store.Tx) error {
		var secret, sealed string
		if err := tx.QueryRowContext(t.Context(), `SELECT k.secret, u.sealed FROM fleeting_urn_keys k JOIN vote_urns u ON u.vote = k.vote WHERE k.vote = $1`, v.ID).Scan(&secret, &sealed); err != nil {
			return err
		}
		k, err := readUrnKey(secret)
		if err != nil {
			return err
		}
		for _, k := range []urnKey{k, k.with(nil), k.with(k)} {
			if papers, err := k.open(place(v.ID, 0), sealed); err == nil {
				t.Errorf("the database alone opens its urn: %v", papers)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func kept(t *testing.T, in blob.Store) (names []string) {
	t.Helper()
	if err := in.Each(t.Context(), func(r blob.Ref) error { names = append(names, r.Hash); return nil }); err != nil {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

// Of two who voted nothing is told or kept, and a vote of two is not held in secret at all.
func TestSecrecy_two(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 5, 0)
		two := h.motion()
		two.Audience = Audience{Who: Named, Names: []Invited{{Member: h.ids[0]}, {Member: h.ids[1]}}}
		v, err := h.Prepare(t.Context(), clerk, two)
		if err != nil {
			t.Fatal(err)
		}
		_, err = h.Desk.Open(t.Context(), clerk, v.ID, true)
		refused(t, err, "ballots.secret.few")
		v = h.opened(h.motion())
		receipts := slices.Concat(h.must(h.way(v, 2), 1), h.must(h.way(v, 4), 2))
		if v, err = h.Close(t.Context(), clerk, v.ID); err != nil || v.Void != TooFew {
			t.Fatal(v.Void, err)
		}
		l, all := lookInto(t, db), raw(t, db)
		for _, r := range receipts {
			if in := l.holds(r); len(in) > 0 || bytes.Contains(all, []byte(r)) {
				t.Errorf("the receipt of one of two stands in %v or in the files", in)
			}
		}
	}, steps...)
}

// Whatever the total, a weight of which fewer than three people voted is told by the sums: a lone heavy vote of twelve
// is not counted, and while the vote is open the office sees that it would not be.
func TestSecrecy_loneWeight(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 14, 5)
		cast := func(heavy int) Vote {
			v := h.motion()
			v.Weights = Weights{Organisation: 3, Person: 1}
			v = h.opened(v)
			for no := 1; no <= 11; no++ {
				h.must(h.way(v, no), 1+no%2)
			}
			for no := 15; no < 15+heavy; no++ {
				h.must(h.way(v, no), 1)
			}
			return v
		}
		for heavy, want := range map[int]Void{0: "", 1: TooFew, 2: TooFew, 3: ""} {
			v := cast(heavy)
			w, err := h.Vote(t.Context(), clerk, v.ID)
			if err != nil || (w.Thin > 0) != (want == TooFew) || w.Thin > 0 && (w.ThinWeight != 3 || w.Thin != heavy) {
				t.Errorf("%d heavy: thin %d of weight %d, %v", heavy, w.Thin, w.ThinWeight, err)
			}
			if v, err = h.Close(t.Context(), clerk, v.ID); err != nil || v.Void != want {
				t.Errorf("%d heavy: void %q, %v", heavy, v.Void, err)
			}
		}
	}, steps...)
}

// A house whose files are lost cannot open its urns either, and says so.
func TestSecrecy_halfIsNothing(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 5, 0)
	v := h.opened(h.motion())
	h.must(h.way(v, 1), 1)
	for _, name := range kept(t, h.Files) {
		if err := h.Files.Drop(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	h.halves = map[string]urnKey{} // the program was started anew
	if w, err := h.Vote(t.Context(), clerk, v.ID); err != nil || !w.Broken {
		t.Error("nobody says that the urn cannot be opened", err)
	}
	if v, err := h.Close(t.Context(), clerk, v.ID); err != nil || v.Void != Restored {
		t.Error(v.Void, err)
	}
}
