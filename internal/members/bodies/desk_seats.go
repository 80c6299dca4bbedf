package bodies

import (
	"context"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// PutSeat writes a seat: a new one, or over the one of its ID if nobody changed it
// since s.Revision. Who is in the register is called as they are there. A mandate
// without an end is as long as the statute has it.
func (d *Desk) PutSeat(ctx context.Context, by auth.Actor, s Seat) (Seat, error) {
	if err := by.Must(Work); err != nil {
		return s, err
	}
	s, err := d.known(ctx, by, s.Tidy())
	if err != nil {
		return s, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Seat, error) {
		s, added := s, s.ID == ""
		b, err := getBody(ctx, tx, s.Body)
		if err != nil {
			return s, err
		}
		if !b.Seated() && s.Votes {
			return s, fault.In("votes", "bodies.seat.assembly")
		}
		if added {
			s.ID, s.Revision = SeatID(tx.ID()), 0
			if b.Months > 0 && s.Term.Until.IsZero() {
				s.Term.Until = b.until(s.Term.From)
			}
		} else {
			old, err := getSeat(ctx, tx, s.ID)
			switch {
			case err != nil:
				return s, err
			case old.Body != s.Body:
				return s, fault.New(fault.Missing, "bodies.seat.missing")
			case old.Revision != s.Revision:
				return s, fault.New(fault.Conflict, "bodies.changed")
			}
			s.Why = old.Why
		}
		if err := s.Check(); err != nil {
			return s, err
		}
		all, err := seatsOf(ctx, tx, b.ID)
		if err != nil {
			return s, err
		}
		if slices.ContainsFunc(all, s.doubles) {
			return s, fault.In("votes", "bodies.seat.twice")
		}
		s.Revision++
		if err := d.seat(ctx, tx, b, s); err != nil {
			return s, err
		}
		if added {
			return s, audit.Note(ctx, tx, by, "bodies.seat.add", Subject(s.Body), "office", string(s.Office), "from", s.Term.From.String())
		}
		return s, audit.Note(ctx, tx, by, "bodies.seat.save", Subject(s.Body), "office", string(s.Office), "from", s.Term.From.String())
	})
}

// known fills in of a seat what the register says of the member.
func (d *Desk) known(ctx context.Context, by auth.Actor, s Seat) (Seat, error) {
	if s.Member == "" {
		return s, nil
	}
	m, err := d.Members.Member(ctx, by, s.Member)
	if err != nil {
		return s, fault.In("member", "bodies.seat.member")
	}
	s.Name = m.Name
	if s.Email == "" {
		s.Email = m.Email
	}
	return s.Tidy(), nil
}

// seat writes the seat, and what is due because of it.
func (d *Desk) seat(ctx context.Context, tx *store.Tx, b Body, s Seat) error {
	if err := putSeat(ctx, tx, s); err != nil {
		return err
	}
	return d.dueSeats(ctx, tx, b)
}

// dueSeats tells of the next mandate of the body that ends, and of vacant places.
func (d *Desk) dueSeats(ctx context.Context, tx *store.Tx, b Body) error {
	all, err := seatsOf(ctx, tx, b.ID)
	if err != nil {
		return err
	}
	today, next, n := d.day(tx.Now), civil.Date{}, 0
	for _, s := range all {
		last := s.Term.Last()
		if s.Why != "" || last.IsZero() {
			continue
		}
		switch {
		case next.IsZero() || last.Before(next):
			next, n = last, 1
		case last == next:
			n++
		}
	}
	id := "bodies/" + string(b.ID) + "/term"
	if err := d.Pending.Drop(ctx, tx, id); err != nil {
		return err
	}
	if !next.IsZero() {
		err := d.Pending.Put(ctx, tx, pending.Due{ID: id, Kind: "dues.bodies.term", Args: []string{"body", b.Name, "n", strconv.Itoa(n), "last", next.String()}, On: next.AddDays(-warnDays), Link: "/bodies/" + string(b.ID)})
		if err != nil {
			return err
		}
	}
	id = "bodies/" + string(b.ID) + "/vacant"
	vacant := b.Vacant(all, today)
	if vacant == 0 || !b.Here(today) {
		return d.Pending.Drop(ctx, tx, id)
	}
	return d.Pending.Put(ctx, tx, pending.Due{ID: id, Kind: "dues.bodies.vacant", Args: []string{"body", b.Name, "n", strconv.Itoa(vacant)}, On: today, Link: "/bodies/" + string(b.ID)})
}

