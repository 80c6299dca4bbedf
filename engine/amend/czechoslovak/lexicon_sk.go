package czechoslovak

import (
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// The words of Slovak drafting.
var slovak = lexicon{
	units: []unitNoun{
		{lawtext.Article, noun{any: "§", nom: "paragraf", gen: "paragrafu", loc: "paragrafe"}},
		{lawtext.Article, noun{any: "čl", nom: "článok články", gen: "článku článkov", loc: "článku článkoch", ins: "článkom článkami"}},
		{lawtext.Paragraph, noun{any: "ods", nom: "odsek odseky", gen: "odseku odsekov", loc: "odseku odsekoch", ins: "odsekom odsekmi"}},
		{lawtext.Point, noun{any: "písm pism", nom: "písmeno písmená", gen: "písmena písmen", loc: "písmene písmenu písmenách", ins: "písmenom písmenami"}},
		{numbered, noun{nom: "bod body", gen: "bodu bodov", loc: "bode bodoch bodu", ins: "bodom bodmi"}},
		{lawtext.Indent, noun{nom: "zarážka odrážka odrážku zarážku zarážky odrážky", gen: "zarážky odrážky", loc: "zarážke odrážke", ins: "zarážkou odrážkou"}},
		{lawcite.Sentence, noun{nom: "veta vetu vety", gen: "vety viet", loc: "vete vetách", ins: "vetou vetami"}},
		{lawtext.Annex, noun{nom: "príloha prílohu prílohy", gen: "prílohy príloh", loc: "prílohe prílohách", ins: "prílohou prílohami"}},
		{lawtext.Part, noun{nom: "časť časti", gen: "časti častí", loc: "časti", ins: "časťou časťami"}},
		{lawtext.Chapter, noun{nom: "hlava hlavu hlavy", gen: "hlavy hláv", loc: "hlave", ins: "hlavou"}},
		{lawtext.Table, noun{nom: "tabuľka tabuľku tabuľky", gen: "tabuľky tabuliek", loc: "tabuľke tabuľkách", ins: "tabuľkou tabuľkami"}},
		{lawtext.Row, noun{nom: "riadok riadky", gen: "riadku riadka riadkov", loc: "riadku riadkoch", ins: "riadkom riadkami"}},
		{lawtext.Row, noun{nom: "položka položku položky", gen: "položky položiek", loc: "položke položkách", ins: "položkou položkami"}},
		{column, noun{nom: "stĺpec stĺpce", gen: "stĺpca", loc: "stĺpci stĺpcoch", ins: "stĺpcom"}},
		{lawtext.Section, noun{nom: "oddiel oddiely", gen: "oddielu", loc: "oddiele oddieli", ins: "oddielom"}},
	},
	words: []noun{
		{nom: "slovo slová", gen: "slova slov", loc: "slove slovách", ins: "slovom slovami"},
		{nom: "číslo čísla", ins: "číslom číslami"}, {nom: "číslica číslicu číslice", ins: "číslicou číslicami"},
		{nom: "číslovka číslovku číslovky", ins: "číslovkou číslovkami"}, {nom: "suma sumu sumy", ins: "sumou sumami"},
		{nom: "výraz výrazy", ins: "výrazom výrazmi"}, {nom: "citácia citáciu citácie", ins: "citáciou citáciami"},
		{nom: "spojka spojku spojky", ins: "spojkou"}, {nom: "dátum dátumy", ins: "dátumom"}, {nom: "údaj údaje", ins: "údajom údajmi"},
		{nom: "text", ins: "textom"}, {nom: "percento percentá", ins: "percentom"}, {nom: "letopočet", ins: "letopočtom"},
		{nom: "označenie", ins: "označením"}, {nom: "názov názvy", ins: "názvom názvami"}, {nom: "skratka skratku", ins: "skratkou"},
		{nom: "predložka predložku", ins: "predložkou"}, {nom: "odkaz odkazy", ins: "odkazom odkazmi"},
	},
	signs: []signNoun{
		{".", noun{nom: "bodka bodku", ins: "bodkou"}}, {",", noun{nom: "čiarka čiarku", ins: "čiarkou"}},
		{";", noun{nom: "bodkočiarka bodkočiarku", ins: "bodkočiarkou"}}, {":", noun{nom: "dvojbodka dvojbodku", ins: "dvojbodkou"}},
	},
	text:     []noun{{nom: "text znenie ustanovenie"}},
	heading:  []noun{{nom: "nadpis nadpisy", gen: "nadpisu nadpisov", loc: "nadpise nadpisoch", ins: "nadpisom nadpismi"}, {nom: "názov", gen: "názvu", loc: "názve"}},
	footnote: []noun{{nom: "poznámka poznámku poznámky", gen: "poznámky poznámok", loc: "poznámke poznámkach", ins: "poznámkou"}},
	mark:     []noun{{nom: "odkaz odkazy", gen: "odkazu odkazov", loc: "odkazu odkazom", ins: "odkazom odkazmi"}},
	whole:    []noun{{gen: "zákona vyhlášky nariadenia výnosu opatrenia poriadku zákonníka predpisu", loc: "zákone zákonu vyhláške nariadení nariadeniu"}},

	in: []string{"v", "vo"}, behind: []string{"za"}, before: []string{"pred"}, above: []string{"nad"}, as: []string{"ako"},
	to: []string{"k", "ku"}, from: []string{"z", "zo"}, under: []string{"pod"},
	and: []string{"a", "i", "aj", "alebo"}, upTo: []string{"až"},
	verbs: map[verb][]string{
		reads:    {"znie", "znejú", "zneje"},
		replaces: {"nahrádza", "nahrádzajú", "nahradzuje", "nahradzujú", "nahradzujú"},
		inserts:  {"vkladá", "vkladajú", "vsúva", "vsúvajú"},
		adds:     {"dopĺňa", "dopĺňajú", "pripája", "pripájajú", "doplňuje", "doplňujú"},
		deletes:  {"vypúšťa", "vypúšťajú", "zrušuje", "zrušujú"},
		renames:  {"označuje", "označujú"},
		places:   {"umiestňuje", "umiestňujú"},
	},
	ordinals: []string{"prv", "druh", "tret treť", "štvrt", "piat", "šiest", "siedm", "ôsm", "deviat", "desiat", "jedenást", "dvanást", "trinást", "štrnást", "pätnást", "šestnást", "sedemnást", "osemnást", "devätnást", "dvadsiat"},
	last:     []string{"posledn"}, nextToLast: []string{"predposledn"},
	endings:  []string{"ý", "á", "é", "ú", "ej", "ého", "ému", "om", "ou", "ým", "ých", "ými", "y", "a", "e", "u", "i", "í", "ia", "iu", "ie", "ieho", "iemu", "ím", "ích", "ími", "ich", "im", "ym", "ych"},
	relative: []string{"ktorý", "ktorá", "ktoré", "ktorú"},
	with:     []string{"vrátane", "včítane", "spolu"},
	old:      []string{"doterajš", "pôvodn"}, fresh: []string{"nov"},
	skip:  []string{"sa", "s", "tento", "táto", "toto", "tieto", "tohto", "len", "týmto", "týchto", "zároveň", "súčasne", "ďalšie", "ďalej", "slovné", "to", "celá", "celú", "takto", "svojom", "jeho", "ňom", "ním", "novooznačenom", "novooznačený", "novooznačenej"},
	end:   []string{"konci", "konec", "koniec", "záver"},
	start: []string{"začiatok", "začiatku"},
	every: []string{"všade", "vždy"},
	forms: []string{"tvaroch", "tvare", "pádoch", "páde", "tvary"},
	months: []string{"januára", "februára", "marca", "apríla", "mája", "júna", "júla", "augusta", "septembra", "októbra", "novembra", "decembra",
		"január", "február", "marec", "apríl", "máj", "jún", "júl", "august", "september", "október", "november", "december"},
	refers:    []string{"písm", "písmena", "písmene", "písmen", "písmenách", "písmená", "písmeno", "písmenom", "písmenami", "písmenu", "ods", "odseku", "odsek", "bod", "bodu", "bode", "bodov", "až", "č", "čl", "§"},
	amends:    []string{"mení", "dopĺňa", "menia", "dopĺňajú"},
	commences: []string{"nadobúda účinnosť", "nadobúdajú účinnosť", "nadobudne účinnosť", "nadobúda platnosť"},
	repeals:   []string{"zrušuje", "zrušujú"},
	usual: []string{"Prechodné ustanovenie", "Prechodné ustanovenia", "Spoločné ustanovenie", "Spoločné ustanovenia", "Záverečné ustanovenie", "Záverečné ustanovenia",
		"Zrušovacie ustanovenie", "Zrušovacie ustanovenia", "Transpozičné ustanovenie", "Účinnosť", "Predmet úpravy"},
	notes: "",
}
