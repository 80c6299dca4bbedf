package proof

import (
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
)

func TestLine_Proven(t *testing.T) {
	day := civil.On(2026, 3, 27)
	for name, tt := range map[string]struct {
		papers []Paper
		want   bool
	}{
		"nothing":       {nil, false},
		"without a day": {[]Paper{{Kind: "tax", Number: "12345679"}}, false},
		"on the day":    {[]Paper{{Kind: "tax", On: day}}, true},
		"a day after":   {[]Paper{{Kind: "tax", On: day.AddDays(1)}}, false},
		"one of two":    {[]Paper{{Kind: "tax"}, {Kind: "admission", On: day.AddDays(-400)}}, true},
	} {
		if got := (Line{Papers: tt.papers}).Proven(day); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestID_Number(t *testing.T) {
	for id, want := range map[ID]string{"2026-000003": "3/2026", "2026-000120": "120/2026", "2026-123456": "123456/2026"} {
		if got := id.Number(); got != want {
			t.Errorf("%s is written %s, want %s", id, got, want)
		}
	}
}
