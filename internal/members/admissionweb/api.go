package admissionweb

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// API puts applications under /api/v1. They are decided on the pages, by people.
func (s *Site) API(api huma.API) {
	page.Get(api, "/api/v1/applications", "list-applications", "Applications for membership, newest first; for the office and the board", s.apiList)
	page.Get(api, "/api/v1/applications/{id}", "get-application", "An application with its files, decisions and appeal; for the office and the board", s.apiOne)
}

type listIn struct {
	State string `query:"state" enum:"sent,confirmed,asked,board,accepted,rejected,appealed,withdrawn" doc:"without it, all that were confirmed"`
	After string `query:"after" doc:"id of the last application of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type listOut struct {
	Applications []applicationWire `json:"applications"`
	Next         string            `json:"next,omitempty" doc:"value of after for the next page"`
}

func (s *Site) apiList(ctx context.Context, in *listIn) (*page.Answer[listOut], error) {
	q := admission.Query{After: admission.ID(in.After), Limit: in.Limit}
	if in.State != "" {
		q.States = []admission.State{admission.State(in.State)}
	}
	list, err := s.desk.List(ctx, auth.From(ctx), q)
	if err != nil {
		return nil, err
	}
	out := &page.Answer[listOut]{Body: listOut{Applications: []applicationWire{}}}
	for _, a := range list {
		out.Body.Applications = append(out.Body.Applications, s.wireOf(a))
	}
	if len(list) == in.Limit {
		out.Body.Next = string(list[len(list)-1].ID)
	}
	return out, nil
}

func (s *Site) apiOne(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*page.Answer[applicationWire], error) {
	f, err := s.desk.Application(ctx, auth.From(ctx), admission.ID(in.ID))
	if err != nil {
		return nil, err
	}
	return &page.Answer[applicationWire]{Body: s.wireOfFile(f)}, nil
}
