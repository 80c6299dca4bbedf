package own

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Kept is a kind of things that go when their time is over.
type Kept struct {
	Kind  string // also the key of its words
	Years int    // how long usually
	// Old lists what is older than the instant: names and the days from which it counts,
	// the first hundred, and how many there are.
	Old func(ctx context.Context, tx *store.Tx, before time.Time) ([]Item, int, error)
	// Go takes out what is older, and returns how many went. It is called until none do.
	Go func(ctx context.Context, by auth.Actor, before time.Time) (int, error)
}

// ByDay makes an Old of one that counts by the day and has no names.
func ByDay(zone *time.Location, old func(context.Context, *store.Tx, civil.Date) (int, error)) func(context.Context, *store.Tx, time.Time) ([]Item, int, error) {
	return func(ctx context.Context, tx *store.Tx, before time.Time) ([]Item, int, error) {
		n, err := old(ctx, tx, civil.Of(before, zone))
		return nil, n, err
	}
}

// An Item is something whose time is over.
type Item struct {
	Name string
	Link string
	On   civil.Date
}

// A Plan is a rule with what it would take out today.
type Plan struct {
	Rule
	Items []Item // the first hundred
	N     int
}

// former are persons who left so long ago that nothing needs them any more.
func (d *Desk) former() Kept {
	return Kept{
		Kind: "former", Years: 5,
		Old: func(ctx context.Context, tx *store.Tx, before time.Time) ([]Item, int, error) {
			list, err := d.gone(ctx, before)
			var items []Item
			for _, m := range list[:min(len(list), 100)] {
				items = append(items, Item{m.Name, "/members/" + string(m.ID), m.Term.Until})
			}
			return items, len(list), err
		},
		Go: func(ctx context.Context, by auth.Actor, before time.Time) (int, error) {
			list, err := d.gone(ctx, before)
			if err != nil {
				return 0, err
			}
			for i, m := range list[:min(len(list), 20)] {
				if err := d.erase(ctx, by, m.ID, byRetention); err != nil {
					return i, err
				}
			}
			return min(len(list), 20), nil
		},
	}
}

// gone lists persons whose membership ended before the day and who are not erased.
func (d *Desk) gone(ctx context.Context, before time.Time) ([]members.Member, error) {
	day := civil.Of(before, d.house.Zone)
	var all []members.Member
	for _, standing := range []members.Standing{members.Left, members.Expelled, members.Deceased} {
		q := members.Query{Filter: members.Filter{Standing: standing, Kind: members.Person}, Limit: 1_000}
		for {
			list, err := d.Members.List(ctx, auth.House, q)
			if err != nil {
				return nil, err
			}
			for _, m := range list {
				if m.Name != store.Erased && !m.Term.Until.IsZero() && m.Term.Until.Before(day) {
					all = append(all, m)
				}
			}
			if len(list) < q.Limit {
				break
			}
			q.After = list[len(list)-1].ID
		}
	}
	return all, nil
}

// letters are the words of letters that went out.
func (d *Desk) letters() Kept {
	return Kept{
		Kind: "letters", Years: 2,
		Old: func(ctx context.Context, tx *store.Tx, before time.Time) ([]Item, int, error) {
			n, err := mail.Old(ctx, tx, before)
			return nil, n, err
		},
		Go: func(ctx context.Context, _ auth.Actor, before time.Time) (int, error) {
			return store.Write(ctx, d.db, func(tx *store.Tx) (int, error) {
				n, err := mail.Old(ctx, tx, before)
				if err != nil || n == 0 {
					return n, err
				}
				return n, mail.Empty(ctx, tx, before)
			})
		},
	}
}

// applications are those that made no member.
func (d *Desk) applications() Kept {
	return Kept{
		Kind: "applications", Years: 2,
		Old: func(ctx context.Context, tx *store.Tx, before time.Time) ([]Item, int, error) {
			list, n, err := d.Admission.OldIn(ctx, tx, before)
			var items []Item
			for _, a := range list {
				items = append(items, Item{a.Name, "/applications/" + string(a.ID), civil.Of(a.Made, d.house.Zone)})
			}
			return items, n, err
		},
		Go: func(ctx context.Context, by auth.Actor, before time.Time) (int, error) {
			return d.Admission.BlankOld(ctx, by, before)
		},
	}
}

// wishes are those that are settled.
func (d *Desk) wishes() Kept {
	return Kept{
		Kind: "wishes", Years: 3,
		Old: func(ctx context.Context, tx *store.Tx, before time.Time) ([]Item, int, error) {
			n, err := oldWishes(ctx, tx, before, false)
			return nil, n, err
		},
		Go: func(ctx context.Context, _ auth.Actor, before time.Time) (int, error) {
			return store.Write(ctx, d.db, func(tx *store.Tx) (int, error) { return oldWishes(ctx, tx, before, true) })
		},
	}
}

