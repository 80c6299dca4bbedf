package houseweb

import (
	"log/slog"
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/auth/provider"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// wayCookie holds a sign-in elsewhere while it is under way.
const wayCookie = "way"

// toProvider sends the person to the provider.
func (s *Site) toProvider(w http.ResponseWriter, r *http.Request) error {
	if s.provider == nil {
		return s.site.NotFound(w, r)
	}
	address, way, err := s.provider.Begin(r.Context(), page.Local(r.FormValue("next")))
	if err != nil {
		return logged(r, err)
	}
	s.setWay(w, way.Write(), 600)
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}

func (s *Site) setWay(w http.ResponseWriter, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{
		Name: wayCookie, Value: value, Path: "/sign-in/provider", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: strings.HasPrefix(s.site.House.URL, "https://"), MaxAge: seconds,
	})
}

// fromProvider takes the person back in. It is a GET, for so the provider sends
// people; only the browser that was sent there has the cookie that it needs.
func (s *Site) fromProvider(w http.ResponseWriter, r *http.Request) error {
	c, err := r.Cookie(wayCookie)
	if s.provider == nil || err != nil {
		return fault.New(fault.Invalid, "auth.provider.lost")
	}
	s.setWay(w, "", -1)
	way, err := provider.ReadWay(c.Value)
	if err != nil {
		return err
	}
	email, err := s.provider.Finish(r.Context(), way, r.URL.Query())
	if err != nil {
		return logged(r, err)
	}
	done, err := s.accounts.ByProvider(r.Context(), email, page.Origin(r))
	if err != nil {
		return err
	}
	s.remember(w, done)
	return s.enterAt(w, r, done, page.Local(way.Next))
}

// logged tells the log why a provider did not answer; the person reads that it did
// not.
func logged(r *http.Request, err error) error {
	if fault.Is(err, fault.Busy) {
		slog.WarnContext(r.Context(), "provider of sign-in", "err", err)
	}
	return err
}
