package record

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A Form is what a field holds that a house has added to its register. Values are kept
// as text: days as 2026-11-30, numbers with a full stop, "yes" and "no".
type Form string

// The forms.
const (
	Text   Form = "text"
	Long   Form = "long" // of many lines
	Number Form = "number"
	Day    Form = "day"
	Pick   Form = "choice"
	YesNo  Form = "yesno"
)

// Forms are all forms in the order in which they are offered.
func Forms() []Form { return []Form{Text, Long, Number, Day, Pick, YesNo} }

// The longest that is kept, in letters.
const longestText, longestLong, longestTold = 300, 10_000, 60

// Read reads what a person typed as the value that is kept; empty for none.
func (f Form) Read(typed string, choices []string) (string, error) {
	if f != Long {
		typed = strings.Map(func(r rune) rune {
			if unicode.IsControl(r) {
				return ' '
			}
			return r
		}, typed)
		typed = strings.Join(strings.Fields(typed), " ")
	}
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", nil
	}
	wrong := func(key string, args ...any) (string, error) { return "", fault.New(fault.Invalid, key, args...) }
	told := string([]rune(typed)[:min(utf8.RuneCountInString(typed), longestTold)])
	switch f {
	case Number:
		n, ok := number(typed)
		if !ok {
			return wrong("members.detail.number")
		}
		return n, nil
	case Day:
		day, err := civil.ParseHuman(typed)
		if err != nil {
			return wrong("form.date")
		}
		return day.String(), nil
	case Pick:
		for _, c := range choices {
			if folded(c) == folded(typed) {
				return c, nil
			}
		}
		return wrong("members.detail.choice", "cell", told)
	case YesNo:
		switch folded(typed) {
		case "yes", "da", "1", "y", "x", "true", "ja":
			return "yes", nil
		case "no", "ne", "0", "n", "false":
			return "no", nil
		}
		return wrong("members.detail.yesno", "cell", told)
	}
	most := longestText
	if f == Long {
		most = longestLong
	}
	if utf8.RuneCountInString(typed) > most {
		return wrong("members.too_long", "most", most)
	}
	return typed, nil
}

// number reads "1.234,50", "1234,5" and "-7" as "1234.5", "1234.5" and "-7".
func number(s string) (string, bool) {
	s = strings.NewReplacer(" ", "", "\u00a0", "", "−", "-").Replace(s)
	if strings.Contains(s, ",") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, ".", ""), ",", ".")
	}
	sign := ""
	if rest, minus := strings.CutPrefix(s, "-"); minus {
		sign, s = "-", rest
	}
	whole, part, _ := strings.Cut(s, ".")
	if whole == "" || len(whole) > 15 || len(part) > 6 || strings.Trim(whole+part, "0123456789") != "" {
		return "", false
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if part = strings.TrimRight(part, "0"); part != "" {
		whole += "." + part
	}
	if whole == "0" {
		sign = ""
	}
	return sign + whole, true
}

// Held is a kept value as it is looked through: a number or a day as it is kept,
// anything else folded.
func (f Form) Held(value string) string {
	if f.Ordered() {
		return value
	}
	return folded(value)
}

// Ordered reports whether of two values one is the lesser.
func (f Form) Ordered() bool { return f == Number || f == Day }

// Fits is whether a value, as it is held, is what somebody asks for: of a number or a
// day the value, or one from least to most; of a text one that has the words; of what
// is chosen the choice. It is nil if anything will do.
func (f Form) Fits(value, least, most string) (func(held string) bool, error) {
	var wrong fault.Fields
	for name, typed := range map[string]*string{"value": &value, "least": &least, "most": &most} {
		if !f.Ordered() {
			*typed = f.Held(*typed)
			continue
		}
		read, err := f.Read(*typed, nil)
		if w := fault.Of(err); w != nil {
			wrong.Add(name, w.Key, w.Args...)
		}
		*typed = read
	}
	compare := strings.Compare
	if f == Number {
		compare = compareNumbers
	}
	switch {
	case f.Ordered() && value+least+most != "":
		return func(has string) bool {
			return (value == "" || has == value) && (least == "" || compare(has, least) >= 0) && (most == "" || compare(has, most) <= 0)
		}, wrong.Err()
	case f.Ordered() || value == "":
		return nil, wrong.Err()
	case f == Text || f == Long:
		return func(has string) bool { return strings.Contains(has, value) }, nil
	}
	return func(has string) bool { return has == value }, nil
}

// compareNumbers orders numbers as they are kept.
func compareNumbers(a, b string) int {
	x, negative := strings.CutPrefix(a, "-")
	y, also := strings.CutPrefix(b, "-")
	switch {
	case negative && !also:
		return -1
	case also && !negative:
		return 1
	}
	wholeX, partX, _ := strings.Cut(x, ".")
	wholeY, partY, _ := strings.Cut(y, ".")
	n := cmp.Or(cmp.Compare(len(wholeX), len(wholeY)), strings.Compare(wholeX, wholeY), strings.Compare(partX, partY))
	if negative {
		return -n
	}
	return n
}

// folded are the folded words of s.
func folded(s string) string {
	words := strings.FieldsFunc(textkit.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " ")
}
