package amend_test

import (
	"strings"
	"testing"
)

// Annexes are replaced and put in by those that stand behind the articles of the
// amending act, tables and all.
func TestAnnexes(t *testing.T) {
	t.Parallel()
	const law = "1. člen\n\nPanj stoji.\n\nPriloga 1\n\nTarifa:\n\n| vrsta | znesek |\n| panj | 5 |\n\nPriloga 2\n\nKonec.\n"
	const one, two = "Priloga 1 | Tarifa: | | vrsta | znesek | | | panj | 5 |", "Priloga 2 | Konec."
	const table = "\n\nPriloga 1\n\nNova tarifa:\n\n| vrsta | znesek |\n| panj | 6 |\n| roj | 7 |\n"
	for _, c := range []struct{ do, want string }{
		{"Priloga 1 se nadomesti z novo Prilogo 1, ki je kot priloga sestavni del te uredbe." + table, "Priloga 1 | Nova tarifa: | | vrsta | znesek | | | panj | 6 | | | roj | 7 | | " + two},
		{"Priloga 1 se nadomesti z novo Prilogo 1, ki je kot Priloga 1 sestavni del te uredbe." + table, "Priloga 1 | Nova tarifa: | | vrsta | znesek | | | panj | 6 | | | roj | 7 | | " + two},
		{"Priloga 1 se nadomesti z novo Prilogo 1, ki je priloga te uredbe." + table, "Priloga 1 | Nova tarifa: | | vrsta | znesek | | | panj | 6 | | | roj | 7 | | " + two},
		{"Priloga 2 se nadomesti z novo Prilogo 2, ki je kot Priloga 1 sestavni del te uredbe." + table, "! no-pattern"},
		{"Priloga 2 se nadomesti z novo Prilogo 2, ki je kot priloga sestavni del te uredbe." + table, "! no-payload"},
		{"Prilogi 1 in 2 se nadomestita z novima prilogama 1 in 2, ki sta kot prilogi sestavni del te uredbe." + table + "\nPriloga 2\n\nNič.\n", "Priloga 1 | Nova tarifa: | | vrsta | znesek | | | panj | 6 | | | roj | 7 | | Priloga 2 | Nič."},
		{"Za Prilogo 2 se doda nova Priloga 3, ki je kot priloga sestavni del te uredbe.\n\nPriloga 3\n\nTri.\n", one + " | " + two + " | Priloga 3 | Tri."},
		{"Priloga 2 se črta.", one},
		{"Priloga 2 se spremeni tako, da se glasi:\n\n»Priloga 2\n\n| a | b |\n| c | d |«.", one + " | Priloga 2 | | a | b | | | c | d |"},
	} {
		got := all(t, law, c.do)
		if want := "1. člen | Panj stoji. | " + c.want; got != want && got != c.want {
			t.Errorf("%s\n got %s\nwant %s", strings.ReplaceAll(c.do, "\n", "¶"), got, want)
		}
	}
}
