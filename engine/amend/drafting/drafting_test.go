package drafting_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend/drafting"
	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// base is a small act with every kind of paragraph and list.
const base = `1. člen

(namen)

Zakon ureja panje. Panj je dom čebel.

I. PANJI

2. člen

(1) Čebelar pridela med, vosek in mast.

(2) Čebelar vpiše:

1. panje, ki jih ima,

2. roje:

a) bele,

b) črne;

3. travnike.

(3) Med je sladek. Vosek je trd. Mast je mehka.

(4) Čebelar čebelarju pomaga, čebela čebeli pa ne.

II. MED

3. člen

Pristojbina se ne plača za:

- prvi panj,

- drugi panj.

Pristojbino določi zbor.

Plača se jeseni.

4. člen

(prekršek)

(1) Globa je 20 eurov.

(2) Globa je 200 eurov za roj.

5. člen

Ta zakon velja.
`

// drafted makes changes of the base, old and new in turns, and drafts them:
// paragraphs apart by " | ", articles by " || ".
func drafted(t *testing.T, changes ...string) string {
	t.Helper()
	text := base
	for i := 0; i < len(changes); i += 2 {
		if strings.Count(text, changes[i]) != 1 {
			t.Fatalf("%q stands %d times", changes[i], strings.Count(text, changes[i]))
		}
		text = strings.Replace(text, changes[i], changes[i+1], 1)
	}
	was := lawtext.Parse(base)
	d, err := drafting.Write(was, lawtext.Parse(text), drafting.Options{})
	if err != nil {
		return "! " + err.Error()
	}
	if got := carriedOut(was, d.Text); got != lawtext.Print(lawtext.Parse(text)) {
		t.Errorf("comes to %s", got)
	}
	var out []string
	for _, a := range d.Articles {
		out = append(out, strings.ReplaceAll(a.Text, "\n\n", " | "))
	}
	return strings.Join(out, " || ")
}

