package app

import (
	"context"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// audience is everybody for what is open, else those who have signed in.
func audience(open bool) search.Audience {
	if open {
		return search.Public | search.For(auth.Anyone)
	}
	return search.For(auth.Anyone)
}

func start(d civil.Date) time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return d.Start(time.UTC)
}

func (h *House) indexMember(ctx context.Context, tx *store.Tx, d members.Doc) error {
	return h.Search.Put(ctx, tx, search.Doc{
		Kind: "member", Subject: d.Subject, Title: d.Title, Body: d.Body, Link: d.Link, Lang: d.Lang, Audience: audience(false), At: tx.Now,
	})
}

func (h *House) indexLaw(ctx context.Context, tx *store.Tx, d corpus.Doc) error {
	if d.Title == "" && d.Body == "" {
		return h.Search.Drop(ctx, tx, d.Subject)
	}
	return h.Search.Put(ctx, tx, search.Doc{
		Kind: d.Kind, Subject: d.Subject, Title: d.Title, Body: d.Body, Link: d.Link, Lang: d.Lang, Audience: audience(d.Open), At: start(d.On),
	})
}

func (h *House) indexCase(ctx context.Context, tx *store.Tx, d cases.Doc) error {
	return h.Search.Put(ctx, tx, search.Doc{
		Kind: d.Kind, Subject: d.Subject, Title: d.Title, Body: d.Body, Link: d.Link, Lang: d.Lang, Audience: audience(d.Open), At: start(d.On),
	})
}

func (h *House) indexPosition(ctx context.Context, tx *store.Tx, d positions.Doc) error {
	return h.Search.Put(ctx, tx, search.Doc{
		Kind: d.Kind, Subject: d.Subject, Title: d.Title, Body: d.Body, Link: d.Link, Lang: d.Lang, Audience: audience(d.Open), At: start(d.On),
	})
}

func (h *House) indexOutcome(ctx context.Context, tx *store.Tx, d outcomes.Doc) error {
	return h.Search.Put(ctx, tx, search.Doc{
		Kind: d.Kind, Subject: d.Subject, Title: d.Title, Body: d.Body, Link: d.Link, Lang: d.Lang, Audience: audience(d.Open), At: start(d.On),
	})
}

// people are those who may be given a case, or a thing to do.
func (h *House) people(ctx context.Context) ([]auth.Actor, error) {
	var list []auth.Actor
	all, err := h.Accounts.List(ctx, auth.House, accounts.Query{Roles: auth.Insider, Limit: 200})
	for _, a := range all {
		if !a.Disabled {
			list = append(list, a.Actor())
		}
	}
	return list, err
}
