package positionsweb

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice"
	"github.com/asociacija/asociacija/internal/voice/cases"
	"github.com/asociacija/asociacija/internal/voice/positions"
	"github.com/asociacija/asociacija/internal/voice/voiceweb"
)

type positionView struct {
	voiceweb.CaseHead
	May       bool
	Begun     bool // there is a position
	Stamp     stamp
	Mandate   []page.Fact
	Rows      []proposalRow
	Full      []proposalShow // for those who read and do not write
	Withdrawn []page.Crumb
	NewLink   string // empty where nothing can be added now
	Step      step
	Versions  []page.Row
	Form      beginForm
	Public    bool
	CanPublic bool
	CanBegin  bool // another position may be opened
	NextLink  string
}

type stamp struct {
	Status      string
	Icon        string
	Tone        page.Tone
	Title, Lead string
	Dates       []page.Fact
	Edit        string
	Frozen      string // link to what is frozen
}

type proposalRow struct {
	Number, Cite, Lang, Title, Link string
	Meta, Status                    string
	Tone                            page.Tone
	Icon                            string
	Move                            string // where the buttons send; empty if the order is fixed
	First, Last                     bool
	Merge                           []page.Crumb
}

type step struct{ Text, Do, Link string }

type beginForm struct {
	Title     string     `form:"title"`
	Lead      string     `form:"lead"`
	ApproveBy civil.Date `form:"approve_by"`
	DeliverBy civil.Date `form:"deliver_by"`
	Public    bool       `form:"public"`
	Revision  int        `form:"revision"`
}

// position shows the position of a case: GET /cases/2026-014/position.
func (s *Site) position(w http.ResponseWriter, r *http.Request) error {
	v, err := s.positionView(r)
	if err != nil {
		return err
	}
	return page.Render(w, r, positionPage(v))
}

func (s *Site) positionView(r *http.Request) (v positionView, err error) {
	head, file, err := s.head(r)
	if err != nil {
		return v, err
	}
	v = positionView{CaseHead: head, May: head.Actor.Can(voice.Work)}
	all, err := s.desk.Proposals(r.Context(), head.Actor, file.ID)
	if err != nil {
		return v, err
	}
	now, ok, err := s.current(r.Context(), head.Frame, file.ID)
	if err != nil {
		return v, err
	}
	v.Begun, v.CanBegin = ok, v.May && !ok
	v.proposals(all, now)
	if now.Stage.Done() && v.May {
		v.NextLink = at(v.ID, "/next")
		v.CanBegin = slices.ContainsFunc(all, func(p positions.Proposal) bool { return p.Position == "" && p.State != positions.Withdrawn })
	}
	if !ok {
		v.Step = v.stepWithout(file)
		return v, nil
	}
	v.stamped(s, now)
	v.Step = v.stepWith(now)
	versions, err := s.desk.Versions(r.Context(), head.Actor, file.ID)
	if err != nil {
		return v, err
	}
	v.Versions = v.versions(s, versions)
	return v, nil
}

// open reports whether the proposals may be changed as the position stands.
func open(p positions.Position) bool { return p.ID == "" || p.Stage == positions.Open }

