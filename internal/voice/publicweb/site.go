// Package publicweb is the face of the association for anyone, without an account:
// its first page, its public cases and consultations, and the feeds and calendars
// by which others follow them.
//
// What holds:
//
//   - Nothing is shown here that is not public, whoever asks. Those who have signed
//     in see the same pages, with their menu.
//   - Of a public case are shown its texts, its public consultations and positions,
//     to whom they went, what came back and what became of them; never the notes of
//     the office, its own days, its contacts, addresses, proofs, or who judged.
//   - A number stands with its rule, or does not stand at all.
package publicweb

import (
	"context"
	"embed"
	"net/http"

	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/consult"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// A Profile is what the association says of itself. All of it may be empty.
type Profile struct {
	Motto   Said // one sentence, the first that anyone reads
	About   Said // who we are and how we decide; paragraphs apart by an empty line
	Join    Said // who may join, and what it costs
	Address string
	Founded int    // the year
	Email   string // where those write who want to join
}

// Said is a text in each of some languages.
type Said map[string]string

// in is the text in the language, else in another that it has, and which it is.
func (s Said) in(lang string) (text, is string) {
	for _, l := range []string{lang, "sl", "en"} {
		if s[l] != "" {
			return s[l], l
		}
	}
	return "", lang
}

// Desks are those that the pages ask.
type Desks struct {
	Members   *members.Desk
	Corpus    *corpus.Desk
	Cases     *cases.Desk
	Consult   *consult.Desk
	Positions *positions.Desk
	Outcomes  *outcomes.Desk
}

// A Site is the pages.
type Site struct {
	site *page.Site
	who  func(context.Context) Profile
	Desks
}

// New makes the pages.
func New(site *page.Site, who func(context.Context) Profile, desks Desks) *Site {
	return &Site{site, who, desks}
}

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	for route, h := range map[string]page.Handler{
		"GET /{$}":                      s.home,
		"GET /z":                        s.cases,
		"GET /z/{id}":                   s.file,
		"GET /z/{id}/calendar.ics":      s.fileCalendar,
		"GET /o/{id}":                   s.consultation,
		"GET /feeds":                    s.feeds,
		"GET /feeds/{name}":             s.feed,
		"GET /calendar.ics":             s.calendar,
		"GET /.well-known/security.txt": s.security,
		"GET /robots.txt":               s.robots,
		"GET /sitemap.xml":              s.sitemap,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
}

// Section is the key of the menu entry that is current on all pages here.
const Section = "nav.public"

// frame is the frame of a page of this package.
func (s *Site) frame(r *http.Request, path string) page.Frame {
	f := s.site.Frame(r, Section, "")
	f.Feed = inLang("/feeds/all.atom", f.Lang)
	f.Foot = s.host() + path + " · " + f.T("voice.as_on", "day", f.Date(f.Today))
	return f
}
