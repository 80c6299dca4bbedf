package intake

import (
	"slices"
	"strings"
	"unicode"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/members"
	registry "github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// A Column says what a column of an import holds; empty for one that is left out.
type Column string

// Columns are all that a column may hold, in the order in which they are offered;
// beside them there are the details of the house.
func Columns() []Column {
	return []Column{
		"name", "given", "family", "kind", "email", "street", "postcode", "place", "region", "field", "fields", "languages", "category", "standing", "since", "lang", "phone", "note",
		"agent", "agent_email", "tax", "business", "associations", "self_employed", "interest_since", "tags",
	}
}

// detailColumn is the column of a detail.
func detailColumn(d members.Detail) Column { return Column(d.Field()) }

// headings are the folded headings under which a column is known.
var headings = map[Column][]string{
	"name":           {"ime in priimek", "priimek in ime", "naziv", "naziv organizacije", "organizacija", "ime organizacije", "polno ime", "clan", "name", "full name", "organisation", "organization", "member"},
	"given":          {"ime", "given name", "first name", "given"},
	"family":         {"priimek", "family name", "last name", "surname", "family"},
	"kind":           {"vrsta", "vrsta clana", "tip", "oblika", "kind", "type"},
	"email":          {"e posta", "eposta", "e naslov", "elektronski naslov", "elektronska posta", "email", "e mail", "mail", "email address"},
	"street":         {"ulica", "naslov", "ulica in stevilka", "street", "address"},
	"postcode":       {"posta", "postna stevilka", "postcode", "zip"},
	"place":          {"kraj", "mesto", "obcina", "place", "city", "town"},
	"region":         {"regija", "statisticna regija", "region"},
	"field":          {"podrocje", "podrocje dela", "podrocje kulture", "glavno podrocje", "field"},
	"fields":         {"podrocja", "druga podrocja", "ostala podrocja", "fields", "other fields"},
	"languages":      {"jeziki", "jeziki dela", "languages", "working languages"},
	"category":       {"kategorija", "kategorija clanstva", "vrsta clanstva", "category", "membership category"},
	"standing":       {"status", "stanje", "standing", "membership status"},
	"since":          {"clan od", "clanica od", "od", "datum vstopa", "datum vclanitve", "vclanitev", "since", "joined", "member since"},
	"lang":           {"jezik", "language", "lang"},
	"phone":          {"telefon", "tel", "gsm", "mobitel", "phone", "mobile"},
	"note":           {"opomba", "opombe", "note", "notes", "remarks"},
	"agent":          {"pooblascena oseba", "zastopnik", "zastopnica", "kontaktna oseba", "kontakt", "authorised person", "contact", "contact person"},
	"tax":            {"davcna stevilka", "davcna", "id za ddv", "davcna st", "tax number", "vat", "vat number"},
	"business":       {"maticna stevilka", "maticna", "maticna st", "registration number", "business register number"},
	"associations":   {"register drustev", "st v registru drustev", "register of associations"},
	"self_employed":  {"razvid samozaposlenih", "razvid", "st v razvidu", "register of self employed"},
	"interest_since": {"status v javnem interesu", "status v javnem interesu od", "javni interes", "public interest since", "public interest"},
	"tags":           {"oznake", "oznaka", "tags", "tag"},
	"agent_email":    {"e posta pooblascene osebe", "e posta zastopnika", "e posta kontaktne osebe", "authorised person email", "contact email"},
}

// guess says of each heading what it seems to be; no column is guessed twice. A
// sheet with "ime" and no "priimek" means the whole name by it.
func guess(head []string, details []members.Detail) []Column {
	list := make([]Column, len(head))
	for i, h := range head {
		either := meanings(h)
		h = either[0]
		for _, d := range details {
			if strings.TrimSpace(folded(d.Label)) == h && !d.Closed && !slices.Contains(list[:i], detailColumn(d)) {
				list[i] = detailColumn(d)
			}
		}
		for _, c := range Columns() {
			if list[i] != "" {
				break
			}
			known := func(h string) bool { return slices.Contains(headings[c], h) }
			if slices.ContainsFunc(either, known) && !slices.Contains(list[:i], c) {
				list[i] = c
			}
		}
	}
	given := slices.Index(list, "given")
	if given >= 0 && !slices.Contains(list, "family") && !slices.Contains(list, "name") {
		list[given] = "name"
	}
	return list
}

// meanings are what a heading may mean, folded: all of it first, and then what
// stands on either side of a stroke or before brackets, as in "Priimek in ime / naziv".
func meanings(head string) []string {
	list := []string{strings.TrimSpace(folded(head))}
	for _, part := range strings.FieldsFunc(head, func(r rune) bool { return r == '/' || r == '(' || r == ')' }) {
		list = append(list, strings.TrimSpace(folded(part)))
	}
	return list
}

// checkColumns returns a fault if the columns do not name a member.
func checkColumns(list []Column, n int, details []members.Detail) error {
	seen, all := map[Column]bool{}, Columns()
	for _, d := range details {
		all = append(all, detailColumn(d))
	}
	for _, c := range list {
		if c != "" && (seen[c] || !slices.Contains(all, c)) {
			return fault.New(fault.Invalid, "members.import.column.twice")
		}
		seen[c] = true
	}
	if len(list) != n || !seen["name"] && !seen["family"] {
		return fault.New(fault.Invalid, "members.import.column.name")
	}
	return nil
}

// Words that stand for a kind, a field or a standing, folded. The longest
// beginning decides, so that all forms of a word count.
var (
	kindWords = map[string]string{
		"org": "organisation", "pravna": "organisation", "drustvo": "organisation", "zavod": "organisation", "ustanova": "organisation", "zadruga": "organisation", "nvo": "organisation", "ngo": "organisation", "legal": "organisation",
		"posamezn": "person", "fizicna": "person", "oseba": "person", "individual": "person", "person": "person", "natural": "person", "samozaposlen": "person", "ustvarjal": "person",
	}
	fieldWords = map[string]string{
		"gledal": "theatre", "theat": "theatre", "uprizor": "theatre", "ples": "dance", "sodobni ples": "dance", "danc": "dance", "glasb": "music", "musi": "music",
		"film": "film", "avdiovizual": "film", "audiovisual": "film", "vizual": "visual", "likovn": "visual", "visual": "visual", "literat": "literature", "knjiz": "literature", "knjig": "literature", "liter": "literature",
		"interm": "intermedia", "novi medij": "intermedia", "new media": "intermedia", "krit": "critique", "crit": "critique", "dediscin": "heritage", "kulturna dediscina": "heritage", "herit": "heritage",
		"medpodr": "cross", "vecpodr": "cross", "interdisc": "cross", "cross": "cross",
	}
	regionWords = map[string]string{
		"pomur": "pomurska", "podrav": "podravska", "koros": "koroska", "savinj": "savinjska", "zasav": "zasavska", "posav": "posavska", "spodnjeposav": "posavska",
		"jugovzhod": "jugovzhodna", "osrednj": "osrednja", "gorenj": "gorenjska", "primorsk": "primorska", "notranj": "primorska", "goris": "goriska", "obaln": "obalna", "tujin": "abroad", "abroad": "abroad",
	}
	standingWords = map[string]string{
		"clan": "active", "aktiv": "active", "active": "active", "member": "active", "caka": "applied", "vloga": "applied", "kandidat": "applied", "appl": "applied", "pending": "applied",
		"izstop": "left", "nekdan": "left", "bivs": "left", "left": "left", "former": "left", "ne": "left",
	}
)

// meant finds the word that the cell begins with.
func meant(words map[string]string, cell string) (string, bool) {
	cell = strings.TrimSpace(folded(cell))
	best := ""
	for w := range words {
		if len(w) > len(best) && strings.HasPrefix(cell, w) && (len(w) > 2 || cell == w) {
			best = w
		}
	}
	return words[best], best != ""
}

// A record is a row of the sheet as a member; what the sheet does not say is empty.
type record struct {
	members.Member
	Agent    members.Agent
	register []members.Registration
	tags     []string
}

// read makes a record of a row. Membership begins today where the sheet does not
// say when. It returns a fault for a cell that cannot be understood.
func (r sheetRow) read(columns []Column, today civil.Date, voc vocabulary) (record, error) {
	if r.Long {
		return record{}, fault.New(fault.Invalid, "members.import.long")
	}
	cells := make(map[Column]string, len(columns))
	for i, c := range columns {
		cell := strings.TrimSpace(r.Cells[i])
		if len(cell) > 1 && cell[0] == '\'' && table.Formula(cell[1:]) {
			cell = cell[1:]
		}
		if c != "note" && !strings.HasPrefix(string(c), "detail-") {
			cell = line(cell)
		}
		cells[c] = cell
	}
	email, more := addresses(strings.ToLower(strings.TrimPrefix(cells["email"], "mailto:")))
	street, postcode, place := settle(cells["street"], cells["postcode"], cells["place"])
	out := record{Member: members.Member{
		Name: personal(cells["name"]), Email: email, Place: place, Street: street, Postcode: postcode, Phone: phone(cells["phone"]),
		Note: strings.TrimSpace(strings.Join(append([]string{cells["note"]}, more...), "\n")),
	}}
	if out.Name == "" {
		out.Name = joinName(personal(cells["family"]), personal(cells["given"]))
	}
	if out.Name == "" {
		return out, fault.New(fault.Invalid, "members.name.empty")
	}
	if err := out.readWords(cells); err != nil {
		return out, err
	}
	if err := out.readHouse(cells, voc); err != nil {
		return out, err
	}
	if err := out.readNumbers(cells, today); err != nil {
		return out, err
	}
	out.Agent = members.Agent{Name: personal(cells["agent"]), Email: strings.ToLower(cells["agent_email"]), Lang: out.Lang, Since: today, Answers: cells["agent_email"] != ""}
	return out, out.readTerm(cells, today)
}

func joinName(family, given string) string {
	if family == "" || given == "" {
		return family + given
	}
	return family + ", " + given
}

// personal is a name that is not all in capitals: "NOVAK, ANA" is "Novak, Ana".
// Short ones may be acronyms, and stay.
func personal(name string) string {
	if len(strings.Fields(name)) < 2 || strings.ToUpper(name) != name || strings.ContainsAny(name, "0123456789") {
		return name
	}
	words := strings.Fields(strings.ToLower(name))
	for i, w := range words {
		if r := []rune(w); len(r) > 0 {
			words[i] = string(unicode.ToUpper(r[0])) + string(r[1:])
		}
	}
	return strings.Join(words, " ")
}

// phone is a number as it is kept: "00386 (0)41-234-567" is "+386 41 234 567".
func phone(s string) string {
	s = strings.ReplaceAll(s, "(0)", "")
	s = line(strings.NewReplacer("/", " ", "-", " ", "(", "", ")", "", ".", " ").Replace(s))
	if rest, is := strings.CutPrefix(s, "00"); is {
		s = "+" + rest
	}
	return s
}

func (out *record) readWords(cells map[Column]string) error {
	for c, words := range map[Column]map[string]string{"kind": kindWords, "field": fieldWords, "standing": standingWords} {
		if cells[c] == "" {
			continue
		}
		cell := cells[c]
		if c == "field" {
			if list := several(cell); len(list) > 1 {
				cell = list[0]
				cells["fields"] += ";" + strings.Join(list[1:], ";")
			}
		}
		word, ok := meant(words, cell)
		if !ok {
			return fault.New(fault.Invalid, "members.import."+string(c), "cell", beginning(cells[c], 60))
		}
		switch c {
		case "kind":
			out.Kind = members.Kind(word)
		case "field":
			out.Field = members.Field(word)
		case "standing":
			out.Standing = members.Standing(word)
		}
	}
	for _, cell := range several(cells["fields"]) {
		word, ok := meant(fieldWords, cell)
		if !ok {
			return fault.New(fault.Invalid, "members.import.field", "cell", beginning(cell, 60))
		}
		out.Fields = append(out.Fields, members.Field(word))
	}
	var err error
	if out.Lang, err = language(cells["lang"]); err != nil {
		return err
	}
	for _, cell := range several(cells["languages"]) {
		l, err := language(cell)
		if err != nil {
			return err
		}
		out.Languages = append(out.Languages, l)
	}
	if cells["region"] != "" {
		word, ok := meant(regionWords, cells["region"])
		if !ok {
			return fault.New(fault.Invalid, "members.import.region", "cell", beginning(cells["region"], 60))
		}
		out.Region = word
	}
	out.tags = several(cells["tags"])
	return nil
}

// several are the parts of a cell that holds more than one.
func several(cell string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(cell, func(r rune) bool { return r == ';' || r == ',' || r == '|' || r == '/' }) {
		if part = line(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// language is the code of the language that a cell names.
func language(cell string) (string, error) {
	l := textkit.Fold(strings.TrimSpace(cell))
	if l == "" {
		return "", nil
	}
	if code := map[string]string{"slo": "sl", "eng": "en", "ang": "en", "hrv": "hr", "srb": "sr", "srp": "sr", "bos": "bs", "mak": "mk", "alb": "sq"}[beginning(l, 3)]; code != "" {
		return code, nil
	}
	if slices.ContainsFunc(i18n.Region(), func(r i18n.Language) bool { return r.Code == l }) {
		return l, nil
	}
	return "", fault.New(fault.Invalid, "members.import.lang", "cell", beginning(cell, 60))
}

// readHouse reads what the house itself has named: the category and its details.
func (out *record) readHouse(cells map[Column]string, voc vocabulary) error {
	if cell := cells["category"]; cell != "" {
		at := slices.IndexFunc(voc.categories, func(c members.Category) bool { return folded(c.Name) == folded(cell) && !c.Closed })
		if at < 0 {
			return fault.New(fault.Invalid, "members.import.category", "cell", beginning(cell, 60))
		}
		out.Category = voc.categories[at].ID
	}
	for _, d := range voc.details {
		cell := cells[detailColumn(d)]
		if cell == "" {
			continue
		}
		value, err := d.Read(cell)
		if err != nil {
			return fault.New(fault.Invalid, "members.import.value", "label", d.Label, "cell", beginning(cell, 60))
		}
		if out.Details == nil {
			out.Details = members.Details{}
		}
		out.Details[d.ID] = value
	}
	return nil
}

// readNumbers reads the numbers under which the member is registered.
func (out *record) readNumbers(cells map[Column]string, today civil.Date) error {
	for _, in := range registry.Registries() {
		number := cells[Column(in)]
		if number == "" {
			continue
		}
		r := members.Registration{In: in, Number: number}.Tidy()
		if err := r.Check(); err != nil {
			return err
		}
		out.register = append(out.register, r)
	}
	if s := cells["interest_since"]; s != "" {
		var err error
		if out.Interest.Since, err = dayOf(century(s, today)); err != nil {
			return err
		}
	}
	return nil
}

// readTerm reads since when somebody belongs.
func (out *record) readTerm(cells map[Column]string, today civil.Date) (err error) {
	out.Term.From = today
	if s := cells["since"]; s != "" {
		out.Term.From, err = dayOf(century(s, today))
	}
	return err
}

// dayOf reads a day, or a year alone, which means its first day. A spreadsheet may
// have written the time too.
func dayOf(s string) (day civil.Date, err error) {
	s, _, _ = strings.Cut(s, " 00:00")
	s, _, _ = strings.Cut(s, "T00:00")
	if len(s) == 4 && strings.Trim(s, "0123456789") == "" {
		day, err = civil.Parse(s + "-01-01")
	} else {
		day, err = civil.ParseHuman(s)
	}
	if err != nil || day.IsZero() {
		return day, fault.New(fault.Invalid, "members.import.since", "cell", beginning(s, 60))
	}
	return day, nil
}

// line is s on one line, with single spaces and without control characters.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// folded are the folded words of s, with a space before each.
func folded(s string) string {
	var b strings.Builder
	for _, w := range strings.FieldsFunc(textkit.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		b.WriteByte(' ')
		b.WriteString(w)
	}
	return b.String()
}

// beginning is the first n letters of s, or all of it.
func beginning(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
