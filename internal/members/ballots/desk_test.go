package ballots

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var (
	clerk  = auth.Actor{User: "u1", Name: "Neža Škrbec", Email: "neza@mnk.example", Roles: auth.Office}
	member = auth.Actor{User: "u2", Name: "Taja Benko", Email: "p3@example.org", Roles: auth.Member}
)

var steps = []store.Steps{members.Steps(), audit.Steps(), jobs.Steps(), mail.Steps(), search.Steps(), Steps()}

// A hall is a desk over a register of so many persons and organisations, at a clock
// that the test sets.
type hall struct {
	*Desk
	t     testing.TB
	clock atomic.Int64
	ids   []members.ID
	dues  map[string]pending.Due
}

func (h *hall) now() time.Time { return time.Unix(h.clock.Load(), 0).UTC() }

func (h *hall) after(d time.Duration) { h.clock.Add(int64(d / time.Second)) }

func meet(t testing.TB, db *store.DB, persons, organisations int) *hall {
	t.Helper()
	h := &hall{t: t, dues: map[string]pending.Due{}}
	h.clock.Store(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC).Unix())
	db.At(h.now)
	words, err := i18n.Load(Words())
	if err != nil {
		t.Fatal(err)
	}
	queue := jobs.New(db, nil)
	post, err := mail.New(db, queue, mail.SMTP{})
	if err != nil {
		t.Fatal(err)
	}
	register := members.New(db)
	files, err := blob.NewDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	house := House{Name: "Mreža", URL: "http://localhost", Lang: "sl", Zone: time.UTC, In: words.In}
	h.Desk = New(db, house, Others{
		Members: register, Jobs: queue, Mail: post, Files: files, Search: search.New(db),
		Pending: pending.Into(h.dues),
	})
	register.Join(h.Holder())
	term := civil.Span{From: civil.On(2020, 1, 1)}
	for i := range persons {
		h.add(members.Member{Kind: members.Person, Name: fmt.Sprintf("Oseba %04d", i), Email: fmt.Sprintf("p%d@example.org", i), Standing: members.Active, Term: term})
	}
	for i := range organisations {
		id := h.add(members.Member{Kind: members.Organisation, Name: fmt.Sprintf("Zavod %04d", i), Standing: members.Active, Term: term})
		_, err := register.AddAgent(t.Context(), clerk, members.Agent{Member: id, Name: fmt.Sprintf("Agent %d", i), Email: fmt.Sprintf("a%d@example.org", i), Since: civil.On(2020, 1, 1), Answers: true})
		if err != nil {
			t.Fatal(err)
		}
	}
	return h
}

func (h *hall) add(m members.Member) members.ID {
	h.t.Helper()
	m, err := h.Members.Add(h.t.Context(), clerk, m)
	if err != nil {
		h.t.Fatal(err)
	}
	h.ids = append(h.ids, m.ID)
	return m.ID
}

// motion is a secret vote of all on a motion, for a week.
func (h *hall) motion() Vote {
	return Vote{Kind: Motion, Secret: true, Title: "Nova pravila", Majority: tally.Simple, Audience: Audience{Who: All}, Closes: h.now().Add(7 * 24 * time.Hour)}
}

