package positions

import (
	"fmt"
	"testing"

	"github.com/asociacija/asociacija/engine/lawdiff"
)

// A text of ours without the number of the provision does not want the number gone.
func TestProposal_Redline(t *testing.T) {
	marks := map[lawdiff.Op]string{lawdiff.Insert: "{+%s}", lawdiff.Delete: "{-%s}", lawdiff.Keep: "%s"}
	for _, c := range []struct{ name, label, draft, text, want string }{
		{"article", "12. člen", "12. člen\nRok je pet let.", "Rok je dve leti.", "Rok je {-pet let} {+dve leti}."},
		{"paragraph", "(2)", "(2) Rok je pet let.", "Rok je dve leti.", "Rok je {-pet let} {+dve leti}."},
		{"with its number", "(2)", "(2) Rok teče.", "(2) Rok miruje.", "(2) Rok {-teče} {+miruje}."},
		{"another number", "(2)", "Rok teče.", "Rok miruje.", "Rok {-teče} {+miruje}."},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			for _, e := range (Proposal{Wanted: Rewrite, Draft: c.draft, Text: c.text, Place: []Unit{{Label: c.label}}}).Redline() {
				got += fmt.Sprintf(marks[e.Op], e.Text)
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
