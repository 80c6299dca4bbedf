package czechoslovak

import (
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// The words of Czech drafting.
var czech = lexicon{
	units: []unitNoun{
		{lawtext.Article, noun{any: "§", nom: "paragraf", gen: "paragrafu", loc: "paragrafu"}},
		{lawtext.Article, noun{any: "čl", nom: "článek články", gen: "článku článků", loc: "článku článcích", ins: "článkem články"}},
		{lawtext.Paragraph, noun{any: "odst", nom: "odstavec odstavce", gen: "odstavce odstavců", loc: "odstavci odstavcích", ins: "odstavcem odstavci"}},
		{lawtext.Point, noun{any: "písm pism", nom: "písmeno písmena", gen: "písmene písmen písmena", loc: "písmenu písmeni písmenech písmeně písmene", ins: "písmenem písmeny"}},
		{numbered, noun{nom: "bod body", gen: "bodu bodů", loc: "bodě bodu bodech", ins: "bodem body"}},
		{lawtext.Indent, noun{nom: "odrážka odrážku odrážky", gen: "odrážky", loc: "odrážce", ins: "odrážkou"}},
		{lawcite.Sentence, noun{nom: "věta větu věty", gen: "věty vět", loc: "větě větách", ins: "větou větami"}},
		{lawtext.Annex, noun{nom: "příloha přílohu přílohy", gen: "přílohy příloh", loc: "příloze přílohách", ins: "přílohou přílohami"}},
		{lawtext.Part, noun{nom: "část části", gen: "části částí", loc: "části částech", ins: "částí částmi"}},
		{lawtext.Chapter, noun{nom: "hlava hlavu hlavy", gen: "hlavy", loc: "hlavě", ins: "hlavou"}},
		{lawtext.Table, noun{nom: "tabulka tabulku tabulky", gen: "tabulky tabulek", loc: "tabulce tabulkách", ins: "tabulkou tabulkami"}},
		{lawtext.Row, noun{nom: "řádek řádky", gen: "řádku řádků", loc: "řádku řádcích", ins: "řádkem řádky"}},
		{lawtext.Row, noun{nom: "položka položku položky", gen: "položky položek", loc: "položce položkách", ins: "položkou položkami"}},
		{column, noun{nom: "sloupec sloupce", gen: "sloupce", loc: "sloupci", ins: "sloupcem"}},
		{lawtext.Section, noun{nom: "oddíl oddíly", gen: "oddílu", loc: "oddílu oddíle", ins: "oddílem"}},
		{lawtext.Section, noun{nom: "díl díly", gen: "dílu", loc: "dílu díle", ins: "dílem"}},
	},
	words: []noun{
		{nom: "slovo slova", gen: "slova slov", loc: "slově slovech", ins: "slovem slovy"},
		{nom: "číslo čísla", ins: "číslem čísly"}, {nom: "číslice číslici", ins: "číslicí číslicemi"}, {nom: "číslovka číslovku číslovky", ins: "číslovkou"},
		{nom: "částka částku částky", ins: "částkou částkami"}, {nom: "výraz výrazy", ins: "výrazem výrazy"},
		{nom: "spojka spojku", ins: "spojkou"}, {nom: "datum data", ins: "datem"}, {nom: "údaj údaje", ins: "údajem údaji"},
		{nom: "text", ins: "textem"}, {nom: "citace citaci", ins: "citací"}, {nom: "označení", ins: "označením"},
		{nom: "název názvy", ins: "názvem názvy"}, {nom: "zkratka zkratku", ins: "zkratkou"}, {nom: "odkaz odkazy", ins: "odkazem odkazy"},
		{nom: "zkratky", ins: "zkratkami"}, {nom: "předložka předložku", ins: "předložkou"}, {nom: "procento", ins: "procentem"},
	},
	signs: []signNoun{
		{".", noun{nom: "tečka tečku", ins: "tečkou"}}, {",", noun{nom: "čárka čárku", ins: "čárkou"}},
		{";", noun{nom: "středník", ins: "středníkem"}}, {":", noun{nom: "dvojtečka dvojtečku", ins: "dvojtečkou"}},
	},
	text:     []noun{{nom: "text znění ustanovení"}},
	heading:  []noun{{nom: "nadpis nadpisy", gen: "nadpisu nadpisů", loc: "nadpisu nadpise nadpisech", ins: "nadpisem nadpisy"}, {nom: "název", gen: "názvu", loc: "názvu"}},
	footnote: []noun{{nom: "poznámka poznámku poznámky", gen: "poznámky poznámek", loc: "poznámce poznámkách", ins: "poznámkou"}},
	mark:     []noun{{nom: "odkaz odkazy", gen: "odkazu odkazů", loc: "odkazu odkazech", ins: "odkazem odkazy"}},
	whole:    []noun{{gen: "zákona vyhlášky nařízení opatření řádu zákoníku předpisu", loc: "zákoně zákonu vyhlášce nařízení"}},

	in: []string{"v", "ve"}, behind: []string{"za"}, before: []string{"před"}, above: []string{"nad"}, as: []string{"jako"},
	to: []string{"k", "ke"}, from: []string{"z", "ze"}, under: []string{"pod"},
	and: []string{"a", "i", "nebo"}, upTo: []string{"až"},
	verbs: map[verb][]string{
		reads:    {"zní", "znějí"},
		replaces: {"nahrazuje", "nahrazují"},
		inserts:  {"vkládá", "vkládají", "vsouvá", "vsouvají"},
		adds:     {"doplňuje", "doplňují", "připojuje", "připojují"},
		deletes:  {"vypouští", "vypouštějí", "zrušuje", "zrušují", "ruší", "škrtá", "škrtají"},
		renames:  {"označuje", "označují"},
		places:   {"umísťuje", "umísťují"},
	},
	ordinals: []string{"prvn prv", "druh", "třet", "čtvrt", "pát", "šest", "sedm", "osm", "devát", "desát", "jedenáct", "dvanáct", "třináct", "čtrnáct", "patnáct", "šestnáct", "sedmnáct", "osmnáct", "devatenáct", "dvacát"},
	last:     []string{"posledn"}, nextToLast: []string{"předposledn"},
	endings:  []string{"ý", "á", "é", "ou", "ého", "ému", "ém", "ým", "ých", "ými", "í", "ího", "ímu", "ím", "ích", "ími"},
	relative: []string{"který", "která", "které", "kterou"},
	with:     []string{"včetně"},
	old:      []string{"dosavadn"}, fresh: []string{"nov"},
	skip:  []string{"se", "tento", "tato", "toto", "tyto", "těmito", "této", "zároveň", "současně", "dále", "další", "to", "celá", "takto", "něm", "nich"},
	end:   []string{"konci", "konec", "závěr"},
	start: []string{"začátek", "začátku"},
	every: []string{"vždy", "všude"},
	forms: []string{"tvarech", "tvaru", "pádech", "pádě", "pádu"},
	months: []string{"ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září", "října", "listopadu", "prosince",
		"leden", "únor", "březen", "duben", "květen", "červen", "červenec", "srpen", "říjen", "listopad", "prosinec"},
	refers:    []string{"písm", "písmena", "písmene", "písmen", "písmenech", "písmeno", "písmenem", "písmeny", "písmenu", "odst", "odstavce", "odstavec", "bod", "bodu", "bodě", "bodů", "až", "č", "čl", "§"},
	amends:    []string{"mění", "doplňuje", "doplňují"},
	commences: []string{"nabývá účinnosti", "nabývají účinnosti", "nabude účinnosti", "nabývá platnosti"},
	repeals:   []string{"zrušuje", "zrušují"},
	usual: []string{"Přechodné ustanovení", "Přechodná ustanovení", "Společné ustanovení", "Společná ustanovení", "Závěrečné ustanovení", "Závěrečná ustanovení",
		"Zrušovací ustanovení", "Účinnost", "Předmět úpravy"},
	notes: "^",
}
