package southslavic

import (
	"strings"

	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// The lexicon: every word that an instruction may hold outside of quotations.
// A word that stands nowhere here refuses the sentence.
//
// The grammar is one; the words of a language are rows of a table. Acts of
// Bosnia and Montenegro mix the words of their neighbours, so that Croatian,
// Serbian, Bosnian and Montenegrin share one lexicon, in which every row says
// whose word it is. Macedonian has its own. Words stand in Latin with their
// diacritics, and are matched without.

// A role is what a word does in a sentence.
type role uint8

const (
	filler     role = iota + 1 // se, iznad njega
	likewise                   // kao, of "kao i"
	link                       // i, te: joins phrases or clauses
	but                        // a: begins a clause
	inside                     // u
	behind                     // posle, iza
	ahead                      // ispred, pre
	above                      // iznad
	instead                    // umesto
	with                       // со, Macedonian alone: others have the instrumental
	at                         // na, of "na kraju"
	ending                     // kraju
	both                       // oba, sva, dva, tri: of "na oba mesta"
	place                      // mesta
	whole                      // celom, of "u celom tekstu"
	everywhere                 // svuda
	fresh                      // novi
	former                     // dosadašnji
	which                      // koji
	says                       // glasi
	so                         // tako, da
	verb
	unit
	headingNoun
	bodyNoun
	textNoun
	signNoun
	ordinal
	upTo     // do
	cases    // padežu, of "u odgovarajućem padežu"
	matching // odgovarajućem
	lawNoun  // zakona, of "člana 5. zakona"
	paragraphIntro
)

// Forms are the cases and numbers that the form of a noun may be.
type forms uint8

const (
	nomSg forms = 1 << iota
	genSg
	locSg // and the dative
	insSg
	nomPl
	genPl
	locPl
	insPl

	nominative   = nomSg | nomPl
	genitive     = genSg | genPl
	locative     = locSg | locPl
	instrumental = insSg | insPl
	plural       = nomPl | genPl | locPl | insPl
	anyForm      = nominative | genitive | locative | instrumental
)

// A sense is one meaning of a word.
type sense struct {
	role  role
	forms forms        // of nouns
	unit  lawcite.Unit // of unit
	verb  string       // of verb: change, delete, substitute, add, become, put
	sign  string       // of signNoun
	count int          // of verb: 1 for one, 2 for more; of both: how many places; of ordinal: which
}

type lexicon map[string][]sense

// Units that trees do not have, which the grammar tells apart from theirs.
const (
	subpoint lawcite.Unit = "subpoint" // podtačka: a point under a point
	division lawcite.Unit = "division" // glava, odeljak
)

// rows of nouns: nominative, genitive, locative, instrumental, in the singular
// and after the bar in the plural.
type noun struct {
	languages string
	forms     string
	sense     sense
}

var nouns = []noun{
	{"sr bs cnr", "član člana članu članom | članovi članova članovima članovima", sense{role: unit, unit: lawtext.Article}},
	{"hr bs", "članak članka članku člankom | članci članaka člancima člancima", sense{role: unit, unit: lawtext.Article}},
	{"sr bs cnr", "stav stava stavu stavom | stavovi stavova stavovima stavovima", sense{role: unit, unit: lawtext.Paragraph}},
	{"hr bs", "stavak stavka stavku stavkom | stavci stavaka stavcima stavcima", sense{role: unit, unit: lawtext.Paragraph}},
	{"sr bs cnr", "tačka tačke tački tačkom | tačke tačaka tačkama tačkama", sense{role: unit, unit: lawtext.Point}},
	{"hr", "točka točke točki točkom | točke točaka točkama točkama", sense{role: unit, unit: lawtext.Point}},
	{"sr bs cnr", "podtačka podtačke podtački podtačkom | podtačke podtačaka podtačkama podtačkama", sense{role: unit, unit: subpoint}},
	{"hr", "podtočka podtočke podtočki podtočkom | podtočke podtočaka podtočkama podtočkama", sense{role: unit, unit: subpoint}},
	{"sr hr bs cnr", "alineja alineje alineji alinejom | alineje alineja alinejama alinejama", sense{role: unit, unit: lawtext.Indent}},
	{"hr bs", "alinea alinee alinei alineom | alinee alinea alineama alineama", sense{role: unit, unit: lawtext.Indent}},
	{"hr", "podstavak podstavka podstavku podstavkom | podstavci podstavaka podstavcima podstavcima", sense{role: unit, unit: lawtext.Indent}},
	{"sr hr bs cnr", "rečenica rečenice rečenici rečenicom | rečenice rečenica rečenicama rečenicama", sense{role: unit, unit: lawcite.Sentence}},
	{"sr bs cnr", "glava glave glavi glavom | glave glava glavama glavama", sense{role: unit, unit: division}},
	{"sr", "odeljak odeljka odeljku odeljkom | odeljci odeljaka odeljcima odeljcima", sense{role: unit, unit: division}},
	{"hr bs cnr", "odjeljak odjeljka odjeljku odjeljkom | odjeljci odjeljaka odjeljcima odjeljcima", sense{role: unit, unit: division}},
	{"sr hr bs cnr", "poglavlje poglavlja poglavlju poglavljem | poglavlja poglavlja poglavljima poglavljima", sense{role: unit, unit: division}},
	{"sr hr bs cnr", "prilog priloga prilogu prilogom | prilozi priloga prilozima prilozima", sense{role: unit, unit: lawtext.Annex}},

	{"sr bs cnr", "naziv naziva nazivu nazivom | nazivi naziva nazivima nazivima", sense{role: headingNoun}},
	{"hr bs sr cnr", "naslov naslova naslovu naslovom | naslovi naslova naslovima naslovima", sense{role: headingNoun}},
	{"sr hr bs cnr", "tekst teksta tekstu tekstom | tekstovi tekstova tekstovima tekstovima", sense{role: bodyNoun}},

	{"sr", "reč reči reči rečju | reči reči rečima rečima", sense{role: textNoun}},
	{"hr bs cnr", "riječ riječi riječi riječju | riječi riječi riječima riječima", sense{role: textNoun}},
	{"sr hr bs cnr", "broj broja broju brojem | brojevi brojeva brojevima brojevima", sense{role: textNoun}},
	{"hr", "brojka brojke brojci brojkom | brojke brojki brojkama brojkama", sense{role: textNoun}},
	{"sr hr bs cnr", "iznos iznosa iznosu iznosom | iznosi iznosa iznosima iznosima", sense{role: textNoun}},
	{"sr cnr", "procenat procenta procentu procentom | procenti procenata procentima procentima", sense{role: textNoun}},
	{"hr bs", "postotak postotka postotku postotkom | postoci postotaka postocima postocima", sense{role: textNoun}},
	{"sr hr bs cnr", "oznaka oznake oznaci oznakom | oznake oznaka oznakama oznakama", sense{role: textNoun}},
	{"sr hr bs cnr", "datum datuma datumu datumom | datumi datuma datumima datumima", sense{role: textNoun}},
	{"sr hr bs cnr", "izraz izraza izrazu izrazom | izrazi izraza izrazima izrazima", sense{role: textNoun}},
	{"sr hr bs cnr", "veznik veznika vezniku veznikom | veznici veznika veznicima veznicima", sense{role: textNoun}},
	{"sr bs cnr", "skraćenica skraćenice skraćenici skraćenicom | skraćenice skraćenica skraćenicama skraćenicama", sense{role: textNoun}},
	{"hr", "kratica kratice kratici kraticom | kratice kratica kraticama kraticama", sense{role: textNoun}},
	{"sr hr bs cnr", "tekst teksta tekstu tekstom | - - - -", sense{role: textNoun}},
	{"sr hr bs cnr", "naziv naziva nazivu nazivom | - - - -", sense{role: textNoun}},

	{"sr bs cnr", "tačka tačke tački tačkom | - - - -", sense{role: signNoun, sign: "."}},
	{"hr", "točka točke točki točkom | - - - -", sense{role: signNoun, sign: "."}},
	{"sr bs cnr", "zapeta zapete zapeti zapetom | - - - -", sense{role: signNoun, sign: ","}},
	{"hr bs cnr", "zarez zareza zarezu zarezom | - - - -", sense{role: signNoun, sign: ","}},
	{"sr bs cnr", "dvotačka dvotačke dvotački dvotačkom | - - - -", sense{role: signNoun, sign: ":"}},
	{"hr", "dvotočka dvotočke dvotočki dvotočkom | - - - -", sense{role: signNoun, sign: ":"}},
	{"hr", "točka-zarez točke-zareza točki-zarezu točkom-zarezom | - - - -", sense{role: signNoun, sign: ";"}},
	{"sr bs cnr", "tačka-zarez tačke-zareza tački-zarezu tačkom-zarezom | - - - -", sense{role: signNoun, sign: ";"}},
}

var macedonianNouns = []noun{
	{"mk", "член членот | членови членовите", sense{role: unit, unit: lawtext.Article}},
	{"mk", "став ставот | ставови ставовите", sense{role: unit, unit: lawtext.Paragraph}},
	{"mk", "точка точката | точки точките", sense{role: unit, unit: lawtext.Point}},
	{"mk", "потточка потточката | потточки потточките", sense{role: unit, unit: subpoint}},
	{"mk", "алинеја алинејата | алинеи алинеите", sense{role: unit, unit: lawtext.Indent}},
	{"mk", "реченица реченицата | реченици речениците", sense{role: unit, unit: lawcite.Sentence}},
	{"mk", "глава главата | глави главите", sense{role: unit, unit: division}},
	{"mk", "прилог прилогот | прилози прилозите", sense{role: unit, unit: lawtext.Annex}},
	{"mk", "наслов насловот | наслови насловите", sense{role: headingNoun}},
	{"mk", "текст текстот | -", sense{role: bodyNoun}},
	{"mk", "збор зборот | зборови зборовите", sense{role: textNoun}},
	{"mk", "број бројот | броеви броевите", sense{role: textNoun}},
	{"mk", "износ износот | износи износите", sense{role: textNoun}},
	{"mk", "точка точката | -", sense{role: signNoun, sign: "."}},
	{"mk", "запирка запирката | -", sense{role: signNoun, sign: ","}},
}

// others are words that are not declined here: their phrases are.
type row struct {
	languages string
	forms     string
	sense     sense
}

var others = []row{
	{"all", "se", sense{role: filler}},
	{"all", "kao", sense{role: likewise}},
	{"all", "i te", sense{role: link}},
	{"all", "a", sense{role: but}},
	{"all", "u", sense{role: inside}},
	{"sr", "posle", sense{role: behind}},
	{"hr bs cnr", "iza poslije nakon", sense{role: behind}},
	{"sr", "ispred pre", sense{role: ahead}},
	{"hr bs cnr", "prije", sense{role: ahead}},
	{"all", "iznad", sense{role: above}},
	{"sr", "umesto", sense{role: instead}},
	{"hr bs cnr", "umjesto", sense{role: instead}},
	{"all", "na", sense{role: at}},
	{"all", "kraju", sense{role: ending}},
	{"all", "sva sve svim", sense{role: both}},
	{"all", "oba dva obe dve obje dvije", sense{role: both, count: 2}},
	{"all", "tri", sense{role: both, count: 3}},
	{"all", "četiri", sense{role: both, count: 4}},
	{"sr", "mesta mestima", sense{role: place}},
	{"hr bs cnr", "mjesta mjestima", sense{role: place}},
	{"sr", "svuda", sense{role: everywhere}},
	{"all", "novi nova novo nove novog novoga novom novome novu novim novih novima", sense{role: fresh}},
	{"all", "dosadašnji dosadašnja dosadašnje dosadašnjeg dosadašnjega dosadašnjem dosadašnjemu dosadašnjoj dosadašnju dosadašnjim dosadašnjih dosadašnjima", sense{role: former}},
	{"bs", "dosadanji dosadanja dosadanje dosadanjem dosadanjeg dosadanjoj", sense{role: former}},
	{"all", "koji koja koje", sense{role: which}},
	{"all", "glasi glase", sense{role: says}},
	{"all", "tako da", sense{role: so}},
	{"all", "do", sense{role: upTo}},
	{"all", "padežu padežima rodu broju licu obliku", sense{role: cases}},
	{"all", "odgovarajućem odgovarajućim određenom upotrebljenom istom svim", sense{role: matching}},
	{"all", "celom cijelom čitavom", sense{role: whole}},
	{"all", "čl", sense{role: unit, unit: lawtext.Article, forms: anyForm}},
	{"all", "st", sense{role: unit, unit: lawtext.Paragraph, forms: anyForm}},
	{"all", "tač toč", sense{role: unit, unit: lawtext.Point, forms: anyForm}},
	{"all", "podtač podtoč", sense{role: unit, unit: subpoint, forms: anyForm}},
	{"all", "al", sense{role: unit, unit: lawtext.Indent, forms: anyForm}},
	{"all", "uvodna uvodne uvodnoj uvodnu uvodnom uvodni uvodnog", sense{role: paragraphIntro}},
	{"all", "zakona uredbe pravilnika odluke akta", sense{role: lawNoun}},

	{"sr", "menja", sense{role: verb, verb: "change", count: 1}},
	{"sr", "menjaju", sense{role: verb, verb: "change", count: 2}},
	{"hr bs cnr", "mijenja", sense{role: verb, verb: "change", count: 1}},
	{"hr bs cnr", "mijenjaju", sense{role: verb, verb: "change", count: 2}},
	{"all", "briše", sense{role: verb, verb: "delete", count: 1}},
	{"all", "brišu", sense{role: verb, verb: "delete", count: 2}},
	{"sr", "zamenjuje", sense{role: verb, verb: "substitute", count: 1}},
	{"sr", "zamenjuju", sense{role: verb, verb: "substitute", count: 2}},
	{"hr bs cnr", "zamjenjuje", sense{role: verb, verb: "substitute", count: 1}},
	{"hr bs cnr", "zamjenjuju", sense{role: verb, verb: "substitute", count: 2}},
	{"all", "dodaje", sense{role: verb, verb: "add", count: 1}},
	{"all", "dodaju", sense{role: verb, verb: "add", count: 2}},
	{"all", "stavlja", sense{role: verb, verb: "put", count: 1}},
	{"all", "stavljaju", sense{role: verb, verb: "put", count: 2}},
	{"all", "postaje", sense{role: verb, verb: "become", count: 1}},
	{"all", "postaju", sense{role: verb, verb: "become", count: 2}},
}

var macedonianOthers = []row{
	{"mk", "се", sense{role: filler}},
	{"mk", "и", sense{role: link}},
	{"mk", "а", sense{role: but}},
	{"mk", "во", sense{role: inside}},
	{"mk", "по", sense{role: behind}},
	{"mk", "пред", sense{role: ahead}},
	{"mk", "со", sense{role: with}},
	{"mk", "нов нова ново нови новиот новата новите", sense{role: fresh}},
	{"mk", "кој која кои што", sense{role: which}},
	{"mk", "гласи гласат", sense{role: says}},
	{"mk", "до", sense{role: upTo}},
	{"mk", "менува", sense{role: verb, verb: "change", count: 1}},
	{"mk", "менуваат", sense{role: verb, verb: "change", count: 2}},
	{"mk", "брише", sense{role: verb, verb: "delete", count: 1}},
	{"mk", "бришат", sense{role: verb, verb: "delete", count: 2}},
	{"mk", "заменува", sense{role: verb, verb: "substitute", count: 1}},
	{"mk", "заменуваат", sense{role: verb, verb: "substitute", count: 2}},
	{"mk", "додава", sense{role: verb, verb: "add", count: 1}},
	{"mk", "додаваат", sense{role: verb, verb: "add", count: 2}},
	{"mk", "станува", sense{role: verb, verb: "become", count: 1}},
	{"mk", "стануваат", sense{role: verb, verb: "become", count: 2}},
}

// stems of ordinals and their endings, for alineja prva, druga rečenica.
var (
	ordinalStems = []string{"prv", "drug", "treć", "četvrt", "pet", "šest", "sedm", "osm", "devet", "deset",
		"jedanaest", "dvanaest", "trinaest", "četrnaest", "petnaest", "šesnaest", "sedamnaest", "osamnaest", "devetnaest", "dvadeset"}
	ordinalEnds = strings.Fields("i a o e u og oga om ome em eg oj im ih")
	lastStems   = strings.Fields("poslednj posljednj zadnj")
	beforeLast  = strings.Fields("pretposlednj pretposljednj predzadnj")

	macedonianOrdinals    = []string{"прв", "втор", "трет", "четврт", "петт", "шест", "седм", "осм", "деветт", "десетт"}
	macedonianOrdinalEnds = strings.Fields("и а о иот ата ото ите")
)

var (
	southern = compile(nouns, others).
			count(ordinalStems, ordinalEnds, 1, 1).
			count(lastStems, ordinalEnds, -1, 0).
			count(beforeLast, ordinalEnds, -2, 0)
	macedonian = compile(macedonianNouns, macedonianOthers).
			count(macedonianOrdinals, macedonianOrdinalEnds, 1, 1)
)

// count adds ordinals, whose numbers begin at from and go on by step.
func (l lexicon) count(stems, ends []string, from, step int) lexicon {
	for i, stem := range stems {
		for _, e := range ends {
			l.add(stem+e, sense{role: ordinal, count: from + i*step})
		}
	}
	return l
}

func (l lexicon) add(w string, s sense) {
	k := fold(w)
	for i, have := range l[k] {
		if have.role == s.role && have.unit == s.unit && have.sign == s.sign {
			l[k][i].forms |= s.forms
			return
		}
	}
	l[k] = append(l[k], s)
}

func compile(nouns []noun, others []row) lexicon {
	l := lexicon{}
	for _, n := range nouns {
		sg, pl, _ := strings.Cut(n.forms, "|")
		for many, half := range []string{sg, pl} {
			fields := strings.Fields(half)
			for i, w := range fields {
				if w == "-" {
					continue
				}
				s := n.sense
				if s.forms = nomSg << (i + 4*many); len(fields) == 2 { // Macedonian has no cases, but a definite form
					s.forms = []forms{nomSg | genSg | locSg | insSg, plural}[many]
				}
				l.add(w, s)
			}
		}
	}
	for _, o := range others {
		for _, w := range strings.Fields(o.forms) {
			l.add(w, o.sense)
		}
	}
	return l
}

// has returns the sense of a word in a role.
func (l lexicon) has(key string, r role) (sense, bool) {
	for _, s := range l[key] {
		if s.role == r {
			return s, true
		}
	}
	return sense{}, false
}
