package consult

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// A sheet is the answer of one member while a deed is done on it.
type sheet struct {
	Answer
	d       *Desk
	before  Invitation
	all     map[string]held
	clashes []Clash
	n       change
	via     Via
	channel Channel
	typist  auth.Actor
}

func (d *Desk) sheet(ctx context.Context, tx *store.Tx, v Invitation) (*sheet, error) {
	a, all, err := d.answer(ctx, tx, v)
	return &sheet{Answer: a, d: d, before: v, all: all}, err
}

// by is who does the deed, for the book: never a token.
func (s *sheet) by(w Way) auth.Actor {
	if w.By.User != "" {
		return w.By
	}
	return auth.Actor{Name: s.before.Name}
}

func (s *sheet) opened(now time.Time) {
	if s.Invitation.Opened.IsZero() {
		s.Invitation.Opened = now
		s.n.opened++
	}
	if s.Invitation.Stage == Invited {
		s.Invitation.Stage = Seen
	}
}

// keep weighs each provision of the form, and writes what has changed.
func (s *sheet) keep(ctx context.Context, tx *store.Tx, in Saving) error {
	if err := in.check(s.Consultation.Asked); err != nil {
		return err
	}
	if s.via == ByLink && in.Public != s.Invitation.Public {
		s.Invitation.Public = in.Public
		if err := publish(ctx, tx, s.Invitation.ID, in.Public); err != nil {
			return err
		}
	}
	for _, g := range in.Given {
		g.Text, g.Wording = strings.TrimSpace(g.Text), strings.TrimSpace(g.Wording)
		h := s.all[g.Provision]
		h.Public = s.Invitation.Public
		if s.via == ByOffice && g.Empty() && !h.Sent {
			continue // the office heard nothing of it, and may not wipe out a draft that it cannot see
		}
		var err error
		switch h.settle(g, in.Page) {
		case stands:
			h.Provision = g.Provision
			err = s.put(ctx, tx, h, g.Said, in.Page)
		case lost:
			err = s.lose(ctx, tx, h, g)
		}
		if err != nil {
			return err
		}
	}
	if s.via == ByLink && s.Invitation.Stage == Answered {
		return s.count(ctx, tx)
	}
	return nil
}

// put makes the words the version of the comment that stands.
func (s *sheet) put(ctx context.Context, tx *store.Tx, h held, w Said, page string) error {
	was := h.Comment
	counted := h.counts()
	if h.ID == "" {
		i := slices.IndexFunc(s.Consultation.Asked, func(a Asked) bool { return a.Provision == h.Provision })
		h.Comment = Comment{
			ID: CommentID(tx.ID()), Consultation: s.Consultation.ID, Case: s.Consultation.Case, Invitation: s.Invitation.ID,
			Provision: h.Provision, Ord: s.Consultation.Asked[i].Ord, Member: s.Invitation.Member, MemberName: s.Invitation.MemberName,
			Kind: s.Invitation.Kind, Public: s.Invitation.Public,
		}
		s.Invitation.Comments++
	}
	h.Via, h.Channel, h.TypedBy, h.TypedIs = s.via, s.channel, s.typist.User, s.typist.Name
	h = h.take(w, page, tx.Now)
	// What is changed after it was sent counts at once, and what the office heard too.
	h.Sent = w.Stance != "" && (s.Invitation.Stage == Answered || s.via == ByOffice)
	if err := putHeld(ctx, tx, h); err != nil {
		return err
	}
	if err := putVersion(ctx, tx, h, h.version()); err != nil {
		return err
	}
	s.all[h.Provision] = h
	s.Comments[h.Provision] = h.Comment
	if s.Invitation.Stage != Answered && !w.Empty() {
		if s.Invitation.Stage == Declined {
			s.n.declined--
		}
		s.Invitation.Stage = Answering
	}
	return s.recount(ctx, tx, was, counted, h)
}

// recount moves tallies from the comment as it was to the comment as it is.
func (s *sheet) recount(ctx context.Context, tx *store.Tx, was Comment, counted bool, now held) error {
	if counted {
		s.n.comments--
		if err := tallyIn(ctx, tx, was, -1); err != nil {
			return err
		}
	}
	if now.counts() {
		s.n.comments++
		return tallyIn(ctx, tx, now.Comment, 1)
	}
	return nil
}

// lose puts words that came too late into the history, once.
func (s *sheet) lose(ctx context.Context, tx *store.Tx, h held, g Given) error {
	list, err := versions(ctx, tx, h.ID)
	if err != nil {
		return err
	}
	for _, v := range list {
		if v.Said == g.Said {
			s.clashes = append(s.clashes, Clash{g.Provision, g.Said, v.Rev})
			return nil
		}
	}
	h.revs++
	if err := putHeld(ctx, tx, h); err != nil {
		return err
	}
	s.all[g.Provision] = h
	s.clashes = append(s.clashes, Clash{g.Provision, g.Said, h.revs})
	return putVersion(ctx, tx, h, Version{Rev: h.revs, Said: g.Said, Via: s.via, Channel: s.channel, TypedIs: s.typist.Name, At: tx.Now})
}

// count marks all comments with a stance as sent, and counts them.
func (s *sheet) count(ctx context.Context, tx *store.Tx) error {
	for _, a := range s.Consultation.Asked {
		h, ok := s.all[a.Provision]
		if !ok || h.Sent || h.Stance == "" {
			continue
		}
		h.Sent = true
		if err := putHeld(ctx, tx, h); err != nil {
			return err
		}
		s.all[a.Provision], s.Comments[a.Provision] = h, h.Comment
		if err := s.recount(ctx, tx, h.Comment, false, h); err != nil {
			return err
		}
	}
	return nil
}

// send hands the answer in. Of a draft that the member has not sent the office
// sends nothing along with what it heard.
func (s *sheet) send(ctx context.Context, tx *store.Tx) error {
	if s.via == ByLink {
		if err := s.count(ctx, tx); err != nil {
			return err
		}
	}
	if s.Invitation.Stage == Declined {
		s.n.declined--
	}
	if s.Invitation.Answered.IsZero() {
		s.n.answered++
	}
	s.n.unread++
	s.Invitation.Stage, s.Invitation.Answered = Answered, tx.Now
	if s.Consultation.Unread == 0 {
		return s.d.putDue(ctx, tx, auth.House, s.Consultation, "review", s.Today)
	}
	return nil
}

// done writes what the deed has changed of the invitation and the counters.
func (s *sheet) done(ctx context.Context, tx *store.Tx) (Saved, error) {
	if s.Invitation != s.before {
		if err := setInvitation(ctx, tx, s.Invitation); err != nil {
			return Saved{}, err
		}
	}
	if err := countIn(ctx, tx, s.Consultation.ID, s.n); err != nil {
		return Saved{}, err
	}
	if s.n.comments != 0 {
		if err := s.d.Cases.CountIn(ctx, tx, s.Consultation.Case, cases.Count{Comments: s.n.comments}); err != nil {
			return Saved{}, err
		}
	}
	return Saved{Answer: s.Answer, At: tx.Now, Clashes: s.clashes}, s.tell(ctx, tx)
}
