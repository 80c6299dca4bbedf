package lawcite

import (
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// Write writes a reference with its innermost unit in the given case:
// "drugi alineji 2. točke prvega odstavka 386. člena" in the locative. Nouns
// stay in the singular however many are named, as drafting has it.
func (r Ref) Write(c Case) string {
	var parts []string
	for i := len(r.Steps) - 1; i >= 0; i-- {
		parts = append(parts, r.Steps[i].write(c))
		c = Genitive
	}
	return strings.Join(parts, " ")
}

func (s Step) write(c Case) string {
	if s.Unit == Intro {
		return s.related(Masculine, c) + Adjective("napovedn", Masculine, c, Singular) + " " + stavek.Form(c, Singular)
	}
	if s.Unit == Heading {
		return naslov.Form(c, Singular)
	}
	noun, ok := NounOf(s.Unit)
	if !ok {
		return string(s.Unit)
	}
	word := noun.Form(c, Singular)
	if s.Label {
		var marks []string
		for _, n := range s.Numbers {
			marks = append(marks, n.From+")")
		}
		return word + " " + List(marks)
	}
	var nums []string
	for _, n := range s.Numbers {
		w := s.number(n.From, noun.Gender, c)
		if n.To != "" {
			// What stands after "do" is in the genitive, but agrees in practice:
			// "četrti do šesti odstavek".
			w += " do " + s.number(n.To, noun.Gender, c)
		}
		nums = append(nums, w)
	}
	if len(nums) > 0 {
		return List(nums) + " " + word
	}
	return s.related(noun.Gender, c) + word
}

var (
	stavek = Declined("stavek", "stavkov")
	naslov = Declined("naslov", "naslovov")
)

// related writes the word of a relation and a space.
func (s Step) related(g Gender, c Case) string {
	switch s.Relation {
	case Previous:
		return Adjective("prejšnj", g, c, Singular) + " "
	case Same:
		return thisForms[g][c] + " "
	}
	return ""
}

var thisForms = [3][6]string{
	{"ta", "tega", "temu", "ta", "tem", "tem"},
	{"ta", "te", "tej", "to", "tej", "to"},
	{"to", "tega", "temu", "to", "tem", "tem"},
}

// number writes one number: a word for what is counted in words.
func (s Step) number(num string, g Gender, c Case) string {
	switch num {
	case Last:
		return Adjective("zadnj", g, c, Singular)
	case NextToLast:
		return Adjective("predzadnj", g, c, Singular)
	}
	n, err := strconv.Atoi(num)
	inWords := s.Unit == lawtext.Paragraph || s.Unit == lawtext.Indent || s.Unit == Sentence
	switch {
	case err == nil && inWords:
		return Ordinal(n, g, c, Singular)
	case strings.Contains(num, "."):
		return num
	}
	return num + "."
}

// List joins words as a sentence does: "a", "a in b", "a, b in c".
func List(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " in " + words[last]
}
