package listed_test

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/listed"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// toy reads sentences of two words, "§5 weg", "Abs2 weg" and "Abs2:", each of
// which says a place; other words are a refusal.
var toy = listed.Language{
	Item:   "Nummer",
	Amends: func(heading string) bool { return strings.HasPrefix(heading, "Änderung") },
	Ends: func(text string) (ends []int) {
		for i := range text {
			if text[i] == '.' {
				ends = append(ends, i+1)
			}
		}
		if len(ends) == 0 || ends[len(ends)-1] < len(text) {
			ends = append(ends, len(text))
		}
		return ends
	},
	Unquote: func(s string) string { return strings.Trim(s, "„“\n ") },
	One: func(s listed.Saying) ([]amend.Op, *amend.Refusal, listed.Above) {
		down := s.Above
		words := strings.Fields(strings.TrimRight(s.Text, ".:"))
		step := listed.Step{Level: listed.Article}
		step.Unit = lawtext.Article
		num, ok := strings.CutPrefix(words[0], "§")
		if !ok {
			num, ok = strings.CutPrefix(words[0], "Abs")
			step.Level, step.Unit = listed.Paragraph, lawtext.Paragraph
		}
		if !ok || s.Above.Lost {
			return nil, &amend.Refusal{Reason: amend.UnknownWord, Words: words[0]}, listed.Above{Lost: true}
		}
		step.Numbers = []lawcite.Range{{From: num}}
		place := listed.Place{Steps: []listed.Step{step}}
		if !place.Fits(s.Above.At) {
			return nil, &amend.Refusal{Reason: amend.NoTarget, Words: words[0]}, down
		}
		down.At = place.Within(s.Above.At)
		if s.List {
			return nil, nil, down
		}
		return []amend.Op{{Verb: amend.Delete, At: down.At.Ref(), Payload: s.Payload}}, nil, down
	},
}

func told(in amend.Instruction) string {
	out := in.Article + ":"
	if in.Refused != nil {
		return out + " refused " + string(in.Refused.Reason) + " " + in.Refused.Words
	}
	for _, op := range in.Ops {
		for _, s := range op.At.Steps {
			out += " " + string(s.Unit) + " " + s.Numbers[0].From
		}
		if op.Payload != "" {
			out += " [" + op.Payload + "]"
		}
	}
	return out
}

func TestPlacesAreHandedDown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ list, want string }{
		{"1. §5 weg.", "1 Nummer 1: article 5"},
		{"1. §5 weg. §6 weg.", "1 Nummer 1: article 5|1 Nummer 1: article 6"},
		{"1. §5:\n\na) Abs1 weg.\n\nb) Abs2 weg.\n\n2. §6 weg.", "1 Nummer 1: article 5 paragraph 1|1 Nummer 1: article 5 paragraph 2|1 Nummer 2: article 6"},
		{"1. Abs1:\n\na) §5 weg.", "1 Nummer 1: refused no-target §5"},
		{"1. Unsinn:\n\na) Abs1 weg.\n\n2. §6 weg.", "1 Nummer 1: refused unknown-word Unsinn|1 Nummer 1: refused unknown-word Abs1|1 Nummer 2: article 6"},
	} {
		act := lawtext.ParseIn("de", "Artikel 1\n\n"+c.list+"\n")
		var got []string
		for _, in := range toy.Read(act) {
			if got = append(got, told(in)); in.Span.Start < 0 || in.Span.End > len(act.Source) || in.Span.Start >= in.Span.End {
				t.Errorf("%s: a span outside of the text: %v", c.list, in.Span)
			}
		}
		if g := strings.Join(got, "|"); g != c.want {
			t.Errorf("%s\n got  %s\n want %s", c.list, g, c.want)
		}
	}
}

func TestOneSentenceWithinAPlace(t *testing.T) {
	t.Parallel()
	within := listed.PlaceOf(lawcite.Ref{Steps: []lawcite.Step{{Unit: lawtext.Article, Numbers: []lawcite.Range{{From: "7"}}}}})
	if got := told(toy.ReadSentence("Abs2 weg.", "„(2) Text“", within)); got != ": article 7 paragraph 2 [„(2) Text“]" {
		t.Errorf("got %s", got)
	}
	if got := told(toy.ReadSentence("", "", within)); got != ": refused no-pattern " {
		t.Errorf("got %s", got)
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	point := func(num string) lawcite.Step {
		return lawcite.Step{Unit: lawtext.Point, Numbers: []lawcite.Range{{From: num}}}
	}
	art := lawcite.Step{Unit: lawtext.Article, Numbers: []lawcite.Range{{From: "5"}}}
	p := listed.PlaceOf(lawcite.Ref{Steps: []lawcite.Step{art, point("1"), point("a")}})
	switch up := p.UpTo(listed.Letter); {
	case p.Last() != listed.Letter, up.Last() != listed.Figure, len(up.Steps) != 2:
		t.Errorf("points inside points take the levels in turn: %v", p)
	case p.Many():
		t.Error("one provision is not many")
	case !listed.PlaceOf(lawcite.Ref{Steps: []lawcite.Step{point("b")}}).Fits(listed.PlaceOf(lawcite.Ref{Steps: []lawcite.Step{art}})):
		t.Error("a point goes under an article")
	case p.Fits(p):
		t.Error("no level is said twice")
	case (listed.Place{}).Within(p).Last() != p.Last():
		t.Error("nothing under a place is the place")
	}
	two := art
	two.Numbers = []lawcite.Range{{From: "5", To: "7"}}
	if !listed.PlaceOf(lawcite.Ref{Steps: []lawcite.Step{two}}).Many() {
		t.Error("a range is many")
	}
}
