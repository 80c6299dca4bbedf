package bodiesweb

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// A decisionWire is a decision as an export writes one.
type decisionWire struct {
	Number    string `json:"number"`
	Body      string `json:"body"`
	On        string `json:"on"`
	Title     string `json:"title"`
	Text      string `json:"text"`
	For       int    `json:"for"`
	Against   int    `json:"against"`
	Abstained int    `json:"abstained"`
	Rule      string `json:"rule,omitempty"`
	Force     string `json:"force"`
	By        string `json:"repealed_by,omitempty"`
	Open      string `json:"open"`
	Case      string `json:"case,omitempty"`
	Owner     string `json:"owner,omitempty"`
	Due       string `json:"due,omitempty"`
	Done      string `json:"done,omitempty"`
}

// exportDecisions hands out all decisions of a filter: GET /decisions/export?as=csv|xlsx|json&….
func (s *Site) exportDecisions(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	q := decisionQuery(r.URL.Query(), f.Today)
	q.Before, q.Limit = "", 1_000
	list := []decisionWire{}
	for {
		some, err := s.Bodies.Decisions(r.Context(), f.Actor, q)
		if err != nil {
			return err
		}
		for _, d := range some {
			list = append(list, decisionWire{d.Number, d.BodyIs, d.On.String(), d.Title, d.Text, d.Count.For, d.Count.Against, d.Count.Abstained, d.Cite, string(d.Force), d.By, string(d.Open), d.Case, d.Task.OwnerIs, d.Task.Due.String(), d.Task.Done.String()})
		}
		if len(some) < q.Limit {
			break
		}
		q.Before = some[len(some)-1].ID
	}
	rows := [][]string{{}}
	for _, key := range []string{"number", "body", "on", "title", "text", "for", "against", "abstained", "rule", "force", "by", "open", "case", "owner", "due", "done"} {
		rows[0] = append(rows[0], f.T("bodies.heading."+key))
	}
	for _, d := range list {
		rows = append(rows, []string{d.Number, d.Body, d.On, d.Title, d.Text, strconv.Itoa(d.For), strconv.Itoa(d.Against), strconv.Itoa(d.Abstained), d.Rule, word(f, "force", bodies.Force(d.Force)), d.By, word(f, "open", bodies.Openness(d.Open)), d.Case, d.Owner, d.Due, d.Done})
	}
	return export(w, r, "decisions", rows, list)
}

// A seatWire is a seat as an export writes one.
type seatWire struct {
	Body   string `json:"body"`
	Of     string `json:"of,omitempty"`
	Name   string `json:"name"`
	Office string `json:"office"`
	Votes  bool   `json:"votes"`
	How    string `json:"how"`
	From   string `json:"from"`
	Last   string `json:"last,omitempty"`
	By     string `json:"by,omitempty"`
	Act    string `json:"act,omitempty"`
	For    string `json:"for,omitempty"`
	Email  string `json:"email,omitempty"`
	Tie    string `json:"tie,omitempty"`
	Why    string `json:"ended,omitempty"`
}

// exportSeats hands out all seats there are or were: GET /bodies/export?as=csv|xlsx|json.
func (s *Site) exportSeats(w http.ResponseWriter, r *http.Request) error {
	f, err := s.work(r, "members.view.bodies")
	if err != nil {
		return err
	}
	all, err := s.Bodies.Bodies(r.Context(), f.Actor, f.Today, true)
	if err != nil {
		return err
	}
	list, rows := []seatWire{}, [][]string{{}}
	for _, key := range []string{"body", "of", "name", "office", "votes", "how", "from", "last", "by_whom", "act", "for_whom", "email", "tie", "ended"} {
		rows[0] = append(rows[0], f.T("bodies.heading."+key))
	}
	for _, b := range all {
		_, seats, err := s.Bodies.Body(r.Context(), f.Actor, b.ID)
		if err != nil {
			return err
		}
		for _, seat := range seats {
			one := seatWire{b.Name, b.Of, seat.Name, string(seat.Office), seat.Votes, string(seat.How), seat.Term.From.String(), seat.Term.Last().String(), seat.By, seat.Act, seat.For, seat.Email, seat.Tie, string(seat.Why)}
			list = append(list, one)
			why, vote := "", f.T("bodies.vote.no")
			if seat.Votes {
				vote = f.T("bodies.vote.yes")
			}
			if seat.Why != "" {
				why = word(f, "why", seat.Why)
			}
			rows = append(rows, []string{one.Body, one.Of, one.Name, word(f, "office", seat.Office), vote, word(f, "how", seat.How), one.From, one.Last, one.By, one.Act, one.For, one.Email, s.tieName(f, seat.Tie), why})
		}
	}
	return export(w, r, "bodies", rows, list)
}

// export hands out a list as the form that is asked for. Nothing is sent until all
// is made, so that a failure is not half a file.
func export(w http.ResponseWriter, r *http.Request, name string, rows [][]string, list any) error {
	switch r.URL.Query().Get("as") {
	case "json":
		whole, err := json.MarshalIndent(list, "", "\t")
		if err != nil {
			return fmt.Errorf("bodies: export: %w", err)
		}
		page.Attach(w, "application/json; charset=utf-8", name+".json")
		_, err = w.Write(whole)
		return err
	case "xlsx":
		page.Attach(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name+".xlsx")
		return table.WriteBook(w, name, slices.Values(rows))
	}
	return page.Table(w, name+".csv", rows)
}
