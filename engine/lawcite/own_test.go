package lawcite

import (
	"fmt"
	"strings"
	"testing"
	"time"

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

func TestCitationsNameOtherActs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, act string }{
		{"Glej 1. člen.", ""},
		{"Glej 1. člen Zakona o medu (Uradni list RS, št. 1/20) in panj.", "Zakona o medu"},
		{"Glej 1. člen Zakona o medu, panj in roj.", "Zakona o medu"},
		{"Glej 1. člen Zakona o medu. Panj je dom.", "Zakona o medu"},
		{"Glej 1. člen zakona, ki ureja med.", "zakona, ki ureja med"},
		{"Glej 1. člen ZUJIK-G ali panj.", "ZUJIK-G"},
		{"Glej 1. člen in 2. člen Direktive 2006/123/ES.", "Direktive 2006/123/ES"},
	} {
		a := lawtext.Parse("Zakon o čebelah\n\n1. člen\n\n" + c.text + "\n")
		got := Citations(a)
		if len(got) == 0 || got[0].Act != c.act {
			t.Errorf("%s\n got %+v, want %q", c.text, got, c.act)
		}
	}
}

func TestReadShorts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"ZUJIK in (ZT-1C), KZ-1J ter OZ":           "ZUJIK ZT-1C KZ-1J OZ",
		"ZOsn-UPB3, ZDDV-1N, ZIPRS1415":            "ZOsn-UPB3 ZDDV-1N ZIPRS1415",
		"ZAKON O ZAVAROVANJU, DRŽAVNEGA ZBORA, ZA": "",
		"Zakon, EU, ZASP, mOZ":                     "ZASP",
	} {
		var got []string
		for _, s := range ReadShorts(text) {
			if text[s.Start:s.End] != s.Name {
				t.Errorf("%q is not at %d", s.Name, s.Start)
			}
			got = append(got, s.Name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}

func FuzzCitations(f *testing.F) {
	f.Add("Glej 1. člen in 2. točko 3. člena Zakona o medu (Uradni list RS, št. 1/20), ZT-1C.")
	f.Fuzz(func(t *testing.T, text string) {
		ReadShorts(text)
		Citations(lawtext.Parse("1. člen\n\n" + text))
	})
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

// What an act refers to is found in linear time, however it is written.
func TestCitations_long(t *testing.T) {
	t.Parallel()
	many := func(s string, n int) string { return "1. člen\n\n" + strings.Repeat(s, n) }
	articles := ""
	for i := range 10_000 {
		articles += fmt.Sprintf("%d. člen\n\nGlej %d. člen.\n\n", i+1, 20_000-i)
	}
	for name, text := range map[string]string{
		"references": many("prvi odstavek 1. člena in ", 20_000), "numbers": many("1., 2., 3., ", 40_000), "sections": many("1. oddelka ", 40_000),
		"quotations": many("»1. člen« ", 40_000), "articles": articles,
	} {
		act := lawtext.Parse(text)
		start := time.Now()
		if Citations(act); time.Since(start) > 20*time.Second {
			t.Errorf("%s: %v", name, time.Since(start))
		}
	}
}
