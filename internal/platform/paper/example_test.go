package paper_test

import (
	"bytes"
	"fmt"
	"time"

	"github.com/asociacija/asociacija/internal/platform/paper"
)

var signed = time.Date(2026, 11, 27, 18, 20, 0, 0, time.UTC)

// letter is what goes to a ministry with a position.
func letter() paper.Document {
	return paper.Document{
		Lang: "sl", Title: "Dopis ministrici: rok za pripombe", Author: "Mreža neodvisne kulture",
		Subject: "Podaljšanje javne razprave", Created: signed,
		Footer: "Dopis 2026-31 · mnk.example/d/2026-31 · a41f 9c02 · stanje 27. 11. 2026",
		Blocks: []paper.Block{
			paper.Address{Sender: true, Lines: []string{"Mreža neodvisne kulture", "Tesarska 9, 1000 Ljubljana", "info@mnk.example"}},
			paper.Address{Lines: []string{"Ministrstvo za kulturo", "ga. Živa Ćirić Đurđević, ministrica", "Maistrova ulica 10", "1000 Ljubljana"}},
			paper.Date{Text: "Ljubljana, 27. november 2026"},
			paper.Subject{Text: "Zadeva: rok za pripombe k drugemu osnutku novele"},
			paper.Paragraph{Text: paper.Plain("Spoštovana gospa ministrica,")},
			paper.Paragraph{Text: paper.Text{
				{Text: "drugi osnutek novele je bil objavljen 20. novembra, rok za pripombe pa je "},
				{Text: "štirinajst dni", Style: paper.Bold},
				{Text: ". Resolucija o normativni dejavnosti priporoča, da javnost sodeluje od 30 do 60 dni. Naše članice delajo večinoma prostovoljno; sklep o stališču sprejme upravni odbor po posvetovanju s članstvom, ki po 31. členu statuta traja najmanj štirinajst dni."},
			}},
			paper.Paragraph{Text: paper.Text{
				{Text: "Predlagamo, da rok podaljšate do 15. januarja 2027. O tem so pisale tudi sestrske mreže: "},
				{Text: "„Рок за јавну расправу мора бити разуман“", Lang: "sr-Cyrl", Style: paper.Italic},
				{Text: " – in »Rok mora biti primjeren«. Razlogi so na naši "},
				{Text: "javni strani", Link: "https://mnk.example/d/2026-31"},
				{Text: "."},
			}},
			paper.List{Numbered: true, Items: []paper.Text{
				paper.Plain("Rok za pripombe naj teče do 15. januarja 2027."),
				paper.Plain("Objavi naj se ocena finančnih posledic, na katero se osnutek sklicuje, a je med gradivom ni."),
				paper.Plain("Na vsako pripombo naj ministrstvo odgovori pisno."),
			}},
			paper.Signature{Closing: "S spoštovanjem,", Lines: []string{"Ivo Tratar", "predsednik"}},
		},
	}
}

// comments is the table of comments per provision (tabela pripomb po členih).
func comments(rows int) paper.Document {
	t := paper.Table{
		Caption: "Pripombe po členih, s podporo organizacij v posvetovanju",
		Columns: []paper.Column{{Head: "Člen", Share: 3}, {Head: "Pripomba", Share: 10}, {Head: "Predlog besedila", Share: 10}, {Head: "Za", Share: 2, Numeric: true}},
	}
	t.RowHeads = true
	for i := range rows {
		t.Rows = append(t.Rows, []paper.Cell{
			{paper.Plain(fmt.Sprintf("%d. člen, prvi odstavek", i+1))},
			{paper.Plain("Znesek, ki ga objavi ministrstvo brez merila, je mogoče vsako leto zamrzniti."), paper.Plain("Formula to prepreči in obe strani veže na isti javni podatek.")},
			{paper.Text{{Text: "Honorar ne sme biti nižji od zneska, ki ga "}, {Text: "objavi ministrstvo", Style: paper.Deleted}, {Text: " "}, {Text: "izračuna urad za statistiko", Style: paper.Inserted}, {Text: "."}}},
			{paper.Plain(fmt.Sprint(46 - i%7))},
		})
	}
	return paper.Document{
		Lang: "sl", Title: "Pripombe k osnutku po členih", Author: "Mreža neodvisne kulture", Created: signed,
		Footer: "Stališče 2026-07 · mnk.example/s/2026-07/3 · a41f 9c02 · stanje 27. 11. 2026",
		Blocks: []paper.Block{
			paper.PageBreak{Landscape: true},
			paper.Heading{Level: 1, Text: paper.Plain("Pripombe k drugemu osnutku novele")},
			paper.Paragraph{Face: paper.Sans, Text: paper.Plain("Zadeva 2026/014. Odgovorilo je 49 od 58 organizacij.")},
			t,
		},
	}
}

