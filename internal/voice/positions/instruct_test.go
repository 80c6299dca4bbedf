package positions

import (
	"strings"
	"testing"

	"github.com/asociacija/asociacija/engine/lawtext"
)

const hives = `Zakon o čebelah (ZČeb)

1. člen

Panj je dom čebel.

2. člen
(vpis)

(1) Čebelar vpiše panje v 30 dneh.

(2) Vpis vsebuje:

1. ime,

2. naslov.

(3) Vpis je javen.
`

// A change of words is written as such; what says all anew quotes the provision.
func TestProposal_instruct(t *testing.T) {
	t.Parallel()
	act := lawtext.Parse(hives)
	for _, tt := range []struct{ at, place, label, text, want string }{
		{"art_2__para_1", "a2 p1", "(1)", "(1) Čebelar vpiše panje v 60 dneh.",
			"V 2. členu se v prvem odstavku število »30« nadomesti s številom »60«."},
		{"art_2__para_1", "a2 p1", "(1)", "Čebelar brezplačno vpiše panje v 30 dneh.",
			"V 2. členu se v prvem odstavku za besedo »Čebelar« doda beseda »brezplačno«."},
		{"art_2__para_2__point_2", "a2 p2 t2", "2.", "2. naslov in telefon.",
			"V 2. členu se v drugem odstavku v 2. točki za besedo »naslov« doda besedilo »in telefon«."},
		{"art_1__para_1", "a1 p*", "", "Roj je živ.",
			"V 1. členu se besedilo spremeni tako, da se glasi:|»Roj je živ.«."},
		{"art_1__para_1", "a1 p*", "", "Panj je dom čebel.", "V 1. členu se besedilo spremeni tako, da se glasi:|»Panj je dom čebel.«."},
	} {
		p := Proposal{Provision: tt.at, Place: place(tt.place), Wanted: Rewrite, Lang: "sl", Text: tt.text}
		p.Place[len(p.Place)-1].Label = tt.label
		p.Instruction = p.instruct(act)
		n := p.Normative()
		if got := strings.Trim(n.String(), "|"); got != tt.want {
			t.Errorf("%s %q:\n got %s\nwant %s", tt.at, tt.text, got, tt.want)
		}
	}
}

// Other wishes, languages and places have no instruction.
func TestProposal_instruct_none(t *testing.T) {
	t.Parallel()
	act := lawtext.Parse(hives)
	for name, p := range map[string]Proposal{
		"deleted":     {Provision: "art_2__para_1", Place: place("a2 p1"), Wanted: Delete, Lang: "sl"},
		"English":     {Provision: "art_2__para_1", Place: place("a2 p1"), Wanted: Rewrite, Lang: "en", Text: "New."},
		"no text":     {Provision: "art_2__para_1", Place: place("a2 p1"), Wanted: Rewrite, Lang: "sl"},
		"other words": {Provision: "art_2__para_1", Place: place("a2 p1"), Wanted: Rewrite, Lang: "sl", Text: "Roj je živ."},
		"nowhere":     {Provision: "art_9__para_1", Place: place("a9 p1"), Wanted: Rewrite, Lang: "sl", Text: "Novo."},
		"a provision": {Provision: "art_2__para_9", Place: place("a2 p9"), Wanted: Rewrite, Lang: "sl", Text: "Novo."},
	} {
		if got := p.instruct(act); got != nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// What would take long is not proven, and does not say that it is.
func TestProposal_instruct_long(t *testing.T) {
	t.Parallel()
	for _, n := range []int{mostProven / 2, 2 * mostProven} {
		long := strings.Repeat("Čebela leti v panj. ", n/21)
		act := lawtext.Parse(hives + "\n3. člen\n\n(1) " + long + "Rok je 30 dni.\n\n(2) Konec.\n")
		p := Proposal{Provision: "art_3__para_1", Place: place("a3 p1"), Wanted: Rewrite, Lang: "sl", Text: long + "Rok je 60 dni."}
		p.Place[1].Label = "(1)"
		p.Instruction = p.instruct(act)
		norm := p.Normative()
		if short := n < mostProven; norm.Proven != short || (len(norm.Quote) == 0) != short {
			t.Errorf("%d bytes: proven %v, %d lines are quoted", n, norm.Proven, len(norm.Quote))
		}
	}
}

func BenchmarkProposal_instruct(b *testing.B) {
	for name, text := range map[string]string{
		"rewritten": strings.Repeat("Medved bere med v gozdu. ", mostProven/26),
		"changed":   strings.Repeat("Čebela leti v panj. ", mostProven/43) + "zdaj " + strings.Repeat("Čebela leti v panj. ", mostProven/43),
	} {
		act := lawtext.Parse("1. člen\n\n(1) " + strings.Repeat("Čebela leti v panj. ", mostProven/22) + "\n\n(2) Konec.\n")
		p := Proposal{Provision: "art_1__para_1", Place: place("a1 p1"), Wanted: Rewrite, Lang: "sl", Text: text}
		p.Place[1].Label = "(1)"
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				p.instruct(act)
			}
		})
	}
}