// opened prepares and opens a vote, with candidates if it is an election.
func (h *hall) opened(v Vote, candidates ...string) Vote {
	h.t.Helper()
	v, err := h.Prepare(h.t.Context(), clerk, v)
	for _, name := range candidates {
		if err == nil {
			_, err = h.Stand(h.t.Context(), clerk, Candidate{Vote: v.ID, Name: name, Consent: "po e-pošti"})
		}
	}
	if err == nil {
		v, err = h.Desk.Open(h.t.Context(), clerk, v.ID, true)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

// way is how the elector of the number comes to their ballot: signed in.
func (h *hall) way(v Vote, no int) Way {
	h.t.Helper()
	list, err := h.Electors(h.t.Context(), clerk, v.ID, no-1)
	if err != nil || len(list) == 0 {
		h.t.Fatal(no, err)
	}
	return Way{By: auth.Actor{User: "x", Email: list[0].Email, Roles: auth.Member}, Vote: v.ID, No: no}
}

// cast checks and casts, and returns the receipts.
func (h *hall) cast(w Way, marks ...int) ([]string, error) {
	_, slip, err := h.Check(h.t.Context(), w, marks)
	if err != nil {
		return nil, err
	}
	_, receipts, err := h.Cast(h.t.Context(), w, marks, slip)
	return receipts, err
}

func (h *hall) must(w Way, marks ...int) []string {
	h.t.Helper()
	r, err := h.cast(w, marks...)
	if err != nil {
		h.t.Fatal(err)
	}
	return r
}

func (h *hall) closed(v Vote) (tally.Record, tally.Tally) {
	h.t.Helper()
	if _, err := h.Close(h.t.Context(), clerk, v.ID); err != nil {
		h.t.Fatal(err)
	}
	r, err := h.Record(h.t.Context(), clerk, v.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	got, err := h.Result(h.t.Context(), clerk, v.ID)
	if err != nil {
		h.t.Fatal(err)
	}
	return r, got
}

// refused fails unless err is a fault of the key.
func refused(t testing.TB, err error, key string) {
	t.Helper()
	if f := fault.Of(err); f == nil || f.Key != key {
		t.Errorf("%v; want %s", err, key)
	}
}

// A secret motion from the opening to the result, which anybody counts again from
// what is published, and in which each finds their receipt.
func TestVote_motion(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 9, 3)
		v := h.opened(h.motion())
		if v.Electors != 12 || v.Weight != 12 {
			t.Fatalf("%d electors of weight %d", v.Electors, v.Weight)
		}
		receipts := map[string]int{}
		for no, mark := range map[int]int{1: 1, 2: 1, 3: 2, 4: 3, 11: 1} {
			receipts[h.must(h.way(v, no), mark)[0]] = mark
		}
		w, err := h.Vote(t.Context(), member, v.ID)
		if err != nil || w.Voted != 5 || w.Seed != "" {
			t.Fatalf("%d voted, seed %q, %v", w.Voted, w.Seed, err)
		}
		if _, err := h.Record(t.Context(), clerk, v.ID); fault.Of(err) == nil {
			t.Fatal("ballots are told before the closing", err)
		}
		r, got := h.closed(v)
		want := tally.Poll{For: 3, Against: 1, Abstained: 1, Present: 5, All: 12}
		if got.Poll != want || got.Outcome != tally.Passed {
			t.Errorf("%+v", got)
		}
		for _, b := range r.Ballots {
			if receipts[b.Receipt] != b.Marks[0] || b.Name != "" {
				t.Errorf("%+v", b)
			}
			delete(receipts, b.Receipt)
		}
		again, err := r.Count()
		if err != nil || again.Poll != got.Poll || len(receipts) > 0 {
			t.Error(again, err, receipts)
		}
	}, steps...)
}

// An election by STV, and an open vote whose names are published.
func TestVote_election(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 6, 2)
		v := h.motion()
		v.Kind, v.Method, v.Seats, v.Secret = Election, tally.STV, 2, false
		v.Weights = Weights{Organisation: 3, Person: 1}
		v = h.opened(v, "Ana", "Boris", "Čarli")
		w, err := h.Vote(t.Context(), clerk, v.ID)
		if err != nil || v.Weight != 12 {
			t.Fatal(v.Weight, err)
		}
		at := map[string]int{}
		for _, c := range w.Candidates {
			at[c.Name] = c.Ord
		}
		for no := 1; no <= 8; no++ {
			h.must(h.way(v, no), at["Ana"], at["Boris"])
		}
		r, got := h.closed(v)
		if len(got.Result.Elected) != 2 || got.Result.Papers[tally.Valid] != 12 || len(r.Ballots) != 8 {
			t.Errorf("%+v", got.Result)
		}
		if r.Ballots[7].Name != "Zavod 0001" || r.Ballots[7].Weight != 3 {
			t.Errorf("%+v", r.Ballots[7])
		}
	}, steps...)
}

// In a secret vote a ballot that weighs three is three papers, each with a receipt.
func TestVote_secretWeights(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 6, 5)
		v := h.motion()
		v.Weights = Weights{Organisation: 3, Person: 1}
		v = h.opened(v)
		got := h.must(h.way(v, 7), 1)
		if len(got) != 3 || got[0] == got[1] || got[1] == got[2] {
			t.Fatal(got)
		}
		for no, mark := range map[int]int{1: 2, 2: 2, 3: 1, 8: 2, 9: 1} {
			h.must(h.way(v, no), mark)
		}
		r, count := h.closed(v)
		if count.Poll.For != 7 || count.Poll.Against != 5 || len(r.Ballots) != 12 || r.Ballots[0].Weight != 1 {
			t.Errorf("%+v %v", count.Poll, r.Ballots)
		}
	}, steps...)
}

