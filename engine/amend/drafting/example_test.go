package drafting_test

import (
	"fmt"

	"github.com/asociacija/asociacija/engine/amend/drafting"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

func ExampleWrite() {
	base := lawtext.Parse("ZAKON o čebelah\n\n1. člen\n\n(1) Panj je dom čebel.\n\n(2) Med je sladek.\n")
	target := lawtext.Parse("ZAKON o čebelah\n\n1. člen\n\n(1) Panj je lesen dom čebel.\n\n(2) Roj ni panj.\n\n(3) Med je sladek.\n")
	d, err := drafting.Write(base, target, drafting.Options{Short: "ZČeb-A", Gazettes: []lawcite.Gazette{{Number: "1/20"}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.Text)
	// Output:
	// Z A K O N
	//
	// O DOPOLNITVI ZAKONA O ČEBELAH (ZČeb-A)
	//
	// 1. člen
	//
	// V Zakonu o čebelah (Uradni list RS, št. 1/20) se v 1. členu v prvem odstavku za besedo »je« doda beseda »lesen«.
	//
	// Za prvim odstavkom se doda nov drugi odstavek, ki se glasi:
	//
	// »(2) Roj ni panj.«.
	//
	// Dosedanji drugi odstavek postane tretji odstavek.
	//
	// KONČNA DOLOČBA
	//
	// 2. člen
	//
	// Ta zakon začne veljati petnajsti dan po objavi v Uradnem listu Republike Slovenije.
}
