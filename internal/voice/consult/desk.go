package consult

import (
	"context"
	"embed"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

//go:embed sql
var files embed.FS

//go:embed lang
var words embed.FS

// Words are the catalogues of the letters.
func Words() embed.FS { return words }

// Steps are the tables of this room.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "consult", FS: sub}
}

// A House is what letters say of the association.
type House struct {
	Name string
	URL  string // public address, without a slash at the end
	Zone *time.Location
	In   func(lang string) *i18n.Printer
}

// Others are the desks that this room works with.
type Others struct {
	Cases   *cases.Desk
	Law     *corpus.Desk
	Members *members.Desk
	Jobs    *jobs.Desk
	Mail    *mail.Desk
	Search  *search.Index // nil if nothing is to be found
}

// A Desk is where members are asked, and where they answer.
type Desk struct {
	db    *store.DB
	house House
	Others
}

// Kinds of jobs.
const (
	inviteKind = "consult.invite"
	remindKind = "consult.remind"
	dailyKind  = "consult.daily"
)

// New opens the desk, and has its work done by the queue: letters when they are
// asked for, and each morning at seven what the day brings.
func New(db *store.DB, house House, with Others) *Desk {
	d := &Desk{db: db, house: house, Others: with}
	d.Jobs.Handle(inviteKind, d.invite)
	d.Jobs.Handle(remindKind, d.remind)
	d.Jobs.Handle(dailyKind, d.daily)
	d.Jobs.Every(dailyKind, jobs.Daily(7, 0, house.Zone), dailyKind)
	return d
}

// Subject names a consultation in the book and in the ledger of letters.
func Subject(id voice.ConsultationID) string { return "consultation/" + string(id) }

func (d *Desk) today(tx *store.Tx) civil.Date { return civil.Of(tx.Now, d.house.Zone) }

// Prepare writes a new consultation on a case. Of what is asked it takes the
// provision, the title and the explanation; text and citation are copied from the
// version.
func (d *Desk) Prepare(ctx context.Context, by auth.Actor, c Consultation) (Consultation, error) {
	if err := by.Must(voice.Work); err != nil {
		return c, err
	}
	c, err := d.freeze(ctx, by, c)
	if err != nil {
		return c, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Consultation, error) {
		if _, err := d.Cases.CaseIn(ctx, tx, by, c.Case); err != nil {
			return c, err
		}
		if err := c.ahead(d.today(tx)); err != nil {
			return c, err
		}
		c := c
		c.ID, c.Made, c.State, c.Revision = voice.ConsultationID(tx.ID()), tx.Now, Prepared, 1
		return c, d.write(ctx, tx, by, c, "consult.prepare")
	})
}

// freeze copies what the provisions say, and puts them in the order of the text.
func (d *Desk) freeze(ctx context.Context, by auth.Actor, c Consultation) (Consultation, error) {
	if err := c.Check(); err != nil {
		return c, err
	}
	if err := c.Audience.Check(); err != nil {
		return c, err
	}
	asked := map[string]Asked{}
	ids := make([]string, 0, len(c.Asked))
	for _, a := range c.Asked {
		asked[a.Provision] = a
		ids = append(ids, a.Provision)
	}
	found, err := d.Law.Provisions(ctx, by, c.Version, ids...)
	if err != nil {
		return c, err
	}
	c.Asked = nil
	for i, p := range found {
		a := asked[p.ID]
		a.Ord, a.Text, a.Cite = i+1, body(p), p.Cite
		c.Asked = append(c.Asked, a)
	}
	return c, nil
}

// body is what the provision says, without the label and heading of an article:
// the citation and the title stand in their place.
func body(p corpus.Provision) string {
	if p.Kind != "article" {
		return p.Full
	}
	text := strings.TrimPrefix(p.Full, p.Label+"\n")
	return strings.TrimPrefix(text, p.Heading+"\n")
}

func (d *Desk) write(ctx context.Context, tx *store.Tx, by auth.Actor, c Consultation, deed string) error {
	if err := putConsultation(ctx, tx, c); err != nil {
		return err
	}
	if err := putAsked(ctx, tx, c.ID, c.Asked); err != nil {
		return err
	}
	if err := d.tell(ctx, tx, c); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, deed, Subject(c.ID), "case", string(c.Case), "title", c.Title)
}

// Change rewrites a consultation that is still prepared. It is a Conflict if
// somebody has changed it since Revision.
func (d *Desk) Change(ctx context.Context, by auth.Actor, c Consultation) (Consultation, error) {
	if err := by.Must(voice.Work); err != nil {
		return c, err
	}
	c, err := d.freeze(ctx, by, c)
	if err != nil {
		return c, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Consultation, error) {
		was, err := getConsultation(ctx, tx, c.ID)
		switch {
		case err != nil:
			return c, err
		case was.State != Prepared:
			return c, fault.New(fault.Conflict, "consult.not_prepared")
		case was.Revision != c.Revision:
			return c, fault.New(fault.Conflict, "consult.changed_meanwhile")
		}
		if err := c.ahead(d.today(tx)); err != nil {
			return c, err
		}
		c := c
		c.Case, c.Version, c.Made, c.State, c.Revision = was.Case, was.Version, was.Made, Prepared, was.Revision+1
		return c, d.write(ctx, tx, by, c, "consult.change")
	})
}

