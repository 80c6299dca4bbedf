package amend

// German: federal law, Liechtenstein.
var german = Usage{
	Lang: "de", Article: "§ 1", List: "Text:", Mixed: true,
	Gazette: []string{" vom ", " in der fassung "}, Undeclined: []string{"über", "zur", "zum", "für", "von"},
	Short: []string{"abs", "nr", "art", "bgbl", "s", "z", "b", "vgl", "bzw", "dr", "prof", "ff", "usw", "lgbl", "lit", "ziff", "buchst",
		"i", "v", "m", "u", "a", "d", "h", "evtl", "ggf", "gem"},
	Alphabet: "abcdefghijklmnopqrstuvwxyz",
}
