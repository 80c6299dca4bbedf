package declension

import "strings"

// lexicon has the nouns that the rules cannot decline, and common ones of law that
// would else be guesses. It was written for this package.
//
// A line is the nominative, the genitive, and m, f or n; "a" after m for persons
// and animals, "ov" for a widened stem (glas, glasovi), "eh" for feminine nouns
// with that ending (stvar, stvareh). Then come forms that are otherwise, with
// number and case: "plG=dni".
var lexicon = readLexicon(`
organ organa m
zakon zakona m
člen člena m
odstavek odstavka m
predpis predpisa m
podatek podatka m
dodatek dodatka m
ostanek ostanka m
začetek začetka m
dobiček dobička m
izdatek izdatka m
premoženje premoženja n
predmet predmeta m
postopek postopka m
ukrep ukrepa m
pogoj pogoja m
razpis razpisa m
načrt načrta m
program programa m
projekt projekta m
register registra m
center centra m
minister ministra ma
meter metra m
liter litra m
semester semestra m
filter filtra m
kader kadra m
partner partnerja ma
papir papirja m
denar denarja m
notar notarja ma
inšpektor inšpektorja ma
direktor direktorja ma
rektor rektorja ma
profesor profesorja ma
doktor doktorja ma
mentor mentorja ma
revizor revizorja ma
kustos kustosa ma
sektor sektorja m
motor motorja m
faktor faktorja m
inženir inženirja ma
oficir oficirja ma
sekretar sekretarja ma
koledar koledarja m
seminar seminarja m
prostor prostora m
nadzor nadzora m
izbor izbora m
odbor odbora m
zbor zbora m
dogovor dogovora m
spor spora m
govor govora m
ugovor ugovora m
odgovor odgovora m
odpor odpora m
izgovor izgovora m
dvor dvora m
okvir okvira m
vir vira m
izvir izvira m
tir tira m
mir miru m
primer primera m
premer premera m
večer večera m
požar požara m
par para m
dar daru m
potek poteka m
iztek izteka m
pritek priteka m
vek veka m
lek leka m
izrek izreka m
mesec meseca m
tečaj tečaja m
teden tedna m
ogenj ognja m
zavod zavoda m
sklad sklada m
svet sveta m
urad urada m
sklep sklepa m
akt akta m
objekt objekta m
subjekt subjekta m
prekršek prekrška m
promet prometa m
rok roka m
vpis vpisa m
nalog naloga m
namen namena m
pomen pomena m
dan dneva m duG=dni plN=dnevi/dni plG=dni plD=dnem plA=dni plL=dneh plI=dnevi/dnemi sgG=dne/dneva sgL=dnevu/dne duN=dneva/dni duA=dneva/dni duD=dnevoma duI=dnevoma duL=dneh
čas časa m
interes interesa m
prispevek prispevka m
dohodek dohodka m
znesek zneska m
strošek stroška m
odstotek odstotka m
učinek učinka m
delež deleža m
pregled pregleda m
prevoz prevoza m
prenos prenosa m
sistem sistema m
problem problema m
model modela m
del dela m
predel predela m
razdelek razdelka m
oddelek oddelka m
status statusa m
naslov naslova m
naziv naziva m
seznam seznama m
sedež sedeža m
razvoj razvoja m
kraj kraja m
gozd gozda m
kapital kapitala m
trg trga m
proračun proračuna m
račun računa m
obračun obračuna m
izračun izračuna m
obseg obsega m
jezik jezika m
izvod izvoda m
dokaz dokaza m
izkaz izkaza m
dokument dokumenta m
medij medija m
kriterij kriterija m
standard standarda m
razred razreda m
razlog razloga m
predlog predloga m
prilog priloga m
poklic poklica m
dopust dopusta m
prejemek prejemka m
davek davka m
prihodek prihodka m
odhodek odhodka m
podpis podpisa m
odhod odhoda m
dostop dostopa m
vpliv vpliva m
cilj cilja m
kazalec kazalca m
način načina m
red reda m
predlagatelj predlagatelja ma
odlok odloka m
pravilnik pravilnika m
poslovnik poslovnika m
zakonik zakonika m
glasnik glasnika m
cenik cenika m
zapisnik zapisnika m
spomenik spomenika m
uradnik uradnika ma
predsednik predsednika ma
posameznik posameznika ma
uporabnik uporabnika ma
imetnik imetnika ma
lastnik lastnika ma
ponudnik ponudnika ma
podjetnik podjetnika ma
predstavnik predstavnika ma
namestnik namestnika ma
naročnik naročnika ma
delničar delničarja ma
član člana ma
občan občana ma
državljan državljana ma
župan župana ma
delavec delavca ma
poslanec poslanca ma
delodajalec delodajalca ma
izvajalec izvajalca ma
udeleženec udeleženca ma
obdolženec obdolženca ma
uslužbenec uslužbenca ma
sodelavec sodelavca ma
sodnik sodnika ma
tožnik tožnika ma
ravnatelj ravnatelja ma
operater operaterja ma
trener trenerja ma
menedžer menedžerja ma
pisar pisarja ma
častnik častnika ma
gojenec gojenca ma
upravljalec upravljalca ma
odjemalec odjemalca ma
državnik državnika ma
svetnik svetnika ma
strokovnjak strokovnjaka ma
izraz izraza m
pojem pojma m
prevzem prevzema m
prejem prejema m
objem objema m
sprejem sprejema m
najem najema m
posel posla m
nosilec nosilca ma
razpisovalec razpisovalca ma
prosilec prosilca ma
vlagatelj vlagatelja ma
ustvarjalec ustvarjalca ma
upravljavec upravljavca ma
zavarovanec zavarovanca ma
zavezanec zavezanca ma
upravičenec upravičenca ma
zakonec zakonca ma
kandidat kandidata ma
študent študenta ma
invalid invalida ma
kmet kmeta ma
umetnik umetnika ma
otrok otroka ma plN=otroci plG=otrok plL=otrocih plI=otroki duG=otrok duL=otrocih
človek človeka ma plN=ljudje plG=ljudi plD=ljudem plA=ljudi plL=ljudeh plI=ljudmi duG=ljudi duL=ljudeh
oče očeta ma
mož moža ma plN=možje plG=mož/možev plD=možem plL=možeh/možih plI=možmi/moži duL=možeh/možih duG=mož/možev
starš starša ma plN=starši
gospod gospoda ma plN=gospodje
vodja vodje ma
sodja sodje ma
kolega kolega ma
sin sina ma ov
glas glasu m ov
grad gradu m ov
most mostu m ov
dom doma m ov
vrh vrha m ov
rod rodu m ov
sad sadu m ov
zid zidu m ov
val vala m ov
list lista m
evro evra m
tolar tolarja m
dolar dolarja m
avto avta m
kino kina m
biro biroja m
studio studia m
zaposleni zaposlenega ma
samozaposleni samozaposlenega ma
dežurni dežurnega ma
predpostavljeni predpostavljenega ma
oseba osebe f
vlada vlade f
država države f
oblika oblike f
naloga naloge f
sprememba spremembe f
zadeva zadeve f
ponudba ponudbe f
cena cene f
plača plače f
prijava prijave f
izjava izjave f
služba službe f
družba družbe f
pogodba pogodbe f
odločba odločbe f
določba določbe f
uredba uredbe f
vloga vloge f
globa globe f
zahteva zahteve f
kultura kulture f
narava narave f
uprava uprave f
seja seje f
šola šole f
občina občine f
skupina skupine f
meja meje f
mera mere f
vrsta vrste f
listina listine f
lastnina lastnine f
raba rabe f
uporaba uporabe f
izvedba izvedbe f
izdaja izdaje f
osnova osnove f
obravnava obravnave f
enota enote f
cesta ceste f
stavba stavbe f
zveza zveze f
ustanova ustanove f
tovarna tovarne f
dejavnost dejavnosti f
pravica pravice f
točka točke f
alineja alineje f sgD=alineji/alinei sgL=alineji/alinei
priloga priloge f
banka banke f
agencija agencije f
pokojnina pokojnine f
izjema izjeme f
škoda škode f
ocena ocene f
doba dobe f
evidenca evidence f
kategorija kategorije f
komisija komisije f
politika politike f
potreba potrebe f
republika republike f
unija unije f
višina višine f
vsebina vsebine f
epidemija epidemije f
številka številke f
zbirka zbirke f
stranka stranke f
značka značke f
znamka znamke f
knjiga knjige f
hiša hiše f
voda vode f
članarina članarine f
pokrajina pokrajine f
sestava sestave f
strategija strategije f
energija energije f
slovenija slovenije f
industrija industrije f
galerija galerije f
glasba glasbe f
drama drame f
razstava razstave f
skupščina skupščine f
kontrola kontrole f
tehnologija tehnologije f
metodologija metodologije f
tema teme f
panoga panoge f
dokumentacija dokumentacije f
izobrazba izobrazbe f
fundacija fundacije f
univerza univerze f
fakulteta fakultete f
oprema opreme f
roba robe f
hrana hrane f
pijača pijače f
naprava naprave f
nagrada nagrade f
štipendija štipendije f
sodba sodbe f
priča priče f
straža straže f
celina celine f
soba sobe f
zgradba zgradbe f
ura ure f
stavka stavke f
posadka posadke f
ovira ovire f
zgodba zgodbe f
šifra šifre f
valuta valute f
tožba tožbe f
pritožba pritožbe f
pripomba pripombe f
denacionalizacija denacionalizacije f
zamuda zamude f
napaka napake f
nesreča nesreče f
posledica posledice f
zaloga zaloge f
mreža mreže f
linija linije f
žica žice f
zapuščina zapuščine f
dediščina dediščine f
razlika razlike f
stroka stroke f
praksa prakse f
teorija teorije f
akademija akademije f
policija policije f
posoja posoje f
odredba odredbe f
domneva domneve f
podlaga podlage f
izvršba izvršbe f
poravnava poravnave f
razprava razprave f
zbornica zbornice f
zadruga zadruge f
menica menice f
obveznica obveznice f
delnica delnice f
blagajna blagajne f
zakladnica zakladnice f
trgovina trgovine f
hipoteka hipoteke f
rezerva rezerve f
bilanca bilance f
premija premije f
renta rente f
taksa takse f
kmetija kmetije f
njiva njive f
rastlina rastline f
riba ribe f
divjačina divjačine f
živina živine f
ptica ptice f
čebela čebele f
sorta sorte f
umetnica umetnice f
pisateljica pisateljice f
delavka delavke f
uporabnica uporabnice f
družina družine f
mladina mladine f
nosečnica nosečnice f
vdova vdove f
žena žene f
sestra sestre f
hčerka hčerke f
babica babice f
teta tete f
sila sile f
vojska vojske f
tarifa tarife f
licenca licence f
volja volje f
želja želje f
zemlja zemlje f
ladja ladje f
prošnja prošnje f
stopnja stopnje f
gradnja gradnje f
proizvodnja proizvodnje f
vožnja vožnje f
tekma tekme f
norma norme f
reforma reforme f
firma firme f
izguba izgube f
dolžnost dolžnosti f
oblast oblasti f eh
stvar stvari f eh
pomoč pomoči f
moč moči f eh
noč noči f eh
pot poti f duD=potema plD=potem plL=poteh plI=potmi duL=poteh duI=potema
vas vasi f eh
skrb skrbi f eh
vest vesti f eh
last lasti f eh
smrt smrti f
rast rasti f
korist koristi f
divjad divjadi f
obrest obresti f
povest povesti f
plast plasti f eh
žival živali f
jesen jeseni f
zavest zavesti f
vez vezi f eh
sled sledi f eh
vrv vrvi f eh
čast časti f eh
laž laži f eh
kost kosti f eh
snov snovi f eh
stran strani f eh
ravan ravni f
raven ravni f
kazen kazni f
bolezen bolezni f
ljubezen ljubezni f
misel misli f
pesem pesmi f
prikazen prikazni f
kri krvi f sgI=krvjo
postelj postelji f
storitev storitve f
odločitev odločitve f
žrtev žrtve f
cerkev cerkve f
obutev obutve f
žetev žetve f
mati matere f sgD=materi sgA=mater sgL=materi sgI=materjo
hči hčere f sgD=hčeri sgA=hčer sgL=hčeri sgI=hčerjo
delo dela n
leto leta n
mesto mesta n
število števila n
pravilo pravila n
merilo merila n
načelo načela n
vozilo vozila n
zdravilo zdravila n
plačilo plačila n
poročilo poročila n
obvestilo obvestila n
dovoljenje dovoljenja n
nadomestilo nadomestila n
potrdilo potrdila n
pooblastilo pooblastila n
besedilo besedila n
gradivo gradiva n
orožje orožja n
blago blaga n
sredstvo sredstva n
društvo društva n
varstvo varstva n
ministrstvo ministrstva n
sodišče sodišča n
zemljišče zemljišča n
območje območja n
področje področja n
okolje okolja n
polje polja n plG=polj duG=polj
soglasje soglasja n
podjetje podjetja n
razmerje razmerja n
obdobje obdobja n
zdravje zdravja n
mnenje mnenja n
stanje stanja n
znanje znanja n
trajanje trajanja n
življenje življenja n
srce srca n
pismo pisma n
okno okna n
jedro jedra n
zrno zrna n
pravo prava n
gospodinjstvo gospodinjstva n
lovišče lovišča n
breme bremena n
ime imena n
vreme vremena n
seme semena n
telo telesa n
drevo drevesa n
kolo kolesa n
nebo neba n
tveganje tveganja n
središče središča n
morje morja n plG=morij
`)

