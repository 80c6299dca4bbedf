package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/engine/signal"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// A Chain is what the whole spine needs when it is told from files: the act in force,
// the draft that changes it, what we propose, and the text that came of it.
type Chain struct {
	InForce, Draft, Adopted string // texts; Adopted may be empty
	Proposals               []Wish
	Today                   civil.Date
}

// A Wish is a proposal as a file has it.
type Wish struct {
	At      string `json:"at"`     // of the act in force: "art_30__para_1", or "30. člen, prvi odstavek"
	Wanted  string `json:"wanted"` // rewrite, insert, delete or keep
	Title   string `json:"title"`
	Text    string `json:"text"`
	Reasons string `json:"reasons"`
	Budget  string `json:"budget"`
	People  string `json:"people"`
}

// A Told is what came of a chain.
type Told struct {
	Signal    signal.Signal
	Targets   []signal.Target // what the draft changes
	Case      cases.Case
	Position  positions.Position
	Documents []positions.Document
	Ledger    outcomes.Ledger
}

// Tell runs the spine from the signal to the uptake: it takes in the draft, opens a
// case on it, writes the proposals, has them decided on and frozen, makes the
// documents, notes the delivery, and judges each proposal on the adopted text. The
// verdicts are those that the program suggests, in the keeper's name.
func (h *House) Tell(ctx context.Context, c Chain) (Told, error) {
	var told Told
	by := auth.House
	force, err := h.Law.Add(ctx, by, corpus.Given{Text: c.InForce, Stage: corpus.InForce, Label: "in force", On: c.Today, Title: titleOf(c)})
	if err != nil {
		return told, err
	}
	intake, err := h.Cases.TakeIn(ctx, by, cases.Raw{Name: "draft", Text: c.Draft})
	if err != nil {
		return told, err
	}
	told.Signal, told.Targets = intake.Signal, signal.Targets(lawtext.Parse(c.Draft))
	told.Case, err = h.Cases.FromIntake(ctx, by, intake.ID, cases.Case{
		Title: intake.Signal.Title, Short: intake.Signal.Short, Kind: procedure.Law, Act: force.Act, Opened: c.Today,
	}, cases.TextOptions{Role: cases.Draft, Stage: corpus.Amending, Label: "draft", On: c.Today})
	if err != nil {
		return told, err
	}
	if err := h.Cases.AddText(ctx, by, cases.Text{Case: told.Case.ID, Version: force.ID, Role: cases.InForce, Label: "in force", On: c.Today}); err != nil {
		return told, err
	}
	if err := h.wish(ctx, told.Case.ID, force.ID, c.Proposals); err != nil {
		return told, err
	}
	if told.Position, err = h.decide(ctx, told.Case, c.Today); err != nil {
		return told, err
	}
	if told.Documents, err = h.Positions.Documents(ctx, by, told.Position.ID, told.Position.Version, "sl"); err != nil {
		return told, err
	}
	if c.Adopted != "" {
		if err := h.hear(ctx, told.Case, told.Position, c); err != nil {
			return told, err
		}
	}
	told.Ledger, err = h.Outcomes.Ledger(ctx, by, told.Case.ID, told.Position.ID, told.Position.Version)
	return told, err
}

// titleOf is the title of the act in force: its own, or what the draft calls it.
func titleOf(c Chain) string {
	if s := signal.Read(c.InForce); s.Title != "" {
		return s.Title
	}
	if s := signal.Read(c.Draft); len(s.Amends) > 0 {
		return s.Amends[0].Title
	}
	return "Predpis"
}

// wish writes the proposals against the act in force.
func (h *House) wish(ctx context.Context, id voice.CaseID, version law.VersionID, list []Wish) error {
	all, err := h.Law.Provisions(ctx, auth.House, version)
	if err != nil {
		return err
	}
	for i, w := range list {
		at := ""
		for _, p := range all {
			if p.ID == w.At || strings.EqualFold(p.Cite, w.At) {
				at = p.ID
				break
			}
		}
		if at == "" {
			return fmt.Errorf("app: proposal %d: the act has no provision %q", i+1, w.At)
		}
		p := positions.Proposal{
			Case: id, Version: version, Provision: at, Title: w.Title, Wanted: positions.Wanted(w.Wanted), Text: w.Text, Reasons: w.Reasons,
			Budget: w.Budget, People: w.People, State: positions.Ready,
		}
		if _, err := h.Positions.Create(ctx, auth.House, p); err != nil {
			return fmt.Errorf("app: proposal %d: %w", i+1, err)
		}
	}
	return nil
}

// decide has a position approved and frozen.
func (h *House) decide(ctx context.Context, c cases.Case, on civil.Date) (positions.Position, error) {
	by := auth.House
	p, err := h.Positions.Begin(ctx, by, positions.Position{Case: c.ID, Title: c.Title, Lead: c.Title})
	if err == nil {
		p, err = h.Positions.SetMandate(ctx, by, p.ID, p.Revision, positions.Mandate{Body: positions.Office, Person: by.Name, On: on, Rule: "—"})
	}
	if err == nil {
		p, err = h.Positions.Approve(ctx, by, p.ID, p.Revision)
	}
	if err == nil {
		p, err = h.Positions.Freeze(ctx, by, p.ID, p.Revision)
	}
	return p, err
}

// hear notes the delivery, takes in the adopted text, and judges on it.
func (h *House) hear(ctx context.Context, c cases.Case, p positions.Position, chain Chain) error {
	by := auth.House
	d, err := h.Outcomes.Prepare(ctx, by, outcomes.Delivery{Case: c.ID, Position: p.ID, Version: p.Version, To: "—", Channel: outcomes.InPerson})
	if err == nil {
		_, err = h.Outcomes.Send(ctx, by, d.ID, chain.Today)
	}
	if err != nil {
		return err
	}
	v, err := h.Law.Add(ctx, by, corpus.Given{Act: c.Act, Stage: corpus.Adopted, Label: "adopted", On: chain.Today, Text: chain.Adopted})
	if err == nil {
		err = h.Cases.AddText(ctx, by, cases.Text{Case: c.ID, Version: v.ID, Role: cases.Adopted, Label: "adopted", On: chain.Today})
	}
	if err != nil {
		return err
	}
	list, err := h.Outcomes.Suggest(ctx, by, c.ID, v.ID)
	if err != nil {
		return err
	}
	for _, s := range list {
		if s.Suggested == "" {
			continue // a person has to look: it stays open
		}
		j := outcomes.Judgement{Case: c.ID, Proposal: s.Proposal, Version: v.ID, Verdict: s.Suggested, Passage: s.Passage, Note: "suggested"}
		if _, err := h.Outcomes.Judge(ctx, by, j); err != nil {
			return err
		}
	}
	return nil
}
