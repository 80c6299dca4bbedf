package consultweb

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/consult"
)

// API puts consultations and comments under /api/v1.
func (s *Site) API(api huma.API) {
	page.Get(api, "/api/v1/cases/{id}/consultations", "list-consultations", "Consultations on a case, newest first, with what was asked and tallies", s.apiList)
	page.Get(api, "/api/v1/cases/{id}/comments", "list-comments", "Comments on a case in the order in which they were begun; for the office and the board", s.apiComments)
}

type listOut struct {
	Consultations []consultationWire `json:"consultations"`
}

func (s *Site) apiList(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*page.Answer[listOut], error) {
	list, err := s.Consult.Tallied(ctx, auth.From(ctx), voice.CaseID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &page.Answer[listOut]{Body: listOut{Consultations: []consultationWire{}}}
	for _, c := range list {
		out.Body.Consultations = append(out.Body.Consultations, consultationOf(c))
	}
	return out, nil
}

type commentsIn struct {
	ID           string `path:"id"`
	Consultation string `query:"consultation"`
	Provision    string `query:"provision"`
	Stance       string `query:"stance" enum:"support,object,rewrite,ask"`
	After        string `query:"after" doc:"id of the last comment of the page before"`
	Limit        int    `query:"limit" minimum:"1" maximum:"500" default:"50"`
}

type commentsOut struct {
	Comments []commentWire `json:"comments"`
	Next     string        `json:"next,omitempty" doc:"value of after for the next page"`
}

func (s *Site) apiComments(ctx context.Context, in *commentsIn) (*page.Answer[commentsOut], error) {
	list, err := s.Consult.Comments(ctx, auth.From(ctx), consult.CommentQuery{
		Case: voice.CaseID(in.ID), Consultation: voice.ConsultationID(in.Consultation), Provision: in.Provision, Stance: voice.Stance(in.Stance),
		After: consult.CommentID(in.After), Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out := &page.Answer[commentsOut]{Body: commentsOut{Comments: []commentWire{}}}
	for _, c := range list {
		out.Body.Comments = append(out.Body.Comments, wireOf(c))
	}
	if len(list) == in.Limit {
		out.Body.Next = string(list[len(list)-1].ID)
	}
	return out, nil
}
