package lawtext

// The German dialect: Markdown copies of the law of Liechtenstein and Germany.
var german = Dialect{
	Lang:          "de",
	Countries:     []string{"li", "de", "at"},
	FrontKeys:     []string{"jurabk"},
	Cues:          []string{"LGBl.", "BGBl.", "ß", " der ", " und "},
	Abbreviations: []string{"abs", "nr", "art", "bgbl", "lgbl", "s", "z", "b", "vgl", "bzw", "dr", "prof", "ff", "usw", "lit", "ziff", "buchst", "i", "v", "m", "u", "a", "d", "h", "evtl", "ggf", "gem"},
	Heads: []HeadWord{
		{Word: "§", After: true}, {Word: "Art.", After: true, Roman: true}, {Word: "Art", After: true, Roman: true}, {Word: "Artikel", After: true, Roman: true},
	},
	Suffixes:   []string{"bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"},
	HeadTitles: true,
	Parens:     true,
	Doubles:    true,
	References: []string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
	Joins:      []string{"bis", "und", "oder"},
	Divisions: []DivisionWord{
		{"teil", Part, partRank, true}, {"buch", Part, partRank, true}, {"hauptstück", Part, partRank, true}, {"kapitel", Chapter, chapterRank, true},
		{"abschnitt", Chapter, chapterRank, true}, {"titel", Section, oddelekRank, true}, {"unterabschnitt", Section, pododdelekRank, true},
	},
	Ordinals:    []string{"erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwölft"},
	OrdinalEnds: []string{"er", "e", "es"},
	Annexes:     []string{"Anhang", "Anlage"},
	Closings:    []string{"[^1]:"},
	Signs:       []string{"gez. ", "Fürstliche Regierung: gez. ", "In Stellvertretung des Landesfürsten: gez. "},
	Tombstones:  []string{"Aufgehoben", "aufgehoben", "(weggefallen)", "weggefallen", "(aufgehoben)"},
	Opens:       "„\"",
	Closes:      "“”\"",
	Announces:   []string{"lautet:", "lauten:", "wie folgt:", "gefasst:", "eingefügt:", "angefügt:", "ersetzt:", "vorangestellt:", "Fassung:", "durch:"},
	TitleFirst:  true,
	Balanced:    true,
}