// agreeing are the adjectives that follow a noun and a comma in law: "minister,
// pristojen za kulturo".
var agreeing = map[string]bool{
	"pristojen": true, "odgovoren": true, "potreben": true, "dolžan": true, "upravičen": true,
	"pristojna": true, "odgovorna": true, "potrebna": true, "dolžna": true, "upravičena": true,
	"pristojno": true, "odgovorno": true, "potrebno": true, "dolžno": true, "upravičeno": true,
}

// oblique are the forms of the words of the lexicon that are none of its words: a
// term given in one of them is not in the nominative singular.
var oblique = func() map[string]bool {
	forms := make(map[string]bool)
	for w, e := range lexicon {
		t := e.decline(w)
		for _, s := range Slots() {
			if form := t[s.Number][s.Case][0]; lexicon[form].stem == "" {
				forms[form] = true
			}
		}
	}
	return forms
}()

// indefinite are masculine adjectives without an ending, with the stem of their
// other forms. Their ends tell nothing of themselves.
var indefinite = map[string]string{
	"odprt": "odprt", "zaprt": "zaprt", "sprejet": "sprejet", "nov": "nov", "star": "star", "velik": "velik", "majhen": "majhn",
	"dober": "dobr", "visok": "visok", "nizek": "nizk", "kratek": "kratk", "dolg": "dolg", "tuj": "tuj", "javen": "javn", "zaseben": "zasebn",
	"pristojen": "pristojn", "odgovoren": "odgovorn", "potreben": "potrebn", "dolžan": "dolžn", "upravičen": "upravičen", "določen": "določen",
}

