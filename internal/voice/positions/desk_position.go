package positions

import (
	"context"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// Begin opens a position in a case, with all proposals that none carries yet. The
// case may not have another one in the making.
func (d *Desk) Begin(ctx context.Context, by auth.Actor, p Position) (Position, error) {
	if err := by.Must(voice.Work); err != nil {
		return p, err
	}
	p.Stage, p.Version, p.Revision = Open, 1, 1
	if err := p.Check(); err != nil {
		return p, err
	}
	asked, err := d.parts.Voices.Asked(ctx, by, p.Case)
	if err != nil {
		return p, err
	}
	p.Asked = asked
	return store.Write(ctx, d.db, func(tx *store.Tx) (Position, error) {
		switch now, err := currentPosition(ctx, tx, p.Case); {
		case err == nil && !now.Stage.Done():
			return p, fault.New(fault.Conflict, "positions.begin.open")
		case err != nil && !fault.Is(err, fault.Missing):
			return p, err
		}
		var err error
		if p.ID, err = nextPosition(ctx, tx, d.today(tx).Year()); err != nil {
			return p, err
		}
		return d.open(ctx, tx, by, p, "positions.begin")
	})
}

// open writes a new version that is in the making, with its due.
func (d *Desk) open(ctx context.Context, tx *store.Tx, by auth.Actor, p Position, name string) (Position, error) {
	c, err := d.cases.CaseIn(ctx, tx, by, p.Case)
	if err != nil {
		return p, err
	}
	p.Changed = tx.Now
	if err := putPosition(ctx, tx, p); err != nil {
		return p, err
	}
	if err := join(ctx, tx, p.Case, p.ID); err != nil {
		return p, err
	}
	if err := d.putDues(ctx, tx, c, p); err != nil {
		return p, err
	}
	return p, audit.Note(ctx, tx, by, name, Subject(p.ID), "case", string(p.Case), "version", strconv.Itoa(p.Version))
}

func (d *Desk) today(tx *store.Tx) civil.Date { return civil.Of(tx.Now, d.parts.Zone) }

func approveDue(id voice.PositionID) string { return "positions/" + string(id) + "/approve" }

// DeliverDue is the ID of the due that says by when a position must be out. Who
// delivers it drops the due.
func DeliverDue(id voice.PositionID) string { return "positions/" + string(id) + "/deliver" }

// putDues keeps the two dues of a position as its version stands.
func (d *Desk) putDues(ctx context.Context, tx *store.Tx, c cases.Case, p Position) error {
	for _, one := range []struct {
		due  cases.Due
		owed bool
	}{
		{cases.Due{ID: approveDue(p.ID), Kind: "dues.position.approve", On: p.ApproveBy}, p.Stage == Open},
		{cases.Due{ID: DeliverDue(p.ID), Kind: "dues.position.deliver", On: p.DeliverBy}, true},
	} {
		if one.due.On.IsZero() || !one.owed {
			if err := d.cases.DropDue(ctx, tx, one.due.ID); err != nil {
				return err
			}
			continue
		}
		one.due.Case, one.due.Args, one.due.Link = p.Case, []string{"position", string(p.ID), "title", p.Title}, "/cases/"+string(p.Case)+"/position"
		one.due.Owner, one.due.OwnerIs = c.Owner, c.OwnerIs
		if err := d.cases.PutDue(ctx, tx, one.due); err != nil {
			return err
		}
	}
	return nil
}

// A deed is something done to the newest version of a position. The revision is the
// one that was read; 0 takes whichever it is.
type deed struct {
	name     string // for the book
	right    auth.Right
	id       voice.PositionID
	revision int
}

// change runs one deed.
func (d *Desk) change(ctx context.Context, by auth.Actor, x deed, f func(*store.Tx, Position) (Position, error)) (Position, error) {
	if err := by.Must(x.right); err != nil {
		return Position{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Position, error) {
		p, err := getPosition(ctx, tx, x.id, 0)
		if err != nil {
			return p, err
		}
		if x.revision != 0 && p.Revision != x.revision {
			return p, fault.New(fault.Conflict, "positions.position.changed")
		}
		c, err := d.cases.CaseIn(ctx, tx, by, p.Case)
		if err != nil {
			return p, err
		}
		if p, err = f(tx, p); err != nil {
			return p, err
		}
		if err := p.Check(); err != nil {
			return p, err
		}
		p.Revision, p.Changed = p.Revision+1, tx.Now
		if err := putPosition(ctx, tx, p); err != nil {
			return p, err
		}
		if err := d.putDues(ctx, tx, c, p); err != nil {
			return p, err
		}
		return p, audit.Note(ctx, tx, by, x.name, Subject(p.ID), "version", strconv.Itoa(p.Version))
	})
}

// Edit changes the title, the lead, the days and who may read a version that is
// in the making.
func (d *Desk) Edit(ctx context.Context, by auth.Actor, in Position) (Position, error) {
	return d.change(ctx, by, deed{"positions.edit", voice.Work, in.ID, in.Revision}, func(_ *store.Tx, p Position) (Position, error) {
		if p.Stage != Open {
			return p, fault.New(fault.Conflict, "positions.fixed")
		}
		p.Title, p.Lead, p.ApproveBy, p.DeliverBy, p.Public = in.Title, in.Lead, in.ApproveBy, in.DeliverBy, in.Public
		return p, nil
	})
}

// SetMandate writes down who decided. It approves nothing yet.
func (d *Desk) SetMandate(ctx context.Context, by auth.Actor, id voice.PositionID, revision int, m Mandate) (Position, error) {
	return d.change(ctx, by, deed{"positions.mandate", voice.Work, id, revision}, func(_ *store.Tx, p Position) (Position, error) {
		if p.Stage != Open {
			return p, fault.New(fault.Conflict, "positions.fixed")
		}
		p.Mandate = m
		return p, m.Check()
	})
}

// Approve makes the decision hold: what the position carries is fixed from now on.
// It is a Conflict without a mandate, without proposals, or with unfinished ones.
func (d *Desk) Approve(ctx context.Context, by auth.Actor, id voice.PositionID, revision int) (Position, error) {
	return d.change(ctx, by, deed{"positions.approve", voice.Decide, id, revision}, func(tx *store.Tx, p Position) (Position, error) {
		carried, err := d.carried(ctx, tx, p)
		if err != nil {
			return p, err
		}
		return p.Approve(carried)
	})
}

// Reopen takes an approved version back into work; its mandate falls.
func (d *Desk) Reopen(ctx context.Context, by auth.Actor, id voice.PositionID) (Position, error) {
	return d.change(ctx, by, deed{"positions.reopen", voice.Decide, id, 0}, func(_ *store.Tx, p Position) (Position, error) { return p.Reopen() })
}

// SetPublic says who may read a position and all its versions, frozen or not.
func (d *Desk) SetPublic(ctx context.Context, by auth.Actor, id voice.PositionID, public bool) error {
	if err := by.Must(voice.Work); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := setPublic(ctx, tx, id, public); err != nil {
			return err
		}
		p, err := getPosition(ctx, tx, id, 0)
		if err != nil {
			return err
		}
		if err := d.tellNewest(ctx, tx, p); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "positions.public", Subject(id), "public", strconv.FormatBool(public))
	})
}

