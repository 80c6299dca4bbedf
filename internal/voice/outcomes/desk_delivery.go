package outcomes

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

// Prepare begins a delivery of a frozen version. Of each of its papers only Kind,
// Lang and Format are read; the rest is as positions keeps it.
func (d *Desk) Prepare(ctx context.Context, by auth.Actor, in Delivery) (Delivery, error) {
	p, err := d.frozen(ctx, by, in)
	if err != nil {
		return in, err
	}
	return write(ctx, d, by, func(tx *store.Tx) (Delivery, error) {
		c, err := d.cases.CaseIn(ctx, tx, by, in.Case)
		if err != nil {
			return in, err
		}
		if p.Case != c.ID {
			return in, fault.In("position", "outcomes.position.other")
		}
		in.ID, in.Made, in.ByIs = ID(tx.ID()), tx.Now, by.Name
		in.SentOn, in.Answered, in.Proofs = civil.Date{}, civil.Date{}, nil
		return d.put(ctx, tx, by, in, "outcomes.prepare")
	})
}

// frozen is the version of a position that is handed over. Its chosen papers are
// made if they are not there yet.
func (d *Desk) frozen(ctx context.Context, by auth.Actor, in Delivery) (positions.Position, error) {
	if err := by.Must(voice.Work); err != nil {
		return positions.Position{}, err
	}
	if in.Position == "" || in.Version < 1 {
		return positions.Position{}, fault.In("position", "outcomes.position.none")
	}
	p, _, err := d.positions.Whole(ctx, by, in.Position, in.Version)
	if err == nil && !p.Stage.Done() {
		err = fault.In("position", "outcomes.position.open")
	}
	for i := 0; err == nil && i < len(in.Papers); i++ {
		one := &in.Papers[i]
		var doc positions.Document
		doc, err = d.positions.Document(ctx, by, in.Position, in.Version, positions.Kind(one.Kind), one.Lang, one.Format)
		if fault.Is(err, fault.Missing) {
			err = fault.In("papers", "outcomes.paper.missing")
		}
		one.Name = doc.Name
	}
	return p, err
}

// put checks a delivery that is prepared, takes its papers, and writes it.
func (d *Desk) put(ctx context.Context, tx *store.Tx, by auth.Actor, in Delivery, deed string) (Delivery, error) {
	in, err := d.expect(in, d.today(tx))
	if err != nil {
		return in, err
	}
	if err := in.Check(); err != nil {
		return in, err
	}
	have, err := papersOf(ctx, tx, in.Position, in.Version)
	if err != nil {
		return in, err
	}
	for i, want := range in.Papers {
		k := slices.IndexFunc(have, want.is)
		if k < 0 {
			return in, fault.In("papers", "outcomes.paper.missing")
		}
		in.Papers[i].Blob, in.Papers[i].Size = have[k].Blob, have[k].Size
	}
	if err := putDelivery(ctx, tx, in); err != nil {
		return in, err
	}
	return in, audit.Note(ctx, tx, by, deed, cases.Subject(in.Case), "delivery", string(in.ID), "to", in.To, "position", in.label())
}

func (d Delivery) label() string { return fmt.Sprintf("%s v%d", d.Position, d.Version) }

// expect counts by when an answer is due if the delivery goes out on a day.
func (d *Desk) expect(in Delivery, on civil.Date) (Delivery, error) {
	if in.Clock == "" {
		in.DueRule, in.DueForce = "", procedure.Own
		return in, nil
	}
	pack := d.cases.Country()
	c, ok := pack.Answer(in.Clock)
	if !ok {
		return in, fault.In("clock", "outcomes.clock.unknown")
	}
	in.DueOn, in.DueRule, in.DueForce = c.Ends(on, pack.Calendar()).On, c.Basis, c.Force
	return in, nil
}

// Change changes a delivery that is not sent.
func (d *Desk) Change(ctx context.Context, by auth.Actor, in Delivery) (Delivery, error) {
	p, err := d.frozen(ctx, by, in)
	if err != nil {
		return in, err
	}
	return write(ctx, d, by, func(tx *store.Tx) (Delivery, error) {
		old, err := d.prepared(ctx, tx, in.ID)
		if err != nil {
			return in, err
		}
		if p.Case != old.Case {
			return in, fault.In("position", "outcomes.position.other")
		}
		in.Case, in.ByIs, in.Made = old.Case, old.ByIs, old.Made
		in.SentOn, in.Answered, in.Proofs = old.SentOn, old.Answered, old.Proofs
		return d.put(ctx, tx, by, in, "outcomes.change")
	})
}

