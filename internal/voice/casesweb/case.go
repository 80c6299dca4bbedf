package casesweb

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

type caseView struct {
	voiceweb.CaseHead
	Clocks  []page.Clock
	Four    []page.Figure
	Last    []moment
	Breach  *breachNote
	Whole   []stepRow
	Law     string // name of the whole procedure
	Step    *nextStep
	Facts   []page.Fact
	Related []page.Fact
	Links   []page.Crumb
	May     bool // work on the case
}

// A moment is a point of the timeline.
type moment struct{ At, Day, Text, Note, Edit string }

type nextStep struct{ Text, Do, Link string }

type breachNote struct {
	Tone            page.Tone
	Icon, Word      string
	Text, Rule, Why string
}

type stepRow struct {
	Phase  page.Phase
	Basis  string
	Clocks []string
}

// overview is the first page of a case.
func (s *Site) overview(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.file(r)
	if file.Public && !f.Actor.Can(voice.See) {
		http.Redirect(w, r, "/z/"+string(file.ID), http.StatusSeeOther)
		return nil
	}
	if err != nil {
		return err
	}
	v := caseView{CaseHead: voiceweb.Head(f, file, "overview"), May: f.Actor.Can(voice.Work)}
	v.Clocks = s.clocks(f, file)
	v.Four = four(f, file)
	v.Last = lately(f, file, 6)
	v.Breach = s.breachNote(f, file)
	v.Law = voiceweb.Label(f.Printer, file.Procedure.Labels)
	v.Whole = whole(f, file)
	v.Step = s.nextStep(f, file)
	v.Facts = s.facts(r, f, file)
	if v.Related, err = s.related(r, f, file); err != nil {
		return err
	}
	if v.May {
		v.Links = deeds(f, file)
	}
	return page.Render(w, r, casePage(v))
}

// clocks are the days that matter: those of the procedure, then our own and what
// others owe us.
func (s *Site) clocks(f page.Frame, file cases.File) (list []page.Clock) {
	if file.State.Over() {
		return nil
	}
	for _, step := range file.Line {
		for _, t := range step.Clocks {
			if t.State == procedure.Waiting || !t.Met.IsZero() || t.Clock.Sense != procedure.NoLater {
				continue
			}
			c := clock(f, voiceweb.Capital(voiceweb.Label(f.Printer, t.Clock.Labels)), t.Due.On, t.State == procedure.Missed)
			c.Tag, c.TagKind = voiceweb.Force(f.Printer, t.Clock.Force)
			c.Basis = t.Clock.Basis
			if t.Clock.Key == "our_comments" && file.Finding.Days > 0 {
				c.Note = f.T("cases.breach.lasts", "n", file.Finding.Days) + " " + rule(f, file.Finding)
				c.Basis = file.Finding.Basis
			}
			if !t.Due.Perhaps.IsZero() {
				c.Note = strings.TrimSpace(c.Note + " " + f.T("cases.clock.perhaps", "day", f.Date(t.Due.Perhaps)))
			}
			if !t.Due.Longest.IsZero() {
				c.Note = strings.TrimSpace(c.Note + " " + f.T("cases.clock.longest", "day", f.Date(t.Due.Longest)))
			}
			list = append(list, c)
		}
	}
	for _, d := range file.Dues {
		if strings.HasPrefix(d.Kind, "dues.clock") {
			continue
		}
		c := clock(f, voiceweb.Say(f.Printer, s.cases.Country(), d, ""), d.On, d.On.Before(f.Today))
		if d.Waiting {
			c.Number, c.Unit = f.Number(f.Today.Sub(d.On)), f.T("cases.days.waiting", "n", f.Today.Sub(d.On))
			c.Until, c.Late = f.T("cases.since", "day", f.Day(d.On)), false
		}
		c.Tag, c.TagKind = voiceweb.Force(f.Printer, d.Force)
		c.Note = voiceweb.Say(f.Printer, s.cases.Country(), d, ".text")
		list = append(list, c)
	}
	return list
}

func clock(f page.Frame, label string, on civil.Date, late bool) page.Clock {
	n := on.Sub(f.Today)
	c := page.Clock{Label: label, Until: f.T("cases.until", "day", f.Day(on)), Late: late}
	switch {
	case n < 0:
		c.Number, c.Unit = f.Number(-n), f.T("cases.days.late", "n", -n)
		c.Until = f.T("cases.was_due", "day", f.Day(on))
	case n == 0:
		c.Number = f.T("away.today")
	default:
		c.Number, c.Unit = f.Number(n), f.T("cases.days", "n", n)
	}
	return c
}

