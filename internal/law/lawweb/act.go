package lawweb

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// An actView is all that the page of a version can show.
type actView struct {
	page.Frame
	Act      corpus.Act
	Version  corpus.Version
	Tree     *lawtext.Act
	Kicker   string
	Lead     string
	On       string // the day that was asked for
	OnWrong  string // why no version of that day is shown
	Versions []versionRow
	Contents []chapter
	Facts    []page.Fact
	Files    []page.Crumb
	Compare  string // link; empty if there is one version only
	Add      string // link; empty if the actor may not
	Open     string // link to make it public; empty if it is, or the actor may not
	Notes    []string
	More     int // notes that are not listed
}

// A versionRow is a version on the timeline.
type versionRow struct {
	At, Name, When, Link, Changes string
	On, Closed                    bool
}

// A chapter is an entry of the contents: what stands at the top of the act, with
// all that is under it, or an amending act. The articles before the first have no
// name.
type chapter struct {
	Name, Link string
	Articles   []page.Crumb
}

// act shows the text of a day: GET /acts/zujik?on=2024-05-01; of today if there
// is none in the query.
func (s *Site) act(w http.ResponseWriter, r *http.Request) error {
	ctx, by := r.Context(), auth.From(r.Context())
	a, err := s.desk.Act(ctx, by, law.ActID(r.PathValue("act")))
	if err != nil {
		return err
	}
	asked := r.URL.Query().Get("on")
	on := s.site.Today()
	wrong := ""
	if strings.TrimSpace(asked) != "" {
		if on, err = day(asked); err != nil {
			on, wrong = s.site.Today(), "form.date"
		}
	}
	v, err := s.desk.At(ctx, by, a.ID, on)
	if fault.Is(err, fault.Missing) {
		if asked != "" && wrong == "" {
			wrong = "law.on.none"
		}
		v, err = s.desk.Version(ctx, by, a.Latest)
	}
	if err != nil {
		return err
	}
	return s.show(w, r, a, v, asked, wrong)
}

// day reads a day as a link has it, or as people type it.
func day(s string) (civil.Date, error) {
	if d, err := civil.Parse(s); err == nil {
		return d, nil
	}
	return civil.ParseHuman(s)
}

// version shows a text: GET /acts/zujik/01hk…, and with .txt or .json behind it
// the same as data.
func (s *Site) version(w http.ResponseWriter, r *http.Request) error {
	id, ext, _ := strings.Cut(r.PathValue("version"), ".")
	a, v, err := s.find(r, id)
	if err != nil {
		return err
	}
	switch ext {
	case "":
		return s.show(w, r, a, v, "", "")
	case "txt", "json":
		return s.export(w, r, v, ext)
	}
	return fault.New(fault.Missing, "page.missing")
}

// find returns a version under the address of its act.
func (s *Site) find(r *http.Request, id string) (corpus.Act, corpus.Version, error) {
	by := auth.From(r.Context())
	v, err := s.desk.Version(r.Context(), by, law.VersionID(id))
	if err != nil {
		return corpus.Act{}, v, err
	}
	if string(v.Act) != r.PathValue("act") {
		return corpus.Act{}, v, fault.New(fault.Missing, "law.version.missing")
	}
	a, err := s.desk.Act(r.Context(), by, v.Act)
	return a, v, err
}

