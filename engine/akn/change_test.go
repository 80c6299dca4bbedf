package akn

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/reader"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

const target = "/akn/si/act/2004-04-24/54"

// An amending act in short: an article per sentence or payload of it.
func amending(sentences ...string) *lawtext.Act {
	var b strings.Builder
	b.WriteString("ZAKON\n\nO SPREMEMBAH ZAKONA O ČEBELAH (ZČeb-A)\n\n")
	for i, s := range sentences {
		b.WriteString(string(rune('1'+i)) + ". člen\n\n" + s + "\n\n")
	}
	return lawtext.Parse(b.String())
}

// Modifications are written as "type destination|… - old + new"; what is quoted
// is written instead of its eId.
func TestMake_modifications(t *testing.T) {
	for _, tt := range []struct{ sentence, want string }{
		{"V 5. členu se beseda »panj« nadomesti z besedo »čebelnjak«.", "substitution #art_5 - panj + čebelnjak"},
		{"V prvem odstavku 5. člena se črta beseda »sladek«.", "repeal #art_5__para_1 - sladek"},
		{"V 5. členu se za besedo »med« doda beseda »lipov«.", "insertion inside #art_5|after med + lipov"},
		{"7. člen se črta.", "repeal #art_7"},
		{"7. do 9. člen se črtajo.", "repeal #art_7–#art_9"},
		{"Za 5. členom se doda nov 5.a člen, ki se glasi:\n\n»5.a člen\n\n(roj)\n\nRoj je svoboden.«.", "insertion after #art_5 + 5.a člen(roj)Roj je svoboden."},
		{"Ta zakon začne veljati petnajsti dan po objavi v Uradnem listu Republike Slovenije.", "entryIntoForce #body"},
	} {
		t.Run(tt.sentence, func(t *testing.T) {
			a := amending(tt.sentence)
			in, _ := reader.Read(a)
			d := Make(a, dated(IdentityOf(a)).Meta(), Change{Target: target, Instructions: in})
			if p := Check(d); len(p) > 0 {
				t.Error(p)
			}
			m := d.Meta()
			if len(m.Active) != 1 {
				t.Fatalf("%d modifications of %v", len(m.Active), in)
			}
			if got := told(d, m.Active[0]); got != tt.want {
				t.Errorf("got  %q\nwant %q\n%s", got, tt.want, Write(d))
			}
		})
	}
}

// What another act is named for, or is repealed as a whole, is no modification of
// the target; it is said to be left out.
func TestMake_otherActs(t *testing.T) {
	for _, tt := range []struct {
		sentence string
		mods     int
		lost     string
	}{
		{"V Zakonu o čebelah (Uradni list RS, št. 54/04) se v 5. členu beseda »panj« nadomesti z besedo »čebelnjak«.", 1, ""},
		{"V Zakonu o osah (Uradni list RS, št. 55/04) se v 5. členu beseda »panj« nadomesti z besedo »čebelnjak«.", 0, "modification"},
		{"Z dnem uveljavitve tega zakona preneha veljati Zakon o osah (Uradni list RS, št. 55/04).", 0, "modification"},
		{"Z dnem uveljavitve tega zakona preneha veljati Zakon o čebelah (Uradni list RS, št. 54/04).", 1, ""},
		{"Panju se pove zgodba.", 0, "instruction"},
	} {
		a := amending(tt.sentence)
		in, _ := reader.Read(a)
		base := lawtext.Parse("ZAKON\n\nO ČEBELAH\n\n5. člen\n\nPanj je panj.\n")
		d := Make(a, dated(IdentityOf(a)).Meta(), Change{Target: target, Base: base, Instructions: in})
		lost := ""
		for _, l := range d.Lost {
			lost += l.What
		}
		if got := len(d.Meta().Active); got != tt.mods || lost != tt.lost {
			t.Errorf("%s: %d modifications, %v left out; want %d, %s", tt.sentence, got, d.Lost, tt.mods, tt.lost)
		}
	}
}

func told(d *Document, m Mod) string {
	says := func(a Argument) string {
		for e := range d.Main.All() {
			if "#"+e.Get("eId") == a.Href && (e.Name == "quotedText" || e.Name == "quotedStructure") {
				return strings.Join(strings.Fields(e.String()), " ")
			}
		}
		return strings.TrimPrefix(a.Href, target)
	}
	out := m.Type
	for i, a := range m.Destinations {
		sep := "|"
		if i == 0 {
			sep = " "
		}
		if a.Pos != "" {
			sep += a.Pos + " "
		}
		out += sep + says(a)
		if a.UpTo != "" {
			out += "–" + strings.TrimPrefix(a.UpTo, target)
		}
	}
	for _, a := range m.Old {
		out += " - " + says(a)
	}
	for _, a := range m.New {
		out += " + " + says(a)
	}
	return out
}

// Whatever an operation says is said again by the document.
func TestDocument_Operations(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 7))
	a := amending("V 5. členu se beseda »panj« nadomesti z besedo »čebelnjak«.")
	for range 100 {
		var want []amend.Op
		for range 1 + rnd.IntN(3) {
			var op amend.Op
			fillRandom(rnd, reflect.ValueOf(&op).Elem())
			want = append(want, op)
		}
		d := Make(a, dated(IdentityOf(a)).Meta(), Change{Target: target, Instructions: []amend.Instruction{{Article: "1", Text: "V 5. členu", Ops: want}}})
		again, err := Read(Write(d))
		if err != nil {
			t.Fatal(err)
		}
		if got := again.Operations(); !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %#v\nwant %#v", got, want)
		}
	}
}

