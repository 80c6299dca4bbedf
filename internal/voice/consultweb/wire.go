package consultweb

import (
	"time"

	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/consult"
)

// A consultationWire is a consultation as the API gives it.
type consultationWire struct {
	ID       string      `json:"id"`
	Case     string      `json:"case"`
	Version  string      `json:"version" doc:"the text of the act that was asked about"`
	Title    string      `json:"title"`
	Lead     string      `json:"lead"`
	Opens    string      `json:"opens" format:"date"`
	Closes   string      `json:"closes" format:"date"`
	State    string      `json:"state" enum:"prepared,open,closed"`
	Public   bool        `json:"public"`
	Asked    int         `json:"asked" doc:"members with an invitation"`
	Opened   int         `json:"opened"`
	Answered int         `json:"answered"`
	Declined int         `json:"declined"`
	Comments int         `json:"comments"`
	Of       []askedWire `json:"provisions"`
}

type askedWire struct {
	Provision     string               `json:"provision"`
	Cite          string               `json:"cite"`
	Title         string               `json:"title"`
	Text          string               `json:"text"`
	Organisations map[voice.Stance]int `json:"organisations"`
	Persons       map[voice.Stance]int `json:"persons"`
}

type commentWire struct {
	ID           string    `json:"id"`
	Consultation string    `json:"consultation"`
	Provision    string    `json:"provision"`
	Member       string    `json:"member"`
	Name         string    `json:"name"`
	Kind         string    `json:"kind"`
	Stance       string    `json:"stance"`
	Why          string    `json:"why"`
	Wording      string    `json:"wording"`
	Public       bool      `json:"public"`
	Via          string    `json:"via"`
	Channel      string    `json:"channel,omitempty"`
	TypedBy      string    `json:"typed_by,omitempty"`
	At           time.Time `json:"at"`
	Version      int       `json:"version"`
}

func consultationOf(c consult.Consultation) consultationWire {
	w := consultationWire{
		ID: string(c.ID), Case: string(c.Case), Version: string(c.Version), Title: c.Title, Lead: c.Lead, Opens: c.Opens.String(), Closes: c.Closes.String(),
		State: string(c.State), Public: c.Public, Asked: c.Invited, Opened: c.Opened, Answered: c.Answered, Declined: c.Declined, Comments: c.Comments,
		Of: []askedWire{},
	}
	for _, a := range c.Asked {
		w.Of = append(w.Of, askedWire{a.Provision, a.Cite, a.Title, a.Text, a.Tally.Organisations, a.Tally.Persons})
	}
	return w
}

func wireOf(c consult.Comment) commentWire {
	return commentWire{
		ID: string(c.ID), Consultation: string(c.Consultation), Provision: c.Provision, Member: string(c.Member), Name: c.MemberName, Kind: string(c.Kind),
		Stance: string(c.Stance), Why: c.Text, Wording: c.Wording, Public: c.Public, Via: string(c.Via), Channel: string(c.Channel), TypedBy: c.TypedIs,
		At: c.At, Version: c.Rev,
	}
}
