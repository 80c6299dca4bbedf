package admissionweb

import (
	"github.com/asociacija/asociacija/internal/members/admission"
)

// An applicationWire is an application as the API and the export write one.
type applicationWire struct {
	ID        string         `json:"id"`
	Number    string         `json:"number,omitempty" doc:"none until it is confirmed"`
	State     string         `json:"state" enum:"sent,confirmed,asked,board,accepted,rejected,appealed,withdrawn"`
	Kind      string         `json:"kind" enum:"organisation,person"`
	Name      string         `json:"name" doc:"of a person the family name first; empty if it was erased"`
	Email     string         `json:"email,omitempty"`
	Phone     string         `json:"phone,omitempty"`
	Address   string         `json:"address,omitempty"`
	Place     string         `json:"place,omitempty"`
	Region    string         `json:"region,omitempty"`
	Field     string         `json:"field,omitempty"`
	Fields    []string       `json:"fields,omitempty" doc:"beside the main one"`
	Languages []string       `json:"languages,omitempty"`
	Form      string         `json:"form,omitempty" doc:"legal form of an organisation"`
	Register  string         `json:"register,omitempty" doc:"of an organisation in the business register, of a person in that of the self-employed in culture"`
	Society   string         `json:"society,omitempty" doc:"number in the register of associations"`
	Tax       string         `json:"tax,omitempty"`
	Agent     string         `json:"agent,omitempty" doc:"authorised person of an organisation"`
	About     string         `json:"about,omitempty"`
	Consents  []string       `json:"consents,omitempty" doc:"what was agreed to beside the statute"`
	Received  string         `json:"received,omitempty" format:"date"`
	Board     string         `json:"board,omitempty" format:"date" doc:"the meeting at which it is decided"`
	Member    string         `json:"member,omitempty" doc:"id of the member that it became"`
	Files     []fileWire     `json:"files,omitempty" doc:"of one application"`
	Decisions []decisionWire `json:"decisions,omitempty" doc:"of one application, in the order in which they were written down"`
	Appeal    *appealWire    `json:"appeal,omitempty" doc:"of one application"`
}

type fileWire struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Size int64  `json:"size"`
}

type decisionWire struct {
	Outcome string `json:"outcome" enum:"accept,reject,more,uphold,dismiss"`
	On      string `json:"on" format:"date"`
	Number  string `json:"number,omitempty"`
	Reasons string `json:"reasons,omitempty"`
	From    string `json:"from,omitempty" format:"date" doc:"since when one is a member"`
}

type appealWire struct {
	Received  string `json:"received" format:"date"`
	Due       string `json:"due,omitempty" format:"date" doc:"the last day on which it was in time"`
	DecideBy  string `json:"decide_by" format:"date" doc:"undecided after this day, it counts as rejected"`
	Withdrawn string `json:"withdrawn,omitempty" format:"date"`
	Reasons   string `json:"reasons,omitempty"`
}

func (s *Site) wireOf(a admission.Application) applicationWire {
	w := applicationWire{
		ID: string(a.ID), Number: a.Number(), State: string(a.State), Kind: string(a.Kind), Name: a.Name, Email: a.Email, Phone: a.Phone, Address: a.Address, Place: a.Place,
		Region: a.Region, Field: string(a.Field), Languages: a.Speaks, Form: a.Form, Register: a.Register, Society: a.Society, Tax: a.Tax, Agent: a.Agent, About: a.About,
		Received: dayOf(s, a.Made).String(), Board: a.Meeting.String(), Member: string(a.Member),
	}
	for _, f := range a.Fields {
		w.Fields = append(w.Fields, string(f))
	}
	for _, c := range a.Consents {
		w.Consents = append(w.Consents, c.Key)
	}
	return w
}

func (s *Site) wireOfFile(f admission.File) applicationWire {
	w := s.wireOf(f.Application)
	for _, one := range f.Files {
		w.Files = append(w.Files, fileWire{one.Name, one.Type, one.Size})
	}
	for _, d := range f.Decisions {
		w.Decisions = append(w.Decisions, decisionWire{string(d.Outcome), d.On.String(), d.Number, d.Reasons, d.From.String()})
	}
	if p := f.Appeal; !p.Received.IsZero() {
		w.Appeal = &appealWire{p.Received.String(), p.Due.String(), p.Last().String(), p.Withdrawn.String(), p.Reasons}
	}
	return w
}
