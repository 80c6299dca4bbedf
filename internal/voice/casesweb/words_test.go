package casesweb

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Both languages have the same keys, and every key in the code of the desk is one
// of them.
func TestWords(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	sl, en := h.words.Keys("sl"), h.words.Keys("en")
	if !slices.Equal(sl, en) {
		t.Fatalf("the languages differ: %d and %d keys", len(sl), len(en))
	}
	key := regexp.MustCompile(`"((?:cases|dues|voice|said\.cases)\.[a-z_.0-9]*[a-z_0-9])"( \+)?`)
	audited := regexp.MustCompile(`audit\.Note\(ctx, tx, by, "([a-z_.]+)"`)
	// Names of rights, and an example.
	not := []string{"voice.see", "voice.work", "dues.consult.close"}
	for _, dir := range []string{".", "../cases", "../voiceweb"} {
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		templs, _ := filepath.Glob(filepath.Join(dir, "*.templ"))
		for _, name := range append(names, templs...) {
			if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "_templ.go") {
				continue
			}
			code, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range key.FindAllStringSubmatch(string(code), -1) {
				// A key that is added to is the beginning of one.
				begins := func(k string) bool { return strings.HasPrefix(k, m[1]+".") }
				if !slices.Contains(sl, m[1]) && !slices.ContainsFunc(sl, begins) && !slices.Contains(not, m[1]) && !slices.Contains(sl, "book."+m[1]) {
					t.Errorf("%s: %s has no sentence", name, m[1])
				}
			}
			for _, m := range audited.FindAllStringSubmatch(string(code), -1) {
				if !slices.Contains(sl, "book."+m[1]) {
					t.Errorf("%s: the deed %s has no sentence", name, m[1])
				}
			}
		}
	}
}

// Whatever counts has all four forms of Slovenian.
func TestWords_plurals(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"lang", "../voiceweb/lang"} {
		raw, err := os.ReadFile(filepath.Join(dir, "sl.json"))
		if err != nil {
			t.Fatal(err)
		}
		var all map[string]any
		if err := json.Unmarshal(raw, &all); err != nil {
			t.Fatal(err)
		}
		for key, value := range all {
			forms, counts := value.(map[string]any)
			if s, _ := value.(string); strings.Contains(s, "{{.n}}") && key != "cases.today.lead.many" {
				t.Errorf("%s counts in one form only", key)
			}
			for _, form := range []string{"one", "two", "few", "other"} {
				if _, ok := forms[form]; counts && !ok {
					t.Errorf("%s lacks %q", key, form)
				}
			}
		}
	}
}

// Every event that a procedure of the country names has a word, and every state
// and kind.
func TestWords_ofThePack(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	keys := h.words.Keys("sl")
	want := func(key string) {
		if !slices.Contains(keys, key) {
			t.Errorf("%s has no sentence", key)
		}
	}
	for _, p := range h.desk.Country().Procedures {
		want("cases.kind." + string(p.Kind))
		for _, phase := range p.Phases {
			for _, e := range []string{string(phase.Begins), string(phase.Ends)} {
				if e != "" {
					want("voice.event." + e)
				}
			}
			for _, c := range phase.Clocks {
				want("voice.event." + string(c.Starts))
				if c.Stops != "" {
					want("voice.event." + string(c.Stops))
				}
				want("voice.force." + string(c.Force))
			}
		}
	}
}