// Next opens the version after a frozen one, with its proposals and all new ones.
func (d *Desk) Next(ctx context.Context, by auth.Actor, id voice.PositionID) (Position, error) {
	if err := by.Must(voice.Work); err != nil {
		return Position{}, err
	}
	old, err := d.newestOf(ctx, by, id)
	if err != nil {
		return old, err
	}
	asked, err := d.parts.Voices.Asked(ctx, by, old.Case)
	if err != nil {
		return old, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Position, error) {
		p, err := getPosition(ctx, tx, id, 0)
		if err != nil {
			return p, err
		}
		if p, err = p.Next(); err != nil {
			return p, err
		}
		p.Asked = asked
		if p, err = d.open(ctx, tx, by, p, "positions.next"); err != nil {
			return p, err
		}
		return p, setNewer(ctx, tx, p, newerOpen)
	})
}

func (d *Desk) newestOf(ctx context.Context, by auth.Actor, id voice.PositionID) (Position, error) {
	return read(ctx, d, by, func(tx *store.Tx) (Position, error) { return getPosition(ctx, tx, id, 0) })
}

// Carried lists the proposals that a position carries now, in order and numbered
// from 1. What a frozen version carries is in its Snapshot.
func (d *Desk) Carried(ctx context.Context, by auth.Actor, p Position) ([]Proposal, error) {
	return read(ctx, d, by, func(tx *store.Tx) ([]Proposal, error) { return d.carried(ctx, tx, p) })
}

