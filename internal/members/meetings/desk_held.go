package meetings

import (
	"context"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Holder is what the room keeps about members, for the register to ask.
func (d *Desk) Holder() members.Holder {
	return members.Holder{Name: "meetings", Holds: d.holds, Tell: d.tell, Merge: d.merge, Erase: d.erase}
}

// holds reports whether the member was called to a meeting.
func (d *Desk) holds(ctx context.Context, tx *store.Tx, id members.ID) (bool, error) {
	n, err := traces(ctx, tx, id)
	return n > 0, err
}

// A Held is what the room keeps about a member.
type Held struct {
	Meetings []Attendee `json:"meetings"`
	Votes    []Vote     `json:"votes"`
}

func (d *Desk) tell(ctx context.Context, tx *store.Tx, id members.ID) (any, error) {
	var h Held
	var err error
	if h.Meetings, err = attendeesOfMember(ctx, tx, id); err != nil {
		return nil, err
	}
	acted, err := d.actedAt(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if h.Meetings = append(h.Meetings, acted...); len(h.Meetings) == 0 {
		return nil, nil
	}
	for _, a := range h.Meetings {
		votes, err := votesOf(ctx, tx, a.Meeting, a.ID)
		if err != nil {
			return nil, err
		}
		h.Votes = append(h.Votes, votes...)
	}
	return h, nil
}

// merge makes places at meetings those of the other member. Where both have one,
// the place at which more is noted counts, and counts once.
func (d *Desk) merge(ctx context.Context, tx *store.Tx, from, to members.ID) error {
	places, err := attendeesOfMember(ctx, tx, from)
	if err != nil {
		return err
	}
	for _, a := range places {
		other, both, err := attendeeOf(ctx, tx, a.Meeting, "", to)
		if err != nil {
			return err
		}
		if a.Member = to; both {
			err = d.mergePlaces(ctx, tx, a, other)
		} else {
			err = putAttendee(ctx, tx, a)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mergePlaces keeps one of two places of the same member at a meeting. The one that
// goes loses its vote, so that nothing is counted twice; a meeting that is over
// keeps its counts as they were found.
func (d *Desk) mergePlaces(ctx context.Context, tx *store.Tx, a, b Attendee) error {
	m, err := getMeeting(ctx, tx, a.Meeting)
	if err != nil {
		return err
	}
	if b.Way == Awaited && b.Voted.IsZero() {
		a, b = b, a
	}
	if m.State == Called || m.State == Open {
		votes, err := votesOf(ctx, tx, a.Meeting, a.ID)
		if err != nil {
			return err
		}
		for _, v := range votes {
			if err := dropVote(ctx, tx, v.Motion, a.ID); err != nil {
				return err
			}
		}
		if err := d.letGo(ctx, tx, a.ID); err != nil {
			return err
		}
		if err := dropAttendee(ctx, tx, a.ID); err != nil {
			return err
		}
	} else {
		a.Member = ""
		if err := putAttendee(ctx, tx, a); err != nil {
			return err
		}
	}
	return putAttendee(ctx, tx, b)
}

// erased is what stands in place of a name that was erased.
const erased = "–"

// erase takes names and addresses out. Places and votes stay, for they were
// counted; so do approved minutes, which are documents of the association.
func (d *Desk) erase(ctx context.Context, tx *store.Tx, id members.ID) error {
	places, err := attendeesOfMember(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, a := range places {
		a.Name, a.Email, a.Acts, a.Basis, a.Word, a.Sends = erased, "", "", "", "", ""
		if err := putAttendee(ctx, tx, a); err != nil {
			return err
		}
		if err := eraseVotes(ctx, tx, a.ID); err != nil {
			return err
		}
	}
	m, err := d.Members.MemberIn(ctx, tx, id)
	if err != nil || m.Email == "" {
		return err
	}
	if err := forgetAddress(ctx, tx, m.Email); err != nil {
		return err
	}
	if places, err = d.actedAt(ctx, tx, id); err != nil {
		return err
	}
	for _, a := range places {
		if a.Email, a.Acts, a.Sends = "", "", ""; theirs(m, a.Name) {
			a.Name, a.Basis, a.Word = erased, "", ""
		}
		if err := putAttendee(ctx, tx, a); err != nil {
			return err
		}
	}
	return nil
}

// actedAt lists the places at which a member acted for an organisation, or sat without
// being known as a member: by address and name, for families share addresses.
func (d *Desk) actedAt(ctx context.Context, tx *store.Tx, id members.ID) (list []Attendee, err error) {
	m, err := d.Members.MemberIn(ctx, tx, id)
	if err != nil || m.Email == "" {
		return nil, err
	}
	places, err := attendeesAt(ctx, tx, m.Email)
	for _, a := range places {
		if a.Member != id && (theirs(m, a.Acts) || theirs(m, a.Name) || theirs(m, a.Sends)) {
			list = append(list, a)
		}
	}
	return list, err
}

func theirs(m members.Member, name string) bool {
	return name == m.Name || name == members.Called(m.Name)
}
