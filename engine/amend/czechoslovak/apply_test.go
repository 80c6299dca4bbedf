package czechoslovak_test

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/czechoslovak"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/lawtext/layout"
)

const front = "---\ncountry: SK\n---\n\n"

// TestWhatIsInferredIsNoted carries out single points on an invented decree.
func TestWhatIsInferredIsNoted(t *testing.T) {
	base := front + "##### § 1\n\n(1) Včely sú:\n\na) matky,\n\nb) trúdy.\n\n(2) Med je sladký.\n\n##### § 2\n\n(1) Úľ je drevený.\n\n(2) Úle sú dva.\n"
	for _, c := range []struct{ point, want string }{
		{"V § 1 sa za odsek 1 vkladá nový odsek 2, ktorý znie: „(2) Vosk je žltý.“.", "applied moved-up"},
		{"V § 1 ods. 1 písmeno a) znie: „a) kráľovné.“.", "applied list-sign"},
		{"V § 1 ods. 1 písmeno a) znie: „a) kráľovné,“.", "applied"},
		{"V § 2 ods. 2 sa na konci pripájajú slová „a prázdne“.", "applied"},
		{"V § 2 sa na konci pripájajú slová „a prázdne“.", "applied end-unnamed"},
		{"V § 2 sa na konci odseku 2 pripájajú slová „a prázdne“.", "applied"},
		{"V § 2 ods. 2 sa na konci vety pripájajú slová „a prázdne“.", "applied"},
		{"V § 2 sa na konci vety pripájajú slová „a prázdne“.", "refused two-readings"},
		{"V § 2 ods. 2 sa na začiatku za slovo „Úle“ vkladá slovo „naše“.", "refused no-pattern"},
		{"Skupinový nadpis § 2 znie: „Úle“.", "refused unknown-word"},
		{"V § 1 ods. 2 a § 2 sa slovo „Med“ nahrádza slovom „Vosk“.", "applied; refused text-missing"},
		{"V § 1 ods. 2 sa slovo „Med“ a v § 2 slovo „Úľ“ vypúšťa.", "refused no-pattern"},
	} {
		act := front + "##### Čl. I\n\nVyhláška č. 1/2000 Z. z. sa mení takto:\n\n1.\n\n" + c.point + "\n"
		ins := czechoslovak.Read(lawtext.Parse(act))
		for i := range ins {
			for k := range ins[i].Ops {
				ins[i].Ops[k].Act = "" // the decree has no number
			}
		}
		var got []string
		for _, o := range amend.Apply(lawtext.Parse(base), ins).Outcomes {
			s := strings.TrimSpace(string(o.Status) + " " + strings.Join(o.Notes, " "))
			if o.Refused != nil {
				s += " " + string(o.Refused.Reason)
			}
			got = append(got, s)
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%s\n got  %s\n want %s", c.point, g, c.want)
		}
	}
}

