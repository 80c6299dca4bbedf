package positions

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/paper"
)

// A Kind says which paper is made of a frozen version.
type Kind string

// The papers.
const (
	Letter     Kind = "letter"     // dopis
	Table      Kind = "table"      // preglednica pripomb po določbah
	Amendments Kind = "amendments" // amandmajski listi
	Objections Kind = "objections" // priloga z nasprotnimi mnenji
)

// Kinds are all of them, in the order in which they are sent.
func Kinds() []Kind { return []Kind{Letter, Table, Amendments, Objections} }

// Formats are the files that each paper is made as.
func Formats() []string { return []string{"docx", "pdf", "html"} }

// A Document is one paper as a file.
type Document struct {
	Kind   Kind
	Lang   string // of the frame; the texts stay in the language of the draft
	Format string // "docx", "pdf" or "html"
	Name   string // of the file: "stalisce-2026-07-v3-preglednica.docx"
	MIME   string
	Size   int64
	Bytes  []byte // empty in lists
}

var mimes = map[string]string{
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"pdf":  "application/pdf",
	"html": "text/html; charset=utf-8",
}

// Name is how the file of a paper is called.
func (s Snapshot) Name(p *i18n.Printer, k Kind, format string) string {
	return fmt.Sprintf("%s-%s-v%d-%s.%s", p.T("positions.paper.file"), s.Position, s.Version, p.T("positions.paper.file."+string(k)), format)
}

// A desk of papers: one snapshot, written in one language.
type writer struct {
	Snapshot
	*i18n.Printer
	hash string
	zone *time.Location
}

// Compose makes a paper of a frozen version. It is a function of its arguments.
func (s Snapshot) Compose(k Kind, p *i18n.Printer, hash string, zone *time.Location) paper.Document {
	w := writer{s, p, hash, zone}
	d := paper.Document{
		Lang: p.Lang, Author: s.Sender.Name, Created: s.FrozenAt, Subject: s.CaseTitle, Footer: w.footer(),
		Spoken: paper.Spoken{Inserted: p.T("positions.paper.inserted"), Deleted: p.T("positions.paper.deleted")},
	}
	d.Title = p.T("positions.paper.title."+string(k), "position", string(s.Position), "title", s.Title)
	switch k {
	case Letter:
		d.Blocks = w.letter()
	case Table:
		d.Blocks = w.table()
	case Amendments:
		d.Blocks = w.amendments()
	case Objections:
		d.Blocks = w.objections()
	}
	return d
}

// write makes the file of a document.
func write(d paper.Document, format string) ([]byte, error) {
	var b bytes.Buffer
	var err error
	switch format {
	case "docx":
		err = paper.DOCX(&b, d)
	case "pdf":
		_, err = paper.PDF(&b, d)
	case "html":
		err = paper.HTML(&b, d)
	default:
		err = fmt.Errorf("positions: there is no format %q", format)
	}
	return b.Bytes(), err
}

// lang is the language of what the association wrote, which is that of the draft.
func (s Snapshot) lang() string {
	for _, p := range s.Proposals {
		if p.Lang != "" {
			return p.Lang
		}
	}
	return "sl"
}

// own is words of the association, marked when the paper is in another language.
func (w writer) own(text string) paper.Text { return w.in(w.Snapshot.lang(), text) }

func (w writer) in(lang, text string) paper.Text {
	r := paper.Run{Text: text}
	if lang != w.Lang {
		r.Lang = lang
	}
	return paper.Text{r}
}

func (w writer) say(key string, args ...any) paper.Text { return paper.Plain(w.T(key, args...)) }

func (w writer) footer() string {
	s := w.T("positions.paper.footer", "position", string(w.Position), "version", strconv.Itoa(w.Version), "hash", short(w.hash), "licence", w.Licence)
	if w.Sender.URL != "" {
		s = w.T("positions.paper.footer.link", "link", strings.TrimPrefix(strings.TrimPrefix(w.Sender.URL, "https://"), "http://")+Path(w.Position, w.Version), "rest", s)
	}
	return s
}

