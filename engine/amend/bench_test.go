package amend_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/slovene"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// largeLaw has n articles of three paragraphs, and an amending act changes each
// in one of three ways.
func largeLaw(n int) (law *lawtext.Act, ins []amend.Instruction) {
	var a, b strings.Builder
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&a, "%d. člen\n\n(1) Panj %d je lesen in stoji na travniku.\n\n(2) Vanj se naseli roj.\n\n(3) Med se iztoči jeseni.\n\n", i, i)
		fmt.Fprintf(&b, "%d. člen\n\n", i)
		switch i % 3 {
		case 0:
			fmt.Fprintf(&b, "V %d. členu se v prvem odstavku beseda »travniku« nadomesti z besedo »sončnem«.\n\n", i)
		case 1:
			fmt.Fprintf(&b, "V %d. členu se drugi odstavek črta.\n\n", i)
		default:
			fmt.Fprintf(&b, "Za %d. členom se doda nov %d.a člen, ki se glasi:\n\n»%d.a člen\n\nPanj je nov.«.\n\n", i, i, i)
		}
	}
	return lawtext.Parse(a.String()), slovene.Read(lawtext.Parse(b.String()))
}

// BenchmarkApply shows how the time grows with law and amending act together.
func BenchmarkApply(b *testing.B) {
	for _, n := range []int{250, 500, 1_000, 2_000} {
		law, ins := largeLaw(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if res := amend.Apply(law, ins); res.Outcomes[n-1].Status != amend.Applied {
					b.Fatal(res.Outcomes[n-1].Refused)
				}
			}
		})
	}
}
