package amend_test

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/slovene"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// outcome is what becomes of one closing clause: the status with the reason, and
// the heading of article 5 of the base if that is no more what it was.
func outcome(clause string) string {
	law := lawtext.Parse(base)
	res := amend.Apply(law, slovene.Read(lawtext.Parse("1. člen\n\nV 1. členu se beseda »panje« nadomesti z besedo »roje«.\n\nKONČNE DOLOČBE\n\n2. člen\n\n"+clause)))
	var out []string
	for _, o := range res.Outcomes[1:] {
		s := string(o.Status)
		if o.Refused != nil {
			s += " " + string(o.Refused.Reason)
		}
		out = append(out, s)
	}
	if n := res.Act.Find("art_5"); n.Heading != "" {
		out = append(out, n.Heading)
	}
	return strings.Join(out, ", ")
}

// A clause that repeals something of the base is carried out or refused, however
// it names the base; one about other acts alone is left.
func TestRepealsAreNeverSwallowed(t *testing.T) {
	t.Parallel()
	const done = "applied, (prenehal veljati)"
	for _, c := range []struct{ clause, want string }{
		{"Z dnem uveljavitve tega zakona preneha veljati 5. člen Zakona o čebelah (Uradni list RS, št. 1/20).", done},
		{"Z dnem uveljavitve tega zakona preneha veljati 5. člen zakona o čebelah (Uradni list RS, št. 1/20).", done},
		{"Z dnem uveljavitve tega zakona se v Zakonu o čebelah (Uradni list RS, št. 1/20) preneha veljati 5. člen.", done},
		{"Z dnem uveljavitve tega zakona v zakonu o čebelah (Uradni list RS, št. 1/20) preneha veljati 5. člen.", done},
		{"Z dnem uveljavitve tega zakona v Zakonu o čebelah preneha veljati 5. člen.", done},
		{"Z dnem uveljavitve tega zakona 5. člen Zakona o čebelah preneha veljati.", done},
		{"Z dnem, ko začne veljati ta zakon, preneha veljati 5. člen Zakona o čebelah (Uradni list RS, št. 1/20).", done},
		{"Z uveljavitvijo tega zakona preneha veljati 5. člen Zakona o čebelah (Uradni list RS, št. 1/20).", done},
		{"V Zakonu o čebelah (Uradni list RS, št. 1/20) preneha veljati 5. člen.", done},
		{"Z dnem uveljavitve tega zakona preneha veljati 5. člen Zakona o čebelah.", "refused no-pattern"},
		{"Z dnem uveljavitve tega zakona preneha veljati 5. člen Zakona o čebelah, razen prvega odstavka.", "refused no-pattern"},
		{"Z dnem uveljavitve tega zakona preneha veljati 5. člen Zakona o čebelah (Uradni list RS, št. 1/20), razen prvega odstavka.", "refused unsupported"},
		{"Z dnem uveljavitve tega zakona preneha veljati 5. člen.", "refused no-pattern"},
		{"Z dnem uveljavitve tega zakona prenehata veljati 2. člen Zakona o medu (Uradni list RS, št. 2/20) in 5. člen Zakona o čebelah (Uradni list RS, št. 1/20).", "refused unsupported"},
		{"Z dnem uveljavitve tega zakona prenehata veljati 5. člen Zakona o čebelah (Uradni list RS, št. 1/20) in 2. člen Zakona o medu (Uradni list RS, št. 2/20).", "refused unsupported"},
		{"Z dnem uveljavitve tega zakona prenehata veljati 5. člen Zakona o čebelah in 2. člen Zakona o medu (Uradni list RS, št. 2/20).", "refused unsupported"},
		{"Z dnem uveljavitve tega zakona preneha veljati Zakon o čebelah (Uradni list RS, št. 1/20).", "refused unsupported"},
		{"Z dnem uveljavitve tega zakona preneha veljati zakon o čebelah (Uradni list RS, št. 1/20).", "refused unsupported"},
		{"Z dnem uveljavitve tega zakona preneha veljati Zakon o čebelah.", "refused no-pattern"},
		{"Z dnem uveljavitve tega zakona prenehata veljati Zakon o čebelah, Zakon o vosku (Uradni list RS, št. 3/20).", "refused unsupported"},
		{"Z dnem uveljavitve tega zakona prenehata veljati Zakon o vosku in Zakon o čebelah (Uradni list RS, št. 3/20).", "refused unsupported"},
		{"Z dnem uveljavitve tega zakona prenehajo veljati določbe 5. člena Zakona o čebelah (Uradni list RS, št. 1/20).", "refused unsupported"},
		{"Z dnem uveljavitve tega zakona prenehajo veljati:\n\n– 5. člen Zakona o čebelah (Uradni list RS, št. 1/20),\n\n– Zakon o vosku (Uradni list RS, št. 3/20).", done},
		{"Z dnem uveljavitve tega zakona prenehajo veljati:\n\n– Zakon o čebelah,\n\n– Zakon o vosku (Uradni list RS, št. 3/20).", "refused no-pattern"},
		{"Z dnem uveljavitve tega zakona se 5. člen Zakona o čebelah (Uradni list RS, št. 1/20) črta.", "applied, (črtan)"},
		{"Z uveljavitvijo tega zakona se v Zakonu o čebelah (Uradni list RS, št. 1/20) črta 5. člen.", "applied, (črtan)"},
		{"5. člen Zakona o čebelah (Uradni list RS, št. 1/20) ne velja več.", "refused unknown-word"},
		// At another time.
		{"Z dnem 1. januarja 2030 se 5. člen Zakona o čebelah (Uradni list RS, št. 1/20) črta.", "refused no-pattern"},
		{"5. člen Zakona o čebelah (Uradni list RS, št. 1/20) preneha veljati 1. januarja 2030.", "refused no-pattern"},
		{"Z dnem 1. januarja 2030 preneha veljati 5. člen Zakona o čebelah (Uradni list RS, št. 1/20).", "refused unsupported"},
		{"Z dnem pristopa Republike Slovenije k Evropski uniji preneha veljati 5. člen Zakona o čebelah (Uradni list RS, št. 1/20).", "refused unsupported"},
		{"Z dnem začetka uporabe tega zakona preneha veljati 5. člen Zakona o čebelah (Uradni list RS, št. 1/20).", "refused unsupported"},
		{"Z dnem 1. januarja 2030 preneha veljati:\n\n– 5. člen Zakona o čebelah (Uradni list RS, št. 1/20).", "refused unsupported"},
		// Of other acts.
		{"Z dnem 1. januarja 2030 preneha veljati 5. člen Zakona o vosku (Uradni list RS, št. 3/20).", "noted"},
		{"Z dnem uveljavitve tega zakona preneha veljati 5. člen zakona o vosku (Uradni list RS, št. 3/20).", "elsewhere"},
		{"Z dnem uveljavitve tega zakona preneha veljati Pravilnik o izvajanju Zakona o čebelah (Uradni list RS, št. 3/20).", "noted"},
		{"Z dnem uveljavitve tega zakona prenehata veljati Zakon o vosku, Zakon o medu in vosku (Uradni list RS, št. 3/20).", "noted"},
		{"Z dnem uveljavitve tega zakona preneha veljati Zakon o vosku (Uradni list RS, št. 3/20), uporablja pa se do 1. januarja 2031.", "noted"},
	} {
		if got := outcome(c.clause); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.clause, got, c.want)
		}
	}
}

