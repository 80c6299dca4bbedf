package duesweb

import (
	"net/http"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// payers lists those who pay for others, or have credit: GET /dues/payers.
func (s *Site) payers(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "payers", "")
	list, err := s.desk.Payers(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	g := &grid{Caption: v.Title, Heads: []head{{Label: v.T("dues.payer")}, {Label: v.T("dues.email")}, {Label: v.T("dues.pays_for"), Num: true}, {Label: v.T("dues.credit"), Num: true}}}
	out := [][]any{{v.T("dues.payer"), v.T("dues.email"), v.T("dues.tax"), v.T("dues.pays_for"), v.T("dues.credit")}}
	some, next := behind(list, field(r, "after"), func(p dues.Payer) string { return string(p.ID) })
	for _, p := range some {
		g.Rows = append(g.Rows, row{linked(p.Name, "/dues/payers/"+string(p.ID)), text(p.Email), text(v.Number(p.Pays)), text(v.amount(p.Credit))})
	}
	for _, p := range list {
		out = append(out, []any{p.Name, p.Email, p.Tax, table.Number(strconv.Itoa(p.Pays)), table.Number(p.Credit.Plain())})
	}
	if done, err := sheet(w, r, "payers", out); done {
		return err
	}
	v.Lead = v.T("dues.payers.lead")
	v.under()
	all := part{Table: g, Empty: v.T("dues.payers.none"), EmptyText: v.T("dues.payers.none.text"), Exports: sheets("/dues/payers")}
	all.turn(r, next, "/dues/payers")
	v.Parts = []part{all}
	return s.show(w, r, v)
}

func (s *Site) payerFields(v screen, r *http.Request, p dues.Payer) []page.Field {
	if r.Method == http.MethodPost {
		p = payerIn(r, p)
	}
	langs := []page.Option{}
	for _, l := range i18n.Spoken() {
		langs = append(langs, page.Option{Value: l, Label: l})
	}
	hint := ""
	if p.Member != "" {
		hint = v.T("dues.payer.from_register")
	}
	return []page.Field{
		{Name: "name", Label: v.T("dues.payer.called"), Hint: hint, Value: p.Name}, {Name: "street", Label: v.T("dues.street"), Value: p.Street},
		{Name: "place", Label: v.T("dues.place"), Value: p.Place, W: "m"}, {Name: "email", Label: v.T("dues.email"), Type: "email", Value: p.Email, W: "m"},
		{Name: "tax", Label: v.T("dues.tax"), Value: p.Tax, W: "m"}, {Name: "lang", Type: "select", Label: v.T("dues.lang"), Options: langs, Value: p.Lang},
	}
}

func payerIn(r *http.Request, p dues.Payer) dues.Payer {
	p.Name, p.Street, p.Place, p.Email, p.Tax, p.Lang = field(r, "name"), field(r, "street"), field(r, "place"), field(r, "email"), field(r, "tax"), field(r, "lang")
	return p
}

// payer is one payer: what they owe, their credit, their address.
func (s *Site) payer(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "payers", "")
	p, err := s.desk.Payer(r.Context(), v.Actor, dues.PayerID(r.PathValue("id")))
	if err != nil {
		return err
	}
	here := "/dues/payers/" + string(p.ID)
	if r.Method == http.MethodPost {
		in := payerIn(r, p)
		in.Revision, _ = strconv.Atoi(field(r, "revision"))
		_, err := s.desk.SavePayer(r.Context(), v.Actor, in)
		if err == nil {
			return page.Go(w, r, here, "said.dues.saved")
		}
		if !v.Blame(err) {
			return err
		}
	}
	if v.Title = p.Name; p.Name == "" {
		m, err := s.members.Member(r.Context(), v.Actor, p.Member)
		if err != nil {
			return err
		}
		v.Title = m.Name
	}
	v.under(page.Crumb{Label: v.T("dues.room.payers"), Link: "/dues/payers"})
	v.Kicker = v.T("dues.payer")
	v.Lead = v.T("dues.payer.lead", "credit", v.amount(p.Credit), "n", p.Pays)
	if p.Credit.Positive() && v.Actor.Can(dues.Write) {
		v.Actions = []action{{v.T("dues.return"), here + "/return", false}}
	}
	list, err := s.desk.Invoices(r.Context(), v.Actor, dues.Query{Payer: p.ID, Limit: 100})
	if err != nil {
		return err
	}
	rows, err := s.desk.PayerLedger(r.Context(), v.Actor, p.ID)
	if err != nil {
		return err
	}
	if field(r, "as") != "" {
		return rowsFile(w, r, v, "payer", rows)
	}
	v.Parts = []part{
		{Title: v.T("dues.room.invoices"), Table: s.invoiceGrid(v, list), Empty: v.T("dues.invoices.none"), EmptyText: v.T("dues.invoices.none.text"), Exports: sheets("/dues/invoices", "payer", string(p.ID))},
		{Title: v.T("dues.ledger"), Table: s.rowsOf(v, rows, true), Empty: v.T("dues.ledger.none"), EmptyText: v.T("dues.ledger.none.text"), Exports: sheets(here)},
	}
	if v.Actor.Can(dues.Write) {
		v.Parts = append(v.Parts, part{Title: v.T("dues.payer.address"), Form: &form{Action: here, Fields: s.payerFields(v, r, p), Hidden: []page.Option{{Value: "revision", Label: strconv.Itoa(p.Revision)}}, Do: v.T("dues.save"), Kind: "main"}})
	}
	return s.show(w, r, v)
}

