package ballotsweb

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members/ballots"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// A voteWire is a vote as the API writes one. It has no ballots, and of an open vote no result: only how many
// have voted. Who has voted the API never says.
type voteWire struct {
	ID         string          `json:"id"`
	Kind       string          `json:"kind" enum:"motion,election"`
	Secret     bool            `json:"secret"`
	State      string          `json:"state" enum:"prepared,open,closed"`
	Title      string          `json:"title"`
	Text       string          `json:"text,omitempty"`
	Method     string          `json:"method,omitempty" enum:"plurality,rounds,block,approval,stv"`
	Seats      int             `json:"seats,omitempty"`
	Majority   string          `json:"majority,omitempty" doc:"as “> 1/2 cast”"`
	Quorum     string          `json:"quorum,omitempty" doc:"as “> 1/2”; 0 for none"`
	Proposals  *time.Time      `json:"proposals_until,omitempty" doc:"until when members propose candidates"`
	Opens      *time.Time      `json:"opens,omitempty"`
	Opened     *time.Time      `json:"opened,omitempty"`
	Closes     time.Time       `json:"closes"`
	Closed     *time.Time      `json:"closed,omitempty"`
	Electors   int             `json:"electors,omitempty"`
	Weight     int64           `json:"weight,omitempty" doc:"of all electors"`
	Voted      *int            `json:"voted,omitempty" doc:"how many electors have voted; in a list only of closed votes"`
	Electorate string          `json:"electorate,omitempty" doc:"hash of the list of electors"`
	SeedHash   string          `json:"seed_hash,omitempty" doc:"SHA-256 of the seed of the lot, told at the opening"`
	Void       string          `json:"void,omitempty" enum:"annulled,few,restored" doc:"why it counts for nothing"`
	Public     bool            `json:"public" doc:"whether anybody may see the result"`
	Repeats    string          `json:"repeats,omitempty"`
	Candidates []candidateWire `json:"candidates,omitempty"`
	Result     *resultWire     `json:"result,omitempty" doc:"once it is closed"`
}

type candidateWire struct {
	Name      string `json:"name"`
	Statement string `json:"statement,omitempty"`
}

type resultWire struct {
	Quorum    bool     `json:"quorum" doc:"whether enough voted"`
	Outcome   string   `json:"outcome,omitempty" enum:"passed,failed,tied"`
	Chair     string   `json:"chair,omitempty" enum:"for,against" doc:"how the chair decided a tie"`
	For       int64    `json:"for,omitempty"`
	Against   int64    `json:"against,omitempty"`
	Abstained int64    `json:"abstained,omitempty"`
	Needed    int64    `json:"needed,omitempty"`
	Elected   []string `json:"elected,omitempty" doc:"in order of election"`
	Tied      []string `json:"tied,omitempty" doc:"for the seats that are open"`
	Second    []string `json:"second_round,omitempty"`
	Open      int      `json:"open_seats,omitempty"`
}

