package slovene

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// sentences of drafting, with what they are read as; the sentence before was
// about the first paragraph of article 1.
var sentences = []struct{ text, want string }{
	{"V Zakonu o čebelah (Uradni list RS, št. 1/20, 2/21 – popr. in 3/22 – odl. US) se 3. člen črta.",
		`delete article 3`},
	{"V Zakonu o čebelah (Uradni list RS, št. 1/20) se naslov zakona spremeni tako, da se glasi: »Zakon o rojih«.",
		`replace heading`},
	{"V naslovu zakona se beseda »panj« nadomesti z besedo »roj«.",
		`in heading: "roj" in place of "panj"`},
	{"4. člen se spremeni in dopolni tako, da se glasi:",
		`replace article 4`},
	{"4. člen se spremeni in se glasi:",
		`replace article 4`},
	{"4. člen se po novem glasi:",
		`replace article 4`},
	{"Prvi odstavek 4. člena se nadomesti z novim prvim odstavkom, ki se glasi:",
		`replace article 4, paragraph 1 by paragraph 1`},
	{"V 4. členu se prvi odstavek nadomesti z novim, ki se glasi:",
		`replace article 4, paragraph 1`},
	{"3. in 4. alineja se spremenita tako, da se glasita:",
		`replace article 1, paragraph 1, indent 3 and 4`},
	{"V 4. členu se tretja in četrta alineja spremenita tako, da se glasita:",
		`replace article 4, indent 3 and 4`},
	{"V 4. členu se v prvem odstavku tretja alinea črta.",
		`delete article 4, paragraph 1, indent 3`},
	{"V prvem odstavku 4. člena se črta tretja alinea.",
		`delete article 4, paragraph 1, indent 3`},
	{"V 4. členu se prvi, drugi in tretji odstavek črtajo.",
		`delete article 4, paragraph 1 and 2 and 3`},
	{"V 4. členu se črtajo prvi do tretji odstavek.",
		`delete article 4, paragraph 1 to 3`},
	{"4. do 8.b člen se črtajo.",
		`delete article 4 to 8.b`},
	{"Črta se 5. člen.",
		`delete article 5`},
	{"Črtata se 5. in 6. člen.",
		`delete article 5 and 6`},
	{"5. člen se briše.",
		`delete article 5`},
	{"Razveljavi se 5. člen.",
		`repeal article 5`},
	{"5. člen preneha veljati.",
		`repeal article 5`},
	{"V 5. členu se za prvim odstavkom dodajo novi drugi, tretji in četrti odstavek, ki se glasijo:",
		`put in paragraph 2 and 3 and 4 after article 5, paragraph 1`},
	{"V 5. členu se za tretjo alinejo dodata novi četrta in peta alineja, ki se glasita:",
		`put in indent 4 and 5 after article 5, indent 3`},
	{"V 5. členu se za c) točko doda nova č) točka, ki se glasi:",
		`put in point č after article 5, point c`},
	{"V 5. členu se za točko c) doda nova točka č), ki se glasi:",
		`put in point č after article 5, point c`},
	{"V 5. členu se za 3. točko dodajo nove 3.a do 3.d točka, ki se glasijo:",
		`put in point 3.a to 3.d after article 5, point 3`},
	{"V 5. členu se doda nova 4. točka, ki se glasi:",
		`put in point 4 in article 5`},
	{"Dosedanje 4. do 8. točka postanejo 5. do 9. točka.",
		`article 1, paragraph 1, point 4 to 8 becomes point 5 to 9, counted as before`},
	{"Dosedanji drugi odstavek postane tretji odstavek.",
		`article 1, paragraph 2 becomes paragraph 3, counted as before`},
	{"Dosedanja drugi in tretji odstavek postaneta tretji in četrti odstavek.",
		`article 1, paragraph 2 and 3 becomes paragraph 3 and 4, counted as before`},
	{"V dosedanjem drugem odstavku, ki postane tretji odstavek, se beseda »a« nadomesti z besedo »b«.",
		`in article 1, paragraph 2: "b" in place of "a", counted as before | article 1, paragraph 2 becomes paragraph 3, counted as before`},
	{"Dosedanji tretji odstavek, ki postane četrti, se spremeni tako, da se glasi:",
		`replace article 1, paragraph 3 by paragraph 4, counted as before | article 1, paragraph 3 becomes paragraph 4, counted as before`},
	{"V 5. členu se na koncu prvega odstavka doda nov stavek, ki se glasi: »A je b.«.",
		`put in sentence at the end of article 5, paragraph 1`},
	{"V 5. členu se v prvem odstavku na koncu dodata nova stavka, ki se glasita: »A je b. C je d.«.",
		`put in sentence at the end of article 5, paragraph 1`},
	{"V 5. členu se za prvim stavkom doda nov drugi stavek, ki se glasi: »A je b.«.",
		`put in sentence 2 after article 5, sentence 1`},
	{"V 5. členu se v prvem odstavku prvi stavek črta.",
		`delete article 5, paragraph 1, sentence 1`},
	{"V prvem stavku prvega odstavka 5. člena se beseda »a« črta.",
		`in article 5, paragraph 1, sentence 1: without "a"`},
	{"V napovednem stavku 5. člena se beseda »a« črta.",
		`in article 5, intro: without "a"`},
	{"V 5. členu se napovedni stavek spremeni tako, da se glasi: »A:«.",
		`replace article 5, intro`},
	{"V 5. členu se v prvem odstavku v napovednem stavku za besedo »a« doda beseda »b«.",
		`in article 5, paragraph 1, intro: add "b" after "a"`},
	{"V 5. členu se besedi »a b« nadomestita z besedo »c«.",
		`in article 5: "c" in place of "a b"`},
	{"V 5. členu se besede »a b c« nadomestijo z besedilom »d e f«.",
		`in article 5: "d e f" in place of "a b c"`},
	{"V 5. členu se številka »5« nadomesti s številko »6«.",
		`in article 5: "6" in place of "5"`},
	{"V 5. členu se znesek »500 eurov« nadomesti z zneskom »600 eurov«.",
		`in article 5: "600 eurov" in place of "500 eurov"`},
	{"V 5. členu se datum »1. 1. 2020« nadomesti z datumom »1. 1. 2021«.",
		`in article 5: "1. 1. 2021" in place of "1. 1. 2020"`},
	{"V 5. členu se odstotek »5 %« nadomesti z odstotkom »6 %«.",
		`in article 5: "6 %" in place of "5 %"`},
	{"V 5. členu se letnica »2020« nadomesti z letnico »2021«.",
		`in article 5: "2021" in place of "2020"`},
	{"V 5. členu se rok »30 dni« nadomesti z rokom »60 dni«.",
		`in article 5: "60 dni" in place of "30 dni"`},
	{"V 5. členu se navedba »4. člena« nadomesti z navedbo »5. člena«.",
		`in article 5: "5. člena" in place of "4. člena"`},
	{"V 5. členu se število 5 nadomesti s številom 6.",
		`in article 5: "6" in place of "5"`},
	{"V 5. členu se za besedama »a b« vstavi vejica in doda beseda »c«.",
		`! no-pattern`},
	{"V 5. členu se pred besedo »a« doda beseda »b«, za besedo »c« pa beseda »d«.",
		`in article 5: add "b" before "a" | in article 5: add "d" after "c"`},
	{"V 5. členu se beseda »a« nadomesti z besedo »b«, beseda »c« z besedo »d« in beseda »e« z besedo »f«.",
		`in article 5: "b" in place of "a" | in article 5: "d" in place of "c" | in article 5: "f" in place of "e"`},
	{"V 5. členu se beseda »a« nadomesti z besedo »b«, beseda »c« pa se črta.",
		`in article 5: "b" in place of "a" | in article 5: without "c"`},
	{"V 5. členu se beseda »a« nadomesti z besedo »b« ter za besedo »c« doda beseda »d«.",
		`in article 5: "b" in place of "a" | in article 5: add "d" after "c"`},
	{"V 5. členu se črtata besedi »a« in »b«.",
		`in article 5: without "a" | in article 5: without "b"`},
	{"V 5. členu se črtajo besede »a«, »b« in »c«.",
		`in article 5: without "a" | in article 5: without "b" | in article 5: without "c"`},
	{"V 5., 6. in 7. členu se beseda »a« nadomesti z besedo »b«.",
		`in article 5 and 6 and 7: "b" in place of "a"`},
	{"V 5. in 6. členu ter prvem odstavku 7. člena se beseda »a« nadomesti z besedo »b«.",
		`in article 5 and 6: "b" in place of "a" | in article 7, paragraph 1: "b" in place of "a"`},
	{"V 5. členu, drugem odstavku 6. člena in tretji alineji 7. člena se beseda »a« črta.",
		`in article 5: without "a" | in article 6, paragraph 2: without "a" | in article 7, indent 3: without "a"`},
	{"V naslovu 5. člena se beseda »a« črta.",
		`in article 5, heading: without "a"`},
	{"V 5. členu se v naslovu in v prvem odstavku beseda »a« črta.",
		`in article 5, heading: without "a" | in article 5, paragraph 1: without "a"`},
	{"Naslov 5. člena se spremeni tako, da se glasi: »(a)«.",
		`replace article 5, heading`},
	{"Naslov 5. člena se črta.",
		`delete article 5, heading`},
	{"Naslov člena in 5. člen se črtata.",
		`delete article 5, with its heading`},
	{"V 5. členu se naslov člena spremeni tako, da se glasi: »(a)«.",
		`replace article 5, heading`},
	{"Pred 5. členom se doda naslov poglavja »II. PANJI«.",
		`put in chapter before article 5`},
	{"Za 5. členom se doda nov naslov »II. PANJI«, ki se glasi:",
		`put in chapter after article 5`},
	{"Za 5. členom se doda novo II.a poglavje, ki se glasi:",
		`put in chapter II.a after article 5`},
	{"Za 5. členom se dodajo novo II.a poglavje ter novi 5.a, 5.b in 5.c člen, ki se glasijo:",
		`put in chapter II.a and article 5.a and 5.b and 5.c after article 5`},
	{"Za 5. členom se doda naslov novega 3.a poglavja »3.a PANJI«.",
		`put in chapter 3.a after article 5`},
	{"Naslov II. poglavja se spremeni tako, da se glasi: »II. PANJI«.",
		`replace chapter II, heading`},
	{"V II. poglavju se naslov 2. oddelka spremeni tako, da se glasi: »2. PANJI«.",
		`replace chapter II, section 2, heading`},
	{"II. poglavje se črta.",
		`delete chapter II`},
	{"Priloga 2 se nadomesti z novo Prilogo 2, ki je kot priloga sestavni del tega pravilnika.",
		`replace annex 2 by annex 2`},
	{"Priloga 1 se nadomesti z novo prilogo 1, ki je sestavni del te uredbe.",
		`replace annex 1 by annex 1`},
	{"Prilogi 1 in 2 se nadomestita z novima prilogama 1 in 2, ki sta sestavni del te uredbe.",
		`replace annex 1 by annex 1 | replace annex 2 by annex 2`},
	{"Doda se nova Priloga 3, ki je kot priloga sestavni del te uredbe.",
		`put in annex 3`},
	{"Za Prilogo 2 se doda nova Priloga 3, ki je kot priloga sestavni del tega pravilnika.",
		`put in annex 3 after annex 2`},
	{"Priloga 2 se črta.",
		`delete annex 2`},
	{"V Prilogi 2 se v 3. točki beseda »a« nadomesti z besedo »b«.",
		`in annex 2, point 3: "b" in place of "a"`},
	{"V Prilogi 1 se v tabeli 2 v 3. vrstici beseda »a« nadomesti z besedo »b«.",
		`in annex 1, table 2, row 3: "b" in place of "a"`},
	{"V prilogi se beseda »a« nadomesti z besedo »b«.",
		`in annex: "b" in place of "a"`},
	{"V tabeli v 5. členu se beseda »a« nadomesti z besedo »b«.",
		`! no-pattern`},
	{"V celotnem besedilu zakona se beseda »a« v vseh sklonih in številih nadomesti z besedo »b« v ustreznem sklonu in številu.",
		`in the whole act: "b" in place of "a", in all forms of the words, wherever it stands`},
	{"V celotnem zakonu se beseda »a« v različnih sklonih nadomesti z besedo »b« v ustreznem sklonu.",
		`in the whole act: "b" in place of "a", in all forms of the words, wherever it stands`},
	{"V 5. in 6. členu se beseda »a« v vseh sklonih nadomesti z besedo »b« v ustreznem sklonu.",
		`in article 5 and 6: "b" in place of "a", in all forms of the words`},
	{"Beseda »a« se v vseh sklonih in številih v celotnem zakonu nadomesti z besedo »b« v ustreznem sklonu in številu.",
		`in the whole act: "b" in place of "a", in all forms of the words, wherever it stands`},
	{"V 5. členu se v prvem odstavku pika na koncu nadomesti z vejico in doda besedilo »a«.",
		`in article 5, paragraph 1: "," in place of "." at the end | in article 5, paragraph 1: add "a" at the end`},
	{"V 5. členu se na koncu druge alineje beseda »in« nadomesti z vejico.",
		`in article 5, indent 2: "," in place of "in" at the end`},
	{"V 5. členu se v drugi alineji beseda »in« na koncu črta.",
		`in article 5, indent 2: without "in" at the end`},
	{"V 5. členu se v zadnji alineji pika nadomesti s podpičjem in dodata novi alineji, ki se glasita:",
		`in article 5, indent the last: ";" in place of "." | put in indent after article 5, indent the last`},
	{"V 5. členu se na koncu 4. točke pika nadomesti s podpičjem in doda nova 5. točka, ki se glasi:",
		`in article 5, point 4: ";" in place of "." at the end | put in point 5 in article 5`},
	{"V 5. členu se v 4. točki na koncu pika nadomesti s podpičjem ter dodata novi 5. in 6. točka, ki se glasita:",
		`in article 5, point 4: ";" in place of "." at the end | put in point 5 and 6 in article 5`},
	{"V 5. členu se besedilo člena označi kot prvi odstavek in doda nov drugi odstavek, ki se glasi:",
		`the text of article 5 becomes paragraph 1, counted as before | put in paragraph 2 in article 5`},
	{"V 5. členu se dosedanje besedilo označi kot prvi odstavek.",
		`the text of article 5 becomes paragraph 1, counted as before`},
	{"Dosedanje besedilo 5. člena postane prvi odstavek.",
		`the text of article 5 becomes paragraph 1, counted as before`},
	{"V 5. členu dosedanje besedilo postane prvi odstavek, doda se nov drugi odstavek, ki se glasi:",
		`the text of article 5 becomes paragraph 1, counted as before | put in paragraph 2 in article 5`},
	{"Za besedilom 5. člena, ki postane prvi odstavek, se doda nov drugi odstavek, ki se glasi:",
		`put in paragraph 2 in article 5 | the text of article 5 becomes paragraph 1, counted as before`},
	{"V Zakonu o spremembah in dopolnitvah Zakona o čebelah (Uradni list RS, št. 5/21) se 7. člen črta.",
		`delete article 7`},
	{"V četrtem odstavku se besedilo »ki je popolna« in vejica črtata.",
		`in article 1, paragraph 4: without "ki je popolna,"`},
	{"Z dnem uveljavitve tega zakona preneha veljati Pravilnik o panjih (Uradni list RS, št. 3/15).",
		`repeal Pravilnik o panjih`},
	{"Z dnem uveljavitve tega zakona prenehata veljati 5. in 6. člen Zakona o medu (Uradni list RS, št. 2/20).",
		`repeal article 5 and 6`},
	{"Ta pravilnik začne veljati petnajsti dan po objavi v Uradnem listu Republike Slovenije.",
		`enter into force 15 days after the publication`},
	{"Ta zakon začne veljati 1. januarja 2027.",
		`enter into force on 2027-01-01`},
	{"Ta uredba začne veljati naslednji dan po objavi v Uradnem listu Republike Slovenije, uporablja pa se od 1. marca 2027.",
		`enter into force on the day after the publication, apply on 2027-03-01`},
	{"V 5. členu se beseda »a« zamenja z besedo »b«.",
		`in article 5: "b" in place of "a"`},
	{"V 5. členu se doda besedilo »a b«.",
		`! no-pattern`},
	{"V 5. členu se tretji odstavek spremeni tako, da se za besedo »a« doda beseda »b«.",
		`in article 5, paragraph 3: add "b" after "a"`},
	{"5. člen se dopolni tako, da se doda nov tretji odstavek, ki se glasi:",
		`put in paragraph 3 in article 5`},
	{"V 5. členu se pod a) beseda »x« črta.",
		`in article 5, point a: without "x"`},
	{"V 5. členu se v prvi alineji pod 2. točko beseda »x« črta.",
		`in article 5, indent 1, point 2: without "x"`},
	{"V drugem odstavku 5. člena se besedilo za vejico črta.",
		`! unknown-word`},
	{"V 5. členu se v prvem odstavku besedilo v oklepaju črta.",
		`! unknown-word`},
	{"V 5. členu se črta oklepaj in besedilo »a«.",
		`! unknown-word`},
	{"V 5. členu se vse besede »a« nadomestijo z besedami »b«.",
		`! unknown-word`},
	{"V prvem in zadnjem odstavku 5. člena se beseda »a« črta.",
		`in article 5, paragraph 1 and the last: without "a"`},
	{"V zadnjem odstavku 5. člena se beseda »a« črta.",
		`in article 5, paragraph the last: without "a"`},
	{"V predzadnji alineji 5. člena se beseda »in« nadomesti z vejico.",
		`in article 5, indent the last but one: "," in place of "in"`},
}

