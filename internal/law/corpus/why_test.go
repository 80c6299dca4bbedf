package corpus

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const novela = `ZAKON O SPREMEMBAH IN DOPOLNITVAH ZAKONA O KLUBIH (ZKl-A)

1. člen

V Zakonu o klubih (Uradni list RS, št. 1/24) se v 2. členu besedilo »pred polnočjo« nadomesti z besedilom »pred jutrom«.

2. člen

3. člen se črta.

3. člen

Za 3. členom se doda nov 4. člen, ki se glasi:

»4. člen

Nadzor opravlja kdo drug.«.
`

// An instruction of an amending act that we have is a reason. It is exact where
// the new text reads just so.
func TestDesk_Why(t *testing.T) {
	each(t, func(t *testing.T, d *Desk, _ *store.DB) {
		a := add(t, d, Given{Text: first, On: civil.On(2024, 1, 1), Open: true})
		b := add(t, d, Given{Text: second, On: civil.On(2025, 1, 1), Open: true})
		if why, err := d.Why(t.Context(), clerk, a.ID, b.ID); err != nil || len(why) > 0 {
			t.Errorf("without an amending act there is %v, %v", why, err)
		}
		add(t, d, Given{Act: a.Act, Text: novela, Stage: Amending, On: civil.On(2024, 6, 1)})
		why, err := d.Why(t.Context(), clerk, a.ID, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, id := range slices.Sorted(maps.Keys(why)) {
			for _, r := range why[id] {
				got = append(got, fmt.Sprintf("%s: %s. %s %v", id, r.Article, r.Words[strings.LastIndex(r.Words[:len(r.Words)-1], " ")+1:], r.Exact))
			}
		}
		if want := []string{"art_2: 1. jutrom«. true", "art_3: 2. črta. true", "art_4: 3. glasi: false"}; !slices.Equal(got, want) {
			t.Errorf("the reasons are %q, want %q", got, want)
		}

		// A second draft of the amending act says otherwise: the first one explains more.
		add(t, d, Given{Act: a.Act, Text: strings.Replace(novela, "pred jutrom", "opoldne", 1), Stage: Amending, On: civil.On(2024, 7, 1)})
		if why, err := d.Why(t.Context(), clerk, a.ID, b.ID); err != nil || len(why["art_2"]) != 1 || !why["art_2"][0].Exact {
			t.Errorf("with two drafts: %v, %v", why["art_2"], err)
		}

		// The amending act is not public, and nothing of it is.
		if why, err := d.Why(t.Context(), nobody, a.ID, b.ID); err != nil || len(why) > 0 {
			t.Errorf("a stranger reads %v, %v", why, err)
		}
		// One that came before the old text changed nothing after it.
		if why, err := d.Why(t.Context(), clerk, b.ID, a.ID); err != nil || len(why) > 0 {
			t.Errorf("from the new to the old: %v, %v", why, err)
		}
	})
}

// An instruction that does two things is the reason of both, and an article is
// followed when a later act counts it anew.
func TestDesk_Why_two(t *testing.T) {
	each(t, func(t *testing.T, d *Desk, _ *store.DB) {
		a := add(t, d, Given{Text: "Zakon o klubih\n\n1. člen\n\nKlub ima vrata.\n\n2. člen\n\nVečer je čas.\n", On: civil.On(2024, 1, 1)})
		b := add(t, d, Given{Act: a.Act, Text: "Zakon o klubih\n\n1. člen\n\nKlub ima okna.\n\n2. člen\n\nNov je.\n\n3. člen\n\nJutro je čas.\n", On: civil.On(2025, 1, 1)})
		add(t, d, Given{Act: a.Act, Stage: Amending, On: civil.On(2024, 6, 1),
			Text: "ZAKON O SPREMEMBAH ZAKONA O KLUBIH (ZKl-A)\n\n1. člen\n\nV Zakonu o klubih (Uradni list RS, št. 1/24) se v 2. členu beseda »Večer« nadomesti z besedo »Jutro«.\n"})
		add(t, d, Given{Act: a.Act, Stage: Amending, On: civil.On(2024, 7, 1),
			Text: "ZAKON O SPREMEMBAH ZAKONA O KLUBIH (ZKl-B)\n\n1. člen\n\nV Zakonu o klubih (Uradni list RS, št. 1/24) se v 1. členu beseda »vrata« nadomesti z besedo »okna«, za 1. členom pa se doda nov 2. člen, ki se glasi:\n\n»2. člen\n\nNov je.«.\n\nDosedanji 2. člen postane 3. člen.\n"})
		why, err := d.Why(t.Context(), clerk, a.ID, b.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"art_1", "art_2", "art_3"} {
			if len(why[id]) == 0 || !why[id][0].Exact {
				t.Errorf("%s has the reasons %v", id, why[id])
			}
		}
		if len(why["art_3"]) != 2 {
			t.Errorf("art_3 was rewritten and counted anew: %v", why["art_3"])
		}
	})
}
