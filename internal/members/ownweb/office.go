package ownweb

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/membersweb"
	"github.com/asociacija/asociacija/internal/members/own"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/page"
)

const pageSize = 50

// desk is the frame of a page of the office.
func (s *Site) office(r *http.Request, title string) (page.Frame, []page.Tab, []page.Tab, error) {
	f := s.site.Frame(r, "nav.members", "")
	f.Title = f.T(title)
	var parts []page.Tab
	for _, one := range []struct{ key, link string }{{"own.wishes.title", "/wishes"}, {"own.campaigns", "/confirmations"}, {"own.erasures", "/erasures"}, {"own.retention", "/retention"}} {
		parts = append(parts, page.Tab{Label: f.T(one.key), Link: one.link, On: one.key == title})
	}
	return f, membersweb.Tabs(f, f.Actor, "care"), parts, f.Actor.Must(own.See)
}

type officeView struct {
	page.Frame
	Tabs, Parts []page.Tab
	First, Next string
}

type wishesView struct {
	officeView
	Open bool
	Rows []officeWish
}

type officeWish struct {
	Of, Link, Kind, Value, Reason, State, When, By string
	Grant, Refuse, Erase                           string
}

// wishes lists what members ask for: those that are open, or all.
func (s *Site) wishes(w http.ResponseWriter, r *http.Request) error {
	f, tabs, parts, err := s.office(r, "own.wishes.title")
	if err != nil {
		return err
	}
	state := own.Open
	if r.FormValue("all") != "" {
		state = ""
	}
	list, err := s.desk.Wishes(r.Context(), f.Actor, state, r.FormValue("before"), pageSize)
	if err != nil {
		return err
	}
	v := wishesView{officeView: officeView{Frame: f, Tabs: tabs, Parts: parts}, Open: state == own.Open}
	for _, one := range list {
		row := officeWish{
			Of: one.Of, Link: "/members/" + string(one.Member), Kind: f.T("own.wish.kind." + string(one.Kind)), Value: one.Value, Reason: one.Reason,
			State: f.T("own.wish.state." + string(one.State)), When: s.day(f, one.Made), By: one.By,
		}
		if one.State == own.Open {
			row.Refuse = "/wishes/" + one.ID + "/refuse"
			if one.Kind == own.Erasing {
				row.Erase = "/erasures/new?member=" + string(one.Member)
			} else {
				row.Grant = "/wishes/" + one.ID + "/grant"
			}
		}
		v.Rows = append(v.Rows, row)
	}
	if len(list) == pageSize {
		v.Next = "/wishes?all=" + r.FormValue("all") + "&before=" + list[len(list)-1].ID
	}
	return page.Render(w, r, wishesPage(v))
}

func (s *Site) grant(w http.ResponseWriter, r *http.Request) error {
	if err := s.desk.Grant(r.Context(), s.frame(r, "own.my").Actor, r.PathValue("id")); err != nil {
		return err
	}
	return page.Go(w, r, "/wishes", "said.own.saved")
}

// refuse says why a wish is not done.
func (s *Site) refuse(w http.ResponseWriter, r *http.Request) error {
	f, _, _, err := s.office(r, "own.wish.refuse")
	if err != nil {
		return err
	}
	q := page.Question{
		Frame: f, Ask: f.T("own.wish.refuse.ask"), Text: f.T("own.wish.refuse.text"), Do: f.T("own.wish.refuse"), Action: r.URL.Path, Back: "/wishes", BackLabel: f.T("own.back"),
		Reason: &page.Field{Name: "answer", Type: "textarea", Label: f.T("own.wish.why"), Value: r.FormValue("answer")},
	}
	if r.Method == http.MethodPost {
		err := s.desk.Refuse(r.Context(), f.Actor, r.PathValue("id"), r.FormValue("answer"))
		if err == nil {
			return page.Go(w, r, "/wishes", "said.own.saved")
		}
		if !q.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, q.Again(), page.Confirm(q))
}

type campaignsView struct {
	officeView
	Campaigns []own.Campaign
	Year      string
	Begun     map[string]string
}

// campaigns lists the yearly questions, and begins one.
func (s *Site) campaigns(w http.ResponseWriter, r *http.Request) error {
	f, tabs, parts, err := s.office(r, "own.campaigns")
	if err != nil {
		return err
	}
	v := campaignsView{officeView: officeView{Frame: f, Tabs: tabs, Parts: parts}, Year: strconv.Itoa(f.Today.Year()), Begun: map[string]string{}}
	if r.Method == http.MethodPost {
		var in struct {
			Year int `form:"year"`
		}
		v.Year = r.FormValue("year")
		err := page.Decode(r, &in)
		if err == nil {
			_, err = s.desk.Ask(r.Context(), f.Actor, in.Year)
		}
		if err == nil {
			return page.Go(w, r, "/confirmations", "said.own.asked")
		}
		if !v.Blame(err) {
			return err
		}
	}
	if v.Campaigns, err = s.desk.Campaigns(r.Context(), f.Actor); err != nil {
		return err
	}
	for _, c := range v.Campaigns {
		v.Begun[c.ID] = s.day(f, c.Begun)
	}
	return page.RenderStatus(w, r, v.Again(), campaignsPage(v))
}

