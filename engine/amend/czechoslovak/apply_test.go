package czechoslovak_test

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/czechoslovak"
	"github.com/asociacija/asociacija/engine/lawtext"
)

const front = "---\ncountry: SK\n---\n\n"

// TestWhatIsInferredIsNoted carries out single points on an invented decree.
func TestWhatIsInferredIsNoted(t *testing.T) {
	base := front + "##### § 1\n\n(1) Včely sú:\n\na) matky,\n\nb) trúdy.\n\n(2) Med je sladký.\n\n##### § 2\n\n(1) Úľ je drevený.\n\n(2) Úle sú dva.\n"
	for _, c := range []struct{ point, want string }{
		{"V § 1 sa za odsek 1 vkladá nový odsek 2, ktorý znie: „(2) Vosk je žltý.“.", "applied moved-up"},
		{"V § 1 ods. 1 písmeno a) znie: „a) kráľovné.“.", "applied list-sign"},
		{"V § 1 ods. 1 písmeno a) znie: „a) kráľovné,“.", "applied"},
		{"V § 1 ods. 2 a § 2 sa slovo „Med“ nahrádza slovom „Vosk“.", "applied; refused text-missing"},
		{"V § 1 ods. 2 sa slovo „Med“ a v § 2 slovo „Úľ“ vypúšťa.", "refused no-pattern"},
	} {
		act := front + "##### Čl. I\n\nVyhláška č. 1/2000 Z. z. sa mení takto:\n\n1.\n\n" + c.point + "\n"
		ins := czechoslovak.Read(lawtext.Parse(act))
		for i := range ins {
			for k := range ins[i].Ops {
				ins[i].Ops[k].Act = "" // the decree has no number
			}
		}
		var got []string
		for _, o := range amend.Apply(lawtext.Parse(base), ins).Outcomes {
			s := strings.TrimSpace(string(o.Status) + " " + strings.Join(o.Notes, " "))
			if o.Refused != nil {
				s += " " + string(o.Refused.Reason)
			}
			got = append(got, s)
		}
		if g := strings.Join(got, "; "); g != c.want {
			t.Errorf("%s\n got  %s\n want %s", c.point, g, c.want)
		}
	}
}
