package duesweb

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/statement"
	"github.com/asociacija/asociacija/internal/members/bank"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// bank takes in a file, and lists those that were: /dues/bank.
func (s *Site) bank(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "bank", "")
	if r.Method == http.MethodPost {
		st, err := s.upload(w, r)
		switch {
		case err == nil && st.Sheet != "":
			return page.Go(w, r, "/dues/bank/"+st.ID+"/columns", "")
		case err == nil:
			return page.Go(w, r, "/dues/bank/"+st.ID, "said.dues.taken")
		case fault.Is(err, fault.Conflict) && st.ID != "":
			return page.Go(w, r, "/dues/bank/"+st.ID, "said.dues.twice")
		}
		if !v.Blame(err) {
			return err
		}
	}
	if field(r, "as") != "" {
		return s.statementsFile(w, r, v)
	}
	list, err := s.entries.Statements(r.Context(), v.Actor, field(r, "before"), pageRows)
	if err != nil {
		return err
	}
	g := &grid{Caption: v.Title, Heads: []head{{Label: v.T("dues.bank.file")}, {Label: v.T("dues.bank.days")}, {Label: v.T("dues.bank.new"), Num: true}, {Label: v.T("dues.bank.known"), Num: true}, {Label: v.T("dues.bank.waiting"), Num: true}, {Label: v.T("dues.by")}}}
	for _, st := range list {
		link := "/dues/bank/" + st.ID
		if st.Sheet != "" {
			link += "/columns"
		}
		g.Rows = append(g.Rows, row{{Text: st.Name, Link: link, Sub: v.Moment(s.site.Local(st.Made))}, text(span(v, st)), text(v.Number(st.New)), text(v.Number(st.Known)), text(v.Number(st.Waiting)), text(st.By)})
	}
	v.Lead = v.T("dues.bank.lead")
	v.under()
	if v.Actor.Can(dues.Write) {
		v.Parts = append(v.Parts, part{Title: v.T("dues.bank.upload"), Form: &form{Action: "/dues/bank", File: true, Do: v.T("dues.bank.read"), Kind: "main", Fields: []page.Field{
			{Name: "file", Type: "file", Label: v.T("dues.bank.file"), Hint: v.T("dues.bank.hint"), Accept: ".xml,.csv,.txt"},
		}}})
	}
	p := part{Title: v.T("dues.bank.files"), Table: g, Empty: v.T("dues.bank.none"), EmptyText: v.T("dues.bank.none.text"), Exports: sheets("/dues/bank")}
	if len(list) == pageRows {
		p.Next = query("/dues/bank", "before", list[len(list)-1].ID)
	}
	v.Parts = append(v.Parts, p)
	return s.show(w, r, v)
}

func (s *Site) statementsFile(w http.ResponseWriter, r *http.Request, v screen) error {
	out := [][]any{{v.T("dues.bank.file"), v.T("dues.at"), "IBAN", v.T("dues.from"), v.T("dues.last"), v.T("dues.bank.new"), v.T("dues.bank.known"), v.T("dues.bank.waiting"), v.T("dues.by")}}
	for before := ""; ; {
		list, err := s.entries.Statements(r.Context(), v.Actor, before, fileRows)
		if err != nil {
			return err
		}
		for _, st := range list {
			before = st.ID
			out = append(out, []any{st.Name, v.Moment(s.site.Local(st.Made)), st.Account, st.From.String(), st.To.String(), table.Number(strconv.Itoa(st.New)), table.Number(strconv.Itoa(st.Known)), table.Number(strconv.Itoa(st.Waiting)), st.By})
		}
		if len(list) < fileRows {
			_, err := sheet(w, r, "statements", out)
			return err
		}
	}
}

// entriesFile is all entries that the query asks for.
func (s *Site) entriesFile(w http.ResponseWriter, r *http.Request, v screen, q bank.EntryQuery) error {
	out := [][]any{{v.T("dues.day"), v.T("dues.amount"), v.T("dues.currency"), v.T("dues.bank.who"), "IBAN", v.T("dues.reference"), v.T("dues.purpose"), v.T("dues.bank.match"), v.T("dues.number"), v.T("dues.payer")}}
	for q.Limit = fileRows; ; {
		list, err := s.entries.Entries(r.Context(), v.Actor, q)
		if err != nil {
			return err
		}
		for _, e := range list {
			q.After = e.ID
			out = append(out, []any{e.Day.String(), table.Number(e.Amount.Plain()), string(e.Amount.Currency()), e.Name, e.IBAN, e.Reference, e.Purpose, v.T("dues.match." + string(e.Match)), e.Number, e.PayerName})
		}
		if len(list) < fileRows {
			_, err := sheet(w, r, "entries", out)
			return err
		}
	}
}

