package duesweb

import (
	"net/http"
	"strconv"

	"github.com/asociacija/asociacija/engine/money"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/members/fees"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// rules are how dues are reckoned, and who is let off: GET /dues/rules.
func (s *Site) rules(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "rules", "")
	book, err := s.desk.Rules(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	year := yearOf(r, v.Frame)
	waivers, err := s.desk.Waivers(r.Context(), v.Actor, year)
	if err != nil {
		return err
	}
	names, err := s.categories(r)
	if err != nil {
		return err
	}
	g := &grid{Caption: v.Title, Heads: []head{{Label: v.T("dues.rule.from")}, {Label: v.T("dues.rule.whom")}, {Label: v.T("dues.rule.what")}, {Label: v.T("dues.rule.basis")}, {Label: v.T("dues.rule.drop"), Quiet: true}}}
	laws := [][]any{{v.T("dues.rule.from"), v.T("dues.rule.whom"), v.T("dues.rule.what"), "", v.T("dues.rule.basis")}}
	for _, x := range book {
		var drop cell
		if v.Actor.Can(dues.Write) {
			drop.Buttons = []button{{Action: "/dues/rules/" + x.ID + "/drop", Do: "drop", Label: v.T("dues.rule.drop"), About: strconv.Itoa(x.Year) + ", " + s.whom(v, x, names)}}
		}
		what := text(ruleWords(v, x))
		what.Sub = s.more(v, x)
		g.Rows = append(g.Rows, row{text(strconv.Itoa(x.Year)), text(s.whom(v, x, names)), what, text(x.Basis), drop})
		laws = append(laws, []any{strconv.Itoa(x.Year), s.whom(v, x, names), what.Text, what.Sub, x.Basis})
	}
	if field(r, "list") == "rules" {
		_, err := sheet(w, r, "rules", laws)
		return err
	}
	free := &grid{Caption: v.T("dues.waivers"), Heads: []head{{Label: v.T("dues.member")}, {Label: v.T("dues.reason")}, {Label: v.T("dues.decision")}, {Label: v.T("dues.by")}}}
	out := [][]any{{v.T("dues.member"), v.T("dues.run.year"), v.T("dues.reason"), v.T("dues.decision"), v.T("dues.by")}}
	for _, one := range waivers {
		name := text(one.Name)
		if v.Actor.Can(dues.Read) {
			name.Link = query("/dues/members/"+string(one.Member), "year", strconv.Itoa(year))
		}
		free.Rows = append(free.Rows, row{name, text(one.Reason), text(one.Decision), text(one.By)})
		out = append(out, []any{one.Name, table.Number(strconv.Itoa(year)), one.Reason, one.Decision, one.By})
	}
	if done, err := sheet(w, r, "waivers", out); done {
		return err
	}
	v.Lead = v.T("dues.rules.lead")
	v.under()
	if v.Actor.Can(dues.Write) {
		v.Actions = []action{{v.T("dues.rule.new"), "/dues/rules/new", true}, {v.T("dues.steps.title"), "/dues/steps", false}}
	}
	v.Parts = []part{
		{Title: v.T("dues.rules.title"), Table: g, Empty: v.T("dues.rules.none"), EmptyText: v.T("dues.rules.none.text"), Exports: sheets("/dues/rules", "list", "rules")},
		{Title: v.T("dues.waivers.of", "year", strconv.Itoa(year)), Table: free, Empty: v.T("dues.waivers.none"), EmptyText: v.T("dues.waivers.none.text"), Exports: sheets("/dues/rules", "year", strconv.Itoa(year))},
	}
	return s.show(w, r, v)
}

func (s *Site) categories(r *http.Request) (map[members.CategoryID]string, error) {
	list, err := s.members.Categories(r.Context(), actor(r))
	names := map[members.CategoryID]string{}
	for _, c := range list {
		names[c.ID] = c.Name
	}
	return names, err
}

// whom says for whom a rule holds.
func (s *Site) whom(v screen, x fees.Rule, names map[members.CategoryID]string) string {
	who := v.T("dues.rule.everyone")
	if x.Kind != "" {
		who = v.T("dues.rule.kind." + string(x.Kind))
	}
	if x.Category != "" {
		who += ", " + names[x.Category]
	}
	return who
}

// more says what else a rule says.
func (s *Site) more(v screen, x fees.Rule) string {
	var said []string
	if x.Way == fees.Share {
		var of []string
		for _, src := range x.Counts {
			of = append(of, v.T("dues.source."+string(src)))
		}
		said = append(said, v.T("dues.rule.counts", "sources", v.List(of)))
		if x.Least.Positive() {
			said = append(said, v.T("dues.rule.least", "amount", v.amount(x.Least)))
		}
		if x.Most.Positive() {
			said = append(said, v.T("dues.rule.most", "amount", v.amount(x.Most)))
		}
	}
	if x.FirstFree {
		said = append(said, v.T("dues.rule.first"))
	}
	return v.List(said)
}

// rule adds a rule: /dues/rules/new.
func (s *Site) rule(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "rules", "")
	if err := v.Actor.Must(dues.Write); err != nil {
		return err
	}
	v.Title, v.Lead = v.T("dues.rule.new"), v.T("dues.rule.new.lead")
	v.under(page.Crumb{Label: v.T("dues.room.rules"), Link: "/dues/rules"})
	from := v.Today.Year() + 1
	if field(r, "year") != "" {
		from = yearOf(r, v.Frame)
	}
	x := fees.Rule{Year: from, Way: fees.Share, Counts: []fees.Source{fees.FromState, fees.FromMunicipality}, FirstFree: true}
	if r.Method == http.MethodPost {
		var err error
		if x, err = s.ruleIn(v, r); err == nil {
			_, err = s.desk.AddRule(r.Context(), v.Actor, x)
		}
		if err == nil {
			return page.Go(w, r, "/dues/rules", "said.dues.saved")
		}
		if !v.Blame(err) {
			return err
		}
	}
	fields, err := s.ruleFields(v, r, x)
	if err != nil {
		return err
	}
	v.Parts = []part{{Form: &form{Action: "/dues/rules/new", Fields: fields, Do: v.T("dues.rule.add"), Kind: "main", Back: "/dues/rules"}}}
	return s.show(w, r, v)
}

