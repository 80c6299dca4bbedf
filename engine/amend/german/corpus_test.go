package german

import (
	"os"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// Sentences of federal amending acts, mined from the gazette. A sentence of the
// list may lack its place: what it is read under is § 1.
func TestReadsMinedSentences(t *testing.T) {
	raw, err := os.ReadFile(realtexts.Path(t, "law", "samples_multi.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	read, all := 0, 0
	for l := range strings.Lines(string(raw)) {
		f := strings.Split(l, "\t")
		if f[0] != "de" {
			continue
		}
		all++
		in := ReadSentence(f[1], "", lawcite.Ref{})
		if in.Refused != nil {
			in = ReadSentence(f[1], "", lawcite.Ref{Steps: []lawcite.Step{{Unit: "article", Numbers: []lawcite.Range{{From: "1"}}}}})
		}
		if in.Refused == nil {
			read++
		} else {
			t.Logf("REFUSED %s: %v", f[1], in.Refused)
		}
	}
	realtexts.Measured(t, "instructions read", "95 %", "samples_multi de", "read %d of %d", read, all)
	if read*100 < all*95 {
		t.Errorf("read %d of %d", read, all)
	}
}
