package ballots

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// turned lets the hour come and the house do its work.
func (h *hall) turned(v Vote, d time.Duration) Vote {
	h.t.Helper()
	h.after(d)
	if err := h.turn(h.t.Context(), jobs.Run{}); err != nil {
		h.t.Fatal(err)
	}
	w, err := h.Vote(h.t.Context(), clerk, v.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return w.Vote
}

// Who has a vote open by itself reads the warnings that they would by hand; it opens while no more is to be
// said than they have accepted, and stops with a word to the office where there is.
func TestSchedule(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 6, 0)
		gone := 0
		leave := func(n int) func(*Vote) {
			return func(*Vote) {
				for ; n > 0; n-- {
					if _, err := h.Members.Leave(t.Context(), clerk, h.ids[gone], civil.On(2026, 11, 21)); err != nil {
						t.Fatal(err)
					}
					gone++
				}
			}
		}
		prepared := func() Vote {
			v := h.motion()
			v.Opens = h.now().Add(time.Hour)
			v, err := h.Prepare(t.Context(), clerk, v)
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		v := prepared()
		_, err := h.Schedule(t.Context(), clerk, v.ID, false)
		refused(t, err, "ballots.secret.warn")
		if v = h.turned(v, 2*time.Hour); v.State != Prepared || v.Stopped == nil || v.Stopped.Key != "ballots.schedule.asked" {
			t.Errorf("nobody had accepted the warnings: %+v", v)
		}
		for _, tt := range []struct {
			name, why string
			meanwhile func(*Vote)
		}{
			{"nothing changes", "", func(*Vote) {}},
			{"somebody joins", "", func(*Vote) {
				h.add(members.Member{Kind: members.Person, Name: "Nova", Email: "nova@example.org", Standing: members.Active, Term: civil.Span{From: civil.On(2026, 11, 1)}})
			}},
			{"the clerk changes it", "ballots.schedule.asked", func(v *Vote) {
				v.Text = "Drugače"
				if _, err := h.Change(t.Context(), clerk, *v); err != nil {
					t.Fatal(err)
				}
			}},
			{"there are fewer electors", "ballots.secret.warn", leave(1)},
			{"there are too few", "ballots.secret.few", leave(4)},
		} {
			v := prepared()
			v, err := h.Schedule(t.Context(), clerk, v.ID, true)
			if err != nil || v.Accepted == nil || len(*v.Accepted) != 1 {
				t.Fatal(tt.name, v.Accepted, err)
			}
			tt.meanwhile(&v)
			v = h.turned(v, 2*time.Hour)
			switch {
			case tt.why == "" && (v.State != Open || h.dues["votes/"+string(v.ID)].Kind != "dues.ballots.close"):
				t.Errorf("%s: %s, %+v", tt.name, v.State, v.Stopped)
			case tt.why != "" && (v.State != Prepared || v.Stopped == nil || v.Stopped.Key != tt.why || h.dues["votes/"+string(v.ID)].Kind != "dues.ballots.stopped"):
				t.Errorf("%s: %s, %+v; want %s", tt.name, v.State, v.Stopped, tt.why)
			}
			if again := h.turned(v, time.Minute); again.Revision != v.Revision {
				t.Error(tt.name, "is tried again and again")
			}
			h.after(-2*time.Hour - time.Minute)
			if v.State == Open {
				if _, err := h.Annul(t.Context(), clerk, v.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
	}, steps...)
}

// The chair decides a tie once, where the rule leaves it to them; the record says how.
func TestDecide(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 6, 0)
	tied := func(m tally.Majority) Vote {
		v := h.motion()
		v.Secret, v.Majority = false, m
		v = h.opened(v)
		h.must(h.way(v, 1), 1)
		h.must(h.way(v, 2), 2)
		h.closed(v)
		return v
	}
	v := tied(tally.Majority{Share: tally.Half, Of: tally.Cast, OnTie: tally.Repeat})
	_, err := h.Decide(t.Context(), clerk, v.ID, "for")
	refused(t, err, "ballots.chair.no")
	v = tied(tally.Majority{Share: tally.Half, Of: tally.Cast, OnTie: tally.Chair})
	_, err = h.Decide(t.Context(), clerk, v.ID, "")
	refused(t, err, "ballots.chair.empty")
	if _, err := h.Decide(t.Context(), clerk, v.ID, "for"); err != nil {
		t.Fatal(err)
	}
	_, err = h.Decide(t.Context(), clerk, v.ID, "against")
	refused(t, err, "ballots.chair.no")
	r, err := h.Record(t.Context(), member, v.ID)
	if err != nil || r.Chair != "for" || r.Check() != nil {
		t.Error(r.Chair, err)
	}
	if got, err := r.Count(); err != nil || got.Outcome != tally.Passed {
		t.Error(got.Outcome, err)
	}
}

// Of two rounds the second is between the two with most votes.
func TestRepeat_rounds(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 6, 0)
	v := h.motion()
	v.Kind, v.Method, v.Seats, v.Secret = Election, tally.Rounds, 1, false
	v = h.opened(v, "Ana", "Boris", "Cene")
	w, err := h.Vote(t.Context(), clerk, v.ID)
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for _, c := range w.Candidates {
		at[c.Name] = c.Ord
	}
	for no, name := range map[int]string{1: "Ana", 2: "Ana", 3: "Boris", 4: "Boris", 5: "Cene"} {
		h.must(h.way(v, no), at[name])
	}
	_, got := h.closed(v)
	if len(got.Result.Elected) != 0 || len(got.Result.Second) != 2 {
		t.Fatalf("%+v", got.Result)
	}
	again, err := h.Repeat(t.Context(), clerk, v.ID, h.now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	w, err = h.Vote(t.Context(), clerk, again.ID)
	if err != nil || w.Method != tally.Plurality || len(w.Candidates) != 2 || slices.ContainsFunc(w.Candidates, func(c Candidate) bool { return c.Name == "Cene" }) {
		t.Errorf("%+v %v", w, err)
	}
}

// Votes are found by those who may see them, and the office has its list of what to do.
func TestVote_foundAndDue(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 6, 0)
		found := func(by auth.Actor) int {
			p, err := h.Search.Find(t.Context(), by, search.Query{Text: "pravila"})
			if err != nil {
				t.Fatal(err)
			}
			return len(p.Hits)
		}
		v, err := h.Prepare(t.Context(), clerk, h.motion())
		if err != nil || found(clerk) != 1 || found(member) != 0 {
			t.Error("a vote in preparation", found(clerk), found(member), err)
		}
		if v, err = h.Desk.Open(t.Context(), clerk, v.ID, true); err != nil || found(member) != 1 || found(auth.Actor{}) != 0 {
			t.Error("an open vote", found(member), found(auth.Actor{}), err)
		}
		due := func() string { return h.dues["votes/"+string(v.ID)].Kind }
		if got := h.dues["votes/"+string(v.ID)]; got.Kind != "dues.ballots.close" || got.On != civil.On(2026, 11, 29) {
			t.Errorf("%+v", got)
		}
		for no := 1; no <= 3; no++ {
			h.must(h.way(v, no), 1)
		}
		if h.closed(v); due() != "dues.ballots.publish" {
			t.Error(due())
		}
		if err := h.Publish(t.Context(), clerk, v.ID, true); err != nil || due() != "" || found(auth.Actor{}) != 1 {
			t.Error(due(), found(auth.Actor{}), err)
		}
		v, err = h.Prepare(t.Context(), clerk, h.motion())
		if err == nil {
			err = h.Drop(t.Context(), clerk, v.ID)
		}
		if err != nil || found(clerk) != 1 {
			t.Error("a vote that was thrown away is found", err)
		}
	}, steps...)
}

