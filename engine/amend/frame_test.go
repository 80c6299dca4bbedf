package amend_test

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/slovene"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// all writes what a law says, a bar between lines, or why an instruction was
// refused.
func all(t *testing.T, base, do string) string {
	t.Helper()
	law := lawtext.Parse(base)
	was := lawtext.Print(law)
	res := amend.Apply(law, slovene.Read(lawtext.Parse("1. člen\n\n"+do)))
	if lawtext.Print(law) != was {
		t.Errorf("the base was changed: %s", do)
	}
	for _, o := range res.Outcomes {
		if o.Status == amend.Refused && o.Refused.Reason != amend.Sibling {
			if lawtext.Print(res.Act) != was {
				t.Errorf("refused, and yet applied: %s", do)
			}
			return "! " + string(o.Refused.Reason)
		}
	}
	var lines []string
	for _, n := range res.Act.Components[0].Nodes {
		lines = append(lines, n.Lines()...)
	}
	return strings.Join(lines, " | ")
}

const hives = "I. SPLOŠNO\n\n1. člen\n\nPanj stoji.\n\n2. člen\n\n(črtan)\n\nII. PANJI\n\n3. člen\n\nEna. Dve. Tri.\n\n4. člen\n\nŠtiri:\n\n1. ena;\n\n2. dve;\n\n3. tri.\n\nIII. KONEC\n\n5. člen\n\n(1) Pet.\n\n(2) Šest.\n"

// The parts of hives that a case leaves as they are.
var hivesParts = strings.NewReplacer("<1>", "I. SPLOŠNO | 1. člen | Panj stoji. | 2. člen | (črtan)",
	"<3>", "3. člen | Ena. Dve. Tri.", "<4>", "4. člen | Štiri: | 1. ena; | 2. dve; | 3. tri.", "<5>", "III. KONEC | 5. člen | (1) Pet. | (2) Šest.")