// prepared is a delivery that is not sent; one that is, is a Conflict.
func (d *Desk) prepared(ctx context.Context, tx *store.Tx, id ID) (Delivery, error) {
	old, err := getDelivery(ctx, tx, id)
	if err == nil && old.Sent() {
		err = fault.New(fault.Conflict, "outcomes.delivery.sent")
	}
	return old, err
}

// Drop takes away a delivery that is not sent.
func (d *Desk) Drop(ctx context.Context, by auth.Actor, id ID) error {
	_, err := write(ctx, d, by, func(tx *store.Tx) (Delivery, error) {
		old, err := d.prepared(ctx, tx, id)
		if err != nil {
			return old, err
		}
		if err := dropDelivery(ctx, tx, id); err != nil {
			return old, err
		}
		return old, audit.Note(ctx, tx, by, "outcomes.drop", cases.Subject(old.Case), "delivery", string(id), "to", old.To)
	})
	return err
}

// Send notes that a delivery went out on a day, today or before. From then on we
// wait for the answer, if one is expected, and the position is delivered.
func (d *Desk) Send(ctx context.Context, by auth.Actor, id ID, on civil.Date, proofs ...File) (Delivery, error) {
	if err := by.Must(voice.Work); err != nil {
		return Delivery{}, err
	}
	if on.IsZero() {
		return Delivery{}, fault.In("on", "outcomes.on.empty")
	}
	return write(ctx, d, by, func(tx *store.Tx) (Delivery, error) {
		out, err := d.prepared(ctx, tx, id)
		if err != nil {
			return out, err
		}
		if on.After(d.today(tx)) {
			return out, fault.In("on", "outcomes.on.future")
		}
		frozen, err := frozenOn(ctx, tx, out, d)
		if err != nil {
			return out, err
		}
		if on.Before(frozen) {
			return out, fault.In("on", "outcomes.on.before_frozen")
		}
		out.SentOn = on
		out.Proofs = append(out.Proofs, proofs...)
		if out, err = d.expect(out, on); err != nil {
			return out, err
		}
		if err := out.Check(); err != nil {
			return out, err
		}
		return out, d.sent(ctx, tx, by, out)
	})
}

// frozenOn is the day on which the version of a delivery was frozen.
func frozenOn(ctx context.Context, tx *store.Tx, out Delivery, d *Desk) (civil.Date, error) {
	var at string
	err := tx.QueryRowContext(ctx, `SELECT frozen_at FROM positions WHERE id = $1 AND version = $2`, out.Position, out.Version).Scan(&at)
	if err != nil {
		return civil.Date{}, fmt.Errorf("outcomes: frozen %s: %w", out.label(), err)
	}
	t, err := store.ParseTime(at)
	return civil.Of(t, d.parts.Zone), err
}

// sent writes all that follows from a delivery that went out.
func (d *Desk) sent(ctx context.Context, tx *store.Tx, by auth.Actor, out Delivery) error {
	if err := putDelivery(ctx, tx, out); err != nil {
		return err
	}
	if err := bump(ctx, tx, out.Case, out.SentOn.Year(), out.Body, out.counts()); err != nil {
		return err
	}
	if err := d.cases.DropDue(ctx, tx, positions.DeliverDue(out.Position)); err != nil {
		return err
	}
	if err := d.awaits(ctx, tx, by, out); err != nil {
		return err
	}
	_, err := d.cases.AddEventIn(ctx, tx, by, cases.Event{Case: out.Case, Key: cases.CommentsSent, On: out.SentOn, Note: out.To + ": " + out.label()})
	if err != nil {
		return err
	}
	return audit.Note(ctx, tx, by, "outcomes.send", cases.Subject(out.Case), "delivery", string(out.ID), "to", out.To, "position", out.label(), "day", out.SentOn.String())
}

// counts is what a delivery that is sent adds to memory.
func (d Delivery) counts() count {
	c := count{Memory: Memory{Deliveries: 1}}
	if d.Waits() {
		c.Unanswered, c.since = 1, dayNumber(d.SentOn)
	} else {
		c.Waited = d.Waited(d.Answered)
	}
	return c
}

