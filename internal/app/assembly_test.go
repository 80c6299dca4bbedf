package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/platform/auth"
)

// assembly walks an assembly of today: planned, called, with a quorum by the register of
// the day, it decides.
func assembly(t *testing.T, h *app.House, b *tab) {
	t.Helper()
	b.open("/meetings/new")
	b.choose("body", "Občni zbor")
	b.set("title", "Redni občni zbor", "day", time.Now().In(h.Config.TimeZone).Format("2. 1. 2006"), "place", "Tesarska 9")
	b.send("Načrtujte sejo")
	b.sound()
	meeting := b.path()
	b.open(meeting + "/items/new")
	b.set("title", "Strategija do 2030")
	b.send("Shranite")
	b.open(meeting + "/motions/new")
	b.set("title", "Strategija", "text", "Občni zbor sprejme strategijo do leta 2030.")
	b.send("Shranite")
	b.open(meeting + "/call")
	b.sound()
	b.set("short", "Vsi so se odpovedali roku za sklic.")
	b.send("Skličite")
	b.sees("sklicana")
	b.shot("mandate-4-called")

	// Members come. The office finds one by the beginning of a name; the others are
	// noted by the desk, for there are two hundred.
	id := meetings.MeetingID(strings.TrimPrefix(meeting, "/meetings/"))
	come(t, h.Meetings, id, 206)
	b.open(meeting + "/attendance?q=žnid")
	b.sound()
	b.sees("Tu: 206 od 413 z glasom. Za sklepčnost: 207.")
	b.send("osebno: Žnidar, Ajda")
	b.open(meeting)
	b.send("Odprite sejo")
	b.send("Ugotovite sklepčnost")
	b.sees("Sklepčnost je ugotovljena")
	b.shot("mandate-4-quorum")

	b.open(meeting + "/motions")
	b.press("Glasovanje: Strategija")
	b.set("for", "150", "against", "40")
	b.sound()
	b.send("Vpišite izid")
	b.sees("Sklep OZ-1/" + time.Now().In(h.Config.TimeZone).Format("2006") + "-1")
	b.open(meeting + "/minutes")
	b.sees("prisotnih 207")
	b.sound()
	b.shot("mandate-4-minutes")
}

// come notes that so many persons with a vote are there, of those not noted yet.
func come(t *testing.T, desk *meetings.Desk, id meetings.MeetingID, n int) {
	t.Helper()
	for q := (meetings.AttendeeQuery{Meeting: id, Limit: 1000}); ; time.Sleep(50 * time.Millisecond) { // a job writes who is called
		list, err := desk.Attendees(t.Context(), auth.House, q)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) < 400 {
			continue
		}
		for _, a := range list {
			if n == 0 {
				return
			}
			if _, err := desk.Attend(t.Context(), auth.House, id, a.ID, meetings.Coming{Way: meetings.InPerson}); err == nil {
				n--
			}
		}
		t.Fatalf("%d more should have come", n)
	}
}
