package app

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
)

// demoAccounts are the people at the door of the demo house, in the order in which
// the door names them: coordinator, president, organisation, freelancer.
var demoAccounts = []accounts.Account{
	{Name: "Neža Škrbec", Email: "neza.skrbec@mnk.example", Roles: auth.Administrator | auth.Office, Digest: true},
	{Name: "Ivo Tratar", Email: "ivo.tratar@mnk.example", Roles: auth.Board | auth.Member},
	{Name: "Ana Dren", Email: "ana.dren@pesto.example", Roles: auth.Member},
	{Name: "Jana Vrabič", Email: "jana.vrabic@posta.example", Roles: auth.Member},
}

// Furnish fills an empty house with an invented association, and knows the people
// at its door. A house that has people already is left as it is.
func (h *House) Furnish(ctx context.Context) error {
	list, err := h.Accounts.List(ctx, auth.House, accounts.Query{Limit: 200})
	if err != nil {
		return fmt.Errorf("app: furnish: %w", err)
	}
	if len(list) == 0 {
		for _, a := range demoAccounts {
			made, err := h.Accounts.Invite(ctx, auth.House, a)
			if err != nil {
				return fmt.Errorf("app: furnish: %w", err)
			}
			list = append(list, made)
		}
	}
	for _, want := range demoAccounts {
		for _, a := range list {
			if a.Email == want.Email {
				h.doors = append(h.doors, a.ID)
			}
		}
	}
	return nil
}
