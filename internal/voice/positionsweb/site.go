// Package positionsweb has the pages of proposals and positions: the position of a
// case, the editor of a proposal, the mandate, what is frozen for good, and its
// papers.
package positionsweb

import (
	"context"
	"embed"
	"net/http"

	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// Section is the key of the menu entry of the list of positions.
const Section = "positions.menu"

// A Site is the pages.
type Site struct {
	site   *page.Site
	desk   *positions.Desk
	cases  *cases.Desk
	corpus *corpus.Desk
	bodies *bodies.Desk // whose decisions are mandates; may be nil
}

// New makes the pages.
func New(site *page.Site, desk *positions.Desk, c *cases.Desk, law *corpus.Desk) *Site {
	return &Site{site: site, desk: desk, cases: c, corpus: law}
}

// With has a mandate taken from the register of decisions.
func (s *Site) With(register *bodies.Desk) *Site {
	s.bodies = register
	return s
}

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	for route, h := range map[string]page.Handler{
		"GET /positions":                            s.list,
		"GET /s/{position}/{version}":               s.frozen,
		"GET /s/{position}/{version}/changes":       s.changes,
		"GET /s/{position}/{version}/{file}":        s.paper,
		"GET /cases/{id}/position":                  s.position,
		"POST /cases/{id}/position":                 s.begin,
		"GET /cases/{id}/position/edit":             s.edit,
		"POST /cases/{id}/position/edit":            s.edit,
		"GET /cases/{id}/position/mandate":          s.mandate,
		"POST /cases/{id}/position/mandate":         s.mandate,
		"GET /cases/{id}/position/approve":          s.step,
		"POST /cases/{id}/position/approve":         s.step,
		"GET /cases/{id}/position/reopen":           s.step,
		"POST /cases/{id}/position/reopen":          s.step,
		"GET /cases/{id}/position/freeze":           s.step,
		"POST /cases/{id}/position/freeze":          s.step,
		"GET /cases/{id}/position/next":             s.step,
		"POST /cases/{id}/position/next":            s.step,
		"POST /cases/{id}/position/public":          s.public,
		"GET /cases/{id}/proposals/new":             s.newProposal,
		"POST /cases/{id}/proposals/new":            s.newProposal,
		"POST /cases/{id}/proposals/redline":        s.redline,
		"GET /cases/{id}/proposals/{pid}":           s.editor,
		"POST /cases/{id}/proposals/{pid}":          s.editor,
		"POST /cases/{id}/proposals/{pid}/move":     s.move,
		"GET /cases/{id}/proposals/{pid}/history":   s.history,
		"GET /cases/{id}/proposals/{pid}/withdraw":  s.withdraw,
		"POST /cases/{id}/proposals/{pid}/withdraw": s.withdraw,
		"GET /cases/{id}/proposals/{pid}/merge":     s.merge,
		"POST /cases/{id}/proposals/{pid}/merge":    s.merge,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
}

// head is the head of a page of the case in the request.
func (s *Site) head(r *http.Request) (voiceweb.CaseHead, cases.File, error) {
	f := s.site.Frame(r, "nav.cases", "")
	file, err := s.cases.File(r.Context(), f.Actor, caseID(r), f.Today)
	if err != nil {
		return voiceweb.CaseHead{}, file, err
	}
	return voiceweb.Head(f, file, "position"), file, nil
}

func caseID(r *http.Request) voice.CaseID { return voice.CaseID(r.PathValue("id")) }

// at is the path of the position of a case, with what stands behind it.
func at(id voice.CaseID, rest string) string { return "/cases/" + string(id) + "/position" + rest }

func proposalAt(p positions.Proposal, rest string) string {
	return "/cases/" + string(p.Case) + "/proposals/" + string(p.ID) + rest
}

// current is the newest version of the case's position; there is none if ok is
// false.
func (s *Site) current(ctx context.Context, f page.Frame, id voice.CaseID) (p positions.Position, ok bool, err error) {
	p, err = s.desk.Current(ctx, f.Actor, id)
	if isMissing(err) {
		return p, false, nil
	}
	return p, err == nil, err
}
