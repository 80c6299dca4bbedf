package admission

import (
	"context"
	"crypto/rand"
	"embed"
	"encoding/base64"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of the letters.
func Words() embed.FS { return words }

// A House is what letters say of the association.
type House struct {
	Name string
	URL  string // public address, without a slash at the end
	Zone *time.Location
	In   func(lang string) *i18n.Printer
}

// Others are the desks that this room works with.
type Others struct {
	Members *members.Desk
	Jobs    *jobs.Desk
	Mail    *mail.Desk
	Pending pending.List // what is to be done
	// Joined is told of each new member and what they agreed to; may be nil.
	Joined func(ctx context.Context, tx *store.Tx, by auth.Actor, id members.ID, agreed []Consent) error
}

// A Desk is where applications come in and are decided.
type Desk struct {
	db    *store.DB
	house House
	Others
}

// New opens the desk, and has it forget each night what was never confirmed.
func New(db *store.DB, house House, with Others) *Desk {
	d := &Desk{db: db, house: house, Others: with}
	const kind = "admission.sweep"
	d.Jobs.Handle(kind, func(ctx context.Context, _ jobs.Run) error {
		return d.db.Write(ctx, func(tx *store.Tx) error {
			if err := sweep(ctx, tx); err != nil {
				return err
			}
			gone, err := stale(ctx, tx, tx.Now.AddDate(0, 0, -1))
			if err != nil {
				return err
			}
			return d.forget(ctx, tx, gone)
		})
	})
	d.Jobs.Handle(forgetJob, d.forgetWork)
	d.Jobs.Every(kind, jobs.Daily(3, 20, house.Zone), kind)
	return d
}

// Subject names an application in the book and in the ledger of letters.
func Subject(id ID) string { return "application/" + string(id) }

func (d *Desk) today(tx *store.Tx) civil.Date { return civil.Of(tx.Now, d.house.Zone) }

// How many letters an address gets in a day, and how many applications a network
// address sends in an hour.
const (
	mostLetters = 3
	mostSent    = 20
)

// Rule reads the rule of admission.
func (d *Desk) Rule(ctx context.Context) (Rule, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Rule, error) {
		r, _, _, err := getRule(ctx, tx)
		return d.usual(r), err
	})
}

// usual fills in what a house that has said nothing goes by.
func (d *Desk) usual(r Rule) Rule {
	if r.Board == "" {
		r.Board = d.house.In("sl").T("admission.rule.board.usual")
	}
	return r
}

// key is the secret that signs forms; it is made when it is first needed.
func (d *Desk) key(ctx context.Context) ([]byte, error) {
	read := func(tx *store.Tx) (key []byte, err error) {
		_, key, _, err = getRule(ctx, tx)
		return key, err
	}
	key, err := store.Read(ctx, d.db, read)
	if err != nil || key != nil {
		return key, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) ([]byte, error) {
		if r, key, made, err := getRule(ctx, tx); err != nil || made {
			return key, err
		} else if err := putRule(ctx, tx, d.usual(r)); err != nil {
			return nil, err
		}
		return read(tx)
	})
}

// Prepare makes the secret that signs forms, so that looking at one changes nothing.
func (d *Desk) Prepare(ctx context.Context) error {
	_, err := d.key(ctx)
	return err
}

// Stamp is what a form bears, so that we know when it was opened.
func (d *Desk) Stamp(ctx context.Context) (string, error) {
	key, err := d.key(ctx)
	return stamp(key, d.db.Now()), err
}

// A Trap is what tells programs from people: when the form was opened, and a field
// that people do not see.
type Trap struct {
	Stamp  string // what Stamp gave
	Bait   string // what was typed where nobody types
	Origin string // network address, empty if unknown
}

// Send takes in an application and writes to its address, that it be confirmed. It
// is silent about everything that whoever sends it must not learn: whether the
// address is known, whether it has had its share of letters, and that a program was
// found out. A form filled in faster than people can, or a day later, is an Invalid
// fault: nothing is lost, sending it again will do. The files are those that Hold has
// kept for it.
func (d *Desk) Send(ctx context.Context, a Application, t Trap, files ...string) error {
	a = a.Tidy()
	if err := a.check(); err != nil {
		return err
	}
	key, err := d.key(ctx)
	if err != nil {
		return err
	}
	switch {
	case t.Bait != "":
		return nil
	case !filled(key, t.Stamp, d.db.Now()):
		return fault.New(fault.Invalid, "admission.again")
	}
	token := newToken()
	return d.db.Write(ctx, func(tx *store.Tx) error {
		a := a
		if n, err := tried(ctx, tx, "from "+hidden(key, t.Origin), tx.Now.Add(-time.Hour)); err != nil {
			return err
		} else if n >= mostSent && t.Origin != "" {
			return fault.New(fault.Busy, "admission.slow_down")
		}
		n, err := tried(ctx, tx, "to "+hidden(key, a.Email), tx.Now.Add(-24*time.Hour))
		if err != nil || n >= mostLetters {
			return err
		}
		a.ID, a.State, a.Made, a.Revision = ID(tx.ID()), Sent, tx.Now, 1
		a.Year, a.Seq, a.Paper, a.Member = 0, 0, false, ""
		if err := d.begin(ctx, tx, a, token); err != nil {
			return err
		}
		if err := take(ctx, tx, a.ID, files); err != nil {
			return err
		}
		return audit.Note(ctx, tx, auth.Actor{}, "admission.send", Subject(a.ID), "kind", string(a.Kind))
	})
}

