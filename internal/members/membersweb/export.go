package membersweb

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// exportColumns are the columns of an export, under headings that an import knows.
var exportColumns = []members.Column{"name", "kind", "email", "place", "field", "standing", "since", "lang", "phone", "note", "agent", "agent_email"}

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
		page, err := s.desk.List(r.Context(), by, q)
		if err != nil {
			return err
		}
		var ids []members.ID
		for _, m := range page {
			ids = append(ids, m.ID)
		}
		agents, err := s.desk.AgentsOf(r.Context(), by, ids...)
		if err != nil {
			return err
		}
		for _, m := range page {
			list = append(list, wireOf(m, agents[m.ID]))
		}
		if len(page) < q.Limit {
			break
		}
		q.After = page[len(page)-1].ID
	}
	name, kind, whole, err := "members.json", "application/json; charset=utf-8", []byte(nil), error(nil)
	if r.URL.Query().Get("as") == "json" {
		whole, err = json.MarshalIndent(append([]memberWire{}, list...), "", "\t")
	} else {
		name, kind = "members.csv", "text/csv; charset=utf-8"
		whole, err = writeCSV(f, list)
	}
	if err != nil {
		return fmt.Errorf("members: export: %w", err)
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "private, no-store")
	_, err = w.Write(whole)
	return err
}

// writeCSV writes members as spreadsheets open it: with a byte order mark, and an
// apostrophe before what would be taken for a formula.
func writeCSV(f page.Frame, list []memberWire) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	w := csv.NewWriter(&b)
	w.Comma = ';'
	var head []string
	for _, c := range exportColumns {
		head = append(head, f.T("members.heading."+string(c)))
	}
	w.Write(head) // a buffer takes all; Error tells the rest
	for _, m := range list {
		cells := []string{m.Name, word(f, "kind", members.Kind(m.Kind)), m.Email, m.Place, "", word(f, "standing", members.Standing(m.Standing)), m.Since, m.Lang, m.Phone, m.Note, "", ""}
		if m.Field != "" {
			cells[4] = word(f, "field", members.Field(m.Field))
		}
		if len(m.Agents) > 0 {
			cells[10], cells[11] = m.Agents[0].Name, m.Agents[0].Email
		}
		for i, c := range cells {
			if members.Formula(c) {
				cells[i] = "'" + c
			}
		}
		w.Write(cells)
	}
	w.Flush()
	return b.Bytes(), w.Error()
}
