package textkit

import "testing"

func TestAlike(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want float64
	}{{"BENKO TAJA", "Taja Benko", 1}, {"Žagar, Urh", "urh zagar", 1}, {"Benko Taja", "Benko Ana", 0.5}, {"", "", 0}, {"Benko", "Lipar", 0}} {
		if got := Alike(tt.a, tt.b); got != tt.want {
			t.Errorf("Alike(%q, %q) = %v, want %v", tt.a, tt.b, got, tt.want)
		}
	}
}