func (s *Site) show(w http.ResponseWriter, r *http.Request, a corpus.Act, version corpus.Version, on, wrong string) error {
	ctx, by := r.Context(), auth.From(r.Context())
	tree, err := s.desk.Tree(ctx, by, version.ID)
	if err != nil {
		return err
	}
	contents, err := s.desk.Articles(ctx, by, version.ID)
	if err != nil {
		return err
	}
	versions, err := s.desk.Versions(ctx, by, a.ID)
	if err != nil {
		return err
	}
	v := actView{Frame: s.site.Frame(r, Section, a.Name()), Act: a, Version: version, Tree: tree, On: on}
	if wrong != "" {
		v.OnWrong = v.T(wrong)
	}
	v.Kicker, v.Lead = name(v.Frame, version), lead(v.Frame, version)
	v.Foot = fmt.Sprintf("%s · %s%s · %s", a.Name(), v.House.URL, versionLink(version), version.Hash[:8])
	v.Versions = timeline(v.Frame, versions, version)
	v.Contents = chapters(contents, tree)
	v.Facts = facts(v.Frame, version)
	link := versionLink(version)
	v.Files = []page.Crumb{{Label: v.T("law.file.txt"), Link: link + ".txt"}, {Label: v.T("law.file.json"), Link: link + ".json"}}
	if len(versions) > 1 {
		v.Compare = actLink(a.ID) + "/compare"
	}
	if by.Can(corpus.Write) {
		v.Add = "/acts/new?act=" + string(a.ID)
		if !version.Open {
			v.Open = link + "/open"
		}
		v.Notes, v.More = notes(v.Frame, tree)
	}
	return page.Render(w, r, actPage(v))
}

// name is how a version is called in a line.
func name(f page.Frame, v corpus.Version) string {
	s := f.T("law.stage." + string(v.Stage))
	if v.Label != "" {
		s = v.Label
	}
	if v.On.IsZero() {
		return s
	}
	return s + ", " + f.Date(v.On)
}

func lead(f page.Frame, v corpus.Version) string {
	s := f.T("law.lead." + string(v.Stage))
	if !v.On.IsZero() {
		s = f.T("law.lead.on."+string(v.Stage), "day", f.Long(v.On))
	}
	if v.Articles > 0 {
		s += " " + f.T("law.lead.articles", "n", v.Articles)
	}
	return s
}

// timeline is the versions, newest first; what may come is dashed.
func timeline(f page.Frame, versions []corpus.Version, shown corpus.Version) []versionRow {
	rows := make([]versionRow, len(versions))
	today, found := f.Today, false
	for i, v := range versions {
		row := versionRow{At: "done", Name: f.T("law.stage." + string(v.Stage)), When: f.Date(v.On), Link: versionLink(v), On: v.ID == shown.ID, Closed: !v.Open}
		if v.Label != "" {
			row.Name += ": " + v.Label
		}
		switch {
		case v.Stage == corpus.InForce && !v.On.After(today) && !found:
			row.At, found = "now", true
		case ahead(v, today):
			row.At = "next"
		}
		if old := before(versions[i+1:]); old != "" && v.Stage != corpus.Amending {
			row.Changes = actLink(v.Act) + "/compare?a=" + string(old) + "&b=" + string(v.ID)
		}
		rows[i] = row
	}
	return rows
}

// ahead reports whether the version is of what may come.
func ahead(v corpus.Version, today civil.Date) bool {
	return v.Stage == corpus.Draft || v.Stage == corpus.Adopted || v.On.After(today)
}

// before is what a reader compares with: the last text in force, else the last
// of all.
func before(older []corpus.Version) law.VersionID {
	var last law.VersionID
	for _, o := range older {
		if o.Stage == corpus.InForce {
			return o.ID
		}
		if last == "" && o.Stage != corpus.Amending {
			last = o.ID
		}
	}
	return last
}

func chapters(contents []corpus.Provision, tree *lawtext.Act) []chapter {
	list := []chapter{{}}
	component := ""
	for _, p := range contents {
		if id, _, ok := strings.Cut(p.ID, "/"); ok && id != component {
			component = id
			list = append(list, chapter{Name: componentName(tree, id), Link: "#" + id})
		}
		last := &list[len(list)-1]
		divides := p.Kind != string(lawtext.Article) && p.Kind != string(lawtext.Annex)
		name := joined(p.Label, p.Heading)
		switch {
		case divides && (component != "" || saysTitle(tree, name)):
		case divides && p.Depth == 0:
			list = append(list, chapter{Name: name, Link: "#" + p.ID})
		default:
			last.Articles = append(last.Articles, page.Crumb{Label: name, Link: "#" + p.ID})
		}
	}
	if len(list[0].Articles) == 0 {
		list = list[1:]
	}
	return list
}

