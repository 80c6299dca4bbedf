package outcomesweb

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// upload reads a form with a file, and keeps the file. None is no mistake.
func (s *Site) upload(w http.ResponseWriter, r *http.Request, by auth.Actor) (outcomes.File, error) {
	r.Body = http.MaxBytesReader(w, r.Body, outcomes.MaxFile+page.MaxForm)
	var big *http.MaxBytesError
	switch err := r.ParseMultipartForm(1 << 20); {
	case errors.As(err, &big):
		return outcomes.File{}, fault.In("file", "outcomes.file.big")
	case errors.Is(err, http.ErrNotMultipart):
		return outcomes.File{}, nil
	case err != nil:
		return outcomes.File{}, fault.New(fault.Invalid, "form.broken")
	}
	heads := r.MultipartForm.File["file"]
	if len(heads) == 0 || heads[0].Size == 0 {
		return outcomes.File{}, nil
	}
	in, err := heads[0].Open()
	if err != nil {
		return outcomes.File{}, err
	}
	defer in.Close()
	kept, err := s.outcomes.Keep(r.Context(), by, heads[0].Filename, in)
	if fault.Is(err, fault.TooBig) {
		err = fault.In("file", "outcomes.file.big")
	}
	return kept, err
}

// give hands out a file to be saved, and never to be run in the house: what it is
// is told by its bytes, not by the one who sent it.
func give(w http.ResponseWriter, r *http.Request, name string, file io.ReadSeeker) error {
	head := make([]byte, 512)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	kind := http.DetectContentType(head[:n])
	if strings.HasPrefix(kind, "text/html") || strings.Contains(kind, "xml") {
		kind = "application/octet-stream"
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "private, no-cache")
	http.ServeContent(w, r, "", time.Time{}, file)
	return nil
}

func (s *Site) paperFile(w http.ResponseWriter, r *http.Request) error {
	p, file, err := s.outcomes.Paper(r.Context(), auth.From(r.Context()), outcomes.ID(r.PathValue("delivery")), number(r))
	if err != nil {
		return err
	}
	defer file.Close()
	return give(w, r, p.Name, file)
}

func (s *Site) proofFile(w http.ResponseWriter, r *http.Request) error {
	p, file, err := s.outcomes.Proof(r.Context(), auth.From(r.Context()), outcomes.ID(r.PathValue("delivery")), number(r))
	if err != nil {
		return err
	}
	defer file.Close()
	return give(w, r, p.Name, file)
}

func (s *Site) answerFile(w http.ResponseWriter, r *http.Request) error {
	p, file, err := s.outcomes.AnswerFile(r.Context(), auth.From(r.Context()), outcomes.ID(r.PathValue("answer")))
	if err != nil {
		return err
	}
	defer file.Close()
	return give(w, r, p.Name, file)
}

// number is the place of a file in the address; what is none is no file.
func number(r *http.Request) int {
	n, err := strconv.Atoi(r.PathValue("n"))
	if err != nil {
		return -1
	}
	return n
}

// preview hands out a paper of a frozen version, before it is chosen.
func (s *Site) preview(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.worker(r)
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(r.PathValue("version"))
	if err != nil {
		return fault.New(fault.Missing, "outcomes.file.missing")
	}
	id := positionID(r.PathValue("position"))
	doc, err := s.positions.Document(r.Context(), f.Actor, id, version, positions.Kind(r.PathValue("kind")), r.PathValue("lang"), r.PathValue("format"))
	if err != nil {
		return err
	}
	if err := s.own(r, f, file, id); err != nil {
		return err
	}
	return give(w, r, doc.Name, bytes.NewReader(doc.Bytes))
}
