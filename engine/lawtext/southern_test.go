package lawtext

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestSouthernLayouts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, lang, want string }{
		{"Croatian", "ZAKON\n\no pčelama\n\nGLAVA I.\nOPĆE ODREDBE\n\nPredmet Zakona\n\nČlanak 1.\n\n(1) Ovim se Zakonom uređuje:\n\n1. pčela,\n\n2. med:\n\na) bijeli\n\nb) crni.\n\n" +
			"(2) Stavak 1. točka 2. ne vrijedi.\n\nČlanak 1.a\n\n(1) Novo.\n\nZagreb, 1. siječnja 2020.\n",
			"hr", "text_1 text_2 chp_I art_1 para_1 point_1 point_2 point_a point_b para_2 art_1a para_1 text_3"},
		{"Serbian", "ЗАКОН\n\nо пчелама\n\nI. ОСНОВНЕ ОДРЕДБЕ\n\nПредмет\n\nЧлан 1.\n\nОвај закон уређује:\n\n1) пчелу:\n\n(1) белу;\n\n(2) црну;\n\n2) мед.\n\nДруги став.\n\n" +
			"*Службени гласник РС, број 1/2020\n\nЧлан 1а\n\nТрећи.\n\nЧлан 2-4.\n\nПрестали да важе.\n",
			"sr", "text_1 text_2 chp_I art_1 para_1 point_1 point_1 point_2 point_2 para_2 text_1 art_1a para_1 art_2-4 para_1"},
		{"Serbian, list of subpoints alone", "Члан 1.\n\nЋуприја је:\n\n(1) мост;\n\n(2) пут.\n", "sr", "art_1 para_1 point_1 point_2"},
		{"Serbian, letters of both scripts", "Члaн 1.\n\nЋуприја.\n\nЧлан 2.\n\nПут.\n", "sr", "art_1 para_1 art_2 para_1"},
		{"Serbian, wrapped in blocks", "Члан 1.\n\nОвај закон уређује мостове и путеве, као и друге\nграђевине. Мост је\nграђевина над водом.\n\nПут је све\nдруго.\n\nЋуприја је\nмост.\n",
			"sr", "art_1 para_1 para_2 para_3"},
		{"Serbian, own provisions of an amending act", "Члан 1.\n\nМост.\n\nЗакон о изменама Закона о мостовима: „Службени гласник РС”, број 13/2016-3\n\nЧлан 1.\n\nЋуприја.\n",
			"sr", "art_1 para_1 sg-13-2016/art_1 para_1"},
		{"Bosnian", "ZAKON O PČELAMA BOSNE I HERCEGOVINE\n\nČlan 1.\n(Predmet)\n\n(1) Ovaj zakon mijenja:\na) pčelu;\nb) med.\n(2) Riječ je sljedeća.\n",
			"bs", "text_1 art_1 para_1 point_a point_b para_2"},
		{"Montenegrin", "Zakon o pčelama\n\nDefinicije\n\nČlan 1\n\nRiječ u Crnoj Gori:\n\n1) med;\n\n2) saće.\n\nSkupština Crne Gore.\n",
			"cnr", "text_1 art_1 para_1 point_1 point_2 para_2"},
		{"Macedonian", "Член 1\n\n(1) Пчелата ќе лета.\n\n(2) Медот е сладок.\n\nЧлен 1-а\n\nНово.\n", "mk", "art_1 para_1 para_2 art_1a para_1"},
		{"a payload after its announcement", "Члан 1.\n\nПосле члана 3. додаје се члан 3а, који гласи:\n\n„Ћуприја\n\nЧлан 3а\n\nМост („Службени гласник”, број 1/20) је пут.ˮ\n\nЧлан 2.\n\nПут.\n",
			"sr", "art_1 para_1 quote_1 text_1 text_2 art_2 para_1"},
		{"a payload that begins on the line that announces it", "Члан 1.\n\nЧлан 3. мења се и гласи: „Члан 3.\n\nЋуприја.”.\n\nЧлан 2.\n\nПут.\n", "sr", "art_1 para_1 quote_1 text_1 art_2 para_1"},
		{"a mark on a row of its own", "Članak 1.\n\nČlanak 3. mijenja se i glasi:\n\n»\n\nČlanak 3.\n\nTekst stavka.«.\n\nČlanak 2.\n\nDrugo.\n", "hr", "art_1 para_1 quote_1 text_1 art_2 para_1"},
		{"a quotation on one line stays", "Члан 1.\n\nСтав 2. мења се и гласи: „Ћуприја.”\n\nРечи: „прогласе” бришу се.\n", "sr", "art_1 para_1 para_2"},
	} {
		a := Parse(c.text)
		equal(t, c.name, a.Lang, c.lang)
		var ids []string
		for n := range a.All() {
			ids = append(ids, n.ID[strings.LastIndex(n.ID, "__")+1:])
		}
		equal(t, c.name, strings.ReplaceAll(strings.Join(ids, " "), " _", " "), c.want)
		equal(t, c.name+", printed", ink(Print(a)), ink(c.text))
	}
}