func (s *Site) ruleIn(v screen, r *http.Request) (fees.Rule, error) {
	var in struct {
		Year     int      `form:"year"`
		Kind     string   `form:"kind"`
		Category string   `form:"category"`
		Way      string   `form:"way"`
		Counts   []string `form:"counts"`
		First    bool     `form:"first"`
		Basis    string   `form:"basis"`
		Rate     string   `form:"rate"`
	}
	var wrong fault.Fields
	err := page.Decode(r, &in)
	if f := fault.Of(err); f != nil {
		wrong = append(wrong, f.All()...)
	} else if err != nil {
		return fees.Rule{}, err
	}
	c := s.desk.Currency(r.Context())
	x := fees.Rule{Year: in.Year, Kind: members.Kind(in.Kind), Category: members.CategoryID(in.Category), Way: fees.Way(in.Way), FirstFree: in.First, Basis: in.Basis,
		Least: amountOf(v.Frame, r, "least", c, &wrong), Most: amountOf(v.Frame, r, "most", c, &wrong), Flat: amountOf(v.Frame, r, "flat", c, &wrong)}
	for _, src := range in.Counts {
		x.Counts = append(x.Counts, fees.Source(src))
	}
	if in.Rate != "" {
		if x.Rate, err = money.ParseRate(in.Rate); err != nil {
			wrong.Add("rate", "dues.rate.wrong", "given", in.Rate)
		}
	}
	return x, wrong.Err()
}