// EndSeat ends a seat; last is the last day in it.
func (d *Desk) EndSeat(ctx context.Context, by auth.Actor, id SeatID, last civil.Date, why Why) (Seat, error) {
	if err := by.Must(Work); err != nil {
		return Seat{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Seat, error) {
		s, err := getSeat(ctx, tx, id)
		if err != nil {
			return s, err
		}
		if s, err = s.End(last, why); err != nil {
			return s, err
		}
		b, err := getBody(ctx, tx, s.Body)
		if err != nil {
			return s, err
		}
		s.Revision++
		if err := d.seat(ctx, tx, b, s); err != nil {
			return s, err
		}
		return s, audit.Note(ctx, tx, by, "bodies.seat.end", Subject(s.Body), "why", string(why), "last", last.String())
	})
}

// Lapse ends all seats that fall with somebody: the dialogue groups of a ministry
// with the minister. It returns how many there were.
func (d *Desk) Lapse(ctx context.Context, by auth.Actor, falls string, last civil.Date) (int, error) {
	if err := by.Must(Work); err != nil {
		return 0, err
	}
	falls = line(falls)
	if falls == "" {
		return 0, fault.In("falls", "bodies.falls.empty")
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (int, error) {
		all, err := seatsOn(ctx, tx, "", last)
		if err != nil {
			return 0, err
		}
		n := 0
		for _, s := range all {
			if s.Falls != falls || s.Why != "" {
				continue
			}
			if s, err = s.End(last, Lapsed); err != nil {
				return 0, err
			}
			b, err := getBody(ctx, tx, s.Body)
			if err != nil {
				return 0, err
			}
			s.Revision++
			if err := d.seat(ctx, tx, b, s); err != nil {
				return 0, err
			}
			if err := audit.Note(ctx, tx, by, "bodies.seat.end", Subject(s.Body), "why", string(Lapsed), "last", last.String()); err != nil {
				return 0, err
			}
			n++
		}
		if n == 0 {
			return 0, fault.In("falls", "bodies.falls.nobody")
		}
		return n, nil
	})
}

// DropSeat takes out a seat that was written by mistake. One that was at a meeting
// stays.
func (d *Desk) DropSeat(ctx context.Context, by auth.Actor, id SeatID) (BodyID, error) {
	if err := by.Must(Work); err != nil {
		return "", err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (BodyID, error) {
		s, err := getSeat(ctx, tx, id)
		if err != nil {
			return "", err
		}
		if d.Used != nil {
			if used, err := d.Used(ctx, tx, id); err != nil {
				return s.Body, err
			} else if used {
				return s.Body, fault.New(fault.Conflict, "bodies.seat.used")
			}
		}
		if err := dropSeat(ctx, tx, id); err != nil {
			return s.Body, err
		}
		b, err := getBody(ctx, tx, s.Body)
		if err != nil {
			return s.Body, err
		}
		if err := d.dueSeats(ctx, tx, b); err != nil {
			return s.Body, err
		}
		return s.Body, audit.Note(ctx, tx, by, "bodies.seat.drop", Subject(s.Body))
	})
}

// SeatsOf lists the seats that a member has on the day.
func (d *Desk) SeatsOf(ctx context.Context, by auth.Actor, id members.ID, day civil.Date) ([]Seat, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	list, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]Seat, error) { return seatsOfMember(ctx, tx, id) })
	return slices.DeleteFunc(list, func(s Seat) bool { return !s.Sits(day) }), err
}