// verbs are forms of verbs that are forms of nouns too: "organ ukrepa", "brez ukrepa".
var verbs = setOf(`
cedi ceni dela deli dogovori dopusti dostavi dostopa druži dviga govori goji gradi hrani izjavi
izpusti izračuna izstopa izteka izvozi koristi kupi loči meji menja meri moči nabavi nagradi nalaga napada napoti naroči
nastavi nastopa nosi obdela objavi obnovi obračuna obravnava oceni odgovori odlaga odloči odkupi odpravi odpusti odredi odstopa ogleda
ogroža omeji opravi opusti oskrbi ovira plača podpori pogleda pohvali pojavi pomeni popravi poplača popusti poroča posodi
poskusi postavi postopa poteka potrebi pravi predela predlaga predstavi pregleda prejema prenovi preizkusi
preskusi prevaja prevzema prevozi priča prijavi prilagodi pripravi pristopa prodaja računa rabi razdeli razlaga raste razstavi
razvrsti rodi ruši seli sestavi shrani sili skrbi sklepa sledi služi sodi sporoči sprejema stavi stopi stori straži škodi tehta teka
tolmači trži ukrepa upravi uporabi uredi ustanovi ustavi utrdi uvozi uživa veže vlada vodi voli vpliva vrača vrsti vstopa zadeva zahteva
zamenja zamudi zapori zaposli zastavi zastopa zaščiti zavaruje zbira združi`)

