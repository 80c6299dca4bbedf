package ballots

import (
	"context"
	"fmt"
	"slices"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Holder is what the register asks of this room.
func (d *Desk) Holder() members.Holder {
	return members.Holder{Name: "votes", Holds: d.holds, Tell: d.tell, Merge: d.merge, Erase: d.erase}
}

// holds: whoever was an elector, or stood, stays.
func (d *Desk) holds(ctx context.Context, tx *store.Tx, id members.ID) (bool, error) {
	list, err := partsOf(ctx, tx, id)
	return len(list) > 0, err
}

// A said is what is kept about a member in one vote. How they voted in a secret one
// is not known.
type said struct {
	Vote      string   `json:"vote"`
	Number    int      `json:"number,omitempty"`
	Weight    int64    `json:"weight,omitempty"`
	Person    string   `json:"person,omitempty"`
	Email     string   `json:"email,omitempty"`
	Voted     *bool    `json:"voted,omitempty"`
	Ballot    []int    `json:"ballot,omitempty"` // of an open vote that is closed
	For       string   `json:"for,omitempty"`    // the organisation whose ballot they cast
	Invited   string   `json:"invited,omitempty"`
	Proxies   []string `json:"proxies,omitempty"`
	Candidate string   `json:"candidate,omitempty"`
	Statement string   `json:"statement,omitempty"`
	Consent   string   `json:"consent,omitempty"`
	Proposer  string   `json:"proposer,omitempty"`
	Reason    string   `json:"reason,omitempty"` // why they may not stand
}

func (d *Desk) tell(ctx context.Context, tx *store.Tx, id members.ID) (any, error) {
	list, err := partsOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	all, err := d.beside(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		v, err := getVote(ctx, tx, p.vote)
		if err != nil {
			return nil, err
		}
		s := said{Vote: v.Title}
		if p.no > 0 {
			err = s.elector(ctx, tx, v, p.no)
		} else {
			err = s.candidate(ctx, tx, v, p.candidate)
		}
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	if len(all) == 0 {
		return nil, nil
	}
	return all, nil
}

// beside is where a member stands but as an elector: invited by name, giving or having
// a proxy, casting the ballot of an organisation.
func (d *Desk) beside(ctx context.Context, tx *store.Tx, id members.ID) (all []said, err error) {
	naming, err := votesNaming(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	for _, v := range naming {
		s := said{Vote: v.Title}
		for _, n := range v.Audience.Names {
			if n.Member == id {
				s.Invited, s.Email = n.Name, n.Email
			}
		}
		for _, p := range v.Proxies {
			if p.From == id || p.To == id {
				s.Proxies = append(s.Proxies, p.FromName+" → "+p.ToName)
			}
		}
		all = append(all, s)
	}
	m, err := d.Members.MemberIn(ctx, tx, id)
	if err != nil || m.Email == "" {
		return all, err
	}
	list, err := actingAs(ctx, tx, m)
	for _, e := range list {
		v, err := getVote(ctx, tx, e.Vote)
		if err != nil {
			return nil, err
		}
		all = append(all, said{Vote: v.Title, Number: e.No, Person: e.Person, Email: e.Email, For: e.Name})
	}
	return all, err
}

func (s *said) elector(ctx context.Context, tx *store.Tx, v Vote, no int) error {
	e, err := getElector(ctx, tx, v.ID, no)
	if err != nil {
		return err
	}
	m, err := getMarks(ctx, tx, v)
	if err != nil {
		return err
	}
	voted := m.has(no)
	s.Number, s.Weight, s.Person, s.Email, s.Voted = no, e.Weight, e.Person, e.Email, &voted
	if v.Secret || v.State != Closed {
		return nil
	}
	papers, err := ballotsOf(ctx, tx, v.ID, "", mostElectors)
	for _, p := range papers {
		if p.No == no {
			s.Ballot = p.Marks
		}
	}
	return err
}

func (s *said) candidate(ctx context.Context, tx *store.Tx, v Vote, id string) error {
	list, err := candidatesOf(ctx, tx, v.ID)
	for _, c := range list {
		if c.ID == id {
			s.Candidate, s.Statement, s.Consent, s.Email, s.Proposer, s.Reason = c.Name, c.Statement, c.Consent, c.Email, c.Proposer, c.Reason
		}
	}
	return err
}

// merge: votes of the past keep their numbers, under the member who stays.
func (d *Desk) merge(ctx context.Context, tx *store.Tx, from, to members.ID) error {
	for _, statement := range []string{
		`UPDATE vote_electors SET member = $2 WHERE member = $1`,
		`UPDATE vote_candidates SET member = $2 WHERE member = $1`,
		`UPDATE vote_callers SET member = $2 WHERE member = $1`,
	} {
		if _, err := tx.ExecContext(ctx, statement, from, to); err != nil {
			return fmt.Errorf("ballots: merge %s: %w", from, err)
		}
	}
	list, err := votesNaming(ctx, tx, from)
	for _, v := range list {
		if v.State != Prepared {
			continue
		}
		v.merge(from, to)
		if err := putVote(ctx, tx, v); err != nil {
			return err
		}
	}
	return err
}

// merge puts one member in the place of another in what is prepared.
func (v *Vote) merge(from, to members.ID) {
	is := func(id *members.ID) {
		if *id == from {
			*id = to
		}
	}
	names := v.Audience.Names[:0:0]
	for _, n := range v.Audience.Names {
		if is(&n.Member); n.Member == "" || !slices.ContainsFunc(names, func(o Invited) bool { return o.Member == n.Member }) {
			names = append(names, n)
		}
	}
	proxies := v.Proxies[:0:0]
	for _, p := range v.Proxies {
		is(&p.From)
		if is(&p.To); p.From != p.To && !slices.ContainsFunc(proxies, func(o Proxy) bool { return o.From == p.From }) {
			proxies = append(proxies, p)
		}
	}
	v.Audience.Names, v.Proxies = names, proxies
}

// erase: the number, the weight and the mark stay, so that counts stay true; the
// hash of the line stays too, without the salt by which a name could be tried on it.
// Who was elected stays on the record of the election under the name they stood by.
func (d *Desk) erase(ctx context.Context, tx *store.Tx, id members.ID) error {
	for _, statement := range []string{
		`DELETE FROM vote_keys WHERE EXISTS (SELECT 1 FROM vote_electors e WHERE e.vote = vote_keys.vote AND e.no = vote_keys.no AND e.member = $1)`,
		`UPDATE vote_electors SET name = '', person = '', email = '', salt = '', member = '' WHERE member = $1`,
		`DELETE FROM vote_callers WHERE member = $1`,
		`UPDATE vote_candidates SET email = '', link = '', proposer = '', reason = '', statement = '', consent = CASE WHEN consent = '' THEN '' ELSE '+' END, member = '' WHERE member = $1`,
	} {
		if _, err := tx.ExecContext(ctx, statement, id); err != nil {
			return fmt.Errorf("ballots: erase %s: %w", id, err)
		}
	}
	if err := d.eraseActing(ctx, tx, id); err != nil {
		return err
	}
	list, err := votesNaming(ctx, tx, id)
	for _, v := range list {
		v.Audience.Names = slices.DeleteFunc(v.Audience.Names, func(n Invited) bool { return n.Member == id })
		v.Proxies = slices.DeleteFunc(v.Proxies, func(p Proxy) bool { return p.From == id || p.To == id })
		if err := putVote(ctx, tx, v); err != nil {
			return err
		}
	}
	return err
}

// eraseActing takes the member out of where they cast the ballot of an organisation, or proposed a candidate:
// by address and name, for families share addresses.
func (d *Desk) eraseActing(ctx context.Context, tx *store.Tx, id members.ID) error {
	m, err := d.Members.MemberIn(ctx, tx, id)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE vote_candidates SET proposer = '' WHERE proposer IN ($1, $2)`, m.Name, members.Called(m.Name)); err != nil {
		return fmt.Errorf("ballots: erase who proposed %s: %w", id, err)
	}
	if m.Email == "" {
		return nil
	}
	_, err = tx.ExecContext(ctx, `UPDATE vote_electors SET person = '', email = '' WHERE email = $1 AND person IN ($2, $3)`, m.Email, m.Name, members.Called(m.Name))
	if err != nil {
		return fmt.Errorf("ballots: erase who acts %s: %w", id, err)
	}
	return nil
}
