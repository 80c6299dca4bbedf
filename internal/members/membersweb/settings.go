package membersweb

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/members/views"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

func current(on bool) templ.Attributes {
	if !on {
		return nil
	}
	return templ.Attributes{"aria-current": "true"}
}

type setView struct {
	page.Frame
	Crumbs []page.Crumb
	Parts  []setPart
}

type setPart struct {
	Title, Text string
	Rows        []setRow
	Add, Do     string // where one is added, and the word for it
}

type setRow struct{ Name, Note, Link string }

// set shows what the house itself has named: GET /members/set.
func (s *Site) set(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(members.Write); err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T("members.set")
	v := setView{Frame: f, Crumbs: crumbs(f, page.Crumb{Label: f.Title})}
	cats, err := s.desk.Categories(r.Context(), by)
	if err != nil {
		return err
	}
	details, err := s.desk.Details(r.Context(), by)
	if err != nil {
		return err
	}
	tags, err := s.desk.Tags(r.Context(), by)
	if err != nil {
		return err
	}
	part := setPart{f.T("members.set.categories"), f.T("members.set.categories.text"), nil, "/members/category", f.T("members.set.category.new")}
	for _, c := range cats {
		notes := []string{f.T("members.category.votes." + yes(c.Votes))}
		if c.Kind != "" {
			notes = append(notes, word(f, "kind", c.Kind))
		}
		if c.Closed {
			notes = append(notes, f.T("members.closed"))
		}
		part.Rows = append(part.Rows, setRow{c.Name, strings.Join(append(notes, c.Note), " · "), "/members/category?c=" + string(c.ID)})
	}
	v.Parts = append(v.Parts, part)
	part = setPart{f.T("members.set.details"), f.T("members.set.details.text"), nil, "/members/detail", f.T("members.set.detail.new")}
	for _, d := range details {
		notes := []string{word(f, "form", d.Form), word(f, "eye", d.Seen)}
		if d.Required {
			notes = append(notes, f.T("members.detail.must"))
		}
		if d.Closed {
			notes = append(notes, f.T("members.closed"))
		}
		part.Rows = append(part.Rows, setRow{d.Label, strings.Join(notes, " · "), "/members/detail?d=" + string(d.ID)})
	}
	v.Parts = append(v.Parts, part)
	part = setPart{Title: f.T("members.set.tags"), Text: f.T("members.set.tags.text")}
	for _, t := range tags {
		part.Rows = append(part.Rows, setRow{t.Name, "", "/members/tag?t=" + string(t.ID)})
	}
	v.Parts = append(v.Parts, part, setPart{Title: f.T("members.duplicates"), Text: f.T("members.duplicates.text"), Add: "/members/duplicates", Do: f.T("members.duplicates.find")})
	return page.Render(w, r, setPage(v))
}

// setting begins the form of a setting.
func (s *Site) setting(r *http.Request, title string, old bool) (stepView, error) {
	by := auth.From(r.Context())
	f := s.site.Frame(r, "nav.members", "")
	v := stepView{Frame: f, Ask: f.T(title), Do: f.T("members.save"), Back: "/members/set", Action: r.URL.RequestURI(), Drop: old}
	v.Title = v.Ask
	v.Crumbs = crumbs(f, page.Crumb{Label: f.T("members.set"), Link: "/members/set"}, page.Crumb{Label: v.Ask})
	return v, by.Must(members.Write)
}

// categoryForm adds or changes a category: /members/category?c=ID.
func (s *Site) categoryForm(w http.ResponseWriter, r *http.Request) error {
	c := members.Category{ID: members.CategoryID(r.URL.Query().Get("c")), Votes: true}
	v, err := s.setting(r, "members.set.category", c.ID != "")
	if err != nil {
		return err
	}
	if c.ID != "" {
		list, err := s.desk.Categories(r.Context(), v.Actor)
		at := slices.IndexFunc(list, func(o members.Category) bool { return o.ID == c.ID })
		if err == nil && at < 0 {
			err = fault.New(fault.Missing, "members.category.missing")
		}
		if err != nil {
			return err
		}
		c = list[at]
	}
	if r.Method == http.MethodPost {
		var in struct {
			Name   string `form:"name"`
			Note   string `form:"note"`
			Kind   string `form:"kind"`
			Votes  bool   `form:"votes"`
			Closed bool   `form:"closed"`
			Do     string `form:"do"`
		}
		err := page.Decode(r, &in)
		c = members.Category{ID: c.ID, Name: in.Name, Note: in.Note, Kind: members.Kind(in.Kind), Votes: in.Votes, Closed: in.Closed}
		switch {
		case err != nil:
		case in.Do == "drop":
			err = s.desk.DropCategory(r.Context(), v.Actor, c.ID)
		default:
			_, err = s.desk.PutCategory(r.Context(), v.Actor, c)
		}
		if err == nil {
			return page.Go(w, r, v.Back, "said.members.set")
		}
		if !v.Blame(err) {
			return err
		}
	}
	v.Fields = []page.Field{
		{Name: "name", Label: v.T("members.name"), Value: c.Name, W: "m"},
		{Name: "note", Label: v.T("members.category.note"), Value: c.Note},
		{Name: "kind", Type: "select", Label: v.T("members.kind"), Value: string(c.Kind), Options: options(v.Frame, "kind", members.Kinds(), v.T("members.kind.both")), W: "m"},
		{Name: "votes", Type: "checkbox", Label: v.T("members.category.votes"), Value: ticked(c.Votes)},
		{Name: "closed", Type: "checkbox", Label: v.T("members.category.close"), Value: ticked(c.Closed)},
	}
	return page.RenderStatus(w, r, v.Again(), stepPage(v))
}

