package own

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A HitState is what became of a hit.
type HitState string

// The states of hits.
const (
	HitOpen HitState = "open"
	Struck  HitState = "struck" // blacked out
	Stays   HitState = "kept"   // stays, with the reason
	Gone    HitState = "gone"   // the row is no more
)

// HitStates are all states of hits.
func HitStates() []HitState { return []HitState{HitOpen, Struck, Stays, Gone} }

// A Hit (zadetek) is a row that people wrote and that names who was erased. The name
// is not in it, only where in the row it stands.
type Hit struct {
	ID     string
	Member members.ID
	store.Find
	State   HitState
	Reason  string // why it stays
	By      string
	Settled time.Time

	Place    Place     // read only
	Link     string    // read only: where the row is seen
	Passages []Passage // read only
	Changed  bool      // read only: the texts are others than when it was found
}

// A Passage is a piece of text in which a name stands, with what is around it.
type Passage struct{ Before, Name, After string }

// around is how much of a text is shown on either side of a name.
const around = 90

// passages cuts out of the texts of a row what is around each spot.
func passages(f store.Find, texts map[string]string) (list []Passage) {
	for column, spots := range f.Spots {
		text := texts[column]
		for _, s := range spots {
			if s.Until > len(text) || len(list) == 20 {
				continue
			}
			from, until := max(0, s.From-around), min(len(text), s.Until+around)
			for from > 0 && !utf8.RuneStart(text[from]) {
				from--
			}
			for until < len(text) && !utf8.RuneStart(text[until]) {
				until++
			}
			one := Passage{text[from:s.From], text[s.From:s.Until], text[s.Until:until]}
			if from > 0 {
				one.Before = "…" + one.Before
			}
			if until < len(text) {
				one.After += "…"
			}
			list = append(list, one)
		}
	}
	slices.SortFunc(list, func(a, b Passage) int { return strings.Compare(a.Before+a.After, b.Before+b.After) })
	return slices.Compact(list)
}

// place is what is known of a table.
func (d *Desk) place(table string) Place {
	i := slices.IndexFunc(d.Places, func(p Place) bool { return p.Table == table })
	if i < 0 {
		return Place{Table: table}
	}
	return d.Places[i]
}

// folded are the words of names as indexes have them: one by one.
func folded(sought []string) (list []string) {
	for _, s := range sought {
		if strings.ContainsRune(s, '@') {
			continue
		}
		for _, w := range textkit.Words(s) {
			for _, one := range []string{textkit.Fold(w.Text), textkit.Stem(language.Slovenian, w.Text)} {
				if utf8.RuneCountInString(one) >= 3 && !slices.Contains(list, one) {
					list = append(list, one)
				}
			}
		}
	}
	return list
}

// find looks through the house for the words, while they are known. It takes as long
// as a backup does, and lets others write meanwhile.
func (d *Desk) find(ctx context.Context, tx *store.Tx, sought []string) (list []store.Find, err error) {
	err = tx.Finds(ctx, sought, func(f store.Find, _ map[string]string) error {
		if f.Table == "own_erased" || f.Table == "own_traces" {
			return nil
		}
		if columns := d.place(f.Table).Folded; len(columns) > 0 {
			if f, err = tx.Widen(ctx, f, columns, append(folded(sought), sought...)); err != nil {
				return err
			}
		}
		list = append(list, f)
		return nil
	})
	return list, err
}

// enlist writes the rows that were found on the list of the erasure. Rows that were
// blacked out before, in a house that is restored, are blacked out again.
func (d *Desk) enlist(ctx context.Context, tx *store.Tx, e Erasure, found []store.Find) error {
	for _, f := range found {
		h := Hit{ID: tx.ID(), Member: e.Member, Find: f, State: HitOpen}
		named := false // a key that names them must not be kept to find the row by
		for column := range f.Key {
			named = named || len(f.Spots[column]) > 0
		}
		if named || slices.ContainsFunc(e.Struck, func(r Row) bool { return r.is(f) }) {
			done, err := tx.Strike(ctx, f)
			if err != nil {
				return err
			}
			if done {
				h.State, h.Settled = Struck, tx.Now
			}
		}
		if named {
			continue
		}
		if err := putHit(ctx, tx, h); err != nil {
			return err
		}
	}
	return nil
}

