package duesweb

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/table"
)

func stateCell(v screen, i dues.Invoice) cell {
	c := cell{Text: v.T("dues.state." + string(i.State)), Icon: "taken", Tone: "ok"}
	switch i.State {
	case dues.Open:
		if c.Icon, c.Tone = "clock", "none"; i.Late(v.Today) > 0 {
			c = cell{Text: v.T("dues.late", "n", i.Late(v.Today)), Icon: "warn", Tone: "error"}
		}
	case dues.Cancelled, dues.Note, dues.WrittenOff:
		c.Icon, c.Tone = "not", "none"
	}
	return c
}

func queryOf(r *http.Request, f page.Frame) dues.Query {
	year, _ := strconv.Atoi(field(r, "year"))
	q := dues.Query{Year: year, State: dues.State(field(r, "state")), Payer: dues.PayerID(field(r, "payer")), Member: members.ID(field(r, "member")), Run: field(r, "run"), Text: field(r, "q"), Before: field(r, "before")}
	if q.State == "late" {
		q.State, q.Late = "", f.Today
	}
	return q
}

// invoices lists them, the latest first: GET /dues/invoices?year=&state=&q=….
func (s *Site) invoices(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "invoices", "")
	q := queryOf(r, v.Frame)
	kept := []string{"year", field(r, "year"), "state", field(r, "state"), "payer", field(r, "payer"), "member", field(r, "member"), "run", q.Run, "q", q.Text}
	if field(r, "as") != "" {
		return s.invoiceFile(w, r, v, q)
	}
	list, err := s.desk.Invoices(r.Context(), v.Actor, q)
	if err != nil {
		return err
	}
	states := []page.Option{{Label: v.T("dues.any")}, {Value: "late", Label: v.T("dues.state.late")}}
	for _, st := range dues.States() {
		states = append(states, page.Option{Value: string(st), Label: v.T("dues.state." + string(st))})
	}
	p := part{
		Filter: &form{Action: "/dues/invoices", Do: v.T("dues.filter"), Fields: []page.Field{
			{Name: "q", Label: v.T("dues.find"), Value: q.Text}, {Name: "year", Label: v.T("dues.run.year"), Value: field(r, "year"), W: "s"},
			{Name: "state", Type: "select", Label: v.T("dues.state"), Options: states, Value: field(r, "state")},
		}, Hidden: []page.Option{{Value: "run", Label: q.Run}, {Value: "payer", Label: string(q.Payer)}, {Value: "member", Label: string(q.Member)}}},
		Table: s.invoiceGrid(v, list), Empty: v.T("dues.invoices.none"), EmptyText: v.T("dues.invoices.none.text"),
		Exports: append(sheets("/dues/invoices", kept...), page.Crumb{Label: "JSON", Link: query("/dues/invoices", append(kept, "as", "json")...)}),
	}
	if q.Before != "" {
		p.First = query("/dues/invoices", kept...)
	}
	if len(list) == 50 {
		p.Next = query("/dues/invoices", append(kept, "before", list[49].Number)...)
	}
	v.Lead = v.T("dues.invoices.lead")
	v.under()
	v.Parts = []part{p}
	return s.show(w, r, v)
}

func (s *Site) invoiceGrid(v screen, list []dues.Invoice) *grid {
	g := &grid{Caption: v.T("dues.room.invoices"), Heads: []head{{Label: v.T("dues.number")}, {Label: v.T("dues.payer")}, {Label: v.T("dues.issued")}, {Label: v.T("dues.due")}, {Label: v.T("dues.total"), Num: true}, {Label: v.T("dues.open"), Num: true}, {Label: v.T("dues.state")}}}
	for _, i := range list {
		payer := linked(i.Payer.Name, "/dues/payers/"+string(i.Payer.ID))
		if len(i.Lines) > 1 {
			payer.Sub = v.T("dues.for_members", "n", len(i.Lines))
		}
		g.Rows = append(g.Rows, row{linked(i.Number, "/dues/invoices/"+string(i.ID)), payer, text(v.Date(i.Issued)), text(v.Date(i.Due)), text(v.amount(i.Total)), text(v.amount(i.Open)), stateCell(v, i)})
	}
	return g
}

