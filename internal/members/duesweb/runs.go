package duesweb

import (
	"net/http"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/table"
)

const pageRows = 50

// runs lists the fee runs: GET /dues/runs?before=.
func (s *Site) runs(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "runs", "")
	if field(r, "as") != "" {
		return s.runsFile(w, r, v)
	}
	list, err := s.desk.Runs(r.Context(), v.Actor, field(r, "before"), pageRows)
	if err != nil {
		return err
	}
	g := &grid{Caption: v.Title, Heads: []head{{Label: v.T("dues.run.of")}, {Label: v.T("dues.state")}, {Label: v.T("dues.issued")}, {Label: v.T("dues.due")}, {Label: v.T("dues.run.invoices"), Num: true}, {Label: v.T("dues.total"), Num: true}, {Label: v.T("dues.by")}}}
	for _, x := range list {
		g.Rows = append(g.Rows, row{
			{Text: strconv.Itoa(x.Year), Link: "/dues/runs/" + x.ID, Sub: v.Moment(s.site.Local(x.Made))}, runState(v, x), text(v.Date(x.Issued)), text(v.Date(x.Due)),
			text(v.Number(x.Billed)), text(v.amount(x.Total)), text(x.By),
		})
	}
	v.Lead = v.T("dues.runs.lead")
	v.under()
	if v.Actor.Can(dues.Write) {
		v.Actions = []action{{v.T("dues.run.new"), "/dues/runs/new", true}}
	}
	p := part{Table: g, Empty: v.T("dues.runs.none"), EmptyText: v.T("dues.runs.none.text"), Exports: sheets("/dues/runs")}
	if len(list) == pageRows {
		p.Next = query("/dues/runs", "before", list[len(list)-1].ID)
	}
	v.Parts = []part{p}
	return s.show(w, r, v)
}

func (s *Site) runsFile(w http.ResponseWriter, r *http.Request, v screen) error {
	out := [][]any{{v.T("dues.run.of"), v.T("dues.at"), v.T("dues.state"), v.T("dues.issued"), v.T("dues.due"), v.T("dues.run.invoices"), v.T("dues.total"), v.T("dues.currency"), v.T("dues.by")}}
	for before := ""; ; {
		list, err := s.desk.Runs(r.Context(), v.Actor, before, fileRows)
		if err != nil {
			return err
		}
		for _, x := range list {
			before = x.ID
			out = append(out, []any{strconv.Itoa(x.Year), v.Moment(s.site.Local(x.Made)), v.T("dues.run." + string(x.State)), x.Issued.String(), x.Due.String(), table.Number(strconv.Itoa(x.Billed)), table.Number(x.Total.Plain()), string(x.Total.Currency()), x.By})
		}
		if len(list) < fileRows {
			_, err := sheet(w, r, "runs", out)
			return err
		}
	}
}

func runState(v screen, x dues.Run) cell {
	c := cell{Text: v.T("dues.run." + string(x.State)), Icon: "taken", Tone: "ok"}
	switch x.State {
	case dues.Working:
		c.Icon, c.Tone = "clock", "none"
	case dues.Stopped:
		c.Icon, c.Tone = "warn", "warn"
	}
	return c
}

// preview is what a run would do: GET /dues/runs/new?year=&issued=&due=.
func (s *Site) preview(w http.ResponseWriter, r *http.Request) error {
	return s.previewed(w, r, nil)
}

func (s *Site) previewed(w http.ResponseWriter, r *http.Request, wrong error) error {
	v := s.screen(r, "runs", "")
	v.Title = v.T("dues.run.new")
	v.under(page.Crumb{Label: v.T("dues.room.runs"), Link: "/dues/runs"})
	if err := v.Actor.Must(dues.Write); err != nil {
		return err
	}
	in := struct {
		Year   int        `form:"year"`
		Issued civil.Date `form:"issued"`
		Due    civil.Date `form:"due"`
	}{yearOf(r, v.Frame), v.Today, v.Today.AddDays(30)}
	if err := page.Decode(r, &in); err != nil {
		wrong = err
	}
	if wrong != nil && !v.Blame(wrong) {
		return wrong
	}
	year, issued, due := yearOf(r, v.Frame), in.Issued, in.Due
	n := strconv.Itoa(year)
	v.Lead = v.T("dues.run.new.lead")
	v.Parts = []part{{Title: v.T("dues.run.which"), Filter: &form{Action: "/dues/runs/new", Do: v.T("dues.run.look"), Fields: []page.Field{
		{Name: "year", Label: v.T("dues.run.year"), Value: n, W: "s"}, {Name: "issued", Type: "date", Label: v.T("dues.issued"), Value: v.Date(issued)}, {Name: "due", Type: "date", Label: v.T("dues.due"), Value: v.Date(due)},
	}}}}
	p, err := s.desk.Preview(r.Context(), v.Actor, year, issued, due)
	if err != nil {
		if v.Wrong.Any() || !v.Blame(err) {
			return err
		}
		return s.show(w, r, v)
	}
	days := []string{"year", n, "issued", issued.String(), "due", due.String()}
	return s.planned(w, r, v, p, days)
}

