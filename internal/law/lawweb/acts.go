package lawweb

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// An actsView is all that the list of acts can show.
type actsView struct {
	page.Frame
	Query       string
	Kinds       []page.Tab
	Rows        []page.Row
	First, Next string // links; empty on the first page, on the last
	Files       []page.Crumb
	New         bool // the actor may take texts in
	Bare        bool // there is none, whatever is asked for
}

// acts shows a page of the acts: GET /acts?q=kultura&kind=statute&after=zujik.
func (s *Site) acts(w http.ResponseWriter, r *http.Request) error {
	by, q := auth.From(r.Context()), actsQuery(r, 50)
	list, err := s.desk.Acts(r.Context(), by, q)
	if err != nil {
		return err
	}
	v := actsView{Frame: s.site.Frame(r, Section, ""), Query: q.Text, New: by.Can(corpus.Write)}
	v.Title, v.Bare = v.T("law.acts"), len(list) == 0 && q.Text+string(q.Kind)+string(q.After) == ""
	v.Kinds = []page.Tab{{Label: v.T("law.kind.all"), Link: string(v.moved("kind", "")), On: q.Kind == ""}}
	for _, k := range corpus.Kinds {
		v.Kinds = append(v.Kinds, page.Tab{Label: v.T("law.kind." + string(k)), Link: string(v.moved("kind", string(k))), On: q.Kind == k})
	}
	for _, a := range list {
		v.Rows = append(v.Rows, page.Row{
			When: a.Name(), WhenNote: v.T("law.kind.one." + string(a.Kind)), Title: a.Title, Link: actLink(a.ID), Lang: a.Lang,
			Meta: v.T("law.versions.n", "n", a.Versions),
		})
		if a.Short == "" {
			v.Rows[len(v.Rows)-1].When = ""
		}
	}
	filter := url.Values{"q": {q.Text}, "kind": {string(q.Kind)}}.Encode()
	v.Files = []page.Crumb{{Label: "CSV", Link: "/acts.csv?" + filter}, {Label: "JSON", Link: "/api/v1/acts?q=" + url.QueryEscape(q.Text)}}
	if q.After != "" {
		v.First = string(v.With("after", ""))
	}
	if len(list) == q.Limit {
		v.Next = string(v.With("after", string(list[len(list)-1].ID)))
	}
	return page.Render(w, r, actsPage(v))
}

func actsQuery(r *http.Request, limit int) corpus.Query {
	in := r.URL.Query()
	return corpus.Query{Text: in.Get("q"), Kind: corpus.Kind(in.Get("kind")), After: law.ActID(in.Get("after")), Limit: limit}
}

// actsCSV is the whole list as a table, with the filters of the page:
// GET /acts.csv?q=kultura&kind=statute.
func (s *Site) actsCSV(w http.ResponseWriter, r *http.Request) error {
	f, q := s.site.Frame(r, Section, ""), actsQuery(r, 500)
	rows := [][]string{{f.T("law.csv.short"), f.T("law.csv.title"), f.T("law.kind"), f.T("law.versions"), f.T("law.fact.address")}}
	for {
		list, err := s.desk.Acts(r.Context(), auth.From(r.Context()), q)
		if err != nil {
			return err
		}
		for _, a := range list {
			rows = append(rows, []string{a.Short, a.Title, f.T("law.kind.one." + string(a.Kind)), strconv.Itoa(a.Versions), f.House.URL + actLink(a.ID)})
		}
		if len(list) < q.Limit {
			return page.Table(w, "acts.csv", rows)
		}
		q.After = list[len(list)-1].ID
	}
}

// moved is the page with one filter changed, from its start.
func (v actsView) moved(name, value string) string {
	u, _ := url.Parse(string(v.With(name, value)))
	q := u.Query()
	q.Del("after")
	u.RawQuery = q.Encode()
	return u.String()
}

func actLink(id law.ActID) string { return "/acts/" + url.PathEscape(string(id)) }

func versionLink(v corpus.Version) string { return actLink(v.Act) + "/" + string(v.ID) }

// A newForm is a text as a person hands it in.
type newForm struct {
	Act    string     `form:"act"`
	Title  string     `form:"title"`
	Short  string     `form:"short"`
	Kind   string     `form:"kind"`
	Stage  string     `form:"stage"`
	Label  string     `form:"label"`
	On     civil.Date `form:"on"`
	Source string     `form:"source"`
	Open   bool       `form:"open"`
	Text   string     `form:"text"`
}

type newView struct {
	page.Frame
	Act    string // the act that the text is a version of, if that is settled
	Name   string
	Fields []page.Field
	Open   page.Field
}

