package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/members/own"
	"github.com/asociacija/asociacija/internal/members/ownweb"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/config"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// ownDesk is where members look after themselves, and persons are erased.
func (h *House) ownDesk() *own.Desk {
	return own.New(h.DB, own.House{
		Name: h.Config.Name, URL: h.Config.URL, Zone: h.Config.TimeZone, In: h.Words.In,
		Office: func() string { return h.Profile.Now(context.Background()).Email },
	}, own.Others{
		Members: h.Members, Admission: h.Admission, Accounts: h.Accounts, Jobs: h.Jobs, Mail: h.Mail, Files: h.Files, NoteErased: h.erased, Places: Places(), Index: ownweb.WriteIndex,
		Kept: h.kept(), Pending: h.pending(),
		Uploads: func(ctx context.Context, tx *store.Tx, user auth.UserID) ([]members.HeldFile, error) {
			return h.Bodies.UploadsIn(ctx, tx, user)
		},
	})
}

// kept are the kinds of things in other rooms that go when their time is over. The
// law counts the years of invoices from the end of theirs (86. člen ZDDV-1).
func (h *House) kept() []own.Kept {
	zone := h.Config.TimeZone
	day := func(t time.Time) civil.Date { return civil.Of(t, zone) }
	year := func(t time.Time) civil.Date { return civil.On(day(t).Year(), 1, 1) }
	return []own.Kept{{
		Kind: "invoices", Years: 10,
		Old: func(ctx context.Context, tx *store.Tx, before time.Time) (items []own.Item, n int, err error) {
			list, n, err := h.Dues.OldInvoicesIn(ctx, tx, year(before))
			for _, i := range list {
				items = append(items, own.Item{Name: i.Number + " · " + i.Payer.Name, Link: "/dues/invoices/" + string(i.ID), On: i.Issued})
			}
			return items, n, err
		},
		Go: func(ctx context.Context, by auth.Actor, before time.Time) (int, error) {
			return h.Dues.BlankInvoices(ctx, by, year(before))
		},
	}, {
		Kind: "bank", Years: 10,
		Old: own.ByDay(zone, func(ctx context.Context, tx *store.Tx, before civil.Date) (int, error) {
			return h.Bank.OldIn(ctx, tx, civil.On(before.Year(), 1, 1))
		}),
		Go: func(ctx context.Context, by auth.Actor, before time.Time) (int, error) {
			return h.Bank.BlankOld(ctx, by, year(before))
		},
	}, {
		Kind: "declarations", Years: 6,
		Old: own.ByDay(zone, func(ctx context.Context, tx *store.Tx, before civil.Date) (int, error) {
			return h.Dues.OldDeclarationsIn(ctx, tx, before)
		}),
		Go: func(ctx context.Context, by auth.Actor, before time.Time) (int, error) {
			return h.Dues.BlankDeclarations(ctx, by, day(before))
		},
	}}
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
	list, err := h.Own.Ledger(ctx)
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
func (h *House) shelves() []ownweb.Shelf {
	return []ownweb.Shelf{{Key: "own.shelf.votes", Rows: h.votesOf}, {Key: "own.shelf.dues", Rows: h.duesOf}, {Key: "own.shelf.proof", Rows: h.proofOf}}
}

// proofOf is where a member has a certificate made.
func (h *House) proofOf(_ context.Context, _ auth.Actor, f page.Frame, id members.ID) ([]page.Row, error) {
	at := "/certificates/" + string(id)
	return []page.Row{{Title: f.T("own.shelf.proof"), Link: at, Do: f.T("own.proof.do"), DoLink: at}}, nil
}

// waitingVotes are the ballots that wait for somebody, for the list of today.
func (h *House) waitingVotes(ctx context.Context, by auth.Actor, f page.Frame) (rows []page.Row, err error) {
	list, err := h.Ballots.Mine(ctx, by)
	for _, turn := range list {
		if turn.Elector.Voted {
			continue
		}
		at := ballots.Link(turn.Vote.ID) + "/ballot/" + strconv.Itoa(turn.Elector.No)
		rows = append(rows, page.Row{
			When: f.T("ballots.until"), WhenNote: f.Moment(h.Site.Local(turn.Vote.Closes)), Title: turn.Vote.Title, Lang: f.Own(),
			Text: f.T("ballots.mine.for", "name", turn.Elector.Name), Link: at, Do: f.T("own.vote.do"), DoLink: at, Main: true,
		})
	}
	return rows, err
}

// votesOf are the ballots that wait for a member, or that they have cast.
func (h *House) votesOf(ctx context.Context, by auth.Actor, f page.Frame, id members.ID) (rows []page.Row, err error) {
	list, err := h.Ballots.Mine(ctx, by)
	for _, turn := range list {
		if turn.Elector.Member != id {
			continue
		}
		at := ballots.Link(turn.Vote.ID)
		row := page.Row{When: f.T("ballots.until"), WhenNote: f.Moment(h.Site.Local(turn.Vote.Closes)), Title: turn.Vote.Title, Lang: f.Own(), Link: at, Do: f.T("own.vote.do"), DoLink: at + "/ballot/" + strconv.Itoa(turn.Elector.No), Main: true}
		if turn.Vote.Closes.IsZero() {
			row.When, row.WhenNote = f.T("own.vote.open"), ""
		}
		if turn.Elector.Voted {
			row.Main, row.Do, row.Status, row.Tone, row.Icon = false, "", f.T("own.vote.cast"), "ok", "taken"
		}
		rows = append(rows, row)
	}
	return rows, err
}

// owes says what a member who leaves has still to pay.
func (h *House) owes(ctx context.Context, by auth.Actor, f page.Frame, id members.ID) (string, error) {
	list, err := h.Dues.Mine(ctx, by)
	if err != nil {
		return "", err
	}
	var open []string
	var sum money.Amount
	for _, one := range list {
		for _, i := range one.Invoices {
			if one.Member.ID == id && i.Open.Positive() {
				if sum.IsZero() || sum.Currency() == i.Open.Currency() {
					sum = sum.Plus(i.Open)
				} else {
					open = append(open, i.Open.Format(f.Lang))
				}
			}
		}
	}
	if sum.IsZero() {
		return f.T("own.leave.clear"), nil
	}
	return f.T("own.leave.owes", "sum", f.List(append([]string{sum.Format(f.Lang)}, open...))), nil
}

// duesOf are the declaration that is wanted of a member, and their invoices.
func (h *House) duesOf(ctx context.Context, by auth.Actor, f page.Frame, id members.ID) (rows []page.Row, err error) {
	list, err := h.Dues.Mine(ctx, by)
	for _, one := range list {
		if one.Member.ID != id {
			continue
		}
		own := "/dues/own/" + string(id)
		if one.Declare {
			rows = append(rows, page.Row{When: strconv.Itoa(one.Year), Title: f.T("own.dues.declare"), Link: own, Do: f.T("own.dues.declare.do"), DoLink: own, Main: true})
		}
		for _, i := range one.Invoices {
			row := page.Row{
				When: f.Date(i.Issued), Title: f.T("own.dues.invoice", "number", i.Number), Link: "/dues/invoices/" + string(i.ID) + "/paper",
				Text: i.Total.Format(f.Lang), Meta: f.T("own.dues.due", "day", f.Date(i.Due)) + " · " + f.T("dues.state."+string(i.State)),
			}
			if i.State == dues.Open && i.Open.Positive() {
				row.When, row.WhenNote, row.Late = f.T("own.dues.pay.by"), f.Date(i.Due), i.Late(f.Today) > 0
				row.Text, row.Meta = f.T("own.dues.pay.sum", "sum", i.Open.Format(f.Lang)), ""
				row.Do, row.DoLink, row.Main = f.T("own.dues.pay"), row.Link, true
			}
			rows = append(rows, row)
		}
		if len(rows) > 0 {
			rows = append(rows, page.Row{Title: f.T("own.dues.all"), Link: own})
		}
	}
	return rows, err
}
