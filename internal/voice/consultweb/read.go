package consultweb

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/consult"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

// A matrixView is who said what.
type matrixView struct {
	voiceweb.CaseHead
	Base, Called string
	Columns      []askedView
	Rows         []matrixRow
	First, Next  string
}

type matrixRow struct {
	Name, Kind string
	Cells      []mark
}

// matrix shows members against provisions, fifty to a page:
// GET /cases/{id}/consultations/{cid}/matrix?after=…
func (s *Site) matrix(w http.ResponseWriter, r *http.Request) error {
	h, c, err := s.one(r)
	if err != nil {
		return err
	}
	after := consult.InvitationID(r.FormValue("after"))
	m, err := s.Consult.Matrix(r.Context(), h.Actor, c.ID, after)
	if err != nil {
		return err
	}
	v := matrixView{CaseHead: h, Base: consult.Link(c), Called: c.Title}
	for _, a := range m.Consultation.Asked {
		v.Columns = append(v.Columns, askedOf(h.Printer, c, a, true))
	}
	marks := map[voice.Stance]mark{"": {"none", "", "–"}}
	for _, st := range voice.Stances() {
		marks[st] = markOf(h.Printer, st)
	}
	for _, one := range m.Rows {
		row := matrixRow{Name: one.MemberName, Kind: h.T("consult.kind." + string(one.Kind))}
		for _, st := range one.Stances {
			row.Cells = append(row.Cells, marks[st])
		}
		v.Rows = append(v.Rows, row)
	}
	if after != "" {
		v.First = v.Base + "/matrix"
	}
	if m.Next != "" {
		v.Next = string(v.With("after", string(m.Next)))
	}
	return page.Render(w, r, matrixPage(v))
}

// A provisionView is all that was said of one provision.
type provisionView struct {
	voiceweb.CaseHead
	Base, Called string
	Asked        askedView
	Explain      string
	Law          []string
	Stances      []page.Tab
	Kinds        []page.Tab
	Comments     []commentView
	First, Next  string
}

type commentView struct {
	ID, Name, Kind, At, Via string
	Mark                    mark
	Text                    string
	Wording                 []string
	Public                  string
	Changed                 string
}

// provision shows the comments on one provision:
// GET /cases/{id}/consultations/{cid}/provisions/{eid}?stance=…&kind=…&after=…
func (s *Site) provision(w http.ResponseWriter, r *http.Request) error {
	h, c, err := s.one(r)
	if err != nil {
		return err
	}
	v := provisionView{CaseHead: h, Base: consult.Link(c), Called: c.Title}
	found := false
	for _, a := range c.Asked {
		if a.Provision == r.PathValue("eid") {
			found = true
			v.Asked, v.Explain, v.Law = askedOf(h.Printer, c, a, true), a.Explain, strings.Split(a.Text, "\n")
		}
	}
	if !found {
		return missing()
	}
	q := consult.CommentQuery{
		Consultation: c.ID, Provision: r.PathValue("eid"), Stance: voice.Stance(r.FormValue("stance")), Kind: members.Kind(r.FormValue("kind")),
		After: consult.CommentID(r.FormValue("after")), Limit: 51,
	}
	list, err := s.Consult.Comments(r.Context(), h.Actor, q)
	if err != nil {
		return err
	}
	if len(list) > 50 {
		list = list[:50]
		v.Next = string(v.With("after", string(list[49].ID)))
	}
	if q.After != "" {
		v.First = string(v.With("after", ""))
	}
	for _, one := range list {
		v.Comments = append(v.Comments, s.commentView(h.Frame, one))
	}
	v.tabs(q)
	return page.Render(w, r, provisionPage(v))
}

// tabs are the filters, each of which begins at the first page.
func (v *provisionView) tabs(q consult.CommentQuery) {
	link := func(stance voice.Stance, kind members.Kind) string {
		args := url.Values{}
		if stance != "" {
			args.Set("stance", string(stance))
		}
		if kind != "" {
			args.Set("kind", string(kind))
		}
		if len(args) == 0 {
			return v.Asked.Link
		}
		return v.Asked.Link + "?" + args.Encode()
	}
	for i, st := range append([]voice.Stance{""}, voice.Stances()...) {
		t := page.Tab{Label: v.T("consult.all"), Count: v.Asked.Total, Link: link(st, q.Kind), On: st == q.Stance}
		if i > 0 {
			t.Label, t.Count = v.Asked.Counts[i-1].Word, v.Asked.Counts[i-1].N
		}
		v.Stances = append(v.Stances, t)
	}
	for _, k := range []members.Kind{"", members.Organisation, members.Person} {
		t := page.Tab{Label: v.T("consult.kinds.all"), Link: link(q.Stance, k), On: k == q.Kind}
		if k != "" {
			t.Label = v.T("consult.kinds." + string(k))
		}
		v.Kinds = append(v.Kinds, t)
	}
}

