package outcomes

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/uptake"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// A matter is a case with the frozen version of a position that is judged.
type matter struct {
	cases.Case
	position positions.Position
	snapshot positions.Snapshot
}

// matter reads a case with a frozen version; without a position, the newest.
func (d *Desk) matter(ctx context.Context, by auth.Actor, id voice.CaseID, position voice.PositionID, edition int) (m matter, err error) {
	if m.Case, err = d.cases.Case(ctx, by, id); err != nil {
		return m, err
	}
	if position == "" {
		if position, edition, err = newestFrozen(m.Case); err != nil {
			return m, err
		}
	}
	if m.position, m.snapshot, err = d.positions.Snapshot(ctx, by, position, edition); err != nil {
		return m, err
	}
	if m.position.Case != id {
		return m, fault.New(fault.Missing, "outcomes.position.other")
	}
	return m, nil
}

// newestFrozen is the newest frozen version of a case, as its label says.
func newestFrozen(c cases.Case) (voice.PositionID, int, error) {
	id, version, ok := strings.Cut(c.PositionNow, " v")
	n, err := strconv.Atoi(version)
	if !ok || err != nil {
		return "", 0, fault.New(fault.Missing, "outcomes.position.none")
	}
	return voice.PositionID(id), n, nil
}

// Suggest is what the program thinks that a text of the case made of each proposal
// of the newest frozen position, in their order. Without such a position it is a
// Missing fault.
func (d *Desk) Suggest(ctx context.Context, by auth.Actor, id voice.CaseID, version law.VersionID) ([]Suggestion, error) {
	if err := by.Must(voice.Work); err != nil {
		return nil, err
	}
	m, err := d.matter(ctx, by, id, "", 0)
	if err != nil {
		return nil, err
	}
	return d.suggest(ctx, by, m, version)
}

func (d *Desk) suggest(ctx context.Context, by auth.Actor, m matter, version law.VersionID) ([]Suggestion, error) {
	texts, err := d.cases.Texts(ctx, by, m.ID)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(texts, func(t cases.Text) bool { return t.Version == version })
	if i < 0 || d.parts.Corpus == nil {
		return nil, fault.In("version", "outcomes.text.other")
	}
	key := asked{m.position.ID, m.position.Version, version, inForce(texts)}
	list, err := d.judge.suggest(ctx, key, func() ([]Suggestion, error) { return d.find(ctx, by, m, texts[i], key.force) })
	if err != nil {
		return nil, err
	}
	// The case may have changed since: what it says is not kept.
	list = slices.Clone(list)
	for k := range list {
		list[k].TextIs, list[k].Body = texts[i].Label, m.Body
		if !texts[i].On.IsZero() {
			list[k].TextOn = texts[i].On
		}
	}
	return list, nil
}

// inForce is the newest text of the act that is to change, if the case has it.
func inForce(texts []cases.Text) (v law.VersionID) {
	for _, t := range texts {
		if t.Role == cases.InForce {
			v = t.Version
		}
	}
	return v
}

// find reads the texts and asks of each proposal.
func (d *Desk) find(ctx context.Context, by auth.Actor, m matter, t cases.Text, force law.VersionID) ([]Suggestion, error) {
	text, err := d.source(ctx, by, t.Version)
	if err != nil {
		return nil, err
	}
	all, err := d.parts.Corpus.Provisions(ctx, by, t.Version)
	if err != nil {
		return nil, err
	}
	cites := make(map[string]string, len(all))
	for _, p := range all {
		cites[p.ID] = p.Cite
	}
	var inForce *source
	if force != "" {
		if inForce, err = d.source(ctx, by, force); err != nil {
			return nil, err
		}
	}
	drafts := map[law.VersionID]*source{}
	reading := uptake.Read(language.Make(text.Lang), text.tree)
	list := make([]Suggestion, 0, len(m.snapshot.Proposals))
	for _, p := range m.snapshot.Proposals {
		if err := context.Cause(ctx); err != nil {
			return nil, err
		}
		s := Suggestion{Judgement: m.blank(p)}
		s.Version, s.TextIs, s.TextOn, s.Lang = t.Version, t.Label, text.On, text.Lang
		if p.Version == t.Version {
			s.Unclear, s.Reasons = true, []uptake.Reason{{Key: SameText}}
			list = append(list, s)
			continue
		}
		if drafts[p.Version] == nil {
			if drafts[p.Version], err = d.source(ctx, by, p.Version); err != nil {
				return nil, err
			}
		}
		s.of(reading.Judge(question(p, *text, drafts[p.Version], inForce)), cites)
		list = append(list, s)
	}
	return list, nil
}

func (d *Desk) source(ctx context.Context, by auth.Actor, id law.VersionID) (*source, error) {
	v, err := d.parts.Corpus.Version(ctx, by, id)
	if err != nil {
		return nil, err
	}
	tree, err := d.parts.Corpus.Tree(ctx, by, id)
	return &source{v, tree}, err
}

// blank is a proposal that nobody has judged.
func (m matter) blank(p positions.Proposal) Judgement {
	return Judgement{
		Proposal: p.ID, Lang: p.Lang, Position: m.position.ID, Edition: m.position.Version, Case: m.ID, Number: p.Number, Title: p.Title, Cite: p.Cite, Body: m.Body,
		Evidence: slices.ContainsFunc(p.Evidence, func(e positions.Evidence) bool { return strings.HasPrefix(e.Link, "/") || e.Version != "" }),
	}
}

// find is the proposal of the matter, or a Missing fault.
func (m matter) find(id voice.ProposalID) (positions.Proposal, error) {
	i := slices.IndexFunc(m.snapshot.Proposals, func(p positions.Proposal) bool { return p.ID == id })
	if i < 0 {
		return positions.Proposal{}, fault.New(fault.Missing, "outcomes.proposal.missing")
	}
	return m.snapshot.Proposals[i], nil
}
