package lawweb

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// A comparison is two versions and what is between them.
type comparison struct {
	Act      corpus.Act
	Versions []corpus.Version
	Old, New corpus.Version
	Changes  []lawdiff.Change
}

// newest is the newest text, which may be a draft, and what was in force before
// it. An amending act is no text to compare with, unless there is no other.
func newest(versions []corpus.Version) (a, b law.VersionID) {
	for i, v := range versions {
		if v.Stage == corpus.Amending {
			continue
		}
		if a = before(versions[i+1:]); a == "" {
			a = v.ID
		}
		return a, v.ID
	}
	return versions[0].ID, versions[0].ID
}

// between reads what the query asks for: ?a=…&b=…&all=1. Without a and b it is
// the newest text and what was in force before it.
func (s *Site) between(r *http.Request) (c comparison, err error) {
	ctx, by, q := r.Context(), auth.From(r.Context()), r.URL.Query()
	if c.Act, err = s.desk.Act(ctx, by, law.ActID(r.PathValue("act"))); err != nil {
		return c, err
	}
	if c.Versions, err = s.desk.Versions(ctx, by, c.Act.ID); err != nil {
		return c, err
	}
	a, b := newest(c.Versions)
	if id := q.Get("a"); id != "" {
		a = law.VersionID(id)
	}
	if id := q.Get("b"); id != "" {
		b = law.VersionID(id)
	}
	if c.Old, err = s.desk.Version(ctx, by, a); err != nil {
		return c, err
	}
	if c.New, err = s.desk.Version(ctx, by, b); err != nil {
		return c, err
	}
	// One of the two is of this act; a draft may be filed as another.
	if c.Old.Act != c.Act.ID && c.New.Act != c.Act.ID {
		return c, fault.New(fault.Missing, "law.version.missing")
	}
	c.Changes, err = s.desk.CompareAll(ctx, by, a, b)
	return c, err
}

// A block is what changed in one article, or in what stands outside of articles.
type block struct {
	id      string // of the article
	changes []lawdiff.Change
}

// blocks gathers the changes by article, in their order.
func (c *comparison) blocks(all bool) []block {
	var list []block
	last := block{}
	keep := func() {
		for _, ch := range last.changes {
			if all || ch.Kind != lawdiff.Unchanged {
				list = append(list, last)
				return
			}
		}
	}
	for _, ch := range c.Changes {
		if ch.Kind == lawdiff.Unchanged && !all {
			continue
		}
		id, _, _ := strings.Cut(side(ch).ID, "__")
		if id != last.id {
			keep()
			last = block{id: id}
		}
		last.changes = append(last.changes, ch)
	}
	keep()
	return list
}

// side is the provision that a change is told by: the new one, if it is there.
func side(c lawdiff.Change) *lawtext.Node {
	if c.New != nil {
		return c.New
	}
	return c.Old
}

// A compareView is all that the comparison can show.
type compareView struct {
	page.Frame
	Act        corpus.Act
	Old, New   string // names
	OldOptions []page.Option
	NewOptions []page.Option
	Shown      []page.Tab
	Files      []page.Crumb
	Draft      string // the amending act, for those who write
	Lead       string
	Blocks     []blockView
	LawLang    string
	SourceNote string
	SourceLink string
	Alone      bool // there is one version only: nothing to compare
}

// A blockView is an article with its changes beside each other.
type blockView struct {
	ID, Title  string
	Tag        string
	Place      string // "2 of 7"
	Prev, Next string // anchors
	No         int
	Rows       []changeRow
	Why        []whyView
}

type changeRow struct {
	Label    string
	Was, Now []page.Piece
	NoOld    bool // came with the new version
	NoNew    bool // is gone with it
}

// A whyView is a remark of the office, or an instruction of an amending act.
type whyView struct {
	Text, By string
	Link     string // to the amending act
	Lang     string // of an instruction
	Exact    string // that it gives just the new text
}

