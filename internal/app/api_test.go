package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/dues"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/config"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// furnished opens a demo house in a folder of its own.
func furnished(t *testing.T) *House {
	t.Helper()
	c, err := config.Read([]string{"ASOCIACIJA_DATA=" + t.TempDir(), "ASOCIACIJA_DEMO=true", "ASOCIACIJA_LOG=error"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	h, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	if err := h.Furnish(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h
}

// described is the API as it describes itself, and the handler behind it, for a
// person who has signed in.
func described(h *House) (*huma.OpenAPI, http.Handler) {
	mux := http.NewServeMux()
	return api(mux, h.sites()).OpenAPI(), mux
}

// The document is the one that was agreed on: whoever changes it says so.
func TestAPI_document(t *testing.T) {
	w := httptest.NewRecorder()
	furnished(t).Handler().ServeHTTP(w, httptest.NewRequest("GET", "/api/v1/openapi.json", nil))
	var got bytes.Buffer
	if err := json.Indent(&got, w.Body.Bytes(), "", "\t"); err != nil {
		t.Fatal(w.Code, err)
	}
	got.WriteByte('\n')
	const golden = "testdata/openapi.json"
	if os.Getenv("ASOCIACIJA_GOLDEN") != "" {
		if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(golden, got.Bytes(), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the API is not as %s says; if that is meant, run make golden and look at the difference", golden)
	}
}

// The document holds together: it is OpenAPI 3.1, whatever it points at is there, and
// each operation has a name of its own, its parameters and its answers.
func TestAPI_whole(t *testing.T) {
	doc, _ := described(furnished(t))
	raw, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	var all any
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	if doc.OpenAPI != "3.1.0" || doc.Info.Title == "" || doc.Info.Version == "" || len(doc.Paths) < 10 {
		t.Errorf("it is OpenAPI %s of %+v with %d paths", doc.OpenAPI, doc.Info, len(doc.Paths))
	}
	for _, m := range regexp.MustCompile(`"\$ref":"#/([^"]*)"`).FindAllStringSubmatch(string(raw), -1) {
		at := all
		for _, step := range strings.Split(m[1], "/") {
			in, _ := at.(map[string]any)
			at = in[step]
		}
		if at == nil {
			t.Errorf("it points at %s, which is not there", m[1])
		}
	}
	names := map[string]bool{}
	for path, op := range operations(doc) {
		if op.OperationID == "" || names[op.OperationID] || op.Summary == "" {
			t.Errorf("%s has the name %q and the summary %q", path, op.OperationID, op.Summary)
		}
		names[op.OperationID] = true
		for _, m := range regexp.MustCompile(`{(\w+)}`).FindAllStringSubmatch(path, -1) {
			if !slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.Name == m[1] && p.In == "path" && p.Required }) {
				t.Errorf("%s does not say what %s is", path, m[1])
			}
		}
		if len(op.Responses) < 2 {
			t.Errorf("%s has %d answers", path, len(op.Responses))
		}
		for code, answer := range op.Responses {
			if answer.Description == "" || len(answer.Content) == 0 {
				t.Errorf("%s does not say what its answer %s is", path, code)
			}
		}
	}
	for name := range doc.Components.Schemas.Map() {
		if !regexp.MustCompile(`^((Admission|Ballots|Bodies|Cases|Consult|Dues|Law|Members|Outcomes|Positions|Proof)[A-Z]\w+|Error(Model|Detail))$`).MatchString(name) {
			t.Errorf("the schema %s does not say whose it is", name)
		}
	}
}

// operations are all of a document, by method and path.
func operations(doc *huma.OpenAPI) map[string]*huma.Operation {
	list := map[string]*huma.Operation{}
	for path, item := range doc.Paths {
		for method, op := range map[string]*huma.Operation{"GET": item.Get, "POST": item.Post, "PUT": item.Put, "PATCH": item.Patch, "DELETE": item.Delete} {
			if op != nil {
				list[method+" "+path] = op
			}
		}
	}
	return list
}

// What the house answers is what the document says it answers, whether it is read by
// the office, by a member or by a passer-by; what it refuses is a problem with a key.
func TestAPI_answers(t *testing.T) {
	h := furnished(t)
	doc, handler := described(h)
	fill := examples(t, h)
	words := h.Words.In("sl")
	for path, op := range operations(doc) {
		if op.Method != http.MethodGet {
			continue
		}
		for name, who := range map[string]auth.Actor{"office": {User: "u1", Name: "Neža Škrbec", Roles: auth.Office}, "member": {User: "u2", Roles: auth.Member}, "passer-by": {}} {
			r := httptest.NewRequest("GET", fill.Replace(strings.TrimPrefix(path, "GET ")), nil)
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r.WithContext(auth.With(r.Context(), who)))
			valid(t, doc, name+" "+path, op, w)
			if name == "office" && w.Code != http.StatusOK {
				t.Errorf("%s: the office gets %d: %s", path, w.Code, w.Body)
			}
		}
		nothing := regexp.MustCompile(`{\w+}`).ReplaceAllString(strings.TrimPrefix(path, "GET "), "9999")
		r := httptest.NewRequest("GET", nothing, nil)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r.WithContext(auth.With(r.Context(), auth.House)))
		if strings.Contains(path, "{") && valid(t, doc, path, op, w) != "" {
			var p huma.ErrorModel
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != http.StatusNotFound || !words.Has(p.Detail) {
				t.Errorf("%s of nothing is %d: %s", path, w.Code, w.Body)
			}
		}
	}
}

