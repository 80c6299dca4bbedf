package lawtext

// The Slovak dialect: Markdown copies of Slov-Lex.
var slovak = Dialect{
	Lang:          "sk",
	Countries:     []string{"sk"},
	Cues:          []string{"Zbierka zákonov", " Z. z.", "ľ", "ĺ", "ô"},
	Abbreviations: []string{"č", "ods", "písm", "napr", "resp", "zb", "z", "tzv", "t", "j", "p", "ing", "mudr", "judr", "čl", "str", "príl", "ust"},
	Heads:         []HeadWord{{Word: "§", After: true}, {Word: "Čl.", After: true, Roman: true, Group: true}, {Word: "Článok", After: true, Roman: true, Group: true}},
	References:    []string{"januára", "februára", "marca", "apríla", "mája", "júna", "júla", "augusta", "septembra", "októbra", "novembra", "decembra"},
	Joins:         []string{"až", "a", "alebo"},
	Divisions: []DivisionWord{
		{"časť", Part, partRank, true}, {"hlava", Chapter, chapterRank, true}, {"diel", Section, oddelekRank, true},
		{"oddiel", Section, pododdelekRank, true}, {"pododdiel", Section, upperRank, true},
	},
	Ordinals:    []string{"prv", "druh", "tret", "štvrt", "piat", "šiest", "siedm", "ôsm", "deviat", "desiat", "jedenást", "dvanást", "trinást", "štrnást", "pätnást"},
	OrdinalEnds: []string{"á", "ý", "a", "y", "é", "í", "ia"},
	Annexes:     []string{"Príloha", "PRÍLOHA"},
	Signed:      []string{"v. r.", "v.r."},
	Tombstones:  []string{"zrušen", "Zrušen"},
	Opens:       "„",
	Closes:      "“",
	Announces:   []string{"znie:", "znejú:"},
}
