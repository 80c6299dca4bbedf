// Package proofweb has the pages of extracts: those on which the office issues and
// withdraws them and counts electors and votes, and the one on which anybody checks
// an extract that they were given.
//
// What holds of the public page: it tells numbers and days, and no names; a file that
// is checked there is hashed and not kept.
package proofweb

import (
	"embed"
	"net/http"
	"net/url"

	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/platform/page"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// Site is the pages.
type Site struct {
	site   *page.Site
	desk   *proof.Desk
	bodies *bodies.Desk
}

// New makes the pages.
func New(site *page.Site, d *proof.Desk, b *bodies.Desk) *Site { return &Site{site, d, b} }

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	for route, h := range map[string]page.Handler{
		"GET /extracts":                    s.list,
		"GET /extracts/new":                s.form,
		"POST /extracts/new":               s.form,
		"GET /extracts/board":              s.board,
		"GET /extracts/export":             s.export,
		"GET /extracts/rules":              s.rules,
		"POST /extracts/rules":             s.rules,
		"GET /extracts/rules/drop":         s.dropRule,
		"POST /extracts/rules/drop":        s.dropRule,
		"GET /extracts/{id}":               s.extract,
		"GET /extracts/{id}/electors":      s.electors,
		"GET /extracts/{id}/file/{format}": s.file,
		"GET /extracts/{id}/withdraw":      s.withdraw,
		"POST /extracts/{id}/withdraw":     s.withdraw,
		"GET /certificates/{member}":       s.own,
		"POST /certificates/{member}":      s.own,
		"GET /certificates/{member}/list":  s.exportOwn,
		"GET /check":                       s.check,
		"POST /check":                      s.check,
		"GET /check/{token}":               s.check,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
}

func link(id proof.ID) string { return "/extracts/" + url.PathEscape(string(id)) }

func crumbs(f page.Frame, more ...page.Crumb) []page.Crumb {
	return append([]page.Crumb{{Label: f.T("nav.members"), Link: "/members"}, {Label: f.T("members.view.extracts"), Link: "/extracts"}}, more...)
}
