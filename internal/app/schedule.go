package app

import (
	"context"
	"errors"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/casesweb"
)

// schedule has the house's own work done at its time.
func (h *House) schedule() {
	zone := h.Config.TimeZone
	h.every("accounts.sweep", jobs.Minutes(60), h.Accounts.Sweep)
	h.every("members.turn", jobs.Daily(0, 1, zone), func(ctx context.Context) error { return h.Members.Turn(ctx, h.today()) })
	h.every("cases.refresh", jobs.Daily(3, 30, zone), func(ctx context.Context) error { return h.Cases.Refresh(ctx, h.today()) })
	h.every("cases.digest", jobs.Daily(7, 30, zone).On(h.working), h.digest)
	if d, ok := h.Files.(*blob.Disk); ok {
		h.every("files.sweep", jobs.Daily(3, 10, zone), func(ctx context.Context) error {
			_, err := d.Sweep(ctx, h.DB.Now().Add(-24*time.Hour))
			return err
		})
	}
}

func (h *House) every(key string, when jobs.Schedule, work func(context.Context) error) {
	h.Jobs.Handle(key, func(ctx context.Context, _ jobs.Run) error { return work(ctx) })
	h.Jobs.Every(key, when, key)
}

// today is the day in the house's zone.
func (h *House) today() civil.Date { return civil.Of(h.DB.Now(), h.Config.TimeZone) }

// working reports whether the slot is on a working day of the country.
func (h *House) working(slot time.Time) bool {
	return h.Pack.Calendar().IsWorking(civil.Of(slot, h.Config.TimeZone))
}

// digest writes the morning letter to everyone of the office and the board who wants
// it. Whoever has one of today gets no second one, should the work be done twice.
func (h *House) digest(ctx context.Context) error {
	page := casesweb.New(h.Site, h.Cases, casesweb.Outside{})
	var errs []error
	for q := (accounts.Query{Roles: auth.Insider, Limit: 200}); ; {
		list, err := h.Accounts.List(ctx, auth.House, q)
		if err != nil {
			return err
		}
		for _, a := range list {
			if a.Digest && !a.Disabled {
				errs = append(errs, h.digestTo(ctx, page, a))
			}
		}
		if len(list) < q.Limit {
			return errors.Join(errs...)
		}
		q.After = list[len(list)-1].ID
	}
}

func (h *House) digestTo(ctx context.Context, page *casesweb.Site, a accounts.Account) error {
	about := "digest/" + h.today().String() + "/" + string(a.ID)
	sent, err := h.Mail.Ledger(ctx, auth.House, about)
	if err != nil || len(sent) > 0 {
		return err
	}
	// The office has the whole list, the board what is theirs.
	t, err := h.Cases.Today(ctx, a.Actor(), h.today(), a.Roles&auth.Staff == 0)
	if err != nil {
		return err
	}
	lang := a.Lang
	if lang == "" {
		lang = h.Config.Lang
	}
	subject, text := page.Digest(h.Words.In(lang), t)
	if subject == "" {
		return nil
	}
	return h.DB.Write(ctx, func(tx *store.Tx) error {
		_, err := h.Mail.Post(ctx, tx, mail.Letter{To: a.Email, ToName: a.Name, Lang: lang, Subject: subject, Text: text, About: about, Kind: mail.Digest})
		return err
	})
}

// textAdded tells the later rooms of a text that joins a case.
func (h *House) textAdded(ctx context.Context, tx *store.Tx, by auth.Actor, t cases.Text) error {
	return h.Outcomes.TextAdded(ctx, tx, by, t)
}

// caseShown tells the later rooms who may see a case.
func (h *House) caseShown(ctx context.Context, tx *store.Tx, id voice.CaseID) error {
	return h.Consult.CaseShown(ctx, tx, id)
}