// giveBack pays credit back: /dues/payers/ID/return.
func (s *Site) giveBack(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "payers", "")
	if err := v.Actor.Must(dues.Write); err != nil {
		return err
	}
	p, err := s.desk.Payer(r.Context(), v.Actor, dues.PayerID(r.PathValue("id")))
	if err != nil {
		return err
	}
	here := "/dues/payers/" + string(p.ID)
	v.Title, v.Lead = v.T("dues.return"), v.T("dues.return.text", "credit", v.amount(p.Credit))
	v.under(page.Crumb{Label: v.T("dues.room.payers"), Link: "/dues/payers"}, page.Crumb{Label: p.Name, Link: here})
	amount, typed := v.typed(p.Credit), v.Date(v.Today)
	if r.Method == http.MethodPost {
		amount, typed = field(r, "amount"), field(r, "day")
		var wrong fault.Fields
		a := amountOf(v.Frame, r, "amount", p.Credit.Currency(), &wrong)
		day, err := civil.ParseHuman(typed)
		if err != nil {
			wrong.Add("day", "form.date", "given", typed)
		}
		if err = wrong.Err(); err == nil {
			err = s.desk.Return(r.Context(), v.Actor, p.ID, a, day, field(r, "reason"))
		}
		if err == nil {
			return page.Go(w, r, here, "said.dues.booked")
		}
		if !v.Blame(err) {
			return err
		}
	}
	v.Parts = []part{{Form: &form{Action: here + "/return", Do: v.T("dues.return"), Kind: "main", Back: here, Fields: []page.Field{
		{Name: "amount", Label: v.T("dues.amount"), Value: amount, W: "m"}, {Name: "reason", Label: v.T("dues.reason"), Value: field(r, "reason")}, {Name: "day", Type: "date", Label: v.T("dues.day"), Value: typed},
	}}}}
	return s.show(w, r, v)
}

