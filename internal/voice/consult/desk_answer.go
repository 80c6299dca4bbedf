package consult

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// A Way is how somebody comes to an invitation: with the token of a letter, or
// signed in, for a member that the register lets them answer for.
type Way struct {
	Token string
	By    auth.Actor
	ID    InvitationID
}

// link is the address of the page by this way.
func (w Way) link(house House) string {
	if w.Token != "" {
		return house.URL + "/a/" + w.Token
	}
	return house.URL + "/mine/" + string(w.ID)
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// An Answer is what the page of an invitation shows.
type Answer struct {
	Consultation Consultation
	Invitation   Invitation
	Comments     map[string]Comment // by provision
	Takes        bool               // it can still be changed
	Today        civil.Date
}

// Given is how many provisions have a stance.
func (a Answer) Given() (n int) {
	for _, c := range a.Comments {
		if c.Stance != "" {
			n++
		}
	}
	return n
}

// may returns the members that the way opens besides its token: nil for a token.
func (d *Desk) may(ctx context.Context, w Way) ([]members.ID, error) {
	if w.Token != "" {
		return nil, nil
	}
	return d.members(ctx, w.By)
}

// members are those that a signed-in person answers for.
func (d *Desk) members(ctx context.Context, by auth.Actor) ([]members.ID, error) {
	if err := by.Must(voice.See); err != nil {
		return nil, err
	}
	list, err := d.Members.ActsFor(ctx, by)
	ids := make([]members.ID, len(list))
	for i, m := range list {
		ids[i] = m.ID
	}
	return ids, err
}

func find(ctx context.Context, tx *store.Tx, w Way, may []members.ID) (Invitation, error) {
	if w.Token != "" {
		return oneInvitation(ctx, tx, `id = (SELECT invitation FROM consult_keys WHERE hash = $1)`, hashOf(w.Token))
	}
	v, err := oneInvitation(ctx, tx, `id = $1`, w.ID)
	if err == nil && !slices.Contains(may, v.Member) && (v.Email == "" || !strings.EqualFold(v.Email, w.By.Email)) {
		err = fault.New(fault.Missing, "consult.link.unknown")
	}
	return v, err
}

// Answer reads the page of an invitation. It changes nothing, for programs that
// look into mail open links too.
func (d *Desk) Answer(ctx context.Context, w Way) (Answer, error) {
	may, err := d.may(ctx, w)
	if err != nil {
		return Answer{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Answer, error) {
		v, err := find(ctx, tx, w, may)
		if err != nil {
			return Answer{}, err
		}
		a, _, err := d.answer(ctx, tx, v)
		return a, err
	})
}

func (d *Desk) answer(ctx context.Context, tx *store.Tx, v Invitation) (Answer, map[string]held, error) {
	c, err := getConsultation(ctx, tx, v.Consultation)
	if err != nil {
		return Answer{}, nil, err
	}
	all, err := heldOf(ctx, tx, v.ID)
	if err != nil {
		return Answer{}, nil, err
	}
	a := Answer{Consultation: c, Invitation: v, Comments: make(map[string]Comment, len(all)), Today: d.today(tx)}
	a.Takes = c.Takes(a.Today)
	for p, h := range all {
		a.Comments[p] = h.Comment
	}
	return a, all, nil
}

// A Saved is the page after something was saved.
type Saved struct {
	Answer
	At      time.Time
	Clashes []Clash
}

// member runs one deed of a member on their invitation. It is a Conflict once the
// consultation takes no answers.
func (d *Desk) member(ctx context.Context, w Way, deed func(*store.Tx, *sheet) error) (Saved, error) {
	may, err := d.may(ctx, w)
	if err != nil {
		return Saved{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Saved, error) {
		v, err := find(ctx, tx, w, may)
		if err != nil {
			return Saved{}, err
		}
		s, err := d.sheet(ctx, tx, v)
		if err != nil {
			return Saved{}, err
		}
		if !s.Takes {
			return Saved{}, fault.New(fault.Conflict, "consult.closed")
		}
		s.via = ByLink
		s.opened(tx.Now)
		if err := deed(tx, s); err != nil {
			return Saved{}, err
		}
		return s.done(ctx, tx)
	})
}

// Touch notes that the page was opened by a person: a browser said so.
func (d *Desk) Touch(ctx context.Context, w Way) error {
	_, err := d.member(ctx, w, func(*store.Tx, *sheet) error { return nil })
	return err
}

// Save keeps what was typed. What clashes with a version that the person has not
// seen goes to the history and is returned; the rest stands.
func (d *Desk) Save(ctx context.Context, w Way, in Saving) (Saved, error) {
	return d.member(ctx, w, func(tx *store.Tx, s *sheet) error { return s.keep(ctx, tx, in) })
}

// Send saves what was typed and hands the answer in; a letter says what was
// answered. With a Clash nothing is sent: the person is shown it first. Said
// without a stance are a fault of their field, and are saved all the same.
func (d *Desk) Send(ctx context.Context, w Way, in Saving) (Saved, error) {
	var refused error
	saved, err := d.member(ctx, w, func(tx *store.Tx, s *sheet) error {
		refused = nil
		if err := s.keep(ctx, tx, in); err != nil || len(s.clashes) > 0 {
			return err
		}
		if refused = complete(s.all); refused != nil {
			return nil
		}
		if err := s.send(ctx, tx); err != nil {
			return err
		}
		if err := d.postReceipt(ctx, tx, s, w.link(d.house)); err != nil {
			return err
		}
		return audit.Note(ctx, tx, s.by(w), "consult.send", Subject(s.Consultation.ID), "member", s.Invitation.MemberName)
	})
	if err == nil {
		err = refused
	}
	return saved, err
}

// Decline says that no answer will come. It is a Conflict after an answer was sent.
func (d *Desk) Decline(ctx context.Context, w Way) error {
	_, err := d.member(ctx, w, func(tx *store.Tx, s *sheet) error {
		switch s.Invitation.Stage {
		case Answered:
			return fault.New(fault.Conflict, "consult.decline.answered")
		case Declined:
			return nil
		}
		s.Invitation.Stage = Declined
		s.n.declined++
		return audit.Note(ctx, tx, s.by(w), "consult.decline", Subject(s.Consultation.ID), "member", s.Invitation.MemberName)
	})
	return err
}

// mostHandOvers bounds how often a link can be passed on, so that a stranger who
// has one cannot write letters to the world with it.
const mostHandOvers = 5

// HandOver passes the invitation to a colleague, who gets a letter with a link of
// their own, and further letters. The link it comes from holds too: what was
// answered by it is still there to be seen by both.
func (d *Desk) HandOver(ctx context.Context, w Way, name, email string) error {
	_, err := d.member(ctx, w, func(tx *store.Tx, s *sheet) error {
		name, email := strings.TrimSpace(name), strings.ToLower(strings.TrimSpace(email)) // as the register has them
		var wrong fault.Fields
		if name == "" || len(name) > mostTitle {
			wrong.Add("name", "consult.hand_over.name")
		}
		if _, err := (mail.Letter{To: email, Subject: "x", Text: "x"}).Check(); err != nil {
			wrong.Add("email", "consult.hand_over.email")
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		n, err := countKeys(ctx, tx, s.Invitation.ID, tx.Now.AddDate(0, 0, -7))
		if err != nil {
			return err
		}
		if n > mostHandOvers {
			return fault.New(fault.Conflict, "consult.hand_over.often")
		}
		from := s.Invitation.Name
		s.Invitation.Name, s.Invitation.Email, s.Invitation.Sent = name, email, tx.Now
		if s.Invitation.Stage == Declined {
			s.Invitation.Stage = Seen
			s.n.declined--
		}
		if err := d.postInvitation(ctx, tx, s.Consultation, s.Invitation, "hand_over", from); err != nil {
			return err
		}
		return audit.Note(ctx, tx, s.by(w), "consult.hand_over", Subject(s.Consultation.ID), "member", s.Invitation.MemberName)
	})
	return err
}

// Use makes a version of the history the one that stands again.
func (d *Desk) Use(ctx context.Context, w Way, provision string, rev int) (Saved, error) {
	return d.member(ctx, w, func(tx *store.Tx, s *sheet) error {
		h, ok := s.all[provision]
		if !ok {
			return fault.New(fault.Missing, "consult.version.missing")
		}
		list, err := versions(ctx, tx, h.ID)
		if err != nil {
			return err
		}
		for _, v := range list {
			if v.Rev == rev && v.Said != h.Said {
				return s.put(ctx, tx, h, v.Said, "")
			}
		}
		return nil
	})
}

// TypeIn writes down what a member said by telephone, in a letter or at a meeting.
// It is sent at once, and marked as the office's writing. It may be done after the
// consultation has closed too: the telephone rings on the last evening.
func (d *Desk) TypeIn(ctx context.Context, by auth.Actor, id InvitationID, in Saving) (Saved, error) {
	if err := by.Must(voice.Work); err != nil {
		return Saved{}, err
	}
	if !slices.Contains(Channels(), in.Channel) {
		return Saved{}, fault.In("channel", "consult.channel.choose")
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Saved, error) {
		v, err := oneInvitation(ctx, tx, `id = $1`, id)
		if err != nil {
			return Saved{}, err
		}
		s, err := d.sheet(ctx, tx, v)
		if err != nil {
			return Saved{}, err
		}
		if s.Consultation.State == Prepared {
			return Saved{}, fault.New(fault.Conflict, "consult.not_open")
		}
		s.via, s.channel, s.typist = ByOffice, in.Channel, by
		if err := completeGiven(in.Given); err != nil {
			return Saved{}, err
		}
		if err := s.keep(ctx, tx, in); err != nil {
			return Saved{}, err
		}
		if len(s.clashes) == 0 {
			if err := s.send(ctx, tx); err != nil {
				return Saved{}, err
			}
		}
		if err := audit.Note(ctx, tx, by, "consult.type_in", Subject(s.Consultation.ID), "member", v.MemberName, "channel", string(in.Channel)); err != nil {
			return Saved{}, err
		}
		return s.done(ctx, tx)
	})
}
