package slovene

import (
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/lawcite"
)

// A sentence that goes on without end is given up, and soon.
func TestLongSentencesAreGivenUp(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{"beseda »a« z besedo »b«, ", "za besedo »a« doda beseda »b« in ", "v prvem odstavku, ", "»a«, ", "»a,« "} {
		text := "V 1. členu se " + strings.Repeat(piece, 400) + "beseda »c« nadomesti z besedo »d«."
		begun := time.Now()
		in := ReadSentence(text, "", lawcite.Ref{})
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("%q: %v", piece, took)
		}
		t.Logf("%q: %d operations, %v", piece, len(in.Ops), in.Refused)
	}
}
