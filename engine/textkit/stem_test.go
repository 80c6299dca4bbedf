package textkit

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// meet is a table of words: the forms on one line must have one stem. Every form
// after the first makes a pair with it.
const meet = `
člen člena členu členom členi členov členih členoma
prostor prostora prostoru prostorom prostori prostorov prostorih prostorske prostorski
kultura kulture kulturi kulturo kulturne kulturnega kulturni kulturnih kulturnemu kulturen
samozaposleni samozaposlenih samozaposlenega samozaposlenim samozaposlena samozaposlen
razpis razpisa razpisu razpisom razpisi razpisov razpisih razpisni razpisne
honorar honorarja honorarju honorarjem honorarji honorarjev honorarjih honorarje
zakon zakona zakonu zakonom zakoni zakonov zakonih zakonski zakonske
pesem pesmi pesmijo pesmih
odstavek odstavka odstavku odstavkom odstavki odstavkov odstavkih
sredstva sredstev sredstvom sredstvih sredstvo
organizacija organizacije organizaciji organizacijo organizacij organizacijah organizacijski
društvo društva društvu društvom društev društvih
ministrstvo ministrstva ministrstvu ministrstvom ministrstev
minister ministra ministru ministrom ministri ministrov
dejavnost dejavnosti dejavnostjo dejavnostih
zaposlitev zaposlitve zaposlitvi zaposlitvijo zaposlitvah
delavec delavca delavcu delavci delavcev delavcem
ustvarjalka ustvarjalke ustvarjalki ustvarjalko ustvarjalk ustvarjalkam
javen javni javna javnega javnih javnemu
obvezen obvezna obvezno obvezni obvezne
predlog predloga predlogu predlogi predlogov predlogih
prispevek prispevka prispevki prispevkov prispevke
financiranje financiranja financiranju financirati financira
izplača izplačati izplačajo izplačal izplačana izplačilo izplačila
določi določiti določen določena določilo
leto leta leti letih letni letna letno
dan dneva dneh dni dnevi
znesek zneska zneski zneskov
mesec meseca meseci mesecev mesecih
občina občine občini občin občinah občinski
program programa programu programi programov programom
knjižnica knjižnice knjižnic knjižnicam knjižnični
umetnik umetnika umetniki umetnikov umetnikom
predstava predstave predstav predstavah predstavo
plača plače plač plačo plačah
vloga vloge vlog vlogo vlogah
združenje združenja združenj združenju združenjih
podpora podpore podpor podporo
pogodba pogodbe pogodb pogodbo pogodbami
pravica pravice pravic pravicami pravici
poročilo poročila poročil poročilu
mesto mesta mest mestu mestih mestni
mnenje mnenja mnenj mnenju
uredba uredbe uredb uredbo
strokovna strokovnih strokovnega strokoven
reprezentativno reprezentativnih reprezentativna
prejemnik prejemnika prejemniki prejemnikov prejemnikom
vsebina vsebine vsebin vsebinski
dovoljenje dovoljenja dovoljenj
načrt načrta načrtu načrti načrtov
izplačan izplačano izplačani izplačanih
prispeva prispevajo prispevati prispeval
otrok otroka otroci otrok otrokom
komisija komisije komisiji komisijo komisij
`

// apart are pairs of words that must not have one stem.
const apart = `
član členi|plača plašč|kultura kult|zakon zakonec|pravo pravica|pravilo pravica|leto letalo|mesto mesec|društvo družba
delo delež|občina občutek|prostor prošnja|program progres|organ organizacija|vlada vladar|sodba sodelavec
račun računalnik|minister ministrstvo|umetnik umetnost|predlog predmet|član članek|podpis predpis|razpis raztros
honorar honorarec|odstavek odstotek|točka točaj|sredstvo sreda|javnost javor|statut status|sklad sklep|skupina skupščina
avtor avto|glasba glas|gledališče gledalec|ples plesalec|film filter|knjiga knjižnica|muzej muza|galerija galeja
zavod zavora|prispevek prispodoba|delavec delavnica|dan danes|minimum minister|vloga volja|obresti obrt
pogodba pogoj|pravilnik pravica|uredba urad|seznam sezona|status statistika|študij studio
nevladna vladna|zaposlen brezposeln|davek dava|pokojnina pokoj|dodatek dodatno|odločba odlok|pristojen prisoten
javni jamstvo|poročilo poroka|svet svetloba|oseba ostrina|polovica polje|tretjina tretji
`

// alike are pairs of words that do have one stem, and why nothing is done about
// it: a form of the one is spelled as a form of the other, or they are close.
const alike = `rok roka|naloga nalog|kazen kaza|oseba osebje|sklad skladno`

func TestStem_slovenian(t *testing.T) {
	t.Parallel()
	pairs, missed := 0, 0
	for _, line := range strings.Split(strings.TrimSpace(meet), "\n") {
		forms := strings.Fields(line)
		for _, f := range forms[1:] {
			pairs++
			if a, b := Stem(language.Slovenian, forms[0]), Stem(language.Slovenian, f); a != b {
				missed++
				t.Errorf("%s is %s, but %s is %s", forms[0], a, f, b)
			}
		}
	}
	others, met := 0, 0
	for _, pair := range strings.FieldsFunc(apart, func(r rune) bool { return r == '|' || r == '\n' }) {
		others++
		w := strings.Fields(pair)
		if a, b := Stem(language.Slovenian, w[0]), Stem(language.Slovenian, w[1]); a == b {
			met++
			t.Errorf("%s and %s are both %s", w[0], w[1], a)
		}
	}
	for _, pair := range strings.Split(alike, "|") {
		w := strings.Fields(pair)
		if a, b := Stem(language.Slovenian, w[0]), Stem(language.Slovenian, w[1]); a != b {
			t.Errorf("%s is %s and %s is %s: strike them off the list", w[0], a, w[1], b)
		}
	}
	t.Logf("%d of %d pairs of forms meet, %d of %d pairs of words meet", pairs-missed, pairs, met, others)
	if pairs < 150 || others < 60 {
		t.Errorf("the tables have %d and %d pairs", pairs, others)
	}
}

// A query is typed without diacritics, in capitals, in parts; it finds the word.
func TestStem_query(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		lang      language.Tag
		word, typ string
	}{
		{language.Slovenian, "občinskega", "OBCINA"},
		{language.Slovenian, "žirijo", "zirija"},
		{language.Slovenian, "79.č", "79.C"},
		{language.English, "freelancers", "freelancer"},
		{language.English, "policies", "policy"},
		{language.English, "taxed", "taxes"},
		{language.English, "planning", "planned"},
		{language.English, "culture", "cultures"},
		{language.English, "needs", "needed"},
		{language.Serbian, "удружење", "udruzenje"},
		{language.Croatian, "Društvo", "drustvo"},
	} {
		if a, b := Stem(tt.lang, tt.word), Stem(tt.lang, tt.typ); a != b {
			t.Errorf("%s: %s is %s, but %s is %s", tt.lang, tt.word, a, tt.typ, b)
		}
	}
	for _, pair := range [][2]string{{"status", "state"}, {"bus", "bu"}, {"feed", "fe"}, {"class", "clas"}} {
		if a, b := Stem(language.English, pair[0]), Stem(language.English, pair[1]); a == b {
			t.Errorf("%s and %s are both %s", pair[0], pair[1], a)
		}
	}
}