// planned shows a plan, or hands it out as a file.
func (s *Site) planned(w http.ResponseWriter, r *http.Request, v screen, p dues.Plan, days []string) error {
	g := &grid{Caption: v.Title, Heads: []head{{Label: v.T("dues.member")}, {Label: v.T("dues.amount"), Num: true}, {Label: v.T("dues.run.why")}, {Label: v.T("dues.payer")}}}
	file := [][]any{{v.T("dues.member"), v.T("dues.amount"), v.T("dues.run.why"), v.T("dues.payer")}}
	show := field(r, "show")
	chips := []page.Tab{{Label: v.T("dues.run.charged"), Count: v.Number(p.Charged), Link: query("/dues/runs/new", days...), On: show == ""}}
	for _, why := range fees.Whys() {
		if p.Whys[why] > 0 {
			chips = append(chips, page.Tab{Label: v.T("dues.why." + string(why)), Count: v.Number(p.Whys[why]), Link: query("/dues/runs/new", append(days[:6:6], "show", string(why))...), On: show == string(why)})
		}
	}
	if field(r, "as") != "" {
		for _, c := range p.Charges {
			file = append(file, []any{c.Name, table.Number(c.Amount.Plain()), s.why(v, c), c.By})
		}
		_, err := sheet(w, r, "preview", file)
		return err
	}
	list, more := p.Page(fees.Why(show), members.ID(field(r, "after")), pageRows)
	for _, c := range list {
		g.Rows = append(g.Rows, row{linked(c.Name, "/dues/members/"+string(c.Member)), text(v.amount(c.Amount)), text(s.why(v, c)), text(c.By)})
	}
	if show == "" && len(g.Rows) > 0 {
		g.Foot = row{text(v.T("dues.run.all", "n", p.Charged)), text(v.amount(p.Total)), {}, {}}
	}
	v.Parts = append(v.Parts, part{Title: v.T("dues.run.would", "n", p.Invoices), Text: v.T("dues.run.would.text", "total", v.amount(p.Total), "charged", v.Number(p.Charged), "not", v.Number(len(p.Charges)-p.Charged))})
	one := part{
		Title: v.T("dues.run.who"), Chips: chips, Table: g, Empty: v.T("dues.run.none"), EmptyText: v.T("dues.run.none.text"), Exports: sheets("/dues/runs/new", days[:6:6]...),
	}
	if field(r, "after") != "" {
		one.First = query("/dues/runs/new", append(days[:6:6], "show", show)...)
	}
	if more {
		one.Next = query("/dues/runs/new", append(days[:6:6], "show", show, "after", string(list[len(list)-1].Member))...)
	}
	if p.Invoices > 0 {
		v.Parts = append(v.Parts, part{Title: v.T("dues.run.go.title"), Text: v.T("dues.run.go.text"), Form: &form{
			Action: "/dues/runs/new", Do: v.T("dues.run.go", "n", p.Invoices), Kind: "main",
			Hidden: []page.Option{{Value: "year", Label: days[1]}, {Value: "issued", Label: days[3]}, {Value: "due", Label: days[5]}, {Value: "seen", Label: p.Seen}},
			Fields: []page.Field{{Name: "send", Type: "checkbox", Label: v.T("dues.run.send"), Value: "1"}},
		}})
	}
	v.Parts = append(v.Parts, one)
	return s.show(w, r, v)
}

// why says by which rule a member is charged, or why not.
func (s *Site) why(v screen, c dues.Charge) string {
	if c.Why != fees.Charged {
		return v.T("dues.why." + string(c.Why))
	}
	return ruleWords(v, c.Rule)
}

// ruleWords is a rule in a few words.
func ruleWords(v screen, x fees.Rule) string {
	switch x.Way {
	case fees.Share:
		return v.T("dues.rule.share", "rate", x.Rate.Format(v.Lang))
	case fees.Flat:
		return v.T("dues.rule.flat", "amount", v.amount(x.Flat))
	}
	return v.T("dues.rule.free")
}

// start begins a run: POST /dues/runs/new.
func (s *Site) start(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	year, _ := strconv.Atoi(field(r, "year"))
	issued, _ := civil.Parse(field(r, "issued"))
	due, _ := civil.Parse(field(r, "due"))
	x, err := s.desk.Start(r.Context(), by, year, issued, due, field(r, "send") != "", field(r, "seen"))
	if err != nil {
		return s.previewed(w, r, err)
	}
	return page.Go(w, r, "/dues/runs/"+x.ID, "said.dues.started")
}

