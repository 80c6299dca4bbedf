package lawtext

import (
	"slices"
	"testing"
)

func TestObservations(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Vodstvo\n\n1. člen\n\nKlub vodi svet.\n", []string{"language", "chained-heading", "bare-heading", "implied-number"}},
		{"1. člen\n(1) Klub ima:\n\na) ime;\n\nč) pečat.\n\nVelja takoj.\n", []string{"language", "list-level", "wrap-up"}},
		{"1. člen\r\n(1) Klub je velik\r\nin lep.\n(2) Klub je\nnaš.\n", []string{"language", "line-ends", "row-goes-on"}},
		{"---\ncountry: \"sk\"\n---\n##### § 1\n\n##### Klub\n\n(1) Platí.\n", []string{"caption"}},
	} {
		var got []string
		for _, n := range Observations(Parse(c.text)) {
			got = append(got, n.Key)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: got %v, want %v", c.text, got, c.want)
		}
	}
}
