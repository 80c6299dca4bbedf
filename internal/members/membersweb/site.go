// Package membersweb has the pages of the register: the roll, an entry and what
// is done to it, imports and exports.
package membersweb

import (
	"embed"
	"net/http"
	"net/url"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/page"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// Site is the pages.
type Site struct {
	site *page.Site
	desk *members.Desk
	jobs *jobs.Desk // how far large imports are
}

// New makes the pages.
func New(site *page.Site, d *members.Desk, j *jobs.Desk) *Site { return &Site{site, d, j} }

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	for route, h := range map[string]page.Handler{
		"GET /members":                          s.roll,
		"GET /members/export":                   s.export,
		"GET /members/new":                      s.form,
		"POST /members/new":                     s.form,
		"GET /members/{id}":                     s.card,
		"GET /members/{id}/edit":                s.form,
		"POST /members/{id}/edit":               s.form,
		"GET /members/{id}/admit":               s.admit,
		"POST /members/{id}/admit":              s.admit,
		"GET /members/{id}/leave":               s.leave,
		"POST /members/{id}/leave":              s.leave,
		"GET /members/{id}/agents/new":          s.agent,
		"POST /members/{id}/agents/new":         s.agent,
		"GET /members/{id}/agents/{agent}/end":  s.endAgent,
		"POST /members/{id}/agents/{agent}/end": s.endAgent,
		"GET /members/import":                   s.upload,
		"POST /members/import":                  s.upload,
		"GET /members/import/preview":           s.preview,
		"POST /members/import/preview":          s.decide,
		"GET /members/import/undo":              s.undo,
		"POST /members/import/undo":             s.undo,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
}

// link is the path of a member's page, or of a page under it.
func link(id members.ID, more ...string) string {
	return "/members/" + url.PathEscape(string(id)) + strings.Join(more, "")
}

// word is the name of a kind, a standing or a field; a dash for none.
func word[T ~string](f page.Frame, of string, key T) string {
	if key == "" {
		return "–"
	}
	return f.T("members." + of + "." + string(key))
}

// options are the words of a list for a select, with one for none before them.
func options[T ~string](f page.Frame, of string, list []T, none string) []page.Option {
	var out []page.Option
	if none != "" {
		out = append(out, page.Option{Label: none})
	}
	for _, key := range list {
		out = append(out, page.Option{Value: string(key), Label: word(f, of, key)})
	}
	return out
}

// crumbs are the way to a page below the roll.
func crumbs(f page.Frame, more ...page.Crumb) []page.Crumb {
	return append([]page.Crumb{{Label: f.T("nav.members"), Link: "/members"}}, more...)
}
