package admissionweb

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/admission"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type joinView struct {
	page.Frame
	Rule admission.Rule
}

func (s *Site) joinView(r *http.Request) (joinView, error) {
	f := s.site.Frame(r, "nav.join", "")
	f.Title, f.Size = f.T("admission.join"), "read"
	rule, err := s.desk.Rule(r.Context())
	return joinView{f, rule}, err
}

// join asks who wants to join, and says what happens then.
func (s *Site) join(w http.ResponseWriter, r *http.Request) error {
	v, err := s.joinView(r)
	if err != nil {
		return err
	}
	return page.Render(w, r, joinPage(v))
}

// sent says to look into the mail, whatever came of it.
func (s *Site) sent(w http.ResponseWriter, r *http.Request) error {
	v, err := s.joinView(r)
	if err != nil {
		return err
	}
	v.Title = v.T("admission.sent")
	return page.Render(w, r, sentPage(v))
}

type formView struct {
	page.Frame
	In     formIn
	Kind   members.Kind
	Rule   admission.Rule
	Stamp  string
	Office bool // typed in, or completed, by the office
	New    bool
	Action string
	Crumbs []page.Crumb
	Held   []admission.Attachment // files that wait for the form, or that it has
	Theirs string                 // who saved meanwhile has this revision; saving again goes over it
}

type formIn struct {
	Name     string   `form:"name"` // of an organisation
	Given    string   `form:"given"`
	Family   string   `form:"family"`
	Email    string   `form:"email"`
	Phone    string   `form:"phone"`
	Address  string   `form:"address"`
	Place    string   `form:"place"`
	Field    string   `form:"field"`
	Fields   []string `form:"fields"`
	Region   string   `form:"region"`
	Speaks   []string `form:"speaks"`
	Society  string   `form:"society"`
	ProofAs  string   `form:"proof_as"`
	Held     []string `form:"held"`
	Form     string   `form:"form"`
	Register string   `form:"register"`
	Tax      string   `form:"tax"`
	Agent    string   `form:"agent"`
	AgentAs  string   `form:"agent_as"`
	AgentTo  string   `form:"agent_to"`
	About    string   `form:"about"`
	Statute  bool     `form:"statute"`
	Consents []string `form:"consents"`
	Lang     string   `form:"lang"`
	Proof    string   `form:"proof"`
	ProofOn  string   `form:"proof_on"`
	Remark   string   `form:"remark"`
	Revision int      `form:"revision"`
	Stamp    string   `form:"opened"`
	Bait     string   `form:"website"`
}

func inOf(f page.Frame, a admission.Application) formIn {
	in := formIn{
		Name: a.Name, Email: a.Email, Phone: a.Phone, Address: a.Address, Place: a.Place, Field: string(a.Field), Form: a.Form, Register: a.Register, Tax: a.Tax,
		Agent: a.Agent, AgentAs: a.AgentAs, AgentTo: a.AgentTo, About: a.About, Statute: a.Statute, Lang: a.Lang, Proof: a.Proof, ProofOn: f.Date(a.ProofOn), Remark: a.Remark, Revision: a.Revision,
	}
	if a.ProofOn.IsZero() {
		in.ProofOn = ""
	}
	in.Region, in.Speaks, in.Society, in.ProofAs = a.Region, a.Speaks, a.Society, string(a.ProofAs)
	for _, one := range a.Fields {
		in.Fields = append(in.Fields, string(one))
	}
	in.Family, in.Given, _ = strings.Cut(a.Name, ", ")
	return in
}

