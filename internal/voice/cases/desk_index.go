package cases

import (
	"context"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// tell makes a case findable as it is now.
func (d *Desk) tell(ctx context.Context, tx *store.Tx, c Case) error {
	title := Number(c.ID) + " " + c.Title
	if c.Short != "" && !strings.Contains(c.Title, c.Short) {
		title += " (" + c.Short + ")"
	}
	return d.parts.Search.Put(ctx, tx, search.Doc{
		Kind: "case", Subject: Subject(c.ID), Title: title, Body: strings.Join([]string{c.Lead, c.Proposer, c.EVA, c.EPA, c.SOP, c.Code}, "\n"),
		Link: "/cases/" + string(c.ID), Audience: search.Open(c.Public), At: search.On(c.Opened), Lang: "sl",
	})
}