func TestReadsSentences(t *testing.T) {
	t.Parallel()
	within := lawcite.Read("prvi odstavek 1. člena")[0].Ref
	for _, c := range sentences {
		in := ReadSentence(c.text, "", within)
		var got []string
		for _, op := range in.Ops {
			got = append(got, op.Explain())
		}
		if in.Refused != nil {
			got = []string{"! " + string(in.Refused.Reason)}
		}
		if s := strings.Join(got, " | "); s != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, s, c.want)
		}
	}
}

// meaning is what a sentence is read as, to the last field; empty if refused.
func meaning(text string) string {
	in := ReadSentence(text, "", lawcite.Read("prvi odstavek 1. člena")[0].Ref)
	for i := range in.Ops {
		// Another name is another act, and left alone.
		in.Ops[i].Span, in.Ops[i].Act, in.Ops[i].Acts, in.Ops[i].Cited = lawtext.Span{}, "", nil, ""
		if in.Ops[i].Verb == amend.Repeal || in.Ops[i].Verb == amend.Commence {
			in.Ops[i].Text = ""
		}
	}
	if in.Refused != nil {
		return ""
	}
	return fmt.Sprintf("%+v", in.Ops)
}

// hard puts hard spaces into a sentence, and not into its quotations.
func hard(text string) string {
	parts := strings.Split(text, "»")
	for i, p := range parts {
		in, out, quoted := strings.Cut(p, "«")
		if i == 0 || !quoted {
			in, out = "", p
		} else {
			in += "«"
		}
		parts[i] = in + strings.ReplaceAll(out, " ", "\u00a0")
	}
	return strings.Join(parts, "»")
}

