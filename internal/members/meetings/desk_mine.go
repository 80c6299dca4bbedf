package meetings

import (
	"context"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Turn is a meeting to which somebody is called, with their place at it.
type Turn struct {
	Meeting Meeting
	Place   Attendee
}

// The most that MyMeetings lists.
const (
	mostComing = 30
	mostPast   = 10
)

// MyMeetings are the meetings to which the actor is called, by the seats that they
// have and as who acts for members: those to come, the nearest first, and those that
// are over, the latest first. One meeting stands there once for each place.
func (d *Desk) MyMeetings(ctx context.Context, by auth.Actor) (coming, past []Turn, err error) {
	p, err := d.Bodies.Who(ctx, by)
	if err != nil || p.Email == "" && len(p.Members) == 0 {
		return nil, nil, err
	}
	err = d.db.Read(ctx, func(tx *store.Tx) (err error) {
		if coming, err = turns(ctx, tx, p, true, mostComing); err == nil {
			past, err = turns(ctx, tx, p, false, mostPast)
		}
		return err
	})
	return coming, past, err
}
