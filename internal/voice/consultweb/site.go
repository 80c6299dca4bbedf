// Package consultweb has the pages of consultations: the one that a member answers
// on, from the link in their letter and without an account, and those on which the
// office asks, follows and reads.
//
// What holds of the page behind a link:
//
//   - GET changes nothing, for programs that look into mail open every link. That
//     somebody has opened it is noted by the first POST: one that the page's script
//     makes on its own (/seen), or the first saving.
//   - No answer may be kept by a cache or found by a search engine, and no address
//     is told to other sites.
//   - A token is in no line that the program logs.
package consultweb

import (
	"embed"
	"net/http"
	"net/url"

	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/consult"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// Site is the pages.
type Site struct {
	site *page.Site
	Desks
}

// Desks are those that the pages ask.
type Desks struct {
	Consult *consult.Desk
	Cases   *cases.Desk
	Law     *corpus.Desk
	Members *members.Desk
}

// New makes the pages.
func New(site *page.Site, desks Desks) *Site { return &Site{site, desks} }

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	const one = "/cases/{id}/consultations/{cid}"
	for route, h := range map[string]page.Handler{
		"GET /cases/{id}/consultations":      s.list,
		"GET /cases/{id}/consultations/new":  s.form,
		"POST /cases/{id}/consultations/new": s.form,
		"GET " + one:                         s.office,
		"GET " + one + "/edit":               s.form,
		"POST " + one + "/edit":              s.form,
		"GET " + one + "/open":               s.open,
		"POST " + one + "/open":              s.open,
		"GET " + one + "/close":              s.close,
		"POST " + one + "/close":             s.close,
		"GET " + one + "/remind":             s.remind,
		"POST " + one + "/remind":            s.remind,
		"POST " + one + "/extend":            s.extend,
		"POST " + one + "/show":              s.show,
		"POST " + one + "/read":              s.read,
		"POST " + one + "/invite":            s.invite,
		"GET " + one + "/matrix":             s.matrix,
		"GET " + one + "/provisions/{eid}":   s.provision,
		"GET " + one + "/type-in":            s.typeIn,
		"POST " + one + "/type-in":           s.typeIn,
		"GET " + one + "/comments.csv":       s.csv,
		"GET " + one + "/comments.json":      s.json,
		"GET /mine":                          s.mine,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
	for _, base := range []string{"/a/{token}", "/mine/{invitation}"} {
		for route, h := range map[string]page.Handler{
			"GET " + base:                 s.answer,
			"POST " + base + "/seen":      s.seen,
			"POST " + base + "/save":      s.save,
			"POST " + base + "/send":      s.send,
			"GET " + base + "/sent":       s.sent,
			"GET " + base + "/decline":    s.decline,
			"POST " + base + "/decline":   s.decline,
			"GET " + base + "/hand-over":  s.handOver,
			"POST " + base + "/hand-over": s.handOver,
		} {
			mux.Handle(route, s.quiet(h))
		}
	}
}

// quiet keeps the pages of a link out of caches, search engines, other sites'
// logs, and our own.
func (s *Site) quiet(h page.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Robots-Tag", "noindex, nofollow")
		// No other site is told the address. Ours is: phones that send no Sec-Fetch-Site
		// could not show otherwise that the form comes from our own page.
		w.Header().Set("Referrer-Policy", "same-origin")
		if err := h(w, r); err != nil {
			hidden := r.Clone(r.Context())
			hidden.URL = &url.URL{Path: "/a/-"}
			if r.PathValue("token") == "" {
				hidden.URL.Path = r.URL.Path
			}
			s.site.Fail(w, hidden, err)
		}
	})
}

// way is how the request comes to an invitation, and the address of its pages.
func way(r *http.Request) (consult.Way, string) {
	if token := r.PathValue("token"); token != "" {
		return consult.Way{Token: token}, "/a/" + url.PathEscape(token)
	}
	id := r.PathValue("invitation")
	return consult.Way{By: auth.From(r.Context()), ID: consult.InvitationID(id)}, "/mine/" + url.PathEscape(id)
}

// head reads the case of the request and makes the frame of its page.
func (s *Site) head(r *http.Request) (voiceweb.CaseHead, error) {
	f := s.site.Frame(r, "nav.cases", "")
	file, err := s.Cases.File(r.Context(), f.Actor, voice.CaseID(r.PathValue("id")), f.Today)
	if err == nil {
		err = f.Actor.Must(voice.See) // passers-by have the public page of a consultation
	}
	if err != nil {
		return voiceweb.CaseHead{}, err
	}
	return voiceweb.Head(f, file, "consultation"), nil
}

// one reads the consultation of the request too.
func (s *Site) one(r *http.Request) (voiceweb.CaseHead, consult.Consultation, error) {
	h, err := s.head(r)
	if err != nil {
		return h, consult.Consultation{}, err
	}
	c, err := s.Consult.Consultation(r.Context(), h.Actor, voice.ConsultationID(r.PathValue("cid")))
	if err == nil && c.Case != h.ID {
		err = missing()
	}
	return h, c, err
}
