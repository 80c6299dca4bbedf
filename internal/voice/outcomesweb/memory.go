package outcomesweb

import (
	"net/http"
	"strconv"

	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
)

type memoryView struct {
	page.Frame
	Lead   string
	Years  []page.Tab
	Four   []page.Figure
	Rows   []memoryRow
	Total  memoryRow
	Heard  *heardView
	Chart  yearsFigure
	CSV    string
	JSON   string
	Public bool // the numbers are of public cases only
}

type memoryRow struct {
	Body                                      string
	Judged, Taken, Partly, Not, Silence       string
	Share, Deliveries, Unanswered, Waited, Of string
}

// heardView is the counter of violations, in the columns of CNVOS.
type heardView struct {
	Cells []page.Fact
	Rule  string
	Note  string
}

// A yearsFigure is the share taken up, a bar for each year.
type yearsFigure struct {
	Finding, Alt, Source string
	Height               string
	Bars                 []yearBar
}

type yearBar struct {
	Year, Label, Said        string
	Text, Track              string // heights
	Width                    string
	Open                     bool // the year is not over
	Taken, Partly, Of, Share string
}

// memory is the numbers of a year, or of all years, by authority.
func (s *Site) memory(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.uptake", "")
	year := yearOf(r, f)
	rows, err := s.outcomes.Memory(r.Context(), f.Actor, 0, f.Today)
	if err != nil {
		return err
	}
	v := memoryView{Frame: f, Public: !f.Actor.Can(voice.See)}
	v.Title, v.Lead = f.T("outcomes.memory"), f.T("outcomes.memory.lead")
	v.Foot = f.T("outcomes.memory") + " · " + f.Date(f.Today)
	v.Years = yearTabs(f, rows, year)
	own := ofYear(rows, year)
	total := outcomes.Total(own)
	for _, one := range byBody(own) {
		v.Rows = append(v.Rows, memoryRowOf(f, s.body(f, one.Body), one.Memory))
	}
	v.Total = memoryRowOf(f, f.T("outcomes.memory.total"), total)
	v.Chart = chart(f, rows)
	query := ""
	if year > 0 {
		query = "?year=" + strconv.Itoa(year)
	} else {
		query = "?year=all"
	}
	v.CSV, v.JSON = "/uptake.csv"+query, "/uptake.json"+query
	var heard procedure.Tally
	if !v.Public {
		if heard, err = s.cases.Heard(r.Context(), f.Actor, year); err != nil {
			return err
		}
		v.Heard = s.heard(f, heard)
	}
	v.Four = memoryFour(f, total, heard, s.cases.Country().Consultation)
	return page.Render(w, r, memoryPage(v))
}

// yearOf is the year asked for: 0 for all, this year if nothing is asked.
func yearOf(r *http.Request, f page.Frame) int {
	switch asked := r.FormValue("year"); asked {
	case "":
		return f.Today.Year()
	case "all":
		return 0
	default:
		n, err := strconv.Atoi(asked)
		if err != nil {
			return f.Today.Year()
		}
		return n
	}
}

func ofYear(rows []outcomes.Row, year int) (list []outcomes.Row) {
	for _, r := range rows {
		if year == 0 || r.Year == year {
			list = append(list, r)
		}
	}
	return list
}

// byBody sums the rows of each authority, in the order in which they come.
func byBody(rows []outcomes.Row) (list []outcomes.Row) {
	at := map[string]int{}
	for _, r := range rows {
		i, known := at[r.Body]
		if !known {
			i = len(list)
			at[r.Body] = i
			list = append(list, outcomes.Row{Body: r.Body})
		}
		list[i].Memory = list[i].Plus(r.Memory)
	}
	return list
}

func yearTabs(f page.Frame, rows []outcomes.Row, year int) (list []page.Tab) {
	this := f.Today.Year()
	years := []int{this}
	for _, r := range outcomes.ByYear(rows) {
		if r.Year != this {
			years = append(years, r.Year)
		}
	}
	for _, y := range years {
		list = append(list, page.Tab{Label: strconv.Itoa(y), Link: "/uptake?year=" + strconv.Itoa(y), On: y == year})
	}
	return append(list, page.Tab{Label: f.T("outcomes.memory.all"), Link: "/uptake?year=all", On: year == 0})
}

func memoryRowOf(f page.Frame, body string, m outcomes.Memory) memoryRow {
	return memoryRow{
		Body: body, Judged: f.Number(m.Judged()), Taken: f.Number(m.Taken), Partly: f.Number(m.Partly), Not: f.Number(m.Not), Silence: f.Number(m.Silence),
		Share: f.Share(m.Up(), m.Judged()), Deliveries: f.Number(m.Deliveries), Unanswered: f.Number(m.Unanswered), Waited: f.Number(m.Waited),
	}
}

