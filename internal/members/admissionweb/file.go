package admissionweb

import (
	"io"
	"net/http"
	"net/url"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type fileView struct {
	page.Frame
	File      admission.File
	Facts     []page.Fact
	Steps     []page.Phase
	Crumbs    []page.Crumb
	Alike     []alike
	Decisions []decision
	Appeal    []page.Fact
	Files     []page.File
	Silence   string // until when the assembly decides, or that it is too late
	Late      bool
	Member    string // link to the member it became
	Kicker    string
	Name      string
	Work      bool
	Base      string
}

type alike struct{ Name, Link, Standing string }

type decision struct {
	When, Title, Number, Reasons, By string
}

// file shows one application.
func (s *Site) file(w http.ResponseWriter, r *http.Request) error {
	v, err := s.fileView(r)
	if err != nil {
		return err
	}
	return page.Render(w, r, filePage(v))
}

func (s *Site) fileView(r *http.Request) (fileView, error) {
	f := s.site.Frame(r, "nav.members", "")
	file, err := s.desk.Application(r.Context(), f.Actor, admission.ID(r.PathValue("id")))
	if err != nil {
		return fileView{}, err
	}
	v := fileView{Frame: f, File: file, Facts: facts(f, file.Application, true), Steps: phases(s, f, file), Work: f.Actor.Can(admission.Work), Base: link(file.ID, ""), Name: file.Called()}
	if v.Name == "" {
		v.Name = f.T("admission.erased")
	}
	v.Title, v.Kicker = v.Name, f.T("admission.application")
	if n := file.Number(); n != "" {
		v.Kicker += " " + n
	}
	v.Crumbs = crumbs(f, page.Crumb{Label: v.Name})
	for _, m := range file.Alike {
		v.Alike = append(v.Alike, alike{m.Name, "/members/" + string(m.ID), f.T("members.standing." + string(m.Standing))})
	}
	for _, d := range file.Decisions {
		v.Decisions = append(v.Decisions, decision{f.Date(d.On), f.T("admission.outcome." + string(d.Outcome)), d.Number, d.Reasons, d.By + toldWord(f, d.Told)})
	}
	for _, one := range file.Files {
		v.Files = append(v.Files, page.File{Name: one.Name, Link: link(file.ID, "/file?f="+url.QueryEscape(one.ID)), Meta: f.Printer.Size(one.Size) + " · " + f.Date(dayOf(s, one.Made)), Do: f.T("admission.file.open")})
	}
	if file.State == admission.Appealed {
		v.Silence, v.Late = appealWord(f, file.Appeal), file.Appeal.Lapsed(f.Today)
	}
	if a := file.Appeal; !a.Received.IsZero() {
		v.Appeal = []page.Fact{{Label: f.T("admission.appeal.received"), Value: f.Date(a.Received)}}
		if !a.Due.IsZero() {
			key := "admission.appeal.in_time"
			if !a.InTime() {
				key = "admission.appeal.late"
			}
			v.Appeal = append(v.Appeal, page.Fact{Label: f.T("admission.appeal.due"), Value: f.Date(a.Due) + " · " + f.T(key)})
		}
		if !a.Withdrawn.IsZero() {
			v.Appeal = append(v.Appeal, page.Fact{Label: f.T("admission.appeal.withdrawn"), Value: f.Date(a.Withdrawn)})
		}
		if a.Reasons != "" {
			v.Appeal = append(v.Appeal, page.Fact{Label: f.T("admission.reasons"), Value: a.Reasons})
		}
	}
	if file.Application.Member != "" {
		v.Member = "/members/" + string(file.Application.Member)
	}
	return v, nil
}

// appealWord says until when the assembly decides, or that the appeal counts as
// rejected.
func appealWord(f page.Frame, a admission.Appeal) string {
	if a.Lapsed(f.Today) {
		return f.T("admission.appeal.lapsed.text", "day", f.Date(a.Last().AddDays(1)))
	}
	return f.T("admission.appeal.until", "day", f.Date(a.Last()), "n", a.Last().Sub(f.Today))
}

// attachment hands out a file of an application.
func (s *Site) attachment(w http.ResponseWriter, r *http.Request) error {
	file, one, err := s.desk.OpenFile(r.Context(), auth.From(r.Context()), admission.ID(r.PathValue("id")), r.FormValue("f"))
	if err != nil {
		return err
	}
	defer file.Close()
	page.Attach(w, one.Type, one.Name)
	_, err = io.Copy(w, file)
	return err
}

func toldWord(f page.Frame, told bool) string {
	if told {
		return " · " + f.T("admission.told")
	}
	return " · " + f.T("admission.told.not")
}

type decideView struct {
	page.Frame
	Crumbs   []page.Crumb
	Action   string
	Name     string
	Lead     string
	In       decideIn
	Outcomes []page.Option
	Entries  []page.Option // of the register that it may be
	Assembly bool
}

type decideIn struct {
	Outcome string     `form:"outcome"`
	On      civil.Date `form:"on"`
	Number  string     `form:"number"`
	Reasons string     `form:"reasons"`
	From    civil.Date `form:"from"`
	As      string     `form:"as"`
}

// decide writes down what the board or, on appeal, the assembly has decided.
func (s *Site) decide(w http.ResponseWriter, r *http.Request) error {
	file, f, err := s.open(r, "admission.decide")
	if err != nil {
		return err
	}
	v := decideView{Frame: f, Crumbs: crumbs(f, page.Crumb{Label: file.Called(), Link: link(file.ID, "")}, page.Crumb{Label: f.Title}), Action: link(file.ID, "/decide"), Name: file.Called()}
	v.Assembly = file.State == admission.Appealed
	v.Lead = f.T("admission.decide.lead", "name", v.Name)
	if v.In.On = f.Today; !file.Meeting.IsZero() && file.Meeting.Before(f.Today) {
		v.In.On = file.Meeting
	}
	if r.Method == http.MethodPost {
		v.In = decideIn{}
		err := page.Decode(r, &v.In)
		if err == nil {
			_, err = s.desk.Decide(r.Context(), f.Actor, file.ID, admission.Decision{
				Outcome: admission.Outcome(v.In.Outcome), On: v.In.On, Number: v.In.Number, Reasons: v.In.Reasons, From: v.In.From,
			}, members.ID(v.In.As))
		}
		if err == nil {
			return page.Go(w, r, link(file.ID, ""), "said.admission.decided")
		}
		if !v.Blame(err) {
			return err
		}
	}
	list := admission.Outcomes()
	if v.Assembly {
		list = []admission.Outcome{admission.Uphold, admission.Dismiss}
	}
	for _, o := range list {
		v.Outcomes = append(v.Outcomes, page.Option{Value: string(o), Label: f.T("admission.outcome." + string(o)), Hint: f.T("admission.outcome.hint." + string(o)), On: v.In.Outcome == string(o)})
	}
	v.Entries = entries(f, file)
	return page.RenderStatus(w, r, v.Again(), decidePage(v))
}

// entries are those of the register who do not belong and may be the applicant.
func entries(f page.Frame, file admission.File) []page.Option {
	var list []page.Option
	for _, m := range file.Alike {
		if !m.Standing.Belongs() && m.Kind == file.Kind {
			list = append(list, page.Option{Value: string(m.ID), Label: f.T("admission.as.entry", "name", m.Name, "standing", f.T("members.standing."+string(m.Standing)))})
		}
	}
	if len(list) > 0 {
		list = append([]page.Option{{Label: f.T("admission.as.new")}}, list...)
	}
	return list
}

// open reads an application on which something can still be done.
func (s *Site) open(r *http.Request, title string) (admission.File, page.Frame, error) {
	f := s.site.Frame(r, "nav.members", "")
	file, err := s.desk.Application(r.Context(), f.Actor, admission.ID(r.PathValue("id")))
	if err == nil && !file.State.Open() {
		err = fault.New(fault.Conflict, "admission.decided")
	}
	f.Title, f.Size = f.T(title), "read"
	return file, f, err
}

type appealView struct {
	page.Frame
	Crumbs []page.Crumb
	Action string
	In     appealIn
	Lead   string
}

type appealIn struct {
	Told     civil.Date `form:"told"`
	Received civil.Date `form:"received"`
	Reasons  string     `form:"reasons"`
}

// appeal writes down an appeal against a refusal.
func (s *Site) appeal(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.members", "")
	if err := f.Actor.Must(admission.Work); err != nil {
		return err
	}
	file, err := s.desk.Application(r.Context(), f.Actor, admission.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	if file.State != admission.Rejected {
		return fault.New(fault.Conflict, "admission.appeal.not_rejected")
	}
	rule, err := s.desk.Rule(r.Context())
	if err != nil {
		return err
	}
	f.Title, f.Size = f.T("admission.appeal"), "read"
	v := appealView{Frame: f, Crumbs: crumbs(f, page.Crumb{Label: file.Called(), Link: link(file.ID, "")}, page.Crumb{Label: f.Title}), Action: link(file.ID, "/appeal"), Lead: appealLead(f, rule)}
	v.In.Received = f.Today
	if n := len(file.Decisions); n > 0 {
		v.In.Told = dayOf(s, file.Decisions[n-1].Made)
	}
	if r.Method == http.MethodPost {
		v.In = appealIn{}
		err := page.Decode(r, &v.In)
		if err == nil {
			_, err = s.desk.Appeal(r.Context(), f.Actor, file.ID, v.In.Told, admission.Appeal{Received: v.In.Received, Reasons: v.In.Reasons})
		}
		if err == nil {
			return page.Go(w, r, link(file.ID, ""), "said.admission.appeal")
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), appealPage(v))
}

func appealLead(f page.Frame, rule admission.Rule) string {
	if rule.Appeal == 0 {
		return f.T("admission.appeal.lead.open")
	}
	return f.T("admission.appeal.lead", "n", rule.Appeal)
}

// takeBack writes down that the applicant has withdrawn.
func (s *Site) takeBack(w http.ResponseWriter, r *http.Request) error {
	file, f, err := s.open(r, "admission.withdraw")
	if err != nil {
		return err
	}
	if err := f.Actor.Must(admission.Work); err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		if _, err := s.desk.TakeBack(r.Context(), f.Actor, file.ID); err != nil {
			return err
		}
		return page.Go(w, r, link(file.ID, ""), "said.admission.taken_back")
	}
	ask := "admission.take_back"
	if file.State == admission.Appealed {
		ask = "admission.appeal.take_back"
	}
	return page.Render(w, r, page.Confirm(page.Question{
		Frame: f, Crumbs: crumbs(f, page.Crumb{Label: file.Called(), Link: link(file.ID, "")}, page.Crumb{Label: f.Title}),
		Ask: f.T(ask+".ask", "name", file.Called()), Text: f.T(ask + ".text"), Do: f.T(ask), Danger: true,
		Action: link(file.ID, "/withdraw"), Back: link(file.ID, ""), BackLabel: f.T("admission.back"),
	}))
}

func typed(f page.Frame, d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return f.Date(d)
}

func number(n int) string { return strconv.Itoa(n) }
