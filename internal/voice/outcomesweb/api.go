package outcomesweb

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
)

type ledgerIn struct {
	ID       string `path:"id" example:"2026-014"`
	Position string `query:"position" doc:"the newest frozen one if empty" example:"2026-07"`
	Version  int    `query:"version" doc:"of the position" minimum:"1"`
}

type memoryIn struct {
	Year int `query:"year" doc:"all years if it is not given" minimum:"1900" maximum:"9999"`
}

// API is all paths of this package under /api/v1.
func (s *Site) API(api huma.API) {
	page.Get(api, "/api/v1/cases/{id}/uptake", "get-uptake", "What became of the proposals of a position", s.apiLedger)
	page.Get(api, "/api/v1/memory", "get-memory", "What became of all proposals, by year and authority", s.apiMemory)
}

func (s *Site) apiLedger(ctx context.Context, in *ledgerIn) (*page.Answer[ledgerWire], error) {
	id := voice.CaseID(in.ID)
	l, err := s.outcomes.Ledger(ctx, auth.From(ctx), id, voice.PositionID(in.Position), in.Version)
	if err != nil {
		return nil, err
	}
	return &page.Answer[ledgerWire]{Body: ledgerWireOf(id, l)}, nil
}

func (s *Site) apiMemory(ctx context.Context, in *memoryIn) (*page.Answer[memoryWire], error) {
	today := s.site.Today()
	rows, err := s.outcomes.Memory(ctx, auth.From(ctx), in.Year, today)
	if err != nil {
		return nil, err
	}
	return &page.Answer[memoryWire]{Body: memoryWireOf(in.Year, today, rows)}, nil
}
