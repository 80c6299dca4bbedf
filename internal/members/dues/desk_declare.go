package dues

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// askJob is the kind of the job that writes the letters for declarations.
const askJob = "dues.ask"

// sharers are those who belong on the day and whose dues for the year are a share of
// what they declare.
func (d *Desk) sharers(ctx context.Context, tx *store.Tx, year int, day civil.Date) ([]members.Entry, error) {
	rules, err := listRules(ctx, tx)
	if err != nil {
		return nil, err
	}
	var list []members.Entry
	err = d.Members.EachOnIn(ctx, tx, day, func(e members.Entry) error {
		if r, ok := rules.For(e.Kind, e.Category, year); ok && r.Way == fees.Share {
			list = append(list, e)
		}
		return nil
	})
	return list, err
}

// Wanted lists those whose declaration of the year before the given one is wanted,
// as the register stands on the day. What they declared is told to those alone who may
// see it.
func (d *Desk) Wanted(ctx context.Context, by auth.Actor, year int, day civil.Date) ([]Asked, error) {
	return read(ctx, d, by, Read, func(tx *store.Tx) ([]Asked, error) { return d.wanted(ctx, tx, by, year, day) })
}

func (d *Desk) wanted(ctx context.Context, tx *store.Tx, by auth.Actor, year int, day civil.Date) ([]Asked, error) {
	who, err := d.sharers(ctx, tx, year, day)
	if err != nil {
		return nil, err
	}
	declared, err := newest(ctx, tx, year-1)
	if err != nil {
		return nil, err
	}
	asked, err := askedOf(ctx, tx, year-1)
	if err != nil {
		return nil, err
	}
	var list []Asked
	for _, e := range who {
		a := asked[e.ID]
		a.Member, a.Name, a.Kind, a.SortKey = e.ID, e.Name, e.Kind, e.SortKey
		if dec, ok := declared[e.ID]; ok {
			a.Declared, a.Via, a.At = true, dec.Via, dec.At
			if by.Can(Declared) {
				if a.Sum, err = dec.Sum(); err != nil {
					return nil, err
				}
			}
		}
		list = append(list, a)
	}
	return list, nil
}

// Declarations are what a member declared, all years, newest first, with those that
// were corrected.
func (d *Desk) Declarations(ctx context.Context, by auth.Actor, id members.ID) ([]Declaration, error) {
	return read(ctx, d, by, Declared, func(tx *store.Tx) ([]Declaration, error) { return declarationsOf(ctx, tx, id, 0) })
}

// DeclarationsOf are the newest declarations of a year, in the order of names, for
// the office's evidence.
func (d *Desk) DeclarationsOf(ctx context.Context, by auth.Actor, year int) ([]Declaration, error) {
	return read(ctx, d, by, Declared, func(tx *store.Tx) ([]Declaration, error) {
		of, err := newest(ctx, tx, year)
		if err != nil {
			return nil, err
		}
		var list []Declaration
		for _, dec := range of {
			list = append(list, dec)
		}
		slices.SortFunc(list, func(a, b Declaration) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
		return list, nil
	})
}

// Declare writes what a member declared, typed in by the office.
func (d *Desk) Declare(ctx context.Context, by auth.Actor, dec Declaration) (Declaration, error) {
	if err := by.Must(Declared); err != nil {
		return dec, err
	}
	dec.Via, dec.By = ByOffice, by.Name
	return d.declare(ctx, by, dec, nil)
}

// DeclareOwn writes what one who acts for the member declares.
func (d *Desk) DeclareOwn(ctx context.Context, by auth.Actor, dec Declaration) (Declaration, error) {
	if err := d.own(ctx, by, dec.Member); err != nil {
		return dec, err
	}
	dec.Via, dec.By = BySelf, by.Name
	return d.declare(ctx, by, dec, nil)
}

// own returns a Denied fault if the actor does not act for the member.
func (d *Desk) own(ctx context.Context, by auth.Actor, id members.ID) error {
	list, err := d.Members.ActsFor(ctx, by)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(m members.Member) bool { return m.ID == id }) {
		return by.Refused(Declared)
	}
	return nil
}

// declare writes a declaration; first, if it is given, does what comes before in the
// same deed.
func (d *Desk) declare(ctx context.Context, by auth.Actor, given Declaration, first func(*store.Tx, *Declaration) error) (Declaration, error) {
	c := d.Currency(ctx)
	if sum, err := given.Sum(); err == nil && !sum.IsZero() && sum.Currency() != c {
		return given, fault.In(string(fees.FromOthers), "dues.amount.wrong")
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Declaration, error) {
		dec := given
		if first != nil {
			if err := first(tx, &dec); err != nil {
				return dec, err
			}
		}
		if err := dec.Check(d.today(tx).Year()); err != nil {
			return dec, err
		}
		m, err := d.member(ctx, tx, dec.Member)
		if err != nil {
			return dec, err
		}
		dec.ID, dec.Name, dec.At, dec.Now = tx.ID(), m.Name, tx.Now, true
		if err := addDeclaration(ctx, tx, dec, c); err != nil {
			return dec, err
		}
		return dec, audit.Note(ctx, tx, by, "dues.declare", aboutMember(dec.Member), "year", itoa(dec.Year), "via", string(dec.Via))
	})
}

// An asking is what the job of letters for declarations is told.
type asking struct {
	Year   int // of the dues; the money is of the year before
	Day    civil.Date
	Remind bool
}

// Ask has letters written to all who have not declared and were not asked yet, or
// to those who were asked and have not declared, if remind.
func (d *Desk) Ask(ctx context.Context, by auth.Actor, year int, day civil.Date, remind bool) (jobs.ID, error) {
	if err := by.Must(Write); err != nil {
		return "", err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (jobs.ID, error) {
		id, err := d.Jobs.Add(ctx, tx, jobs.Job{Kind: askJob, Args: asking{year, day, remind}, Unique: askJob, By: by.User, Title: "dues.job.ask"})
		if err != nil {
			return "", err
		}
		return id, audit.Note(ctx, tx, by, "dues.ask", "dues/"+itoa(year), "remind", strconv.FormatBool(remind))
	})
}

// askWork writes the letters, a hundred in a transaction. Who has one of today gets
// none, should the work be done twice.
func (d *Desk) askWork(ctx context.Context, r jobs.Run) error {
	var a asking
	if err := r.Args(&a); err != nil {
		return err
	}
	list, err := d.Wanted(ctx, auth.House, a.Year, a.Day)
	if err != nil {
		return err
	}
	var who []Asked
	for _, one := range list {
		if !one.Declared && (one.Letters > 0) == a.Remind && civil.Of(one.Sent, d.house.Zone) != civil.Of(d.db.Now(), d.house.Zone) {
			who = append(who, one)
		}
	}
	for i, some := range slices.Collect(slices.Chunk(who, 100)) {
		r.Progress(i*100, len(who), "dues.job.ask.step")
		if err := ctx.Err(); err != nil {
			return err
		}
		err := d.db.Write(ctx, func(tx *store.Tx) error {
			var ids []members.ID
			for _, one := range some {
				ids = append(ids, one.Member)
			}
			answerers, err := d.Members.AnswerersIn(ctx, tx, auth.House, ids...)
			if err != nil {
				return err
			}
			written := map[members.ID]bool{}
			for _, to := range answerers {
				if written[to.Member] {
					continue
				}
				written[to.Member] = true
				if err := d.post(ctx, tx, to, a); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	r.Progress(len(who), len(who), "dues.job.ask.step")
	return d.recount(ctx)
}
