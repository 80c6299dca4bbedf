package consultweb

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice/consult"
)

// cell keeps a spreadsheet from taking what a member wrote for a formula.
func cell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// gathered reads all comments before anything is sent, so that a failure halfway
// is an error and not half a file.
func (s *Site) gathered(r *http.Request) (page.Frame, consult.Consultation, []consult.Comment, error) {
	h, c, err := s.one(r)
	var list []consult.Comment
	if err == nil {
		err = s.Consult.Each(r.Context(), h.Actor, consult.CommentQuery{Consultation: c.ID}, func(one consult.Comment) error {
			list = append(list, one)
			return nil
		})
	}
	return h.Frame, c, list, err
}

func attach(w http.ResponseWriter, kind, name string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "private, no-store")
}

// csv is the table of all comments: GET …/comments.csv.
func (s *Site) csv(w http.ResponseWriter, r *http.Request) error {
	f, c, list, err := s.gathered(r)
	if err != nil {
		return err
	}
	attach(w, "text/csv; charset=utf-8", "posvetovanje-"+string(c.Case)+".csv")
	titles := map[string]consult.Asked{}
	for _, a := range c.Asked {
		titles[a.Provision] = a
	}
	out := csv.NewWriter(w)
	out.Comma = ';' // as spreadsheets here expect it, with the mark of UTF-8 before
	if _, err := w.Write([]byte("\ufeff")); err != nil {
		return err
	}
	head := []string{"provision", "title", "member", "kind", "stance", "why", "wording", "public", "via", "at", "version"}
	for i, key := range head {
		head[i] = f.T("consult.csv." + key)
	}
	if err := out.Write(head); err != nil {
		return err
	}
	for _, one := range list {
		v := s.commentView(f, one)
		row := []string{titles[one.Provision].Cite, titles[one.Provision].Title, v.Name, v.Kind, v.Mark.Word, v.Text, one.Wording, v.Public, v.Via, v.At, f.Number(one.Rev)}
		for i := range row {
			row[i] = cell(row[i])
		}
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// json is the same for programs: GET …/comments.json.
func (s *Site) json(w http.ResponseWriter, r *http.Request) error {
	_, c, list, err := s.gathered(r)
	if err != nil {
		return err
	}
	attach(w, "application/json", "posvetovanje-"+string(c.Case)+".json")
	out := consultationWire(c)
	rows := make([]commentWire, 0, len(list))
	for _, one := range list {
		rows = append(rows, wireOf(one))
	}
	return json.NewEncoder(w).Encode(struct {
		Consultation wire          `json:"consultation"`
		Comments     []commentWire `json:"comments"`
	}{out, rows})
}