// What would tell voters apart is refused, or said before the opening.
func TestOpen_secrecy(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 6, 2)
	v := h.motion()
	v.Weights = Weights{Organisation: 3, Person: 1}
	v, err := h.Prepare(t.Context(), clerk, v)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.Desk.Open(t.Context(), clerk, v.ID, true)
	refused(t, err, "ballots.secret.weights")
	v.Weights.Organisation = 1
	if v, err = h.Change(t.Context(), clerk, v); err != nil {
		t.Fatal(err)
	}
	_, err = h.Desk.Open(t.Context(), clerk, v.ID, false)
	refused(t, err, "ballots.secret.warn")
	if v, err = h.Desk.Open(t.Context(), clerk, v.ID, true); err != nil {
		t.Fatal(err)
	}
	// Two ballots would say how two members voted.
	h.must(h.way(v, 1), 1)
	h.must(h.way(v, 2), 2)
	if v, err = h.Close(t.Context(), clerk, v.ID); err != nil || v.Void != TooFew {
		t.Fatal(v.Void, err)
	}
	if r, err := h.Record(t.Context(), clerk, v.ID); err != nil || len(r.Ballots) != 0 {
		t.Error(r.Ballots, err)
	}
}

// The clock goes forward and back during a vote: what was over stays over, and what
// Who leaves, joins or moves during a vote changes nothing in it, and it is said.
func TestVote_registerChanges(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 9, 0)
		v := h.opened(h.motion())
		leaver := h.way(v, 2)
		if _, err := h.Members.Leave(t.Context(), clerk, h.ids[1], civil.On(2026, 11, 21)); err != nil {
			t.Fatal(err)
		}
		h.add(members.Member{Kind: members.Person, Name: "Nova", Email: "nova@example.org", Standing: members.Active, Term: civil.Span{From: civil.On(2026, 11, 22)}})
		drift, err := h.Drift(t.Context(), clerk, v.ID)
		if err != nil || !slices.Equal(drift.Gone, []string{"Oseba 0001"}) || !slices.Equal(drift.New, []string{"Nova"}) || len(drift.Moved) != 0 {
			t.Errorf("%+v %v", drift, err)
		}
		h.must(leaver, 1)
		if w, _ := h.Vote(t.Context(), clerk, v.ID); w.Vote.Electorate != v.Electorate || w.Electors != 9 || w.Voted != 1 {
			t.Errorf("%+v", w.Vote)
		}
	}, steps...)
}

// Proxies: one votes for another, within the limit, and not further.
func TestVote_proxies(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 5, 0)
	v := h.motion()
	v.Secret, v.ProxyLimit = false, 1
	v, err := h.Prepare(t.Context(), clerk, v)
	if err != nil {
		t.Fatal(err)
	}
	entrust := func(from, to int) error {
		return h.Entrust(t.Context(), clerk, v.ID, Proxy{From: h.ids[from], To: h.ids[to], FromName: "od", ToName: "za"})
	}
	if err := entrust(0, 1); err != nil {
		t.Fatal(err)
	}
	refused(t, entrust(2, 1), "ballots.proxy.many")
	refused(t, entrust(0, 3), "ballots.proxy.twice")
	refused(t, entrust(1, 3), "ballots.proxy.chain")
	refused(t, entrust(3, 3), "ballots.proxy.self")
	if v, err = h.Desk.Open(t.Context(), clerk, v.ID, true); err != nil {
		t.Fatal(err)
	}
	turns, err := h.Mine(t.Context(), auth.Actor{User: "x", Email: "p1@example.org", Roles: auth.Member})
	if err != nil || len(turns) != 2 {
		t.Fatal(turns, err)
	}
	h.must(h.way(v, 1), 1)
	h.must(h.way(v, 2), 2)
	if _, got := h.closed(v); got.Poll.For != 1 || got.Poll.Against != 1 {
		t.Errorf("%+v", got.Poll)
	}
}

