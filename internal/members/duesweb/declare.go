package duesweb

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// declarations are those wanted for the dues of a year: GET /dues/declarations?year=&show=.
func (s *Site) declarations(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "declarations", "")
	year, show := yearOf(r, v.Frame), field(r, "show")
	list, err := s.desk.Wanted(r.Context(), v.Actor, year, v.Today)
	if err != nil {
		return err
	}
	if field(r, "as") != "" {
		return s.declarationFile(w, r, v, year-1)
	}
	n, of := strconv.Itoa(year), strconv.Itoa(year-1)
	var declared, unasked, silent int
	for _, a := range list {
		switch {
		case a.Declared:
			declared++
		case a.Letters == 0:
			unasked++
		default:
			silent++
		}
	}
	v.Lead = v.T("dues.declarations.lead", "year", of, "fee", n, "declared", v.Number(declared), "all", v.Number(len(list)))
	v.under()
	shown := slices.DeleteFunc(slices.Clone(list), func(a dues.Asked) bool { return show == "missing" && a.Declared || show == "declared" && !a.Declared })
	some, next := behind(shown, field(r, "after"), func(a dues.Asked) string { return string(a.Member) })
	p := part{Table: s.askedGrid(v, some, of), Empty: v.T("dues.declarations.none"), EmptyText: v.T("dues.declarations.none.text"), Chips: []page.Tab{
		{Label: v.T("dues.all"), Link: query("/dues/declarations", "year", n), On: show == ""},
		{Label: v.T("dues.declared.no"), Count: v.Number(len(list) - declared), Link: query("/dues/declarations", "year", n, "show", "missing"), On: show == "missing"},
		{Label: v.T("dues.declared.yes"), Count: v.Number(declared), Link: query("/dues/declarations", "year", n, "show", "declared"), On: show == "declared"},
	}}
	if v.Actor.Can(dues.Declared) {
		p.Exports = sheets("/dues/declarations", "year", n)
	}
	p.turn(r, next, "/dues/declarations", "year", n, "show", show)
	v.Parts = []part{{Chips: v.years("/dues/declarations", year), Title: v.T("dues.year.which")}}
	if v.Actor.Can(dues.Write) && unasked+silent > 0 {
		v.Parts = append(v.Parts, askPart(v, n, unasked, silent))
	}
	v.Parts = append(v.Parts, p)
	return s.show(w, r, v)
}

// askedGrid is who has declared, and who was asked when.
func (s *Site) askedGrid(v screen, list []dues.Asked, of string) *grid {
	sums := v.Actor.Can(dues.Declared)
	g := &grid{Caption: v.Title, Heads: []head{{Label: v.T("dues.member")}, {Label: v.T("dues.declared")}, {Label: v.T("dues.asked")}}}
	if sums {
		g.Heads = append(g.Heads, head{Label: v.T("dues.sum"), Num: true})
	}
	for _, a := range list {
		c := cell{Text: v.T("dues.declared.no"), Icon: "clock", Tone: "warn"}
		if a.Declared {
			c = cell{Text: v.T("dues.declared.yes"), Icon: "taken", Tone: "ok", Sub: v.T("dues.via."+string(a.Via)) + ", " + v.Moment(s.site.Local(a.At))}
		}
		asked := "–"
		if a.Letters > 0 {
			asked = v.T("dues.asked.letters", "n", a.Letters) + ", " + v.Moment(s.site.Local(a.Sent))
		}
		cells := row{linked(a.Name, query("/dues/declarations/"+string(a.Member), "year", of)), c, text(asked)}
		if sums {
			sum := "–"
			if a.Declared {
				sum = v.amount(a.Sum)
			}
			cells = append(cells, text(sum))
		}
		g.Rows = append(g.Rows, cells)
	}
	return g
}

