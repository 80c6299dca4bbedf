package declension

import (
	"fmt"
	"strings"
	"testing"
)

// pairOf reads "old > new".
func pairOf(t *testing.T, s string) Pair {
	t.Helper()
	old, new, _ := strings.Cut(s, " > ")
	a, sureA := Paradigm(old)
	b, sureB := Paradigm(new)
	if !sureA || !sureB {
		t.Fatalf("%q is a guess", s)
	}
	return Pair{a, b}
}

func TestReplace(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, pairs, text, want, refused string }{
		{"every case", "organ > agencija", "pri organu; od organa; z organom; za organom; o organih; k organom",
			"pri agenciji; od agencije; z agencijo; za agencijo; o agencijah; k agencijam", ""},
		{"a form of two cases", "organ > agencija", "Organ odloči.", "Organ odloči.", "Organ: agencija, agencijo"},
		{"a preposition decides", "organ > agencija", "na organ in v organu", "na agencijo in v agenciji", ""},
		{"an adjective does not decide", "organ > agencija", "odločba pristojnega organa", "odločba pristojnega organa", "organa: agencije, agenciji"},
		{"what may be a verb", "ukrep > sklep", "Inšpektor ukrepa brez ukrepa.", "Inšpektor ukrepa brez sklepa.", "ukrepa: sklepa"},
		{"forms that agree", "organ > zavod", "Organ odloči o zahtevi organa.", "Zavod odloči o zahtevi zavoda.", ""},
		{"longest first", "republiški upravni organ > ministrstvo, organ > zavod", "pri republiškem upravnem organu in pri organu", "pri ministrstvu in pri zavodu", ""},
		{"at once", "zavod > sklad, sklad > agencija", "v zavodu in v skladu", "v skladu in v agenciji", ""},
		{"whole words", "organ > zavod", "organizacija in organu", "organizacija in zavodu", ""},
		{"s and z, k and h", "zavod > sklad, sklad > zavod, organ > kolegij", "Z zavodom, s skladom, k organu", "S skladom, z zavodom, h kolegiju", ""},
		{"wrapped", "upravni organ > zavod", "pri upravnem\n   organu", "pri zavodu", ""},
		{"a comma between", "upravni organ > zavod", "upravnem, organu", "upravnem, organu", ""},
		{"in capitals", "zavod > sklad", "STATUT ZAVODA", "STATUT SKLADA", ""},
		{"with a comma", "minister, pristojen za kulturo > minister", "z ministrom, pristojnim za kulturo", "z ministrom", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var pairs []Pair
			for _, s := range splitPairs(tt.pairs) {
				if s == "organ > kolegij" { // only its animacy is not known
					a, _ := Paradigm("organ")
					b, _ := Paradigm("kolegij", Inanimate)
					pairs = append(pairs, Pair{a, b})
					continue
				}
				pairs = append(pairs, pairOf(t, s))
			}
			got := Replace(tt.text, pairs...)
			var refused []string
			for _, r := range got.Refusals {
				refused = append(refused, r.Old+": "+strings.Join(r.Candidates, ", "))
			}
			if got.Text != tt.want || strings.Join(refused, "; ") != tt.refused {
				t.Errorf("got %q, refused %q\nwant %q, refused %q", got.Text, refused, tt.want, tt.refused)
			}
		})
	}
}

// splitPairs cuts at commas after which another pair begins.
func splitPairs(s string) []string {
	var list []string
	for _, p := range strings.Split(s, ", ") {
		if n := len(list); n > 0 && !strings.Contains(list[n-1], " > ") {
			list[n-1] += ", " + p
			continue
		}
		list = append(list, p)
	}
	return list
}

// What may have to agree with a term of another gender is listed.
func TestReplace_review(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ pair, text, want string }{
		{"organ > agencija", "pri pristojnem organu, ki ga določi vlada", "pristojnem adjective, ga pronoun"},
		{"organ > zavod", "pri pristojnem organu, ki ga določi vlada", ""},
		{"zavod > agencija", "v tem zavodu, ki je bil ustanovljen z zakonom", "tem pronoun, bil participle, ustanovljen participle"},
		{"organ > agencija", "v organu. Ta odloči.", ""},
		{"agencija > urad", "Pri agenciji, pristojni za vode, je vodja.", "pristojni adjective"},
		{"agencija > urad", "Agencija je pri delu samostojna in neodvisna.", "samostojna adjective, neodvisna adjective"},
		{"agencija > urad", "Agencija, pristojna za vode, ni dolžna odgovarjati.", "pristojna adjective, dolžna participle"},
		{"agencija > urad", "Agencija bo po zakonu odgovorna za škodo.", "odgovorna adjective"},
		{"agencija > urad", "pri agencijah, ki so samostojne osebe", "samostojne adjective"},
		{"urad > agencija", "Pri uradu, pristojnem za vode, ki je samostojen.", "pristojnem adjective, samostojen participle"},
		{"agencija > urad", "Z zakonom je ustanovljena nova agencija.", "ustanovljena adjective, nova adjective"},
		{"agencija > urad", "Ustanovljena je bila agencija.", "Ustanovljena adjective, bila adjective"},
		{"agencija > urad", "Za delo je odgovorna tudi agencija.", "odgovorna adjective"},
		{"agencija > komisija", "Agencija je samostojna.", ""},
	} {
		var got []string
		for _, c := range Replace(tt.text, pairOf(t, tt.pair)).Changes {
			for _, n := range c.Review {
				got = append(got, fmt.Sprint(n.Text, " ", n.Kind))
			}
		}
		if s := strings.Join(got, ", "); s != tt.want {
			t.Errorf("%s in %q: got %q, want %q", tt.pair, tt.text, s, tt.want)
		}
	}
}

func FuzzReplace(f *testing.F) {
	f.Add("organ", "agencija", "pri organu in z organom")
	f.Add("upravni organ", "zavod", "s upravnim\norganom k")
	f.Fuzz(func(t *testing.T, old, new, text string) {
		a, _ := Paradigm(old)
		b, _ := Paradigm(new)
		r := Replace(text, Pair{a, b})
		at, was := 0, ""
		for _, c := range r.Changes {
			if c.Start < at || text[c.Start:c.End] != c.Old {
				t.Fatalf("%v is not at its place in %q", c, text)
			}
			was += text[at:c.Start] + c.New
			at = c.End
		}
		if was+text[at:] != r.Text {
			t.Fatalf("the changes of %q do not give %q", text, r.Text)
		}
	})
}