// Links go out by mail once each, work, and are struck from the letter; codes are
// typed as people type.
func TestVote_linksAndCodes(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 4, 0)
		h.add(members.Member{Kind: members.Person, Name: "Brez Pošte", Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}})
		v := h.opened(h.motion())
		for range 2 { // a job that is done twice
			if _, _, _, err := h.lettersAfter(t.Context(), v.ID, 0); err != nil {
				t.Fatal(err)
			}
		}
		list, err := h.Mail.Ledger(t.Context(), auth.House, Subject(v.ID))
		if err != nil || len(list) != 4 {
			t.Fatal(len(list), err)
		}
		if e, err := h.Mail.Get(t.Context(), clerk, list[0].ID); err != nil || e.Text != "" || e.HTML != "" {
			t.Error("the office reads a voting link", err)
		}
		e, err := h.Mail.Get(t.Context(), auth.House, list[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		token := regexp.MustCompile(`/v/([a-z0-9]{43})\b`).FindStringSubmatch(e.Text)
		if token == nil {
			t.Fatal(e.Text)
		}
		h.must(Way{Token: token[1]}, 1)
		sheet, err := h.Sheet(t.Context(), Way{Token: token[1]})
		if err != nil {
			t.Fatal(err)
		}
		codes, err := h.Codes(t.Context(), clerk, v.ID, nil)
		if err != nil || len(codes) != 1 || codes[0].Elector.Name != "Brez Pošte" {
			t.Fatal(codes, err)
		}
		h.must(Way{Token: ReadCode(" " + strings.ReplaceAll(strings.ToLower(codes[0].Code), "-", " "))}, 1)
		if ReadCode("too short") != "" {
			t.Error("what is no code has a token")
		}
		// A new address takes the old link away.
		voted := sheet.Elector.No
		other := 2 + voted%4 // of the four with an address, 2 to 5
		if err := h.Readdress(t.Context(), clerk, v.ID, other, "", "other@example.org"); err != nil {
			t.Fatal(err)
		}
		list, err = h.Mail.Ledger(t.Context(), auth.House, Subject(v.ID))
		told := slices.ContainsFunc(list, func(e mail.Entry) bool {
			return strings.HasPrefix(e.Subject, "Vaša povezava") && e.To != "other@example.org" && !strings.Contains(e.Text, "/v/")
		})
		if err != nil || len(list) != 6 || !told {
			t.Error("the elector is not told that their link was replaced", len(list), err)
		}
		refused(t, h.Readdress(t.Context(), clerk, v.ID, voted, "", "x@example.org"), "ballots.elector.voted")
		refused(t, h.Readdress(t.Context(), clerk, v.ID, other, "", "nonsense"), "mail.to.invalid")
	}, steps...)
}

// Who is erased leaves counts true; who is told sees how they voted only where it
// was no secret.
func TestHolder(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 5, 0)
		open := h.motion()
		open.Secret = false
		v, secret := h.opened(open), h.opened(h.motion())
		for no := 1; no <= 3; no++ {
			h.must(h.way(v, no), 2)
			h.must(h.way(secret, no), 2)
		}
		_, before := h.closed(v)
		h.closed(secret)
		holder := h.Holder()
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			if is, err := holder.Holds(t.Context(), tx, h.ids[0]); !is || err != nil {
				t.Error(is, err)
			}
			told, err := holder.Tell(t.Context(), tx, h.ids[0])
			all, _ := told.([]said)
			if err != nil || len(all) != 2 || len(all[0].Ballot)+len(all[1].Ballot) != 1 || !*all[0].Voted {
				t.Errorf("%+v %v", told, err)
			}
			return holder.Erase(t.Context(), tx, h.ids[0])
		})
		if err != nil {
			t.Fatal(err)
		}
		r, err := h.Record(t.Context(), clerk, v.ID)
		if err != nil {
			t.Fatal(err)
		}
		after, err := r.Count()
		if err != nil || after.Poll != before.Poll || strings.Contains(writeJSON(r), "Oseba 0000") {
			t.Errorf("%+v %v %s", after.Poll, err, writeJSON(r))
		}
	}, steps...)
}

