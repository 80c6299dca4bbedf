package cases

import (
	"context"
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Doc is what search learns of a case. A later Doc of the same Subject takes
// its place.
type Doc struct {
	Subject string // "case/2026-014"
	Title   string
	Body    string
	Link    string
	Open    bool // for anyone
	On      civil.Date
	Lang    string
	Kind    string // "case"
}

// An Index takes in what search should find, in the transaction of the deed.
type Index func(context.Context, *store.Tx, Doc) error

func (d *Desk) tell(ctx context.Context, tx *store.Tx, c Case) error {
	if d.parts.Index == nil {
		return nil
	}
	title := Number(c.ID) + " " + c.Title
	if c.Short != "" && !strings.Contains(c.Title, c.Short) {
		title += " (" + c.Short + ")"
	}
	err := d.parts.Index(ctx, tx, Doc{
		Subject: Subject(c.ID), Title: title, Body: strings.Join([]string{c.Lead, c.Proposer, c.EVA, c.EPA, c.SOP, c.Code}, "\n"),
		Link: "/cases/" + string(c.ID), Open: c.Public, On: c.Opened, Lang: "sl", Kind: "case",
	})
	if err != nil {
		return fmt.Errorf("cases: index %s: %w", c.ID, err)
	}
	return nil
}
