package southslavic

import (
	"encoding/json"
	"os"
	"path/filepath"
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

func TestReadsSamples(t *testing.T) {
	rows := strings.Split(load(t, filepath.Join(realtexts.Path(t, "law"), "samples_multi.tsv")), "\n")
	for _, row := range rows[1:] {
		cols := strings.Split(row, "\t")
		lang, _, _ := strings.Cut(cols[0], " ")
		lang = strings.TrimSuffix(lang, "-Cyrl")
		if lang != "hr" && lang != "sr" && lang != "bs" && lang != "mk" {
			continue
		}
		r := newReader(&lawtext.Act{Source: cols[1]}, lang)
		r.scope.ref = lawcite.Ref{Steps: []lawcite.Step{{Unit: lawtext.Article, Numbers: []lawcite.Range{{From: "1"}}}, {Unit: lawtext.Paragraph, Numbers: []lawcite.Range{{From: "1"}}}, {Unit: lawtext.Point, Numbers: []lawcite.Range{{From: "1"}}}}}
		r.sentence(cols[1], 0, "", true)
		t.Logf("%s | %s", cols[1], cols[2])
		for _, in := range r.out {
			if in.Refused != nil {
				t.Logf("    REFUSED %v", in.Refused)
			}
			for _, op := range in.Ops {
				t.Logf("    %+v", op)
			}
		}
	}
}

func TestReadsOmnibusActs(t *testing.T) {
	var ps []struct{ Law, Article, Text string }
	if err := json.Unmarshal([]byte(load(t, filepath.Join(realtexts.Path(t, "law"), "ex-yu/sr-amending/provisions.json"))), &ps); err != nil {
		t.Fatal(err)
	}
	read, why := 0, map[amend.Reason]int{}
	all := 0
	for _, p := range ps {
		r := newReader(&lawtext.Act{}, "sr")
		for _, para := range strings.Split(p.Text, "\n\n") {
			r.sentence(strings.Join(strings.Fields(para), " "), 0, "", true)
		}
		for _, in := range r.out {
			all++
			if in.Refused != nil {
				why[in.Refused.Reason]++
				t.Logf("%v | %.300s", in.Refused, in.Text)
			} else {
				read++
			}
		}
	}
	t.Logf("read %d of %d, %v", read, all, why)
}
