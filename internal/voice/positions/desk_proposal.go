package positions

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// Blank is a proposal against a provision that is not written yet: with its place
// and its text, as the corpus has them, and the numbers of the members.
func (d *Desk) Blank(ctx context.Context, by auth.Actor, id voice.CaseID, at law.Address, w Wanted) (Proposal, error) {
	p := Proposal{Case: id, Version: at.Version, Provision: at.Provision, Wanted: w, State: Draft}
	if err := by.Must(voice.Work); err != nil {
		return p, err
	}
	if err := d.place(ctx, by, &p); err != nil {
		return p, err
	}
	said, err := d.parts.Voices.On(ctx, by, id, at)
	if err != nil {
		return p, err
	}
	p.For, p.Against, p.Neutral = w.Count(said.Tally)
	p.Objections = said.objections(w)
	if w == Rewrite {
		p.Text = p.Draft
	}
	return p, nil
}

// Instructed is a proposal with what an amending act would say, as its text stands.
func (d *Desk) Instructed(ctx context.Context, by auth.Actor, p Proposal) (Proposal, error) {
	tree, err := d.parts.Corpus.Tree(ctx, by, p.Version)
	if err != nil {
		return p, err
	}
	p.Instruction = p.instruct(tree)
	return p, nil
}

// place fills in what the corpus knows of the provision.
func (d *Desk) place(ctx context.Context, by auth.Actor, p *Proposal) error {
	v, err := d.parts.Corpus.Version(ctx, by, p.Version)
	if err != nil {
		return err
	}
	// The provision, those above it and those beside it, for an only paragraph is
	// not mentioned.
	all, err := d.parts.Corpus.Provisions(ctx, by, p.Version)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(q corpus.Provision) bool { return q.ID == p.Provision })
	if i < 0 {
		return fault.In("provision", "positions.provision.missing")
	}
	own := all[i]
	p.Lang, p.Cite, p.Draft = v.Lang, own.Cite, strings.TrimSpace(own.Full)
	p.Place = way(all, i)
	return nil
}

// way is the units from the article down to a provision. An only paragraph is
// passed over, unless it is where the way ends.
func way(all []corpus.Provision, i int) []Unit {
	var list []Unit
	for at := all[i]; ; {
		n, last := beside(all, at)
		only := at.Kind == string(lawtext.Paragraph) && at.Label == "" && n == 1
		if !only || at.ID == all[i].ID {
			list = append([]Unit{{Kind: at.Kind, Num: at.Num, Label: at.Label, Last: last, Only: only}}, list...)
		}
		if at.Kind == string(lawtext.Article) || at.Parent == "" {
			return list
		}
		up := slices.IndexFunc(all, func(q corpus.Provision) bool { return q.ID == at.Parent })
		if up < 0 {
			return list
		}
		at = all[up]
	}
}

// beside counts the provisions of the same kind at the same place, and gives the
// number of the last of them.
func beside(all []corpus.Provision, p corpus.Provision) (n int, last string) {
	for _, q := range all {
		if q.Parent == p.Parent && q.Kind == p.Kind {
			n, last = n+1, q.Num
		}
	}
	return n, last
}

// Create takes in a new proposal. Its place, its snapshot of the draft and its
// number are the desk's to fill in.
func (d *Desk) Create(ctx context.Context, by auth.Actor, p Proposal) (Proposal, error) {
	if err := by.Must(voice.Work); err != nil {
		return p, err
	}
	if p.State == "" {
		p.State = Draft
	}
	if err := d.place(ctx, by, &p); err != nil {
		return p, err
	}
	p, err := d.Instructed(ctx, by, p)
	if err != nil {
		return p, err
	}
	if err := p.Check(); err != nil {
		return p, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Proposal, error) { return d.create(ctx, tx, by, p) })
}

func (d *Desk) create(ctx context.Context, tx *store.Tx, by auth.Actor, p Proposal) (Proposal, error) {
	if _, err := d.cases.CaseIn(ctx, tx, by, p.Case); err != nil {
		return p, err
	}
	switch now, err := currentPosition(ctx, tx, p.Case); {
	case err == nil && now.Stage == Open:
		p.Position = now.ID
	case err == nil && now.Stage == Approved:
		return p, fault.New(fault.Conflict, "positions.fixed")
	case err != nil && !fault.Is(err, fault.Missing):
		return p, err
	}
	n, err := lastNumber(ctx, tx, p.Case, p.Position)
	if err != nil {
		return p, err
	}
	p.ID, p.Number, p.Revision = voice.ProposalID(tx.ID()), n+1, 1
	if err := d.put(ctx, tx, by, &p); err != nil {
		return p, err
	}
	if err := d.cases.CountIn(ctx, tx, p.Case, cases.Count{Proposals: 1}); err != nil {
		return p, err
	}
	return p, audit.Note(ctx, tx, by, "positions.propose", ProposalSubject(p.ID), "case", string(p.Case), "provision", p.Provision)
}

