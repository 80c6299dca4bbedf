package bodiesweb

import (
	"context"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/members/meetings"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// API is all paths of this package under /api/v1.
func (s *Site) API(api huma.API) {
	page.Get(api, "/api/v1/bodies", "list-bodies", "Bodies and who sits in them on a day", s.apiBodies)
	page.Get(api, "/api/v1/bodies/{id}", "get-body", "A body and who sits in it on a day", s.apiBody)
	page.Get(api, "/api/v1/meetings", "list-meetings", "Meetings that one may see, the latest first", s.apiMeetings)
	page.Get(api, "/api/v1/meetings/{id}", "get-meeting", "A meeting with its agenda, quorum and motions", s.apiMeeting)
	page.Get(api, "/api/v1/decisions", "list-decisions", "The register of decisions, the latest first", s.apiDecisions)
	page.Get(api, "/api/v1/decisions/{id}", "get-decision", "A decision", s.apiDecision)
}

type bodiesIn struct {
	On    string `query:"on" format:"date" doc:"the day of which the seats are; today without it"`
	Ended bool   `query:"ended" doc:"also bodies that are no more"`
	After string `query:"after" doc:"id of the last body of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type bodiesOut struct {
	Bodies []bodyWire `json:"bodies"`
	Next   string     `json:"next,omitempty" doc:"value of after for the next page"`
}

// day is the day that is asked for, or today.
func (s *Site) day(on string) (civil.Date, error) {
	if on == "" {
		return s.site.Today(), nil
	}
	day, err := civil.Parse(on)
	if err != nil {
		return day, fault.In("on", "bodies.day.empty")
	}
	return day, nil
}

func (s *Site) apiBodies(ctx context.Context, in *bodiesIn) (*page.Answer[bodiesOut], error) {
	day, err := s.day(in.On)
	if err != nil {
		return nil, err
	}
	all, err := s.Bodies.Bodies(ctx, auth.From(ctx), day, in.Ended)
	if err != nil {
		return nil, err
	}
	if in.After != "" {
		at := slices.IndexFunc(all, func(b bodies.Overview) bool { return string(b.ID) == in.After })
		all = all[at+1:]
	}
	out := &page.Answer[bodiesOut]{Body: bodiesOut{Bodies: []bodyWire{}}}
	for _, b := range all[:min(len(all), in.Limit)] {
		out.Body.Bodies = append(out.Body.Bodies, wireOfBody(b))
	}
	if len(all) > in.Limit {
		out.Body.Next = string(all[in.Limit-1].ID)
	}
	return out, nil
}

func (s *Site) apiBody(ctx context.Context, in *struct {
	ID string `path:"id"`
	On string `query:"on" format:"date" doc:"the day of which the seats are; today without it"`
}) (*page.Answer[bodyWire], error) {
	day, err := s.day(in.On)
	if err != nil {
		return nil, err
	}
	all, err := s.Bodies.Bodies(ctx, auth.From(ctx), day, true)
	for _, b := range all {
		if string(b.ID) == in.ID {
			return &page.Answer[bodyWire]{Body: wireOfBody(b)}, nil
		}
	}
	if err == nil {
		err = fault.New(fault.Missing, "bodies.missing")
	}
	return nil, err
}

type meetingsIn struct {
	Of    string `query:"body" doc:"id of a body"`
	State string `query:"state" enum:"planned,called,open,closed,approved,cancelled"`
	After string `query:"after" doc:"id of the last meeting of the page before"`
	Limit int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type meetingsOut struct {
	Meetings []meetingWire `json:"meetings"`
	Next     string        `json:"next,omitempty" doc:"value of after for the next page"`
}

func (s *Site) apiMeetings(ctx context.Context, in *meetingsIn) (*page.Answer[meetingsOut], error) {
	list, err := s.Meetings.Meetings(ctx, auth.From(ctx), meetings.MeetingQuery{Body: bodies.BodyID(in.Of), State: meetings.State(in.State), Before: meetings.MeetingID(in.After), Limit: in.Limit})
	if err != nil {
		return nil, err
	}
	out := &page.Answer[meetingsOut]{Body: meetingsOut{Meetings: []meetingWire{}}}
	for _, m := range list {
		out.Body.Meetings = append(out.Body.Meetings, wireOfMeeting(m))
	}
	if len(list) == in.Limit {
		out.Body.Next = string(list[len(list)-1].ID)
	}
	return out, nil
}

func (s *Site) apiMeeting(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*page.Answer[sittingWire], error) {
	by, id := auth.From(ctx), meetings.MeetingID(in.ID)
	m, err := s.Meetings.Meeting(ctx, by, id)
	if err != nil {
		return nil, err
	}
	motions, err := s.Meetings.Motions(ctx, by, id)
	if err != nil {
		return nil, err
	}
	return &page.Answer[sittingWire]{Body: wireOfSitting(m, motions)}, nil
}

type decisionsIn struct {
	Query   string `query:"q" doc:"words of number, title and text"`
	Of      string `query:"body" doc:"id of a body"`
	Meeting string `query:"meeting" doc:"id of a meeting"`
	Year    int    `query:"year"`
	Force   string `query:"force" enum:"inforce,done,repealed"`
	Task    string `query:"task" enum:"open,overdue,mine" doc:"only those of which something is to be done"`
	Case    string `query:"case" doc:"number of a case"`
	After   string `query:"after" doc:"id of the last decision of the page before"`
	Limit   int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
}

type decisionsOut struct {
	Decisions []decisionWire `json:"decisions"`
	Next      string         `json:"next,omitempty" doc:"value of after for the next page"`
}

func (s *Site) apiDecisions(ctx context.Context, in *decisionsIn) (*page.Answer[decisionsOut], error) {
	list, err := s.Bodies.Decisions(ctx, auth.From(ctx), bodies.DecisionQuery{
		Text: in.Query, Body: bodies.BodyID(in.Of), Meeting: bodies.MeetingID(in.Meeting), Year: in.Year, Force: bodies.Force(in.Force), Task: bodies.Doing(in.Task), Today: s.site.Today(),
		Case: in.Case, Before: bodies.DecisionID(in.After), Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out := &page.Answer[decisionsOut]{Body: decisionsOut{Decisions: []decisionWire{}}}
	for _, d := range list {
		out.Body.Decisions = append(out.Body.Decisions, wireOfDecision(d))
	}
	if len(list) == in.Limit {
		out.Body.Next = string(list[len(list)-1].ID)
	}
	return out, nil
}

func (s *Site) apiDecision(ctx context.Context, in *struct {
	ID string `path:"id"`
}) (*page.Answer[decisionWire], error) {
	d, err := s.Bodies.Decision(ctx, auth.From(ctx), bodies.DecisionID(in.ID))
	if err != nil {
		return nil, err
	}
	return &page.Answer[decisionWire]{Body: wireOfDecision(d)}, nil
}
