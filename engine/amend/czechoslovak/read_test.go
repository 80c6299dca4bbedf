package czechoslovak

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// told writes what a sentence was read as in small notation: verb, address,
// place, words.
func told(in amend.Instruction) string {
	if in.Refused != nil {
		return "refused " + string(in.Refused.Reason)
	}
	var out []string
	for _, o := range in.Ops {
		s := string(o.Verb)
		if o.Old {
			s += " old"
		}
		s += " " + place(o.At)
		if o.New.Unit != "" {
			s += " → " + place(lawcite.Ref{Steps: []lawcite.Step{o.New}})
		}
		if o.Place != amend.Anywhere {
			s += " " + string(o.Place)
		}
		for _, w := range []string{o.Anchor, o.Text, o.With, o.Payload} {
			if w != "" {
				s += " [" + strings.ReplaceAll(w, "\n\n", " | ") + "]"
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func place(r lawcite.Ref) string {
	var out []string
	for _, s := range r.Steps {
		w := string(s.Unit)[:3]
		for _, n := range s.Numbers {
			if w += " " + n.From; n.To != "" {
				w += "–" + n.To
			}
		}
		out = append(out, w)
	}
	return strings.Join(out, "/")
}

// read reads sentences as one point of an amending act.
func read(lang, text string) []amend.Instruction {
	r := &reading{lex: lexicons[lang], article: "I.1"}
	r.point(stretch{text, 0})
	return r.out
}

func TestReadsSentences(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"sk", "V § 3 ods. 1 sa slová „a b“ nahrádzajú slovami „c“.", "text-replace art 3/par 1 [a b] [c]"},
		{"sk", "V § 3 ods. 1 písm. a) a ods. 2 sa vypúšťa slovo „x“.", "text-delete art 3/par 1/poi a [x] // text-delete art 3/par 2 [x]"},
		{"sk", "V § 3 sa za slová „a“ vkladá čiarka a slová „b“.", "text-insert art 3 after [a] [, b]"},
		{"sk", "§ 5 sa vypúšťa.", "delete art 5"},
		{"sk", "§ 5 až 7 sa vypúšťajú.", "delete art 5–7"},
		{"sk", "V § 2 sa za odsek 1 vkladá nový odsek 2, ktorý znie: „(2) Text.“.", "insert art 2/par 1 → par 2 after [(2) Text.]"},
		{"sk", "§ 4 sa dopĺňa písmenom e), ktoré znie: „e) text.“.", "insert art 4 → poi e [e) text.]"},
		{"sk", "V § 4 písm. l) prvom bode sa slovo „päť“ nahrádza slovom „tri“.", "text-replace art 4/poi l/poi 1 [päť] [tri]"},
		{"sk", "V § 3 ods. 2 sa prvá veta nahrádza vetou: „Nová veta.“.", "replace art 3/par 2/sen 1 [Nová veta.]"},
		{"sk", "Doterajšie odseky 3 a 4 sa označujú ako odseky 2 a 3.", "renumber old par 3 4 → par 2 3"},
		{"sk", "Doterajší text § 3 sa označuje ako odsek 1 a dopĺňa sa odsekom 2, ktorý znie: „(2) Text.“.", "wrap old art 3 → par 1; insert art 3 → par 2 [(2) Text.]"},
		{"sk", "V § 9 ods. 1 sa slovo „a“ na konci nahrádza bodkou a vypúšťa sa písmeno c).", "text-replace art 9/par 1 end [a] [.]; delete art 9/par 1/poi c"},
		{"sk", "Poznámka pod čiarou k odkazu 16a znie: „^16a) § 1.“.", "replace foo 16a [16a) § 1.]"},
		{"sk", "Slovo „x“ vo všetkých tvaroch sa nahrádza slovom „y“ v príslušnom tvare.", "refused no-target"},
		{"sk", "V § 3 sa slová „a“ čarovne nahrádzajú slovami „c“.", "refused unknown-word"},
		{"sk", "V § 3 sa slová „a nahrádzajú slovami „c“.", "refused bad-payload"},
		{"cs", "V § 5 odst. 2 větě první se slova „a“ zrušují, za slovo „b“ se vkládá slovo „c“ a slovo „d“ se nahrazuje slovem „e“.",
			"text-delete art 5/par 2/sen 1 [a]; text-insert art 5/par 2/sen 1 after [b] [c]; text-replace art 5/par 2/sen 1 [d] [e]"},
		{"cs", "V § 25 se na konci odstavce 4 tečka nahrazuje čárkou a doplňuje se písmeno i), které zní: „i) text.“.",
			"text-replace art 25/par 4 end [.] [,]; insert art 25/par 4 → poi i [i) text.]"},
		{"cs", "V § 2 se na konci textu odstavce 5 doplňují slova „, pokud“.", "text-insert art 2/par 5 end [, pokud]"},
		{"cs", "V § 21 odst. 5 se věta poslední zrušuje.", "delete art 21/par 5/sen -1"},
		{"cs", "Za § 15 se vkládají nové § 15a a 15b, které znějí: „§ 15a Text. § 15b Jiný.“.", "insert art 15 → art 15a 15b after [##### § 15a | Text. | ##### § 15b | Jiný.]"},
		{"cs", "V § 4 odst. 3 se písmeno „d)“ nahrazuje písmenem „c)“.", "text-replace art 4/par 3 [d)] [c)]"},
		{"cs", "V § 2 odst. 1, § 3 včetně nadpisu a odst. 2 a v § 4 v nadpisu se slovo „x“ zrušuje.",
			"text-delete art 2/par 1 [x] // text-delete art 3/hea [x] // text-delete art 3/par 2 [x] // text-delete art 4/hea [x]"},
		{"cs", "V § 6 a 7 včetně nadpisů se slovo „x“ zrušuje.", "text-delete art 6 [x] // text-delete art 7 [x] // text-delete art 6/hea [x] // text-delete art 7/hea [x]"},
		{"cs", "V § 6 se slovo „x“ zrušuje a v odstavci 2 se slovo „y“ nahrazuje slovem „z“.", "text-delete art 6 [x]; text-replace art 6/par 2 [y] [z]"},
		{"cs", "Za hlavu druhou se vkládá nová hlava třetí, která zní: „HLAVA III\n\n##### § 9\n\nText.“.", "append cha 2 → cha III after [HLAVA III | ##### § 9 | Text.]"},
		{"cs", "V § 2 úvodní části odstavce 1 se slovo „a“ zrušuje.", "text-delete art 2/par 1/int [a]"},
		{"sk", "§ 3 ods. 1 písm. a), d) znejú: „a) podľa písm. d) jedno, d) druhé.“. § 4 sa vypúšťa.“.", "replace art 3/par 1/poi a d [a) podľa písm. d) jedno, | d) druhé.] // delete art 4"},
		{"cs", "V § 1 se na konci písmene b), § 2 odst. 1 na konci písmene a) slovo „a“ nahrazuje slovem „nebo“.", "text-replace art 1/poi b end [a] [nebo] // text-replace art 2/par 1/poi a end [a] [nebo]"},
		{"cs", "Za § 31 se vkládá nadpis „Opatření“ a nový § 31a, který zní: „§ 31a Text.“.", "append art 31 → art 31a after [#### Opatření | ##### § 31a | Text.]"},
		{"cs", "V příloze č. 1 vzor formuláře č. 1/3 zní:", "replace ann 1/pla"},
		{"sk", "V prílohe č. 2 časti Definície sa slovo „a“ vypúšťa.", "text-delete ann 2/pla [a]"},
		{"sk", "V § 2 sa časť vety za druhou bodkočiarkou vypúšťa.", "delete art 2/cla 2"},
		{"sk", "V § 2 písm. a) sa vypúšťa slovo „x“ a v písm. c) slovo „y“.", "text-delete art 2/poi a [x] // text-delete art 2/poi c [y]"},
		{"sk", "Nadpis pod poradovým číslom § 3 sa presúva nad poradové číslo tohto paragrafu.", "lift art 3"},
		{"sk", "V § 2 sa nad slovo „x“ umiestňuje odkaz 16a.", "text-insert art 2 after [x] [16a)]"},
		{"sk", "V § 3 písm. d) a e) prvom bode sa slovo „x“ vypúšťa.", "refused unknown-word"},
		{"sk", "V § 3 sa vkladá a slová „x“.", "refused no-pattern"},
		{"sk", "Vyhláška sa dopĺňa prílohou č. 2, ktorá znie: „Príloha č. 2 Vzor“.", "insert  → ann 2 [Príloha č. 2 Vzor]"},
		{"cs", "Dosavadní písmena h) až k) se označují jako písmena f) až i).", "renumber old poi h–k → poi f–i"},
	} {
		var got []string
		for _, in := range read(c.lang, c.text) {
			got = append(got, told(in))
		}
		if g := strings.Join(got, " // "); g != c.want {
			t.Errorf("%s\n got  %s\n want %s", c.text, g, c.want)
		}
	}
}

func TestPayloadsWithoutLines(t *testing.T) {
	r := &reading{lex: &slovak, headings: []string{"Nadpis prvý"}}
	for _, c := range []struct {
		text    string
		unit    lawcite.Unit
		heading bool
		want    string
	}{
		{"§ 1 Nadpis prvý Text a) jedno, b) druhé podľa písmena a) alebo b).", lawtext.Article, true, "##### § 1 | ##### Nadpis prvý | Text | a) jedno, | b) druhé podľa písmena a) alebo b)."},
		{"§ 1 Iný nadpis (1) Prvý. (2) Druhý.", lawtext.Article, true, "##### § 1 | ##### Iný nadpis | (1) Prvý. | (2) Druhý."},
		{"§ 1 Iný nadpis Text bez odsekov.", lawtext.Article, true, "two-readings"},
		{"Iný nadpis (1) Prvý. (2) Druhý.", lawtext.Article, true, "##### § 1 | ##### Iný nadpis | (1) Prvý. | (2) Druhý."},
		{"(3) Text, a to 1. jeden, 2. dva od 3. mája, (4) Ďalší.", lawtext.Paragraph, false, "(3) Text, a to | 1. jeden, | 2. dva od 3. mája, | (4) Ďalší."},
	} {
		lines, ref := r.layout(c.text, c.unit, []lawcite.Range{{From: "1"}}, c.heading)
		got := strings.Join(lines, " | ")
		if ref != nil {
			got = string(ref.Reason)
		}
		if got != c.want {
			t.Errorf("%s\n got  %s\n want %s", c.text, got, c.want)
		}
	}
}

func TestCutsAnActIntoPoints(t *testing.T) {
	const act = "##### Čl. I\n\nZákon č. 1/2000 Z. z. sa mení takto:\n\n1.\n\n§ 1 znie:\n\n„§ 1 Text „x“ 2. nie.“. 2. § 2 sa vypúšťa.\n\n3.\n\n§ 3 znie: „§ 3 bez konca.\n\n4.\n\n§ 4 sa vypúšťa.\n\n##### Čl. II\n\nTento zákon nadobúda účinnosť 1. januára 2001.\n"
	var got []string
	for _, p := range cut(act, 0) {
		for _, q := range p.points {
			got = append(got, p.num+"."+q.num+" "+strings.Join(strings.Fields(q.text), " "))
		}
		if len(p.points) == 0 {
			got = append(got, p.num)
		}
	}
	want := "I.1 § 1 znie: „§ 1 Text „x“ 2. nie.“|I.2 § 2 sa vypúšťa.|I.3 § 3 znie: „§ 3 bez konca.|I.4 § 4 sa vypúšťa.|II"
	if g := strings.Join(got, "|"); g != want {
		t.Errorf("got  %s\nwant %s", g, want)
	}
}
