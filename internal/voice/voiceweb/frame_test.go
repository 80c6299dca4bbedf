package voiceweb

import (
	"bytes"
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"pgregory.net/rapid"

	"github.com/asociacija/asociacija/country/si"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/houseweb"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

var morning = civil.On(2026, 11, 17)

func book(t testing.TB) *i18n.Book {
	t.Helper()
	b, err := i18n.Load(page.Words(), houseweb.Words(), Words())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// line writes phases as "done Javna obravnava 1. 2.–3. 4. 2026".
func line(list []page.Phase) string {
	var lines []string
	for _, p := range list {
		lines = append(lines, strings.TrimSpace(p.At+" "+p.Label+" "+p.When))
	}
	return strings.ReplaceAll(strings.Join(lines, "\n"), "\u00a0", " ")
}

func fileOf(t testing.TB, events procedure.Events, rounds ...cases.Round) cases.File {
	t.Helper()
	pack, err := si.Pack()
	if err != nil {
		t.Fatal(err)
	}
	p, _ := pack.Procedure(procedure.Law, procedure.Ordinary)
	return cases.File{Procedure: p, Line: p.Line(events, pack.Calendar(), morning), Rounds: rounds}
}

func TestPhases(t *testing.T) {
	t.Parallel()
	sl := book(t).In("sl")
	for _, one := range []struct {
		name   string
		file   cases.File
		wanted string
	}{
		{"a second draft is out", fileOf(t, procedure.Events{
			"programme_entered": civil.On(2026, 1, 12), cases.DraftPublished: civil.On(2026, 10, 29), cases.ConsultationCloses: civil.On(2026, 11, 30),
		}, cases.Round{From: civil.On(2026, 3, 3), Until: civil.On(2026, 4, 5)}), `done Program dela vlade, odprta EVA 12. 1.–3. 3. 2026
done Prejšnji osnutek, javna obravnava 3. 3.–5. 4. 2026
now Javna obravnava 29. 10.–30. 11. 2026
next Seznanitev javnosti od 30. 11. 2026
next Medresorsko usklajevanje dan še ni znan
next Obravnava na seji vlade dan še ni znan
next Vložitev v državni zbor (EPA) dan še ni znan`},
		{"phases without a record are left out", fileOf(t, procedure.Events{"filed": civil.On(2026, 11, 10)}),
			`now Vložitev v državni zbor (EPA) od 10. 11. 2026
next Prva obravnava dan še ni znan
next Druga obravnava – MDT dan še ni znan
next Druga obravnava – DZ dan še ni znan
next Tretja obravnava dan še ni znan
next Državni svet (odložilni veto) dan še ni znan
next Razglasitev in objava dan še ni znan`},
		{"nothing runs", cases.File{}, ""},
	} {
		if got := line(Phases(sl, one.file)); got != one.wanted {
			t.Errorf("%s:\n%s\nwant:\n%s", one.name, got, one.wanted)
		}
	}
}

// Whatever is known, the line fits, keeps its order, and shows what is now.
func TestPhases_properties(t *testing.T) {
	t.Parallel()
	sl := book(t).In("sl")
	all := fileOf(t, nil).Procedure.Phases
	rapid.Check(t, func(r *rapid.T) {
		events := procedure.Events{}
		for _, phase := range all {
			for _, e := range []procedure.Event{phase.Begins, phase.Ends} {
				if rapid.Bool().Draw(r, string(e)) {
					events[e] = morning.AddDays(rapid.IntRange(-300, 100).Draw(r, "day of "+string(e)))
				}
			}
		}
		file := fileOf(t, events)
		now := 0
		for _, step := range file.Line {
			if step.State == procedure.Now {
				now++
			}
		}
		shown := Phases(sl, file)
		current, ahead := 0, false
		for _, p := range shown {
			if p.At == "now" {
				current++
			}
			if ahead = ahead || p.At == "next"; ahead && p.At != "next" {
				r.Fatalf("what is to come stands before what has been:\n%s", line(shown))
			}
		}
		if current != now {
			r.Fatalf("%d phases are now, %d are shown:\n%s", now, current, line(shown))
		}
		if len(shown) > mostPhases && shown[0].At != "now" {
			r.Fatalf("%d phases are shown, and the first is not for what is now:\n%s", len(shown), line(shown))
		}
	})
}

func TestWhen(t *testing.T) {
	t.Parallel()
	b := book(t)
	for _, one := range []struct{ lang, from, until, want string }{
		{"sl", "", "", ""},
		{"sl", "2026-10-29", "2026-11-30", "29. 10.–30. 11. 2026"},
		{"sl", "2025-10-29", "2026-01-30", "29. 10. 2025–30. 1. 2026"},
		{"sl", "2026-10-29", "", "od 29. 10. 2026"},
		{"sl", "", "2026-11-30", "do 30. 11. 2026"},
		{"sl", "2026-11-30", "2026-11-30", "30. 11. 2026"},
		{"en", "2026-10-29", "2026-11-30", "29 Oct 2026–30 Nov 2026"},
	} {
		from, _ := civil.Parse(one.from)
		until, _ := civil.Parse(one.until)
		if got := strings.ReplaceAll(When(b.In(one.lang), from, until), "\u00a0", " "); got != one.want {
			t.Errorf("%s to %s in %s is %q, want %q", one.from, one.until, one.lang, got, one.want)
		}
	}
}

func TestHead(t *testing.T) {
	t.Parallel()
	site := page.New(page.House{Name: "Hiša", URL: "https://mnk.example", Zone: time.UTC}, nil, book(t), func() time.Time { return morning.Start(time.UTC) })
	f := site.Frame(httptest.NewRequest("GET", "/cases/2026-014/position", nil), "", "")
	file := cases.File{Case: cases.Case{
		ID: "2026-014", Title: "Novela zakona", Short: "ZPNK-A", State: cases.Waiting, OwnerIs: "Neža Škrbec", Opened: civil.On(2026, 1, 12), Proposals: 9, PositionNow: "2026-07 v3",
	}}
	h := Head(f, file, "position")
	if h.Title != "Novela zakona (ZPNK-A)" || h.Frame.Title != "Stališče · Zadeva 2026/014: ZPNK-A" || h.Counts["uptake"] != "9" || h.Counts["position"] != "v3" {
		t.Errorf("the head is %q, %q, %v", h.Title, h.Frame.Title, h.Counts)
	}
	if got, want := strings.ReplaceAll(h.Frame.Foot, "\u00a0", " "), "Zadeva 2026/014 · mnk.example/z/2026-014 · stanje 17. 11. 2026"; got != want {
		t.Errorf("the foot is %q, want %q", got, want)
	}
	var b bytes.Buffer
	if err := CaseFrame(h).Render(templ.WithChildren(context.Background(), templ.Raw("<p>Telo</p>")), &b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<a href="/cases/2026-014/position" aria-current="page">Stališče <span class="count">v3</span></a>`, `<a href="/cases/2026-014">2026/014</a>`,
		"čaka na odgovor", "skrbi Neža Škrbec", "<p>Telo</p>",
	} {
		if !strings.Contains(strings.ReplaceAll(b.String(), "\u00a0", " "), want) {
			t.Errorf("the frame lacks %s", want)
		}
	}
	if n := strings.Count(b.String(), "<h1>"); n != 1 {
		t.Errorf("%d headings of the first order", n)
	}
}

func TestSay(t *testing.T) {
	t.Parallel()
	pack, err := si.Pack()
	if err != nil {
		t.Fatal(err)
	}
	b := book(t)
	if got := ClockName(b.In("en"), pack, "our_comments"); got != "our comments" {
		t.Errorf("the clock is %q", got)
	}
	if got := ClockName(b.In("sl"), pack, "own_letter"); got != "odgovor, ki ga pričakujemo" {
		t.Errorf("a clock of no procedure is %q", got)
	}
	if got := Say(b.In("sl"), pack, cases.Due{Kind: "voice.case", Args: []string{"number", "2026-11-30"}}, ""); strings.ReplaceAll(got, "\u00a0", " ") != "Zadeva 30. 11. 2026" {
		t.Errorf("a day in a sentence is %q", got)
	}
	if got := Say(b.In("sl"), pack, cases.Due{Kind: "voice.case"}, ".do"); got != "" {
		t.Errorf("words that the kind has not: %q", got)
	}
	if word, edge := Force(b.In("sl"), procedure.Binding); word != "zavezujoče" || edge != "firm" {
		t.Errorf("a binding clock is %q %q", word, edge)
	}
}