func (s *Site) invoiceFile(w http.ResponseWriter, r *http.Request, v screen, q dues.Query) error {
	out := [][]any{{v.T("dues.number"), v.T("dues.run.year"), v.T("dues.issued"), v.T("dues.due"), v.T("dues.payer"), v.T("dues.member"), v.T("dues.total"), v.T("dues.open"), v.T("dues.currency"), v.T("dues.state"), v.T("dues.reference")}}
	wires := []invoiceWire{}
	for q.Before, q.Limit = "", 1_000; ; {
		list, err := s.desk.Invoices(r.Context(), v.Actor, q)
		if err != nil {
			return err
		}
		for _, i := range list {
			member := ""
			if len(i.Lines) == 1 {
				member = i.Lines[0].Name
			}
			c := string(i.Total.Currency())
			out = append(out, []any{i.Number, strconv.Itoa(i.Year), i.Issued.String(), i.Due.String(), i.Payer.Name, member, table.Number(i.Total.Plain()), table.Number(i.Open.Plain()), c, v.T("dues.state." + string(i.State)), i.Reference.String()})
			wires = append(wires, invoiceOf(i, nil))
		}
		if len(list) < q.Limit {
			break
		}
		q.Before = list[len(list)-1].Number
	}
	if field(r, "as") == "json" {
		page.Attach(w, "application/json; charset=utf-8", "invoices.json")
		if err := json.NewEncoder(w).Encode(wires); err != nil {
			return fmt.Errorf("dues: json: %w", err)
		}
		return nil
	}
	_, err := sheet(w, r, "invoices", out)
	return err
}

// invoice is one invoice, what it says and what was booked on it.
func (s *Site) invoice(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "invoices", "")
	i, rows, err := s.desk.Invoice(r.Context(), v.Actor, dues.InvoiceID(r.PathValue("id")))
	if err != nil {
		return err
	}
	if field(r, "as") != "" {
		return rowsFile(w, r, v, "ledger-"+i.Number, rows)
	}
	here := "/dues/invoices/" + string(i.ID)
	v.Title = v.T("dues.invoice.title", "number", i.Number)
	if i.State == dues.Note {
		v.Title = v.T("dues.invoice.note", "number", i.Number)
	}
	v.under(page.Crumb{Label: v.T("dues.room.invoices"), Link: "/dues/invoices"})
	v.Kicker = v.T("dues.year", "year", strconv.Itoa(i.Year))
	v.Lead = v.T("dues.invoice.lead", "payer", i.Payer.Name, "total", v.amount(i.Total), "open", v.amount(i.Open))
	v.Actions = []action{{"PDF", here + "/paper", true}, {"DOCX", here + "/paper?as=docx", false}}
	p, err := s.desk.Payer(r.Context(), v.Actor, i.Payer.ID)
	if err != nil && !fault.Is(err, fault.Missing) {
		return err
	}
	if links := deeds(v, i, rows, p); len(links) > 0 && v.Actor.Can(dues.Write) {
		v.Parts = append(v.Parts, part{Title: v.T("dues.invoice.deeds"), Links: links})
		if i.Payer.Email != "" && i.State != dues.Cancelled {
			v.Parts[0].Form = &form{Action: here, Do: v.T("dues.invoice.send"), Name: "do=send"}
		}
	}
	facts := []page.Fact{
		{Label: v.T("dues.state"), Value: stateCell(v, i).Text}, {Label: v.T("dues.payer"), Value: i.Payer.Name, Link: "/dues/payers/" + string(i.Payer.ID)},
		{Label: v.T("dues.issued"), Value: v.Date(i.Issued)}, {Label: v.T("dues.due"), Value: v.Date(i.Due)}, {Label: v.T("dues.reference"), Value: i.Reference.String(), ID: true},
		{Label: v.T("dues.email"), Value: i.Payer.Email, ID: true},
	}
	if !i.Sent.IsZero() {
		facts = append(facts, page.Fact{Label: v.T("dues.sent"), Value: v.Moment(s.site.Local(i.Sent))})
	}
	if i.Step > 0 {
		facts = append(facts, page.Fact{Label: v.T("dues.reminded"), Value: v.T("dues.reminded.step", "step", strconv.Itoa(i.Step), "day", v.Date(i.Reminded))})
	}
	if i.Of != "" {
		facts = append(facts, page.Fact{Label: v.T("dues.note.of"), Value: v.T("dues.invoice.cancelled.one"), Link: "/dues/invoices/" + string(i.Of)}, page.Fact{Label: v.T("dues.reason"), Value: i.Reason})
	}
	if i.State == dues.Cancelled {
		if n, err := s.desk.Noted(r.Context(), v.Actor, i.ID); err == nil {
			facts = append(facts, page.Fact{Label: v.T("dues.noted"), Value: n.Number, Link: "/dues/invoices/" + string(n.ID)})
		}
	}
	g := &grid{Caption: v.T("dues.lines"), Heads: []head{{Label: v.T("dues.member")}, {Label: v.T("dues.run.year")}, {Label: v.T("dues.amount"), Num: true}}}
	for _, l := range i.Lines {
		g.Rows = append(g.Rows, row{linked(l.Name, "/dues/members/"+string(l.Member)), text(strconv.Itoa(l.Year)), text(v.amount(l.Amount))})
	}
	mails, err := s.letters(r, v, i.ID)
	if err != nil {
		return err
	}
	v.Parts = append(v.Parts, part{Facts: facts}, part{Title: v.T("dues.lines"), Table: g},
		part{Title: v.T("dues.letters"), Table: mails, Empty: v.T("dues.letters.none"), EmptyText: v.T("dues.letters.none.text")},
		part{Title: v.T("dues.ledger"), Table: s.rowsOf(v, rows, true), Empty: v.T("dues.ledger.none"), EmptyText: v.T("dues.ledger.none.text"), Exports: sheets(here)})
	return s.show(w, r, v)
}

