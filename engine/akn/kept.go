package akn

import (
	"github.com/asociacija/asociacija/engine/akn/markup"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// Own is the namespace of what Akoma Ntoso has no word for. It stands in the
// element proprietary of a document that Make made.
const Own = "https://asociacija.org/ns/law/1"

// kept is what a tree has besides provisions.
type kept struct {
	Title, Short, Lang, Front string
}

func keep(a *lawtext.Act) *kept { return &kept{a.Title, a.Short, a.Lang, a.Front} }

func (k *kept) give(a *lawtext.Act) {
	a.Title, a.Short, a.Lang, a.Front = k.Title, k.Short, k.Lang, k.Front
}

func (k *kept) element() *markup.Element {
	e := markup.New(Own, "act", "title", k.Title, "short", k.Short, "lang", k.Lang)
	e.Prefix = "law"
	return e.Say(k.Front)
}

// readKept finds what Make kept in a document; nil if another made it.
func readKept(main *markup.Element) *kept {
	for e := range main.First("meta").Elements() {
		if e.Name != "proprietary" {
			continue
		}
		for k := range e.Elements() {
			if k.Space == Own && k.Name == "act" {
				return &kept{k.Get("title"), k.Get("short"), k.Get("lang"), k.String()}
			}
		}
	}
	return nil
}
