package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/own"
	"github.com/asociacija/asociacija/internal/members/ownweb"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/config"
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

// erasedName is the file in which erasures are written down, beside the database and
// beside each backup, for backups that were made before them. It holds no names.
const erasedName = "erased.jsonl"

// erased writes an erasure into the list. It is done in the house already: what goes
// wrong here is for the keeper to know.
func (h *House) erased(e own.Erasure) {
	lines, err := own.WriteList([]own.Erasure{e})
	if err == nil {
		var f *os.File
		if f, err = os.OpenFile(filepath.Join(h.Config.Data, erasedName), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
			_, err = f.Write(lines)
			err = errors.Join(err, f.Sync(), f.Close())
		}
	}
	if err != nil {
		slog.Error("the list of erasures was not written", "err", err)
	}
}

// copyErased writes the list beside a backup, if anybody was ever erased.
func (h *House) copyErased(ctx context.Context, dir string) error {
	if h.Own == nil {
		return nil // the tables are of an older version, and have none
	}
	list, err := h.Own.Erasures(ctx, auth.House, "", 1_000_000)
	if err != nil || len(list) == 0 {
		return err
	}
	lines, err := own.WriteList(list)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, erasedName), lines, 0o600)
}

// forgetAgain erases in a restored house who was erased since the backup: as the
// lists in the folder of the backup and in the house's own tell.
func forgetAgain(ctx context.Context, c config.Config, dir string) error {
	var list []own.Erasure
	for _, name := range []string{filepath.Join(dir, erasedName), filepath.Join(c.Data, erasedName)} {
		raw, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		some, more := own.ReadList(raw)
		if err = errors.Join(err, more); err != nil {
			return fmt.Errorf("app: list of erasures %s: %w", name, err)
		}
		list = append(list, some...)
	}
	h, err := Open(ctx, c)
	if err != nil {
		return err
	}
	n, err := h.Own.Replay(ctx, list)
	if n > 0 {
		slog.InfoContext(ctx, "erased again after the backup", "persons", n)
	}
	if err == nil {
		err = h.copyErased(ctx, c.Data)
	}
	return errors.Join(err, h.Close())
}

// shelves are what other rooms have for a member, on their own page.
func (h *House) shelves() []ownweb.Shelf { return nil }
