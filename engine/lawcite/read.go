package lawcite

import (
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// A Found is a reference in a text. Start and End are its place in bytes.
type Found struct {
	Ref
	Forms      Forms // the case and number of the noun that comes first
	Start, End int
}

// Read finds all references to provisions in a text.
func Read(text string) []Found {
	toks := Scan(text)
	var out []Found
	for i := 0; i < len(toks); {
		p, end := Phrase(toks, i)
		if end == i {
			i++
			continue
		}
		f := Found{p.Ref, p.Forms, toks[i].Start, toks[end-1].End}
		i = end
		for { // from the article down: "v 4. členu v prvem odstavku"
			k := i
			for k < len(toks) && k < i+3 && joins(toks[k]) {
				k++
			}
			q, end := Phrase(toks, k)
			if k == i || end == k || q.Steps[0].Relation != "" ||
				depth(q.Steps[0].Unit) <= depth(f.Steps[len(f.Steps)-1].Unit) {
				break
			}
			f.Steps = append(f.Steps, q.Steps...)
			f.End, i = toks[end-1].End, end
		}
		out = append(out, f)
	}
	return out
}

func joins(t Token) bool {
	switch t.Low() {
	case "v", "se", ",":
		return true
	}
	return false
}

// A reference has so many steps and numbers at most, so that a text of nothing else is
// read in linear time.
const mostSteps, mostNumbers = 16, 256

// Phrase reads the reference that begins at token i, and returns the token
// after it; i itself if none begins there.
func Phrase(toks []Token, i int) (Found, int) {
	step, forms, end := readStep(toks, i)
	if end == i {
		return Found{}, i
	}
	f := Found{Forms: forms, Start: toks[i].Start}
	f.Steps = []Step{step}
	for end < len(toks) && len(f.Steps) < mostSteps {
		up, forms, next := readStep(toks, end)
		if next == end || !forms.Has(Genitive) || depth(up.Unit) >= depth(f.Steps[0].Unit) && !lists(up.Unit, f.Steps[0].Unit) {
			break
		}
		f.Steps = append([]Step{up}, f.Steps...)
		end = next
	}
	f.End = toks[end-1].End
	return f, end
}

// lists tells the units that may hold each other: an indent may have points, a
// section sections.
func lists(up, in Unit) bool {
	return up == lawtext.Indent && in == lawtext.Point || up == lawtext.Section && in == lawtext.Section
}

// readStep reads one unit with its numbers. A noun alone is a step only if a
// label follows it, or a word such as "tega" stands before it.
func readStep(toks []Token, i int) (Step, Forms, int) {
	k := i
	var s Step
	if k < len(toks) && toks[k].Sort == Word {
		if s.Relation = relations[toks[k].Low()]; s.Relation != "" {
			k++
		}
	}
	if k < len(toks) && k+1 < len(toks) && strings.HasPrefix(toks[k].Low(), "napovedn") {
		if u, f := ReadUnit(toks[k+1].Text); u == Sentence {
			return Step{Unit: Intro, Relation: s.Relation}, f, k + 2
		}
	}
	if s.Relation == "" {
		s.Numbers, k = readNumbers(toks, k)
	}
	if k >= len(toks) || toks[k].Sort != Word {
		return Step{}, 0, i
	}
	unit, forms := ReadUnit(toks[k].Text)
	if unit == "" {
		return Step{}, 0, i
	}
	s.Unit = unit
	if s.Label = len(s.Numbers) > 0 && toks[k-1].Sort == Label; s.Label && unit != lawtext.Point {
		return Step{}, 0, i // "c) točka", and no other unit
	}
	k++
	if len(s.Numbers) == 0 && s.Relation == "" {
		if k < len(toks) && unit == lawtext.Point && toks[k].Sort == Number && strings.Contains(toks[k].Text, ".") {
			s.Numbers = []Range{{From: toks[k].Text}} // "točka 3.a"
			return s, forms, k + 1
		}
		if k >= len(toks) || toks[k].Sort != Label {
			return Step{}, 0, i
		}
		s.Label = true
		for s.Numbers = []Range{{From: toks[k].Text}}; k+2 < len(toks) && and(toks[k+1]) && toks[k+2].Sort == Label; k += 2 {
			s.Numbers = append(s.Numbers, Range{From: toks[k+2].Text})
		}
		k++
	}
	return s, forms, k
}

var relations = map[string]Relation{
	"prejšnji": Previous, "prejšnjega": Previous, "prejšnjem": Previous, "prejšnjemu": Previous, "prejšnjim": Previous,
	"prejšnja": Previous, "prejšnje": Previous, "prejšnjo": Previous,
	"tega": Same, "tem": Same, "temu": Same, "ta": Same, "te": Same, "tej": Same, "to": Same,
	"istega": Same, "istem": Same, "iste": Same, "isti": Same,
}

func and(t Token) bool {
	switch t.Low() {
	case "in", "ter", ",", "oziroma", "ali":
		return true
	}
	return false
}

func upTo(t Token) bool { return t.Low() == "do" || t.Text == "–" || t.Text == "-" }

// readNumbers reads "10., 11. in 12.", "11. do 14.", "prvi in drugi".
func readNumbers(toks []Token, i int) (nums []Range, end int) {
	n, ok := readNumber(toks, i)
	if !ok {
		return nil, i
	}
	nums, end = []Range{{From: n}}, i+1
	for end+1 < len(toks) && len(nums) < mostNumbers {
		n, ok := readNumber(toks, end+1)
		ok = ok && toks[end+1].Sort == toks[i].Sort // words and figures are not mixed
		switch {
		case ok && and(toks[end]):
			nums = append(nums, Range{From: n})
		case ok && upTo(toks[end]) && nums[len(nums)-1].To == "":
			nums[len(nums)-1].To = n
		default:
			return nums, end
		}
		end += 2
	}
	return nums, end
}

func readNumber(toks []Token, i int) (string, bool) {
	if i >= len(toks) {
		return "", false
	}
	switch t := toks[i]; t.Sort {
	case Number:
		return t.Text, t.Dot
	case Label:
		return t.Text, true
	case Word:
		w := t.Low()
		if n, ok := ReadOrdinal(w); ok {
			return strconv.Itoa(n), true
		}
		switch strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(w, "ega"), "em"), "iaeom") {
		case "zadnj":
			return Last, true
		case "predzadnj":
			return NextToLast, true
		}
	}
	return "", false
}
