package membersweb

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/intake"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type uploadView struct {
	page.Frame
	Last, Undo string // what the last import did, and where it is taken back
}

// upload takes in a file, and tells of the last import.
func (s *Site) upload(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(members.Write); err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T("members.import")
	v := uploadView{Frame: f}
	last, err := s.intake.LastImport(r.Context(), by)
	switch {
	case err == nil:
		v.Last = f.T("members.import.last", "file", last.Name, "when", f.Moment(s.site.Local(last.Made)), "who", last.ByName, "added", f.T("members.import.added", "n", last.Added), "changed", f.T("members.import.changed_n", "n", last.Changed))
		v.Undo = "/members/import/undo?i=" + last.ID
	case !fault.Is(err, fault.Missing):
		return err
	}
	if r.Method == http.MethodPost {
		name, raw, err := fileOf(w, r)
		if err == nil {
			var i intake.Import
			if i, err = s.intake.Upload(r.Context(), by, name, raw); err == nil {
				return page.Go(w, r, previewPath(i.ID), "")
			}
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), uploadPage(v))
}

// fileOf reads the file of a form.
func fileOf(w http.ResponseWriter, r *http.Request) (string, []byte, error) {
	r.Body = http.MaxBytesReader(w, r.Body, intake.MaxUpload+1<<16)
	file, head, err := r.FormFile("file")
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return "", nil, fault.In("file", "members.import.too_big", "most", intake.MaxUpload>>20)
	case err != nil:
		return "", nil, fault.In("file", "members.import.no_file")
	}
	defer file.Close()
	raw, err := io.ReadAll(file)
	if err != nil {
		return "", nil, fmt.Errorf("members: read upload: %w", err)
	}
	return head.Filename, raw, nil
}

func previewPath(id string) string { return "/members/import/preview?i=" + url.QueryEscape(id) }

const previewRows = 100

type previewView struct {
	page.Frame
	ID, File, Lead string
	Columns        []columnRow
	ColumnWords    []page.Option
	Otherwise      string
	Blocked        string // why there is nothing to look at
	Tabs           []page.Tab
	Rows           []planRow
	Writes         int
	Seen           string
	Here           string // the page of rows that is shown
	First, Next    string
	Note           string
	Done           int
	Total          int
	State          intake.State
	Job            string
}

type columnRow struct{ Name, Head, Sample, Is string }

type planRow struct {
	Line, Name, Place, Kind string
	Tone                    page.Tone
	Icon, Verdict           string
	Why                     string
	Choice                  string
	Choices                 []page.Option
	Pieces                  [][]page.Piece
	Select                  string
}

// preview shows what an import will do, or did: GET /members/import/preview?i=ID.
func (s *Site) preview(w http.ResponseWriter, r *http.Request) error {
	return s.showPreview(w, r, nil)
}

// showPreview shows the preview with what was wrong with the last deed.
func (s *Site) showPreview(w http.ResponseWriter, r *http.Request, wrong error) error {
	by, id := auth.From(r.Context()), r.URL.Query().Get("i")
	f := s.site.Frame(r, "nav.members", "")
	f.Title, f.Size = f.T("members.import.preview"), "wide"
	if wrong != nil && !f.Blame(wrong) {
		return wrong
	}
	i, err := s.intake.Import(r.Context(), by, id)
	if err != nil {
		return err
	}
	v := previewView{Frame: f, ID: i.ID, File: i.Name, State: i.State, Otherwise: string(i.Mapping.Otherwise)}
	if i.State != intake.Looked {
		return s.showImport(w, r, v, i)
	}
	p, err := s.intake.Preview(r.Context(), by, id, f.Today)
	if err != nil {
		return err
	}
	if i.Wrong != "" && !f.Wrong.Any() {
		v.Blame(fault.New(fault.Conflict, i.Wrong))
	}
	v.columns(p)
	if p.Blocked != nil {
		v.Blocked = f.T(fault.Of(p.Blocked).Key)
	} else {
		v.plan(p, r.URL.Query())
	}
	return page.RenderStatus(w, r, v.Again(), previewPage(v))
}