func (v *positionView) proposals(all []positions.Proposal, now positions.Position) {
	base := "/cases/" + string(v.ID)
	if v.May && now.Stage != positions.Approved {
		v.NewLink = base + "/proposals/new"
	}
	at := map[string]int{} // the row of a provision that others may be merged into
	for _, p := range all {
		if p.Position != "" && p.Position != now.ID {
			continue // an earlier position carries it, and shows it
		}
		if p.State == positions.Withdrawn {
			v.Withdrawn = append(v.Withdrawn, page.Crumb{Label: p.Cite + ": " + p.Title, Link: proposalAt(p, "")})
			continue
		}
		if !v.May {
			v.Full = append(v.Full, show(v.Frame, p))
			continue
		}
		row := proposalRow{
			Number: v.T("positions.proposal.n", "n", strconv.Itoa(p.Number)), Cite: p.Cite, Title: p.Title, Link: proposalAt(p, ""),
			Meta: v.T("positions.row.counts", "for", p.For.Say(v.Printer), "against", p.Against.Say(v.Printer)), First: len(v.Rows) == 0,
			Status: v.T("positions.state." + string(p.State)), Tone: "warn", Icon: "rewrite",
		}
		if p.State == positions.Ready {
			row.Tone, row.Icon = "ok", "taken"
		}
		if p.Lang != v.Lang {
			row.Lang = p.Lang
		}
		if open(now) {
			row.Move = proposalAt(p, "/move")
			if i, ok := at[string(p.Version)+p.Provision]; ok {
				row.Merge = append(row.Merge, page.Crumb{Label: v.T("positions.merge.with", "n", v.Rows[i].Number), Link: v.Rows[i].Link + "/merge?with=" + string(p.ID)})
			}
		}
		at[string(p.Version)+p.Provision] = len(v.Rows)
		v.Rows = append(v.Rows, row)
	}
	if n := len(v.Rows); n > 0 {
		v.Rows[n-1].Last = true
	}
}

func (v *positionView) stamped(s *Site, now positions.Position) {
	v.Stamp = stamp{
		Title: now.Title, Lead: now.Lead, Icon: "rewrite", Tone: "warn",
		Status: v.T("positions.stage."+string(now.Stage), "n", strconv.Itoa(now.Version), "id", string(now.ID)),
	}
	switch now.Stage {
	case positions.Approved:
		v.Stamp.Icon, v.Stamp.Tone = "taken", "ok"
	case positions.Frozen, positions.Superseded:
		v.Stamp.Icon, v.Stamp.Tone = "lock", "ok"
		v.Stamp.Frozen = positions.Path(now.ID, now.Version)
		v.Public, v.CanPublic = now.Public, v.May
		v.Stamp.Dates = append(v.Stamp.Dates,
			page.Fact{Label: v.T("positions.frozen.on"), Value: v.Moment(s.site.Local(now.FrozenAt)) + " · " + now.FrozenBy},
			page.Fact{Label: v.T("positions.behind"), Value: now.Behind.Say(v.Printer)},
			page.Fact{Label: v.T("positions.hash.label"), Value: shortHash(now.Hash), ID: true})
	}
	for _, d := range []struct {
		key string
		on  civil.Date
	}{{"positions.approve_by", now.ApproveBy}, {"positions.deliver_by", now.DeliverBy}} {
		if !d.on.IsZero() && (now.Stage == positions.Open || d.key == "positions.deliver_by") {
			v.Stamp.Dates = append(v.Stamp.Dates, page.Fact{Label: v.T(d.key), Value: v.Day(d.on) + " (" + v.Away(d.on, v.Today) + ")"})
		}
	}
	if v.May && now.Stage == positions.Open {
		v.Stamp.Edit = at(v.ID, "/edit")
	}
	if now.Mandate.Body != "" {
		v.Mandate = mandateFacts(v.Frame, now.Mandate, now.Asked)
	}
}

func (v positionView) stepWithout(file cases.File) step {
	switch {
	case !v.May:
		return step{Text: v.T("positions.step.wait")}
	case len(v.Rows) == 0 && file.Comments > 0:
		return step{v.T("positions.step.read"), v.T("positions.step.read.do"), "/cases/" + string(v.ID) + "/consultations"}
	case len(v.Rows) == 0:
		return step{v.T("positions.step.propose"), v.T("positions.new"), v.NewLink}
	}
	return step{v.T("positions.step.begin"), v.T("positions.begin"), "#begin"}
}