func (s *Site) ruleFields(v screen, r *http.Request, x fees.Rule) ([]page.Field, error) {
	list, err := s.members.Categories(r.Context(), v.Actor)
	if err != nil {
		return nil, err
	}
	kinds := []page.Option{{Label: v.T("dues.rule.everyone")}}
	for _, k := range members.Kinds() {
		kinds = append(kinds, page.Option{Value: string(k), Label: v.T("dues.rule.kind." + string(k))})
	}
	categories := []page.Option{{Label: v.T("dues.any")}}
	for _, c := range list {
		categories = append(categories, page.Option{Value: string(c.ID), Label: c.Name})
	}
	var ways, counts []page.Option
	for _, way := range fees.Ways() {
		ways = append(ways, page.Option{Value: string(way), Label: v.T("dues.way." + string(way)), On: x.Way == way})
	}
	for _, src := range fees.Sources() {
		on := false
		for _, have := range x.Counts {
			on = on || have == src
		}
		counts = append(counts, page.Option{Value: string(src), Label: v.T("dues.source." + string(src)), On: on})
	}
	first, rate := "", "0,3 %"
	if x.FirstFree {
		first = "1"
	}
	if x.Rate > 0 {
		rate = x.Rate.Format(v.Lang)
	}
	return []page.Field{
		{Name: "year", Label: v.T("dues.rule.from"), Hint: v.T("dues.rule.from.hint"), Value: strconv.Itoa(x.Year), W: "s"},
		{Name: "kind", Type: "select", Label: v.T("dues.rule.whom"), Options: kinds, Value: string(x.Kind)},
		{Name: "category", Type: "select", Label: v.T("dues.rule.category"), Options: categories, Value: string(x.Category)},
		{Name: "way", Type: "radio", Label: v.T("dues.rule.what"), Options: ways},
		{Name: "rate", Label: v.T("dues.rule.rate"), Hint: v.T("dues.rule.rate.hint"), Value: rate, W: "s"},
		{Name: "counts", Type: "checks", Label: v.T("dues.rule.of"), Options: counts},
		{Name: "least", Label: v.T("dues.rule.at_least"), Value: v.typed(x.Least), W: "s"},
		{Name: "most", Label: v.T("dues.rule.at_most"), Hint: v.T("dues.rule.at_most.hint"), Value: v.typed(x.Most), W: "s"},
		{Name: "flat", Label: v.T("dues.rule.same"), Hint: v.T("dues.rule.same.hint"), Value: v.typed(x.Flat), W: "s"},
		{Name: "first", Type: "checkbox", Label: v.T("dues.rule.first"), Value: first},
		{Name: "basis", Label: v.T("dues.rule.basis"), Hint: v.T("dues.rule.basis.hint"), Value: x.Basis},
	}, nil
}

// dropRule takes a rule out: POST /dues/rules/ID/drop.
func (s *Site) dropRule(w http.ResponseWriter, r *http.Request) error {
	if err := s.desk.DropRule(r.Context(), actor(r), r.PathValue("id")); err != nil {
		return err
	}
	return page.Go(w, r, "/dues/rules", "said.dues.saved")
}

