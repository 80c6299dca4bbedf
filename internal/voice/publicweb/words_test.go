package publicweb

import (
	"encoding/json"
	"encoding/xml"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
)

// Both catalogues say the same things, everything that code says is in them, and
// nothing else.
func TestWords(t *testing.T) {
	t.Parallel()
	keys := map[string]map[string]any{}
	for _, lang := range []string{"sl", "en"} {
		whole := must(fs.ReadFile(Words(), "lang/"+lang+".json"))(t)
		all := map[string]any{}
		if err := json.Unmarshal(whole, &all); err != nil {
			t.Fatal(err)
		}
		keys[lang] = all
	}
	wanted := map[string]bool{}
	for _, list := range [][]string{
		keysOf("public.heard.", procedure.Respected, procedure.NoDeadline, procedure.TooShort, procedure.NotPutOut, procedure.NotCounted, procedure.Pending, ""),
		keysOf("public.channel.", outcomes.Channels()...), keysOf("public.tenor.", outcomes.Tenors()...),
		keysOf("public.text.", cases.InForce, cases.Draft, cases.Adopted), keysOf("public.feed.", feedKinds()...),
		keysOf("public.upshot.", "taken", "partly", "not", "silence", "waits", "no_effect"),
	} {
		for _, key := range list {
			wanted[key] = true
		}
	}
	for _, kind := range feedKinds() {
		wanted["public.feed."+kind+".text"] = true
		if kind != "all" {
			wanted["public."+kind] = true
		}
	}
	said := regexp.MustCompile(`"(public\.[a-z_.]*[a-z_])"`)
	for _, pattern := range []string{"*.go", "*.templ"} {
		for _, file := range must(filepath.Glob(pattern))(t) {
			if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_templ.go") {
				continue
			}
			for _, m := range said.FindAllStringSubmatch(string(must(os.ReadFile(file))(t)), -1) {
				wanted[m[1]] = true
			}
		}
	}
	for lang, all := range keys {
		for key := range wanted {
			if all[key] == nil {
				t.Errorf("%s lacks %s", lang, key)
			}
		}
		for key, words := range all {
			if !wanted[key] {
				t.Errorf("nobody says %s in %s", key, lang)
			}
			if forms, ok := words.(map[string]any); ok && len(forms) != map[string]int{"sl": 4, "en": 2}[lang] {
				t.Errorf("%s has %d plural forms in %s", key, len(forms), lang)
			}
		}
	}
}

// keysOf are the keys of all values behind a prefix.
func keysOf[S ~string](prefix string, list ...S) (keys []string) {
	for _, one := range list {
		keys = append(keys, prefix+string(one))
	}
	return keys
}

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
