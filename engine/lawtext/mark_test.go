package lawtext

import (
	"fmt"
	"strings"
	"testing"
)

func TestReadMark(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ row, want string }{
		{"(1) Prvi", "para 1 Prvi"},
		{"(2.a) Vmes", "para 2.a Vmes"},
		{"(5a) Vmes", "para 5a Vmes"},
		{"(a) prva", "letter a prva"},
		{"1. prva", "num 1 prva"},
		{"12.", "num 12 "},
		{"3.a vmes", ""},
		{"3.a. vmes", "num 3.a vmes"},
		{"1) prva", "paren 1 prva"},
		{"a) prva", "letter a prva"},
		{"č) četrta", "letter č četrta"},
		{"aa) mnogo", "letter aa mnogo"},
		{"A. PRVO", "upper A PRVO"},
		{"1.1. Pod", "dotted 1.1 Pod"},
		{"1.1 Pod", "dotted 1.1 Pod"},
		{"- alineja", "dash  alineja"},
		{"– alineja", "dash  alineja"},
		{"• alineja", "bullet  alineja"},
		{"1. maja 2020 se začne", ""},
		{"5. členu se črta", ""},
		{"10. do 12. člen se črtajo", ""},
		{"14. in 14.a člen", ""},
		{"2024. leta", ""},
		{"1.000 evrov", ""},
		{"d.o.o. ali", ""},
		{"(glej prilogo)", ""},
		{"(UL L 12)", ""},
		{"beseda) in", ""},
		{"", ""},
	} {
		names := [...]string{"", "para", "num", "dotted", "paren", "letter", "upper", "dash", "bullet"}
		got := ""
		if m := slovene.readMark(c.row); m.style != noStyle {
			got = names[m.style] + " " + m.num + " " + m.rest
		}
		equal(t, c.row, got, c.want)
	}
}

func TestReadArticle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ row, num, heading string }{
		{"1. člen", "1", ""},
		{"51.a člen", "51.a", ""},
		{"51.ba člen", "51.ba", ""},
		{"a51.š člen", "a51.š", ""},
		{"79. č člen", "79.č", ""},
		{"1042. člen", "1042", ""},
		{"12. ČLEN", "12", ""},
		{"»12. člen", "12", ""},
		{"**12. člen**", "", ""},
		{"12. člen.", "12", ""},
		{"12. člen (črtan)", "12", "(črtan)"},
		{"12. člen (1) ne", "", ""},
		{"12. člena", "", ""},
		{"12. člen zakona", "", ""},
		{"V 12. člen", "", ""},
		{"10. in 12. člen", "", ""},
		{"člen", "", ""},
		{"12345. člen", "", ""},
	} {
		h, _ := slovene.readArticle(c.row)
		equal(t, c.row, h.num+" "+h.heading, c.num+" "+c.heading)
	}
}

func TestFollows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		pair string
		want bool
	}{
		{"1 2", true}, {"9 10", true}, {"1 3", false}, {"2 1", false}, {"3 3.a", true}, {"3.b 4", true}, {"3 3", false},
		{"a b", true}, {"c č", true}, {"c d", true}, {"č d", true}, {"a d", false}, {"b a", false}, {"ž aa", true},
		{"1 a", false}, {"a 1", false}, {"? b", false},
	} {
		a, b, _ := strings.Cut(c.pair, " ")
		if got := follows(a, b); got != c.want {
			t.Errorf("%s: %v", c.pair, got)
		}
	}
}

func TestTombstones(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"(črtan)": true, "(prenehal veljati)": true, "(razveljavljena)": true, "(preneha veljati)": true, "črtano": true,
		"(delno prenehal veljati)": false, "(preneha uporabljati)": false, "(pomen izrazov)": false, "": false,
	} {
		if slovene.isTombstone(s) != want {
			t.Errorf("%s: %v", s, !want)
		}
	}
}

func TestReadDivision(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ row, want string }{
		{"I. SPLOŠNE DOLOČBE", "chapter 2 I. I SPLOŠNE DOLOČBE true"},
		{"IX.a TRETJE POGLAVJE", "chapter 2 IX.a IX.a TRETJE POGLAVJE true"},
		{"II. Vpis v razvid", "chapter 2 II. II Vpis v razvid false"},
		{"»IX. KONČNE DOLOČBE", "chapter 2 IX. IX KONČNE DOLOČBE true"},
		{"PRVI DEL", "part 1 PRVI DEL 1  true"},
		{"Drugi del ZAVAROVANCI", "part 1 Drugi del 2 ZAVAROVANCI true"},
		{"I. poglavje", "chapter 2 I. poglavje I  true"},
		{"14. POGLAVJE:", "chapter 2 14. POGLAVJE: 14  true"},
		{"POGLAVJE II", "chapter 2 POGLAVJE II II  true"},
		{"2. oddelek", "section 3 2. oddelek 2  true"},
		{"3. pododdelek", "section 4 3. pododdelek 3  true"},
		{"1. Izhodišča", "section 6 1. 1 Izhodišča false"},
		{"4.a SUBVENCIJE", "section 6 4.a 4.a SUBVENCIJE false"},
		{"1.1. Nacionalni program", "section 7 1.1. 1.1 Nacionalni program false"},
		{"1.1.2. Javni programi", "section 8 1.1.2. 1.1.2 Javni programi false"},
		{"A. Prvo", "section 5 A. A Prvo false"},
		{"a) Predsednik", "section 11 a) a Predsednik false"},
		{"Prvi del zakona ureja sistem", ""},
		{"1. točka se črta.", ""},
		{"I. je rimska številka", ""},
		{"V Ljubljani", ""},
		{"- alineja", ""},
		{"(1) Odstavek", ""},
		{"1. Prvi stavek, ki se konča.", ""},
	} {
		got := ""
		if d, ok := slovene.readDivision(c.row); ok {
			got = fmt.Sprintf("%s %d %s %s %s %v", d.kind, d.rank, d.label, d.num, d.heading, d.sure)
		}
		equal(t, c.row, got, c.want)
	}
}
