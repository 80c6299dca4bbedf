package casesweb

import (
	"bufio"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/paper/reader"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

// maxFile is the most that a dropped file may weigh, in bytes.
const maxFile = 50 << 20

type newView struct {
	page.Frame
	Lead         string
	Text, Source page.Field
	File         page.Field
	For          string
	Waiting      []page.Row
}

// newCase takes in what is pasted or dropped, and keeps it before it is read.
func (s *Site) newCase(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.cases", "")
	if err := f.Actor.Must(voice.Work); err != nil {
		return err
	}
	raw := cases.Raw{For: voice.CaseID(r.URL.Query().Get("for"))}
	if r.Method == http.MethodPost {
		var err error
		if raw, err = s.raw(r); err == nil {
			var i cases.Intake
			if i, err = s.cases.TakeIn(r.Context(), f.Actor, raw); err == nil {
				return page.Go(w, r, "/intakes/"+i.ID, "said.cases.intake")
			}
		}
		if !f.Blame(err) {
			return err
		}
	}
	v := newView{Frame: f, For: string(raw.For), Lead: f.T("cases.new.lead")}
	v.Title, v.Size = f.T("cases.new"), "read"
	if v.For != "" {
		v.Title, v.Lead = f.T("cases.next_text"), f.T("cases.next_text.lead", "number", cases.Number(voice.CaseID(v.For)))
	}
	v.Text = page.Field{Name: "text", Label: f.T("cases.new.text"), Hint: f.T("cases.new.text.hint"), Type: "textarea", Keep: "intake", Value: raw.Text}
	v.File = page.Field{Name: "file", Label: f.T("cases.new.file"), Hint: f.T("cases.new.file.hint"), Type: "file", Accept: ".pdf,.docx,.odt,.html,.htm,.txt,.md"}
	v.Source = page.Field{Name: "source", Label: f.T("cases.new.source"), Hint: f.T("cases.new.source.hint"), Type: "url", Value: raw.Source}
	list, err := s.cases.Intakes(r.Context(), f.Actor)
	if err != nil {
		return err
	}
	for _, i := range list {
		v.Waiting = append(v.Waiting, page.Row{
			When: f.Moment(s.site.Local(i.Created)), Title: intakeName(f, i), Link: "/intakes/" + i.ID, Meta: i.ByIs, Text: i.Name,
			Do: f.T("cases.intake.go_on"), DoLink: "/intakes/" + i.ID,
		})
	}
	return page.RenderStatus(w, r, v.Again(), newPage(v))
}

// intakeName is what an intake is called: its title, its file, its first words.
func intakeName(f page.Frame, i cases.Intake) string {
	first, _, _ := strings.Cut(strings.TrimSpace(i.Text), "\n")
	if r := []rune(first); len(r) > 100 {
		first = string(r[:100]) + "…"
	}
	for _, s := range []string{i.Signal.Title, i.Name, first} {
		if s != "" {
			return s
		}
	}
	return f.T("cases.intake.unnamed")
}

// raw reads the form as it comes in, part by part, so that what was typed before a
// file is not lost with it. The file is kept first and read afterwards, so that one
// that cannot be read is there all the same.
func (s *Site) raw(r *http.Request) (raw cases.Raw, err error) {
	raw.For = voice.CaseID(r.URL.Query().Get("for"))
	parts, err := r.MultipartReader()
	if err != nil {
		var in struct {
			Text   string `form:"text"`
			Source string `form:"source"`
			For    string `form:"for"`
		}
		err := page.Decode(r, &in)
		raw.Text, raw.Source, raw.For = in.Text, strings.TrimSpace(in.Source), voice.CaseID(in.For)
		return raw, err
	}
	for {
		p, err := parts.NextPart()
		if err == io.EOF {
			return s.readKept(r, raw)
		}
		if err != nil {
			return raw, notWhole(err)
		}
		if p.FormName() == "file" && p.FileName() != "" {
			if raw.Name, raw.Blob, err = s.keepFile(r, p); err != nil {
				return raw, err
			}
			continue
		}
		typed, err := io.ReadAll(io.LimitReader(p, corpus.MaxText+1))
		if err != nil {
			return raw, notWhole(err)
		}
		switch p.FormName() {
		case "text":
			raw.Text = string(typed)
		case "source":
			raw.Source = strings.TrimSpace(string(typed))
		case "for":
			raw.For = voice.CaseID(typed)
		}
	}
}

// notWhole is the fault of a form that broke off.
func notWhole(err error) error {
	var big *http.MaxBytesError
	if errors.As(err, &big) {
		return fault.In("file", "cases.intake.big")
	}
	return fault.New(fault.Invalid, "form.broken")
}

// keepFile keeps a file, and returns its name and its hash. One that is said to be
// too big is not even begun.
func (s *Site) keepFile(r *http.Request, p *multipart.Part) (name, hash string, err error) {
	big := fault.In("file", "cases.intake.big")
	if r.ContentLength > maxFile+page.MaxForm {
		return "", "", big
	}
	// An empty file is none.
	in := bufio.NewReader(p)
	if _, err := in.Peek(1); err == io.EOF {
		return "", "", nil
	}
	kept, err := s.out.Blobs.Put(r.Context(), in, maxFile)
	var most *http.MaxBytesError
	if fault.Is(err, fault.TooBig) || errors.As(err, &most) {
		return "", "", big
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return "", "", notWhole(err)
	}
	return p.FileName(), kept.Hash, err
}

// readKept reads the file, unless a text was pasted beside it.
func (s *Site) readKept(r *http.Request, raw cases.Raw) (cases.Raw, error) {
	if raw.Blob == "" || !fault.Empty(raw.Text) {
		return raw, nil
	}
	file, err := s.out.Blobs.Open(r.Context(), raw.Blob)
	if err != nil {
		return raw, err
	}
	defer file.Close()
	size, err := file.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return raw, err
	}
	text, err := s.out.ReadFile(r.Context(), raw.Name, file, size)
	var no *reader.Refusal
	switch {
	case errors.As(err, &no):
		raw.Problem = no.Key
	case err != nil:
		slog.ErrorContext(r.Context(), "intake was kept and not read", "blob", raw.Blob, "err", err)
		raw.Problem = "cases.intake.failed"
	default:
		raw.Text, raw.ReadBy = text.Content, text.ReadBy
		raw.Notes = text.Notes
	}
	return raw, nil
}

