package lawtext

// The Croatian dialect: Narodne novine.
var croatian = Dialect{
	Lang:        "hr",
	Countries:   []string{"hr"},
	Cues:        []string{"Narodne novine", "Republike Hrvatske", " stavk", "Hrvatsk", "člank"},
	Heads:       []HeadWord{{Word: "Članak", After: true}, {Word: "Clanak", After: true}},
	References:  croatianReferences,
	Joins:       []string{"do", "i", "ili", "odnosno", "te"},
	RunsOn:      []string{"i", "ili", "odnosno", "iz", "u", "na", "po", "do", "za", "od", "s", "sa", "te"},
	Divisions:   append(southernDivisions("dio", "poglavlje", "odjeljak", "pododjeljak"), DivisionWord{"glava", Chapter, chapterRank, true}),
	Ordinals:    southernOrdinals,
	OrdinalEnds: []string{"i", "a", "o", "e"},
	Annexes:     []string{"Prilog", "PRILOG"},
	Closings:    []string{"Klasa: ", "KLASA: ", "Urbroj: ", "URBROJ: ", "Zagreb, ", "U Zagrebu, "},
	Tombstones:  []string{"brisan", "prestao važiti", "prestala važiti"},
	Titles:      append(southernTitles, [2]string{"NAPUTAK", "NAPUTKA"}),
	TitleJoins:  []string{"o ", "za "},
	Drafts:      []string{"PRIJEDLOG", "NACRT"},
	Opens:       "»„“\"«",
	Closes:      "«”“\"»",
	Announces:   southernAnnounces,
	Enclosed:    true,
	Subpoints:   true,
	Letters:     inLatin,
}

var croatianReferences = []string{"siječnja", "veljače", "ožujka", "travnja", "svibnja", "lipnja", "srpnja", "kolovoza", "rujna", "listopada", "studenog", "prosinca", "godine"}