// application is what was typed, with the consents in the words that were read.
func (in formIn) application(f page.Frame, kind members.Kind) admission.Application {
	a := admission.Application{
		Kind: kind, Name: in.Name, Email: in.Email, Phone: in.Phone, Address: in.Address, Place: in.Place, Field: members.Field(in.Field), Lang: in.Lang,
		Form: in.Form, Register: in.Register, Tax: in.Tax, Agent: in.Agent, AgentAs: in.AgentAs, AgentTo: in.AgentTo, About: in.About, Statute: in.Statute,
		Proof: in.Proof, Remark: in.Remark, Revision: in.Revision,
	}
	a.Region, a.Speaks, a.Society, a.ProofAs = in.Region, in.Speaks, in.Society, record.Proof(in.ProofAs)
	for _, one := range in.Fields {
		a.Fields = append(a.Fields, members.Field(one))
	}
	if kind == members.Person {
		a.Name = strings.TrimSpace(in.Family) + ", " + strings.TrimSpace(in.Given)
	}
	for _, key := range admission.Consents() {
		for _, given := range in.Consents {
			if given == key {
				a.Consents = append(a.Consents, admission.Consent{Key: key, Text: f.T("admission.consent." + key)})
			}
		}
	}
	return a
}

func (s *Site) person(w http.ResponseWriter, r *http.Request) error {
	return s.apply(w, r, members.Person, "/join/person")
}

func (s *Site) organisation(w http.ResponseWriter, r *http.Request) error {
	return s.apply(w, r, members.Organisation, "/join/organisation")
}

