package bodies

import (
	"context"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Holder is what the room keeps about members, for the register to ask.
func (d *Desk) Holder() members.Holder {
	return members.Holder{Name: "bodies", Holds: d.holds, Tell: d.tell, Merge: d.merge, Erase: d.erase}
}

// holds reports whether the member sits or sat in a body, or signed a demand.
func (d *Desk) holds(ctx context.Context, tx *store.Tx, id members.ID) (bool, error) {
	n, err := traces(ctx, tx, id)
	return n > 0, err
}

// A Held is what the room keeps about a member.
type Held struct {
	Seats      []Seat      `json:"seats"`
	Signatures []Signature `json:"signatures"`
}

func (d *Desk) tell(ctx context.Context, tx *store.Tx, id members.ID) (any, error) {
	var h Held
	var err error
	if h.Seats, err = seatsOfMember(ctx, tx, id); err != nil {
		return nil, err
	}
	if h.Signatures, err = signaturesOfMember(ctx, tx, id); err != nil {
		return nil, err
	}
	if len(h.Seats)+len(h.Signatures) == 0 {
		return nil, nil
	}
	return h, nil
}

// merge makes seats and signatures those of the other member.
func (d *Desk) merge(ctx context.Context, tx *store.Tx, from, to members.ID) error {
	seats, err := seatsOfMember(ctx, tx, from)
	if err != nil {
		return err
	}
	for _, s := range seats {
		s.Member = to
		if err := putSeat(ctx, tx, s); err != nil {
			return err
		}
	}
	return moveSignatures(ctx, tx, from, to)
}

// erased is what stands in place of a name that was erased.
const erased = "–"

// erase takes names and addresses out. Seats stay, for they were held; signatures
// stay, for they were counted.
func (d *Desk) erase(ctx context.Context, tx *store.Tx, id members.ID) error {
	seats, err := seatsOfMember(ctx, tx, id)
	if err != nil {
		return err
	}
	m, err := d.Members.MemberIn(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, s := range seats {
		s.Name, s.Email, s.Note, s.For = erased, "", "", ""
		for _, of := range []*string{&s.By, &s.Act, &s.Falls} {
			*of = store.Struck(*of, []string{m.Name, members.Called(m.Name)})
		}
		if err := putSeat(ctx, tx, s); err != nil {
			return err
		}
	}
	if err := d.eraseSitting(ctx, tx, id); err != nil {
		return err
	}
	return eraseSignatures(ctx, tx, id)
}

// eraseSitting takes the member out of tasks of decisions, and out of seats in which
// they are not known as one: by address and name, for families share addresses.
func (d *Desk) eraseSitting(ctx context.Context, tx *store.Tx, id members.ID) error {
	m, err := d.Members.MemberIn(ctx, tx, id)
	if err != nil || m.Email == "" {
		return err
	}
	theirs, err := tasksAt(ctx, tx, m.Email)
	for _, dec := range theirs {
		if dec.Task.OwnerIs != m.Name && dec.Task.OwnerIs != members.Called(m.Name) {
			continue
		}
		if dec.Task.OwnerIs, dec.Task.Email = erased, ""; err == nil {
			err = d.putDecision(ctx, tx, dec)
		}
	}
	if err != nil {
		return err
	}
	seats, err := seatsAt(ctx, tx, m.Email)
	if err != nil {
		return err
	}
	for _, s := range seats {
		if s.Name != m.Name && s.Name != members.Called(m.Name) {
			continue
		}
		s.Name, s.Email, s.Note = erased, "", ""
		if err := putSeat(ctx, tx, s); err != nil {
			return err
		}
	}
	return nil
}
