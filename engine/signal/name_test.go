package signal

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
)

func TestNamesInTheNominative(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		in   int
		want string
	}{
		{"Zakona o organih, odgovornih za vode", genitive, "Zakon o organih"},
		{"Zakona o vodah", genitive, "Zakon o vodah"},
		{"Zakona o vodah (ZV-1) in", genitive, "Zakon o vodah [ZV-1]"},
		{"Zakona o vodah, ki velja", genitive, "Zakon o vodah"},
		{"Zakona o vodah se v 5. členu", genitive, "Zakon o vodah"},
		{"ZAKONA O VODAH", genitive, "Zakon O VODAH"},
		{"Kazenskega zakonika", genitive, "Kazenski zakonik"},
		{"Stvarnopravnem zakoniku (Uradni list RS", locative, "Stvarnopravni zakonik"},
		{"Uredbe o samozaposlenih v kulturi", genitive, "Uredba o samozaposlenih v kulturi"},
		{"Uredbi o samozaposlenih v kulturi (Uradni list", locative, "Uredba o samozaposlenih v kulturi"},
		{"Pravilniku o strokovnih komisijah (Uradni list", locative, "Pravilnik o strokovnih komisijah"},
		{"Resolucije o nacionalnem programu za kulturo 2022–2029.", genitive, "Resolucija o nacionalnem programu za kulturo 2022–2029"},
		{"Zakonu o izvajanju Uredbe (EU) o varstvu potrošnikov (Uradni list", locative, "Zakon o izvajanju Uredbe (EU) o varstvu potrošnikov"},
		{"zakona", genitive, ""},
		{"vlade o vodah", genitive, ""},
		{"Zakona o vodah", locative, ""},
	} {
		name, short := nameAt(strings.Fields(c.text), 0, c.in, false)
		if short != "" {
			name += " [" + short + "]"
		}
		if name != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, name, c.want)
		}
	}
}

func TestBaseShort(t *testing.T) {
	t.Parallel()
	for short, want := range map[string]string{
		"ZOZKD-B": "ZOZKD", "KZ-1J": "KZ-1", "ZRacS-1A": "ZRacS-1", "ZUJIK-G": "ZUJIK", "ZNDM-2A": "ZNDM-2", "ZV-1": "", "ZNOrg": "", "": "",
	} {
		if got := baseShort(short); got != want {
			t.Errorf("%s: got %s, wanted %s", short, got, want)
		}
	}
}

func TestReferences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ sentence, want string }{
		{"V Zakonu o vodah (Uradni list RS, št. 67/02, 2/04 – ZZdrI-A in 41/04 – ZVO-1) se 5. člen črta.", "Zakon o vodah 67/02 2/04 41/04"},
		{"V Odloku o taksi (Uradni list RS, št. 5/1991) se črta beseda.", "Odlok o taksi 5/1991"},
		{"V Zakonu o organih, odgovornih za vode (Uradni list RS, št. 1/10) se črta beseda.", "Zakon o organih, odgovornih za vode 1/10"},
		{"V Zakonu o vodah se črta beseda.", ""},
		{"Zakon o vodah (Uradni list RS, št. 67/02) velja.", ""},
		{"V 5. členu se črta beseda.", ""},
		{"", ""},
	} {
		r, ok := fromSentence(c.sentence)
		got := ""
		if ok {
			got = r.Title + " " + strings.Join(r.Gazettes, " ")
		}
		if got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.sentence, got, c.want)
		}
	}
	r, ok := fromRepeal("Z dnem uveljavitve tega zakona preneha veljati 9. člen Zakona o pomoči (Uradni list RS, št. 112/21).")
	if !ok || r.Title != "Zakon o pomoči" || r.Gazettes[0] != "112/21" {
		t.Errorf("repeal: %+v", r)
	}
}

func TestSeveralActs(t *testing.T) {
	t.Parallel()
	s := Read("1. člen\n\nV Zakonu o vodah (Uradni list RS, št. 67/02) se 5. člen črta.\n\n2. člen\n\nV Zakonu o gozdovih (Uradni list RS, št. 30/93) se 7. člen črta.\n\n" +
		"3. člen\n\nV Zakonu o vodah (Uradni list RS, št. 57/08) se 8. člen črta.\n")
	var got []string
	for _, r := range s.Amends {
		got = append(got, r.Title+" "+strings.Join(r.Gazettes, " "))
	}
	if want := "Zakon o vodah 67/02 57/08|Zakon o gozdovih 30/93"; strings.Join(got, "|") != want {
		t.Errorf("got %s, wanted %s", strings.Join(got, "|"), want)
	}
}

func TestInstructions(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]bool{
		"V 5. členu se črta beseda.":                        true,
		"Dosedanji drugi odstavek postane tretji odstavek.": true,
		"5. člen se spremeni tako, da se glasi:":            true,
		"Tretji odstavek preneha veljati.":                  true,
		"Minister predpiše obrazec, ki se uporablja.":       false,
		"Beseda »črta« se uporablja (se doda).":             false,
		"": false,
	} {
		if isInstruction(s) != want {
			t.Errorf("%s: %v", s, !want)
		}
	}
}

func TestArticlesThatAreNotItsOwn(t *testing.T) {
	t.Parallel()
	a := lawtext.Parse("II. BESEDILO ČLENOV\n\n1. člen\n\nV 5. členu se črta beseda.\n\nIII. OBRAZLOŽITEV\n\nK 1. členu\n\nBeseda je odveč.\n\n" +
		"IV. BESEDILO ČLENOV, KI SE SPREMINJAJO\n\n5. člen\n\nV 9. členu se črta nekaj.\n")
	if got := Targets(a); len(got) != 1 || got[0].Changed[0] != "5" {
		t.Errorf("got %+v", got)
	}
}

func TestClock(t *testing.T) {
	t.Parallel()
	for after, want := range map[string]string{
		"do 12. ure": "12:00", "do 23.59": "23:59", "ob 14:00": "14:00", "do 9h": "09:00", "at 17:00": "17:00", "do 24. ure,": "24:00",
		"do 25. ure": "", "ob 12:75": "", "do konca": "", "do": "", "": "", "v 12. uri": "",
	} {
		if got := clock(strings.Fields(after), nil); got != want {
			t.Errorf("%s: got %q, wanted %q", after, got, want)
		}
	}
	if got := clock(nil, strings.Fields("do 12. ure")); got != "12:00" {
		t.Errorf("before the date: %q", got)
	}
}

func TestLanguageAndProcedure(t *testing.T) {
	t.Parallel()
	s := Read("The draft of the law is open for comments until 5 May 2026. It is to be passed by urgent procedure.")
	if s.Language != "en" || s.Procedure != Urgent {
		t.Errorf("got %s, %s", s.Language, s.Procedure)
	}
	s = Read("Predlog je v skrajšanem\npostopku. Predlagatelj: Skupina poslank in poslancev")
	if s.Language != "sl" || s.Procedure != Shortened {
		t.Errorf("got %s, %s", s.Language, s.Procedure)
	}
	if s = Read("**Predlagatelj:** Vlada\nRepublike"); s.Proponent != "Vlada" {
		t.Errorf("proponent %q", s.Proponent)
	}
}
