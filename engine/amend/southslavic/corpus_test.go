package southslavic

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

func load(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Sentences collected from acts of all the languages. Some are cut off in the
// middle of a quotation, which no reading mends.
func TestReadsSamples(t *testing.T) {
	rows := strings.Split(load(t, filepath.Join(realtexts.Path(t, "law"), "samples_multi.tsv")), "\n")
	all, read := map[string]int{}, map[string]int{}
	total, good := 0, 0
	for _, row := range rows[1:] {
		cols := strings.Split(row, "\t")
		lang, _, _ := strings.Cut(cols[0], " ")
		lang = strings.TrimSuffix(lang, "-Cyrl")
		if !slices.Contains([]string{"hr", "sr", "bs", "mk"}, lang) {
			continue
		}
		r := newReader(&lawtext.Act{Source: cols[1]}, lang)
		r.scope.ref = firstParagraph
		r.scope.ref.Steps = append(r.scope.ref.Steps[:2:2], lawcite.Step{Unit: lawtext.Point, Numbers: []lawcite.Range{{From: "1"}}})
		r.sentence(cols[1], 0, "", true)
		for _, in := range r.out {
			all[lang]++
			total++
			if in.Refused != nil {
				t.Logf("%s: %v | %.160s", lang, in.Refused, in.Text)
				continue
			}
			read[lang]++
			good++
		}
	}
	realtexts.Measured(t, "instructions read", "95 %", "samples_multi sr hr bs mk", "instructions read %v of %v", read, all)
	if good*10 < total*9 {
		t.Errorf("read %d of %d", good, total)
	}
}

// Acts that change the fines of many laws, laid out as acts: nearly all "речи:
// „…” замењују се речима: „…”". What is refused has lost a word or a quotation
// mark in print.
func TestReadsOmnibusActs(t *testing.T) {
	var provisions []struct{ Law, Article, Text string }
	if err := json.Unmarshal([]byte(load(t, filepath.Join(realtexts.Path(t, "law"), "ex-yu/sr-amending/provisions.json"))), &provisions); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, p := range provisions {
		texts[p.Law] += "Члан " + p.Article + ".\n\n" + p.Text + "\n\n"
	}
	all, read, ops, why := 0, 0, 0, map[amend.Reason]int{}
	for _, text := range texts {
		act := lawtext.Parse(text)
		for _, in := range Read(act) {
			if all++; in.Refused != nil {
				why[in.Refused.Reason]++
				t.Logf("%v | %.150q", in.Refused, in.Text)
				continue
			}
			read++
			ops += len(in.Ops)
		}
	}
	realtexts.Measured(t, "instructions read", "95 %", "Serbian omnibus acts", "instructions %d: read %d (%.1f %%) as %d operations, refused %v", all, read, 100*float64(read)/float64(all), ops, why)
	if read*100 < all*95 {
		t.Errorf("read %d of %d", read, all)
	}
}
