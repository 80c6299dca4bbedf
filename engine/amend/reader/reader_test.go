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
