package lawtext

import (
	"strings"
	"testing"
)

// A payload between low marks may hold guillemets without a pair, and whole
// articles.
func TestLowPayloads(t *testing.T) {
	t.Parallel()
	a := Parse("1. člen\n\n5. člen se spremeni tako, da se glasi:\n\n„5. člen\n\nPanj je »dom.\n\n(2) Roj.“.\n\n2. člen\n\nV 6. členu se »a« črta.\n")
	arts := a.Articles("")
	if len(arts) != 2 {
		t.Fatalf("got %d articles", len(arts))
	}
	q := arts[0].Children[0].Children
	if len(q) != 1 || q[0].Kind != Quote || len(q[0].Children) != 2 {
		t.Errorf("got %+v", q)
	}
	if a := Parse("1. člen\n\n" + strings.Repeat("Se glasi:\n\n„Panj.\n\n", 2000) + "2. člen\n\nRoj.\n"); len(a.Articles("")) != 2 {
		t.Error("a mark that does not close swallows articles")
	}
}
