// Package voiceweb has what all pages of the voice desk share: the frame of a
// case, with its head, its line of phases and its tabs, and the words for phases,
// clocks, events and states.
package voiceweb

import (
	"embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// A CaseHead is what stands above each page of a case.
type CaseHead struct {
	page.Frame
	ID     voice.CaseID
	Number string // 2026/014
	Title  string // of the case; the Title of the Frame is the page's
	Short  string
	Lead   string
	Kicker string // behind the number: "odprta od 12. 1. 2026"
	Phases []page.Phase
	Tab    string            // key of the current tab, as in Tabs
	Counts map[string]string // of tabs, ready to print; none for a tab that is not in it
	Public bool
}

// tabs are the keys of the parts of a case, in order. A part but the overview
// stands at /cases/{id}/{path}.
var tabs = []struct{ key, path string }{
	{"overview", ""}, {"drafts", "/drafts"}, {"consultation", "/consultations"}, {"position", "/position"}, {"delivered", "/delivered"},
	{"answers", "/answers"}, {"uptake", "/uptake"}, {"contacts", "/contacts"}, {"evidence", "/evidence"}, {"history", "/history"},
}

// Head makes the head of a page of a case from its file.
func Head(f page.Frame, file cases.File, tab string) CaseHead {
	number := cases.Number(file.ID)
	h := CaseHead{
		Frame: f, ID: file.ID, Number: number, Title: Called(file.Case), Short: file.Short, Lead: file.Lead, Tab: tab, Public: file.Public,
		Phases: Phases(f.Printer, file), Counts: map[string]string{},
	}
	h.Frame.Section = "nav.cases"
	h.Frame.Title = f.T("voice.case", "number", number) + ": " + file.Name()
	if tab != "overview" {
		h.Frame.Title = f.T("voice.tab."+tab) + " · " + h.Frame.Title
	}
	h.Frame.Foot = f.T("voice.case", "number", number) + " · " + strings.TrimPrefix(strings.TrimPrefix(f.House.URL, "https://"), "http://") + "/z/" + string(file.ID) +
		" · " + f.T("voice.as_on", "day", f.Date(f.Today))
	h.Kicker = f.T("voice.open_since", "day", f.Date(file.Opened))
	if file.OwnerIs != "" {
		h.Kicker += " · " + f.T("voice.owner", "name", file.OwnerIs)
	}
	if file.State != cases.Open {
		h.Kicker += " · " + f.T("voice.state."+string(file.State))
	}
	for tab, n := range map[string]int{"drafts": file.Texts, "consultation": file.Comments, "uptake": file.Proposals, "contacts": file.Contacts, "evidence": file.Evidence} {
		if n > 0 {
			h.Counts[tab] = f.Number(n)
		}
	}
	if _, version, ok := strings.Cut(file.PositionNow, " "); ok {
		h.Counts["position"] = version
	}
	return h
}

// Called is the title of a case with its short title.
func Called(c cases.Case) string {
	if c.Short == "" || strings.Contains(c.Title, c.Short) {
		return c.Title
	}
	return c.Title + " (" + c.Short + ")"
}

// mostPhases is the most that a line shows: what fits beside each other.
const mostPhases = 7

// Phases is the line of a case: the drafts that were followed by others, what has
// been, what is now, and what comes next. Phases that left no record are left out,
// and so are those too far away to fit.
func Phases(p *i18n.Printer, file cases.File) []page.Phase {
	var been, ahead []page.Phase
	now := -1
	for _, s := range file.Line {
		until := s.Until
		if s.Phase.Ends == cases.DraftPublished && len(file.Rounds) > 0 {
			until = file.Rounds[0].From // the first draft ended it, not the newest
		}
		one := page.Phase{At: "next", Label: Capital(Label(p, s.Phase.Labels)), When: When(p, s.From, until)}
		switch s.State {
		case procedure.Passed:
			continue
		case procedure.Done:
			one.At = "done"
		case procedure.Now:
			one.At = "now"
		case procedure.ToCome:
			if one.When == "" {
				one.When = p.T("voice.phase.unknown")
			}
			ahead = append(ahead, one)
			continue
		}
		if s.Phase.Begins == cases.DraftPublished {
			for _, r := range file.Rounds {
				been = append(been, page.Phase{At: "done", Label: Capital(p.T("voice.phase.round")), When: When(p, r.From, r.Until)})
			}
		}
		if been = append(been, one); one.At == "now" && now < 0 {
			now = len(been) - 1
		}
	}
	if now < 0 {
		now = len(been)
	}
	// What is now stays in sight, with at least one phase before and one after it.
	keep := min(len(been), max(mostPhases-min(len(ahead), 3), len(been)-now))
	been = been[len(been)-keep:]
	return append(been, ahead[:min(len(ahead), max(0, mostPhases-keep))]...)
}

// When says from when until when something lasts, as far as is known.
func When(p *i18n.Printer, from, until civil.Date) string {
	switch {
	case from.IsZero() && until.IsZero():
		return ""
	case until.IsZero():
		return p.T("voice.from", "day", p.Date(from))
	case from.IsZero():
		return p.T("voice.until", "day", p.Date(until))
	case from == until:
		return p.Date(from)
	case from.Year() == until.Year() && p.Lang == "sl":
		return strings.TrimSuffix(p.Date(from), "\u00a0"+p.Date(from)[len(p.Date(from))-4:]) + "–" + p.Date(until)
	}
	return p.Date(from) + "–" + p.Date(until)
}

// Label is the name of a thing of a country's pack in the language of the page.
func Label(p *i18n.Printer, l procedure.Labels) string {
	if s := l[p.Lang]; s != "" {
		return i18n.Bind(s)
	}
	return l[country.Slovenian]
}

// Capital begins a line with a capital letter.
func Capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// EventName is what an event is called.
func EventName(p *i18n.Printer, key procedure.Event) string { return p.T("voice.event." + string(key)) }

// crumbs are the way to the part of a case, for page.Crumbs.
func (h CaseHead) crumbs() []page.Crumb {
	list := []page.Crumb{{Label: h.T("voice.cases"), Link: "/cases"}, {Label: h.Number}}
	if h.Tab != "overview" {
		list[1].Link = "/cases/" + string(h.ID)
		list = append(list, page.Crumb{Label: h.T("voice.tab." + h.Tab)})
	}
	return list
}

func (h CaseHead) tabs() []page.Tab {
	var list []page.Tab
	for _, t := range tabs {
		if t.key == "contacts" && !h.Actor.Can(voice.SeeAnswers) {
			continue // members do not see whom the office has talked to
		}
		list = append(list, page.Tab{Label: h.T("voice.tab." + t.key), Count: h.Counts[t.key], Link: "/cases/" + string(h.ID) + t.path, On: t.key == h.Tab})
	}
	return list
}
