package law

import (
	"testing"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

func TestParseAddress(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]Address{
		"01hk":                {Version: "01hk"},
		"01hk#art_5__para_2":  {Version: "01hk", Provision: "art_5__para_2"},
		"01hk#zujik-b/art_4":  {Version: "01hk", Provision: "zujik-b/art_4"},
		"01hk#art_5#~2":       {Version: "01hk", Provision: "art_5#~2"},
		"06gyhf0ag284#para_1": {Version: "06gyhf0ag284", Provision: "para_1"},
	} {
		got, err := ParseAddress(s)
		if err != nil || got != want || got.String() != s {
			t.Errorf("%q is read as %+v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "#art_1"} {
		if _, err := ParseAddress(s); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q is answered %v", s, err)
		}
	}
}
