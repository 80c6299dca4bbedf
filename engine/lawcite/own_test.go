package lawcite

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
)

// told writes citations as "from: words > to to", a line each.
func told(list []Citation) string {
	var b strings.Builder
	for _, c := range list {
		b.WriteString(c.From + ": " + c.Words + " > " + strings.Join(c.To, " ") + "\n")
	}
	return b.String()
}

func TestOwnLeavesOtherActsAlone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"Glej 1. člen.", "art_2__para_1: 1. člen > art_1\n"},
		{"Glej 9. člen tega zakona.", "art_2__para_1: 9. člen > \n"},
		{"Glej 1. člen Zakona o medu.", ""},
		{"Glej 1. člen zakona, ki ureja med.", ""},
		{"Glej 1. člen navedenega zakona.", ""},
		{"Glej 1. člen in 2. člen Direktive 2006/123/ES.", ""},
		{"Glej 1. člen ter po 3. členu Uredbe (EU) št. 5/20.", "art_2__para_1: 1. člen > art_1\n"},
		{"Glej prejšnji člen in drugi odstavek tega člena.", "art_2__para_1: prejšnji člen > art_1\nart_2__para_1: drugi odstavek tega člena > \n"},
		{"Besedilo »glej 9. člen« se ne uporablja.", ""},
	} {
		a := lawtext.Parse("Zakon o čebelah\n\n1. člen\n\nPanj je dom.\n\n2. člen\n\n" + c.text + "\n")
		if got := told(Own(a)); got != c.want {
			t.Errorf("%s\n got %swant %s", c.text, got, c.want)
		}
	}
}

func TestBrokenByAChange(t *testing.T) {
	t.Parallel()
	const base = "Zakon o čebelah\n\n1. člen\n\n(1) Prvi.\n\n(2) Drugi.\n\n2. člen\n\nGlej drugi odstavek 1. člena in 9. člen.\n"
	for _, c := range []struct {
		name   string
		change func(a *lawtext.Act)
		want   string
	}{
		{"nothing; what led nowhere before is not this change's", func(*lawtext.Act) {}, ""},
		{"gone", func(a *lawtext.Act) {
			art := a.Find("art_1")
			art.Children = art.Children[:1]
		}, "art_2__para_1: drugi odstavek 1. člena > \n"},
		{"a tombstone", func(a *lawtext.Act) { a.Find("art_1__para_2").Deleted = true },
			"art_2__para_1: drugi odstavek 1. člena > art_1__para_2\n"},
		{"another provision has the number", func(a *lawtext.Act) {
			art := a.Find("art_1")
			art.Children[0], art.Children[1] = art.Children[1], art.Children[0]
			for i, n := range art.Children {
				n.Num = []string{"1", "2"}[i]
			}
		}, "art_2__para_1: drugi odstavek 1. člena > art_1__para_1\n"},
	} {
		after := lawtext.Parse(base)
		c.change(after)
		if got := told(BrokenBy(lawtext.Parse(base), after)); got != c.want {
			t.Errorf("%s:\n got %swant %s", c.name, got, c.want)
		}
	}
}
