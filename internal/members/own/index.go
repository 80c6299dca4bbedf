package own

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/i18n"
)

// An Index is the page of the export that people read: all the records in words, with
// nothing from outside the file.
type Index struct {
	Lang, Title, Lead, Contents, FilesTitle, JSON string
	Sections                                      []IndexSection
	Files                                         []string
}

// An IndexSection is a part of the index.
type IndexSection struct {
	Name, Title string
	Nodes       []IndexNode
}

// An IndexNode is a value with its label, or a list of them.
type IndexNode struct {
	Label, Value string
	Nodes        []IndexNode
}

func (d *Desk) writeIndex(w io.Writer, b *bundle, files []string) error {
	p := d.house.In(b.lang)
	made := p.Moment(b.made.In(d.house.Zone))
	v := Index{
		Lang: p.Lang, Title: p.T("own.told.title", "name", b.of), Lead: p.T("own.told.lead", "house", d.house.Name, "when", made),
		Contents: p.T("own.told.contents"), FilesTitle: p.T("own.told.files"), JSON: p.T("own.told.json"), Files: files,
	}
	r := reading{p, d.house.Zone}
	for _, part := range b.parts {
		title := part.name
		if p.Has("own.told.part." + part.name) {
			title = p.T("own.told.part." + part.name)
		}
		dec := json.NewDecoder(bytes.NewReader(part.json))
		dec.UseNumber()
		one, err := r.node(dec, part.name)
		if err != nil {
			return fmt.Errorf("own: index of %s: %w", part.name, err)
		}
		if len(one.Nodes) == 0 && one.Value == "" {
			continue
		}
		v.Sections = append(v.Sections, IndexSection{part.name, title, one.Nodes})
	}
	return failed("index", d.Index(w, v))
}

// A reading turns JSON into words of a language.
type reading struct {
	p    *i18n.Printer
	zone *time.Location
}

// unread are names of what only a program wants; they stand in the records.
var unread = map[string]bool{"id": true, "sort_key": true, "revision": true, "hash": true, "member": true, "person": true, "user": true, "seat": true, "meeting": true, "motion": true, "attendee": true, "demand": true,
	"body": true, "campaign": true, "file": true, "reverses": true, "entry": true, "payment": true, "invoice": true, "holder": true, "tries": true, "html": true, "calendar": true, "unsubscribe": true, "size": true, "kept": true, "salt": true}

// meant are, by the name of a value, where the catalogues have its words.
var meant = map[string][]string{
	"standing": {"members.standing."}, "kind": {"members.kind.", "own.wish.kind."}, "field": {"members.field."}, "fields": {"members.field."}, "proof": {"members.proof."}, "in": {"members.registry."},
	"region": {"members.region."}, "via": {"dues.via."}, "state": {"dues.state.", "own.wish.state."}, "stage": {"consult.stage."}, "stance": {"consult.stance."}, "office": {"bodies.office."}, "deed": {"did."},
}

// node reads the next value, which stands under a name in what is called of. What is
// empty has neither value nor nodes.
func (r reading) node(dec *json.Decoder, of string) (n IndexNode, err error) {
	token, err := dec.Token()
	if err != nil {
		return n, err
	}
	switch t := token.(type) {
	case json.Delim:
		for dec.More() {
			name := ""
			if t == '{' {
				token, err := dec.Token()
				if err != nil {
					return n, err
				}
				name, _ = token.(string)
			}
			within := of
			if name != "" {
				within = snake(name)
			}
			one, err := r.node(dec, within)
			if err != nil {
				return n, err
			}
			if key := snake(name); one.Value == "" && len(one.Nodes) == 0 || unread[key] && len(one.Nodes) == 0 {
				continue
			}
			one.Label = r.label(of, name)
			n.Nodes = append(n.Nodes, one)
		}
		_, err = dec.Token()
		return n, err
	case string:
		n.Value = r.text(t)
		for _, prefix := range meant[of] {
			if t != "" && r.p.Has(prefix+t) {
				n.Value = r.p.T(prefix + t)
				break
			}
		}
	case json.Number:
		if t != "0" {
			n.Value = t.String()
		}
	case bool:
		if t {
			n.Value = r.p.T("own.told.yes")
		}
	}
	return n, nil
}

// label is the name of a value in the language, or as it stands in the record.
func (r reading) label(of, name string) string {
	for _, key := range []string{"own.told.word." + of + "." + snake(name), "own.told.word." + snake(name)} {
		if r.p.Has(key) {
			return r.p.T(key)
		}
	}
	return strings.ReplaceAll(name, "_", " ")
}

// text is a string as people write it: days and instants in words.
func (r reading) text(s string) string {
	if strings.HasPrefix(s, "0001-01-01T") {
		return ""
	}
	if len(s) == len("2006-01-02") {
		if day, err := civil.Parse(s); err == nil {
			return r.p.Date(day)
		}
	}
	if len(s) >= len("2006-01-02T15:04:05Z") && s[4] == '-' && s[10] == 'T' {
		if at, err := time.Parse(time.RFC3339Nano, s); err == nil {
			return r.p.Moment(at.In(r.zone))
		}
	}
	return s
}

// snake is a name as records have it: "ProofDay" is proof_day, "IBAN" is iban.
func snake(name string) string {
	var b strings.Builder
	letters := []rune(name)
	for i, c := range letters {
		if unicode.IsUpper(c) && i > 0 && (unicode.IsLower(letters[i-1]) || i+1 < len(letters) && unicode.IsLower(letters[i+1])) && letters[i-1] != '_' {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return b.String()
}
