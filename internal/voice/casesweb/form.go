package casesweb

import (
	"net/http"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

type formView struct {
	voiceweb.CaseHead
	Heading, Text, Do, Back string
	Fields                  []page.Field
	Drop, DropDo            string // where a second button takes the thing away
}

// A paper is a form about a case. Its words stand under cases.KEY, .lead and .do,
// and what is said afterwards under said.cases.KEY.
type paper struct {
	key, tab, back string
	drop           string // path of the form that takes the thing away
	fields         func(page.Frame, cases.File) ([]page.Field, error)
	deed           func(page.Frame, cases.File) error
}

// onCase shows a form on GET and does its deed on POST.
func (s *Site) onCase(w http.ResponseWriter, r *http.Request, p paper) error {
	f, file, err := s.file(r)
	if err != nil {
		return err
	}
	if err := f.Actor.Must(voice.Work); err != nil {
		return err
	}
	back := "/cases/" + string(file.ID) + p.back
	if r.Method == http.MethodPost {
		err := p.deed(f, file)
		if err == nil {
			return page.Go(w, r, back, "said.cases."+p.key)
		}
		if !f.Blame(err) {
			return err
		}
	}
	v := formView{CaseHead: voiceweb.Head(f, file, p.tab), Heading: f.T("cases." + p.key), Text: f.T("cases." + p.key + ".lead"), Do: f.T("cases." + p.key + ".do"), Back: back}
	v.Frame.Title = v.Heading + " · " + v.Frame.Title
	if v.Fields, err = p.fields(f, file); err != nil {
		return err
	}
	if p.drop != "" {
		v.Drop, v.DropDo = p.drop, f.T("cases."+p.key+".drop")
	}
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

// typed is what the person typed into a field, else what stands there.
func typed(r *http.Request, name, stands string) string {
	if r.Method == http.MethodPost {
		return r.FormValue(name)
	}
	return stands
}

// day writes a day for a field, empty if there is none.
func day(f page.Frame, d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return f.Date(d)
}

// eventForm notes an event, or corrects one.
func (s *Site) eventForm(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("event")
	p := paper{key: "event.new", tab: "history", back: ""}
	if id != "" {
		p.key, p.back, p.drop = "event.change", "/history", "/cases/"+r.PathValue("id")+"/events/"+id+"/drop"
	}
	p.fields = func(f page.Frame, file cases.File) ([]page.Field, error) {
		var e cases.Event
		for _, one := range file.Events {
			if one.ID == id {
				e = one
			}
		}
		if id != "" && e.ID == "" {
			return nil, fault.New(fault.Missing, "cases.event.missing")
		}
		return []page.Field{
			{Name: "event", Label: f.T("cases.event.what"), Hint: f.T("cases.event.what.hint"), Type: "select", Value: typed(r, "event", string(e.Key)), Options: s.events(f, file, e.Key)},
			{Name: "day", Label: f.T("cases.event.when"), Hint: f.T("cases.event.when.hint"), Type: "date", Value: typed(r, "day", day(f, e.On))},
			{Name: "note", Label: f.T("cases.note"), Hint: f.T("cases.event.note.hint"), Type: "textarea", Value: typed(r, "note", e.Note)},
		}, nil
	}
	p.deed = func(f page.Frame, file cases.File) error {
		var in struct {
			Event string     `form:"event"`
			Day   civil.Date `form:"day"`
			Note  string     `form:"note"`
		}
		if err := page.Decode(r, &in); err != nil {
			return err
		}
		_, err := s.cases.AddEvent(r.Context(), f.Actor, cases.Event{ID: id, Case: file.ID, Key: procedure.Event(in.Event), On: in.Day, Note: in.Note})
		return err
	}
	return s.onCase(w, r, p)
}

// events are those of the procedure in its order; other says what none of them is.
func (s *Site) events(f page.Frame, file cases.File, stands procedure.Event) []page.Option {
	list := []page.Option{{Label: f.T("cases.event.other")}}
	seen := map[procedure.Event]bool{"": true}
	add := func(keys ...procedure.Event) {
		for _, key := range keys {
			if !seen[key] {
				seen[key] = true
				list = append(list, page.Option{Value: string(key), Label: voiceweb.EventName(f.Printer, key)})
			}
		}
	}
	for _, phase := range file.Procedure.Phases {
		add(phase.Begins)
		for _, c := range phase.Clocks {
			add(c.Starts, c.Stops)
		}
		add(phase.Ends)
	}
	add(stands)
	return list
}

func (s *Site) dropEvent(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	if err := s.cases.DropEvent(r.Context(), f.Actor, voice.CaseID(r.PathValue("id")), r.PathValue("event")); err != nil {
		return err
	}
	return page.Go(w, r, "/cases/"+r.PathValue("id")+"/history", "said.cases.event.drop")
}

func (s *Site) deadlineForm(w http.ResponseWriter, r *http.Request) error {
	var in struct {
		Title string     `form:"title"`
		Day   civil.Date `form:"day"`
	}
	return s.onCase(w, r, paper{
		key: "deadline.new", tab: "overview",
		fields: func(f page.Frame, _ cases.File) ([]page.Field, error) {
			return []page.Field{
				{Name: "title", Label: f.T("cases.deadline.what"), Hint: f.T("cases.deadline.what.hint"), Value: typed(r, "title", "")},
				{Name: "day", Label: f.T("cases.deadline.when"), Type: "date", Value: typed(r, "day", "")},
			}, nil
		},
		deed: func(f page.Frame, file cases.File) error {
			if err := page.Decode(r, &in); err != nil {
				return err
			}
			return s.cases.SetDeadline(r.Context(), f.Actor, file.ID, in.Title, in.Day)
		},
	})
}

func (s *Site) contactForm(w http.ResponseWriter, r *http.Request) error {
	return s.onCase(w, r, paper{
		key: "contact.new", tab: "contacts", back: "/contacts",
		fields: func(f page.Frame, file cases.File) ([]page.Field, error) {
			var ways []page.Option
			for _, c := range cases.Channels() {
				ways = append(ways, page.Option{Value: c, Label: f.T("cases.channel." + c)})
			}
			list := []page.Field{
				{Name: "day", Type: "date", Value: typed(r, "day", f.Date(f.Today))}, {Name: "ours", Value: typed(r, "ours", f.Actor.Name)},
				{Name: "official"}, {Name: "office"}, {Name: "organisation", Value: typed(r, "organisation", file.Proposer)}, {Name: "place"},
				{Name: "channel", Type: "select", W: "m", Options: ways, Value: typed(r, "channel", "meeting")},
				{Name: "field"}, {Name: "aim", Type: "textarea"}, {Name: "attachments", Type: "textarea"},
			}
			for i := range list {
				list[i].Label = f.T("cases.contact.label." + list[i].Name)
				if list[i].Value == "" {
					list[i].Value = r.PostFormValue(list[i].Name)
				}
			}
			return list, nil
		},
		deed: func(f page.Frame, file cases.File) error {
			var in struct {
				Day          civil.Date `form:"day"`
				Ours         string     `form:"ours"`
				Official     string     `form:"official"`
				Office       string     `form:"office"`
				Organisation string     `form:"organisation"`
				Place        string     `form:"place"`
				Channel      string     `form:"channel"`
				Field        string     `form:"field"`
				Aim          string     `form:"aim"`
				Attachments  string     `form:"attachments"`
			}
			if err := page.Decode(r, &in); err != nil {
				return err
			}
			return s.cases.AddContact(r.Context(), f.Actor, cases.Contact{
				Case: file.ID, On: in.Day, Ours: in.Ours, Official: in.Official, Office: in.Office, Organisation: in.Organisation, Place: in.Place,
				Channel: in.Channel, Field: in.Field, Aim: in.Aim, Attachments: in.Attachments,
			})
		},
	})
}

func (s *Site) evidenceForm(w http.ResponseWriter, r *http.Request) error {
	return s.onCase(w, r, paper{
		key: "evidence.new", tab: "evidence", back: "/evidence",
		fields: func(f page.Frame, _ cases.File) ([]page.Field, error) {
			return []page.Field{
				{Name: "title", Label: f.T("cases.evidence.label.title"), Value: typed(r, "title", "")},
				{Name: "link", Label: f.T("cases.evidence.label.link"), Type: "url", Value: typed(r, "link", "")},
				{Name: "citation", Label: f.T("cases.evidence.label.citation"), Hint: f.T("cases.evidence.citation.hint"), Value: typed(r, "citation", "")},
				{Name: "note", Label: f.T("cases.note"), Type: "textarea", Value: typed(r, "note", "")},
			}, nil
		},
		deed: func(f page.Frame, file cases.File) error {
			return s.cases.AddEvidence(r.Context(), f.Actor, cases.Evidence{
				Case: file.ID, Title: r.PostFormValue("title"), Link: r.PostFormValue("link"), Citation: r.PostFormValue("citation"), Note: r.PostFormValue("note"),
			})
		},
	})
}

func (s *Site) dropEvidence(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	if err := s.cases.DropEvidence(r.Context(), f.Actor, voice.CaseID(r.PathValue("id")), r.PathValue("evidence")); err != nil {
		return err
	}
	return page.Go(w, r, "/cases/"+r.PathValue("id")+"/evidence", "said.cases.evidence.drop")
}

// relatedForm joins the case with another, or parts them.
func (s *Site) relatedForm(w http.ResponseWriter, r *http.Request) error {
	return s.onCase(w, r, paper{
		key: "relate", tab: "overview",
		fields: func(f page.Frame, file cases.File) ([]page.Field, error) {
			list := []page.Field{
				{Name: "other", Label: f.T("cases.relate.other"), Hint: f.T("cases.relate.hint"), W: "s", Value: typed(r, "other", "")},
				{Name: "note", Label: f.T("cases.note"), Value: typed(r, "note", "")},
			}
			all, err := s.cases.Related(r.Context(), f.Actor, file.ID)
			if len(all) > 0 {
				part := page.Field{Name: "part", Label: f.T("cases.relate.part"), Type: "checks"}
				for _, one := range all {
					part.Options = append(part.Options, page.Option{Value: string(one.Case.ID), Label: cases.Number(one.Case.ID) + " " + voiceweb.Called(one.Case)})
				}
				list = append(list, part)
			}
			return list, err
		},
		deed: func(f page.Frame, file cases.File) error {
			if err := r.ParseForm(); err != nil {
				return fault.New(fault.Invalid, "form.broken")
			}
			for _, other := range r.PostForm["part"] {
				if err := s.cases.Part(r.Context(), f.Actor, file.ID, voice.CaseID(other)); err != nil {
					return err
				}
			}
			other := r.PostFormValue("other")
			if fault.Empty(other) && len(r.PostForm["part"]) > 0 {
				return nil
			}
			return s.cases.Relate(r.Context(), f.Actor, file.ID, cases.ParseNumber(other), r.PostFormValue("note"))
		},
	})
}

// breachForm puts a person's judgement in place of the counted one.
func (s *Site) breachForm(w http.ResponseWriter, r *http.Request) error {
	return s.onCase(w, r, paper{
		key: "judge", tab: "overview",
		fields: func(f page.Frame, file cases.File) ([]page.Field, error) {
			counted := f.T("cases.breach." + string(file.Finding.Class))
			options := []page.Option{{Label: f.T("cases.judge.counted", "class", counted)}}
			for _, c := range cases.Classes() {
				options = append(options, page.Option{Value: string(c), Label: f.T("cases.breach." + string(c))})
			}
			return []page.Field{
				{Name: "class", Label: f.T("cases.judge.class"), Type: "select", Options: options, Value: typed(r, "class", string(file.Ruled.Class))},
				{Name: "reason", Label: f.T("cases.judge.reason"), Hint: f.T("cases.judge.reason.hint"), Type: "textarea", Value: typed(r, "reason", file.Ruled.Reason)},
			}, nil
		},
		deed: func(f page.Frame, file cases.File) error {
			return s.cases.Rule(r.Context(), f.Actor, file.ID, procedure.Class(r.PostFormValue("class")), r.PostFormValue("reason"))
		},
	})
}

// closeForm says how the case stands.
func (s *Site) closeForm(w http.ResponseWriter, r *http.Request) error {
	return s.onCase(w, r, paper{
		key: "close", tab: "overview",
		fields: func(f page.Frame, file cases.File) ([]page.Field, error) {
			field := page.Field{Name: "state", Label: f.T("cases.state"), Type: "radio"}
			for _, st := range cases.States() {
				field.Options = append(field.Options, page.Option{
					Value: string(st), Label: voiceweb.Capital(f.T("voice.state." + string(st))), Hint: f.T("cases.close." + string(st)), On: string(st) == typed(r, "state", string(file.State)),
				})
			}
			return []page.Field{field}, nil
		},
		deed: func(f page.Frame, file cases.File) error {
			return s.cases.SetState(r.Context(), f.Actor, file.ID, cases.State(r.PostFormValue("state")))
		},
	})
}

// publicForm asks before the case is shown to anyone, or withdrawn.
func (s *Site) publicForm(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.file(r)
	if err != nil {
		return err
	}
	if err := f.Actor.Must(voice.Work); err != nil {
		return err
	}
	at, key := "/cases/"+string(file.ID), "publish"
	if file.Public {
		key = "withdraw"
	}
	if r.Method == http.MethodPost {
		public := r.PostFormValue("to") == "publish"
		if err := s.cases.Publish(r.Context(), f.Actor, file.ID, public); err != nil {
			return err
		}
		return page.Go(w, r, at, map[bool]string{true: "said.cases.publish", false: "said.cases.withdraw"}[public])
	}
	f.Title = f.T("cases." + key)
	return page.Render(w, r, page.Confirm(page.Question{
		Frame: f, Ask: f.T("cases."+key+".ask", "name", file.Name()), Text: f.T("cases." + key + ".text"), Do: f.T("cases." + key + ".do"), Action: at + "/public",
		Back: at, BackLabel: f.T("cases.back"), Hidden: []page.Option{{Value: "to", Label: key}}, Danger: file.Public,
		Crumbs: []page.Crumb{{Label: f.T("voice.cases"), Link: "/cases"}, {Label: cases.Number(file.ID), Link: at}, {Label: f.Title}},
	}))
}