// letters are what became of the letters about an invoice.
func (s *Site) letters(r *http.Request, v screen, id dues.InvoiceID) (*grid, error) {
	letters, err := s.desk.Letters(r.Context(), v.Actor, id)
	if err != nil {
		return nil, err
	}
	mails := &grid{Caption: v.T("dues.letters"), Heads: []head{{Label: v.T("dues.letters.subject")}, {Label: v.T("dues.email")}, {Label: v.T("dues.state")}, {Label: v.T("dues.at")}}}
	for _, l := range letters {
		mails.Rows = append(mails.Rows, row{linked(l.Subject, "/house/letters/"+string(l.ID)), text(l.To), {Text: v.T("house.letter." + string(l.State)), Sub: l.Words}, text(v.Moment(s.site.Local(l.At)))})
	}
	return mails, nil
}

// deeds are what may be done to an invoice as it stands.
func deeds(v screen, i dues.Invoice, rows []dues.Row, p dues.Payer) (links []action) {
	here := "/dues/invoices/" + string(i.ID) + "/"
	if i.State == dues.Note || i.State == dues.Cancelled {
		return nil
	}
	if i.Open.Positive() {
		links = append(links, action{v.T("dues.deed.pay"), here + "pay", true})
		if p.Credit.Positive() {
			links = append(links, action{v.T("dues.deed.credit"), here + "credit", false})
		}
		links = append(links, action{v.T("dues.deed.write-off"), here + "write-off", false})
	}
	for _, x := range rows {
		if x.Kind == dues.Forgone && x.Reverses == "" && !x.Undone {
			links = append(links, action{v.T("dues.deed.restore"), here + "restore", false})
		}
	}
	return append(links, action{v.T("dues.deed.cancel"), here + "cancel", false})
}

// send posts an invoice to its payer: POST /dues/invoices/ID.
func (s *Site) send(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if err := s.desk.Send(r.Context(), auth.From(r.Context()), dues.InvoiceID(id)); err != nil {
		return err
	}
	return page.Go(w, r, "/dues/invoices/"+id, "said.dues.sent")
}