type intakeView struct {
	page.Frame
	Intake   string
	Facts    []page.Fact
	Problem  string
	Warnings []string
	Notes    []string
	Fields   []page.Field
	Lead     string
	Do       string
	For      string
	Text     []string
	More     string
	Lang     string
	Retype   page.Field
}

// A textForm is what a person says of the text of an intake.
type textForm struct {
	Stage    string     `form:"stage"`
	Label    string     `form:"label"`
	On       civil.Date `form:"on"`
	Deadline civil.Date `form:"deadline"`
	Role     string     `form:"role"`
}

// intake shows what a text was taken for, to be corrected and saved.
func (s *Site) intake(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.cases", "")
	i, err := s.cases.Intake(r.Context(), f.Actor, r.PathValue("intake"))
	if err != nil {
		return err
	}
	if i.Made != "" {
		http.Redirect(w, r, "/cases/"+string(i.Made)+"/drafts", http.StatusSeeOther)
		return nil
	}
	p := i.Propose(s.cases.Country(), f.Today)
	p.Case.Owner, p.Case.OwnerIs = f.Actor.User, f.Actor.Name
	in, about := formOf(p.Case, p.Base), textForm{Stage: string(p.Stage), Deadline: p.Deadline, Role: string(cases.Draft)}
	to := cases.ParseNumber(r.FormValue("for"))
	if r.FormValue("for") == "" {
		to = i.For
	}
	if r.Method == http.MethodPost {
		in, about = caseForm{}, textForm{}
		err := errors.Join(page.Decode(r, &in), page.Decode(r, &about))
		var c cases.Case
		if err == nil {
			c, err = s.open(r, f, i, to, in, about)
		}
		if err == nil {
			return page.Go(w, r, "/cases/"+string(c.ID), "said.cases.open")
		}
		if fault.Is(err, fault.Missing) {
			err = fault.In("for", "cases.relate.missing")
		}
		if !f.Blame(err) {
			return err
		}
	}
	v := s.intakeView(f, i, p)
	v.For = string(to)
	if v.Fields, err = s.intakeFields(r, f, to, in, about); err != nil {
		return err
	}
	if to != "" {
		v.Do, v.Lead = f.T("cases.intake.add"), f.T("cases.next_text.lead", "number", cases.Number(to))
	}
	return page.RenderStatus(w, r, v.Again(), intakePage(v))
}

func (s *Site) open(r *http.Request, f page.Frame, i cases.Intake, to voice.CaseID, in caseForm, about textForm) (cases.Case, error) {
	o := cases.TextOptions{
		Role: cases.Role(about.Role), Stage: corpus.Stage(about.Stage), Label: strings.TrimSpace(about.Label), On: about.On, Deadline: about.Deadline, Base: in.Act,
	}
	if o.Role == cases.Adopted && o.Stage == corpus.Draft {
		o.Stage = corpus.Adopted
	}
	if to != "" {
		return s.cases.AddFromIntake(r.Context(), f.Actor, i.ID, to, o)
	}
	c, err := s.into(r, in, cases.Case{Opened: f.Today})
	if err != nil {
		return c, err
	}
	return s.cases.FromIntake(r.Context(), f.Actor, i.ID, c, o)
}

