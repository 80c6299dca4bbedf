package lawdiff

import (
	"encoding/json"
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// checkPatch fails unless the patch between two acts, sent as JSON, makes each of
// the other.
func checkPatch(t *testing.T, old, new *lawtext.Act, how Matching) {
	t.Helper()
	sent, err := json.Marshal(Between(old, new, how))
	if err != nil {
		t.Fatal(err)
	}
	var p Patch
	if err := json.Unmarshal(sent, &p); err != nil {
		t.Fatal(err)
	}
	before := Rows(old)
	got, err := p.Apply(old)
	if err != nil {
		t.Fatalf("%v\n%s", err, sent)
	}
	wantRows(t, got, new)
	if !slices.Equal(Rows(old), before) {
		t.Fatal("the base was changed")
	}
	keys := make(map[string]bool)
	for n := range got.All() {
		if n.Key != "" && keys[n.Key] {
			t.Fatalf("two provisions have the key %s", n.Key)
		}
		keys[n.Key] = true
	}
	back, err := p.Inverse().Apply(got)
	if err != nil {
		t.Fatalf("inverse: %v\n%s", err, sent)
	}
	if !slices.Equal(Rows(back), before) { // with the keys
		t.Fatalf("the inverse gives\n%v\nand not\n%v", Rows(back), before)
	}
	if back, err = p.Inverse().Apply(new); err != nil {
		t.Fatalf("inverse on the version as it was read: %v", err)
	}
	wantRows(t, back, old)
	if _, err := p.Apply(new); err == nil && !slices.EqualFunc(before, Rows(new), Row.says) {
		t.Fatal("the patch fits an act that it was not made from")
	}
}

func wantRows(t *testing.T, got, want *lawtext.Act) {
	t.Helper()
	a, b := Rows(got), Rows(want)
	for k := range min(len(a), len(b)) {
		if !a[k].says(b[k]) {
			t.Fatalf("row %d is\n%v\nand not\n%v", k, a[k], b[k])
		}
	}
	if len(a) != len(b) {
		t.Fatalf("%d rows, not %d", len(a), len(b))
	}
}

func TestPatch(t *testing.T) {
	t.Parallel()
	rnd := rand.New(rand.NewPCG(2, 4))
	for range 2_000 {
		checkPatch(t, randomAct(rnd), randomAct(rnd), ByText)
	}
}

// A patch that does not fit says where, and a patch that was changed is refused.
func TestPatch_refused(t *testing.T) {
	t.Parallel()
	old, new := act("1: prvi člen\n2: v 90 dneh\n3: tretji"), act("1: prvi člen\n2: v 30 dneh\n4: četrti")
	for _, tt := range []struct {
		name   string
		base   *lawtext.Act
		change func(*Patch)
		want   Reason
		id     string
	}{
		{"as it was made", old, func(*Patch) {}, "", ""},
		{"other words at the place", act("1: prvi člen\n2: v 60 dneh\n3: tretji"), func(*Patch) {}, OtherBase, "art_2__para_1"},
		{"other words elsewhere", act("1: prvi, člen\n2: v 90 dneh\n3: tretji"), func(*Patch) {}, OtherBase, ""},
		{"one more at the end", act("1: prvi člen\n2: v 90 dneh\n3: tretji\n4: x"), func(*Patch) {}, OtherBase, "art_4"},
		{"one less at the end", act("1: prvi člen\n2: v 90 dneh"), func(*Patch) {}, OtherBase, ""},
		{"no act", &lawtext.Act{}, func(*Patch) {}, OtherBase, ""},
		{"a step lost", old, func(p *Patch) { p.Steps = p.Steps[:len(p.Steps)-1] }, OtherBase, "art_3"},
		{"a negative count", old, func(p *Patch) { p.Steps[0].Keep = -1 }, OtherBase, ""},
		{"other new words", old, func(p *Patch) { p.Steps[len(p.Steps)-1].Come[0].Num = "5" }, OtherTarget, ""},
		{"too deep", old, func(p *Patch) {
			come := p.Steps[len(p.Steps)-1].Come
			come[0].Depth = 7
			p.Target = digest(append(Rows(new)[:6:6], come...))
		}, NoAct, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := Between(old, new)
			tt.change(&p)
			_, err := p.Apply(tt.base)
			var m *Misfit
			if errors.As(err, &m); m == nil && tt.want != "" || m != nil && (m.Reason != tt.want || m.ID != tt.id) {
				t.Errorf("got %v, want %s at %q", err, tt.want, tt.id)
			}
		})
	}
}

// A provision keeps its key, wherever it goes.
func TestPatch_keys(t *testing.T) {
	t.Parallel()
	old, new := act("1: prvi člen\n2: drugi člen"), act("1: povsem nova določba\n2: prvi člen\n3: drugi člen")
	got, err := Between(old, new).Apply(old)
	if err != nil {
		t.Fatal(err)
	}
	for id, key := range map[string]string{"art_1": "art_1~2", "art_2": "art_1", "art_3": "art_2"} {
		if n := got.Find(id); n == nil || n.Key != key {
			t.Errorf("%s is %v, not of key %s", id, n, key)
		}
	}
}

func FuzzPatch(f *testing.F) {
	f.Add("1: a b\n2: /c/d/\n#I\n3: (črtan)", "1: a\n#I\n3: + d\n2: /d/c e/", []byte(`{"steps":[{"keep":2},{"gone":[{"depth":2}]}]}`))
	f.Add("1: /(1) a/(2) b/", "1: /a/b/", []byte(`{"steps":[{"come":[{"depth":1,"kind":"component"}]}]}`))
	f.Fuzz(func(t *testing.T, old, new string, other []byte) {
		if !utf8.ValidString(old) || !utf8.ValidString(new) {
			return // JSON cannot carry it
		}
		a, b := act(old), act(new)
		checkPatch(t, a, b, ByText)
		var p Patch
		if json.Unmarshal(other, &p) != nil {
			return
		}
		if got, err := p.Apply(a); err == nil && digest(Rows(got)) != p.Target {
			t.Fatal("a patch gives what it does not say")
		}
	})
}

// A row has all that a node says: a new column of lawtext.Node needs one here.
func TestRow_complete(t *testing.T) {
	t.Parallel()
	row := reflect.TypeFor[Row]()
	for node := range reflect.TypeFor[lawtext.Node]().Fields() {
		if _, ok := row.FieldByName(node.Name); !ok && !slices.Contains([]string{"ID", "Span", "Children"}, node.Name) {
			t.Errorf("lawtext.Node.%s is not in Row", node.Name)
		}
	}
}
