package outcomesweb

import (
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/uptake"
)

// Both catalogues have the same keys, and every key that the code names.
func TestWords(t *testing.T) {
	t.Parallel()
	catalogue := func(lang string) map[string]any {
		words := map[string]any{}
		raw := must(fs.ReadFile(Words(), "lang/"+lang+".json"))(t)
		if err := json.Unmarshal(raw, &words); err != nil {
			t.Fatal(err)
		}
		return words
	}
	sl, en := catalogue("sl"), catalogue("en")
	for key := range sl {
		if en[key] == nil {
			t.Errorf("%s is not in English", key)
		}
	}
	for key := range en {
		if sl[key] == nil {
			t.Errorf("%s is not in Slovenian", key)
		}
	}
	named := regexp.MustCompile(`"((?:said\.|dues\.)?outcomes\.[a-z_.]*[a-z_])"`)
	for _, dir := range []string{".", "../outcomes"} {
		for _, e := range must(os.ReadDir(dir))(t) {
			name := e.Name()
			if !strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, ".templ") || strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, m := range named.FindAllStringSubmatch(string(must(os.ReadFile(dir+"/"+name))(t)), -1) {
				if key := m[1]; sl[key] == nil && sl["book."+key] == nil && sl["outcomes.reason."+key] == nil {
					t.Errorf("%s: %s is in no catalogue", name, key)
				}
			}
		}
	}
	for _, key := range []string{
		uptake.ReasonNothingAsked, uptake.ReasonNoAct, uptake.ReasonNoPassage, uptake.ReasonAdded, uptake.ReasonRemoved, uptake.ReasonNumberMissing,
		uptake.ReasonNumberCloser, uptake.ReasonNumberStands, uptake.ReasonNegationLost, uptake.ReasonNegationFound, uptake.ReasonMoved, uptake.ReasonStands,
		uptake.ReasonTombstone, uptake.ReasonOnlyRemoved, uptake.ReasonChangeDropped, uptake.ReasonProvisionShort,
	} {
		if sl["outcomes.reason."+key] == nil {
			t.Errorf("the reason %s has no words", key)
		}
	}
}
