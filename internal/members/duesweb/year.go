package duesweb

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// yearOf is the year that the address asks for, or this one.
func yearOf(r *http.Request, f page.Frame) int {
	if y, err := strconv.Atoi(field(r, "year")); err == nil && y > 1990 && y < 2200 {
		return y
	}
	return f.Today.Year()
}

// years are links to the years around this one.
func (v *screen) years(path string, year int) []page.Tab {
	var list []page.Tab
	for y := v.Today.Year() + 1; y > v.Today.Year()-4; y-- {
		n := strconv.Itoa(y)
		list = append(list, page.Tab{Label: n, Link: query(path, "year", n), On: y == year})
	}
	return list
}

// overview is a year at a glance: GET /dues?year=.
func (s *Site) overview(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "overview", "")
	year := yearOf(r, v.Frame)
	y, err := s.desk.Overview(r.Context(), v.Actor, year, v.Today)
	if err != nil {
		return err
	}
	n := strconv.Itoa(year)
	v.Title = v.T("dues.year", "year", n)
	paid := y.Of(dues.Received, dues.Moved)
	v.Lead = v.T("dues.year.lead", "billed", v.amount(y.Of(dues.Billed)), "paid", v.amount(paid), "owed", v.amount(y.Owed), "late", v.amount(y.Late))
	v.Parts = []part{{Chips: v.years("/dues", year), Title: v.T("dues.year.which")}}
	if v.Actor.Can(dues.Write) {
		waiting, err := s.entries.Waiting(r.Context(), v.Actor)
		if err != nil {
			return err
		}
		rules, err := s.desk.Rules(r.Context(), v.Actor)
		if err != nil {
			return err
		}
		ruled := slices.ContainsFunc(rules, func(one fees.Rule) bool { return one.Year <= year })
		if next := nextStep(v, y, waiting, ruled); next.Text != "" {
			v.Parts = append(v.Parts, next)
		}
	}
	rows := []row{
		{text(v.T("dues.year.wanted")), text(v.Number(y.Wanted))}, {text(v.T("dues.year.declared")), text(v.Number(y.Declared))},
		{text(v.T("dues.year.billed")), text(v.amount(y.Of(dues.Billed)))}, {text(v.T("dues.year.voided")), text(v.amount(y.Of(dues.Voided)))},
		{text(v.T("dues.year.paid")), text(v.amount(paid))}, {text(v.T("dues.year.forgone")), text(v.amount(y.Of(dues.Forgone)))},
		{text(v.T("dues.year.owed")), text(v.amount(y.Owed))}, {text(v.T("dues.year.late")), text(v.amount(y.Late))}, {text(v.T("dues.year.credit")), text(v.amount(y.Credit))},
	}
	v.Parts = append(v.Parts, part{Title: v.T("dues.year.table", "year", n), Table: &grid{Caption: v.T("dues.year.table", "year", n), Heads: []head{{Label: v.T("dues.what")}, {Label: v.T("dues.how_much"), Num: true}}, Rows: rows}})
	return s.show(w, r, v)
}

// nextStep is the one thing that the office does next.
func nextStep(v screen, y dues.Year, waiting int, ruled bool) part {
	n := strconv.Itoa(y.Year)
	p := part{Title: v.T("dues.next")}
	switch {
	case waiting > 0:
		p.Text, p.Links = v.T("dues.next.waiting", "n", waiting), []action{{v.T("dues.next.waiting.do"), "/dues/bank", true}}
	case !ruled && y.Of(dues.Billed).IsZero():
		p.Text, p.Links = v.T("dues.next.rule", "year", n), []action{{v.T("dues.next.rule.do"), query("/dues/rules/new", "year", n), true}}
	case y.Declared < y.Wanted && y.Of(dues.Billed).IsZero():
		p.Text, p.Links = v.T("dues.next.declare", "n", y.Wanted-y.Declared), []action{{v.T("dues.next.declare.do"), query("/dues/declarations", "year", n), true}, {v.T("dues.next.run.do"), query("/dues/runs/new", "year", n), false}}
	case y.Of(dues.Billed).IsZero():
		if p.Text = v.T("dues.next.run"); y.Wanted == 0 {
			p.Text = v.T("dues.next.run.plain")
		}
		p.Links = []action{{v.T("dues.next.run.do"), query("/dues/runs/new", "year", n), true}}
	case y.Late.Positive():
		p.Text, p.Links = v.T("dues.next.late", "late", v.amount(y.Late)), []action{{v.T("dues.next.late.do"), "/dues/reminders", true}}
	}
	return p
}

