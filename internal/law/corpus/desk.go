package corpus

import (
	"context"
	"embed"
	"io/fs"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of the corpus.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "law_corpus", FS: sub}
}

// A Desk holds the acts.
type Desk struct {
	db     *store.DB
	index  *search.Index
	texts  *cache[law.VersionID, *text]
	diffs  *cache[pair, []lawdiff.Change]
	whys   *cache[string, map[string][]Reason]
	drafts *cache[pair, Redraft]
}

type pair struct{ old, new law.VersionID }

// The most that is kept in memory, in bytes.
const (
	mostTexts  = 64 << 20
	mostDiffs  = 32 << 20
	mostWhys   = 4 << 20
	mostDrafts = 8 << 20
)

// New makes the desk. Each text that comes in is put into the index; nil puts it
// nowhere.
func New(db *store.DB, index *search.Index) *Desk {
	return &Desk{
		db: db, index: index,
		texts: newCache[law.VersionID, *text](mostTexts), diffs: newCache[pair, []lawdiff.Change](mostDiffs), whys: newCache[string, map[string][]Reason](mostWhys), drafts: newCache[pair, Redraft](mostDrafts),
	}
}

// Add reads a text and stores it. The same text for the same act and stage gives
// the version that is there.
func (d *Desk) Add(ctx context.Context, by auth.Actor, g Given) (Version, error) {
	if err := by.Must(Write); err != nil {
		return Version{}, err
	}
	p, err := Read(g)
	if err != nil {
		return Version{}, err
	}
	add := func(tx *store.Tx) (Version, error) { return d.AddIn(ctx, tx, by, p) }
	v, err := store.Write(ctx, d.db, add)
	if store.Taken(err) { // somebody has just added the same
		v, err = store.Write(ctx, d.db, add)
	}
	return v, err
}

// AddIn is Add inside the deed of another desk, with a text that was read before.
func (d *Desk) AddIn(ctx context.Context, tx *store.Tx, by auth.Actor, p Parsed) (Version, error) {
	if err := by.Must(Write); err != nil {
		return Version{}, err
	}
	g := p.given
	act, err := findAct(ctx, tx, g)
	if err != nil {
		return Version{}, err
	}
	v, err := oneVersion(ctx, tx, `act = $1 AND stage = $2 AND hash = $3`, act, g.Stage, p.hash)
	if err == nil || !fault.Is(err, fault.Missing) {
		return v, err
	}
	v = Version{
		ID: law.VersionID(tx.ID()), Act: act, Stage: g.Stage, Label: g.Label, On: g.On, Source: g.Source, Blob: g.Blob, Hash: p.hash,
		Lang: g.Lang, Open: g.Open, Articles: p.articles(), Notes: len(p.tree.Notes), Created: tx.Now,
	}
	if err := putVersion(ctx, tx, v); err != nil {
		return Version{}, err
	}
	if err := putText(ctx, tx, v, p); err != nil {
		return Version{}, err
	}
	if err := count(ctx, tx, act); err != nil {
		return Version{}, err
	}
	if err := d.tell(ctx, tx, v, p.text()); err != nil {
		return Version{}, err
	}
	return v, audit.Note(ctx, tx, by, "law.added", "act/"+string(act), "version", string(v.ID), "stage", string(v.Stage), "label", v.Label)
}

// Open makes a version public.
func (d *Desk) Open(ctx context.Context, by auth.Actor, id law.VersionID) error {
	return d.db.Write(ctx, func(tx *store.Tx) error { return d.OpenIn(ctx, tx, by, id) })
}

// OpenIn is Open inside the deed of another desk. What is open stays so.
func (d *Desk) OpenIn(ctx context.Context, tx *store.Tx, by auth.Actor, id law.VersionID) error {
	if err := by.Must(Write); err != nil {
		return err
	}
	v, err := oneVersion(ctx, tx, `id = $1`, id)
	if err != nil || v.Open {
		return err
	}
	v.Open = true
	if err := openVersion(ctx, tx, id); err != nil {
		return err
	}
	if err := count(ctx, tx, v.Act); err != nil {
		return err
	}
	t, err := getText(ctx, tx, id)
	if err != nil {
		return err
	}
	if err := d.tell(ctx, tx, v, t); err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "law.opened", "act/"+string(v.Act), "version", string(id))
}

// Act returns an act, or a Missing fault.
func (d *Desk) Act(ctx context.Context, by auth.Actor, id law.ActID) (Act, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Act, error) { return getAct(ctx, tx, id, by.Known()) })
}

// Acts returns a page of the acts that the actor may read something of.
func (d *Desk) Acts(ctx context.Context, by auth.Actor, q Query) ([]Act, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Act, error) { return listActs(ctx, tx, q, by.Known()) })
}

