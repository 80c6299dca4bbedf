package search

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

var day = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

var office = auth.Actor{User: "o", Roles: auth.Office}

// each fills an index on both databases. A document is "title | body"; the first
// is the oldest, and its subject is its place, from "0".
func each(t *testing.T, docs []string, f func(t *testing.T, x *Index)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		x := New(db)
		for i, s := range docs {
			title, body, _ := strings.Cut(s, " | ")
			add(t, x, Doc{Kind: "act", Subject: fmt.Sprint(i), Title: title, Body: body, Audience: Public, At: day.AddDate(0, 0, i)})
		}
		f(t, x)
	}, Steps())
}

func add(t *testing.T, x *Index, docs ...Doc) {
	t.Helper()
	err := x.db.Write(t.Context(), func(tx *store.Tx) error {
		for _, d := range docs {
			if err := x.Put(t.Context(), tx, d); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// subjects lists what is found, on all pages.
func subjects(t *testing.T, x *Index, by auth.Actor, q Query) string {
	t.Helper()
	var list []string
	for range 100 {
		p, err := x.Find(t.Context(), by, q)
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		for _, h := range p.Hits {
			list = append(list, h.Subject)
		}
		if q.After = p.Next; p.Next == "" {
			return strings.Join(list, " ")
		}
	}
	t.Fatalf("%+v: no end", q)
	return ""
}

// Words are found without diacritics, in other forms and while being typed; all
// must occur, titles come first, then the newest.
func TestFind(t *testing.T) {
	docs := []string{
		"Zakon o uresničevanju javnega interesa za kulturo | Besedilo časovnega člena.", // 0
		"Dopis občini | Župana prosimo za prostore. Velja 79.č člen.",                   // 1
		"ZUJIK-I | EVA 2022-3340-0058, obravnava v kulturi",                             // 2
		"Predlog | Sprememba ZUJIK-I in 79. člena",                                      // 3
		"Закон о култури | Садржај",                                                     // 4
		"Samozaposleni v kulturi | kultura, kultura",                                    // 5
	}
	each(t, docs, func(t *testing.T, x *Index) {
		for text, want := range map[string]string{
			"casovni clen":           "0",
			"zupan":                  "1",
			"ŽUPANI":                 "1",
			"kultura":                "5 4 0 2",
			"kulturi":                "5 4 0 2",
			"člen":                   "3 1 0",
			"79.č člen":              "1",
			"79.c":                   "1",
			"79":                     "3 1",
			"ZUJIK-I":                "2 3",
			"zujik":                  "2 3",
			"2022-3340-0058":         "2",
			"2022-33":                "2",
			"2022-33 ":               "",
			"prosto":                 "1",
			"prostor obcina":         "1",
			"obcina kultura":         "",
			"zakon kultu":            "4 0",
			"ku":                     "",
			"član":                   "",
			"interes javni za":       "0",
			"nesmisel":               "",
			"":                       "",
			" .,; ":                  "",
			"%":                      "",
			"zup%":                   "",
			"_upan":                  "",
			"' OR 1=1 --":            "",
			"župan\x00 \xff":         "1",
			`"zakon o" <b>`:          "",
			strings.Repeat("č", 200): "",
		} {
			if got := subjects(t, x, office, Query{Text: text, Limit: 2}); got != want {
				t.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
	})
}

// What one may not see is not found, whatever one asks.
func TestFind_audience(t *testing.T) {
	each(t, nil, func(t *testing.T, x *Index) {
		for i, a := range []Audience{Public, For(auth.Anyone), For(auth.Insider), For(auth.Office), For(auth.Board), 0} {
			add(t, x, Doc{Kind: "case", Subject: fmt.Sprint(i), Title: "skrivnost", Audience: a, At: day.AddDate(0, 0, -i)})
		}
		for roles, want := range map[auth.Roles]string{
			auth.Nobody:              "0",
			auth.Member:              "0 1",
			auth.Office:              "0 1 2 3",
			auth.Board:               "0 1 2 4",
			auth.Administrator:       "0 1 2",
			auth.Board | auth.Office: "0 1 2 3 4",
		} {
			for _, q := range []Query{{Text: "skrivnost"}, {Text: "skrivnost "}, {Text: "skr"}, {Kind: "case"}} {
				if got := subjects(t, x, auth.Actor{Roles: roles}, q); got != want {
					t.Errorf("%s finds %q by %+v, want %q", roles, got, q, want)
				}
			}
		}
	})
}

// A document put again replaces itself, whole; a dropped one is gone, whole.
func TestPut_again(t *testing.T) {
	each(t, []string{"staro ime | stara vsebina", "drugo | vsebina"}, func(t *testing.T, x *Index) {
		add(t, x, Doc{Kind: "case", Subject: "0", Title: "novo ime", Audience: Public, At: day})
		for text, want := range map[string]string{"staro": "", "vsebina": "1", "novo": "0", "ime": "0"} {
			if got := subjects(t, x, office, Query{Text: text}); got != want {
				t.Errorf("%q finds %q, want %q", text, got, want)
			}
		}
		if got := subjects(t, x, office, Query{Text: "ime", Kind: "act"}); got != "" {
			t.Errorf("found %q by its old kind", got)
		}
		err := x.db.Write(t.Context(), func(tx *store.Tx) error {
			for _, s := range []string{"0", "1", "none"} {
				if err := x.Drop(t.Context(), tx, s); err != nil {
					return err
				}
			}
			var left int
			if err := tx.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM search_words`).Scan(&left); err != nil || left != 0 {
				t.Errorf("%d entries are left, %v", left, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// Pages join to the same list as a look at all texts gives, also where frequent
// words fill more than a window and never meet. Where titles fill more than that,
// it is the same but for the order.
func TestFind_pages(t *testing.T) {
	for _, oneTitleIn := range []int{4, 1} {
		t.Run(fmt.Sprint("one title in ", oneTitleIn), func(t *testing.T) {
			each(t, nil, func(t *testing.T, x *Index) {
				all := randomDocs(oneTitleIn)
				add(t, x, all...)
				for _, text := range []string{"deset polovica ", "petdeset ", "xavier polovica ", "xavier yvonne ", "polo", "xavier pol", "deset xavier petd"} {
					want := plainFind(all, text)
					got := strings.Fields(subjects(t, x, office, Query{Text: text, Limit: 97}))
					if oneTitleIn == 1 {
						slices.Sort(want)
						slices.Sort(got)
					}
					if !slices.Equal(got, want) {
						t.Errorf("%q finds %d, want %d:\n%.300v\n%.300v", text, len(got), len(want), got, want)
					}
				}
			})
		})
	}
}

// randomDocs are documents, the newest first, with words of one in two, in ten
// and in fifty, and with two words that never meet. All words of a document are
// in its title or else in its body.
func randomDocs(oneTitleIn int) []Doc {
	rnd := rand.New(rand.NewPCG(2, 7))
	var all []Doc
	for i := range 5000 {
		words := []string{"xavier", "yvonne"}[i%2]
		for _, w := range []struct {
			word string
			in   int
		}{{"deset", 10}, {"petdeset", 50}, {"polovica", 2}} {
			if rnd.IntN(w.in) == 0 {
				words += " " + w.word
			}
		}
		d := Doc{Kind: "act", Subject: fmt.Sprint(i), Body: words, Audience: Public, At: day.Add(-time.Duration(i) * time.Hour)}
		if rnd.IntN(oneTitleIn) == 0 {
			d.Title, d.Body = d.Body, d.Title
		}
		all = append(all, d)
	}
	return all
}

// plainFind is the search without an index.
func plainFind(all []Doc, text string) []string {
	var titles, bodies []string
	for _, d := range all {
		has := true
		for _, w := range strings.Fields(text) {
			has = has && strings.Contains(" "+d.Title+" "+d.Body, " "+w)
		}
		switch {
		case has && d.Title != "":
			titles = append(titles, d.Subject)
		case has:
			bodies = append(bodies, d.Subject)
		}
	}
	return append(titles, bodies...)
}

func TestFind_refuses(t *testing.T) {
	each(t, nil, func(t *testing.T, x *Index) {
		_, err := x.Find(t.Context(), office, Query{Text: strings.Repeat("zakon ", 1700)})
		if !fault.Is(err, fault.TooBig) {
			t.Errorf("got %v", err)
		}
		if got := subjects(t, x, office, Query{Kind: "\x00\xff'"}); got != "" {
			t.Errorf("found %q", got)
		}
		for _, after := range []string{"x", "2-1", "0-", "0-!", "' OR 1=1"} {
			if _, err := x.Find(t.Context(), office, Query{Text: "zakon", After: after}); !fault.Is(err, fault.Invalid) {
				t.Errorf("after %q: got %v", after, err)
			}
		}
	})
}

// Marks stand at the words as they are written, "[so]".
func TestMark(t *testing.T) {
	for _, tt := range []struct{ query, text, want string }{
		{"casovni clen", "Po časovnem členu (glej ČLEN 4).", "Po [časovnem] [členu] (glej [ČLEN] 4)."},
		{"zupan", "župan", "[župan]"},
		{"zup", "Župnik in župa", "[Župnik] in [župa]"},
		{"zujik ", "ZUJIK-I velja", "[ZUJIK]-I velja"},
		{"zujik-i", "ZUJIK-I velja", "[ZUJIK-I] velja"},
		{"nič", "ne tu", "ne tu"},
		{"kultura", "", ""},
	} {
		parts, _ := mark("sl", tt.text, parse(Query{Text: tt.query}))
		if got := write(parts); got != tt.want {
			t.Errorf("%q in %q is %q, want %q", tt.query, tt.text, got, tt.want)
		}
	}
}

func write(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		if p.Mark {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestSnippet(t *testing.T) {
	long := strings.Repeat("čakamo na odločbo ", 40)
	got := write(snippet("sl", long+"in župana "+long, parse(Query{Text: "zupan"})))
	if !strings.HasPrefix(got, "… ") || !strings.HasSuffix(got, " …") || !strings.Contains(got, "in [župana] čakamo") || len(got) > snippetLength+20 {
		t.Errorf("got %q", got)
	}
	if got := write(snippet("sl", "kratko besedilo", parse(Query{Text: "zupan"}))); got != "kratko besedilo" {
		t.Errorf("got %q", got)
	}
}

// Whatever the text and the query, the parts of a mark are the text, and a
// snippet is valid and short.
func FuzzMark(f *testing.F) {
	f.Add("casovni clen", "Po časovnem členu (glej ČLEN 4).")
	f.Add("79.č", "79.č\xff\u0301a-b")
	f.Fuzz(func(t *testing.T, query, text string) {
		terms := parse(Query{Text: query})
		parts, _ := mark("sl", text, terms)
		if got := strings.NewReplacer("[", "", "]", "").Replace(write(parts)); got != strings.NewReplacer("[", "", "]", "").Replace(text) {
			t.Errorf("%q became %q", text, got)
		}
		text = strings.ToValidUTF8(text, "")
		if got := write(snippet("sl", text, terms)); got != strings.ToValidUTF8(got, "") {
			t.Errorf("snippet of %q is %q", text, got)
		}
	})
}
