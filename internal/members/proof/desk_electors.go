package proof

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/asociacija/asociacija/engine/representation"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// ElectorRules are the rules of the country, and those that the office has added.
func (d *Desk) ElectorRules(ctx context.Context, by auth.Actor) ([]Rule, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Rule, error) { return d.rulesIn(ctx, tx) })
}

func (d *Desk) rulesIn(ctx context.Context, tx *store.Tx) ([]Rule, error) {
	var list []Rule
	for _, e := range d.Rules.Electors {
		list = append(list, Rule{Electors: e})
	}
	own, err := ownRules(ctx, tx)
	return append(list, own...), err
}

func (d *Desk) ruleIn(ctx context.Context, tx *store.Tx, key string) (Rule, error) {
	list, err := d.rulesIn(ctx, tx)
	if err != nil {
		return Rule{}, err
	}
	if i := slices.IndexFunc(list, func(r Rule) bool { return r.Key == key }); i >= 0 {
		return list[i], nil
	}
	return Rule{}, fault.In("rule", "proof.rule.missing")
}

// mostRules are as many as the office may add.
const mostRules = 100

// AddRule adds a rule by which electors are counted.
func (d *Desk) AddRule(ctx context.Context, by auth.Actor, name string, e representation.Electors) (Rule, error) {
	if err := by.Must(Issue); err != nil {
		return Rule{}, err
	}
	r, err := ownRule(name, e)
	if err != nil {
		return r, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Rule, error) {
		r := r
		list, err := ownRules(ctx, tx)
		switch {
		case err != nil:
			return r, err
		case len(list) >= mostRules:
			return r, fault.New(fault.Conflict, "proof.rule.many", "most", mostRules)
		}
		r.Key = tx.ID()
		if err := putRule(ctx, tx, r); err != nil {
			return r, err
		}
		return r, audit.Note(ctx, tx, by, "proof.rule", "rule/"+r.Key)
	})
}

// DropRule takes a rule of the office out. Extracts that were counted by it stand.
func (d *Desk) DropRule(ctx context.Context, by auth.Actor, key string) error {
	if err := by.Must(Issue); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := dropRule(ctx, tx, key); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "proof.rule.drop", "rule/"+key)
	})
}

// Lines are the members of an extract, as its file has them.
func (d *Desk) Lines(ctx context.Context, by auth.Actor, id ID) (Extract, []Line, error) {
	e, in, err := d.File(ctx, by, id, Formats()[0])
	if err != nil {
		return e, nil, err
	}
	defer in.Close()
	var said wire
	if err := json.NewDecoder(in).Decode(&said); err != nil {
		return e, nil, err
	}
	return e, said.Members, nil
}

// Electors counts the electors that the members of an extract give by a rule. It is
// counted of what the extract says, so that it stays so.
func (d *Desk) Electors(ctx context.Context, by auth.Actor, id ID, rule string) (Extract, Election, error) {
	r, err := store.Read(ctx, d.db, func(tx *store.Tx) (Rule, error) { return d.ruleIn(ctx, tx, rule) })
	if err != nil {
		return Extract{}, Election{}, err
	}
	if err := by.Must(See); err != nil {
		return Extract{}, Election{}, err
	}
	e, lines, err := d.Lines(ctx, by, id)
	return e, r.Elect(lines, e.On), err
}
