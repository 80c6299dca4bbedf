package usage

import "github.com/asociacija/asociacija/engine/lawtext"

// German: federal law, Liechtenstein.
var german = Usage{
	Lang: "de", Article: "§ 1", List: "Text:", Mixed: true,
	Deleted: map[lawtext.Kind]string{lawtext.Article: "(weggefallen)", lawtext.Paragraph: "(weggefallen)", lawtext.Point: "(weggefallen)"},
	Gazette: []string{"(bgbl", ", bgbl", ", lgbl", " in der fassung "}, Dated: " vom ", ShortTitles: true, Undeclined: []string{"über", "zur", "zum", "für", "von"},
	Short: []string{"abs", "nr", "art", "bgbl", "s", "z", "b", "vgl", "bzw", "dr", "prof", "ff", "usw", "lgbl", "lit", "ziff", "buchst",
		"i", "v", "m", "u", "a", "d", "h", "evtl", "ggf", "gem"},
	Alphabet: "abcdefghijklmnopqrstuvwxyz",
}
