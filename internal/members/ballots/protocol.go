package ballots

import (
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/paper"
)

// A protocol is what the paper for the minutes (zapisnik o glasovanju) says.
type protocol struct {
	*i18n.Printer
	house      House
	vote       Vote
	candidates []Candidate
	record     tally.Record
	tally      tally.Tally
}

func (p protocol) name(c tally.Candidate) string { return p.candidates[c].Name }

func (p protocol) when(t time.Time) string { return p.Moment(t.In(p.house.Zone)) }

func (p protocol) number(n int64) string { return p.Number(int(n)) }

func (p protocol) votes(v tally.Votes) string {
	s := strings.TrimSuffix(v.String(), ".00000")
	if p.Lang != "en" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

// document writes the protocol.
func (p protocol) document() paper.Document {
	v := p.vote
	d := paper.Document{Lang: p.Lang, Title: p.T("ballots.paper.title", "title", v.Title), Author: p.house.Name, Footer: p.house.Name}
	add := func(b ...paper.Block) { d.Blocks = append(d.Blocks, b...) }
	add(paper.Heading{Level: 1, Text: paper.Plain(p.T("ballots.paper.title", "title", v.Title))})
	add(p.facts())
	for _, par := range strings.Split(v.Text, "\n") {
		if strings.TrimSpace(par) != "" {
			add(paper.Paragraph{Text: paper.Plain(par)})
		}
	}
	add(paper.Heading{Level: 2, Text: paper.Plain(p.T("ballots.paper.result"))})
	switch {
	case v.Void != "":
		add(paper.Paragraph{Text: paper.Plain(p.T("ballots.paper.void." + string(v.Void)))})
	case v.Kind == Motion:
		add(p.motion()...)
	default:
		add(p.election()...)
	}
	if !v.Secret && v.Void == "" && len(p.record.Ballots) > 0 {
		add(paper.Heading{Level: 2, Text: paper.Plain(p.T("ballots.paper.names"))}, p.named())
	}
	add(paper.Heading{Level: 2, Text: paper.Plain(p.T("ballots.paper.again"))}, paper.Paragraph{Text: paper.Plain(p.T("ballots.paper.again.text", "link", p.house.URL+Link(v.ID)+"/result"))})
	add(paper.Signature{Closing: p.T("ballots.paper.signed"), Lines: []string{p.T("ballots.paper.signer")}})
	return d
}

func (p protocol) facts() paper.Facts {
	v := p.vote
	secrecy := p.T("ballots.paper.open")
	if v.Secret {
		secrecy = p.T("ballots.paper.secret")
	}
	f := paper.Facts{
		{Label: p.T("ballots.paper.house"), Value: paper.Plain(p.house.Name)},
		{Label: p.T("ballots.paper.secrecy"), Value: paper.Plain(secrecy)},
		{Label: p.T("ballots.paper.opened"), Value: paper.Plain(p.when(v.Opened))},
		{Label: p.T("ballots.paper.closed"), Value: paper.Plain(p.when(v.Ended))},
		{Label: p.T("ballots.paper.electors"), Value: paper.Plain(p.Number(v.Electors))},
		{Label: p.T("ballots.paper.weight"), Value: paper.Plain(p.number(v.Weight))},
		{Label: p.T("ballots.paper.voted"), Value: paper.Plain(p.Number(v.Voted))},
		{Label: p.T("ballots.paper.electorate"), Value: paper.Plain(v.Electorate)},
		{Label: p.T("ballots.paper.quorum"), Value: paper.Plain(QuorumWords(p.Printer, v.Quorum.String()))},
	}
	if v.Kind == Motion {
		return append(f, paper.Fact{Label: p.T("ballots.paper.majority"), Value: paper.Plain(MajorityWords(p.Printer, v.Majority))})
	}
	return append(f, paper.Fact{Label: p.T("ballots.paper.method"), Value: paper.Plain(p.T("ballots.paper.method." + string(v.Method)))},
		paper.Fact{Label: p.T("ballots.paper.seats"), Value: paper.Plain(p.Number(v.Seats))}, paper.Fact{Label: p.T("ballots.paper.seed"), Value: paper.Plain(p.record.Seed)})
}

func (p protocol) motion() []paper.Block {
	t := p.tally
	outcome := p.T("ballots.paper.outcome." + string(t.Outcome))
	if !t.Quorum {
		outcome = p.T("ballots.paper.outcome.quorum")
	}
	facts := paper.Facts{
		{Label: p.T("ballots.for"), Value: paper.Plain(p.number(t.Poll.For))},
		{Label: p.T("ballots.against"), Value: paper.Plain(p.number(t.Poll.Against))},
		{Label: p.T("ballots.abstain"), Value: paper.Plain(p.number(t.Poll.Abstained))},
		{Label: p.T("ballots.paper.needs"), Value: paper.Plain(p.number(t.Needs))},
	}
	if p.vote.Chair != "" {
		facts = append(facts, paper.Fact{Label: p.T("ballots.paper.chair"), Value: paper.Plain(p.T("ballots." + p.vote.Chair))})
	}
	return []paper.Block{facts, paper.Paragraph{Text: paper.Text{{Text: outcome, Style: paper.Bold}}}}
}

func (p protocol) election() []paper.Block {
	r := p.tally.Result
	var blocks []paper.Block
	if !p.tally.Quorum {
		blocks = append(blocks, paper.Paragraph{Text: paper.Text{{Text: p.T("ballots.paper.outcome.quorum"), Style: paper.Bold}}})
	}
	var won []paper.Text
	for _, c := range r.Elected {
		won = append(won, paper.Plain(p.name(c)))
	}
	if len(won) > 0 && p.tally.Quorum {
		blocks = append(blocks, paper.Paragraph{Text: paper.Plain(p.T("ballots.paper.elected"))}, paper.List{Numbered: true, Items: won})
	}
	switch {
	case len(r.Second) > 0:
		var names []paper.Text
		for _, c := range r.Second {
			names = append(names, paper.Plain(p.name(c)))
		}
		blocks = append(blocks, paper.Paragraph{Text: paper.Plain(p.T("ballots.paper.second"))}, paper.List{Items: names})
	case r.Open > 0:
		blocks = append(blocks, paper.Paragraph{Text: paper.Plain(p.T("ballots.paper.left", "n", r.Open))})
	}
	if r.Method != tally.STV {
		return append(blocks, p.totals())
	}
	for i, s := range r.Stages {
		blocks = append(blocks, p.stage(i, s))
	}
	return blocks
}

func (p protocol) totals() paper.Table {
	t := paper.Table{Caption: p.T("ballots.paper.totals"), RowHeads: true, Columns: []paper.Column{{Head: p.T("ballots.paper.candidate"), Share: 3}, {Head: p.T("ballots.paper.votes"), Numeric: true}}}
	for i, total := range p.tally.Result.Totals {
		t.Rows = append(t.Rows, []paper.Cell{{paper.Plain(p.name(tally.Candidate(i)))}, {paper.Plain(p.votes(total))}})
	}
	return t
}

// stage is one stage of a count, as a table of its own: papers are narrow.
func (p protocol) stage(i int, s tally.Stage) paper.Table {
	title := strconv.Itoa(i+1) + ". " + p.T("ballots.paper.stage."+string(s.Deed))
	if s.Deed != tally.First {
		title += ": " + p.name(s.Of)
	}
	for _, c := range s.Elected {
		title += "; " + p.T("ballots.paper.stage.elected", "name", p.name(c))
	}
	if s.Tie != nil && s.Tie.Stage == 0 {
		title += "; " + p.T("ballots.paper.stage.lot")
	}
	t := paper.Table{Caption: title, RowHeads: true, Columns: []paper.Column{{Head: p.T("ballots.paper.candidate"), Share: 3}, {Head: p.T("ballots.paper.votes"), Numeric: true}}}
	row := func(name string, v tally.Votes) {
		t.Rows = append(t.Rows, []paper.Cell{{paper.Plain(name)}, {paper.Plain(p.votes(v))}})
	}
	for c, held := range s.Held {
		row(p.name(tally.Candidate(c)), held)
	}
	row(p.T("ballots.paper.spent"), s.Spent)
	row(p.T("ballots.paper.lost"), s.Lost)
	return t
}

// named is who voted how, in an open vote.
func (p protocol) named() paper.Table {
	t := paper.Table{Caption: p.T("ballots.paper.names"), RowHeads: true, Columns: []paper.Column{
		{Head: p.T("ballots.paper.elector"), Share: 3}, {Head: p.T("ballots.paper.ballot"), Share: 3}, {Head: p.T("ballots.paper.weighs"), Numeric: true},
	}}
	for _, b := range p.record.Ballots {
		var marks []string
		for _, m := range b.Marks {
			marks = append(marks, p.record.Candidates[m-1])
		}
		t.Rows = append(t.Rows, []paper.Cell{{paper.Plain(b.Name)}, {paper.Plain(strings.Join(marks, ", "))}, {paper.Plain(p.number(b.Weight))}})
	}
	return t
}
