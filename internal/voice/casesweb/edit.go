package casesweb

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

// A caseForm is what a person types of a case.
type caseForm struct {
	Title    string `form:"title"`
	Short    string `form:"short"`
	Kind     string `form:"kind"` // "law/ordinary"
	Lead     string `form:"lead"`
	Proposer string `form:"proposer"`
	Body     string `form:"body"`
	Act      string `form:"act"` // its short title, title or ID
	EVA      string `form:"eva"`
	EPA      string `form:"epa"`
	SOP      string `form:"sop"`
	Code     string `form:"code"`
	Owner    string `form:"owner"`
	Claimed  string `form:"claimed"`
	Revision int    `form:"revision"`
}

func formOf(c cases.Case, act string) caseForm {
	return caseForm{
		Title: c.Title, Short: c.Short, Kind: strings.TrimSuffix(string(c.Kind)+"/"+string(c.Variant), "/"), Lead: c.Lead, Proposer: c.Proposer, Body: c.Body, Act: act,
		EVA: c.EVA, EPA: c.EPA, SOP: c.SOP, Code: c.Code, Owner: string(c.Owner), Claimed: c.Claimed, Revision: c.Revision,
	}
}

// into puts what was typed into a case. The act must be one of the corpus, unless
// it is left to be found with the text.
func (s *Site) into(r *http.Request, in caseForm, c cases.Case) (cases.Case, error) {
	c.Title, c.Short, c.Lead, c.Proposer, c.Body = strings.TrimSpace(in.Title), strings.TrimSpace(in.Short), strings.TrimSpace(in.Lead), strings.TrimSpace(in.Proposer), in.Body
	c.EVA, c.EPA, c.SOP, c.Code = strings.TrimSpace(in.EVA), strings.TrimSpace(in.EPA), strings.TrimSpace(in.SOP), strings.TrimSpace(in.Code)
	kind, variant, _ := strings.Cut(in.Kind, "/")
	c.Kind, c.Variant, c.Claimed, c.Revision = procedure.Kind(kind), procedure.Variant(variant), in.Claimed, in.Revision
	who, err := s.person(r, in.Owner)
	if err != nil {
		return c, err
	}
	if c.Owner != who.User {
		c.Owner, c.OwnerIs = who.User, who.Name
	}
	return c, nil
}

// fields are the fields of a case.
func (s *Site) fields(r *http.Request, f page.Frame, in caseForm) ([]page.Field, error) {
	owner, err := s.peopleField(r, f, "owner", f.T("cases.owner"), in.Owner)
	if err != nil {
		return nil, err
	}
	var kinds []page.Option
	for _, p := range s.cases.Country().Procedures {
		kinds = append(kinds, page.Option{Value: string(p.Kind) + "/" + string(p.Variant), Label: voiceweb.Capital(voiceweb.Label(f.Printer, p.Labels))})
	}
	kinds = append(kinds, page.Option{Value: string(cases.Other), Label: voiceweb.Capital(f.T("cases.kind.other"))})
	bodies := []page.Option{{Label: f.T("cases.body.none")}}
	for _, a := range s.cases.Country().Authorities {
		bodies = append(bodies, page.Option{Value: a.Key, Label: voiceweb.Label(f.Printer, a.Labels)})
	}
	claimed := []page.Option{{Label: f.T("cases.claimed.none")}}
	for _, e := range s.cases.Country().Consultation.Exempt {
		claimed = append(claimed, page.Option{Value: e.Key, Label: voiceweb.Label(f.Printer, e.Labels)})
	}
	return []page.Field{
		{Name: "title", Label: f.T("cases.title"), Value: in.Title},
		{Name: "short", Label: f.T("cases.short"), W: "s", Value: in.Short},
		{Name: "kind", Label: f.T("cases.kind"), Type: "select", Options: kinds, Value: in.Kind},
		{Name: "lead", Label: f.T("cases.lead"), Hint: f.T("cases.lead.hint"), Type: "textarea", Value: in.Lead},
		{Name: "proposer", Label: f.T("cases.proposer"), Value: in.Proposer},
		{Name: "body", Label: f.T("cases.body"), Hint: f.T("cases.body.hint"), Type: "select", Options: bodies, Value: in.Body},
		{Name: "act", Label: f.T("cases.act"), Hint: f.T("cases.act.hint"), W: "m", Value: in.Act},
		{Name: "eva", Label: "EVA", W: "m", Value: in.EVA}, {Name: "epa", Label: "EPA", W: "m", Value: in.EPA},
		{Name: "sop", Label: "SOP", W: "m", Value: in.SOP}, {Name: "code", Label: f.T("cases.code"), W: "m", Value: in.Code},
		{Name: "claimed", Label: f.T("cases.claimed"), Hint: f.T("cases.claimed.hint"), Type: "select", Options: claimed, Value: in.Claimed},
		owner,
	}, nil
}