// book is the book of the house: who did what, of which the what stays.
func (d *Desk) book() Kept {
	return Kept{
		Kind: "book", Years: 10,
		Old: func(ctx context.Context, tx *store.Tx, before time.Time) ([]Item, int, error) {
			n, err := audit.Old(ctx, tx, before)
			return nil, n, err
		},
		Go: func(ctx context.Context, _ auth.Actor, before time.Time) (int, error) {
			return store.Write(ctx, d.db, func(tx *store.Tx) (int, error) {
				n, err := audit.Old(ctx, tx, before)
				if err != nil || n == 0 {
					return n, err
				}
				return n, audit.Fade(ctx, tx, before)
			})
		},
	}
}

// rules are those of the house, in the order of what is kept; one that nobody has
// written is the usual one, and not gone by.
func (d *Desk) rules(ctx context.Context, tx *store.Tx) ([]Rule, error) {
	of, err := listRules(ctx, tx)
	if err != nil {
		return nil, err
	}
	var list []Rule
	for _, k := range d.Kept {
		r, ok := of[k.Kind]
		if !ok {
			r = Rule{Kind: k.Kind, Years: k.Years, Basis: d.house.In("sl").T("own.basis." + k.Kind)}
		}
		list = append(list, r)
	}
	return list, nil
}

// Plans are the rules, each with what it would take out today.
func (d *Desk) Plans(ctx context.Context, by auth.Actor) ([]Plan, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Plan, error) {
		rules, err := d.rules(ctx, tx)
		if err != nil {
			return nil, err
		}
		var list []Plan
		for i, r := range rules {
			p := Plan{Rule: r}
			if p.Items, p.N, err = d.Kept[i].Old(ctx, tx, tx.Now.AddDate(-r.Years, 0, 0)); err != nil {
				return nil, err
			}
			list = append(list, p)
		}
		return list, nil
	})
}

// SetRules writes how long things are kept, and whether the nightly job goes by it.
func (d *Desk) SetRules(ctx context.Context, by auth.Actor, rules []Rule) error {
	if err := by.Must(Work); err != nil {
		return err
	}
	var wrong fault.Fields
	for _, r := range rules {
		if f := fault.Of(r.Check()); f != nil {
			for _, one := range f.All() {
				wrong.Add(one.Field, one.Key, one.Args...)
			}
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		was, err := listRules(ctx, tx)
		if err != nil {
			return err
		}
		for _, r := range rules {
			if old, ok := was[r.Kind]; ok && old.Years == r.Years && old.Basis == r.Basis && old.Active == r.Active {
				continue
			}
			r.By, r.Decided = by.Name, tx.Now
			if err := putRule(ctx, tx, r); err != nil {
				return err
			}
			if err := audit.Note(ctx, tx, by, "own.rule", "retention/"+r.Kind, "years", fmt.Sprint(r.Years), "active", fmt.Sprint(r.Active)); err != nil {
				return err
			}
		}
		return nil
	})
}

// RetainNow has what is older than a rule allows go at once, be the rule switched on or
// not. What goes does not come back. The work is a job, whose ID is returned.
func (d *Desk) RetainNow(ctx context.Context, by auth.Actor, kind string) (jobs.ID, error) {
	if err := by.Must(Work); err != nil {
		return "", err
	}
	if !slices.ContainsFunc(d.Kept, func(k Kept) bool { return k.Kind == kind }) {
		return "", fault.New(fault.Missing, "own.rule.missing")
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (jobs.ID, error) {
		if err := audit.Note(ctx, tx, by, "own.retain_now", "retention/"+kind); err != nil {
			return "", err
		}
		return d.Jobs.Add(ctx, tx, jobs.Job{Kind: retainKind, Args: kind, Unique: retainKind + "/" + kind, By: by.User, Title: retainKind})
	})
}

// retain goes by the rules that are active, or by the one that somebody wants gone by
// now.
func (d *Desk) retain(ctx context.Context, r jobs.Run) error {
	rules, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]Rule, error) { return d.rules(ctx, tx) })
	if err != nil {
		return err
	}
	for i, rule := range rules {
		if rule.Kind != r.Text() && (r.Text() != "" || !rule.Active) {
			continue
		}
		if err := d.goBy(ctx, r, d.Kept[i], rule); err != nil {
			return err
		}
	}
	return nil
}

// goBy has all that is older than the rule allows go, some at a time.
func (d *Desk) goBy(ctx context.Context, r jobs.Run, kept Kept, rule Rule) error {
	before := d.db.Now().AddDate(-rule.Years, 0, 0)
	all, err := store.Read(ctx, d.db, func(tx *store.Tx) (int, error) {
		_, n, err := kept.Old(ctx, tx, before)
		return n, err
	})
	if err != nil {
		return err
	}
	gone := 0
	for gone < all {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.Progress(gone, all, "own.kept.step."+kept.Kind)
		n, err := kept.Go(ctx, auth.House, before)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		gone += n
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := wentBy(ctx, tx, rule, gone); err != nil || gone == 0 {
			return err
		}
		return audit.Note(ctx, tx, auth.House, "own.retain", "retention/"+rule.Kind, "count", fmt.Sprint(gone), "years", fmt.Sprint(rule.Years))
	})
}
