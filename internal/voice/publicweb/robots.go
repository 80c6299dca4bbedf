package publicweb

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// host is the public address without its scheme.
func (s *Site) host() string {
	_, host, _ := strings.Cut(s.site.House.URL, "://")
	return host
}

// robots tells programs what to leave alone: personal links, and pages without end.
func (s *Site) robots(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := fmt.Fprintf(w, "User-agent: *\nDisallow: /a/\nDisallow: /sign-in\nDisallow: /search\nDisallow: /look\n\nSitemap: %s/sitemap.xml\n", s.site.House.URL)
	return err
}

// security says where to write about a hole, as RFC 9116 has it. It is renewed by
// being asked for.
func (s *Site) security(w http.ResponseWriter, r *http.Request) error {
	who := s.who(r.Context())
	if who.Email == "" {
		return s.site.NotFound(w, r)
	}
	expires := s.site.Today().AddMonths(6).Start(time.UTC)
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, err := fmt.Fprintf(w, "Contact: mailto:%s\nExpires: %s\nPreferred-Languages: sl, en\nCanonical: %s/.well-known/security.txt\n",
		who.Email, expires.Format(time.RFC3339), s.site.House.URL)
	return err
}

// mostMapped bounds each kind of page in the map: what is newest is in it.
const mostMapped = 1000

type siteMap struct {
	XMLName xml.Name  `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
	URLs    []siteURL `xml:"url"`
}

type siteURL struct {
	Loc string `xml:"loc"`
}

// sitemap lists the public pages.
func (s *Site) sitemap(w http.ResponseWriter, r *http.Request) error {
	paths := []string{"/", "/z", "/feeds", "/acts", "/uptake"}
	files, err := s.Cases.List(r.Context(), auth.Actor{}, cases.Query{Limit: mostMapped})
	if err != nil {
		return err
	}
	for _, c := range files {
		paths = append(paths, caseLink(c.ID))
	}
	asked, err := s.Consult.Public(r.Context(), mostMapped)
	if err != nil {
		return err
	}
	for _, c := range asked {
		paths = append(paths, consultationLink(c.ID))
	}
	held, err := s.Positions.Public(r.Context(), time.Time{}, mostMapped)
	if err != nil {
		return err
	}
	for _, p := range held {
		paths = append(paths, positionLink(p))
	}
	var m siteMap
	for _, path := range paths {
		m.URLs = append(m.URLs, siteURL{s.site.House.URL + path})
	}
	return answerXML(w, r, "application/xml; charset=utf-8", m, time.Time{})
}
