package lawtext

// The English dialect: acts of the European Union (Joint Practical Guide;
// Interinstitutional Style Guide 3.3).
var english = Dialect{
	Lang:          "en",
	Countries:     []string{"eu", "us"},
	Cues:          []string{" the ", " of ", " shall ", "Regulation (E", "Directive ", "OJ L"},
	Abbreviations: []string{"no", "nos", "art", "p", "pp", "e.g", "i.e", "cf", "vol", "para", "oj", "mr", "mrs", "dr", "prof", "inc", "ltd"},
	Heads:         []HeadWord{{Word: "Article", After: true, Roman: true}},
	Dots:          true,
	HeadTitles:    true,
	References:    []string{"January", "February", "March", "April", "May ", "June", "July", "August", "September", "October", "November", "December"},
	Joins:         []string{"to", "and", "or"},
	Divisions: []DivisionWord{
		{"part", Part, partRank, true}, {"title", Chapter, chapterRank, true}, {"chapter", Chapter, chapterRank, true},
		{"section", Section, oddelekRank, true}, {"subsection", Section, pododdelekRank, true},
	},
	Annexes:    []string{"ANNEX", "Annex"},
	Closings:   []string{"Done at "},
	Tombstones: []string{"[Deleted]", "(deleted)", "[Repealed]", "(repealed)"},
	Opens:      "‘",
	Closes:     "’",
	Announces:  []string{"following:", "inserted:", "added:", "reads:", "replaced by:"},
	TitleFirst: true,
	Balanced:   true,
}
