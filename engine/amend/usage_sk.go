package amend

// Slovak and Czech: acts are known by their number in the collection; what was
// deleted leaves nothing.
var slovak = Usage{
	Lang: "sk", Article: "##### § 1", List: "Text:", Mixed: true, MovesUp: true, DoublesLast: true, Marks: true, Commas: true, FirstLabel: "(1)", ListSigns: true,
	Gazette: []string{" v znení "}, Undeclined: []string{"o"}, NumberKeys: []string{"official_citation"},
	Short:    []string{"č", "ods", "písm", "napr", "resp", "zb", "z", "tzv", "t", "j", "p", "ing", "mudr", "judr", "čl", "str", "odst", "príl", "ust"},
	Alphabet: "abcdefghijklmnopqrstuvwxyz",
}

var czech = Usage{
	Lang: "cs", Article: "##### § 1", List: "Text:", Mixed: true, MovesUp: true, DoublesLast: true, Marks: true, Commas: true, FirstLabel: "(1)", ListSigns: true, NoteMark: "^",
	Gazette: []string{", ve znění "}, Undeclined: []string{"o"}, NumberKeys: []string{"official_code"},
	Short:    []string{"č", "odst", "písm", "např", "popř", "resp", "sb", "tzv", "t", "j", "p", "ing", "mudr", "judr", "čl", "str", "kč", "obch", "zák"},
	Alphabet: "abcdefghijklmnopqrstuvwxyz",
}
