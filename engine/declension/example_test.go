package declension_test

import (
	"fmt"

	"github.com/asociacija/asociacija/engine/declension"
)

func ExampleParadigm() {
	forms, sure := declension.Paradigm("gospodarska družba")
	fmt.Println(forms.In(declension.Slot{Case: declension.Instrumental, Number: declension.Singular}), sure)
	fmt.Println(forms.In(declension.Slot{Case: declension.Genitive, Number: declension.Plural}), sure)
	// Output:
	// gospodarsko družbo true
	// gospodarskih družb true
}

func ExampleReplace() {
	old, _ := declension.Paradigm("zavod")
	new, _ := declension.Paradigm("agencija")
	r := declension.Replace("Zavod vodi register. Vlogo se vloži pri pristojnem zavodu, v zavodu pa se hrani.", declension.Pair{Old: old, New: new})
	fmt.Println(r.Text)
	for _, no := range r.Refusals {
		fmt.Println("refused:", no.Old, no.Candidates)
	}
	// Output:
	// Zavod vodi register. Vlogo se vloži pri pristojnem agenciji, v agenciji pa se hrani.
	// refused: Zavod [agencija agencijo]
}
