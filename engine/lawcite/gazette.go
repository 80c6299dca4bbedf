package lawcite

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
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

// A Short is the short title of an act in a text (kratica). Start and End are its
// place in bytes.
type Short struct {
	Name       string // "ZUJIK", "KZ-1J", "ZT-1C"
	Start, End int
}

// shortForm is the form of short titles: Z with the initials of the title, or one of
// the codes; a number where an act of the same name came before; the letter of an
// amending act, two after the alphabet is used up.
var shortForm = regexp.MustCompile(`(?:Z[A-ZČŠŽĐ][A-Za-zČŠŽĐčšžđ0-9]*|KZ|OZ|SPZ|DZ|ZKP)(?:-\d+)?[A-ZČŠŽĐ]{0,2}(?:-(?:UPB\d+|[A-ZČŠŽĐ]{1,2}))?`)

// ReadShorts finds the short titles of acts in a text. Words of headings in capitals
// are none.
func ReadShorts(text string) []Short {
	var out []Short
	for _, at := range shortForm.FindAllStringIndex(text, -1) {
		name := text[at[0]:at[1]]
		before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
		behind, _ := utf8.DecodeRuneInString(text[at[1]:])
		if letter(before) || letter(behind) || before == '-' || plainWord(name) {
			continue
		}
		out = append(out, Short{name, at[0], at[1]})
	}
	return out
}

// plainWord reports whether capitals are a word of a heading: with "za" as a prefix,
// or one of the words of titles.
func plainWord(s string) bool {
	switch s {
	case "ZA", "ZAKON", "ZAKONA", "ZAKONU", "ZBOR", "ZBORA", "ZDA", "ZVEZA", "ZVEZE":
		return true
	}
	return strings.HasPrefix(s, "ZA") && len(s) > 5 && strings.ToUpper(s) == s && !strings.ContainsAny(s, "-0123456789")
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
