package ballotsweb

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

type formView struct {
	page.Frame
	In      voteIn
	New     bool
	Action  string
	Back    string
	Crumbs  []page.Crumb
	Kinds   []page.Option
	Secrecy []page.Option
	Methods []page.Option
	Whos    []page.Option
}

type voteIn struct {
	Kind         string     `form:"kind"`
	Title        string     `form:"title"`
	Text         string     `form:"text"`
	Secret       string     `form:"secret"`
	Method       string     `form:"method"`
	Seats        int        `form:"seats"`
	Lot          string     `form:"lot"`
	Majority     string     `form:"majority"`
	Quorum       string     `form:"quorum"`
	Who          string     `form:"who"`
	Of           string     `form:"of"`
	Names        string     `form:"names"`
	Organisation int        `form:"weight_organisation"`
	Person       int        `form:"weight_person"`
	Proxies      int        `form:"proxy_limit"`
	Opens        civil.Date `form:"opens"`
	OpensAt      string     `form:"opens_at"`
	Closes       civil.Date `form:"closes"`
	ClosesAt     string     `form:"closes_at"`
	Proposals    civil.Date `form:"proposals"`
	ProposalsAt  string     `form:"proposals_at"`
	Revision     int        `form:"revision"`
}

// The majorities that are offered, as the engine writes them.
var majorities = []tally.Majority{
	tally.Simple, {Share: tally.Half, Of: tally.Cast, OnTie: tally.Repeat}, {Share: tally.Half, Of: tally.Cast, OnTie: tally.Chair},
	tally.OfThosePresent, tally.Absolute, tally.TwoThirdsThere, tally.TwoThirdsOfAll, tally.ThreeQuartersOf,
}

// quorums are those that are offered.
var quorums = []string{"0", "> 1/2", ">= 1/2", ">= 1/3", ">= 1/4", ">= 1/5", ">= 1/10"}

func (s *Site) inOf(v ballots.Vote) voteIn {
	in := voteIn{
		Kind: string(v.Kind), Title: v.Title, Text: v.Text, Method: string(v.Method), Seats: max(v.Seats, 1), Majority: tally.Simple.String(), Quorum: v.Quorum.String(),
		Who: string(v.Audience.Who), Of: v.Audience.Of, Organisation: int(v.Weights.Organisation), Person: int(v.Weights.Person), Proxies: v.ProxyLimit, Revision: v.Revision,
	}
	if v.Kind == ballots.Motion {
		in.Majority = v.Majority.String()
	}
	if v.Secret {
		in.Secret = "1"
	}
	if v.Lot {
		in.Lot = "1"
	}
	in.Opens, in.OpensAt = s.dayAndHour(v.Opens)
	in.Closes, in.ClosesAt = s.dayAndHour(v.Closes)
	in.Proposals, in.ProposalsAt = s.dayAndHour(v.Proposals)
	var names []string
	for _, n := range v.Audience.Names {
		line := n.Name
		if n.Email != "" {
			line += " <" + n.Email + ">"
		}
		if n.Weight > 1 {
			line += "; " + strconv.FormatInt(n.Weight, 10)
		}
		names = append(names, line)
	}
	in.Names = strings.Join(names, "\n")
	return in
}

func (s *Site) dayAndHour(t time.Time) (civil.Date, string) {
	if t.IsZero() {
		return civil.Date{}, ""
	}
	t = s.site.Local(t)
	return civil.Of(t, s.site.House.Zone), t.Format("15.04")
}

// instant reads a day and an hour, "18.00" or "18:00"; without a day it is none. An hour that does not come on that
// day, or comes twice, because clocks are put forward or back, is refused: people would read it in two ways.
func (s *Site) instant(field string, day civil.Date, hour string) (time.Time, error) {
	if day.IsZero() {
		return time.Time{}, nil
	}
	h, err := time.Parse("15.04", strings.ReplaceAll(strings.TrimSpace(hour), ":", "."))
	if err != nil {
		return time.Time{}, fault.In(field+"_at", "ballots.hour.wrong")
	}
	begin := day.Start(s.site.House.Zone)
	at := time.Date(begin.Year(), begin.Month(), begin.Day(), h.Hour(), h.Minute(), 0, 0, s.site.House.Zone)
	const clock = "2.1. 15.04"
	switch shown := at.Format(clock); {
	case at.Format("15.04") != h.Format("15.04"):
		return time.Time{}, fault.In(field+"_at", "ballots.hour.skipped")
	case at.Add(time.Hour).Format(clock) == shown, at.Add(-time.Hour).Format(clock) == shown:
		return time.Time{}, fault.In(field+"_at", "ballots.hour.twice")
	}
	return at, nil
}

