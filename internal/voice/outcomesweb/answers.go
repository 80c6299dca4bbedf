package outcomesweb

import (
	"net/http"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/outcomes"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

type answersView struct {
	voiceweb.CaseHead
	Waits []page.Row
	List  []answerRow
	May   bool
}

type answerRow struct {
	ID, From, Lead, Summary string
	Tenor                   mark
	File, FileMeta          string // link, and what it is
	Drop                    string
}

// answers lists what came back, and what did not.
func (s *Site) answers(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.member(r)
	if err != nil {
		return err
	}
	list, err := s.outcomes.Answers(r.Context(), f.Actor, file.ID)
	if err != nil {
		return err
	}
	sent, err := s.outcomes.Deliveries(r.Context(), f.Actor, file.ID)
	if err != nil {
		return err
	}
	v := answersView{CaseHead: voiceweb.Head(f, file, "answers"), May: f.Actor.Can(voice.Work)}
	to := map[outcomes.ID]outcomes.Delivery{}
	for _, d := range sent {
		to[d.ID] = d
		if d.Waits() {
			row := s.deliveryRow(f, file, d, false)
			if v.May {
				row.Do, row.DoLink, row.Text = f.T("outcomes.log.do"), path(file, "answers/new?delivery="+string(d.ID)), row.Status
			}
			v.Waits = append(v.Waits, row)
		}
	}
	for _, a := range list {
		v.List = append(v.List, answerRowOf(f, file, a, to[a.Delivery], v.May))
	}
	return page.Render(w, r, answersPage(v))
}

func answerRowOf(f page.Frame, file cases.File, a outcomes.Answer, d outcomes.Delivery, may bool) answerRow {
	row := answerRow{ID: string(a.ID), From: a.From, Lead: f.Date(a.On) + " · " + f.T("outcomes.channel."+string(a.Channel)), Summary: a.Summary, Tenor: tenor(f, a.Tenor)}
	if d.Sent() {
		row.Lead += " · " + f.T("outcomes.answer.after", "n", max(0, a.On.Sub(d.SentOn)), "day", f.Date(d.SentOn))
	}
	if a.File.Blob != "" {
		row.File, row.FileMeta = path(file, "answers", string(a.ID), "file"), a.File.Name+" · "+f.Printer.Size(a.File.Size)
	}
	if may {
		row.Drop = path(file, "answers", string(a.ID), "drop")
	}
	return row
}

func tenor(f page.Frame, t outcomes.Tenor) mark {
	m := mark{Tone: "none", Icon: "mail", Word: f.T("outcomes.tenor." + string(t))}
	switch t {
	case outcomes.Replied, outcomes.NewText:
		m.Tone = "ok"
	case outcomes.Refused:
		m.Tone, m.Icon = "error", "not"
	}
	return m
}

// log notes an answer.
func (s *Site) log(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.worker(r)
	if err != nil {
		return err
	}
	sent, err := s.outcomes.Deliveries(r.Context(), f.Actor, file.ID)
	if err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		err := s.logged(w, r, f, file)
		if err == nil {
			return page.Go(w, r, path(file, "answers"), "said.outcomes.logged")
		}
		if !f.Blame(err) {
			return err
		}
	}
	v := s.form(f, file, "answers", "log")
	v.Files = true
	v.Fields = answerFields(r, f, sent)
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

func (s *Site) logged(w http.ResponseWriter, r *http.Request, f page.Frame, file cases.File) error {
	kept, err := s.upload(w, r, f.Actor)
	if err != nil {
		return err
	}
	var in struct {
		Delivery string     `form:"delivery"`
		From     string     `form:"from"`
		On       civil.Date `form:"on"`
		Channel  string     `form:"channel"`
		Tenor    string     `form:"tenor"`
		Summary  string     `form:"summary"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	_, err = s.outcomes.Log(r.Context(), f.Actor, outcomes.Answer{
		Case: file.ID, Delivery: outcomes.ID(in.Delivery), From: in.From, On: in.On, Channel: outcomes.Channel(in.Channel), Tenor: outcomes.Tenor(in.Tenor),
		Summary: in.Summary, File: kept,
	})
	return err
}

func answerFields(r *http.Request, f page.Frame, sent []outcomes.Delivery) []page.Field {
	which := []page.Option{{Label: f.T("outcomes.answer.to_none")}}
	delivery, from := r.FormValue("delivery"), r.PostFormValue("from")
	for _, d := range sent {
		if !d.Sent() {
			continue
		}
		which = append(which, page.Option{Value: string(d.ID), Label: d.To + ", " + f.Date(d.SentOn)})
		if string(d.ID) == delivery && from == "" {
			from = d.To
		}
	}
	var ways, tenors []page.Option
	for _, c := range outcomes.Channels() {
		ways = append(ways, page.Option{Value: string(c), Label: f.T("outcomes.channel." + string(c))})
	}
	chosen := typed(r, "tenor", string(outcomes.Replied))
	for _, t := range outcomes.Tenors() {
		tenors = append(tenors, page.Option{Value: string(t), Label: capital(f.T("outcomes.tenor." + string(t))), Hint: f.T("outcomes.tenor." + string(t) + ".hint"), On: chosen == string(t)})
	}
	return []page.Field{
		{Name: "delivery", Label: f.T("outcomes.field.answers_to"), Type: "select", Options: which, Value: delivery},
		{Name: "from", Label: f.T("outcomes.field.from"), Value: from},
		{Name: "on", Label: f.T("outcomes.field.came"), Hint: f.T("outcomes.field.came.hint"), Type: "date", Value: typed(r, "on", f.Date(f.Today))},
		{Name: "channel", Label: f.T("outcomes.field.channel"), Type: "select", W: "m", Options: ways, Value: typed(r, "channel", string(outcomes.Mail))},
		{Name: "tenor", Label: f.T("outcomes.field.tenor"), Type: "radio", Options: tenors},
		{Name: "summary", Label: f.T("outcomes.field.summary"), Hint: f.T("outcomes.field.summary.hint"), Type: "textarea", Value: r.PostFormValue("summary")},
		{Name: "file", Label: f.T("outcomes.field.letter"), Hint: f.T("outcomes.field.letter.hint"), Type: "file"},
	}
}

// typed is what the person typed into a field, else what stands there.
func typed(r *http.Request, name, stands string) string {
	if r.Method == http.MethodPost {
		return r.PostFormValue(name)
	}
	return stands
}

// unlog takes an answer away that was noted by mistake.
func (s *Site) unlog(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.worker(r)
	if err != nil {
		return err
	}
	back := path(file, "answers")
	if r.Method == http.MethodPost {
		if err := s.outcomes.Unlog(r.Context(), f.Actor, outcomes.ID(r.PathValue("answer"))); err != nil {
			return err
		}
		return page.Go(w, r, back, "said.outcomes.unlogged")
	}
	f.Title = f.T("outcomes.unlog")
	return page.Render(w, r, page.Confirm(page.Question{
		Frame: f, Ask: f.T("outcomes.unlog"), Text: f.T("outcomes.unlog.lead"), Do: f.T("outcomes.unlog.do"), Action: back + "/" + r.PathValue("answer") + "/drop",
		Back: back, BackLabel: f.T("outcomes.back"), Danger: true,
	}))
}
