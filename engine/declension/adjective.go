package declension

import "strings"

// adjectiveOf declines an adjective that is given as it stands before or after a
// noun of that gender in the nominative singular. It is sure of definite ones
// (upravni, javna, lokalno) and of those that the table has.
func adjectiveOf(w string, g Gender, animate bool) noun {
	lower := strings.ToLower(w)
	stem, nominative, sure := lower, lower, true
	switch {
	case g == Feminine && strings.HasSuffix(lower, "a"):
		stem = strings.TrimSuffix(lower, "a")
	case g == Neuter && (strings.HasSuffix(lower, "o") || strings.HasSuffix(lower, "e")):
		stem = lower[:len(lower)-1]
	case g == Masculine && strings.HasSuffix(lower, "i"):
		stem = strings.TrimSuffix(lower, "i")
	case g == Masculine && indefinite[lower] != "":
		stem = indefinite[lower]
	case g == Masculine && (strings.HasSuffix(lower, "ov") || strings.HasSuffix(lower, "ev") || strings.HasSuffix(lower, "an")):
	default:
		sure = false
	}
	o := "o"
	if soft(stem) {
		o = "e"
	}
	var t table
	switch g {
	case Masculine:
		t = forms(stem, "i ega emu i em im a ih ima a ih ima i ih im e ih imi")
		t[Singular][Nominative], t[Singular][Accusative] = []string{nominative}, []string{nominative}
		if animate {
			t[Singular][Accusative] = t[Singular][Genitive]
		}
	case Feminine:
		t = forms(stem, "a e i o i o i ih ima i ih ima e ih im e ih imi")
	case Neuter:
		t = forms(stem, o+" ega emu "+o+" em im i ih ima i ih ima a ih im a ih imi")
	}
	if w != lower {
		t = t.cased(w)
	}
	return noun{t, g, animate, sure}
}

// looksAdjective reports whether a word can be an adjective of a noun of that
// gender in the nominative singular, and whether it can hardly be a noun.
func looksAdjective(w string, g Gender) (may, must bool) {
	lower := strings.ToLower(w)
	if _, ok := lexicon[lower]; ok {
		return false, false
	}
	if g == Masculine && indefinite[lower] != "" {
		return true, true
	}
	ending := map[Gender][]string{Masculine: {"i", "en", "an", "ov", "ev"}, Feminine: {"a"}, Neuter: {"o", "e"}}[g]
	for _, e := range ending {
		stem, ok := strings.CutSuffix(lower, e)
		if !ok || len(stem) < 3 {
			continue
		}
		if g == Masculine {
			return true, e == "i"
		}
		for _, s := range []string{"sk", "šk", "vn", "ln", "rn", "čn", "jn", "tn", "dn", "žn", "šn", "mn", "zn", "pn", "bn", "ov", "ev", "en", "an", "oč", "tuj"} {
			if strings.HasSuffix(stem, s) {
				return true, s != "ov" && s != "ev" && s != "an" && s != "en" || e == "o"
			}
		}
	}
	return false, false
}
