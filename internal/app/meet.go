package app

import (
	"context"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/members/pending"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// meet opens the desks of bodies and meetings.
func (h *House) meet() {
	h.Bodies = bodies.New(h.DB, bodies.Others{
		Members: h.Members, Country: h.Pack, Files: h.Files, Search: h.Search, Lang: h.Config.Lang, Zone: h.Config.TimeZone, Pending: h.pending(),
	})
	h.Meetings = meetings.New(h.DB,
		meetings.House{Name: h.Config.Name, URL: h.Config.URL, Email: h.Config.SMTP.From, Lang: h.Config.Lang, Zone: h.Config.TimeZone, In: h.Words.In},
		meetings.Others{Members: h.Members, Bodies: h.Bodies, Jobs: h.Jobs, Mail: h.Mail, Files: h.Files, Search: h.Search, Pending: h.pending()})
	h.Members.Join(h.Bodies.Holder())
	h.Members.Join(h.Meetings.Holder())
}

// pending puts what the rooms of the register owe into the list of today, which the desk of
// cases keeps.
func (h *House) pending() pending.List {
	return pending.List{
		Puts: func(ctx context.Context, tx *store.Tx, d pending.Due) error {
			return h.Cases.PutDue(ctx, tx, cases.Due{ID: d.ID, Kind: d.Kind, Args: d.Args, On: d.On, Waiting: d.Waiting, Owner: d.Owner, OwnerIs: d.OwnerIs, Link: d.Link, For: d.For})
		},
		Drops: func(ctx context.Context, tx *store.Tx, id string) error { return h.Cases.DropDue(ctx, tx, id) },
	}
}

// seats are who has a vote on a body, or counts at a meeting as it stands.
func (h *House) seats(ctx context.Context, tx *store.Tx, who ballots.Who, of string, day civil.Date) (seats []ballots.Seat, err error) {
	if who == ballots.OfBody {
		list, err := h.Bodies.SeatsIn(ctx, tx, bodies.BodyID(of), day)
		for _, s := range list {
			if s.Votes {
				seats = append(seats, ballots.Seat{ID: string(s.ID), Member: s.Member, Name: s.Name, Email: s.Email, Lang: s.Lang})
			}
		}
		return seats, err
	}
	for after := meetings.AttendeeID(""); ; {
		list, err := h.Meetings.AttendeesIn(ctx, tx, meetings.MeetingID(of), after)
		if err != nil {
			return nil, err
		}
		for _, a := range list {
			seats, after = append(seats, ballots.Seat{ID: string(a.ID), Holder: string(a.Holder), Member: a.Member, Name: a.Name, Person: a.Acts, Email: a.Email, Lang: a.Lang}), a.ID
		}
		if len(list) < 1_000 {
			return seats, nil
		}
	}
}