func (s *Site) commentView(f page.Frame, c consult.Comment) commentView {
	v := commentView{
		ID: string(c.ID), Name: c.MemberName, Kind: f.T("consult.kind." + string(c.Kind)), At: f.Moment(s.site.Local(c.At)), Mark: markOf(f.Printer, c.Stance),
		Text: c.Text, Public: f.T("consult.private"),
	}
	if c.Wording != "" {
		v.Wording = strings.Split(c.Wording, "\n")
	}
	if c.Public {
		v.Public = f.T("consult.public")
	}
	if c.Via == consult.ByOffice {
		v.Via = f.T("consult.typed."+string(c.Channel), "name", c.TypedIs)
	}
	if c.Rev > 1 {
		v.Changed = f.T("consult.changed", "n", c.Rev-1)
	}
	return v
}

// A typeView is the form on which the office writes down what it heard.
type typeView struct {
	answerView
	Case     voiceweb.CaseHead
	Action   string
	Member   string
	Channels []page.Option
	Back     string
}

// typeIn writes down what a member said by telephone:
// GET and POST /cases/{id}/consultations/{cid}/type-in?invitation=…
func (s *Site) typeIn(w http.ResponseWriter, r *http.Request) error {
	h, c, err := s.one(r)
	if err != nil {
		return err
	}
	id := consult.InvitationID(r.URL.Query().Get("invitation"))
	a, err := s.Consult.Sheet(r.Context(), h.Actor, id)
	if err != nil {
		return err
	}
	if a.Consultation.ID != c.ID {
		return missing()
	}
	var in consult.Saving
	var clashes []consult.Clash
	var refused error
	if r.Method == http.MethodPost {
		if in, err = saving(r, a.Consultation.Asked); err != nil {
			return err
		}
		saved, err := s.Consult.TypeIn(r.Context(), h.Actor, id, in)
		if err == nil && len(saved.Clashes) == 0 {
			return page.Go(w, r, consult.Link(c), "said.consult.typed")
		}
		if refused, clashes = err, saved.Clashes; err != nil {
			a = again(a, in).Answer
		} else {
			a = saved.Answer
		}
	}
	v := typeView{answerView: s.answerView(r, a, consult.Link(c), clashes), Case: h, Action: r.URL.RequestURI(), Back: consult.Link(c)}
	v.Frame, v.Member, v.Office = h.Frame, a.Invitation.MemberName, true
	if refused != nil {
		v.Showing = in.Page
	}
	v.overtaken(a, clashes)
	v.Title = v.T("consult.type_in.title", "member", v.Member)
	v.Case.Frame.Title = v.Title
	for _, ch := range consult.Channels() {
		v.Channels = append(v.Channels, page.Option{Value: string(ch), Label: v.T("consult.channel." + string(ch)), On: ch == in.Channel})
	}
	if refused != nil && !v.Blame(refused) {
		return refused
	}
	status := v.Again()
	if len(clashes) > 0 {
		status = http.StatusConflict
	}
	return page.RenderStatus(w, r, status, typePage(v))
}

// overtaken shows the office what it typed, and beside it what the member has said
// meanwhile; if it is written down again, it holds. A draft of the member's is not
// shown.
func (v *typeView) overtaken(a consult.Answer, clashes []consult.Clash) {
	for i := range v.Asks {
		for _, c := range clashes {
			ask := &v.Asks[i]
			if ask.Key != c.Provision {
				continue
			}
			ask.Stance, ask.Text, ask.Wording = c.Mine.Stance, c.Mine.Text, c.Mine.Wording
			ask.Clash = &clashView{Who: v.T("consult.clash.member"), Note: v.T("consult.clash.member.text")}
			if said := a.Comments[c.Provision]; said.Sent {
				ask.Clash.Label, ask.Clash.Text, ask.Clash.Wording = v.T("consult.clash.holds"), said.Text, said.Wording
				ask.Clash.Stance = markOf(v.Printer, said.Stance).Word
			} else {
				ask.Mark = markOf(v.Printer, "")
			}
		}
	}
}

type mineView struct {
	page.Frame
	Rows []page.Row
}

// mine lists what somebody is asked, or was: GET /mine.
func (s *Site) mine(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.mine", "")
	f.Title, f.Size = f.T("consult.mine"), ""
	if f.Actor.User == "" {
		return fault.New(fault.Denied, "auth.sign_in_first")
	}
	list, err := s.Consult.Mine(r.Context(), f.Actor)
	if err != nil {
		return err
	}
	v := mineView{Frame: f}
	for _, a := range list {
		m := stageMark(f.Printer, a.Invitation.Stage)
		row := page.Row{
			When: f.Date(a.Consultation.Closes), WhenNote: f.T("consult.state." + string(consult.Closed)), Title: a.Consultation.Title, Lang: f.Own(),
			Link: "/mine/" + string(a.Invitation.ID), Text: a.Invitation.MemberName, Status: m.Word, Tone: m.Tone, Icon: m.Icon,
		}
		if a.Takes {
			row.WhenNote = f.Away(a.Consultation.Closes, a.Today)
			if a.Invitation.Stage != consult.Answered {
				row.Do, row.DoLink, row.Main = f.T("consult.mine.do"), row.Link, true
			}
		}
		v.Rows = append(v.Rows, row)
	}
	return page.Render(w, r, minePage(v))
}
