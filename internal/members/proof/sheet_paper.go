package proof

import (
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/paper"
)

func (s Sheet) title(p *i18n.Printer) string {
	if s.Member != "" {
		return p.T("proof.certificate", "number", s.ID.Number())
	}
	return p.T("proof.title", "number", s.ID.Number())
}

// paper is the extract as it is printed and handed over: on the first page who issues
// what on which ground, the sums, how it is checked and who signs; then the members.
func (s Sheet) paper(p *i18n.Printer) paper.Document {
	d := paper.Document{
		Lang: p.Lang, Title: s.title(p), Author: s.Issuer.Name, Subject: s.CheckURL(), Created: s.Made,
		Footer: s.Issuer.Name + " · " + s.title(p) + " · " + s.CheckURL(),
	}
	d.Blocks = append(d.Blocks,
		paper.Address{Sender: true, Lines: []string{s.Issuer.Name, s.Issuer.Address}},
		paper.Heading{Level: 1, Text: paper.Plain(s.title(p))},
		paper.Paragraph{Text: paper.Plain(s.sentence(p))},
		s.facts(p),
	)
	if s.Member == "" {
		d.Blocks = append(d.Blocks, s.sums(p))
		if s.Election != nil {
			d.Blocks = append(d.Blocks, s.electors(p))
		}
	}
	d.Blocks = append(d.Blocks, paper.Paragraph{Face: paper.Sans, Text: paper.Text{{Text: s.notes(p), Style: paper.Muted}}}, s.check(p))
	if place := s.Issuer.Place; place != "" {
		d.Blocks = append(d.Blocks, paper.Date{Text: place + ", " + p.Long(s.madeOn())})
	}
	d.Blocks = append(d.Blocks, s.signature())
	if s.Member == "" {
		d.Blocks = append(d.Blocks, paper.PageBreak{}, paper.Heading{Level: 2, Text: paper.Plain(p.T("proof.members", "day", p.Long(s.On)))}, s.roll(p))
	}
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
	add(p.T("proof.ground"), s.Rules.Register)
	add(p.T("proof.purpose"), s.Purpose)
	if s.Member != "" {
		for _, l := range s.Lines {
			add(p.T("proof.category"), l.Category)
			add(p.T("proof.standing"), p.T("members.standing."+string(l.Standing)))
			add(p.T("proof.authorised"), strings.Join(l.Agents, ", "))
			add(p.T("proof.paper"), l.papers(p))
			if !l.Recorded.IsZero() {
				add(p.T("proof.recorded"), p.Date(l.Recorded))
			}
		}
		return list
	}
	if s.Kind != "" {
		add(p.T("proof.scope"), p.T("proof.scope."+string(s.Kind)))
	}
	add(p.T("proof.before"), s.Before)
	return list
}

// sums are how many members of each kind there are, and how many of them have proof.
func (s Sheet) sums(p *i18n.Printer) paper.Table {
	t := paper.Table{RowHeads: true, Columns: []paper.Column{
		{Head: p.T("members.kind"), Share: 6}, {Head: p.T("proof.sum.members"), Share: 3, Numeric: true}, {Head: p.T("proof.sum.proven"), Share: 3, Numeric: true}, {Head: p.T("proof.sum.without"), Share: 3, Numeric: true},
	}}
	row := func(label string, all, proven int) {
		t.Rows = append(t.Rows, []paper.Cell{{paper.Plain(label)}, {paper.Plain(p.Number(all))}, {paper.Plain(p.Number(proven))}, {paper.Plain(p.Number(all - proven))}})
	}
	for _, k := range members.Kinds() {
		all, proven := 0, 0
		for _, l := range s.Lines {
			if l.Kind == k {
				all++
				if l.Proven(s.On) {
					proven++
				}
			}
		}
		if s.Kind == "" || s.Kind == k {
			row(p.T("proof.sum."+string(k)), all, proven)
		}
	}
	if s.Kind == "" {
		row(p.T("proof.sum"), s.All(), s.Proven)
	}
	return t
}