// A vote of a meeting is of those who count there, with the proxies given there.
func TestVote_meeting(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 0, 0)
	h.Seats = func(context.Context, *store.Tx, Who, string, civil.Date) ([]Seat, error) {
		return []Seat{
			{ID: "a", Name: "Ana", Email: "Ana@example.org"}, {ID: "b", Name: "Zavod", Person: "Boris", Email: "b@example.org"},
			{ID: "c", Name: "Cene", Email: "c@example.org", Holder: "a"},
		}, nil
	}
	v := h.motion()
	v.Secret, v.Audience = false, Audience{Who: OfMeeting, Of: "m1"}
	v = h.opened(v)
	turns, err := h.Mine(t.Context(), auth.Actor{User: "x", Email: "ana@example.org", Roles: auth.Member})
	if err != nil || len(turns) != 2 || turns[1].Elector.Name != "Cene" || turns[1].Elector.Holder != 1 {
		t.Errorf("%+v %v", turns, err)
	}
	h.must(h.way(v, 3), 1)
	if r, _ := h.closed(v); len(r.Ballots) != 1 || r.Ballots[0].Name != "Cene" {
		t.Errorf("%+v", r.Ballots)
	}
}

// Who is at a meeting for an organisation votes with the weight of organisations.
func TestVote_meetingWeights(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 1, 1)
	h.Seats = func(context.Context, *store.Tx, Who, string, civil.Date) ([]Seat, error) {
		return []Seat{{ID: "a", Member: h.ids[0], Name: "Oseba"}, {ID: "b", Member: h.ids[1], Name: "Zavod"}, {ID: "c", Member: h.ids[1], Name: "Zavod", Weight: 5}, {ID: "d", Name: "Gost"}}, nil
	}
	v := h.motion()
	v.Secret, v.Audience, v.Weights = false, Audience{Who: OfMeeting, Of: "m1"}, Weights{Organisation: 3, Person: 2}
	v = h.opened(v)
	var got []int64
	list, err := h.Electors(t.Context(), clerk, v.ID, 0)
	for _, e := range list {
		got = append(got, e.Weight)
	}
	if err != nil || v.Weight != 12 || !slices.Equal(got, []int64{2, 3, 5, 2}) {
		t.Errorf("they weigh %v of %d: %v", got, v.Weight, err)
	}
}

// A tie for the last seat is left open where no lot decides, and repeated among
// those who tied, for the seats that are left.
func TestRepeat(t *testing.T) {
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := meet(t, db, 5, 0)
		v := h.motion()
		v.Kind, v.Method, v.Seats, v.Secret = Election, tally.Block, 2, false
		v = h.opened(v, "Ana", "Boris", "Čarli")
		w, err := h.Vote(t.Context(), clerk, v.ID)
		if err != nil {
			t.Fatal(err)
		}
		at := map[string]int{}
		for _, c := range w.Candidates {
			at[c.Name] = c.Ord
		}
		h.must(h.way(v, 1), at["Ana"], at["Boris"])
		h.must(h.way(v, 2), at["Ana"], at["Čarli"])
		_, got := h.closed(v)
		if len(got.Result.Elected) != 1 || got.Result.Open != 1 || len(got.Result.Tied) != 2 {
			t.Fatalf("%+v", got.Result)
		}
		again, err := h.Repeat(t.Context(), clerk, v.ID, h.now().Add(time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		w, err = h.Vote(t.Context(), clerk, again.ID)
		if err != nil || w.Seats != 1 || len(w.Candidates) != 2 || w.Repeats != v.ID || w.Candidates[0].Name == "Ana" || w.Candidates[1].Name == "Ana" {
			t.Errorf("%+v %v", w, err)
		}
	}, steps...)
}

// Seats that nobody won are voted on again without those who have won theirs.
func TestRepeat_open(t *testing.T) {
	h := meet(t, storetest.SQLite(t, steps...), 5, 0)
	v := h.motion()
	v.Kind, v.Method, v.Seats, v.Secret = Election, tally.Block, 2, false
	v = h.opened(v, "Ana", "Boris", "Čarli")
	w, err := h.Vote(t.Context(), clerk, v.ID)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(w.Candidates, func(c Candidate) bool { return c.Name == "Ana" })
	h.must(h.way(v, 1), w.Candidates[i].Ord)
	if _, got := h.closed(v); len(got.Result.Elected) != 1 || got.Result.Open != 1 || len(got.Result.Tied) != 0 {
		t.Fatalf("%+v", got.Result)
	}
	again, err := h.Repeat(t.Context(), clerk, v.ID, h.now().Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	w, err = h.Vote(t.Context(), clerk, again.ID)
	if err != nil || w.Seats != 1 || len(w.Candidates) != 2 || slices.ContainsFunc(w.Candidates, func(c Candidate) bool { return c.Name == "Ana" }) {
		t.Errorf("%d seats for %+v: %v", w.Seats, w.Candidates, err)
	}
}