// askPart has letters written to those who were not asked, and to those who were.
func askPart(v screen, n string, unasked, silent int) part {
	letters := part{Title: v.T("dues.ask.title"), Text: v.T("dues.ask.text")}
	hidden := []page.Option{{Value: "year", Label: n}}
	if unasked > 0 {
		letters.Form = &form{Action: "/dues/declarations", Hidden: hidden, Do: v.T("dues.ask.n", "n", unasked), Kind: "main", Name: "do=ask"}
	}
	if silent > 0 {
		again := button{Do: "remind", Label: v.T("dues.ask.again", "n", silent)}
		if letters.Form == nil {
			letters.Form = &form{Action: "/dues/declarations", Hidden: hidden, Do: again.Label, Kind: "main", Name: "do=remind"}
		} else {
			letters.Form.Also = []button{again}
		}
	}
	return letters
}

// declarationFile is what was declared for a year, as a table for evidence.
func (s *Site) declarationFile(w http.ResponseWriter, r *http.Request, v screen, year int) error {
	list, err := s.desk.DeclarationsOf(r.Context(), v.Actor, year)
	if err != nil {
		return err
	}
	out := [][]any{{v.T("dues.member"), v.T("dues.source.year")}}
	for _, src := range fees.Sources() {
		out[0] = append(out[0], v.T("dues.source."+string(src)))
	}
	out[0] = append(out[0], v.T("dues.at"), v.T("dues.by"), v.T("dues.note"))
	for _, d := range list {
		cells := []any{d.Name, strconv.Itoa(d.Year)}
		for _, src := range fees.Sources() {
			cells = append(cells, table.Number(d.Of(src).Plain()))
		}
		out = append(out, append(cells, v.Moment(s.site.Local(d.At)), d.By, d.Note))
	}
	_, err = sheet(w, r, "declarations", out)
	return err
}

// ask has letters written: POST /dues/declarations.
func (s *Site) ask(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "declarations", "")
	year := yearOf(r, v.Frame)
	if _, err := s.desk.Ask(r.Context(), v.Actor, year, v.Today, field(r, "do") == "remind"); err != nil {
		return err
	}
	return page.Go(w, r, query("/dues/declarations", "year", strconv.Itoa(year)), "said.dues.asked")
}

// fundFields are the fields of a declaration, with what was typed or declared before.
func (s *Site) fundFields(v screen, r *http.Request, before fees.Funds, known bool) []page.Field {
	var list []page.Field
	for _, src := range fees.Sources() {
		value := ""
		if known {
			value = money.Of(before.Of(src).Minor(), "").Format(v.Lang)
		}
		if r.Method == http.MethodPost {
			value = field(r, string(src))
		}
		list = append(list, page.Field{Name: string(src), Label: v.T("dues.source." + string(src)), Hint: v.T("dues.source.hint." + string(src)), Value: value, W: "m"})
	}
	return append(list, page.Field{Name: "note", Type: "textarea", Label: v.T("dues.note.optional"), Value: field(r, "note")})
}

// fundsOf reads the fields.
func (s *Site) fundsOf(v screen, r *http.Request, c money.Currency) (fees.Funds, error) {
	var f fees.Funds
	var wrong fault.Fields
	for _, src := range fees.Sources() {
		f = f.With(src, amountOf(v.Frame, r, string(src), c, &wrong))
	}
	return f, wrong.Err()
}

// history are declarations as a table.
func (s *Site) history(v screen, list []dues.Declaration) *grid {
	g := &grid{Caption: v.T("dues.declared.before"), Heads: []head{{Label: v.T("dues.source.year")}}}
	for _, src := range fees.Sources() {
		g.Heads = append(g.Heads, head{Label: v.T("dues.source." + string(src)), Num: true})
	}
	g.Heads = append(g.Heads, head{Label: v.T("dues.at")}, head{Label: v.T("dues.by")})
	for _, d := range list {
		first := text(strconv.Itoa(d.Year))
		if !d.Now {
			first.Sub = v.T("dues.declared.corrected")
		}
		cells := row{first}
		for _, src := range fees.Sources() {
			cells = append(cells, text(v.amount(d.Of(src))))
		}
		g.Rows = append(g.Rows, append(cells, text(v.Moment(s.site.Local(d.At))), cell{Text: d.By, Sub: v.T("dues.via." + string(d.Via))}))
	}
	return g
}

