package publicweb

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/consult"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

// A fileView is all that file.templ can show.
type fileView struct {
	page.Frame
	Kicker, Note, Lead string
	Called             string
	Phases             []page.Phase
	Clocks             []page.Clock
	Consultations      []page.Row
	Positions          []page.Row
	Ledgers            []ledgerPart
	Sent, Came         []line
	Heard              *heardNote
	Events             []moment
	Facts, Texts       []page.Fact
	Calendar           string
}

// A ledgerPart is what became of one position.
type ledgerPart struct {
	Title, Sum string
	Lines      []line
}

// A line is one thing of a list that leads nowhere: when · what · how it stands.
type line struct {
	When, Note     string
	Title, Text    string
	Lang           string   // of the title, the text and the place, if it is not the page's
	Quote          []string // what the text says that proves it
	Cite, CiteLink string
	Meta           string
	Tone           page.Tone
	Icon, Status   string
}

type heardNote struct {
	Tone       page.Tone
	Icon, Word string
	Text, Rule string
	Ruled      string
}

// A moment is a point of the chronology.
type moment struct{ At, Day, Text string }

// file is a public case: GET /z/2026-014.
func (s *Site) file(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), voice.CaseID(r.PathValue("id"))
	f := s.frame(r, caseLink(id))
	file, err := s.Cases.File(ctx, f.Actor, id, f.Today)
	if err != nil {
		return err
	}
	if !file.Public { // whoever may see it sees it where it is worked on
		return page.Go(w, r, "/cases/"+url.PathEscape(string(file.ID)), "")
	}
	v := fileView{
		Frame: f, Kicker: f.T("voice.case", "number", cases.Number(file.ID)), Called: voiceweb.Called(file.Case), Lead: file.Lead,
		Note:   f.T("voice.open_since", "day", f.Date(file.Opened)),
		Phases: voiceweb.Phases(f.Printer, file), Clocks: clocks(f, file), Heard: s.heard(f, file), Events: chronology(f, file),
		Facts: facts(f, file), Calendar: inLang(caseLink(file.ID)+"/calendar.ics", f.Lang),
	}
	if file.State != cases.Open {
		v.Note += " · " + f.T("voice.state."+string(file.State))
	}
	v.Title, v.Feed = file.Name(), inLang("/feeds/cases.atom", f.Lang)
	if err := s.voices(ctx, r, &v, file); err != nil {
		return err
	}
	if v.Texts, err = s.texts(ctx, f, file.ID); err != nil {
		return err
	}
	return page.Render(w, r, filePage(v))
}

// voices fills in what was asked, held, sent and answered, as anyone may see it.
func (s *Site) voices(ctx context.Context, r *http.Request, v *fileView, file cases.File) error {
	asked, err := s.Consult.Of(ctx, auth.Actor{}, file.ID)
	if err != nil {
		return err
	}
	for _, c := range asked {
		v.Consultations = append(v.Consultations, askedRow(v.Frame, c))
	}
	held, err := s.Positions.PublicOf(ctx, file.ID)
	if err != nil {
		return err
	}
	if v.Positions, err = s.positionRows(r, v.Frame, held); err != nil {
		return err
	}
	if v.Ledgers, err = s.ledgers(ctx, v.Frame, held); err != nil {
		return err
	}
	e, err := s.Outcomes.Exchange(ctx, file.ID)
	for _, d := range e.Sent {
		v.Sent = append(v.Sent, sentLine(v.Frame, d))
	}
	for _, a := range e.Came {
		v.Came = append(v.Came, line{
			When: v.Date(a.On), Note: v.T("public.channel." + string(a.Channel)), Title: a.From, Text: a.Summary, Lang: v.Own(),
			Tone: "none", Icon: "mail", Status: v.T("public.tenor." + string(a.Tenor)),
		})
	}
	return err
}

// askedRow is a consultation of the case, open or closed.
func askedRow(f page.Frame, c consult.Consultation) page.Row {
	row := page.Row{
		When: left(f, c.Closes), WhenNote: f.T("voice.until", "day", f.Date(c.Closes)), Title: c.Title, Link: consultationLink(c.ID), Lang: f.Own(),
		Meta: f.T("public.answers", "n", c.Answered), Do: f.T("public.answer"), DoLink: consultationLink(c.ID),
	}
	if !c.Takes(f.Today) {
		row.When, row.Do, row.Status, row.Tone, row.Icon = f.T("public.closed"), "", f.T("public.closed"), "none", "lock"
	}
	return row
}

