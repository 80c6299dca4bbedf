package signal

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

// brief writes a Signal in one line: what is empty is left out.
func brief(s Signal) string {
	parts := []string{string(s.Kind)}
	add := func(name, v string) {
		if v != "" {
			parts = append(parts, name+"="+v)
		}
	}
	add("title", s.Title)
	add("short", s.Short)
	for _, r := range s.Amends {
		add("amends", strings.Join(strings.Fields(r.Title+" "+r.Short+" "+strings.Join(r.Gazettes, ",")), " "))
	}
	add("by", s.Proponent)
	add("procedure", string(s.Procedure))
	for _, d := range s.Deadlines {
		add("due", due(d))
	}
	return strings.Join(parts, "; ")
}

func due(d Deadline) string {
	day := fmt.Sprintf("%d-%02d-%02d", d.Year, d.Month, d.Day)
	if d.Days > 0 {
		day = fmt.Sprintf("%d days", d.Days)
	}
	if d.Clock != "" {
		day += " " + d.Clock
	}
	return day + " " + string(d.Purpose)
}

func TestRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"amending act of the gazette", `
Z A K O N

O SPREMEMBAH IN DOPOLNITVAH ZAKONA O ODŠKODNINI ŽRTVAM (ZOZ-B)

1.
člen

V Zakonu o odškodnini žrtvam (Uradni list RS, št. 101/05, 114/06 – ZUE in 86/10) se v 4. členu besedilo »formalni« črta.

2. člen

Ta zakon začne veljati petnajsti dan po objavi.`,
			"amending-act; title=Zakon o spremembah in dopolnitvah Zakona o odškodnini žrtvam; short=ZOZ-B; amends=Zakon o odškodnini žrtvam ZOZ 101/05,114/06,86/10"},
		{"amending a code", `
Z A K O N

O SPREMEMBAH KAZENSKEGA ZAKONIKA (KZ-1J)

1. člen

V Kazenskem zakoniku (Uradni list RS, št. 50/12 in 54/15) se 49. člen črta.

2. člen

Začne veljati takoj.`,
			"amending-act; title=Zakon o spremembah Kazenskega zakonika; short=KZ-1J; amends=Kazenski zakonik KZ-1 50/12,54/15"},
		{"bill with a proponent and a procedure", `
PREDLOG ZAKONA

Predlagatelj: Vlada Republike Slovenije

Predlaga se obravnava po nujnem postopku.

ZAKON O KULTURNEM EVRU (ZKE)

1. člen

Ta zakon ureja kulturni evro.

2. člen

Velja.`,
			"act; title=Zakon o kulturnem evru; short=ZKE; by=Vlada Republike Slovenije; procedure=urgent"},
		{"bill of the government, with the articles as they were", `
PREDLOG
EVA 2022-3340-0058

ZAKON
O SPREMEMBAH ZAKONA O MEDIJIH

I. UVOD

1. OCENA STANJA

Mediji so slabi.

II. BESEDILO ČLENOV

1. člen

V Zakonu o medijih (Uradni list RS, št. 110/06) se v 4. členu črta beseda.

2. člen

Ta zakon začne veljati petnajsti dan po objavi.

III. OBRAZLOŽITEV

K 1. členu

Beseda je odveč.

IV. BESEDILO ČLENOV, KI SE SPREMINJAJO

4. člen

V Zakonu o tisku (Uradni list RS, št. 1/90) se nekaj črta v 9. členu.`,
			"amending-act; title=Zakon o spremembah Zakona o medijih; amends=Zakon o medijih 110/06"},
		{"by-law without a title", "1. člen\n\nV 5. členu se črta beseda.\n\n2. člen\n\nTa uredba začne veljati takoj.", "by-law"},
		{"rulebook", "PRAVILNIK\no strokovnih komisijah\n\n1. člen\n\nTa pravilnik določa komisije.\n\n2. člen\n\nVelja.", "by-law; title=Pravilnik o strokovnih komisijah"},
		{"strategy", "Strategija razvoja kulturnih in kreativnih industrij 2026–2030\n\nUVOD\n\nKultura je temelj.", "strategy; title=Strategija razvoja kulturnih in kreativnih industrij 2026–2030"},
		{"call", `
Javni razpis za izbor kulturnih projektov na področju glasbe (JPR-GL-2027)

Predmet razpisa je sofinanciranje projektov.

Rok za oddajo vlog je 30. november 2026 do 12. ure.`,
			"call; title=Javni razpis za izbor kulturnih projektov na področju glasbe (JPR-GL-2027); due=2026-11-30 12:00 applications"},
		{"call as the gazette prints it", `
Na podlagi 65. in 104. člena Zakona o kulturi (Uradni list RS, št. 77/07 in 56/08) Ministrstvo za kulturo objavlja

javni razpis

za izbor projektov v letu 2027 (projektni razpis, oznaka JPR-Romi-2027)

1. Predmet razpisa so projekti.

2. Vlogo je treba oddati najpozneje 15. 10. 2026. Zakon je bil spremenjen 1. 1. 2020.`,
			"call; title=Javni razpis za izbor projektov v letu 2027 (projektni razpis, oznaka JPR-Romi-2027); due=2026-10-15 applications"},
		{"call in one sentence", "Ministrstvo za kulturo objavlja javni poziv za izbor kulturnih projektov.\n\nRok prijave: 30/11/26", "call; title=Javni poziv za izbor kulturnih projektov; due=2026-11-30 applications"},
		{"letter about a draft", `
Spoštovani,

na portalu je objavljen predlog Zakona o medijih (ZMed-2). Pripombe pošljite najpozneje do 15. 7. 2024.

Lep pozdrav`,
			"letter; title=Zakon o medijih; short=ZMed-2; due=2024-07-15 comments"},
		{"letter with a subject", "Zadeva: Osnutek Pravilnika o izvedbi neposrednega poziva\n\nSpoštovani, prosimo za mnenje do 3. marca.\n", "letter; title=Osnutek Pravilnika o izvedbi neposrednega poziva; due=0-03-03 comments"},
		{"English call", "Open call for artists in residence\n\nApplications must be submitted by 30 November 2026. The residency is for artists of the region.", "call; title=Open call for artists in residence; due=2026-11-30 applications"},
		{"nothing", "", "unknown"},
		{"anything", "Jutri bo deževalo.", "unknown"},
	} {
		if got := brief(Read(strings.TrimPrefix(c.text, "\n"))); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestDeadlines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ sentence, want string }{
		{"Pripombe do 15. 7. 2024.", "2024-07-15 comments"},
		{"Vloge morajo prispeti najpozneje do 30. novembra 2026.", "2026-11-30 applications"},
		{"Vloge morajo prispeti najkasneje 30.11.2026 do 14.00.", "2026-11-30 14:00 applications"},
		{"Rok za oddajo vlog: 1. 3. 2027 ob 23:59.", "2027-03-01 23:59 applications"},
		{"Javna obravnava traja do vključno petka, 5. junija 2026.", "2026-06-05 comments"},
		{"Javna razprava poteka od 1. 6. 2026 do 30. 6. 2026.", "2026-06-30 comments"},
		{"Mnenje sporočite v roku 30 dni od objave.", "30 days comments"},
		{"Pripombe lahko pošljete v 30 dneh od objave.", "30 days comments"},
		{"Razpis je bil objavljen 1. 6. 2026, rok za prijavo je 15. 7. 2026.", "2026-07-15 applications"},
		{"Javni razpis se začne 16. 9. 2026 in se zaključi 17. 10. 2026.", "2026-10-17 applications"},
		{"Projekti razpisa morajo biti izvedeni do 31. 12. 2027.", "2027-12-31 unknown"},
		{"Pripombe zbiramo do 3. marca.", "0-03-03 comments"},
		{"Comments are welcome until 2026-05-04.", "2026-05-04 comments"},
		{"The deadline for applications is November 5, 2026.", "2026-11-05 applications"},
		{"Odgovorite do 31. 12. 2026.", "2026-12-31 unknown"},
		{"Pripombe do 31. 2. 2026.", ""},
		{"Pripombe do 29. 2. 2028 in 29. 2. 2027.", "2028-02-29 comments"},
		{"Seja je bila 5. maja 2026.", ""},
		{"Glej 5. člen in 30. odstavek.", ""},
		{"Soglasje je dala v 5 točkah.", ""},
	} {
		var got []string
		for _, d := range deadlines([]string{c.sentence}, Letter) {
			got = append(got, due(d))
		}
		if strings.Join(got, " | ") != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.sentence, strings.Join(got, " | "), c.want)
		}
	}
}

