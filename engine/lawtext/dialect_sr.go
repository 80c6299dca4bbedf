package lawtext

import "strings"

// The Serbian dialect, in both scripts: gazette of Serbia and its consolidated
// texts. Numbers stand in the tree in Latin: 6а in Cyrillic is 6a.
var serbian = Dialect{
	Lang:      "sr",
	Countries: []string{"rs"},
	Cues: []string{"Члан", "Службени гласник РС", "Републике Србије", "ђ", "ћ", "Službeni glasnik RS", "Republike Srbije", "Srbij", "Србиј", "i Crne Gore", "i Crnoj Gori", " menja ", " zamenjuj", "sledeć",
		"određen", "primenj"},
	Heads:       []HeadWord{{Word: "Члан", After: true}, {Word: "Član", After: true}, {Word: "Clan", After: true}},
	References:  serbianReferences,
	Joins:       []string{"до", "и", "или", "односно", "do", "i", "ili", "odnosno"},
	RunsOn:      []string{"и", "или", "односно", "из", "у", "на", "по", "до", "за", "од", "i", "ili", "odnosno", "iz", "u", "na", "po", "do", "za", "od"},
	Divisions:   append(southernDivisions("део", "глава", "одељак", "пододељак"), southernDivisions("deo", "glava", "odeljak", "pododeljak")...),
	Ordinals:    southernOrdinals,
	OrdinalEnds: []string{"i", "a", "o", "e"},
	Annexes:     []string{"Прилог", "ПРИЛОГ", "Prilog", "PRILOG"},
	Closings:    []string{"У Београду, ", "У Београду ", "Београд, ", "Број ", "ПР број ", "РС број ", "U Beogradu, ", "U Beogradu ", "Beograd, ", "Broj ", "PR broj ", "RS broj "},
	Tombstones:  []string{"брисан", "престао да важи", "престала да важи", "brisan", "prestao da važi", "prestala da važi"},
	Titles:      append(southernTitles, cyrillicTitles...),
	TitleJoins:  []string{"о ", "за ", "o ", "za "},
	Drafts:      []string{"ПРЕДЛОГ", "НАЦРТ", "PREDLOG", "NACRT"},
	Opens:       "„“\"»”",
	Closes:      "”“\"ˮ«",
	Appends:     []string{"Закон о измен", "Закон о допун", "Zakon o izmen", "Zakon o dopun"},
	Announces:   southernAnnounces,
	Enclosed:    true,
	Subpoints:   true,
	Remarks:     []string{"Служб", "Služb", "Sl. glasnik"},
	Letters:     inLatin,
}

// southernDivisions are the divisions of an act, from part to subsection.
func southernDivisions(part, chapter, section, subsection string) []DivisionWord {
	return []DivisionWord{{part, Part, partRank, true}, {chapter, Chapter, chapterRank, true}, {section, Section, oddelekRank, true}, {subsection, Section, pododdelekRank, true}}
}

var (
	serbianReferences = []string{
		"јануара", "фебруара", "марта", "априла", "маја ", "јуна ", "јула ", "августа", "септембра", "октобра", "новембра", "децембра", "године",
		"januara", "februara", "marta", "aprila", "maja ", "juna ", "jula ", "avgusta", "augusta", "septembra", "oktobra", "novembra", "decembra", "godine",
	}

	southernOrdinals = []string{"prv", "drug", "treć", "četvrt", "pet", "šest", "sedm", "osm", "devet", "deset", "jedanaest", "dvanaest", "trinaest", "četrnaest", "petnaest"}

	southernTitles = [][2]string{
		{"ZAKON", "ZAKONA"}, {"ZAKONIK", "ZAKONIKA"}, {"PRAVILNIK", "PRAVILNIKA"}, {"UREDBA", "UREDBE"}, {"POSLOVNIK", "POSLOVNIKA"}, {"ODLUKA", "ODLUKE"},
		{"STATUT", "STATUTA"}, {"UPUTSTVO", "UPUTSTVA"}, {"NAREDBA", "NAREDBE"}, {"REZOLUCIJA", "REZOLUCIJE"},
	}
	cyrillicTitles = [][2]string{
		{"ЗАКОН", "ЗАКОНА"}, {"ЗАКОНИК", "ЗАКОНИКА"}, {"ПРАВИЛНИК", "ПРАВИЛНИКА"}, {"УРЕДБА", "УРЕДБЕ"}, {"ПОСЛОВНИК", "ПОСЛОВНИКА"}, {"ОДЛУКА", "ОДЛУКЕ"},
		{"СТАТУТ", "СТАТУТА"}, {"УПУТСТВО", "УПУТСТВА"}, {"НАРЕДБА", "НАРЕДБЕ"}, {"РЕЗОЛУЦИЈА", "РЕЗОЛУЦИЈЕ"},
	}

	southernAnnounces = []string{"гласи:", "гласе:", "гласат:", "glasi:", "glase:", "гласи", "гласе", "glasi", "glase"}

	// inLatin writes the letters of Serbian and Macedonian Cyrillic in Latin.
	inLatin = strings.NewReplacer("а", "a", "б", "b", "в", "v", "г", "g", "д", "d", "ђ", "đ", "е", "e", "ж", "ž", "з", "z", "и", "i", "ј", "j",
		"к", "k", "л", "l", "љ", "lj", "м", "m", "н", "n", "њ", "nj", "о", "o", "п", "p", "р", "r", "с", "s", "т", "t", "ћ", "ć", "у", "u", "ф", "f",
		"х", "h", "ц", "c", "ч", "č", "џ", "dž", "ш", "š", "ѓ", "gj", "ќ", "kj", "ѕ", "dz")
)
