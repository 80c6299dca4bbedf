package lawcite_test

import (
	"fmt"

	"github.com/asociacija/asociacija/engine/lawcite"
)

func ExampleRead() {
	for _, f := range lawcite.Read("V 4. členu se v prvem odstavku 2. točka črta.") {
		fmt.Println(f.Write(lawcite.Genitive))
	}
	// Output:
	// prvega odstavka 4. člena
	// 2. točke
}
