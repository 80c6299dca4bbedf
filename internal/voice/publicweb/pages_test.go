package publicweb

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

var (
	tags   = regexp.MustCompile(`(?s)<script.*?</script>|<[^>]*>`)
	spaces = regexp.MustCompile(`[\s\x{a0}]+`)
)

// plainText is what a page says.
func plainText(page string) string {
	return spaces.ReplaceAllString(tags.ReplaceAllString(page, " "), " ")
}

func says(t *testing.T, page string, all ...string) {
	t.Helper()
	text := plainText(page)
	for _, want := range all {
		if !strings.Contains(text, want) {
			t.Errorf("nobody reads %q in %s", want, text)
		}
	}
}

// A new house has nothing to show, and says so without a number.
func TestHome_new(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, steps()...))
	body := h.see("home-new", "/")
	says(t, body, "Govorimo za neodvisno kulturo", "Za letos še ni česa šteti", "Trenutno ne sprašujemo o ničemer", "Javnih stališč še ni", "Javnih zadev še ni")
	if strings.Contains(body, "Smo zveza") || strings.Contains(body, "figure-num") {
		t.Error("a new house counts what it has not got")
	}
}

// A house that has said nothing of itself yet has its name, and asks nobody to write
// to nowhere.
func TestHome_bare(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, steps()...))
	h.site.who = func(context.Context) Profile { return Profile{} }
	body := h.get("/")
	if !strings.Contains(body, `<h1 class="display" lang="sl">Mreža neodvisne kulture</h1>`) || strings.Contains(body, "mailto:") || strings.Contains(body, "#join") {
		t.Errorf("a bare house says %s", plainText(body))
	}
}

func TestHome(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.fill()
		body := h.see("home", "/")
		says(t, body,
			"Smo zveza 2 organizacij in 1 posameznice ali posameznika, ustanovljena leta 2004.",
			"še 7 dni do 24. 11. 2026 Novela Zakona o podpori neodvisni kulturi", "2 določbi · 0 odgovorov",
			"17. 11. 2026 različica 1 Stališče do prvega osnutka", "3 predlogi · 2 upoštevana, od tega v celoti 1", "delno upoštevano",
			"Leto 2026 do 17. novembra", "vprašanih organizacij podpira zadnje stališče: Stališče do prvega osnutka 41 od 58",
			"Zadeva 2026/001", "poslali smo pripombe",
			"Pišite nam pisarna@mnk.example",
		)
		if !strings.Contains(body, `href="/o/`+string(h.asked)+`"`) || !strings.Contains(body, `href="/z/`+string(h.id)+`"`) || !strings.Contains(body, `href="`+positionLink(h.position)+`"`) {
			t.Error("a link is missing")
		}
		h.lang, h.theme = "en", "dark"
		says(t, h.see("home-en", "/"), "We speak for independent culture", "7 days left", "2 taken up, 1 in full")
	})
}

func TestFile(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.fill()
		body := h.see("file", "/z/"+string(h.id))
		says(t, body,
			"Zadeva 2026/001", "Novela Zakona o podpori neodvisni kulturi (ZPNK-A)", "EVA 2026-3355-0007",
			"Ministrstvo za umetnost in ustvarjalnost stališče "+string(h.position.ID)+", različica 1 odgovor po 0 dneh",
			"Predlogi bodo upoštevani v drugem osnutku. vsebinski odgovor",
			"1. predlog 12. člen, prvi odstavek Dve leti delovanja", "ni upoštevano",
			"Honorar za delo, ki se financira po tem zakonu", // the passage that proves it, of the text that is open
			"3. predlog 23. člen", "upoštevano",
			"kršitev: premalo časa za odziv", "Pravilo je 30 do 60 dni.", "Tako je presodilo združenje",
			"objavljen osnutek", "konec javne obravnave",
		)
		if !strings.Contains(body, `href="/acts/`) || strings.Contains(body, string(h.closed)) {
			t.Error("the open text has no link, or the closed one has")
		}
		h.lang = "en"
		says(t, h.see("file-en", "/z/"+string(h.id)), "What became of the proposals", "answered to the matter")
	})
}

// Of a position that has been changed both versions can be read, and the older one
// says that it is.
func TestFile_versions(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, steps()...)).fill()
	ctx := t.Context()
	p := must(h.site.Positions.Next(ctx, neza, h.position.ID))(t)
	p = must(h.site.Positions.SetMandate(ctx, neza, p.ID, p.Revision, positions.Mandate{Body: positions.Board, On: civil.On(2026, 11, 16), For: 7, Rule: "Statut, 31. člen"}))(t)
	p = must(h.site.Positions.Approve(ctx, board, p.ID, p.Revision))(t)
	h.at = h.at.AddDate(0, 0, 1)
	must(h.site.Positions.Freeze(ctx, neza, p.ID, p.Revision))(t)
	body := h.get("/z/" + string(h.id))
	says(t, body, "18. 11. 2026 različica 2", "17. 11. 2026 različica 1", "starejša različica")
	if n := strings.Count(body, ">Kaj je nastalo iz predlogov<"); n != 1 {
		t.Errorf("%d ledgers of one position", n)
	}
	if n := len(atom(t, h.get("/feeds/positions.atom"), "https://mnk.example/feeds/positions.atom").all("entry")); n != 1 {
		t.Errorf("%d entries of one position", n)
	}
}

