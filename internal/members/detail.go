package members

import (
	"slices"
	"unicode/utf8"

	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A DetailID names a detail for good.
type DetailID string

// A Form is what a detail holds, one of these.
type Form = record.Form

const Text, Long, Number, Day, Pick, YesNo = record.Text, record.Long, record.Number, record.Day, record.Pick, record.YesNo

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
	if !slices.Contains(record.Forms(), d.Form) {
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
	v, err := d.Form.Read(typed, d.Choices)
	if f := fault.Of(err); f != nil {
		return "", fault.In(d.Field(), f.Key, f.Args...)
	}
	return v, err
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