// awaits keeps the due of an answer, and whether the case waits, as a delivery now
// stands.
func (d *Desk) awaits(ctx context.Context, tx *store.Tx, by auth.Actor, out Delivery) error {
	c, err := d.cases.CaseIn(ctx, tx, by, out.Case)
	if err != nil {
		return err
	}
	id := "outcomes/" + string(out.ID) + "/answer"
	if out.Waits() {
		err = d.cases.PutDue(ctx, tx, cases.Due{
			ID: id, Case: out.Case, Kind: "dues.outcomes.answer", Args: []string{"to", out.To, "due", out.DueOn.String()}, On: out.SentOn, Waiting: true,
			Owner: c.Owner, OwnerIs: c.OwnerIs, Link: "/cases/" + string(out.Case) + "/answers/new?delivery=" + string(out.ID), Force: out.DueForce,
		})
	} else {
		err = d.cases.DropDue(ctx, tx, id)
	}
	if err != nil || c.State.Over() {
		return err
	}
	n, err := waiting(ctx, tx, out.Case)
	if err != nil {
		return err
	}
	state := cases.Open
	if n > 0 {
		state = cases.Waiting
	}
	if state == c.State {
		return nil
	}
	return d.cases.StateIn(ctx, tx, by, out.Case, state)
}

// AddProof adds a proof that came later, such as the receipt of the post.
func (d *Desk) AddProof(ctx context.Context, by auth.Actor, id ID, f File) error {
	_, err := write(ctx, d, by, func(tx *store.Tx) (Delivery, error) {
		out, err := getDelivery(ctx, tx, id)
		if err != nil {
			return out, err
		}
		if !out.Sent() {
			return out, fault.New(fault.Conflict, "outcomes.delivery.not_sent")
		}
		out.Proofs = append(out.Proofs, f)
		if err := putDelivery(ctx, tx, out); err != nil {
			return out, err
		}
		return out, audit.Note(ctx, tx, by, "outcomes.proof", cases.Subject(out.Case), "delivery", string(id), "file", f.Name, "hash", f.Blob)
	})
	return err
}

// Deliveries lists the deliveries of a case, newest first. What is being prepared,
// addresses, notes and proofs are for those who may see answers.
func (d *Desk) Deliveries(ctx context.Context, by auth.Actor, id voice.CaseID) ([]Delivery, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Delivery, error) {
		if _, err := d.cases.CaseIn(ctx, tx, by, id); err != nil {
			return nil, err
		}
		list, err := listDeliveries(ctx, tx, id)
		if err != nil || by.Can(voice.SeeAnswers) {
			return list, err
		}
		list = slices.DeleteFunc(list, func(d Delivery) bool { return !d.Sent() })
		for i := range list {
			list[i] = list[i].plain(by)
		}
		return list, nil
	})
}

// plain is the delivery without what only the office and the board may see.
func (d Delivery) plain(by auth.Actor) Delivery {
	d.Address, d.Note, d.Proofs = "", "", nil
	if !by.Can(voice.See) {
		d.ByIs, d.Papers = "", nil
	}
	return d
}

// Delivery reads one delivery: whole for those who may see answers, for members one
// that is sent, without its address, its note and its proofs.
func (d *Desk) Delivery(ctx context.Context, by auth.Actor, id ID) (Delivery, error) {
	if err := by.Must(voice.See); err != nil {
		return Delivery{}, err
	}
	out, err := store.Read(ctx, d.db, func(tx *store.Tx) (Delivery, error) { return getDelivery(ctx, tx, id) })
	if err != nil || by.Can(voice.SeeAnswers) {
		return out, err
	}
	if !out.Sent() {
		return Delivery{}, by.Must(voice.SeeAnswers)
	}
	return out.plain(by), nil
}

// Paper opens the n-th paper of a delivery as it was handed over.
func (d *Desk) Paper(ctx context.Context, by auth.Actor, id ID, n int) (Paper, io.ReadSeekCloser, error) {
	out, err := d.Delivery(ctx, by, id)
	if err == nil && (n < 0 || n >= len(out.Papers)) {
		err = fault.New(fault.Missing, "outcomes.file.missing")
	}
	if err != nil {
		return Paper{}, nil, err
	}
	r, err := d.open(ctx, out.Papers[n].Blob)
	return out.Papers[n], r, err
}

// Proof opens the n-th proof of a delivery, for the office and the board.
func (d *Desk) Proof(ctx context.Context, by auth.Actor, id ID, n int) (File, io.ReadSeekCloser, error) {
	if err := by.Must(voice.SeeAnswers); err != nil {
		return File{}, nil, err
	}
	out, err := d.Delivery(ctx, by, id)
	if err == nil && (n < 0 || n >= len(out.Proofs)) {
		err = fault.New(fault.Missing, "outcomes.file.missing")
	}
	if err != nil {
		return File{}, nil, err
	}
	r, err := d.open(ctx, out.Proofs[n].Blob)
	return out.Proofs[n], r, err
}
