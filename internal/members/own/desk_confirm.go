package own

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
)

func newToken() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// Campaigns lists the yearly questions, the last year first.
func (d *Desk) Campaigns(ctx context.Context, by auth.Actor) ([]Campaign, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Campaign, error) { return listCampaigns(ctx, tx) })
}

// campaign reads one campaign.
func campaign(ctx context.Context, tx *store.Tx, id string) (Campaign, error) {
	list, err := listCampaigns(ctx, tx)
	for _, c := range list {
		if c.ID == id {
			return c, nil
		}
	}
	if err == nil {
		err = fault.New(fault.Missing, "own.campaign.missing")
	}
	return Campaign{}, err
}

// Campaign reads one campaign, and how far its letters are; the Entry is zero once the
// job is forgotten.
func (d *Desk) Campaign(ctx context.Context, by auth.Actor, id string) (c Campaign, work jobs.Entry, err error) {
	if err := by.Must(See); err != nil {
		return c, work, err
	}
	if c, err = store.Read(ctx, d.db, func(tx *store.Tx) (Campaign, error) { return campaign(ctx, tx, id) }); err != nil || c.Job == "" {
		return c, work, err
	}
	if work, err = d.Jobs.Get(ctx, by, c.Job); fault.Is(err, fault.Missing) {
		return c, jobs.Entry{}, nil
	}
	return c, work, err
}

// Ask asks all members whether their data are right: once for a year, each by a letter
// with a link of their own. The letters are written by a job, whose ID is returned.
func (d *Desk) Ask(ctx context.Context, by auth.Actor, year int) (jobs.ID, error) {
	if err := by.Must(Work); err != nil {
		return "", err
	}
	if year < 2000 || year > 2200 {
		return "", fault.In("year", "own.campaign.year")
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (jobs.ID, error) {
		c := Campaign{ID: tx.ID(), Year: year, Begun: tx.Now}
		if err := putCampaign(ctx, tx, c); err != nil {
			return "", err
		}
		if err := audit.Note(ctx, tx, by, "own.ask", "campaign/"+c.ID, "year", fmt.Sprint(year)); err != nil {
			return "", err
		}
		return d.employ(ctx, tx, by, c, askKind)
	})
}

// employ has the letters of a campaign written.
func (d *Desk) employ(ctx context.Context, tx *store.Tx, by auth.Actor, c Campaign, kind string) (id jobs.ID, err error) {
	if c.Job, err = d.Jobs.Add(ctx, tx, jobs.Job{Kind: kind, Args: c.ID, Unique: kind + "/" + c.ID, By: by.User, Title: kind}); err != nil {
		return "", err
	}
	return c.Job, putCampaign(ctx, tx, c)
}

// GoOn writes the letters that a job which was stopped has not: nobody gets two.
func (d *Desk) GoOn(ctx context.Context, by auth.Actor, id string) error {
	if err := by.Must(Work); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		c, err := campaign(ctx, tx, id)
		if err != nil {
			return err
		}
		kind := askKind
		if !c.Reminded.IsZero() {
			kind = remindKind
		}
		_, err = d.employ(ctx, tx, by, c, kind)
		return err
	})
}

// StopLetters stops the job that writes the letters. Those that are written go.
func (d *Desk) StopLetters(ctx context.Context, by auth.Actor, id string) error {
	if err := by.Must(Work); err != nil {
		return err
	}
	c, err := store.Read(ctx, d.db, func(tx *store.Tx) (Campaign, error) { return campaign(ctx, tx, id) })
	if err != nil {
		return err
	}
	return d.Jobs.Cancel(ctx, by, c.Job)
}

// Remind writes once more, and once only, to those who have not confirmed.
func (d *Desk) Remind(ctx context.Context, by auth.Actor, id string) error {
	if err := by.Must(Work); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		c, err := campaign(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case !c.Reminded.IsZero():
			return fault.New(fault.Conflict, "own.campaign.reminded")
		}
		c.Reminded = tx.Now
		if _, err := d.employ(ctx, tx, by, c, remindKind); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "own.remind", "campaign/"+c.ID)
	})
}

// atATime is how many letters are written in one transaction.
const atATime = 100

// askAll writes the letters. Run again it writes to those only who have none yet.
func (d *Desk) askAll(ctx context.Context, r jobs.Run) error {
	c, err := d.campaignOf(ctx, r)
	if err != nil {
		return err
	}
	counts, err := d.Members.Counts(ctx)
	if err != nil {
		return err
	}
	done := 0
	for after := members.ID(""); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.Progress(done, counts.In("", members.Active), "own.step.letters")
		list, err := d.Members.List(ctx, auth.House, members.Query{Filter: members.Filter{Standing: members.Active}, After: after, Limit: atATime})
		if err != nil {
			return err
		}
		if err := d.db.Write(ctx, func(tx *store.Tx) error { return d.askSome(ctx, tx, c, list) }); err != nil {
			return err
		}
		if done += len(list); len(list) < atATime {
			return nil
		}
		after = list[len(list)-1].ID
	}
}

func (d *Desk) campaignOf(ctx context.Context, r jobs.Run) (Campaign, error) {
	c, err := store.Read(ctx, d.db, func(tx *store.Tx) (Campaign, error) { return campaign(ctx, tx, r.Text()) })
	if fault.Is(err, fault.Missing) {
		err = jobs.Stop(err)
	}
	return c, err
}

