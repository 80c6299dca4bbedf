package proof

import (
	"cmp"
	"context"
	"slices"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// lines are the members of the extract as they were on its day, by the names that
// they had then.
func (d *Desk) lines(ctx context.Context, tx *store.Tx, e Extract, read func(int)) ([]Line, error) {
	var entries []members.Entry
	add := func(m members.Entry) error {
		if e.Kind != "" && m.Kind != e.Kind || e.Category != "" && m.Category != e.Category {
			return nil
		}
		if entries = append(entries, m); len(entries)%1_000 == 0 {
			read(len(entries))
		}
		return ctx.Err()
	}
	var err error
	if e.Member == "" {
		err = d.Members.EachOnIn(ctx, tx, e.On, add)
	} else {
		var one members.Entry
		if one, err = d.Members.StandingOnIn(ctx, tx, e.Member, e.On); err == nil {
			err = add(one)
		}
	}
	if err != nil {
		return nil, err
	}
	slices.SortFunc(entries, func(a, b members.Entry) int {
		return cmp.Or(cmp.Compare(a.SortKey, b.SortKey), cmp.Compare(a.ID, b.ID))
	})
	named, err := d.categoriesOn(ctx, e.On)
	if err != nil {
		return nil, err
	}
	lines := make([]Line, 0, len(entries))
	for some := range slices.Chunk(entries, 1_000) {
		ids := make([]members.ID, len(some))
		for i, m := range some {
			ids[i] = m.ID
		}
		papers, err := d.Members.RegistrationsIn(ctx, tx, ids...)
		if err != nil {
			return nil, err
		}
		agents, err := d.agentsOn(ctx, tx, e.On, ids)
		if err != nil {
			return nil, err
		}
		for _, m := range some {
			l := lineOf(m, e.On, named[m.Category], registrationsOn(papers[m.ID], e.On), agents[m.ID])
			l.No = len(lines) + 1
			lines = append(lines, l)
		}
	}
	return lines, nil
}

// lineOf is what an extract says of a member.
func lineOf(m members.Entry, on civil.Date, category string, papers []members.Registration, agents []members.Agent) Line {
	l := Line{Name: m.Name, Kind: m.Kind, Category: category, Place: m.Place, Since: m.Since, Standing: m.Standing, Recorded: later(on, m.Noted)}
	if m.Decision != "" {
		l.Papers = append(l.Papers, Paper{Kind: Admission, Number: m.Decision, On: m.Since})
	}
	if i := m.Interest; !i.Since.IsZero() {
		p := Paper{Kind: Interest, Number: i.Decision, Since: i.Since}
		if i.Decision != "" {
			p.On = i.Since
		}
		l.Papers = append(l.Papers, p)
	}
	for _, r := range papers {
		// A person's tax number proves nothing that others need to see.
		if r.In == record.Tax && m.Kind == members.Person {
			continue
		}
		l.Papers = append(l.Papers, Paper{Kind: string(r.In), Number: r.Number, Proof: string(r.Proof), On: r.ProofDay, Since: r.Since, Recorded: later(on, r.Noted)})
	}
	for _, a := range agents {
		l.Agents = append(l.Agents, members.Called(a.Name))
		l.Recorded = latest(l.Recorded, later(on, a.Noted))
	}
	return l
}

// later is the day on which something was learned, if that was after the day of which
// an extract speaks.
func later(on, noted civil.Date) civil.Date {
	if on.Before(noted) {
		return noted
	}
	return civil.Date{}
}

func latest(a, b civil.Date) civil.Date {
	if a.Before(b) {
		return b
	}
	return a
}

// categoriesOn are the names that the categories had on the day.
func (d *Desk) categoriesOn(ctx context.Context, on civil.Date) (map[members.CategoryID]string, error) {
	list, err := d.Members.Categories(ctx, auth.House)
	named := map[members.CategoryID]string{}
	for _, c := range list {
		named[c.ID] = c.Called(on)
	}
	return named, err
}

// agentsOn are those who were authorised on the day by each of the organisations,
// under the names that they had.
func (d *Desk) agentsOn(ctx context.Context, tx *store.Tx, on civil.Date, ids []members.ID) (map[members.ID][]members.Agent, error) {
	list, err := d.Members.AgentsIn(ctx, tx, ids...)
	if err != nil {
		return nil, err
	}
	of := map[members.ID][]members.Agent{}
	var persons []members.ID
	for _, a := range list {
		if a.Person != "" {
			persons = append(persons, a.Person)
		}
	}
	named := map[members.ID]string{}
	for some := range slices.Chunk(persons, 1_000) {
		them, err := d.Members.EntriesIn(ctx, tx, some...)
		if err != nil {
			return nil, err
		}
		for _, p := range them {
			named[p.ID] = p.On(on).Name
		}
	}
	for _, a := range list {
		if (civil.Span{From: a.Since, Until: a.Until}).Holds(on) {
			a.Name = cmp.Or(named[a.Person], a.Name)
			of[a.Member] = append(of[a.Member], a)
		}
	}
	return of, nil
}

// registrationsOn are the registrations as they were on the day, each with the proof
// of it that there was. One of which no day is known is taken to have been there.
func registrationsOn(all []members.Registration, on civil.Date) []members.Registration {
	then := map[string]members.Registration{}
	for _, r := range all {
		if !r.Replaced.IsZero() && !on.Before(r.Replaced) {
			continue
		}
		of := cmp.Or(r.Now, r.ID)
		if best, is := then[of]; !is || best.Replaced.IsZero() || !r.Replaced.IsZero() && r.Replaced.Before(best.Replaced) {
			then[of] = r
		}
	}
	var list []members.Registration
	for of, r := range then {
		if on.Before(cmp.Or(r.Since, r.ProofDay)) || !r.Until.IsZero() && !on.Before(r.Until) {
			continue
		}
		if r.ID = of; on.Before(r.ProofDay) {
			r.Proof, r.ProofDay = "", civil.Date{}
		}
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b members.Registration) int { return cmp.Compare(a.ID, b.ID) })
	return list
}
