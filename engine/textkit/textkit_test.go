package textkit

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"plain text 1", "plain text 1"},
		{"ČŠŽĆĐ čšžćđ", "cszcd cszcd"},
		{"Čopič", "copic"}, // decomposed
		{"Ärger, Straße, Øre, Łódź", "arger, strasse, ore, lodz"},
		{"Društvo", "drustvo"},
		{"Друштво", "drustvo"},
		{"Љубљана, Његош, џез, ђак, ћуприја", "ljubljana, njegos, dzez, dak, cuprija"},
		{"Скопје, Ќерка, ѓерамида, ѕвезда", "skopje, kerka, geramida, dzvezda"},
		{"Ulqin, Çka, Shqipëri", "ulqin, cka, shqiperi"},
		{"kul\u00adtura", "kultura"},
		{"12‑14", "12-14"},
		{"m²", "m2"},
	} {
		if got := Fold(tt.in); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// Words are written with bars between them, their parts in brackets after them.
func TestWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{" ,. ", ""},
		{"Prvi člen.", "Prvi|člen"},
		{"79.č člen", "79.č[79 č]|člen"},
		{"EVA 2022-3340-0058", "EVA|2022-3340-0058[2022 3340 0058]"},
		{"ZUJIK-I, ZUJIK", "ZUJIK-I[ZUJIK I]|ZUJIK"},
		{"1.234,56 EUR", "1.234,56[1 234 56]|EUR"},
		{"glasba,ples", "glasba|ples"},
		{"konec.Nato", "konec|Nato"},
		{"www.mnk.example", "www.mnk.example[www mnk example]"},
		{"d.o.o. in d. o. o.", "d.o.o[d o o]|in|d|o|o"},
		{"2022–2026 -- in/ali", "2022|2026|in/ali[in ali]"},
		{"(2) 30 %", "2|30"},
		{"Čopič", "Čopič"},
		{"\xffa\xff", "a"},
	} {
		var list []string
		for _, w := range Words(tt.in) {
			if tt.in[w.Start:w.End] != w.Text {
				t.Errorf("%q: %v is not there", tt.in, w)
			}
			s := w.Text
			var parts []string
			for _, p := range w.Parts() {
				if tt.in[p.Start:p.End] != p.Text {
					t.Errorf("%q: %v is not there", tt.in, p)
				}
				parts = append(parts, p.Text)
			}
			if parts != nil {
				s += "[" + strings.Join(parts, " ") + "]"
			}
			list = append(list, s)
		}
		if got := strings.Join(list, "|"); got != tt.want {
			t.Errorf("Words(%q) = %s, want %s", tt.in, got, tt.want)
		}
	}
}

func TestTerms(t *testing.T) {
	t.Parallel()
	got := strings.Join(Terms(language.Slovenian, "Po 79.č členu ZUJIK-I samozaposlenih"), " ")
	if want := "po 79.c 79 c cln zujik-i zujik i samozaposl"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSlug(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                              "",
		"ZUJIK-B":                       "zujik-b",
		"  Zakon o kulturi (2. del)! ":  "zakon-o-kulturi-2-del",
		"Љубав / ћуприја":               "ljubav-cuprija",
		"Ελλάδα":                        "",
		"Čast & oblast — ne hvala 100%": "cast-oblast-ne-hvala-100",
	} {
		if got := Slug(in); got != want {
			t.Errorf("Slug(%q) = %q, want %q", in, got, want)
		}
	}
}

// Lists stand in the order of their language.
func TestSortKey(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		lang language.Tag
		want string
	}{
		{language.Slovenian, "cesta|cvet|čas|delo|sad|sok|šola|tabla|zid|zlo|žaba"},
		{language.Slovenian, "Cankar|Čop|Dev|Salamun|Šalamun|Trubar|Zois|Župančič"},
		{language.Slovenian, "2. člen|2.a člen|10. člen"},
		{language.Croatian, "cvijet|čaj|ćuk|dan|džep|đak|lav|luk|ljubav|more|nos|njega|sat|šuma"},
		{language.Serbian, "авлија|бој|дан|ђак|јаје|лав|љубав|нос|његош|чај|џеп|шума"},
		{language.English, "abbey|Abbot|about"},
	} {
		list := strings.Split(tt.want, "|")
		slices.Reverse(list)
		slices.SortFunc(list, func(a, b string) int { return strings.Compare(SortKey(tt.lang, a), SortKey(tt.lang, b)) })
		if got := strings.Join(list, "|"); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.lang, got, tt.want)
		}
	}
	if SortKey(language.Slovenian, "") >= SortKey(language.Slovenian, "a") {
		t.Error("nothing stands after a")
	}
}

func TestSimilarity(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		a, b string
		want float64
	}{
		{"", "", 1},
		{"", "a", 0},
		{"Člen velja", "velja CLEN.", 1},
		{"a b", "a c", 0.5},
		{"a a", "a", 2.0 / 3},
		{"x", "y", 0},
	} {
		got, back := Similarity(tt.a, tt.b), Similarity(tt.b, tt.a)
		if got != tt.want || back != got {
			t.Errorf("Similarity(%q, %q) = %v and %v, want %v", tt.a, tt.b, got, back, tt.want)
		}
	}
}

// FuzzText: whatever the text, folding is stable and blind to composition, words
// and their parts stand where they say, keys and slugs are plain.
func FuzzText(f *testing.F) {
	for _, s := range []string{"79.č ZUJIK-I", "İstanbul ẞ ﬁ", "\xff\u0301a", "Џак ѝ", "K Å"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		fold := Fold(s)
		if again := Fold(fold); again != fold {
			t.Errorf("Fold(%q) = %q, and again %q", s, fold, again)
		}
		if utf8.ValidString(s) && Fold(norm.NFD.String(s)) != fold {
			t.Errorf("Fold(%q) differs when decomposed", s)
		}
		end := 0
		for _, w := range Words(s) {
			if w.Start < end || s[w.Start:w.End] != w.Text || w.Text == "" {
				t.Errorf("Words(%q) has %v", s, w)
			}
			end = w.End
			for _, p := range w.Parts() {
				if s[p.Start:p.End] != p.Text || p.Text == "" {
					t.Errorf("Words(%q) has part %v", s, p)
				}
			}
		}
		for _, r := range SortKey(language.Slovenian, s) {
			if !strings.ContainsRune("0123456789abcdef", r) {
				t.Errorf("the key of %q has %q", s, r)
			}
		}
		if slug := Slug(s); Slug(slug) != slug {
			t.Errorf("Slug(%q) = %q is not its own", s, slug)
		}
		for _, lang := range []language.Tag{language.Slovenian, language.English, language.Serbian} {
			Terms(lang, s)
		}
		if got := Similarity(s, s); got != 1 {
			t.Errorf("Similarity(%q, itself) = %v", s, got)
		}
	})
}
