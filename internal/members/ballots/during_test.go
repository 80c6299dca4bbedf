package ballots

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// During a vote one agent gives way to another, two entries become one, and somebody is erased: whoever was written
// down votes as they were, what was cast counts, and the office is told what has changed.
func TestDuring_register(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 6, 2)
		v := h.opened(h.motion())
		h.must(h.way(v, 1), 1)
		h.must(h.way(v, 2), 2)
		agents, err := h.Members.Agents(t.Context(), clerk, h.ids[6])
		if err != nil || len(agents) != 1 {
			t.Fatal(agents, err)
		}
		if _, err := h.Members.EndAgent(t.Context(), clerk, agents[0].ID, civil.On(2026, 11, 21)); err != nil {
			t.Fatal(err)
		}
		_, err = h.Members.AddAgent(t.Context(), clerk, members.Agent{Member: h.ids[6], Name: "Drugi", Email: "drugi@example.org", Since: civil.On(2026, 11, 22), Answers: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Members.Leave(t.Context(), clerk, h.ids[3], civil.On(2026, 11, 21)); err != nil {
			t.Fatal(err)
		}
		err = db.Write(t.Context(), func(tx *store.Tx) error {
			if err := h.Holder().Merge(t.Context(), tx, h.ids[1], h.ids[2]); err != nil {
				return err
			}
			_, err := h.Members.EraseIn(t.Context(), tx, clerk, h.ids[3])
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		drift, err := h.Drift(t.Context(), clerk, v.ID)
		if err != nil || !slices.Contains(drift.Moved, "Zavod 0000") || len(drift.Gone) == 0 {
			t.Errorf("%+v %v", drift, err)
		}
		h.must(h.way(v, 7), 1) // the agent who was written down
		if turns, err := h.Mine(t.Context(), auth.Actor{User: "x", Email: "p3@example.org", Roles: auth.Member}); err != nil || len(turns) != 0 {
			t.Error("who is erased still has a ballot", turns, err)
		}
		// The office sends the ballot of the other organisation to its new agent; the link of before is dead.
		if err := h.Readdress(t.Context(), clerk, v.ID, 8, "Drugi", "drugi@example.org"); err != nil {
			t.Fatal(err)
		}
		_, _, err = h.Check(t.Context(), Way{By: auth.Actor{User: "x", Email: "a1@example.org", Roles: auth.Member}, Vote: v.ID, No: 8}, []int{1})
		refused(t, err, "ballots.missing")
		h.must(h.way(v, 8), 2)
		r, got := h.closed(v)
		if got.Poll.For != 2 || got.Poll.Against != 2 || r.Electors != 8 || r.Check() != nil {
			t.Errorf("%+v of %d, %v", got.Poll, r.Electors, r.Check())
		}
	}, steps...)
}

// While many cast somebody closes, or annuls: each who was told that their ballot is cast is counted, and nobody else.
func TestDuring_closing(t *testing.T) {
	for name, end := range map[string]func(*hall, ID) (Vote, error){
		"closed":   func(h *hall, id ID) (Vote, error) { return h.Close(h.t.Context(), clerk, id) },
		"annulled": func(h *hall, id ID) (Vote, error) { return h.Annul(h.t.Context(), clerk, id) },
	} {
		t.Run(name, func(t *testing.T) {
			storetest.Each(t, func(t *testing.T, db *store.DB) {
				h := meet(t, db, 40, 0)
				v := h.opened(h.motion())
				for no := 1; no <= 3; no++ {
					h.must(h.way(v, no), 1)
				}
				var ways []Way
				for no := 4; no <= 40; no++ {
					ways = append(ways, h.way(v, no))
				}
				var done atomic.Int64
				done.Store(3)
				var wg sync.WaitGroup
				for i, w := range ways {
					wg.Go(func() {
						time.Sleep(time.Duration(i) * time.Millisecond / 2)
						switch _, err := h.cast(w, 1); {
						case err == nil:
							done.Add(1)
						case fault.Of(err) == nil:
							t.Error(err)
						}
					})
				}
				time.Sleep(5 * time.Millisecond)
				if _, err := end(h, v.ID); err != nil {
					t.Error(err)
				}
				wg.Wait()
				r, err := h.Record(t.Context(), clerk, v.ID)
				if err != nil || r.Voted != done.Load() || name == "closed" && int64(len(r.Ballots)) != done.Load() || name == "annulled" && len(r.Ballots) != 0 {
					t.Errorf("%d were told, %d are marked, %d ballots, %v", done.Load(), r.Voted, len(r.Ballots), err)
				}
				if l := lookInto(t, db); len(l.rows["vote_urns"])+len(l.rows["fleeting_urn_keys"]) != 0 || len(kept(t, h.Files)) != 0 {
					t.Error("something of the urn is left")
				}
			}, steps...)
		})
	}
}

// A link that is passed on casts one ballot, whoever uses it; a printed code takes its place, and the other way
// round; what a second tab has ready is refused.
func TestDuring_links(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 5, 0)
	v := h.opened(h.motion())
	if _, _, _, err := h.lettersAfter(t.Context(), v.ID, 0); err != nil {
		t.Fatal(err)
	}
	links := map[string]string{}
	list, err := h.Mail.Ledger(t.Context(), auth.House, Subject(v.ID))
	for _, e := range list {
		var whole mail.Entry
		if whole, err = h.Mail.Get(t.Context(), auth.House, e.ID); err != nil {
			break
		}
		_, rest, _ := strings.Cut(whole.Text, "/v/")
		links[e.To] = rest[:tokenLetters]
	}
	if err != nil || len(links) != 5 {
		t.Fatal(links, err)
	}
	forwarded := Way{Token: links["p0@example.org"]}
	_, first, err := h.Check(t.Context(), forwarded, []int{1})
	if err != nil {
		t.Fatal(err)
	}
	_, second, err := h.Check(t.Context(), forwarded, []int{2}) // in another tab
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.Cast(t.Context(), forwarded, []int{1}, first); err != nil {
		t.Fatal(err)
	}
	_, _, err = h.Cast(t.Context(), forwarded, []int{2}, second)
	refused(t, err, "ballots.voted")
	if s, err := h.Sheet(t.Context(), forwarded); err != nil || !s.Elector.Voted {
		t.Error("the owner of the link is not told", err)
	}
	codes, err := h.Codes(t.Context(), clerk, v.ID, []int{2})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = h.Check(t.Context(), Way{Token: links["p1@example.org"]}, []int{1})
	refused(t, err, "ballots.link.unknown")
	h.must(Way{Token: ReadCode(codes[0].Code)}, 1)
	_, err = h.Codes(t.Context(), clerk, v.ID, []int{2})
	refused(t, err, "ballots.codes.none")
	h.must(Way{Token: links["p2@example.org"]}, 2)
	if _, got := h.closed(v); got.Poll.For != 2 || got.Poll.Against != 1 {
		t.Errorf("%+v", got.Poll)
	}
}