type editView struct {
	voiceweb.CaseHead
	Fields   []page.Field
	Revision string
	Theirs   []page.Fact // what somebody else has saved meanwhile, where it differs
	ByThem   string
}

// edit changes a case. Where somebody was faster, both texts are shown: one's own
// stays in the form, theirs stands beside it.
func (s *Site) edit(w http.ResponseWriter, r *http.Request) error {
	f, file, err := s.file(r)
	if err != nil {
		return err
	}
	if err := f.Actor.Must(voice.Work); err != nil {
		return err
	}
	act := string(file.Act)
	if a, err := s.act(r, file.Case); err == nil {
		act = a.Name()
	}
	stands := formOf(file.Case, act)
	in, v := stands, editView{}
	if r.Method == http.MethodPost {
		in = caseForm{}
		err := page.Decode(r, &in)
		if err == nil {
			err = s.save(r, f, in, file.Case)
		}
		if err == nil {
			return page.Go(w, r, "/cases/"+string(file.ID), "said.cases.save")
		}
		if !f.Blame(err) {
			return err
		}
		if fault.Is(err, fault.Conflict) {
			v.Theirs = differences(f, in, stands)
			in.Revision = file.Revision // the next save is with open eyes
		}
	}
	v.CaseHead = voiceweb.Head(f, file, "overview")
	v.Frame.Title = f.T("cases.edit") + " · " + v.Frame.Title
	v.Revision = strconv.Itoa(in.Revision)
	if v.Fields, err = s.fields(r, f, in); err != nil {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), editPage(v))
}

func (s *Site) save(r *http.Request, f page.Frame, in caseForm, stands cases.Case) error {
	c, err := s.into(r, in, stands)
	if err != nil {
		return err
	}
	c.Act = ""
	if !fault.Empty(in.Act) {
		a, err := s.cases.FindAct(r.Context(), f.Actor, in.Act)
		if fault.Is(err, fault.Missing) {
			return fault.In("act", "cases.act.unknown")
		} else if err != nil {
			return err
		}
		c.Act = a.ID
	}
	_, err = s.cases.Save(r.Context(), f.Actor, c)
	return err
}

// differences are what the others have saved and this form has not.
func differences(f page.Frame, mine, theirs caseForm) (list []page.Fact) {
	for _, one := range []struct{ label, mine, theirs string }{
		{f.T("cases.title"), mine.Title, theirs.Title}, {f.T("cases.short"), mine.Short, theirs.Short}, {f.T("cases.kind"), mine.Kind, theirs.Kind},
		{f.T("cases.lead"), mine.Lead, theirs.Lead}, {f.T("cases.proposer"), mine.Proposer, theirs.Proposer}, {f.T("cases.body"), mine.Body, theirs.Body},
		{f.T("cases.act"), mine.Act, theirs.Act}, {"EVA", mine.EVA, theirs.EVA}, {"EPA", mine.EPA, theirs.EPA}, {"SOP", mine.SOP, theirs.SOP},
		{f.T("cases.code"), mine.Code, theirs.Code}, {f.T("cases.claimed"), mine.Claimed, theirs.Claimed},
	} {
		if one.mine != one.theirs {
			if one.theirs == "" {
				one.theirs = "–"
			}
			list = append(list, page.Fact{Label: one.label, Value: one.theirs})
		}
	}
	return list
}
