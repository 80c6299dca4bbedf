// Package outcomesweb has the pages of what came of the association's work: what
// was delivered and answered, the ledger of uptake, and the memory of all years.
package outcomesweb

import (
	"embed"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// A Site is the pages.
type Site struct {
	site      *page.Site
	outcomes  *outcomes.Desk
	cases     *cases.Desk
	positions *positions.Desk
	corpus    *corpus.Desk
}

// New makes the pages.
func New(site *page.Site, o *outcomes.Desk, c *cases.Desk, p *positions.Desk, texts *corpus.Desk) *Site {
	return &Site{site, o, c, p, texts}
}

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	for route, h := range map[string]page.Handler{
		"GET /cases/{id}/delivered":      s.delivered,
		"GET /cases/{id}/delivered/new":  s.prepare,
		"POST /cases/{id}/delivered/new": s.prepare,
		"GET /cases/{id}/delivered/papers/{position}/{version}/{kind}/{lang}/{format}": s.preview,
		"GET /cases/{id}/delivered/{delivery}":                                         s.delivery,
		"GET /cases/{id}/delivered/{delivery}/change":                                  s.prepare,
		"POST /cases/{id}/delivered/{delivery}/change":                                 s.prepare,
		"GET /cases/{id}/delivered/{delivery}/send":                                    s.send,
		"POST /cases/{id}/delivered/{delivery}/send":                                   s.send,
		"GET /cases/{id}/delivered/{delivery}/proof":                                   s.addProof,
		"POST /cases/{id}/delivered/{delivery}/proof":                                  s.addProof,
		"GET /cases/{id}/delivered/{delivery}/drop":                                    s.dropDelivery,
		"POST /cases/{id}/delivered/{delivery}/drop":                                   s.dropDelivery,
		"GET /cases/{id}/delivered/{delivery}/paper/{n}":                               s.paperFile,
		"GET /cases/{id}/delivered/{delivery}/proof/{n}":                               s.proofFile,
		"GET /cases/{id}/answers":                                                      s.answers,
		"GET /cases/{id}/answers/new":                                                  s.log,
		"POST /cases/{id}/answers/new":                                                 s.log,
		"GET /cases/{id}/answers/{answer}/file":                                        s.answerFile,
		"GET /cases/{id}/answers/{answer}/drop":                                        s.unlog,
		"POST /cases/{id}/answers/{answer}/drop":                                       s.unlog,
		"GET /cases/{id}/uptake":                                                       s.ledger,
		"GET /cases/{id}/uptake.csv":                                                   s.ledgerCSV,
		"GET /cases/{id}/uptake.json":                                                  s.ledgerJSON,
		"GET /cases/{id}/uptake/silence":                                               s.silence,
		"POST /cases/{id}/uptake/silence":                                              s.silence,
		"GET /cases/{id}/uptake/accept":                                                s.accept,
		"POST /cases/{id}/uptake/accept":                                               s.accept,
		"GET /cases/{id}/uptake/{proposal}":                                            s.judge,
		"POST /cases/{id}/uptake/{proposal}":                                           s.judge,
		"GET /uptake":                                                                  s.memory,
		"GET /uptake.csv":                                                              s.memoryCSV,
		"GET /uptake.json":                                                             s.memoryJSON,
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

// member is file for those who have signed in.
func (s *Site) member(r *http.Request) (page.Frame, cases.File, error) {
	f, file, err := s.file(r)
	if err == nil {
		err = f.Actor.Must(voice.See)
	}
	return f, file, err
}

// worker is file for those who work on cases.
func (s *Site) worker(r *http.Request) (page.Frame, cases.File, error) {
	f, file, err := s.file(r)
	if err == nil {
		err = f.Actor.Must(voice.Work)
	}
	return f, file, err
}

func path(file cases.File, rest ...string) string {
	return "/cases/" + string(file.ID) + "/" + strings.Join(rest, "/")
}

// body is the name of an authority of the country.
func (s *Site) body(f page.Frame, key string) string {
	for _, a := range s.cases.Country().Authorities {
		if a.Key == key {
			return voiceweb.Label(f.Printer, a.Labels)
		}
	}
	if key == "" {
		return f.T("outcomes.body.none")
	}
	return key
}

// verdict is how a verdict looks.
func verdict(f page.Frame, v voice.Verdict) mark {
	m := mark{Tone: "none", Icon: string(v), Word: f.T("outcomes.verdict." + string(v))}
	switch v {
	case voice.Taken:
		m.Tone = "ok"
	case voice.Partly:
		m.Tone = "warn"
	case voice.Not:
		m.Tone = "error"
	case voice.Silence:
	default:
		return mark{Tone: "none", Icon: "clock", Word: f.T("outcomes.verdict.open")}
	}
	return m
}

// A mark is a status, ready to show.
type mark struct {
	Tone       page.Tone
	Icon, Word string
}

// capital begins a word as a sentence does.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
