package outcomes

import (
	"context"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// An Upshot is what came of a position: of how many of its proposals what became,
// and how its case stands.
type Upshot struct {
	Memory
	State cases.State // empty if the case is not public
}

// Upshots says what came of public positions, for anyone.
func (d *Desk) Upshots(ctx context.Context, list []positions.Position) (map[voice.PositionID]Upshot, error) {
	if len(list) == 0 {
		return nil, nil
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (map[voice.PositionID]Upshot, error) { return upshots(ctx, tx, list) })
}

// An Exchange is what went out in a public case and what came back, newest first.
type Exchange struct {
	Sent []Delivery
	Came []Answer
}

// Exchange lists what was sent of the public positions of a public case, and what
// was answered to it. An answer that belongs to no delivery may be about anything,
// and is left out. Letters, addresses, notes, proofs and who wrote it down are not
// in it, whoever asks.
func (d *Desk) Exchange(ctx context.Context, id voice.CaseID) (e Exchange, err error) {
	all, err := d.Deliveries(ctx, auth.Actor{}, id)
	if err != nil {
		return e, err
	}
	held, err := d.positions.PublicOf(ctx, id)
	if err != nil {
		return e, err
	}
	type edition struct {
		id      voice.PositionID
		version int
	}
	public, shown := map[edition]bool{}, map[ID]bool{}
	for _, p := range held {
		public[edition{p.ID, p.Version}] = true
	}
	for _, one := range all {
		if public[edition{one.Position, one.Version}] {
			e.Sent, shown[one.ID] = append(e.Sent, one), true
		}
	}
	answers, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]Answer, error) { return listAnswers(ctx, tx, id) })
	for _, a := range answers {
		if shown[a.Delivery] {
			a.File, a.ByIs = File{}, ""
			e.Came = append(e.Came, a)
		}
	}
	return e, err
}
