package membersweb

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/emersion/go-vcard"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// whole are the columns of an export that is to be imported again: all of them but
// the standing over time, under headings that an import knows.
var whole = []string{
	"kind", "email", "street", "postcode", "place", "region", "field", "fields", "languages", "category", "standing", "since", "lang", "phone", "note", "agent", "agent_email",
	"tax", "business", "associations", "self_employed", "interest_since", "tags", "owes", "overdue",
}

// A download is a file that goes out, with so many members.
type download struct {
	as, kind string
	body     []byte
	members  int
}

func (d download) send(w http.ResponseWriter) error {
	page.Attach(w, d.kind, "members."+d.as)
	_, err := w.Write(d.body)
	return err
}

// export hands out what the list shows: GET /members/export?as=csv|xlsx with a filter and
// its columns, or with m=… for some. Nothing is sent until all is read, so that a failure
// is not half a file.
func (s *Site) export(w http.ResponseWriter, r *http.Request) error {
	asked := r.URL.Query()
	as := cmp.Or(asked.Get("as"), "csv")
	if as != "csv" && as != "xlsx" {
		asked.Del("as")
		return page.Go(w, r, "/members/export/whole?"+asked.Encode(), "")
	}
	f := s.site.Frame(r, "", "")
	if err := f.Actor.Must(members.Read); err != nil {
		return err
	}
	sel := selectionOf(r)
	sh, err := s.sheetOf(r.Context(), f, sel.Filter.Owing, strings.Fields(asked.Get("columns")))
	if err != nil {
		return err
	}
	d, err := s.fileOf(r.Context(), sh, sel, as)
	if err != nil {
		return err
	}
	return d.send(w)
}

type wholeView struct {
	page.Frame
	Crumbs  []page.Crumb
	Lead    string
	Facts   []page.Fact
	Action  string
	Formats []setRow // name, hint, value
	Back    string
}

// wholeFormats are the files in which all that is known of members goes out.
var wholeFormats = []string{"csv", "xlsx", "json", "vcf"}

// whole hands out all that the register knows of members: /members/export/whole?….
// Whoever asks proves that it is them, and the book keeps how many went out.
func (s *Site) whole(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.members", "")
	if err := f.Actor.Must(members.Read); err != nil {
		return err
	}
	if s.site.Sure != nil {
		if err := s.site.Sure(r); err != nil {
			return err
		}
	}
	sel := selectionOf(r)
	sh, err := s.sheetOf(r.Context(), f, "", nil)
	if err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		as := r.PostFormValue("as")
		if !slices.Contains(wholeFormats, as) {
			return fault.New(fault.Invalid, "form.broken")
		}
		sh.keys = sh.whole()
		d, err := s.fileOf(r.Context(), sh, sel, as)
		if err != nil {
			return err
		}
		if err := s.Views.Exported(r.Context(), f.Actor, as, d.members, quietly(sel)); err != nil {
			return err
		}
		return d.send(w)
	}
	f.Title = f.T("members.whole")
	v := wholeView{Frame: f, Crumbs: crumbs(f, page.Crumb{Label: f.Title}), Lead: f.T("members.whole.lead"), Action: r.URL.RequestURI(), Back: "/members?" + paramsOf(sel.Filter).Encode()}
	who, err := s.whom(r.Context(), f, sel)
	if err != nil {
		return err
	}
	v.Facts = []page.Fact{{Label: f.T("members.whole.whom"), Value: who}}
	if len(sel.IDs) == 0 {
		words, err := s.filterWords(r.Context(), sh, sel.Filter)
		if err != nil {
			return err
		}
		v.Facts = append(v.Facts, page.Fact{Label: f.T("members.whole.filter"), Value: words})
	}
	for _, as := range wholeFormats {
		v.Formats = append(v.Formats, setRow{f.T("members.as." + as), f.T("members.as." + as + ".hint"), as})
	}
	return page.Render(w, r, wholePage(v))
}