// short is the first eight digits of a hash, in two groups.
func short(hash string) string {
	if len(hash) < 8 {
		return hash
	}
	return hash[:4] + " " + hash[4:8]
}

func (w writer) day() civil.Date { return civil.Of(w.FrozenAt, w.zone) }

// draft names what the position is about: the case, the draft and the numbers it
// goes by.
func (w writer) draft() string {
	parts := []string{w.CaseTitle}
	if w.CaseShort != "" && !strings.Contains(w.CaseTitle, w.CaseShort) {
		parts[0] += " (" + w.CaseShort + ")"
	}
	if w.DraftLabel != "" {
		parts = append(parts, w.DraftLabel)
	}
	return strings.Join(append(parts, w.numbers()...), ", ")
}

// numbers are the identifiers that the authorities know the draft by.
func (w writer) numbers() (list []string) {
	for _, id := range []struct{ name, value string }{{"EVA", w.EVA}, {"EPA", w.EPA}} {
		if id.value != "" {
			list = append(list, id.name+nb+id.value)
		}
	}
	return list
}

const nb = "\u00a0"

// subject is the title with what the authority files it under.
func (w writer) subject() string {
	ids := w.numbers()
	if w.CaseShort != "" && !strings.Contains(w.Title, w.CaseShort) {
		ids = append([]string{w.CaseShort}, ids...)
	}
	if len(ids) == 0 {
		return w.Title
	}
	return w.Title + " (" + strings.Join(ids, ", ") + ")"
}

func (w writer) letter() []paper.Block {
	sender := []string{w.Sender.Name, w.Sender.Address}
	if w.Sender.URL != "" {
		sender = append(sender, w.Sender.URL)
	}
	blocks := []paper.Block{paper.Address{Sender: true, Lines: sender}}
	if w.Addressee != "" {
		blocks = append(blocks, paper.Address{Lines: []string{w.Addressee}})
	}
	date := w.Long(w.day())
	if w.Sender.Place != "" {
		date = w.Sender.Place + ", " + date
	}
	blocks = append(blocks, paper.Date{Text: date}, paper.Subject{Text: w.T("positions.paper.letter.subject", "title", w.subject())},
		paper.Paragraph{Text: w.say("positions.paper.letter.hello")},
		paper.Paragraph{Text: w.say("positions.paper.letter.intro", "n", len(w.Proposals), "position", string(w.Position), "version", strconv.Itoa(w.Version))},
		paper.Paragraph{Text: w.own(w.Lead)}, paper.Paragraph{Text: w.say("positions.paper.letter.list", "n", len(w.Proposals))})
	list := paper.List{Numbered: true}
	for _, p := range w.Proposals {
		list.Items = append(list.Items, append(w.in(p.Lang, p.Cite+": "+p.Title), paper.Run{Text: " – " + w.T("positions.paper.wanted."+string(p.Wanted))}))
	}
	blocks = append(blocks, list)
	if !w.Behind.None() {
		blocks = append(blocks, paper.Paragraph{Text: w.say("positions.paper.letter.behind", "who", w.Behind.Say(w.Printer))})
	}
	blocks = append(blocks, paper.Paragraph{Text: paper.Plain(w.decided())})
	if w.Mandate.Rule != "" {
		blocks = append(blocks, paper.Paragraph{Text: append(w.say("positions.paper.letter.rule"), append(paper.Plain(" "), w.own(strings.TrimSuffix(w.Mandate.Rule, ".")+".")...)...)})
	}
	blocks = append(blocks, paper.Paragraph{Text: w.say("positions.paper.letter.ask")})
	attached := []string{w.T("positions.paper.letter.attached.table"), w.T("positions.paper.letter.attached.amendments")}
	if len(w.Snapshot.Objections()) > 0 {
		attached = append(attached, w.T("positions.paper.letter.attached.objections"))
	}
	sign := []string{w.Sender.Signer, w.Sender.Office}
	if w.Sender.Signer == "" {
		sign = []string{w.Sender.Name}
	}
	return append(blocks, paper.Signature{Closing: w.T("positions.paper.letter.bye"), Lines: sign},
		paper.Paragraph{Text: w.say("positions.paper.letter.attached", "list", strings.Join(attached, "; ")), Face: paper.Sans})
}

