package app

import (
	"context"

	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
)

func (h *House) indexOutcome(ctx context.Context, tx *store.Tx, d outcomes.Doc) error {
	return h.Search.Put(ctx, tx, search.Doc{
		Kind: d.Kind, Subject: d.Subject, Title: d.Title, Body: d.Body, Link: d.Link, Lang: d.Lang, Audience: search.Open(d.Open), At: search.On(d.On),
	})
}
