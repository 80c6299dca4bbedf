package members

import (
	"context"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// AddAgent authorises someone to act for an organisation. If a.Person is set, the
// name, e-mail and language are those of that member, now and when they change.
func (d *Desk) AddAgent(ctx context.Context, by auth.Actor, a Agent) (Agent, error) {
	if err := by.Must(Write); err != nil {
		return Agent{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Agent, error) { return d.AddAgentIn(ctx, tx, by, a) })
}

// AddAgentIn is AddAgent inside another deed.
func (d *Desk) AddAgentIn(ctx context.Context, tx *store.Tx, by auth.Actor, a Agent) (Agent, error) {
	old, err := getMember(ctx, tx, a.Member)
	switch {
	case err != nil:
		return a, err
	case old.Kind != Organisation:
		return a, fault.New(fault.Conflict, "members.agent.of_person")
	}
	if a.Person != "" {
		p, err := getMember(ctx, tx, a.Person)
		if err != nil || p.Kind != Person {
			return a, fault.In("person", "members.agent.person")
		}
		a.Name, a.Email, a.Lang = p.Name, p.Email, p.Lang
	}
	a = a.Tidy()
	if err := a.Check(); err != nil {
		return a, err
	}
	others, err := agentsOf(ctx, tx, true, a.Member)
	if err != nil {
		return a, err
	}
	for _, o := range others {
		if a.Email != "" && o.Email == a.Email {
			return a, fault.In("email", "members.agent.twice")
		}
	}
	a.ID, a.Until, a.Noted = tx.ID(), civil.Date{}, d.dayOf(tx)
	if err := d.changeAgent(ctx, tx, old, a, store.Bit(a.Answers)); err != nil {
		return a, err
	}
	return a, audit.Note(ctx, tx, by, "members.agent.add", Subject(a.Member), "since", a.Since.String())
}

// EndAgent takes an agent out of office at once; last is what the register says
// was the last day in it.
func (d *Desk) EndAgent(ctx context.Context, by auth.Actor, id string, last civil.Date) (Agent, error) {
	if err := by.Must(Write); err != nil {
		return Agent{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Agent, error) { return d.EndAgentIn(ctx, tx, by, id, last) })
}

// EndAgentIn is EndAgent inside another deed.
func (d *Desk) EndAgentIn(ctx context.Context, tx *store.Tx, by auth.Actor, id string, last civil.Date) (Agent, error) {
	a, err := getAgent(ctx, tx, id)
	if err != nil {
		return a, err
	}
	if a, err = a.End(last); err != nil {
		return a, err
	}
	old, err := getMember(ctx, tx, a.Member)
	if err != nil {
		return a, err
	}
	if err := d.changeAgent(ctx, tx, old, a, -store.Bit(a.Answers)); err != nil {
		return a, err
	}
	return a, audit.Note(ctx, tx, by, "members.agent.end", Subject(a.Member), "last", last.String())
}

// changeAgent writes the agent, and how many may now answer for the organisation.
func (d *Desk) changeAgent(ctx context.Context, tx *store.Tx, old Member, a Agent, more int) error {
	if err := putAgent(ctx, tx, a); err != nil {
		return err
	}
	m := old
	m.Agents, m.Revision, m.Changed = m.Agents+more, m.Revision+1, tx.Now
	return d.putOne(ctx, tx, old, m)
}

// Agents lists all agents that an organisation has or had, in the order in which
// they came into office.
func (d *Desk) Agents(ctx context.Context, by auth.Actor, id ID) ([]Agent, error) {
	if err := by.Must(Read); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Agent, error) { return agentsOf(ctx, tx, false, id) })
}

// inOffice lists the agents in office of each of the organisations.
func inOffice(ctx context.Context, tx *store.Tx, ids ...ID) (map[ID][]Agent, error) {
	list, err := agentsOf(ctx, tx, true, ids...)
	if err != nil {
		return nil, err
	}
	of := make(map[ID][]Agent, len(ids))
	for _, a := range list {
		of[a.Member] = append(of[a.Member], a)
	}
	return of, nil
}

