package membersweb

import (
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A memberWire is a member as the API and the export write one. What the reader
// may not see is left out.
type memberWire struct {
	ID            string             `json:"id"`
	Kind          string             `json:"kind" enum:"organisation,person"`
	Name          string             `json:"name"`
	Place         string             `json:"place,omitempty"`
	Street        string             `json:"street,omitempty"`
	Postcode      string             `json:"postcode,omitempty"`
	Region        string             `json:"region,omitempty"`
	Field         string             `json:"field,omitempty"`
	Fields        []string           `json:"fields,omitempty" doc:"beside the main one"`
	Languages     []string           `json:"languages,omitempty"`
	Interest      string             `json:"public_interest_since,omitempty" format:"date"`
	Category      string             `json:"category,omitempty"`
	Standing      string             `json:"standing" enum:"applied,active,suspended,left,expelled,rejected,deceased,dissolved"`
	Since         string             `json:"since,omitempty" format:"date"`
	Last          string             `json:"last,omitempty" format:"date" doc:"the last day of membership"`
	Email         string             `json:"email,omitempty"`
	Lang          string             `json:"lang,omitempty"`
	Phone         string             `json:"phone,omitempty"`
	Note          string             `json:"note,omitempty"`
	Agents        []agentWire        `json:"agents,omitempty" doc:"those in office"`
	Tags          []string           `json:"tags,omitempty"`
	Details       map[string]string  `json:"details,omitempty" doc:"fields that the house has added, by their names"`
	Registrations []registrationWire `json:"registrations,omitempty"`
	DuesBy        string             `json:"dues_by,omitempty" format:"date" doc:"the day by which the oldest open dues were to be paid; none if nothing is owed"`
	Revision      int                `json:"revision"`
}

type registrationWire struct {
	In       string `json:"in" enum:"tax,business,associations,self_employed,other"`
	Number   string `json:"number"`
	Since    string `json:"since,omitempty" format:"date"`
	Proof    string `json:"proof,omitempty" enum:"extract,decision,copy,viewed,statement"`
	ProofDay string `json:"proof_day,omitempty" format:"date"`
}

type agentWire struct {
	Name    string `json:"name"`
	Email   string `json:"email,omitempty"`
	Lang    string `json:"lang,omitempty"`
	Since   string `json:"since" format:"date"`
	Answers bool   `json:"answers" doc:"may answer in consultations"`
}

func wireOf(m members.Member, agents []members.Agent) memberWire {
	out := memberWire{
		ID: string(m.ID), Kind: string(m.Kind), Name: m.Name, Place: m.Place, Field: string(m.Field), Standing: string(m.Standing),
		Street: m.Street, Postcode: m.Postcode, Region: m.Region, Languages: m.Languages, Interest: m.Interest.Since.String(), Category: string(m.Category),
		Since: m.Term.From.String(), Email: m.Email, Lang: m.Lang, Phone: m.Phone, Note: m.Note, Revision: m.Revision,
	}
	for _, f := range m.Fields {
		out.Fields = append(out.Fields, string(f))
	}
	if !m.Term.Until.IsZero() {
		out.Last = m.Term.Last().String()
	}
	for _, a := range agents {
		if a.Until.IsZero() {
			out.Agents = append(out.Agents, agentWire{a.Name, a.Email, a.Lang, a.Since.String(), a.Answers})
		}
	}
	return out
}

// A newWire is a member to be added.
type newWire struct {
	Kind     string `json:"kind" enum:"organisation,person"`
	Name     string `json:"name" minLength:"1"`
	Place    string `json:"place,omitempty"`
	Field    string `json:"field,omitempty"`
	Standing string `json:"standing" enum:"applied,active"`
	Since    string `json:"since,omitempty" format:"date" doc:"first day of membership; empty for an applicant"`
	Email    string `json:"email,omitempty"`
	Lang     string `json:"lang,omitempty"`
	Phone    string `json:"phone,omitempty"`
	Note     string `json:"note,omitempty"`
}

func (n newWire) member() (members.Member, error) {
	since, err := civil.Parse(n.Since)
	if err != nil {
		return members.Member{}, fault.In("since", "form.date")
	}
	return members.Member{
		Kind: members.Kind(n.Kind), Name: n.Name, Place: n.Place, Field: members.Field(n.Field), Standing: members.Standing(n.Standing),
		Term: civil.Span{From: since}, Email: n.Email, Lang: n.Lang, Phone: n.Phone, Note: n.Note,
	}, nil
}

// with is w with what else is known of the member.
func (w memberWire) with(more members.More, id members.ID, details []members.Detail) memberWire {
	w.Tags, w.DuesBy = tagNames(more.Tags[id]), more.Owed[id].String()
	for _, r := range more.Registrations[id] {
		w.Registrations = append(w.Registrations, registrationWire{string(r.In), r.Number, r.Since.String(), string(r.Proof), r.ProofDay.String()})
	}
	for _, d := range details {
		if value := more.Details[id][d.ID]; value != "" {
			if w.Details == nil {
				w.Details = map[string]string{}
			}
			w.Details[d.Label] = value
		}
	}
	return w
}