// clocks are the terms of the procedure that run, those that were missed, and what
// is called to happen. What we set for ourselves is ours.
func clocks(f page.Frame, file cases.File) (list []page.Clock) {
	if file.State.Over() {
		return nil
	}
	for _, step := range file.Line {
		for _, t := range step.Clocks {
			if t.State == procedure.Waiting || !t.Met.IsZero() || t.Clock.Sense != procedure.NoLater || t.Clock.Force == procedure.Own {
				continue
			}
			c := clock(f, voiceweb.Label(f.Printer, t.Clock.Labels), t.Due.On)
			c.Basis = t.Clock.Basis
			c.Tag, c.TagKind = voiceweb.Force(f.Printer, t.Clock.Force)
			list = append(list, c)
		}
	}
	for _, e := range slices.Backward(file.Events) {
		if e.Key != "" && e.On.After(f.Today) {
			c := clock(f, voiceweb.EventName(f.Printer, e.Key), e.On)
			c.Tag = f.T("public.clock.event")
			list = append(list, c)
		}
	}
	return list
}

func clock(f page.Frame, label string, on civil.Date) page.Clock {
	n := on.Sub(f.Today)
	c := page.Clock{Number: f.Number(n), Unit: f.T("public.days", "n", n), Label: label, Until: f.T("voice.until", "day", f.Date(on))}
	switch {
	case n == 0:
		c.Number, c.Unit = f.T("away.today"), ""
	case n < 0:
		c.Number, c.Unit, c.Late = f.Number(-n), f.T("public.days.late", "n", -n), true
	}
	return c
}

// mostLedgers bounds the positions whose ledgers are shown.
const mostLedgers = 5

// ledgers are what became of the proposals of each position, of its newest version.
func (s *Site) ledgers(ctx context.Context, f page.Frame, held []positions.Position) (list []ledgerPart, err error) {
	open := map[law.VersionID]*corpus.Version{}
	for _, p := range held {
		if p.Stage != positions.Frozen || len(list) == mostLedgers {
			continue
		}
		l, err := s.Outcomes.Ledger(ctx, auth.Actor{}, p.Case, p.ID, p.Version)
		if err != nil {
			return nil, err
		}
		part := ledgerPart{Title: p.Title, Sum: f.T("public.uptake.waits")}
		if l.Judged() > 0 {
			part.Sum = uptake(f, l.Memory)
		}
		for _, one := range l.Lines {
			v, err := s.readable(ctx, open, one.Version)
			if err != nil {
				return nil, err
			}
			part.Lines = append(part.Lines, ledgerLine(f, one.Judgement, v))
		}
		list = append(list, part)
	}
	return list, nil
}

// readable is the version if anyone may read it, else nil.
func (s *Site) readable(ctx context.Context, known map[law.VersionID]*corpus.Version, id law.VersionID) (*corpus.Version, error) {
	if v, ok := known[id]; ok || id == "" {
		return v, nil
	}
	v, err := s.Corpus.Version(ctx, auth.Actor{}, id)
	switch {
	case fault.Is(err, fault.Denied), fault.Is(err, fault.Missing):
		known[id] = nil
	case err != nil:
		return nil, err
	default:
		known[id] = &v
	}
	return known[id], nil
}

// ledgerLine is one proposal. The passage that proves the verdict is quoted if
// anyone may read the text that it stands in.
func ledgerLine(f page.Frame, j outcomes.Judgement, v *corpus.Version) line {
	one := line{When: f.T("public.proposal", "number", strconv.Itoa(j.Number)), Note: j.Cite, Title: j.Title, Lang: f.Own()}
	tone, icon, key := page.Tone("none"), "clock", "waits"
	switch j.Verdict {
	case voice.Taken:
		tone, icon, key = "ok", "taken", "taken"
	case voice.Partly:
		tone, icon, key = "warn", "partly", "partly"
	case voice.Not:
		tone, icon, key = "error", "not", "not"
	case voice.Silence:
		icon, key = "silence", "silence"
	}
	one.Tone, one.Icon, one.Status = tone, icon, f.T("public.upshot."+key)
	if j.Verdict != "" {
		one.Meta = f.T("public.judged", "day", f.Date(j.On))
	}
	if v != nil && j.Text != "" {
		one.Quote, one.Cite = strings.Split(j.Text, "\n"), strings.TrimPrefix(j.TextIs+", "+j.PassageIs, ", ")
		one.CiteLink = versionLink(*v) + "/" + url.PathEscape(j.Passage)
	}
	return one
}

func versionLink(v corpus.Version) string {
	return "/acts/" + url.PathEscape(string(v.Act)) + "/" + url.PathEscape(string(v.ID))
}

