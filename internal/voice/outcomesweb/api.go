package outcomesweb

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/voice"
)

// An answer is a body of JSON.
type answer[T any] struct{ Body T }

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
	huma.Get(api, "/api/v1/cases/{id}/uptake", s.apiLedger)
	huma.Get(api, "/api/v1/memory", s.apiMemory)
}

func (s *Site) apiLedger(ctx context.Context, in *ledgerIn) (*answer[ledgerWire], error) {
	id := voice.CaseID(in.ID)
	l, err := s.outcomes.Ledger(ctx, auth.From(ctx), id, voice.PositionID(in.Position), in.Version)
	if err != nil {
		return nil, problem(ctx, err)
	}
	return &answer[ledgerWire]{ledgerWireOf(id, l)}, nil
}

func (s *Site) apiMemory(ctx context.Context, in *memoryIn) (*answer[memoryWire], error) {
	today := s.site.Today()
	rows, err := s.outcomes.Memory(ctx, auth.From(ctx), in.Year, today)
	if err != nil {
		return nil, problem(ctx, err)
	}
	return &answer[memoryWire]{memoryWireOf(in.Year, today, rows)}, nil
}