func span(v screen, st bank.Statement) string {
	if st.From.IsZero() || st.From == st.To {
		return v.Date(st.From)
	}
	return v.Date(st.From) + " – " + v.Date(st.To)
}

func (s *Site) upload(w http.ResponseWriter, r *http.Request) (bank.Statement, error) {
	r.Body = http.MaxBytesReader(w, r.Body, bank.MaxStatement+1<<16)
	file, h, err := r.FormFile("file")
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return bank.Statement{}, fault.In("file", "dues.statement.big", "most", bank.MaxStatement>>20)
	case err != nil:
		return bank.Statement{}, fault.In("file", "dues.bank.no_file")
	}
	defer file.Close()
	raw, err := io.ReadAll(file)
	if err != nil {
		return bank.Statement{}, fmt.Errorf("dues: upload: %w", err)
	}
	return s.entries.Upload(r.Context(), actor(r), h.Filename, raw)
}

// columns asks what the columns of a CSV file hold: /dues/bank/ID/columns.
func (s *Site) columns(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "bank", "")
	id := r.PathValue("id")
	st, sh, err := s.entries.Sheet(r.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	m := st.Columns
	if r.Method == http.MethodPost {
		if field(r, "do") == "drop" {
			if err := s.entries.DropStatement(r.Context(), v.Actor, id); err != nil {
				return err
			}
			return page.Go(w, r, "/dues/bank", "said.dues.dropped")
		}
		m = nil
		for i := range sh.Head {
			m = append(m, statement.Column(field(r, "col"+strconv.Itoa(i))))
		}
		_, err := s.entries.MapColumns(r.Context(), v.Actor, id, m)
		if err == nil {
			return page.Go(w, r, "/dues/bank/"+id, "said.dues.taken")
		}
		if !v.Blame(err) {
			return err
		}
	}
	options := []page.Option{{Label: v.T("dues.column.nothing")}}
	for _, c := range statement.Columns() {
		options = append(options, page.Option{Value: string(c), Label: v.T("dues.column." + string(c))})
	}
	f := &form{Action: "/dues/bank/" + id + "/columns", Do: v.T("dues.bank.map"), Kind: "main", Also: []button{{Do: "drop", Label: v.T("dues.bank.drop")}}}
	for i, h := range sh.Head {
		var sample []string
		for _, cells := range sh.Rows[:min(3, len(sh.Rows))] {
			if i < len(cells) && cells[i] != "" {
				sample = append(sample, cells[i])
			}
		}
		f.Fields = append(f.Fields, page.Field{Name: "col" + strconv.Itoa(i), Type: "select", Label: h, Hint: strings.Join(sample, " · "), Options: options, Value: string(m[i])})
	}
	v.Title, v.Kicker, v.Lead = v.T("dues.bank.columns"), st.Name, v.T("dues.bank.columns.lead")
	v.under(page.Crumb{Label: v.T("dues.room.bank"), Link: "/dues/bank"})
	v.Parts = []part{{Form: f}}
	return s.show(w, r, v)
}

