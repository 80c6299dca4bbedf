package members

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// A Column says what a column of an import holds; empty for one that is left out.
type Column string

// Columns are all that a column may hold, in the order in which they are offered.
func Columns() []Column {
	return []Column{"name", "given", "family", "kind", "email", "place", "field", "standing", "since", "lang", "phone", "note", "agent", "agent_email"}
}

// headings are the folded headings under which a column is known.
var headings = map[Column][]string{
	"name":        {"ime in priimek", "priimek in ime", "naziv", "naziv organizacije", "organizacija", "ime organizacije", "polno ime", "clan", "name", "full name", "organisation", "organization", "member"},
	"given":       {"ime", "given name", "first name", "given"},
	"family":      {"priimek", "family name", "last name", "surname", "family"},
	"kind":        {"vrsta", "vrsta clana", "tip", "oblika", "kind", "type"},
	"email":       {"e posta", "eposta", "e naslov", "elektronski naslov", "elektronska posta", "email", "e mail", "mail", "email address"},
	"place":       {"kraj", "mesto", "obcina", "place", "city", "town"},
	"field":       {"podrocje", "podrocje dela", "podrocje kulture", "field"},
	"standing":    {"status", "stanje", "standing", "membership status"},
	"since":       {"clan od", "clanica od", "od", "datum vstopa", "datum vclanitve", "vclanitev", "since", "joined", "member since"},
	"lang":        {"jezik", "language", "lang"},
	"phone":       {"telefon", "tel", "gsm", "mobitel", "phone", "mobile"},
	"note":        {"opomba", "opombe", "note", "notes", "remarks"},
	"agent":       {"pooblascena oseba", "zastopnik", "zastopnica", "kontaktna oseba", "kontakt", "authorised person", "contact", "contact person"},
	"agent_email": {"e posta pooblascene osebe", "e posta zastopnika", "e posta kontaktne osebe", "authorised person email", "contact email"},
}

// guess says of each heading what it seems to be; no column is guessed twice. A
// sheet with "ime" and no "priimek" means the whole name by it.
func guess(head []string) []Column {
	list := make([]Column, len(head))
	for i, h := range head {
		h = strings.TrimSpace(folded(h))
		for _, c := range Columns() {
			if slices.Contains(headings[c], h) && !slices.Contains(list[:i], c) {
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

// checkColumns returns a fault if the columns do not name a member.
func checkColumns(list []Column, n int) error {
	seen := map[Column]bool{}
	for _, c := range list {
		if c != "" && (seen[c] || !slices.Contains(Columns(), c)) {
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
	Member
	Agent Agent
}

// read makes a record of a row. Membership begins today where the sheet does not
// say when. It returns a fault for a cell that cannot be understood.
func (r sheetRow) read(columns []Column, today civil.Date) (record, error) {
	if r.Long {
		return record{}, fault.New(fault.Invalid, "members.import.long")
	}
	cells := map[Column]string{}
	for i, c := range columns {
		cell := strings.TrimSpace(r.Cells[i])
		if len(cell) > 1 && cell[0] == '\'' && table.Formula(cell[1:]) {
			cell = cell[1:]
		}
		if c != "note" {
			cell = line(cell)
		}
		cells[c] = cell
	}
	out := record{Member: Member{Name: cells["name"], Email: strings.ToLower(cells["email"]), Place: cells["place"], Phone: cells["phone"], Note: cells["note"]}}
	if out.Name == "" {
		out.Name = joinName(cells["family"], cells["given"])
	}
	if out.Name == "" {
		return out, fault.New(fault.Invalid, "members.name.empty")
	}
	if err := out.readWords(cells); err != nil {
		return out, err
	}
	out.Agent = Agent{Name: cells["agent"], Email: strings.ToLower(cells["agent_email"]), Lang: out.Lang, Since: today, Answers: cells["agent_email"] != ""}
	return out, out.readTerm(cells, today)
}

func joinName(family, given string) string {
	if family == "" || given == "" {
		return family + given
	}
	return family + ", " + given
}

func (out *record) readWords(cells map[Column]string) error {
	for c, words := range map[Column]map[string]string{"kind": kindWords, "field": fieldWords, "standing": standingWords} {
		if cells[c] == "" {
			continue
		}
		word, ok := meant(words, cells[c])
		if !ok {
			return fault.New(fault.Invalid, "members.import."+string(c), "cell", beginning(cells[c], 60))
		}
		switch c {
		case "kind":
			out.Kind = Kind(word)
		case "field":
			out.Field = Field(word)
		case "standing":
			out.Standing = Standing(word)
		}
	}
	if l := textkit.Fold(cells["lang"]); l != "" {
		out.Lang = map[string]string{"slo": "sl", "eng": "en", "ang": "en", "hrv": "hr", "srb": "sr", "srp": "sr", "bos": "bs", "mak": "mk", "alb": "sq"}[beginning(l, 3)]
		if out.Lang == "" && spoken(l) {
			out.Lang = l
		}
		if out.Lang == "" {
			return fault.New(fault.Invalid, "members.import.lang", "cell", beginning(cells["lang"], 60))
		}
	}
	return nil
}

// readTerm reads a day, or a year alone, which means its first day.
func (out *record) readTerm(cells map[Column]string, today civil.Date) error {
	s := cells["since"]
	if s == "" {
		out.Term.From = today
		return nil
	}
	var err error
	if len(s) == 4 && strings.Trim(s, "0123456789") == "" {
		out.Term.From, err = civil.Parse(s + "-01-01")
	} else {
		out.Term.From, err = civil.ParseHuman(s)
	}
	if err != nil || out.Term.From.IsZero() {
		return fault.New(fault.Invalid, "members.import.since", "cell", beginning(s, 60))
	}
	return nil
}
