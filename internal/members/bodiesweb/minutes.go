package bodiesweb

import (
	"net/http"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type minutesView struct {
	head
	Opening, Closing string
	Items            []minutesItem
	Found            []string
	Edits            bool
	Revision         string
	Sheets           []page.File
	Approved         string
}

type minutesItem struct {
	ID, Title, Said string
	Paras           []string
	Motions         []motionRow
}

// minutes are drafted from the agenda, the attendance, the votes and the decisions;
// people write what was said.
func (s *Site) minutes(w http.ResponseWriter, r *http.Request) error {
	h, err := s.meeting(r, "minutes")
	if err != nil {
		return err
	}
	m := h.Meeting
	if !h.Work && m.State != meetings.Approved {
		return h.Actor.Must(bodies.Work)
	}
	v := minutesView{head: h, Opening: m.Minutes.Opening, Closing: m.Minutes.Closing, Edits: h.Work && !m.Fixed() && m.State != meetings.Planned, Revision: strconv.Itoa(m.Revision)}
	said := map[string]string{}
	for _, item := range m.Agenda {
		said[item.ID] = item.Said
	}
	if r.Method == http.MethodPost {
		done, err := s.saveMinutes(r, &v, said)
		if done || err != nil {
			if err != nil {
				return err
			}
			return page.Go(w, r, meetingLink(m.ID, "/minutes"), saidSaved)
		}
	}
	for _, c := range m.Counts {
		v.Found = append(v.Found, s.Meetings.Found(h.Printer, m, c))
	}
	if err := s.minutesItems(r, &v, said); err != nil {
		return err
	}
	for _, format := range []string{"pdf", "docx", "html"} {
		v.Sheets = append(v.Sheets, page.File{Name: h.T("bodies.print.minutes") + " " + format, Link: meetingLink(m.ID, "/sheets/minutes.", format), Do: h.T("bodies.take"), Meta: m.Number})
	}
	if m.State == meetings.Approved {
		v.Approved = h.T("bodies.sheet.approved", "day", h.Long(m.Minutes.On), "by", dash(m.Minutes.By))
	}
	return page.RenderStatus(w, r, v.Again(), minutesPage(v))
}

// saveMinutes writes what was typed. If it is refused, the view shows it again.
func (s *Site) saveMinutes(r *http.Request, v *minutesView, said map[string]string) (done bool, err error) {
	var in struct {
		Opening  string `form:"opening"`
		Closing  string `form:"closing"`
		Revision int    `form:"revision"`
	}
	err = page.Decode(r, &in)
	for id := range said {
		if _, ok := r.Form["said:"+id]; ok {
			said[id] = r.FormValue("said:" + id)
		}
	}
	if v.Opening, v.Closing = in.Opening, in.Closing; err == nil {
		v.Revision = strconv.Itoa(in.Revision)
		var now meetings.Meeting
		now, err = s.Meetings.SaveMinutes(r.Context(), v.Actor, v.Meeting.ID, in.Revision, in.Opening, in.Closing, said)
		if fault.Is(err, fault.Conflict) && now.Revision > 0 {
			v.Revision = strconv.Itoa(now.Revision)
		}
	}
	if err == nil {
		return true, nil
	}
	if !v.Blame(err) {
		return false, err
	}
	return false, nil
}

func (s *Site) minutesItems(r *http.Request, v *minutesView, said map[string]string) error {
	m := v.Meeting
	list, err := s.Meetings.Motions(r.Context(), v.Actor, m.ID)
	if err != nil {
		return err
	}
	names, err := s.whoSaid(r, v.head)
	if err != nil {
		return err
	}
	rest := minutesItem{Title: v.T("bodies.sheet.other")}
	items := map[string]*minutesItem{}
	for i, item := range m.Agenda {
		v.Items = append(v.Items, minutesItem{ID: item.ID, Title: strconv.Itoa(i+1) + ". " + item.Title, Said: said[item.ID], Paras: meetings.Paragraphs(said[item.ID])})
	}
	for i := range v.Items {
		items[v.Items[i].ID] = &v.Items[i]
	}
	for _, one := range list {
		row := motionRowOf(v.head, one, names[one.ID])
		if at, ok := items[one.Item]; ok {
			at.Motions = append(at.Motions, row)
		} else {
			rest.Motions = append(rest.Motions, row)
		}
	}
	if len(rest.Motions) > 0 {
		v.Items = append(v.Items, rest)
	}
	return nil
}

// approve fixes the minutes, where no motion of the next meeting does.
func (s *Site) approve(w http.ResponseWriter, r *http.Request) error {
	h, err := s.meeting(r, "minutes")
	if err == nil {
		err = h.Actor.Must(bodies.Work)
	}
	if err != nil {
		return err
	}
	m, f := h.Meeting, h.Frame
	in := struct {
		By string     `form:"by"`
		On civil.Date `form:"on"`
	}{On: f.Today}
	if r.Method == http.MethodPost {
		in.On = civil.Date{}
		if err = page.Decode(r, &in); err == nil {
			err = s.Meetings.Approve(r.Context(), f.Actor, m.ID, in.By, in.On)
		}
	}
	f.Title = f.T("bodies.do.approve")
	v := formView{Frame: f, Kicker: first(m.Number, m.Title), Lead: f.T("bodies.approve.lead"), Notice: f.T("bodies.approve.notice"), Crumbs: crumbs(f, "meetings", page.Crumb{Label: first(m.Number, m.Title), Link: meetingLink(m.ID), Lang: f.Own()}, page.Crumb{Label: f.Title}),
		Action: r.URL.Path, Do: f.T("bodies.do.approve"), Back: meetingLink(m.ID, "/minutes"), Fields: []page.Field{
			{Name: "by", Label: f.T("bodies.approve.by"), Hint: f.T("bodies.approve.by.hint"), Value: in.By, W: "m"},
			{Name: "on", Label: f.T("bodies.approve.on"), Type: "date", Value: typed(f, in.On)},
		}}
	return v.answer(w, r, err, v.Back, "said.bodies.approved")
}