// statement is the review of one file: /dues/bank/ID?show=.
func (s *Site) statement(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "bank", "")
	id := r.PathValue("id")
	here := "/dues/bank/" + id
	if r.Method == http.MethodPost {
		if _, err := s.entries.BookAll(r.Context(), v.Actor, id); err != nil {
			return err
		}
		return page.Go(w, r, here, "said.dues.booked")
	}
	st, err := s.entries.Statement(r.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	show := bank.Match(field(r, "show"))
	q := bank.EntryQuery{Statement: id, After: field(r, "after")}
	if show != "" {
		q.Matches = []bank.Match{show}
	}
	if field(r, "as") != "" {
		return s.entriesFile(w, r, v, q)
	}
	list, err := s.entries.Entries(r.Context(), v.Actor, q)
	if err != nil {
		return err
	}
	v.Title, v.Kicker = st.Name, v.T("dues.room.bank")
	v.Lead = v.T("dues.bank.said", "days", span(v, st), "new", v.Number(st.New), "known", v.Number(st.Known), "out", v.Number(st.Out), "waiting", v.Number(st.Waiting))
	v.under(page.Crumb{Label: v.T("dues.room.bank"), Link: "/dues/bank"})
	sure, err := s.entries.Entries(r.Context(), v.Actor, bank.EntryQuery{Statement: id, Matches: []bank.Match{bank.ByReference}, Limit: 1})
	if err != nil {
		return err
	}
	if len(sure) > 0 && v.Actor.Can(dues.Write) {
		v.Parts = append(v.Parts, part{Title: v.T("dues.bank.sure"), Text: v.T("dues.bank.sure.text"), Form: &form{Action: here, Do: v.T("dues.bank.all"), Kind: "main"}})
	}
	if len(st.Problems) > 0 {
		v.Parts = append(v.Parts, part{Title: v.T("dues.bank.problems", "n", len(st.Problems)), Text: v.T("dues.bank.problems.text"), Table: problems(v, st)})
	}
	chips := []page.Tab{{Label: v.T("dues.all"), Link: here, On: show == ""}}
	for _, m := range bank.Matches() {
		chips = append(chips, page.Tab{Label: v.T("dues.match." + string(m)), Link: query(here, "show", string(m)), On: show == m})
	}
	p := part{Title: v.T("dues.bank.entries"), Chips: chips, Table: s.entryGrid(v, list), Empty: v.T("dues.bank.empty"), EmptyText: v.T("dues.bank.empty.text"), Exports: sheets(here, "show", string(show))}
	if len(list) == 100 {
		p.Next = query(here, "show", string(show), "after", list[99].ID)
	}
	v.Parts = append(v.Parts, p)
	return s.show(w, r, v)
}

func problems(v screen, st bank.Statement) *grid {
	g := &grid{Caption: v.T("dues.bank.wrong"), Heads: []head{{Label: v.T("dues.bank.line"), Num: true}, {Label: v.T("dues.bank.wrong")}, {Label: v.T("dues.bank.says")}}}
	for _, p := range st.Problems {
		g.Rows = append(g.Rows, row{text(strconv.Itoa(p.Line)), text(v.T("dues.problem." + string(p.Kind))), text(p.Said)})
	}
	return g
}

func (s *Site) entryGrid(v screen, list []bank.Entry) *grid {
	g := &grid{Caption: v.T("dues.bank.entries"), Heads: []head{{Label: v.T("dues.bank.who")}, {Label: v.T("dues.day")}, {Label: v.T("dues.amount"), Num: true}, {Label: v.T("dues.bank.purpose")}, {Label: v.T("dues.bank.match")}, {Label: v.T("dues.bank.do"), Quiet: true}}}
	for _, e := range list {
		name := e.Name
		if name == "" {
			name = v.T("dues.bank.nameless")
		}
		match := cell{Text: v.T("dues.match." + string(e.Match)), Icon: "ask", Tone: "warn"}
		if e.Number != "" {
			match.Sub = v.T("dues.bank.for", "number", e.Number, "payer", e.PayerName, "open", v.amount(e.Open))
		}
		if e.Match == bank.Suggested && e.Why != "" {
			match.Sub += " · " + v.T("dues.hint."+string(e.Why))
		}
		link, do := "/dues/entries/"+e.ID, cell{}
		b := func(deed, kind string) button {
			return button{Action: link, Do: deed, Label: v.T("dues.entry." + deed + ".do"), About: name + ", " + v.amount(e.Amount), Kind: kind}
		}
		switch e.Match {
		case bank.ByReference, bank.Suggested:
			if match.Icon, match.Tone = "partly", "none"; e.Match == bank.ByReference {
				match.Icon, match.Tone = "taken", "ok"
			}
			do.Buttons = []button{b("book", "main"), b("ignore", "")}
			do.Links = []action{{Label: v.T("dues.entry.other"), Link: link}}
		case bank.Unknown:
			do.Buttons = []button{b("ignore", "")}
			do.Links = []action{{Label: v.T("dues.entry.choose"), Link: link}}
		case bank.Booked:
			match.Icon, match.Tone = "taken", "ok"
			do.Buttons = []button{b("undo", "")}
		case bank.Ignored:
			match.Icon, match.Tone = "not", "none"
			do.Buttons = []button{b("heed", "")}
		}
		if !v.Actor.Can(dues.Write) {
			do = cell{}
		}
		g.Rows = append(g.Rows, row{{Text: name, Sub: e.IBAN}, text(v.Date(e.Day)), text(v.amount(e.Amount)), {Text: e.Purpose, Sub: e.Reference}, match, do})
	}
	return g
}

