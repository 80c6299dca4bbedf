package consult

import (
	"fmt"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/voice"
)

// A consultation that breaks a rule is told so at the field.
func TestConsultation_Check(t *testing.T) {
	good := Consultation{Title: "a", Lead: "b", Opens: monday, Closes: monday, Asked: []Asked{{Provision: "art_1", Title: "c"}}}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		field string
		spoil func(*Consultation)
	}{
		{"title", func(c *Consultation) { c.Title = " " }},
		{"lead", func(c *Consultation) { c.Lead = strings.Repeat("a", mostLead+1) }},
		{"opens", func(c *Consultation) { c.Opens = civil.Date{} }},
		{"closes", func(c *Consultation) { c.Closes = monday.AddDays(-1) }},
		{"remind", func(c *Consultation) { c.Remind = []int{99} }},
		{"asked", func(c *Consultation) { c.Asked = nil }},
		{"asked", func(c *Consultation) { c.Asked = append(c.Asked, c.Asked...) }},
		{"title:art_1", func(c *Consultation) { c.Asked[0].Title = "" }},
	} {
		c := good
		c.Asked = append([]Asked(nil), good.Asked...)
		tt.spoil(&c)
		if f := fault.Of(c.Check()); f == nil || f.Field != tt.field {
			t.Errorf("want a fault of %s, got %v", tt.field, f)
		}
	}
}

// Steps from state to state, on Tuesday the 17th: "open 16-24" is open from the
// 16th through the 24th.
func TestConsultation_steps(t *testing.T) {
	today := civil.On(2026, 11, 17)
	begin := func(c Consultation) (Consultation, error) { return c.Begin(today) }
	end := func(c Consultation) (Consultation, error) { return c.End() }
	extend := func(day int) func(Consultation) (Consultation, error) {
		return func(c Consultation) (Consultation, error) {
			until := civil.Date{}
			if day > 0 {
				until = civil.On(2026, 11, day)
			}
			return c.Extend(until, today)
		}
	}
	for _, tt := range []struct {
		from string
		name string
		step func(Consultation) (Consultation, error)
		want string
	}{
		{"prepared 17-24", "begin", begin, "open 17-24"},
		{"prepared 10-24", "begin late", begin, "open 17-24"},
		{"prepared 20-24", "begin early", begin, "open 17-24"},
		{"prepared 10-16", "begin when it is over", begin, "consult.closes.past"},
		{"open 10-24", "begin again", begin, "consult.not_prepared"},
		{"open 10-24", "end", end, "closed 10-24"},
		{"prepared 10-24", "end what never was", end, "consult.not_open"},
		{"closed 10-24", "end again", end, "consult.not_open"},
		{"open 10-24", "extend", extend(30), "open 10-30"},
		{"open 10-24", "shorten", extend(17), "open 10-17"},
		{"open 10-24", "shorten into the past", extend(16), "consult.closes.past"},
		{"closed 10-16", "open again", extend(20), "open 10-20"},
		{"open 10-24", "extend to no day", extend(0), "consult.day.empty"},
		{"prepared 10-24", "extend what never was", extend(30), "consult.not_open"},
	} {
		var c Consultation
		var from, until int
		if _, err := fmt.Sscanf(strings.ReplaceAll(tt.from, "-", " "), "%s %d %d", &c.State, &from, &until); err != nil {
			t.Fatal(err)
		}
		c.Opens, c.Closes = civil.On(2026, 11, from), civil.On(2026, 11, until)
		after, err := tt.step(c)
		_, _, opens := after.Opens.Date()
		_, _, closes := after.Closes.Date()
		got := fmt.Sprintf("%s %d-%d", after.State, opens, closes)
		if f := fault.Of(err); f != nil {
			got = f.Key
		}
		if got != tt.want {
			t.Errorf("%s, %s: %s, want %s", tt.from, tt.name, got, tt.want)
		}
	}
}

// Answers are taken from the first day through the last, and only while it is open.
func TestConsultation_Takes(t *testing.T) {
	c := Consultation{State: Open, Opens: civil.On(2026, 11, 17), Closes: civil.On(2026, 11, 24)}
	for day, want := range map[int]bool{16: false, 17: true, 24: true, 25: false} {
		if got := c.Takes(civil.On(2026, 11, day)); got != want {
			t.Errorf("on the %dth: %t", day, got)
		}
	}
	for _, s := range []State{Prepared, Closed} {
		c.State = s
		if c.Takes(c.Opens) {
			t.Errorf("%s takes answers", s)
		}
	}
}

