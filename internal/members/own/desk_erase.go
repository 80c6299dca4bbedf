package own

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Why somebody is erased.
const (
	byRequest   = "request"
	byRetention = "retention"
)

// An Erasure is the note that a member was erased.
type Erasure struct {
	Member members.ID    `json:"member"`
	Email  string        `json:"email_sha256"`
	On     civil.Date    `json:"on"`
	Reason string        `json:"reason"`
	Struck []Row         `json:"struck,omitempty"` // rows in which they were blacked out, once the list is closed
	By     string        `json:"-"`
	Traces []store.Trace `json:"-"` // tables with rows that nobody has gone through

	Left     map[HitState]int `json:"-"` // rows that named them, by what became of these
	Closed   time.Time        `json:"-"` // when the list was gone through
	ClosedBy string           `json:"-"`
}

// A Row is a row of the house by its key.
type Row struct {
	Table string            `json:"table"`
	Key   map[string]string `json:"key"`
}

func (r Row) is(f store.Find) bool { return r.Table == f.Table && maps.Equal(r.Key, f.Key) }

// words are what a person is known by, to strike out: whole names and addresses only,
// for a family name alone is the name of others too.
func words(m members.Member) []string {
	var list []string
	for _, w := range append(spoken(m), m.Email, m.Phone, m.Street) {
		if utf8.RuneCountInString(w) >= 6 && w != store.Erased && !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	return list
}

// spoken are the ways in which the name is written, and those they had before.
func spoken(m members.Member) (list []string) {
	names := []string{m.Name}
	for _, f := range m.Former {
		names = append(names, f.Name)
	}
	for _, name := range names {
		for _, w := range []string{name, members.Called(name), strings.ReplaceAll(name, ",", "")} {
			if w != "" && !slices.Contains(list, w) {
				list = append(list, w)
			}
		}
	}
	return list
}

// Erase takes a person who is no member any more out of the house: out of the
// register and all rooms, their account, the letters, the book, jobs and files.
// Counts, decisions and what the law has the house keep stay, without their name
// where it may go. It cannot be undone. At its end the whole house is looked through
// for traces, and the list of erasures tells where words are left that people typed.
func (d *Desk) Erase(ctx context.Context, by auth.Actor, id members.ID) error {
	if err := by.Must(Work); err != nil {
		return err
	}
	return d.erase(ctx, by, id, byRequest)
}

func (d *Desk) erase(ctx context.Context, by auth.Actor, id members.ID, why string) error {
	var e Erasure
	var sought, files []string
	err := d.db.Write(ctx, func(tx *store.Tx) (err error) {
		m, err := d.Members.MemberIn(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case m.Kind != members.Person:
			return fault.New(fault.Conflict, "own.erase.organisation")
		case m.Name == store.Erased:
			return fault.New(fault.Conflict, "own.erase.done")
		}
		e, sought = Erasure{Member: id, On: d.today(tx), Reason: why, By: by.Name}, words(m)
		if m.Email != "" {
			e.Email = hashOf(m.Email)
		}
		files, err = d.eraseIn(ctx, tx, by, m, e)
		return err
	})
	if err != nil {
		return err
	}
	for _, hash := range files {
		if err := d.Files.Drop(ctx, hash); err != nil {
			return err
		}
	}
	if d.NoteErased != nil {
		d.NoteErased(e)
	}
	if err := d.dropExports(ctx, id); err != nil {
		return err
	}
	found, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]store.Find, error) { return d.find(ctx, tx, sought) })
	if err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error { return d.enlist(ctx, tx, e, found) })
}

// eraseIn is the erasure inside its transaction; it returns the files to take out
// after it.
func (d *Desk) eraseIn(ctx context.Context, tx *store.Tx, by auth.Actor, m members.Member, e Erasure) ([]string, error) {
	user, err := d.Accounts.EraseIn(ctx, tx, by, m.Email)
	if err != nil {
		return nil, err
	}
	open, err := wishesOf(ctx, tx, m.ID)
	if err != nil {
		return nil, err
	}
	for _, w := range open {
		if w.Kind == Erasing && w.State == Open {
			if err := d.settle(ctx, tx, by, w, Done, ""); err != nil {
				return nil, err
			}
		}
	}
	files, err := d.Members.EraseIn(ctx, tx, by, m.ID)
	if err != nil {
		return nil, err
	}
	all := words(m)
	for _, forget := range []func() error{
		func() error { return mail.Forget(ctx, tx, m.Email, all) },
		func() error { return jobs.Forget(ctx, tx, all) },
		func() error { return audit.Forget(ctx, tx, user, all) },
		func() error { return d.Members.Search.Forget(ctx, tx, spoken(m)) },
		func() error { return putErased(ctx, tx, e) },
	} {
		if err := forget(); err != nil {
			return nil, err
		}
	}
	return files, audit.Note(ctx, tx, by, "own.erase", members.Subject(m.ID), "reason", e.Reason)
}