// fillRandom gives every field a value, in lists and structures too.
func fillRandom(rnd *rand.Rand, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString([]string{"", "a", "»č« <b> & \"c\"", " x ", "vrstica\nvrstica"}[rnd.IntN(5)])
	case reflect.Bool:
		v.SetBool(rnd.IntN(2) == 0)
	case reflect.Int:
		v.SetInt(int64(rnd.IntN(9)))
	case reflect.Struct:
		for i := range v.NumField() {
			fillRandom(rnd, v.Field(i))
		}
	case reflect.Slice:
		for range rnd.IntN(3) {
			e := reflect.New(v.Type().Elem()).Elem()
			fillRandom(rnd, e)
			if e.Kind() == reflect.String && e.String() == "" || e.IsZero() {
				continue // a list has no empty members
			}
			v.Set(reflect.Append(v, e))
		}
	}
}

func TestAddresses(t *testing.T) {
	step := func(u lawcite.Unit, nums ...string) lawcite.Step {
		s := lawcite.Step{Unit: u}
		for _, n := range nums {
			from, to, _ := strings.Cut(n, "–")
			s.Numbers = append(s.Numbers, lawcite.Range{From: from, To: to})
		}
		return s
	}
	for _, tt := range []struct {
		steps []lawcite.Step
		want  string
	}{
		{[]lawcite.Step{step(lawtext.Article, "51.a")}, "art_51a"},
		{[]lawcite.Step{step(lawtext.Article, "5"), step(lawtext.Paragraph, "2"), step(lawtext.Point, "b")}, "art_5__para_2__point_b"},
		{[]lawcite.Step{step(lawtext.Article, "5", "7–9")}, "art_5 art_7–art_9"},
		{[]lawcite.Step{step(lawtext.Article, "5"), step(lawcite.Heading)}, "art_5__heading"},
		{[]lawcite.Step{step(lawtext.Article, "5"), step(lawcite.Sentence, "2")}, "art_5"},
		{[]lawcite.Step{step(lawtext.Article, "5"), step(lawtext.Paragraph, lawcite.Last)}, ""},
		{[]lawcite.Step{step(lawtext.Article, "5"), step(lawtext.Paragraph)}, ""},
		{nil, ""},
	} {
		paths, ranges := addresses(lawcite.Ref{Steps: tt.steps})
		var got []string
		for i, p := range paths {
			if ranges[i] != "" {
				p += "–" + ranges[i]
			}
			got = append(got, p)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%v: got %v, want %s", tt.steps, got, tt.want)
		}
	}
}

// The amending acts of the corpus are the same trees with their modifications
// marked; every operation is kept; the act that they change has each
// modification as a passive one.
func TestCorpus_changes(t *testing.T) {
	t.Parallel()
	var acts, ops, mods, passive, texts, wholes, read int
	for _, glob := range [][]string{{"triples", "sl", "*", "act.md"}, {"ex-yu", "sl-acts", "*.md"}} {
		files, _ := filepath.Glob(filepath.Join(append([]string{realtexts.Path(t, "law")}, glob...)...))
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			a := lawtext.Parse(string(data))
			in, ok := reader.Read(a)
			if !ok {
				continue
			}
			var want []amend.Op
			for _, i := range in {
				want = append(want, i.Ops...)
			}
			acts++
			ops += len(want)
			made := Make(a, dated(IdentityOf(a)).Meta(), Change{Target: target, Instructions: in})
			d, err := Read(Write(made))
			if err != nil {
				t.Fatal(err)
			}
			if got := shape(d.Act()); got != shape(a) {
				t.Errorf("%s: %s", f, firstDifference(shape(a), got))
			}
			if p := Check(d); len(p) > 0 {
				t.Errorf("%s: %v", f, p)
			}
			if got := d.Operations(); !reflect.DeepEqual(got, want) {
				t.Errorf("%s: operations change", f)
			}
			m := d.Meta()
			mods += len(m.Active)
			passive += len(d.Passive(target))
			for _, mod := range m.Active {
				if len(mod.Old)+len(mod.New) > 0 {
					texts++
				}
			}
			for e := range d.Main.All() {
				if e.Name == "quotedStructure" {
					wholes++
					if e.Get("class") == structured {
						read++
					}
				}
			}
		}
	}
	t.Logf("amending acts %d, operations kept %d, modifications %d (%d with their texts), payloads %d (%d as provisions), passive %d", acts, ops, mods, texts, wholes, read, passive)
	if acts < 20 || mods < 200 {
		t.Error("too few")
	}
}

// The modifications that others have marked are read whole.
func TestCorpus_modifications(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for name, data := range corpus(t) {
		d, err := Read(data)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Read(Write(d))
		if err != nil {
			t.Fatal(err)
		}
		m := d.Meta()
		if !reflect.DeepEqual(m, again.Meta()) {
			t.Errorf("%s: metadata change", name)
		}
		for _, list := range [][]Mod{m.Active, m.Passive} {
			for _, mod := range list {
				count[mod.Element]++
				if mod.Type == "" || len(mod.Sources) == 0 {
					t.Errorf("%s: %v", name, mod)
				}
			}
		}
		if strings.HasSuffix(name, "ZakonOIzmeniIDopuni77-2019.xml") && len(m.Active) != 36 {
			t.Errorf("%s has %d modifications", name, len(m.Active))
		}
	}
	t.Logf("modifications %v", count)
}