func TestFramesAndNewUnits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ do, want string }{
		// Divisions and their headings.
		{"Naslov poglavja »II. PANJI« se spremeni tako, da se glasi: »II. ROJI«.", "<1> | II. ROJI | <3> | <4> | <5>"},
		{"5. člen se črta.\n\nZa 4. členom se doda nov 5. člen, ki se glasi:\n\n»5. člen\n\nRoj.«.", "! two-readings"},
		{"2. člen se črta.", "! no-target"},
		{"Za 1. členom se doda nov 2. člen, ki se glasi:\n\n»2. člen\n\nRoj.«.", "I. SPLOŠNO | 1. člen | Panj stoji. | 2. člen | Roj. | II. PANJI | <3> | <4> | <5>"},
		{"4. člen se črta.\n\nZa 3. členom se doda nov 4. člen, ki se glasi:\n\n»4. člen\n\nRoj.«.", "<1> | II. PANJI | <3> | 4. člen | Roj. | <5>"},
		{"Naslov II. poglavja se spremeni tako, da se glasi: »ROJI«.", "<1> | II. ROJI | <3> | <4> | <5>"},
		{"Naslov II. poglavja se spremeni tako, da se glasi: »III. ROJI«.", "! bad-payload"},
		{"Za 2. členom se naslov II. poglavja spremeni tako, da se glasi: »II. ROJI«.", "<1> | II. ROJI | <3> | <4> | <5>"},
		{"Za 3. členom se naslov II. poglavja spremeni tako, da se glasi: »II. ROJI«.", "! no-target"},
		{"V naslovu II. poglavja se beseda »PANJI« nadomesti z besedo »ROJI«.", "<1> | II. ROJI | <3> | <4> | <5>"},
		{"Naslov poglavja »III. KONEC« in 5. člen se črtata.", "<1> | II. PANJI | <3> | <4> | III. KONEC | (črtano) | 5. člen | (črtan)"},
		{"III. poglavje se črta.", "<1> | II. PANJI | <3> | <4> | III. KONEC | (črtano) | 5. člen | (črtan)"},
		{"VII. poglavje se črta.", "! no-target"},
		{"Za 4. členom se doda novo II.a poglavje in nov 4.a člen, ki se glasita:\n\n»II.a ROJI\n\n4.a člen\n\nRoj.«.", "<1> | II. PANJI | <3> | <4> | II.a ROJI | 4.a člen | Roj. | <5>"},
		{"Za 4. členom se doda novo II.a poglavje in nov 4.b člen, ki se glasita:\n\n»II.a ROJI\n\n4.a člen\n\nRoj.«.", "! bad-payload"},
		{"Za 4. členom se doda naslov novega poglavja »II.a ROJI« in nov 4.a člen, ki se glasi:\n\n»4.a člen\n\nRoj.«.", "! bad-payload"},
		{"Za naslovom »III. KONEC« se doda nov 4.a člen, ki se glasi:\n\n»4.a člen\n\nRoj.«.", "<1> | II. PANJI | <3> | <4> | III. KONEC | 4.a člen | Roj. | 5. člen | (1) Pet. | (2) Šest."},
		{"Za naslovom »III. KONEC« se doda nov 9. člen, ki se glasi:\n\n»9. člen\n\nRoj.«.", "! occupied"},
		{"Pred 3. členom se doda naslov, ki se glasi: »(namen)«.", "<1> | II. PANJI | 3. člen | (namen) | Ena. Dve. Tri. | <4> | <5>"},
		{"Naslov zakona se spremeni tako, da se glasi: »Zakon o rojih«.", "! unsupported"},
		// Units that come in the place of tombstones, in ranges, or under new numbers.
		{"Za 1. členom se doda nov 2. člen, ki se glasi:\n\n»2. člen\n\nSpet.«.", "I. SPLOŠNO | 1. člen | Panj stoji. | 2. člen | Spet. | II. PANJI | <3> | <4> | <5>"},
		{"Za 3. členom se dodajo novi 3.a do 3.č člen, ki se glasijo:\n\n»3.a člen\n\nA.\n\n3.b člen\n\nB.\n\n3.c člen\n\nC.\n\n3.č člen\n\nČ.«.",
			"<1> | II. PANJI | <3> | 3.a člen | A. | 3.b člen | B. | 3.c člen | C. | 3.č člen | Č. | <4> | <5>"},
		{"Za 3. členom se dodajo novi 3.a do 3.č člen, ki se glasijo:\n\n»3.a člen\n\nA.\n\n3.b člen\n\nB.«.", "! bad-payload"},
		{"Za 3. členom se dodajo novi 3.a do 3.b člen, ki se glasijo:\n\n»3.a člen\n\nA.\n\n3.c člen\n\nB.«.", "! bad-payload"},
		{"5. člen postane 6. člen.", "! no-pattern"},
		{"Dosedanji 5. člen postane 6. člen.", "<1> | II. PANJI | <3> | <4> | III. KONEC | 6. člen | (1) Pet. | (2) Šest."},
		{"Dosedanji 4. člen postane 5. člen.", "! occupied"},
		{"Dosedanja 4. in 5. člen postaneta 5. in 6. člen.", "<1> | II. PANJI | <3> | 5. člen | Štiri: | 1. ena; | 2. dve; | 3. tri. | III. KONEC | 6. člen | (1) Pet. | (2) Šest."},
		// Sentences.
		{"V 3. členu se dodata nova drugi in tretji stavek, ki se glasita: »Vmes. Še vmes.«.", "<1> | II. PANJI | 3. člen | Ena. Vmes. Še vmes. Dve. Tri. | <4> | <5>"},
		{"V 3. členu se dodata nova drugi in tretji stavek, ki se glasita: »Vmes.«.", "! bad-payload"},
		{"V 3. členu se drugi in tretji stavek spremenita tako, da se glasita: »Vse.«.", "<1> | II. PANJI | 3. člen | Ena. Vse. | <4> | <5>"},
		{"V 3. členu se prvi in tretji stavek spremenita tako, da se glasita: »Vse.«.", "! unsupported"},
		{"V 3. členu se drugi in tretji stavek črtata.", "<1> | II. PANJI | 3. člen | Ena. | <4> | <5>"},
		// A list goes on after a deleted point.
		{"V 4. členu se 2. točka črta.", "<1> | II. PANJI | <3> | 4. člen | Štiri: | 1. ena; | 2. (črtana); | 3. tri. | <5>"},
		{"V 4. členu se za 2. točko, na koncu katere se podpičje nadomesti z vejico, doda nova 2.a točka, ki se glasi:\n\n»2.a pol;«.", "<1> | II. PANJI | <3> | 4. člen | Štiri: | 1. ena; | 2. dve, | 2.a pol; | 3. tri. | <5>"},
		{"V 4. členu se na koncu 3. točke pika nadomesti s podpičjem in doda nova točka, ki se glasi:\n\n»4. štiri.«.", "<1> | II. PANJI | <3> | 4. člen | Štiri: | 1. ena; | 2. dve; | 3. tri; | 4. štiri. | <5>"},
		// The text says where it is by what was said before.
		{"V 5. členu se v prvem odstavku beseda »Pet« nadomesti z besedo »Sedem«.\n\nV drugem odstavku istega člena se beseda »Šest« črta.", "! bad-payload"},
		{"V 5. členu se v prvem odstavku beseda »Pet« nadomesti z besedo »Sedem«.\n\nV drugem odstavku istega člena se beseda »Šest« nadomesti z besedo »Osem«.", "<1> | II. PANJI | <3> | <4> | III. KONEC | 5. člen | (1) Sedem. | (2) Osem."},
		{"Prvi odstavek 5. člena se dopolni tako, da se za besedo »Pet« doda besedilo »ali nič«.", "<1> | II. PANJI | <3> | <4> | III. KONEC | 5. člen | (1) Pet ali nič. | (2) Šest."},
		{"V 5. členu se za besedilom drugega odstavka doda stavek, ki se glasi: »Sedem.«.", "<1> | II. PANJI | <3> | <4> | III. KONEC | 5. člen | (1) Pet. | (2) Šest. Sedem."},
		{"V 5. členu se namesto besede »Pet« postavi beseda »Sedem«.", "<1> | II. PANJI | <3> | <4> | III. KONEC | 5. člen | (1) Sedem. | (2) Šest."},
		{"V 5. členu preneha veljati drugi odstavek.", "<1> | II. PANJI | <3> | <4> | III. KONEC | 5. člen | (1) Pet. | (2) (prenehal veljati)"},
	} {
		if got, want := all(t, hives, c.do), hivesParts.Replace(c.want); got != want {
			t.Errorf("%s\n got %s\nwant %s", c.do, got, want)
		}
	}
}