type campaignView struct {
	officeView
	Base  string
	Chips []page.Tab
	Rows  []askedRow
	CSV   string

	Running   bool // letters are being written
	Letters   string
	Done, All int
	Stopped   bool   // the writing was stopped
	Reminded  string // when the reminder went
	Remind    bool   // it may be sent
}

type askedRow struct{ Name, Link, Email, When string }

// campaign lists who has not confirmed, or who has; as a table too.
func (s *Site) campaign(w http.ResponseWriter, r *http.Request) error {
	f, tabs, parts, err := s.office(r, "own.campaign")
	if err != nil {
		return err
	}
	base, confirmed := "/confirmations/"+r.PathValue("id"), r.FormValue("confirmed") != ""
	v := campaignView{officeView: officeView{Frame: f, Tabs: tabs, Parts: parts}, Chips: []page.Tab{
		{Label: f.T("own.campaign.silent"), Link: base, On: !confirmed}, {Label: f.T("own.campaign.said"), Link: base + "?confirmed=1", On: confirmed},
	}}
	v.Base, v.CSV = base, base+"?as=csv"
	c, work, err := s.desk.Campaign(r.Context(), f.Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	v.Title += " · " + strconv.Itoa(c.Year)
	v.Running, v.Stopped, v.Done, v.All = work.State == jobs.Running || work.State == jobs.Waiting, work.State == jobs.Cancelled, work.Done, max(work.Total, 1)
	v.Letters = f.T("own.campaign.letters", "done", f.Number(work.Done), "n", work.Total)
	if v.Remind = c.Reminded.IsZero() && !v.Running && c.Asked > c.Confirmed+c.Silent; !c.Reminded.IsZero() {
		v.Reminded = f.T("own.campaign.reminded.on", "day", s.day(f, c.Reminded))
	}
	if confirmed {
		v.CSV += "&confirmed=1"
	}
	limit, csv := pageSize, r.FormValue("as") == "csv"
	if csv {
		limit = 100_000
	}
	list, err := s.desk.AskedList(r.Context(), f.Actor, r.PathValue("id"), confirmed, members.ID(r.FormValue("after")), limit)
	if err != nil {
		return err
	}
	for _, a := range list {
		v.Rows = append(v.Rows, askedRow{a.Name, "/members/" + string(a.Member), dash(a.Email), s.day(f, a.Confirmed)})
	}
	if csv {
		rows := [][]string{{f.T("own.name"), f.T("own.email"), f.T("own.campaign.when")}}
		for _, a := range v.Rows {
			rows = append(rows, []string{a.Name, a.Email, a.When})
		}
		return page.Table(w, "confirmations.csv", rows)
	}
	if len(list) == pageSize {
		v.Next = base + "?after=" + string(list[len(list)-1].Member)
		if confirmed {
			v.Next += "&confirmed=1"
		}
	}
	return page.Render(w, r, campaignPage(v))
}

// erase asks, on a page of its own, before somebody is erased.
func (s *Site) erase(w http.ResponseWriter, r *http.Request) error {
	f, _, _, err := s.office(r, "own.erase.title")
	if err != nil {
		return err
	}
	if err := s.sure(r); err != nil {
		return err
	}
	m, err := s.members.Member(r.Context(), f.Actor, members.ID(r.FormValue("member")))
	if err != nil {
		return err
	}
	f.Size = "read"
	q := page.Question{
		Frame: f, Ask: f.T("own.erase.now", "name", called(m)), Text: f.T("own.erase.now.text"), Do: f.T("own.erase.title"), Danger: true,
		Action: "/erasures/new", Back: "/members/" + string(m.ID), BackLabel: f.T("own.back"), Hidden: []page.Option{{Value: "member", Label: string(m.ID)}},
		Reason: &page.Field{Name: "name", Label: f.T("own.erase.type"), Value: r.FormValue("name"), W: "m"},
	}
	if r.Method == http.MethodPost {
		err := error(fault.In("name", "own.erase.type.wrong"))
		if r.FormValue("name") == called(m) {
			err = s.desk.Erase(r.Context(), f.Actor, m.ID)
		}
		if err == nil {
			return page.Go(w, r, "/erasures", "said.own.erased")
		}
		if !q.Blame(err) {
			return err
		}
	}
	return page.RenderStatus(w, r, q.Again(), page.Confirm(q))
}

type retentionView struct {
	officeView
	Plans []planView
}

type planView struct {
	own.Plan
	Label, Text   string
	Decided, Last string // who decided and when; when it was last gone by
	Now           string // where it is gone by at once; empty if nothing would go
	Items         []page.Crumb
}

// retention says how long things are kept, and what would go today.
func (s *Site) retention(w http.ResponseWriter, r *http.Request) error {
	f, tabs, parts, err := s.office(r, "own.retention")
	if err != nil {
		return err
	}
	plans, err := s.desk.Plans(r.Context(), f.Actor)
	if err != nil {
		return err
	}
	v := retentionView{officeView: officeView{Frame: f, Tabs: tabs, Parts: parts}}
	if r.Method == http.MethodPost {
		var rules []own.Rule
		var wrong fault.Fields
		for i := range plans {
			p := &plans[i].Rule
			typed := strings.TrimSpace(r.FormValue("years-" + p.Kind))
			if !r.Form.Has("years-" + p.Kind) {
				continue // not on the page that was sent
			}
			if p.Years, err = strconv.Atoi(typed); err != nil {
				wrong.Add("years-"+p.Kind, "own.rule.years", "given", typed)
			}
			p.Basis, p.Active = r.FormValue("basis-"+p.Kind), r.FormValue("active-"+p.Kind) != ""
			rules = append(rules, *p)
		}
		err := wrong.Err()
		if err == nil {
			err = s.desk.SetRules(r.Context(), f.Actor, rules)
		}
		if err == nil {
			return page.Go(w, r, "/retention", "said.own.saved")
		}
		if !v.Blame(err) {
			return err
		}
	}
	for _, p := range plans {
		one := planView{Plan: p, Label: f.T("own.kept." + p.Kind), Text: f.T("own.kept.n", "n", p.N), Decided: f.T("own.kept.usual")}
		if !p.Decided.IsZero() {
			one.Decided = f.T("own.kept.by", "day", s.day(f, p.Decided), "name", p.By)
		}
		if !p.Last.IsZero() {
			one.Last = f.T("own.kept.last", "day", s.day(f, p.Last), "n", p.Gone)
		}
		if p.N > 0 {
			one.Now = "/retention/" + p.Kind
		}
		for _, i := range p.Items {
			label := i.Name
			if !i.On.IsZero() {
				label += ", " + f.Date(i.On)
			}
			one.Items = append(one.Items, page.Crumb{Label: label, Link: i.Link})
		}
		v.Plans = append(v.Plans, one)
	}
	return page.RenderStatus(w, r, v.Again(), retentionPage(v))
}

// retainNow asks, on a page of its own, before a rule is gone by at once.
func (s *Site) retainNow(w http.ResponseWriter, r *http.Request) error {
	f, _, _, err := s.office(r, "own.retention")
	if err != nil {
		return err
	}
	if err := s.sure(r); err != nil {
		return err
	}
	kind := r.PathValue("kind")
	if r.Method == http.MethodPost {
		if _, err := s.desk.RetainNow(r.Context(), f.Actor, kind); err != nil {
			return err
		}
		return page.Go(w, r, "/retention", "said.own.retaining")
	}
	plans, err := s.desk.Plans(r.Context(), f.Actor)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(plans, func(p own.Plan) bool { return p.Kind == kind })
	if i < 0 {
		return fault.New(fault.Missing, "own.rule.missing")
	}
	f.Size = "read"
	return page.Render(w, r, page.Confirm(page.Question{
		Frame: f, Ask: f.T("own.kept.now.ask", "what", f.T("own.kept."+kind)), Text: f.T("own.kept.now.text", "n", plans[i].N), Do: f.T("own.kept.now"), Danger: true,
		Action: r.URL.Path, Back: "/retention", BackLabel: f.T("own.back"),
	}))
}

// remind asks, on a page of its own, before who has not confirmed is written to again.
func (s *Site) remind(w http.ResponseWriter, r *http.Request) error {
	f, _, _, err := s.office(r, "own.campaigns")
	if err != nil {
		return err
	}
	at := "/confirmations/" + r.PathValue("id")
	if r.Method == http.MethodPost {
		if err := s.desk.Remind(r.Context(), f.Actor, r.PathValue("id")); err != nil {
			return err
		}
		return page.Go(w, r, at, "said.own.reminding")
	}
	c, _, err := s.desk.Campaign(r.Context(), f.Actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	f.Size = "read"
	return page.Render(w, r, page.Confirm(page.Question{
		Frame: f, Ask: f.T("own.campaign.remind.ask", "n", c.Asked-c.Silent-c.Confirmed), Text: f.T("own.campaign.remind.text"), Do: f.T("own.campaign.remind"), Action: r.URL.Path, Back: at, BackLabel: f.T("own.back"),
	}))
}

func (s *Site) stopLetters(w http.ResponseWriter, r *http.Request) error {
	if err := s.desk.StopLetters(r.Context(), s.frame(r, "own.campaigns").Actor, r.PathValue("id")); err != nil && !fault.Is(err, fault.Conflict) {
		return err
	}
	return page.Go(w, r, "/confirmations/"+r.PathValue("id"), "said.own.stopped")
}

func (s *Site) goOn(w http.ResponseWriter, r *http.Request) error {
	if err := s.desk.GoOn(r.Context(), s.frame(r, "own.campaigns").Actor, r.PathValue("id")); err != nil {
		return err
	}
	return page.Go(w, r, "/confirmations/"+r.PathValue("id"), "said.own.asked")
}
