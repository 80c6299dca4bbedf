package ballotsweb

import (
	"net/http"
	"net/url"

	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// A standView is the page on which members propose candidates, and candidates say whether they stand.
type standView struct {
	page.Frame
	Crumbs []page.Crumb
	Base   string
	Slate  ballots.Slate
	Until  string
	Text   []string
	Rows   []standingView
	Me     ballots.Candidate // who reads it, if they stand
	May    bool              // they may change what they said
	In     standing
}

type standing struct {
	Myself    bool   `form:"myself"`
	Name      string `form:"name"`
	Email     string `form:"email"`
	Statement string `form:"statement"`
}

// stands is how the request comes to the candidates, and the address of its pages.
func stands(r *http.Request) (ballots.Stand, string) {
	if token := r.PathValue("token"); token != "" {
		return ballots.Stand{Token: token}, "/stand/" + url.PathEscape(token)
	}
	return ballots.Stand{By: auth.From(r.Context()), Vote: id(r)}, ballots.Link(id(r)) + "/candidacies"
}

// stand shows who stands, and takes proposals: GET and POST /votes/{id}/candidacies, /stand/{token}.
func (s *Site) stand(w http.ResponseWriter, r *http.Request) error {
	way, base := stands(r)
	var in standing
	var wrong error
	if r.Method == http.MethodPost {
		if wrong = page.Decode(r, &in); wrong == nil {
			_, wrong = s.desk.Propose(r.Context(), way, ballots.Proposal{Myself: in.Myself, Name: in.Name, Email: in.Email, Statement: in.Statement})
		}
		if wrong == nil {
			said := "said.ballots.proposed"
			if in.Myself {
				said = "said.ballots.stands"
			}
			return page.Go(w, r, base, said)
		}
	}
	return s.showStand(w, r, in, wrong)
}

// answer takes what a candidate says of themself: POST …/answer.
func (s *Site) answer(w http.ResponseWriter, r *http.Request) error {
	way, base := stands(r)
	var in struct {
		Stands    bool   `form:"stands"`
		Statement string `form:"statement"`
	}
	err := page.Decode(r, &in)
	if err == nil {
		err = s.desk.Answer(r.Context(), way, in.Stands, in.Statement)
	}
	if err != nil {
		return s.showStand(w, r, standing{Myself: true, Statement: in.Statement}, err)
	}
	said := "said.ballots.stands"
	if !in.Stands {
		said = "said.ballots.declined"
	}
	return page.Go(w, r, base, said)
}

func (s *Site) showStand(w http.ResponseWriter, r *http.Request, in standing, wrong error) error {
	way, base := stands(r)
	slate, err := s.desk.Slate(r.Context(), way)
	if err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	f.Title, f.Size = f.T("ballots.stand.title"), "read"
	v := standView{
		Frame: f, Base: base, Slate: slate, In: in, Until: f.Moment(s.site.Local(slate.Vote.Proposals)), Text: paragraphs(slate.Vote.Text),
		Crumbs: crumbs(f, page.Crumb{Label: slate.Vote.Title, Link: ballots.Link(slate.Vote.ID), Lang: f.Own()}, page.Crumb{Label: f.Title}),
	}
	if way.Token != "" {
		v.Frame.Bare, v.Frame.Path, v.Crumbs = true, base, nil
	}
	for _, c := range slate.Candidates {
		if c.ID == slate.Own {
			v.Me = c
			v.May = slate.Vote.State == ballots.Prepared && (slate.Proposing || c.Consent == "" && !c.Gone)
		}
		if c.Stands() {
			v.Rows = append(v.Rows, standingView{Candidate: c, Says: paragraphs(c.Statement)})
		}
	}
	if wrong != nil && !v.Blame(wrong) {
		return wrong
	}
	return page.RenderStatus(w, r, v.Again(), standPage(v))
}

// rule says whether a proposed candidate may stand: POST /votes/{id}/candidates/{cid}/rule.
func (s *Site) rule(w http.ResponseWriter, r *http.Request) error {
	f, whole, err := s.run(r)
	if err != nil {
		return err
	}
	v := voteView{Frame: f, Whole: whole, Ruled: r.PathValue("cid")}
	var in struct {
		Ruling string `form:"ruling"`
		Reason string `form:"reason"`
	}
	err = page.Decode(r, &in)
	if v.Reason = in.Reason; err == nil {
		err = s.desk.Rule(r.Context(), f.Actor, whole.ID, v.Ruled, ballots.Ruling(in.Ruling), in.Reason)
	}
	if err == nil {
		return page.Go(w, r, ballots.Link(whole.ID), "said.ballots.ruled")
	}
	if !v.Blame(err) {
		return err
	}
	return s.showVote(w, r, v)
}

// call has members called upon to propose candidates.
func (s *Site) call(w http.ResponseWriter, r *http.Request) error {
	q, whole, err := s.question(r, "calling")
	if err != nil {
		return err
	}
	return s.ask(w, r, q, "said.ballots.called", func() (string, error) {
		_, err := s.desk.Call(r.Context(), q.Actor, whole.ID)
		return q.Back, err
	})
}

// schedule has a vote open by itself, once what it comes to has been read.
func (s *Site) schedule(w http.ResponseWriter, r *http.Request) error {
	q, whole, err := s.question(r, "scheduling")
	if err != nil {
		return err
	}
	q.Text += " " + q.T("ballots.opens") + ": " + q.Moment(s.site.Local(whole.Opens)) + "."
	if err := s.warned(r, &q, whole); err != nil {
		return err
	}
	return s.ask(w, r, q, "said.ballots.scheduled", func() (string, error) {
		sure, err := sure(r)
		if err == nil {
			_, err = s.desk.Schedule(r.Context(), q.Actor, whole.ID, sure)
		}
		return q.Back, err
	})
}

// warned puts what opening the vote would come to into a question, and a box for having read the warnings.
func (s *Site) warned(r *http.Request, q *page.Question, whole ballots.Whole) error {
	if whole.State != ballots.Prepared {
		return nil
	}
	o, err := s.desk.Outlook(r.Context(), q.Actor, whole.ID)
	if err != nil {
		if !q.Blame(err) {
			return err
		}
		return nil
	}
	q.Text += " " + q.T("ballots.opening.electors", "n", o.Electors)
	if len(o.Unreached) > 0 {
		q.Text += " " + q.T("ballots.opening.unreached", "n", len(o.Unreached))
	}
	hint := ""
	for _, one := range o.Warnings {
		hint += q.T(one.Key, one.Args...) + " "
	}
	if hint != "" {
		q.Reason = &page.Field{Name: "sure", Type: "checkbox", Label: q.T("ballots.opening.sure"), Hint: hint}
	}
	return nil
}

func sure(r *http.Request) (bool, error) {
	var in struct {
		Sure bool `form:"sure"`
	}
	err := page.Decode(r, &in)
	return in.Sure, err
}

// decide notes how the chair decided a tie: POST /votes/{id}/decide.
func (s *Site) decide(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, "", "")
	var in struct {
		Chair string `form:"chair"`
	}
	if err := page.Decode(r, &in); err != nil {
		return err
	}
	if _, err := s.desk.Decide(r.Context(), f.Actor, id(r), in.Chair); err != nil {
		return err
	}
	return page.Go(w, r, ballots.Link(id(r))+"/result", "said.ballots.decided")
}