func (v *previewView) columns(p intake.Preview) {
	v.ColumnWords = options(v.Frame, "column", intake.Columns(), v.T("members.column.none"))
	for _, d := range p.Details {
		v.ColumnWords = append(v.ColumnWords, page.Option{Value: d.Field(), Label: d.Label})
	}
	for i, h := range p.Head {
		var sample []string
		for _, row := range p.Sample {
			if row[i] != "" {
				sample = append(sample, row[i])
			}
		}
		v.Columns = append(v.Columns, columnRow{"col" + strconv.Itoa(i), h, shorten(strings.Join(sample, " · "), 120), string(p.Mapping.Columns[i])})
	}
}

func shorten(s string, n int) string {
	if letters := []rune(s); len(letters) > n {
		return string(letters[:n-1]) + "…"
	}
	return s
}

// plan fills in the rows of one verdict, or all, from one on.
func (v *previewView) plan(p intake.Preview, q url.Values) {
	show := intake.Verdict(q.Get("show"))
	base := previewPath(v.ID)
	v.Tabs = []page.Tab{{Label: v.T("members.verdict.all"), Count: v.Number(len(p.Rows)), Link: base, On: show == ""}}
	for _, one := range intake.Verdicts() {
		v.Tabs = append(v.Tabs, page.Tab{Label: v.T("members.verdict." + string(one)), Count: v.Number(p.Counts[one]), Link: base + "&show=" + string(one), On: show == one})
	}
	from, _ := strconv.Atoi(q.Get("from"))
	v.Writes, v.Seen = p.Writes(), p.Seen
	v.Here = base + "&show=" + url.QueryEscape(string(show)) + "&from=" + strconv.Itoa(from)
	seen := 0
	for _, row := range p.Rows {
		if show != "" && row.Verdict != show {
			continue
		}
		seen++
		if seen <= from {
			continue
		}
		if len(v.Rows) == previewRows {
			v.Next = base + "&show=" + url.QueryEscape(string(show)) + "&from=" + strconv.Itoa(from+previewRows)
			break
		}
		v.Rows = append(v.Rows, v.row(row, p.Details))
	}
	if from > 0 {
		v.First = base + "&show=" + url.QueryEscape(string(show))
	}
	if len(v.Rows) > 0 {
		v.Note = v.T("members.import.lines", "first", v.Rows[0].Line, "last", v.Rows[len(v.Rows)-1].Line)
	}
}

var verdictSigns = map[intake.Verdict]struct {
	tone page.Tone
	icon string
}{intake.WillAdd: {"ok", "plus"}, intake.IsLike: {"warn", "search"}, intake.WillChange: {"warn", "rewrite"}, intake.IsSame: {"none", "taken"}, intake.IsWrong: {"error", "warn"}}