// run is how far a run is, or what it did: GET /dues/runs/ID.
func (s *Site) run(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "runs", "")
	x, err := s.desk.Run(r.Context(), v.Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	if field(r, "as") != "" {
		return s.runFile(w, r, v, x)
	}
	v.Title = v.T("dues.run.title", "year", strconv.Itoa(x.Year))
	v.under(page.Crumb{Label: v.T("dues.room.runs"), Link: "/dues/runs"})
	here := "/dues/runs/" + x.ID
	v.Lead = v.T("dues.run.lead", "billed", v.Number(x.Billed), "planned", v.Number(x.Planned), "total", v.amount(x.Total))
	if x.State == dues.Working {
		v.Parts = append(v.Parts, part{
			Progress: &progress{x.Billed + x.Papers, 2 * x.Planned, v.T("dues.run.at", "billed", v.Number(x.Billed), "papers", v.Number(x.Papers), "planned", v.Number(x.Planned))},
			Form:     &form{Action: here, Do: v.T("dues.run.stop"), Name: "do=stop"},
		})
		if e, err := s.jobs.Get(r.Context(), v.Actor, x.Job); err == nil && (e.State == jobs.Failed || e.State == jobs.Cancelled) {
			v.Parts = append(v.Parts, part{Text: v.T("dues.run.failed"), Tone: "error", Links: []action{{v.T("dues.run.job"), "/house/jobs/" + string(e.ID), false}}})
		}
	}
	if x.State == dues.Stopped {
		v.Parts = append(v.Parts, part{Text: v.T("dues.run.stopped.text"), Tone: "warn", Form: &form{Action: here, Do: v.T("dues.run.resume"), Name: "do=resume", Kind: "main"}})
	}
	if x.Unsent > 0 {
		v.Parts = append(v.Parts, part{Text: v.T("dues.run.unsent", "n", x.Unsent), Tone: "warn"})
	}
	v.Parts = append(v.Parts, part{
		Facts: []page.Fact{
			{Label: v.T("dues.state"), Value: v.T("dues.run." + string(x.State))}, {Label: v.T("dues.issued"), Value: v.Date(x.Issued)}, {Label: v.T("dues.due"), Value: v.Date(x.Due)},
			{Label: v.T("dues.by"), Value: x.By}, {Label: v.T("dues.at"), Value: v.Moment(s.site.Local(x.Made))},
		},
		Links: []action{{v.T("dues.run.to_invoices"), query("/dues/invoices", "run", x.ID), false}}, Exports: sheets(here),
	})
	from, _ := strconv.Atoi(field(r, "after"))
	list, err := s.desk.RunLines(r.Context(), v.Actor, x.ID, true, from, pageRows)
	if err != nil {
		return err
	}
	g := &grid{Caption: v.T("dues.run.passed"), Heads: []head{{Label: v.T("dues.member")}, {Label: v.T("dues.run.why")}}}
	for _, c := range list {
		g.Rows = append(g.Rows, row{linked(c.Name, "/dues/members/"+string(c.Member)), text(v.T("dues.why." + string(c.Why)))})
	}
	p := part{Title: v.T("dues.run.passed"), Table: g, Empty: v.T("dues.run.passed.none"), EmptyText: v.T("dues.run.passed.none.text")}
	if len(list) == pageRows {
		p.Next = query(here, "after", strconv.Itoa(list[len(list)-1].Ord))
	}
	v.Parts = append(v.Parts, p)
	return s.show(w, r, v)
}

// runFile is all members of a run: on which invoice, or why on none.
func (s *Site) runFile(w http.ResponseWriter, r *http.Request, v screen, x dues.Run) error {
	out := [][]any{{v.T("dues.member"), v.T("dues.amount"), v.T("dues.currency"), v.T("dues.number"), v.T("dues.run.why"), v.T("dues.payer")}}
	for after := 0; ; {
		list, err := s.desk.RunLines(r.Context(), v.Actor, x.ID, false, after, fileRows)
		if err != nil {
			return err
		}
		for _, l := range list {
			why := ""
			if after = l.Ord; l.Why != fees.Charged {
				why = v.T("dues.why." + string(l.Why))
			}
			out = append(out, []any{l.Name, table.Number(l.Amount.Plain()), string(l.Amount.Currency()), l.Number, why, l.By})
		}
		if len(list) < fileRows {
			_, err := sheet(w, r, "run", out)
			return err
		}
	}
}

// steer stops a run or goes on with it: POST /dues/runs/ID.
func (s *Site) steer(w http.ResponseWriter, r *http.Request) error {
	by, id := auth.From(r.Context()), r.PathValue("id")
	var err error
	switch field(r, "do") {
	case "stop":
		err = s.desk.Stop(r.Context(), by, id)
	case "resume":
		err = s.desk.Resume(r.Context(), by, id)
	default:
		err = fault.New(fault.Missing, "page.missing")
	}
	if err != nil {
		return err
	}
	return page.Go(w, r, "/dues/runs/"+id, "")
}
