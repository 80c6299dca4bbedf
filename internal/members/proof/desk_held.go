package proof

import (
	"context"
	"log/slog"
	"slices"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Holder is what the register asks of this room when a member becomes another or is
// erased. An extract that names who is erased keeps its number, its counts and its
// hashes, and loses its files: whoever was given it can still check it.
func (d *Desk) Holder() members.Holder {
	return members.Holder{Name: "certificates", Tell: d.told, Files: d.files, Merge: mergeCertificates, Erase: d.erase}
}

// told are the certificates of a member.
func (d *Desk) told(ctx context.Context, tx *store.Tx, id members.ID) (any, error) {
	type certificate struct {
		Number  string     `json:"number"`
		On      civil.Date `json:"as_of"`
		Purpose string     `json:"purpose,omitempty"`
		By      string     `json:"by,omitempty"`
		Reason  string     `json:"withdrawn_because,omitempty"`
	}
	list, err := listExtracts(ctx, tx, id, "", 10_000)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	var all []certificate
	for _, e := range list {
		all = append(all, certificate{e.ID.Number(), e.On, e.Purpose, e.ByName, e.Reason})
	}
	return all, nil
}

// files are the papers of the certificates of a member.
func (d *Desk) files(ctx context.Context, tx *store.Tx, id members.ID) (all []members.HeldFile, err error) {
	list, err := listExtracts(ctx, tx, id, "", 10_000)
	for _, e := range list {
		for _, f := range e.Files {
			if !f.Gone && f.Format == "pdf" {
				all = append(all, members.HeldFile{Name: e.ID.Number() + ".pdf", Hash: f.Hash})
			}
		}
	}
	return all, err
}

func (d *Desk) erase(ctx context.Context, tx *store.Tx, id members.ID) error {
	m, err := d.Members.MemberIn(ctx, tx, id)
	if err != nil {
		return err
	}
	if err := forgetMaker(ctx, tx, m); err != nil {
		return err
	}
	acted, err := d.Members.ActedForIn(ctx, tx, id)
	if err != nil {
		return err
	}
	for before := ID(""); ; {
		list, err := listExtracts(ctx, tx, "", before, Page)
		if err != nil {
			return err
		}
		for _, e := range list {
			was, err := d.Members.StandingOnIn(ctx, tx, id, e.On)
			if err != nil {
				return err
			}
			if !e.names(was, acted) {
				continue
			}
			for i := range e.Files {
				e.Files[i].Gone = true
			}
			if e.Member == id {
				e.Purpose, e.Reason = "", store.Struck(e.Reason, []string{m.Name, members.Called(m.Name)})
			}
			if err := putExtract(ctx, tx, e); err != nil {
				return err
			}
			tx.Then(func() { d.drop(context.WithoutCancel(ctx), e.Files) })
		}
		if len(list) < Page {
			return nil
		}
		before = list[len(list)-1].ID
	}
}

// names reports whether the extract may name one who stood so on its day, or who acted
// for organisations.
func (e Extract) names(was members.Entry, acted []members.Agent) bool {
	if e.Member == was.ID || e.Member == "" && was.Standing.Belongs() && (e.Kind == "" || e.Kind == was.Kind) {
		return true
	}
	return slices.ContainsFunc(acted, func(a members.Agent) bool {
		return (civil.Span{From: a.Since, Until: a.Until}).Holds(e.On) && (e.Member == a.Member || e.Member == "" && e.Kind != members.Person)
	})
}

// drop takes files out of the store, once it is sure that nothing points to them.
func (d *Desk) drop(ctx context.Context, list []File) {
	for _, f := range list {
		if err := d.Files.Drop(ctx, f.Hash); err != nil {
			slog.ErrorContext(ctx, "a file of an extract was not taken out", "hash", f.Hash, "err", err)
		}
	}
}
