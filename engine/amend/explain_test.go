package amend_test

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend/slovene"
	"github.com/asociacija/asociacija/engine/lawcite"
)

func TestExplains(t *testing.T) {
	t.Parallel()
	within := lawcite.Read("drugi odstavek 7. člena")[0].Ref
	for _, c := range []struct{ text, want string }{
		{"16. člen se spremeni tako, da se glasi:", "replace article 16"},
		{"Besedilo 16. člena se spremeni tako, da se glasi:", "replace the text of article 16, not its number and heading"},
		{"V 4. členu se v prvem odstavku beseda »a« nadomesti z besedo »b«.", `in article 4, paragraph 1: "b" in place of "a"`},
		{"V 4. členu se za besedo »a« povsod doda beseda »b«.", `in article 4: add "b" after "a", wherever it stands`},
		{"V 4. členu se beseda »a« na dveh mestih črta.", `in article 4: without "a", 2 times`},
		{"V 4. členu se beseda »a« v vseh sklonih črta.", `in article 4: without "a", in all forms of the words`},
		{"Na koncu zadnje alineje se pika nadomesti z vejico.", `in article 7, paragraph 2, indent the last: "," in place of "." at the end`},
		{"Za 4. in 5. točko se doda nova 5.a točka, ki se glasi:", "put in point 5.a after article 7, paragraph 2, point 4 and 5"},
		{"Dosedanji tretji do peti odstavek postanejo četrti do šesti odstavek.", "article 7, paragraph 3 to 5 becomes paragraph 4 to 6, counted as before"},
		{"Naslov poglavja »II. PANJI« in 5. člen se črtata.", `delete heading "II. PANJI" | delete article 5`},
		{"Za 56. členom se naslov 3. podpoglavja spremeni tako, da se glasi:", "replace section 3, heading, the first after article 56"},
		{"Ta zakon začne veljati petnajsti dan po objavi v Uradnem listu Republike Slovenije, uporablja pa se od 1. januarja 2027.", "enter into force 15 days after the publication, apply on 2027-01-01"},
		{"Ta zakon začne veljati naslednji dan po objavi v Uradnem listu Republike Slovenije.", "enter into force on the day after the publication"},
	} {
		in := slovene.ReadSentence(c.text, "", within)
		var got []string
		for _, op := range in.Ops {
			got = append(got, op.Explain())
		}
		if in.Refused != nil {
			got = []string{in.Refused.Error()}
		}
		if g := strings.Join(got, " | "); g != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, g, c.want)
		}
	}
}