func (v positionView) stepWith(now positions.Position) step {
	unfinished := 0
	for _, row := range v.Rows {
		if row.Tone != "ok" {
			unfinished++
		}
	}
	switch {
	case now.Stage.Done():
		if !v.May {
			return step{v.T("positions.step.frozen"), v.T("positions.step.frozen.do"), v.Stamp.Frozen}
		}
		return step{v.T("positions.step.deliver"), v.T("positions.deliver"), "/cases/" + string(v.ID) + "/delivered/new"}
	case now.Stage == positions.Approved && v.May:
		return step{v.T("positions.step.freeze"), v.T("positions.freeze"), at(v.ID, "/freeze")}
	case now.Mandate.Body != "" && v.Actor.Can(voice.Decide) && unfinished == 0:
		return step{v.T("positions.step.approve"), v.T("positions.approve"), at(v.ID, "/approve")}
	case !v.May:
		return step{Text: v.T("positions.step.wait")}
	case len(v.Rows) == 0:
		return step{v.T("positions.step.propose"), v.T("positions.new"), v.NewLink}
	case unfinished > 0:
		return step{Text: v.T("positions.step.finish", "n", unfinished)}
	}
	return step{v.T("positions.step.mandate"), v.T("positions.mandate.write"), at(v.ID, "/mandate")}
}

