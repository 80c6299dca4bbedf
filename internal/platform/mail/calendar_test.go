package mail

import (
	"strings"
	"testing"
)

// An invitation for calendars arrives as a part that programs take and as a file
// that people open; once it is gone, the ledger has no secret of it.
func TestDesk_Post_calendar(t *testing.T) {
	each(t, nil, func(t *testing.T, h *house) {
		secret := strings.Repeat("aB3_-", 8) + "xyz"
		l := plain("ana@primer.si")
		l.Calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nURL:https://mnk.example/b/" + secret[:30] + "\r\n " + secret[30:] + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
		id := h.post(l)
		h.after(0)
		if all := h.server.all(); len(all) != 1 || strings.Count(all[0], "text/calendar") != 2 || !strings.Contains(all[0], "text/calendar; method=REQUEST") || !strings.Contains(all[0], `filename="invite.ics"`) {
			t.Errorf("arrived: %s", all)
		}
		if e := h.get(id); e.State != Sent || !strings.Contains(e.Calendar, "/b/…") {
			t.Errorf("the ledger keeps %+v", e)
		}
	})
}

// A calendar that does not say what it asks for is none that a mail may carry.
func TestLetter_Check_calendar(t *testing.T) {
	l := plain("ana@primer.si")
	for calendar, ok := range map[string]bool{"": true, "METHOD:CANCEL\r\n": true, "BEGIN:VCALENDAR\r\n": false, "METHOD:X\"; a=b": false} {
		l.Calendar = calendar
		if _, err := l.Check(); (err == nil) != ok {
			t.Errorf("%q: %v", calendar, err)
		}
	}
}