func (d *Desk) carried(ctx context.Context, tx *store.Tx, p Position) ([]Proposal, error) {
	all, err := listProposals(ctx, tx, p.Case)
	if err != nil {
		return nil, err
	}
	var list []Proposal
	for _, one := range all {
		if one.State != Withdrawn && one.Position == p.ID {
			one.Number = len(list) + 1
			list = append(list, one)
		}
	}
	return list, nil
}

// Freeze keeps an approved version for good: all that it says as one text, under
// its hash. Its papers are made afterwards.
func (d *Desk) Freeze(ctx context.Context, by auth.Actor, id voice.PositionID, revision int) (Position, error) {
	if err := by.Must(voice.Work); err != nil {
		return Position{}, err
	}
	p, err := d.newestOf(ctx, by, id)
	if err != nil {
		return p, err
	}
	asked, err := d.parts.Voices.Asked(ctx, by, p.Case)
	if err != nil {
		return p, err
	}
	carried, err := d.Carried(ctx, by, p)
	if err != nil {
		return p, err
	}
	behind, err := d.behind(ctx, by, p.Case, carried)
	if err != nil {
		return p, err
	}
	label, err := d.draftLabel(ctx, by, p.Case, carried)
	if err != nil {
		return p, err
	}
	return d.change(ctx, by, deed{"positions.freeze", voice.Work, id, revision}, func(tx *store.Tx, p Position) (Position, error) {
		if p.Stage != Approved {
			return p, fault.New(fault.Conflict, "positions.freeze.not_approved")
		}
		p.Asked, p.Behind = asked, behind
		return d.freeze(ctx, tx, by, p, label)
	})
}

// behind counts the members who stand behind at least one proposal: at least as
// many as behind the best supported.
func (d *Desk) behind(ctx context.Context, by auth.Actor, id voice.CaseID, list []Proposal) (Crowd, error) {
	stands := make([]Stand, 0, len(list))
	var most Crowd
	for _, p := range list {
		pro, _ := p.Wanted.Of()
		stands = append(stands, Stand{At: law.Address{Version: p.Version, Provision: p.Provision}, Stances: pro})
		most = most.most(p.For)
	}
	c, err := d.parts.Voices.Behind(ctx, by, id, stands)
	return c.most(most), err
}

