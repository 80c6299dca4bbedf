package usage

import "github.com/asociacija/asociacija/engine/lawtext"

// Slovenian: consolidated texts of PISRS keep the number of what was deleted,
// but for what stood last and what carries no number.
var slovenian = Usage{
	Lang: "sl", Article: "1. člen", List: "Besedilo:",
	Deleted: map[lawtext.Kind]string{lawtext.Article: "(črtan)", lawtext.Paragraph: "(črtan)", lawtext.Point: "(črtana)",
		lawtext.Part: "(črtan)", lawtext.Chapter: "(črtano)", lawtext.Section: "(črtano)"},
	Repealed: map[lawtext.Kind]string{lawtext.Article: "(prenehal veljati)", lawtext.Paragraph: "(prenehal veljati)", lawtext.Point: "(prenehala veljati)",
		lawtext.Part: "(prenehal veljati)", lawtext.Chapter: "(prenehalo veljati)", lawtext.Section: "(prenehalo veljati)"},
	Follows:    []string{"in", "ali", "ter", "oziroma"},
	LastCloses: true, Parens: true, Declines: true,
	Leaves:  " vsebuje naslednje prehodne in končne določbe:",
	Gazette: []string{"(uradni list"}, Undeclined: []string{"o", "za"},
	Short: []string{"št", "str", "npr", "d", "o", "oz", "dr", "mag", "t", "i", "čl", "odst", "tč", "prof", "ur", "ipd", "itd", "p",
		"d.o", "l", "spr", "popr", "odl"},
	Alphabet: "abcčdefghijklmnopqrsštuvwxyzž",
}
