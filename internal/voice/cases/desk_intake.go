package cases

import (
	"context"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/engine/signal"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// TakeIn keeps what came in, whatever it is, and then says what it looks like.
func (d *Desk) TakeIn(ctx context.Context, by auth.Actor, raw Raw) (Intake, error) {
	if err := by.Must(voice.Work); err != nil {
		return Intake{}, err
	}
	if err := raw.Check(); err != nil {
		return Intake{}, err
	}
	i := Intake{Raw: raw, By: by.User, ByIs: by.Name}
	i.Text = plain(raw.Text)
	err := d.db.Write(ctx, func(tx *store.Tx) error {
		i.ID, i.Created = tx.ID(), tx.Now
		if err := putIntake(ctx, tx, i); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "cases.intake", "intake/"+i.ID, "name", i.Name)
	})
	if err != nil {
		return i, err
	}
	return d.recognise(ctx, i)
}

// recognise reads what a kept text is. It comes after the keeping, so that a
// mistake in it loses nothing.
func (d *Desk) recognise(ctx context.Context, i Intake) (Intake, error) {
	if strings.TrimSpace(i.Text) == "" {
		return i, nil
	}
	i.Signal = signal.Read(i.Text)
	return i, d.db.Write(ctx, func(tx *store.Tx) error { return setSignal(ctx, tx, i) })
}

// plain makes a text such that both databases take it.
func plain(s string) string {
	return strings.ToValidUTF8(strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "").Replace(s), "\uFFFD")
}

// Intake reads what came in.
func (d *Desk) Intake(ctx context.Context, by auth.Actor, id string) (Intake, error) {
	if err := by.Must(voice.Work); err != nil {
		return Intake{}, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (Intake, error) { return getIntake(ctx, tx, id) })
}

// Intakes lists the newest of which nothing has been made yet. Their texts are
// cut short.
func (d *Desk) Intakes(ctx context.Context, by auth.Actor) ([]Intake, error) {
	if err := by.Must(voice.Work); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Intake, error) { return openIntakes(ctx, tx) })
}

// Retype puts a text that a person pasted by hand in the place of one that could
// not be read, or was read badly. The file stays.
func (d *Desk) Retype(ctx context.Context, by auth.Actor, id, text string) (Intake, error) {
	if err := by.Must(voice.Work); err != nil {
		return Intake{}, err
	}
	i, err := store.Write(ctx, d.db, func(tx *store.Tx) (Intake, error) {
		i, err := getIntake(ctx, tx, id)
		switch {
		case err != nil:
			return i, err
		case i.Made != "":
			return i, fault.New(fault.Conflict, "cases.intake.made")
		case fault.Empty(text):
			return i, fault.In("text", "cases.intake.empty")
		}
		i.Text, i.Problem = plain(text), ""
		if err := i.Raw.Check(); err != nil {
			return i, err
		}
		if err := putIntake(ctx, tx, i); err != nil {
			return i, err
		}
		return i, audit.Note(ctx, tx, by, "cases.intake.text", "intake/"+id, "name", i.Name)
	})
	if err != nil {
		return i, err
	}
	return d.recognise(ctx, i)
}

// DropIntake deletes what came in for good.
func (d *Desk) DropIntake(ctx context.Context, by auth.Actor, id string) error {
	if err := by.Must(voice.Work); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		i, err := getIntake(ctx, tx, id)
		if err != nil {
			return err
		}
		if i.Made != "" {
			return fault.New(fault.Conflict, "cases.intake.made")
		}
		if err := dropIntake(ctx, tx, id); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "cases.intake.drop", "intake/"+id, "name", i.Name)
	})
}

// TextOptions say what the text of an intake is to a case.
type TextOptions struct {
	Role     Role         // Draft if empty
	Stage    corpus.Stage // Draft if empty; the stage of the version
	Label    string       // "2. osnutek"
	On       civil.Date   // the day it was published; none if nobody knows
	Deadline civil.Date   // the last day to answer or to apply; none if it has none
	Base     string       // short title or title of the act that it changes, where the case names none
	Without  bool         // keep no text: open the case alone
}

// FromIntake opens a case with the text of an intake, in one deed: the text goes
// into the corpus, its publication and its deadline become events.
func (d *Desk) FromIntake(ctx context.Context, by auth.Actor, intake string, c Case, o TextOptions) (Case, error) {
	if err := c.Check(); err != nil {
		return c, err
	}
	return d.fromIntake(ctx, by, intake, c, o, d.OpenIn)
}

// AddFromIntake adds the text of an intake to a case, as its next draft or as
// what was adopted.
func (d *Desk) AddFromIntake(ctx context.Context, by auth.Actor, intake string, id voice.CaseID, o TextOptions) (Case, error) {
	c, err := d.Case(ctx, by, id)
	if err != nil {
		return c, err
	}
	there := func(ctx context.Context, tx *store.Tx, _ auth.Actor, _ Case, _ ...Text) (Case, error) {
		return getCase(ctx, tx, id)
	}
	return d.fromIntake(ctx, by, intake, c, o, there)
}

