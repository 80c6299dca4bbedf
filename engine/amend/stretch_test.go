package amend_test

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/slovene"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// What stands outside of articles is named by the articles around it.
func TestStretches(t *testing.T) {
	t.Parallel()
	const base = "I. SPLOŠNO\n\n1. člen\n\nA.\n\nII. PANJI\n\n2. člen\n\nB.\n\n3. člen\n\nC.\n\nPriloga 1\n\nObrazec.\n"
	for _, c := range []struct{ do, want string }{
		{"Besedilo med 1. in 2. členom se spremeni tako, da se glasi:\n\n»III. ROJI«.", "I. SPLOŠNO|1. člen|A.|III. ROJI|2. člen|B.|3. člen|C.|Priloga 1|Obrazec."},
		{"Besedilo med 1. in 2. členom se črta.", "I. SPLOŠNO|1. člen|A.|2. člen|B.|3. člen|C.|Priloga 1|Obrazec."},
		{"Besedilo med 1. in 3. členom se črta.", "I. SPLOŠNO|1. člen|A.|3. člen|C.|Priloga 1|Obrazec."},
		{"Besedilo pred 1. členom se spremeni tako, da se glasi:\n\n»I. NOVO«.", "I. NOVO|1. člen|A.|II. PANJI|2. člen|B.|3. člen|C.|Priloga 1|Obrazec."},
		{"Besedilo za 3. členom se spremeni tako, da se glasi:\n\n»Priloga 2\n\nKarta.«.", "I. SPLOŠNO|1. člen|A.|II. PANJI|2. člen|B.|3. člen|C.|Priloga 2|Karta."},
		{"Za 1. členom se doda besedilo, ki se glasi:\n\n»I.a ROJI\n\n1.a člen\n\nD.«.", "I. SPLOŠNO|1. člen|A.|I.a ROJI|1.a člen|D.|II. PANJI|2. člen|B.|3. člen|C.|Priloga 1|Obrazec."},
		{"Pred 2. členom se doda besedilo, ki se glasi:\n\n»1. Roji«.", "I. SPLOŠNO|1. člen|A.|II. PANJI|1. Roji|2. člen|B.|3. člen|C.|Priloga 1|Obrazec."},
		{"Na koncu zakona se doda besedilo, ki se glasi:\n\n»Priloga 2«.", "I. SPLOŠNO|1. člen|A.|II. PANJI|2. člen|B.|3. člen|C.|Priloga 1|Obrazec.|Priloga 2"},
		{"Besedilo zakona se spremeni tako, da se glasi:\n\n»1. člen\n\nVse.«.", "1. člen|Vse."},
		{"V 1. členu se beseda »A« črta.\n\nNa koncu zakona se doda besedilo, ki se glasi:\n\n»X«.", "! no-pattern"},
		{"Besedilo med 1. in 2. členom se spremeni tako, da se glasi:", "! no-payload"},
		{"Besedilo med 2. in 3. členom se črta.", "! no-target"},
		{"Besedilo med 2. in 1. členom se črta.", "! no-target"},
		{"Besedilo med 1. in 9. členom se črta.", "! no-target"},
		{"Za 1. členom se doda besedilo, ki se glasi:\n\n»Še en odstavek.«.", "! bad-payload"},
		{"Besedilo zakona se črta.", "! no-pattern"},
	} {
		law := lawtext.Parse(base)
		res := amend.Apply(law, slovene.Read(lawtext.Parse("1. člen\n\n"+c.do)))
		var lines []string
		for _, n := range res.Act.Components[0].Nodes {
			lines = append(lines, n.Lines()...)
		}
		got := strings.Join(lines, "|")
		for _, o := range res.Outcomes {
			if o.Status == amend.Refused && o.Refused.Reason != amend.Sibling {
				if lawtext.Print(res.Act) != lawtext.Print(law) {
					t.Errorf("refused, and yet applied: %s", c.do)
				}
				got = "! " + string(o.Refused.Reason)
			}
		}
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.do, got, c.want)
		}
	}
}