// form prepares a vote, or changes one that is not open yet.
func (s *Site) form(w http.ResponseWriter, r *http.Request) error {
	by := auth.From(r.Context())
	if err := by.Must(ballots.Run); err != nil {
		return err
	}
	f := s.site.Frame(r, "nav.members", "")
	v := formView{Frame: f, New: id(r) == "", Action: r.URL.RequestURI(), Back: "/votes"}
	old := ballots.Vote{
		Kind: ballots.Motion, Secret: r.URL.Query().Get("secret") != "", Method: tally.STV, Lot: true, Majority: tally.Simple, Audience: ballots.Audience{Who: ballots.All},
		Weights: ballots.Weights{Organisation: 1, Person: 1}, ProxyLimit: 1, Closes: f.Today.AddDays(8).Start(s.site.House.Zone).Add(-6 * time.Hour), Meeting: r.URL.Query().Get("meeting"),
	}
	if old.Meeting != "" {
		old.Audience = ballots.Audience{Who: ballots.OfMeeting, Of: old.Meeting}
	} else if body := r.URL.Query().Get("body"); body != "" {
		old.Audience = ballots.Audience{Who: ballots.OfBody, Of: body}
	}
	if !v.New {
		whole, err := s.desk.Vote(r.Context(), by, id(r))
		if err != nil {
			return err
		}
		if whole.State != ballots.Prepared {
			return fault.New(fault.Conflict, "ballots.in."+string(whole.State))
		}
		old, v.Back, v.Action = whole.Vote, ballots.Link(whole.ID), ballots.Link(whole.ID)+"/edit"
	}
	v.In = s.inOf(old)
	v.Title = f.T("ballots.new")
	if !v.New {
		v.Title = f.T("ballots.edit")
		v.Crumbs = crumbs(f, page.Crumb{Label: old.Title, Link: v.Back, Lang: f.Own()}, page.Crumb{Label: v.Title})
	} else {
		v.Crumbs = crumbs(f, page.Crumb{Label: v.Title})
	}
	if r.Method == http.MethodPost {
		saved, err := s.save(r, &v, old)
		if err == nil {
			return page.Go(w, r, ballots.Link(saved.ID), "said.ballots.saved")
		}
		if !v.Blame(err) {
			return err
		}
	}
	v.choices(r)
	return page.RenderStatus(w, r, v.Again(), formPage(v))
}

func (s *Site) save(r *http.Request, v *formView, old ballots.Vote) (ballots.Vote, error) {
	v.In = voteIn{}
	bad := page.Decode(r, &v.In)
	in := v.In
	next := old
	next.Kind, next.Title, next.Text, next.Secret = ballots.Kind(in.Kind), in.Title, in.Text, in.Secret != ""
	next.Method, next.Seats, next.ProxyLimit, next.Revision = tally.Method(in.Method), in.Seats, in.Proxies, in.Revision
	next.Lot = in.Lot != ""
	next.Weights = ballots.Weights{Organisation: int64(in.Organisation), Person: int64(in.Person)}
	next.Audience = ballots.Audience{Who: ballots.Who(in.Who), Of: strings.TrimSpace(in.Of)}
	var wrong fault.Fields
	also := func(err error) {
		if f := fault.Of(err); f != nil {
			wrong = append(wrong, f.All()...)
		}
	}
	also(bad)
	var err error
	if next.Majority, err = tally.ParseMajority(in.Majority); err != nil && next.Kind == ballots.Motion {
		wrong.Add("majority", "ballots.majority.wrong")
	}
	if next.Quorum, err = tally.ParseQuorum(in.Quorum); err != nil {
		wrong.Add("quorum", "ballots.quorum.wrong")
	}
	next.Opens, err = s.instant("opens", in.Opens, in.OpensAt)
	also(err)
	next.Closes, err = s.instant("closes", in.Closes, in.ClosesAt)
	also(err)
	next.Proposals, err = s.instant("proposals", in.Proposals, in.ProposalsAt)
	also(err)
	if next.Audience.Who == ballots.Named {
		next.Audience.Names, err = s.names(r, in.Names)
		if err != nil && fault.Of(err) == nil {
			return next, err
		}
		also(err)
	}
	if err := wrong.Err(); err != nil {
		return next, err
	}
	if v.New {
		return s.desk.Prepare(r.Context(), v.Actor, next)
	}
	return s.desk.Change(r.Context(), v.Actor, next)
}