// detailForm adds or changes a field of the house: /members/detail?d=ID.
func (s *Site) detailForm(w http.ResponseWriter, r *http.Request) error {
	d := members.Detail{ID: members.DetailID(r.URL.Query().Get("d")), Form: members.Text, Seen: members.OfOffice}
	v, err := s.setting(r, "members.set.detail", d.ID != "")
	if err != nil {
		return err
	}
	if d.ID != "" {
		list, err := s.desk.Details(r.Context(), v.Actor)
		at := slices.IndexFunc(list, func(o members.Detail) bool { return o.ID == d.ID })
		if err == nil && at < 0 {
			err = fault.New(fault.Missing, "members.detail.missing")
		}
		if err != nil {
			return err
		}
		d = list[at]
	}
	if r.Method == http.MethodPost {
		var in struct {
			Label    string `form:"label"`
			Hint     string `form:"hint"`
			Form     string `form:"form"`
			Choices  string `form:"choices"`
			Seen     string `form:"seen"`
			Kind     string `form:"kind"`
			Required bool   `form:"required"`
			Closed   bool   `form:"closed"`
			Place    int    `form:"place"`
			Do       string `form:"do"`
		}
		err := page.Decode(r, &in)
		form := members.Form(in.Form)
		if d.ID != "" {
			form = d.Form
		}
		d = members.Detail{
			ID: d.ID, Label: in.Label, Hint: in.Hint, Form: form, Choices: strings.Split(in.Choices, "\n"), Seen: members.Eye(in.Seen), Kind: members.Kind(in.Kind),
			Required: in.Required, Closed: in.Closed, Place: in.Place,
		}
		switch {
		case err != nil:
		case in.Do == "drop":
			err = s.desk.DropDetail(r.Context(), v.Actor, d.ID)
		default:
			_, err = s.desk.PutDetail(r.Context(), v.Actor, d)
		}
		if err == nil {
			return page.Go(w, r, v.Back, "said.members.set")
		}
		if !v.Blame(err) {
			return err
		}
	}
	v.Fields = detailForm(v.Frame, d)
	return page.RenderStatus(w, r, v.Again(), stepPage(v))
}

func detailForm(f page.Frame, d members.Detail) []page.Field {
	list := []page.Field{
		{Name: "label", Label: f.T("members.detail.label"), Value: d.Label, W: "m"},
		{Name: "hint", Label: f.T("members.detail.hint"), Value: d.Hint},
	}
	if d.ID == "" {
		list = append(list, page.Field{Name: "form", Type: "select", Label: f.T("members.detail.form"), Hint: f.T("members.detail.form.hint"), Value: string(d.Form), Options: options(f, "form", record.Forms(), ""), W: "m"})
	}
	if d.ID == "" || d.Form == members.Pick {
		list = append(list, page.Field{Name: "choices", Type: "textarea", Label: f.T("members.detail.choices.label"), Hint: f.T("members.detail.choices.hint"), Value: strings.Join(d.Choices, "\n")})
	}
	return append(list,
		page.Field{Name: "seen", Type: "select", Label: f.T("members.detail.seen"), Value: string(d.Seen), Options: options(f, "eye", members.Eyes(), ""), W: "m"},
		page.Field{Name: "kind", Type: "select", Label: f.T("members.detail.kind"), Value: string(d.Kind), Options: options(f, "kind", members.Kinds(), f.T("members.kind.both")), W: "m"},
		page.Field{Name: "place", Type: "number", Label: f.T("members.detail.place"), Value: strconv.Itoa(d.Place), W: "s"},
		page.Field{Name: "required", Type: "checkbox", Label: f.T("members.detail.must"), Value: ticked(d.Required)},
		page.Field{Name: "closed", Type: "checkbox", Label: f.T("members.detail.close"), Value: ticked(d.Closed)})
}

