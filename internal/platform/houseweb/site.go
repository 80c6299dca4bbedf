// Package houseweb has the pages of the house itself, which every desk relies on:
// signing in, the first administrator, accounts, the outbox, jobs, the book, and
// the search over all desks.
package houseweb

import (
	"embed"
	"net/http"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/auth/provider"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/profile"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// Site is the pages.
type Site struct {
	site     *page.Site
	db       *store.DB
	accounts *accounts.Desk
	jobs     *jobs.Desk
	mail     *mail.Desk
	search   *search.Index
	about    *profile.Desk
	demo     []auth.UserID      // the accounts that a demo house offers at its door
	provider *provider.Provider // with whose accounts people sign in; may be nil
}

// New makes the pages.
func New(site *page.Site, db *store.DB, a *accounts.Desk, j *jobs.Desk, m *mail.Desk, s *search.Index, p *profile.Desk, demo []auth.UserID) *Site {
	return &Site{site: site, db: db, accounts: a, jobs: j, mail: m, search: s, about: p, demo: demo}
}

// By has people sign in with the accounts of a provider too.
func (s *Site) By(p *provider.Provider) *Site {
	s.provider = p
	return s
}

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	for route, h := range map[string]page.Handler{
		"GET /setup/{token}":               s.setup,
		"POST /setup/{token}":              s.setup,
		"GET /sign-in":                     s.signIn,
		"POST /sign-in":                    s.signIn,
		"POST /sign-in/link":               s.askLink,
		"GET /sign-in/{token}":             s.link,
		"POST /sign-in/{token}":            s.link,
		"GET /sign-in/second":              s.second,
		"POST /sign-in/second":             s.second,
		"POST /sign-in/passkey/begin":      s.askKey,
		"POST /sign-in/passkey/finish":     s.byKey,
		"GET /sign-in/provider":            s.toProvider,
		"GET /sign-in/provider/back":       s.fromProvider,
		"GET /sure":                        s.sure,
		"POST /sure":                       s.sure,
		"GET /account/app":                 s.app,
		"POST /account/app":                s.app,
		"POST /account/app/confirm":        s.confirmApp,
		"GET /account/app/drop":            s.dropApp,
		"POST /account/app/drop":           s.dropApp,
		"POST /account/codes":              s.newCodes,
		"POST /account/passkeys/begin":     s.beginKey,
		"POST /account/passkeys/finish":    s.addKey,
		"POST /account/passkeys/{id}/name": s.nameKey,
		"GET /account/passkeys/{id}/drop":  s.dropKey,
		"POST /account/passkeys/{id}/drop": s.dropKey,
		"POST /house/people/{id}/second":   s.forgetSecond,
		"POST /sign-out":                   s.signOut,
		"GET /demo":                        s.door,
		"POST /demo":                       s.enter,
		"GET /account":                     s.account,
		"POST /account":                    s.account,
		"POST /account/password":           s.password,
		"POST /account/sessions":           s.endSession,
		"POST /account/out":                s.outEverywhere,
		"GET /house":                       s.house,
		"GET /house/people":                s.people,
		"GET /house/people/new":            s.person,
		"POST /house/people/new":           s.person,
		"GET /house/people/{id}":           s.person,
		"POST /house/people/{id}":          s.person,
		"POST /house/people/{id}/out":      s.keepOut,
		"GET /house/profile":               s.profile,
		"POST /house/profile":              s.profile,
		"GET /house/letters":               s.letters,
		"GET /house/letters/{id}":          s.letter,
		"GET /house/jobs":                  s.jobList,
		"GET /house/jobs/{id}":             s.job,
		"POST /house/jobs/{id}":            s.mendJob,
		"GET /house/book":                  s.book,
		"GET /search":                      s.find,
		"GET /look":                        page.Choice,
		"GET /privacy":                     s.privacy,
		"GET /accessibility":               s.accessibility,
		"GET /dev/parts":                   s.parts,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
}

const cookie = "session"

// Known wraps all pages: who has a session is the actor of the request.
func (s *Site) Known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := r.Cookie(cookie)
		if err != nil {
			next.ServeHTTP(w, r)
			return
		}
		who, err := s.accounts.Session(r.Context(), c.Value)
		if err != nil && fault.Of(err) == nil {
			s.site.Fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r.WithContext(auth.With(r.Context(), who)))
	})
}

func (s *Site) remember(w http.ResponseWriter, in accounts.SignedIn) {
	http.SetCookie(w, &http.Cookie{
		Name: cookie, Value: in.Token, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: strings.HasPrefix(s.site.House.URL, "https://"), MaxAge: int((30 * 24 * time.Hour).Seconds()),
	})
}

func forget(w http.ResponseWriter) {
	http.SetCookie(w, &http.Cookie{Name: cookie, Path: "/", HttpOnly: true, MaxAge: -1})
}

func token(r *http.Request) string {
	c, err := r.Cookie(cookie)
	if err != nil {
		return ""
	}
	return c.Value
}

// signedIn asks for an account, where a page is about one's own.
func signedIn(r *http.Request) (auth.Actor, error) {
	who := auth.From(r.Context())
	if who.User == "" {
		return who, fault.New(fault.Denied, "auth.sign_in_first")
	}
	return who, nil
}

// See is the right to look into the house's engine room.
var See = auth.Right{Name: "house.see", Roles: auth.Staff}

func (s *Site) lines(r *http.Request, q audit.Query) ([]audit.Line, error) {
	if err := auth.From(r.Context()).Must(See); err != nil {
		return nil, err
	}
	return store.Read(r.Context(), s.db, func(tx *store.Tx) ([]audit.Line, error) { return audit.Read(r.Context(), tx, q) })
}