func componentName(tree *lawtext.Act, id string) string {
	for _, c := range tree.Components {
		if c.ID == id {
			return corpus.ComponentName(c)
		}
	}
	return id
}

func facts(f page.Frame, v corpus.Version) []page.Fact {
	list := []page.Fact{
		{Label: f.T("law.fact.stage"), Value: f.T("law.stage." + string(v.Stage))},
		{Label: f.T("law.fact.on"), Value: f.Date(v.On)},
	}
	if v.Source != "" {
		one := page.Fact{Label: f.T("law.fact.source"), Value: v.Source, ID: true}
		if strings.HasPrefix(v.Source, "https://") || strings.HasPrefix(v.Source, "http://") {
			one.Link = v.Source
		}
		list = append(list, one)
	}
	who := "law.fact.closed"
	if v.Open {
		who = "law.fact.open"
	}
	return append(list,
		page.Fact{Label: f.T("law.fact.readers"), Value: f.T(who)},
		page.Fact{Label: f.T("law.fact.address"), Value: f.House.URL + versionLink(v), Link: versionLink(v), ID: true},
		page.Fact{Label: f.T("law.fact.hash"), Value: v.Hash[:16], ID: true})
}

// notes are the guesses of the reader that a person should look at. That
// paragraphs without numbers were counted is true of every older act.
func notes(f page.Frame, tree *lawtext.Act) (list []string, more int) {
	const most = 20
	for _, n := range tree.Notes {
		if n.Key == "implied-number" {
			continue
		}
		if len(list) == most {
			more++
			continue
		}
		words := n.Key
		if key := "law.note." + n.Key; f.Has(key) {
			words = f.T(key)
		}
		if n.Text != "" {
			words += ": " + n.Text
		}
		list = append(list, words)
	}
	return list, more
}

// export writes a text as data.
func (s *Site) export(w http.ResponseWriter, r *http.Request, v corpus.Version, ext string) error {
	tree, err := s.desk.Tree(r.Context(), auth.From(r.Context()), v.ID)
	if err != nil {
		return err
	}
	file := strings.TrimSuffix(string(v.Act)+"-"+v.On.String(), "-") + "." + ext
	w.Header().Set("Content-Disposition", `inline; filename="`+file+`"`)
	if ext == "txt" {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, err = w.Write([]byte(lawtext.Print(tree)))
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(treeWire(v, tree))
}

// askOpen asks before a text is made public: GET /acts/zujik/01hk…/open.
func (s *Site) askOpen(w http.ResponseWriter, r *http.Request) error {
	a, v, err := s.find(r, r.PathValue("version"))
	if err == nil {
		err = auth.From(r.Context()).Must(corpus.Write)
	}
	if err != nil {
		return err
	}
	f := s.site.Frame(r, Section, "")
	f.Title = f.T("law.open.ask")
	return page.Render(w, r, page.Confirm(page.Question{
		Frame: f, Crumbs: []page.Crumb{{Label: f.T("law.acts"), Link: "/acts"}, {Label: a.Name(), Link: versionLink(v)}, {Label: f.Title}},
		Ask: f.Title, Text: f.T("law.open.text", "name", a.Name()+", "+name(f, v)), Do: f.T("law.open.do"),
		Action: versionLink(v) + "/open", Back: versionLink(v), BackLabel: f.T("law.open.back"),
	}))
}

// open makes a text public: POST /acts/zujik/01hk…/open.
func (s *Site) open(w http.ResponseWriter, r *http.Request) error {
	_, v, err := s.find(r, r.PathValue("version"))
	if err == nil {
		err = s.desk.Open(r.Context(), auth.From(r.Context()), v.ID)
	}
	if err != nil {
		return err
	}
	return page.Go(w, r, versionLink(v), "said.law.opened")
}