// owing lists the members who owe, without sums: GET /dues/owing.
func (s *Site) owing(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "owing", "")
	if field(r, "as") != "" {
		return s.owingFile(w, r, v)
	}
	list, next, err := s.desk.Owers(r.Context(), v.Actor, v.Today, members.ID(field(r, "after")), pageRows)
	if err != nil {
		return err
	}
	g := &grid{Caption: v.Title, Heads: []head{{Label: v.T("dues.member")}, {Label: v.T("members.place")}}}
	for _, m := range list {
		g.Rows = append(g.Rows, row{linked(m.Name, "/members/"+string(m.ID)), text(m.Place)})
	}
	p := part{Table: g, Empty: v.T("dues.owing.none"), EmptyText: v.T("dues.owing.none.text"), Exports: sheets("/dues/owing")}
	if next != "" {
		p.Next = query("/dues/owing", "after", string(next))
	}
	v.Lead = v.T("dues.owing.lead")
	v.under()
	v.Parts = []part{p}
	return s.show(w, r, v)
}

func (s *Site) owingFile(w http.ResponseWriter, r *http.Request, v screen) error {
	out := [][]any{{v.T("dues.member"), v.T("members.place")}}
	for after := members.ID(""); ; {
		list, next, err := s.desk.Owers(r.Context(), v.Actor, v.Today, after, fileRows)
		if err != nil {
			return err
		}
		for _, m := range list {
			out = append(out, []any{m.Name, m.Place})
		}
		if after = next; next == "" {
			_, err := sheet(w, r, "owing", out)
			return err
		}
	}
}

// ageing is what is owed, by how late it is: GET /dues/ageing.
func (s *Site) ageing(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "ageing", "")
	list, total, err := s.desk.Ageing(r.Context(), v.Actor, v.Today)
	if err != nil {
		return err
	}
	g := &grid{Caption: v.Title, Heads: []head{{Label: v.T("dues.payer")}, {Label: v.T("dues.age.open"), Num: true}, {Label: "1–30", Num: true}, {Label: "31–60", Num: true}, {Label: "61–90", Num: true}, {Label: v.T("dues.age.more"), Num: true}, {Label: v.T("dues.age.total"), Num: true}}}
	cells := func(name cell, a dues.Ages) row {
		out := row{name, text(v.amount(a.NotDue))}
		for _, b := range a.By {
			out = append(out, text(v.amount(b)))
		}
		return append(out, text(v.amount(a.Total)))
	}
	csv := [][]any{{v.T("dues.payer"), v.T("dues.age.open"), "1–30", "31–60", "61–90", v.T("dues.age.more"), v.T("dues.age.total"), v.T("dues.age.oldest")}}
	some, next := behind(list, field(r, "after"), func(a dues.Ages) string { return string(a.Payer.ID) })
	for _, a := range some {
		g.Rows = append(g.Rows, cells(linked(a.Payer.Name, "/dues/payers/"+string(a.Payer.ID)), a))
	}
	for _, a := range list {
		csv = append(csv, []any{a.Payer.Name, table.Number(a.NotDue.Plain()), table.Number(a.By[0].Plain()), table.Number(a.By[1].Plain()), table.Number(a.By[2].Plain()), table.Number(a.By[3].Plain()), table.Number(a.Total.Plain()), a.Oldest.String()})
	}
	if done, err := sheet(w, r, "ageing", csv); done {
		return err
	}
	if len(list) > 0 {
		g.Foot = cells(text(v.T("dues.total")), total)
	}
	v.Lead = v.T("dues.ageing.lead", "day", v.Date(v.Today))
	v.under()
	p := part{Table: g, Empty: v.T("dues.ageing.none"), EmptyText: v.T("dues.ageing.none.text"), Exports: sheets("/dues/ageing")}
	p.turn(r, next, "/dues/ageing")
	v.Parts = []part{p}
	return s.show(w, r, v)
}

// fileRows is how many rows of a file are read at a time.
const fileRows = 1_000

// sheet answers with the table as a file, if the address asks for one.
func sheet(w http.ResponseWriter, r *http.Request, name string, rows [][]any) (bool, error) {
	switch field(r, "as") {
	case "csv":
		page.Attach(w, "text/csv; charset=utf-8", name+".csv")
		return true, table.CSV(w, rows)
	case "xlsx":
		page.Attach(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name+".xlsx")
		return true, table.XLSX(w, name, rows)
	}
	return false, nil
}

// sheets are the links to the files of a list.
func sheets(path string, pairs ...string) []page.Crumb {
	return []page.Crumb{{Label: "CSV", Link: query(path, append(pairs, "as", "csv")...)}, {Label: "XLSX", Link: query(path, append(pairs, "as", "xlsx")...)}}
}

