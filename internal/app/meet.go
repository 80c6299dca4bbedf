package app

import (
	"context"

	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// meet opens the desks of bodies and meetings.
func (h *House) meet() {
	h.Bodies = bodies.New(h.DB, bodies.Others{
		Members: h.Members, Country: h.Pack, Files: h.Files, Search: h.Search, Lang: h.Config.Lang, Zone: h.Config.TimeZone, PutDue: h.putDue, DropDue: h.dropDue,
	})
	h.Meetings = meetings.New(h.DB,
		meetings.House{Name: h.Config.Name, URL: h.Config.URL, Email: h.Config.SMTP.From, Lang: h.Config.Lang, Zone: h.Config.TimeZone, In: h.Words.In},
		meetings.Others{Members: h.Members, Bodies: h.Bodies, Jobs: h.Jobs, Mail: h.Mail, Files: h.Files, Search: h.Search, PutDue: h.putDue, DropDue: h.dropDue})
	h.Members.Join(h.Bodies.Holder())
	h.Members.Join(h.Meetings.Holder())
}

// putDue and dropDue put what bodies owe into the list of today, which the desk of
// cases keeps.
func (h *House) putDue(ctx context.Context, tx *store.Tx, d bodies.Due) error {
	return h.Cases.PutDue(ctx, tx, cases.Due{ID: d.ID, Kind: d.Kind, Args: d.Args, On: d.On, Waiting: d.Waiting, Owner: d.Owner, OwnerIs: d.OwnerIs, Link: d.Link})
}

func (h *House) dropDue(ctx context.Context, tx *store.Tx, id string) error {
	return h.Cases.DropDue(ctx, tx, id)
}
