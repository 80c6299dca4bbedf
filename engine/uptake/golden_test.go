package uptake

// A golden case: what the draft said, what we proposed, what was adopted, and
// what a careful reader says of it. The act is written "12: text / 13: text",
// article by article; a text beginning with "†" is a tombstone. Marks are the
// marked words of the passage: "+ours", "-the draft's", "~the body's own".
type golden struct {
	name            string
	wanted          Wanted
	id              string
	draft, proposed string
	adopted         string
	want            Judgement
	passage         string // the provision that proves it
	marks           string
}

const (
	deluje  = "Za podporo lahko zaprosi organizacija, ki najmanj "
	kultura = " neprekinjeno deluje na področju kulture in ima sedež v Republiki Sloveniji."
	honorar = "Honorar za delo, ki se financira po tem zakonu, ne sme biti nižji od zneska, ki ga "
	obrok   = "Ministrstvo prvi obrok sredstev izplača v "
	podpis  = " dneh po podpisu pogodbe."
	komis   = "Člane strokovne komisije imenuje minister za dve leti"
	bolni   = "Samozaposlenemu v kulturi pripada nadomestilo za čas začasne zadržanosti od dela "
	drugo   = " / 60: Ta zakon začne veljati petnajsti dan po objavi v Uradnem listu Republike Slovenije."
)