func (d *Desk) put(ctx context.Context, tx *store.Tx, by auth.Actor, p *Proposal) error {
	p.Changed, p.ChangedBy = tx.Now, by.Name
	if err := putProposal(ctx, tx, *p); err != nil {
		return err
	}
	return keepRevision(ctx, tx, *p)
}

// A Gathering is answers of members to one provision, of which a proposal is made.
type Gathering struct {
	Case     voice.CaseID
	At       law.Address
	Title    string   // the citation if empty
	Comments []string // all that are its sources
	Taken    string   // the one whose wording it starts from
}

// FromComments makes a proposal of what members wrote to a provision. Their stances
// are its numbers, and the words of those against it its objections.
func (d *Desk) FromComments(ctx context.Context, by auth.Actor, g Gathering) (Proposal, error) {
	p, err := d.Blank(ctx, by, g.Case, g.At, Rewrite)
	if err != nil {
		return p, err
	}
	said, err := d.parts.Voices.On(ctx, by, g.Case, g.At)
	if err != nil {
		return p, err
	}
	for _, c := range said.Comments {
		if slices.Contains(g.Comments, c.ID) || c.ID == g.Taken {
			p.FromComments = append(p.FromComments, c.ID)
		}
		if c.ID == g.Taken && c.Wording != "" {
			p.Text = c.Wording
		}
	}
	if len(p.FromComments) == 0 {
		return p, fault.In("comments", "positions.comments.none")
	}
	if p.Title = g.Title; fault.Empty(p.Title) {
		p.Title = p.Cite
	}
	return d.Create(ctx, by, p)
}

// Save changes a proposal. p.Revision is the one that was read: if somebody was
// faster, nothing is written, and what they wrote comes back with a Conflict
// fault.
func (d *Desk) Save(ctx context.Context, by auth.Actor, p Proposal) (Proposal, error) {
	if err := by.Must(voice.Work); err != nil {
		return p, err
	}
	said, err := d.Proposal(ctx, by, p.ID)
	if err != nil {
		return p, err
	}
	said.Wanted, said.Text = p.Wanted, p.Text
	if said, err = d.Instructed(ctx, by, said); err != nil {
		return p, err
	}
	var theirs Proposal
	out, err := store.Write(ctx, d.db, func(tx *store.Tx) (Proposal, error) {
		now, err := d.editable(ctx, tx, p.ID)
		if err != nil {
			return now, err
		}
		if now.Revision != p.Revision {
			theirs = now
			return now, fault.New(fault.Conflict, "positions.changed", "who", now.ChangedBy)
		}
		if now.Version != p.Version {
			return now, fault.New(fault.Missing, "positions.proposal.missing")
		}
		now.Title, now.Wanted, now.Text, now.Reasons, now.Budget, now.People, now.Note = p.Title, p.Wanted, p.Text, p.Reasons, p.Budget, p.People, p.Note
		now.Instruction = said.Instruction
		now.Evidence, now.For, now.Against, now.Neutral, now.Objections = p.Evidence, p.For, p.Against, p.Neutral, p.Objections
		if p.FromComments != nil {
			now.FromComments = p.FromComments
		}
		if p.State == Draft || p.State == Ready {
			now.State = p.State
		}
		if err := now.Check(); err != nil {
			return now, err
		}
		now.Revision++
		if err := d.put(ctx, tx, by, &now); err != nil {
			return now, err
		}
		return now, audit.Note(ctx, tx, by, "positions.write", ProposalSubject(now.ID), "revision", strconv.Itoa(now.Revision))
	})
	if theirs.ID != "" {
		return theirs, err
	}
	return out, err
}

// editable reads a proposal that may be changed: one that is not withdrawn, and
// that no approved or frozen version carries.
func (d *Desk) editable(ctx context.Context, tx *store.Tx, id voice.ProposalID) (Proposal, error) {
	p, err := getProposal(ctx, tx, id)
	if err != nil {
		return p, err
	}
	if p.State == Withdrawn {
		return p, fault.New(fault.Conflict, "positions.withdrawn")
	}
	if p.Position == "" {
		return p, nil
	}
	carrier, err := getPosition(ctx, tx, p.Position, 0)
	if err != nil {
		return p, err
	}
	if carrier.Stage != Open {
		return p, fault.New(fault.Conflict, "positions.fixed")
	}
	return p, nil
}

