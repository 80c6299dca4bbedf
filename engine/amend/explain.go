package amend

import (
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/engine/lawcite"
)

// Explain tells an operation in plain English: `in article 4, paragraph 1: "roje"
// in place of "panje"`. Long texts are cut.
func (op Op) Explain() string {
	w := op.deed()
	if op.Old {
		w += ", counted as before"
	}
	if op.Cascade {
		w += ", in all forms of the words"
	}
	switch {
	case op.All:
		w += ", wherever it stands"
	case op.Times > 0 && op.New.Unit == "":
		w += fmt.Sprintf(", %d times", op.Times)
	}
	if op.Heading {
		w += ", with its heading"
	}
	if len(op.Past.Steps) > 0 {
		w += ", the first after " + path(op.Past)
	}
	return w
}

func (op Op) deed() string {
	at, fresh := path(op.At), steps(op.New)
	if op.Also.Unit != "" {
		fresh += " and " + steps(op.Also)
	}
	switch op.Verb {
	case Replace:
		if op.New.Unit != "" {
			return "replace " + at + " by " + fresh
		}
		return "replace " + at
	case ReplaceBody:
		return "replace the text of " + at + ", not its number and heading"
	case Insert:
		return "put in " + fresh + op.beside()
	case Delete:
		return "delete " + at
	case Renumber:
		return at + " becomes " + fresh
	case Wrap:
		return "the text of " + at + " becomes " + fresh
	case Unwrap:
		return "the text of " + at + " becomes that of the article"
	case Restate:
		return "replace the text" + op.beside()
	case Erase:
		return "delete the text" + op.beside()
	case Append:
		return "put in a text" + op.beside()
	case Lift:
		return "move the heading of " + at + " above its number"
	case Repeal:
		if at == "" {
			return "repeal " + strings.Join(op.Acts, " and ")
		}
		return "repeal " + at
	case Commence:
		return "enter into force" + op.Force.String()
	case Transitory:
		return "a rule of the amending act itself"
	}
	if at == "" {
		at = "the whole act"
	}
	if op.Verb == Manual {
		return "for a person: in " + at + ": " + op.words()
	}
	return "in " + at + ": " + op.words()
}

// words tells what is done with words.
func (op Op) words() string {
	where := ""
	switch {
	case op.Place == AtEnd && op.Anchor != "":
		where = fmt.Sprintf(" at the end, before %q", op.Anchor)
	case op.Place == AtEnd:
		where = " at the end"
	case op.Anchor != "":
		where = fmt.Sprintf(" %s %q", op.Place, op.Anchor)
	}
	switch {
	case op.Text != "" && op.With != "":
		return fmt.Sprintf("%q in place of %q", cut(op.With), cut(op.Text)) + where
	case op.Text != "":
		return fmt.Sprintf("without %q", cut(op.Text)) + where
	}
	return fmt.Sprintf("add %q", cut(op.With)) + where
}

// beside tells where something goes.
func (op Op) beside() string {
	at := path(op.At)
	switch {
	case at == "" && op.Place == AtEnd:
		return " at the end"
	case at == "":
		return ""
	case op.Place == AtEnd:
		return " at the end of " + at
	case op.Place == Anywhere:
		return " in " + at
	}
	return " " + string(op.Place) + " " + at
}

// String tells when an act begins to be valid and to be applied.
func (f *Force) String() string {
	if f == nil {
		return ""
	}
	w := ""
	if f.From != (Day{}) {
		w = " " + f.From.String()
	}
	if f.Applies != (Day{}) {
		w += ", apply " + f.Applies.String()
	}
	return w
}

func (d Day) String() string {
	switch {
	case !d.On.IsZero():
		return "on " + d.On.String()
	case d.After == 1:
		return "on the day after the publication"
	case d.After > 0:
		return fmt.Sprintf("%d days after the publication", d.After)
	}
	return "when: " + cut(d.Event)
}

// path writes a reference from the outside in, in no language: "article 5,
// paragraph 2".
func path(r lawcite.Ref) string {
	var out []string
	for _, s := range r.Steps {
		out = append(out, steps(s))
	}
	return strings.Join(out, ", ")
}

// steps writes one level of a reference.
func steps(s lawcite.Step) string {
	var nums []string
	for _, n := range s.Numbers {
		w := map[string]string{lawcite.Last: "the last", lawcite.NextToLast: "the last but one"}[n.From]
		if w == "" {
			w = n.From
		}
		if n.To != "" {
			w += " to " + n.To
		}
		nums = append(nums, w)
	}
	w := string(s.Unit)
	if len(nums) > 0 {
		w += " " + strings.Join(nums, " and ")
	}
	if s.Named != "" {
		w += fmt.Sprintf(" %q", cut(s.Named))
	}
	return w
}
