package reader

import (
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
