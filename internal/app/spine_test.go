package app_test

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// The main pages are sound in every look: wide and narrow, light and dark, in
// Slovenian and English, with scripts and without.
func TestBrowser_pages(t *testing.T) {
	h, base := demoHouse(t)
	b := browser(t, base)
	b.size(1280, 900)
	b.open("/demo")
	b.sees("Koordinatorka")
	b.sound()
	b.shot("door")
	b.press("Vstopi: Neža Škrbec")
	b.sees("Danes")
	id := zpnk(t, h.Cases)
	for _, p := range []struct{ name, path string }{
		{"today", "/today"}, {"cases", "/cases"}, {"case", "/cases/ZPNK"}, {"new", "/cases/new"}, {"drafts", "/cases/ZPNK/drafts"},
		{"consultations", "/cases/ZPNK/consultations"}, {"contacts", "/cases/ZPNK/contacts"}, {"history", "/cases/ZPNK/history"},
		{"members", "/members"}, {"acts", "/acts"}, {"act", "/acts/zpnk"}, {"compare", "/acts/zpnk/compare"}, {"amending", "/acts/zpnk/amending"}, {"search", "/search?q=casovni+clen"}, {"house", "/house"},
		{"letters", "/house/letters"}, {"account", "/account"}, {"mine", "/mine"}, {"position", "/cases/ZPNK/position"}, {"positions", "/positions"}, {"frozen", "/s/2026-01/1"},
		{"delivered", "/cases/ZPNK/delivered"}, {"answers", "/cases/ZPNK/answers"}, {"uptake", "/cases/ZPNK/uptake"}, {"memory", "/uptake"}, {"profile", "/house/profile"},
		{"public", "/"}, {"file", "/z/ZPNK"}, {"feeds", "/feeds"},
	} {
		b.open(strings.ReplaceAll(p.path, "ZPNK", id))
		b.sound()
		b.shot(p.name)
		b.dark(true)
		b.sound()
		b.shot(p.name + "-dark")
		b.dark(false)
		b.size(320, 800)
		b.sound()
		b.shot(p.name + "-320")
		b.size(1280, 900)
	}
	b.open("/look?lang=en&next=/today")
	b.sees("Today")
	for _, path := range []string{"/today", "/cases", "/cases/" + id, "/members", "/acts/zpnk"} {
		b.open(path)
		b.sound()
		b.shot("en" + strings.ReplaceAll(path, "/", "-"))
	}
	b.scripts(false)
	b.open("/cases/" + id)
}

func zpnk(t *testing.T, desk *cases.Desk) string {
	t.Helper()
	list, err := desk.List(t.Context(), auth.House, cases.Query{Text: "ZPNK-A", Limit: 1})
	if err != nil || len(list) != 1 {
		t.Fatal(len(list), err)
	}
	return string(list[0].ID)
}