// ledger is all rows of a period, for the accountant: GET /dues/ledger?from=&last=&kind=.
func (s *Site) ledger(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "ledger", "")
	p := dues.Period{Kind: dues.Kind(field(r, "kind")), Limit: 200}
	p.From, _ = civil.ParseHuman(field(r, "from"))
	p.Last, _ = civil.ParseHuman(field(r, "last"))
	if p.From.IsZero() {
		p.From = civil.On(v.Today.Year(), 1, 1)
	}
	from, last, kind := p.From.String(), "", string(p.Kind)
	if !p.Last.IsZero() {
		last = p.Last.String()
	}
	if as := field(r, "as"); as != "" {
		return s.ledgerFile(w, r, v, p)
	}
	if day, err := civil.Parse(field(r, "day")); err == nil {
		p.After = dues.Row{Day: day, ID: field(r, "after")}
	}
	rows, err := s.desk.Ledger(r.Context(), v.Actor, p)
	if err != nil {
		return err
	}
	kinds := []page.Option{{Label: v.T("dues.any")}}
	for _, k := range dues.Kinds() {
		kinds = append(kinds, page.Option{Value: string(k), Label: v.T("dues.kind." + string(k))})
	}
	one := part{
		Filter: &form{Action: "/dues/ledger", Do: v.T("dues.filter"), Fields: []page.Field{
			{Name: "from", Type: "date", Label: v.T("dues.from"), Value: v.Date(p.From)}, {Name: "last", Type: "date", Label: v.T("dues.last"), Value: dayOr(v.Frame, p.Last)},
			{Name: "kind", Type: "select", Label: v.T("dues.row.kind"), Options: kinds, Value: kind},
		}},
		Table: s.rowsOf(v, rows, false), Empty: v.T("dues.ledger.none"), EmptyText: v.T("dues.ledger.none.text"), Exports: sheets("/dues/ledger", "from", from, "last", last, "kind", kind),
	}
	if len(rows) == p.Limit {
		end := rows[len(rows)-1]
		one.Next = query("/dues/ledger", "from", from, "last", last, "kind", kind, "day", end.Day.String(), "after", end.ID)
	}
	v.Lead = v.T("dues.ledger.lead")
	v.under()
	v.Parts = []part{one}
	return s.show(w, r, v)
}

func (s *Site) ledgerFile(w http.ResponseWriter, r *http.Request, v screen, p dues.Period) error {
	var all []dues.Row
	for p.Limit = fileRows; ; {
		rows, err := s.desk.Ledger(r.Context(), v.Actor, p)
		if err != nil {
			return err
		}
		if all = append(all, rows...); len(rows) < p.Limit {
			break
		}
		p.After = rows[len(rows)-1]
	}
	return rowsFile(w, r, v, "ledger", all)
}

// rowsFile hands out rows of the ledger.
func rowsFile(w http.ResponseWriter, r *http.Request, v screen, name string, rows []dues.Row) error {
	out := [][]any{{v.T("dues.day"), v.T("dues.row.kind"), v.T("dues.number"), v.T("dues.payer"), v.T("dues.amount"), v.T("dues.currency"), v.T("dues.reason"), v.T("dues.by"), v.T("dues.payment")}}
	for _, x := range rows {
		out = append(out, []any{x.Day.String(), kindOf(v, x), x.Number, x.PayerName, table.Number(x.Amount.Plain()), string(x.Amount.Currency()), x.Reason, x.By, x.Payment})
	}
	_, err := sheet(w, r, name, out)
	return err
}

// kindOf says what a row is about.
func kindOf(v screen, x dues.Row) string {
	kind := v.T("dues.kind." + string(x.Kind))
	if x.Reverses != "" {
		kind = v.T("dues.kind.undone", "kind", kind)
	}
	return kind
}

// rowsOf are rows of the ledger as a table; undo adds what takes a payment back.
func (s *Site) rowsOf(v screen, rows []dues.Row, undo bool) *grid {
	g := &grid{Caption: v.T("dues.ledger"), Heads: []head{{Label: v.T("dues.day")}, {Label: v.T("dues.row.kind")}, {Label: v.T("dues.number")}, {Label: v.T("dues.amount"), Num: true}, {Label: v.T("dues.reason")}, {Label: v.T("dues.by")}}}
	if undo {
		g.Heads = append(g.Heads, head{Label: v.T("dues.undo"), Quiet: true})
	}
	for _, x := range rows {
		number := cell{Text: x.Number, Sub: x.PayerName}
		if x.Invoice != "" {
			number.Link = "/dues/invoices/" + string(x.Invoice)
		}
		cells := row{text(v.Date(x.Day)), text(kindOf(v, x)), number, text(v.amount(x.Amount)), text(x.Reason), text(x.By)}
		if undo {
			c := cell{}
			switch {
			case x.Undone:
				c.Text = v.T("dues.is_undone")
			case x.Payment != "" && x.Reverses == "" && v.Actor.Can(dues.Write):
				c.Links = []action{{Label: v.T("dues.undo"), Link: "/dues/payments/" + x.Payment + "/undo"}}
			}
			cells = append(cells, c)
		}
		g.Rows = append(g.Rows, cells)
	}
	return g
}

// dayOr is a day as it is put into a field, empty for none.
func dayOr(f page.Frame, d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return f.Date(d)
}
