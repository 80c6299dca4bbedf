package lawtext

// The Macedonian dialect, an experiment: Služben vesnik. Old copies in fonts of
// seven bits are not decoded.
var macedonian = Dialect{
	Lang:        "mk",
	Countries:   []string{"mk"},
	Cues:        []string{"Член", "Службен весник", "Република Македонија", "Северна Македонија", "ќ", "ѓ", "ѕ"},
	Heads:       []HeadWord{{Word: "Член", After: true}},
	References:  []string{"јануари", "февруари", "март", "април", "мај ", "јуни ", "јули ", "август", "септември", "октомври", "ноември", "декември", "година"},
	Joins:       []string{"до", "и", "или", "односно"},
	RunsOn:      []string{"и", "или", "односно", "од", "во", "на", "по", "до", "за"},
	Divisions:   southernDivisions("дел", "глава", "оддел", "потоддел"),
	Ordinals:    []string{"prv", "vtor", "tret", "četvrt", "pett", "šest", "sedm", "osm", "devett", "desett"},
	OrdinalEnds: []string{"i", "a", "o"},
	Annexes:     []string{"Прилог", "ПРИЛОГ"},
	Closings:    []string{"Број ", "Бр. ", "Скопје, "},
	Tombstones:  []string{"бришан", "престанува да важи"},
	Titles:      [][2]string{{"ЗАКОН", "ЗАКОНОТ"}, {"ПРАВИЛНИК", "ПРАВИЛНИКОТ"}, {"УРЕДБА", "УРЕДБАТА"}, {"ОДЛУКА", "ОДЛУКАТА"}},
	TitleJoins:  []string{"за "},
	Drafts:      []string{"ПРЕДЛОГ"},
	Opens:       "„“\"»”",
	Closes:      "“”\"«",
	Announces:   southernAnnounces,
	Enclosed:    true,
	Subpoints:   true,
	Letters:     inLatin,
}
