package i18n

import (
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
)

var words = fstest.MapFS{
	"lang/sl.json": {Data: []byte(`{
		"hello": "Pozdravljeni v {{.place}}",
		"only.sl": "samo tu",
		"orgs": {"one": "{{.n}} organizacija", "two": "{{.n}} organizaciji", "few": "{{.n}} organizacije", "other": "{{.n}} organizacij"}
	}`)},
	"lang/en.json": {Data: []byte(`{
		"hello": "Welcome to {{.place}}",
		"orgs": {"one": "{{.n}} organisation", "other": "{{.n}} organisations"}
	}`)},
}

func load(t *testing.T) *Book {
	t.Helper()
	b, err := Load(words)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Slovenian counts one, two, three and four, many, and begins anew at 101.
func TestT_plurals(t *testing.T) {
	sl, en := load(t).In("sl"), load(t).In("en")
	for _, tt := range []struct {
		n      int
		sl, en string
	}{
		{0, "0 organizacij", "0 organisations"},
		{1, "1 organizacija", "1 organisation"},
		{2, "2 organizaciji", "2 organisations"},
		{3, "3 organizacije", "3 organisations"},
		{5, "5 organizacij", "5 organisations"},
		{101, "101 organizacija", "101 organisations"},
		{1102, "1.102 organizaciji", "1,102 organisations"},
	} {
		if got := sl.T("orgs", "n", tt.n); got != tt.sl {
			t.Errorf("sl %d: %q, want %q", tt.n, got, tt.sl)
		}
		if got := en.T("orgs", "n", tt.n); got != tt.en {
			t.Errorf("en %d: %q, want %q", tt.n, got, tt.en)
		}
	}
}

// A key that a language lacks is read in the first one; one that nobody has is seen.
func TestT_missing(t *testing.T) {
	en := load(t).In("en")
	if got := en.T("only.sl"); got != "samo tu" {
		t.Error(got)
	}
	if got := en.T("no.such"); got != "⟦no.such⟧" {
		t.Error(got)
	}
	if en.Has("only.sl") || !en.Has("hello") {
		t.Error("Has")
	}
}

func TestWritten(t *testing.T) {
	sl, en := load(t).In("sl"), load(t).In("en")
	day, today := civil.On(2026, 11, 24), civil.On(2026, 11, 22)
	at := time.Date(2026, 11, 27, 9, 5, 0, 0, time.UTC)
	for _, tt := range []struct{ got, want string }{
		{sl.Date(day), "24.\u00a011.\u00a02026"},
		{en.Date(day), "24\u00a0Nov\u00a02026"},
		{sl.Long(day), "24.\u00a0novembra\u00a02026"},
		{sl.Day(day), "torek, 24.\u00a011.\u00a02026"},
		{sl.Away(day, today), "čez 2 dneva"},
		{sl.Away(today.AddDays(-1), today), "zamuja 1 dan"},
		{sl.Away(today, today), "danes"},
		{en.Away(day, today), "in 2 days"},
		{sl.Moment(at), "27.\u00a011.\u00a02026 ob 9.05"},
		{en.Moment(at), "27\u00a0Nov\u00a02026 at 09:05"},
		{sl.Share(5, 9), "56\u00a0%"},
		{en.Share(0, 0), "–"},
		{sl.Size(2_100_000), "2,1\u00a0MB"},
		{en.Size(84_213), "84\u00a0kB"},
		{sl.Number(-1450), "−1.450"},
		{sl.List([]string{"a", "b", "c"}), "a, b in c"},
		{Bind("v hiši in s člani"), "v\u00a0hiši in s\u00a0člani"},
		{sl.T("hello", "place", "hiši"), "Pozdravljeni v\u00a0hiši"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

func TestChoose(t *testing.T) {
	for _, tt := range []struct{ accept, want string }{
		{"", "sl"}, {"de-AT,en;q=0.8", "en"}, {"hr", "en"}, {"sl-SI,en;q=0.5", "sl"}, {"fr", "sl"}, {";;;", "sl"},
	} {
		if got := Choose(tt.accept); got != tt.want {
			t.Errorf("Choose(%q) = %q, want %q", tt.accept, got, tt.want)
		}
	}
}

// The two catalogues of this package have the same keys.
func TestOwn(t *testing.T) {
	b, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(b.Keys("sl"), b.Keys("en")) {
		t.Errorf("sl %v\nen %v", b.Keys("sl"), b.Keys("en"))
	}
}
