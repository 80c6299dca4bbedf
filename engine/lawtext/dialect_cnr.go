package lawtext

// The Montenegrin dialect: gazette of Montenegro.
var montenegrin = Dialect{
	Lang:        "cnr",
	Countries:   []string{"me"},
	Cues:        []string{"Crne Gore", "Crnoj Gori", "Crna Gora", "Službeni list CG", "Službeni list RCG", "Црне Горе", "mijenja", "riječ", "sljede", "primjen"},
	Heads:       []HeadWord{{Word: "Član", After: true}, {Word: "Члан", After: true}, {Word: "Clan", After: true}},
	References:  serbianReferences,
	Joins:       []string{"do", "i", "ili", "odnosno"},
	RunsOn:      []string{"i", "ili", "odnosno", "iz", "u", "na", "po", "do", "za", "od"},
	Divisions:   append(southernDivisions("dio", "glava", "odjeljak", "pododjeljak"), DivisionWord{"poglavlje", Chapter, chapterRank, true}),
	Ordinals:    southernOrdinals,
	OrdinalEnds: []string{"i", "a", "o", "e"},
	Annexes:     []string{"Prilog", "PRILOG"},
	Closings:    []string{"Broj ", "Broj: ", "SU-SK Broj ", "EPA ", "Podgorica, ", "U Podgorici, "},
	Tombstones:  []string{"brisan", "prestao da važi"},
	Titles:      southernTitles,
	TitleJoins:  []string{"o ", "za "},
	Drafts:      []string{"PREDLOG", "NACRT"},
	Opens:       "„“\"»”",
	Closes:      "”“\"ˮ«",
	Announces:   southernAnnounces,
	Enclosed:    true,
	Subpoints:   true,
	Letters:     inLatin,
}
