package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// A Disk keeps files in a folder.
type Disk struct {
	dir    string
	create func() (*os.File, error) // opens what a file is poured into
}

const unfinished = "put-" // begins the names of files that are being put

// NewDisk keeps files in the folder, which is made if need be. Nobody but the
// house's own user can read it.
func NewDisk(dir string) (*Disk, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fail("make folder", err)
	}
	return &Disk{dir, func() (*os.File, error) { return os.CreateTemp(dir, unfinished+"*") }}, nil
}

// Put is Store's.
func (d *Disk) Put(ctx context.Context, r io.Reader, limit int64) (Ref, error) {
	f, err := d.create()
	if err != nil {
		return Ref{}, fail("put", err)
	}
	// A rename leaves nothing under the old name.
	if strings.HasPrefix(filepath.Base(f.Name()), unfinished) {
		defer os.Remove(f.Name())
	}
	defer f.Close()
	ref, err := pour(ctx, f, r, limit)
	if err != nil {
		return Ref{}, err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return Ref{}, fail("put", err)
	}
	if err := d.settle(f.Name(), ref.Hash); err != nil {
		return Ref{}, fail("put", err)
	}
	return ref, nil
}

// settle gives a whole file its name, over one that is there: should that have
// rotted, it is whole again.
func (d *Disk) settle(name, hash string) error {
	to := filepath.Join(d.dir, filepath.FromSlash(place(hash)))
	inner := filepath.Dir(to)
	if err := os.MkdirAll(inner, 0o700); err != nil {
		return err
	}
	if err := os.Rename(name, to); err != nil {
		return err
	}
	// Outer folders too: the inner ones may be new.
	return errors.Join(syncFolder(inner), syncFolder(filepath.Dir(inner)), syncFolder(d.dir))
}

func syncFolder(name string) error {
	if runtime.GOOS == "windows" { // which cannot, and writes names through
		return nil
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Open is Store's.
func (d *Disk) Open(_ context.Context, hash string) (io.ReadSeekCloser, error) {
	if !valid(hash) {
		return nil, missing(hash)
	}
	f, err := os.Open(filepath.Join(d.dir, filepath.FromSlash(place(hash))))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(hash)
	}
	if err != nil {
		return nil, fail("open", err)
	}
	return f, nil
}

// Drop is Store's.
func (d *Disk) Drop(_ context.Context, hash string) error {
	if !valid(hash) {
		return nil
	}
	if err := os.Remove(filepath.Join(d.dir, place(hash))); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fail("drop", err)
	}
	return nil
}

// Check is Store's. Anything in the folder that Put did not make is wrong, but for
// files that are being put.
func (d *Disk) Check(ctx context.Context) (Report, error) {
	var p Report
	err := d.walk(func(where string, _ fs.DirEntry) error {
		if strings.HasPrefix(where, unfinished) {
			return nil
		}
		f, err := os.Open(filepath.Join(d.dir, where))
		if err != nil {
			return err
		}
		defer f.Close()
		return p.read(ctx, f, filepath.ToSlash(where))
	})
	if err != nil {
		return p, fail("check", err)
	}
	return p, nil
}

// Sweep removes files that were begun before the instant and never finished, and
// counts them. Give an instant before which nothing can still be being put, such
// as yesterday.
func (d *Disk) Sweep(ctx context.Context, before time.Time) (int, error) {
	n := 0
	err := d.walk(func(where string, e fs.DirEntry) error {
		if !strings.HasPrefix(where, unfinished) || ctx.Err() != nil {
			return ctx.Err()
		}
		about, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // finished meanwhile
		}
		if err != nil || !about.ModTime().Before(before) {
			return err
		}
		n++
		return os.Remove(filepath.Join(d.dir, where))
	})
	if err != nil {
		return n, fail("sweep", err)
	}
	return n, nil
}

// walk shows each file by its path from the folder.
func (d *Disk) walk(f func(where string, e fs.DirEntry) error) error {
	return filepath.WalkDir(d.dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		where, err := filepath.Rel(d.dir, name)
		if err != nil {
			return err
		}
		return f(where, e)
	})
}
