// Package backup puts a whole house into one file, and makes a house of it again,
// on the same database or the other one.
//
// The file is a tar, compressed by zstd. First stands manifest.json, then each
// table as tables/NAME.jsonl (a line of column names, then a line for each row),
// then each file as blobs/HASH, and last end.json with counts, so that a file
// that was cut off is known as such. A backup of any earlier version can be
// restored: the tables are brought to the version they had, filled, and then
// brought to today's.
package backup

import (
	"archive/tar"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A Manifest says what a backup is of.
type Manifest struct {
	Format   int              `json:"format"`
	Made     time.Time        `json:"made"`
	Database store.Kind       `json:"database"`
	Versions map[string]int64 `json:"versions"` // of the tables, by desk
}

// A Count says how much a backup holds.
type Count struct {
	Tables int   `json:"tables"`
	Rows   int   `json:"rows"`
	Files  int   `json:"files"`
	Bytes  int64 `json:"bytes"` // of files
}

const format = 1

// Errors of a file that cannot be restored.
var (
	ErrCut      = errors.New("backup: the file is not whole")
	ErrFormat   = errors.New("backup: the file is of another kind, or of a newer version of the program")
	ErrNotEmpty = errors.New("backup: the house is not empty; restore into a new one")
)

// A House is what a backup is made of.
type House struct {
	DB    *store.DB
	Files blob.Store
	Steps []store.Steps
}

// Write writes a backup. All tables are of one instant; work goes on meanwhile.
func Write(ctx context.Context, h House, w io.Writer) (Count, error) {
	var n Count
	zw, err := zstd.NewWriter(w)
	if err != nil {
		return n, fmt.Errorf("backup: %w", err)
	}
	tw := tar.NewWriter(zw)
	m := Manifest{Format: format, Made: h.DB.Now(), Database: h.DB.Kind}
	if m.Versions, err = h.DB.Versions(ctx, h.Steps...); err != nil {
		return n, err
	}
	if err := writeJSON(tw, "manifest.json", m); err != nil {
		return n, err
	}
	err = h.DB.Read(ctx, func(tx *store.Tx) error {
		tables, err := tx.Tables(ctx)
		for _, t := range tables {
			if err = errors.Join(err, writeTable(ctx, tx, tw, t, &n)); err != nil {
				return err
			}
		}
		return err
	})
	if err != nil {
		return n, err
	}
	// Files never change, and one that came after the tables does no harm.
	err = h.Files.Each(ctx, func(ref blob.Ref) error { return writeFile(ctx, h.Files, tw, ref, &n) })
	if err != nil {
		return n, err
	}
	if err := writeJSON(tw, "end.json", n); err != nil {
		return n, err
	}
	if err := errors.Join(tw.Close(), zw.Close()); err != nil {
		return n, fmt.Errorf("backup: %w", err)
	}
	return n, nil
}

func writeJSON(tw *tar.Writer, name string, v any) error {
	whole, err := json.MarshalIndent(v, "", "\t")
	if err == nil {
		err = writeEntry(tw, name, int64(len(whole)), bytes.NewReader(whole))
	}
	return err
}

func writeEntry(tw *tar.Writer, name string, size int64, r io.Reader) error {
	err := tw.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, Format: tar.FormatPAX})
	if err == nil {
		_, err = io.Copy(tw, r)
	}
	if err != nil {
		return fmt.Errorf("backup: write %s: %w", name, err)
	}
	return nil
}

// writeTable goes by way of a file, for a tar asks for the size first.
func writeTable(ctx context.Context, tx *store.Tx, tw *tar.Writer, t store.Table, n *Count) error {
	tmp, err := os.CreateTemp("", "backup-")
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer os.Remove(tmp.Name())
	defer tmp.Close()
	buf := bufio.NewWriterSize(tmp, 1<<16)
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	err = enc.Encode(t.Columns)
	if err == nil {
		err = tx.Rows(ctx, t, func(row []any) error { n.Rows++; return enc.Encode(row) })
	}
	if err = errors.Join(err, buf.Flush()); err != nil {
		return fmt.Errorf("backup: table %s: %w", t.Name, err)
	}
	size, err := tmp.Seek(0, io.SeekCurrent)
	if err == nil {
		_, err = tmp.Seek(0, io.SeekStart)
	}
	if err != nil {
		return fmt.Errorf("backup: table %s: %w", t.Name, err)
	}
	n.Tables++
	return writeEntry(tw, "tables/"+t.Name+".jsonl", size, tmp)
}