// Withdraw takes a proposal back. It stays on the record.
func (d *Desk) Withdraw(ctx context.Context, by auth.Actor, id voice.ProposalID) (Proposal, error) {
	if err := by.Must(voice.Work); err != nil {
		return Proposal{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Proposal, error) {
		p, err := d.editable(ctx, tx, id)
		if err != nil {
			return p, err
		}
		if err := d.withdraw(ctx, tx, by, &p); err != nil {
			return p, err
		}
		return p, audit.Note(ctx, tx, by, "positions.withdraw", ProposalSubject(id))
	})
}

func (d *Desk) withdraw(ctx context.Context, tx *store.Tx, by auth.Actor, p *Proposal) error {
	free, of := p.Number, p.Position
	p.State, p.Position, p.Number = Withdrawn, "", 0
	p.Revision++
	if err := d.put(ctx, tx, by, p); err != nil {
		return err
	}
	if err := closeGap(ctx, tx, p.Case, of, free); err != nil {
		return err
	}
	return d.cases.CountIn(ctx, tx, p.Case, cases.Count{Proposals: -1})
}

// Move puts a proposal one place up or down among those of its case.
func (d *Desk) Move(ctx context.Context, by auth.Actor, id voice.ProposalID, up bool) error {
	if err := by.Must(voice.Work); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		p, err := d.editable(ctx, tx, id)
		if err != nil {
			return err
		}
		list, err := listProposals(ctx, tx, p.Case)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(q Proposal) bool { return q.ID == id })
		k := i + 1
		if up {
			k = i - 1
		}
		if k < 0 || k >= len(list) || list[k].State == Withdrawn || list[k].Position != p.Position {
			return nil // it is the first, or the last
		}
		if err := setNumber(ctx, tx, id, list[k].Number); err != nil {
			return err
		}
		if err := setNumber(ctx, tx, list[k].ID, p.Number); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "positions.move", ProposalSubject(id), "to", strconv.Itoa(list[k].Number))
	})
}

// Merge makes one proposal of two against the same provision. What one keeps has
// the text given and both their sources, evidence and objections; the greater
// number counts where they differ, for members may stand behind both. The other
// is withdrawn.
func (d *Desk) Merge(ctx context.Context, by auth.Actor, into, other voice.ProposalID, text string) (Proposal, error) {
	if err := by.Must(voice.Work); err != nil {
		return Proposal{}, err
	}
	said, err := d.Proposal(ctx, by, into)
	if err != nil {
		return said, err
	}
	said.Text = text
	if said, err = d.Instructed(ctx, by, said); err != nil {
		return said, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Proposal, error) {
		a, err := d.editable(ctx, tx, into)
		if err != nil {
			return a, err
		}
		if a.Revision != said.Revision {
			return a, fault.New(fault.Conflict, "positions.changed", "who", a.ChangedBy)
		}
		b, err := d.editable(ctx, tx, other)
		if err != nil {
			return a, err
		}
		if a, err = a.merged(b, text); err != nil {
			return a, err
		}
		a.Instruction = said.Instruction
		if err := d.put(ctx, tx, by, &a); err != nil {
			return a, err
		}
		if a.Number > b.Number {
			a.Number-- // b leaves its place
		}
		if err := d.withdraw(ctx, tx, by, &b); err != nil {
			return a, err
		}
		return a, audit.Note(ctx, tx, by, "positions.merge", ProposalSubject(into), "other", string(other))
	})
}

// merged is a with what b adds.
func (p Proposal) merged(b Proposal, text string) (Proposal, error) {
	if p.ID == b.ID || p.Case != b.Case || p.Version != b.Version || p.Provision != b.Provision {
		return p, fault.New(fault.Conflict, "positions.merge.other_place")
	}
	p.Text = text
	p.Reasons, p.Budget, p.People = both(p.Reasons, b.Reasons), both(p.Budget, b.Budget), both(p.People, b.People)
	p.Note = both(p.Note, b.Note)
	p.Evidence = union(p.Evidence, b.Evidence)
	p.Objections = union(p.Objections, b.Objections)
	p.FromComments = union(p.FromComments, b.FromComments)
	p.For, p.Against, p.Neutral = p.For.most(b.For), p.Against.most(b.Against), p.Neutral.most(b.Neutral)
	p.Revision++
	return p, p.Check()
}

func both(a, b string) string {
	switch a, b = strings.TrimSpace(a), strings.TrimSpace(b); {
	case b == "" || strings.Contains(a, b):
		return a
	case a == "":
		return b
	}
	return a + "\n\n" + b
}

func union[T comparable](a, b []T) []T {
	for _, one := range b {
		if !slices.Contains(a, one) {
			a = append(a, one)
		}
	}
	return a
}