// A rulebook is only recommended to be consulted on: that is no breach.
func TestFile_rulebook(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, steps()...))
	c := must(h.site.Cases.Open(t.Context(), neza, cases.Case{Title: "Pravilnik o razpisih", Kind: "rulebook", Body: "ministry_culture", Public: true}))(t)
	h.event(c.ID, cases.DraftPublished, h.site.site.Today().AddDays(-10), "")
	h.event(c.ID, cases.ConsultationCloses, h.site.site.Today().AddDays(-3), "")
	body := h.get("/z/" + string(c.ID))
	says(t, body, "se ne šteje Za odziv je 7 dni. predpis ministra: javna obravnava je le priporočena: to ni kršitev.")
	if strings.Contains(plainText(body), "kršitev:") {
		t.Error("a rulebook is said to breach a rule that does not bind it")
	}
}

func TestConsultation(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.fill()
		body := h.see("consultation", "/o/"+string(h.asked))
		says(t, body, "Tri leta delovanja namesto petih", "Prej je bilo pet let.", "12. člen, prvi odstavek", "(1) Za podporo lahko zaprosi organizacija",
			"še 7 dni", "0 od 3 vprašanih", "prek povezave, ki so jo dobili po e-pošti")
		h.at = h.at.AddDate(0, 0, 8)
		says(t, h.get("/o/"+string(h.asked)), "Posvetovanje je končano.")
	})
}

// What is not public asks a passer-by to sign in, and sends those who may see it to
// where it is worked on.
func TestHidden(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.fill()
		for path, inside := range map[string]string{
			"/z/" + string(h.secret): "/cases/" + string(h.secret),
			"/o/" + string(h.hidden): "/cases/" + string(h.id) + "/consultations/" + string(h.hidden),
		} {
			for _, one := range []struct {
				who  auth.Actor
				want string
			}{{nobody, "/sign-in?next="}, {member, inside}, {neza, inside}} {
				h.who = one.who
				w := h.ask(httptest.NewRequest("GET", path, nil))
				if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), one.want) {
					t.Errorf("%s gets %d %s of %s", one.who.Name, w.Code, w.Header().Get("Location"), path)
				}
			}
		}
		for _, path := range []string{"/z/2020-001", "/o/nothing", "/feeds/nothing.atom", "/feeds/all", "/z/" + string(h.secret) + "/calendar.ics"} {
			if w := h.ask(httptest.NewRequest("GET", path, nil)); w.Code != http.StatusNotFound {
				t.Errorf("GET %s: %d", path, w.Code)
			}
		}
	})
}

var hrefs = regexp.MustCompile(`(?:href="|<loc>|URL:)(?:https://mnk\.example)?(/[^"<#\s]*)`)

// Whoever walks through all public pages, feeds and calendars reads nothing that is
// not public, whatever they may see elsewhere.
func TestNothingLeaks(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		h.fill()
		for _, who := range []auth.Actor{nobody, member, neza} {
			for _, lang := range []string{"sl", "en"} {
				h.who, h.lang = who, lang
				seen := h.walk("/", "/sitemap.xml", "/robots.txt", "/.well-known/security.txt", "/feeds/all.atom?lang=en", "/calendar.ics?lang=en")
				for path, body := range seen {
					if i := strings.Index(strings.ToLower(body), "tajn"); i >= 0 {
						t.Errorf("%q reads at %s: …%s…", who.Name, path, body[max(0, i-80):min(len(body), i+60)])
					}
					if who != neza && strings.Contains(body, "Škrbec") || strings.Contains(body, "Tratar") {
						t.Errorf("%s names who works on it", path)
					}
				}
				for _, path := range []string{"/z/" + string(h.id), "/o/" + string(h.asked), "/feeds", "/z", "/z/" + string(h.id) + "/calendar.ics", "/feeds/cases.atom"} {
					if !slices.ContainsFunc(keys(seen), func(s string) bool { return strings.TrimSuffix(s, "?lang=en") == path }) {
						t.Errorf("no way leads to %s", path)
					}
				}
			}
		}
	})
}

// walk follows all links of this package's pages.
func (h *house) walk(from ...string) map[string]string {
	h.t.Helper()
	seen := map[string]string{}
	ours := regexp.MustCompile(`^/($|\?|[zo](/|$|\?)|feeds|calendar\.ics|sitemap\.xml|robots\.txt|\.well-known)`)
	for len(from) > 0 {
		path := from[0]
		from = from[1:]
		if _, ok := seen[path]; ok || !ours.MatchString(path) {
			continue
		}
		seen[path] = strings.ReplaceAll(h.get(path), "\r\n ", "")
		for _, m := range hrefs.FindAllStringSubmatch(seen[path], -1) {
			from = append(from, m[1])
		}
	}
	return seen
}

func keys(m map[string]string) (list []string) {
	for k := range m {
		list = append(list, k)
	}
	return list
}

// What was done last stands first, also where another case was worked on after it.
func TestHome_order(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		for _, c := range []struct {
			title string
			on    civil.Date
		}{{"Novejša", civil.On(2026, 3, 2)}, {"Starejša", civil.On(2025, 3, 2)}} {
			file := must(h.site.Cases.Open(t.Context(), neza, cases.Case{Title: c.title, Kind: procedure.Law, Variant: procedure.Ordinary, Opened: c.on, Public: true, Owner: neza.User}))(t)
			h.event(file.ID, cases.DraftPublished, c.on, "")
		}
		h.who = auth.Actor{}
		for _, path := range []string{"/", "/z"} {
			if body := h.get(path); strings.Index(body, "Novejša") > strings.Index(body, "Starejša") {
				t.Errorf("on %s what is older stands first", path)
			}
		}
	})
}