// One person who acts for three organisations has three ballots, and may cast each in its own way; in secret they are
// one pair of hands.
func TestDuring_oneForMany(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 4, 0)
		for _, name := range []string{"Zavod A", "Zavod B", "Zavod C"} {
			id := h.add(members.Member{Kind: members.Organisation, Name: name, Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}})
			if _, err := h.Members.AddAgent(t.Context(), clerk, members.Agent{Member: id, Name: "Oseba 0000", Email: "p0@example.org", Since: civil.On(2020, 1, 1), Answers: true}); err != nil {
				t.Fatal(err)
			}
		}
		me := auth.Actor{User: "x", Email: "p0@example.org", Roles: auth.Member}
		for secret, want := range map[bool]Void{false: "", true: TooFew} {
			v := h.motion()
			v.Secret = secret
			v = h.opened(v)
			turns, err := h.Mine(t.Context(), me)
			if err != nil || len(turns) != 4 {
				t.Fatal(len(turns), err)
			}
			for i, turn := range turns {
				h.must(Way{By: me, Vote: v.ID, No: turn.Elector.No}, 1+i%3)
			}
			v, err = h.Close(t.Context(), clerk, v.ID)
			if err != nil || v.Void != want || v.Voted != 4 {
				t.Error(secret, v.Void, v.Voted, err)
			}
			if got, err := h.Result(t.Context(), clerk, v.ID); !secret && (err != nil || got.Poll != tally.Poll{For: 2, Against: 1, Abstained: 1, Present: 4, All: 7}) {
				t.Errorf("%+v %v", got.Poll, err)
			}
		}
	}, steps...)
}
