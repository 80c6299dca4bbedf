package positions

import (
	"strings"
	"testing"
)

// way in a small notation: "a12 p1/3 t3=3./5 i2=-": kind, number, =label, /last;
// p* is an only paragraph.
func place(s string) (list []Unit) {
	kinds := map[byte]string{'a': "article", 'p': "paragraph", 't': "point", 'i': "indent", 'x': "annex", 'c': "chapter"}
	for _, word := range strings.Fields(s) {
		u := Unit{Kind: kinds[word[0]]}
		word, u.Last, _ = strings.Cut(word[1:], "/")
		u.Num, u.Label, _ = strings.Cut(word, "=")
		if u.Num == "*" {
			u.Num, u.Only = "1", true
		}
		list = append(list, u)
	}
	return list
}

func (n Norm) String() string {
	return strings.Join(append(append([]string{n.Lead}, n.Quote...), n.Then), "|")
}

func TestProposal_Normative(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		place  string
		wanted Wanted
		text   string
		want   string
	}{
		{"a12=12.člen", Rewrite, "12.člen|(1) Novo.", "12. člen se spremeni tako, da se glasi:|»12.člen|(1) Novo.«.|"},
		{"a12=12.člen", Rewrite, "(1) Novo.", "12. člen se spremeni tako, da se glasi:|»12.člen|(1) Novo.«.|"},
		{"a36.a=36.ačlen", Rewrite, "36.ačlen|Novo.", "36.a člen se spremeni tako, da se glasi:|»36.ačlen|Novo.«.|"},
		{"a12 p1=(1)/3", Rewrite, "(1) Novo.", "V 12. členu se prvi odstavek spremeni tako, da se glasi:|»(1) Novo.«.|"},
		{"a12 p2=(2)/3", Rewrite, "Novo.", "V 12. členu se drugi odstavek spremeni tako, da se glasi:|»(2) Novo.«.|"},
		{"a12 p2=(2)/3", Rewrite, "(2) Novo:|- eno,|- drugo.", "V 12. členu se drugi odstavek spremeni tako, da se glasi:|»(2) Novo:|- eno,|- drugo.«.|"},
		{"a12 p21=(21)/22", Rewrite, "(21) Novo.", "V 12. členu se 21. odstavek spremeni tako, da se glasi:|»(21) Novo.«.|"},
		{"a4 t3=3./9", Rewrite, "3. novo;", "V 4. členu se 3. točka spremeni tako, da se glasi:|»3. novo;«.|"},
		{"a4 p1=(1) t3=3.", Rewrite, "novo;", "V 4. členu se v prvem odstavku 3. točka spremeni tako, da se glasi:|»3. novo;«.|"},
		{"a4 p1=(1) ta=a)", Rewrite, "a) novo;", "V 4. členu se v prvem odstavku a) točka spremeni tako, da se glasi:|»a) novo;«.|"},
		{"a5 p3=(3) i2=-", Rewrite, "- novo,", "V 5. členu se v tretjem odstavku druga alineja spremeni tako, da se glasi:|»- novo,«.|"},
		{"a5 p7=(7) t1=1. i6=-", Rewrite, "- novo,", "V 5. členu se v sedmem odstavku v 1. točki šesta alineja spremeni tako, da se glasi:|»- novo,«.|"},
		{"a5 i3=-", Rewrite, "novo.", "V 5. členu se tretja alineja spremeni tako, da se glasi:|»- novo.«.|"},
		{"a5 t2=2. i1=-", Rewrite, "- novo.", "V 5. členu se v 2. točki prva alineja spremeni tako, da se glasi:|»- novo.«.|"},
		{"a18 p*/1", Rewrite, "Novo.", "V 18. členu se besedilo spremeni tako, da se glasi:|»Novo.«.|"},

		{"a12=12.člen", Insert, "12.a člen|(novo)|Novo.", "Za 12. členom se doda nov 12.a člen, ki se glasi:|»12.a člen|(novo)|Novo.«.|"},
		{"a12.a=12.ačlen", Insert, "12.b člen|Novo.", "Za 12.a členom se doda nov 12.b člen, ki se glasi:|»12.b člen|Novo.«.|"},
		{"a12=12.člen", Insert, "Novo.", "Za 12. členom se doda nov člen, ki se glasi:|»Novo.«.|"},
		{"a12 p1=(1)/1", Insert, "(2) Novo.", "V 12. členu se za prvim odstavkom doda nov drugi odstavek, ki se glasi:|»(2) Novo.«.|"},
		{"a12 p1=(1)/2", Insert, "Novo.", "V 12. členu se za prvim odstavkom doda nov drugi odstavek, ki se glasi:|»(2) Novo.«.|Dosedanji drugi odstavek postane tretji odstavek."},
		{"a12 p3=(3)/5", Insert, "(4) Novo.", "V 12. členu se za tretjim odstavkom doda nov četrti odstavek, ki se glasi:|»(4) Novo.«.|Dosedanja četrti in peti odstavek postaneta peti in šesti odstavek."},
		{"a12 p1=(1)/5", Insert, "(2) Novo.", "V 12. členu se za prvim odstavkom doda nov drugi odstavek, ki se glasi:|»(2) Novo.«.|Dosedanji drugi do peti odstavek postanejo tretji do šesti odstavek."},
		{"a4 t3=3./4", Insert, "novo;", "V 4. členu se za 3. točko doda nova 4. točka, ki se glasi:|»4. novo;«.|Dosedanja 4. točka postane 5. točka."},
		{"a4 p1=(1) t3=3./3", Insert, "4. novo.", "V 4. členu se v prvem odstavku za 3. točko doda nova 4. točka, ki se glasi:|»4. novo.«.|"},
		{"a5 p1=(1) i2=-/4", Insert, "novo,", "V 5. členu se v prvem odstavku za drugo alinejo doda nova tretja alineja, ki se glasi:|»- novo,«.|Dosedanji tretja in četrta alineja postaneta četrta in peta alineja."},
		{"a5 i1=-/5", Insert, "- novo,", "V 5. členu se za prvo alinejo doda nova druga alineja, ki se glasi:|»- novo,«.|Dosedanje druga do peta alineja postanejo tretja do šesta alineja."},
		{"a36.a p*/1", Insert, "Novo.", "V 36.a členu se za dosedanjim besedilom, ki postane prvi odstavek, doda nov drugi odstavek, ki se glasi:|»(2) Novo.«.|"},
		{"a4 tc=c)/c", Insert, "č) novo.", "V 4. členu se za c) točko doda nova točka, ki se glasi:|»č) novo.«.|"},

		{"a12=12.člen", Delete, "", "12. člen se črta.|"},
		{"a12 p2=(2)/4", Delete, "", "V 12. členu se drugi odstavek črta.|Dosedanja tretji in četrti odstavek postaneta drugi in tretji odstavek."},
		{"a12 p1=(1)/2", Delete, "", "V 12. členu se prvi odstavek črta.|Dosedanji drugi odstavek postane edini odstavek."},
		{"a12 p2=(2)/2", Delete, "", "V 12. členu se drugi odstavek črta.|Dosedanji prvi odstavek postane edini odstavek."},
		{"a4 p2=(2) t5=5./6", Delete, "", "V 4. členu se v drugem odstavku 5. točka črta.|Dosedanja 6. točka postane 5. točka."},
		{"a4 p2=(2) t1=1. i1=-/2", Delete, "", "V 4. členu se v drugem odstavku v 1. točki prva alineja črta.|Dosedanja druga alineja postane prva alineja."},
		{"a18 p*/1", Delete, "", "18. člen se črta.|"},

		{"a12=12.člen", Keep, "", "12. člen ostane nespremenjen.|"},
		{"a12 p1=(1)/3", Keep, "", "Prvi odstavek 12. člena ostane nespremenjen.|"},
		{"a4 p2=(2) t3=3. i4=-", Keep, "", "Četrta alineja 3. točke drugega odstavka 4. člena ostane nespremenjena.|"},
		{"a18 p*/1", Keep, "", "18. člen ostane nespremenjen.|"},

		// Where a sentence might be wrong, the whole provision stands under its name.
		{"x1", Rewrite, "Novo.", "(cite)|Novo.|"},
		{"c2 a12", Rewrite, "Novo.", "(cite)|Novo.|"},
		{"a12 i1 i2", Rewrite, "Novo.", "(cite)|Novo.|"},
		{"a4 tb=b)/d", Insert, "c) novo;", "(cite)|c) novo;|"},
		{"", Delete, "", "(cite) se črta.|"},
	} {
		p := Proposal{Place: place(tt.place), Wanted: tt.wanted, Text: strings.ReplaceAll(tt.text, "|", "\n"), Draft: "Staro.", Lang: "sl", Cite: "(cite)"}
		if got := p.Normative().String(); got != tt.want {
			t.Errorf("%s %s %q:\n got %s\nwant %s", tt.place, tt.wanted, tt.text, got, tt.want)
		}
	}
}

func TestProposal_Normative_english(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		place  string
		wanted Wanted
		text   string
		want   string
	}{
		{"a12=Article12", Rewrite, "New.", "Article 12 is replaced by the following:|‘Article12|New.’.|"},
		{"a12 p1=(1) t3=3.", Rewrite, "3. new;", "In Article 12, in paragraph 1, point 3 is replaced by the following:|‘3. new;’.|"},
		{"a12 p1=(1)/2", Insert, "(2) New.", "In Article 12, after paragraph 1, the following paragraph is inserted:|‘(2) New.’.|"},
		{"a12 p1=(1)/1", Delete, "", "In Article 12, paragraph 1 is deleted.|"},
		{"a12 p*/1", Rewrite, "New.", "The text of Article 12 is replaced by the following:|‘New.’.|"},
		{"a12", Keep, "", "Article 12 remains unchanged.|"},
	} {
		p := Proposal{Place: place(tt.place), Wanted: tt.wanted, Text: strings.ReplaceAll(tt.text, "|", "\n"), Draft: "Old.", Lang: "en", Cite: "(cite)"}
		if got := p.Normative().String(); got != tt.want {
			t.Errorf("%s %s: got %s, want %s", tt.place, tt.wanted, got, tt.want)
		}
	}
}
