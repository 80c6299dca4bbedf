package members

import (
	"context"
	"io"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Registrations lists the registrations of a member, with what proves them.
func (d *Desk) Registrations(ctx context.Context, by auth.Actor, id ID) ([]Registration, error) {
	if err := by.Must(Read); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Registration, error) {
		of, err := registrationsOf(ctx, tx, false, id)
		return of[id], err
	})
}

// RegistrationsIn lists the registrations of each of the members as they are and as
// they were, inside another deed, whose room has asked for its own right. It takes up
// to 1,000 IDs.
func (d *Desk) RegistrationsIn(ctx context.Context, tx *store.Tx, ids ...ID) (map[ID][]Registration, error) {
	return registrationsOf(ctx, tx, true, ids...)
}

// PutRegistration writes a registration, over the one with its ID if it has one.
// What file holds is kept as its proof, under the name; nil leaves what there is.
func (d *Desk) PutRegistration(ctx context.Context, by auth.Actor, r Registration, file io.Reader, name string) (Registration, error) {
	if err := by.Must(Write); err != nil {
		return Registration{}, err
	}
	r = r.Tidy()
	if err := r.Check(); err != nil {
		return r, err
	}
	kept, err := record.Keep(ctx, d.Files, file, name)
	if err != nil {
		return r, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Registration, error) { return d.putRegistrationIn(ctx, tx, by, r, kept) })
}

func (d *Desk) putRegistrationIn(ctx context.Context, tx *store.Tx, by auth.Actor, r Registration, kept record.File) (Registration, error) {
	if _, err := getMember(ctx, tx, r.Member); err != nil {
		return r, err
	}
	r.File, r.Noted, r.Now, r.Replaced = record.File{}, d.dayOf(tx), "", civil.Date{}
	if r.ID == "" {
		r.ID = tx.ID()
	} else {
		old, err := getRegistration(ctx, tx, r.ID)
		switch {
		case err != nil:
			return r, err
		case old.Member != r.Member, old.Now != "":
			return r, fault.New(fault.Missing, "members.registration.missing")
		}
		if day, is := r.follows(old); is {
			old.ID, old.Now, old.Replaced = tx.ID(), r.ID, day
			if err := putRegistration(ctx, tx, old); err != nil {
				return r, err
			}
		} else {
			r.File, r.Noted = old.File, old.Noted
		}
	}
	if kept.Hash != "" {
		r.File = kept
	}
	if r.In.Unique() {
		others, err := numbered(ctx, tx, []string{r.Number})
		if err != nil {
			return r, err
		}
		for _, o := range others {
			if o.ID == r.ID || o.In != r.In {
				continue
			}
			m, err := getMember(ctx, tx, o.Member)
			if err != nil {
				return r, err
			}
			return r, fault.In("number", "members.registration.taken", "name", m.Name)
		}
	}
	if err := putRegistration(ctx, tx, r); err != nil {
		return r, err
	}
	return r, audit.Note(ctx, tx, by, "members.registration", Subject(r.Member), "in", string(r.In), "proof", string(r.Proof))
}

// DropRegistration takes a registration out that was written by mistake.
func (d *Desk) DropRegistration(ctx context.Context, by auth.Actor, id string) error {
	if err := by.Must(Write); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		r, err := getRegistration(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := dropRegistration(ctx, tx, id); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "members.registration.drop", Subject(r.Member), "in", string(r.In))
	})
}

// OpenProof opens the file that proves a registration.
func (d *Desk) OpenProof(ctx context.Context, by auth.Actor, id string) (io.ReadSeekCloser, Registration, error) {
	if err := by.Must(Read); err != nil {
		return nil, Registration{}, err
	}
	r, err := store.Read(ctx, d.db, func(tx *store.Tx) (Registration, error) { return getRegistration(ctx, tx, id) })
	switch {
	case err != nil:
		return nil, r, err
	case r.File.Hash == "" || d.Files == nil:
		return nil, r, fault.New(fault.Missing, "members.proof.missing")
	}
	file, err := d.Files.Open(ctx, r.File.Hash)
	return file, r, err
}

// PutRegistrationIn is PutRegistration inside another deed, which has asked for its own
// right and kept the file with record.Keep.
func (d *Desk) PutRegistrationIn(ctx context.Context, tx *store.Tx, by auth.Actor, r Registration) (Registration, error) {
	r = r.Tidy()
	if err := r.Check(); err != nil {
		return r, err
	}
	return d.putRegistrationIn(ctx, tx, by, r, r.File)
}
