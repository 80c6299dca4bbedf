package usage

import (
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
)

func TestTitlesAreComparedInAnyCase(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Zakonu o čebelah", "ZAKON O ČEBELAH", true},
		{"Zakona o čebelah", "Zakon o čebelarjih", false},
		{"Kazenskem zakoniku", "Kazenski zakonik", true},
		{"Obligacijskem zakoniku", "Kazenski zakonik", false},
		{"Zakonu o vodah", "Zakon o vodnih dovoljenjih", false},
		{"Zakonu o izvajanju Uredbe (EU) Sveta", "ZAKON O IZVAJANJU UREDBE (EU) SVETA", true},
		{"Zakonu o spremembah Zakona o čebelah", "Zakon o čebelah", false},
	} {
		if got := slovenian.Names(c.a, &lawtext.Act{Title: c.b}); got != c.same {
			t.Errorf("%s, %s: got %v", c.a, c.b, got)
		}
	}
}

func TestActsAreKnownByTheirNumber(t *testing.T) {
	t.Parallel()
	law := &lawtext.Act{Front: "official_citation: \"289/2010 Z. z.\"\n"}
	for named, want := range map[string]bool{
		"Zákon č. 289/2010 Z. z. o včelách v znení zákona č. 1/2012 Z. z.": true,
		"Zákon č. 89/2010 Z. z. o včelách":                                 false,
		"Zákon o včelách":                                                  false,
	} {
		if got := slovak.Names(named, law); got != want {
			t.Errorf("%s: got %v", named, got)
		}
	}
}

func TestFindsWholeTokensOnly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, want string
		n          int
	}{
		{"panj in panji, panj.", "panj", 2},
		{"20 in 20.000 ter 1,20", "20", 1},
		{"14. in 14.a člen", "14.", 1},
		{"iz 15., 5., 6. točke", "5.,", 1},
		{"beseda\u00a0z  razmikom", "beseda z razmikom", 1},
		{"social‑liberalni", "liberalni", 0},
		{"a", "", 0},
	} {
		if got := Find(c.text, c.want); len(got) != c.n {
			t.Errorf("%q in %q: got %v, want %d", c.want, c.text, got, c.n)
		}
	}
}

func TestSentencesEndWhereItIsSure(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		n    int
		sure bool
	}{
		{"Med je sladek. Vosek je trd.", 2, true},
		{"Po Uredbi (UL L št. 5) velja. Konec.", 2, true},
		{"Do leta 2020. Vlada poroča.", 1, false},
		{"Delajo dr. Novak in drugi.", 1, true},
		{"To velja za d. d. Pivka.", 1, true},
	} {
		if ends, sure := slovenian.Sentences(c.text); len(ends) != c.n || sure != c.sure {
			t.Errorf("%q: got %v %v", c.text, ends, sure)
		}
	}
}

// Words are not taken out of brackets or quotation marks so that nothing is left
// in these, or a sign that parted them.
func TestSpliceLeavesNoEmptyBrackets(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, out, want string }{
		{"med (cvetni) in vosek", "cvetni", "!"},
		{"med (cvetni) in vosek", "(cvetni)", "med in vosek"},
		{"izraz »med« in vosek", "med", "!"},
		{"izraz »med« in vosek", "»med«", "izraz in vosek"},
		{"med (cvetni, gozdni) in vosek", "cvetni", "!"},
		{"med (cvetni, gozdni) in vosek", "cvetni,", "med (gozdni) in vosek"},
		{"med (cvetni, gozdni) in vosek", ", gozdni", "med (cvetni) in vosek"},
		{"med (cvetni, gozdni) in vosek", "gozdni", "!"},
		{"med () in prazen (oklepaj)", "in prazen", "med () (oklepaj)"},
	} {
		at := Find(c.text, c.out)[0]
		got, ok := Splice(c.text, at[0], at[1], "")
		if !ok {
			got = "!"
		}
		if got != c.want {
			t.Errorf("%q without %q: got %q, want %q", c.text, c.out, got, c.want)
		}
	}
}