// rule says how long a consultation must be.
func rule(f page.Frame, found procedure.Finding) string {
	if found.Most == 0 {
		return f.T("cases.breach.rule_least", "n", found.Least)
	}
	return f.T("cases.breach.rule", "least", found.Least, "most", found.Most)
}

// four are the figures that carry their rule; none that would be nought of nought.
func four(f page.Frame, file cases.File) (list []page.Figure) {
	if file.Proposals > 0 {
		list = append(list, page.Figure{
			Number: f.Number(file.Taken + file.Partly), Of: f.T("cases.of", "n", file.Proposals),
			Text: f.T("cases.four.taken", "n", file.Taken+file.Partly, "taken", file.Taken, "partly", file.Partly),
		})
	}
	if file.Finding.Days > 0 {
		list = append(list, page.Figure{
			Number: f.Number(file.Finding.Days), Of: f.T("cases.days", "n", file.Finding.Days), Text: f.T("cases.four.days") + " " + rule(f, file.Finding),
		})
	}
	if file.Members > 0 {
		list = append(list, page.Figure{Number: f.Number(file.Members), Text: f.T("cases.four.members", "n", file.Members)})
	}
	if file.Comments > 0 {
		list = append(list, page.Figure{Number: f.Number(file.Comments), Text: f.T("cases.four.comments", "n", file.Comments)})
	}
	return list
}

// lately is the newest of the timeline: what is called to happen, then what has.
func lately(f page.Frame, file cases.File, most int) (list []moment) {
	now := "now"
	for _, e := range file.Events {
		if len(list) == most {
			break
		}
		m := moment{At: "next", Day: f.Date(e.On), Text: e.Note, Edit: "/cases/" + string(file.ID) + "/events/" + e.ID}
		if e.Key != "" {
			m.Text, m.Note = voiceweb.EventName(f.Printer, e.Key), e.Note
		}
		if !e.On.After(f.Today) {
			m.At, now = now, "done"
		}
		list = append(list, m)
	}
	return list
}

// whole is the procedure from end to end.
func whole(f page.Frame, file cases.File) (list []stepRow) {
	at := map[procedure.State]string{procedure.Done: "done", procedure.Passed: "done", procedure.Now: "now", procedure.ToCome: "next"}
	for _, step := range file.Line {
		row := stepRow{Basis: step.Phase.Basis, Phase: page.Phase{
			At: at[step.State], Label: voiceweb.Capital(voiceweb.Label(f.Printer, step.Phase.Labels)), When: voiceweb.When(f.Printer, step.From, step.Until),
		}}
		if step.State == procedure.Passed {
			row.Phase.When = f.T("cases.phase.no_record")
		}
		for _, t := range step.Clocks {
			state := f.T("cases.clock." + string(t.State))
			if !t.Due.On.IsZero() {
				state = f.Date(t.Due.On) + ", " + state
			}
			row.Clocks = append(row.Clocks, voiceweb.Label(f.Printer, t.Clock.Labels)+" ("+state+")")
		}
		list = append(list, row)
	}
	return list
}

// nextStep is the soonest thing that we have to do.
func (s *Site) nextStep(f page.Frame, file cases.File) *nextStep {
	for _, d := range file.Dues {
		if d.Waiting || d.Snoozed.After(f.Today) {
			continue
		}
		if d.Kind == cases.OwnDue && !f.Actor.Can(voice.Work) {
			continue
		}
		step := &nextStep{
			Text: voiceweb.Say(f.Printer, s.cases.Country(), d, "") + ", " + f.Away(d.On, f.Today) + " (" + f.Day(d.On) + ").",
			Do:   voiceweb.Say(f.Printer, s.cases.Country(), d, ".do"), Link: d.Link,
		}
		switch {
		case d.Kind == cases.OwnDue:
			step.Link = "/today/done?due=" + url.QueryEscape(d.ID)
		case d.Link == "/cases/"+string(file.ID):
			step.Do = "" // here we are
		case step.Do == "":
			step.Do = f.T("dues.do")
		}
		return step
	}
	return nil
}