// steps are the words of reminders: /dues/steps.
func (s *Site) steps(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "rules", "")
	if err := v.Actor.Must(dues.Write); err != nil {
		return err
	}
	v.Title, v.Lead = v.T("dues.steps.title"), v.T("dues.steps.lead")
	v.under(page.Crumb{Label: v.T("dues.room.rules"), Link: "/dues/rules"})
	ladder, err := s.desk.Ladder(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	days, err := s.desk.LinkDays(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	typed := strconv.Itoa(days)
	if r.Method == http.MethodPost && field(r, "do") == "link" {
		typed = field(r, "days")
		days, _ = strconv.Atoi(typed)
		err := s.desk.SetLinkDays(r.Context(), v.Actor, days)
		if err == nil {
			return page.Go(w, r, "/dues/steps", "said.dues.saved")
		}
		if !v.Blame(err) {
			return err
		}
	} else if r.Method == http.MethodPost {
		if ladder, err = stepsIn(r); err == nil {
			err = s.desk.SetLadder(r.Context(), v.Actor, ladder)
		}
		if err == nil {
			return page.Go(w, r, "/dues/steps", "said.dues.saved")
		}
		if !v.Blame(err) {
			return err
		}
	}
	f := &form{Action: "/dues/steps", Do: v.T("dues.save"), Kind: "main", Back: "/dues/rules"}
	for i := range len(ladder) + 1 {
		n, st := strconv.Itoa(i), dues.Step{}
		if i < len(ladder) {
			st = ladder[i]
		} else if i >= 6 {
			break
		}
		after, board := "", ""
		if st.After > 0 {
			after = strconv.Itoa(st.After)
		}
		if st.Board {
			board = "1"
		}
		f.Fields = append(f.Fields, page.Field{Name: "after" + n, Label: v.T("dues.step.after_days", "step", strconv.Itoa(i+1)), Hint: v.T("dues.step.after_days.hint"), Value: after, W: "s"},
			page.Field{Name: "board" + n, Type: "checkbox", Label: v.T("dues.step.board"), Value: board})
		for _, lang := range i18n.Spoken() {
			f.Fields = append(f.Fields, page.Field{Name: "subject" + n + "-" + lang, Label: v.T("dues.step.subject", "lang", lang), Value: st.Words[lang].Subject, Lang: lang},
				page.Field{Name: "text" + n + "-" + lang, Type: "textarea", Label: v.T("dues.step.text", "lang", lang), Value: st.Words[lang].Text, Lang: lang})
		}
	}
	v.Parts = []part{{Text: v.T("dues.steps.braces"), Form: f}, {Title: v.T("dues.link.term"), Text: v.T("dues.link.term.text"), Form: &form{
		Action: "/dues/steps", Do: v.T("dues.save"), Name: "do=link", Fields: []page.Field{{Name: "days", Label: v.T("dues.link.term.days"), Value: typed, W: "s"}},
	}}}
	return s.show(w, r, v)
}

// stepsIn reads the steps; one without its days is left out.
func stepsIn(r *http.Request) (dues.Ladder, error) {
	var l dues.Ladder
	var wrong fault.Fields
	for i := range 7 {
		n := strconv.Itoa(i)
		given := field(r, "after"+n)
		if given == "" {
			continue
		}
		after, err := strconv.Atoi(given)
		if err != nil {
			wrong.Add("after"+n, "form.number", "given", given)
		}
		st := dues.Step{After: after, Board: field(r, "board"+n) != "", Words: map[string]dues.Wording{}}
		for _, lang := range i18n.Spoken() {
			st.Words[lang] = dues.Wording{Subject: field(r, "subject"+n+"-"+lang), Text: field(r, "text"+n+"-"+lang)}
		}
		l = append(l, st)
	}
	return l, wrong.Err()
}

// reminders are those to be written today: GET /dues/reminders.
func (s *Site) reminders(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "reminders", "")
	list, err := s.desk.Reminders(r.Context(), v.Actor, v.Today)
	if err != nil {
		return err
	}
	g := &grid{Caption: v.Title, Heads: []head{{Label: v.T("dues.number")}, {Label: v.T("dues.payer")}, {Label: v.T("dues.open"), Num: true}, {Label: v.T("dues.state")}, {Label: v.T("dues.step")}}}
	out := [][]any{{v.T("dues.number"), v.T("dues.payer"), v.T("dues.open"), v.T("dues.due"), v.T("dues.step")}}
	some, next := behind(list, field(r, "after"), func(one dues.Reminder) string { return one.Number })
	for _, one := range some {
		payer := linked(one.Payer.Name, "/dues/payers/"+string(one.Payer.ID))
		if one.Payer.Email == "" {
			payer.Sub = v.T("dues.no_email")
		}
		g.Rows = append(g.Rows, row{linked(one.Number, "/dues/invoices/"+string(one.ID)), payer, text(v.amount(one.Open)), stateCell(v, one.Invoice), text(v.T("dues.step.nth", "step", strconv.Itoa(one.Step)))})
	}
	for _, one := range list {
		out = append(out, []any{one.Number, one.Payer.Name, table.Number(one.Open.Plain()), one.Due.String(), strconv.Itoa(one.Step)})
	}
	if done, err := sheet(w, r, "reminders", out); done {
		return err
	}
	v.Lead = v.T("dues.reminders.lead")
	v.under()
	if len(list) > 0 && v.Actor.Can(dues.Write) {
		v.Parts = append(v.Parts, part{Title: v.T("dues.reminders.title", "n", len(list)), Text: v.T("dues.reminders.text"), Form: &form{Action: "/dues/reminders", Do: v.T("dues.remind"), Kind: "main"}})
	}
	p := part{Table: g, Empty: v.T("dues.reminders.none"), EmptyText: v.T("dues.reminders.none.text"), Exports: sheets("/dues/reminders")}
	p.turn(r, next, "/dues/reminders")
	v.Parts = append(v.Parts, p)
	return s.show(w, r, v)
}

// remind has them written: POST /dues/reminders.
func (s *Site) remind(w http.ResponseWriter, r *http.Request) error {
	v := s.screen(r, "reminders", "")
	if _, err := s.desk.Remind(r.Context(), v.Actor, v.Today); err != nil {
		return err
	}
	return page.Go(w, r, "/dues/reminders", "said.dues.reminded")
}
