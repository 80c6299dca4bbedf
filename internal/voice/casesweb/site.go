// Package casesweb has the office's first pages: Today, and the files of cases
// from the text that is pasted to the day they are closed.
package casesweb

import (
	"context"
	"embed"
	"io"
	"net/http"

	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/paper/reader"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// Outside is what the pages need of others.
type Outside struct {
	Corpus *corpus.Desk
	Blobs  blob.Store
	// ReadFile reads a dropped file as text. What it cannot read is a
	// *reader.Refusal.
	ReadFile func(ctx context.Context, name string, r io.ReadSeeker, size int64) (reader.Text, error)
	// People are those who may be given a case or a thing to do.
	People func(ctx context.Context) ([]auth.Actor, error)
}

// A Site is the pages.
type Site struct {
	site  *page.Site
	cases *cases.Desk
	out   Outside
}

// New makes the pages.
func New(site *page.Site, desk *cases.Desk, out Outside) *Site { return &Site{site, desk, out} }

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	for route, h := range map[string]page.Handler{
		"GET /cases/{id}": s.overview,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
}

// file reads the case of the request and makes the frame of its page.
func (s *Site) file(r *http.Request) (page.Frame, cases.File, error) {
	f := s.site.Frame(r, "nav.cases", "")
	file, err := s.cases.File(r.Context(), f.Actor, voice.CaseID(r.PathValue("id")), f.Today)
	return f, file, err
}
