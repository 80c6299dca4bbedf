package dues

import (
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
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
		if r, ok := rules.For(e.Kind, e.Category, year); ok && r.Way == Share {
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
	return d.declare(ctx, by, dec)
}

// DeclareOwn writes what one who acts for the member declares.
func (d *Desk) DeclareOwn(ctx context.Context, by auth.Actor, dec Declaration) (Declaration, error) {
	if err := d.own(ctx, by, dec.Member); err != nil {
		return dec, err
	}
	dec.Via, dec.By = BySelf, by.Name
	return d.declare(ctx, by, dec)
}

// own returns a Denied fault if the actor does not act for the member.
func (d *Desk) own(ctx context.Context, by auth.Actor, id members.ID) error {
	list, err := d.Members.ActsFor(ctx, by)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(list, func(m members.Member) bool { return m.ID == id }) {
		return fault.New(fault.Denied, "auth.denied", "right", Declared.Name)
	}
	return nil
}

func (d *Desk) declare(ctx context.Context, by auth.Actor, dec Declaration) (Declaration, error) {
	c := d.Currency(ctx)
	if sum, err := dec.Sum(); err == nil && !sum.IsZero() && sum.Currency() != c {
		return dec, fault.In(string(FromOthers), "dues.amount.wrong")
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Declaration, error) {
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

// A Sheet is what the page of a personal link shows: who is asked for which year, and
// what they declared before.
type Sheet struct {
	Member members.ID
	Name   string
	Year   int
	Before []Declaration // newest first
}

// OpenLink shows what a personal link is for. It changes nothing.
func (d *Desk) OpenLink(ctx context.Context, token string) (Sheet, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Sheet, error) { return d.sheet(ctx, tx, token) })
}

func (d *Desk) sheet(ctx context.Context, tx *store.Tx, token string) (s Sheet, err error) {
	if s.Member, s.Year, err = openKey(ctx, tx, hashOf(token)); err != nil {
		return s, err
	}
	m, err := d.member(ctx, tx, s.Member)
	if err != nil {
		return s, err
	}
	s.Name = spoken(m)
	s.Before, err = declarationsOf(ctx, tx, s.Member, s.Year)
	return s, err
}

// DeclareByLink writes what the holder of a personal link declares, under the name
// that they sign with.
func (d *Desk) DeclareByLink(ctx context.Context, token, name string, f Funds, note string) (Declaration, error) {
	s, err := d.OpenLink(ctx, token)
	if err != nil {
		return Declaration{}, err
	}
	if fault.Empty(name) || len(name) > 200 {
		return Declaration{}, fault.In("name", "dues.declare.name")
	}
	return d.declare(ctx, auth.Actor{}, Declaration{Member: s.Member, Year: s.Year, Funds: f, Note: note, Via: ByLink, By: name})
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
				token := newToken()
				if err := noteAsked(ctx, tx, to.Member, a.Year-1, hashOf(token)); err != nil {
					return err
				}
				if _, err := d.Mail.Post(ctx, tx, d.house.askLetter(to, a, token)); err != nil && !fault.Is(err, fault.Invalid) {
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
	return nil
}

// Link makes a personal link for a member, to be handed over.
func (d *Desk) Link(ctx context.Context, by auth.Actor, id members.ID, year int) (string, error) {
	if err := by.Must(Declared); err != nil {
		return "", err
	}
	token := newToken()
	err := d.db.Write(ctx, func(tx *store.Tx) error {
		if err := noteAsked(ctx, tx, id, year, hashOf(token)); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "dues.link", aboutMember(id), "year", itoa(year))
	})
	return d.house.URL + "/declare/" + token, err
}

func newToken() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
