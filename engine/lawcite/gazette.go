package lawcite

import (
	"regexp"
	"strings"
)

// A Gazette is one number of the official gazette in the list that follows the
// title of an act.
type Gazette struct {
	Number string // "16/07", as printed
	Note   string // "uradno prečiščeno besedilo", "odl. US", "popr.", "ZOrg"; empty if none
}

var gazetteItem = regexp.MustCompile(`^(\d{1,3}(?:[IVX]+)?/\d{2,4})(?:\s*[–-]\s*(.+))?$`)

// ReadGazettes reads "Uradni list RS, št. 16/07 – uradno prečiščeno besedilo,
// 36/08 in 94/22 – odl. US", with or without parentheses around it. It reports
// false if any piece of the list is not one.
func ReadGazettes(s string) ([]Gazette, bool) {
	s = strings.Trim(strings.TrimSpace(s), "()")
	_, list, ok := strings.Cut(s, "št.")
	if !ok || !strings.HasPrefix(s, "Uradni list") && !strings.HasPrefix(s, "Ur. l") {
		return nil, false
	}
	var out []Gazette
	for _, piece := range strings.Split(list, ",") {
		for _, one := range splitIn(piece) {
			m := gazetteItem.FindStringSubmatch(strings.Join(strings.Fields(one), " "))
			if m == nil {
				return nil, false
			}
			out = append(out, Gazette{m[1], m[2]})
		}
	}
	return out, true
}

var inNumber = regexp.MustCompile(`\s+in\s+(\d)`)

// splitIn parts "3/22 in 29/22 – ZUOPDCE", but not a note that holds "in".
func splitIn(s string) []string {
	if m := inNumber.FindStringSubmatchIndex(s); m != nil {
		return []string{s[:m[0]], s[m[2]:]}
	}
	return []string{s}
}

// WriteGazettes writes a list as it stands in parentheses after a title.
func WriteGazettes(list []Gazette) string {
	var words []string
	for _, g := range list {
		w := g.Number
		if g.Note != "" {
			w += " – " + g.Note
		}
		words = append(words, w)
	}
	return "Uradni list RS, št. " + List(words)
}

// An Ident is a number under which a register knows an act or a bill.
type Ident struct {
	Register   string // "EVA" of the government, "EPA" of parliament, "SOP" of the gazette, "ELI"
	Number     string
	Start, End int // the place of the number, in bytes
}

var identForms = regexp.MustCompile(`EVA[: ]+(\d{4}-\d{4}-\d{4})|EPA[: ]+(\d{1,5}-[IVX]+)|(?i:sop)[=: ]+(\d{4}-\d{2}-\d{4})|(?:eli|ELI)[/: ]+((?:ZAKO|URED|PRAV|SKLE)/[0-9A-Za-z/-]+)`)

// ReadIdents finds the identifiers in a text: "EVA 2021-2711-0031",
// "EPA 440-IX", "sop=2023-01-0302", "eli/ZAKO/2023-01-0302".
func ReadIdents(text string) []Ident {
	var out []Ident
	for _, m := range identForms.FindAllStringSubmatchIndex(text, -1) {
		for i, name := range [...]string{"EVA", "EPA", "SOP", "ELI"} {
			if at := m[2+2*i]; at >= 0 {
				out = append(out, Ident{name, text[at:m[3+2*i]], at, m[3+2*i]})
			}
		}
	}
	return out
}
