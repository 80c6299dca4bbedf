package membersweb

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/intake"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// exportColumns are the columns of an export, under headings that an import knows.
var exportColumns = []intake.Column{"name", "kind", "email", "place", "field", "standing", "since", "lang", "phone", "note", "agent", "agent_email"}

// export hands out all members of a filter: GET /members/export?as=csv|json&….
// Nothing is sent until all is read, so that a failure is not half a file.
func (s *Site) export(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(members.Read); err != nil {
		return err
	}
	f := s.site.Frame(r, "", "")
	q := queryOf(r.URL.Query())
	q.After, q.Limit = "", 1_000
	var list []memberWire
	for {
		some, err := s.desk.List(r.Context(), by, q)
		if err != nil {
			return err
		}
		var ids []members.ID
		for _, m := range some {
			ids = append(ids, m.ID)
		}
		agents, err := s.desk.AgentsOf(r.Context(), by, ids...)
		if err != nil {
			return err
		}
		for _, m := range some {
			list = append(list, wireOf(m, agents[m.ID]))
		}
		if len(some) < q.Limit {
			break
		}
		q.After = some[len(some)-1].ID
	}
	if r.URL.Query().Get("as") != "json" {
		return page.Table(w, "members.csv", rowsOf(f, list))
	}
	whole, err := json.MarshalIndent(append([]memberWire{}, list...), "", "\t")
	if err != nil {
		return fmt.Errorf("members: export: %w", err)
	}
	page.Attach(w, "application/json; charset=utf-8", "members.json")
	_, err = w.Write(whole)
	return err
}

// rowsOf are members as a table, under its heading.
func rowsOf(f page.Frame, list []memberWire) [][]string {
	rows := make([][]string, 1, len(list)+1)
	for _, c := range exportColumns {
		rows[0] = append(rows[0], f.T("members.heading."+string(c)))
	}
	for _, m := range list {
		cells := []string{m.Name, word(f, "kind", members.Kind(m.Kind)), m.Email, m.Place, "", word(f, "standing", members.Standing(m.Standing)), m.Since, m.Lang, m.Phone, m.Note, "", ""}
		if m.Field != "" {
			cells[4] = word(f, "field", members.Field(m.Field))
		}
		if len(m.Agents) > 0 {
			cells[10], cells[11] = m.Agents[0].Name, m.Agents[0].Email
		}
		rows = append(rows, cells)
	}
	return rows
}