var goldens = []golden{
	// The nine of one real-looking case.
	{"1 two years, three given", Rewrite, "art_12", deluje + "pet let" + kultura, deluje + "dve leti" + kultura,
		"12: " + deluje + "tri leta" + kultura + drugo, Partly, "art_12", "~tri leta"},
	{"2 fee by formula", Rewrite, "art_18", honorar + "objavi ministrstvo.", honorar + "urad za statistiko izračuna iz povprečne bruto plače v javnih zavodih.",
		"18: " + honorar + "objavi ministrstvo." + drugo, Not, "art_18", "-objavi ministrstvo"},
	{"3 first payment in 30 days", Rewrite, "art_23", obrok + "90" + podpis, obrok + "30" + podpis,
		"23: " + obrok + "30" + podpis + drugo, Taken, "art_23", "+30 dneh"},
	{"4 interest for delay", Insert, "art_23", obrok + "30" + podpis, obrok + "30" + podpis + " Za zamudo prejemniku pripadajo zakonske zamudne obresti.",
		"23: " + obrok + "30" + podpis + " Za zamudo prejemniku pripadajo zakonske zamudne obresti." + drugo, Taken, "art_23",
		"+Za zamudo prejemniku pripadajo zakonske zamudne obresti"},
	{"5 half of the commission, a third given", Rewrite, "art_27", komis + ".", komis + ", najmanj polovico na predlog reprezentativnih združenj.",
		"27: " + komis + ", najmanj tretjino na predlog reprezentativnih združenj." + drugo, Partly, "art_27", "+najmanj ~tretjino +na predlog reprezentativnih združenj"},
	{"6 sick pay from the 11th day", Rewrite, "art_31", bolni + "od 31. dneva.", bolni + "od 11. dneva.",
		"31: " + bolni + "od 11. dneva zadržanosti." + drugo, Taken, "art_31", "+11. dneva"},
	{"7 an emergency fund", Insert, "art_40", "Sredstva za kulturo zagotavlja država.",
		"Sredstva za kulturo zagotavlja država. Ustanovi se sklad za nujne primere samozaposlenih, ki izplača pomoč v osmih dneh.",
		"40: Sredstva za kulturo zagotavlja država." + drugo, Not, "art_40", ""},
	{"8 contracts for years", Rewrite, "art_44", "Pogodba o sofinanciranju se sklene za eno leto.", "Pogodba o sofinanciranju se sklene za štiri leta.",
		"44: Pogodba o sofinanciranju se sklene za eno leto." + drugo, Not, "art_44", "-eno leto"},
	{"9 public reasons for points", Insert, "art_51", "Komisija vloge oceni s točkami.", "Komisija vloge oceni s točkami. Število točk pri vsakem merilu javno obrazloži.",
		"51: Komisija vloge oceni s točkami." + drugo, Not, "art_51", ""},

	// Numbers.
	{"number in words", Rewrite, "art_23", obrok + "90" + podpis, obrok + "30" + podpis, "23: " + obrok + "tridesetih" + podpis, Taken, "art_23", "+tridesetih dneh"},
	{"number beyond ours", Rewrite, "art_23", obrok + "90" + podpis, obrok + "30" + podpis, "23: " + obrok + "15" + podpis, Partly, "art_23", "~15 dneh"},
	{"number worse than the draft", Rewrite, "art_23", obrok + "90" + podpis, obrok + "30" + podpis, "23: " + obrok + "120" + podpis, Not, "art_23", "~120 dneh"},
	{"number with another unit", Rewrite, "art_23", obrok + "90" + podpis, obrok + "30" + podpis, "23: " + obrok + "30 mesecih po podpisu pogodbe.", Unclear, "art_23", "~30 mesecih"},
	{"all words but the amount", Insert, "", "", "Za vsako zavrnjeno vlogo ministrstvo povrne stroške prijave v višini 200 eurov.",
		"7: Za vsako zavrnjeno vlogo ministrstvo povrne stroške prijave v višini 50 eurov.", Partly, "art_7",
		"+Za vsako zavrnjeno vlogo ministrstvo povrne stroške prijave v višini ~50 +eurov"},
	{"percent signs", Rewrite, "art_9", "Predujem znaša največ 20 odstotkov sredstev.", "Predujem znaša največ 50 odstotkov sredstev.",
		"9: Predujem znaša največ 50 % sredstev.", Taken, "art_9", "+50 %"},
	{"thousands", Rewrite, "art_9", "Najnižja podpora znaša 5.000 eurov na leto.", "Najnižja podpora znaša 10.000 eurov na leto.",
		"9: Najnižja podpora znaša 10.000 EUR na leto.", Taken, "art_9", "+10.000 EUR"},
	{"ours and the old one both", Rewrite, "art_23", obrok + "90" + podpis, obrok + "30" + podpis,
		"23: " + obrok + "30" + podpis + " V drugih primerih ga izplača v 90 dneh.", Partly, "art_23", "+30 dneh -90 dneh"},

	{"one more, not two more", Rewrite, "art_8", "V komisiji je en predstavnik nevladnih organizacij.", "V komisiji so trije predstavniki nevladnih organizacij.",
		"8: V komisiji sta dva predstavnika nevladnih organizacij.", Partly, "art_8", "~sta dva predstavnika"},
	{"a month for thirty days", Rewrite, "art_8", "Razpis traja najmanj 15 dni od objave.", "Razpis traja najmanj 30 dni od objave.",
		"8: Razpis traja najmanj en mesec od objave.", Unclear, "art_8", "~en mesec"},
	{"another date", Rewrite, "art_8", "Sredstva se dodelijo do 15. marca.", "Sredstva se dodelijo do 31. januarja.",
		"8: Sredstva se dodelijo do 28. februarja.", Unclear, "art_8", "~28. februarja"},
	{"ours inside theirs", Rewrite, "art_8", "Delež lastnih sredstev znaša 30 odstotkov.", "Delež lastnih sredstev znaša 10 odstotkov.",
		"8: Delež lastnih sredstev znaša 30 odstotkov, od tega 10 odstotkov v denarju.", Partly, "art_8", "-30 odstotkov +10 odstotkov ~v denarju"},
	{"most for least", Rewrite, "art_8", "Komisija ima pet članov.", "Komisija ima najmanj sedem članov.",
		"8: Komisija ima največ sedem članov.", Partly, "art_8", "~največ +sedem članov"},

	// Negations and limits.
	{"a not put in", Insert, "art_8", "Minister imenuje komisijo.", "Minister imenuje komisijo. Član komisije sme biti prijavitelj na razpisu.",
		"8: Minister imenuje komisijo. Član komisije ne sme biti prijavitelj na razpisu.", Partly, "art_8", "+Član komisije ~ne +sme biti prijavitelj na razpisu"},
	{"our not left out", Insert, "art_8", "Minister imenuje komisijo.", "Minister imenuje komisijo. Član komisije ne sme biti prijavitelj na razpisu.",
		"8: Minister imenuje komisijo. Član komisije sme biti prijavitelj na razpisu.", Partly, "art_8", "+Član komisije sme biti prijavitelj na razpisu"},
	{"a duty made a choice", Rewrite, "art_8", "Minister objavi razpis.", "Minister objavi razpis in na spletni strani javno obrazloži oceno vsake vloge.",
		"8: Minister objavi razpis in na spletni strani lahko javno obrazloži oceno vsake vloge.", Partly, "art_8", "+in na spletni strani ~lahko +javno obrazloži oceno vsake vloge"},
	{"choice into duty", Rewrite, "art_8", "Občina lahko objavi seznam prostorov.", "Občina mora objaviti seznam prostorov.",
		"8: Občina mora objaviti seznam prostorov.", Taken, "art_8", "+mora"},
	{"choice stays a choice", Rewrite, "art_8", "Občina lahko objavi seznam prostorov.", "Občina mora objaviti seznam prostorov.",
		"8: Občina lahko objavi seznam prostorov.", Not, "art_8", "-lahko"},
	{"only the not", Rewrite, "art_8", "Prejemnik sme sredstva prenesti v naslednje leto.", "Prejemnik ne sme sredstev prenesti v naslednje leto.",
		"8: Prejemnik sme sredstva prenesti v naslednje leto.", Not, "art_8", ""},

	{"forbidden still", Rewrite, "art_8", "Prejemnik ne sme zaračunati vstopnine.", "Prejemnik sme zaračunati vstopnino.", "8: Prejemnik ne sme zaračunati vstopnine.", Not, "art_8", "-ne"},
	{"allowed", Rewrite, "art_8", "Prejemnik ne sme zaračunati vstopnine.", "Prejemnik sme zaračunati vstopnino.", "8: Prejemnik sme zaračunati vstopnino.", Taken, "art_8", ""},
	{"not turned into may", Rewrite, "art_8", "Člani komisije so javni uslužbenci.", "Člani komisije so strokovnjaki, ki niso javni uslužbenci in nimajo nasprotja interesov.",
		"8: Člani komisije so strokovnjaki, ki so lahko javni uslužbenci in nimajo nasprotja interesov.", Partly, "art_8", "+strokovnjaki, ki ~so lahko +in nimajo nasprotja interesov"},

	// Whole phrases.
	{"one word, other order", Rewrite, "art_8", "Minister lahko z odločbo zavrne predlog komisije.", "Minister lahko z obrazloženo odločbo zavrne predlog komisije.",
		"8: Minister lahko predlog komisije zavrne z obrazloženo odločbo.", Taken, "art_8", "+obrazloženo"},
	{"one of three", Rewrite, "art_8", "Področja so glasba, ples in film.", "Področja so glasba, ples, film, strip in intermedijske umetnosti.",
		"8: Področja so glasba, ples, film in strip.", Partly, "art_8", "+strip"},
	{"beside the old way", Rewrite, "art_8", "Vlogo odda prijavitelj v papirni obliki in s kvalificiranim podpisom.", "Vlogo odda prijavitelj v elektronski obliki.",
		"8: Vlogo odda prijavitelj v elektronski ali papirni obliki.", Partly, "art_8", "+elektronski -papirni"},
	{"and for or, not taken", Rewrite, "art_8", "Prijavitelj ima sedež ali podružnico v občini.", "Prijavitelj ima sedež in podružnico v občini.",
		"8: Prijavitelj ima sedež ali podružnico v občini.", Not, "art_8", "-ali"},
	{"and for or", Rewrite, "art_8", "Prijavitelj ima sedež ali podružnico v občini.", "Prijavitelj ima sedež in podružnico v občini.",
		"8: Prijavitelj ima sedež in podružnico v občini.", Taken, "art_8", "+in"},
	{"their own words around ours", Rewrite, "art_8", "Honorar določi minister.", "Honorar določi minister po predhodnem mnenju reprezentativnih združenj.",
		"8: Minister honorar določi, ko pridobi predhodno mnenje reprezentativnih združenj.", Taken, "art_8", "~ko pridobi +predhodno mnenje reprezentativnih združenj"},
	{"taken word for word", Rewrite, "art_18", honorar + "objavi ministrstvo.", honorar + "izračuna statistični urad iz povprečne plače v javnih zavodih.",
		"18: " + honorar + "izračuna statistični urad iz povprečne plače v javnih zavodih.", Taken, "art_18", "+izračuna statistični urad iz povprečne plače v javnih zavodih"},
	{"taken in other cases of the words", Rewrite, "art_18", "Komisijo sestavlja pet članov.", "Komisijo sestavlja pet članov, ki jih predlagajo reprezentativna združenja ustvarjalcev.",
		"18: Komisijo sestavlja pet članov, predlaganih od reprezentativnih združenj ustvarjalcev.", Taken, "art_18", "+predlaganih +reprezentativnih združenj ustvarjalcev"},
	{"half of it", Insert, "art_36", "Občina objavi seznam prostorov.",
		"Občina objavi seznam prostorov. Če seznama ne objavi, lahko prostor predlaga vsaka organizacija; o predlogu mora biti odločeno v 60 dneh.",
		"36: Občina objavi seznam prostorov. Če seznama ne objavi, lahko prostor predlaga vsaka organizacija.", Partly, "art_36",
		"+Če seznama ne objavi, lahko prostor predlaga vsaka organizacija"},
	{"another body decides", Rewrite, "art_18", "Znesek določi ministrstvo po lastni presoji.", "Znesek izračuna statistični urad iz povprečne plače.",
		"18: Znesek določi vlada z uredbo.", Not, "art_18", "-določi ~vlada z uredbo"},
	{"opposed words gone, ours not there", Rewrite, "art_18", "Višino honorarja po tem zakonu objavi ministrstvo po lastni presoji.", "Višino honorarja po tem zakonu izračuna statistični urad.",
		"18: Višino honorarja po tem zakonu potrdi vlada s sklepom.", Unclear, "art_18", "~potrdi vlada s sklepom"},
	{"a phrase struck", Rewrite, "art_12", "Zaprosi lahko organizacija, ki ima sedež v Republiki Sloveniji in zaposluje direktorja.", "Zaprosi lahko organizacija, ki ima sedež v Republiki Sloveniji.",
		"12: Zaprosi lahko organizacija, ki ima sedež v Republiki Sloveniji.", Taken, "art_12", ""},
	{"a phrase not struck", Rewrite, "art_12", "Zaprosi lahko organizacija, ki ima sedež v Republiki Sloveniji in zaposluje direktorja.", "Zaprosi lahko organizacija, ki ima sedež v Republiki Sloveniji.",
		"12: Zaprosi lahko organizacija, ki ima sedež v Republiki Sloveniji in zaposluje direktorja.", Not, "art_12", "-in zaposluje direktorja"},

	// Places.
	{"renumbered", Rewrite, "art_23", obrok + "90" + podpis, obrok + "30" + podpis,
		"23: Sredstva za kulturo zagotavlja država. / 24: " + obrok + "30" + podpis, Taken, "art_24", "+30 dneh"},
	{"moved to another article", Insert, "art_23", obrok + "30" + podpis, obrok + "30" + podpis + " Za zamudo prejemniku pripadajo zakonske zamudne obresti.",
		"23: " + obrok + "30" + podpis + " / 50: Za zamudo prejemniku pripadajo zakonske zamudne obresti.", Taken, "art_50",
		"+Za zamudo prejemniku pripadajo zakonske zamudne obresti"},
	{"no such place known", Insert, "", "", "Ministrstvo vsako leto objavi seznam vseh zavrnjenih vlog z obrazložitvijo.",
		"3: Namen zakona je podpora. / 4: Ministrstvo vsako leto objavi seznam vseh zavrnjenih vlog z obrazložitvijo.", Taken, "art_4",
		"+Ministrstvo vsako leto objavi seznam vseh zavrnjenih vlog z obrazložitvijo"},
	{"a new provision nowhere", Insert, "", "", "Ministrstvo vsako leto objavi seznam vseh zavrnjenih vlog z obrazložitvijo.",
		"3: Namen zakona je podpora. / 4: Komisijo sestavlja pet članov.", Not, "", ""},
	{"the provision vanished", Rewrite, "art_23", obrok + "90" + podpis, obrok + "30" + podpis,
		"3: Namen zakona je podpora ustvarjalcem.", Unclear, "", ""},
	{"references shifted", Rewrite, "art_23", "Organizacija iz 12. člena prijavi program do konca leta.", "Organizacija iz 12. člena prijavi program kadar koli med letom.",
		"24: Organizacija iz 13. člena prijavi program kadar koli med letom.", Taken, "art_24", "+kadar koli med"},

	// Deletion.
	{"gone without trace", Delete, "art_15", "Prejemnik vrne sredstva, če premiera ni izvedena v tekočem letu.", "", "14: Komisijo sestavlja pet članov. / 16: Sredstva zagotavlja država.", Taken, "", ""},
	{"a tombstone", Delete, "art_15", "Prejemnik vrne sredstva, če premiera ni izvedena v tekočem letu.", "", "14: Komisijo sestavlja pet članov. / 15: †(črtan)", Taken, "art_15", ""},
	{"not gone", Delete, "art_15", "Prejemnik vrne sredstva, če premiera ni izvedena v tekočem letu.", "", "15: Prejemnik vrne sredstva, če premiera ni izvedena v tekočem letu.", Not, "art_15",
		"-Prejemnik vrne sredstva, če premiera ni izvedena v tekočem letu"},
	{"only moved", Delete, "art_15", "Prejemnik vrne sredstva, če premiera ni izvedena v tekočem letu.", "", "15: †(črtan) / 33: Prejemnik vrne sredstva, če premiera ni izvedena v tekočem letu.", Not, "art_33",
		"-Prejemnik vrne sredstva, če premiera ni izvedena v tekočem letu"},
	{"half gone", Delete, "art_15", "Prejemnik vrne sredstva, če premiera ni izvedena v tekočem letu, in dve leti ne sme kandidirati na razpisih ministrstva.", "",
		"15: Prejemnik vrne sredstva, če premiera ni izvedena v tekočem letu.", Partly, "art_15", "-Prejemnik vrne sredstva, če premiera ni izvedena v tekočem letu"},
	{"too short to tell", Delete, "art_15", "Razpis.", "", "14: Komisijo sestavlja pet članov.", Unclear, "", ""},

	// Keep.
	{"the change is dropped", Keep, "art_31", bolni + "od 31. dneva.", bolni + "od prvega dneva.", "31: " + bolni + "od prvega dneva.", Taken, "art_31", "+prvega dneva"},
	{"the change came", Keep, "art_31", bolni + "od 31. dneva.", bolni + "od prvega dneva.", "31: " + bolni + "od 31. dneva.", Not, "art_31", "-31. dneva"},
	{"the amending act leaves it alone", Keep, "art_31", bolni + "od 31. dneva.", bolni + "od prvega dneva.", "2: V 12. členu se beseda »pet« nadomesti z besedo »tri«.", Taken, "", ""},
	{"half of the change", Keep, "art_31", "Pravico do plačila prispevkov ima samozaposleni z dohodkom do 20.000 eurov, če vsako leto predloži poročilo.",
		"Pravico do plačila prispevkov ima samozaposleni z dohodkom do 24.000 eurov.",
		"31: Pravico do plačila prispevkov ima samozaposleni z dohodkom do 24.000 eurov, če vsako leto predloži poročilo.", Partly, "art_31", "+24.000 eurov -če vsako leto predloži poročilo"},
	{"half way back", Keep, "art_12", "Organizacija deluje vsaj pet let.", "Organizacija deluje vsaj tri leta.", "12: Organizacija deluje vsaj štiri leta.", Partly, "art_12", "~štiri leta"},
	{"support as it is", Keep, "art_9", "Predujem znaša največ 50 odstotkov sredstev.", "Predujem znaša največ 50 odstotkov sredstev.",
		"9: Predujem znaša največ 50 odstotkov sredstev.", Taken, "art_9", "+Predujem znaša največ 50 odstotkov sredstev"},
}
