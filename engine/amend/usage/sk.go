package usage

// Slovak and Czech: acts are known by their number in the collection; what was
// deleted leaves nothing.
var slovak = Usage{
	Lang: "sk", Article: "##### § 1", List: "Text:", Mixed: true, MovesUp: true, DoublesLast: true, Marks: true, Commas: true, FirstLabel: "(1)", ListSigns: true, Groups: true, GroupsLost: true,
	Gazette: []string{" v znení "}, Undeclined: []string{"o"}, NumberKeys: []string{"official_citation"},
	Short:      []string{"č", "ods", "písm", "napr", "resp", "zb", "z", "tzv", "t", "j", "p", "ing", "mudr", "judr", "čl", "str", "odst", "príl", "ust"},
	Alphabet:   "abcdefghijklmnopqrstuvwxyz",
	Everywhere: []string{"v celom texte", "vo všetkých ustanoveniach", "v ďalších ustanoveniach", "v ďalšom texte"},
	Vocal:      []string{"s", "so", "z", "zo", "k", "ku", "v", "vo"},
	Relatives:  []string{"ktorý", "ktorá", "ktoré", "ktorého", "ktorej", "ktorému", "ktorým", "ktorou", "ktorých", "ktorom", "ak", "keď", "pokiaľ", "aby", "že", "kde"},
	Joins:      []string{"a", "i", "aj", "alebo", "či", "v", "vo", "na", "o", "od", "do", "z", "zo", "k", "ku", "s", "so", "podľa", "pre", "pri", "po", "za", "u", "okrem", "vrátane"},
	Ordinals:   []string{"prvá", "druhá", "tretia", "štvrtá", "piata", "šiesta", "siedma", "ôsma", "deviata", "desiata"},
	Adjectives: []string{"ý", "á", "é", "ého", "ej", "ému", "om", "ú", "ou", "ým", "í", "ých", "ými"},
	Nouns:      []string{"", "a", "u", "e", "i", "y", "o", "ovi", "om", "em", "ou", "ovia", "ov", "och", "mi", "ami", "ám", "ách", "iam", "iach", "í", "ia", "iu", "ím", "ie"},
}

var czech = Usage{
	Lang: "cs", Article: "##### § 1", List: "Text:", Mixed: true, MovesUp: true, DoublesLast: true, Marks: true, Commas: true, FirstLabel: "(1)", ListSigns: true, NoteMark: "^", Groups: true,
	Gazette: []string{", ve znění "}, Undeclined: []string{"o"}, NumberKeys: []string{"official_code"},
	Short:      []string{"č", "odst", "písm", "např", "popř", "resp", "sb", "tzv", "t", "j", "p", "ing", "mudr", "judr", "čl", "str", "kč", "obch", "zák"},
	Alphabet:   "abcdefghijklmnopqrstuvwxyz",
	Everywhere: []string{"v celém textu", "ve všech ustanoveních", "v dalších ustanoveních", "v dalším textu"},
	Vocal:      []string{"s", "se", "z", "ze", "k", "ke", "v", "ve"},
	Relatives:  []string{"který", "která", "které", "kterého", "kterému", "kterém", "kterým", "kterou", "kterých", "něhož", "níž", "němuž", "němž", "nichž", "jenž", "jež", "jejž", "pokud", "jestliže", "aby", "že", "kde", "když"},
	Joins:      []string{"a", "i", "nebo", "či", "v", "ve", "na", "o", "od", "do", "z", "ze", "k", "ke", "s", "se", "podle", "pro", "při", "po", "za", "u", "kromě", "včetně"},
	Ordinals:   []string{"první", "druhá", "třetí", "čtvrtá", "pátá", "šestá", "sedmá", "osmá", "devátá", "desátá"},
	Adjectives: []string{"ý", "á", "é", "ého", "ému", "ém", "ým", "ou", "í", "ých", "ými"},
	Nouns:      []string{"", "a", "u", "e", "ě", "i", "y", "o", "ovi", "em", "ou", "ové", "ů", "ech", "ích", "mi", "ami", "ám", "ách", "ům", "í", "ím"},
}
