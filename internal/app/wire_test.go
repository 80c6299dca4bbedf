package app_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html"
)

// The first view of a page weighs little on the wire, asks for few things, and for
// none of another host.
func TestWire(t *testing.T) {
	h, base := demoHouse(t)
	neza := visit(t, h, h.Handler(), coordinator)
	for _, c := range []struct {
		path string
		who  string // session
	}{
		{"/", ""}, {"/today", neza.cookies["session"]}, {"/cases/" + newest(t, h), neza.cookies["session"]}, {invitation(t, h, "ana.dren@pesto.example"), ""},
	} {
		t.Run(c.path, func(t *testing.T) {
			page, whole := fetch(t, base+c.path, c.who)
			total, style, code, asked := page, 0, 0, 1
			for _, link := range parts(t, whole) {
				u, err := url.Parse(link)
				if err != nil || u.Host != "" {
					t.Fatalf("%s is of another host", link)
				}
				n, _ := fetch(t, base+link, c.who)
				total, asked = total+n, asked+1
				switch {
				case strings.HasSuffix(u.Path, ".css"):
					style += n
				case strings.HasSuffix(u.Path, ".js"):
					code += n
				}
			}
			t.Logf("%d bytes in %d requests: page %d, style %d, script %d", total, asked, page, style, code)
			if total > 100<<10 || style > 20<<10 || code > 12<<10 || asked > 8 || style == 0 || code == 0 {
				t.Error("that is more than 100 KB, 20 KB of style, 12 KB of script or 8 requests")
			}
		})
	}
}

// fetch asks as a browser does, and returns the bytes on the wire, head and body, and
// what they say.
func fetch(t *testing.T, address, session string) (int, []byte) {
	t.Helper()
	r, err := http.NewRequest("GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "gzip")
	r.AddCookie(&http.Cookie{Name: "session", Value: session})
	got, err := (&http.Transport{DisableCompression: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	var head bytes.Buffer
	got.Header.Write(&head)
	body, err := io.ReadAll(got.Body)
	if err != nil || got.StatusCode != http.StatusOK {
		t.Fatal(address, got.Status, err)
	}
	whole := body
	if got.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if whole, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
	}
	return head.Len() + len(body), whole
}

// parts are the links of what a browser fetches with the page.
func parts(t *testing.T, whole []byte) (list []string) {
	t.Helper()
	doc, err := nethtml.Parse(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		link := attr(n, "src")
		if rel := attr(n, "rel"); n.Data == "link" && rel != "alternate" && rel != "canonical" {
			link = attr(n, "href")
		}
		if link != "" && !strings.HasPrefix(link, "data:") {
			list = append(list, link)
		}
	}
	return list
}