// Version returns a version, or a Missing fault.
func (d *Desk) Version(ctx context.Context, by auth.Actor, id law.VersionID) (Version, error) {
	v, err := store.Read(ctx, d.db, func(tx *store.Tx) (Version, error) { return oneVersion(ctx, tx, `id = $1`, id) })
	if err == nil {
		err = v.may(by)
	}
	if err != nil {
		return Version{}, err
	}
	return v, nil
}

// Versions returns the versions of an act, newest first.
func (d *Desk) Versions(ctx context.Context, by auth.Actor, act law.ActID) ([]Version, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Version, error) {
		return listVersions(ctx, tx, act, by.Known())
	})
}

// At returns the version that was in force on the day, or a Missing fault.
func (d *Desk) At(ctx context.Context, by auth.Actor, act law.ActID, on civil.Date) (Version, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Version, error) {
		return oneVersion(ctx, tx, `act = $1 AND stage = 'in_force' AND on_day <= $2 AND (is_open = 1 OR CAST($3 AS BIGINT) = 1)
			ORDER BY on_day DESC, id DESC LIMIT 1`, act, on.String(), store.Bit(by.Known()))
	})
}

// text returns a version and what it says, if the actor may read it.
func (d *Desk) text(ctx context.Context, by auth.Actor, id law.VersionID) (Version, *text, error) {
	v, err := d.Version(ctx, by, id)
	if err != nil {
		return Version{}, nil, err
	}
	t, err := d.texts.get(id, func() (*text, int, error) {
		t, err := store.Read(ctx, d.db, func(tx *store.Tx) (*text, error) { return getText(ctx, tx, id) })
		if err != nil {
			return nil, 0, err
		}
		return t, t.weight(), nil
	})
	return v, t, err
}

// Tree returns a version as a tree, which nobody may change. Its spans are empty.
func (d *Desk) Tree(ctx context.Context, by auth.Actor, id law.VersionID) (*lawtext.Act, error) {
	_, t, err := d.text(ctx, by, id)
	if err != nil {
		return nil, err
	}
	return t.tree, nil
}

// Provisions returns the provisions with the IDs, all if none are given, in the
// order of the document. An ID that is not there is a Missing fault.
func (d *Desk) Provisions(ctx context.Context, by auth.Actor, id law.VersionID, ids ...string) ([]Provision, error) {
	v, t, err := d.text(ctx, by, id)
	if err != nil {
		return nil, err
	}
	return t.pick(v, ids)
}

// Articles returns the articles, the annexes and the divisions over them, for
// choosing: without Text and Full.
func (d *Desk) Articles(ctx context.Context, by auth.Actor, id law.VersionID) ([]Provision, error) {
	v, t, err := d.text(ctx, by, id)
	if err != nil {
		return nil, err
	}
	return t.contents(v), nil
}

// Compare returns what changed between two versions, of one act or of two.
func (d *Desk) Compare(ctx context.Context, by auth.Actor, old, new law.VersionID) ([]lawdiff.Change, error) {
	all, err := d.CompareAll(ctx, by, old, new)
	var changed []lawdiff.Change
	for _, c := range all {
		if c.Kind != lawdiff.Unchanged {
			changed = append(changed, c)
		}
	}
	return changed, err
}

// CompareAll is Compare with what did not change in its place. Nobody may change
// the list.
func (d *Desk) CompareAll(ctx context.Context, by auth.Actor, old, new law.VersionID) ([]lawdiff.Change, error) {
	_, a, err := d.text(ctx, by, old)
	if err != nil {
		return nil, err
	}
	_, b, err := d.text(ctx, by, new)
	if err != nil {
		return nil, err
	}
	return d.diffs.get(pair{old, new}, func() ([]lawdiff.Change, int, error) {
		// The changes hold on to both trees.
		return lawdiff.All(a.tree, b.tree), a.weight() + b.weight(), nil
	})
}

// History tells in which versions of its act a provision stands and where its
// text changed, newest first.
func (d *Desk) History(ctx context.Context, by auth.Actor, at law.Address) ([]Occurrence, error) {
	v, err := d.Version(ctx, by, at.Version)
	if err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Occurrence, error) {
		versions, err := listVersions(ctx, tx, v.Act, by.Known())
		if err != nil {
			return nil, err
		}
		hashes, err := history(ctx, tx, v.Act, at.Provision)
		if err != nil {
			return nil, err
		}
		list := make([]Occurrence, len(versions))
		before := ""
		for i := len(versions) - 1; i >= 0; i-- {
			hash, there := hashes[versions[i].ID]
			list[i] = Occurrence{Version: versions[i], There: there, Changed: i < len(versions)-1 && hash != before}
			before = hash
		}
		return list, nil
	})
}
