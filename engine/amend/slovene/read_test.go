package slovene

import (
	"fmt"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// note writes an operation in a small notation: verb, place, then what is told
// of it.
func note(op amend.Op) string {
	w := string(op.Verb) + " [" + op.At.Write(lawcite.Nominative) + "]"
	if op.Old {
		w += " old"
	}
	if op.New.Unit != "" {
		w += " new " + lawcite.Ref{Steps: []lawcite.Step{op.New}}.Write(lawcite.Nominative)
	}
	if op.Heading {
		w += " with heading"
	}
	if op.Place != "" {
		w += " " + string(op.Place)
	}
	for _, s := range [][2]string{{"at", op.Anchor}, {"text", op.Text}, {"with", op.With}} {
		if s[1] != "" {
			w += fmt.Sprintf(" %s »%s«", s[0], s[1])
		}
	}
	if op.All {
		w += " everywhere"
	}
	if op.Times > 0 {
		w += fmt.Sprintf(" %d times", op.Times)
	}
	return w
}

// The sentences follow the patterns of drafting; the sentence before was about
// the second paragraph of article 7.
func TestReadsPatterns(t *testing.T) {
	t.Parallel()
	within := lawcite.Read("drugi odstavek 7. člena")[0].Ref
	for _, c := range []struct{ text, want string }{
		{"16. člen se spremeni tako, da se glasi:",
			"replace [16. člen]"},
		{"Besedilo 83. člena se spremeni tako, da se glasi:",
			"replace-body [83. člen]"},
		{"12. in 13. točka se spremenita tako, da se glasita:",
			"replace [12. in 13. točka drugega odstavka 7. člena]"},
		{"Spremeni se naslov 8. člena, tako da se glasi:",
			"replace [naslov 8. člena]"},
		{"V 49. členu se za drugim odstavkom doda nov tretji odstavek, ki se glasi:",
			"insert [drugi odstavek 49. člena] new tretji odstavek after"},
		{"Za drugim odstavkom 49. člena se doda nov tretji odstavek, ki se glasi:",
			"insert [drugi odstavek 49. člena] new tretji odstavek after"},
		{"V 165. členu se doda nova peta alineja, ki se glasi:",
			"insert [165. člen] new peta alineja"},
		{"Za 33. členom se dodata nova 33.a in 33.b člen, ki se glasita:",
			"insert [33. člen] new 33.a in 33.b člen after"},
		{"Za 4. členom se dodata nov naslov in nov 4.a člen, ki se glasita:",
			"insert [4. člen] new 4.a člen with heading after"},
		{"Na koncu prvega odstavka se doda nov stavek, ki se glasi:",
			"insert [prvi odstavek 7. člena] new stavek end"},
		{"V osmem odstavku se doda nov drugi stavek, ki se glasi:",
			"insert [osmi odstavek 7. člena] new drugi stavek"},
		{"14. in 14.a člen se črtata.",
			"delete [14. in 14.a člen]"},
		{"V 33. členu se črtajo osmi, deveti in deseti odstavek.",
			"delete [osmi, deveti in deseti odstavek 33. člena]"},
		{"359. do 441. člen se črtajo.",
			"delete [359. do 441. člen]"},
		{"Naslov pred 5. členom in člen se črtata.",
			"delete [5. člen] with heading"},
		{"V Sklepu o medu se besedilo sklepa spremeni tako, da se glasi:", "restate []"},
		{"Besedilo »iz države« se nadomesti z besedilom »v tujino«.",
			"text-replace [drugi odstavek 7. člena] text »iz države« with »v tujino«"},
		{"V 3. členu se število »20« povsod nadomesti s številom »18«.",
			"text-replace [3. člen] text »20« with »18« everywhere"},
		{"V tretjem odstavku se besedilo »a b« črta.",
			"text-delete [tretji odstavek 7. člena] text »a b«"},
		{"Za besedo »a« se doda besedilo », b«.",
			"text-insert [drugi odstavek 7. člena] after at »a« with », b«"},
		{"Na koncu prvega odstavka 3. člena se pred piko doda besedilo »b«.",
			"text-insert [prvi odstavek 3. člena] before at ».« with »b«"},
		{"V zadnji alineji prvega odstavka 86. člena se pika nadomesti z vejico in doda nova alineja, ki se glasi:",
			"text-replace [zadnja alineja prvega odstavka 86. člena] text ».« with »,«; insert [zadnja alineja prvega odstavka 86. člena] new alineja after"},
		{"Za besedo »a« se črta vejica, za besedo »b« pa se dodata vejica in besedilo »c«.",
			"text-delete [drugi odstavek 7. člena] after at »a« text »,«; text-insert [drugi odstavek 7. člena] after at »b« with », c«"},
		{"V drugem odstavku se na koncu pika črta in doda besedilo »in b.«.",
			"text-delete [drugi odstavek 7. člena] end text ».«; text-insert [drugi odstavek 7. člena] end with »in b.«"},
		{"Beseda »a« se nadomesti z besedo »b«, beseda »c« pa z besedo »d«.",
			"text-replace [drugi odstavek 7. člena] text »a« with »b«; text-replace [drugi odstavek 7. člena] text »c« with »d«"},
		{"V prvem in drugem odstavku 5. člena, tretji alinei 6. člena in drugi alinei 7. člena se pred besedo »a« doda beseda »b«.",
			"text-insert [prvi in drugi odstavek 5. člena] before at »a« with »b«; text-insert [tretja alineja 6. člena] before at »a« with »b«; text-insert [druga alineja 7. člena] before at »a« with »b«"},
		{"Dosedanja tretji in četrti odstavek postaneta četrti in peti odstavek.",
			"renumber [tretji in četrti odstavek 7. člena] old new četrti in peti odstavek"},
		{"Dosedanji četrti do šesti odstavek postanejo peti do sedmi odstavek.",
			"renumber [četrti do šesti odstavek 7. člena] old new peti do sedmi odstavek"},
		{"Dosedanja četrta alineja, ki postane druga alineja, se spremeni tako, da se glasi:",
			"replace [četrta alineja drugega odstavka 7. člena] old new druga alineja; renumber [četrta alineja drugega odstavka 7. člena] old new druga alineja"},
		{"V dosedanjem tretjem in četrtem odstavku, ki postaneta četrti in peti odstavek, se beseda »a« črta.",
			"text-delete [tretji in četrti odstavek 7. člena] old text »a«; renumber [tretji in četrti odstavek 7. člena] old new četrti in peti odstavek"},
		{"Za dosedanjim tretjim odstavkom, ki postane četrti odstavek, se doda nov peti odstavek, ki se glasi:",
			"insert [tretji odstavek 7. člena] old new peti odstavek after; renumber [tretji odstavek 7. člena] old new četrti odstavek"},
		{"V 46. členu se za besedilom člena, ki se označi kot prvi odstavek, doda nov drugi odstavek, ki se glasi:",
			"insert [46. člen] new drugi odstavek; wrap [46. člen] old new prvi odstavek"},
		{"V napovednem stavku 65. člena se črta beseda »a«.",
			"text-delete [napovedni stavek 65. člena] text »a«"},
		{"V tretjem odstavku 31. člena se zadnji stavek črta.",
			"delete [zadnji stavek tretjega odstavka 31. člena]"},
		{"V 8. členu se v naslovu in prvem odstavku beseda »a« nadomesti z besedo »b«.",
			"text-replace [naslov 8. člena] text »a« with »b«; text-replace [prvi odstavek 8. člena] text »a« with »b«"},
		{"V 61. členu postane besedilo prvega odstavka besedilo člena.",
			"unwrap [prvi odstavek 61. člena] old"},
		{"V točki a) se beseda »a« na dveh mestih črta.",
			"text-delete [točka a) drugega odstavka 7. člena] text »a« 2 times"},
		{"V 3. točki se na koncu beseda »in« nadomesti s piko, 4. točka pa se črta.",
			"text-replace [3. točka drugega odstavka 7. člena] end text »in« with ».«; delete [4. točka drugega odstavka 7. člena]"},
		{"V vseh določbah zakona se beseda »a« nadomesti z besedo »b«.",
			"text-replace [] text »a« with »b« everywhere"},
		{"V 2. členu se beseda »a« v vseh sklonih nadomesti z besedo »b«.",
			"text-replace [2. člen] text »a« with »b«"},
		{"V 4. člen se beseda »a« črta.",
			"text-delete [4. člen] text »a«"},
		{"V 54. členu se prvem odstavku beseda »a« črta.",
			"text-delete [prvi odstavek 54. člena] text »a«"},
		{"Besedi »a« in »b« se nadomestita z besedo »c«.",
			"! two-readings"},
		{"Tretji odstavek postane četrti odstavek.",
			"! no-pattern"},
		{"Dosedanji tretji in četrti odstavek postaneta četrti odstavek.",
			"! no-pattern"},
		{"Doda se nov odstavek, ki se glasi:",
			"! no-pattern"},
		{"Drugi odstavek se smiselno črta.",
			"! unknown-word"},
	} {
		in := ReadSentence(c.text, "", within)
		var got []string
		for _, op := range in.Ops {
			got = append(got, note(op))
		}
		if in.Refused != nil {
			got = []string{"! " + string(in.Refused.Reason)}
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, s, c.want)
		}
	}
}

// A refusal says where it stumbled, in the rows of the source.
func TestRefusalsStandInWrappedRows(t *testing.T) {
	t.Parallel()
	for _, src := range []string{
		"1. člen\n\nV 1. členu se beseda »a«\nmorda črta.\n",
		"1. člen\r\n\r\n(1) 2. člen se\r\nčrta. V 1. členu se beseda\r\n  »a« morda črta.\r\n",
	} {
		refused := 0
		for _, in := range Read(lawtext.Parse(src)) {
			if in.Refused == nil {
				continue
			}
			refused++
			if got := src[in.Refused.Span.Start:in.Refused.Span.End]; got != "morda" && !strings.HasPrefix(got, "morda") {
				t.Errorf("%q: it points at %q", src, got)
			}
		}
		if refused != 1 {
			t.Errorf("%q: %d are refused", src, refused)
		}
	}
}
