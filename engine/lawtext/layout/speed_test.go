package layout

import (
	"fmt"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
)

func BenchmarkPrint(b *testing.B) {
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "%d. člen\n(naslov)\n(1) Član kluba je, kdor plača članarino in\r\npride na skupščino.\n(2) Velja takoj.\n", i+1)
	}
	a := lawtext.Parse(text.String())
	a.Find("art_500").Children[0].Intro = "Ta odstavek je drug."
	b.SetBytes(int64(len(a.Source)))
	for b.Loop() {
		Print(a)
	}
}
