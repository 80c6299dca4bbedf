package lawtext

// The Bosnian dialect: gazettes of Bosnia and Herzegovina, of its entities and
// cantons. Acts of the entity Republika Srpska may be in Cyrillic.
var bosnian = Dialect{
	Lang:      "bs",
	Countries: []string{"ba"},
	Cues: []string{"Bosne i Hercegovine", "Bosni i Hercegovini", "Federacij", " BiH", "Kanton", "Republike Srpske", "Републике Српске", "Босне и Херцеговине",
		"mijenja", "riječ", "sljede", "primjen", "određen", "vrijem"},
	Heads:       []HeadWord{{Word: "Član", After: true}, {Word: "Члан", After: true}, {Word: "Clan", After: true}},
	References:  append(serbianReferences[:len(serbianReferences):len(serbianReferences)], croatianReferences...),
	Joins:       []string{"do", "i", "ili", "odnosno", "до", "и", "или", "односно"},
	RunsOn:      []string{"i", "ili", "odnosno", "iz", "u", "na", "po", "do", "za", "od"},
	Divisions:   append(southernDivisions("dio", "glava", "odjeljak", "pododjeljak"), DivisionWord{"poglavlje", Chapter, chapterRank, true}),
	Ordinals:    southernOrdinals,
	OrdinalEnds: []string{"i", "a", "o", "e"},
	Annexes:     []string{"Prilog", "PRILOG", "Прилог"},
	Closings:    []string{"Broj ", "Broj: ", "Sarajevo, ", "Banja Luka, ", "Banjaluka, ", "Mostar, "},
	Tombstones:  []string{"brisan", "prestao važiti", "prestao da važi", "брисан"},
	Titles:      append(southernTitles, cyrillicTitles...),
	TitleJoins:  []string{"o ", "za ", "о ", "за "},
	Drafts:      []string{"PRIJEDLOG", "NACRT"},
	Opens:       "„“\"»”",
	Closes:      "”“\"ˮ«",
	Announces:   southernAnnounces,
	Enclosed:    true,
	Subpoints:   true,
	Letters:     inLatin,
}
