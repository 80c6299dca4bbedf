package page

import (
	"errors"
	"net/http/httptest"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A table is taken away, and kept nowhere on the way.
func TestTable(t *testing.T) {
	w := httptest.NewRecorder()
	if err := Table(w, "člani.csv", [][]string{{"naziv"}, {"=1"}}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"Content-Type": "text/csv; charset=utf-8", "Cache-Control": "private, no-store", "Content-Disposition": "attachment; filename*=utf-8''%C4%8Dlani.csv",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if got := w.Body.String(); got != "\ufeffnaziv\n'=1\n" {
		t.Errorf("the table is %q", got)
	}
}

// A fault tells its kind, its key and its fields; a failure of ours tells nothing.
func TestProblem(t *testing.T) {
	var fields fault.Fields
	fields.Add("title", "form.needed")
	fields.Add("on", "form.date")
	got := Problem(t.Context(), fields.Err())
	var p *huma.ErrorModel
	if !errors.As(got, &p) || p.Status != 422 || p.Title != "invalid" || p.Detail != "form.needed" || len(p.Errors) != 2 || p.Errors[1].Location != "body.on" || p.Errors[1].Message != "form.date" {
		t.Errorf("two fields are %+v", p)
	}
	if !errors.As(Problem(t.Context(), fault.New(fault.Denied, "auth.denied")), &p) || p.Status != 403 || p.Detail != "auth.denied" || len(p.Errors) > 0 {
		t.Errorf("a denial is %+v", p)
	}
	if !errors.As(Problem(t.Context(), errors.New("password of the database")), &p) || p.Status != 500 || p.Detail != "fail.ours" || len(p.Errors) > 0 {
		t.Errorf("a failure is %+v", p)
	}
}
