package declension

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// frequent are the 200 commonest nouns of the consolidated laws, by hand from the
// list of their words.
var frequent = strings.Fields(`
člen zakon odstavek sklad list določba oseba pravica dejavnost podatek organ država delo področje besedilo sredstvo predpis način
obveznost postopek dovoljenje skupnost primer točka storitev izvajanje pogodba rok pogoj varstvo zbor izdaja organizacija predlog
zveza leto uveljavitev minister plača komisija proračun dan območje opravljanje promet register ministrstvo kultura odločba prekršek
število otrok vlada orožje žival zdravilo okvir uporaba pokojnina zavarovanje zavod plačilo interes družba pomoč republika naloga
višina globa ukrep zahteva nadomestilo predsednik čas zadeva sodišče pridobitev načrt služba program svet predlagatelj objekt narava
razvoj nadzor sistem dodatek oblika evidenca član delavec banka dolžnost dediščina veljavnost prispevek varnost varovanje vrednost
upravljanje mesec društvo namen obdobje vpis divjad projekt zemljišče posameznik uporabnik unija delodajalec premoženje izvedba razmerje
sprememba vloga strošek podjetje naslov listina vozilo dohodek blago mnenje status začetek poslovnik pristojnost obseg vrsta
poročilo kapital stran zdravje seja gradivo izobraževanje center sklep telo soglasje alineja prostor funkcija prenehanje osnova
zagotavljanje stanje stavba pooblastilo naprava ustanovitev razlog potreba prebivališče financiranje znesek skupina licenca politika
bolezen sedež javnost okolje umetnost meja sektor poslovanje cestninjenje občina identifikacija odločitev infrastruktura prihodek imetnik
akt potrdilo lastnik vsebina enota agencija starost starš pregled kakovost kategorija znanje skladnost red vir škoda doba
upravljavec premoženje epidemija vzdrževanje vprašanje gozd delež dokumentacija razpis seznam sodelovanje račun predmet uprava last`)

// counted reads how often each word stands in the consolidated laws.
func counted(t *testing.T) map[string]int {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), "si-npb", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no laws: %v", err)
	}
	count := make(map[string]int)
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range textkit.Words(string(b)) {
			count[strings.ToLower(w.Text)]++
		}
	}
	return count
}

// TestParadigm_real: the forms made of frequent nouns are those that the laws have.
// A paradigm fails if a form that its commonest cases have stands nowhere, or if
// the laws have another word of the same stem with an ending of nouns, often, that
// the paradigm has not and no other noun of the list explains.
func TestParadigm_real(t *testing.T) {
	count := counted(t)
	words := slices.Compact(slices.Sorted(slices.Values(frequent)))
	var all []string // with endings of nouns
	for w := range count {
		if count[w] >= 5 {
			all = append(all, w)
		}
	}
	slices.Sort(all)
	known := make(map[string]bool)
	paradigms := make(map[string]Forms)
	guesses := 0
	for _, w := range words {
		f, sure := Paradigm(w)
		if !sure {
			guesses++
			t.Logf("%s is a guess", w)
		}
		paradigms[w] = f
		for _, s := range Slots() {
			for _, form := range f.All(s) {
				known[form] = true
			}
		}
	}
	cells, seen, tokens, failed := 0, 0, 0, 0
	for _, w := range words {
		f := paradigms[w]
		forms := make(map[string]bool)
		for _, s := range Slots() {
			cells++
			at := 0
			for _, form := range f.All(s) {
				at += count[form]
				forms[form] = true
			}
			if at > 0 {
				seen++
			}
		}
		sum := 0
		for form := range forms {
			sum += count[form]
		}
		tokens += sum
		if g := f.In(Slot{Genitive, Singular}); count[g] == 0 {
			failed++
			t.Logf("%s: %s stands nowhere", w, g)
		}
		stem := []rune(f.In(Slot{Genitive, Singular}))
		stem = stem[:len(stem)-1]
		for _, other := range all {
			rest, ok := strings.CutPrefix(other, string(stem))
			if ok && nounEndings[rest] && !known[other] && count[other]*20 > sum {
				t.Logf("%s: %s stands %d times of %d and is no form of it", w, other, count[other], sum)
			}
		}
	}
	t.Logf("%d nouns, %d guesses, %d without their genitive; %d of %d places attested; %d words of the laws are forms of them",
		len(words), guesses, failed, seen, cells, tokens)
	if failed > 0 || guesses > 0 || seen*4 < cells*3 {
		t.Errorf("%d failed, %d guessed, %d of %d attested", failed, guesses, seen, cells)
	}
}

var nounEndings = func() map[string]bool {
	m := make(map[string]bool)
	for e := range strings.FieldsSeq("a u om em ov ev oma ema ih i e o ah am ama ami ma mi im jo ijo ju ja jem jev ji jih je") {
		m[e] = true
	}
	return m
}()
