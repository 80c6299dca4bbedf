package positionsweb

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

type proposalsIn struct {
	Case string `path:"case" doc:"2026-014"`
}

type proposalsOut struct {
	Proposals []proposalWire `json:"proposals" doc:"in order, those withdrawn last"`
}

type proposeIn struct{ Body newProposal }

// A newProposal is a proposal to be added.
type newProposal struct {
	Case      string         `json:"case"`
	Version   string         `json:"version" doc:"of the draft"`
	Provision string         `json:"provision" doc:"art_12__para_1"`
	Title     string         `json:"title"`
	Wanted    string         `json:"wanted" enum:"rewrite,insert,delete,keep"`
	Text      string         `json:"text,omitempty"`
	Reasons   string         `json:"reasons,omitempty"`
	Budget    string         `json:"budget,omitempty"`
	People    string         `json:"people,omitempty"`
	Evidence  []evidenceWire `json:"evidence,omitempty"`
	Note      string         `json:"note,omitempty"`
	Ready     bool           `json:"ready,omitempty"`
}

type positionIn struct {
	Position string `path:"position" doc:"2026-07"`
	Version  int    `path:"version" minimum:"1"`
}

type frozenOut struct {
	ContentType string `header:"Content-Type"`
	ETag        string `header:"ETag"`
	Body        []byte
}

// API is all paths of this package under /api/v1.
func (s *Site) API(api huma.API) {
	page.Get(api, "/api/v1/cases/{case}/proposals", "list-proposals", "Proposals of a case in order, those withdrawn last", s.apiProposals)
	page.Post(api, "/api/v1/proposals", "add-proposal", "Add a proposal", 0, s.apiPropose)
	page.Get(api, "/api/v1/positions/{position}/{version}", "get-position", "The frozen text of a position, byte for byte as it was hashed; the ETag is its SHA-256", s.apiFrozen)
	// What goes out as bytes is JSON all the same.
	whole := api.OpenAPI().Paths["/api/v1/positions/{position}/{version}"].Get.Responses["200"].Content["application/json"]
	whole.Schema = &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}
}

func (s *Site) apiProposals(ctx context.Context, in *proposalsIn) (*page.Answer[proposalsOut], error) {
	list, err := s.desk.Proposals(ctx, auth.From(ctx), voice.CaseID(in.Case))
	if err != nil {
		return nil, err
	}
	out := &page.Answer[proposalsOut]{Body: proposalsOut{Proposals: make([]proposalWire, len(list))}}
	for i, p := range list {
		out.Body.Proposals[i] = wireOf(p)
	}
	return out, nil
}

func (s *Site) apiPropose(ctx context.Context, in *proposeIn) (*page.Answer[proposalWire], error) {
	b, by := in.Body, auth.From(ctx)
	at := law.Address{Version: law.VersionID(b.Version), Provision: b.Provision}
	p, err := s.desk.Blank(ctx, by, voice.CaseID(b.Case), at, positions.Wanted(b.Wanted))
	if err != nil {
		return nil, err
	}
	p.Title, p.Text, p.Reasons, p.Budget, p.People, p.Note = b.Title, b.Text, b.Reasons, b.Budget, b.People, b.Note
	for _, e := range b.Evidence {
		p.Evidence = append(p.Evidence, positions.Evidence(e))
	}
	if b.Ready {
		p.State = positions.Ready
	}
	if p, err = s.desk.Create(ctx, by, p); err != nil {
		return nil, err
	}
	return &page.Answer[proposalWire]{Body: wireOf(p)}, nil
}

func (s *Site) apiFrozen(ctx context.Context, in *positionIn) (*frozenOut, error) {
	p, whole, err := s.desk.Whole(ctx, auth.From(ctx), voice.PositionID(in.Position), in.Version)
	if err != nil {
		return nil, err
	}
	return &frozenOut{ContentType: "application/json", ETag: `"` + p.Hash + `"`, Body: whole}, nil
}
