// Package blob keeps files by the hash of their content, on disk or in S3.
//
// What holds:
//
//   - A file is there whole or not at all, and never changes.
//   - The same content is kept once, however often it is put.
//   - Once Put returns, the file survives a power cut.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"math"
	"os"
	"path"
	"syscall"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A Ref names a kept file.
type Ref struct {
	Hash string // SHA-256 of the content, 64 hexadecimal digits in lower case
	Size int64  // bytes
}

// A Store keeps files: a Disk or an S3.
type Store interface {
	// Put keeps what r gives. It is a TooBig fault if that is more than limit bytes
	// (a negative limit is none), and a Busy fault if the disk is full; then
	// nothing is kept.
	Put(ctx context.Context, r io.Reader, limit int64) (Ref, error)
	// Open opens a kept file, or returns a Missing fault, also for what is no hash.
	Open(ctx context.Context, hash string) (io.ReadSeekCloser, error)
	// Drop takes a file out for good. What is not there is gone already. Call it only
	// for what nobody else can have put.
	Drop(ctx context.Context, hash string) error
	// Each hands every kept file to f, in no order.
	Each(ctx context.Context, f func(Ref) error) error
	// Check reads all that is kept.
	Check(ctx context.Context) (Report, error)
}

// A Report is what Check found.
type Report struct {
	Files int
	Bytes int64
	Wrong []string // where files stand whose content has not the hash of their name
}

// valid reports whether s is the hash of some file.
func valid(s string) bool {
	if len(s) != 2*sha256.Size {
		return false
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// place is where a file stands: two levels of folders keep each of them small.
func place(hash string) string { return path.Join(hash[:2], hash[2:4], hash) }

func missing(hash string) error { return fault.New(fault.Missing, "blob.missing", "hash", hash) }

// fail makes a fault of a full disk, and a failure of all else.
func fail(deed string, err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fault.New(fault.Busy, "blob.disk_full")
	}
	return fmt.Errorf("blob: %s: %w", deed, err)
}

// pour writes r to f, and says what it was. What the reader says of its own is
// wrapped, so that the caller can tell it.
func pour(ctx context.Context, f *os.File, r io.Reader, limit int64) (Ref, error) {
	if limit < 0 {
		limit = math.MaxInt64 - 1
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, sum), io.LimitReader(reader{ctx, r}, limit+1))
	if err != nil {
		return Ref{}, fail("put", err)
	}
	if n > limit {
		return Ref{}, fault.New(fault.TooBig, "blob.too_big", "limit", limit)
	}
	return Ref{digits(sum), n}, nil
}

func digits(h hash.Hash) string { return hex.EncodeToString(h.Sum(nil)) }

// A reader stops with its context.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := context.Cause(r.ctx); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// read reads a kept file through, and notes it in the report.
func (p *Report) read(ctx context.Context, r io.Reader, where string) error {
	sum := sha256.New()
	n, err := io.Copy(sum, reader{ctx, r})
	if err != nil {
		return err
	}
	p.Files++
	p.Bytes += n
	if digest := digits(sum); where != place(digest) {
		p.Wrong = append(p.Wrong, where)
	}
	return nil
}
