package membersweb

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type stepView struct {
	page.Frame
	Ask, Text, Do, Action, Back string
	Danger                      bool
	Fields                      []page.Field
	Crumbs                      []page.Crumb
	Multipart                   bool
	Drop                        bool // a button that takes it out stands beside
}

// ofMember begins a page about something that is done to a member.
func (s *Site) ofMember(r *http.Request, key string) (members.Member, stepView, error) {
	by := auth.From(r.Context())
	if err := by.Must(members.Write); err != nil {
		return members.Member{}, stepView{}, err
	}
	m, err := s.desk.Member(r.Context(), by, members.ID(r.PathValue("id")))
	if err != nil {
		return m, stepView{}, err
	}
	f := s.site.Frame(r, "nav.members", "")
	v := stepView{Frame: f, Ask: f.T("members."+key+".ask", "name", m.Name), Text: f.T("members." + key + ".text"), Do: f.T("members." + key), Back: link(m.ID, "?tab=standing")}
	v.Title, v.Action = v.Ask, r.URL.RequestURI()
	v.Crumbs = crumbs(f, page.Crumb{Label: m.Name, Link: link(m.ID)}, page.Crumb{Label: v.Do})
	return m, v, nil
}

func (s *Site) admit(w http.ResponseWriter, r *http.Request) error {
	return s.takeStep(w, r, members.Admit)
}

func (s *Site) leave(w http.ResponseWriter, r *http.Request) error {
	return s.takeStep(w, r, members.Leave)
}

// step does something to the standing of a member: /members/{id}/step?do=suspend.
func (s *Site) step(w http.ResponseWriter, r *http.Request) error {
	d := members.Deed(r.URL.Query().Get("do"))
	if !slices.Contains(members.Deeds(), d) {
		return fault.New(fault.Missing, "members.missing")
	}
	return s.takeStep(w, r, d)
}

func (s *Site) takeStep(w http.ResponseWriter, r *http.Request, d members.Deed) error {
	m, v, err := s.ofMember(r, string(d))
	if err != nil {
		return err
	}
	v.Danger = d.Last()
	in := struct {
		From     civil.Date `form:"from"`
		Last     civil.Date `form:"last"`
		Reason   string     `form:"reason"`
		Decision string     `form:"decision"`
	}{From: v.Today, Last: v.Today}
	if r.Method == http.MethodPost {
		in.From, in.Last = civil.Date{}, civil.Date{}
		err := page.Decode(r, &in)
		if err == nil {
			st := members.Step{Do: d, Day: in.From, Reason: in.Reason, Decision: in.Decision}
			if d.Last() {
				st.Day = in.Last
			}
			_, err = s.desk.Take(r.Context(), v.Actor, m.ID, st)
		}
		if err == nil {
			return page.Go(w, r, link(m.ID), "said.members."+string(d))
		}
		if !v.Blame(err) {
			return err
		}
	}
	day := in.From
	if d.Last() {
		day = in.Last
	}
	label := "members.step.from"
	if v.Has("members." + string(d) + ".day") {
		label = "members." + string(d) + ".day"
	}
	v.Fields = []page.Field{
		{Name: d.Day(), Type: "date", Label: v.T(label), Value: typed(v.Frame, day)},
		{Name: "decision", Label: v.T("members.step.decision.label"), Hint: v.T("members.step.decision.hint"), Value: in.Decision, W: "m"},
		{Name: "reason", Type: "textarea", Label: v.T("members.step.reason.label"), Hint: v.T("members.step.reason.hint"), Value: in.Reason},
	}
	return page.RenderStatus(w, r, v.Again(), stepPage(v))
}

// undoStep takes the last step back.
func (s *Site) undoStep(w http.ResponseWriter, r *http.Request) error {
	m, v, err := s.ofMember(r, "undo_step")
	if err != nil {
		return err
	}
	v.Danger = true
	if r.Method == http.MethodPost {
		if _, err := s.desk.UndoStep(r.Context(), v.Actor, m.ID); err == nil {
			return page.Go(w, r, v.Back, "said.members.undo_step")
		} else if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), stepPage(v))
}

