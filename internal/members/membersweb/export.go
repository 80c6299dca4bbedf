package membersweb

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/emersion/go-vcard"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// whole are the columns of an export that is to be imported again: all of them but
// the standing over time, under headings that an import knows.
var whole = []string{
	"name", "kind", "email", "street", "postcode", "place", "region", "field", "fields", "languages", "category", "standing", "since", "lang", "phone", "note", "agent", "agent_email",
	"tax", "business", "associations", "self_employed", "interest_since", "tags",
}

// export hands out members: GET /members/export?as=csv|xlsx|json|vcf with a filter, or
// with m=… for some. With view=1 it has the columns that the list shows, otherwise
// all. Nothing is sent until all is read, so that a failure is not half a file.
func (s *Site) export(w http.ResponseWriter, r *http.Request) error {
	by, asked := auth.From(r.Context()), r.URL.Query()
	if err := by.Must(members.Read); err != nil {
		return err
	}
	f := s.site.Frame(r, "", "")
	sh, err := s.sheetOf(r.Context(), f, strings.Fields(asked.Get("columns")))
	if err != nil {
		return err
	}
	sel := selectionOf(r)
	switch asked.Get("as") {
	case "json":
		return s.exportJSON(w, r, sel)
	case "vcf":
		return s.exportCards(w, r, sel)
	case "xlsx":
		rows, err := s.exportRows(r.Context(), sh, sel, asked.Get("view") != "")
		if err != nil {
			return err
		}
		var b bytes.Buffer
		err = table.WriteBook(&b, f.T("nav.members"), func(yield func([]string) bool) {
			for _, row := range rows {
				if !yield(row) {
					return
				}
			}
		})
		if err != nil {
			return err
		}
		page.Attach(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "members.xlsx")
		_, err = b.WriteTo(w)
		return err
	}
	rows, err := s.exportRows(r.Context(), sh, sel, asked.Get("view") != "")
	if err != nil {
		return err
	}
	return page.Table(w, "members.csv", rows)
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

// exportRows are members as a table, under its heading.
func (s *Site) exportRows(ctx context.Context, sh sheet, sel members.Selection, view bool) ([][]string, error) {
	keys := append([]string{"name"}, sh.keys...)
	if !view {
		keys = whole
		for _, d := range sh.details {
			keys = append(keys[:len(keys):len(keys)], d.Field())
		}
	}
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

func (s *Site) exportJSON(w http.ResponseWriter, r *http.Request, sel members.Selection) error {
	list := []memberWire{}
	details, err := s.desk.Details(r.Context(), auth.From(r.Context()))
	if err != nil {
		return err
	}
	err = s.eachPage(r.Context(), auth.From(r.Context()), sel, func(some []members.Member, more members.More) error {
		for _, m := range some {
			m.Details = more.Details[m.ID]
			list = append(list, wireOf(m, more.Agents[m.ID]).with(more, m.ID, details))
		}
		return nil
	})
	if err != nil {
		return err
	}
	all, err := json.MarshalIndent(list, "", "\t")
	if err != nil {
		return fmt.Errorf("members: export: %w", err)
	}
	page.Attach(w, "application/json; charset=utf-8", "members.json")
	_, err = w.Write(all)
	return err
}

// exportCards hands out members as address books read them (vCard 4.0).
func (s *Site) exportCards(w http.ResponseWriter, r *http.Request, sel members.Selection) error {
	var b bytes.Buffer
	out := vcard.NewEncoder(&b)
	f := s.site.Frame(r, "", "")
	err := s.eachPage(r.Context(), auth.From(r.Context()), sel, func(list []members.Member, more members.More) error {
		for _, m := range list {
			if err := out.Encode(cardOf(f, m, more.Tags[m.ID])); err != nil {
				return fmt.Errorf("members: export: %w", err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	page.Attach(w, "text/vcard; charset=utf-8", "members.vcf")
	_, err = w.Write(foldLines(b.Bytes()))
	return err
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
