package consult

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// batch is how many letters are written in one transaction.
const batch = 100

// newToken makes the secret of a link.
func newToken() string {
	var b [32]byte
	rand.Read(b[:])
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// postInvitation makes a new token for the invitation and posts it.
func (d *Desk) postInvitation(ctx context.Context, tx *store.Tx, c Consultation, v Invitation, kind, from string) error {
	token := newToken()
	if err := addKey(ctx, tx, hashOf(token), v.ID); err != nil {
		return err
	}
	_, err := d.Mail.Post(ctx, tx, d.house.letter(kind, c, v, Way{Token: token}.link(d.house), from))
	return err
}

func (d *Desk) postReceipt(ctx context.Context, tx *store.Tx, s *sheet, link string) error {
	if s.Invitation.Email == "" {
		return nil
	}
	_, err := d.Mail.Post(ctx, tx, d.house.receipt(s.Answer, link))
	return unsendable(err)
}

// unsendable forgives a letter that cannot be sent because of its address: the
// office sees who was not written to.
func unsendable(err error) error {
	if fault.Is(err, fault.Invalid) {
		return nil
	}
	return err
}

// Preview is the letter that members will get, with a link that leads nowhere.
func (d *Desk) Preview(c Consultation, name, lang string) mail.Letter {
	v := Invitation{MemberName: name, Name: name, Lang: lang, Stage: Invited}
	return d.house.letter("invite", c, v, d.house.URL+"/a/…", "")
}

// Audience lists who would be asked today: one person for each member, without an
// address for those who have nobody to write to.
func (d *Desk) Audience(ctx context.Context, by auth.Actor, a Audience) ([]members.Answerer, error) {
	if err := by.Must(voice.Work); err != nil {
		return nil, err
	}
	if err := a.Check(); err != nil {
		return nil, err
	}
	if a.one() {
		return d.each(ctx, by, a.Members)
	}
	var all []members.Answerer
	for _, f := range a.filters() {
		for after, more := members.ID(""), true; more; more = after != "" {
			list, next, err := d.Members.AnswerersWhere(ctx, by, f, after, 1_000)
			if err != nil {
				return nil, err
			}
			all, after = append(all, list...), next
		}
		f.Silent = true
		q := members.Query{Filter: f, Limit: 1_000}
		for {
			list, err := d.Members.List(ctx, by, q)
			if err != nil {
				return nil, err
			}
			all = append(all, silents(list)...)
			if len(list) < q.Limit {
				break
			}
			q.After = list[len(list)-1].ID
		}
	}
	return firsts(all), nil
}

// each is the audience of members named one by one.
func (d *Desk) each(ctx context.Context, by auth.Actor, ids []members.ID) ([]members.Answerer, error) {
	var all []members.Answerer
	for some := range slices.Chunk(ids, 1_000) {
		list, err := d.Members.Answerers(ctx, by, some...)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	for _, id := range ids {
		if slices.ContainsFunc(all, func(a members.Answerer) bool { return a.Member == id }) {
			continue
		}
		m, err := d.Members.Member(ctx, by, id)
		if err != nil {
			return nil, err
		}
		all = append(all, silents([]members.Member{m})...)
	}
	return firsts(all), nil
}

// silents stand for members who have nobody to write to.
func silents(list []members.Member) []members.Answerer {
	var all []members.Answerer
	for _, m := range list {
		all = append(all, members.Answerer{Member: m.ID, MemberName: m.Name, Kind: m.Kind, PersonName: m.Name, Lang: m.Lang})
	}
	return all
}

// invite writes to the whole audience. Run again it writes only to those who have
// no invitation yet.
func (d *Desk) invite(ctx context.Context, r jobs.Run) error {
	id := voice.ConsultationID(r.Text())
	c, err := d.running(ctx, id)
	if err != nil {
		return err
	}
	list, err := d.Audience(ctx, auth.House, c.Audience)
	if err != nil {
		return err
	}
	for i := 0; i < len(list); i += batch {
		if err := ctx.Err(); err != nil {
			return err
		}
		r.Progress(i, len(list), "consult.step.letters")
		if err := d.inviteSome(ctx, auth.House, id, list[i:min(i+batch, len(list))]); err != nil {
			return err
		}
	}
	r.Progress(len(list), len(list), "consult.step.letters")
	return nil
}

// running reads a consultation for a job; one that is not open any more is no work.
func (d *Desk) running(ctx context.Context, id voice.ConsultationID) (Consultation, error) {
	c, err := store.Read(ctx, d.db, func(tx *store.Tx) (Consultation, error) { return getConsultation(ctx, tx, id) })
	if err == nil && c.State != Open {
		err = jobs.Stop(errors.New("consult: it is not open"))
	}
	return c, err
}

// Invite asks further members, who get their letters at once.
func (d *Desk) Invite(ctx context.Context, by auth.Actor, id voice.ConsultationID, ids ...members.ID) error {
	if err := by.Must(voice.Work); err != nil {
		return err
	}
	list, err := d.Audience(ctx, by, Audience{Who: Single, Members: ids})
	if err != nil {
		return err
	}
	return d.inviteSome(ctx, by, id, list)
}

// inviteSome makes invitations, and posts their letters in the same transaction.
func (d *Desk) inviteSome(ctx context.Context, by auth.Actor, id voice.ConsultationID, list []members.Answerer) error {
	return d.db.Write(ctx, func(tx *store.Tx) error {
		c, err := getConsultation(ctx, tx, id)
		if err != nil {
			return err
		}
		if c.State != Open {
			return fault.New(fault.Conflict, "consult.not_open")
		}
		var n change
		for _, one := range list {
			fresh, err := d.inviteOne(ctx, tx, c, one)
			if err != nil {
				return err
			}
			if fresh {
				n.invited++
			}
		}
		if n.invited == 0 {
			return nil
		}
		if err := countIn(ctx, tx, id, n); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "consult.invite", Subject(id), "first", list[0].MemberName, "n", strconv.Itoa(n.invited))
	})
}

func (d *Desk) inviteOne(ctx context.Context, tx *store.Tx, c Consultation, one members.Answerer) (bool, error) {
	v := Invitation{
		ID: InvitationID(tx.ID()), Consultation: c.ID, Member: one.Member, MemberName: one.MemberName, Kind: one.Kind,
		Name: spoken(one.PersonName), Email: one.Email, Lang: one.Lang, Stage: Invited,
	}
	fresh, err := addInvitation(ctx, tx, v)
	if err != nil || !fresh || v.Email == "" {
		return fresh, err
	}
	err = d.postInvitation(ctx, tx, c, v, "invite", "")
	if fault.Is(err, fault.Invalid) {
		return true, nil // not written to: Sent stays empty
	}
	if err == nil {
		v.Sent = tx.Now
		err = setInvitation(ctx, tx, v)
	}
	return true, err
}

// Remind has those reminded who have neither answered nor declined; not those who
// were written to today. It returns the job.
func (d *Desk) Remind(ctx context.Context, by auth.Actor, id voice.ConsultationID) (jobs.ID, error) {
	return alter(ctx, d, by, id, "consult.remind", func(tx *store.Tx, c Consultation) (Consultation, jobs.ID, error) {
		if !c.Takes(d.today(tx)) {
			return c, "", fault.New(fault.Conflict, "consult.not_open")
		}
		job, err := d.Jobs.Add(ctx, tx, jobs.Job{Kind: remindKind, Args: string(id), Unique: remindKind + "/" + string(id), By: by.User, Title: remindKind})
		return c, job, err
	})
}

func (d *Desk) remind(ctx context.Context, r jobs.Run) error {
	id := voice.ConsultationID(r.Text())
	today := civil.Of(d.db.Now(), d.house.Zone)
	return d.remindAll(ctx, r, id, today)
}

// remindAll reminds, batch by batch, those whom nobody has written to since the
// day mark, nor today.
func (d *Desk) remindAll(ctx context.Context, r jobs.Run, id voice.ConsultationID, mark civil.Date) error {
	for done := 0; ; {
		n, err := store.Write(ctx, d.db, func(tx *store.Tx) (int, error) { return d.remindSome(ctx, tx, id, mark) })
		if err != nil || n == 0 {
			return err
		}
		done += n
		r.Progress(done, 0, "consult.step.letters")
	}
}

func (d *Desk) remindSome(ctx context.Context, tx *store.Tx, id voice.ConsultationID, mark civil.Date) (int, error) {
	c, err := getConsultation(ctx, tx, id)
	today := d.today(tx)
	if err != nil || !c.Takes(today) {
		return 0, err
	}
	list, err := silent(ctx, tx, id, today.Start(d.house.Zone), mark.Start(d.house.Zone), batch)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	for _, v := range list {
		if err := unsendable(d.postInvitation(ctx, tx, c, v, "remind", "")); err != nil {
			return 0, err
		}
		v.Reminded = tx.Now
		if err := setInvitation(ctx, tx, v); err != nil {
			return 0, err
		}
	}
	return len(list), audit.Note(ctx, tx, auth.House, "consult.reminded", Subject(id), "n", strconv.Itoa(len(list)))
}

// daily closes consultations whose last day is over, and reminds where it is time.
// Reminders that fell out because the house was down are made up for.
func (d *Desk) daily(ctx context.Context, r jobs.Run) error {
	list, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]Consultation, error) {
		return listConsultations(ctx, tx, `state = 'open' ORDER BY closes, id`)
	})
	if err != nil {
		return err
	}
	today := civil.Of(d.db.Now(), d.house.Zone)
	var all []error
	for _, c := range list {
		if c.Closes.Before(today) {
			if err := d.Close(ctx, auth.House, c.ID); !fault.Is(err, fault.Conflict) {
				all = append(all, err)
			}
		} else if mark := c.dueReminder(today); !mark.IsZero() {
			all = append(all, d.remindAll(ctx, r, c.ID, mark))
		}
	}
	return errors.Join(all...)
}