// redate corrects since when the member is in their standing.
func (s *Site) redate(w http.ResponseWriter, r *http.Request) error {
	m, v, err := s.ofMember(r, "redate")
	if err != nil {
		return err
	}
	of, in := m.Standing, struct {
		From civil.Date `form:"from"`
	}{m.Since}
	if m.Ahead.To != "" {
		of, in.From = m.Ahead.To, m.Ahead.On
	}
	if r.Method == http.MethodPost {
		in.From = civil.Date{}
		err := page.Decode(r, &in)
		if err == nil {
			_, err = s.desk.Redate(r.Context(), v.Actor, m.ID, in.From)
		}
		if err == nil {
			return page.Go(w, r, v.Back, "said.members.redate")
		}
		if !v.Blame(err) {
			return err
		}
	}
	v.Fields = []page.Field{{Name: "from", Type: "date", Label: v.T("members.redate.day", "standing", word(v.Frame, "standing", of)), Value: typed(v.Frame, in.From)}}
	return page.RenderStatus(w, r, v.Again(), stepPage(v))
}

// category puts a member into a category.
func (s *Site) category(w http.ResponseWriter, r *http.Request) error {
	m, v, err := s.ofMember(r, "categorise")
	if err != nil {
		return err
	}
	list, err := s.desk.Categories(r.Context(), v.Actor)
	if err != nil {
		return err
	}
	in := struct {
		Category string     `form:"category"`
		From     civil.Date `form:"from"`
	}{string(m.Category), v.Today}
	if r.Method == http.MethodPost {
		in.From = civil.Date{}
		err := page.Decode(r, &in)
		if err == nil {
			_, err = s.desk.Categorise(r.Context(), v.Actor, m.ID, members.CategoryID(in.Category), in.From)
		}
		if err == nil {
			return page.Go(w, r, v.Back, "said.members.categorise")
		}
		if !v.Blame(err) {
			return err
		}
	}
	options := []page.Option{{Label: v.T("members.category.without")}}
	for _, c := range list {
		if (c.Kind == "" || c.Kind == m.Kind) && (!c.Closed || c.ID == m.Category) {
			options = append(options, page.Option{Value: string(c.ID), Label: c.Name})
		}
	}
	v.Fields = []page.Field{
		{Name: "category", Type: "select", Label: v.T("members.category"), Value: in.Category, Options: options, W: "m"},
		{Name: "from", Type: "date", Label: v.T("members.step.from"), Value: typed(v.Frame, in.From)},
	}
	return page.RenderStatus(w, r, v.Again(), stepPage(v))
}

type registrationIn struct {
	In       string     `form:"in"`
	Number   string     `form:"number"`
	Since    civil.Date `form:"since"`
	Last     civil.Date `form:"last"`
	Proof    string     `form:"proof"`
	ProofDay civil.Date `form:"proof_day"`
	Note     string     `form:"note"`
}

// ofNumber finds the registration that the query names.
func (s *Site) ofNumber(r *http.Request, m members.Member) (members.Registration, error) {
	id := r.URL.Query().Get("r")
	if id == "" {
		return members.Registration{Member: m.ID, In: record.Tax}, nil
	}
	list, err := s.desk.Registrations(r.Context(), auth.From(r.Context()), m.ID)
	for _, one := range list {
		if one.ID == id {
			return one, nil
		}
	}
	if err == nil {
		err = fault.New(fault.Missing, "members.registration.missing")
	}
	return members.Registration{}, err
}

