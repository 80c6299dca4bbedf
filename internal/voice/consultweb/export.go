package consultweb

import (
	"encoding/json"
	"net/http"

	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice/consult"
)

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

// csv is the table of all comments: GET …/comments.csv.
func (s *Site) csv(w http.ResponseWriter, r *http.Request) error {
	f, c, list, err := s.gathered(r)
	if err != nil {
		return err
	}
	titles := map[string]consult.Asked{}
	for _, a := range c.Asked {
		titles[a.Provision] = a
	}
	rows := make([][]string, 1, len(list)+1)
	for _, key := range []string{"provision", "title", "member", "kind", "stance", "why", "wording", "public", "via", "at", "version"} {
		rows[0] = append(rows[0], f.T("consult.csv."+key))
	}
	for _, one := range list {
		v := s.commentView(f, one)
		rows = append(rows, []string{titles[one.Provision].Cite, titles[one.Provision].Title, v.Name, v.Kind, v.Mark.Word, v.Text, one.Wording, v.Public, v.Via, v.At, f.Number(one.Rev)})
	}
	return page.Table(w, "posvetovanje-"+string(c.Case)+".csv", rows)
}

// json is the same for programs: GET …/comments.json.
func (s *Site) json(w http.ResponseWriter, r *http.Request) error {
	_, c, list, err := s.gathered(r)
	if err != nil {
		return err
	}
	page.Attach(w, "application/json", "posvetovanje-"+string(c.Case)+".json")
	out := consultationOf(c)
	rows := make([]commentWire, 0, len(list))
	for _, one := range list {
		rows = append(rows, wireOf(one))
	}
	return json.NewEncoder(w).Encode(struct {
		Consultation consultationWire `json:"consultation"`
		Comments     []commentWire    `json:"comments"`
	}{out, rows})
}
