package signal

import (
	"strings"
	"testing"
)

// Invented papers of the kinds that come to an association, as they are pasted.
func TestReadPapers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, ids, want string }{
		{"letter of a ministry on a public consultation", `
REPUBLIKA SLOVENIJA
MINISTRSTVO ZA KULTURO
Maistrova ulica 10, 1000 Ljubljana

Številka: 007-12/2026-3340-4
Datum: 3. 9. 2026
EVA: 2026-3340-0021

Zadeva: Javna obravnava predloga Zakona o spremembah in dopolnitvah Zakona o medijih

Spoštovani,

obveščamo vas, da je na portalu e-Demokracija objavljen predlog Zakona o spremembah in dopolnitvah Zakona o medijih (ZMed-1E). Pripombe in predloge pričakujemo najpozneje do 5. 10. 2026 na naslov gp.mk@gov.si.

S spoštovanjem,`, "2026-3340-0021", "letter; title=Javna obravnava predloga Zakona o spremembah in dopolnitvah Zakona o medijih; amends=Zakon o medijih; due=2026-10-05 comments"},
		{"call with two deadlines", `
Javni razpis za sofinanciranje mobilnosti v kulturi v letu 2027 (JPR-MOB-2027)

1. Predmet razpisa

Predmet razpisa je mobilnost.

2. Rok za oddajo vlog

Prvi rok za oddajo vlog je 15. 1. 2027 do 12. ure, drugi rok za oddajo vlog je 15. 6. 2027 do 12. ure.`, "JPR-MOB-2027",
			"call; title=Javni razpis za sofinanciranje mobilnosti v kulturi v letu 2027 (JPR-MOB-2027); due=2027-01-15 12:00 applications; due=2027-06-15 12:00 applications"},
		{"bill of the government in its wrapping", `
VLADA REPUBLIKE SLOVENIJE
EVA 2026-3340-0012

PREDLOG ZAKONA O SPREMEMBAH IN DOPOLNITVAH ZAKONA O KULTURNEM EVRU (ZKE-B)

Predlagatelj: Vlada Republike Slovenije

I. UVOD

1. OCENA STANJA IN RAZLOGI ZA SPREJEM PREDLOGA ZAKONA

V Zakonu o davkih (Uradni list RS, št. 1/01) se nič ne spremeni.

II. BESEDILO ČLENOV

1. člen

V Zakonu o kulturnem evru (Uradni list RS, št. 7/15 in 8/16) se v 4. členu drugi odstavek črta.

2. člen

Ta zakon začne veljati petnajsti dan po objavi v Uradnem listu Republike Slovenije.

III. OBRAZLOŽITEV

K 1. členu

Odstavek je odveč.

IV. BESEDILO ČLENOV, KI SE SPREMINJAJO

4. člen

(2) Evro je okrogel.`, "2026-3340-0012",
			"amending-act; title=Zakon o spremembah in dopolnitvah Zakona o kulturnem evru; short=ZKE-B; amends=Zakon o kulturnem evru ZKE 7/15,8/16; by=Vlada Republike Slovenije"},
		{"rulebook under a letter", `
Spoštovane in spoštovani,

v prilogi pošiljamo osnutek pravilnika. Mnenje sporočite do 20. 11. 2026.

Lep pozdrav

PRAVILNIK
o merilih za dodelitev kulturnega evra

1. člen

Ta pravilnik določa merila.

2. člen

Ta pravilnik začne veljati naslednji dan po objavi.`, "", "by-law; title=Pravilnik o merilih za dodelitev kulturnega evra; due=2026-11-20 comments"},
		{"call of the European Union", `
Call for proposals: European Cooperation Projects (CREA-CULT-2027-COOP)

The European Commission supports cooperation of at least three organisations.

The deadline for submission of applications is 5 March 2027 at 17:00 (Brussels time).`, "", "call; title=Call for proposals: European Cooperation Projects (CREA-CULT-2027-COOP); due=2027-03-05 17:00 applications"},
		{"message of a colleague", `
Pozdravljeni,

a ste videli predlog Uredbe o samozaposlenih v kulturi? Javna razprava traja do 30. 9. 2026.

Lep pozdrav
Ana`, "", "letter; title=Uredba o samozaposlenih v kulturi; due=2026-09-30 comments"},
		{"strategy that is put up for comments", `
Osnutek strategije razvoja uprizoritvenih umetnosti 2027–2034

Ministrstvo zbira pripombe do 31. januarja 2027.`, "", "strategy; title=Osnutek strategije razvoja uprizoritvenih umetnosti 2027–2034; due=2027-01-31 comments"},
		{"decree of a town", `
Na podlagi 29. člena Zakona o lokalni samoupravi (Uradni list RS, št. 94/07) je Mestni svet sprejel

ODLOK
o prostorih za kulturo

1. člen

Ta odlok ureja prostore.

2. člen

Ta odlok začne veljati osmi dan po objavi.`, "", "by-law; title=Odlok o prostorih za kulturo"},
		{"case of the National Assembly", `
Državni zbor, EPA 1516-IX

Predlagatelj: Skupina poslank in poslancev

PREDLOG ZAKONA O DOPOLNITVI ZAKONA O KNJIGI (ZKnj-A)

Predlaga se obravnava po skrajšanem postopku.

1. člen

V Zakonu o knjigi (Uradni list RS, št. 3/14) se za 5. členom doda nov 5.a člen.

2. člen

Ta zakon začne veljati takoj.`, "1516-IX",
			"amending-act; title=Zakon o dopolnitvi Zakona o knjigi; short=ZKnj-A; amends=Zakon o knjigi ZKnj 3/14; by=Skupina poslank in poslancev; procedure=shortened"},
		{"days instead of a date", `
Zadeva: Poziv k predložitvi mnenja

Spoštovani,

prosimo, da mnenje o osnutku Pravilnika o štipendijah sporočite v 15 dneh od prejema tega dopisa.

S spoštovanjem`, "", "letter; title=Poziv k predložitvi mnenja; due=15 days comments"},
	} {
		s := Read(strings.TrimPrefix(c.text, "\n"))
		if got := brief(s); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.name, got, c.want)
		}
		found := strings.Join(append(append(s.IDs.EVA, s.IDs.EPA...), s.IDs.Calls...), " ")
		if found != c.ids {
			t.Errorf("%s: got the numbers %q, wanted %q", c.name, found, c.ids)
		}
	}
}
