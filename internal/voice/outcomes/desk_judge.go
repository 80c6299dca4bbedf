package outcomes

import (
	"context"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// Judge writes a person's verdict on one proposal of a frozen position: of the
// newest of the case, unless in names another. Read of in are Case, Proposal,
// Version, Verdict, Passage, Note and, if it is not that of the case, Body; the
// rest is the desk's to fill in, what the program suggested too.
func (d *Desk) Judge(ctx context.Context, by auth.Actor, in Judgement) (Judgement, error) {
	if err := by.Must(voice.Work); err != nil {
		return in, err
	}
	m, err := d.matter(ctx, by, in.Case, in.Position, in.Edition)
	if err != nil {
		return in, err
	}
	p, err := m.find(in.Proposal)
	if err != nil {
		return in, err
	}
	s := Suggestion{Judgement: m.blank(p)}
	if in.Version != "" {
		all, err := d.suggest(ctx, by, m, in.Version)
		if err != nil {
			return in, err
		}
		s = all[slices.IndexFunc(all, func(s Suggestion) bool { return s.Proposal == p.ID })]
	}
	j, err := d.prove(ctx, by, s, in.Passage)
	if err != nil {
		return in, err
	}
	j.Verdict, j.Note = in.Verdict, in.Note
	if in.Body != "" {
		j.Body = in.Body
	}
	if err := j.Check(); err != nil {
		return in, err
	}
	list, err := d.record(ctx, by, m, j)
	if err != nil {
		return in, err
	}
	return list[0], nil
}

// prove puts the passage that a person chose in place of the suggested one: one of
// the candidates, any provision of the text, or none.
func (d *Desk) prove(ctx context.Context, by auth.Actor, s Suggestion, passage string) (Judgement, error) {
	j := s.Judgement
	if passage == j.Passage {
		return j, nil
	}
	j.Passage, j.PassageIs, j.Text, j.Marks = "", "", "", nil
	if passage == "" || j.Version == "" {
		return j, nil
	}
	if i := slices.IndexFunc(s.Candidates, func(c Passage) bool { return c.ID == passage }); i >= 0 {
		c := s.Candidates[i]
		j.Passage, j.PassageIs, j.Text, j.Marks = c.ID, c.Cite, c.Text, c.Marks
		return j, nil
	}
	list, err := d.parts.Corpus.Provisions(ctx, by, j.Version, passage)
	switch {
	case fault.Is(err, fault.Missing), err == nil && len(list) == 0:
		return j, fault.In("passage", "outcomes.passage.missing")
	case err != nil:
		return j, err
	}
	j.Passage, j.PassageIs, j.Text = list[0].ID, list[0].Cite, list[0].Full
	return j, nil
}

// JudgeSilence states that nothing came back on proposals: on those that are
// named, else on all that nobody has judged yet. The version is the text that does
// not mention them, or empty. It returns what it stated.
func (d *Desk) JudgeSilence(ctx context.Context, by auth.Actor, id voice.CaseID, version law.VersionID, note string, named ...voice.ProposalID) ([]Judgement, error) {
	if err := by.Must(voice.Work); err != nil {
		return nil, err
	}
	m, err := d.matter(ctx, by, id, "", 0)
	if err != nil {
		return nil, err
	}
	text, err := d.textOf(ctx, by, id, version)
	if err != nil {
		return nil, err
	}
	if len(named) == 0 {
		l, err := d.ledger(ctx, m)
		if err != nil {
			return nil, err
		}
		for _, line := range l.Lines {
			if line.Verdict == "" {
				named = append(named, line.Proposal)
			}
		}
	}
	var list []Judgement
	for _, one := range named {
		p, err := m.find(one)
		if err != nil {
			return nil, err
		}
		j := m.blank(p)
		j.Version, j.TextIs, j.TextOn, j.Verdict, j.Note = text.Version, text.Label, text.On, voice.Silence, note
		list = append(list, j)
	}
	return d.record(ctx, by, m, list...)
}

func (d *Desk) textOf(ctx context.Context, by auth.Actor, id voice.CaseID, version law.VersionID) (cases.Text, error) {
	if version == "" {
		return cases.Text{}, nil
	}
	texts, err := d.cases.Texts(ctx, by, id)
	if err != nil {
		return cases.Text{}, err
	}
	for _, t := range texts {
		if t.Version == version {
			return t, nil
		}
	}
	return cases.Text{}, fault.In("version", "outcomes.text.other")
}

// Clear are those of the suggestions about a text that a person may accept at
// once: on proposals that nobody has judged on it, with a verdict and its proof.
// While no answer has come, what is not in the text may as well be silence, and is
// for a person to say.
func (d *Desk) Clear(ctx context.Context, by auth.Actor, id voice.CaseID, version law.VersionID) ([]Suggestion, error) {
	list, err := d.Suggest(ctx, by, id, version)
	if err != nil {
		return nil, err
	}
	var done map[voice.ProposalID]bool
	var came []Answer
	err = d.db.Read(ctx, func(tx *store.Tx) (err error) {
		if done, err = judgedOn(ctx, tx, id, version); err != nil {
			return err
		}
		came, err = listAnswers(ctx, tx, id)
		return err
	})
	if err != nil {
		return nil, err
	}
	silent := !slices.ContainsFunc(came, func(a Answer) bool { return a.Tenor.Ends() })
	return slices.DeleteFunc(list, func(s Suggestion) bool {
		s.Verdict = s.Suggested
		return s.Unclear || done[s.Proposal] || s.Text == "" || s.Check() != nil || silent && s.Suggested == voice.Not
	}), nil
}

// Accept makes the clear suggestions on the named proposals the person's own, and
// returns what it wrote.
func (d *Desk) Accept(ctx context.Context, by auth.Actor, id voice.CaseID, version law.VersionID, named ...voice.ProposalID) ([]Judgement, error) {
	clear, err := d.Clear(ctx, by, id, version)
	if err != nil {
		return nil, err
	}
	m, err := d.matter(ctx, by, id, "", 0)
	if err != nil {
		return nil, err
	}
	var list []Judgement
	for _, s := range clear {
		if slices.Contains(named, s.Proposal) {
			s.Verdict = s.Suggested
			list = append(list, s.Judgement)
		}
	}
	return d.record(ctx, by, m, list...)
}

// record writes judgements, with all that follows from them, in one deed.
func (d *Desk) record(ctx context.Context, by auth.Actor, m matter, list ...Judgement) ([]Judgement, error) {
	return write(ctx, d, by, func(tx *store.Tx) ([]Judgement, error) {
		list := slices.Clone(list)
		if err := d.spoken(ctx, tx, m.ID, list); err != nil {
			return nil, err
		}
		var total cases.Count
		texts := map[law.VersionID]bool{}
		for i, j := range list {
			j.ID, j.By, j.ByIs, j.On = tx.ID(), by.User, by.Name, d.today(tx)
			change, err := d.add(ctx, tx, by, j)
			if err != nil {
				return nil, err
			}
			total.Taken, total.Partly = total.Taken+change.Taken, total.Partly+change.Partly
			texts[j.Version] = true
			if err := d.tellJudged(ctx, tx, m, j); err != nil {
				return nil, err
			}
			list[i] = j
		}
		if total != (cases.Count{}) {
			if err := d.cases.CountIn(ctx, tx, m.ID, total); err != nil {
				return nil, err
			}
		}
		return list, d.judged(ctx, tx, m, texts)
	})
}

// spoken refuses to state silence where nobody was asked.
func (d *Desk) spoken(ctx context.Context, tx *store.Tx, id voice.CaseID, list []Judgement) error {
	if !slices.ContainsFunc(list, func(j Judgement) bool { return j.Verdict == voice.Silence }) {
		return nil
	}
	sent, err := listDeliveries(ctx, tx, id)
	if err == nil && !slices.ContainsFunc(sent, Delivery.Sent) {
		err = fault.New(fault.Conflict, "outcomes.silence.not_sent")
	}
	return err
}

// add writes one judgement, and moves the numbers by the difference that it makes:
// of the one that counted before to the one that counts now.
func (d *Desk) add(ctx context.Context, tx *store.Tx, by auth.Actor, j Judgement) (Memory, error) {
	old, err := countingOf(ctx, tx, j.Proposal)
	if err != nil {
		return Memory{}, err
	}
	if err := putJudgement(ctx, tx, j); err != nil {
		return Memory{}, err
	}
	now, err := countingOf(ctx, tx, j.Proposal)
	if err != nil {
		return Memory{}, err
	}
	change := now.of()
	if old.Verdict != "" {
		less := count{Memory: old.of()}.minus()
		if err := bump(ctx, tx, j.Case, old.Year(), old.Body, less); err != nil {
			return Memory{}, err
		}
		change = change.Plus(less.Memory)
	}
	if err := bump(ctx, tx, j.Case, now.Year(), now.Body, count{Memory: now.of()}); err != nil {
		return Memory{}, err
	}
	return change, audit.Note(ctx, tx, by, "outcomes.judge", cases.Subject(j.Case), "proposal", string(j.Proposal), "number", strconv.Itoa(j.Number),
		"verdict", string(j.Verdict), "was", string(old.Verdict), "suggested", string(j.Suggested), "text", string(j.Version), "passage", j.Passage)
}

// tellJudged makes a judgement findable for those who have signed in: nobody tells
// this room when a case or a position is taken back from the public.
func (d *Desk) tellJudged(ctx context.Context, tx *store.Tx, m matter, j Judgement) error {
	return d.parts.Search.Put(ctx, tx, search.Doc{
		Kind: "uptake", Subject: "uptake/" + string(j.Proposal), Title: m.Name() + ": " + j.Title, Body: j.Cite + "\n" + j.Note + "\n" + j.Text,
		Link: "/cases/" + string(j.Case) + "/uptake#" + string(j.Proposal), Audience: search.Open(false), At: search.On(j.On), Lang: "sl",
	})
}

func judgeDue(id voice.CaseID, v law.VersionID) string {
	return "outcomes/" + string(id) + "/judge/" + string(v)
}

// judged drops the dues of texts on which every proposal is judged.
func (d *Desk) judged(ctx context.Context, tx *store.Tx, m matter, texts map[law.VersionID]bool) error {
	for v := range texts {
		if v == "" {
			continue
		}
		done, err := judgedOn(ctx, tx, m.ID, v)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(m.snapshot.Proposals, func(p positions.Proposal) bool { return !done[p.ID] }) {
			continue
		}
		if err := d.cases.DropDue(ctx, tx, judgeDue(m.ID, v)); err != nil {
			return err
		}
	}
	return nil
}

const dueJudge = "dues.outcomes.judge"

// toJudge is how many days we give ourselves to judge a text.
const toJudge = 14

// TextAdded puts the due to judge what a text made of our proposals, in the deed
// that adds the text to the case. It is to be called for each text; one that comes
// before there is a frozen position, or is only the act in force, makes no due.
// What was due of an earlier text falls.
func (d *Desk) TextAdded(ctx context.Context, tx *store.Tx, by auth.Actor, t cases.Text) error {
	c, err := d.cases.CaseIn(ctx, tx, by, t.Case)
	if err != nil || c.PositionNow == "" || t.Role == cases.InForce || c.State.Over() {
		return err
	}
	dues, err := duesOf(ctx, tx, t.Case, dueJudge)
	if err != nil {
		return err
	}
	for _, id := range dues {
		if err := d.cases.DropDue(ctx, tx, id); err != nil {
			return err
		}
	}
	return d.cases.PutDue(ctx, tx, cases.Due{
		ID: judgeDue(t.Case, t.Version), Case: t.Case, Kind: dueJudge, Args: []string{"text", t.Label}, On: d.today(tx).AddDays(toJudge),
		Owner: c.Owner, OwnerIs: c.OwnerIs, Link: "/cases/" + string(t.Case) + "/uptake?text=" + string(t.Version), Force: "own",
	})
}