type opening func(context.Context, *store.Tx, auth.Actor, Case, ...Text) (Case, error)

func (d *Desk) fromIntake(ctx context.Context, by auth.Actor, intake string, c Case, o TextOptions, open opening) (Case, error) {
	i, err := d.Intake(ctx, by, intake)
	if err != nil {
		return c, err
	}
	if o.Role == "" {
		o.Role = Draft
	}
	if o.Stage == "" {
		o.Stage = corpus.Draft
	}
	if c.Act == "" {
		if c.Act, err = d.base(ctx, by, o.Base); err != nil {
			return c, err
		}
	}
	var parsed *corpus.Parsed
	if !o.Without && !fault.Empty(i.Text) && d.parts.Corpus != nil {
		p, err := corpus.Read(given(i, c, o))
		if err != nil {
			return c, err
		}
		parsed = &p
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Case, error) {
		now, err := getIntake(ctx, tx, intake)
		if err != nil {
			return c, err
		}
		switch {
		case now.Made != "":
			return c, fault.New(fault.Conflict, "cases.intake.made")
		case now.Text != i.Text: // somebody has typed it anew meanwhile
			return c, fault.New(fault.Conflict, "cases.save.conflict")
		}
		made, err := open(ctx, tx, by, c)
		if err != nil {
			return c, err
		}
		if parsed != nil {
			if err := d.keepText(ctx, tx, by, *parsed, made, o); err != nil {
				return c, err
			}
		}
		if err := d.tellDays(ctx, tx, by, made, o); err != nil {
			return c, err
		}
		if err := closeIntake(ctx, tx, intake, made.ID); err != nil {
			return c, err
		}
		return getCase(ctx, tx, made.ID)
	})
}

// given is the text as the corpus takes it. A draft belongs to the act that it
// changes; a draft of a new one makes it.
func given(i Intake, c Case, o TextOptions) corpus.Given {
	g := corpus.Given{
		Act: c.Act, Title: c.Title, Short: c.Short, Stage: o.Stage, Label: o.Label, On: o.On, Source: i.Source, Blob: i.Blob, Lang: i.Signal.Language, Text: i.Text,
	}
	if g.Source == "" {
		g.Source = i.Name
	}
	return g
}

// base is the act of the name; one that is not in the corpus is none.
func (d *Desk) base(ctx context.Context, by auth.Actor, name string) (law.ActID, error) {
	a, err := d.FindAct(ctx, by, name)
	if fault.Is(err, fault.Missing) {
		return "", nil
	}
	return a.ID, err
}

// FindAct finds an act of the corpus by its short title, else by its title or its
// ID. It is a Missing fault if there is none.
func (d *Desk) FindAct(ctx context.Context, by auth.Actor, name string) (corpus.Act, error) {
	none := fault.New(fault.Missing, "cases.act.unknown")
	if d.parts.Corpus == nil || fault.Empty(name) {
		return corpus.Act{}, none
	}
	name = strings.TrimSpace(name)
	list, err := d.parts.Corpus.Acts(ctx, by, corpus.Query{Text: name, Limit: 20})
	if err != nil {
		return corpus.Act{}, err
	}
	for _, a := range list {
		if strings.EqualFold(a.Short, name) || strings.EqualFold(a.Title, name) {
			return a, nil
		}
	}
	a, err := d.parts.Corpus.Act(ctx, by, law.ActID(textkit.Slug(name)))
	if fault.Is(err, fault.Missing) {
		err = none
	}
	return a, err
}

// keepText stores the text as a version of an act and joins it to the case.
func (d *Desk) keepText(ctx context.Context, tx *store.Tx, by auth.Actor, p corpus.Parsed, c Case, o TextOptions) error {
	v, err := d.parts.Corpus.AddIn(ctx, tx, by, p)
	if err != nil {
		return err
	}
	if c.Act == "" {
		c.Act = v.Act
		if err := putCase(ctx, tx, c); err != nil {
			return err
		}
	}
	return d.AddTextIn(ctx, tx, by, Text{Case: c.ID, Version: v.ID, Role: o.Role, Label: o.Label, On: o.On})
}

// tellDays notes the publication of a draft and its deadline as events.
func (d *Desk) tellDays(ctx context.Context, tx *store.Tx, by auth.Actor, c Case, o TextOptions) error {
	published, closes := DraftPublished, ConsultationCloses
	if c.Kind == procedure.Call {
		published, closes = CallPublished, CallCloses
	}
	if o.Role == Adopted {
		published = Gazette
	}
	var events []Event
	if !o.On.IsZero() && c.Kind != Other {
		events = append(events, Event{Key: published, On: o.On, Note: o.Label})
	}
	if !o.Deadline.IsZero() {
		events = append(events, Event{Key: closes, On: o.Deadline})
	}
	for _, e := range events {
		e.Case = c.ID
		if _, err := d.AddEventIn(ctx, tx, by, e); err != nil {
			return err
		}
	}
	return nil
}
