package own

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// mostExport is the most that a file of all that is held may weigh.
const mostExport = 512 << 20

// Export has the file of all that is held about a member made by a job. It is there
// for seven days, for whoever asked for it.
func (d *Desk) Export(ctx context.Context, by auth.Actor, id members.ID) (Export, error) {
	return store.Write(ctx, d.db, func(tx *store.Tx) (Export, error) {
		e := Export{ID: tx.ID(), Member: id, User: by.User, Made: tx.Now, Until: tx.Now.AddDate(0, 0, exportDays)}
		if _, err := d.mayIn(ctx, tx, by, id); err != nil {
			return e, err
		}
		var n int
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM own_exports WHERE member = $1 AND made > $2`, id, store.Time(tx.Now.AddDate(0, 0, -1))).Scan(&n)
		switch {
		case err != nil:
			return e, failed("exports", err)
		case n >= mostExports:
			return e, fault.New(fault.Busy, "own.export.many")
		}
		if err := putExport(ctx, tx, e); err != nil {
			return e, err
		}
		if _, err := d.Jobs.Add(ctx, tx, jobs.Job{Kind: exportKind, Args: e.ID, Unique: exportKind + "/" + e.ID, By: by.User, Title: exportKind}); err != nil {
			return e, err
		}
		return e, audit.Note(ctx, tx, by, "own.export", members.Subject(id))
	})
}

// ExportOf reads an export that the actor has asked for.
func (d *Desk) ExportOf(ctx context.Context, by auth.Actor, id members.ID, export string) (Export, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Export, error) {
		if _, err := d.mayIn(ctx, tx, by, id); err != nil {
			return Export{}, err
		}
		e, err := getExport(ctx, tx, export)
		if err == nil && (e.Member != id || e.User != by.User) {
			err = fault.New(fault.Missing, "own.export.gone")
		}
		return e, err
	})
}

// OpenExport opens the file of an export that is ready.
func (d *Desk) OpenExport(ctx context.Context, by auth.Actor, id members.ID, export string) (io.ReadSeekCloser, error) {
	e, err := d.ExportOf(ctx, by, id, export)
	if err != nil {
		return nil, err
	}
	if !e.Ready {
		return nil, fault.New(fault.Missing, "own.export.gone")
	}
	return d.Files.Open(ctx, e.File)
}

// makeExport writes the file, keeps it, and tells the member.
func (d *Desk) makeExport(ctx context.Context, r jobs.Run) error {
	var e Export
	whole, err := store.Read(ctx, d.db, func(tx *store.Tx) (b []byte, err error) {
		if e, err = getExport(ctx, tx, r.Text()); err != nil {
			return nil, err
		}
		return d.told(ctx, tx, e.Member)
	})
	if fault.Is(err, fault.Missing) {
		return jobs.Stop(err)
	}
	if err != nil {
		return err
	}
	ref, err := d.Files.Put(ctx, bytes.NewReader(whole), mostExport)
	if err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		e.Ready, e.File, e.Size, e.Until = true, ref.Hash, ref.Size, tx.Now.AddDate(0, 0, exportDays)
		if err := putExport(ctx, tx, e); err != nil {
			return err
		}
		return d.tellExport(ctx, tx, e)
	})
}

func (d *Desk) tellExport(ctx context.Context, tx *store.Tx, e Export) error {
	who, err := d.Members.AnswerersIn(ctx, tx, auth.House, e.Member)
	if err != nil || len(who) == 0 {
		return err
	}
	p := d.house.In(who[0].Lang)
	_, err = d.Mail.Post(ctx, tx, mail.Letter{
		To: who[0].Email, ToName: members.Called(who[0].PersonName), Lang: p.Lang, Kind: mail.Receipt, About: members.Subject(e.Member),
		Subject: p.T("own.letter.export.subject", "house", d.house.Name), Text: p.T("own.letter.export") + "\n\n" + d.house.URL + "/my/" + string(e.Member) + "/export/" + e.ID,
	})
	return unsendable(err)
}

// told is the file: JSON of each who keeps something, the account, and the letters.
// The export's own random part is its time, so that no two files are the same.
func (d *Desk) told(ctx context.Context, tx *store.Tx, id members.ID) ([]byte, error) {
	all, err := d.Members.TellIn(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	m, err := d.Members.MemberIn(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if m.Kind == members.Person && m.Email != "" {
		if all["account"], err = d.Accounts.TellIn(ctx, tx, m.Email); err != nil {
			return nil, err
		}
		if all["letters"], err = mail.To(ctx, tx, m.Email); err != nil {
			return nil, err
		}
	}
	all["about"] = map[string]string{"house": d.house.Name, "member": string(id), "made": store.Time(tx.Now), "id": tx.ID()}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if all[name] == nil {
			continue
		}
		w, err := z.Create(name + ".json")
		if err != nil {
			return nil, fmt.Errorf("own: export: %w", err)
		}
		enc := json.NewEncoder(w)
		enc.SetIndent("", "\t")
		if err := enc.Encode(all[name]); err != nil {
			return nil, fmt.Errorf("own: export %s: %w", name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("own: export: %w", err)
	}
	return b.Bytes(), nil
}

// sweep forgets exports that have run out, with their files.
func (d *Desk) sweep(ctx context.Context, _ jobs.Run) error { return d.dropExports(ctx, "") }

// dropExports takes out the exports of a member, or all that have run out.
func (d *Desk) dropExports(ctx context.Context, id members.ID) error {
	list, err := store.Write(ctx, d.db, func(tx *store.Tx) ([]string, error) { return takeExports(ctx, tx, id) })
	if err != nil {
		return err
	}
	for _, hash := range list {
		if err := d.Files.Drop(ctx, hash); err != nil {
			return err
		}
	}
	return nil
}