// amendment is a sheet of proposed changes to a bill (predlog sprememb).
func amendment() paper.Document {
	return paper.Document{
		Lang: "sl", Title: "Stališče do drugega osnutka novele Zakona o podpori neodvisni kulturi",
		Author: "Mreža neodvisne kulture", Subject: "Stališče 2026-07", Created: signed,
		Spoken: paper.Spoken{Inserted: "dodano", Deleted: "črtano"},
		Footer: "Stališče 2026-07 · mnk.example/s/2026-07/3 · a41f 9c02 · stanje 27. 11. 2026",
		Blocks: []paper.Block{
			paper.Paragraph{Face: paper.Sans, Text: paper.Text{{Text: "Stališče 2026-07 · tretja različica", Style: paper.Muted}}},
			paper.Heading{Level: 1, Text: paper.Plain("Stališče do drugega osnutka novele Zakona o podpori neodvisni kulturi")},
			paper.Paragraph{Text: paper.Plain("Osnutek podpiramo, če določi, kdo izračuna najnižji honorar. Predlagamo dve spremembi; za njima stoji 46 od 58 organizacij.")},
			paper.Facts{
				{Label: "Odločil", Value: paper.Plain("Upravni odbor na 9. redni seji, 27. novembra 2026, s sedmimi glasovi za in nobenim proti")},
				{Label: "Po pravilu", Value: paper.Plain("Statut, 31. člen: stališče do predpisa potrdi upravni odbor po posvetovanju s članstvom")},
			},
			paper.Heading{Level: 2, Text: paper.Plain("Predlog 1: dve leti delovanja zadoščata")},
			paper.Heading{Level: 3, Text: paper.Plain("Besedilo, 12. člen, prvi odstavek")},
			paper.Norm{paper.Text{
				{Text: "(1) Za podporo lahko zaprosi organizacija, ki najmanj "},
				{Text: "tri leta", Style: paper.Deleted}, {Text: " "}, {Text: "dve leti", Style: paper.Inserted},
				{Text: " neprekinjeno deluje na področju kulture in program pretežno izvaja v Republiki Sloveniji."},
			}},
			paper.Heading{Level: 3, Text: paper.Plain("Obrazložitev")},
			paper.Paragraph{Text: paper.Text{
				{Text: "Od ustanovitve do prve prijave danes mine povprečno 6,2 leta. V tem času preneha delovati vsaka tretja organizacija, in sicer "},
				{Text: "ne zaradi slabega programa", Style: paper.Italic},
				{Text: ", temveč ker za temeljne stroške "}, {Text: "ne more zaprositi nikjer", Style: paper.Marked}, {Text: "."},
			}},
			paper.Heading{Level: 2, Text: paper.Plain("Predlog 2: najnižji honorar izračuna urad, ne minister")},
			paper.Heading{Level: 3, Text: paper.Plain("Besedilo, 18. člen")},
			paper.Norm{
				paper.Text{{Text: "(1) Honorar ne sme biti nižji od zneska, ki ga "}, {Text: "za posamezno vrsto dela objavi ministrstvo", Style: paper.Deleted}, {Text: " "}, {Text: "urad za statistiko izračuna iz povprečne bruto plače v javnih zavodih na področju kulture", Style: paper.Inserted}, {Text: "."}},
				paper.Text{{Text: "(2) Znesek iz prejšnjega odstavka se objavi do 31. januarja za tekoče leto.", Style: paper.Inserted}},
			},
			paper.Heading{Level: 3, Text: paper.Plain("Posledice")},
			paper.List{Items: []paper.Text{
				paper.Plain("Proračun: 1,9 milijona evrov na leto pri enakem obsegu programov."),
				paper.Plain("Ljudje: 610 prejemnic in prejemnikov, katerih honorar je danes pod izračunanim zneskom."),
			}},
		},
	}
}

func ExampleFragment() {
	var b bytes.Buffer
	d := paper.Document{Lang: "sl", Title: "Predlog", Blocks: []paper.Block{
		paper.Norm{paper.Text{{Text: "najmanj "}, {Text: "tri leta", Style: paper.Deleted}, {Text: " "}, {Text: "dve leti", Style: paper.Inserted}}},
	}}
	if err := paper.Fragment(&b, d); err != nil {
		fmt.Println(err)
	}
	fmt.Print(b.String())
	// Output:
	// <div class="paper" lang="sl">
	// <blockquote class="norm"><p>najmanj <del>tri leta</del> <ins>dve leti</ins></p>
	// </blockquote>
	// </div>
}
