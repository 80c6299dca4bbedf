package ballots

import (
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Way is how somebody comes to their ballot: with the token of a letter or of a
// code, or signed in.
type Way struct {
	Token string
	By    auth.Actor
	Vote  ID
	No    int
}

// find reads the elector to whom the way leads.
func find(ctx context.Context, tx *store.Tx, w Way) (Elector, error) {
	if w.Token != "" {
		return byKey(ctx, tx, w.Token)
	}
	if err := w.By.Must(See); err != nil {
		return Elector{}, err
	}
	e, err := getElector(ctx, tx, w.Vote, w.No)
	if err == nil && (e.Email == "" || !strings.EqualFold(e.Email, w.By.Email)) {
		err = missing()
	}
	return e, err
}

// A Sheet is what a voter sees: the vote, who stands, and for whom they vote.
type Sheet struct {
	Vote       Vote
	Candidates []Candidate
	Elector    Elector
	Holder     string // who votes for the elector, if not they themself
	Takes      bool   // ballots are taken
	Broken     bool
}

// Sheet reads the page of a voter. It changes nothing.
func (d *Desk) Sheet(ctx context.Context, w Way) (Sheet, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Sheet, error) { return d.sheet(ctx, tx, w) })
}

func (d *Desk) sheet(ctx context.Context, tx *store.Tx, w Way) (s Sheet, err error) {
	if s.Elector, err = find(ctx, tx, w); err != nil {
		return s, err
	}
	if s.Vote, err = getVote(ctx, tx, s.Elector.Vote); err != nil {
		return s, err
	}
	if s.Candidates, err = candidatesOf(ctx, tx, s.Vote.ID); err != nil {
		return s, err
	}
	if s.Elector.Holder != 0 {
		h, err := getElector(ctx, tx, s.Vote.ID, s.Elector.Holder)
		if err != nil {
			return s, err
		}
		s.Holder = h.Name
	}
	m, err := getMarks(ctx, tx, s.Vote)
	if err != nil {
		return s, err
	}
	s.Elector.Voted = m.has(s.Elector.No)
	s.Takes = s.Vote.State == Open && !s.Vote.over(tx.Now)
	s.Vote = s.Vote.shown()
	return s, nil
}

// A Slip is the receipt of a ballot, shown before the ballot is cast so that it is
// known also to who never sees the answer.
type Slip struct {
	Receipt string
	Sign    string // says that the house has made it, for this elector
	All     []string
}

// Check judges the marks of a ballot before it is cast, and makes its receipt.
func (d *Desk) Check(ctx context.Context, w Way, given []int) (Sheet, Slip, error) {
	var slip Slip
	s, err := store.Read(ctx, d.db, func(tx *store.Tx) (Sheet, error) {
		s, err := d.sheet(ctx, tx, w)
		if err != nil {
			return s, err
		}
		if err := s.can(given); err != nil {
			return s, err
		}
		k, err := d.keyOf(ctx, tx, s.Vote.ID)
		if err == errNoKey {
			return s, fault.New(fault.Conflict, "ballots.restored")
		}
		if err != nil {
			return s, err
		}
		slip.Receipt = code(receiptLetters)
		slip.Sign, slip.All = k.sign(s.Vote.ID, s.Elector.No, slip.Receipt), k.receipts(s.Vote.ID, slip.Receipt, s.Vote.papers(s.Elector))
		return s, nil
	})
	return s, slip, err
}

// papers is how many papers the ballot of an elector is: in a secret vote as many
// as it weighs.
func (v Vote) papers(e Elector) int64 {
	if v.Secret {
		return e.Weight
	}
	return 1
}

// can returns a fault if no such ballot may be cast.
func (s Sheet) can(given []int) error {
	switch {
	case s.Vote.State == Prepared:
		return missing()
	case s.Elector.Voted:
		return fault.New(fault.Conflict, "ballots.voted")
	case !s.Takes:
		return fault.New(fault.Conflict, "ballots.over")
	}
	return s.Vote.CheckMarks(given, len(s.Candidates))
}

// A cast is a ballot on its way into the urn.
type cast struct {
	no      int
	marks   []int
	slip    Slip
	papers  int64
	receipt []string
	err     error
	done    chan struct{}
}

// Cast puts a ballot into the urn. The receipts it returns are those that Check
// has told. Cast again with the same slip, it says so again, and counts once.
func (d *Desk) Cast(ctx context.Context, w Way, given []int, slip Slip) (Sheet, []string, error) {
	s, err := d.Sheet(ctx, w)
	if err != nil {
		return s, nil, err
	}
	if s.Vote.State == Prepared {
		return s, nil, missing()
	}
	if err := s.Vote.CheckMarks(given, len(s.Candidates)); err != nil {
		return s, nil, err
	}
	c := &cast{no: s.Elector.No, marks: s.Vote.sorted(given), slip: slip, papers: s.Vote.papers(s.Elector), done: make(chan struct{})}
	// A ballot whose voter has gone off meanwhile is cast all the same.
	d.line(context.WithoutCancel(ctx), s.Vote.ID, c, s.Vote.options(len(s.Candidates)))
	s.Elector.Voted = c.err == nil
	return s, c.receipt, c.err
}

// A queue is the ballots of one vote that wait to be cast.
type queue struct {
	mu      sync.Mutex // held by who casts
	waiting []*cast
}

// mostAtOnce is how many ballots go into the urn in one transaction.
const mostAtOnce = 200

