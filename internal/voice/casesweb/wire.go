package casesweb

import (
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// A caseWire is a case as JSON. Days are as 2026-11-30, and empty if there is none.
type caseWire struct {
	ID        string     `json:"id" example:"2026-014"`
	Title     string     `json:"title"`
	Short     string     `json:"short,omitempty" example:"ZPNK-A"`
	Kind      string     `json:"kind"`
	Variant   string     `json:"variant,omitempty"`
	Lead      string     `json:"lead,omitempty"`
	Proposer  string     `json:"proposer,omitempty"`
	Body      string     `json:"body,omitempty" doc:"key of the authority"`
	EVA       string     `json:"eva,omitempty"`
	EPA       string     `json:"epa,omitempty"`
	SOP       string     `json:"sop,omitempty"`
	Code      string     `json:"code,omitempty"`
	Act       string     `json:"act,omitempty"`
	State     string     `json:"state" enum:"open,waiting,won,no_effect,lost,closed"`
	Public    bool       `json:"public"`
	Owner     string     `json:"owner,omitempty"`
	Opened    string     `json:"opened"`
	Changed   time.Time  `json:"changed"`
	Next      *clockWire `json:"next,omitempty" doc:"the clock that ends next"`
	Proposals int        `json:"proposals"`
	Taken     int        `json:"taken"`
	Partly    int        `json:"partly"`
	Members   int        `json:"members" doc:"behind the newest position"`
	Breach    string     `json:"breach,omitempty" doc:"whether the public was heard"`
	Revision  int        `json:"revision"`
}

type clockWire struct {
	Clock string `json:"clock"`
	Due   string `json:"due"`
	Force string `json:"force,omitempty"`
	State string `json:"state,omitempty"`
	Basis string `json:"basis,omitempty"`
}

type phaseWire struct {
	Phase  string      `json:"phase"`
	State  string      `json:"state"`
	From   string      `json:"from,omitempty"`
	Until  string      `json:"until,omitempty"`
	Clocks []clockWire `json:"clocks,omitempty"`
}

type eventWire struct {
	Event string `json:"event,omitempty"`
	On    string `json:"on"`
	Note  string `json:"note,omitempty"`
}

type textWire struct {
	Version string `json:"version"`
	Role    string `json:"role"`
	Label   string `json:"label,omitempty"`
	On      string `json:"on,omitempty"`
}

// caseWireOf leaves out who cares for the case where passers-by read it.
func caseWireOf(c cases.Case, insider bool) caseWire {
	w := caseWire{
		ID: string(c.ID), Title: c.Title, Short: c.Short, Kind: string(c.Kind), Variant: string(c.Variant), Lead: c.Lead, Proposer: c.Proposer, Body: c.Body,
		EVA: c.EVA, EPA: c.EPA, SOP: c.SOP, Code: c.Code, Act: string(c.Act), State: string(c.State), Public: c.Public, Opened: c.Opened.String(), Changed: c.Changed,
		Proposals: c.Proposals, Taken: c.Taken, Partly: c.Partly, Members: c.Members, Breach: string(c.Breach), Revision: c.Revision,
	}
	if insider {
		w.Owner = c.OwnerIs
	}
	if !c.NextDue.IsZero() && (insider || c.NextKey != "own") {
		w.Next = &clockWire{Clock: c.NextKey, Due: c.NextDue.String(), Force: string(c.NextForce)}
	}
	return w
}

func phasesOf(file cases.File) []phaseWire {
	list := make([]phaseWire, len(file.Line))
	for i, step := range file.Line {
		list[i] = phaseWire{Phase: step.Phase.Key, State: string(step.State), From: step.From.String(), Until: step.Until.String()}
		for _, t := range step.Clocks {
			list[i].Clocks = append(list[i].Clocks, clockWire{t.Clock.Key, t.Due.On.String(), string(t.Clock.Force), string(t.State), t.Clock.Basis})
		}
	}
	return list
}

// parseDay reads a day of the wire; the field is named in the fault.
func parseDay(field, s string) (civil.Date, error) {
	d, err := civil.Parse(s)
	if err != nil {
		return d, fault.In(field, "form.date")
	}
	return d, nil
}
