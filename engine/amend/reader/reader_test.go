package reader

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
)

func TestReadsByLanguage(t *testing.T) {
	for _, c := range []struct {
		lang, text string
		read       bool
	}{
		{"sl", "1. člen\n\n5. člen se črta.\n", true},
		{"is", "1. gr.\n", false},
	} {
		a := lawtext.Parse(c.text)
		a.Lang = c.lang
		ins, ok := Read(a)
		if ok != c.read || ok && (len(ins) != 1 || ins[0].Refused != nil) {
			t.Errorf("%s: got %v %v", c.lang, ins, ok)
		}
	}
}

// A base of a register has no title: it is told by its own closing clause, else
// by the act that is named.
func TestApplyFindsTheTitle(t *testing.T) {
	const article = "1. člen\n\nPanj je dom.\n"
	const closing = "\nZakon o čebelah – ZČeb (Uradni list RS, št. 1/20) vsebuje naslednjo končno določbo:\n\n»2. člen\n\nTa zakon začne veljati takoj.«.\n"
	const one = "1. člen\n\nV Zakonu o čebelah (Uradni list RS, št. 1/20) se v 1. členu beseda »dom« nadomesti z besedo »hiša«.\n"
	for _, c := range []struct{ name, base, act, taken, first string }{
		{"told", "Zakon o čebelah\n\n" + article, one, "", "applied"},
		{"by its own clause", article + closing, one, "Zakon o čebelah", "applied"},
		{"another law by its own clause", strings.ReplaceAll(article+closing, "čebelah", "medu"), one, "Zakon o medu", "elsewhere"},
		{"the one that is named", article, one, "Zakonu o čebelah", "applied"},
		{"two are named, all fits", article, one + "\n2. člen\n\nV Zakonu o medu (Uradni list RS, št. 2/20) se 1. člen črta.\n", "Zakonu o čebelah", "applied"},
		{"two are named, not all fits", strings.ReplaceAll(article, "dom", "les"), one + "\n2. člen\n\nV Zakonu o medu (Uradni list RS, št. 2/20) se 1. člen črta.\n", "", "refused"},
	} {
		act := lawtext.Parse(c.act)
		ins, _ := Read(act)
		res, taken := Apply(lawtext.Parse(c.base), ins)
		if taken != c.taken || string(res.Outcomes[0].Status) != c.first {
			t.Errorf("%s: took %q, %s %v", c.name, taken, res.Outcomes[0].Status, res.Outcomes[0].Refused)
		}
	}
}

// Signs that are digits elsewhere and bytes that are no text are read past, in every
// language: none of them may stop a reader, or make it run on.
func TestRead_anyBytes(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"sl", "hr", "sr", "bs", "cnr", "mk", "sk", "cs", "de", "en"} {
		for _, head := range []string{"1. člen", "Članak 1.", "Член 1", "§ 1", "Čl. I", "Artikel 1", "Article 1"} {
			for _, s := range []string{"V ١. členu ² se ४ črta.", "\x800", "»\xc4« \xff. člen", "„\xe2“ § \xf0\x28", "In § ١ wird „٣“ gestrichen.", "V § ٢ ods. ⅳ sa slovo „١“ vypúšťa."} {
				a := lawtext.ParseIn(lang, head+"\n\n"+s+"\n")
				if ins, ok := Read(a); ok {
					for _, in := range ins {
						if in.Span.Start < 0 || in.Span.End > len(a.Source) || in.Span.Start > in.Span.End {
							t.Errorf("%s %q: at %v", lang, s, in.Span)
						}
					}
				}
			}
		}
	}
}
