package app

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// An ExtractOf is what a command asks an extract of, in words of people.
type ExtractOf struct {
	On                                  civil.Date // today if none
	Category, Kind, Rule, Purpose, Lang string
}

// IssueExtract issues an extract for whoever is at the machine of the house, and does
// the work for it.
func (h *House) IssueExtract(ctx context.Context, of ExtractOf) (proof.Extract, error) {
	e := proof.Extract{On: of.On, Kind: members.Kind(of.Kind), Rule: of.Rule, Purpose: of.Purpose, Lang: of.Lang}
	if e.On.IsZero() {
		e.On = h.today()
	}
	if of.Category != "" {
		list, err := h.Members.Categories(ctx, auth.House)
		if err != nil {
			return e, err
		}
		for _, c := range list {
			if c.Name == of.Category {
				e.Category = c.ID
			}
		}
		if e.Category == "" {
			return e, fmt.Errorf("app: there is no category %q", of.Category)
		}
	}
	e, err := h.Proof.Ask(ctx, auth.House, e)
	if err != nil {
		return e, h.said(err)
	}
	// A server on the same house may be at it already.
	if err := h.Jobs.Drain(ctx); err != nil {
		return e, err
	}
	if e, err = h.Proof.Extract(ctx, auth.House, e.ID); err == nil && e.State == proof.Making {
		err = fmt.Errorf("app: extract %s was not made: see its job", e.ID.Number())
	}
	return e, err
}

// said is a fault in the words of the house.
func (h *House) said(err error) error {
	f := fault.Of(err)
	if f == nil {
		return err
	}
	p := h.Words.In("en")
	for _, one := range f.All() {
		err = fmt.Errorf("%s", p.T(one.Key, one.Args...))
	}
	return err
}

// SaveExtract writes a file of an extract. One that is there already stays as it is,
// and is a failure.
func (h *House) SaveExtract(ctx context.Context, e proof.Extract, format, name string) error {
	_, in, err := h.Proof.File(ctx, auth.House, e.ID, format)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if closing := out.Close(); err == nil {
		err = closing
	}
	return err
}
