package casesweb

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

type casesIn struct {
	State string `query:"state" enum:"open,waiting,won,no_effect,lost,closed"`
	Kind  string `query:"kind"`
	Act   string `query:"act"`
	Query string `query:"q" doc:"words of the title, the numbers or the proposer"`
	Order string `query:"order" enum:"due" doc:"the soonest clock first, instead of the last changed"`
	After string `query:"after" doc:"id of the last case of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type casesOut struct {
	Cases []caseWire `json:"cases"`
	Next  string     `json:"next,omitempty" doc:"value of after for the next page"`
}

type caseIn struct {
	ID string `path:"id" example:"2026-014"`
}

type caseOut struct {
	Case   caseWire    `json:"case"`
	Phases []phaseWire `json:"phases"`
	Events []eventWire `json:"events" doc:"newest first"`
	Texts  []textWire  `json:"texts" doc:"oldest first"`
}

type openIn struct{ Body newCase }

// A newCase is a case to be opened.
type newCase struct {
	Title     string `json:"title" minLength:"1"`
	Short     string `json:"short,omitempty"`
	Kind      string `json:"kind"`
	Variant   string `json:"variant,omitempty"`
	Lead      string `json:"lead,omitempty"`
	Proposer  string `json:"proposer,omitempty"`
	Body      string `json:"body,omitempty" doc:"key of the authority"`
	EVA       string `json:"eva,omitempty"`
	EPA       string `json:"epa,omitempty"`
	SOP       string `json:"sop,omitempty"`
	Code      string `json:"code,omitempty"`
	Act       string `json:"act,omitempty" doc:"its id, short title or title"`
	Text      string `json:"text,omitempty" doc:"the text that the case is about"`
	Label     string `json:"label,omitempty" doc:"name of the text"`
	Stage     string `json:"stage,omitempty" enum:"draft,amending,adopted,in_force"`
	Published string `json:"published,omitempty" format:"date"`
	Deadline  string `json:"deadline,omitempty" format:"date"`
}

// API is all paths of this package under /api/v1.
func (s *Site) API(api huma.API) {
	page.Get(api, "/api/v1/cases", "list-cases", "Cases, the last changed first", s.apiCases)
	page.Get(api, "/api/v1/cases/{id}", "get-case", "A case with its phases, events and texts", s.apiCase)
	page.Post(api, "/api/v1/cases", "open-case", "Open a case", maxFile, s.apiOpen)
}

func (s *Site) apiCases(ctx context.Context, in *casesIn) (*page.Answer[casesOut], error) {
	who := auth.From(ctx)
	list, err := s.cases.List(ctx, who, cases.Query{
		State: cases.State(in.State), Kind: procedure.Kind(in.Kind), Act: law.ActID(in.Act), Text: in.Query, Order: cases.Order(in.Order),
		After: voice.CaseID(in.After), Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out := &page.Answer[casesOut]{Body: casesOut{Cases: make([]caseWire, len(list))}}
	for i, c := range list {
		out.Body.Cases[i] = caseWireOf(c, who.Can(voice.See))
	}
	if len(list) == in.Limit {
		out.Body.Next = string(list[len(list)-1].ID)
	}
	return out, nil
}

func (s *Site) apiCase(ctx context.Context, in *caseIn) (*page.Answer[caseOut], error) {
	who := auth.From(ctx)
	file, err := s.cases.File(ctx, who, voice.CaseID(in.ID), s.site.Today())
	if err != nil {
		return nil, err
	}
	texts, err := s.cases.Texts(ctx, who, file.ID)
	if err != nil {
		return nil, err
	}
	out := &page.Answer[caseOut]{Body: caseOut{
		Case: caseWireOf(file.Case, who.Can(voice.See)), Phases: phasesOf(file), Events: make([]eventWire, len(file.Events)), Texts: make([]textWire, len(texts)),
	}}
	for i, e := range file.Events {
		out.Body.Events[i] = eventWire{Event: string(e.Key), On: e.On.String()}
		if who.Can(voice.See) {
			out.Body.Events[i].Note = e.Note
		}
	}
	for i, t := range texts {
		out.Body.Texts[i] = textWire{string(t.Version), string(t.Role), t.Label, t.On.String()}
	}
	return out, nil
}

func (s *Site) apiOpen(ctx context.Context, in *openIn) (*page.Answer[caseWire], error) {
	c, err := s.openWire(ctx, auth.From(ctx), in)
	if err != nil {
		return nil, err
	}
	return &page.Answer[caseWire]{Body: caseWireOf(c, true)}, nil
}

func (s *Site) openWire(ctx context.Context, who auth.Actor, in *openIn) (cases.Case, error) {
	b := in.Body
	c := cases.Case{
		Title: b.Title, Short: b.Short, Kind: procedure.Kind(b.Kind), Variant: procedure.Variant(b.Variant), Lead: b.Lead, Proposer: b.Proposer, Body: b.Body,
		EVA: b.EVA, EPA: b.EPA, SOP: b.SOP, Code: b.Code, Owner: who.User, OwnerIs: who.Name, Opened: s.site.Today(),
	}
	if b.Act != "" {
		a, err := s.cases.FindAct(ctx, who, b.Act)
		if fault.Is(err, fault.Missing) {
			return c, fault.In("act", "cases.act.unknown")
		} else if err != nil {
			return c, err
		}
		c.Act = a.ID
	}
	published, err1 := parseDay("published", b.Published)
	deadline, err2 := parseDay("deadline", b.Deadline)
	if err1 != nil || err2 != nil {
		return c, fault.In(map[bool]string{true: "published", false: "deadline"}[err1 != nil], "form.date")
	}
	if fault.Empty(b.Text) {
		return s.cases.Open(ctx, who, c)
	}
	if err := c.Check(); err != nil {
		return c, err
	}
	i, err := s.cases.TakeIn(ctx, who, cases.Raw{Text: b.Text})
	if err != nil {
		return c, err
	}
	return s.cases.FromIntake(ctx, who, i.ID, c, cases.TextOptions{Stage: corpus.Stage(b.Stage), Label: b.Label, On: published, Deadline: deadline})
}