// Open opens a consultation and has the letters written by a job, whose ID it
// returns.
func (d *Desk) Open(ctx context.Context, by auth.Actor, id voice.ConsultationID) (jobs.ID, error) {
	return alter(ctx, d, by, id, "consult.open", func(tx *store.Tx, c Consultation) (Consultation, jobs.ID, error) {
		c, err := c.Begin(d.today(tx))
		if err != nil {
			return c, "", err
		}
		if err := d.putDues(ctx, tx, by, c); err != nil {
			return c, "", err
		}
		job, err := d.Jobs.Add(ctx, tx, jobs.Job{Kind: inviteKind, Args: string(id), Unique: inviteKind + "/" + string(id), By: by.User, Title: inviteKind})
		return c, job, err
	})
}

// alter is one change of a consultation by the office: right, step, row, line.
func alter[T any](ctx context.Context, d *Desk, by auth.Actor, id voice.ConsultationID, deed string,
	step func(*store.Tx, Consultation) (Consultation, T, error)) (T, error) {
	var none T
	if err := by.Must(voice.Work); err != nil {
		return none, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (T, error) {
		c, err := getConsultation(ctx, tx, id)
		if err != nil {
			return none, err
		}
		c, out, err := step(tx, c)
		if err != nil {
			return none, err
		}
		c.Revision++
		if err := putConsultation(ctx, tx, c); err != nil {
			return none, err
		}
		if err := d.tell(ctx, tx, c); err != nil {
			return none, err
		}
		return out, audit.Note(ctx, tx, by, deed, Subject(id), "case", string(c.Case), "closes", c.Closes.String())
	})
}

// Close ends a consultation before its time.
func (d *Desk) Close(ctx context.Context, by auth.Actor, id voice.ConsultationID) error {
	_, err := alter(ctx, d, by, id, "consult.close", func(tx *store.Tx, c Consultation) (Consultation, struct{}, error) {
		c, err := c.End()
		if err == nil {
			err = d.settleDues(ctx, tx, by, c)
		}
		return c, struct{}{}, err
	})
	return err
}

// Extend moves the last day of a consultation, and opens it again if it is closed.
// Links that were sent hold until then.
func (d *Desk) Extend(ctx context.Context, by auth.Actor, id voice.ConsultationID, until civil.Date) error {
	_, err := alter(ctx, d, by, id, "consult.extend", func(tx *store.Tx, c Consultation) (Consultation, struct{}, error) {
		c, err := c.Extend(until, d.today(tx))
		if err == nil {
			err = d.putDues(ctx, tx, by, c)
		}
		return c, struct{}{}, err
	})
	return err
}

// Show says whether the public page shows the consultation, and on which days
// before its end members are reminded.
func (d *Desk) Show(ctx context.Context, by auth.Actor, id voice.ConsultationID, public bool, remind []int) error {
	_, err := alter(ctx, d, by, id, "consult.show", func(_ *store.Tx, c Consultation) (Consultation, struct{}, error) {
		c.Public, c.Remind = public, slices.Clone(remind)
		return c, struct{}{}, c.Check()
	})
	return err
}

// Read says that the office has read all answers that have come.
func (d *Desk) Read(ctx context.Context, by auth.Actor, id voice.ConsultationID) error {
	_, err := alter(ctx, d, by, id, "consult.read", func(tx *store.Tx, c Consultation) (Consultation, struct{}, error) {
		if err := countIn(ctx, tx, id, change{unread: -c.Unread}); err != nil {
			return c, struct{}{}, err
		}
		return c, struct{}{}, d.Cases.DropDue(ctx, tx, dueID(id, "review"))
	})
	return err
}

// dueID names a due of a consultation: close, wait or review.
func dueID(id voice.ConsultationID, what string) string { return "consult/" + string(id) + "/" + what }

// Link is where the office works on a consultation.
func Link(c Consultation) string {
	return "/cases/" + string(c.Case) + "/consultations/" + string(c.ID)
}

func (d *Desk) putDue(ctx context.Context, tx *store.Tx, by auth.Actor, c Consultation, what string, on civil.Date, args ...string) error {
	owner, err := d.Cases.CaseIn(ctx, tx, by, c.Case)
	if err != nil {
		return err
	}
	return d.Cases.PutDue(ctx, tx, cases.Due{
		ID: dueID(c.ID, what), Case: c.Case, Kind: "dues.consult." + what, Args: append([]string{"title", c.Title}, args...), On: on,
		Waiting: what == "wait", Owner: owner.Owner, OwnerIs: owner.OwnerIs, Link: Link(c),
	})
}

// putDues writes what an open consultation asks of the office, and what members owe.
func (d *Desk) putDues(ctx context.Context, tx *store.Tx, by auth.Actor, c Consultation) error {
	if err := d.putDue(ctx, tx, by, c, "close", c.Closes); err != nil {
		return err
	}
	return d.putDue(ctx, tx, by, c, "wait", c.Opens)
}

// settleDues drops those, and asks the office to read what has come.
func (d *Desk) settleDues(ctx context.Context, tx *store.Tx, by auth.Actor, c Consultation) error {
	for _, what := range []string{"close", "wait"} {
		if err := d.Cases.DropDue(ctx, tx, dueID(c.ID, what)); err != nil {
			return err
		}
	}
	if c.Answered == 0 {
		return nil
	}
	return d.putDue(ctx, tx, by, c, "review", d.today(tx), "answered", strconv.Itoa(c.Answered))
}
