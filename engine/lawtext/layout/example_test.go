package layout_test

import (
	"fmt"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/lawtext/layout"
)

// A point is added to a list whose marks stand in rows of their own.
func ExamplePrint() {
	act := lawtext.Parse("1. člen\nKlub:\n-  \nvodi;\n-  \npoje.\n")
	list := act.Find("art_1__para_1")
	list.Children = append(list.Children, &lawtext.Node{Kind: lawtext.Indent, Label: "-", Intro: "pleše."})
	fmt.Printf("%q", layout.Print(act))
	// Output: "1. člen\nKlub:\n-  \nvodi;\n-  \npoje.\n-  \npleše.\n"
}
