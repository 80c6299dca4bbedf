package app

import (
	"context"
	"embed"
	"fmt"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// DemoName is the association of the demo house.
const DemoName = "Mreža neodvisne kulture"

// The texts of the demo house are ours: there is no such act.
//
//go:embed demo/*.txt
var demoTexts embed.FS

// demoAccounts are the people at the door of the demo house, in the order in which
// the door names them: coordinator, president, organisation, freelancer.
var demoAccounts = []accounts.Account{
	{Name: "Neža Škrbec", Email: "neza.skrbec@mnk.example", Roles: auth.Administrator | auth.Office, Digest: true},
	{Name: "Ivo Tratar", Email: "ivo.tratar@mnk.example", Roles: auth.Board | auth.Member},
	{Name: "Ana Dren", Email: "ana.dren@pesto.example", Roles: auth.Member},
	{Name: "Jana Vrabič", Email: "jana.vrabic@posta.example", Roles: auth.Member},
	{Name: "Oton Lipar", Email: "oton.lipar@mnk.example", Roles: auth.Office | auth.Board},
}

// Furnish fills an empty house with an invented association, and knows the people
// at its door. A house that has people already is left as it is.
func (h *House) Furnish(ctx context.Context) error {
	list, err := h.Accounts.List(ctx, auth.House, accounts.Query{Limit: 200})
	if err == nil && len(list) == 0 {
		if err = h.tell(ctx); err == nil {
			list, err = h.Accounts.List(ctx, auth.House, accounts.Query{Limit: 200})
		}
	}
	if err != nil {
		return fmt.Errorf("app: furnish: %w", err)
	}
	for _, want := range demoAccounts[:4] {
		for _, a := range list {
			if a.Email == want.Email {
				h.doors = append(h.doors, a.ID)
			}
		}
	}
	return nil
}

// tell tells the story of the demo house from its beginning until now: each deed at
// its own instant, through the desks, as people would have done it.
func (h *House) tell(ctx context.Context) error {
	s := &story{h: h, ctx: ctx, today: civil.Of(h.DB.Now(), h.Config.TimeZone)}
	now := h.DB.Now()
	defer h.DB.At(time.Now)
	s.people()
	s.acts()
	s.olderCases()
	s.firstDraft()
	s.secondDraft()
	s.dues()
	s.mandate()
	s.votes()
	s.bodies()
	h.DB.At(func() time.Time { return now })
	// The letters of the past were read long ago.
	if s.err == nil {
		s.err = h.Jobs.Drain(ctx)
	}
	return s.err
}

// A story is told deed by deed; after the first that fails, nothing more happens.
type story struct {
	h     *House
	ctx   context.Context
	today civil.Date
	err   error

	neza, ivo, oton auth.Actor
	zpnk            voice.CaseID
	inForce         law.VersionID
}

// ago moves the clock of the house to a morning before today.
func (s *story) ago(days, hour int) civil.Date {
	day := s.today.AddDays(-days)
	at := day.Start(s.h.Config.TimeZone).Add(time.Duration(hour)*time.Hour + 7*time.Minute)
	s.h.DB.At(func() time.Time { return at })
	return day
}

func (s *story) text(name string) string {
	whole, err := demoTexts.ReadFile("demo/" + name)
	if s.err == nil {
		s.err = err
	}
	return string(whole)
}

// try keeps the first error.
func (s *story) try(err error) {
	if s.err == nil && err != nil {
		s.err = err
	}
}

// people makes the accounts and the register.
func (s *story) people() {
	s.ago(400, 9)
	for _, a := range demoAccounts {
		made, err := s.h.Accounts.Invite(s.ctx, auth.House, a)
		s.try(err)
		switch a.Name {
		case "Neža Škrbec":
			s.neza = made.Actor()
		case "Ivo Tratar":
			s.ivo = made.Actor()
		case "Oton Lipar":
			s.oton = made.Actor()
		}
	}
	s.try(s.h.Profile.Save(s.ctx, auth.House, demoProfile))
	if s.err != nil {
		return
	}
	var agents []members.Agent
	s.try(s.h.DB.Write(s.ctx, func(tx *store.Tx) error {
		agents = nil
		for _, one := range invent(s.today) {
			m, err := s.h.Members.AddIn(s.ctx, tx, s.neza, one.Member)
			if err != nil {
				return fmt.Errorf("%s: %w", one.Name, err)
			}
			if one.agent != "" {
				agents = append(agents, members.Agent{Member: m.ID, Name: one.agent, Email: address(one.agent, one.Name), Answers: true, Since: m.Term.From})
			}
		}
		return nil
	}))
	for _, a := range agents {
		if a.Name == "Ana Dren" {
			a.Email = "ana.dren@pesto.example"
		}
		_, err := s.h.Members.AddAgent(s.ctx, s.neza, a)
		s.try(err)
	}
}

// Doors are the accounts at the door of the demo house.
func (h *House) Doors() []auth.UserID { return h.doors }