// Members propose themselves and others until the hour; who is proposed consents by a link, the office
// says who may stand, and only those who may and will are on the ballot.
func TestPropose(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 8, 0)
		v := h.motion()
		v.Kind, v.Method, v.Seats, v.Proposals = Election, tally.STV, 2, h.now().Add(24*time.Hour)
		v, err := h.Prepare(t.Context(), clerk, v)
		if err != nil {
			t.Fatal(err)
		}
		mine := Stand{By: auth.Actor{User: "x", Name: "Oseba 0003", Email: "p3@example.org", Roles: auth.Member}, Vote: v.ID}
		self, err := h.Propose(t.Context(), mine, Proposal{Myself: true, Statement: "Delam."})
		if err != nil || self.Name != "Oseba 0003" || self.Consent == "" || self.Ruling != Waits || self.Member != h.ids[3] {
			t.Fatalf("%+v %v", self, err)
		}
		_, err = h.Propose(t.Context(), mine, Proposal{Myself: true})
		refused(t, err, "ballots.candidate.twice")
		_, err = h.Propose(t.Context(), mine, Proposal{Name: "Brez Naslova"})
		refused(t, err, "ballots.stand.email")
		other, err := h.Propose(t.Context(), mine, Proposal{Name: "Oseba 0005", Email: "P5@example.org"})
		if err != nil || other.Consent != "" {
			t.Fatal(other, err)
		}
		token := h.token("p5@example.org", "/stand/")
		s, err := h.Slate(t.Context(), Stand{Token: token})
		if err != nil || s.Own != other.ID || !s.Asked || len(s.Candidates) != 2 {
			t.Fatalf("%+v %v", s, err)
		}
		_, err = h.Propose(t.Context(), Stand{Token: token}, Proposal{Name: "Še Kdo", Email: "x@example.org"})
		refused(t, err, "ballots.proposals.over") // that link is for consent
		_, err = h.Desk.Open(t.Context(), clerk, v.ID, true)
		refused(t, err, "ballots.proposals.run")
		if err := h.Answer(t.Context(), Stand{Token: token}, true, "Tudi jaz."); err != nil {
			t.Fatal(err)
		}
		is, err := h.Electable(t.Context(), clerk, v.ID)
		if err != nil || !is[self.ID] || !is[other.ID] {
			t.Error(is, err)
		}
		// Who has no account is called upon by a link.
		if done, of, err := h.call(v); err != nil || done != 8 || of != 8 {
			t.Fatal(done, of, err)
		}
		if done, _, err := h.call(v); err != nil || done != 0 {
			t.Error("called twice", done, err)
		}
		third, err := h.Propose(t.Context(), Stand{Token: h.token("p6@example.org", "/stand/")}, Proposal{Myself: true, Name: "Sama Sebe"})
		if err != nil {
			t.Fatal(err)
		}
		refused(t, h.Rule(t.Context(), clerk, v.ID, third.ID, Barred, " "), "ballots.ruling.reason")
		if err := h.Rule(t.Context(), clerk, v.ID, third.ID, Barred, "Ni članica."); err != nil {
			t.Fatal(err)
		}
		h.after(25 * time.Hour)
		_, err = h.Propose(t.Context(), mine, Proposal{Name: "Prepozna", Email: "y@example.org"})
		refused(t, err, "ballots.proposals.over")
		refused(t, h.Answer(t.Context(), mine, false, ""), "ballots.stand.late")
		_, err = h.Desk.Open(t.Context(), clerk, v.ID, true)
		refused(t, err, "ballots.candidate.ruling")
		for _, c := range []Candidate{self, other} {
			if err := h.Rule(t.Context(), clerk, v.ID, c.ID, Eligible, ""); err != nil {
				t.Fatal(err)
			}
		}
		if v, err = h.Desk.Open(t.Context(), clerk, v.ID, true); err != nil {
			t.Fatal(err)
		}
		w, err := h.Vote(t.Context(), member, v.ID)
		if err != nil || len(w.Candidates) != 2 || w.Candidates[0].Email+w.Candidates[1].Email != "" {
			t.Errorf("%+v %v", w.Candidates, err)
		}
		if _, err := h.Slate(t.Context(), Stand{Token: token}); !fault.Is(err, fault.Missing) {
			t.Error("a link to stand outlives the opening", err)
		}
	}, steps...)
}

