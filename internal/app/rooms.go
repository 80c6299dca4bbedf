package app

import (
	"context"
	"strconv"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// rooms are what the other rooms of the desk know of a member, for their card.
func (h *House) rooms(ctx context.Context, by auth.Actor, id members.ID, f page.Frame) (list []membersweb.Room, err error) {
	if by.Can(bodies.See) {
		seats, err := h.Bodies.SeatsOf(ctx, by, id, f.Today)
		if err != nil {
			return nil, err
		}
		room := membersweb.Room{Name: f.T("members.room.bodies"), Link: "/bodies"}
		for _, s := range seats {
			b, _, err := h.Bodies.Body(ctx, by, s.Body)
			if err != nil {
				return nil, err
			}
			room.Rows = append(room.Rows, membersweb.RoomRow{Title: b.Name, Link: "/bodies/" + string(b.ID), Note: f.T("bodies.office." + string(s.Office))})
		}
		if len(room.Rows) > 0 {
			list = append(list, room)
		}
	}
	if by.Can(dues.See) {
		year := f.Today.Year()
		flags, err := h.Dues.Flags(ctx, by, year, f.Today, id)
		if err != nil {
			return nil, err
		}
		row := membersweb.RoomRow{Title: strconv.Itoa(year), Note: f.T("dues.flag." + string(flags[id]))}
		if by.Can(dues.Read) {
			row.Link = "/dues/members/" + string(id)
		}
		list = append(list, membersweb.Room{Name: f.T("members.room.dues"), Link: "/dues", Rows: []membersweb.RoomRow{row}})
	}
	if by.Can(proof.Issue) {
		row := membersweb.RoomRow{Title: f.T("proof.new.one"), Link: "/extracts/new?member=" + string(id)}
		list = append(list, membersweb.Room{Name: f.T("members.room.proof"), Link: "/extracts", Rows: []membersweb.RoomRow{row}})
	}
	return list, nil
}