// member is how one member stands: who pays for them, what they owe, whether they are
// let off: /dues/members/ID.
func (s *Site) member(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "payers", "")
	id := members.ID(r.PathValue("id"))
	p, also, err := s.desk.PayerOf(r.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	m, err := s.members.Member(r.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	here, year := "/dues/members/"+string(id), yearOf(r, v.Frame)
	if r.Method == http.MethodPost {
		done, err := s.changeMember(w, r, v, id, year, here)
		if done || err != nil && !v.Blame(err) {
			return err
		}
	}
	v.Title, v.Kicker = m.Name, v.T("dues.year", "year", strconv.Itoa(year))
	v.under(page.Crumb{Label: v.T("members.view.register"), Link: "/members/" + string(id)})
	flags, err := s.desk.Flags(r.Context(), v.Actor, year, v.Today, id)
	if err != nil {
		return err
	}
	v.Lead = v.T("dues.flag." + string(flags[id]))
	if v.Actor.Can(dues.Declared) && m.Kind == members.Organisation {
		v.Actions = []action{{v.T("dues.declare.title", "year", strconv.Itoa(year-1)), query("/dues/declarations/"+string(id), "year", strconv.Itoa(year-1)), false}}
	}
	list, err := s.desk.Invoices(r.Context(), v.Actor, dues.Query{Member: id, Limit: 100})
	if err != nil {
		return err
	}
	v.Parts = []part{{Title: v.T("dues.room.invoices"), Table: s.invoiceGrid(v, list), Empty: v.T("dues.invoices.none"), EmptyText: v.T("dues.invoices.none.text")}}
	who := part{Title: v.T("dues.payer.who"), Text: v.T("dues.payer.self.is")}
	if p.Member != id {
		who.Text, who.Links = v.T("dues.payer.other", "name", p.Name, "n", len(also)), []action{{v.T("dues.payer.open"), "/dues/payers/" + string(p.ID), false}}
		if v.Actor.Can(dues.Write) {
			who.Form = &form{Action: here, Do: v.T("dues.payer.self"), Name: "do=self"}
		}
	}
	v.Parts = append(v.Parts, who)
	if v.Actor.Can(dues.Write) {
		if err := s.memberForms(&v, r, id, year, here, list); err != nil {
			return err
		}
	}
	return s.show(w, r, v)
}

func (s *Site) memberForms(v *screen, r *http.Request, id members.ID, year int, here string, list []dues.Invoice) error {
	known, err := s.desk.Payers(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	var options []page.Option
	for _, one := range known {
		if one.Name != "" && one.Member != id {
			options = append(options, page.Option{Value: string(one.ID), Label: one.Name})
		}
	}
	if len(options) > 0 {
		v.Parts = append(v.Parts, part{Title: v.T("dues.payer.choose"), Form: &form{Action: here, Do: v.T("dues.payer.set"), Name: "do=known", Fields: []page.Field{{Name: "payer", Type: "select", Label: v.T("dues.payer"), Options: options}}}})
	}
	v.Parts = append(v.Parts, part{Title: v.T("dues.payer.new"), Text: v.T("dues.payer.new.text"), Form: &form{Action: here, Do: v.T("dues.payer.set"), Name: "do=new", Fields: s.payerFields(*v, r, dues.Payer{Lang: "sl"})}})
	waivers, err := s.desk.Waivers(r.Context(), v.Actor, year)
	if err != nil {
		return err
	}
	n := strconv.Itoa(year)
	for _, wv := range waivers {
		if wv.Member == id {
			v.Parts = append(v.Parts, part{Title: v.T("dues.waiver"), Text: v.T("dues.waiver.is", "year", n, "reason", wv.Reason, "decision", wv.Decision, "by", wv.By), Form: &form{Action: here, Do: v.T("dues.unwaive"), Name: "do=unwaive", Hidden: []page.Option{{Value: "year", Label: n}}}})
			for _, i := range list {
				if i.Year == year && i.State == dues.Open {
					v.Parts = append(v.Parts, part{Tone: "warn", Text: v.T("dues.waiver.billed", "year", n, "number", i.Number), Links: []action{{v.T("dues.deed.cancel"), "/dues/invoices/" + string(i.ID) + "/cancel", false}}})
				}
			}
			return nil
		}
	}
	v.Parts = append(v.Parts, part{Title: v.T("dues.waiver"), Text: v.T("dues.waiver.text", "year", n), Form: &form{Action: here, Do: v.T("dues.waive"), Name: "do=waive", Hidden: []page.Option{{Value: "year", Label: n}}, Fields: []page.Field{
		{Name: "reason", Label: v.T("dues.reason"), Value: field(r, "reason")}, {Name: "decision", Label: v.T("dues.decision"), Value: field(r, "decision"), W: "m"},
	}}})
	return nil
}

// changeMember does what a form of the member's page asks.
func (s *Site) changeMember(w http.ResponseWriter, r *http.Request, v screen, id members.ID, year int, here string) (bool, error) {
	var err error
	switch field(r, "do") {
	case "self":
		err = s.desk.PaysSelf(r.Context(), v.Actor, id)
	case "known":
		var p dues.Payer
		if p, err = s.desk.Payer(r.Context(), v.Actor, dues.PayerID(field(r, "payer"))); err == nil {
			_, err = s.desk.SavePayer(r.Context(), v.Actor, p, id)
		}
	case "new":
		_, err = s.desk.SavePayer(r.Context(), v.Actor, payerIn(r, dues.Payer{}), id)
	case "waive":
		err = s.desk.Waive(r.Context(), v.Actor, fees.Waiver{Member: id, Year: year, Reason: field(r, "reason"), Decision: field(r, "decision")})
	case "unwaive":
		err = s.desk.Unwaive(r.Context(), v.Actor, id, year)
	default:
		err = fault.New(fault.Missing, "page.missing")
	}
	if err != nil {
		return false, err
	}
	return true, page.Go(w, r, query(here, "year", strconv.Itoa(year)), "said.dues.saved")
}
