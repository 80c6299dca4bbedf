package page

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/klauspost/compress/gzhttp"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

const policy = "default-src 'none'; style-src 'self' 'nonce-%s'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"

// Guard wraps all pages: the headers that keep a browser from harm, no write from
// another site, an answer also where a page panics, small answers. What a page does
// not say otherwise is kept by nobody but the one who asked.
func (s *Site) Guard(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(s.Handle(func(http.ResponseWriter, *http.Request) error {
		return fault.New(fault.Denied, "page.cross")
	}))
	secure := strings.HasPrefix(s.House.URL, "https://")
	missing := s.Handle(s.NotFound)
	guarded := cross.Handler(s.caught(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !sound(r.URL) {
			missing.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})))
	headed := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		nonce := rand.Text()
		h.Set("Content-Security-Policy", fmt.Sprintf(policy, nonce))
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "private, no-cache")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		if secure {
			h.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		guarded.ServeHTTP(w, r.WithContext(templ.WithNonce(r.Context(), nonce)))
	})
	return gzhttp.GzipHandler(headed)
}

// Choice remembers the language and the look that a person chose:
// GET /look?lang=en&theme=dark&next=/cases. It changes nothing but their own cookie.
func Choice(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	for _, name := range []string{"lang", "theme"} {
		if v := q.Get(name); v != "" && len(v) < 12 {
			http.SetCookie(w, &http.Cookie{Name: name, Value: v, Path: "/", MaxAge: int((365 * 24 * time.Hour).Seconds()), HttpOnly: true, SameSite: http.SameSiteLaxMode})
		}
	}
	http.Redirect(w, r, Local(q.Get("next")), http.StatusSeeOther)
	return nil
}

// Local is the path if it is one of this house, else the first page: a link from
// outside cannot send a person on to another site.
func Local(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\n\r\t") {
		return "/"
	}
	return path
}