// Answerers lists who may answer for the members, in whatever standing these are,
// in the order of the register: the person of themself, each agent in office of an
// organisation. A member without an e-mail or agents has none, and an unknown ID
// has none either. It takes up to 1,000 IDs.
func (d *Desk) Answerers(ctx context.Context, by auth.Actor, ids ...ID) ([]Answerer, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Answerer, error) { return d.AnswerersIn(ctx, tx, by, ids...) })
}

// AnswerersIn is Answerers inside another deed.
func (d *Desk) AnswerersIn(ctx context.Context, tx *store.Tx, by auth.Actor, ids ...ID) ([]Answerer, error) {
	list, err := d.MembersIn(ctx, tx, by, ids...)
	if err != nil {
		return nil, err
	}
	return answerers(ctx, tx, list)
}

// MembersIn reads up to 1,000 members inside another deed, in the order of the
// register; an unknown ID has none.
func (d *Desk) MembersIn(ctx context.Context, tx *store.Tx, by auth.Actor, ids ...ID) ([]Member, error) {
	if err := by.Must(Read); err != nil {
		return nil, err
	}
	if len(ids) > 1_000 {
		return nil, fault.New(fault.TooBig, "members.too_many")
	}
	return membersOf(ctx, tx, ids...)
}

// AnswerersWhere lists who may answer for the members of a page of the register:
// the first limit (1,000 at most, 50 if zero) after the member. Next is the member
// to go on after, empty when there are no more; a page may be shorter than limit,
// or longer where an organisation has many agents.
func (d *Desk) AnswerersWhere(ctx context.Context, by auth.Actor, f Filter, after ID, limit int) (list []Answerer, next ID, err error) {
	if err := by.Must(Read); err != nil {
		return nil, "", err
	}
	if err := f.Check(); err != nil {
		return nil, "", err
	}
	err = d.db.Read(ctx, func(tx *store.Tx) error {
		q := Query{Filter: f, After: after, Limit: limit}
		page, err := d.listIn(ctx, tx, q, true)
		if err != nil {
			return err
		}
		if len(page) == q.limit() {
			next = page[len(page)-1].ID
		}
		list, err = answerers(ctx, tx, page)
		return err
	})
	return list, next, err
}

func answerers(ctx context.Context, tx *store.Tx, members []Member) ([]Answerer, error) {
	var ids []ID
	for _, m := range members {
		if m.Kind == Organisation {
			ids = append(ids, m.ID)
		}
	}
	agents, err := inOffice(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	var list []Answerer
	for _, m := range members {
		if m.Kind == Person && m.Email != "" {
			list = append(list, Answerer{m.ID, m.Name, m.Kind, m.Field, m.Name, m.Email, m.Lang})
		}
		for _, a := range agents[m.ID] {
			if a.Answers && a.Email != "" {
				list = append(list, Answerer{m.ID, m.Name, m.Kind, m.Field, a.Name, a.Email, a.Lang})
			}
		}
	}
	return list, nil
}

// ActsFor lists the members for whom the actor may answer, by the e-mail of their
// account: themself, and organisations whose agent they are. Applicants and those
// whose membership is over are not among them.
func (d *Desk) ActsFor(ctx context.Context, by auth.Actor) ([]Member, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Member, error) { return d.ActsForIn(ctx, tx, by) })
}

// ActsForIn is ActsFor inside another deed.
func (d *Desk) ActsForIn(ctx context.Context, tx *store.Tx, by auth.Actor) ([]Member, error) {
	email := strings.ToLower(strings.TrimSpace(by.Email))
	if email == "" {
		return nil, nil
	}
	list, err := actsFor(ctx, tx, email)
	today := d.dayOf(tx)
	return slices.DeleteFunc(list, func(m Member) bool { return !m.Belongs(today) && m.Standing != Active }), err
}

// An Acting is an organisation for which a person acts or acted.
type Acting struct {
	Name  string // of the organisation
	Agent Agent
}

// ActingOf lists for whom the member acts or acted, as an agent named from the
// register or by the same e-mail; those in office first.
func (d *Desk) ActingOf(ctx context.Context, by auth.Actor, id ID) ([]Acting, error) {
	if err := by.Must(Read); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Acting, error) {
		m, err := getMember(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		return actingOf(ctx, tx, m)
	})
}
