// Package bodiesweb has the pages of bodies, meetings and the register of decisions,
// and the page of whoever is called to a meeting by a letter.
//
// What holds: a page of a letter's link needs no account, shows one meeting to one
// person, and changes nothing until a button is pressed.
package bodiesweb

import (
	"context"
	"embed"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// Desks are those that the pages ask.
type Desks struct {
	Members  *members.Desk
	Bodies   *bodies.Desk
	Meetings *meetings.Desk
	// People are the accounts that may be given something to do; nil in a house
	// without accounts.
	People func(context.Context) ([]auth.Actor, error)
}

// Site is the pages.
type Site struct {
	site *page.Site
	Desks
}

// New makes the pages.
func New(site *page.Site, d Desks) *Site { return &Site{site, d} }

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	for route, h := range map[string]page.Handler{
		"GET /bodies":                              s.list,
		"GET /bodies/export":                       s.exportSeats,
		"GET /bodies/new":                          s.bodyForm,
		"POST /bodies/new":                         s.bodyForm,
		"GET /bodies/lapse":                        s.lapse,
		"POST /bodies/lapse":                       s.lapse,
		"GET /bodies/{id}":                         s.body,
		"GET /bodies/{id}/history":                 s.bodyHistory,
		"GET /bodies/{id}/edit":                    s.bodyForm,
		"POST /bodies/{id}/edit":                   s.bodyForm,
		"GET /bodies/{id}/seats/new":               s.seatForm,
		"POST /bodies/{id}/seats/new":              s.seatForm,
		"GET /bodies/{id}/seats/{seat}":            s.seatForm,
		"POST /bodies/{id}/seats/{seat}":           s.seatForm,
		"GET /bodies/{id}/end/{seat}":              s.endSeat,
		"POST /bodies/{id}/end/{seat}":             s.endSeat,
		"POST /bodies/{id}/drop/{seat}":            s.dropSeat,
		"GET /bodies/{id}/space":                   s.space,
		"POST /bodies/{id}/notes":                  s.note,
		"POST /bodies/{id}/papers":                 s.upload,
		"GET /bodies/{id}/papers/{paper}":          s.paper,
		"POST /bodies/{id}/papers/{paper}":         s.dropPaper,
		"GET /bodies/{id}/demands/new":             s.demandForm,
		"POST /bodies/{id}/demands/new":            s.demandForm,
		"GET /bodies/{id}/demands/{demand}":        s.demand,
		"POST /bodies/{id}/demands/{demand}":       s.demand,
		"GET /bodies/{id}/demands/{demand}/export": s.exportSigned,

		"GET /meetings":                                  s.meetings,
		"GET /meetings/export":                           s.exportMeetings,
		"GET /meetings/{id}/attendance/export":           s.exportAttendance,
		"GET /meetings/{id}/motions/export":              s.exportMotions,
		"GET /meetings/new":                              s.meetingForm,
		"POST /meetings/new":                             s.meetingForm,
		"GET /meetings/{id}":                             s.agenda,
		"GET /meetings/{id}/edit":                        s.meetingForm,
		"POST /meetings/{id}/edit":                       s.meetingForm,
		"GET /meetings/{id}/call":                        s.call,
		"POST /meetings/{id}/call":                       s.call,
		"GET /meetings/{id}/cancel":                      s.cancel,
		"POST /meetings/{id}/cancel":                     s.cancel,
		"GET /meetings/{id}/drop":                        s.dropMeeting,
		"POST /meetings/{id}/drop":                       s.dropMeeting,
		"POST /meetings/{id}/begin":                      s.begin,
		"GET /meetings/{id}/close":                       s.closeMeeting,
		"POST /meetings/{id}/close":                      s.closeMeeting,
		"POST /meetings/{id}/remind":                     s.remind,
		"GET /meetings/{id}/items/{item}":                s.item,
		"POST /meetings/{id}/items/{item}":               s.item,
		"POST /meetings/{id}/items/{item}/{way}":         s.shift,
		"POST /meetings/{id}/papers":                     s.uploadTo,
		"GET /meetings/{id}/papers/{paper}":              s.meetingPaper,
		"POST /meetings/{id}/papers/{paper}":             s.dropMeetingPaper,
		"GET /meetings/{id}/attendance":                  s.attendance,
		"POST /meetings/{id}/attendance":                 s.admit,
		"POST /meetings/{id}/refresh":                    s.refresh,
		"POST /meetings/{id}/quorum":                     s.quorum,
		"GET /meetings/{id}/attendance/{attendee}":       s.attend,
		"POST /meetings/{id}/attendance/{attendee}":      s.attend,
		"POST /meetings/{id}/attendance/{attendee}/{to}": s.mark,
		"GET /meetings/{id}/motions":                     s.motions,
		"GET /meetings/{id}/motions/{motion}":            s.motionForm,
		"POST /meetings/{id}/motions/{motion}":           s.motionForm,
		"GET /meetings/{id}/motions/{motion}/amend":      s.amend,
		"POST /meetings/{id}/motions/{motion}/amend":     s.amend,
		"POST /meetings/{id}/motions/{motion}/settle":    s.settle,
		"GET /meetings/{id}/motions/{motion}/vote":       s.vote,
		"POST /meetings/{id}/motions/{motion}/vote":      s.vote,
		"GET /meetings/{id}/motions/{motion}/rollcall":   s.rollCall,
		"POST /meetings/{id}/motions/{motion}/rollcall":  s.rollCall,
		"POST /meetings/{id}/motions/{motion}/{deed}":    s.moved,
		"GET /meetings/{id}/minutes":                     s.minutes,
		"POST /meetings/{id}/minutes":                    s.minutes,
		"GET /meetings/{id}/approve":                     s.approve,
		"POST /meetings/{id}/approve":                    s.approve,
		"GET /meetings/{id}/history":                     s.meetingHistory,
		"POST /meetings/{id}/invite":                     s.invite,
		"GET /meetings/{id}/sheets/{file}":               s.sheet,
		"GET /meetings/{id}/calendar.ics":                s.calendar,
		"GET /meetings/{id}/place/{attendee}":            s.place,
		"POST /meetings/{id}/place/{attendee}":           s.place,

		"GET /decisions":              s.decisions,
		"GET /decisions/export":       s.exportDecisions,
		"GET /decisions/new":          s.oldDecision,
		"POST /decisions/new":         s.oldDecision,
		"GET /decisions/{id}":         s.decision,
		"GET /decisions/{id}/history": s.decisionHistory,
		"GET /decisions/{id}/task":    s.task,
		"POST /decisions/{id}/task":   s.task,
		"GET /decisions/{id}/edit":    s.decisionForm,
		"POST /decisions/{id}/edit":   s.decisionForm,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
	for route, h := range map[string]page.Handler{
		"GET /b/{token}":                s.place,
		"POST /b/{token}":               s.place,
		"GET /b/{token}/papers/{paper}": s.placePaper,
	} {
		mux.Handle(route, s.quiet(h))
	}
}

// quiet keeps the page of a link out of caches, search engines and logs.
func (s *Site) quiet(h page.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Robots-Tag", "noindex, nofollow")
		if err := h(w, r); err != nil {
			hidden := r.Clone(r.Context())
			hidden.URL = &url.URL{Path: "/b/-"}
			s.site.Fail(w, hidden, err)
		}
	})
}

