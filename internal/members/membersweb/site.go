// Package membersweb has the pages of the register: the roll, an entry and what
// is done to it, imports and exports.
package membersweb

import (
	"context"
	"embed"
	"net/http"
	"net/url"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/circular"
	"github.com/asociacija/asociacija/internal/members/intake"
	"github.com/asociacija/asociacija/internal/members/twins"
	"github.com/asociacija/asociacija/internal/members/views"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/page"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// Site is the pages.
type Site struct {
	site   *page.Site
	desk   *members.Desk
	intake *intake.Desk
	jobs   *jobs.Desk // how far large imports are

	// Twins are entries that are the same member.
	Twins *twins.Desk
	// Views are kept filters and chosen columns.
	Views *views.Desk
	// Circulars are letters to many members.
	Circulars *circular.Desk
	// Rooms, if it is set, are what other rooms know of a member, for the card.
	Rooms func(ctx context.Context, by auth.Actor, id members.ID, f page.Frame) ([]Room, error)
}

// A Room is what another room knows of a member: its invoices, seats, votes.
type Room struct {
	Name string // of the room, in the language of the frame
	Link string // to more of it; may be empty
	Rows []RoomRow
}

// A RoomRow is one thing of a Room.
type RoomRow struct {
	Title, Link, Note string
	Tone              page.Tone // of a Status, if it is set
	Icon, Status      string
}

// New makes the pages.
func New(site *page.Site, d *members.Desk, in *intake.Desk, j *jobs.Desk) *Site {
	return &Site{site: site, desk: d, intake: in, jobs: j}
}

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	for route, h := range map[string]page.Handler{
		"GET /members":                          s.roll,
		"GET /members/export":                   s.export,
		"GET /members/export/whole":             s.whole,
		"POST /members/export/whole":            s.whole,
		"GET /members/new":                      s.form,
		"POST /members/new":                     s.form,
		"GET /members/{id}":                     s.card,
		"GET /members/{id}/edit":                s.form,
		"POST /members/{id}/edit":               s.form,
		"GET /members/{id}/admit":               s.admit,
		"POST /members/{id}/admit":              s.admit,
		"GET /members/{id}/leave":               s.leave,
		"POST /members/{id}/leave":              s.leave,
		"GET /members/{id}/agents/new":          s.agent,
		"POST /members/{id}/agents/new":         s.agent,
		"GET /members/{id}/agents/{agent}/end":  s.endAgent,
		"POST /members/{id}/agents/{agent}/end": s.endAgent,
		"GET /members/{id}/step":                s.step,
		"POST /members/{id}/step":               s.step,
		"GET /members/{id}/undo-step":           s.undoStep,
		"POST /members/{id}/undo-step":          s.undoStep,
		"GET /members/{id}/redate":              s.redate,
		"POST /members/{id}/redate":             s.redate,
		"GET /members/{id}/category":            s.category,
		"POST /members/{id}/category":           s.category,
		"GET /members/{id}/registration":        s.registration,
		"POST /members/{id}/registration":       s.registration,
		"GET /members/{id}/registration/drop":   s.dropRegistration,
		"POST /members/{id}/registration/drop":  s.dropRegistration,
		"GET /members/{id}/registration/file":   s.proofFile,
		"GET /members/set":                      s.set,
		"GET /members/category":                 s.categoryForm,
		"POST /members/category":                s.categoryForm,
		"GET /members/detail":                   s.detailForm,
		"POST /members/detail":                  s.detailForm,
		"GET /members/tag":                      s.tagForm,
		"POST /members/tag":                     s.tagForm,
		"GET /members/filters":                  s.keepFilter,
		"POST /members/filters":                 s.keepFilter,
		"GET /members/columns":                  s.chooseColumns,
		"POST /members/columns":                 s.chooseColumns,
		"GET /members/bulk":                     s.bulk,
		"POST /members/bulk":                    s.bulk,
		"POST /members/bulk/undo":               s.undoTag,
		"GET /members/circular":                 s.circular,
		"GET /members/duplicates":               s.duplicates,
		"GET /members/merge":                    s.merge,
		"POST /members/merge":                   s.merge,
		"GET /members/import":                   s.upload,
		"POST /members/import":                  s.upload,
		"GET /members/import/preview":           s.preview,
		"POST /members/import/preview":          s.decide,
		"GET /members/import/undo":              s.undo,
		"POST /members/import/undo":             s.undo,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
}

// link is the path of a member's page, or of a page under it.
func link(id members.ID, more ...string) string {
	return "/members/" + url.PathEscape(string(id)) + strings.Join(more, "")
}

// word is the name of a kind, a standing or a field; a dash for none.
func word[T ~string](f page.Frame, of string, key T) string {
	if key == "" {
		return "–"
	}
	return f.T("members." + of + "." + string(key))
}

// options are the words of a list for a select, with one for none before them.
func options[T ~string](f page.Frame, of string, list []T, none string) []page.Option {
	var out []page.Option
	if none != "" {
		out = append(out, page.Option{Label: none})
	}
	for _, key := range list {
		out = append(out, page.Option{Value: string(key), Label: word(f, of, key)})
	}
	return out
}

// crumbs are the way to a page below the roll.
func crumbs(f page.Frame, more ...page.Crumb) []page.Crumb {
	return append([]page.Crumb{{Label: f.T("nav.members"), Link: "/members"}}, more...)
}

// wordsOf are the names of several words of a list.
func wordsOf[T ~string](f page.Frame, of string, keys []T) string {
	var list []string
	for _, k := range keys {
		list = append(list, word(f, of, k))
	}
	return strings.Join(list, ", ")
}

// shown is a value of a detail as people read it.
func shown(f page.Frame, d members.Detail, value string) string {
	switch {
	case value == "":
		return ""
	case d.Form == members.Day:
		return dayText(f, value)
	case d.Form == members.Number && f.Lang != "en":
		return strings.Replace(value, ".", ",", 1)
	case d.Form == members.YesNo:
		return f.T("members.agent.answers." + value)
	}
	return value
}

// dayText is a day that is kept as text, as people write it.
func dayText(f page.Frame, s string) string {
	d, err := civil.Parse(s)
	if err != nil || d.IsZero() {
		return s
	}
	return f.Date(d)
}
