package declension

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
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

// laws are the texts of the consolidated laws.
func laws(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(realtexts.Path(t, "law"), "si-npb", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no laws: %v", err)
	}
	var texts []string
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(b))
	}
	return texts
}

// TestParadigm_real: the forms made of frequent nouns are those that the laws have.
// A paradigm fails if a form that its commonest cases have stands nowhere, or if
// the laws have another word of the same stem with an ending of nouns, often, that
// the paradigm has not and no other noun of the list explains.
func TestParadigm_real(t *testing.T) {
	count := make(map[string]int)
	for _, text := range laws(t) {
		for _, w := range textkit.Words(text) {
			count[strings.ToLower(w.Text)]++
		}
	}
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

// TestReplace_real puts one term for another in real sentences and then the first
// for the second. What comes back must be what stood there: the choice of a form,
// by its neighbours too, was right, or the place was refused.
func TestReplace_real(t *testing.T) {
	var texts []string
	for _, text := range laws(t) {
		for n := range lawtext.Parse(text).All() {
			texts = append(texts, n.Intro)
		}
	}
	places, there, back, wrong := 0, 0, 0, 0
	for _, p := range []string{
		"organ > agencija", "agencija > organ", "zavod > sklad", "minister > direktor", "odločba > sklep", "sklep > odločba",
		"delodajalec > oseba", "storitev > dejavnost", "sredstvo > prispevek", "pogodba > dovoljenje", "pravica > dolžnost",
	} {
		pair := pairOf(t, p)
		has := func(text string, f Forms) bool {
			stem := string([]rune(f.Term)[:len([]rune(f.Term))-2])
			return strings.Contains(strings.ToLower(text), stem)
		}
		for _, text := range texts {
			if !has(text, pair.Old) || has(text, pair.New) {
				continue
			}
			first := Replace(text, pair)
			places += len(first.Changes) + len(first.Refusals)
			there += len(first.Changes)
			second := Replace(first.Text, Pair{pair.New, pair.Old})
			back += len(second.Changes)
			if len(second.Changes)+len(second.Refusals) != len(first.Changes) {
				t.Fatalf("%s: not all places of %q were found again in %q", p, text, first.Text)
			}
			for _, c := range second.Changes {
				earlier := 0 // places of the second term before this one, refused or not
				for _, other := range second.Changes {
					if other.Start < c.Start {
						earlier++
					}
				}
				for _, other := range second.Refusals {
					if other.Start < c.Start {
						earlier++
					}
				}
				if was := first.Changes[earlier].Old; was != c.New {
					wrong++
					t.Errorf("%s: %q came back as %q in %q", p, was, c.New, text)
				}
			}
		}
	}
	t.Logf("%d places, %d replaced, %d of these replaced back, %d wrong", places, there, back, wrong)
	if there*3 < places {
		t.Errorf("%d of %d places replaced", there, places)
	}
}
