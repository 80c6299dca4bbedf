package proofweb

import (
	"context"
	"io"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/asociacija/asociacija/internal/members/proof"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// An extractWire is an extract as the API tells of it: numbers and hashes. Its members
// are in its files.
type extractWire struct {
	ID            string     `json:"id"`
	Number        string     `json:"number"`
	AsOf          string     `json:"as_of" format:"date"`
	Kind          string     `json:"kind,omitempty" enum:"organisation,person"`
	Certificate   bool       `json:"certificate" doc:"of the membership of one member"`
	Purpose       string     `json:"purpose,omitempty"`
	State         string     `json:"state" enum:"making,ready,withdrawn,replaced"`
	Made          time.Time  `json:"made"`
	Organisations int        `json:"organisations"`
	Persons       int        `json:"persons"`
	WithProof     int        `json:"with_proof"`
	Before        string     `json:"previous_sha256,omitempty"`
	Ended         string     `json:"ended,omitempty" format:"date" doc:"when it was withdrawn or replaced"`
	Reason        string     `json:"reason,omitempty" doc:"of the withdrawal"`
	Instead       string     `json:"replaced_by,omitempty" doc:"id"`
	Replaces      string     `json:"replaces,omitempty" doc:"id"`
	Check         string     `json:"check,omitempty" doc:"address at which anybody checks it"`
	Files         []fileWire `json:"files"`
}

type fileWire struct {
	Format string `json:"format" enum:"pdf,csv,json"`
	Link   string `json:"link,omitempty" doc:"where whoever may read the extract takes it"`
	SHA256 string `json:"sha256"`
	Size   int64  `json:"size"`
	Gone   bool   `json:"gone,omitempty" doc:"no longer kept; whoever has it can still check it"`
}

func wireOf(e proof.Extract, url string) extractWire {
	w := extractWire{
		ID: string(e.ID), Number: e.ID.Number(), AsOf: e.On.String(), Kind: string(e.Kind), Certificate: e.Member != "", Purpose: e.Purpose, State: string(e.State), Made: e.Made.UTC(),
		Organisations: e.Organisations, Persons: e.Persons, WithProof: e.Proven, Before: e.Before, Ended: e.Withdrawn.String(), Reason: e.Reason,
		Instead: string(e.Instead), Replaces: string(e.Replaces), Check: url + "/check/" + e.Token, Files: []fileWire{},
	}
	for _, f := range e.Files {
		w.Files = append(w.Files, fileWire{f.Format, fileLink(e, f, url), f.Hash, f.Size, f.Gone})
	}
	return w
}

func fileLink(e proof.Extract, f proof.File, url string) string {
	if f.Gone {
		return ""
	}
	return url + link(e.ID) + "/file/" + f.Format
}

type listOut struct {
	Extracts []extractWire `json:"extracts"`
	Next     string        `json:"next,omitempty" doc:"value of before for the next page"`
}

// API is all paths of this package under /api/v1.
func (s *Site) API(api huma.API) {
	page.Get(api, "/api/v1/extracts", "list-extracts", "Extracts from the register and certificates, newest first; for the office and the board", s.apiList)
	page.Get(api, "/api/v1/extracts/{id}", "get-extract", "An extract; a certificate also for whoever may act for the member", s.apiExtract)
	page.Get(api, "/api/v1/extracts/{id}/members", "get-extract-members", "The members of an extract with what proves them, byte for byte as it was hashed; the ETag is its SHA-256", s.apiMembers)
	page.Get(api, "/api/v1/check/{of}", "check-extract", "Whether an extract stands, by its code or by the SHA-256 of its file; for anybody, without names", s.apiCheck)
	whole := api.OpenAPI().Paths["/api/v1/extracts/{id}/members"].Get.Responses["200"].Content["application/json"]
	whole.Schema = &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}
}

func (s *Site) apiList(ctx context.Context, in *struct {
	Before string `query:"before" doc:"id of the last extract of the page before"`
}) (*page.Answer[listOut], error) {
	list, err := s.desk.List(ctx, auth.From(ctx), proof.ID(in.Before))
	if err != nil {
		return nil, err
	}
	out := &page.Answer[listOut]{Body: listOut{Extracts: []extractWire{}}}
	for _, e := range list {
		out.Body.Extracts = append(out.Body.Extracts, wireOf(e, s.desk.URL))
	}
	if len(list) == proof.Page {
		out.Body.Next = string(list[len(list)-1].ID)
	}
	return out, nil
}

func (s *Site) apiExtract(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*page.Answer[extractWire], error) {
	e, err := s.desk.Extract(ctx, auth.From(ctx), proof.ID(in.ID))
	if err != nil {
		return nil, err
	}
	return &page.Answer[extractWire]{Body: wireOf(e, s.desk.URL)}, nil
}

type membersOut struct {
	Type string `header:"Content-Type"`
	ETag string `header:"ETag"`
	Body []byte
}

func (s *Site) apiMembers(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*membersOut, error) {
	e, file, err := s.desk.File(ctx, auth.From(ctx), proof.ID(in.ID), "json")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	whole, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	return &membersOut{Type: mimes["json"], ETag: `"` + e.Hash() + `"`, Body: whole}, nil
}

// A checkIn is what anybody checks by.
type checkIn struct {
	Of   string `path:"of" maxLength:"64" doc:"the code, or a SHA-256 in hexadecimal"`
	from string
}

// Resolve notes who asks.
func (in *checkIn) Resolve(c huma.Context) []error {
	r, _ := humago.Unwrap(c)
	in.from = page.Origin(r)
	return nil
}

func (s *Site) apiCheck(ctx context.Context, in *checkIn) (*page.Answer[extractWire], error) {
	if err := s.desk.Knock(in.from); err != nil {
		return nil, err
	}
	var e proof.Extract
	var err error
	if len(in.Of) == 64 {
		e, _, err = s.desk.CheckedFile(ctx, proof.Reading{Hash: in.Of})
		if fault.Of(err) != nil && !fault.Is(err, fault.Missing) {
			err = fault.New(fault.Missing, "proof.check.unknown")
		}
	} else {
		e, err = s.desk.Checked(ctx, in.Of)
	}
	if err != nil {
		return nil, err
	}
	return &page.Answer[extractWire]{Body: wireOf(e, s.desk.URL)}, nil
}
