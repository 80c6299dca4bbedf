package amend_test

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/slovene"
	"github.com/asociacija/asociacija/engine/lawtext"
)

const bill = `1. člen

V Zakonu o čebelah se v 1. členu beseda »panje« nadomesti z besedo »roje«.

2. člen

Za 4. členom se doda nov 4.a člen, ki se glasi:

»4.a člen

(1) Medu se ne meša.

(2) Vosek se tali.«.

3. člen

5. člen se črta.
`

const amandmaji = `AMANDMAJI

k predlogu zakona o spremembah Zakona o čebelah

K 1. členu:

V 1. členu predloga zakona se beseda »roje« nadomesti z besedo »uljnjake«.

Obrazložitev:

V 2. členu se beseda »Medu« črta.

K 2. členu

V drugem odstavku se beseda »Vosek« nadomesti z besedo »Propolis«.

K 2. členu

Beseda »Vosek« se nadomesti z besedilom »Stari vosek«.

K 3. členu

Člen se spremeni tako, da se glasi:

»3. člen

V 4. členu se drugi odstavek črta.«.
`

// Amendments change the bill, and the bill as adopted changes the law.
func TestAmendmentsToABill(t *testing.T) {
	t.Parallel()
	draft := lawtext.Parse(bill)
	list := slovene.ReadAmendments(lawtext.Parse(amandmaji))
	var ids, status []string
	adopted := draft
	for _, a := range list {
		res := amend.Apply(adopted, a.Instructions)
		adopted = res.Act
		ids = append(ids, a.ID)
		for _, o := range res.Outcomes {
			s := string(o.Status)
			if o.Refused != nil {
				s += " " + string(o.Refused.Reason)
			}
			status = append(status, s)
		}
	}
	if got := strings.Join(ids, ", "); got != "K 1. členu, K 2. členu, K 2. členu (2), K 3. členu" {
		t.Errorf("amendments %s", got)
	}
	// The second paragraph is one of the payload, not of the article of the bill.
	if got := strings.Join(status, ", "); got != "applied, refused no-target, applied, applied" {
		t.Errorf("got %s", got)
	}
	law := amend.Apply(lawtext.Parse(base), slovene.Read(adopted))
	for _, o := range law.Outcomes {
		if o.Status != amend.Applied {
			t.Errorf("%s: %v", o.Text, o.Refused)
		}
	}
	text := lawtext.Print(law.Act)
	for _, want := range []string{"Zakon ureja uljnjake.", "4.a člen", "(2) Stari vosek se tali.", "5. člen\n\nTa zakon velja."} {
		if !strings.Contains(text, want) {
			t.Errorf("the law lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "roj") && strings.Contains(text, "200 eurov") {
		t.Error("the second paragraph of article 4 still stands")
	}
}