func (v *previewView) row(row intake.Row, details []members.Detail) planRow {
	sign := verdictSigns[row.Verdict]
	out := planRow{Line: strconv.Itoa(row.Line), Name: dash(row.New.Name), Place: dash(row.New.Place), Kind: word(v.Frame, "kind", row.New.Kind), Tone: sign.tone, Icon: sign.icon, Verdict: v.T("members.verdict." + string(row.Verdict)), Choice: string(row.Choice)}
	if row.Why != nil {
		out.Why = v.T(row.Why.Key, row.Why.Args...)
	}
	if row.Namesake {
		out.Select = "c" + out.Line
		out.Choices = []page.Option{{Value: "", Label: v.T("members.choice.skip")}, {Value: string(intake.AsNew), Label: v.T("members.choice.new")}}
	}
	if row.Why != nil || row.Namesake {
		return out
	}
	for _, c := range row.Changes {
		label, from, to := v.change(c, details)
		pieces := []page.Piece{{Text: label + ": "}}
		if from != "" {
			pieces = append(pieces, page.Piece{Kind: "del", Text: shorten(from, 200)}, page.Piece{Text: " "})
		}
		out.Pieces = append(out.Pieces, append(pieces, page.Piece{Kind: "ins", Text: shorten(to, 200)}))
	}
	if row.Agent != nil {
		out.Pieces = append(out.Pieces, []page.Piece{{Text: v.T("members.agent") + ": "}, {Kind: "ins", Text: strings.TrimSpace(row.Agent.Name + " " + row.Agent.Email)}})
	}
	for _, r := range row.Register {
		out.Pieces = append(out.Pieces, []page.Piece{{Text: word(v.Frame, "registry", r.In) + ": "}, {Kind: "ins", Text: r.Number}})
	}
	if len(row.Tags) > 0 {
		out.Pieces = append(out.Pieces, []page.Piece{{Text: v.T("members.tags") + ": "}, {Kind: "ins", Text: strings.Join(row.Tags, ", ")}})
	}
	if row.Verdict == intake.IsSame {
		return out
	}
	out.Select = "c" + out.Line
	out.Choices = []page.Option{{Value: "", Label: v.T("members.choice." + string(row.Verdict))}}
	if row.ByName {
		out.Choices[0].Label = v.T("members.choice.change")
		out.Choices = append(out.Choices, page.Option{Value: string(intake.AsNew), Label: v.T("members.choice.new")})
	}
	for _, b := range row.Like {
		out.Choices = append(out.Choices, page.Option{Value: string(b.ID), Label: v.T("members.choice.is", "name", strings.TrimSuffix(b.Name+", "+b.Place, ", "))})
	}
	out.Choices = append(out.Choices, page.Option{Value: string(intake.Skip), Label: v.T("members.choice.skip")})
	return out
}

// change is what a row changes, as people say it.
func (v *previewView) change(c intake.Change, details []members.Detail) (label, from, to string) {
	for _, d := range details {
		if d.Field() == c.Field {
			return d.Label, shown(v.Frame, d, c.From), shown(v.Frame, d, c.To)
		}
	}
	say := func(s string) string { return s }
	switch c.Field {
	case "field", "fields":
		say = func(s string) string { return wordsOf(v.Frame, "field", strings.Fields(s)) }
	case "region":
		say = func(s string) string { return word(v.Frame, "region", s) }
	case "lang":
		say = langName
	case "languages":
		say = func(s string) string { return langNames(strings.Fields(s)) }
	case "interest_since":
		say = func(s string) string { return dayText(v.Frame, s) }
	}
	return v.T("members." + c.Field), say(c.From), say(c.To)
}

// showImport shows an import that is no longer looked at: how far it is, or what it did.
func (s *Site) showImport(w http.ResponseWriter, r *http.Request, v previewView, i intake.Import) error {
	v.Title = v.T("members.import." + string(i.State))
	switch i.State {
	case intake.Done:
		v.Lead = v.T("members.import.result", "added", v.T("members.import.added", "n", i.Added), "changed", v.T("members.import.changed_n", "n", i.Changed), "passed", v.T("members.import.passed", "n", i.Passed))
	case intake.Waiting, intake.Undoing:
		v.Lead = v.T("members.import." + string(i.State) + ".lead")
		if s.jobs == nil {
			break
		}
		e, err := s.jobs.Get(r.Context(), v.Actor, i.Job)
		if err != nil {
			return err
		}
		v.Done, v.Total, v.Job = e.Done, e.Total, "/house/jobs/"+string(e.ID)
		if e.State == jobs.Failed || e.State == jobs.Cancelled {
			v.Lead = v.T("members.import.failed")
		}
	default:
		v.Lead = v.T("members.import." + string(i.State) + ".lead")
	}
	return page.Render(w, r, importPage(v))
}

