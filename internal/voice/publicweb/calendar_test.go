package publicweb

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// A prop is a content line: a name, its parameters as written, its value.
type prop struct{ params, value string }

// contentLine is section 3.1 of RFC 5545, for names and parameters that we write.
var contentLine = regexp.MustCompile(`^([A-Z][A-Z0-9-]*)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)$`)

// escaped is the value of a text: each backslash escapes something, and commas and
// semicolons are escaped (3.3.11).
var escaped = regexp.MustCompile(`^(?:[^\\;,\x00-\x08\x0A-\x1F\x7F]|\\[\\;,nN])*$`)

// ical reads a calendar by the rules of RFC 5545, and complains of each that it
// breaks. It returns the events.
func ical(t *testing.T, body string) (events []map[string]prop) {
	t.Helper()
	if !utf8.ValidString(body) || !strings.HasSuffix(body, "\r\n") || strings.Contains(strings.ReplaceAll(body, "\r\n", ""), "\n") {
		t.Error("a line does not end with CRLF (3.1)")
	}
	for _, line := range strings.Split(body, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Errorf("a line of %d bytes, or one folded inside a letter (3.1): %q", len(line), line)
		}
	}
	lines := strings.Split(strings.TrimSuffix(strings.ReplaceAll(body, "\r\n ", ""), "\r\n"), "\r\n")
	if lines[0] != "BEGIN:VCALENDAR" || lines[len(lines)-1] != "END:VCALENDAR" {
		t.Fatalf("it begins with %q and ends with %q", lines[0], lines[len(lines)-1])
	}
	head, uids := map[string]prop{}, map[string]bool{}
	var others []string // components beside events, as they begin and end
	at := head
	for _, line := range lines[1 : len(lines)-1] {
		m := contentLine.FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("no content line: %q", line)
		}
		name, p := m[1], prop{m[2], m[3]}
		switch {
		case name == "BEGIN" && p.value != "VEVENT" || name == "END" && p.value != "VEVENT":
			others = append(others, m[3])
			at = map[string]prop{} // of a component that is no event
			continue
		case line == "BEGIN:VEVENT":
			at = map[string]prop{}
			continue
		case line == "END:VEVENT":
			event(t, at, uids)
			events, at = append(events, at), head
			continue
		case name == "SUMMARY" || name == "DESCRIPTION" || name == "X-WR-CALNAME":
			if !escaped.MatchString(p.value) {
				t.Errorf("%s is not escaped (3.3.11): %q", name, p.value)
			}
		}
		if _, twice := at[name]; twice {
			t.Errorf("%s stands twice", name)
		}
		at[name] = p
	}
	if got := strings.Join(others, " "); len(events) == 0 && got != "VTIMEZONE STANDARD STANDARD VTIMEZONE" || len(events) > 0 && got != "" {
		t.Errorf("a calendar has a component (3.6), and here no other than events: %q", got)
	}
	if head["VERSION"].value != "2.0" || head["PRODID"].value == "" {
		t.Errorf("the calendar has no version or maker (3.6): %v", head)
	}
	return events
}

// event checks what an all-day event must have (3.6.1).
func event(t *testing.T, e map[string]prop, uids map[string]bool) {
	t.Helper()
	if uid := e["UID"].value; uid == "" || uids[uid] {
		t.Errorf("the UID %q is none, or is there twice (3.8.4.7)", uid)
	}
	uids[e["UID"].value] = true
	if _, err := time.Parse("20060102T150405Z", e["DTSTAMP"].value); err != nil {
		t.Errorf("DTSTAMP is not in UTC (3.8.7.2): %v", err)
	}
	from, err1 := time.Parse("20060102", e["DTSTART"].value)
	until, err2 := time.Parse("20060102", e["DTEND"].value)
	if err1 != nil || err2 != nil || e["DTSTART"].params != ";VALUE=DATE" || e["DTEND"].params != ";VALUE=DATE" {
		t.Errorf("not a day: %v to %v (3.8.2.4)", e["DTSTART"], e["DTEND"])
	}
	if until.Sub(from) != 24*time.Hour {
		t.Errorf("the end of an all-day event is the day after (3.6.1): %v to %v", from, until)
	}
	for _, name := range []string{"SUMMARY", "DESCRIPTION", "URL"} {
		if e[name].value == "" {
			t.Errorf("an event without %s", name)
		}
	}
}

func TestCalendar(t *testing.T) {
	each(t, func(t *testing.T, h *house) {
		if n := len(ical(t, h.get("/calendar.ics"))); n != 0 {
			t.Errorf("a new house has %d days", n)
		}
		h.fill()
		other := must(h.site.Cases.Open(t.Context(), neza, cases.Case{
			Title: "Zelo dolg naslov, z vejico; s podpičjem \\ in s šumniki: " + strings.Repeat("čšž ", 40), Kind: procedure.Call, Lead: "O razpisu.\nV dveh vrsticah.", Public: true,
		}))(t)
		h.event(other.ID, cases.CallPublished, civil.On(2026, 11, 2), "")
		h.event(other.ID, cases.CallCloses, civil.On(2026, 12, 1), "")
		all := ical(t, h.get("/calendar.ics"))
		if len(all) == 0 {
			t.Fatal("no days")
		}
		var found []string
		for _, e := range all {
			found = append(found, e["DTSTART"].value+" "+e["SUMMARY"].value+" "+e["URL"].value)
		}
		text := strings.ReplaceAll(strings.Join(found, "\n"), "\u00a0", " ")
		want := "20261124 Zadnji dan posvetovanja: Novela Zakona o podpori neodvisni kulturi https://mnk.example/o/" + string(h.asked)
		number := "https://mnk.example/z/" + string(h.id)
		if !strings.Contains(text, want) || !strings.Contains(text, "20261130 ZPNK-A: konec javne obravnave "+number) || strings.Count(text, "https://mnk.example/z/"+string(other.ID)) != 3 {
			t.Errorf("days are\n%s", text)
		}
		one := ical(t, h.get("/z/"+string(h.id)+"/calendar.ics"))
		for _, e := range one {
			if e["UID"].value == "" || !strings.HasSuffix(e["UID"].value, "@mnk.example") {
				t.Errorf("a UID is %q", e["UID"].value)
			}
		}
		if len(one) == 0 {
			t.Error("the case has no days")
		}
		if !strings.Contains(h.get("/calendar.ics?lang=en"), "Last day of the consultation") {
			t.Error("the calendar speaks no English")
		}
	})
}

// What is known of a day stays under the same UID when the day moves.
func TestCalendar_moved(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t, steps()...)).fill()
	before := ical(t, h.get("/calendar.ics"))
	h.must(h.site.Consult.Extend(t.Context(), neza, h.asked, civil.On(2026, 12, 4)))
	after := ical(t, h.get("/calendar.ics"))
	for _, e := range before {
		same := false
		for _, f := range after {
			same = same || e["UID"] == f["UID"]
		}
		if !same {
			t.Errorf("%v is gone", e["UID"])
		}
	}
	if text := fmt.Sprint(after); !strings.Contains(text, "20261204") {
		t.Errorf("the new day is not there: %s", text)
	}
}