// section is the entry of the menu that is current on all pages.
const section = "nav.members"

func bodyLink(id bodies.BodyID, more ...string) string {
	return "/bodies/" + url.PathEscape(string(id)) + strings.Join(more, "")
}

func meetingLink(id meetings.MeetingID, more ...string) string {
	return "/meetings/" + url.PathEscape(string(id)) + strings.Join(more, "")
}

func decisionLink(id bodies.DecisionID, more ...string) string {
	return "/decisions/" + url.PathEscape(string(id)) + strings.Join(more, "")
}

// crumbs are the way to a page below one of the lists.
func crumbs(f page.Frame, view string, more ...page.Crumb) []page.Crumb {
	return append([]page.Crumb{{Label: f.T("nav.members"), Link: "/members"}, {Label: f.T("members.view." + view), Link: "/" + view}}, more...)
}

// word is the name of a kind, an office, a state; a dash for none.
func word[T ~string](f page.Frame, of string, key T) string {
	if key == "" {
		return "–"
	}
	return f.T("bodies." + of + "." + string(key))
}

// options are the words of a list for a field, with one for none before them.
func options[T ~string](f page.Frame, of string, list []T, on T, none string) []page.Option {
	var out []page.Option
	if none != "" {
		out = append(out, page.Option{Label: none, On: on == ""})
	}
	for _, key := range list {
		out = append(out, page.Option{Value: string(key), Label: word(f, of, key), On: key == on})
	}
	return out
}

