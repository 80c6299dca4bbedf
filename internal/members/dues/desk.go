package dues

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

//go:embed lang
var words embed.FS

// Words are the catalogues of the letters and papers of this package.
func Words() embed.FS { return words }

// Steps are the tables of the desk.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "dues", FS: sub}
}

// A House is what the desk must know of the association.
type House struct {
	Name   string
	URL    string
	Zone   *time.Location
	In     func(lang string) *i18n.Printer
	Seller func(context.Context) Seller
	Board  func(context.Context) ([]auth.Actor, error) // whom the last reminder tells
}

// Others are the desks that this one calls.
type Others struct {
	Members *members.Desk
	Jobs    *jobs.Desk
	Mail    *mail.Desk
	Files   blob.Store
	Pending pending.List // what is to be done
}

// A Desk is where dues are reckoned and booked.
type Desk struct {
	Others
	// Unpaid is told of an entry of the bank whose payment is taken back, in the same
	// deed. The bank sets it.
	Unpaid func(ctx context.Context, tx *store.Tx, entry string) error

	db    *store.DB
	house House
}

// New opens the desk, and has its work done by the jobs.
func New(db *store.DB, h House, o Others) *Desk {
	d := &Desk{Others: o, db: db, house: h}
	o.Jobs.Handle(runJob, d.runWork)
	o.Jobs.Handle(askJob, d.askWork)
	o.Jobs.Handle(remindJob, d.remindWork)
	o.Jobs.Handle(forgetJob, d.forgetWork)
	o.Jobs.Handle(turnJob, func(ctx context.Context, _ jobs.Run) error { return d.recount(ctx) })
	o.Jobs.Every(turnJob, jobs.Daily(4, 0, h.Zone), turnJob)
	return d
}

// Currency is that of the house's accounts.
func (d *Desk) Currency(ctx context.Context) money.Currency { return d.house.Seller(ctx).Currency }

// today is the day in the house's zone.
func (d *Desk) today(tx *store.Tx) civil.Date { return civil.Of(tx.Now, d.house.Zone) }

// Rules are all rules, the latest first.
func (d *Desk) Rules(ctx context.Context, by auth.Actor) (fees.Book, error) {
	return read(ctx, d, by, See, func(tx *store.Tx) (fees.Book, error) { return listRules(ctx, tx) })
}

// AddRule writes a new rule. The rules before it stay, for the years before.
func (d *Desk) AddRule(ctx context.Context, by auth.Actor, r fees.Rule) (fees.Rule, error) {
	if err := by.Must(Write); err != nil {
		return r, err
	}
	if err := r.Check(); err != nil {
		return r, err
	}
	c := d.Currency(ctx)
	if sum, err := money.Add(r.Least, r.Most, r.Flat); err != nil || !sum.IsZero() && sum.Currency() != c {
		return r, fault.In("flat", "dues.amount.wrong")
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (fees.Rule, error) {
		r.ID = tx.ID()
		if err := putRule(ctx, tx, r, c); err != nil {
			return r, err
		}
		return r, audit.Note(ctx, tx, by, "dues.rule.add", "dues/rules", "year", itoa(r.Year), "way", string(r.Way))
	})
}

// DropRule takes out a rule by which no invoice was made.
func (d *Desk) DropRule(ctx context.Context, by auth.Actor, id string) error {
	return d.write(ctx, by, func(tx *store.Tx) error {
		used, err := ruleUsed(ctx, tx, id)
		if err != nil {
			return err
		}
		if used {
			return fault.New(fault.Conflict, "dues.rule.used")
		}
		if err := dropRule(ctx, tx, id); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.rule.drop", "dues/rules", "rule", id)
	})
}

// Waivers are the waivers of a year.
func (d *Desk) Waivers(ctx context.Context, by auth.Actor, year int) ([]fees.Waiver, error) {
	return read(ctx, d, by, See, func(tx *store.Tx) ([]fees.Waiver, error) {
		return listWaivers(ctx, tx, `year = $1 ORDER BY name, member`, year)
	})
}

// Waive writes down a decision that a member owes nothing for a year.
func (d *Desk) Waive(ctx context.Context, by auth.Actor, w fees.Waiver) error {
	if err := w.Check(); err != nil {
		return err
	}
	return d.write(ctx, by, func(tx *store.Tx) error {
		m, err := d.member(ctx, tx, w.Member)
		if err != nil {
			return err
		}
		w.Name, w.By = m.Name, by.Name
		if err := putWaiver(ctx, tx, w); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.waive", aboutMember(w.Member), "year", itoa(w.Year))
	})
}

// Unwaive takes a waiver back.
func (d *Desk) Unwaive(ctx context.Context, by auth.Actor, id members.ID, year int) error {
	return d.write(ctx, by, func(tx *store.Tx) error {
		if err := dropWaiver(ctx, tx, id, year); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.unwaive", aboutMember(id), "year", itoa(year))
	})
}

// Ladder is the steps of reminders: those that were written, or else three.
func (d *Desk) Ladder(ctx context.Context, by auth.Actor) (Ladder, error) {
	return read(ctx, d, by, See, func(tx *store.Tx) (Ladder, error) { return d.ladder(ctx, tx) })
}

func (d *Desk) ladder(ctx context.Context, tx *store.Tx) (Ladder, error) {
	list, err := listSteps(ctx, tx)
	if err != nil || len(list) > 0 {
		return list, err
	}
	for i, after := range []int{14, 30, 60} {
		s := Step{After: after, Board: i == 2, Words: map[string]Wording{}}
		for _, lang := range i18n.Spoken() {
			p := d.house.In(lang)
			s.Words[lang] = Wording{p.T("dues.step." + itoa(i+1) + ".subject"), p.T("dues.step." + itoa(i+1) + ".text")}
		}
		list = append(list, s)
	}
	return list, nil
}

// SetLadder writes the steps of reminders.
func (d *Desk) SetLadder(ctx context.Context, by auth.Actor, l Ladder) error {
	if err := l.Check(); err != nil {
		return err
	}
	return d.write(ctx, by, func(tx *store.Tx) error {
		if err := putSteps(ctx, tx, l); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.steps", "dues/steps", "steps", itoa(len(l)))
	})
}

// read asks for the right and reads.
func read[T any](ctx context.Context, d *Desk, by auth.Actor, right auth.Right, f func(*store.Tx) (T, error)) (T, error) {
	if err := by.Must(right); err != nil {
		var none T
		return none, err
	}
	return store.Read(ctx, d.db, f)
}

// write asks for the right to write, and writes.
func (d *Desk) write(ctx context.Context, by auth.Actor, f func(*store.Tx) error) error {
	if err := by.Must(Write); err != nil {
		return err
	}
	return d.db.Write(ctx, f)
}

// member reads one member for the desk's own use.
func (d *Desk) member(ctx context.Context, tx *store.Tx, id members.ID) (members.Member, error) {
	list, err := d.Members.MembersIn(ctx, tx, auth.House, id)
	if err == nil && len(list) == 0 {
		err = fault.New(fault.Missing, "members.missing")
	}
	if err != nil {
		return members.Member{}, err
	}
	return list[0], nil
}
