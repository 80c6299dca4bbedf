package slovene

import (
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// Where no sentence names the act, the title of the amending act does; of several
// acts in it, it is not known which.
func TestEntitled(t *testing.T) {
	t.Parallel()
	const changes = "1. člen\n\nV 1. členu se beseda »med« nadomesti z besedo »vosek«.\n"
	for _, c := range []struct {
		title, more, base string
		want              amend.Status
		why               amend.Reason
	}{
		{title: "Zakon o spremembah Zakona o medu", base: "Zakon o medu", want: amend.Applied},
		{title: "Zakon o spremembah Zakona o medu", base: "Zakon o čebelah", want: amend.Elsewhere},
		{title: "Zakon o spremembah Zakona o medu in Zakona o vosku", base: "Zakon o čebelah", want: amend.Refused, why: amend.TwoReadings},
		{title: "Zakon o spremembah Zakona o medu in Zakona o vosku", base: "Zakon o medu", want: amend.Refused, why: amend.TwoReadings},
		{title: "Odlok o spremembah Odloka o medu ter Odredbe o vosku", base: "Odlok o čebelah", want: amend.Refused, why: amend.TwoReadings},
		{title: "Zakon o spremembah Zakona o medu", base: "Zakon o čebelah", want: amend.Elsewhere,
			more: "\n2. člen\n\nZ dnem uveljavitve tega zakona preneha veljati 5. člen Zakona o vosku (Uradni list RS, št. 1/20).\n"},
		{title: "Zakon o spremembah Zakona o medu in Zakona o vosku", base: "Zakon o čebelah", want: amend.Refused, why: amend.TwoReadings,
			more: "\n2. člen\n\nV Zakonu o vosku (Uradni list RS, št. 1/20) se v 1. členu črta beseda »med«.\n"},
	} {
		ins := Read(lawtext.Parse(c.title + "\n\n" + changes + c.more))
		got := amend.Apply(lawtext.Parse(c.base+"\n\n1. člen\n\nKlub ima med.\n"), ins).Outcomes[0]
		if got.Status != c.want || c.why != "" && got.Refused.Reason != c.why {
			t.Errorf("%s, on %s: %s %v", c.title, c.base, got.Status, got.Refused)
		}
	}
}
