package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/paper/reader"
)

// Limits are those of files that people drop. Where pdftotext is missing, this
// program itself, in a process of its own, reads PDF files.
func Limits() reader.Limits {
	var l reader.Limits
	if own, err := os.Executable(); err == nil {
		l.PDFChild = []string{own, "read-pdf"}
	}
	return l
}

// Unread says in English why a file was not read.
func Unread(no *reader.Refusal) string {
	book, err := i18n.Load(words()...)
	if err != nil {
		return no.Key
	}
	return book.In("en").T(no.Key)
}

// readFile reads a dropped file as text. What it cannot read is a *reader.Refusal.
func (h *House) readFile(ctx context.Context, name string, r io.ReadSeeker, size int64) (reader.Text, error) {
	return reader.Read(ctx, reader.Source{Name: name, ReaderAt: at(r), Size: size}, Limits())
}

// readAndKeep reads a file as text and keeps it. What cannot be read is a fault of
// the field "file".
func (h *House) readAndKeep(ctx context.Context, name string, r io.Reader) (text, hash string, err error) {
	ref, err := h.Files.Put(ctx, r, maxBody)
	if err != nil {
		return "", "", err
	}
	f, err := h.Files.Open(ctx, ref.Hash)
	if err != nil {
		return "", "", err
	}
	defer f.Close()
	t, err := h.readFile(ctx, name, f, ref.Size)
	var no *reader.Refusal
	if errors.As(err, &no) {
		return "", ref.Hash, fault.In("file", no.Key)
	}
	if err != nil {
		return "", ref.Hash, fmt.Errorf("app: read %s: %w", name, err)
	}
	return t.Content, ref.Hash, nil
}

// at reads at places from what can only seek.
func at(r io.ReadSeeker) io.ReaderAt {
	if a, ok := r.(io.ReaderAt); ok {
		return a
	}
	return seeker{r}
}

type seeker struct{ r io.ReadSeeker }

// ReadAt reads len(p) bytes at the place, as io.ReaderAt asks.
func (s seeker) ReadAt(p []byte, off int64) (int, error) {
	if _, err := s.r.Seek(off, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(s.r, p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	return n, err
}
