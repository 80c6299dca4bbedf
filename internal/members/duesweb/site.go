// Package duesweb has the pages of dues: the year at a glance, declarations, fee runs,
// invoices, payments, bank statements, reminders and rules; and the page on which a
// member declares its public funds by a personal link.
//
// What holds: GET changes nothing. The page of a personal link is kept by no cache and
// found by no search engine.
package duesweb

import (
	"embed"
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bank"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/page"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// Site is the pages.
type Site struct {
	site    *page.Site
	desk    *dues.Desk
	entries *bank.Desk
	members *members.Desk
	jobs    *jobs.Desk
}

// New makes the pages.
func New(site *page.Site, d *dues.Desk, b *bank.Desk, m *members.Desk, j *jobs.Desk) *Site {
	return &Site{site, d, b, m, j}
}

// rooms are the parts of dues, and who may open them.
var rooms = []struct {
	key, link string
	right     auth.Right
}{
	{"overview", "/dues", dues.See}, {"declarations", "/dues/declarations", dues.Read}, {"runs", "/dues/runs", dues.Read}, {"invoices", "/dues/invoices", dues.Read},
	{"bank", "/dues/bank", dues.Read}, {"reminders", "/dues/reminders", dues.Read}, {"ageing", "/dues/ageing", dues.Read}, {"payers", "/dues/payers", dues.Read},
	{"ledger", "/dues/ledger", dues.Read}, {"owing", "/dues/owing", dues.See}, {"rules", "/dues/rules", dues.See},
}

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	for route, h := range map[string]page.Handler{
		"GET /dues":                        s.overview,
		"GET /dues/owing":                  s.owing,
		"GET /dues/declarations":           s.declarations,
		"POST /dues/declarations":          s.ask,
		"GET /dues/declarations/{member}":  s.declaration,
		"POST /dues/declarations/{member}": s.declaration,
		"GET /dues/own/{member}":           s.own,
		"POST /dues/own/{member}":          s.own,
		"GET /dues/runs":                   s.runs,
		"GET /dues/runs/new":               s.preview,
		"POST /dues/runs/new":              s.start,
		"GET /dues/runs/{id}":              s.run,
		"POST /dues/runs/{id}":             s.steer,
		"GET /dues/invoices":               s.invoices,
		"GET /dues/invoices/{id}":          s.invoice,
		"POST /dues/invoices/{id}":         s.send,
		"GET /dues/invoices/{id}/paper":    s.paper,
		"GET /dues/invoices/{id}/{deed}":   s.book,
		"POST /dues/invoices/{id}/{deed}":  s.book,
		"GET /dues/payments/{id}/undo":     s.undo,
		"POST /dues/payments/{id}/undo":    s.undo,
		"GET /dues/payers":                 s.payers,
		"GET /dues/payers/{id}":            s.payer,
		"POST /dues/payers/{id}":           s.payer,
		"GET /dues/payers/{id}/return":     s.giveBack,
		"POST /dues/payers/{id}/return":    s.giveBack,
		"GET /dues/members/{id}":           s.member,
		"POST /dues/members/{id}":          s.member,
		"GET /dues/ledger":                 s.ledger,
		"GET /dues/ageing":                 s.ageing,
		"GET /dues/reminders":              s.reminders,
		"POST /dues/reminders":             s.remind,
		"GET /dues/steps":                  s.steps,
		"POST /dues/steps":                 s.steps,
		"GET /dues/rules":                  s.rules,
		"GET /dues/rules/new":              s.rule,
		"POST /dues/rules/new":             s.rule,
		"POST /dues/rules/{id}/drop":       s.dropRule,
		"GET /dues/bank":                   s.bank,
		"POST /dues/bank":                  s.bank,
		"GET /dues/bank/{id}":              s.statement,
		"POST /dues/bank/{id}":             s.statement,
		"GET /dues/bank/{id}/columns":      s.columns,
		"POST /dues/bank/{id}/columns":     s.columns,
		"GET /dues/entries/{id}":           s.entry,
		"POST /dues/entries/{id}":          s.entry,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
	mux.Handle("GET /declare/{token}", quiet(s.site.Handle(s.declare)))
	mux.Handle("POST /declare/{token}", quiet(s.site.Handle(s.declare)))
}

// quiet keeps the page of a link out of caches and search engines.
func quiet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "private, no-store")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		next.ServeHTTP(w, r)
	})
}

// field is what a form or an address says, as both databases can hold it.
func field(r *http.Request, name string) string {
	return strings.ToValidUTF8(strings.NewReplacer("\r\n", "\n", "\x00", "").Replace(r.FormValue(name)), "\uFFFD")
}

// amountOf reads an amount of a form; what cannot be read is a fault of its field.
func amountOf(f page.Frame, r *http.Request, name string, c money.Currency, wrong *fault.Fields) money.Amount {
	given := field(r, name)
	if given == "" {
		return money.Of(0, c)
	}
	a, err := money.Parse(given, f.Lang, c)
	if err != nil {
		wrong.Add(name, "dues.amount.wrong", "given", given)
	}
	return a
}
