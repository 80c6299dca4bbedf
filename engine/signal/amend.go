package signal

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// amended lists the acts that the text changes: the one its title names, then
// those its articles open with, "V Zakonu o vodah (Uradni list RS, št. …)".
func amended(a *lawtext.Act, title, short string) []Reference {
	var out []Reference
	if r, ok := fromTitle(title, short); ok {
		out = append(out, r)
	}
	for _, n := range own(a) {
		for _, p := range n.Children {
			r, ok := fromSentence(p.Intro)
			if p.Kind == lawtext.Quote || !ok || !isInstruction(p.Intro) && !strings.HasSuffix(p.Intro, ":") {
				continue
			}
			k := slices.IndexFunc(out, func(x Reference) bool { return strings.EqualFold(x.Title, r.Title) })
			if k < 0 {
				out = append(out, r)
				continue
			}
			for _, g := range r.Gazettes {
				out[k].Gazettes = once(out[k].Gazettes, g)
			}
			if out[k].Short == "" {
				out[k].Short = r.Short
			}
		}
	}
	return out
}

// fromTitle reads the act that "Zakon o spremembah in dopolnitvah Zakona o
// vodah" amends.
func fromTitle(title, short string) (Reference, bool) {
	words := strings.Fields(title)
	said := false
	for i, w := range words {
		low := strings.ToLower(w)
		if said && i > 2 {
			if name, own := nameAt(words, i, genitive, true); name != "" {
				if own == "" {
					own = baseShort(short)
				}
				return Reference{Title: name, Short: own}, true
			}
		}
		said = said || strings.HasPrefix(low, "spremem") || strings.HasPrefix(low, "dopolnit")
	}
	return Reference{}, false
}

// fromSentence reads "V Zakonu o vodah (Uradni list RS, št. 67/02, 2/04 – ZZdrI-A) …"
// at the start of a sentence.
func fromSentence(s string) (Reference, bool) {
	words := toGazette(s)
	if len(words) < 3 || words[0] != "V" && words[0] != "Za" {
		return Reference{}, false
	}
	name, short := nameAt(words, 1, locative, true)
	if name == "" {
		return Reference{}, false
	}
	return gazetted(Reference{Title: name, Short: short}, s)
}

// toGazette returns the words of s down to "(Uradni list", where the name of
// an act ends.
func toGazette(s string) []string {
	before, _, ok := strings.Cut(s, "(Uradni list")
	if !ok {
		return nil
	}
	return strings.Fields(before[:min(len(before), 3000)])
}

// fromRepeal reads "… preneha veljati 9. člen Zakona o vodah (Uradni list …)".
func fromRepeal(s string) (Reference, bool) {
	if !strings.Contains(s, " veljati ") {
		return Reference{}, false
	}
	words := toGazette(s)
	for i := 1; i < len(words); i++ {
		if name, short := nameAt(words, i, genitive, true); name != "" && strings.HasPrefix(words[i-1], "člen") {
			return gazetted(Reference{Title: name, Short: short}, s)
		}
	}
	return Reference{}, false
}

// gazetted adds the numbers of the gazette that s gives in parentheses. It
// reports false if there are none, for then the name is not the act's own.
func gazetted(r Reference, s string) (Reference, bool) {
	if _, rest, ok := strings.Cut(s, "(Uradni list"); ok {
		list, _, _ := strings.Cut(rest, ")")
		for w := range strings.FieldsSeq(list) {
			if w = strings.Trim(w, ",;.()"); isGazette(w) {
				r.Gazettes = once(r.Gazettes, w)
			}
		}
	}
	return r, len(r.Gazettes) > 0
}

// isGazette reports whether w is a number of the gazette: "101/05", "5/1991".
func isGazette(w string) bool {
	no, year, ok := strings.Cut(w, "/")
	return ok && len(no) > 0 && len(no) <= 3 && strings.Trim(no, "0123456789") == "" &&
		(len(year) == 2 || len(year) == 4) && strings.Trim(year, "0123456789") == ""
}

// baseShort takes the letter of the amendment off a short title: ZOZKD-B is
// ZOZKD, KZ-1J is KZ-1.
func baseShort(s string) string {
	at := strings.LastIndexByte(s, '-')
	if at < 1 {
		return ""
	}
	no := strings.TrimRight(s[at+1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZČŠŽ")
	switch {
	case no == s[at+1:]:
		return ""
	case no == "":
		return s[:at]
	}
	return s[:at+1] + no
}