// tagForm renames a tag or takes it out: /members/tag?t=ID.
func (s *Site) tagForm(w http.ResponseWriter, r *http.Request) error {
	v, err := s.setting(r, "members.set.tag", true)
	if err != nil {
		return err
	}
	list, err := s.desk.Tags(r.Context(), v.Actor)
	at := slices.IndexFunc(list, func(t members.Tag) bool { return string(t.ID) == r.URL.Query().Get("t") })
	if err == nil && at < 0 {
		err = fault.New(fault.Missing, "members.tag.missing")
	}
	if err != nil {
		return err
	}
	t := list[at]
	if r.Method == http.MethodPost {
		t.Name = r.FormValue("tag")
		if r.FormValue("do") == "drop" {
			err = s.desk.DropTag(r.Context(), v.Actor, t.ID)
		} else {
			err = s.desk.RenameTag(r.Context(), v.Actor, t)
		}
		if err == nil {
			return page.Go(w, r, v.Back, "said.members.set")
		}
		if !v.Blame(err) {
			return err
		}
	}
	v.Fields = []page.Field{{Name: "tag", Label: v.T("members.name"), Value: t.Name, W: "m"}}
	return page.RenderStatus(w, r, v.Again(), stepPage(v))
}

// keepFilter keeps a filter under a name, and forgets others: /members/filters?….
func (s *Site) keepFilter(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(members.Read); err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	q := queryOf(r.URL.Query())
	v := filtersView{stepView: stepView{Frame: f, Ask: f.T("members.keep"), Text: f.T("members.keep.text"), Do: f.T("members.save"), Back: "/members?" + r.URL.RawQuery, Action: r.URL.RequestURI()}}
	v.Title = v.Ask
	v.Crumbs = crumbs(f, page.Crumb{Label: v.Ask})
	var in struct {
		Name   string `form:"name"`
		Shared bool   `form:"shared"`
		Drop   string `form:"drop"`
	}
	if r.Method == http.MethodPost {
		err := page.Decode(r, &in)
		switch {
		case err != nil:
		case in.Drop != "":
			if err = s.Views.Drop(r.Context(), by, in.Drop); err == nil {
				return page.Go(w, r, r.URL.RequestURI(), "said.members.filter.drop")
			}
		default:
			_, err = s.Views.Keep(r.Context(), by, views.Kept{Name: in.Name, Shared: in.Shared, Filter: q.Filter, Columns: strings.Fields(r.URL.Query().Get("columns"))})
			if err == nil {
				return page.Go(w, r, v.Back, "said.members.filter.keep")
			}
		}
		if !v.Blame(err) {
			return err
		}
	}
	v.Fields = []page.Field{{Name: "name", Label: v.T("members.keep.name"), Value: in.Name, W: "m"}, {Name: "shared", Type: "checkbox", Label: v.T("members.keep.shared"), Value: ticked(in.Shared)}}
	kept, err := s.Views.Kept(r.Context(), by)
	if err != nil {
		return err
	}
	for _, k := range kept {
		row := setRow{k.Name, f.T("members.keep.own"), k.ID}
		if k.Shared {
			row.Note = f.T("members.keep.all")
		}
		v.Kept = append(v.Kept, row)
	}
	return page.RenderStatus(w, r, v.Again(), filtersPage(v))
}

type filtersView struct {
	stepView
	Kept []setRow
}

// chooseColumns asks which columns lists show: /members/columns?….
func (s *Site) chooseColumns(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(members.Read); err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	asked := r.URL.Query()
	sh, err := s.sheetOf(r.Context(), f, "", strings.Fields(asked.Get("columns")))
	if err != nil {
		return err
	}
	asked.Del("columns")
	v := stepView{Frame: f, Ask: f.T("members.columns"), Text: f.T("members.columns.text"), Do: f.T("members.columns.show"), Back: "/members?" + asked.Encode(), Action: r.URL.RequestURI()}
	v.Title = v.Ask
	v.Crumbs = crumbs(f, page.Crumb{Label: v.Ask})
	if r.Method == http.MethodPost {
		var in struct {
			Columns []string `form:"columns"`
		}
		if err := page.Decode(r, &in); err != nil {
			return err
		}
		if err := s.Views.Choose(r.Context(), by, in.Columns); err != nil {
			return err
		}
		return page.Go(w, r, v.Back, "said.members.columns")
	}
	var list []page.Option
	for _, key := range sh.all() {
		list = append(list, page.Option{Value: key, Label: sh.label(key), On: slices.Contains(sh.keys, key)})
	}
	v.Fields = []page.Field{{Name: "columns", Type: "checks", Label: v.T("members.columns"), Options: list}}
	return page.Render(w, r, stepPage(v))
}