func setOf(words string) map[string]bool {
	set := make(map[string]bool)
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

var caseLetters = map[byte]Case{'N': Nominative, 'G': Genitive, 'D': Dative, 'A': Accusative, 'L': Locative, 'I': Instrumental}

var numberLetters = map[string]Number{"sg": Singular, "du": Dual, "pl": Plural}

func readLexicon(lines string) map[string]entry {
	m := make(map[string]entry)
	for line := range strings.Lines(lines) {
		if f := strings.Fields(line); len(f) > 2 {
			m[f[0]] = readEntry(f[0], f[1], f[2], f[3:])
		}
	}
	return m
}

func readEntry(lemma, genitive, gender string, more []string) entry {
	e := entry{animate: gender == "ma", gender: map[byte]Gender{'m': Masculine, 'f': Feminine, 'n': Neuter}[gender[0]]}
	cut := func(ending string) { e.stem = strings.TrimSuffix(genitive, ending) }
	switch {
	case strings.HasSuffix(genitive, "ega") && strings.HasSuffix(lemma, "i"):
		e.class = adjectival
		cut("ega")
	case e.gender == Neuter:
		e.class = neuter
		cut("a")
	case e.gender == Masculine && strings.HasSuffix(lemma, "a"):
		e.class = aStem
		e.stem = strings.TrimSuffix(lemma, "a")
	case e.gender == Masculine:
		e.class = consonant
		e.stem = strings.TrimRight(genitive, "u")
		cut(genitive[len(genitive)-1:])
	case strings.HasSuffix(genitive, "i"):
		e.class = iStem
		cut("i")
	case strings.HasSuffix(lemma, "a"):
		e.class = aStem
		cut("e")
	default:
		e.class = vStem
		cut("e")
	}
	for _, w := range more {
		switch {
		case w == "ov":
			e.widened = true
		case w == "eh":
			e.stress = true
		default:
			at, form, _ := strings.Cut(w, "=")
			if e.other == nil {
				e.other = make(map[Slot]string)
			}
			e.other[Slot{caseLetters[at[2]], numberLetters[at[:2]]}] = form
		}
	}
	if strings.HasSuffix(genitive, "u") && e.gender == Masculine { // mir, miru: also mira is heard, but not written in law
		if e.other == nil {
			e.other = make(map[Slot]string)
		}
		e.other[Slot{Genitive, Singular}] = genitive
	}
	return e
}