// What is to be applied later is carried out, and noted.
func TestNotesWhatAppliesLater(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ clause, first, second string }{
		{"Ta zakon začne veljati petnajsti dan po objavi v Uradnem listu Republike Slovenije.", "", ""},
		{"Ta zakon začne veljati petnajsti dan po objavi, uporablja pa se od 1. januarja 2030.", "2030-01-01", "2030-01-01"},
		{"Ta zakon začne veljati petnajsti dan po objavi, 2. člen tega zakona pa se začne uporabljati 1. 1. 2030.", "", "2030-01-01"},
		{"2. člen tega zakona se začne uporabljati 1. januarja 2030.", "", "2030-01-01"},
		{"Določbe 1. in 2. člena tega zakona se uporabljajo od 1. januarja 2030.", "2030-01-01", "2030-01-01"},
	} {
		res := amend.Apply(lawtext.Parse(base), slovene.Read(lawtext.Parse("1. člen\n\n5. člen se črta.\n\n2. člen\n\n4. člen se črta.\n\nKONČNE DOLOČBE\n\n3. člen\n\n"+c.clause)))
		for i, want := range []string{c.first, c.second} {
			got := strings.Join(res.Outcomes[i].Notes, " ")
			if (want == "") != (got == "last-removed" || got == "") || !strings.Contains(got, want) || res.Outcomes[i].Status != amend.Applied {
				t.Errorf("%s\n%d: %s %q, want %q", c.clause, i, res.Outcomes[i].Status, got, want)
			}
		}
	}
}

// An amending act that names no act but in its title is about that one.
func TestTitleSaysWhatIsAmended(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]amend.Status{
		"ZAKON O SPREMEMBAH ZAKONA O ČEBELAH":                amend.Applied,
		"ZAKON O SPREMEMBAH IN DOPOLNITVAH ZAKONA O ČEBELAH": amend.Applied,
		"ZAKON O SPREMEMBAH ZAKONA O MEDU (ZMed-A)":          amend.Elsewhere,
		"ODLOK O SPREMEMBI ODLOKA O ČEBELAH":                 amend.Elsewhere,
		"ZAKON O MEDU":                                       amend.Applied,
		"ZAKON O SPREMEMBAH ZAKONA O MEDU IN ZAKONA O VOSKU": amend.Refused,
	} {
		act := lawtext.Parse(title + "\n\n1. člen\n\n5. člen se črta.\n\n2. člen\n\nTa zakon začne veljati takoj.\n")
		if o := amend.Apply(lawtext.Parse(base), slovene.Read(act)).Outcomes[0]; o.Status != want {
			t.Errorf("%q: %s %v, want %s", act.Title, o.Status, o.Refused, want)
		}
	}
}
