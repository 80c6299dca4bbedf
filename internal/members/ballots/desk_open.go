package ballots

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// gather makes the electorate as it would be now: in the order of the register,
// numbered from 1.
func (d *Desk) gather(ctx context.Context, tx *store.Tx, v Vote) ([]Elector, error) {
	var list []Elector
	var err error
	switch v.Audience.Who {
	case Named:
		list, err = d.named(ctx, tx, v)
	case OfBody, OfMeeting:
		list, err = d.seated(ctx, tx, v)
	default:
		list, err = d.enrolled(ctx, tx, v)
	}
	if err != nil {
		return nil, err
	}
	if len(list) > mostElectors {
		return nil, fault.New(fault.TooBig, "ballots.electorate.many", "most", mostElectors)
	}
	for i := range list {
		list[i].Vote, list[i].No = v.ID, i+1
	}
	if err := entrust(v, list); err != nil {
		return nil, err
	}
	for i := range list {
		list[i] = list[i].seal()
	}
	return list, nil
}

// enrolled are members with a vote on the day, in the order of the register.
func (d *Desk) enrolled(ctx context.Context, tx *store.Tx, v Vote) (list []Elector, err error) {
	err = d.Members.EachOnIn(ctx, tx, d.today(tx), func(e members.Entry) error {
		of := v.Audience.Who == All || v.Audience.Who == Organisations && e.Kind == members.Organisation || v.Audience.Who == Persons && e.Kind == members.Person
		if e.Votes && of {
			list = append(list, Elector{Member: e.ID, Name: e.Name, Kind: e.Kind, Weight: v.Weights.of(e.Kind)})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return list, d.reach(ctx, tx, list)
}

func (w Weights) of(k members.Kind) int64 {
	if k == members.Organisation {
		return w.Organisation
	}
	return w.Person
}

// named are those whom the office has named.
func (d *Desk) named(ctx context.Context, tx *store.Tx, v Vote) (list []Elector, err error) {
	for _, n := range v.Audience.Names {
		e := Elector{Member: n.Member, Name: n.Name, Kind: members.Person, Weight: max(n.Weight, 1), Person: n.Name, Email: n.Email, Lang: d.house.Lang}
		if n.Member != "" {
			m, err := d.Members.StandingOnIn(ctx, tx, n.Member, d.today(tx))
			if err != nil {
				return nil, err
			}
			e.Member, e.Name, e.Kind, e.Person, e.Email = m.ID, m.Name, m.Kind, "", ""
			if n.Weight == 0 {
				e.Weight = v.Weights.of(m.Kind)
			}
		}
		if slices.ContainsFunc(list, func(o Elector) bool { return key(o) == key(e) }) {
			return nil, fault.New(fault.Conflict, "ballots.names.twice", "name", e.Name)
		}
		list = append(list, e)
	}
	return list, d.reach(ctx, tx, list)
}

// seated are those of a body or a meeting.
func (d *Desk) seated(ctx context.Context, tx *store.Tx, v Vote) (list []Elector, err error) {
	if d.Seats == nil {
		return nil, fault.New(fault.Conflict, "ballots.electorate.empty")
	}
	seats, err := d.Seats(ctx, tx, v.Audience.Who, v.Audience.Of, d.today(tx))
	if err != nil {
		return nil, err
	}
	kinds, err := d.kinds(ctx, tx, seats)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, s := range seats {
		at[s.ID] = i + 1
		kind := cmp.Or(s.Kind, kinds[s.Member], members.Person)
		list = append(list, Elector{
			Member: s.Member, Name: s.Name, Kind: kind, Weight: max(cmp.Or(s.Weight, v.Weights.of(kind)), 1), Person: cmp.Or(s.Person, s.Name),
			Email: strings.ToLower(s.Email), Lang: cmp.Or(s.Lang, d.house.Lang),
		})
	}
	for i, s := range seats {
		if no := at[s.Holder]; no > 0 {
			h := list[no-1]
			list[i].Holder, list[i].Person, list[i].Email, list[i].Lang = no, h.Person, h.Email, h.Lang
		}
	}
	return list, nil
}

// kinds are what those on the seats are who are members.
func (d *Desk) kinds(ctx context.Context, tx *store.Tx, seats []Seat) (map[members.ID]members.Kind, error) {
	of := map[members.ID]members.Kind{}
	for some := range slices.Chunk(seats, 1_000) {
		var ids []members.ID
		for _, s := range some {
			if s.Member != "" {
				ids = append(ids, s.Member)
			}
		}
		list, err := d.Members.MembersIn(ctx, tx, auth.House, ids...)
		if err != nil {
			return nil, err
		}
		for _, m := range list {
			of[m.ID] = m.Kind
		}
	}
	return of, nil
}

// reach finds who casts the ballot of each member: the person, or the first
// authorised person of an organisation.
func (d *Desk) reach(ctx context.Context, tx *store.Tx, list []Elector) error {
	var ids []members.ID
	at := map[members.ID]int{}
	for i, e := range list {
		if e.Member != "" {
			ids, at[e.Member] = append(ids, e.Member), i
		}
	}
	for some := range slices.Chunk(ids, 1_000) {
		found, err := d.Members.AnswerersIn(ctx, tx, auth.House, some...)
		if err != nil {
			return err
		}
		for _, a := range found {
			if e := &list[at[a.Member]]; e.Person == "" {
				e.Person, e.Email, e.Lang = a.PersonName, a.Email, a.Lang
			}
		}
	}
	for i := range list {
		if list[i].Person == "" {
			list[i].Person = list[i].Name
		}
		if list[i].Lang == "" {
			list[i].Lang = d.house.Lang
		}
	}
	return nil
}

// An Outlook is what opening a vote would come to.
type Outlook struct {
	Electors   int
	Weight     int64
	Unreached  []string // who would get no letter
	Warnings   []Warning
	Proposing  bool      // members still propose candidates, and it can be set to open by itself, but not opened
	Electorate []Elector // the first of them
}

// Outlook tells what opening the vote now would come to, or why it cannot open.
func (d *Desk) Outlook(ctx context.Context, by auth.Actor, id ID) (Outlook, error) {
	if err := by.Must(Run); err != nil {
		return Outlook{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (o Outlook, err error) {
		v, err := getVote(ctx, tx, id)
		if err != nil {
			return o, err
		}
		if o.Proposing = v.proposing(tx.Now); !o.Proposing {
			if _, err := d.slate(ctx, tx, v); err != nil {
				return o, err
			}
		}
		list, err := d.gather(ctx, tx, v)
		if err != nil {
			return o, err
		}
		o.Electors = len(list)
		for _, e := range list {
			if o.Weight += e.Weight; e.Email == "" {
				o.Unreached = append(o.Unreached, e.Name)
			}
		}
		o.Electorate = list[:min(len(list), 12)]
		o.Warnings, err = weigh(v, list)
		return o, err
	})
}

// slate are the candidates of an election that can open: more than none, and all
// with their consent and found eligible, once nobody proposes any more.
func (d *Desk) slate(ctx context.Context, tx *store.Tx, v Vote) ([]Candidate, error) {
	list, err := candidatesOf(ctx, tx, v.ID)
	if err != nil || v.Kind != Election {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(c Candidate) bool { return !c.Stands() })
	switch {
	case v.proposing(tx.Now):
		return nil, fault.New(fault.Conflict, "ballots.proposals.run")
	case len(list) == 0:
		return nil, fault.New(fault.Conflict, "ballots.candidate.none")
	}
	for _, c := range list {
		switch {
		case c.Consent == "":
			return nil, fault.New(fault.Conflict, "ballots.candidate.consent", "name", c.Name)
		case c.Ruling == Waits:
			return nil, fault.New(fault.Conflict, "ballots.candidate.ruling", "name", c.Name)
		}
	}
	return list, nil
}

// Open opens a vote: the electorate is frozen, the order of the candidates drawn,
// and letters go out. Sure says that whoever opens a secret vote of few electors
// has read the warning.
func (d *Desk) Open(ctx context.Context, by auth.Actor, id ID, sure bool) (Vote, error) {
	return d.alter(ctx, by, id, "ballots.open", Prepared, func(tx *store.Tx, v *Vote) error {
		return d.open(ctx, tx, by, v, func(w []Warning) error { return read(w, sure) })
	})
}

// read returns a fault for warnings that somebody has not said they have read.
func read(warnings []Warning, sure bool) error {
	if len(warnings) > 0 && !sure {
		return fault.In("sure", warnings[0].Key, warnings[0].Args...)
	}
	return nil
}

func (d *Desk) open(ctx context.Context, tx *store.Tx, by auth.Actor, v *Vote, accept func([]Warning) error) error {
	if !v.Closes.After(tx.Now) {
		return fault.New(fault.Conflict, "ballots.closes.past")
	}
	slate, err := d.slate(ctx, tx, *v)
	if err != nil {
		return err
	}
	list, err := d.gather(ctx, tx, *v)
	if err != nil {
		return err
	}
	warnings, err := weigh(*v, list)
	if err == nil {
		err = accept(warnings)
	}
	if err != nil {
		return err
	}
	v.Accepted, v.Stopped = nil, nil
	v.State, v.Opened, v.Electors, v.Weight, v.Electorate, v.Seed = Open, tx.Now, len(list), 0, electorate(list), rand.Text()
	v.SeedHash = hashOf(v.Seed)
	for _, e := range list {
		v.Weight += e.Weight
	}
	if err := addElectors(ctx, tx, list); err != nil {
		return err
	}
	if err := drawOrder(ctx, tx, *v, slate); err != nil {
		return err
	}
	if err := dropFallen(ctx, tx, v.ID); err != nil {
		return err
	}
	if err := d.makeUrn(ctx, tx, *v, v.options(len(slate))); err != nil {
		return err
	}
	_, err = d.Jobs.Add(ctx, tx, jobs.Job{Kind: lettersKind, Args: string(v.ID), Unique: lettersKind + "/" + string(v.ID), By: by.User, Title: lettersKind})
	if err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "ballots.frozen", Subject(v.ID), "electors", strconv.Itoa(v.Electors), "electorate", v.Electorate, "seed", v.SeedHash)
}

// drawOrder puts the candidates on the ballot in an order drawn from the seed.
func drawOrder(ctx context.Context, tx *store.Tx, v Vote, slate []Candidate) error {
	var names []string
	for _, c := range slate {
		names = append(names, c.Name)
	}
	for i, name := range tally.Draw("order|"+v.Seed, names) {
		c := slate[slices.Index(names, name)]
		if c.Ord = i + 1; c.Ord > 0 {
			if err := putCandidate(ctx, tx, c); err != nil {
				return err
			}
		}
	}
	return nil
}

// turn opens the votes whose hour has come, and closes those whose time is over.
func (d *Desk) turn(ctx context.Context, _ jobs.Run) error {
	var all []error
	for _, state := range []State{Prepared, Open} {
		list, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]Vote, error) {
			return listVotes(ctx, tx, Query{State: state, Limit: 200, prepared: true})
		})
		if err != nil {
			return err
		}
		now := d.db.Now()
		for _, v := range list {
			switch {
			case state == Prepared && !v.Opens.IsZero() && !now.Before(v.Opens) && v.Stopped == nil:
				err = d.openDue(ctx, v.ID)
			case state == Open && v.over(now):
				_, err = d.Close(ctx, auth.House, v.ID)
			default:
				continue
			}
			// What the office has to settle first stays as it is, and is shown to them.
			if fault.Of(err) == nil {
				all = append(all, err)
			}
		}
	}
	left, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]string, error) { return dead(ctx, tx) })
	if err == nil && len(left) > 0 {
		err = d.scour(ctx)
	}
	return errors.Join(append(all, err)...)
}
