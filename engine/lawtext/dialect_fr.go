package lawtext

// The French dialect: articles of the codes. Their paragraphs are not numbered.
var french = Dialect{
	Lang:          "fr",
	Countries:     []string{"fr"},
	Cues:          []string{"é", " de ", " du ", " des ", " les ", " à ", "l'article "},
	Abbreviations: []string{"art", "al", "p", "m", "mm", "mme", "etc", "cf", "n", "dr"},
	Heads:         []HeadWord{{Word: "Article", After: true, Codes: true}},
	Suffixes:      []string{"bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "nonies", "decies"},
	References:    []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	Joins:         []string{"à", "et", "ou"},
	Divisions: []DivisionWord{
		{"partie", Part, partRank, true}, {"livre", Part, partRank, true}, {"titre", Chapter, chapterRank, true},
		{"chapitre", Chapter, chapterRank, true}, {"section", Section, oddelekRank, true}, {"sous-section", Section, pododdelekRank, true},
	},
	Ordinals:    []string{"premi", "deuxièm", "troisièm", "quatrièm", "cinquièm", "sixièm"},
	OrdinalEnds: []string{"er", "ère", "e"},
	Annexes:     []string{"Annexe", "ANNEXE"},
	Tombstones:  []string{"(Abrogé", "(abrogé", "Abrogé", "(Article abrogé"},
	Opens:       "«",
	Closes:      "»",
	Announces:   []string{"rédigé:", "rédigés:", "suivantes:", "rédigé :", "rédigés :", "suivantes :"},
	Balanced:    true,
}
