package members

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A DetailID names a detail for good.
type DetailID string

// A Form is what a detail holds.
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

// An Eye is who sees a detail.
type Eye string

// The eyes.
const (
	OfOffice  Eye = "office"
	OfSelf    Eye = "self"    // the office, and the member of themself
	OfMembers Eye = "members" // all members
)

// Eyes are all eyes in the order in which they are offered.
func Eyes() []Eye { return []Eye{OfOffice, OfSelf, OfMembers} }

// A Detail is a field that the house has added to the entries of its register
// (lastno polje).
type Detail struct {
	ID       DetailID
	Label    string
	Hint     string
	Form     Form
	Choices  []string // of a Pick
	Seen     Eye
	Kind     Kind // only of these; empty for both
	Required bool
	Closed   bool // is kept, and asked for no more
	Place    int  // in the order in which they are shown
}

// Details are what the register has of a member beside the usual, as it is kept:
// days as 2026-11-30, numbers with a full stop, "yes" and "no".
type Details map[DetailID]string

const mostChoices, mostDetails = 100, 60

// Tidy returns d as it is kept.
func (d Detail) Tidy() Detail {
	d.Label, d.Hint = line(d.Label), line(d.Hint)
	var choices []string
	for _, c := range d.Choices {
		if c = line(c); c != "" && !slices.Contains(choices, c) {
			choices = append(choices, c)
		}
	}
	d.Choices = choices
	if d.Form != Pick {
		d.Choices = nil
	}
	return d
}

// Check returns the faults of a detail.
func (d Detail) Check() error {
	var wrong fault.Fields
	switch {
	case d.Label == "":
		wrong.Add("label", "members.detail.label.empty")
	case utf8.RuneCountInString(d.Label) > longestLine:
		wrong.Add("label", "members.too_long", "most", longestLine)
	}
	if utf8.RuneCountInString(d.Hint) > longestName {
		wrong.Add("hint", "members.too_long", "most", longestName)
	}
	if !slices.Contains(Forms(), d.Form) {
		wrong.Add("form", "members.detail.form.unknown")
	}
	if !slices.Contains(Eyes(), d.Seen) {
		wrong.Add("seen", "members.detail.seen.unknown")
	}
	if d.Kind != "" && !slices.Contains(Kinds(), d.Kind) {
		wrong.Add("kind", "members.kind.unknown")
	}
	if d.Form == Pick && (len(d.Choices) < 2 || len(d.Choices) > mostChoices) {
		wrong.Add("choices", "members.detail.choices", "most", mostChoices)
	}
	for _, c := range d.Choices {
		if utf8.RuneCountInString(c) > longestLine {
			wrong.Add("choices", "members.too_long", "most", longestLine)
			break
		}
	}
	return wrong.Err()
}

// Of reports whether members of the kind are asked for the detail.
func (d Detail) Of(k Kind) bool { return !d.Closed && (d.Kind == "" || d.Kind == k) }

// Field is the name of the detail in forms.
func (d Detail) Field() string { return "detail-" + string(d.ID) }

// Read reads what a person typed as the value that is kept; empty for none.
func (d Detail) Read(typed string) (string, error) {
	if d.Form != Long {
		typed = line(typed)
	}
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", nil
	}
	wrong := func(key string, args ...any) (string, error) { return "", fault.In(d.Field(), key, args...) }
	switch d.Form {
	case Long:
		if utf8.RuneCountInString(typed) > longestNote {
			return wrong("members.too_long", "most", longestNote)
		}
		return typed, nil
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
		for _, c := range d.Choices {
			if folded(c) == folded(typed) {
				return c, nil
			}
		}
		return wrong("members.detail.choice", "cell", beginning(typed, 60))
	case YesNo:
		switch strings.TrimSpace(folded(typed)) {
		case "yes", "da", "1", "y", "x", "true", "ja":
			return "yes", nil
		case "no", "ne", "0", "n", "false":
			return "no", nil
		}
		return wrong("members.detail.yesno", "cell", beginning(typed, 60))
	}
	if utf8.RuneCountInString(typed) > longestName {
		return wrong("members.too_long", "most", longestName)
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

// held is the value as the roll has it: a number or a day as it is kept, anything
// else folded.
func (d Detail) held(value string) string {
	if d.ordered() {
		return value
	}
	return strings.TrimSpace(folded(value))
}

// ordered reports whether of two values one is the lesser.
func (d Detail) ordered() bool { return d.Form == Number || d.Form == Day }

// fits is whether a value, as it is held, is what somebody asks for: of a number or
// a day the value, or one from least to most; of a text one that has the words; of
// what is chosen the choice. It is nil if anything will do.
func (d Detail) fits(value, least, most string) (func(string) bool, error) {
	var wrong fault.Fields
	for name, typed := range map[string]*string{"value": &value, "least": &least, "most": &most} {
		if !d.ordered() {
			*typed = d.held(*typed)
			continue
		}
		read, err := d.Read(*typed)
		if f := fault.Of(err); f != nil {
			wrong.Add(name, f.Key, f.Args...)
		}
		*typed = read
	}
	compare := strings.Compare
	if d.Form == Number {
		compare = compareNumbers
	}
	switch {
	case d.ordered() && value+least+most != "":
		return func(has string) bool {
			return (value == "" || has == value) && (least == "" || compare(has, least) >= 0) && (most == "" || compare(has, most) <= 0)
		}, wrong.Err()
	case d.ordered() || value == "":
		return nil, wrong.Err()
	case d.Form == Text || d.Form == Long:
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

// read reads the values of a member as a form has them. Details that are not asked
// of the kind are left out.
func (list detailList) read(k Kind, given Details) (Details, error) {
	out, wrong := Details{}, fault.Fields{}
	for _, d := range list {
		typed, is := given[d.ID]
		if !is || !d.Of(k) {
			continue
		}
		v, err := d.Read(typed)
		switch f := fault.Of(err); {
		case f != nil:
			wrong = append(wrong, f)
		case v == "" && d.Required:
			wrong.Add(d.Field(), "members.detail.required", "label", d.Label)
		}
		out[d.ID] = v
	}
	return out, wrong.Err()
}

type detailList []Detail

func (list detailList) by(id DetailID) (Detail, bool) {
	i := slices.IndexFunc(list, func(d Detail) bool { return d.ID == id })
	if i < 0 {
		return Detail{}, false
	}
	return list[i], true
}

// open are the details that all members see.
func (list detailList) open(all Details) Details {
	out := Details{}
	for _, d := range list {
		if v := all[d.ID]; v != "" && d.Seen == OfMembers {
			out[d.ID] = v
		}
	}
	return out
}
