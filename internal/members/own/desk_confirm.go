package own

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"

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
		return d.Jobs.Add(ctx, tx, jobs.Job{Kind: askKind, Args: c.ID, Unique: askKind + "/" + c.ID, By: by.User, Title: askKind})
	})
}

// askAll writes the letters. Run again it writes to those only who have none yet.
func (d *Desk) askAll(ctx context.Context, r jobs.Run) error {
	c, err := store.Read(ctx, d.db, func(tx *store.Tx) (Campaign, error) {
		list, err := listCampaigns(ctx, tx)
		for _, c := range list {
			if c.ID == r.Text() {
				return c, err
			}
		}
		return Campaign{}, jobs.Stop(fmt.Errorf("own: no campaign %s: %w", r.Text(), err))
	})
	if err != nil {
		return err
	}
	done := 0
	for after := members.ID(""); ; {
		list, err := d.Members.List(ctx, auth.House, members.Query{Filter: members.Filter{Standing: members.Active}, After: after, Limit: 100})
		if err != nil {
			return err
		}
		if err := d.db.Write(ctx, func(tx *store.Tx) error { return d.askSome(ctx, tx, c, list) }); err != nil {
			return err
		}
		if done += len(list); len(list) < 100 {
			return nil
		}
		r.Progress(done, 0, "own.step.letters")
		after = list[len(list)-1].ID
	}
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
		case hash == "":
			if err := count(ctx, tx, c.ID, 1, 1, 0); err != nil {
				return err
			}
			continue
		}
		if err := count(ctx, tx, c.ID, 1, 0, 0); err != nil {
			return err
		}
		p := d.house.In(who[0].Lang)
		args := []any{"house", d.house.Name, "member", members.Called(m.Name), "year", c.Year}
		_, err = d.Mail.Post(ctx, tx, mail.Letter{
			To: who[0].Email, ToName: members.Called(who[0].PersonName), Lang: p.Lang, Kind: mail.Reminder, About: "campaign/" + c.ID,
			Subject: p.T("own.letter.confirm.subject", args...), Text: p.T("own.letter.confirm", args...) + "\n\n" + d.house.URL + "/confirm/" + token + "\n\n" + d.house.Name,
		})
		if unsendable(err) != nil {
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