// Hits reads a page of the rows that name who was erased, in the state or in any.
func (d *Desk) Hits(ctx context.Context, by auth.Actor, id members.ID, s HitState, limit int) ([]Hit, error) {
	if err := by.Must(Work); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Hit, error) {
		list, err := listHits(ctx, tx, id, s, limit)
		for i := range list {
			if err := d.look(ctx, tx, &list[i]); err != nil {
				return nil, err
			}
		}
		return list, err
	})
}

// look fills in what a hit shows.
func (d *Desk) look(ctx context.Context, tx *store.Tx, h *Hit) error {
	h.Place = d.place(h.Table)
	texts, same, err := tx.At(ctx, h.Find)
	if err != nil {
		return err
	}
	if h.Changed = !same; same {
		h.Passages = passages(h.Find, texts)
	}
	if h.Place.Link != "" && texts != nil {
		values, err := tx.Values(ctx, h.Find, h.Place.wants())
		if err != nil {
			return err
		}
		h.Link = h.Place.at(values)
	}
	return nil
}

// BlackOut puts a dash where the name stands in a row. Where the law has the words
// stay, and where the text was changed since it was found, that is a Conflict.
func (d *Desk) BlackOut(ctx context.Context, by auth.Actor, id members.ID, hit string) error {
	return d.settleHit(ctx, by, id, hit, func(tx *store.Tx, h *Hit) error {
		if d.place(h.Table).Kept != "" {
			return fault.New(fault.Conflict, "own.hit.law")
		}
		texts, _, err := tx.At(ctx, h.Find)
		if err != nil {
			return err
		}
		if h.State = Gone; texts == nil {
			return nil
		}
		done, err := tx.Strike(ctx, h.Find)
		if err == nil && !done {
			err = fault.New(fault.Conflict, "own.hit.changed")
		}
		h.State = Struck
		return err
	})
}

// Keep leaves a row as it is, and writes down why.
func (d *Desk) Keep(ctx context.Context, by auth.Actor, id members.ID, hit, reason string) error {
	reason = strings.TrimSpace(reason)
	if n := utf8.RuneCountInString(reason); n == 0 || n > 500 {
		return fault.In("reason", "own.hit.reason")
	}
	return d.settleHit(ctx, by, id, hit, func(_ *store.Tx, h *Hit) error {
		h.State, h.Reason = Stays, reason
		return nil
	})
}

func (d *Desk) settleHit(ctx context.Context, by auth.Actor, id members.ID, hit string, settle func(*store.Tx, *Hit) error) error {
	if err := by.Must(Work); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		h, err := getHit(ctx, tx, id, hit)
		switch {
		case err != nil:
			return err
		case h.State != HitOpen:
			return fault.New(fault.Conflict, "own.hit.settled")
		}
		if err := settle(tx, &h); err != nil {
			return err
		}
		h.By, h.Settled = by.Name, tx.Now
		if err := putHit(ctx, tx, h); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "own.hit", members.Subject(id), "state", string(h.State), "place", h.Table)
	})
}

// Erased reads one erasure.
func (d *Desk) Erased(ctx context.Context, by auth.Actor, id members.ID) (Erasure, error) {
	if err := by.Must(See); err != nil {
		return Erasure{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Erasure, error) { return getErased(ctx, tx, id) })
}

// CloseErasure says that the list was gone through. The rows that were blacked out go
// to the list outside the house, so that a backup that is restored loses them again.
func (d *Desk) CloseErasure(ctx context.Context, by auth.Actor, id members.ID) error {
	if err := by.Must(Work); err != nil {
		return err
	}
	e, err := store.Write(ctx, d.db, func(tx *store.Tx) (Erasure, error) {
		e, err := getErased(ctx, tx, id)
		switch {
		case err != nil:
			return e, err
		case !e.Closed.IsZero():
			return e, fault.New(fault.Conflict, "own.erasure.closed")
		case e.Left[HitOpen] > 0:
			return e, fault.New(fault.Conflict, "own.erasure.open", "n", e.Left[HitOpen])
		}
		e.Closed, e.ClosedBy = tx.Now, by.Name
		if err := closeErased(ctx, tx, e); err != nil {
			return e, err
		}
		if e.Struck, err = struckRows(ctx, tx, id); err != nil {
			return e, err
		}
		return e, audit.Note(ctx, tx, by, "own.close", members.Subject(id), "struck", strconv.Itoa(e.Left[Struck]), "kept", strconv.Itoa(e.Left[Stays]))
	})
	if err == nil && d.NoteErased != nil {
		d.NoteErased(e)
	}
	return err
}
