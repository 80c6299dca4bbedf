package positionsweb

import (
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// The types here are the JSON of proposals; what is frozen is given as it was
// hashed.

type crowdWire struct {
	Orgs    int `json:"orgs"`
	Persons int `json:"persons"`
}

type objectionWire struct {
	Who  string `json:"who,omitempty"`
	Text string `json:"text"`
}

type evidenceWire struct {
	Label   string `json:"label"`
	Link    string `json:"link,omitempty"`
	Version string `json:"version,omitempty"`
}

type proposalWire struct {
	ID         string          `json:"id"`
	Case       string          `json:"case"`
	Position   string          `json:"position,omitempty" doc:"the position that carries it"`
	Number     int             `json:"number" doc:"place in the case, 0 if withdrawn"`
	Version    string          `json:"version" doc:"of the draft"`
	Provision  string          `json:"provision"`
	Cite       string          `json:"cite"`
	Lang       string          `json:"lang"`
	Title      string          `json:"title"`
	Wanted     string          `json:"wanted" enum:"rewrite,insert,delete,keep"`
	Draft      string          `json:"draft"`
	Text       string          `json:"text"`
	Normative  []string        `json:"normative" doc:"as an amendment: the sentence, what it quotes, what follows"`
	Reasons    string          `json:"reasons"`
	Budget     string          `json:"budget"`
	People     string          `json:"people"`
	Evidence   []evidenceWire  `json:"evidence"`
	Note       string          `json:"note,omitempty"`
	For        crowdWire       `json:"for"`
	Against    crowdWire       `json:"against"`
	Neutral    crowdWire       `json:"neutral"`
	Objections []objectionWire `json:"objections"`
	State      string          `json:"state" enum:"draft,ready,withdrawn"`
	Revision   int             `json:"revision"`
}

func wireOf(p positions.Proposal) proposalWire {
	n := p.Normative()
	w := proposalWire{
		ID: string(p.ID), Case: string(p.Case), Position: string(p.Position), Number: p.Number, Version: string(p.Version), Provision: p.Provision,
		Cite: p.Cite, Lang: p.Lang, Title: p.Title, Wanted: string(p.Wanted), Draft: p.Draft, Text: p.Text, Normative: append([]string{n.Lead}, n.Quote...),
		Reasons: p.Reasons, Budget: p.Budget, People: p.People, Evidence: []evidenceWire{}, Note: p.Note, For: crowdWire(p.For), Against: crowdWire(p.Against),
		Neutral: crowdWire(p.Neutral), Objections: []objectionWire{}, State: string(p.State), Revision: p.Revision,
	}
	if n.Then != "" {
		w.Normative = append(w.Normative, n.Then)
	}
	for _, e := range p.Evidence {
		w.Evidence = append(w.Evidence, evidenceWire(e))
	}
	for _, o := range p.Objections {
		w.Objections = append(w.Objections, objectionWire(o))
	}
	return w
}
