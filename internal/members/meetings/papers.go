package meetings

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/paper"
)

// A Sheet says which paper is made of a meeting.
type Sheet string

// The papers.
const (
	AgendaSheet     Sheet = "agenda"
	AttendanceSheet Sheet = "attendance" // with lines to sign on
	MinutesSheet    Sheet = "minutes"
)

// Sheets are all of them.
func Sheets() []Sheet { return []Sheet{AgendaSheet, AttendanceSheet, MinutesSheet} }

// A Protocol is all of a meeting that its papers tell.
type Protocol struct {
	Meeting   Meeting
	Attendees []Attendee // of an assembly those of whom something is noted
	Motions   []Motion
	Votes     map[MotionID][]Vote
	Papers    []bodies.Paper
}

// A File is a paper as a file.
type File struct {
	Name, MIME string
	Bytes      []byte
}

// scribe writes one protocol in one language.
type scribe struct {
	Protocol
	House
	*i18n.Printer
}

// Compose makes a paper of a meeting. It is a function of its arguments.
func (h House) Compose(p Protocol, s Sheet, words *i18n.Printer) paper.Document {
	w := scribe{p, h, words}
	m := p.Meeting
	title := w.T("bodies.sheet."+string(s), "number", first(m.Number, m.BodyIs))
	d := paper.Document{Lang: words.Lang, Title: title, Author: h.Name, Created: m.Changed, Footer: h.Name + " · " + first(m.Number, m.BodyIs) + " · " + title}
	d.Blocks = append(d.Blocks, paper.Heading{Level: 1, Text: paper.Plain(title)}, w.head())
	switch s {
	case AgendaSheet:
		d.Blocks = append(d.Blocks, w.agenda()...)
	case AttendanceSheet:
		d.Blocks = append(d.Blocks, w.attendance(true)...)
	case MinutesSheet:
		d.Blocks = append(d.Blocks, w.minutes()...)
	}
	return d
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// head says what meeting it is.
func (w scribe) head() paper.Facts {
	m := w.Meeting
	var facts paper.Facts
	add := func(key, value string) {
		if value != "" {
			facts = append(facts, paper.Fact{Label: w.T("bodies.sheet.fact." + key), Value: paper.Plain(value)})
		}
	}
	add("body", m.BodyIs)
	add("title", m.Title)
	if m.Letters {
		add("letters", w.hour(w.Printer, m.At)+" – "+w.hour(w.Printer, m.Ends))
	} else {
		add("at", w.hour(w.Printer, m.At))
	}
	add("place", m.Place)
	add("online", m.Online)
	add("chair", m.Chair)
	add("recorder", m.Recorder)
	return facts
}

func (w scribe) heading(level int, text string) paper.Block {
	return paper.Heading{Level: level, Text: paper.Plain(text)}
}

// paras are the paragraphs of a text that people wrote.
func paras(text string) (blocks []paper.Block) {
	for _, p := range Paragraphs(text) {
		blocks = append(blocks, paper.Paragraph{Text: paper.Plain(p)})
	}
	return blocks
}

func (w scribe) say(text string) paper.Block {
	return paper.Paragraph{Text: paper.Plain(text), Face: paper.Sans}
}

func (w scribe) agenda() (blocks []paper.Block) {
	blocks = append(blocks, paras(w.Meeting.Intro)...)
	for i, item := range w.Meeting.Agenda {
		blocks = append(blocks, w.heading(2, ordinal(i+1)+" "+item.Title))
		if item.Speaker != "" {
			blocks = append(blocks, w.say(w.T("bodies.sheet.speaker", "name", item.Speaker)))
		}
		blocks = append(blocks, paras(item.Text)...)
		for _, m := range w.Motions {
			if m.Item == item.ID && m.Fate != Withdrawn {
				blocks = append(blocks, w.motion(m)...)
			}
		}
		for _, p := range w.Papers {
			if p.Item == item.ID {
				blocks = append(blocks, w.say(w.T("bodies.sheet.file", "name", p.Name)))
			}
		}
	}
	return blocks
}

// motion is a motion as it is put.
func (w scribe) motion(m Motion) []paper.Block {
	blocks := []paper.Block{w.say(w.T("bodies.sheet.motion", "title", m.Title))}
	var norm paper.Norm
	for _, p := range Paragraphs(m.Text) {
		norm = append(norm, paper.Plain(p))
	}
	blocks = append(blocks, norm)
	return append(blocks, paras(m.Reasons)...)
}

// attendance is who was there; with lines to sign on, who was called.
func (w scribe) attendance(sign bool) []paper.Block {
	t := paper.Table{Caption: w.T("bodies.sheet.who"), RowHeads: true, Columns: []paper.Column{{Head: w.T("bodies.sheet.name"), Share: 4}, {Head: w.T("bodies.sheet.acts"), Share: 3}, {Head: w.T("bodies.sheet.way"), Share: 3}}}
	if sign {
		t.Columns[2] = paper.Column{Head: w.T("bodies.sheet.signature"), Share: 4}
	}
	names := map[AttendeeID]string{}
	for _, a := range w.Attendees {
		names[a.ID] = a.Name
	}
	for _, a := range w.Attendees {
		if !sign && a.Way == Awaited {
			continue
		}
		name := a.Name
		if a.Office != "" && a.Office != bodies.Sitting {
			name += " (" + w.T("bodies.office."+string(a.Office)) + ")"
		}
		acts := a.Acts
		if sign && acts == "" && a.Reply != ByProxy {
			acts = a.Sends
		}
		if a.Way == ByProxy {
			acts = names[a.Holder]
		}
		if a.Basis != "" && acts != "" {
			acts += " – " + a.Basis
		}
		way := ""
		if !sign {
			way = w.T("bodies.way." + string(a.Way))
			if !a.Left.IsZero() {
				way += ", " + w.T("bodies.sheet.left", "hour", w.Clock(a.Left.In(w.Zone)))
			}
			if !a.Lost.IsZero() {
				way += ", " + w.T("bodies.sheet.lost", "hour", w.Clock(a.Lost.In(w.Zone)))
			}
		}
		t.Rows = append(t.Rows, []paper.Cell{{paper.Plain(name)}, {paper.Plain(acts)}, {paper.Plain(way)}})
	}
	if len(t.Rows) == 0 {
		return []paper.Block{w.say(w.T("bodies.sheet.nobody"))}
	}
	return []paper.Block{t}
}

// minutes are who was there, whether there was a quorum, what was said, and what
// was decided by how many votes.
func (w scribe) minutes() []paper.Block {
	m := w.Meeting
	blocks := paras(m.Minutes.Opening)
	if !m.Letters {
		blocks = append(blocks, w.heading(2, w.T("bodies.sheet.present")))
		blocks = append(blocks, w.attendance(false)...)
	}
	blocks = append(blocks, w.heading(2, w.T("bodies.sheet.quorum")))
	for _, h := range m.Counts {
		blocks = append(blocks, w.say(w.Found(m, h)))
	}
	if m.Letters && (m.Protests > 0 || m.Stopped) {
		blocks = append(blocks, w.say(w.T("bodies.sheet.protests", "n", m.Protests)))
	}
	blocks = append(blocks, w.say(w.T("bodies.sheet.rule", "cite", strings.TrimSuffix(m.Rule.Cite, "."))))
	for i, item := range m.Agenda {
		blocks = append(blocks, w.heading(2, ordinal(i+1)+" "+item.Title))
		blocks = append(blocks, paras(item.Said)...)
		blocks = append(blocks, w.voted(item.ID)...)
	}
	if rest := w.voted(""); len(rest) > 0 {
		blocks = append(append(blocks, w.heading(2, w.T("bodies.sheet.other"))), rest...)
	}
	blocks = append(blocks, paras(m.Minutes.Closing)...)
	if !m.Closed.IsZero() {
		blocks = append(blocks, w.say(w.T("bodies.sheet.closed", "at", w.hour(w.Printer, m.Closed))))
	}
	if m.State == Approved {
		blocks = append(blocks, w.say(w.T("bodies.sheet.approved", "day", w.Long(m.Minutes.On), "by", m.Minutes.By)))
	}
	var lines []string
	for _, one := range []struct{ key, name string }{{"recorder", m.Recorder}, {"chair", m.Chair}} {
		if one.name != "" {
			lines = append(lines, w.T("bodies.sheet.fact."+one.key)+": "+one.name)
		}
	}
	if len(lines) > 0 {
		blocks = append(blocks, paper.Signature{Lines: lines})
	}
	return blocks
}

// Found says what a headcount found.
func (w scribe) Found(m Meeting, h Headcount) string { return w.House.Found(w.Printer, m, h) }

// Found says what a headcount found, in a sentence.
func (h House) Found(p *i18n.Printer, m Meeting, c Headcount) string {
	key := "bodies.found"
	switch {
	case m.Letters:
		key += ".letters"
	case c.Second:
		key += ".second"
	}
	s := p.T(key, "hour", h.hour(p, c.At), "all", c.All, "needed", c.Needed, "present", c.Present)
	if c.Proxies > 0 {
		s += " " + p.T("bodies.found.proxies", "n", c.Proxies)
	}
	if c.Reached() {
		return s + " " + p.T("bodies.found.yes")
	}
	return s + " " + p.T("bodies.found.no")
}

// voted are the motions of a point, with what became of them.
func (w scribe) voted(item string) (blocks []paper.Block) {
	names := map[AttendeeID]string{}
	for _, a := range w.Attendees {
		names[a.ID] = a.Name
	}
	for _, m := range w.Motions {
		if m.Item != item {
			continue
		}
		blocks = append(blocks, w.say(w.T("bodies.sheet.motion", "title", m.Title)))
		for i, a := range m.Amendments {
			blocks = append(blocks, w.say(w.T("bodies.sheet.amendment", "number", i+1, "what", w.T("bodies.change."+string(a.Change), "para", a.Para), "mover", first(a.Mover, "–"), "state", Settled(w.Printer, a))))
			blocks = append(blocks, paras(a.Text)...)
		}
		text := m.Text
		if m.Fate == Carried {
			text = m.Final()
			blocks = append(blocks, paper.Paragraph{Text: paper.Text{{Text: w.T("bodies.sheet.decision", "number", m.Number), Style: paper.Bold}}, Face: paper.Sans})
		}
		var norm paper.Norm
		for _, p := range Paragraphs(text) {
			norm = append(norm, paper.Plain(p))
		}
		blocks = append(blocks, norm, w.say(w.Outcome(m)))
		if m.ByName && w.Meeting.BodyKind != bodies.Assembly {
			for _, v := range w.Votes[m.ID] {
				line := names[v.Attendee] + ": " + w.T("bodies.choice."+string(v.Choice))
				if v.Reason != "" {
					line += " – " + v.Reason
				}
				blocks = append(blocks, w.say(line))
			}
		}
	}
	return blocks
}

// Outcome says how the vote on a motion went.
func (w scribe) Outcome(m Motion) string { return Outcome(w.Printer, m) }

// Outcome says how the vote on a motion went, in a sentence.
func Outcome(p *i18n.Printer, m Motion) string {
	if m.Fate == Put || m.Fate == Withdrawn {
		return p.T("bodies.fate.is." + string(m.Fate))
	}
	return p.T("bodies.outcome", "for", m.Result.For, "against", m.Result.Against, "abstained", m.Result.Abstained, "present", m.Result.Present, "needed", m.Needed) +
		" " + p.T("bodies.fate.is."+string(m.Fate))
}

// Settled says what became of an amendment, and by how many votes if it was voted on.
func Settled(p *i18n.Printer, a Amendment) string {
	s := p.T("bodies.taken." + string(a.State))
	if c := a.Result; c.Cast() > 0 {
		s += ": " + p.T("bodies.taken.counted", "for", c.For, "against", c.Against, "abstained", c.Abstained)
	}
	return s
}

// ShareWords writes a share: more than 1/2, at least 2/3.
func ShareWords(p *i18n.Printer, s tally.Share) string {
	part := strconv.FormatInt(s.Num, 10) + "/" + strconv.FormatInt(s.Den, 10)
	if s.More {
		return p.T("bodies.share.more", "part", part)
	}
	return p.T("bodies.share.least", "part", part)
}

var mimes = map[string]string{
	"pdf":  "application/pdf",
	"docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	"html": "text/html; charset=utf-8",
}

// fileOf makes a file of a paper.
func fileOf(d paper.Document, format string) (File, error) {
	var b bytes.Buffer
	var err error
	switch format {
	case "pdf":
		_, err = paper.PDF(&b, d)
	case "docx":
		err = paper.DOCX(&b, d)
	case "html":
		err = paper.HTML(&b, d)
	default:
		err = fault.New(fault.Missing, "bodies.sheet.missing")
	}
	return File{MIME: mimes[format], Bytes: b.Bytes()}, err
}
