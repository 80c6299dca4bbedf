package publicweb

import (
	"encoding/xml"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// What programs read before anything else.
func TestRobots(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, steps()...)).fill()
	if got := h.get("/robots.txt"); !strings.Contains(got, "Disallow: /a/\n") || !strings.HasSuffix(got, "\nSitemap: https://mnk.example/sitemap.xml\n") {
		t.Errorf("robots are told %q", got)
	}
	var m siteMap
	if err := xml.Unmarshal([]byte(h.get("/sitemap.xml")), &m); err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, u := range m.URLs {
		found = append(found, strings.TrimPrefix(u.Loc, "https://mnk.example"))
	}
	want := "/ /z /feeds /acts /uptake /z/" + string(h.id) + " /o/" + string(h.asked) + " " + positionLink(h.position)
	if got := strings.Join(found, " "); got != want {
		t.Errorf("the map has %s, want %s", got, want)
	}
	got := h.get("/.well-known/security.txt")
	expires := regexp.MustCompile(`(?m)^Expires: (.*)$`).FindStringSubmatch(got)
	if expires == nil || !strings.HasPrefix(got, "Contact: mailto:pisarna@mnk.example\n") {
		t.Fatalf("security.txt is %q", got)
	}
	at, err := time.Parse(time.RFC3339, expires[1])
	if err != nil || at.Before(h.at) || at.After(h.at.AddDate(1, 0, 0)) {
		t.Errorf("it expires %v (%v): RFC 9116 asks for less than a year", at, err)
	}
}