// quietly are the words of a selection for the book: what was filtered by, but for what
// may be a name.
func quietly(sel members.Selection) string {
	if len(sel.IDs) > 0 {
		return "picked"
	}
	var words []string
	for name, value := range paramsOf(sel.Filter) {
		if name == "q" || name == "value" || name == "least" || name == "most" {
			value = []string{"…"}
		}
		words = append(words, name+"="+value[0])
	}
	slices.Sort(words)
	return cmp.Or(strings.Join(words, " "), "all")
}

// fileOf writes members into a file.
func (s *Site) fileOf(ctx context.Context, sh sheet, sel members.Selection, as string) (download, error) {
	switch as {
	case "json":
		return s.exportJSON(ctx, sh, sel)
	case "vcf":
		return s.exportCards(ctx, sh, sel)
	}
	rows, err := s.exportRows(ctx, sh, sel)
	if err != nil {
		return download{}, err
	}
	var b bytes.Buffer
	d := download{as, "text/csv; charset=utf-8", nil, len(rows) - 1}
	if as == "xlsx" {
		d.kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		err = table.WriteBook(&b, sh.T("nav.members"), slices.Values(rows))
	} else {
		err = table.Write(&b, rows)
	}
	d.body = b.Bytes()
	return d, err
}

// eachPage hands the members of the selection to f, with what else is known of them.
func (s *Site) eachPage(ctx context.Context, by auth.Actor, sel members.Selection, f func([]members.Member, members.More) error) error {
	if len(sel.IDs) > 0 {
		list, err := s.desk.Members(ctx, by, sel.IDs...)
		if err != nil {
			return err
		}
		more, err := s.more(ctx, by, list)
		if err != nil {
			return err
		}
		return f(list, more)
	}
	for q := (members.Query{Filter: sel.Filter, Limit: 1_000}); ; {
		list, err := s.desk.List(ctx, by, q)
		if err != nil {
			return err
		}
		more, err := s.more(ctx, by, list)
		if err != nil {
			return err
		}
		if err := f(list, more); err != nil || len(list) < q.Limit {
			return err
		}
		q.After = list[len(list)-1].ID
	}
}

// whole are the columns of all that is known.
func (sh sheet) whole() []string {
	keys := slices.Clone(whole)
	for _, d := range sh.details {
		keys = append(keys, d.Field())
	}
	return keys
}

// exportRows are members as a table, under its heading.
func (s *Site) exportRows(ctx context.Context, sh sheet, sel members.Selection) ([][]string, error) {
	keys := append([]string{"name"}, sh.keys...)
	var head []string
	for _, key := range keys {
		if sh.Has("members.heading." + key) {
			head = append(head, sh.T("members.heading."+key))
		} else {
			head = append(head, sh.label(key))
		}
	}
	rows := [][]string{head}
	err := s.eachPage(ctx, sh.Actor, sel, func(list []members.Member, more members.More) error {
		for _, m := range list {
			row := make([]string, len(keys))
			for i, key := range keys {
				row[i] = sh.exported(key, m, more)
			}
			rows = append(rows, row)
		}
		return nil
	})
	return rows, err
}

// exported is a cell as an import reads it.
func (sh sheet) exported(key string, m members.Member, more members.More) string {
	switch agents := more.Agents[m.ID]; key {
	case "name":
		return m.Name
	case "standing":
		return word(sh.Frame, "standing", m.Standing)
	case "since":
		return m.Term.From.String()
	case "owes":
		if _, is := more.Owed[m.ID]; is {
			return sh.T("members.agent.answers.yes")
		}
		return ""
	case "overdue":
		return sh.lateSince(m.ID, more).String()
	case "interest_since":
		return m.Interest.Since.String()
	case "lang":
		return m.Lang
	case "languages":
		return strings.Join(m.Languages, ", ")
	case "agent", "agent_email":
		switch {
		case len(agents) == 0:
			return ""
		case key == "agent":
			return agents[0].Name
		}
		return agents[0].Email
	}
	return sh.cell(key, m, more)
}