// southernPieces are put together at random after the head of an article, so
// that the language is known.
var southernPieces = []string{"Члан 2.", "Члан 2а", "Члан 3-5.", "Члан 6. и 7.", "Предмет уређивања", "I. ОСНОВНЕ ОДРЕДБЕ", "Глава друга", "1. Надлежност",
	"Ћуприја је мост:", "Овај став нема краја", "Други став.", "и наставља се.", "1) прва;", "2) друга:", "1)-5) брисане", "(1) подтачка;", "(2) друга.", "– алинеја,", "- алинеја;", "а) слово;",
	"*Службени гласник РС, број 6/2020", "* Службени лист СФРЈ", "Став 2. мења се и гласи:", "Став 2. мења се и гласи: „Члан 2.", "„", "„Нови став.”", "„Члан 3а", "текст.”.", "”.", "\"", "речи: „а” бришу се.",
	"»Ново«", "„закон („Службени гласник”) је.ˮ", "Закон о изменама Закона о мостовима: „Службени гласник РС”, број 13/2016-3", "ОДРЕДБЕ КОЈЕ НИСУ УНЕТЕ", "Прилог 1", "У Београду, 1. маја 2020. године",
	"Број 12", "", "", "Врло дугачак ред који је преломио програм јер је имао више од осамдесет знакова и који", "пролазе"}

func TestRandomSouthernTexts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	for range 4000 {
		var b strings.Builder
		b.WriteString("Члан 1.\n\nЋуприја је ђачка.\n\n")
		for range 1 + r.IntN(14) {
			b.WriteString(southernPieces[r.IntN(len(southernPieces))])
			b.WriteString([]string{"\n", "\n", "\n\n", "\n\n", " "}[r.IntN(5)])
		}
		checkProperties(t, b.String())
	}
}

// Texts that would take a careless reader more than linear time fail by the
// time limit of the test run.
func TestHostileSouthernTexts(t *testing.T) {
	t.Parallel()
	for _, piece := range []string{"гласи:\n„x\n", "гласи: „", "гласи: „а\n", "„\n", "\"\n", "Члан 1.\n", "гласи:\n„\n", "(1)\n", "*Служб\n"} {
		text := "Члан 1.\n\nЋуприја.\n\n" + strings.Repeat(piece, 200_000/len(piece))
		if a := ParseIn("sr", text); ink(Print(a)) != ink(text) {
			t.Errorf("%q: printing changes the text", piece)
		}
	}
}

// One tombstone may stand for several articles, whose numbers the head joins in
// any of the ways of the gazette.
func TestHeadsOfSeveralArticles(t *testing.T) {
	for head, want := range map[string]string{
		"Члан 39. и 40.": "39-40", "Члан 58. - 62.": "58-62", "Члан 58-62.": "58-62", "Čl. 5.": "", "Члан 9. , 10. и 11.": "9-11",
		"Član 9, 10. i 11.": "9-11", "Члан 9. и": "", "Члан 9. 10.": "", "Члан 9. и 10. закона": "", "Члан 58. - ": "",
	} {
		h, ok := serbian.readArticle(head)
		if !ok {
			h.num = ""
		}
		equal(t, head, h.num, want)
	}
}