// The newest day of a reminder that has come, for one that closes on the 24th.
func TestConsultation_dueReminder(t *testing.T) {
	c := Consultation{Closes: civil.On(2026, 11, 24), Remind: []int{1, 4}}
	for today, want := range map[int]int{19: 0, 20: 20, 22: 20, 23: 23, 24: 23} {
		got := c.dueReminder(civil.On(2026, 11, today))
		if _, _, day := got.Date(); want == 0 && !got.IsZero() || want != 0 && day != want {
			t.Errorf("on the %dth it is %s, want the %dth", today, got, want)
		}
	}
}

// What stands is "text rev page", what comes is "text rev page" too; "-" is nothing.
func TestHeld_settle(t *testing.T) {
	for _, tt := range []struct {
		why, stands, comes string
		want               settled
	}{
		{"nothing said to nothing", "-", "- 0 a", same},
		{"the first words", "-", "x 0 a", stands},
		{"the same words, whoever they are from", "x 3 a", "x 1 b", same},
		{"what was seen is changed", "x 3 a", "y 3 b", stands},
		{"the page changes its own", "x 3 a", "y 1 a", stands},
		{"somebody was faster", "x 3 a", "y 2 b", lost},
		{"a page without a name has only what it saw", "x 3 -", "y 2 -", lost},
		{"what was seen is wiped out", "x 3 a", "- 3 b", stands},
		{"what was not seen is not", "x 3 a", "- 2 b", lost},
	} {
		read := func(s string) (text string, rev int, page string) {
			if s != "-" {
				if _, err := fmt.Sscan(s, &text, &rev, &page); err != nil {
					t.Fatal(err)
				}
			}
			return strings.Trim(text, "-"), rev, strings.Trim(page, "-")
		}
		var h held
		if tt.stands != "-" {
			h.ID = "1"
			h.Text, h.Rev, h.page = read(tt.stands)
		}
		var g Given
		var page string
		g.Text, g.Rev, page = read(tt.comes)
		if got := h.settle(g, page); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.why, got, tt.want)
		}
	}
}

// Every letter has its words, its link on a line of its own, and fetches nothing;
// what somebody wrote into it is no HTML.
func TestHouse_letter(t *testing.T) {
	book, err := i18n.Load(Words())
	if err != nil {
		t.Fatal(err)
	}
	h := House{Name: "Mreža <b>", URL: "https://mreza.si", In: book.In}
	c := Consultation{ID: "c", Title: "Novela & zakon", Lead: "Gre za <script>.", Closes: civil.On(2026, 11, 24), Asked: []Asked{{Provision: "art_1", Cite: "1. člen", Title: "Namen"}}}
	const link = "https://mreza.si/a/abc"
	for lang, day := range map[string]string{"sl": "do torka, 24.\u00a0novembra\u00a02026", "en": "by Tuesday, 24\u00a0November\u00a02026"} {
		v := Invitation{MemberName: "Pesto", Name: "Pia", Email: "pia@pesto.si", Lang: lang, Stage: Answering}
		a := Answer{Consultation: c, Invitation: v, Comments: map[string]Comment{"art_1": {Said: Said{Stance: voice.Rewrite, Text: "ker <i>", Wording: "novo"}}}}
		for _, kind := range []string{"invite", "remind", "hand_over", "receipt"} {
			l := h.receipt(a, link)
			if kind != "receipt" {
				l = h.letter(kind, c, v, link, "Rok")
			}
			if _, err := l.Check(); err != nil {
				t.Errorf("%s %s: %v", kind, lang, err)
			}
			for _, want := range []string{"\n" + link + "\n", day, "Pia", "Pesto"} {
				if !strings.Contains(l.Text, want) {
					t.Errorf("%s %s lacks %q:\n%s", kind, lang, want, l.Text)
				}
			}
			for _, bad := range []string{"<script", "<img", "<i>", "<b>", "src=", "⟦", "<no value>"} {
				if strings.Contains(l.HTML, bad) || strings.Contains(l.Subject, bad) || bad[0] != '<' && strings.Contains(l.Text, bad) {
					t.Errorf("%s %s has %q", kind, lang, bad)
				}
			}
			if saved := kind == "remind"; saved != strings.Contains(l.Text, book.In(lang).T("consult.letter.remind.saved")) {
				t.Errorf("%s %s: says that what is saved is not sent: %t", kind, lang, !saved)
			}
		}
	}
}
