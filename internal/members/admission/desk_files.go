package admission

import (
	"context"
	"io"
	"time"

	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// How many files a network address sends in an hour, and how many wait for their form
// at once.
const (
	mostUploads = 10
	mostHeld    = 300
)

// Hold keeps a file of a form that is not sent yet, so that it is not lost if the form
// is refused. Send takes it by its ID; what is not taken within a day is forgotten.
func (d *Desk) Hold(ctx context.Context, t Trap, file io.Reader, name string) (Attachment, error) {
	key, err := d.key(ctx)
	if err != nil {
		return Attachment{}, err
	}
	if t.Bait != "" || !filled(key, t.Stamp, d.db.Now()) {
		return Attachment{}, fault.New(fault.Invalid, "admission.again")
	}
	err = d.db.Write(ctx, func(tx *store.Tx) error {
		n, err := tried(ctx, tx, "file "+hidden(key, t.Origin), tx.Now.Add(-time.Hour))
		if err != nil {
			return err
		}
		waiting, err := countHeld(ctx, tx)
		if err == nil && (n >= mostUploads && t.Origin != "" || waiting >= mostHeld) {
			err = fault.New(fault.Busy, "admission.slow_down")
		}
		return err
	})
	if err != nil {
		return Attachment{}, err
	}
	return d.attach(ctx, file, name, func(*store.Tx, *Attachment) error { return nil })
}

// attach keeps a file and writes that it is there; whose it is, step says.
func (d *Desk) attach(ctx context.Context, file io.Reader, name string, step func(*store.Tx, *Attachment) error) (Attachment, error) {
	kept, err := record.Keep(ctx, d.Members.Files, file, name)
	if err != nil {
		return Attachment{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Attachment, error) {
		a := Attachment{ID: newToken(), Made: tx.Now, File: kept}
		if err := step(tx, &a); err != nil {
			return a, err
		}
		if a.Of == "" {
			return a, addAttachment(ctx, tx, a, 0)
		}
		list, err := attachmentsOf(ctx, tx, a.Of)
		switch {
		case err != nil:
			return a, err
		case len(list) >= mostFiles:
			return a, fault.In("file", "admission.file.many", "most", mostFiles)
		}
		return a, addAttachment(ctx, tx, a, len(list)+1)
	})
}

// Held are the files by their IDs that wait for a form; those that do not are left out.
func (d *Desk) Held(ctx context.Context, ids ...string) ([]Attachment, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (list []Attachment, err error) {
		for _, id := range ids[:min(len(ids), mostFiles)] {
			a, err := held(ctx, tx, id)
			switch {
			case err == nil:
				list = append(list, a)
			case !fault.Is(err, fault.Missing):
				return nil, err
			}
		}
		return list, nil
	})
}

// take makes the files that wait be of the application.
func take(ctx context.Context, tx *store.Tx, of ID, ids []string) error {
	for i, id := range ids[:min(len(ids), mostFiles)] {
		if err := claim(ctx, tx, id, of, i+1); err != nil {
			return err
		}
	}
	return nil
}

// Attach adds a file to an application that is open.
func (d *Desk) Attach(ctx context.Context, by auth.Actor, id ID, file io.Reader, name string) (Attachment, error) {
	if err := by.Must(Work); err != nil {
		return Attachment{}, err
	}
	return d.attach(ctx, file, name, func(tx *store.Tx, a *Attachment) error {
		of, err := getApplication(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case !of.State.Open():
			return fault.New(fault.Conflict, "admission.decided")
		}
		a.Of = id
		return audit.Note(ctx, tx, by, "admission.attach", Subject(id), "number", of.Number())
	})
}

// Enclose adds a file by the link of the applicant, who was asked for more.
func (d *Desk) Enclose(ctx context.Context, token string, file io.Reader, name string) (Attachment, error) {
	asked := func(tx *store.Tx) (Application, error) {
		of, err := byKey(ctx, tx, hashOf(token))
		if err == nil && of.State != Asked {
			err = fault.New(fault.Conflict, "admission.reply.not_asked")
		}
		return of, err
	}
	if _, err := store.Read(ctx, d.db, asked); err != nil {
		return Attachment{}, err
	}
	return d.attach(ctx, file, name, func(tx *store.Tx, a *Attachment) error {
		of, err := asked(tx)
		if err != nil {
			return err
		}
		a.Of = of.ID
		return audit.Note(ctx, tx, auth.Actor{}, "admission.enclose", Subject(of.ID))
	})
}

// OpenFile opens a file of an application.
func (d *Desk) OpenFile(ctx context.Context, by auth.Actor, of ID, id string) (io.ReadSeekCloser, Attachment, error) {
	if err := by.Must(See); err != nil {
		return nil, Attachment{}, err
	}
	list, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]Attachment, error) { return attachmentsOf(ctx, tx, of) })
	if err != nil {
		return nil, Attachment{}, err
	}
	for _, a := range list {
		if a.ID == id {
			file, err := d.Members.Files.Open(ctx, a.Hash)
			return file, a, err
		}
	}
	return nil, Attachment{}, fault.New(fault.Missing, "admission.file.missing")
}

// forgetJob is the kind of the job that takes files out that nobody has any more.
const forgetJob = "admission.job.forget"

func (d *Desk) forget(ctx context.Context, tx *store.Tx, hashes []string) error {
	if len(hashes) == 0 {
		return nil
	}
	_, err := d.Jobs.Add(ctx, tx, jobs.Job{Kind: forgetJob, Args: hashes, Title: forgetJob})
	return err
}

// forgetWork takes out those of the files that neither an application nor the register
// has.
func (d *Desk) forgetWork(ctx context.Context, r jobs.Run) error {
	var hashes []string
	if err := r.Args(&hashes); err != nil {
		return jobs.Stop(err)
	}
	for _, hash := range hashes {
		kept, err := store.Read(ctx, d.db, func(tx *store.Tx) (bool, error) {
			if is, err := attached(ctx, tx, hash); is || err != nil {
				return is, err
			}
			return d.Members.ProvesIn(ctx, tx, hash)
		})
		if err == nil && !kept {
			err = d.Members.Files.Drop(ctx, hash)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