func (s *Site) exportJSON(ctx context.Context, sh sheet, sel members.Selection) (download, error) {
	list := []memberWire{}
	details, err := s.desk.Details(ctx, sh.Actor)
	if err != nil {
		return download{}, err
	}
	err = s.eachPage(ctx, sh.Actor, sel, func(some []members.Member, more members.More) error {
		for _, m := range some {
			m.Details = more.Details[m.ID]
			list = append(list, wireOf(m, more.Agents[m.ID]).with(more, m.ID, details))
		}
		return nil
	})
	if err != nil {
		return download{}, err
	}
	all, err := json.MarshalIndent(list, "", "\t")
	if err != nil {
		return download{}, fmt.Errorf("members: export: %w", err)
	}
	return download{"json", "application/json; charset=utf-8", all, len(list)}, nil
}

// exportCards hands out members as address books read them (vCard 4.0).
func (s *Site) exportCards(ctx context.Context, sh sheet, sel members.Selection) (download, error) {
	var b bytes.Buffer
	n, out := 0, vcard.NewEncoder(&b)
	err := s.eachPage(ctx, sh.Actor, sel, func(list []members.Member, more members.More) error {
		for _, m := range list {
			if err := out.Encode(cardOf(sh.Frame, m, more.Tags[m.ID])); err != nil {
				return fmt.Errorf("members: export: %w", err)
			}
		}
		n += len(list)
		return nil
	})
	return download{"vcf", "text/vcard; charset=utf-8", foldLines(b.Bytes()), n}, err
}

func cardOf(f page.Frame, m members.Member, tags []members.Tag) vcard.Card {
	c := vcard.Card{}
	c.SetValue(vcard.FieldVersion, "4.0")
	c.SetValue(vcard.FieldUID, "urn:x-asociacija:member:"+string(m.ID))
	family, given, two := strings.Cut(m.Name, ", ")
	if m.Kind == members.Organisation || !two {
		family, given = m.Name, ""
	}
	full := strings.TrimSpace(given + " " + family)
	c.SetValue(vcard.FieldFormattedName, full)
	if m.Kind == members.Organisation {
		c.SetKind(vcard.KindOrganization)
		c.SetValue(vcard.FieldOrganization, m.Name)
	} else {
		c.SetKind(vcard.KindIndividual)
		c.AddName(&vcard.Name{FamilyName: family, GivenName: given})
	}
	for field, value := range map[string]string{vcard.FieldEmail: m.Email, vcard.FieldTelephone: m.Phone, vcard.FieldLanguage: m.Lang, vcard.FieldNote: m.Note} {
		if value != "" {
			c.SetValue(field, value)
		}
	}
	if m.Street+m.Postcode+m.Place != "" {
		c.AddAddress(&vcard.Address{StreetAddress: m.Street, PostalCode: m.Postcode, Locality: m.Place})
	}
	words := tagNames(tags)
	if m.Field != "" {
		words = append([]string{word(f, "field", m.Field)}, words...)
	}
	if len(words) > 0 {
		c.SetValue(vcard.FieldCategories, strings.Join(words, ","))
	}
	return c
}

// foldLines breaks lines after 75 bytes at most, between letters, as RFC 6350 has it.
func foldLines(raw []byte) []byte {
	var b bytes.Buffer
	for line := range bytes.Lines(raw) {
		line = bytes.TrimRight(line, "\r\n")
		width := 0
		for _, r := range string(line) {
			letter := string(r)
			if width+len(letter) > 75 {
				b.WriteString("\r\n ")
				width = 1
			}
			b.WriteString(letter)
			width += len(letter)
		}
		b.WriteString("\r\n")
	}
	return b.Bytes()
}
