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
	// Votes are the ballots that wait for whoever looks; nil where there are none.
	Votes func(ctx context.Context, by auth.Actor, f page.Frame) ([]page.Row, error)
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
		"GET /today":                                s.today,
		"GET /today.csv":                            s.todayCSV,
		"GET /today/snooze":                         s.snooze,
		"POST /today/snooze":                        s.snooze,
		"GET /today/hand-over":                      s.handOver,
		"POST /today/hand-over":                     s.handOver,
		"GET /today/done":                           s.done,
		"POST /today/done":                          s.done,
		"GET /cases":                                s.list,
		"GET /cases.csv":                            s.listCSV,
		"GET /cases/new":                            s.newCase,
		"POST /cases/new":                           s.newCase,
		"GET /intakes/{intake}":                     s.intake,
		"POST /intakes/{intake}":                    s.intake,
		"POST /intakes/{intake}/text":               s.retype,
		"GET /intakes/{intake}/drop":                s.dropIntake,
		"POST /intakes/{intake}/drop":               s.dropIntake,
		"GET /cases/{id}":                           s.overview,
		"GET /cases/{id}/edit":                      s.edit,
		"POST /cases/{id}/edit":                     s.edit,
		"GET /cases/{id}/drafts":                    s.drafts,
		"GET /cases/{id}/contacts":                  s.contacts,
		"GET /cases/{id}/contacts/new":              s.contactForm,
		"POST /cases/{id}/contacts/new":             s.contactForm,
		"GET /cases/{id}/evidence":                  s.evidence,
		"GET /cases/{id}/evidence/new":              s.evidenceForm,
		"POST /cases/{id}/evidence/new":             s.evidenceForm,
		"POST /cases/{id}/evidence/{evidence}/drop": s.dropEvidence,
		"GET /cases/{id}/history":                   s.history,
		"GET /cases/{id}/events/new":                s.eventForm,
		"POST /cases/{id}/events/new":               s.eventForm,
		"GET /cases/{id}/events/{event}":            s.eventForm,
		"POST /cases/{id}/events/{event}":           s.eventForm,
		"POST /cases/{id}/events/{event}/drop":      s.dropEvent,
		"GET /cases/{id}/deadlines/new":             s.deadlineForm,
		"POST /cases/{id}/deadlines/new":            s.deadlineForm,
		"GET /cases/{id}/related":                   s.relatedForm,
		"POST /cases/{id}/related":                  s.relatedForm,
		"GET /cases/{id}/breach":                    s.breachForm,
		"POST /cases/{id}/breach":                   s.breachForm,
		"GET /cases/{id}/public":                    s.publicForm,
		"POST /cases/{id}/public":                   s.publicForm,
		"GET /cases/{id}/close":                     s.closeForm,
		"POST /cases/{id}/close":                    s.closeForm,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
}

// file reads the case of the request and makes the frame of its page. These pages
// are for those who have signed in; passers-by have the public page of a case.
func (s *Site) file(r *http.Request) (page.Frame, cases.File, error) {
	f := s.site.Frame(r, "nav.cases", "")
	file, err := s.cases.File(r.Context(), f.Actor, voice.CaseID(r.PathValue("id")), f.Today)
	if err == nil {
		err = f.Actor.Must(voice.See)
	}
	return f, file, err
}