// electors says how many electors the members give, and by which rule.
func (s Sheet) electors(p *i18n.Printer) paper.Paragraph {
	e := s.Election
	return paper.Paragraph{Text: paper.Text{{Text: p.T("proof.elected", "n", e.Electors, "sum", e.Sum(), "rule", e.Rule.Name(p.Lang), "basis", e.Rule.Basis, "members", p.Number(e.Members)), Style: paper.Bold}}}
}

func (s Sheet) roll(p *i18n.Printer) paper.Table {
	t := paper.Table{Columns: []paper.Column{
		{Head: p.T("proof.no"), Share: 3, Numeric: true}, {Head: p.T("members.name"), Share: 18}, {Head: p.T("proof.since"), Share: 6}, {Head: p.T("proof.paper"), Share: 20},
	}}
	kinds := map[members.Kind]string{}
	for _, k := range members.Kinds() {
		kinds[k] = p.T("members.kind." + string(k))
	}
	for _, l := range s.Lines {
		about := kinds[l.Kind]
		for _, more := range []string{l.Place, l.Category} {
			if more != "" {
				about += " · " + more
			}
		}
		name := paper.Cell{paper.Plain(l.Name), muted(about)}
		if len(l.Agents) > 0 {
			name = append(name, muted(p.T("proof.authorised.are", "names", strings.Join(l.Agents, ", "))))
		}
		if l.Standing == members.Suspended {
			name = append(name, muted(p.T("members.standing.suspended")))
		}
		if !l.Recorded.IsZero() {
			name = append(name, muted(p.T("proof.recorded.on", "day", p.Date(l.Recorded))))
		}
		var papers paper.Cell
		for _, x := range l.Papers {
			papers = append(papers, paper.Plain(x.text(p)))
		}
		if len(papers) == 0 {
			papers = paper.Cell{muted(p.T("proof.paper.none"))}
		}
		t.Rows = append(t.Rows, []paper.Cell{{paper.Plain(strconv.Itoa(l.No))}, name, {paper.Plain(p.Date(l.Since))}, papers})
	}
	return t
}

func muted(text string) paper.Text { return paper.Text{{Text: text, Style: paper.Muted}} }

// notes are what a reader has to know of the words above.
func (s Sheet) notes(p *i18n.Printer) string {
	text := p.T("proof.note.day") + " " + p.T("proof.note.since")
	for _, l := range s.Lines {
		if !l.Recorded.IsZero() {
			return text + " " + p.T("proof.note.recorded")
		}
	}
	return text
}

// check is how anybody checks the extract: a code for telephones, and the words.
func (s Sheet) check(p *i18n.Printer) paper.Slip {
	link := s.CheckURL()
	return paper.Slip{Code: paper.Code{Content: []byte(link), Alt: p.T("proof.code.alt", "link", link)}, Facts: paper.Facts{
		{Label: p.T("proof.slip.at"), Value: paper.Text{{Text: link, Link: link}}},
		{Label: p.T("proof.slip.code"), Value: paper.Plain(spaced(s.Token))},
		{Label: p.T("proof.slip.hash"), Value: paper.Plain(s.Hash())},
		{Label: p.T("proof.slip.means"), Value: paper.Plain(p.T("proof.how"))},
	}}
}

// spaced is a code in groups of five, as it is copied from paper.
func spaced(code string) string {
	var parts []string
	for len(code) > 5 {
		parts, code = append(parts, code[:5]), code[5:]
	}
	return strings.Join(append(parts, code), " ")
}

func (s Sheet) signature() paper.Block {
	if s.Issuer.Signer == "" {
		return paper.Signature{Lines: []string{s.Issuer.Name}}
	}
	return paper.Signature{Lines: []string{s.Issuer.Signer, s.Issuer.Office}}
}
