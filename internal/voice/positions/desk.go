package positions

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

//go:embed sql lang
var files embed.FS

// Words are the catalogues of what stands on paper.
func Words() embed.FS { return files }

// Steps are the tables of this room.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "positions", FS: sub}
}

// Parts are what the desk works with. Proposals need the Corpus, and papers the
// Words. The others may be left out: without voices nobody has said anything,
// without files and jobs papers are made each time they are asked for, without an
// index nothing is found by search.
type Parts struct {
	Corpus *corpus.Desk
	Voices Voices
	Files  blob.Store
	Jobs   *jobs.Desk
	Search *search.Index
	Words  *i18n.Book     // with those of this package, for papers
	Sender func() Sender  // as letters are headed and signed now; nobody if nil
	Zone   *time.Location // of the house; UTC if nil
}

// A Desk is where proposals and positions are made.
type Desk struct {
	db    *store.DB
	cases *cases.Desk
	parts Parts
}

// New opens the desk on a database.
func New(db *store.DB, c *cases.Desk, p Parts) *Desk {
	if p.Voices == nil {
		p.Voices = nobody{}
	}
	if p.Zone == nil {
		p.Zone = time.UTC
	}
	if p.Sender == nil {
		p.Sender = func() Sender { return Sender{} }
	}
	d := &Desk{db: db, cases: c, parts: p}
	if p.Jobs != nil {
		p.Jobs.Handle(papersKind, d.work)
	}
	return d
}

// Proposals lists the proposals of a case in order, those withdrawn last.
func (d *Desk) Proposals(ctx context.Context, by auth.Actor, id voice.CaseID) ([]Proposal, error) {
	return read(ctx, d, by, func(tx *store.Tx) ([]Proposal, error) { return listProposals(ctx, tx, id) })
}

// Proposal reads one proposal.
func (d *Desk) Proposal(ctx context.Context, by auth.Actor, id voice.ProposalID) (Proposal, error) {
	return read(ctx, d, by, func(tx *store.Tx) (Proposal, error) { return getProposal(ctx, tx, id) })
}

// Revisions lists what a proposal said at each change, newest first, at most 100.
func (d *Desk) Revisions(ctx context.Context, by auth.Actor, id voice.ProposalID) ([]Proposal, error) {
	return read(ctx, d, by, func(tx *store.Tx) ([]Proposal, error) { return listRevisions(ctx, tx, id) })
}

// OnProvision lists the proposals against one provision of a draft.
func (d *Desk) OnProvision(ctx context.Context, by auth.Actor, at law.Address) ([]Proposal, error) {
	return read(ctx, d, by, func(tx *store.Tx) ([]Proposal, error) { return onProvision(ctx, tx, at) })
}

// Said is what members said to a provision, for those who write proposals.
func (d *Desk) Said(ctx context.Context, by auth.Actor, id voice.CaseID, at law.Address) (Said, error) {
	if err := by.Must(voice.Work); err != nil {
		return Said{}, err
	}
	return d.parts.Voices.On(ctx, by, id, at)
}

// Heard are the provisions that members were asked about, for those who write
// proposals; none where the Voices are no Agenda.
func (d *Desk) Heard(ctx context.Context, by auth.Actor, id voice.CaseID) ([]Heard, error) {
	if err := by.Must(voice.Work); err != nil {
		return nil, err
	}
	if a, ok := d.parts.Voices.(Agenda); ok {
		return a.Provisions(ctx, by, id)
	}
	return nil, nil
}

// Versions lists all versions of the positions of a case, newest first.
func (d *Desk) Versions(ctx context.Context, by auth.Actor, id voice.CaseID) ([]Position, error) {
	return read(ctx, d, by, func(tx *store.Tx) ([]Position, error) { return listVersions(ctx, tx, id) })
}

// Current is the newest version of the newest position of a case, or a Missing
// fault if it has none.
func (d *Desk) Current(ctx context.Context, by auth.Actor, id voice.CaseID) (Position, error) {
	return read(ctx, d, by, func(tx *store.Tx) (Position, error) { return currentPosition(ctx, tx, id) })
}

// Newest lists a page of the newest versions of all positions.
func (d *Desk) Newest(ctx context.Context, by auth.Actor, before voice.PositionID, limit int) ([]Position, error) {
	return read(ctx, d, by, func(tx *store.Tx) ([]Position, error) { return listNewest(ctx, tx, before, orFifty(limit)) })
}

// Public lists a page of the frozen positions that anyone may read, newest first;
// before is the instant of the last one of the page before, if any.
func (d *Desk) Public(ctx context.Context, before time.Time, limit int) ([]Position, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Position, error) { return listPublic(ctx, tx, store.Time(before), orFifty(limit)) })
}

func orFifty(n int) int {
	if n <= 0 {
		return 50
	}
	return n
}

// read asks for the right to see, and reads.
func read[T any](ctx context.Context, d *Desk, by auth.Actor, f func(*store.Tx) (T, error)) (T, error) {
	if err := by.Must(voice.See); err != nil {
		var none T
		return none, err
	}
	return store.Read(ctx, d.db, f)
}