// What says the same in other letters is the same operation.
func TestMeaningSurvivesSpelling(t *testing.T) {
	t.Parallel()
	alineja := regexp.MustCompile(`aline(j?)([aeio])\b`)
	order := regexp.MustCompile(`V (\d+\.) členu se v (\S+em odstavku|\S+i alineji|\d+\. točki) `)
	for _, c := range sentences {
		same := meaning(c.text)
		for _, other := range []string{
			strings.NewReplacer("»", "„", "«", "“").Replace(c.text),
			strings.NewReplacer("»", "\"", "«", "\"").Replace(c.text),
			alineja.ReplaceAllString(c.text, "alinej$2"),
			alineja.ReplaceAllString(c.text, "aline$2"),
			order.ReplaceAllString(c.text, "V $2 $1 člena se "),
			hard(c.text),
			strings.TrimSuffix(c.text, "."),
		} {
			if got := meaning(other); got != same {
				t.Errorf("%s\n got %s\n of %s\nwant %s", other, got, c.text, same)
			}
		}
	}
}

// Whatever word is dropped, or swapped with the next, the rest is refused or
// read as the same. Words that are said to widen or narrow are left out: without
// them the sentence says something else, and says it well.
func TestMeaningIsNotGuessed(t *testing.T) {
	t.Parallel()
	within := func(text string, word int) bool { // a quotation, the name of an act, or a number
		at, n := 0, 0
		for i, w := range strings.Fields(text) {
			at = strings.Index(text[n:], w) + n
			if n = at + len(w); i == word {
				break
			}
		}
		for _, tok := range scan(text) {
			if tok.Start <= at && at < tok.End && tok.Sort != lawcite.Word && tok.Sort != lawcite.Mark {
				return true
			}
		}
		w := strings.Trim(strings.Fields(text)[word], ".,:")
		_, ordinal := lawcite.ReadOrdinal(w)
		return ordinal || strings.HasPrefix(w, "zadnj") || strings.HasPrefix(w, "predzadnj") || slices.Contains(strings.Fields(
			"povsod stavka zakona vejica vejico naslov naslovu istega dosedanje besedilo besedila glasi poglavja"), w)
	}
	tried, other := 0, 0
	for _, c := range sentences {
		whole := meaning(c.text)
		if whole == "" || closingVerb(c.text) != "" {
			continue
		}
		words := strings.Fields(c.text)
		for i := range words {
			if within(c.text, i) {
				continue
			}
			less := strings.Join(slices.Delete(slices.Clone(words), i, i+1), " ")
			swapped := slices.Clone(words)
			if i+1 < len(words) && !within(c.text, i+1) {
				swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
			}
			for _, text := range [...]string{less, strings.Join(swapped, " ")} {
				tried++
				if got := meaning(text); got != "" && got != whole {
					other++
					t.Errorf("%s\n is read as %s\n and %s\n as %s", text, got, c.text, whole)
				}
			}
		}
	}
	realtexts.Measured(t, "a word dropped or swapped", "never another operation", "Slovenian grammar", "dropped or swapped %d, read as something else %d", tried, other)
}
