package corpus

import (
	"context"

	"github.com/asociacija/asociacija/engine/amend/drafting"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/auth"
)

// A Redraft is the amending act between two versions, and what it leaves to mend.
type Redraft struct {
	drafting.Draft
	Broken []lawcite.Citation // references of the new version that it has broken
}

// Draft writes the amending act that turns one version into another. It is proven:
// carried out on the old version it gives the new one. Why none can be written is a
// *drafting.Refusal.
func (d *Desk) Draft(ctx context.Context, by auth.Actor, old, new law.VersionID) (Redraft, error) {
	if err := by.Must(Write); err != nil {
		return Redraft{}, err
	}
	was, a, err := d.text(ctx, by, old)
	if err != nil {
		return Redraft{}, err
	}
	_, b, err := d.text(ctx, by, new)
	if err != nil {
		return Redraft{}, err
	}
	act, err := d.Act(ctx, by, was.Act) // a draft may be filed as another
	if err != nil {
		return Redraft{}, err
	}
	return d.drafts.get(pair{old, new}, func() (Redraft, int, error) {
		base, target := Again(a.tree), Again(b.tree)
		draft, err := drafting.Write(base, target, drafting.Options{Title: act.Title})
		return Redraft{draft, lawcite.BrokenBy(base, target)}, 2 * len(draft.Text), err
	})
}
