package usage

// Croatian, Serbian, Bosnian, Montenegrin and Macedonian.
var croatian = Usage{
	Lang: "hr", Article: "Članak 1.", List: "Tekst:",
	Gazette: []string{"(»narodne novine", "(„narodne novine", "(\"narodne novine"}, Undeclined: []string{"o", "za"},
	Short: balkanShort, Alphabet: latin,
}

var serbian = Usage{
	Lang: "sr", Article: "Члан 1.", List: "Текст:",
	Gazette:    []string{"(„службени гласник", "(\"службени гласник", "(„službeni glasnik", "(\"službeni glasnik"},
	Undeclined: []string{"о", "за", "o", "za"}, Short: balkanShort, Alphabet: azbuka,
}

var bosnian = Usage{
	Lang: "bs", Article: "Član 1.", List: "Tekst:",
	Gazette: []string{"(„služben", "(\"služben", "(»služben"}, Undeclined: []string{"o", "za"}, Short: balkanShort, Alphabet: latin,
}

var montenegrin = Usage{
	Lang: "cnr", Article: "Član 1.", List: "Tekst:",
	Gazette: []string{"(„službeni list", "(\"službeni list"}, Undeclined: []string{"o", "za"}, Short: balkanShort, Alphabet: latin,
}

var macedonian = Usage{
	Lang: "mk", Article: "Член 1", List: "Текст:",
	Gazette: []string{"(„службен весник", "(\"службен весник"}, Undeclined: []string{"за"}, Short: balkanShort,
	Alphabet: azbuka,
}

// azbuka is the order of Cyrillic letters as numbers in trees have them, in Latin.
const azbuka = "abvgdđežzijklmnoprstćufhcčš"

const latin = "abcčćdđefghijklmnopqrsštuvwxyzž"

var balkanShort = []string{"br", "st", "čl", "tač", "npr", "dr", "mr", "prof", "sl", "d", "o", "т", "бр", "ст", "чл", "тач", "нпр", "др", "мр", "проф", "сл"}