// decide does what the office says of an import: POST /members/import/preview?i=ID.
func (s *Site) decide(w http.ResponseWriter, r *http.Request) error {
	ctx, by, id := r.Context(), auth.From(r.Context()), r.URL.Query().Get("i")
	var in struct {
		Do        string `form:"do"`
		Seen      string `form:"seen"`
		Here      string `form:"here"`
		Next      string `form:"next"`
		Otherwise string `form:"otherwise"`
	}
	if err := by.Must(members.Write); err != nil {
		return err
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	to := page.Local(in.Here)
	if !strings.HasPrefix(to, "/members/import/preview?") {
		to = previewPath(id)
	}
	var err error
	switch in.Do {
	case "drop":
		if err = s.intake.Drop(ctx, by, id); err == nil {
			return page.Go(w, r, "/members/import", "said.members.import.dropped")
		}
	case "columns":
		if err = s.intake.Map(ctx, by, id, mappingOf(r.Form, members.Kind(in.Otherwise))); err == nil {
			return page.Go(w, r, previewPath(id), "said.members.import.mapped")
		}
	case "next":
		if err = s.intake.Choose(ctx, by, id, choicesOf(r.Form)); err == nil {
			return page.Go(w, r, page.Local(in.Next), "")
		}
	case "save":
		if err = s.intake.Choose(ctx, by, id, choicesOf(r.Form)); err == nil {
			return page.Go(w, r, to, "said.members.import.chosen")
		}
	case "go":
		if err = s.commit(r, id, in.Seen); err == nil {
			return page.Go(w, r, previewPath(id), "")
		}
	default:
		return fault.New(fault.Invalid, "form.broken")
	}
	return s.showPreview(w, r, err)
}

// commit takes the choices of the page, and writes the import if the plan was
// still the one that the page showed.
func (s *Site) commit(r *http.Request, id, seen string) error {
	ctx, by, today := r.Context(), auth.From(r.Context()), s.site.Today()
	p, err := s.intake.Preview(ctx, by, id, today)
	if err != nil {
		return err
	}
	if choices := choicesOf(r.Form); p.Seen == seen && len(choices) > 0 {
		if err := s.intake.Choose(ctx, by, id, choices); err != nil {
			return err
		}
		if p, err = s.intake.Preview(ctx, by, id, today); err != nil {
			return err
		}
		seen = p.Seen
	}
	_, err = s.intake.Commit(ctx, by, id, seen, today)
	return err
}

func mappingOf(form url.Values, otherwise members.Kind) intake.Mapping {
	m := intake.Mapping{Otherwise: otherwise}
	for i := 0; form["col"+strconv.Itoa(i)] != nil; i++ {
		m.Columns = append(m.Columns, intake.Column(form.Get("col"+strconv.Itoa(i))))
	}
	return m
}

func choicesOf(form url.Values) map[int]intake.Choice {
	list := map[int]intake.Choice{}
	for name, values := range form {
		digits, ok := strings.CutPrefix(name, "c")
		if line, err := strconv.Atoi(digits); ok && err == nil {
			list[line] = intake.Choice(values[0])
		}
	}
	return list
}

// undo asks, and takes the last import back: /members/import/undo?i=ID.
func (s *Site) undo(w http.ResponseWriter, r *http.Request) error {
	by, id := auth.From(r.Context()), r.URL.Query().Get("i")
	i, err := s.intake.Import(r.Context(), by, id)
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	if r.Method == http.MethodPost {
		if _, err = s.intake.Undo(r.Context(), by, id); err == nil {
			return page.Go(w, r, "/members", "said.members.import.undone")
		}
		if !f.Blame(err) {
			return err
		}
	}
	f.Title = f.T("members.undo.ask", "file", i.Name)
	q := page.Question{
		Frame: f, Ask: f.Title, Text: f.T("members.undo.text", "added", f.T("members.import.added", "n", i.Added), "changed", f.T("members.import.changed_n", "n", i.Changed)),
		Do: f.T("members.undo"), Danger: true, Action: "/members/import/undo?i=" + url.QueryEscape(id), Back: "/members/import", BackLabel: f.T("members.back"),
		Crumbs: crumbs(f, page.Crumb{Label: f.T("members.import"), Link: "/members/import"}, page.Crumb{Label: f.T("members.undo")}),
	}
	return page.RenderStatus(w, r, f.Again(), page.Confirm(q))
}
