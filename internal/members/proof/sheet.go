package proof

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/paper"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// A Sheet is an extract with all that its files say.
type Sheet struct {
	Extract
	Issuer Issuer
	Lines  []Line
	Rules  country.Representation
	URL    string
	Zone   *time.Location
}

// CheckURL is the address at which anybody can check the extract.
func (s Sheet) CheckURL() string { return s.URL + "/check/" + s.Token }

// write is the sheet as one kind of file.
func (s Sheet) write(format string, p *i18n.Printer) ([]byte, error) {
	var b bytes.Buffer
	var err error
	switch format {
	case "json":
		err = s.json(&b)
	case "csv":
		err = table.Write(&b, s.table(p))
	case "pdf":
		_, err = paper.PDF(&b, s.paper(p))
	}
	return b.Bytes(), err
}

// wire is the sheet as JSON; it is also what the hash of the extract is of, so that
// fields are added at its end and never renamed.
type wire struct {
	Format        string       `json:"format"`
	Number        string       `json:"number"`
	Issuer        string       `json:"issuer"`
	AsOf          civil.Date   `json:"as_of"`
	Made          time.Time    `json:"made"`
	Kind          members.Kind `json:"kind,omitempty"`
	Purpose       string       `json:"purpose,omitempty"`
	Organisations int          `json:"organisations"`
	Persons       int          `json:"persons"`
	WithProof     int          `json:"with_proof"`
	Before        string       `json:"previous_sha256,omitempty"`
	Check         string       `json:"check"`
	Members       []Line       `json:"members"`
}

func (s Sheet) json(b *bytes.Buffer) error {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	return e.Encode(wire{
		Format: "asociacija extract 1", Number: s.ID.Number(), Issuer: s.Issuer.Name, AsOf: s.On, Made: s.Made.UTC().Truncate(time.Second), Kind: s.Kind, Purpose: s.Purpose,
		Organisations: s.Organisations, Persons: s.Persons, WithProof: s.Proven, Before: s.Before, Check: s.CheckURL(), Members: s.Lines,
	})
}

func (s Sheet) heads(p *i18n.Printer) []string {
	return []string{p.T("proof.no"), p.T("members.name"), p.T("members.kind"), p.T("proof.category"), p.T("members.place"), p.T("proof.since"), p.T("proof.paper")}
}

func (s Sheet) table(p *i18n.Printer) [][]string {
	rows := [][]string{s.heads(p)}
	for _, l := range s.Lines {
		rows = append(rows, []string{strconv.Itoa(l.No), l.Name, p.T("members.kind." + string(l.Kind)), l.Category, l.Place, l.Since.String(), l.papers(p)})
	}
	return rows
}

// papers writes what proves the member: "davčna 12345678 (izpisek AJPES, 3. 2. 2026)".
func (l Line) papers(p *i18n.Printer) string {
	var all string
	for i, x := range l.Papers {
		if i > 0 {
			all += "; "
		}
		if x.Kind == Admission {
			all += p.T("proof.admission")
		} else {
			all += p.T("members.registry." + x.Kind)
		}
		if x.Number != "" {
			all += " " + x.Number
		}
		var seen []string
		if x.Proof != "" {
			seen = append(seen, p.T("members.proof."+x.Proof))
		}
		if !x.On.IsZero() {
			seen = append(seen, p.Date(x.On))
		}
		if len(seen) > 0 {
			all += " (" + strings.Join(seen, ", ") + ")"
		}
	}
	return all
}

// paper is the extract as it is printed and handed over.
func (s Sheet) paper(p *i18n.Printer) paper.Document {
	title := p.T("proof.title", "number", s.ID.Number())
	if s.Member != "" {
		title = p.T("proof.certificate", "number", s.ID.Number())
	}
	d := paper.Document{
		Lang: p.Lang, Title: title, Author: s.Issuer.Name, Created: s.Made,
		Footer: s.Issuer.Name + " · " + title + " · " + s.CheckURL(),
	}
	d.Blocks = append(d.Blocks,
		paper.Address{Sender: true, Lines: []string{s.Issuer.Name, s.Issuer.Address}},
		paper.Heading{Level: 1, Text: paper.Plain(title)},
		paper.Paragraph{Text: paper.Plain(s.sentence(p))},
		s.facts(p),
	)
	if s.Member == "" {
		d.Blocks = append(d.Blocks, s.roll(p))
	}
	d.Blocks = append(d.Blocks, paper.Paragraph{Face: paper.Sans, Text: paper.Plain(p.T("proof.how", "link", s.CheckURL(), "hash", s.Hash()))}, s.signature())
	return d
}

// sentence says in one what the extract shows.
func (s Sheet) sentence(p *i18n.Printer) string {
	day := p.Long(s.On)
	if s.Member != "" && len(s.Lines) == 1 {
		return p.T("proof.one", "name", s.Lines[0].Name, "house", s.Issuer.Name, "day", day, "since", p.Long(s.Lines[0].Since))
	}
	return p.T("proof.lead", "day", day, "house", s.Issuer.Name, "n", s.All(), "organisations", p.T("members.lead.organisations", "n", s.Organisations), "persons", p.T("members.lead.persons", "n", s.Persons))
}

func (s Sheet) facts(p *i18n.Printer) paper.Facts {
	var list paper.Facts
	add := func(label, value string) {
		if value != "" {
			list = append(list, paper.Fact{Label: label, Value: paper.Plain(value)})
		}
	}
	add(p.T("proof.on"), p.Date(s.On))
	add(p.T("proof.made"), p.Moment(s.Made.In(s.Zone)))
	add(p.T("proof.purpose"), s.Purpose)
	if s.Member != "" {
		for _, l := range s.Lines {
			add(p.T("proof.category"), l.Category)
			add(p.T("proof.paper"), l.papers(p))
		}
		return list
	}
	add(p.T("proof.proven"), p.T("proof.proven.of", "proven", p.Number(s.Proven), "all", p.Number(s.All())))
	add(p.T("proof.before"), s.Before)
	return list
}

func (s Sheet) roll(p *i18n.Printer) paper.Table {
	shares := []int{2, 8, 4, 4, 4, 4, 10}
	t := paper.Table{}
	for i, h := range s.heads(p) {
		t.Columns = append(t.Columns, paper.Column{Head: h, Share: shares[i], Numeric: i == 0})
	}
	for _, l := range s.Lines {
		row := []string{strconv.Itoa(l.No), l.Name, p.T("members.kind." + string(l.Kind)), l.Category, l.Place, p.Date(l.Since), l.papers(p)}
		var cells []paper.Cell
		for _, c := range row {
			cells = append(cells, paper.Cell{paper.Plain(c)})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func (s Sheet) signature() paper.Block {
	if s.Issuer.Signer == "" {
		return paper.Signature{Lines: []string{s.Issuer.Name}}
	}
	return paper.Signature{Lines: []string{s.Issuer.Signer, s.Issuer.Office}}
}