// line casts the ballot together with those that wait. Whoever comes first casts for
// all: two thousand within a minute are some hundred transactions, and ballots that come
// together lie together.
func (d *Desk) line(ctx context.Context, id ID, c *cast, options int) {
	d.mu.Lock()
	q := d.lines[id]
	if q == nil {
		q = &queue{}
		d.lines[id] = q
	}
	q.waiting = append(q.waiting, c)
	d.mu.Unlock()
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		select {
		case <-c.done:
			return
		default:
		}
		d.mu.Lock()
		some := slices.Clone(q.waiting[:min(len(q.waiting), mostAtOnce)])
		q.waiting = slices.Delete(q.waiting, 0, len(some))
		d.mu.Unlock()
		d.castAll(ctx, id, some, options)
	}
}

// castAll casts some ballots. Whatever happens none of them goes on waiting.
func (d *Desk) castAll(ctx context.Context, id ID, some []*cast, options int) {
	err := errors.New("ballots: casting broke off")
	defer func() {
		for _, one := range some {
			if err != nil {
				one.err, one.receipt = err, nil
			}
			close(one.done)
		}
	}()
	err = d.db.Write(ctx, func(tx *store.Tx) error { return d.fill(ctx, tx, id, some, options) })
}

// fill writes the marks and the ballots of some voters.
func (d *Desk) fill(ctx context.Context, tx *store.Tx, id ID, some []*cast, options int) error {
	v, err := getVote(ctx, tx, id)
	if err != nil {
		return err
	}
	over := fault.New(fault.Conflict, "ballots.over")
	if v.State != Open || v.over(tx.Now) {
		if err := d.latch(ctx, tx, v); err != nil {
			return err
		}
	}
	k, err := d.keyOf(ctx, tx, id)
	if err != nil && err != errNoKey {
		return err
	}
	m, err := getMarks(ctx, tx, v)
	if err != nil {
		return err
	}
	u := urn{Vote: v, key: k, cells: map[int][]leaf{}, options: options}
	for _, c := range some {
		c.err, c.receipt = nil, nil
		switch {
		case v.State == Closed:
			c.err = over
		case k == nil:
			c.err = fault.New(fault.Conflict, "ballots.restored")
		case !hmac.Equal([]byte(c.slip.Sign), []byte(k.sign(id, c.no, c.slip.Receipt))):
			c.err = fault.New(fault.Invalid, "ballots.slip.forged")
		case m.has(c.no):
			if c.err = u.again(ctx, tx, c); c.err != nil && fault.Of(c.err) == nil {
				return c.err
			}
		case v.over(tx.Now):
			c.err = over
		default:
			m.set(c.no)
			if err := u.put(ctx, tx, c); err != nil {
				return err
			}
		}
	}
	if len(u.changed) == 0 {
		return nil
	}
	if err := setMarks(ctx, tx, id, m); err != nil {
		return err
	}
	return u.write(ctx, tx)
}

// latch notes that the time of an open vote is over, so that it stays over when the
// clock is set back.
func (d *Desk) latch(ctx context.Context, tx *store.Tx, v Vote) error {
	if v.State != Open || v.Over {
		return nil
	}
	v.Over = true
	return putVote(ctx, tx, v)
}

// An urn is what of it a transaction has opened.
type urn struct {
	Vote
	key     urnKey
	cells   map[int][]leaf
	changed map[int]bool
	options int
}

func (u *urn) cell(ctx context.Context, tx *store.Tx, n int) ([]leaf, error) {
	if papers, ok := u.cells[n]; ok {
		return papers, nil
	}
	papers, err := getCell(ctx, tx, u.key, u.ID, n)
	u.cells[n] = papers
	return papers, err
}

// put lays each paper of a ballot into a cell that chance picks.
func (u *urn) put(ctx context.Context, tx *store.Tx, c *cast) error {
	c.receipt = u.key.receipts(u.ID, c.slip.Receipt, c.papers)
	for _, receipt := range c.receipt {
		p := leaf{Receipt: receipt, Marks: c.marks}
		if !u.Secret {
			p.No = c.no
		}
		for _, n := range shuffled(cells(u.Weight)) {
			papers, err := u.cell(ctx, tx, n)
			if err != nil {
				return err
			}
			if len(papers) < cellMost {
				u.cells[n] = append(papers, p)
				if u.changed == nil {
					u.changed = map[int]bool{}
				}
				u.changed[n] = true
				break
			}
		}
	}
	return nil
}

// again looks for the receipt of somebody who has voted: it may be theirs.
func (u *urn) again(ctx context.Context, tx *store.Tx, c *cast) error {
	for n := range cells(u.Weight) {
		papers, err := u.cell(ctx, tx, n)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(papers, func(p leaf) bool { return p.Receipt == c.slip.Receipt }) {
			c.receipt = u.key.receipts(u.ID, c.slip.Receipt, c.papers)
			return nil
		}
	}
	return fault.New(fault.Conflict, "ballots.voted")
}

func (u *urn) write(ctx context.Context, tx *store.Tx) error {
	for n := range u.changed {
		if err := setCell(ctx, tx, u.key, u.ID, n, u.cells[n], u.options); err != nil {
			return err
		}
	}
	return nil
}

// shuffled are the numbers below n in an order of chance.
func shuffled(n int) []int {
	list, by := make([]int, n), make([]string, n)
	for i := range list {
		list[i], by[i] = i, rand.Text()
	}
	slices.SortFunc(list, func(a, b int) int { return cmp.Compare(by[a], by[b]) })
	return list
}
