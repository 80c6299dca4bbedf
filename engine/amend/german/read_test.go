package german

import (
	"fmt"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// show writes operations in a small notation: "text-replace 5/2 [a>b]".
func show(in amend.Instruction) string {
	if in.Refused != nil {
		return "refused " + string(in.Refused.Reason) + ": " + in.Refused.Words
	}
	var out []string
	for _, op := range in.Ops {
		s := string(op.Verb)
		if op.Act != "" {
			s += " {" + op.Act + "}"
		}
		if at := showRef(op.At); at != "" {
			s += " " + at
		}
		if op.Old {
			s += " old"
		}
		if op.Place != "" {
			s += " " + string(op.Place)
		}
		if op.New.Unit != "" {
			s += " new " + showRef(lawcite.Ref{Steps: []lawcite.Step{op.New}})
		}
		if op.Verb == amend.TextReplace || op.Verb == amend.TextInsert || op.Verb == amend.TextDelete {
			s += " [" + op.Anchor + "|" + op.Text + "|" + op.With + "]"
		}
		if op.All {
			s += " all"
		}
		if op.Payload != "" {
			s += " “" + strings.ReplaceAll(op.Payload, "\n\n", " / ") + "”"
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func showRef(r lawcite.Ref) string {
	var out []string
	for _, s := range r.Steps {
		w := map[lawcite.Unit]string{lawtext.Article: "§", lawtext.Paragraph: "Abs", lawtext.Point: "", lawcite.Sentence: "S",
			lawcite.Intro: "intro", lawcite.Heading: "heading", lawtext.Annex: "Anlage"}[s.Unit]
		for i, n := range s.Numbers {
			if i > 0 {
				w += ","
			}
			if w += n.From; n.To != "" {
				w += "-" + n.To
			}
		}
		out = append(out, w)
	}
	return strings.Join(out, "/")
}

func TestReadsSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"In § 5 Absatz 2 Satz 1 wird das Wort „rot“ durch das Wort „blau“ ersetzt.", "text-replace §5/Abs2/S1 [|rot|blau]"},
		{"In § 5 wird in Absatz 2 das Wort „rot“ gestrichen.", "text-delete §5/Abs2 [|rot|]"},
		{"In § 5 Absatz 2 Nummer 3 Buchstabe a Doppelbuchstabe bb werden die Wörter „ein Haus“ gestrichen.", "text-delete §5/Abs2/3/a/bb [|ein Haus|]"},
		{"In § 5 Absatz 1 wird nach dem Wort „Hunde“ ein Komma und das Wort „Katzen“ eingefügt.", "text-insert §5/Abs1 after [Hunde||, Katzen]"},
		{"In § 5 Absatz 1 und 2 wird jeweils das Wort „rot“ durch das Wort „blau“ ersetzt.", "text-replace §5/Abs1,2 [|rot|blau] all"},
		{"In § 5 Absatz 1 und 2 wird das Wort „rot“ durch das Wort „blau“ ersetzt.", "refused no-pattern: ersetzt"},
		{"In § 5 Absatz 1 Satz 2 und § 6 Satz 3 wird jeweils die Zahl „5“ durch die Zahl „6“ ersetzt.", "text-replace §5/Abs1/S2 [|5|6] all; text-replace §6/S3 [|5|6] all"},
		{"In § 5 Nummer 2 wird der Punkt am Ende durch ein Komma und das Wort „und“ ersetzt.", "text-replace §5/2 end [|.|, und]"},
		{"In § 5 werden die Wörter „a b“ durch die Wörter „c d“ und die Angabe „§ 3“ durch die Angabe „§ 4“ ersetzt.", "text-replace §5 [|a b|c d]; text-replace §5 [|§ 3|§ 4]"},
		{"In § 5 wird die Angabe „2“ durch die Angabe „3“ ersetzt und wird das Wort „nur“ gestrichen.", "text-replace §5 [|2|3]; text-delete §5 [|nur|]"},
		{"In der Überschrift, in § 1 Satz 1 und in § 5 wird jeweils das Wort „x“ durch das Wort „y“ ersetzt.", "text-replace heading [|x|y] all; text-replace §1/S1 [|x|y] all; text-replace §5 [|x|y] all"},
		{"In dem Satzteil vor Nummer 1 wird das Wort „x“ gestrichen.", "text-delete intro [|x|]"},
		{"§ 5 wird aufgehoben.", "delete §5"},
		{"§ 5 Absatz 2 und § 6 werden aufgehoben.", "delete §5/Abs2; delete §6"},
		{"Die §§ 5 bis 7 werden aufgehoben.", "delete §5-7"},
		{"§ 5 Absatz 3 wird wie folgt gefasst: „(3) Neu.“", "replace §5/Abs3 “(3) Neu.”"},
		{"§ 5 erhält folgende Fassung: „§ 5 Neu.“", "replace §5 “§ 5 Neu.”"},
		{"Die Überschrift des § 5 wird wie folgt gefasst: „Ziele“", "replace §5/heading “Ziele”"},
		{"§ 5 Absatz 1 wird durch die folgenden Absätze 1 und 1a ersetzt: „(1) A. (1a) B.“", "replace §5/Abs1 new Abs1,1a “(1) A. (1a) B.”"},
		{"Nach § 5 wird folgender § 5a eingefügt: „§ 5a Neu.“", "insert §5 after new §5a “§ 5a Neu.”"},
		{"Nach § 5 Absatz 2 Satz 1 wird folgender Satz eingefügt: „Neu.“", "insert §5/Abs2/S1 after new S “Neu.”"},
		{"Vor § 5 Absatz 1 Nummer 1 wird folgende Nummer 0 eingefügt: „0. x,“", "insert §5/Abs1/1 before new 0 “0. x,”"},
		{"Dem § 5 wird folgender Absatz 4 angefügt: „(4) Neu.“", "insert §5 end new Abs4 “(4) Neu.”"},
		{"Der Nummer 3 werden die folgenden Buchstaben c bis e angefügt: „c) x“", "insert 3 end new c,d,e “c) x”"},
		{"Die bisherigen Absätze 4 und 5 werden die Absätze 3 und 4.", "renumber Abs4,5 old new Abs3,4"},
		{"Der bisherige Absatz 4 wird Absatz 5 und in Satz 1 wird das Wort „x“ gestrichen.", "renumber Abs4 old new Abs5; text-delete Abs4/S1 old [|x|]"},
		{"Der bisherige Wortlaut von § 5 wird Absatz 1.", "refused unknown-word: von"},
		{"In § 31 Absatz 8 des Soldatengesetzes in der Fassung der Bekanntmachung vom 30. Mai 2005 (BGBl. I S. 1482), das zuletzt durch Artikel 1 des Gesetzes vom 20. Dezember 2023 (BGBl. 2023 I Nr. 392) geändert worden ist, wird das Wort „x“ gestrichen.",
			"text-delete {Soldatengesetzes} §31/Abs8 [|x|]"},
		{"In der Inhaltsübersicht wird die Angabe „x“ gestrichen.", "manual"},
		{"Dieses Gesetz tritt am 1. März 2024 in Kraft.", "commence"},
		{"In § 5 wird das Wort „rot“ durch das Wort „blau“.", "refused no-pattern: blau"},
		{"In § 5 Absatz Satz 2 1 wird das Wort „rot“ gestrichen.", "refused no-pattern: Absatz"},
		{"In § 5 wird freundlich das Wort „rot“ gestrichen.", "refused unknown-word: freundlich"},
	} {
		if got := show(ReadSentence(c.text, "", lawcite.Ref{})); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

const act = `Gesetz zur Änderung des Parkgesetzes

Artikel 1

Änderung des Parkgesetzes

Das Parkgesetz vom 5. August 1964 (BGBl. I S. 593), das zuletzt durch Artikel 3 des Gesetzes vom 1. Mai 2000 (BGBl. I S. 5) geändert worden ist, wird wie folgt geändert:

1. § 5 wird wie folgt geändert:

a) Absatz 2 wird wie folgt geändert:

aa) In Satz 1 wird das Wort „Hund“ durch das Wort „Vogel“ ersetzt.

bb) Folgender Satz wird angefügt: „Neu.“

b) Nach Absatz 2 wird folgender Absatz 3 eingefügt:

„(3) Ein „Park“ ist grün.“

c) Der bisherige Absatz 3 wird Absatz 4 und wie folgt geändert:

aa) In Satz 1 wird das Wort „alt“ gestrichen.

2. Abschnitt 3 wird wie folgt geändert:

a) § 9 wird aufgehoben.

3. § 10 wird wie folgt gefasst:

„§ 10

Ruhe

(1) Still.“

Artikel 2

Inkrafttreten

Dieses Gesetz tritt am Tag nach der Verkündung in Kraft. Es wird bekannt gemacht.
`

func TestItemsInheritPlaces(t *testing.T) {
	t.Parallel()
	var got []string
	for _, in := range Read(lawtext.Parse(act)) {
		got = append(got, in.Article+": "+show(in))
	}
	want := []string{
		"1 Nummer 1: text-replace {Parkgesetz} §5/Abs2/S1 [|Hund|Vogel]",
		"1 Nummer 1: insert {Parkgesetz} §5/Abs2 end new S “Neu.”",
		"1 Nummer 1: insert {Parkgesetz} §5/Abs2 after new Abs3 “(3) Ein „Park“ ist grün.”",
		"1 Nummer 1: renumber {Parkgesetz} §5/Abs3 old new Abs4",
		"1 Nummer 1: text-delete {Parkgesetz} §5/Abs3/S1 old [|alt|]",
		"1 Nummer 2: manual {Parkgesetz}",
		"1 Nummer 2: manual {Parkgesetz}",
		"1 Nummer 3: replace {Parkgesetz} §10 “§ 10 / Ruhe / (1) Still.”",
		"2: commence",
		"2: transitory",
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("got\n%s\nwant\n%s", a, b)
	}
}

func FuzzRead(f *testing.F) {
	f.Add(act)
	f.Add("Artikel 1\n\n1. In § 5 wird das Wort „x durch ersetzt.\n\na) „(3)")
	f.Fuzz(func(t *testing.T, text string) {
		for _, in := range Read(lawtext.ParseIn("de", text)) {
			if in.Refused == nil && len(in.Ops) == 0 {
				t.Errorf("neither operations nor a refusal: %q", in.Text)
			}
			if in.Span.Start < 0 || in.Span.End > len(text) || in.Span.Start > in.Span.End {
				t.Errorf("span %v of %d", in.Span, len(text))
			}
		}
		_ = fmt.Sprint(ReadSentence(text, "", lawcite.Ref{}))
	})
}
