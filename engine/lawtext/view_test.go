package lawtext

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lang, text, want string }{
		{"sl", "Klub je prost. Vodi ga svet, ki ga izvoli skupščina.", "Klub je prost.|Vodi ga svet, ki ga izvoli skupščina."},
		{"sl", "Velja Zakon o vodah (Uradni list RS, št. 67/02. Drugi so tudi) in 5. člen. Ali tudi št. 3?", "Velja Zakon o vodah (Uradni list RS, št. 67/02. Drugi so tudi) in 5. člen.|Ali tudi št. 3?"},
		{"sl", "Družba d. o. o. Novak plača. Do leta 2020. Vlada", "Družba d. o. o. Novak plača.|Do leta 2020. Vlada?"},
		{"sl", "Glasi: »To velja. Res.«. Konec", "Glasi: »To velja.|Res.«.|Konec"},
		{"sk", "Podľa § 5 ods. 2 písm. a) platí. Ostatné neplatí.", "Podľa § 5 ods. 2 písm. a) platí.|Ostatné neplatí."},
		{"de", "Es gilt Art. 5 Abs. 2 Nr. 3. Die Regierung (z. B. Land) regelt es.", "Es gilt Art. 5 Abs. 2 Nr. 3. Die Regierung (z. B. Land) regelt es.?"},
		{"sl", "", ""},
	} {
		a := &Act{Lang: c.lang}
		n := &Node{ID: "art_1__para_1", Intro: c.text}
		var got []string
		for i, s := range a.Sentences(n) {
			if n.Intro[s.Span.Start:s.Span.End] != s.Text || s.ID != fmt.Sprintf("art_1__para_1__sent_%d", i+1) {
				t.Errorf("%q is not at %v of %s", s.Text, s.Span, s.ID)
			}
			if !s.Sure {
				s.Text += "?"
			}
			got = append(got, s.Text)
		}
		equal(t, c.text, strings.Join(got, "|"), c.want)
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	order := []string{"5", "50", "a51", "51", "51.a", "51.aa", "51.b", "51.ba", "51.c", "a51.č", "51.č", "51.š", "52"}
	var nums []Number
	for _, s := range order {
		n, ok := ReadNumber(s)
		if !ok {
			t.Errorf("%q is no number", s)
		}
		nums = append(nums, n)
	}
	if !slices.IsSortedFunc(nums, Number.Compare) {
		t.Errorf("not in order: %v", nums)
	}
	for s, want := range map[string]Number{
		"a51.š": {Before: "a", N: 51, After: "š"}, "51a": {N: 51, After: "a"}, "5bis": {N: 5, After: "bis"},
		"IX.a": {N: 9, After: "a", Roman: true}, "XIV": {N: 14, Roman: true}, "č": {After: "č"},
	} {
		if got, ok := ReadNumber(s); !ok || got != want {
			t.Errorf("%s: got %+v", s, got)
		}
	}
	for _, s := range []string{"", "1-2", "§", "99999999999999999999", "(1)"} {
		if _, ok := ReadNumber(s); ok {
			t.Errorf("%q was read", s)
		}
	}
}

func TestWordsAndTombstones(t *testing.T) {
	t.Parallel()
	a := Parse("1. člen\n(vodstvo)\n(1) Klub vodijo. Ti so:\na) svet;\nb) predsednik,\n\nkar določi statut.\n(2) (črtan)\n\n2. člen\n(prenehal veljati)\n\n3. člen\n(razveljavljen)\n")
	for id, want := range map[string]string{
		"art_1__heading":        "(vodstvo)",
		"art_1__num":            "1. člen",
		"art_1__para_1__intro":  "Klub vodijo. Ti so:",
		"art_1__para_1__wrapup": "kar določi statut.",
		"art_1__para_1__sent_2": "Ti so:",
		"art_1__para_1__sent_3": "",
		"art_1__para_9__intro":  "",
		"art_2":                 "2. člen\n(prenehal veljati)",
	} {
		got, _, ok := a.Words(id)
		if got != want || ok != (want != "") {
			t.Errorf("%s: got %q %v", id, got, ok)
		}
	}
	for id, want := range map[string]Reason{"art_1__para_2": Struck, "art_2": Expired, "art_3": Annulled, "art_1": ""} {
		if why, _ := a.Tombstone(a.Find(id)); why != want {
			t.Errorf("%s: %q", id, why)
		}
	}
}