func (v positionView) versions(s *Site, list []positions.Position) (rows []page.Row) {
	for _, p := range list {
		row := page.Row{
			When: string(p.ID), WhenNote: v.T("positions.version.n", "n", strconv.Itoa(p.Version)), Title: p.Title, Link: at(v.ID, ""), Lang: v.Own(),
			Status: v.T("positions.stage.short." + string(p.Stage)), Icon: "rewrite", Tone: "warn",
		}
		if p.Stage.Done() {
			row.Link, row.Icon, row.Tone = positions.Path(p.ID, p.Version), "lock", "ok"
			row.Meta = v.Moment(s.site.Local(p.FrozenAt)) + " · " + v.T("positions.proposals.n", "n", p.Proposals) + " · " + p.Behind.Say(v.Printer)
			if p.Stage == positions.Superseded {
				row.Tone = "none"
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// begin opens a position: POST /cases/2026-014/position.
func (s *Site) begin(w http.ResponseWriter, r *http.Request) error {
	v, err := s.positionView(r)
	if err != nil {
		return err
	}
	err = page.Decode(r, &v.Form)
	if err == nil {
		_, err = s.desk.Begin(r.Context(), v.Actor, positions.Position{
			Case: v.ID, Title: v.Form.Title, Lead: v.Form.Lead, ApproveBy: v.Form.ApproveBy, DeliverBy: v.Form.DeliverBy, Public: v.Form.Public,
		})
	}
	if err == nil {
		return page.Go(w, r, at(v.ID, ""), "said.positions.begun")
	}
	if !v.Blame(err) {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), positionPage(v))
}

// public says who may read a frozen position.
func (s *Site) public(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	p, err := s.desk.Current(r.Context(), f.Actor, caseID(r))
	if err != nil {
		return err
	}
	public := r.FormValue("public") == "1"
	if err := s.desk.SetPublic(r.Context(), f.Actor, p.ID, public); err != nil {
		return err
	}
	if public {
		return page.Go(w, r, at(p.Case, ""), "said.positions.public")
	}
	return page.Go(w, r, at(p.Case, ""), "said.positions.private")
}

type formView struct {
	voiceweb.CaseHead
	Heading, Text string
	Action, Do    string
	Fields        []page.Field
	Revision      string
}

// edit changes the words and days of a position in the making.
func (s *Site) edit(w http.ResponseWriter, r *http.Request) error {
	head, _, err := s.head(r)
	if err != nil {
		return err
	}
	if err := head.Actor.Must(voice.Work); err != nil {
		return err
	}
	p, err := s.desk.Current(r.Context(), head.Actor, head.ID)
	if err != nil {
		return err
	}
	in := beginForm{p.Title, p.Lead, p.ApproveBy, p.DeliverBy, p.Public, p.Revision}
	if r.Method == http.MethodPost {
		in = beginForm{}
		if err = page.Decode(r, &in); err == nil {
			p.Title, p.Lead, p.ApproveBy, p.DeliverBy, p.Public, p.Revision = in.Title, in.Lead, in.ApproveBy, in.DeliverBy, in.Public, in.Revision
			_, err = s.desk.Edit(r.Context(), head.Actor, p)
		}
		if err == nil {
			return page.Go(w, r, at(head.ID, ""), "said.positions.saved")
		}
		if !head.Blame(err) {
			return err
		}
	}
	v := formView{CaseHead: head, Heading: head.T("positions.edit"), Action: at(head.ID, "/edit"), Do: head.T("positions.save"), Fields: beginFields(head.Frame, in), Revision: strconv.Itoa(in.Revision)}
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

func beginFields(f page.Frame, in beginForm) []page.Field {
	public := ""
	if in.Public {
		public = "1"
	}
	return []page.Field{
		{Name: "title", Label: f.T("positions.form.title"), Hint: f.T("positions.form.title.hint"), Value: in.Title},
		{Name: "lead", Label: f.T("positions.form.lead"), Hint: f.T("positions.form.lead.hint"), Type: "textarea", Value: in.Lead},
		{Name: "approve_by", Label: f.T("positions.approve_by"), Type: "date", Value: day(f, in.ApproveBy)},
		{Name: "deliver_by", Label: f.T("positions.deliver_by"), Type: "date", Value: day(f, in.DeliverBy)},
		{Name: "public", Label: f.T("positions.form.public"), Hint: f.T("positions.form.public.hint"), Type: "checkbox", Value: public},
	}
}

func day(f page.Frame, d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return f.Date(d)
}

// step asks before, and takes, one of the steps of a position: approve, reopen,
// freeze, next.
func (s *Site) step(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "nav.cases", "")
	id := caseID(r)
	p, err := s.desk.Current(r.Context(), f.Actor, id)
	if err != nil {
		return err
	}
	name := r.URL.Path[len(at(id, "/")):]
	right := voice.Work
	if name == "approve" || name == "reopen" {
		right = voice.Decide
	}
	if err := f.Actor.Must(right); err != nil {
		return err
	}
	if r.Method == http.MethodPost {
		revision, _ := strconv.Atoi(r.FormValue("revision"))
		if err := s.take(r, f, name, p.ID, revision); err == nil {
			to := at(id, "")
			if name == "freeze" {
				to = positions.Path(p.ID, p.Version)
			}
			return page.Go(w, r, to, "said.positions."+name)
		} else if !f.Blame(err) {
			return err
		}
	}
	list, err := s.desk.Carried(r.Context(), f.Actor, p)
	if err != nil {
		return err
	}
	v := page.Question{
		Frame: f, Ask: f.T("positions."+name+".ask", "id", string(p.ID), "version", strconv.Itoa(p.Version)),
		Text: f.T("positions."+name+".text", "n", len(list)), Do: f.T("positions." + name), Action: at(id, "/"+name), Back: at(id, ""), BackLabel: f.T("positions.back"),
		Hidden: []page.Option{{Value: "revision", Label: strconv.Itoa(p.Revision)}}, Danger: name == "reopen",
		Crumbs: []page.Crumb{{Label: f.T("positions.case", "number", cases.Number(id)), Link: "/cases/" + string(id)}, {Label: f.T("positions.position"), Link: at(id, "")}, {Label: f.T("positions." + name)}},
	}
	v.Title, v.Size = v.Ask, "read"
	return page.RenderStatus(w, r, v.Again(), page.Confirm(v))
}

func (s *Site) take(r *http.Request, f page.Frame, name string, id voice.PositionID, revision int) (err error) {
	switch name {
	case "approve":
		_, err = s.desk.Approve(r.Context(), f.Actor, id, revision)
	case "reopen":
		_, err = s.desk.Reopen(r.Context(), f.Actor, id)
	case "freeze":
		_, err = s.desk.Freeze(r.Context(), f.Actor, id, revision)
	case "next":
		_, err = s.desk.Next(r.Context(), f.Actor, id)
	default:
		err = fault.New(fault.Missing, "positions.missing")
	}
	return err
}
