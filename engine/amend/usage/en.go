package usage

// English: acts of the European Union.
var english = Usage{
	Lang: "en", Article: "Article 1", List: "Text:", Mixed: true,
	Gazette: []string{" of the european parliament", " of "}, NumberKeys: []string{"number"},
	Short:    []string{"no", "nos", "art", "p", "pp", "e.g", "i.e", "cf", "vol", "para", "oj", "ec", "mr", "mrs", "dr", "prof", "inc", "ltd"},
	Romans:   true,
	Alphabet: "abcdefghijklmnopqrstuvwxyz",
}