// intakeFields are those of a new case, or only those of a text that is added.
func (s *Site) intakeFields(r *http.Request, f page.Frame, to voice.CaseID, in caseForm, about textForm) ([]page.Field, error) {
	var stages, roles []page.Option
	for _, st := range []corpus.Stage{corpus.Draft, corpus.Amending, corpus.Adopted, corpus.InForce} {
		stages = append(stages, page.Option{Value: string(st), Label: f.T("cases.stage." + string(st))})
	}
	for _, role := range []cases.Role{cases.Draft, cases.Adopted, cases.InForce} {
		roles = append(roles, page.Option{Value: string(role), Label: voiceweb.Capital(f.T("cases.role." + string(role)))})
	}
	text := []page.Field{
		{Name: "label", Label: f.T("cases.text.label"), Hint: f.T("cases.text.label.hint"), W: "m", Value: about.Label},
		{Name: "stage", Label: f.T("cases.text.stage"), Type: "select", W: "m", Options: stages, Value: about.Stage},
		{Name: "on", Label: f.T("cases.text.on"), Hint: f.T("cases.text.on.hint"), Type: "date", Value: day(f, about.On)},
		{Name: "deadline", Label: f.T("cases.text.deadline"), Hint: f.T("cases.text.deadline.hint"), Type: "date", Value: day(f, about.Deadline)},
	}
	if to != "" {
		return append([]page.Field{{Name: "role", Label: f.T("cases.text.role"), Type: "select", W: "m", Options: roles, Value: about.Role}}, text...), nil
	}
	all, err := s.fields(r, f, in)
	if err != nil {
		return nil, err
	}
	// A case takes a minute: what the text says nothing of can be added later.
	var list []page.Field
	for _, one := range all {
		switch one.Name {
		case "lead":
			list = append(list, text[3], one)
		case "eva", "epa", "sop", "code", "claimed":
			if one.Value != "" {
				list = append(list, one)
			}
		default:
			list = append(list, one)
		}
	}
	return append(list, text[:3]...), nil
}

// mostShown is the most of a text that the page shows, in bytes.
const mostShown = 200_000

func (s *Site) intakeView(f page.Frame, i cases.Intake, p cases.Proposal) intakeView {
	v := intakeView{Frame: f, Intake: i.ID, Lang: i.Signal.Language, Do: f.T("cases.open.do"), Lead: f.T("cases.intake.lead")}
	v.Title = intakeName(f, i)
	v.Facts = []page.Fact{{Label: f.T("cases.intake.is"), Value: f.T("cases.signal." + string(orUnknown(string(i.Signal.Kind))))}}
	if p.Articles > 0 {
		v.Facts = append(v.Facts, page.Fact{Label: f.T("cases.intake.articles"), Value: f.Number(p.Articles)})
	}
	for _, a := range i.Signal.Amends {
		v.Facts = append(v.Facts, page.Fact{Label: f.T("cases.intake.amends"), Value: strings.TrimSpace(a.Title + " " + a.Short)})
	}
	for _, d := range i.Signal.Deadlines {
		v.Facts = append(v.Facts, page.Fact{Label: f.T("cases.intake.deadline"), Value: d.Sentence, Lang: v.Lang})
	}
	if i.Name != "" {
		v.Facts = append(v.Facts, page.Fact{Label: f.T("cases.new.file"), Value: i.Name + " · " + f.T("cases.intake.kept")})
	}
	if i.Problem != "" {
		v.Problem = f.T(i.Problem)
	}
	for _, key := range p.Warnings {
		if f.Has(key) {
			v.Warnings = append(v.Warnings, f.T(key))
		}
	}
	for _, key := range i.Notes {
		if f.Has(key) {
			v.Notes = append(v.Notes, f.T(key))
		}
	}
	text := i.Text
	if len(text) > mostShown {
		text, v.More = strings.ToValidUTF8(text[:mostShown], ""), f.T("cases.intake.more")
	}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			v.Text = append(v.Text, line)
		}
	}
	v.Retype = page.Field{Name: "text", Label: f.T("cases.intake.retype"), Hint: f.T("cases.intake.retype.hint"), Type: "textarea", Keep: "intake-" + i.ID}
	return v
}

func orUnknown(kind string) string {
	if kind == "" {
		return "unknown"
	}
	return kind
}

// retype takes a text in the place of one that could not be read.
func (s *Site) retype(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	var in struct {
		Text string `form:"text"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	if _, err := s.cases.Retype(r.Context(), f.Actor, r.PathValue("intake"), in.Text); err != nil {
		return err
	}
	return page.Go(w, r, "/intakes/"+r.PathValue("intake"), "said.cases.intake")
}

// dropIntake asks, and then deletes what came in.
func (s *Site) dropIntake(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.cases", "")
	i, err := s.cases.Intake(r.Context(), f.Actor, r.PathValue("intake"))
	if err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		if err := s.cases.DropIntake(r.Context(), f.Actor, i.ID); err != nil {
			return err
		}
		return page.Go(w, r, "/cases/new", "said.cases.intake.drop")
	}
	f.Title = f.T("cases.intake.drop")
	return page.Render(w, r, page.Confirm(page.Question{
		Frame: f, Ask: f.T("cases.intake.drop.ask", "name", intakeName(f, i)), Text: f.T("cases.intake.drop.text"), Do: f.T("cases.intake.drop.do"),
		Action: "/intakes/" + i.ID + "/drop", Back: "/intakes/" + i.ID, BackLabel: f.T("cases.back"), Danger: true,
	}))
}