// Say says how many organisations and persons: "44 organizacij in 3 osebe".
func (c Crowd) Say(p *i18n.Printer) string {
	switch {
	case c.Persons == 0:
		return p.T("positions.paper.orgs", "n", c.Orgs)
	case c.Orgs == 0:
		return p.T("positions.paper.persons", "n", c.Persons)
	}
	return p.List([]string{p.T("positions.paper.orgs", "n", c.Orgs), p.T("positions.paper.persons", "n", c.Persons)})
}

// Decided says who decided, where, when and with how many votes.
func (m Mandate) Decided(p *i18n.Printer) string {
	on, where := p.Long(m.On), ""
	if m.Meeting != "" {
		where = p.T("positions.paper.meeting", "meeting", m.Meeting)
	}
	s := p.T("positions.paper.decided."+string(m.Body), "on", on, "where", where, "who", m.Person)
	if m.Body.Votes() {
		s += p.T("positions.paper.votes", "for", strconv.Itoa(m.For), "against", strconv.Itoa(m.Against), "abstained", strconv.Itoa(m.Abstained))
	}
	return s
}

func (w writer) decided() string { return w.Mandate.Decided(w.Printer) + "." }

// facts are what stands at the head of each paper but the letter.
func (w writer) facts() paper.Facts {
	f := paper.Facts{
		{Label: w.T("positions.paper.about"), Value: w.own(w.draft())},
		{Label: w.T("positions.paper.from"), Value: w.own(w.Sender.Name)},
		{Label: w.T("positions.paper.position"), Value: w.say("positions.paper.position.is", "position", string(w.Position), "version", strconv.Itoa(w.Version), "on", w.Long(w.day()))},
		{Label: w.T("positions.paper.mandate"), Value: paper.Plain(w.decided())},
	}
	if a := w.Asked; !a.From.IsZero() && !a.Answered.None() {
		f = append(f, paper.Fact{Label: w.T("positions.paper.asked"), Value: paper.Plain(a.Say(w.Printer))})
	}
	return f
}

// Say says when the members were asked and how many answered.
func (a Asked) Say(p *i18n.Printer) string {
	return p.T("positions.paper.asked.is", "from", p.Long(a.From), "until", p.Long(a.Until), "answered", a.Answered.Say(p),
		"orgs", p.Number(a.Asked.Orgs), "persons", p.Number(a.Asked.Persons))
}

func (w writer) table() []paper.Block {
	t := paper.Table{
		Caption: w.T("positions.paper.table.caption"), RowHeads: true,
		Columns: []paper.Column{
			{Head: w.T("positions.paper.col.provision"), Share: 9}, {Head: w.T("positions.paper.col.draft"), Share: 20}, {Head: w.T("positions.paper.col.ours"), Share: 22},
			{Head: w.T("positions.paper.col.reasons"), Share: 23}, {Head: w.T("positions.paper.col.consequences"), Share: 15}, {Head: w.T("positions.paper.col.support"), Share: 11},
		},
	}
	for _, p := range w.Proposals {
		t.Rows = append(t.Rows, []paper.Cell{
			{append(paper.Text{{Text: strconv.Itoa(p.Number) + ". "}}, w.in(p.Lang, p.Cite)...)},
			w.paragraphs(p.Lang, p.Draft), append(w.lead(p), w.redline(p)...),
			append(paper.Cell{bold(w.in(p.Lang, p.Title))}, w.paragraphs(p.Lang, p.Reasons)...),
			w.consequences(p), w.support(p),
		})
	}
	return []paper.Block{
		paper.PageBreak{Landscape: true}, paper.Heading{Level: 1, Text: w.say("positions.paper.table.title")}, w.facts(), t,
		paper.Paragraph{Face: paper.Sans, Text: paper.Text{{Text: w.T("positions.paper.legend"), Style: paper.Muted}}},
	}
}