// TestCarriesOut shows the text that points of an act make of an invented decree.
func TestCarriesOut(t *testing.T) {
	const slovak = front + "##### § 1\n\n##### Úle\n\n(1) Úľ je drevený; môže byť slamený.\n\n(2) Výbor včelárov (Brezno) zapíše úľ podľa prílohy.\n\n##### § 2\n\nLesný výbor dá znak, ktorý je žltý, lesnému výboru.\n\n##### § 5\n\nMed z prílohy.\n"
	const czech = "---\ncountry: CZ\n---\n\n##### § 1\n\n#### Úly\n\nÚl je dřevěný.^1)\n\n#### Med a vosk\n\n##### § 2\n\nMed je sladký.\n\n##### § 3\n\nVosk je žlutý.\n\n^1) Zákon o včelách.\n"
	for _, c := range []struct{ base, points, want string }{
		// words in all their forms, where the terms are alike
		{slovak, "Slovo „príloha“ vo všetkých tvaroch sa v celom texte vyhlášky nahrádza slovami „príloha č. 1“ v príslušnom tvare.", "podľa prílohy č. 1. | ##### § 2 … Med z prílohy č. 1."},
		{slovak, "V § 2 sa slová „lesný výbor“ vo všetkých tvaroch nahrádzajú slovami „okresný výbor v Brezne“ v príslušnom tvare.", "Okresný výbor v Brezne dá znak, ktorý je žltý, okresnému výboru v Brezne."},
		{slovak, "Slovo „výbor“ vo všetkých tvaroch sa v celom texte vyhlášky nahrádza slovom „úrad“ v príslušnom tvare.", "refused unsupported art_1__para_2 art_2__para_1"},
		// parts of sentences
		{slovak, "V § 1 ods. 1 sa vypúšťa časť vety za bodkočiarkou.", "(1) Úľ je drevený."},
		{slovak, "V § 1 ods. 2 sa slová v zátvorke nahrádzajú slovami „Zvolen“.", "Výbor včelárov (Zvolen) zapíše"},
		{slovak, "V § 2 sa vypúšťajú slová „ktorý je žltý“.", "dá znak lesnému výboru. comma"},
		{slovak, "V § 1 ods. 2 sa nad slovo „včelárov“ umiestňuje odkaz 1.", "Výbor včelárov1) (Brezno)"},
		// one of several forms stands in each place
		{slovak, "V § 1 a 5 sa slová „úľ“, „Med“ nahrádzajú slovami „koš“, „Vosk“.", "(1) Koš je … zapíše koš podľa … Vosk z prílohy. capital"},
		// provisions of which only some are there
		{slovak, "§ 4 a 5 znejú: „§ 4 Štyri. § 5 Päť.“.", "##### § 4 | Štyri. | ##### § 5 | Päť. put-in"},
		// headings above articles
		{slovak, "§ 2 včítane nadpisu znie: „Vosk § 2 (1) Vosk je žltý.“.", "##### § 2 | (1) | Vosk je žltý. | ##### § 5 heading-left-out"},
		{czech, "Nadpis nad § 2 zní: „Med“.", "#### Med | ##### § 2"},
		{czech, "Nadpis nad § 3 zní: „Vosk“.", "refused no-target"},
		{czech, "Nadpis pod pořadovým číslem § 1 se přesouvá nad pořadové číslo tohoto paragrafu.", "#### Úly | ##### § 1 | Úl je"},
		{czech, "§ 2 a 3 znějí:\n\n##### „§ 2\n\nDva.\n\n#### Pyl\n\n##### § 3\n\nTři.“.", "#### Med a vosk | ##### § 2 | Dva. | #### Pyl | ##### § 3 | Tři."},
		// what comes after a refusal on the same article
		{slovak, "V § 2 sa slovo „vosk“ vypúšťa.\n\n2.\n\nV § 2 sa slovo „žltý“ nahrádza slovom „modrý“.", "ktorý je modrý, after-refused"},
	} {
		act := front + "##### Čl. I\n\nVyhláška č. 1/2000 Z. z. sa mení takto:\n\n1.\n\n" + c.points + "\n"
		if c.base == czech {
			act = strings.NewReplacer("SK", "CZ", "sa mení", "se mění").Replace(act)
		}
		ins := czechoslovak.Read(lawtext.Parse(act))
		for i := range ins {
			for k := range ins[i].Ops {
				ins[i].Ops[k].Act = ""
			}
		}
		res := amend.Apply(lawtext.Parse(c.base), ins)
		got := strings.ReplaceAll(strings.TrimSpace(layout.Print(res.Act)), "\n\n", " | ")
		for _, o := range res.Outcomes {
			got += " " + strings.Join(o.Notes, " ")
			if o.Refused != nil && len(res.Outcomes) == 1 {
				got = "refused " + string(o.Refused.Reason) + " " + strings.Join(o.Refused.Candidates, " ")
			}
		}
		for _, part := range strings.Split(c.want, " … ") {
			text, note := part, ""
			if k := strings.LastIndexByte(part, ' '); strings.Contains("comma capital put-in heading-left-out after-refused", part[k+1:]) {
				text, note = part[:k], part[k+1:]
			}
			if !strings.Contains(got, text) || !strings.Contains(got, note) {
				t.Errorf("%s\n got  %s\n want %s", c.points, got, c.want)
			}
		}
	}
}