func TestWrite(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		changes []string
		want    string
	}{
		// Words.
		{[]string{"ureja panje", "ureja roje"}, "V 1. členu se beseda »panje« nadomesti z besedo »roje«."},
		{[]string{"je 20 eurov", "je 30 eurov"}, "V 4. členu se v prvem odstavku število »20« nadomesti s številom »30«."},
		{[]string{"je 200 eurov za roj", "je 200 eurov za vsak roj"}, "V 4. členu se v drugem odstavku za besedo »za« doda beseda »vsak«."},
		{[]string{"med, vosek in mast", "med in mast"}, "V 2. členu se v prvem odstavku besedilo », vosek« črta."},
		{[]string{"čebela čebeli pa ne", "čebela čebelici pa ne"}, "V 2. členu se v četrtem odstavku beseda »čebeli« nadomesti z besedo »čebelici«."},
		{[]string{"vpiše:", "javi:"}, "V 2. členu se v drugem odstavku v napovednem stavku beseda »vpiše« nadomesti z besedo »javi«."},
		{[]string{"b) črne", "b) rjave"}, "V 2. členu se v drugem odstavku v 2. točki beseda »črne« nadomesti z besedo »rjave«."},
		{[]string{"- drugi panj.", "- tretji panj."}, "V 3. členu se v prvem odstavku v drugi alineji beseda »drugi« nadomesti z besedo »tretji«."},
		{[]string{"(prekršek)", "(globa)"}, "V 4. členu se naslov spremeni tako, da se glasi: »(globa)«."},
		// Units.
		{[]string{"(2) Globa je 200 eurov za roj.\n\n", ""}, "V 4. členu se drugi odstavek črta."},
		{[]string{"(2) Globa je 200 eurov za roj.", "(2) Globa ni. \n\n(3) Globa je 200 eurov za roj."}, "V 4. členu se za prvim odstavkom doda nov drugi odstavek, ki se glasi: | »(2) Globa ni.«. | Dosedanji drugi odstavek postane tretji odstavek."},
		{[]string{"(2) Globa je 200 eurov za roj.", "(2) Globa je vedno nižja od dohodka."}, "V 4. členu se drugi odstavek spremeni tako, da se glasi: | »(2) Globa je vedno nižja od dohodka.«."},
		{[]string{"Ta zakon velja.", "(1) Ta zakon velja.\n\n(2) Panj ne."}, "V 5. členu se za besedilom člena, ki postane prvi odstavek, doda nov drugi odstavek, ki se glasi: | »(2) Panj ne.«."},
		{[]string{"4. člen\n\n(prekršek)", "3.a člen\n\nRoj je svoboden.\n\n4. člen\n\n(prekršek)"}, "Za 3. členom se doda nov 3.a člen, ki se glasi: | »3.a člen | Roj je svoboden.«."},
		{[]string{"5. člen\n\nTa zakon velja.", "5. člen\n\n(črtan)"}, "5. člen se črta."},
		{[]string{"5. člen\n\nTa zakon velja.", "5. člen\n\n(prenehal veljati)"}, "5. člen se spremeni tako, da se glasi: | »5. člen | (prenehal veljati)«."},
		{[]string{"(prekršek)\n\n(1) Globa je 20 eurov.\n\n(2) Globa je 200 eurov za roj.", "(črtan)", "Ta zakon velja.", "(črtan)"}, "4. in 5. člen se črtata."},
		{[]string{"5. člen\n\nTa zakon velja.\n", ""}, "Besedilo za 4. členom se črta."},
		// Sentences.
		{[]string{"Panj je dom čebel.", "Panj je dom čebel. Roj je svoboden."}, "V 1. členu se na koncu doda nov stavek, ki se glasi: »Roj je svoboden.«."},
		{[]string{"Vosek je trd.", "Roj je svoboden. Vosek je trd."}, "V 2. členu se v tretjem odstavku za prvim stavkom doda nov drugi stavek, ki se glasi: »Roj je svoboden.«."},
		{[]string{"Vosek je trd. ", ""}, "V 2. členu se v tretjem odstavku drugi stavek črta."},
		{[]string{"Vosek je trd.", "Roj pa leti po travniku."}, "V 2. členu se v tretjem odstavku drugi stavek spremeni tako, da se glasi: »Roj pa leti po travniku.«."},
		// Articles that count anew.
		{[]string{"3. člen\n\nPristojbina", "3. člen\n\nRoj je svoboden in leti.\n\n4. člen\n\nPristojbina", "4. člen\n\n(prekršek)", "5. člen\n\n(prekršek)", "5. člen\n\nTa zakon", "6. člen\n\nTa zakon"},
			"Pred dosedanjim 3. členom se doda nov 3. člen, ki se glasi: | »3. člen | Roj je svoboden in leti.«. | Dosedanji 3. do 5. člen postanejo 4. do 6. člen."},
		{[]string{"1. člen\n\n(namen)\n\nZakon ureja panje. Panj je dom čebel.\n\n", "", "2. člen", "1. člen", "3. člen\n\nPristojbina", "2. člen\n\nPristojbina", "4. člen\n\n(prekršek)", "3. člen\n\n(prekršek)", "5. člen\n\nTa zakon velja.", "4. člen\n\nTa zakon ne velja."},
			"1. člen se črta. | Dosedanji 2. do 5. člen postanejo 1. do 4. člen. || V 4. členu se za besedo »zakon« doda beseda »ne«."},
		// Outside of articles.
		{[]string{"II. MED", "II. MED IN VOSEK"}, "Naslov poglavja »II. MED« se spremeni tako, da se glasi: »II. MED IN VOSEK«."},
		{[]string{"II. MED", "2. Med"}, "Besedilo med 2. in 3. členom se spremeni tako, da se glasi: | »2. Med«."},
		{[]string{"II. MED", "I.a ROJI\n\n2.a člen\n\nRoj je svoboden.\n\nII. MED"}, "Za 2. členom se dodata novo I.a poglavje in nov 2.a člen, ki se glasita: | »I.a ROJI | 2.a člen | Roj je svoboden.«."},
		{[]string{"II. MED", "2.a člen\n\nRoj je svoboden.\n\nII. MED\n\n1. Cvetje"}, "Za 2. členom se doda nov 2.a člen, ki se glasi: | »2.a člen | Roj je svoboden.«. || Pred 3. členom se doda besedilo, ki se glasi: | »1. Cvetje«."},
		{[]string{"II. MED\n\n", ""}, "Besedilo med 2. in 3. členom se črta."},
		{[]string{"Ta zakon velja.\n", "Ta zakon velja.\n\nPriloga 1\n\nObrazec.\n"}, "Na koncu zakona se doda besedilo, ki se glasi: | »Priloga 1 | Obrazec.«."},
		{[]string{"Panj je dom čebel.", "Panj je »dom čebel."}, "V 1. členu se beseda »dom« nadomesti z besedilom „»dom“."},
		{nil, "! drafting: same"},
	} {
		if got := drafted(t, c.changes...); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.changes, got, c.want)
		}
	}
}

