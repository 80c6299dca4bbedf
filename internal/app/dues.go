package app

import (
	"cmp"
	"context"
	"strings"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/engine/payslip"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/auth/accounts"
)

// duesDesk is the desk of fees, wired to what it calls.
func (h *House) duesDesk() *dues.Desk {
	return dues.New(h.DB, dues.House{Name: h.Config.Name, URL: h.Config.URL, Zone: h.Config.TimeZone, In: h.Words.In, Seller: h.seller, Board: h.board},
		dues.Others{Members: h.Members, Jobs: h.Jobs, Mail: h.Mail, Files: h.Files, Pending: h.pending()})
}

// seller is the association as its invoices have it.
func (h *House) seller(ctx context.Context) dues.Seller {
	p := h.Profile.Now(ctx)
	s := dues.Seller{
		Name: h.Config.Name, Street: p.Address, Email: p.Email, URL: h.Config.URL, IBAN: payslip.IBAN(p.IBAN), BIC: p.BIC, Bank: p.Bank, Tax: p.Tax,
		Purpose: cmp.Or(p.Purpose, "OTHR"), Remark: p.Remark, Signer: p.Signer, Office: p.Office, Currency: money.Currency(cmp.Or(p.Currency, string(money.Euro))),
	}
	if i := strings.LastIndex(p.Address, ","); i > 0 {
		s.Street, s.Place = strings.TrimSpace(p.Address[:i]), strings.TrimSpace(p.Address[i+1:])
	}
	return s
}

// board are those of the board who have an account.
func (h *House) board(ctx context.Context) ([]auth.Actor, error) {
	var list []auth.Actor
	all, err := h.Accounts.List(ctx, auth.House, accounts.Query{Roles: auth.Board, Limit: 200})
	for _, a := range all {
		if !a.Disabled && a.Roles&auth.Board != 0 {
			list = append(list, a.Actor())
		}
	}
	return list, err
}
