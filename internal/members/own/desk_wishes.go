package own

import (
	"context"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Wish asks the office for a change, or for erasure. One wish of a kind is open at a
// time: a new one takes its place.
func (d *Desk) Wish(ctx context.Context, by auth.Actor, w Wish) (Wish, error) {
	w.Value, w.Reason = strings.Join(strings.Fields(w.Value), " "), strings.TrimSpace(w.Reason)
	if err := w.Check(); err != nil {
		return w, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Wish, error) {
		m, err := d.mayIn(ctx, tx, by, w.Member)
		if err != nil {
			return w, err
		}
		if w.Kind == Erasing && m.Kind != members.Person {
			return w, fault.New(fault.Conflict, "own.erase.organisation")
		}
		old, err := wishesOf(ctx, tx, w.Member)
		if err != nil {
			return w, err
		}
		for _, o := range old {
			if o.Kind == w.Kind && o.State == Open {
				o.State, o.Settled = Withdrawn, tx.Now
				if err := d.put(ctx, tx, o); err != nil {
					return w, err
				}
			}
		}
		return d.open(ctx, tx, by, w, Open)
	})
}

// put writes a wish, and has the office answer it within a month (GDPR, article 12,
// paragraph 3). The list of what is to be done does not say whose it is.
func (d *Desk) put(ctx context.Context, tx *store.Tx, w Wish) error {
	if err := putWish(ctx, tx, w); err != nil {
		return err
	}
	due := pending.Due{ID: "wishes/" + w.ID, Kind: "dues.own.wish", On: civil.Of(w.Made, d.house.Zone).AddMonths(1), Link: "/wishes", For: Work.Roles}
	if w.State != Open {
		return d.Pending.Drop(ctx, tx, due.ID)
	}
	if w.Kind == Erasing {
		due.Kind = "dues.own.erase"
	}
	return d.Pending.Put(ctx, tx, due)
}

// open writes the wish and tells the office.
func (d *Desk) open(ctx context.Context, tx *store.Tx, by auth.Actor, w Wish, s WishState) (Wish, error) {
	w.ID, w.State, w.Made, w.User, w.By = tx.ID(), s, tx.Now, by.User, by.Name
	if s != Open {
		w.Settled = tx.Now
	}
	if err := d.put(ctx, tx, w); err != nil {
		return w, err
	}
	if err := audit.Note(ctx, tx, by, "own.wish", members.Subject(w.Member), "kind", string(w.Kind)); err != nil {
		return w, err
	}
	return w, d.tellOffice(ctx, tx, w)
}

// tellOffice writes to the office that a wish has come, without saying what it is:
// that stands behind the link.
func (d *Desk) tellOffice(ctx context.Context, tx *store.Tx, w Wish) error {
	if d.house.Office == nil || d.house.Office() == "" {
		return nil
	}
	p := d.house.In("sl")
	_, err := d.Mail.Post(ctx, tx, mail.Letter{
		To: d.house.Office(), Lang: p.Lang, Kind: mail.Receipt, About: members.Subject(w.Member), Subject: p.T("own.letter.wish.subject." + string(w.Kind)),
		Text: p.T("own.letter.wish."+string(w.Kind)) + "\n\n" + d.house.URL + "/wishes",
	})
	return unsendable(err)
}

// unsendable forgives a letter that cannot be sent because of its address.
func unsendable(err error) error {
	if fault.Is(err, fault.Invalid) {
		return nil
	}
	return err
}

// TakeBack withdraws one's own wish.
func (d *Desk) TakeBack(ctx context.Context, by auth.Actor, id members.ID, wish string) error {
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := d.mayIn(ctx, tx, by, id); err != nil {
			return err
		}
		w, err := getWish(ctx, tx, wish)
		switch {
		case err != nil:
			return err
		case w.Member != id:
			return fault.New(fault.Missing, "own.wish.missing")
		}
		return d.settle(ctx, tx, by, w, Withdrawn, "")
	})
}

func (d *Desk) settle(ctx context.Context, tx *store.Tx, by auth.Actor, w Wish, s WishState, answer string) error {
	if w.State != Open {
		return fault.New(fault.Conflict, "own.wish.settled")
	}
	w.State, w.Answer, w.Settled = s, answer, tx.Now
	if err := d.put(ctx, tx, w); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "own.settle", members.Subject(w.Member), "kind", string(w.Kind), "state", string(s))
}