func TestIdentifiers(t *testing.T) {
	t.Parallel()
	ids := identifiers("EVA: 2022-3340-0058, EPA 1516-IV, SOP 2023-01-0404 (ZAKO3370, prej ZAKO3370), razpis JPR–PROG-2018–2021 in JPR-UM-2018; " +
		"dne 2023-01-04, tel. 01-234-56-78, KZ-1J, Št. 0070-18/2022, JPEG-file, JPR-Romi-2017, JP-x")
	got := fmt.Sprint(ids.EVA, ids.EPA, ids.SOP, ids.PISRS, ids.Calls)
	want := "[2022-3340-0058] [1516-IV] [2023-01-0404] [ZAKO3370] [JPR-PROG-2018-2021 JPR-UM-2018 JPR-Romi-2017]"
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ line, want string }{
		{"Prvi. Drugi.", "Prvi.|Drugi."},
		{"Glej št. 5. Nato 30. Novembra ne.", "Glej št. 5. Nato 30. Novembra ne."},
		{"Objavljeno leta 2026. Rok je jutri.", "Objavljeno leta 2026.|Rok je jutri."},
		{"Dr. Novak je prišel. Ana ne!", "Dr. Novak je prišel.|Ana ne!"},
		{"", ""},
	} {
		if got := strings.Join(split(nil, c.line), "|"); got != c.want {
			t.Errorf("got %s, wanted %s", got, c.want)
		}
	}
}