func bold(t paper.Text) paper.Text {
	for i := range t {
		t[i].Style |= paper.Bold
	}
	return t
}

// lead says in a word what becomes of the provision, where a redline alone does
// not: what is put in stands behind it, and what stays has no redline.
func (w writer) lead(p Proposal) paper.Cell {
	if p.Wanted == Rewrite {
		return nil
	}
	return paper.Cell{{{Text: w.T("positions.paper.lead." + string(p.Wanted)), Style: paper.Muted}}}
}

// Redline is what turns the draft into our text, for people to read: between words
// that go and words that come stands a space. The number of the provision is no word
// that we want gone where our text only leaves it out.
func (p Proposal) Redline() []lawdiff.Edit {
	old, text := p.Old(), p.New()
	if n := len(p.Place); n > 0 && p.Wanted == Rewrite && !strings.HasPrefix(text, p.Place[n-1].Label) {
		if body, ok := strings.CutPrefix(old, p.Place[n-1].Label); ok {
			old = strings.TrimLeft(body, " \n")
		}
	}
	return Redline(old, text)
}

// Redline is what turns one text into another, for people to read.
func Redline(old, new string) (list []lawdiff.Edit) {
	for _, e := range lawdiff.Words(old, new) {
		if n := len(list); n > 0 && list[n-1].Op == lawdiff.Delete && e.Op == lawdiff.Insert && touch(list[n-1].Text, e.Text) {
			list = append(list, lawdiff.Edit{Op: lawdiff.Keep, Text: " "})
		}
		list = append(list, e)
	}
	return list
}

func touch(a, b string) bool {
	return strings.TrimRight(a, " \n") == a && strings.TrimLeft(b, " \n,.;:)") == b
}

// redline is our text with what differs from the draft, a paragraph for each line.
func (w writer) redline(p Proposal) paper.Cell {
	lang := ""
	if p.Lang != w.Lang {
		lang = p.Lang
	}
	styles := map[lawdiff.Op]paper.Style{lawdiff.Insert: paper.Inserted, lawdiff.Delete: paper.Deleted}
	cell := paper.Cell{nil}
	for _, e := range p.Redline() {
		for i, line := range strings.Split(e.Text, "\n") {
			if i > 0 {
				cell = append(cell, nil)
			}
			if line != "" {
				cell[len(cell)-1] = append(cell[len(cell)-1], paper.Run{Text: line, Style: styles[e.Op], Lang: lang})
			}
		}
	}
	return full(cell)
}

// full leaves out paragraphs without words.
func full(cell paper.Cell) paper.Cell {
	var out paper.Cell
	for _, t := range cell {
		if len(t) > 0 {
			out = append(out, t)
		}
	}
	return out
}

func (w writer) paragraphs(lang, text string) (cell paper.Cell) {
	for _, line := range lines(text) {
		cell = append(cell, w.in(lang, line))
	}
	return cell
}

// consequences are those for the budget and for people, each with its name.
func (w writer) consequences(p Proposal) (cell paper.Cell) {
	for _, one := range []struct{ key, text string }{{"positions.paper.budget", p.Budget}, {"positions.paper.people", p.People}} {
		for i, t := range w.paragraphs(p.Lang, one.text) {
			if i == 0 {
				t = append(paper.Text{{Text: w.T(one.key) + " ", Style: paper.Bold}}, t...)
			}
			cell = append(cell, t)
		}
	}
	if len(cell) == 0 {
		cell = paper.Cell{w.say("positions.paper.none")}
	}
	return cell
}

func (w writer) support(p Proposal) (cell paper.Cell) {
	for _, one := range []struct {
		key string
		c   Crowd
	}{{"positions.paper.for", p.For}, {"positions.paper.against", p.Against}, {"positions.paper.neutral", p.Neutral}} {
		if !one.c.None() || one.key == "positions.paper.for" {
			cell = append(cell, paper.Text{{Text: w.T(one.key) + " ", Style: paper.Bold}, {Text: one.c.Say(w.Printer)}})
		}
	}
	return cell
}