// Wishes reads a page of the wishes, the newest first; of any state if it is empty.
func (d *Desk) Wishes(ctx context.Context, by auth.Actor, s WishState, before string, limit int) ([]Wish, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Wish, error) {
		list, err := listWishes(ctx, tx, s, before, limit)
		for i := range list {
			m, err := d.Members.MemberIn(ctx, tx, list[i].Member)
			if err != nil {
				return nil, err
			}
			list[i].Of = m.Name
		}
		return list, err
	})
}

// Grant does what a wish asks: the name or the e-mail is changed at once. Numbers the
// office has checked and entered itself; an erasure is begun on its own page.
func (d *Desk) Grant(ctx context.Context, by auth.Actor, id string) error {
	if err := by.Must(Work); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		w, err := getWish(ctx, tx, id)
		if err != nil {
			return err
		}
		if w.Kind == Erasing {
			return fault.New(fault.Conflict, "own.wish.erase")
		}
		if err := d.settle(ctx, tx, by, w, Done, ""); err != nil {
			return err
		}
		m, err := d.Members.MemberIn(ctx, tx, w.Member)
		if err != nil {
			return err
		}
		was := m.Email
		switch w.Kind {
		case Name:
			m.Name = w.Value
		case Email:
			m.Email = w.Value
		default:
			return d.answer(ctx, tx, m, w, Done)
		}
		if m, err = d.Members.SaveIn(ctx, tx, by, m); err != nil {
			return err
		}
		// A person signs in with the address of the register.
		if w.Kind == Email && m.Kind == members.Person {
			if err := d.Accounts.MoveIn(ctx, tx, by, was, m.Email); err != nil {
				return err
			}
		}
		return d.answer(ctx, tx, m, w, Done)
	})
}

// Refuse settles a wish with the reason why it is not done.
func (d *Desk) Refuse(ctx context.Context, by auth.Actor, id, answer string) error {
	if err := by.Must(Work); err != nil {
		return err
	}
	if answer = strings.TrimSpace(answer); answer == "" || len(answer) > 2_000 {
		return fault.In("answer", "own.wish.answer")
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		w, err := getWish(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := d.settle(ctx, tx, by, w, Refused, answer); err != nil {
			return err
		}
		m, err := d.Members.MemberIn(ctx, tx, w.Member)
		if err != nil {
			return err
		}
		w.Answer = answer
		return d.answer(ctx, tx, m, w, Refused)
	})
}

// answer writes to the member what became of their wish.
func (d *Desk) answer(ctx context.Context, tx *store.Tx, m members.Member, w Wish, s WishState) error {
	if m.Email == "" {
		return nil
	}
	p := d.house.In(m.Lang)
	text := p.T("own.letter."+string(s), "kind", p.T("own.wish.kind."+string(w.Kind)), "house", d.house.Name)
	if w.Answer != "" {
		text += "\n\n" + w.Answer
	}
	_, err := d.Mail.Post(ctx, tx, mail.Letter{
		To: m.Email, ToName: members.Called(m.Name), Lang: p.Lang, Kind: mail.Receipt, About: members.Subject(m.ID),
		Subject: p.T("own.letter."+string(s)+".subject", "house", d.house.Name), Text: text + "\n\n" + d.house.URL + "/my",
	})
	return unsendable(err)
}

// Leave ends the membership at the end of the day, by the member's own word, and
// tells the office.
func (d *Desk) Leave(ctx context.Context, by auth.Actor, id members.ID, last civil.Date, reason string) error {
	reason = strings.TrimSpace(reason)
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if _, err := d.mayIn(ctx, tx, by, id); err != nil {
			return err
		}
		switch {
		case last.IsZero():
			return fault.In("last", "own.day.empty")
		case last.Before(d.today(tx)):
			return fault.In("last", "own.leave.past")
		case len(reason) > 2_000:
			return fault.In("reason", "own.too_long", "most", 2_000)
		}
		if _, err := d.Members.TakeIn(ctx, tx, by, id, members.Step{Do: members.Leave, Day: last}); err != nil {
			return err
		}
		_, err := d.open(ctx, tx, by, Wish{Member: id, Kind: Leaving, Value: last.String(), Reason: reason}, Done)
		return err
	})
}
