package outcomesweb

import (
	"context"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/a-h/templ"

	"github.com/asociacija/asociacija/engine/uptake"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// A run is words of a passage that belong together.
type run struct {
	Whose uptake.Whose // empty for words that draft and proposal share
	Text  string
}

// runs cuts a passage at its marks. Marks that do not fit the text are left out.
func runs(text string, marks []uptake.Mark) (list []run) {
	at := 0
	for _, m := range marks {
		if m.Start < at || m.End > len(text) || m.End <= m.Start {
			continue
		}
		if m.Start > at {
			list = append(list, run{Text: text[at:m.Start]})
		}
		list = append(list, run{m.Whose, text[m.Start:m.End]})
		at = m.End
	}
	if at < len(text) {
		list = append(list, run{Text: text[at:]})
	}
	return list
}

// The most that a ledger quotes of a passage, and what it shows around the marks,
// in bytes.
const (
	longQuote = 240
	around    = 70
)

// excerpt is the part of a long passage with its first marks, as people quote it.
func excerpt(text string, marks []uptake.Mark) []run {
	if len(text) <= longQuote {
		return runs(text, marks)
	}
	from, until := 0, longQuote
	if len(marks) > 0 && marks[0].End <= len(text) {
		from, until = marks[0].Start-around, marks[0].End
		for _, m := range marks {
			if m.End-from <= longQuote && m.End <= len(text) {
				until = m.End
			}
		}
		until += around
	}
	from, until = wordStart(text, max(from, 0)), wordEnd(text, min(until, len(text)))
	var inside []uptake.Mark
	for _, m := range marks {
		if m.Start >= from && m.End <= until {
			inside = append(inside, uptake.Mark{Start: m.Start - from, End: m.End - from, Whose: m.Whose})
		}
	}
	list := runs(text[from:until], inside)
	if from > 0 {
		list = append([]run{{Text: "… "}}, list...)
	}
	if until < len(text) {
		list = append(list, run{Text: " …"})
	}
	return list
}

// wordStart and wordEnd move a place out of a word.
func wordStart(text string, i int) int {
	if i == 0 {
		return 0
	}
	if k := strings.IndexAny(text[i:], " \n"); k >= 0 && k < around {
		return i + k + 1
	}
	for i < len(text) && !utf8.RuneStart(text[i]) {
		i++
	}
	return i
}

func wordEnd(text string, i int) int {
	if i == len(text) {
		return i
	}
	if k := strings.LastIndexAny(text[:i], " \n"); k >= 0 && i-k < around {
		return k
	}
	for i > 0 && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}

// marked shows whose words stand in a passage: ours on a ground, the draft's
// underlined, others in italics, and each said aloud. It is written by hand
// because no space may come between the pieces.
func marked(f page.Frame, list []run) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for _, one := range list {
			text := templ.EscapeString(one.Text)
			tag := ""
			switch one.Whose {
			case uptake.Ours:
				tag = "mark"
			case uptake.Drafts:
				tag = "u"
			case uptake.Others:
				tag = "em"
			default:
				b.WriteString(text)
				continue
			}
			b.WriteString("<" + tag + `><span class="vh" lang="` + f.Lang + `">[` + templ.EscapeString(f.T("outcomes.whose."+string(one.Whose))) + `: </span>` + text + `<span class="vh">]</span></` + tag + ">")
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}
