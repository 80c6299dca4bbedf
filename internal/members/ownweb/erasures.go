package ownweb

import (
	"net/http"
	"net/url"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/own"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type erasuresView struct {
	officeView
	Rows []erasureRow
}

type erasureRow struct {
	When, Member, Link, Why, By, State string
	Open                               bool // rows wait
}

// erasures lists who was erased, without a word of who that was.
func (s *Site) erasures(w http.ResponseWriter, r *http.Request) error {
	f, tabs, parts, err := s.office(r, "own.erasures")
	if err != nil {
		return err
	}
	list, err := s.desk.Erasures(r.Context(), f.Actor, members.ID(r.FormValue("after")), pageSize)
	if err != nil {
		return err
	}
	v := erasuresView{officeView: officeView{Frame: f, Tabs: tabs, Parts: parts}}
	for _, e := range list {
		v.Rows = append(v.Rows, erasureRow{
			When: f.Date(e.On), Member: string(e.Member), Link: erasureLink(e.Member), Why: f.T("own.erased." + e.Reason), By: dash(e.By),
			State: s.erasureState(f, e), Open: e.Left[own.HitOpen] > 0,
		})
	}
	if len(list) == pageSize {
		v.Next = "/erasures?after=" + string(list[len(list)-1].Member)
	}
	return page.Render(w, r, erasuresPage(v))
}

func erasureLink(id members.ID) string { return "/erasures/" + url.PathEscape(string(id)) }

// erasureState says in words how far the list of an erasure is gone through.
func (s *Site) erasureState(f page.Frame, e own.Erasure) string {
	switch {
	case !e.Closed.IsZero():
		return f.T("own.erasures.closed", "day", s.day(f, e.Closed))
	case e.Left[own.HitOpen] > 0:
		return f.T("own.erasures.open", "n", e.Left[own.HitOpen])
	}
	return f.T("own.erasures.ready")
}

type hitsView struct {
	officeView
	Base   string
	Record []page.Fact
	Chips  []page.Tab
	Hits   []hitView
	Bad    string // the hit whose reason is wrong
	Typed  string
	Close  bool // nothing waits, and it is not closed
	All    bool // some on the page may be blacked out
}

type hitView struct {
	own.Hit
	PlaceIs, Law, Done string
	Action             string
	Black              bool // may be blacked out
}

const hitsShown = 50

// hits lists the rows that name who was erased, for the office to go through.
func (s *Site) hits(w http.ResponseWriter, r *http.Request) error {
	v, err := s.hitsView(r)
	if err != nil {
		return err
	}
	return page.Render(w, r, hitsPage(v))
}

func (s *Site) hitsView(r *http.Request) (v hitsView, err error) {
	f, tabs, parts, err := s.office(r, "own.erasures")
	if err != nil {
		return v, err
	}
	f.Title = f.T("own.hits")
	id, state := idOf(r), own.HitState(r.FormValue("state"))
	e, err := s.desk.Erased(r.Context(), f.Actor, id)
	if err != nil {
		return v, err
	}
	v = hitsView{officeView: officeView{Frame: f, Tabs: tabs, Parts: parts}, Base: erasureLink(id), Close: e.Closed.IsZero() && e.Left[own.HitOpen] == 0}
	v.Record = []page.Fact{
		{Label: f.T("own.erasures.when"), Value: f.Date(e.On)}, {Label: f.T("own.erasures.member"), Value: string(e.Member)}, {Label: f.T("own.erasures.why"), Value: f.T("own.erased." + e.Reason)},
		{Label: f.T("own.erasures.by"), Value: dash(e.By)}, {Label: f.T("own.erasures.left"), Value: s.erasureState(f, e)},
	}
	if state == "" {
		state = own.HitOpen
	}
	for _, one := range own.HitStates() {
		v.Chips = append(v.Chips, page.Tab{Label: f.T("own.hit.state."+string(one)) + " " + f.Number(e.Left[one]), Link: v.Base + "?state=" + string(one), On: one == state})
		if n := e.Left[one]; one != own.HitOpen && n > 0 {
			v.Record = append(v.Record, page.Fact{Label: f.T("own.hit.state." + string(one)), Value: f.Number(n)})
		}
	}
	list, err := s.desk.Hits(r.Context(), f.Actor, id, state, hitsShown)
	for _, h := range list {
		one := hitView{Hit: h, PlaceIs: f.T(h.Place.Key()), Action: v.Base + "/hits/" + url.PathEscape(h.ID)}
		one.Black = h.State == own.HitOpen && !h.Changed && h.Place.Kept == ""
		if h.Place.Kept != "" {
			one.Law = f.T(h.Place.Kept)
		}
		if h.State != own.HitOpen {
			one.Done = dash(h.By) + ", " + s.day(f, h.Settled)
		}
		v.All = v.All || one.Black
		v.Hits = append(v.Hits, one)
	}
	return v, err
}

// settleHit blacks a row out, or leaves it with a reason.
func (s *Site) settleHit(w http.ResponseWriter, r *http.Request) error {
	id, hit, reason := idOf(r), r.PathValue("hit"), r.FormValue("reason")
	by := s.frame(r, "own.erasures").Actor
	if r.FormValue("do") == "black" {
		if err := s.desk.BlackOut(r.Context(), by, id, hit); err != nil {
			return err
		}
		return page.Go(w, r, erasureLink(id), "said.own.struck")
	}
	err := s.desk.Keep(r.Context(), by, id, hit, reason)
	if err == nil {
		return page.Go(w, r, erasureLink(id), "said.own.kept")
	}
	v, more := s.hitsView(r)
	if more != nil {
		return more
	}
	v.Bad, v.Typed = hit, reason
	if !v.Blame(err) {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), hitsPage(v))
}

// blackOutAll blacks out the rows of the page that may be.
func (s *Site) blackOutAll(w http.ResponseWriter, r *http.Request) error {
	id, by := idOf(r), s.frame(r, "own.erasures").Actor
	list, err := s.desk.Hits(r.Context(), by, id, own.HitOpen, hitsShown)
	if err != nil {
		return err
	}
	for _, h := range list {
		if h.Changed || h.Place.Kept != "" {
			continue
		}
		if err := s.desk.BlackOut(r.Context(), by, id, h.ID); err != nil && !fault.Is(err, fault.Conflict) {
			return err
		}
	}
	return page.Go(w, r, erasureLink(id), "said.own.struck")
}

func (s *Site) closeErasure(w http.ResponseWriter, r *http.Request) error {
	if err := s.desk.CloseErasure(r.Context(), s.frame(r, "own.erasures").Actor, idOf(r)); err != nil {
		return err
	}
	return page.Go(w, r, erasureLink(idOf(r)), "said.own.closed")
}
