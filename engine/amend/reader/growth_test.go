//go:build unix

package reader

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// spent is the time of the processor that the test has taken. The clock would
// measure what else the machine does.
func spent(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// The time for one byte does not grow with the sentence, nor with the number of
// sentences in one provision. Each of these pieces, repeated, once took time
// squared, or is of the shape of one that did.
func TestGrowth(t *testing.T) {
	for _, reader := range []struct {
		name, lang, head string
		pieces           []string
	}{
		{"slovene", "sl", "1. člen\n\nV 1. členu se ", []string{
			"prvi odstavek 1. člena in ", "v prvem odstavku, ", "alineja spremeni tako, da se ", "beseda »a« z besedo »b«, ", "»a,« ", "V 1. členu se črta beseda »a«. "}},
		{"southslavic", "sr", "Član 1.\n\nU članu 1. ", []string{
			"i član 325. mijenjaju se i glase: ", "u stavu 1, ", "U članu 2. stav 1. ", "reč „a” zamenjuje se rečju „b”, ", "У члану 34. "}},
		{"czechoslovak", "sk", "Čl. I\n\n1. V § 1 ", []string{
			"[##### ", "ods. 2 a ", "sa slovo „a“ nahrádza slovom „b“ a ", "[a](b) ", "písm. a), "}},
		{"german", "de", "Artikel 1\n\n§ 1 ", []string{
			"S. ", "Bekanntmachung vom 30. ", "Absatz 1 Satz 2 und ", "wird das Wort „a“ durch das Wort „b“ ersetzt und "}},
		{"european", "en", "Article 1\n\nin Article 1, ", []string{
			"Article 5 of ", "Council ", "the heading of ", "(EU) No 1/2013 is deleted. ", "State’s. ", "the word ‘a’ is replaced by ‘b’ and "}},
	} {
		t.Run(reader.name, func(t *testing.T) {
			for _, piece := range reader.pieces {
				per := func(size int) float64 {
					a := lawtext.ParseIn(reader.lang, reader.head+strings.Repeat(piece, size/len(piece)))
					least := time.Hour
					for range 2 {
						begin := spent(t)
						if ins, ok := Read(a); !ok || len(ins) == 0 {
							t.Fatalf("%q: not read", piece)
						}
						least = min(least, spent(t)-begin)
					}
					return float64(least) / float64(size)
				}
				const size = 12_000
				if few, many := per(size), per(8*size); many > 5*max(few, 300) { // nanoseconds
					t.Errorf("%q: %.0f ns a byte, %.0f in eight times the text", piece, few, many)
				}
			}
		})
	}
}

// A sentence of absurd length is refused for what it would take.
func TestLongSentence(t *testing.T) {
	ins, _ := Read(lawtext.ParseIn("sl", "1. člen\n\nV 1. členu se "+strings.Repeat("prvi odstavek 1. člena in ", 8_000)))
	if len(ins) != 1 || ins[0].Refused == nil || ins[0].Refused.Reason != amend.Unsupported {
		t.Errorf("%d instructions: %v", len(ins), ins[0].Refused)
	}
}
