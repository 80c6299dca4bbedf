package ballotsweb

import (
	"net/http"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type voteView struct {
	page.Frame
	Crumbs    []page.Crumb
	Whole     ballots.Whole
	Link      string
	Kicker    string
	Runs      bool
	Facts     []page.Fact
	Text      []string
	Standing  []standingView
	Stand     standIn
	Proxy     proxyIn
	Blocked   string // why it cannot open
	Outlook   ballots.Outlook
	Warnings  []string
	Voted     string
	Drift     ballots.Drift
	ClosesDay string
	ClosesAt  string
	History   []page.Fact
	Mine      []page.Row
	Stopped   string          // why it did not open by itself
	Opens     string          // when it opens by itself
	Until     string          // when proposals end
	Ruled     string          // the candidate whose ruling is shown again
	Reason    string          // that was typed of them
	Electable map[string]bool // who would be electors themselves
}

type standingView struct {
	ballots.Candidate
	Says []string
}

type standIn struct {
	Name      string `form:"name"`
	Statement string `form:"statement"`
	Consent   string `form:"consent"`
}

type proxyIn struct {
	From string `form:"from"`
	To   string `form:"to"`
}

// vote shows a vote as it is prepared and while it is open; a closed one is its
// result: GET /votes/{id}.
func (s *Site) vote(w http.ResponseWriter, r *http.Request) error {
	f, whole, err := s.one(r)
	if err != nil {
		return err
	}
	if whole.State == ballots.Closed {
		return page.Go(w, r, ballots.Link(whole.ID)+"/result", "")
	}
	return s.showVote(w, r, voteView{Frame: f, Whole: whole})
}

func (s *Site) showVote(w http.ResponseWriter, r *http.Request, v voteView) error {
	f, whole := v.Frame, v.Whole
	v.Link, v.Runs, v.Kicker, v.Text = ballots.Link(whole.ID), f.Actor.Can(ballots.Run), kindOf(f, whole.Vote), paragraphs(whole.Text)
	v.Crumbs, v.Facts = crumbs(f, page.Crumb{Label: whole.Title, Lang: f.Own()}), s.facts(f, whole)
	for _, c := range whole.Candidates {
		v.Standing = append(v.Standing, standingView{c, paragraphs(c.Statement)})
	}
	if whole.Accepted != nil {
		v.Opens = f.Moment(s.site.Local(whole.Opens))
	}
	if !whole.Proposals.IsZero() {
		v.Until = f.Moment(s.site.Local(whole.Proposals))
	}
	v.Voted = f.T("ballots.voted.of", "voted", whole.Voted, "n", whole.Electors)
	var err error
	switch {
	case whole.State == ballots.Prepared && v.Runs:
		if v.Electable, err = s.desk.Electable(r.Context(), f.Actor, whole.ID); err != nil {
			return err
		}
		if w := whole.Stopped; w != nil {
			v.Stopped = f.T(w.Key, w.Args...)
		}
		v.Outlook, err = s.desk.Outlook(r.Context(), f.Actor, whole.ID)
		if ft := fault.Of(err); ft != nil && ft.Kind != fault.Denied {
			v.Blocked, err = f.T(ft.Key, ft.Args...), nil
		}
		if v.Outlook.Proposing {
			v.Blocked = f.T("ballots.proposals.run")
		}
		for _, one := range v.Outlook.Warnings {
			v.Warnings = append(v.Warnings, f.T(one.Key, one.Args...))
		}
	case v.Runs:
		v.Drift, err = s.desk.Drift(r.Context(), f.Actor, whole.ID)
		day, hour := s.dayAndHour(whole.Closes)
		if v.ClosesAt == "" {
			v.ClosesDay, v.ClosesAt = typed(f, day), hour
		}
	}
	if err != nil {
		return err
	}
	if v.Runs {
		if v.History, err = s.history(r, f, whole.ID); err != nil {
			return err
		}
	}
	if v.Mine, err = s.mine(r, f, whole.ID); err != nil {
		return err
	}
	return page.RenderStatus(w, r, v.Again(), votePage(v))
}

func (s *Site) mine(r *http.Request, f page.Frame, id ballots.ID) (rows []page.Row, err error) {
	turns, err := s.desk.Mine(r.Context(), f.Actor)
	for _, t := range turns {
		if t.Vote.ID != id {
			continue
		}
		link := ballots.Link(id) + "/ballot/" + itoa(t.Elector.No)
		row := page.Row{When: f.T("ballots.mine.one"), Title: t.Elector.Name, Link: link, Do: f.T("ballots.mine.do"), DoLink: link, Main: true}
		if t.Elector.Voted {
			row.Do, row.Status, row.Tone, row.Icon = "", f.T("ballots.mine.done"), "ok", "taken"
		}
		rows = append(rows, row)
	}
	return rows, err
}

func (s *Site) history(r *http.Request, f page.Frame, id ballots.ID) (list []page.Fact, err error) {
	lines, err := s.desk.History(r.Context(), f.Actor, id)
	for _, l := range lines {
		list = append(list, page.Fact{Label: f.Moment(s.site.Local(l.At)), Value: f.T("book."+l.Deed) + " · " + l.Name})
	}
	return list, err
}

// facts are the rules of a vote.
func (s *Site) facts(f page.Frame, w ballots.Whole) []page.Fact {
	list := []page.Fact{{Label: f.T("ballots.closes"), Value: s.moment(f, w.Vote)}}
	if !w.Opens.IsZero() && w.State == ballots.Prepared {
		list = append([]page.Fact{{Label: f.T("ballots.opens"), Value: f.Moment(s.site.Local(w.Opens))}}, list...)
	}
	if !w.Proposals.IsZero() && w.State == ballots.Prepared {
		list = append([]page.Fact{{Label: f.T("ballots.proposals"), Value: f.Moment(s.site.Local(w.Proposals))}}, list...)
	}
	if !w.Opened.IsZero() {
		list[0] = page.Fact{Label: f.T("ballots.opened"), Value: f.Moment(s.site.Local(w.Opened))}
		list = append(list, page.Fact{Label: f.T("ballots.closes"), Value: s.moment(f, w.Vote)})
	}
	if w.State == ballots.Closed {
		list[len(list)-1] = page.Fact{Label: f.T("ballots.ended"), Value: f.Moment(s.site.Local(w.Ended))}
	}
	if w.Kind == ballots.Motion {
		list = append(list, page.Fact{Label: f.T("ballots.majority"), Value: ballots.MajorityWords(f.Printer, w.Majority)})
	} else {
		list = append(list, page.Fact{Label: f.T("ballots.method"), Value: f.T("ballots.method." + string(w.Method))}, page.Fact{Label: f.T("ballots.seats"), Value: f.Number(w.Seats)})
	}
	list = append(list, page.Fact{Label: f.T("ballots.quorum"), Value: ballots.QuorumWords(f.Printer, w.Quorum.String())}, page.Fact{Label: f.T("ballots.who"), Value: f.T("ballots.who." + string(w.Audience.Who))})
	if w.Weights.Organisation != w.Weights.Person {
		list = append(list, page.Fact{Label: f.T("ballots.weights"), Value: f.T("ballots.weights.are", "organisation", int(w.Weights.Organisation), "person", int(w.Weights.Person))})
	}
	if w.Electorate != "" {
		list = append(list, page.Fact{Label: f.T("ballots.electors"), Value: f.Number(w.Electors)}, page.Fact{Label: f.T("ballots.electorate"), Value: w.Electorate, ID: true},
			page.Fact{Label: f.T("ballots.seed.hash"), Value: w.SeedHash, ID: true})
	}
	if w.Seed != "" {
		list = append(list, page.Fact{Label: f.T("ballots.seed"), Value: w.Seed, ID: true})
	}
	if w.Repeats != "" {
		list = append(list, page.Fact{Label: f.T("ballots.repeats"), Value: f.T("ballots.repeats.see"), Link: ballots.Link(w.Repeats)})
	}
	return list
}

// candidate adds a candidate, or shows and changes one: …/candidates, …/candidates/{cid}.
func (s *Site) candidate(w http.ResponseWriter, r *http.Request) error {
	f, whole, err := s.run(r)
	if err != nil {
		return err
	}
	v := voteView{Frame: f, Whole: whole}
	c := ballots.Candidate{Vote: whole.ID, ID: r.PathValue("cid")}
	for _, one := range whole.Candidates {
		if one.ID == c.ID {
			c = one
		}
	}
	if r.Method == http.MethodGet {
		v.Stand = standIn{c.Name, c.Statement, c.Consent}
		v.Title = c.Name
		return page.Render(w, r, candidatePage(v, c.ID))
	}
	if err := page.Decode(r, &v.Stand); err != nil {
		return err
	}
	c.Name, c.Statement, c.Consent = v.Stand.Name, v.Stand.Statement, v.Stand.Consent
	if m, ok, err := s.desk.Member(r.Context(), f.Actor, c.Name); err != nil {
		return err
	} else if ok && m.Kind == members.Person && c.Member == "" {
		c.Member = m.ID
	}
	_, err = s.desk.Stand(r.Context(), f.Actor, c)
	if err == nil {
		return page.Go(w, r, ballots.Link(whole.ID), "said.ballots.candidate")
	}
	if !v.Blame(err) {
		return err
	}
	if r.PathValue("cid") != "" {
		return page.RenderStatus(w, r, v.Again(), candidatePage(v, c.ID))
	}
	return s.showVote(w, r, v)
}

// withdraw takes a candidate off the list.
func (s *Site) withdraw(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	if err := s.desk.Withdraw(r.Context(), f.Actor, id(r), r.PathValue("cid")); err != nil {
		return err
	}
	return page.Go(w, r, ballots.Link(id(r)), "said.ballots.withdrawn")
}

// entrust notes a proxy.
func (s *Site) entrust(w http.ResponseWriter, r *http.Request) error {
	f, whole, err := s.run(r)
	if err != nil {
		return err
	}
	v := voteView{Frame: f, Whole: whole}
	if err := page.Decode(r, &v.Proxy); err != nil {
		return err
	}
	var p ballots.Proxy
	var wrong fault.Fields
	for _, one := range []struct {
		field, name string
		id          *members.ID
		full        *string
	}{{"from", v.Proxy.From, &p.From, &p.FromName}, {"to", v.Proxy.To, &p.To, &p.ToName}} {
		m, ok, err := s.desk.Member(r.Context(), f.Actor, one.name)
		if err != nil {
			return err
		}
		if !ok {
			wrong.Add(one.field, "ballots.names.unknown", "line", one.name)
		}
		*one.id, *one.full = m.ID, m.Name
	}
	err = wrong.Err()
	if err == nil {
		err = s.desk.Entrust(r.Context(), f.Actor, whole.ID, p)
	}
	if err == nil {
		return page.Go(w, r, ballots.Link(whole.ID), "said.ballots.proxy")
	}
	if !v.Blame(err) {
		return err
	}
	return s.showVote(w, r, v)
}

// revoke takes a proxy back.
func (s *Site) revoke(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	if err := s.desk.Revoke(r.Context(), f.Actor, id(r), members.ID(r.PathValue("member"))); err != nil {
		return err
	}
	return page.Go(w, r, ballots.Link(id(r)), "said.ballots.revoked")
}

// extend gives an open vote more time.
func (s *Site) extend(w http.ResponseWriter, r *http.Request) error {
	f, whole, err := s.run(r)
	if err != nil {
		return err
	}
	var in struct {
		Closes   civil.Date `form:"closes"`
		ClosesAt string     `form:"closes_at"`
	}
	err = page.Decode(r, &in)
	if err == nil {
		closes, bad := s.instant("closes", in.Closes, in.ClosesAt)
		if err = bad; err == nil {
			err = s.desk.Extend(r.Context(), f.Actor, whole.ID, closes)
		}
	}
	if err == nil {
		return page.Go(w, r, ballots.Link(whole.ID), "said.ballots.extended")
	}
	v := voteView{Frame: f, Whole: whole, ClosesDay: typed(f, in.Closes), ClosesAt: in.ClosesAt}
	if !v.Blame(err) {
		return err
	}
	return s.showVote(w, r, v)
}

// ask is a question on a page of its own, and the deed once it is answered.
func (s *Site) ask(w http.ResponseWriter, r *http.Request, q page.Question, said string, deed func() (string, error)) error {
	if r.Method == http.MethodPost {
		to, err := deed()
		if err == nil {
			return page.Go(w, r, to, said)
		}
		if !q.Blame(err) {
			return err
		}
	}
	q.BackLabel = q.T("ballots.back")
	return page.RenderStatus(w, r, q.Again(), page.Confirm(q))
}

// question begins a question about the vote of the request.
func (s *Site) question(r *http.Request, key string) (page.Question, ballots.Whole, error) {
	f, whole, err := s.run(r)
	link := ballots.Link(whole.ID)
	q := page.Question{
		Frame: f, Ask: f.T("ballots." + key + ".ask"), Text: whole.Title + ". " + f.T("ballots."+key+".text"), Do: f.T("ballots." + key + ".do"), Action: r.URL.Path, Back: link,
		Crumbs: crumbs(f, page.Crumb{Label: whole.Title, Link: link, Lang: f.Own()}, page.Crumb{Label: f.T("ballots." + key + ".do")}),
	}
	return q, whole, err
}

// open opens a vote, once what it comes to has been read.
func (s *Site) open(w http.ResponseWriter, r *http.Request) error {
	q, whole, err := s.question(r, "opening")
	if err != nil {
		return err
	}
	if err := s.warned(r, &q, whole); err != nil {
		return err
	}
	return s.ask(w, r, q, "said.ballots.opened", func() (string, error) {
		sure, err := sure(r)
		if err == nil {
			_, err = s.desk.Open(r.Context(), q.Actor, whole.ID, sure)
		}
		return q.Back, err
	})
}

// close closes a vote.
func (s *Site) close(w http.ResponseWriter, r *http.Request) error {
	q, whole, err := s.question(r, "closing")
	if err != nil {
		return err
	}
	q.Text += " " + q.T("ballots.voted.of", "voted", whole.Voted, "n", whole.Electors)
	if whole.Thin > 0 {
		q.Text += " " + q.T("ballots.thin", "n", whole.Thin, "weight", int(whole.ThinWeight))
	}
	return s.ask(w, r, q, "said.ballots.closed", func() (string, error) {
		_, err := s.desk.Close(r.Context(), q.Actor, whole.ID)
		return q.Back + "/result", err
	})
}

// annul ends a vote without counting it.
func (s *Site) annul(w http.ResponseWriter, r *http.Request) error {
	q, whole, err := s.question(r, "annulling")
	if err != nil {
		return err
	}
	q.Danger = true
	return s.ask(w, r, q, "said.ballots.annulled", func() (string, error) {
		_, err := s.desk.Annul(r.Context(), q.Actor, whole.ID)
		return q.Back + "/result", err
	})
}

// drop takes out a vote that was never opened.
func (s *Site) drop(w http.ResponseWriter, r *http.Request) error {
	q, whole, err := s.question(r, "dropping")
	if err != nil {
		return err
	}
	q.Danger = true
	return s.ask(w, r, q, "said.ballots.dropped", func() (string, error) { return "/votes", s.desk.Drop(r.Context(), q.Actor, whole.ID) })
}

// remind writes once more to those who have not voted.
func (s *Site) remind(w http.ResponseWriter, r *http.Request) error {
	q, whole, err := s.question(r, "reminding")
	if err != nil {
		return err
	}
	q.Text += " " + q.T("ballots.voted.of", "voted", whole.Voted, "n", whole.Electors)
	return s.ask(w, r, q, "said.ballots.reminded", func() (string, error) {
		_, err := s.desk.Remind(r.Context(), q.Actor, whole.ID)
		return q.Back, err
	})
}

// repeat prepares a vote once more.
func (s *Site) repeat(w http.ResponseWriter, r *http.Request) error {
	q, whole, err := s.question(r, "repeating")
	if err != nil {
		return err
	}
	q.Back += "/result"
	return s.ask(w, r, q, "said.ballots.saved", func() (string, error) {
		v, err := s.desk.Repeat(r.Context(), q.Actor, whole.ID, q.Today.AddDays(8).Start(s.site.House.Zone))
		return ballots.Link(v.ID), err
	})
}

// decides says what became of a motion or an election in a few words.
func decides(f page.Frame, w ballots.Whole, t tally.Tally) (page.Tone, string, string) {
	switch {
	case w.Void != "":
		return "warn", "warn", f.T("ballots.void." + string(w.Void))
	case !t.Quorum:
		return "error", "not", f.T("ballots.outcome.quorum")
	case w.Kind == ballots.Motion && t.Outcome == tally.Passed:
		return "ok", "taken", f.T("ballots.outcome.passed")
	case w.Kind == ballots.Motion && t.Outcome == tally.Tied:
		return "warn", "partly", f.T("ballots.outcome.tied")
	case w.Kind == ballots.Motion:
		return "error", "not", f.T("ballots.outcome.failed")
	case len(t.Result.Second) > 0:
		return "warn", "partly", f.T("ballots.outcome.second")
	case t.Result.Open > 0:
		return "warn", "partly", f.T("ballots.outcome.open", "n", t.Result.Open)
	}
	return "ok", "taken", f.T("ballots.outcome.elected", "n", len(t.Result.Elected))
}
