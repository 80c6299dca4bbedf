package lawweb

import (
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// A provisionView is all that the page of one provision can show.
type provisionView struct {
	page.Frame
	Act      corpus.Act
	Version  corpus.Version
	At       string // the address within the version
	Cite     string
	Heading  string
	Lines    []string
	Quote    page.Field // the citation, to be copied
	Address  page.Field // the permalink, to be copied
	History  []versionRow
	Prev     page.Crumb // neighbours of the same kind; without a link at the ends
	Next     page.Crumb
	Back     string
	Remark   corpus.Remark
	Write    *page.Field // what the office says beside it; nil if the actor may not
	RemarkBy string
}

// provision shows one provision: GET /acts/zujik/01hk…/art_5__para_2.
func (s *Site) provision(w http.ResponseWriter, r *http.Request) error {
	v, err := s.provisionView(r, r.PathValue("provision"))
	if err != nil {
		return err
	}
	return page.Render(w, r, provisionPage(v))
}

func (s *Site) provisionView(r *http.Request, id string) (v provisionView, err error) {
	ctx, by := r.Context(), auth.From(r.Context())
	a, version, err := s.find(r, r.PathValue("version"))
	if err != nil {
		return v, err
	}
	list, err := s.desk.Provisions(ctx, by, version.ID, id)
	if err != nil {
		return v, err
	}
	p := list[0]
	history, err := s.desk.History(ctx, by, law.Address{Version: version.ID, Provision: p.ID})
	if err != nil {
		return v, err
	}
	remarks, err := s.desk.Remarks(ctx, by, version.ID)
	if err != nil {
		return v, err
	}
	v = provisionView{
		Frame: s.site.Frame(r, Section, p.Cite+", "+a.Name()), Act: a, Version: version, At: p.ID, Cite: p.Cite, Heading: p.Heading,
		Back: versionLink(version) + "#" + p.ID, Remark: remarks[p.ID],
	}
	if v.Lines = strings.Split(p.Full, "\n"); p.Kind == string(lawtext.Article) {
		v.Lines = withoutHead(v.Lines, p)
	}
	link := versionLink(version) + "/" + p.ID
	v.Foot = v.Title + " · " + v.House.URL + link + " · " + version.Hash[:8]
	v.Quote = page.Field{Name: "quote", Label: v.T("law.quote"), Value: cite(v.Frame, a, version, p), Lang: version.Lang}
	v.Address = page.Field{Name: "address", Label: v.T("law.address"), Value: v.House.URL + link}
	v.History = occurrences(v.Frame, history, p.ID, version.ID)
	if !v.Remark.At.IsZero() {
		v.RemarkBy = v.Remark.Name + ", " + v.Moment(s.site.Local(v.Remark.At))
	}
	if by.Can(corpus.Write) {
		v.Write = &page.Field{Name: "words", Label: v.T("law.remark"), Hint: v.T("law.remark.hint"), Type: "textarea", Value: v.Remark.Text}
	}
	return v, s.neighbours(r, &v, p)
}

// withoutHead leaves out what the head of the page says: label and heading.
func withoutHead(lines []string, p corpus.Provision) []string {
	for len(lines) > 0 && (lines[0] == p.Label || lines[0] == p.Heading) {
		lines = lines[1:]
	}
	return lines
}

// cite is the citation as somebody would copy it into a letter.
func cite(f page.Frame, a corpus.Act, v corpus.Version, p corpus.Provision) string {
	title := a.Title
	if a.Short != "" {
		title += " (" + a.Short + ")"
	}
	return p.Cite + ", " + title + ", " + strings.ToLower(f.T("law.stage."+string(v.Stage))) + ", " + name(f, v)
}

func occurrences(f page.Frame, history []corpus.Occurrence, id string, shown law.VersionID) []versionRow {
	rows := make([]versionRow, len(history))
	for i, o := range history {
		row := versionRow{At: "done", Name: name(f, o.Version), On: o.Version.ID == shown, Link: versionLink(o.Version) + "/" + id}
		switch {
		case !o.There:
			row.When, row.Link, row.At = f.T("law.history.none"), "", "next"
		case i+1 < len(history) && !history[i+1].There:
			row.When = f.T("law.history.new")
		case o.Changed:
			row.When = f.T("law.history.changed")
		case i+1 < len(history):
			row.When = f.T("law.history.same")
		default:
			row.When = f.T("law.history.first")
		}
		if o.Changed && o.There && i+1 < len(history) && history[i+1].There {
			row.Changes = actLink(o.Version.Act) + "/compare?a=" + string(history[i+1].Version.ID) + "&b=" + string(o.Version.ID)
		}
		switch {
		case row.On && o.There:
			row.At = "now"
		case ahead(o.Version, f.Today):
			row.At = "next"
		}
		rows[i] = row
	}
	return rows
}

// neighbours finds the article before and after, for those who read on.
func (s *Site) neighbours(r *http.Request, v *provisionView, p corpus.Provision) error {
	list, err := s.desk.Articles(r.Context(), v.Actor, v.Version.ID)
	if err != nil {
		return err
	}
	for _, one := range list {
		if one.Kind != string(lawtext.Article) {
			continue
		}
		crumb := page.Crumb{Label: one.Cite, Link: versionLink(v.Version) + "/" + one.ID}
		switch article, _, _ := strings.Cut(p.ID, "__"); {
		case one.ID == article:
		case one.Ord < p.Ord:
			v.Prev = crumb
		default:
			v.Next = crumb
			return nil
		}
	}
	return nil
}

// remark writes what the office says beside a provision:
// POST /acts/zujik/01hk…/remark.
func (s *Site) remark(w http.ResponseWriter, r *http.Request) error {
	_, version, err := s.find(r, r.PathValue("version"))
	if err != nil {
		return err
	}
	var in struct {
		Provision string `form:"provision"`
		Words     string `form:"words"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	err = s.desk.Remark(r.Context(), auth.From(r.Context()), law.Address{Version: version.ID, Provision: in.Provision}, in.Words)
	if err == nil {
		return page.Go(w, r, versionLink(version)+"/"+in.Provision, "said.law.remarked")
	}
	v, e := s.provisionView(r, in.Provision)
	if e != nil || !v.Blame(err) {
		return err
	}
	v.Write.Value = in.Words
	return page.RenderStatus(w, r, v.Again(), provisionPage(v))
}