// typed is a day as people type it; none is empty.
func typed(f page.Frame, d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return f.Date(d)
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func ticked(b bool) string {
	if b {
		return "1"
	}
	return ""
}

// span writes from when until when.
func span(f page.Frame, s civil.Span) string {
	out := f.Date(s.From) + " –"
	if last := s.Last(); !last.IsZero() {
		out += " " + f.Date(last)
	}
	return out
}

// hour writes a day and a time of the house.
func (s *Site) hour(f page.Frame, t time.Time) string {
	if t.IsZero() {
		return "–"
	}
	return f.Moment(s.site.Local(t)) + meetings.Which(f.Printer, s.site.Local(t))
}

// A formView is a page with one form.
type formView struct {
	page.Frame
	Crumbs       []page.Crumb
	Kicker, Lead string
	Notice       string // what is good to know before
	Warn         string // what is wrong with it, and may be all the same
	Fields       []page.Field
	Hidden       []page.Option // Label is the name
	Action, Do   string
	Back         string
	Drop, DropDo string // a second form, of one button
	Multipart    bool
	Facts        []page.Fact
	Find         bool // the register is longer than the list of members that is offered
	Found        string
}

// answer shows the form, or goes on where it was done. Faults of the person are
// shown in the form, with all that was typed.
func (v *formView) answer(w http.ResponseWriter, r *http.Request, err error, to, said string) error {
	if r.Method == http.MethodPost {
		if err == nil {
			return page.Go(w, r, to, said)
		}
		if !v.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, v.Again(), formPage(*v))
}

// ask asks before a deed that cannot be taken back.
func (s *Site) ask(w http.ResponseWriter, r *http.Request, q page.Question, to, said string, deed func() error) error {
	q.BackLabel, q.Title = q.T("bodies.back"), q.Ask
	if r.Method == http.MethodPost {
		err := deed()
		if err == nil {
			return page.Go(w, r, to, said)
		}
		if !q.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, q.Again(), page.Confirm(q))
}

// work is the frame of a page for the office and the board.
func (s *Site) work(r *http.Request, title string) (page.Frame, error) {
	f := s.site.Frame(r, section, "")
	f.Title = f.T(title)
	return f, f.Actor.Must(bodies.Work)
}

// send hands out a file to take away.
func send(w http.ResponseWriter, p bodies.Paper, f io.ReadSeekCloser) error {
	defer f.Close()
	page.Attach(w, p.MIME, p.Name)
	w.Header().Set("Content-Length", strconv.FormatInt(p.Size, 10))
	_, err := io.Copy(w, f)
	return err
}

// file is the file of a form, which must have one.
func file(r *http.Request) (name string, f io.ReadCloser, err error) {
	if err := page.Decode(r, &struct{}{}); err != nil {
		return "", nil, err
	}
	if r.MultipartForm == nil || len(r.MultipartForm.File["file"]) == 0 {
		return "", nil, fault.In("file", "bodies.paper.empty")
	}
	head := r.MultipartForm.File["file"][0]
	f, err = head.Open()
	return head.Filename, f, err
}

// paperRows are files as rows of a list.
func paperRows(f page.Frame, list []bodies.Paper, link func(bodies.Paper) string) []paperRow {
	var rows []paperRow
	for _, p := range list {
		rows = append(rows, paperRow{Name: p.Name, Link: link(p), Item: p.Item, By: p.By,
			Meta: f.Printer.Size(p.Size) + " · " + p.ByIs + " · " + f.Date(civil.Of(p.At, f.House.Zone))})
	}
	return rows
}

type paperRow struct {
	Name, Link, Meta, Item string
	By                     auth.UserID
	Mine                   bool // may take it away
}

// said are the words of the deed, in full because they are searched for.
const (
	saidSaved = "said.bodies.saved"
	saidDone  = "said.bodies.done"
)
