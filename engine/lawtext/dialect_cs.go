package lawtext

// The Czech dialect: Markdown copies of e-Sbírka.
var czech = Dialect{
	Lang:          "cs",
	Countries:     []string{"cz"},
	Cues:          []string{"Sbírka zákonů", " Sb.", "ř", "ů", "ě"},
	Abbreviations: []string{"č", "odst", "písm", "např", "popř", "resp", "sb", "tzv", "tj", "p", "ing", "mudr", "judr", "čl", "str", "ust", "vyhl", "ml", "st"},
	Heads:         []HeadWord{{Word: "§", After: true}, {Word: "Čl.", After: true, Roman: true, Group: true}, {Word: "Článek", After: true, Roman: true, Group: true}},
	References:    []string{"ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září", "října", "listopadu", "prosince"},
	Joins:         []string{"až", "a", "nebo"},
	Divisions: []DivisionWord{
		{"část", Part, partRank, true}, {"hlava", Chapter, chapterRank, true}, {"díl", Section, oddelekRank, true},
		{"oddíl", Section, pododdelekRank, true}, {"pododdíl", Section, upperRank, true},
	},
	Ordinals:    []string{"prvn", "druh", "třet", "čtvrt", "pát", "šest", "sedm", "osm", "devát", "desát", "jedenáct", "dvanáct", "třináct", "čtrnáct", "patnáct"},
	OrdinalEnds: []string{"í", "ý", "á", "é"},
	Annexes:     []string{"Příloha", "PŘÍLOHA"},
	Signed:      []string{"v. r.", "v.r."},
	NoteMark:    "^",
	Tombstones:  []string{"zrušen", "Zrušen"},
	Opens:       "„",
	Closes:      "“",
	Announces:   []string{"zní:", "znějí:"},
}