// newText asks for a text: GET /acts/new?act=zujik.
func (s *Site) newText(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(corpus.Write); err != nil {
		return err
	}
	v, err := s.newView(r, newForm{Act: r.URL.Query().Get("act"), Stage: string(corpus.InForce)})
	if err != nil {
		return err
	}
	return page.Render(w, r, newPage(v))
}

func (s *Site) newView(r *http.Request, in newForm) (newView, error) {
	v := newView{Frame: s.site.Frame(r, Section, ""), Act: in.Act}
	v.Title, v.Size = v.T("law.new"), "read"
	if in.Act != "" {
		a, err := s.desk.Act(r.Context(), v.Actor, law.ActID(in.Act))
		if err != nil {
			return v, err
		}
		v.Name = a.Name()
	}
	day := ""
	if !in.On.IsZero() {
		day = v.Date(in.On)
	}
	v.Fields = []page.Field{
		{Name: "text", Label: v.T("law.new.text"), Hint: v.T("law.new.text.hint"), Type: "law", Value: in.Text, Keep: "law.new", Lang: "sl"},
		{Name: "file", Label: v.T("law.new.file"), Hint: v.T("law.new.file.hint"), Type: "file", Accept: ".pdf,.docx,.odt,.html,.htm,.txt,.md"},
		{Name: "stage", Label: v.T("law.new.stage"), Type: "radio", Options: stageOptions(v.Frame, in.Stage)},
		{Name: "on", Label: v.T("law.new.on"), Hint: v.T("law.new.on.hint"), Type: "date", Value: day},
		{Name: "label", Label: v.T("law.new.label"), Hint: v.T("law.new.label.hint"), W: "m", Value: in.Label},
		{Name: "source", Label: v.T("law.new.source"), Hint: v.T("law.new.source.hint"), Value: in.Source},
	}
	if in.Act == "" {
		v.Fields = append(v.Fields,
			page.Field{Name: "title", Label: v.T("law.new.title"), Hint: v.T("law.new.title.hint"), Value: in.Title},
			page.Field{Name: "short", Label: v.T("law.new.short"), W: "s", Value: in.Short},
			page.Field{Name: "kind", Label: v.T("law.new.kind"), Type: "select", W: "m", Value: in.Kind, Options: kindOptions(v.Frame)},
		)
	}
	v.Open = page.Field{Name: "open", Label: v.T("law.new.open"), Hint: v.T("law.new.open.hint"), Type: "checkbox"}
	if in.Open {
		v.Open.Value = "1"
	}
	return v, nil
}

func stageOptions(f page.Frame, on string) []page.Option {
	var list []page.Option
	for _, st := range corpus.Stages {
		list = append(list, page.Option{Value: string(st), Label: f.T("law.stage." + string(st)), Hint: f.T("law.stage.hint." + string(st)), On: on == string(st)})
	}
	return list
}

func kindOptions(f page.Frame) []page.Option {
	list := []page.Option{{Label: f.T("law.kind.guess")}}
	for _, k := range corpus.Kinds {
		list = append(list, page.Option{Value: string(k), Label: f.T("law.kind.one." + string(k))})
	}
	return list
}

// add takes a text in: POST /acts.
func (s *Site) add(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(corpus.Write); err != nil {
		return err
	}
	var in newForm
	err := page.Decode(r, &in)
	g := corpus.Given{
		Act: law.ActID(in.Act), Title: in.Title, Short: in.Short, Kind: corpus.Kind(in.Kind), Stage: corpus.Stage(in.Stage),
		Label: in.Label, On: in.On, Source: in.Source, Open: in.Open, Text: in.Text,
	}
	if err == nil {
		err = s.file(r, &g)
	}
	var added corpus.Version
	if err == nil {
		added, err = s.desk.Add(r.Context(), by, g)
	}
	if err == nil {
		return page.Go(w, r, versionLink(added), "said.law.added")
	}
	v, e := s.newView(r, in)
	if e != nil {
		return e
	}
	if !v.Blame(err) {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), newPage(v))
}

// file puts the words of an uploaded file in the place of the text.
func (s *Site) file(r *http.Request, g *corpus.Given) error {
	f, head, err := r.FormFile("file")
	if err != nil || head.Size == 0 {
		return nil // no file was given
	}
	defer f.Close()
	read := s.read
	if read == nil {
		read = asText
	}
	if g.Text, g.Blob, err = read(r.Context(), head.Filename, f); err != nil {
		return err
	}
	if g.Source == "" {
		g.Source = head.Filename
	}
	return nil
}

// asText reads a file that is text already.
func asText(_ context.Context, name string, r io.Reader) (text, blob string, err error) {
	if !strings.HasSuffix(name, ".txt") && !strings.HasSuffix(name, ".md") {
		return "", "", fault.In("file", "law.file.unread")
	}
	whole, err := io.ReadAll(io.LimitReader(r, corpus.MaxText+1))
	return string(whole), "", err
}
