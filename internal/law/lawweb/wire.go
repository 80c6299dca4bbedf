package lawweb

import (
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/law/corpus"
)

// The types here are the JSON of the acts; the domain carries no tags.

type actWire struct {
	ID           string `json:"id"`
	Title        string `json:"title"`
	Short        string `json:"short,omitempty"`
	Jurisdiction string `json:"jurisdiction" doc:"ISO 3166 code in small letters"`
	Lang         string `json:"lang"`
	Kind         string `json:"kind" enum:"statute,bylaw,rulebook,call,strategy,other"`
	Versions     int    `json:"versions"`
	Latest       string `json:"latest" doc:"the newest version in force, else the newest of all"`
}

func actWireOf(a corpus.Act) actWire {
	return actWire{string(a.ID), a.Title, a.Short, a.Jurisdiction, a.Lang, string(a.Kind), a.Versions, string(a.Latest)}
}

type versionWire struct {
	ID       string `json:"id"`
	Act      string `json:"act"`
	Stage    string `json:"stage" enum:"in_force,draft,adopted,amending"`
	Label    string `json:"label,omitempty"`
	On       string `json:"on,omitempty" doc:"valid from, or published; 2024-01-01"`
	Source   string `json:"source,omitempty"`
	Hash     string `json:"hash" doc:"SHA-256 of the text"`
	Lang     string `json:"lang"`
	Open     bool   `json:"open" doc:"anyone may read it"`
	Articles int    `json:"articles"`
	Notes    int    `json:"notes" doc:"guesses of the reader"`
}

func versionWireOf(v corpus.Version) versionWire {
	return versionWire{string(v.ID), string(v.Act), string(v.Stage), v.Label, v.On.String(), v.Source, v.Hash, v.Lang, v.Open, v.Articles, v.Notes}
}

type textWire struct {
	Version    versionWire     `json:"version"`
	Components []componentWire `json:"components"`
}

type componentWire struct {
	ID         string     `json:"id,omitempty" doc:"empty for the act itself"`
	Title      string     `json:"title,omitempty"`
	Provisions []nodeWire `json:"provisions"`
}

type nodeWire struct {
	ID         string     `json:"id"`
	Kind       string     `json:"kind"`
	Label      string     `json:"label,omitempty"`
	Num        string     `json:"num,omitempty"`
	Heading    string     `json:"heading,omitempty"`
	Intro      string     `json:"intro,omitempty"`
	Tail       string     `json:"tail,omitempty"`
	Deleted    bool       `json:"deleted,omitempty"`
	Provisions []nodeWire `json:"provisions,omitempty"`
}

func treeWire(v corpus.Version, tree *lawtext.Act) textWire {
	t := textWire{Version: versionWireOf(v)}
	for _, c := range tree.Components {
		t.Components = append(t.Components, componentWire{c.ID, c.Title, nodeWires(c.Nodes)})
	}
	return t
}

func nodeWires(nodes []*lawtext.Node) []nodeWire {
	list := make([]nodeWire, len(nodes))
	for i, n := range nodes {
		list[i] = nodeWire{n.ID, string(n.Kind), n.Label, n.Num, n.Heading, n.Intro, n.Tail, n.Deleted, nil}
		if len(n.Children) > 0 {
			list[i].Provisions = nodeWires(n.Children)
		}
	}
	return list
}
