package duesweb

import (
	"context"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// API is all paths of this package under /api/v1.
func (s *Site) API(api huma.API) {
	page.Get(api, "/api/v1/dues/invoices", "list-invoices", "Invoices and credit notes, the latest first", s.apiInvoices)
	page.Get(api, "/api/v1/dues/invoices/{id}", "get-invoice", "An invoice with what was booked on it", s.apiInvoice)
	page.Get(api, "/api/v1/dues/payments", "list-payments", "Money that came in, in the order in which it was booked", s.apiPayments)
	page.Get(api, "/api/v1/dues/ageing", "get-ageing", "What each payer owes, by how late it is, the most first", s.apiAgeing)
	page.Get(api, "/api/v1/dues/declarations", "list-declarations", "What members declared for a year, by their names", s.apiDeclarations)
}

type invoicesIn struct {
	Year   int    `query:"year" doc:"of the dues"`
	State  string `query:"state" enum:"open,paid,written_off,cancelled,note"`
	Late   bool   `query:"late" doc:"only those that are open and were due before today"`
	Payer  string `query:"payer"`
	Member string `query:"member"`
	Before string `query:"before" doc:"number of the last invoice of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"50"`
}

type invoicesOut struct {
	Invoices []invoiceWire `json:"invoices"`
	Next     string        `json:"next,omitempty" doc:"value of before for the next page"`
}

func (s *Site) apiInvoices(ctx context.Context, in *invoicesIn) (*page.Answer[invoicesOut], error) {
	q := dues.Query{Year: in.Year, State: dues.State(in.State), Payer: dues.PayerID(in.Payer), Member: members.ID(in.Member), Before: in.Before, Limit: in.Limit}
	if in.Late {
		q.Late = s.site.Today()
	}
	list, err := s.desk.Invoices(ctx, auth.From(ctx), q)
	if err != nil {
		return nil, err
	}
	out := &page.Answer[invoicesOut]{Body: invoicesOut{Invoices: []invoiceWire{}}}
	for _, i := range list {
		out.Body.Invoices = append(out.Body.Invoices, invoiceOf(i, nil))
	}
	if len(list) == in.Limit {
		out.Body.Next = list[len(list)-1].Number
	}
	return out, nil
}

func (s *Site) apiInvoice(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*page.Answer[invoiceWire], error) {
	i, rows, err := s.desk.Invoice(ctx, auth.From(ctx), dues.InvoiceID(in.ID))
	if err != nil {
		return nil, err
	}
	return &page.Answer[invoiceWire]{Body: invoiceOf(i, rows)}, nil
}

type paymentsIn struct {
	From  string `query:"from" format:"date"`
	Last  string `query:"last" format:"date"`
	Payer string `query:"payer"`
	After string `query:"after" doc:"id of the last payment of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"50"`
}

type paymentsOut struct {
	Payments []paymentWire `json:"payments"`
	Next     string        `json:"next,omitempty" doc:"value of after for the next page"`
}

func (s *Site) apiPayments(ctx context.Context, in *paymentsIn) (*page.Answer[paymentsOut], error) {
	list, err := s.desk.Payments(ctx, auth.From(ctx), dues.PaymentQuery{From: dayOf(in.From), Last: dayOf(in.Last), Payer: dues.PayerID(in.Payer), After: in.After, Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &page.Answer[paymentsOut]{Body: paymentsOut{Payments: []paymentWire{}}}
	for _, p := range list {
		out.Body.Payments = append(out.Body.Payments, paymentOf(p))
	}
	if len(list) == in.Limit {
		out.Body.Next = list[len(list)-1].ID
	}
	return out, nil
}

type ageingIn struct {
	After string `query:"after" doc:"id of the last payer of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"50"`
}

type ageingOut struct {
	Day      string     `json:"day" format:"date"`
	Currency string     `json:"currency"`
	All      agesWire   `json:"all" doc:"of all payers, also those on other pages"`
	Payers   []agesWire `json:"payers"`
	Next     string     `json:"next,omitempty" doc:"value of after for the next page"`
}

func (s *Site) apiAgeing(ctx context.Context, in *ageingIn) (*page.Answer[ageingOut], error) {
	day := s.site.Today()
	list, all, err := s.desk.Ageing(ctx, auth.From(ctx), day)
	if err != nil {
		return nil, err
	}
	out := &page.Answer[ageingOut]{Body: ageingOut{Day: day.String(), Currency: string(s.desk.Currency(ctx)), All: agesOf(all), Payers: []agesWire{}}}
	from := slices.IndexFunc(list, func(a dues.Ages) bool { return string(a.Payer.ID) == in.After }) + 1
	for _, a := range list[from:min(from+in.Limit, len(list))] {
		out.Body.Payers = append(out.Body.Payers, agesOf(a))
	}
	if end := from + in.Limit; end < len(list) {
		out.Body.Next = string(list[end-1].Payer.ID)
	}
	return out, nil
}

type declarationsIn struct {
	Year  int    `query:"year" doc:"in which the money came; without it, last year"`
	After string `query:"after" doc:"id of the last member of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"1000" default:"50"`
}

type declarationsOut struct {
	Declarations []declarationWire `json:"declarations"`
	Next         string            `json:"next,omitempty" doc:"value of after for the next page"`
}

func (s *Site) apiDeclarations(ctx context.Context, in *declarationsIn) (*page.Answer[declarationsOut], error) {
	year := in.Year
	if year == 0 {
		year = s.site.Today().Year() - 1
	}
	list, err := s.desk.DeclarationsOf(ctx, auth.From(ctx), year)
	if err != nil {
		return nil, err
	}
	out := &page.Answer[declarationsOut]{Body: declarationsOut{Declarations: []declarationWire{}}}
	from := slices.IndexFunc(list, func(d dues.Declaration) bool { return string(d.Member) == in.After }) + 1
	for _, d := range list[from:min(from+in.Limit, len(list))] {
		out.Body.Declarations = append(out.Body.Declarations, declarationOf(d, s.desk.Currency(ctx)))
	}
	if end := from + in.Limit; end < len(list) {
		out.Body.Next = string(list[end-1].Member)
	}
	return out, nil
}