func TestDoubts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                      "Kind not-recognised",
		"Spoštovani, pripombe do 3. maja.":      "Deadlines year-missing",
		"Javni razpis za projekte\n\nBesedilo.": "Deadlines none-found",
		"1. člen\n\nV 5. členu se beseda črta.\n\n2. člen\n\nVelja.": "Amends no-act-named",
	} {
		found := false
		s := Read(text)
		for _, d := range s.Doubts {
			found = found || d.Field+" "+d.Reason == want
		}
		if !found {
			t.Errorf("%q: %v, wanted %s", text, s.Doubts, want)
		}
	}
}

// TestRealActs reads the amending acts of the test data without their front
// matter, which says the title and the short title that must be found.
func TestRealActs(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join(realtexts.Path(t, "law", "ex-yu", "sl-acts"), "*.md"))
	if err != nil || len(files) == 0 {
		t.Fatal("no acts", err)
	}
	acts, right := 0, 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		a := lawtext.Parse(string(b))
		if a.Short == "" {
			continue
		}
		acts++
		_, body, _ := strings.Cut(string(b)[4:], "\n---\n")
		s := Read(body)
		if s.Kind == AmendingAct && strings.EqualFold(s.Title, a.Title) && s.Short == a.Short && len(s.Amends) > 0 && len(s.Amends[0].Gazettes) > 0 {
			right++
		} else {
			t.Logf("%s: %s", filepath.Base(f), brief(s))
		}
	}
	t.Logf("acts %d, right in kind, title, short title and amended act %d", acts, right)
	if right*100 < acts*90 {
		t.Error("worse than it was")
	}
}

func check(t *testing.T, text string) {
	s := Read(text)
	for _, d := range s.Deadlines {
		if (d.Days > 0) == (d.Day > 0) || d.Day > 0 && !possible(d) {
			t.Fatalf("impossible deadline %+v in %q", d, text)
		}
	}
	for _, list := range [][]string{s.IDs.EVA, s.IDs.EPA, s.IDs.SOP, s.IDs.PISRS, s.IDs.Calls} {
		seen := map[string]bool{}
		for _, id := range list {
			if seen[id] {
				t.Fatalf("%s comes twice in %q", id, text)
			}
			seen[id] = true
		}
	}
	if a, b := fmt.Sprint(s), fmt.Sprint(Read(text)); a != b {
		t.Fatalf("reading twice differs: %s and %s", a, b)
	}
	Targets(lawtext.Parse(text))
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"", "V Zakonu o vodah (Uradni list RS, št. 1/10) se v 10. do 12. členu črta beseda.", "Pripombe do 15. 7. 2024 do 12. ure.",
		"Rok 30. novembra", "2022-3340-0058 1516-IV ZAKO1 JPR-1", "26.a do 26.i člen se črtajo.", "Zadeva: x", "Javni razpis", "Predlagatelj: x",
		"ZAKON O SPREMEMBAH ZAKONA", "»", "(", "- - .", "v 30 dneh", "ob 24:61", "\xff\xfe", "9999. do 1. člen se črtata."} {
		f.Add("1. člen\n\n" + s)
		f.Add(s)
	}
	f.Fuzz(check)
}