// By-laws name themselves, and the title says what there is of.
func TestTitles(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ head, first, title string }{
		{"PRAVILNIK o medu", "V Pravilniku o medu se", "Pravilnik o spremembi Pravilnika o medu"},
		{"UREDBA o medu", "V Uredbi o medu se", "Uredba o spremembi Uredbe o medu"},
		{"ODLOK o medu", "V Odloku o medu se", "Odlok o spremembi Odloka o medu"},
		{"ODREDBA o medu", "V Odredbi o medu se", "Odredba o spremembi Odredbe o medu"},
		{"NAVODILO o medu", "V Navodilu o medu se", "Navodilo o spremembi Navodila o medu"},
		{"Z A K O N\n\nO MEDU", "V Zakonu o medu se", "Zakon o spremembi Zakona o medu"},
	} {
		was := lawtext.Parse(c.head + "\n\n1. člen\n\nMed je sladek in gost.\n")
		d, err := drafting.Write(was, lawtext.Parse(c.head+"\n\n1. člen\n\nMed je grenak in gost.\n"), drafting.Options{})
		if err != nil {
			t.Errorf("%s: %v", c.head, err)
			continue
		}
		if d.Title != c.title || !strings.HasPrefix(d.Articles[0].Text, c.first) {
			t.Errorf("%s\n got %q, %q\nwant %q, %q", c.head, d.Title, d.Articles[0].Text, c.title, c.first)
		}
		again := lawtext.Parse(d.Text)
		if again.Title != c.title {
			t.Errorf("the draft reads as %q", again.Title)
		}
	}
}

func TestParts(t *testing.T) {
	t.Parallel()
	was, is := lawtext.Parse(base), lawtext.Parse(strings.Replace(base, "ureja panje", "ureja roje", 1)+"\n6. člen\n\nPanj.\n")
	d, err := drafting.Write(was, is, drafting.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := d.Affected(was), "BESEDILO ČLENOV, KI SE SPREMINJAJO\n\n1. člen\n\n(namen)\n\nZakon ureja panje. Panj je dom čebel.\n"; got != want {
		t.Errorf("affected\n got %q\nwant %q", got, want)
	}
	rows := drafting.Compare(was, is, false)
	if len(rows) != 2 || rows[0].Kind != lawdiff.Rewritten || rows[0].ID != "art_1__para_1" || rows[1].Old != "" || rows[1].New != "6. člen\nPanj." {
		t.Errorf("rows %+v", rows)
	}
	if got := d.Explanation(); !strings.Contains(got, "K 1. členu\n\nSpreminja se besedilo 1. člena.") || !strings.Contains(got, "K 2. členu\n\nDodaja se 6. člen.") {
		t.Errorf("explanation %s", got)
	}
	list, err := drafting.Amendments(was, is, drafting.Options{})
	if err != nil || len(list) != 2 || list[0].To != "K 1. členu" || list[1].To != "K novemu 6. členu" {
		t.Errorf("amendments %+v, %v", list, err)
	}
}

// A bill that is itself an amending act is amended like any other.
func TestSecondOrder(t *testing.T) {
	t.Parallel()
	bill := "1. člen\n\nV 5. členu se za prvim odstavkom doda nov drugi odstavek, ki se glasi:\n\n»(2) Panj je dom.«.\n\n2. člen\n\nV 6. členu se beseda »roj« nadomesti z besedo »panj«.\n"
	was, is := lawtext.Parse(bill), lawtext.Parse(strings.NewReplacer("Panj je dom", "Panj je »lesen« dom", "besedo »panj«", "besedo »satje«").Replace(bill))
	list, err := drafting.Amendments(was, is, drafting.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"1. člen se spremeni tako, da se glasi:", "V 2. členu se beseda »panj« nadomesti z besedo »satje«."} {
		if !strings.HasPrefix(list[i].Text, want) {
			t.Errorf("got %s", list[i].Text)
		}
	}
}

// Whatever the versions are, writing ends with a proved draft or a refusal.
func FuzzWrite(f *testing.F) {
	f.Add(base, strings.Replace(base, "panje", "»roje", 1))
	f.Add("1. člen\n\nA.\n", "1. člen\n\nB «\n\n2. člen\n\n„x“\n")
	f.Add("I. A\n\n1. člen\n\n(1) x\n\n(2) y", "II. B\n\n1. člen\n\n(1) (črtan)\n\n(3) y:\n\n- a\n- b")
	f.Fuzz(func(t *testing.T, a, b string) {
		was, is := lawtext.Parse(a), lawtext.Parse(b)
		d, err := drafting.Write(was, is, drafting.Options{Short: "X", Transitional: []string{"Minister izda predpis."}})
		var ref *drafting.Refusal
		if err != nil && !errors.As(err, &ref) {
			t.Fatalf("%v", err)
		}
		if err != nil {
			return
		}
		base := *was
		if got := carriedOut(&base, d.Text); got != lawtext.Print(is) && was.Title != "" {
			t.Errorf("comes to %q, not %q", got, lawtext.Print(is))
		}
		d.Affected(was)
		d.Explanation()
		drafting.Compare(was, is, true)
	})
}