// paper hands out an invoice: GET /dues/invoices/ID/paper?as=pdf|docx|html.
func (s *Site) paper(w http.ResponseWriter, r *http.Request) error {
	by, id, as := auth.From(r.Context()), dues.InvoiceID(r.PathValue("id")), field(r, "as")
	if as == "" {
		as = "pdf"
	}
	var i dues.Invoice
	var whole []byte
	var err error
	if as == "pdf" {
		i, whole, err = s.desk.Paper(r.Context(), by, id)
	} else {
		i, whole, err = s.desk.Document(r.Context(), by, id, as)
	}
	if err != nil {
		return err
	}
	kind := map[string]string{"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "html": "text/html; charset=utf-8"}[as]
	page.Attach(w, kind, i.FileName(s.site.In(i.Payer.Lang), as))
	_, err = w.Write(whole)
	return err
}

// book asks what is to be booked on an invoice, and books it: /dues/invoices/ID/DEED.
func (s *Site) book(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "invoices", "")
	if err := v.Actor.Must(dues.Write); err != nil {
		return err
	}
	i, _, err := s.desk.Invoice(r.Context(), v.Actor, dues.InvoiceID(r.PathValue("id")))
	if err != nil {
		return err
	}
	deed, here := r.PathValue("deed"), "/dues/invoices/"+string(i.ID)
	reason := field(r, "reason")
	if !v.Has("dues.deed." + deed + ".text") {
		return fault.New(fault.Missing, "page.missing")
	}
	typed := v.Date(v.Today)
	if r.Method == http.MethodPost {
		typed = field(r, "day")
		d, err := civil.ParseHuman(typed)
		if err != nil && typed != "" {
			err = fault.In("day", "form.date", "given", typed)
		} else {
			err = s.do(r, v, deed, i, d)
		}
		if err == nil {
			return page.Go(w, r, here, "said.dues.booked")
		}
		if !v.Blame(err) {
			return err
		}
	}
	v.Title, v.Kicker = v.T("dues.deed."+deed), v.T("dues.invoice.title", "number", i.Number)
	v.Lead = v.T("dues.deed."+deed+".text", "payer", i.Payer.Name, "total", v.amount(i.Total), "open", v.amount(i.Open))
	v.under(page.Crumb{Label: v.T("dues.room.invoices"), Link: "/dues/invoices"}, page.Crumb{Label: i.Number, Link: here})
	f := &form{Action: here + "/" + deed, Do: v.T("dues.deed." + deed), Kind: "main", Back: here, Fields: []page.Field{{Name: "day", Type: "date", Label: v.T("dues.day"), Value: typed}}}
	if deed == "cancel" || deed == "write-off" {
		f.Kind = "danger"
	}
	if deed == "pay" {
		amount := v.typed(i.Open)
		if r.Method == http.MethodPost {
			amount = field(r, "amount")
		}
		f.Fields = append([]page.Field{{Name: "amount", Label: v.T("dues.amount"), Hint: v.T("dues.deed.pay.hint"), Value: amount, W: "m"}}, f.Fields...)
		f.Fields = append(f.Fields, page.Field{Name: "reason", Label: v.T("dues.note.optional"), Value: reason})
	} else if deed != "credit" {
		f.Fields = append([]page.Field{{Name: "reason", Label: v.T("dues.reason"), Value: reason}}, f.Fields...)
	}
	v.Parts = []part{{Form: f}}
	return s.show(w, r, v)
}

// do does a deed to an invoice, with what the form says.
func (s *Site) do(r *http.Request, v screen, deed string, i dues.Invoice, day civil.Date) (err error) {
	reason := field(r, "reason")
	switch deed {
	case "pay":
		var wrong fault.Fields
		a := amountOf(v.Frame, r, "amount", i.Total.Currency(), &wrong)
		if err = wrong.Err(); err == nil {
			_, err = s.desk.Pay(r.Context(), v.Actor, i.ID, a, day, reason)
		}
	case "cancel":
		_, err = s.desk.Cancel(r.Context(), v.Actor, i.ID, reason, day)
	case "write-off":
		err = s.desk.WriteOff(r.Context(), v.Actor, i.ID, reason, day)
	case "restore":
		err = s.desk.UndoWriteOff(r.Context(), v.Actor, i.ID, reason, day)
	case "credit":
		err = s.desk.UseCredit(r.Context(), v.Actor, i.ID, day)
	}
	return err
}

// undo takes a payment back: /dues/payments/ID/undo.
func (s *Site) undo(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "invoices", "")
	if err := v.Actor.Must(dues.Write); err != nil {
		return err
	}
	id := r.PathValue("id")
	v.Title, v.Lead = v.T("dues.unpay"), v.T("dues.unpay.text")
	v.under(page.Crumb{Label: v.T("dues.room.invoices"), Link: "/dues/invoices"})
	if r.Method == http.MethodPost {
		err := s.desk.Unpay(r.Context(), v.Actor, id, field(r, "reason"))
		if err == nil {
			return page.Go(w, r, "/dues/invoices", "said.dues.undone")
		}
		if !v.Blame(err) {
			return err
		}
	}
	v.Parts = []part{{Form: &form{Action: "/dues/payments/" + id + "/undo", Do: v.T("dues.unpay"), Kind: "danger", Back: "/dues/invoices", Fields: []page.Field{{Name: "reason", Label: v.T("dues.reason"), Value: field(r, "reason")}}}}}
	return s.show(w, r, v)
}