// entry is one entry, for which a person chooses the invoice: /dues/entries/ID.
func (s *Site) entry(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "bank", "")
	e, err := s.entries.Entry(r.Context(), v.Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	back := "/dues/bank/" + e.Statement
	if r.Method == http.MethodPost {
		switch field(r, "do") {
		case "book":
			err = s.entries.BookEntry(r.Context(), v.Actor, e.ID, dues.InvoiceID(field(r, "invoice")))
		case "ignore":
			err = s.entries.Ignore(r.Context(), v.Actor, e.ID)
		case "heed":
			err = s.entries.Heed(r.Context(), v.Actor, e.ID)
		case "undo":
			err = s.desk.Unpay(r.Context(), v.Actor, e.Payment, v.T("dues.entry.undone"))
		default:
			err = fault.New(fault.Missing, "page.missing")
		}
		if err == nil {
			return page.Go(w, r, back, "said.dues.saved")
		}
		if !v.Blame(err) {
			return err
		}
	}
	here := "/dues/entries/" + e.ID
	var wrong fault.Fields
	look := bank.Search{Text: field(r, "q"), All: field(r, "all") != "", Before: field(r, "before"), Amount: amountOf(v.Frame, r, "amount", e.Amount.Currency(), &wrong)}
	if err := wrong.Err(); err != nil && !v.Blame(err) {
		return err
	}
	list, err := s.entries.Candidates(r.Context(), v.Actor, e.ID, look)
	if err != nil {
		return err
	}
	g := &grid{Caption: v.T("dues.entry.choose"), Heads: []head{{Label: v.T("dues.number")}, {Label: v.T("dues.payer")}, {Label: v.T("dues.due")}, {Label: v.T("dues.open"), Num: true}, {Label: v.T("dues.state")}, {Label: v.T("dues.bank.do"), Quiet: true}}}
	for _, i := range list {
		g.Rows = append(g.Rows, row{linked(i.Number, "/dues/invoices/"+string(i.ID)), text(i.Payer.Name), text(v.Date(i.Due)), text(v.amount(i.Open)), stateCell(v, i),
			{Buttons: []button{{Action: here, Do: "book", Label: v.T("dues.entry.book.do"), About: i.Number, Hidden: []page.Option{{Value: "invoice", Label: string(i.ID)}}}}}})
	}
	v.Title = v.T("dues.entry.title", "amount", v.amount(e.Amount), "day", v.Date(e.Day))
	v.Lead = v.T("dues.entry.lead")
	v.under(page.Crumb{Label: v.T("dues.room.bank"), Link: "/dues/bank"}, page.Crumb{Label: v.T("dues.bank.file"), Link: back})
	choose := part{Title: v.T("dues.entry.choose"), Table: g, Empty: v.T("dues.entry.none"), EmptyText: v.T("dues.entry.none.text"), Filter: &form{Action: here, Do: v.T("dues.filter"), Fields: []page.Field{
		{Name: "q", Label: v.T("dues.find"), Hint: v.T("dues.entry.find.hint"), Value: look.Text}, {Name: "amount", Label: v.T("dues.entry.amount"), Value: field(r, "amount"), W: "s"},
		{Name: "all", Type: "checkbox", Label: v.T("dues.entry.all"), Value: field(r, "all")},
	}}}
	if len(list) == bank.PageOf {
		choose.Next = query(here, "q", look.Text, "amount", field(r, "amount"), "all", field(r, "all"), "before", list[len(list)-1].Number)
	}
	var facts []page.Fact
	for _, f := range []page.Fact{{Label: v.T("dues.bank.who"), Value: e.Name}, {Label: "IBAN", Value: e.IBAN, ID: true}, {Label: v.T("dues.reference"), Value: e.Reference, ID: true}, {Label: v.T("dues.purpose"), Value: e.Purpose}} {
		if f.Value != "" {
			facts = append(facts, f)
		}
	}
	v.Parts = []part{
		{Facts: facts},
		choose,
	}
	return s.show(w, r, v)
}