// remindAll writes to those who have not confirmed. Run again it passes over those to
// whom it has written.
func (d *Desk) remindAll(ctx context.Context, r jobs.Run) error {
	c, err := d.campaignOf(ctx, r)
	if err != nil {
		return err
	}
	for done := 0; ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.Progress(done, c.Asked-c.Silent-c.Confirmed, "own.step.letters")
		n, err := store.Write(ctx, d.db, func(tx *store.Tx) (int, error) {
			list, err := unreminded(ctx, tx, c.ID, atATime)
			for _, a := range list {
				token := newToken()
				if err := setAgain(ctx, tx, a, hashOfToken(token)); err != nil {
					return 0, err
				}
				who, err := d.Members.AnswerersIn(ctx, tx, auth.House, a.Member)
				if err != nil {
					return 0, err
				}
				if len(who) == 0 {
					continue // nobody answers for them any more
				}
				if err := d.writeAsk(ctx, tx, c, a.Name, who[0], token, "own.letter.confirm.again"); err != nil {
					return 0, err
				}
			}
			return len(list), err
		})
		if done += n; err != nil || n < atATime {
			return err
		}
	}
}

// writeAsk posts a letter with a personal link.
func (d *Desk) writeAsk(ctx context.Context, tx *store.Tx, c Campaign, name string, to members.Answerer, token, key string) error {
	p := d.house.In(to.Lang)
	args := []any{"house", d.house.Name, "member", members.Called(name), "year", c.Year}
	_, err := d.Mail.Post(ctx, tx, mail.Letter{
		To: to.Email, ToName: members.Called(to.PersonName), Lang: p.Lang, Kind: mail.Reminder, About: "campaign/" + c.ID,
		Subject: p.T(key+".subject", args...), Text: p.T(key, args...) + "\n\n" + d.house.URL + "/confirm/" + token + "\n\n" + d.house.Name,
	})
	return unsendable(err)
}

func (d *Desk) askSome(ctx context.Context, tx *store.Tx, c Campaign, list []members.Member) error {
	for _, m := range list {
		who, err := d.Members.AnswerersIn(ctx, tx, auth.House, m.ID)
		if err != nil {
			return err
		}
		a := Asked{Campaign: c.ID, Member: m.ID, SortKey: m.SortKey, Name: m.Name}
		token := newToken()
		hash := hashOfToken(token)
		if len(who) == 0 {
			hash = ""
		} else {
			a.Email = who[0].Email
		}
		added, err := addAsked(ctx, tx, a, hash)
		switch {
		case err != nil:
			return err
		case !added:
			continue
		}
		if err := d.Members.MarkIn(ctx, tx, m.ID, members.Asked, d.today(tx)); err != nil {
			return err
		}
		if hash == "" {
			if err := count(ctx, tx, c.ID, 1, 1, 0); err != nil {
				return err
			}
			continue
		}
		if err := count(ctx, tx, c.ID, 1, 0, 0); err != nil {
			return err
		}
		if err := d.writeAsk(ctx, tx, c, m.Name, who[0], token, "own.letter.confirm"); err != nil {
			return err
		}
	}
	return nil
}

// hashOfToken is what is kept of a token.
func hashOfToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// PeekConfirm reads what a link asks, and changes nothing.
func (d *Desk) PeekConfirm(ctx context.Context, token string) (Asked, Mine, error) {
	var a Asked
	m, err := store.Read(ctx, d.db, func(tx *store.Tx) (one Mine, err error) {
		if a, err = askedBy(ctx, tx, hashOfToken(token)); err != nil {
			return one, err
		}
		m, err := d.Members.MemberIn(ctx, tx, a.Member)
		if err != nil {
			return one, err
		}
		return d.mine(ctx, tx, m)
	})
	return a, m, err
}

// Confirm says that the data behind a link are right; once is enough.
func (d *Desk) Confirm(ctx context.Context, token string) error {
	return d.db.Write(ctx, func(tx *store.Tx) error {
		a, err := askedBy(ctx, tx, hashOfToken(token))
		if err != nil || !a.Confirmed.IsZero() {
			return err
		}
		return d.confirm(ctx, tx, auth.Actor{}, a, "")
	})
}

func (d *Desk) confirm(ctx context.Context, tx *store.Tx, by auth.Actor, a Asked, name string) error {
	if err := setConfirmed(ctx, tx, a, name); err != nil {
		return err
	}
	if err := d.Members.MarkIn(ctx, tx, a.Member, members.Asked, civil.Date{}); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "own.confirm", members.Subject(a.Member))
}

// ConfirmOwn says the same of one of one's own, after signing in.
func (d *Desk) ConfirmOwn(ctx context.Context, by auth.Actor, id members.ID) error {
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := d.mayIn(ctx, tx, by, id); err != nil {
			return err
		}
		list, err := openAsked(ctx, tx, id)
		for _, a := range list {
			if err := d.confirm(ctx, tx, by, a, by.Name); err != nil {
				return err
			}
		}
		return err
	})
}

// Waits reports whether the member has been asked and has not confirmed.
func (d *Desk) Waits(ctx context.Context, by auth.Actor, id members.ID) (bool, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (bool, error) {
		if _, err := d.mayIn(ctx, tx, by, id); err != nil {
			return false, err
		}
		list, err := openAsked(ctx, tx, id)
		return len(list) > 0, err
	})
}

// AskedList reads a page of those who were asked: who has confirmed, or who has not.
func (d *Desk) AskedList(ctx context.Context, by auth.Actor, campaign string, confirmed bool, after members.ID, limit int) ([]Asked, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Asked, error) { return listAsked(ctx, tx, campaign, confirmed, after, limit) })
}
