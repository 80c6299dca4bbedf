// Package ballotsweb has the pages of votes and elections: the ballot that a member
// casts from a phone, by a link, a code or signed in; those on which the office
// prepares, opens and closes a vote; and the result that anybody can count again.
//
// What holds of the pages of a voter:
//
//   - GET changes nothing. A ballot is cast by the second of two buttons.
//   - No answer may be kept by a cache or found by a search engine, no address is
//     told to other sites, and no token is in a line that the program logs.
//   - The receipt is shown before the ballot is cast, and is never part of an address.
package ballotsweb

import (
	"embed"
	"net/http"
	"net/url"
	"strconv"

	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// Site is the pages.
type Site struct {
	site *page.Site
	desk *ballots.Desk
}

// New makes the pages.
func New(site *page.Site, desk *ballots.Desk) *Site { return &Site{site, desk} }

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	const one = "/votes/{id}"
	for route, h := range map[string]page.Handler{
		"GET /votes":                             s.list,
		"GET /votes/help":                        s.help,
		"GET /votes/new":                         s.form,
		"POST /votes/new":                        s.form,
		"GET " + one:                             s.vote,
		"GET " + one + "/edit":                   s.form,
		"POST " + one + "/edit":                  s.form,
		"GET " + one + "/drop":                   s.drop,
		"POST " + one + "/drop":                  s.drop,
		"POST " + one + "/candidates":            s.candidate,
		"GET " + one + "/candidates/{cid}":       s.candidate,
		"POST " + one + "/candidates/{cid}":      s.candidate,
		"POST " + one + "/candidates/{cid}/drop": s.withdraw,
		"POST " + one + "/candidates/{cid}/rule": s.rule,
		"GET " + one + "/candidacies":            s.stand,
		"POST " + one + "/candidacies":           s.stand,
		"POST " + one + "/candidacies/answer":    s.answer,
		"GET " + one + "/call":                   s.call,
		"POST " + one + "/call":                  s.call,
		"GET " + one + "/schedule":               s.schedule,
		"POST " + one + "/schedule":              s.schedule,
		"POST " + one + "/decide":                s.decide,
		"GET " + one + "/result.csv":             s.resultCSV,
		"GET /votes.csv":                         s.listCSV,
		"POST " + one + "/proxies":               s.entrust,
		"POST " + one + "/proxies/{member}/drop": s.revoke,
		"GET " + one + "/open":                   s.open,
		"POST " + one + "/open":                  s.open,
		"GET " + one + "/close":                  s.close,
		"POST " + one + "/close":                 s.close,
		"GET " + one + "/annul":                  s.annul,
		"POST " + one + "/annul":                 s.annul,
		"GET " + one + "/remind":                 s.remind,
		"POST " + one + "/remind":                s.remind,
		"POST " + one + "/extend":                s.extend,
		"GET " + one + "/electors":               s.electors,
		"GET " + one + "/electors.csv":           s.electorsCSV,
		"GET " + one + "/electors/{no}":          s.readdress,
		"POST " + one + "/electors/{no}":         s.readdress,
		"GET " + one + "/codes":                  s.codes,
		"POST " + one + "/codes":                 s.codes,
		"GET " + one + "/result":                 s.result,
		"GET " + one + "/ballots":                s.ballots,
		"GET " + one + "/ballots.csv":            s.csv,
		"GET " + one + "/ballots.json":           s.json,
		"GET " + one + "/ballots.blt":            s.blt,
		"GET " + one + "/protocol.pdf":           s.protocol,
		"POST " + one + "/publish":               s.publish,
		"GET " + one + "/repeat":                 s.repeat,
		"POST " + one + "/repeat":                s.repeat,
		"GET /vote":                              s.enter,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
	mux.Handle("POST /vote", s.quiet(s.enter))
	for route, h := range map[string]page.Handler{"GET /stand/{token}": s.stand, "POST /stand/{token}": s.stand, "POST /stand/{token}/answer": s.answer} {
		mux.Handle(route, s.quiet(h))
	}
	for _, base := range []string{"/v/{token}", one + "/ballot/{no}"} {
		for route, h := range map[string]page.Handler{
			"GET " + base:             s.sheet,
			"POST " + base + "/again": s.again,
			"POST " + base + "/check": s.check,
			"POST " + base + "/cast":  s.cast,
		} {
			mux.Handle(route, s.quiet(h))
		}
	}
}

// quiet keeps the pages of a voter out of caches, search engines, other sites' logs,
// and our own.
func (s *Site) quiet(h page.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Robots-Tag", "noindex, nofollow")
		// Guard has pages named to our own only. Were they named to nobody, phones of
		// before 2023 would not say that a form comes from our own page, and could not cast.
		if err := h(w, r); err != nil {
			hidden := r.Clone(r.Context())
			hidden.URL = &url.URL{Path: "/v/-"}
			if r.PathValue("token") == "" && r.PathValue("id") != "" && r.Method == http.MethodGet {
				hidden.URL.Path = r.URL.Path
			}
			s.site.Fail(w, hidden, err)
		}
	})
}

// way is how the request comes to a ballot, and the address of its pages.
func way(r *http.Request) (ballots.Way, string) {
	if token := r.PathValue("token"); token != "" {
		return ballots.Way{Token: token}, "/v/" + url.PathEscape(token)
	}
	no, _ := strconv.Atoi(r.PathValue("no"))
	id := ballots.ID(r.PathValue("id"))
	return ballots.Way{By: auth.From(r.Context()), Vote: id, No: no}, ballots.Link(id) + "/ballot/" + strconv.Itoa(no)
}

// id is the vote of the request.
func id(r *http.Request) ballots.ID { return ballots.ID(r.PathValue("id")) }

// one reads the vote of the request and makes the frame of its page.
func (s *Site) one(r *http.Request) (page.Frame, ballots.Whole, error) {
	f := s.site.Frame(r, "nav.members", "")
	w, err := s.desk.Vote(r.Context(), f.Actor, id(r))
	f.Title = w.Title
	return f, w, err
}

// run is one for those who run votes.
func (s *Site) run(r *http.Request) (page.Frame, ballots.Whole, error) {
	f, w, err := s.one(r)
	if err == nil {
		err = f.Actor.Must(ballots.Run)
	}
	return f, w, err
}

func crumbs(f page.Frame, more ...page.Crumb) []page.Crumb {
	return append([]page.Crumb{{Label: f.T("ballots.votes"), Link: "/votes"}}, more...)
}

// moment writes an instant in the house's zone.
func (s *Site) moment(f page.Frame, w ballots.Vote) string { return f.Moment(s.site.Local(w.Closes)) }

func missing() error { return fault.New(fault.Missing, "ballots.missing") }