type listIn struct {
	State  string `query:"state" enum:"prepared,open,closed" doc:"without it, all that the reader may see"`
	Before string `query:"before" doc:"id of the last vote of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type listOut struct {
	Votes []voteWire `json:"votes" doc:"newest first"`
	Next  string     `json:"next,omitempty" doc:"value of before for the next page"`
}

type oneIn struct {
	ID string `path:"id"`
}

// API is all paths of this package under /api/v1.
func (s *Site) API(api huma.API) {
	page.Get(api, "/api/v1/votes", "list-votes", "Votes and elections", s.apiList)
	page.Get(api, "/api/v1/votes/{id}", "get-vote", "A vote, with its result once it is closed", s.apiVote)
	page.Get(api, "/api/v1/votes/{id}/record", "get-vote-record", "All that is needed to count a closed vote again", s.apiRecord)
}

func (s *Site) apiList(ctx context.Context, in *listIn) (*page.Answer[listOut], error) {
	list, err := s.desk.List(ctx, auth.From(ctx), ballots.Query{State: ballots.State(in.State), Before: ballots.ID(in.Before), Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &page.Answer[listOut]{Body: listOut{Votes: []voteWire{}}}
	for _, v := range list {
		out.Body.Votes = append(out.Body.Votes, wireOf(v))
	}
	if len(list) == in.Limit {
		out.Body.Next = string(list[len(list)-1].ID)
	}
	return out, nil
}

func (s *Site) apiVote(ctx context.Context, in *oneIn) (*page.Answer[voteWire], error) {
	by := auth.From(ctx)
	whole, err := s.desk.Vote(ctx, by, ballots.ID(in.ID))
	if err != nil {
		return nil, err
	}
	out := &page.Answer[voteWire]{Body: wireOf(whole.Vote)}
	if whole.State != ballots.Prepared {
		out.Body.Voted = &whole.Voted
	}
	for _, c := range whole.Candidates {
		if c.Stands() {
			out.Body.Candidates = append(out.Body.Candidates, candidateWire{c.Name, c.Statement})
		}
	}
	if whole.State != ballots.Closed || whole.Void != "" {
		return out, nil
	}
	t, err := s.desk.Result(ctx, by, whole.ID)
	if err != nil {
		return nil, err
	}
	out.Body.Result = resultOf(whole, t)
	return out, nil
}

// A recordWire is a tally.Record, in the form in which anybody counts it.
type recordWire struct {
	Format     string       `json:"format"`
	Title      string       `json:"title"`
	Kind       string       `json:"kind" enum:"motion,election"`
	Secret     bool         `json:"secret"`
	Majority   string       `json:"majority,omitempty"`
	Quorum     string       `json:"quorum,omitempty"`
	Method     string       `json:"method,omitempty"`
	Seats      int          `json:"seats,omitempty"`
	Chair      string       `json:"chair,omitempty"`
	Seed       string       `json:"seed,omitempty"`
	SeedHash   string       `json:"seed_hash,omitempty"`
	Electors   int64        `json:"electors"`
	Weight     int64        `json:"weight"`
	Voted      int64        `json:"voted"`
	Electorate string       `json:"electorate,omitempty"`
	Opened     string       `json:"opened,omitempty"`
	Closed     string       `json:"closed,omitempty"`
	Candidates []string     `json:"candidates"`
	Ballots    []ballotWire `json:"ballots"`
}

type ballotWire struct {
	Receipt string `json:"receipt,omitempty"`
	Name    string `json:"name,omitempty" doc:"of whom it is, in an open vote"`
	Weight  int64  `json:"weight,omitempty"`
	Marks   []int  `json:"marks" doc:"places among the candidates, from 1"`
}

func (s *Site) apiRecord(ctx context.Context, in *oneIn) (*page.Answer[recordWire], error) {
	r, err := s.desk.Record(ctx, auth.From(ctx), ballots.ID(in.ID))
	if err != nil {
		return nil, err
	}
	out := recordWire{
		Format: r.Format, Title: r.Title, Kind: r.Kind, Secret: r.Secret, Majority: r.Majority, Quorum: r.Quorum, Method: string(r.Method), Seats: r.Seats, Chair: r.Chair,
		Seed: r.Seed, SeedHash: r.SeedHash, Electors: r.Electors, Weight: r.Weight, Voted: r.Voted, Electorate: r.Electorate, Opened: r.Opened, Closed: r.Closed,
		Candidates: r.Candidates, Ballots: []ballotWire{},
	}
	for _, b := range r.Ballots {
		out.Ballots = append(out.Ballots, ballotWire(b))
	}
	return &page.Answer[recordWire]{Body: out}, nil
}

func wireOf(v ballots.Vote) voteWire {
	out := voteWire{
		ID: string(v.ID), Kind: string(v.Kind), Secret: v.Secret, State: string(v.State), Title: v.Title, Text: v.Text, Method: string(v.Method), Seats: v.Seats,
		Quorum: v.Quorum.String(), Proposals: instant(v.Proposals), Opens: instant(v.Opens), Opened: instant(v.Opened), Closes: v.Closes, Closed: instant(v.Ended),
		Electors: v.Electors, Weight: v.Weight, Electorate: v.Electorate, SeedHash: v.SeedHash, Void: string(v.Void), Public: v.Public, Repeats: string(v.Repeats),
	}
	if v.Kind == ballots.Motion {
		out.Majority = v.Majority.String()
	}
	if v.State == ballots.Closed {
		out.Voted = &v.Voted
	}
	return out
}

func instant(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func resultOf(w ballots.Whole, t tally.Tally) *resultWire {
	out := &resultWire{
		Quorum: t.Quorum, Outcome: string(t.Outcome), Chair: w.Chair, For: t.Poll.For, Against: t.Poll.Against, Abstained: t.Poll.Abstained, Needed: t.Needs, Open: t.Result.Open,
	}
	for _, one := range []struct {
		of   []tally.Candidate
		into *[]string
	}{{t.Result.Elected, &out.Elected}, {t.Result.Tied, &out.Tied}, {t.Result.Second, &out.Second}} {
		for _, c := range one.of {
			*one.into = append(*one.into, w.Candidates[c].Name)
		}
	}
	return out
}
