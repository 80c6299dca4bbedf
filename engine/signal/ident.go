package signal

import (
	"slices"
	"strings"
	"unicode"
)

// identifiers finds the numbers of registries. Each has a form of its own, so
// that no word before it is needed.
func identifiers(text string) Identifiers {
	var ids Identifiers
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return r != '-' && r != '–' && r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}) {
		if len(w) < 5 || len(w) > 60 {
			continue
		}
		w = strings.Trim(strings.ReplaceAll(w, "–", "-"), "-_")
		switch form(w) {
		case "9999-9999-9999":
			ids.EVA = once(ids.EVA, w)
		case "9999-99-9999":
			ids.SOP = once(ids.SOP, w)
		default:
			switch {
			case isCase(w):
				ids.EPA = once(ids.EPA, w)
			case isRegister(w):
				ids.PISRS = once(ids.PISRS, w)
			case isCall(w):
				ids.Calls = once(ids.Calls, w)
			}
		}
	}
	return ids
}

func once(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

// form is w with every digit as 9, or empty if w has anything but digits and
// hyphens.
func form(w string) string {
	b := []byte(w)
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
			b[i] = '9'
		case c != '-':
			return ""
		}
	}
	return string(b)
}

// isCase reports whether w is a case of the National Assembly: "1516-IV".
func isCase(w string) bool {
	no, term, ok := strings.Cut(w, "-")
	return ok && len(no) <= 4 && form(no) != "" && !strings.Contains(no, "-") && term != "" && strings.Trim(term, "IVX") == ""
}

// isRegister reports whether w is a key of the register of regulations.
func isRegister(w string) bool {
	if len(w) < 5 || len(w) > 10 || strings.Trim(w[4:], "0123456789") != "" {
		return false
	}
	switch w[:4] {
	case "ZAKO", "URED", "PRAV", "RESO", "POSL", "ODLO", "SKLE", "NAVO", "STAT", "ODRE", "USTA", "AKTI":
		return true
	}
	return false
}

// isCall reports whether w is the code of a call: "JPR-PROG-2018-2021",
// "JPR-Romi-2017", "JR-NPJP-2016-2017".
func isCall(w string) bool {
	kind, rest, ok := strings.Cut(w, "-")
	return ok && len(kind) < 5 && kind == strings.ToUpper(kind) && strings.ContainsAny(rest, "0123456789") &&
		(strings.HasPrefix(kind, "JP") || strings.HasPrefix(kind, "JR"))
}