// registration adds or changes a registration: /members/{id}/registration?r=ID.
func (s *Site) registration(w http.ResponseWriter, r *http.Request) error {
	m, v, err := s.ofMember(r, "registration.put")
	if err != nil {
		return err
	}
	one, err := s.ofNumber(r, m)
	if err != nil {
		return err
	}
	v.Back, v.Multipart = link(m.ID, "?tab=registrations"), true
	in := registrationIn{string(one.In), one.Number, one.Since, lastOf(one.Until), string(one.Proof), one.ProofDay, one.Note}
	if r.Method == http.MethodPost {
		in = registrationIn{}
		file, name, err := proofOf(w, r)
		if err == nil {
			err = page.Decode(r, &in)
		}
		if file != nil {
			defer file.Close()
		}
		if err == nil {
			one.In, one.Number, one.Since = record.Registry(in.In), in.Number, in.Since
			if one.Until = (civil.Date{}); !in.Last.IsZero() {
				one.Until = in.Last.AddDays(1)
			}
			one.Proof, one.ProofDay, one.Note = record.Proof(in.Proof), in.ProofDay, in.Note
			var body io.Reader
			if file != nil {
				body = file
			}
			_, err = s.desk.PutRegistration(r.Context(), v.Actor, one, body, name)
		}
		if err == nil {
			return page.Go(w, r, v.Back, "said.members.registration")
		}
		if !v.Blame(err) {
			return err
		}
	}
	v.Fields = []page.Field{
		{Name: "in", Type: "select", Label: v.T("members.registration.in"), Value: in.In, Options: options(v.Frame, "registry", record.Registries(), ""), W: "m"},
		{Name: "number", Label: v.T("members.registration.number"), Value: in.Number, W: "m"},
		{Name: "since", Type: "date", Label: v.T("members.registration.since"), Value: typed(v.Frame, in.Since)},
		{Name: "last", Type: "date", Label: v.T("members.registration.last"), Hint: v.T("members.registration.last.hint"), Value: typed(v.Frame, in.Last)},
		{Name: "proof", Type: "select", Label: v.T("members.proof"), Value: in.Proof, Options: options(v.Frame, "proof", record.Proofs(), v.T("members.proof.none")), W: "m"},
		{Name: "proof_day", Type: "date", Label: v.T("members.proof.date"), Value: typed(v.Frame, in.ProofDay)},
		{Name: "file", Type: "file", Label: v.T("members.proof.upload"), Hint: v.T("members.proof.upload.hint"), Accept: ".pdf,.png,.jpg,.jpeg"},
		{Name: "note", Label: v.T("members.note"), Value: in.Note},
	}
	return page.RenderStatus(w, r, v.Again(), stepPage(v))
}

// lastOf is the last day before the one on which something no longer is.
func lastOf(until civil.Date) civil.Date {
	if until.IsZero() {
		return until
	}
	return until.AddDays(-1)
}

// proofOf opens the file of the form, if one was chosen.
func proofOf(w http.ResponseWriter, r *http.Request) (io.ReadCloser, string, error) {
	r.Body = http.MaxBytesReader(w, r.Body, record.MaxProof+1<<16)
	file, head, err := r.FormFile("file")
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return nil, "", fault.In("file", "members.proof.big", "most", record.MaxProof>>20)
	case err != nil || head.Size == 0:
		return nil, "", nil // nothing was chosen
	}
	return file, head.Filename, nil
}

// dropRegistration takes a registration out.
func (s *Site) dropRegistration(w http.ResponseWriter, r *http.Request) error {
	m, v, err := s.ofMember(r, "registration.drop")
	if err != nil {
		return err
	}
	one, err := s.ofNumber(r, m)
	if err != nil {
		return err
	}
	v.Back, v.Danger = link(m.ID, "?tab=registrations"), true
	v.Ask = v.T("members.registration.drop.ask", "name", word(v.Frame, "registry", one.In)+" "+one.Number)
	v.Title = v.Ask
	if r.Method == http.MethodPost {
		if err := s.desk.DropRegistration(r.Context(), v.Actor, one.ID); err != nil {
			return err
		}
		return page.Go(w, r, v.Back, "said.members.registration.drop")
	}
	return page.Render(w, r, stepPage(v))
}

// proofFile hands out the file of a proof.
func (s *Site) proofFile(w http.ResponseWriter, r *http.Request) error {
	file, one, err := s.desk.OpenProof(r.Context(), auth.From(r.Context()), r.URL.Query().Get("r"))
	if err != nil {
		return err
	}
	defer file.Close()
	page.Attach(w, one.File.Type, one.File.Name)
	_, err = io.Copy(w, file)
	return err
}

// ask shows a question with a day, and does what was asked for on POST.
func (s *Site) ask(w http.ResponseWriter, r *http.Request, f page.Frame, q page.Question, name, label, said string, do func(civil.Date) error) error {
	typed := f.Date(f.Today)
	if r.Method == http.MethodPost {
		typed = strings.TrimSpace(r.FormValue(name))
		day, err := civil.ParseHuman(typed)
		if err != nil && typed != "" {
			err = fault.In(name, "form.date")
		} else {
			err = do(day)
		}
		if err == nil {
			return page.Go(w, r, q.Back, said)
		}
		if !f.Blame(err) {
			return err
		}
	}
	q.Frame, q.BackLabel = f, f.T("members.back")
	q.Title = q.Ask
	q.Reason = &page.Field{Name: name, Type: "date", Label: label, Value: typed}
	return page.RenderStatus(w, r, f.Again(), page.Confirm(q))
}