// call is what the job does.
func (h *hall) call(v Vote) (done, of int, err error) {
	err = h.db.Write(h.t.Context(), func(tx *store.Tx) (err error) { done, of, err = h.callSome(h.t.Context(), tx, v); return err })
	return done, of, err
}

// token is the link of its kind in the newest letter to the address.
func (h *hall) token(to, path string) string {
	h.t.Helper()
	list, err := h.Mail.Ledger(h.t.Context(), auth.House, "")
	if err != nil {
		h.t.Fatal(err)
	}
	for _, e := range list {
		whole, err := h.Mail.Get(h.t.Context(), auth.House, e.ID)
		if err != nil {
			h.t.Fatal(err)
		}
		if _, rest, ok := strings.Cut(whole.Text, path); ok && whole.To == to {
			return rest[:tokenLetters]
		}
	}
	h.t.Fatalf("no letter to %s has a link to %s", to, path)
	return ""
}

// Who declines, or withdraws in time, is not on the ballot, and what they said is gone.
func TestAnswer_declines(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 8, 0)
	v := h.motion()
	v.Kind, v.Method, v.Seats, v.Proposals = Election, tally.STV, 1, h.now().Add(24*time.Hour)
	v, err := h.Prepare(t.Context(), clerk, v)
	if err != nil {
		t.Fatal(err)
	}
	mine := Stand{By: auth.Actor{User: "x", Name: "Oseba 0003", Email: "p3@example.org", Roles: auth.Member}, Vote: v.ID}
	if _, err := h.Propose(t.Context(), mine, Proposal{Myself: true, Statement: "Premislil sem si."}); err != nil {
		t.Fatal(err)
	}
	if err := h.Answer(t.Context(), mine, false, ""); err != nil {
		t.Fatal(err)
	}
	other := Stand{By: auth.Actor{User: "y", Name: "Oseba 0004", Email: "p4@example.org", Roles: auth.Member}, Vote: v.ID}
	if s, err := h.Slate(t.Context(), other); err != nil || len(s.Candidates) != 0 {
		t.Errorf("%+v %v", s.Candidates, err)
	}
	if s, err := h.Slate(t.Context(), mine); err != nil || len(s.Candidates) != 1 || s.Candidates[0].Statement != "" {
		t.Errorf("%+v %v", s.Candidates, err)
	}
	refused(t, h.Answer(t.Context(), other, true, ""), "ballots.missing")
}