func (d *Desk) freeze(ctx context.Context, tx *store.Tx, by auth.Actor, p Position, draft string) (Position, error) {
	c, err := d.cases.CaseIn(ctx, tx, by, p.Case)
	if err != nil {
		return p, err
	}
	carried, err := d.carried(ctx, tx, p)
	if err != nil {
		return p, err
	}
	p.FrozenAt, p.FrozenBy, p.Proposals = tx.Now, by.Name, len(carried)
	s := Snapshot{
		Position: p.ID, Version: p.Version, Case: p.Case, CaseTitle: c.Title, CaseShort: c.Short, EVA: c.EVA, EPA: c.EPA,
		Addressee: c.Proposer, DraftLabel: draft, Title: p.Title, Lead: p.Lead, Mandate: p.Mandate, Asked: p.Asked, Behind: p.Behind,
		Proposals: carried, Sender: d.parts.Sender(), Licence: licence, FrozenAt: p.FrozenAt, FrozenBy: p.FrozenBy,
	}
	whole, hash, err := s.Canonical()
	if err != nil {
		return p, err
	}
	p.Stage, p.Hash = Frozen, hash
	if err := putFrozen(ctx, tx, p, whole); err != nil {
		return p, err
	}
	if err := setNewer(ctx, tx, p, newerIsFixed); err != nil {
		return p, err
	}
	if err := d.cases.PositionIn(ctx, tx, p.Case, p.Label(), p.Behind.Orgs); err != nil {
		return p, err
	}
	if err := d.tell(ctx, tx, p, s); err != nil {
		return p, err
	}
	return p, d.askPapers(ctx, tx, by, p)
}

// licence is what the texts of positions are published under.
const licence = "CC BY 4.0"

// draftLabel is what the case calls the draft that the proposals are against.
func (d *Desk) draftLabel(ctx context.Context, by auth.Actor, id voice.CaseID, list []Proposal) (string, error) {
	texts, err := d.cases.Texts(ctx, by, id)
	if err != nil {
		return "", err
	}
	for _, t := range texts {
		if len(list) > 0 && t.Version == list[0].Version {
			return t.Label, nil
		}
	}
	return "", nil
}

// Snapshot reads what a frozen version says, and the version. One that is not
// public is for those who have signed in.
func (d *Desk) Snapshot(ctx context.Context, by auth.Actor, id voice.PositionID, version int) (Position, Snapshot, error) {
	p, whole, err := d.Whole(ctx, by, id, version)
	if err != nil {
		return p, Snapshot{}, err
	}
	s, err := thaw(whole, p.Hash)
	return p, s, err
}

// Whole is the frozen text of a version as it was hashed.
func (d *Desk) Whole(ctx context.Context, by auth.Actor, id voice.PositionID, version int) (Position, []byte, error) {
	var whole string
	p, err := store.Read(ctx, d.db, func(tx *store.Tx) (p Position, err error) {
		if p, err = getPosition(ctx, tx, id, version); err != nil {
			return p, err
		}
		if !p.Public {
			if err := by.Must(voice.See); err != nil {
				return p, err
			}
		}
		var hash string
		if whole, hash, err = getFrozen(ctx, tx, id, p.Version); err == nil {
			p.Hash = hash
		}
		return p, err
	})
	return p, []byte(whole), err
}

// tell makes a frozen version findable in place of the one before.
func (d *Desk) tell(ctx context.Context, tx *store.Tx, p Position, s Snapshot) error {
	var b strings.Builder
	b.WriteString(s.Lead)
	for _, one := range s.Proposals {
		b.WriteString("\n" + one.Title + " (" + one.Cite + ")\n" + one.Text + "\n" + one.Reasons)
	}
	return d.parts.Search.Put(ctx, tx, search.Doc{
		Kind: "position", Subject: Subject(p.ID), Title: string(p.ID) + " " + s.Title, Body: b.String(), Link: Path(p.ID, p.Version),
		Audience: search.Open(p.Public), At: search.On(civil.Of(p.FrozenAt, d.parts.Zone)), Lang: "sl",
	})
}

// tellNewest tells the index again of the newest frozen version, if there is one.
func (d *Desk) tellNewest(ctx context.Context, tx *store.Tx, p Position) error {
	if !p.Stage.Done() {
		if p.Version == 1 {
			return nil
		}
		var err error
		if p, err = getPosition(ctx, tx, p.ID, p.Version-1); err != nil {
			return err
		}
	}
	whole, hash, err := getFrozen(ctx, tx, p.ID, p.Version)
	if err != nil {
		return err
	}
	s, err := thaw([]byte(whole), hash)
	if err != nil {
		return err
	}
	return d.tell(ctx, tx, p, s)
}