func (d *Desk) begin(ctx context.Context, tx *store.Tx, a Application, token string) error {
	if err := d.put(ctx, tx, a); err != nil {
		return err
	}
	if err := addKey(ctx, tx, hashOf(token), a.ID); err != nil {
		return err
	}
	known, err := d.Members.BehindIn(ctx, tx, a.Email)
	if err != nil {
		return err
	}
	_, err = d.Mail.Post(ctx, tx, d.confirmLetter(a, token, known.Member != ""))
	return unsendable(err)
}

// unsendable forgives a letter that cannot be sent because of its address.
func unsendable(err error) error {
	if fault.Is(err, fault.Invalid) {
		return nil
	}
	return err
}

func newToken() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// Peek reads the application behind a link, as its applicant may: without the
// remark of the office. It changes nothing.
func (d *Desk) Peek(ctx context.Context, token string) (File, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (File, error) {
		a, err := byKey(ctx, tx, hashOf(token))
		if err != nil {
			return File{}, err
		}
		a.Remark = ""
		return d.file(ctx, tx, a)
	})
}

// Confirm says that whoever reads the mail of the address has sent the application,
// which gets its number. Other unconfirmed ones of the same name and address are
// forgotten. What is confirmed already stays as it is.
func (d *Desk) Confirm(ctx context.Context, token string) (Application, error) {
	return d.byLink(ctx, token, func(tx *store.Tx, a Application) (Application, string, error) {
		if a.State != Sent {
			return a, "", nil
		}
		a, err := d.settle(ctx, tx, a)
		if err == nil {
			err = dropUnconfirmed(ctx, tx, `email = $1 AND name = $2 AND id <> $3`, a.Email, a.Name, a.ID)
		}
		return a, "admission.confirm", err
	})
}

// settle gives the application its number.
func (d *Desk) settle(ctx context.Context, tx *store.Tx, a Application) (Application, error) {
	a.State, a.Settled, a.Year = Confirmed, tx.Now, d.today(tx).Year()
	var err error
	a.Seq, err = nextSeq(ctx, tx, a.Year)
	return a, err
}

// Reply gives what the applicant was asked for, in words.
func (d *Desk) Reply(ctx context.Context, token, words string) (Application, error) {
	return d.byLink(ctx, token, func(_ *store.Tx, a Application) (Application, string, error) {
		if a.State != Asked {
			return a, "", fault.New(fault.Conflict, "admission.reply.not_asked")
		}
		if a.Replied = words; fault.Empty(words) {
			return a, "", fault.In("replied", "admission.reply.empty")
		}
		a.State = Confirmed
		return a, "admission.reply", nil
	})
}

// Withdraw takes the application back, as long as nothing is decided; of one that was
// refused, the appeal, and the refusal stands.
func (d *Desk) Withdraw(ctx context.Context, token string) (Application, error) {
	return d.byLink(ctx, token, func(tx *store.Tx, a Application) (Application, string, error) {
		a, err := d.withdraw(ctx, tx, a)
		return a, "admission.withdraw", err
	})
}

func (d *Desk) withdraw(ctx context.Context, tx *store.Tx, a Application) (Application, error) {
	switch {
	case a.State == Appealed:
		a.State = Rejected
		return a, withdrawAppeal(ctx, tx, a.ID, d.today(tx))
	case a.State != Sent && !a.State.Open():
		return a, fault.New(fault.Conflict, "admission.decided")
	}
	a.State = Withdrawn
	return a, nil
}

// byLink is one step of the applicant. A step without a deed changes nothing.
func (d *Desk) byLink(ctx context.Context, token string, step func(*store.Tx, Application) (Application, string, error)) (Application, error) {
	return store.Write(ctx, d.db, func(tx *store.Tx) (Application, error) {
		old, err := byKey(ctx, tx, hashOf(token))
		if err != nil {
			return old, err
		}
		a, deed, err := step(tx, old)
		if err != nil || deed == "" {
			return a, err
		}
		a, err = d.write(ctx, tx, a)
		if err != nil {
			return a, err
		}
		return a, audit.Note(ctx, tx, auth.Actor{}, deed, Subject(a.ID))
	})
}

// put writes an application, and what it asks of the office.
func (d *Desk) put(ctx context.Context, tx *store.Tx, a Application) error {
	if err := putApplication(ctx, tx, a); err != nil {
		return err
	}
	due := pending.Due{ID: Subject(a.ID), Args: []string{"name", a.Called()}, Link: "/applications/" + string(a.ID)}
	switch a.State {
	case Confirmed:
		due.Kind, due.On = "dues.admission.look", civil.Of(a.Settled, d.house.Zone).AddDays(lookDays)
	case Asked:
		due.Kind, due.On, due.Waiting = "dues.admission.answer", d.today(tx), true
	case Waiting:
		due.Kind, due.On = "dues.admission.decide", a.Meeting
	case Appealed:
		appeal, err := getAppeal(ctx, tx, a.ID)
		if err != nil {
			return err
		}
		due.Kind, due.On = "dues.admission.appeal", appeal.Last()
	default:
		return d.Pending.Drop(ctx, tx, due.ID)
	}
	return d.Pending.Put(ctx, tx, due)
}

// lookDays is within how many days the office looks at an application.
const lookDays = 7

func (d *Desk) write(ctx context.Context, tx *store.Tx, a Application) (Application, error) {
	a = a.Tidy()
	if err := a.Check(); err != nil {
		return a, err
	}
	a.Revision++
	return a, d.put(ctx, tx, a)
}
