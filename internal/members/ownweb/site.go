// Package ownweb has the pages on which members look after themselves (/my), the one
// behind the yearly letter (/confirm), and those on which the office settles wishes,
// asks whether data are right, erases, and says how long things are kept.
package ownweb

import (
	"context"
	"embed"
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/own"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// A Shelf is what another room has for a member: their invoices, their votes. Rows
// whose button is a main one wait for the member, and stand above all else.
type Shelf struct {
	Key  string // of its headline: "own.shelf.invoices"
	Rows func(ctx context.Context, by auth.Actor, f page.Frame, id members.ID) ([]page.Row, error)
}

// Site is the pages.
type Site struct {
	site    *page.Site
	desk    *own.Desk
	members *members.Desk
	shelves []Shelf
	// Meetings are the parts of /my that tell of the meetings to which somebody is
	// called, and of those that are over; nil in a house without them.
	Meetings func(*http.Request, page.Frame) (coming, past templ.Component, err error)
	// Owes says what a member who leaves has still to pay; may be nil.
	Owes func(ctx context.Context, by auth.Actor, f page.Frame, id members.ID) (string, error)
}

// New makes the pages.
func New(site *page.Site, d *own.Desk, m *members.Desk, shelves ...Shelf) *Site {
	return &Site{site: site, desk: d, members: m, shelves: shelves}
}

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	for route, h := range map[string]page.Handler{
		"GET /my":                           s.my,
		"GET /my/{id}/edit":                 s.edit,
		"POST /my/{id}/edit":                s.edit,
		"GET /my/{id}/propose":              s.propose,
		"POST /my/{id}/propose":             s.propose,
		"POST /my/{id}/wishes/{wish}":       s.takeBack,
		"POST /my/{id}/consents":            s.agree,
		"POST /my/{id}/confirm":             s.confirmOwn,
		"GET /my/{id}/agents/new":           s.agent,
		"POST /my/{id}/agents/new":          s.agent,
		"GET /my/{id}/agents/{agent}/end":   s.endAgent,
		"POST /my/{id}/agents/{agent}/end":  s.endAgent,
		"GET /my/{id}/leave":                s.leave,
		"POST /my/{id}/leave":               s.leave,
		"GET /my/{id}/erase":                s.askErase,
		"POST /my/{id}/erase":               s.askErase,
		"GET /my/{id}/export":               s.export,
		"POST /my/{id}/export":              s.export,
		"GET /my/{id}/export/{export}":      s.exported,
		"GET /my/{id}/export/{export}/file": s.file,
		"GET /wishes":                       s.wishes,
		"POST /wishes/{id}/grant":           s.grant,
		"GET /wishes/{id}/refuse":           s.refuse,
		"POST /wishes/{id}/refuse":          s.refuse,
		"GET /confirmations":                s.campaigns,
		"POST /confirmations":               s.campaigns,
		"GET /confirmations/{id}":           s.campaign,
		"GET /confirmations/{id}/remind":    s.remind,
		"POST /confirmations/{id}/remind":   s.remind,
		"POST /confirmations/{id}/stop":     s.stopLetters,
		"POST /confirmations/{id}/go":       s.goOn,
		"GET /erasures":                     s.erasures,
		"GET /erasures/new":                 s.erase,
		"POST /erasures/new":                s.erase,
		"GET /erasures/{id}":                s.hits,
		"POST /erasures/{id}/hits/{hit}":    s.settleHit,
		"POST /erasures/{id}/all":           s.blackOutAll,
		"POST /erasures/{id}/close":         s.closeErasure,
		"GET /retention":                    s.retention,
		"POST /retention":                   s.retention,
		"GET /retention/{kind}":             s.retainNow,
		"POST /retention/{kind}":            s.retainNow,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
	for route, h := range map[string]page.Handler{"GET /confirm/{token}": s.confirm, "POST /confirm/{token}": s.confirm} {
		mux.Handle(route, s.quiet(h))
	}
}

// quiet keeps the page of a link out of caches, search engines and logs.
func (s *Site) quiet(h page.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Robots-Tag", "noindex, nofollow")
		if err := h(w, r); err != nil {
			hidden := r.Clone(r.Context())
			hidden.URL = &url.URL{Path: "/confirm/-"}
			s.site.Fail(w, hidden, err)
		}
	})
}

// sure asks that whoever is here has proved themself just now.
func (s *Site) sure(r *http.Request) error {
	if s.site.Sure == nil {
		return nil
	}
	return s.site.Sure(r)
}

func mine(id members.ID, more string) string { return "/my/" + url.PathEscape(string(id)) + more }

func idOf(r *http.Request) members.ID { return members.ID(r.PathValue("id")) }

// frame is the frame of a page below /my.
func (s *Site) frame(r *http.Request, title string) page.Frame {
	f := s.site.Frame(r, "nav.mine", "")
	f.Title, f.Size = f.T(title), "read"
	return f
}

func crumbs(f page.Frame, id members.ID) []page.Crumb {
	return []page.Crumb{{Label: f.T("own.my"), Link: home(id)}, {Label: f.Title}}
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
