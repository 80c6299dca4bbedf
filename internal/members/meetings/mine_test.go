package meetings

import (
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/auth"
)

// Who acts for two organisations, and is a member too, is called three times, and
// has three votes; an organisation says who comes for it.
func TestDesk_MyMeetings(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		var orgs []members.ID
		for _, name := range []string{"Zavod Pesto", "Društvo Prelom"} {
			m := must(r.Members.Add(r.ctx, clerk, members.Member{Kind: members.Organisation, Name: name, Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}))(t)
			orgs = append(orgs, m.ID)
			must(r.Members.AddAgent(r.ctx, clerk, members.Agent{Member: m.ID, Name: "Ana Dren", Email: ana.Email, Since: civil.On(2020, 1, 1), Answers: true}))(t)
		}
		must(r.Members.Add(r.ctx, clerk, members.Member{Kind: members.Person, Name: "Dren, Ana", Email: ana.Email, Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}))(t)
		must(r.Members.Add(r.ctx, clerk, members.Member{Kind: members.Person, Name: "Arh, Vid", Email: vid.Email, Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}))(t)
		rule := bodies.Law(bodies.Assembly)
		rule.Proxies = 1
		oz := must(r.Bodies.AddBody(r.ctx, clerk, bodies.Body{Kind: bodies.Assembly, Name: "Občni zbor", Prefix: "OZ", Rule: rule}))(t)
		m := r.plan(oz, false)
		if coming, _, _ := r.MyMeetings(r.ctx, ana); len(coming) != 0 {
			t.Errorf("called before it is: %+v", coming)
		}
		must(r.Call(r.ctx, clerk, m.ID, "", false))(t)
		r.drain()
		coming, past, err := r.MyMeetings(r.ctx, ana)
		if err != nil || len(coming) != 3 || len(past) != 0 {
			t.Fatalf("%d coming, %d past, %v", len(coming), len(past), err)
		}
		at := map[string]Attendee{}
		for _, turn := range coming {
			at[turn.Place.Name] = turn.Place
		}
		say := func(name string, a Answer) error {
			return second(r.Reply(r.ctx, Entry{By: ana, Attendee: at[name].ID}, a))
		}
		for _, tt := range []struct {
			name string
			say  Answer
			want string
		}{
			{"Zavod Pesto", Answer{Way: InPerson, Sends: "Eva Gaber"}, "<nil>"}, {"Dren, Ana", Answer{Way: ByProxy}, "bodies.reply.sends"}, {"Dren, Ana", Answer{Way: ByProxy, Sends: "Vid Arh"}, "<nil>"},
			{"Dren, Ana", Answer{Way: Absent}, "bodies.reply.unknown"}, {"Društvo Prelom", Answer{Way: Online}, "<nil>"},
		} {
			if err := say(tt.name, tt.say); key(err) != tt.want {
				t.Errorf("%s answers %+v: %v, want %s", tt.name, tt.say, err, tt.want)
			}
		}
		r.now = m.At
		must(r.Begin(r.ctx, clerk, m.ID))(t)
		// Pesto sends whom it named; Prelom has one person who may answer for it.
		if a := must(r.Attend(r.ctx, clerk, m.ID, at["Zavod Pesto"].ID, Coming{Way: InPerson}))(t); a.Acts != "Eva Gaber" {
			t.Errorf("for Pesto comes %q", a.Acts)
		}
		if a := must(r.Attend(r.ctx, clerk, m.ID, at["Društvo Prelom"].ID, Coming{Way: Online}))(t); a.Acts != "Ana Dren" {
			t.Errorf("for Prelom comes %q", a.Acts)
		}
		must(r.Members.AddAgent(r.ctx, clerk, members.Agent{Member: orgs[1], Name: "Jan Kos", Email: "jan@prelom.example", Since: civil.On(2020, 1, 1), Answers: true}))(t)
		if _, err := r.Attend(r.ctx, clerk, m.ID, at["Društvo Prelom"].ID, Coming{Way: InPerson}); key(err) != "bodies.attend.acts.who" {
			t.Errorf("of two persons: %v", err)
		}
		must(r.Attend(r.ctx, clerk, m.ID, at["Dren, Ana"].ID, Coming{Way: InPerson}))(t)
		h := must(r.Establish(r.ctx, clerk, m.ID, false))(t)
		if h.Present != 3 || h.All != 4 || !h.Reached() {
			t.Errorf("one person with three votes: %+v", h)
		}
		must(r.Close(r.ctx, clerk, m.ID))(t)
		if coming, past, err = r.MyMeetings(r.ctx, ana); len(coming) != 0 || len(past) != 3 || err != nil {
			t.Errorf("after it %d coming, %d past, %v", len(coming), len(past), err)
		}
		if coming, past, _ = r.MyMeetings(r.ctx, auth.Actor{User: "x", Email: "x@y.example", Roles: auth.Member}); len(coming)+len(past) != 0 {
			t.Error("a stranger is called")
		}
	})
}