// facts are the identifiers and who stands behind the text.
func (s *Site) facts(r *http.Request, f page.Frame, file cases.File) (list []page.Fact) {
	for _, one := range []page.Fact{
		{Label: "EVA", Value: file.EVA, ID: true}, {Label: "EPA", Value: file.EPA, ID: true}, {Label: "SOP", Value: file.SOP, ID: true},
		{Label: f.T("cases.code"), Value: file.Code, ID: true}, {Label: f.T("cases.proposer"), Value: file.Proposer},
	} {
		if one.Value != "" {
			list = append(list, one)
		}
	}
	if file.Act != "" {
		one := page.Fact{Label: f.T("cases.act"), Value: string(file.Act), Link: "/acts/" + string(file.Act)}
		if a, err := s.act(r, file.Case); err == nil {
			one.Value = a.Name()
		}
		list = append(list, one)
	}
	list = append(list, page.Fact{Label: f.T("cases.kind"), Value: s.kindName(f, file.Case)})
	where := strings.TrimPrefix(strings.TrimPrefix(f.House.URL, "https://"), "http://") + "/z/" + string(file.ID)
	if file.Public {
		return append(list, page.Fact{Label: f.T("cases.address"), Value: where, Link: "/z/" + string(file.ID), ID: true})
	}
	return append(list, page.Fact{Label: f.T("cases.address"), Value: f.T("cases.not_public")})
}

func (s *Site) act(r *http.Request, c cases.Case) (corpus.Act, error) {
	return s.out.Corpus.Act(r.Context(), s.site.Frame(r, "", "").Actor, c.Act)
}

// kindName names the kind of a case and how it is made.
func (s *Site) kindName(f page.Frame, c cases.Case) string {
	if p, ok := s.cases.Country().Procedure(c.Kind, c.Variant); ok {
		return voiceweb.Label(f.Printer, p.Labels)
	}
	return f.T("cases.kind." + string(c.Kind))
}

// related are the cases that belong together.
func (s *Site) related(r *http.Request, f page.Frame, file cases.File) (list []page.Fact, err error) {
	all, err := s.cases.Related(r.Context(), f.Actor, file.ID)
	for _, one := range all {
		list = append(list, page.Fact{
			Label: one.Case.Name(), Link: "/cases/" + string(one.Case.ID),
			Value: f.T("voice.case", "number", cases.Number(one.Case.ID)) + ", " + f.T("voice.state."+string(one.Case.State)),
		})
	}
	return list, err
}

// breachNote says whether the public was heard.
func (s *Site) breachNote(f page.Frame, file cases.File) *breachNote {
	if file.Breach == "" {
		return nil
	}
	n := &breachNote{Tone: "none", Icon: "clock", Word: f.T("cases.breach." + string(file.Breach))}
	switch {
	case file.Breach.Violated():
		n.Tone, n.Icon = "error", "not"
	case file.Breach == procedure.Respected:
		n.Tone, n.Icon = "ok", "taken"
	case file.Breach == procedure.NotCounted:
		n.Icon = "info"
	}
	found := file.Finding
	if found.Days > 0 {
		n.Text = f.T("cases.breach.lasts", "n", found.Days) + " " + rule(f, found)
	}
	n.Rule = found.Basis
	for _, e := range s.cases.Country().Consultation.Exempt {
		if e.Key == found.Reason {
			n.Text = strings.TrimSpace(n.Text + " " + voiceweb.Label(f.Printer, e.Labels) + ".")
		}
	}
	if o := file.Ruled; o.Class != "" {
		n.Why = f.T("cases.breach.ruled", "by", o.By, "day", f.Date(o.On), "reason", o.Reason, "counted", f.T("cases.breach."+string(found.Class)))
	}
	return n
}

// deeds are the small links of the rail.
func deeds(f page.Frame, file cases.File) []page.Crumb {
	at := "/cases/" + string(file.ID)
	list := []page.Crumb{
		{Label: f.T("cases.event.new"), Link: at + "/events/new"}, {Label: f.T("cases.deadline.new"), Link: at + "/deadlines/new"},
		{Label: f.T("cases.edit"), Link: at + "/edit"}, {Label: f.T("cases.relate"), Link: at + "/related"},
		{Label: f.T("cases.breach.rule_on"), Link: at + "/breach"},
	}
	if file.Public {
		list = append(list, page.Crumb{Label: f.T("cases.withdraw"), Link: at + "/public"})
	} else {
		list = append(list, page.Crumb{Label: f.T("cases.publish"), Link: at + "/public"})
	}
	return append(list, page.Crumb{Label: f.T("cases.close"), Link: at + "/close"})
}