func (w writer) amendments() []paper.Block {
	var blocks []paper.Block
	for i, p := range w.Proposals {
		if i > 0 {
			blocks = append(blocks, paper.PageBreak{})
		}
		blocks = append(blocks, paper.Heading{Level: 1, Text: w.say("positions.paper.amendment", "n", strconv.Itoa(p.Number))},
			paper.Facts{
				{Label: w.T("positions.paper.to"), Value: w.own(w.draft())},
				{Label: w.T("positions.paper.provision"), Value: w.in(p.Lang, p.Cite)},
				{Label: w.T("positions.paper.from"), Value: w.own(w.Sender.Name)},
				{Label: w.T("positions.paper.purpose"), Value: w.in(p.Lang, p.Title)},
			},
			paper.Heading{Level: 2, Text: w.say("positions.paper.text")})
		blocks = append(blocks, w.normative(p)...)
		blocks = append(blocks, paper.Heading{Level: 2, Text: w.say("positions.paper.reasons")})
		for _, t := range w.paragraphs(p.Lang, p.Reasons) {
			blocks = append(blocks, paper.Paragraph{Text: t})
		}
		blocks = append(blocks, paper.Heading{Level: 2, Text: w.say("positions.paper.consequences")})
		for _, t := range w.consequences(p) {
			blocks = append(blocks, paper.Paragraph{Text: t})
		}
		if len(p.Evidence) > 0 {
			blocks = append(blocks, paper.Heading{Level: 2, Text: w.say("positions.paper.evidence")}, w.evidence(p))
		}
	}
	return blocks
}

func (w writer) normative(p Proposal) (blocks []paper.Block) {
	n := p.Normative()
	blocks = append(blocks, paper.Paragraph{Text: w.in(p.Lang, n.Lead)})
	var norm paper.Norm
	for _, line := range n.Quote {
		norm = append(norm, w.in(p.Lang, line))
	}
	if len(norm) > 0 {
		blocks = append(blocks, norm)
	}
	if n.Then != "" {
		blocks = append(blocks, paper.Paragraph{Text: w.in(p.Lang, n.Then)})
	}
	return blocks
}

func (w writer) evidence(p Proposal) (list paper.List) {
	for _, e := range p.Evidence {
		link := e.Link
		if strings.HasPrefix(link, "/") && w.Sender.URL != "" {
			link = w.Sender.URL + link
		}
		t := w.in(p.Lang, e.Label)
		t[0].Link = link
		if e.Version != "" {
			t = append(t, paper.Run{Text: ", " + w.T("positions.paper.version", "version", e.Version)})
		}
		list.Items = append(list.Items, t)
	}
	return list
}

func (w writer) objections() []paper.Block {
	blocks := []paper.Block{paper.Heading{Level: 1, Text: w.say("positions.paper.objections.title")}, w.facts()}
	with := w.Snapshot.Objections()
	if len(with) == 0 {
		return append(blocks, paper.Paragraph{Text: w.say("positions.paper.objections.none")})
	}
	blocks = append(blocks, paper.Paragraph{Text: w.say("positions.paper.objections.lead")})
	for _, p := range with {
		blocks = append(blocks, paper.Heading{Level: 2, Text: append(w.say("positions.paper.objections.to", "n", strconv.Itoa(p.Number)), append(paper.Plain(" "), w.in(p.Lang, p.Cite+": "+p.Title)...)...)})
		for _, t := range w.support(p) {
			blocks = append(blocks, paper.Paragraph{Text: t, Face: paper.Sans})
		}
		list := paper.List{}
		for _, o := range p.Objections {
			who := w.in(p.Lang, o.Who)
			if o.Who == "" {
				who = w.say("positions.paper.objections.unnamed")
			}
			list.Items = append(list.Items, append(append(bold(who), paper.Run{Text: ": "}), w.in(p.Lang, o.Text)...))
		}
		blocks = append(blocks, list)
	}
	return blocks
}