// memoryFour are the numbers that nobody else publishes, each with its rule.
func memoryFour(f page.Frame, m outcomes.Memory, heard procedure.Tally, rule procedure.Rule) []page.Figure {
	list := []page.Figure{{
		Number: f.Number(m.Up()), Of: f.T("outcomes.of", "n", m.Judged()), Text: f.T("outcomes.memory.up", "n", m.Up(), "taken", m.Taken, "partly", m.Partly),
	}}
	if heard.Total > 0 {
		text := f.T("outcomes.memory.heard.least", "least", rule.Least, "basis", rule.Basis)
		if rule.Longest > 0 {
			text = f.T("outcomes.memory.heard", "least", rule.Least, "most", rule.Longest, "basis", rule.Basis)
		}
		list = append(list, page.Figure{Number: f.Number(heard.Respected), Of: f.T("outcomes.of", "n", heard.Total), Text: text})
	}
	return append(list,
		page.Figure{Number: f.Number(m.WithFigure), Of: f.T("outcomes.of", "n", m.Up()), Text: f.T("outcomes.four.figure", "n", m.WithFigure)},
		page.Figure{Number: f.Number(m.Waited), Of: f.T("outcomes.days", "n", m.Waited), Text: f.T("outcomes.four.silence", "n", m.Unanswered)})
}

func (s *Site) heard(f page.Frame, t procedure.Tally) *heardView {
	v := &heardView{Rule: s.cases.Country().Consultation.Basis, Note: f.T("outcomes.heard.note", "pending", t.Pending, "free", t.NotCounted)}
	share := "–"
	if percent, ok := t.Percent(); ok {
		share = f.Share(int(percent*100+0.5), 10_000)
	}
	for _, one := range []struct{ key, value string }{
		{"total", f.Number(t.Total)}, {"respected", f.Number(t.Respected)}, {"violated", f.Number(t.Violated)}, {"no_deadline", f.Number(t.NoDeadline)},
		{"too_short", f.Number(t.TooShort)}, {"not_put_out", f.Number(t.NotPutOut)}, {"percent", share},
	} {
		v.Cells = append(v.Cells, page.Fact{Label: f.T("outcomes.heard."+one.key, "least", s.cases.Country().Consultation.Least), Value: one.value})
	}
	return v
}

// years is the figure of all years, for the ledger of a case.
func (s *Site) years(r *http.Request, f page.Frame) (yearsFigure, error) {
	rows, err := s.outcomes.Memory(r.Context(), f.Actor, 0, f.Today)
	return chart(f, rows), err
}

// Sizes of the figure, in pixels.
const (
	barStep   = 44
	barMost   = 10 // years that are drawn
	barHeight = 14
)

// chart draws the last ten years, the oldest first.
func chart(f page.Frame, rows []outcomes.Row) yearsFigure {
	var list []outcomes.Row
	for _, r := range outcomes.ByYear(rows) {
		if r.Judged() > 0 && len(list) < barMost {
			list = append([]outcomes.Row{r}, list...)
		}
	}
	var v yearsFigure
	if len(list) == 0 {
		return v
	}
	var all outcomes.Memory
	for i, r := range list {
		all = all.Plus(r.Memory)
		b := yearBar{
			Year: strconv.Itoa(r.Year), Open: r.Year == f.Today.Year(), Text: strconv.Itoa(i*barStep + 14), Track: strconv.Itoa(i*barStep + 21),
			Width: strconv.Itoa((r.Up()*200+r.Judged())/(2*r.Judged())) + "%", Taken: f.Number(r.Taken), Partly: f.Number(r.Partly), Of: f.Number(r.Judged()), Share: f.Share(r.Up(), r.Judged()),
		}
		b.Label = b.Year
		if b.Open {
			b.Label = f.T("outcomes.chart.open", "year", b.Year)
		}
		b.Said = f.T("outcomes.chart.bar", "up", r.Up(), "all", r.Judged(), "share", b.Share)
		v.Alt += b.Year + " " + b.Share + ", "
		v.Bars = append(v.Bars, b)
	}
	v.Alt = f.T("outcomes.chart.alt", "list", v.Alt[:len(v.Alt)-2])
	v.Finding = f.T("outcomes.chart.finding", "year", v.Bars[0].Year, "share", f.Share(all.Up(), all.Judged()), "up", all.Up(), "all", all.Judged())
	v.Source = f.T("outcomes.chart.source", "day", f.Date(f.Today))
	v.Height = strconv.Itoa(len(list)*barStep + 2)
	return v
}

// memoryCSV is the memory for a spreadsheet, a row for each year and authority.
func (s *Site) memoryCSV(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	list, err := s.outcomes.Memory(r.Context(), f.Actor, yearOf(r, f), f.Today)
	if err != nil {
		return err
	}
	rows := [][]string{{f.T("outcomes.csv.year"), f.T("outcomes.csv.body")}}
	for _, key := range []string{"judged", "taken", "partly", "not", "silence", "figure", "deliveries", "unanswered", "waited"} {
		rows[0] = append(rows[0], f.T("outcomes.memory."+key))
	}
	for _, m := range list {
		row := []string{strconv.Itoa(m.Year), s.body(f, m.Body)}
		for _, n := range []int{m.Judged(), m.Taken, m.Partly, m.Not, m.Silence, m.WithFigure, m.Deliveries, m.Unanswered, m.Waited} {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, row)
	}
	return page.Table(w, "uptake-"+f.Today.String()+".csv", rows)
}

// memoryJSON is the memory as the API gives it.
func (s *Site) memoryJSON(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	year := yearOf(r, f)
	list, err := s.outcomes.Memory(r.Context(), f.Actor, year, f.Today)
	if err != nil {
		return err
	}
	return giveJSON(w, memoryWireOf(year, f.Today, list))
}
