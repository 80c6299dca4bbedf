package app

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/own"
	"github.com/asociacija/asociacija/internal/members/ownweb"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// ownDesk is where members look after themselves, and persons are erased.
func (h *House) ownDesk() *own.Desk {
	return own.New(h.DB, own.House{
		Name: h.Config.Name, URL: h.Config.URL, Zone: h.Config.TimeZone, In: h.Words.In,
		Office: func() string { return h.Profile.Now(context.Background()).Email },
	}, own.Others{Members: h.Members, Admission: h.Admission, Accounts: h.Accounts, Jobs: h.Jobs, Mail: h.Mail, Files: h.Files, Erased: h.erased})
}

// joined takes over what a new member agreed to when they applied.
func (h *House) joined(ctx context.Context, tx *store.Tx, by auth.Actor, id members.ID, agreed []admission.Consent) error {
	return h.Own.Joined(ctx, tx, by, id, agreed)
}

// erasedList is the file beside the database in which erasures are written down, for
// backups that were made before them.
func (h *House) erasedList() string { return filepath.Join(h.Config.Data, "erased.jsonl") }

// erased writes an erasure into the list. It is done in the house already: what goes
// wrong here is for the keeper to know.
func (h *House) erased(e own.Erasure) {
	lines, err := own.WriteList([]own.Erasure{e})
	if err == nil {
		var f *os.File
		if f, err = os.OpenFile(h.erasedList(), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
			_, err = f.Write(lines)
			err = errors.Join(err, f.Sync(), f.Close())
		}
	}
	if err != nil {
		slog.Error("the list of erasures was not written", "err", err)
	}
}

// shelves are what other rooms have for a member, on their own page.
func (h *House) shelves() []ownweb.Shelf { return nil }