// apply shows the form, and takes it in.
func (s *Site) apply(w http.ResponseWriter, r *http.Request, kind members.Kind, path string) error {
	f := s.site.Frame(r, "nav.join", "")
	f.Title, f.Size = f.T("admission.form.title."+string(kind)), "read"
	v := formView{Frame: f, Kind: kind, Action: path, New: true, In: formIn{Lang: f.Lang}}
	v.Crumbs = []page.Crumb{{Label: f.T("admission.join"), Link: "/join"}, {Label: f.Title}}
	var err error
	if v.Rule, err = s.desk.Rule(r.Context()); err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		err := s.send(w, r, &v)
		if err == nil {
			return page.Go(w, r, "/join/sent", "")
		}
		if !v.Blame(err) {
			return err
		}
		if v.Held, err = s.desk.Held(r.Context(), v.In.Held...); err != nil {
			return err
		}
	}
	if v.Stamp, err = s.desk.Stamp(r.Context()); err != nil {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

// send takes the form in. A file is kept even if the form is refused.
func (s *Site) send(w http.ResponseWriter, r *http.Request, v *formView) error {
	v.In = formIn{}
	file, name, err := fileOf(w, r)
	if err != nil {
		return err
	}
	if file != nil {
		defer file.Close()
	}
	if err := page.Decode(r, &v.In); err != nil {
		return err
	}
	trap := admission.Trap{Stamp: v.In.Stamp, Bait: v.In.Bait, Origin: page.Origin(r)}
	if file != nil && trap.Bait == "" {
		one, err := s.desk.Hold(r.Context(), trap, file, name)
		if err != nil {
			return err
		}
		v.In.Held = append(v.In.Held, one.ID)
	}
	return s.desk.Send(r.Context(), v.In.application(v.Frame, v.Kind), trap, v.In.Held...)
}

// fileOf opens the file of the form, if one was chosen.
func fileOf(w http.ResponseWriter, r *http.Request) (io.ReadCloser, string, error) {
	r.Body = http.MaxBytesReader(w, r.Body, record.MaxProof+1<<18)
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

type linkView struct {
	page.Frame
	File    admission.File
	Action  string
	Facts   []page.Fact
	Steps   []page.Phase
	Reply   string
	Lead    string
	Reasons string
	Open    bool // can be withdrawn
	Appeal  string
	Letting string // the word for withdrawing
}

// link shows the application to whoever has its letter; the button confirms it.
func (s *Site) link(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	if r.Method == http.MethodPost {
		if _, err := s.desk.Confirm(r.Context(), token); err != nil {
			return err
		}
		return page.Go(w, r, "/join/"+token, "said.admission.confirmed")
	}
	v, err := s.linkView(r)
	if err != nil {
		return err
	}
	return page.Render(w, r, linkPage(v))
}

func (s *Site) linkView(r *http.Request) (linkView, error) {
	file, err := s.desk.Peek(r.Context(), r.PathValue("token"))
	if err != nil {
		return linkView{}, err
	}
	f := s.site.Frame(r, "", "")
	f.Title, f.Size, f.Bare = f.T("admission.yours"), "read", true
	v := linkView{Frame: f, File: file, Action: "/join/" + r.PathValue("token"), Facts: facts(f, file.Application, false)}
	v.Lead = f.T("admission.lead."+string(file.State), "name", file.Called(), "number", file.Number())
	v.Steps = phases(s, f, file)
	v.Open = file.State == admission.Sent || file.State.Open()
	v.Letting = f.T("admission.withdraw")
	if file.State == admission.Appealed {
		v.Letting = f.T("admission.appeal.withdraw")
		v.Appeal = appealWord(f, file.Appeal)
	}
	for _, one := range file.Files {
		v.Facts = append(v.Facts, page.Fact{Label: f.T("admission.file"), Value: one.Name + ", " + f.Printer.Size(one.Size)})
	}
	if n := len(file.Decisions); n > 0 {
		v.Reasons = file.Decisions[n-1].Reasons
	}
	return v, nil
}

// reply takes what the applicant was asked for.
func (s *Site) reply(w http.ResponseWriter, r *http.Request) error {
	file, name, err := fileOf(w, r)
	words := r.FormValue("replied")
	if err == nil && file != nil {
		defer file.Close()
		_, err = s.desk.Enclose(r.Context(), r.PathValue("token"), file, name)
	}
	if err == nil {
		_, err = s.desk.Reply(r.Context(), r.PathValue("token"), words)
	}
	if err == nil {
		return page.Go(w, r, "/join/"+r.PathValue("token"), "said.admission.replied")
	}
	v, gone := s.linkView(r)
	if gone != nil {
		return gone
	}
	if v.Reply = words; !v.Blame(err) {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), linkPage(v))
}

// withdraw takes the application back.
func (s *Site) withdraw(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	if r.Method == http.MethodPost {
		if _, err := s.desk.Withdraw(r.Context(), token); err != nil {
			return err
		}
		return page.Go(w, r, "/join/"+token, "said.admission.taken_back")
	}
	v, err := s.linkView(r)
	if err != nil {
		return err
	}
	ask := "admission.withdraw"
	if v.File.State == admission.Appealed {
		ask = "admission.appeal.withdraw"
	}
	return page.Render(w, r, page.Confirm(page.Question{
		Frame: v.Frame, Ask: v.T(ask + ".ask"), Text: v.T(ask + ".text"), Do: v.Letting, Danger: true,
		Action: v.Action + "/withdraw", Back: v.Action, BackLabel: v.T("admission.back"),
	}))
}

// phases are the steps of an application, as people count them.
func phases(s *Site, f page.Frame, file admission.File) []page.Phase {
	at := map[admission.State]int{admission.Confirmed: 1, admission.Asked: 1, admission.Waiting: 2, admission.Accepted: 4, admission.Rejected: 4, admission.Appealed: 3, admission.Withdrawn: 4}[file.State]
	var list []page.Phase
	for i, key := range []string{"sent", "office", "board", "decided"} {
		p := page.Phase{At: "next", Label: f.T("admission.phase." + key)}
		switch {
		case i < at:
			p.At = "done"
		case i == at:
			p.At = "now"
		}
		switch {
		case key == "sent" && !file.Settled.IsZero():
			p.When = f.Date(dayOf(s, file.Settled))
		case key == "board" && !file.Meeting.IsZero():
			p.When = f.Date(file.Meeting)
		case key == "decided" && len(file.Decisions) > 0 && at == 4:
			p.When = f.Date(file.Decisions[len(file.Decisions)-1].On)
		}
		list = append(list, p)
	}
	return list
}

// facts are what the application says; the office sees what it has added.
func facts(f page.Frame, a admission.Application, office bool) []page.Fact {
	list := []page.Fact{{Label: f.T("admission.kind"), Value: f.T("members.kind." + string(a.Kind))}}
	add := func(key, value string) {
		if value != "" {
			list = append(list, page.Fact{Label: f.T("admission." + key), Value: value})
		}
	}
	add("name", a.Called())
	if a.Form != "" {
		add("form", f.T("admission.legal."+a.Form))
	}
	add("email", a.Email)
	add("phone", a.Phone)
	add("address", strings.TrimLeft(a.Address+", "+a.Place, ", "))
	if a.Field != "" {
		add("field", f.List(fieldNames(f, a)))
	}
	if a.Region != "" {
		add("region", f.T("members.region."+a.Region))
	}
	var speaks []string
	for _, l := range i18n.Region() {
		if slices.Contains(a.Speaks, l.Code) {
			speaks = append(speaks, l.Name)
		}
	}
	add("speaks", f.List(speaks))
	add("register."+string(a.Kind), a.Register)
	add("society", a.Society)
	add("tax", a.Tax)
	add("agent", strings.TrimRight(a.Agent+", "+a.AgentAs, ", "))
	add("agent_to", a.AgentTo)
	add("about", a.About)
	var agreed []string
	for _, c := range a.Consents {
		agreed = append(agreed, f.T("admission.consent.short."+c.Key))
	}
	add("consents", f.List(agreed))
	add("wanted", a.Wanted)
	add("replied", a.Replied)
	if office {
		if a.ProofAs != "" {
			add("proof_as", f.T("members.proof."+string(a.ProofAs)))
		}
		if add("proof", a.Proof); !a.ProofOn.IsZero() {
			add("proof_on", f.Date(a.ProofOn))
		}
		add("remark", a.Remark)
	}
	return list
}

func fieldNames(f page.Frame, a admission.Application) (list []string) {
	for _, one := range append([]members.Field{a.Field}, a.Fields...) {
		list = append(list, f.T("members.field."+string(one)))
	}
	return list
}

func moreFields(v formView) (list []page.Option) {
	for _, one := range members.Fields() {
		list = append(list, page.Option{Value: string(one), Label: v.T("members.field." + string(one)), On: slices.Contains(v.In.Fields, string(one))})
	}
	return list
}

func speakOptions(v formView) (list []page.Option) {
	for _, l := range i18n.Region() {
		list = append(list, page.Option{Value: l.Code, Label: l.Name, On: slices.Contains(v.In.Speaks, l.Code)})
	}
	return list
}

func regionOptions(f page.Frame) []page.Option {
	list := []page.Option{{Label: f.T("admission.region.none")}}
	for _, one := range members.Regions() {
		list = append(list, page.Option{Value: one, Label: f.T("members.region." + one)})
	}
	return list
}

func proofOptions(f page.Frame) []page.Option {
	list := []page.Option{{Label: f.T("admission.proof.none")}}
	for _, one := range record.Proofs() {
		list = append(list, page.Option{Value: string(one), Label: f.T("members.proof." + string(one))})
	}
	return list
}

func langOptions() (list []page.Option) {
	for _, l := range i18n.Region() {
		list = append(list, page.Option{Value: l.Code, Label: l.Name})
	}
	return list
}

func fieldOptions(f page.Frame) []page.Option {
	list := []page.Option{{Label: f.T("admission.field.none")}}
	for _, one := range members.Fields() {
		list = append(list, page.Option{Value: string(one), Label: f.T("members.field." + string(one))})
	}
	return list
}

func formOptions(f page.Frame) []page.Option {
	list := []page.Option{{Label: f.T("admission.form.choose")}}
	for _, one := range admission.LegalForms() {
		list = append(list, page.Option{Value: one, Label: f.T("admission.legal." + one)})
	}
	return list
}

func consentOptions(v formView) (list []page.Option) {
	for _, key := range admission.Consents() {
		on := false
		for _, given := range v.In.Consents {
			on = on || given == key
		}
		list = append(list, page.Option{Value: key, Label: v.T("admission.consent." + key), On: on})
	}
	return list
}
