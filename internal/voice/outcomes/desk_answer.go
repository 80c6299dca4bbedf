package outcomes

import (
	"context"
	"io"

	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/search"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// Log notes what came back. If it ends the silence about a delivery, nobody waits
// for that any more.
func (d *Desk) Log(ctx context.Context, by auth.Actor, a Answer) (Answer, error) {
	if err := by.Must(voice.Work); err != nil {
		return a, err
	}
	if err := a.Check(); err != nil {
		return a, err
	}
	return write(ctx, d, by, func(tx *store.Tx) (Answer, error) {
		if _, err := d.cases.CaseIn(ctx, tx, by, a.Case); err != nil {
			return a, err
		}
		if a.On.After(d.today(tx)) {
			return a, fault.In("on", "outcomes.on.future")
		}
		if a.Delivery != "" {
			out, err := getDelivery(ctx, tx, a.Delivery)
			switch {
			case err != nil:
				return a, err
			case out.Case != a.Case, !out.Sent():
				return a, fault.In("delivery", "outcomes.delivery.other")
			case a.On.Before(out.SentOn):
				return a, fault.In("on", "outcomes.on.before_sent")
			}
		}
		a.ID, a.Made, a.ByIs = ID(tx.ID()), tx.Now, by.Name
		if err := putAnswer(ctx, tx, a); err != nil {
			return a, err
		}
		if err := d.settle(ctx, tx, by, a.Delivery); err != nil {
			return a, err
		}
		err := d.parts.Search.Put(ctx, tx, search.Doc{
			Kind: "answer", Subject: Subject(a.ID), Title: a.From, Body: a.Summary, Link: "/cases/" + string(a.Case) + "/answers",
			Audience: search.Open(false), At: search.On(a.On), Lang: "sl",
		})
		if err != nil {
			return a, err
		}
		return a, audit.Note(ctx, tx, by, "outcomes.answer", cases.Subject(a.Case), "answer", string(a.ID), "from", a.From, "tenor", string(a.Tenor), "day", a.On.String())
	})
}

// Unlog takes away an answer that was noted by mistake; if it had ended a silence,
// that goes on.
func (d *Desk) Unlog(ctx context.Context, by auth.Actor, id ID) error {
	_, err := write(ctx, d, by, func(tx *store.Tx) (Answer, error) {
		a, err := getAnswer(ctx, tx, id)
		if err != nil {
			return a, err
		}
		if err := dropAnswer(ctx, tx, id); err != nil {
			return a, err
		}
		if err := d.settle(ctx, tx, by, a.Delivery); err != nil {
			return a, err
		}
		if err := d.parts.Search.Drop(ctx, tx, Subject(id)); err != nil {
			return a, err
		}
		return a, audit.Note(ctx, tx, by, "outcomes.answer.drop", cases.Subject(a.Case), "answer", string(id), "from", a.From, "day", a.On.String())
	})
	return err
}

// settle counts a delivery again after its answers changed.
func (d *Desk) settle(ctx context.Context, tx *store.Tx, by auth.Actor, id ID) error {
	if id == "" {
		return nil
	}
	out, err := getDelivery(ctx, tx, id)
	if err != nil {
		return err
	}
	first, err := firstAnswer(ctx, tx, id)
	if err != nil || first == out.Answered {
		return err
	}
	year, before := out.SentOn.Year(), out.counts()
	out.Answered = first
	if err := putDelivery(ctx, tx, out); err != nil {
		return err
	}
	after, less := out.counts(), before.minus()
	change := count{after.Plus(less.Memory), after.since + less.since}
	if err := bump(ctx, tx, out.Case, year, out.Body, change); err != nil {
		return err
	}
	return d.awaits(ctx, tx, by, out)
}

// Answers lists the answers of a case, newest first. Their letters are for the
// office and the board.
func (d *Desk) Answers(ctx context.Context, by auth.Actor, id voice.CaseID) ([]Answer, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Answer, error) {
		if _, err := d.cases.CaseIn(ctx, tx, by, id); err != nil {
			return nil, err
		}
		if err := by.Must(voice.See); err != nil {
			return nil, err
		}
		list, err := listAnswers(ctx, tx, id)
		if err == nil && !by.Can(voice.SeeAnswers) {
			for i := range list {
				list[i].File = File{}
			}
		}
		return list, err
	})
}

// AnswerFile opens the letter of an answer, for the office and the board.
func (d *Desk) AnswerFile(ctx context.Context, by auth.Actor, id ID) (File, io.ReadSeekCloser, error) {
	if err := by.Must(voice.SeeAnswers); err != nil {
		return File{}, nil, err
	}
	a, err := store.Read(ctx, d.db, func(tx *store.Tx) (Answer, error) { return getAnswer(ctx, tx, id) })
	if err != nil {
		return File{}, nil, err
	}
	r, err := d.open(ctx, a.File.Blob)
	return a.File, r, err
}