// names reads one elector from each line: a member of ours, or "Name <address>";
// behind a semicolon their weight.
func (s *Site) names(r *http.Request, text string) (list []ballots.Invited, err error) {
	for _, line := range paragraphs(text) {
		name, weight, _ := strings.Cut(line, ";")
		n := ballots.Invited{Name: strings.TrimSpace(name)}
		if weight = strings.TrimSpace(weight); weight != "" {
			if n.Weight, err = strconv.ParseInt(weight, 10, 32); err != nil {
				return list, fault.In("names", "ballots.names.weight", "line", line)
			}
		}
		if before, after, ok := strings.Cut(n.Name, "<"); ok {
			n.Name, n.Email = strings.TrimSpace(before), strings.ToLower(strings.Trim(after, "> "))
			list = append(list, n)
			continue
		}
		m, ok, err := s.desk.Member(r.Context(), auth.From(r.Context()), n.Name)
		if err != nil {
			return nil, err
		}
		if !ok {
			return list, fault.In("names", "ballots.names.unknown", "line", line)
		}
		n.Member, n.Name = m.ID, m.Name
		list = append(list, n)
	}
	return list, nil
}

func (v *formView) choices(r *http.Request) {
	for _, k := range ballots.Kinds() {
		v.Kinds = append(v.Kinds, page.Option{Value: string(k), Label: v.T("ballots.kind." + string(k)), Hint: v.T("ballots.kind.hint." + string(k)), On: v.In.Kind == string(k)})
	}
	v.Secrecy = []page.Option{
		{Value: "", Label: v.T("ballots.open"), Hint: v.T("ballots.open.hint"), On: v.In.Secret == ""},
		{Value: "1", Label: v.T("ballots.secret"), Hint: v.T("ballots.secret.hint"), On: v.In.Secret != ""},
	}
	for _, m := range tally.Methods() {
		v.Methods = append(v.Methods, page.Option{Value: string(m), Label: v.T("ballots.method." + string(m))})
	}
	for _, one := range ballots.Whos() {
		if (one == ballots.OfBody || one == ballots.OfMeeting) && (v.In.Of == "" || v.In.Who != string(one)) {
			continue // these are begun at the body or the meeting
		}
		v.Whos = append(v.Whos, page.Option{Value: string(one), Label: v.T("ballots.who." + string(one)), On: v.In.Who == string(one)})
	}
}

func majorityOptions(v formView) []page.Option {
	list := []page.Option{}
	known := false
	for _, m := range majorities {
		known = known || m.String() == v.In.Majority
		list = append(list, page.Option{Value: m.String(), Label: ballots.MajorityWords(v.Printer, m)})
	}
	if !known && v.In.Majority != "" {
		list = append(list, page.Option{Value: v.In.Majority, Label: v.In.Majority})
	}
	return list
}

func quorumOptions(v formView) []page.Option {
	list := []page.Option{}
	known := false
	for _, q := range quorums {
		known = known || q == v.In.Quorum
		list = append(list, page.Option{Value: q, Label: ballots.QuorumWords(v.Printer, q)})
	}
	if !known && v.In.Quorum != "" {
		list = append(list, page.Option{Value: v.In.Quorum, Label: v.In.Quorum})
	}
	return list
}

func typed(f page.Frame, d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return f.Date(d)
}