// compare shows what changed: GET /acts/zujik/compare?a=01hk…&b=01hm…&all=1.
func (s *Site) compare(w http.ResponseWriter, r *http.Request) error {
	c, err := s.between(r)
	if err != nil {
		return err
	}
	remarks, err := s.desk.Remarks(r.Context(), auth.From(r.Context()), c.New.ID)
	if err != nil {
		return err
	}
	reasons, err := s.desk.Why(r.Context(), auth.From(r.Context()), c.Old.ID, c.New.ID)
	if err != nil {
		return err
	}
	f := s.site.Frame(r, Section, "")
	titles, err := s.titles(r, c)
	if err != nil {
		return err
	}
	all := r.URL.Query().Get("all") != ""
	v := compareView{Frame: f, Act: c.Act, LawLang: c.New.Lang, Alone: len(c.Versions) < 2}
	v.Title, v.Size = v.T("law.compare.title", "name", c.Act.Name()), "wide"
	v.Old, v.New = name(v.Frame, c.Old), name(v.Frame, c.New)
	v.OldOptions, v.NewOptions = options(v.Frame, c, c.Old), options(v.Frame, c, c.New)
	changed := c.blocks(false)
	blocks := changed
	if all {
		blocks = c.blocks(true)
	}
	if len(changed) > 0 {
		v.Lead = v.T("law.compare.lead", "n", len(changed))
	}
	v.Shown = []page.Tab{
		{Label: v.T("law.compare.changed"), Count: v.Number(len(changed)), Link: string(v.With("all", "")), On: !all},
		{Label: v.T("law.compare.all"), Link: string(v.With("all", "1")), On: all},
	}
	query := "?a=" + string(c.Old.ID) + "&b=" + string(c.New.ID)
	for _, ext := range []string{"csv", "json"} {
		v.Files = append(v.Files, page.Crumb{Label: strings.ToUpper(ext), Link: actLink(c.Act.ID) + "/compare." + ext + query})
	}
	if len(changed) > 0 && v.Actor.Must(corpus.Write) == nil {
		v.Draft = actLink(c.Act.ID) + "/amending" + query
	}
	v.Foot = fmt.Sprintf("%s · %s · %s", v.Title, v.House.URL+actLink(c.Act.ID)+"/compare"+query, c.New.Hash[:8])
	v.SourceNote, v.SourceLink = v.New, versionLink(c.New)
	v.Blocks = blockViews(v.Frame, blocks, titles, s.why(v.Frame, remarks, reasons))
	return page.Render(w, r, comparePage(v))
}

// options are the versions to choose from, and the one that is shown even if it
// is of another act.
func options(f page.Frame, c comparison, on corpus.Version) []page.Option {
	var list []page.Option
	found := false
	for _, v := range c.Versions {
		list = append(list, page.Option{Value: string(v.ID), Label: name(f, v), On: v.ID == on.ID})
		found = found || v.ID == on.ID
	}
	if !found {
		list = append(list, page.Option{Value: string(on.ID), Label: name(f, on), On: true})
	}
	return list
}

func blockViews(f page.Frame, blocks []block, titles map[string]string, why map[string][]whyView) []blockView {
	list := make([]blockView, len(blocks))
	for i, b := range blocks {
		v := blockView{ID: anchor(i), Title: titleOf(f, b, titles), Tag: f.T("law.change." + string(b.kind())), Place: f.T("law.compare.place", "k", i+1, "n", len(blocks))}
		if i > 0 {
			v.Prev = "#" + anchor(i-1)
		}
		if i+1 < len(blocks) {
			v.Next = "#" + anchor(i+1)
		}
		v.No, v.Why = i+1, why[b.id]
		for _, ch := range b.changes {
			v.Rows = append(v.Rows, rowOf(ch))
		}
		list[i] = v
	}
	return list
}