// Erasures reads a page of the list of erasures, the last first.
func (d *Desk) Erasures(ctx context.Context, by auth.Actor, after members.ID, limit int) ([]Erasure, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Erasure, error) { return listErased(ctx, tx, after, limit) })
}

// Ledger is the whole list of erasures, with the rows that were blacked out, as it is
// kept outside the house for backups that are restored.
func (d *Desk) Ledger(ctx context.Context) ([]Erasure, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Erasure, error) {
		list, err := listErased(ctx, tx, "", 1_000_000)
		for i := range list {
			if list[i].Left[Struck] == 0 {
				continue
			}
			if list[i].Struck, err = struckRows(ctx, tx, list[i].Member); err != nil {
				return nil, err
			}
		}
		return list, err
	})
}

// Replay erases again, in a house that was restored from a backup, who had been
// erased since it was made: those of the list, and those whom the house itself has
// noted. It returns how many it found.
func (d *Desk) Replay(ctx context.Context, list []Erasure) (n int, err error) {
	noted, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]Erasure, error) { return listErased(ctx, tx, "", 1_000_000) })
	if err != nil {
		return 0, err
	}
	for _, e := range onceEach(append(list, noted...)) {
		again := false
		var dropped []string
		err := d.db.Write(ctx, func(tx *store.Tx) error {
			m, err := d.Members.MemberIn(ctx, tx, e.Member)
			if fault.Is(err, fault.Missing) || err == nil && (m.Name == store.Erased || m.Kind != members.Person) {
				return nil // was written into the register later, or is erased
			}
			if err != nil {
				return err
			}
			again = true
			if err := d.depart(ctx, tx, m, e); err != nil {
				return err
			}
			if m, err = d.Members.MemberIn(ctx, tx, e.Member); err != nil {
				return err
			}
			files, err := d.eraseIn(ctx, tx, auth.House, m, e)
			if err != nil {
				return err
			}
			dropped = append(dropped, files...)
			found, err := d.find(ctx, tx, words(m))
			if err != nil {
				return err
			}
			return d.enlist(ctx, tx, e, found)
		})
		if err != nil {
			return n, err
		}
		if again {
			n++
		}
		for _, hash := range dropped {
			if err := d.Files.Drop(ctx, hash); err != nil {
				return n, err
			}
		}
		if err := d.dropExports(ctx, e.Member); err != nil {
			return n, err
		}
	}
	return n, nil
}

// onceEach makes one of the notes about each member: a list has one more line once the
// rows in which they were named are blacked out.
func onceEach(list []Erasure) (out []Erasure) {
	for _, e := range list {
		i := slices.IndexFunc(out, func(o Erasure) bool { return o.Member == e.Member })
		if i < 0 {
			out = append(out, e)
			continue
		}
		out[i].Struck = append(out[i].Struck, e.Struck...)
	}
	return out
}

// depart ends the membership of who had left between the backup and the erasure.
func (d *Desk) depart(ctx context.Context, tx *store.Tx, m members.Member, e Erasure) error {
	var err error
	last := e.On.AddDays(-1)
	if last.Before(m.Since) {
		last = m.Since
	}
	switch {
	case m.Standing.Belongs():
		_, err = d.Members.TakeIn(ctx, tx, auth.House, m.ID, members.Step{Do: members.Leave, Day: last})
	case m.Standing.Here():
		_, err = d.Members.TakeIn(ctx, tx, auth.House, m.ID, members.Step{Do: members.Reject, Day: last.AddDays(1)})
	}
	return err
}

// WriteList writes erasures as lines of JSON, without a word of who they were.
func WriteList(list []Erasure) ([]byte, error) {
	var out []byte
	for _, e := range list {
		line, err := json.Marshal(e)
		if err != nil {
			return nil, failed("write list", err)
		}
		out = append(append(out, line...), '\n')
	}
	return out, nil
}

// ReadList reads what WriteList wrote. Lines that are cut off, as a power cut leaves
// the last, are passed over only at the end.
func ReadList(raw []byte) (list []Erasure, err error) {
	lines := bytes.Split(bytes.TrimSpace(raw), []byte("\n"))
	for i, line := range lines {
		if len(line) == 0 {
			continue
		}
		var e Erasure
		if err := json.Unmarshal(line, &e); err != nil {
			if i == len(lines)-1 && len(list) > 0 {
				break
			}
			return list, failed("read list", err)
		}
		list = append(list, e)
	}
	return list, nil
}