// valid checks an answer against the document, and returns its type if it is a problem.
func valid(t *testing.T, doc *huma.OpenAPI, name string, op *huma.Operation, w *httptest.ResponseRecorder) (problem string) {
	t.Helper()
	said, ok := op.Responses[strconv.Itoa(w.Code)]
	if !ok {
		said, problem = op.Responses["default"], "application/problem+json"
	}
	kind, _, _ := strings.Cut(w.Header().Get("Content-Type"), ";")
	content := said.Content[kind]
	var body any
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || content == nil {
		t.Errorf("%s answers %d with %s: %.200s (%v)", name, w.Code, kind, w.Body, err)
		return problem
	}
	var found huma.ValidateResult
	huma.Validate(doc.Components.Schemas, content.Schema, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, body, &found)
	for _, err := range found.Errors {
		t.Errorf("%s answers %d: %.200v", name, w.Code, err)
	}
	return problem
}

// examples puts things of the demo house into the places of a path.
func examples(t *testing.T, h *House) *strings.Replacer {
	t.Helper()
	file, err := h.Cases.List(t.Context(), auth.House, cases.Query{Text: "ZPNK-A", Limit: 1})
	if err != nil || len(file) != 1 {
		t.Fatal(len(file), err)
	}
	texts, err := h.Cases.Texts(t.Context(), auth.House, file[0].ID)
	if err != nil || len(texts) == 0 {
		t.Fatal(len(texts), err)
	}
	version, err := h.Law.Version(t.Context(), auth.House, texts[0].Version)
	if err != nil {
		t.Fatal(err)
	}
	people, err := h.Members.List(t.Context(), auth.House, members.Query{Limit: 1})
	if err != nil || len(people) != 1 {
		t.Fatal(len(people), err)
	}
	frozen, err := h.Positions.Public(t.Context(), time.Time{}, 1)
	if err != nil || len(frozen) != 1 {
		t.Fatal(len(frozen), err)
	}
	sittings, err := h.Meetings.Meetings(t.Context(), auth.House, meetings.MeetingQuery{State: meetings.Closed, Limit: 1})
	if err != nil || len(sittings) != 1 {
		t.Fatal(len(sittings), err)
	}
	decided, err := h.Bodies.Decisions(t.Context(), auth.House, bodies.DecisionQuery{Limit: 1})
	if err != nil || len(decided) != 1 {
		t.Fatal(len(decided), err)
	}
	asked, err := h.Admission.List(t.Context(), auth.House, admission.Query{Limit: 1})
	if err != nil || len(asked) != 1 {
		t.Fatal(len(asked), err)
	}
	votes, err := h.Ballots.List(t.Context(), auth.House, ballots.Query{State: ballots.Closed, Limit: 1})
	if err != nil || len(votes) != 1 {
		t.Fatal(len(votes), err)
	}
	billed, err := h.Dues.Invoices(t.Context(), auth.House, dues.Query{Limit: 1})
	if err != nil || len(billed) != 1 {
		t.Fatal(len(billed), err)
	}
	extract, err := h.IssueExtract(t.Context(), ExtractOf{})
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("extracts/{id}", "extracts/"+string(extract.ID), "{of}", extract.Token, "applications/{id}", "applications/"+string(asked[0].ID), "invoices/{id}", "invoices/"+string(billed[0].ID), "votes/{id}", "votes/"+string(votes[0].ID), "bodies/{id}", "bodies/"+string(decided[0].Body), "meetings/{id}", "meetings/"+string(sittings[0].ID), "decisions/{id}", "decisions/"+string(decided[0].ID), "members/{id}", "members/"+string(people[0].ID), "{id}", string(file[0].ID), "{case}", string(file[0].ID),
		"{act}", string(version.Act), "versions/{version}", "versions/"+string(version.ID),
		"{position}/{version}", string(frozen[0].ID)+"/"+strconv.Itoa(frozen[0].Version))
}