func writeFile(ctx context.Context, files blob.Store, tw *tar.Writer, ref blob.Ref, n *Count) error {
	f, err := files.Open(ctx, ref.Hash)
	if err != nil {
		return err
	}
	defer f.Close()
	n.Files, n.Bytes = n.Files+1, n.Bytes+ref.Size
	return writeEntry(tw, "blobs/"+ref.Hash, ref.Size, f)
}

// Restore makes a house of a backup. The house must be empty: what is there is
// never written over.
func Restore(ctx context.Context, h House, r io.Reader) (Manifest, Count, error) {
	var m Manifest
	var n, want Count
	switch empty, err := h.DB.Empty(ctx); {
	case err != nil:
		return m, n, err
	case !empty:
		return m, n, ErrNotEmpty
	}
	zr, err := zstd.NewReader(r, zstd.WithDecoderMaxMemory(512<<20))
	if err != nil {
		return m, n, fmt.Errorf("backup: %w", err)
	}
	defer zr.Close()
	tr, ended := tar.NewReader(zr), false
	for {
		e, err := tr.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return m, n, errors.Join(ErrCut, err)
		}
		switch dir, name := path.Split(e.Name); {
		case e.Name == "manifest.json":
			m, err = readManifest(ctx, h, tr)
		case m.Format == 0:
			err = ErrFormat
		case dir == "tables/":
			err = readTable(ctx, h.DB, strings.TrimSuffix(name, ".jsonl"), tr, &n)
		case dir == "blobs/":
			err = readFile(ctx, h.Files, name, e.Size, tr, &n)
		case e.Name == "end.json":
			ended, err = true, json.NewDecoder(tr).Decode(&want)
		}
		if err != nil {
			return m, n, err
		}
	}
	if !ended || n != want {
		return m, n, ErrCut
	}
	return m, n, h.DB.Migrate(ctx, h.Steps...)
}

func readManifest(ctx context.Context, h House, r io.Reader) (m Manifest, err error) {
	if err := json.NewDecoder(r).Decode(&m); err != nil || m.Format != format {
		return m, errors.Join(ErrFormat, err)
	}
	for _, s := range h.Steps {
		if v, ok := m.Versions[s.Desk]; ok {
			if err := h.DB.MigrateTo(ctx, s, v); err != nil {
				return m, errors.Join(ErrFormat, err)
			}
		}
	}
	return m, nil
}

// readTable fills a table in batches, for a transaction of millions of rows holds
// too much.
func readTable(ctx context.Context, db *store.DB, name string, r io.Reader, n *Count) error {
	dec := json.NewDecoder(bufio.NewReaderSize(r, 1<<16))
	dec.UseNumber()
	t := store.Table{Name: name}
	if err := dec.Decode(&t.Columns); err != nil {
		return fmt.Errorf("%w: table %s: %w", ErrCut, name, err)
	}
	known, err := store.Read(ctx, db, func(tx *store.Tx) (bool, error) {
		tables, err := tx.Tables(ctx)
		for _, k := range tables {
			if k.Name == name && strings.Join(k.Columns, ",") == strings.Join(t.Columns, ",") {
				return true, err
			}
		}
		return false, err
	})
	if err != nil {
		return err
	}
	if !known {
		return fmt.Errorf("%w: table %s", ErrFormat, name)
	}
	n.Tables++
	for more := true; more; {
		var batch [][]any
		for more = dec.More(); more && len(batch) < 5000; more = dec.More() {
			var row []any
			if err := dec.Decode(&row); err != nil || len(row) != len(t.Columns) {
				return fmt.Errorf("%w: table %s: %w", ErrCut, name, err)
			}
			batch = append(batch, numbers(row))
		}
		err := db.Write(ctx, func(tx *store.Tx) error {
			for _, row := range batch {
				if err := tx.Insert(ctx, t, row); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		n.Rows += len(batch)
	}
	return nil
}

func numbers(row []any) []any {
	for i, v := range row {
		if num, ok := v.(json.Number); ok {
			if whole, err := num.Int64(); err == nil {
				row[i] = whole
			} else if f, err := num.Float64(); err == nil {
				row[i] = f
			}
		}
	}
	return row
}

func readFile(ctx context.Context, files blob.Store, hash string, size int64, r io.Reader, n *Count) error {
	ref, err := files.Put(ctx, r, size)
	if err != nil {
		return err
	}
	if ref.Hash != hash {
		return fmt.Errorf("%w: file %s", ErrCut, hash)
	}
	n.Files, n.Bytes = n.Files+1, n.Bytes+ref.Size
	return nil
}