// why gathers the reasons and the remarks by article.
func (s *Site) why(f page.Frame, remarks map[string]corpus.Remark, reasons map[string][]corpus.Reason) map[string][]whyView {
	why := map[string][]whyView{}
	for id, list := range reasons {
		for _, one := range list {
			v := whyView{
				Text: one.Words, By: f.T("law.compare.why.of", "act", name(f, one.By), "article", one.Article),
				Link: versionLink(one.By) + "#art_" + one.Article, Lang: one.By.Lang,
			}
			if one.Exact {
				v.Exact = f.T("law.compare.why.exact")
			}
			why[id] = append(why[id], v)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(remarks)) {
		article, _, _ := strings.Cut(id, "__")
		one := remarks[id]
		why[article] = append(why[article], whyView{Text: one.Text, By: one.Name + ", " + f.Moment(s.site.Local(one.At))})
	}
	return why
}

func anchor(i int) string { return fmt.Sprintf("c%d", i+1) }

// kind is what happened to the article as a whole.
func (b block) kind() lawdiff.Kind {
	kind := lawdiff.Unchanged
	for _, c := range b.changes {
		if side(c).ID == b.id && (c.Kind == lawdiff.Inserted || c.Kind == lawdiff.Deleted) {
			return c.Kind
		}
		switch {
		case c.Kind == lawdiff.Unchanged:
		case kind == lawdiff.Unchanged:
			kind = c.Kind
		case kind != c.Kind:
			kind = lawdiff.Rewritten
		}
	}
	if kind == lawdiff.Inserted || kind == lawdiff.Deleted {
		return lawdiff.Rewritten // a part of the article came or went
	}
	return kind
}

// titleOf calls a block by its article.
func titleOf(f page.Frame, b block, titles map[string]string) string {
	if s := titles[b.id]; s != "" {
		return s
	}
	n := side(b.changes[0])
	if s := joined(n.Label, n.Heading); s != "" {
		return s
	}
	return f.T("law.outside")
}

// titles are the articles and chapters of both versions as they are called, by ID.
func (s *Site) titles(r *http.Request, c comparison) (map[string]string, error) {
	titles := map[string]string{}
	for _, v := range []corpus.Version{c.Old, c.New} {
		list, err := s.desk.Articles(r.Context(), auth.From(r.Context()), v.ID)
		if err != nil {
			return nil, err
		}
		for _, p := range list {
			if titles[p.ID] = p.Cite; p.Kind == string(lawtext.Article) {
				titles[p.ID] = joined(p.Cite, p.Heading)
			}
		}
	}
	return titles, nil
}

func rowOf(c lawdiff.Change) changeRow {
	n := side(c)
	row := changeRow{Label: n.Label, NoOld: c.Kind == lawdiff.Inserted, NoNew: c.Kind == lawdiff.Deleted}
	switch {
	case c.Kind == lawdiff.Unchanged:
		row.add("", lawdiff.Own(n))
		return row
	case row.NoOld, row.NoNew: // the label came or went with the text
		row.Label = ""
	case c.Old.Label != c.New.Label:
		row.Label = ""
		row.add("del", c.Old.Label)
		row.add("ins", c.New.Label)
		row.add("", " ")
	}
	for i, e := range c.Edits {
		words := e.Text
		if i == 0 && (row.NoOld || row.NoNew) {
			words = joined(n.Label, words)
		}
		row.add(pieceKinds[e.Op], words)
	}
	return row
}

var pieceKinds = map[lawdiff.Op]string{lawdiff.Insert: "ins", lawdiff.Delete: "del"}

// add puts a piece where it is read: beside each other, the old text has no
// additions, and the new one shows its deletions only where there is one column.
func (r *changeRow) add(kind, words string) {
	if words == "" {
		return
	}
	if kind != "ins" {
		r.Was = append(r.Was, page.Piece{Kind: kind, Text: words})
	}
	r.Now = append(r.Now, page.Piece{Kind: kind, Text: words})
}

// A changeWire is a change as data.
type changeWire struct {
	Kind  string     `json:"kind"`
	Old   string     `json:"old,omitempty"` // address within the old version
	New   string     `json:"new,omitempty"`
	Label string     `json:"label,omitempty"`
	Was   string     `json:"was,omitempty"`
	Now   string     `json:"now,omitempty"`
	Edits []editWire `json:"edits"`
}

type editWire struct {
	Op   string `json:"op"`
	Text string `json:"text"`
}

func (c comparison) wire() []changeWire {
	list := []changeWire{}
	for _, ch := range c.Changes {
		if ch.Kind == lawdiff.Unchanged {
			continue
		}
		w := changeWire{Kind: string(ch.Kind), Label: side(ch).Label}
		if ch.Old != nil {
			w.Old = ch.Old.ID
		}
		if ch.New != nil {
			w.New = ch.New.ID
		}
		for _, e := range ch.Edits {
			w.Edits = append(w.Edits, editWire{string(e.Op), e.Text})
			if e.Op != lawdiff.Insert {
				w.Was += e.Text
			}
			if e.Op != lawdiff.Delete {
				w.Now += e.Text
			}
		}
		list = append(list, w)
	}
	return list
}

// compareJSON is the comparison as data: GET /acts/zujik/compare.json?a=…&b=….
func (s *Site) compareJSON(w http.ResponseWriter, r *http.Request) error {
	c, err := s.between(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(map[string]any{"old": versionWireOf(c.Old), "new": versionWireOf(c.New), "changes": c.wire()})
}

// compareCSV is the comparison as a table: GET /acts/zujik/compare.csv?a=…&b=….
func (s *Site) compareCSV(w http.ResponseWriter, r *http.Request) error {
	c, err := s.between(r)
	if err != nil {
		return err
	}
	f := s.site.Frame(r, Section, "")
	rows := [][]string{{f.T("law.csv.kind"), f.T("law.csv.old"), f.T("law.csv.new"), f.T("law.csv.was"), f.T("law.csv.now")}}
	for _, ch := range c.wire() {
		rows = append(rows, []string{f.T("law.change." + ch.Kind), ch.Old, ch.New, ch.Was, ch.Now})
	}
	return page.Table(w, string(c.Act.ID)+".csv", rows)
}