func sentLine(f page.Frame, d outcomes.Delivery) line {
	one := line{
		When: f.Date(d.SentOn), Note: f.T("public.channel." + string(d.Channel)), Title: d.To,
		Text: f.T("public.sent.version", "position", string(d.Position), "version", strconv.Itoa(d.Version)), Tone: "none", Icon: "mail", Status: f.T("public.sent.information"),
	}
	switch n := d.Waited(f.Today); {
	case !d.Answered.IsZero():
		one.Tone, one.Icon, one.Status = "ok", "taken", f.T("public.sent.answered", "n", n)
	case d.Waits():
		one.Icon, one.Status = "clock", f.T("public.sent.waits", "n", n)
		if d.DueOn.Before(f.Today) {
			one.Tone, one.Icon = "warn", "silence"
		}
	}
	return one
}

// heard says whether the public was heard, and how many days it had against the rule.
func (s *Site) heard(f page.Frame, file cases.File) *heardNote {
	if file.Breach == "" {
		return nil
	}
	n := &heardNote{Tone: "none", Icon: "clock", Word: f.T("public.heard." + string(file.Breach))}
	switch {
	case file.Breach.Violated():
		n.Tone, n.Icon = "error", "not"
	case file.Breach == procedure.Respected:
		n.Tone, n.Icon = "ok", "taken"
	case file.Breach == procedure.NotCounted:
		n.Icon = "info"
	}
	found := file.Finding
	var say []string
	if found.Days > 0 {
		say = append(say, f.T("public.heard.days", "n", found.Days))
	}
	if file.Breach != procedure.NotCounted {
		say = append(say, rule(f, found))
	}
	for _, e := range s.Cases.Country().Consultation.Exempt {
		if e.Key == found.Reason && file.Breach == procedure.NotCounted {
			say = append(say, voiceweb.Label(f.Printer, e.Labels)+": "+f.T("public.heard.no_breach"))
		}
	}
	n.Text, n.Rule = strings.Join(say, " "), found.Basis
	if file.Ruled.Class != "" {
		n.Ruled = f.T("public.heard.ruled", "day", f.Date(file.Ruled.On), "counted", f.T("public.heard."+string(found.Class)))
	}
	return n
}

func rule(f page.Frame, found procedure.Finding) string {
	if found.Most == 0 {
		return f.T("public.heard.rule_least", "n", found.Least)
	}
	return f.T("public.heard.rule", "least", found.Least, "most", found.Most)
}

// chronology is what happened, and what is called to happen, newest first. Only
// events that the procedure knows: notes are the office's own. What happened more
// than once on a day is told once.
func chronology(f page.Frame, file cases.File) (list []moment) {
	now := "now"
	for _, e := range file.Events {
		m := moment{At: "next", Day: f.Date(e.On), Text: voiceweb.EventName(f.Printer, e.Key)}
		if last := len(list) - 1; e.Key == "" || last >= 0 && list[last].Day == m.Day && list[last].Text == m.Text {
			continue
		}
		if !e.On.After(f.Today) {
			m.At, now = now, "done"
		}
		list = append(list, m)
	}
	return list
}

func facts(f page.Frame, file cases.File) (list []page.Fact) {
	for _, one := range []page.Fact{
		{Label: f.T("public.proposer"), Value: file.Proposer},
		{Label: f.T("public.procedure"), Value: voiceweb.Label(f.Printer, file.Procedure.Labels)},
		{Label: "EVA", Value: file.EVA, ID: true}, {Label: "EPA", Value: file.EPA, ID: true},
		{Label: "SOP", Value: file.SOP, ID: true}, {Label: f.T("public.code"), Value: file.Code, ID: true},
	} {
		if one.Value != "" {
			list = append(list, one)
		}
	}
	return list
}

// texts are what the case is about, with a link to those that anyone may read.
func (s *Site) texts(ctx context.Context, f page.Frame, id voice.CaseID) (list []page.Fact, err error) {
	all, err := s.Cases.Texts(ctx, auth.Actor{}, id)
	known := map[law.VersionID]*corpus.Version{}
	for _, t := range all {
		v, err := s.readable(ctx, known, t.Version)
		if err != nil {
			return nil, err
		}
		one := page.Fact{Label: f.T("public.text." + string(t.Role)), Value: t.Label}
		if t.On != (civil.Date{}) {
			one.Value = strings.TrimPrefix(one.Value+", "+f.Date(t.On), ", ")
		}
		if one.Value == "" {
			one.Value = f.T("public.text")
		}
		if v != nil {
			one.Link = versionLink(*v)
		}
		list = append(list, one)
	}
	return list, err
}
