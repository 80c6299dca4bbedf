package membersweb

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type listIn struct {
	Query    string `query:"q" doc:"beginnings of words of name and place; of the e-mail too, for the office"`
	Kind     string `query:"kind" enum:"organisation,person"`
	Standing string `query:"standing" enum:"applied,active,suspended,left,expelled,rejected,deceased,dissolved" doc:"without it, all who have not left"`
	Field    string `query:"field"`
	Region   string `query:"region"`
	Category string `query:"category"`
	Tag      string `query:"tag" doc:"id of a tag; for the office"`
	Silent   bool   `query:"silent" doc:"members for whom nobody can answer"`
	Owing    string `query:"owing" enum:"owes,overdue" doc:"of whom dues are asked for; for the office and the board"`
	After    string `query:"after" doc:"id of the last member of the page before"`
	Limit    int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type listOut struct {
	Members []memberWire `json:"members"`
	Next    string       `json:"next,omitempty" doc:"value of after for the next page"`
}

// API is all paths of this package under /api/v1.
func (s *Site) API(api huma.API) {
	page.Get(api, "/api/v1/members", "list-members", "Members by their names", s.apiList)
	page.Get(api, "/api/v1/members/{id}", "get-member", "A member", s.apiMember)
	page.Post(api, "/api/v1/members", "add-member", "Add a member", 0, s.apiAdd)
}

func (s *Site) apiList(ctx context.Context, in *listIn) (*page.Answer[listOut], error) {
	list, err := s.desk.List(ctx, auth.From(ctx), members.Query{After: members.ID(in.After), Limit: in.Limit, Filter: members.Filter{
		Kind: members.Kind(in.Kind), Standing: members.Standing(in.Standing), Field: members.Field(in.Field), Region: in.Region, Category: members.CategoryID(in.Category), Tag: members.TagID(in.Tag), Owing: members.Owing(in.Owing), Silent: in.Silent, Text: in.Query,
	}})
	if err != nil {
		return nil, err
	}
	out := &page.Answer[listOut]{Body: listOut{Members: []memberWire{}}}
	for _, m := range list {
		out.Body.Members = append(out.Body.Members, wireOf(m, nil))
	}
	if len(list) == in.Limit {
		out.Body.Next = string(list[len(list)-1].ID)
	}
	return out, nil
}

func (s *Site) apiMember(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*page.Answer[memberWire], error) {
	by, id := auth.From(ctx), members.ID(in.ID)
	m, err := s.desk.Member(ctx, by, id)
	if err != nil {
		return nil, err
	}
	var agents []members.Agent
	if by.Can(members.Read) {
		if agents, err = s.desk.Agents(ctx, by, id); err != nil {
			return nil, err
		}
	}
	return &page.Answer[memberWire]{Body: wireOf(m, agents)}, nil
}

func (s *Site) apiAdd(ctx context.Context, in *struct{ Body newWire }) (*page.Answer[memberWire], error) {
	m, err := in.Body.member()
	if err == nil {
		m, err = s.desk.Add(ctx, auth.From(ctx), m)
	}
	if err != nil {
		return nil, err
	}
	return &page.Answer[memberWire]{Body: wireOf(m, nil)}, nil
}
