// Package admissionweb has the pages on which somebody asks to join, and those on
// which the office and the board deal with it.
//
// What holds of the page behind a link:
//
//   - GET changes nothing, for programs that look into mail open every link.
//   - A file that somebody has chosen is not lost when the form is refused.
//   - It is kept by no cache and found by no search engine, and its address is in
//     no line that the program logs.
package admissionweb

import (
	"embed"
	"net/http"
	"net/url"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/platform/page"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// Site is the pages.
type Site struct {
	site    *page.Site
	desk    *admission.Desk
	members *members.Desk
}

// New makes the pages.
func New(site *page.Site, d *admission.Desk, m *members.Desk) *Site { return &Site{site, d, m} }

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	for route, h := range map[string]page.Handler{
		"GET /join":                        s.join,
		"GET /join/person":                 s.person,
		"POST /join/person":                s.person,
		"GET /join/organisation":           s.organisation,
		"POST /join/organisation":          s.organisation,
		"GET /join/sent":                   s.sent,
		"GET /applications":                s.list,
		"GET /applications/export":         s.export,
		"GET /applications/years":          s.years,
		"GET /applications/rule":           s.rule,
		"POST /applications/rule":          s.rule,
		"GET /applications/new":            s.typeIn,
		"POST /applications/new":           s.typeIn,
		"GET /applications/{id}":           s.file,
		"GET /applications/{id}/file":      s.attachment,
		"GET /applications/{id}/edit":      s.edit,
		"POST /applications/{id}/edit":     s.edit,
		"POST /applications/{id}/board":    s.board,
		"GET /applications/{id}/decide":    s.decide,
		"POST /applications/{id}/decide":   s.decide,
		"GET /applications/{id}/appeal":    s.appeal,
		"POST /applications/{id}/appeal":   s.appeal,
		"GET /applications/{id}/withdraw":  s.takeBack,
		"POST /applications/{id}/withdraw": s.takeBack,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
	for route, h := range map[string]page.Handler{
		"GET /join/{token}":           s.link,
		"POST /join/{token}":          s.link,
		"POST /join/{token}/reply":    s.reply,
		"GET /join/{token}/withdraw":  s.withdraw,
		"POST /join/{token}/withdraw": s.withdraw,
	} {
		mux.Handle(route, s.quiet(h))
	}
}

// quiet keeps the pages of a link out of caches, search engines and logs.
func (s *Site) quiet(h page.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Robots-Tag", "noindex, nofollow")
		if err := h(w, r); err != nil {
			hidden := r.Clone(r.Context())
			hidden.URL = &url.URL{Path: "/join/-"}
			s.site.Fail(w, hidden, err)
		}
	})
}

// link is the path of an application's page, or of a page under it.
func link(id admission.ID, more string) string {
	return "/applications/" + url.PathEscape(string(id)) + more
}

// crumbs are the way to a page below the applications.
func crumbs(f page.Frame, more ...page.Crumb) []page.Crumb {
	return append([]page.Crumb{{Label: f.T("nav.members"), Link: "/members"}, {Label: f.T("admission.applications"), Link: "/applications"}}, more...)
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
