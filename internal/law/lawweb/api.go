package lawweb

import (
	"context"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type actsIn struct {
	Query string `query:"q" doc:"words of the title"`
	Kind  string `query:"kind" enum:"statute,bylaw,rulebook,call,strategy,other"`
	After string `query:"after" doc:"id of the last act of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type actsOut struct {
	Acts []actWire `json:"acts"`
	Next string    `json:"next,omitempty" doc:"value of after for the next page"`
}

type actIn struct {
	Act string `path:"act"`
}

type actOut struct {
	Act      actWire       `json:"act"`
	Versions []versionWire `json:"versions" doc:"newest first"`
}

type versionIn struct {
	Act     string `path:"act"`
	Version string `path:"version"`
}

type addIn struct{ Body newText }

// A newText is a text to be added.
type newText struct {
	Act    string `json:"act,omitempty" doc:"id of the act; empty to find or make it by its title"`
	Title  string `json:"title,omitempty"`
	Short  string `json:"short,omitempty"`
	Kind   string `json:"kind,omitempty" enum:"statute,bylaw,rulebook,call,strategy,other"`
	Stage  string `json:"stage,omitempty" enum:"in_force,draft,adopted,amending"`
	Label  string `json:"label,omitempty"`
	On     string `json:"on,omitempty" format:"date"`
	Source string `json:"source,omitempty"`
	Lang   string `json:"lang,omitempty"`
	Open   bool   `json:"open,omitempty"`
	Text   string `json:"text" minLength:"1"`
}

// API is all paths of this package under /api/v1.
func (s *Site) API(api huma.API) {
	page.Get(api, "/api/v1/acts", "list-acts", "Acts by their short titles", s.apiActs)
	page.Get(api, "/api/v1/acts/{act}", "get-act", "An act and its versions", s.apiAct)
	page.Get(api, "/api/v1/acts/{act}/versions/{version}", "get-version", "A version of an act, provision by provision", s.apiVersion)
	page.Post(api, "/api/v1/acts", "add-act", "Add a text", corpus.MaxText*2, s.apiAdd) // JSON escapes
}

func (s *Site) apiActs(ctx context.Context, in *actsIn) (*page.Answer[actsOut], error) {
	list, err := s.desk.Acts(ctx, auth.From(ctx), corpus.Query{Text: in.Query, Kind: corpus.Kind(in.Kind), After: law.ActID(in.After), Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &page.Answer[actsOut]{Body: actsOut{Acts: make([]actWire, len(list))}}
	for i, a := range list {
		out.Body.Acts[i] = actWireOf(a)
	}
	if len(list) == in.Limit {
		out.Body.Next = string(list[len(list)-1].ID)
	}
	return out, nil
}

func (s *Site) apiAct(ctx context.Context, in *actIn) (*page.Answer[actOut], error) {
	by := auth.From(ctx)
	a, err := s.desk.Act(ctx, by, law.ActID(in.Act))
	if err != nil {
		return nil, err
	}
	versions, err := s.desk.Versions(ctx, by, a.ID)
	if err != nil {
		return nil, err
	}
	out := &page.Answer[actOut]{Body: actOut{Act: actWireOf(a)}}
	for _, v := range versions {
		out.Body.Versions = append(out.Body.Versions, versionWireOf(v))
	}
	return out, nil
}

func (s *Site) apiVersion(ctx context.Context, in *versionIn) (*page.Answer[textWire], error) {
	by := auth.From(ctx)
	v, err := s.desk.Version(ctx, by, law.VersionID(in.Version))
	if err == nil && string(v.Act) != in.Act {
		err = fault.New(fault.Missing, "law.version.missing")
	}
	if err != nil {
		return nil, err
	}
	tree, err := s.desk.Tree(ctx, by, v.ID)
	if err != nil {
		return nil, err
	}
	return &page.Answer[textWire]{Body: treeWire(v, tree)}, nil
}

func (s *Site) apiAdd(ctx context.Context, in *addIn) (*page.Answer[versionWire], error) {
	b := in.Body
	on, err := civil.Parse(b.On)
	if err != nil {
		return nil, fault.In("on", "form.date")
	}
	v, err := s.desk.Add(ctx, auth.From(ctx), corpus.Given{
		Act: law.ActID(b.Act), Title: b.Title, Short: b.Short, Kind: corpus.Kind(b.Kind), Stage: corpus.Stage(b.Stage), Label: b.Label,
		On: on, Source: b.Source, Lang: b.Lang, Open: b.Open, Text: b.Text,
	})
	if err != nil {
		return nil, err
	}
	return &page.Answer[versionWire]{Body: versionWireOf(v)}, nil
}