// declaration is typed in by the office: GET /dues/declarations/ID?year=.
func (s *Site) declaration(w http.ResponseWriter, r *http.Request) error {
	id := members.ID(r.PathValue("member"))
	v := s.screen(r, "declarations", "")
	list, err := s.desk.Declarations(r.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	m, err := s.members.Member(r.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	year, err := strconv.Atoi(field(r, "year"))
	if err != nil {
		year = v.Today.Year() - 1
	}
	here := query("/dues/declarations/"+string(id), "year", strconv.Itoa(year))
	v.Title = v.T("dues.declare.title", "year", strconv.Itoa(year))
	v.Kicker = m.Name
	v.under(page.Crumb{Label: v.T("dues.room.declarations"), Link: "/dues/declarations"})
	if r.Method == http.MethodPost && field(r, "do") == "link" {
		link, until, err := s.desk.Link(r.Context(), v.Actor, id, year)
		if err != nil {
			return err
		}
		v.Parts = append(v.Parts, part{Title: v.T("dues.link.title"), Text: v.T("dues.link.text", "link", link, "until", v.Long(until)), Tone: "ok"})
	} else if r.Method == http.MethodPost {
		f, err := s.fundsOf(v, r, s.desk.Currency(r.Context()))
		if err == nil {
			_, err = s.desk.Declare(r.Context(), v.Actor, dues.Declaration{Member: id, Year: year, Funds: f, Note: field(r, "note")})
		}
		if err == nil {
			return page.Go(w, r, here, "said.dues.declared")
		}
		if !v.Blame(err) {
			return err
		}
	}
	now, known := newestOf(list, year)
	v.Parts = append(v.Parts, part{Form: &form{Action: here, Fields: s.fundFields(v, r, now.Funds, known), Do: v.T("dues.declare.save"), Kind: "main"}})
	v.Parts = append(v.Parts, part{Text: v.T("dues.link.what"), Form: &form{Action: here, Do: v.T("dues.link.do"), Name: "do=link"}})
	if len(list) > 0 {
		v.Parts = append(v.Parts, part{Title: v.T("dues.declared.before"), Table: s.history(v, list)})
	}
	return s.show(w, r, v)
}

func newestOf(list []dues.Declaration, year int) (dues.Declaration, bool) {
	for _, d := range list {
		if d.Year == year && d.Now {
			return d, true
		}
	}
	return dues.Declaration{}, false
}

// declare is the page of a personal link: GET shows it, POST declares. One that has
// ended says why, and how to come by another.
func (s *Site) declare(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	l, err := s.desk.OpenLink(r.Context(), token)
	if err != nil {
		return err
	}
	v := s.screen(r, "", "")
	v.Bare, v.Tabs, v.Sub, v.Crumbs = true, nil, nil, nil
	v.Size = "read"
	if l.Ended != dues.Valid {
		return s.ended(w, r, v, l, token)
	}
	sheet := declared{name: l.Name, year: l.Year, action: "/declare/" + token, signed: true}
	if !l.Declared.IsZero() {
		sheet.have = v.T("dues.declare.have.closed", "when", v.Moment(s.site.Local(l.Declared)))
	}
	return s.declareForm(w, r, v, sheet, func(f fees.Funds) error {
		_, err := s.desk.DeclareByLink(r.Context(), token, field(r, "name"), f, field(r, "note"))
		return err
	})
}

// ended is the page of a link that takes no declaration any more.
func (s *Site) ended(w http.ResponseWriter, r *http.Request, v screen, l dues.Link, token string) error {
	here := "/declare/" + token
	n := strconv.Itoa(l.Year)
	v.Kicker, v.Title = l.Name, v.T("dues.link.over")
	if l.Ended == dues.Used {
		v.Title = v.T("dues.declare.title", "year", n)
	}
	if r.Method == http.MethodPost {
		if field(r, "do") == "renew" {
			err := s.desk.RenewLink(r.Context(), token)
			if err == nil {
				return page.Go(w, r, here, "said.dues.renewed")
			}
			if !v.Blame(err) {
				return err
			}
		} else { // what was typed into a page that was opened before
			v.Blame(fault.New(fault.Conflict, "dues.link."+string(l.Ended)))
			var typed []page.Fact
			for _, src := range fees.Sources() {
				typed = append(typed, page.Fact{Label: v.T("dues.source." + string(src)), Value: field(r, string(src))})
			}
			v.Parts = append(v.Parts, part{Title: v.T("dues.declare.typed"), Facts: typed})
		}
	}
	if !l.Declared.IsZero() {
		v.Parts = append(v.Parts, part{Text: v.T("dues.declare.given", "year", n, "when", v.Moment(s.site.Local(l.Declared))), Tone: "ok"})
	}
	v.Parts = append(v.Parts, part{Text: v.T("dues.link." + string(l.Ended))},
		part{Title: v.T("dues.link.new"), Text: v.T("dues.link.new.text"), Form: &form{Action: here, Do: v.T("dues.link.renew"), Kind: "main", Name: "do=renew"}},
		part{Text: v.T("dues.link.sums"), Links: []action{{v.T("dues.link.sums.do"), "/dues/own/" + string(l.Member), false}}})
	return s.show(w, r, v)
}

// own is the same for one who has signed in and acts for the member: GET /dues/own/ID.
func (s *Site) own(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "", "")
	v.Tabs, v.Sub, v.Crumbs, v.Size = nil, nil, nil, "read"
	list, err := s.desk.Mine(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	for _, m := range list {
		if id := m.Member.ID; string(id) == r.PathValue("member") {
			sheet := declared{name: m.Member.Name, year: m.Year, action: "/dues/own/" + string(id)}
			for _, d := range m.Declarations {
				if d.Year == m.Year {
					sheet.before = append(sheet.before, d)
				}
			}
			return s.declareForm(w, r, v, sheet, func(f fees.Funds) error {
				_, err := s.desk.DeclareOwn(r.Context(), v.Actor, dues.Declaration{Member: id, Year: m.Year, Funds: f, Note: field(r, "note")})
				return err
			})
		}
	}
	if err := v.Actor.Must(dues.Declared); err != nil {
		return err
	}
	return fault.New(fault.Missing, "members.missing")
}

// A declared is what the form of a declaration starts with.
type declared struct {
	name   string // of the member
	year   int
	action string
	signed bool               // with a name, for nobody has signed in
	have   string             // that there is one, without its sums
	before []dues.Declaration // newest first; of nobody else than who may see them
}

func (s *Site) declareForm(w http.ResponseWriter, r *http.Request, v screen, sheet declared, do func(fees.Funds) error) error {
	n := strconv.Itoa(sheet.year)
	v.Kicker, v.Title = sheet.name, v.T("dues.declare.title", "year", n)
	v.Lead = v.T("dues.declare.lead", "year", n, "fee", strconv.Itoa(sheet.year+1), "house", v.House.Name)
	if r.Method == http.MethodPost {
		f, err := s.fundsOf(v, r, s.desk.Currency(r.Context()))
		if err == nil {
			err = do(f)
		}
		if err == nil {
			return page.Go(w, r, sheet.action, "said.dues.thanks")
		}
		if !v.Blame(err) {
			return err
		}
	}
	now, known := newestOf(sheet.before, sheet.year)
	if known {
		sheet.have = v.T("dues.declare.have", "when", v.Moment(s.site.Local(now.At)))
	}
	if sheet.have != "" {
		v.Parts = append(v.Parts, part{Text: sheet.have, Tone: "ok"})
	}
	fields := s.fundFields(v, r, now.Funds, known)
	if sheet.signed {
		fields = append(fields, page.Field{Name: "name", Label: v.T("dues.declare.who"), Value: field(r, "name"), Auto: "name", W: "m"})
	}
	label := v.T("dues.declare.send")
	if known {
		label = v.T("dues.declare.correct")
	}
	v.Parts = append(v.Parts, part{Form: &form{Action: sheet.action, Fields: fields, Do: label, Kind: "main"}}, part{Text: v.T("dues.declare.private")})
	if len(sheet.before) > 0 {
		v.Parts = append(v.Parts, part{Title: v.T("dues.declared.before"), Table: s.history(v, sheet.before)})
	}
	return s.show(w, r, v)
}
