package lawtext

import "strings"

// A bill of the government is wrapped (rules of the government, article 8.b):
// an introduction before the articles, and after them an explanation and the
// articles of the act in force as they are. None of these are the act, and the
// last have numbers that clash with its own.

// introduction finds the introduction of a bill, of which line from is the heading
// and line to the heading of the articles. Without one it returns -1, -1.
func introduction(in []line) (from, to int) {
	from = -1
	for i, l := range in {
		switch s := wrapWord(l.text); {
		case from < 0 && s == "UVOD":
			from = i
		case s == "BESEDILO ČLENOV":
			if from < 0 {
				from = i
			}
			return from, i
		}
	}
	return -1, -1
}

// enclosures are what follows the articles of a wrapped bill, with the IDs of
// their components.
var enclosures = [...]struct{ begins, id string }{
	{"OBRAZLOŽITEV", "obrazložitev"},
	{"BESEDILO ČLENOV, KI SE", "veljavno"},
	{"PREDLOG, DA SE", "postopek"},
	{"PRILOG", "priloge"},
}

// enclosure returns the ID of the component that a heading such as "III.
// OBRAZLOŽITEV" begins, or "".
func enclosure(s string) string {
	w := wrapWord(s)
	for _, e := range enclosures {
		if strings.HasPrefix(w, e.begins) {
			return e.id
		}
	}
	return ""
}

// wrapWord returns what a heading of the wrapping says without its number, or
// "": "BESEDILO ČLENOV" of "II. BESEDILO ČLENOV".
func wrapWord(s string) string {
	first, rest, _ := strings.Cut(s, " ")
	if _, ok := roman(first); !ok || !strings.HasSuffix(first, ".") || !isCaps(rest) {
		return ""
	}
	return strings.TrimRight(unspaced(rest), ":.")
}
