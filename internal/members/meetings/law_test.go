package meetings

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/bodies"
)

// A number is given once: a vote that is taken back leaves its number to the motion,
// and one that was typed into the register from older papers is passed over.
func TestDesk_number(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		b := r.board(nil)
		m := r.plan(b, false)
		var list []Motion
		for _, title := range []string{"Prvi", "Drugi", "Tretji"} {
			list = append(list, r.move(m, title, "Besedilo."))
		}
		must(r.Bodies.AddDecision(r.ctx, clerk, bodies.Decision{Body: b.ID, Number: "UO-1/2026-3", Title: "Star", Text: "Star sklep.", On: civil.On(2026, 1, 1), Force: bodies.InForce, Open: bodies.ToMembers}))(t)
		m, _ = r.sit(m, 3)
		must(r.Establish(r.ctx, clerk, m.ID, false))(t)
		decide := func(i, yes int) Motion {
			return must(r.Decide(r.ctx, clerk, list[i].ID, bodies.Count{For: yes, Against: 3 - yes}, ""))(t)
		}
		first := decide(0, 3)
		must(r.Undo(r.ctx, clerk, list[0].ID))(t)
		if d := must(r.Bodies.Decisions(r.ctx, clerk, bodies.DecisionQuery{Meeting: m.ID}))(t); len(d) != 0 {
			t.Errorf("what was counted wrong stands: %+v", d)
		}
		if got := decide(1, 2).Number; got != "UO-1/2026-2" {
			t.Errorf("the next decision is %s", got)
		}
		if again := decide(0, 2); again.Number != first.Number || again.Number != "UO-1/2026-1" {
			t.Errorf("counted again it is %s", again.Number)
		}
		must(r.Undo(r.ctx, clerk, list[0].ID))(t) // though a later one has a number
		decide(0, 1)
		if got := decide(2, 3).Number; got != "UO-1/2026-4" {
			t.Errorf("after one that did not carry and one of older papers it is %s", got)
		}
		if m = must(r.Meeting(r.ctx, clerk, m.ID))(t); m.Given != 2 {
			t.Errorf("%d decisions stand", m.Given)
		}
		old := must(r.Bodies.History(r.ctx, clerk, bodies.DecisionSubject(first.Decision), ""))(t)
		if len(old) != 2 || old[0].Deed != "bodies.decision.void" && old[1].Deed != "bodies.decision.void" {
			t.Errorf("the book says %+v", old)
		}
	})
}

// Of one paragraph what goes farthest is voted on first; once it is accepted the others
// are moot, until that is taken back. The mover may take over any of them.
func TestMotion_amendments(t *testing.T) {
	rule := bodies.Law(bodies.Board)
	motion := Motion{Title: "Najem", Text: "Najamemo.\nDo 500 evrov.", Fate: Put}
	for _, a := range []Amendment{{ID: "low", Change: Replace, Para: 2, Text: "Do 400 evrov."}, {ID: "add", Change: Insert, Para: 2, Text: "Za tri leta."}, {ID: "high", Change: Replace, Para: 2, Text: "Do 900 evrov."}, {ID: "out", Change: Strike, Para: 2}, {ID: "head", Change: Replace, Para: 1, Text: "Kupimo."}} {
		var err error
		if motion, err = motion.Amend(a); err != nil {
			t.Fatal(err)
		}
	}
	shows := func(m Motion) (s string) {
		for _, a := range m.Amendments {
			s += a.ID + " " + string(a.State) + ", "
		}
		return s
	}
	if got := shows(motion); got != "head open, out open, low open, high open, add open, " {
		t.Errorf("they are voted on as %s", got)
	}
	motion, err := motion.Promote("high")
	if got := shows(motion); err != nil || got != "head open, out open, high open, low open, add open, " {
		t.Errorf("put before another: %s, %v", got, err)
	}
	present := func(yes int) bodies.Count { return bodies.Count{All: 5, Present: 4, For: yes, Against: 4 - yes} }
	for _, tt := range []struct {
		id   string
		yes  int // of four; 0 for none asked
		to   Taken
		want string
		key  string
	}{
		{"low", 4, NotAccepted, "", "bodies.amendment.order"},
		{"out", 1, NotAccepted, "head open, out rejected, high open, low open, add open, ", ""},
		{"low", 4, NotAccepted, "", "bodies.amendment.order"},
		{"add", 3, NotAccepted, "head open, out rejected, high open, low open, add accepted, ", ""},
		{"high", 3, NotAccepted, "head open, out rejected, high accepted, low moot, add accepted, ", ""},
		{"low", 4, NotAccepted, "", "bodies.amendment.clash"},
		{"high", 0, Pending, "head open, out rejected, high open, low open, add accepted, ", ""},
		{"low", 0, Accepted, "head open, out rejected, high moot, low accepted, add accepted, ", ""},
		{"head", 0, TakenBack, "head withdrawn, out rejected, high moot, low accepted, add accepted, ", ""},
	} {
		c := bodies.Count{}
		if tt.yes > 0 {
			c = present(tt.yes)
		}
		next, err := motion.Settle(tt.id, tt.to, c, rule, "")
		if tt.key != "" {
			if key(err) != tt.key {
				t.Errorf("%s: %v, want %s", tt.id, err, tt.key)
			}
			continue
		}
		if motion = next; err != nil || shows(motion) != tt.want {
			t.Errorf("%s: %s, %v, want %s", tt.id, shows(motion), err, tt.want)
		}
	}
	if motion, err = motion.Decide(present(3), rule, ""); err != nil || motion.Final() != "Najamemo.\nDo 400 evrov.\nZa tri leta." {
		t.Errorf("decided: %q, %v", motion.Final(), err)
	}
}

// At a tie on an amendment whoever presides decides, where the rule says so; without a vote
// none is rejected.
func TestMotion_Settle_tie(t *testing.T) {
	rule := bodies.Law(bodies.Board)
	rule.Majority = tally.Majority{Share: tally.Half, Of: tally.Cast, OnTie: tally.Chair}
	motion, err := Motion{Title: "Najem", Text: "Najamemo.", Fate: Put}.Amend(Amendment{ID: "a", Change: Replace, Para: 1, Text: "Kupimo."})
	if err != nil {
		t.Fatal(err)
	}
	tie := bodies.Count{All: 5, Present: 4, For: 2, Against: 2}
	for _, tt := range []struct {
		c     bodies.Count
		chair bodies.Choice
		want  Taken
		key   string
	}{
		{tie, "", Pending, "bodies.count.chair"}, {tie, bodies.For, Accepted, "<nil>"}, {tie, bodies.Against, NotAccepted, "<nil>"},
		{bodies.Count{}, "", Pending, "bodies.count.nobody"}, {bodies.Count{For: -1, Against: 1}, "", Pending, "bodies.count.nobody"},
	} {
		m, err := motion.Settle("a", NotAccepted, tt.c, rule, tt.chair)
		if key(err) != tt.key || m.Amendments[0].State != tt.want {
			t.Errorf("%+v, %q: %s, %v", tt.c, tt.chair, m.Amendments[0].State, err)
		}
	}
}

// A quorum is lost when too many leave, and there again when they come back; where the
// statute says so, it stays.
func TestDesk_quorum_lost(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for _, stays := range []bool{false, true} {
			b := r.board(func(rule *bodies.Rule) { rule.Stays = stays })
			m := r.plan(b, false)
			one := r.move(m, "Najem", "Najamemo.")
			m, all := r.sit(m, 3)
			must(r.Establish(r.ctx, clerk, m.ID, false))(t)
			must(r.Gone(r.ctx, clerk, m.ID, all[0].ID, true))(t)
			_, err := r.Decide(r.ctx, clerk, one.ID, bodies.Count{For: 2}, "")
			if want := map[bool]string{false: "bodies.quorum.lost", true: "<nil>"}[stays]; key(err) != want {
				t.Errorf("two of five, stays %t: %v", stays, err)
			}
			must(r.Gone(r.ctx, clerk, m.ID, all[0].ID, false))(t)
			if !stays {
				must(r.Decide(r.ctx, clerk, one.ID, bodies.Count{For: 2}, ""))(t)
			}
			b.Prefix, b.Revision = fmt.Sprintf("X%t", stays), 1
			must(r.Bodies.SaveBody(r.ctx, clerk, b))(t)
		}
	})
}

// Whose mandate ends in the middle of a meeting has no vote from then on, nor who gave
// theirs to them; what they voted on stays, and fewer are needed of all. Who is elected
// in it has a vote.
func TestDesk_Lose(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		b := r.board(func(rule *bodies.Rule) { rule.Majority = tally.Majority{Share: tally.Half, Of: tally.All} })
		m := r.plan(b, false)
		first, second := r.move(m, "Razrešitev", "Vid Arh je razrešen."), r.move(m, "Najem", "Najamemo.")
		m, all := r.sit(m, 4)
		must(r.Attend(r.ctx, clerk, m.ID, all[4].ID, Coming{Way: ByProxy, Holder: all[1].ID, Basis: "pooblastilo"}))(t)
		must(r.Establish(r.ctx, clerk, m.ID, false))(t)
		if one := must(r.Decide(r.ctx, clerk, first.ID, bodies.Count{For: 3, Against: 2}, ""))(t); one.Fate != Carried || one.Result.All != 5 || one.Needed != 3 {
			t.Errorf("the first: %+v", one)
		}
		if a := must(r.Lose(r.ctx, clerk, m.ID, all[1].ID, true))(t); a.Counts() || a.Lost.IsZero() {
			t.Errorf("without a mandate: %+v", a)
		}
		if _, err := r.Attend(r.ctx, clerk, m.ID, all[4].ID, Coming{Way: ByProxy, Holder: all[1].ID, Basis: "pooblastilo"}); key(err) != "bodies.proxy.holder" {
			t.Errorf("who has no vote votes for another: %v", err)
		}
		if h, ok, err := r.Still(r.ctx, clerk, m); h.All != 4 || h.Present != 3 || h.Needed != 3 || !ok || err != nil {
			t.Errorf("then there are %+v, %v", h, err)
		}
		seats := must(r.Bodies.Seats(r.ctx, clerk, b.ID, r.day(r.now)))(t)
		must(r.Bodies.EndSeat(r.ctx, clerk, seats[3].ID, r.day(r.now).AddDays(-1), bodies.Resigned))(t)
		must(r.Bodies.PutSeat(r.ctx, clerk, bodies.Seat{Body: b.ID, Name: "Nova Moč", Votes: true, Term: civil.Span{From: r.day(r.now)}}))(t)
		if err := r.Refresh(r.ctx, clerk, m.ID); err != nil {
			t.Fatal(err)
		}
		if h, _, _ := r.Still(r.ctx, clerk, m); h.All != 4 {
			t.Errorf("with one elected and one who has resigned: %+v", h)
		}
		must(r.Lose(r.ctx, clerk, m.ID, all[1].ID, false))(t)
		if _, err := r.Lose(r.ctx, clerk, m.ID, all[1].ID, false); key(err) != "bodies.attend.not_lost" {
			t.Errorf("given back twice: %v", err)
		}
		if one := must(r.Decide(r.ctx, clerk, second.ID, bodies.Count{For: 3}, ""))(t); one.Fate != Carried || one.Result.All != 5 || one.Needed != 3 {
			t.Errorf("the second: %+v", one)
		}
	})
}

// Whose mandate ends before the end of a session by letter cannot vote any more, and is
// not one of all; the vote that they cast in office counts.
func TestDesk_session_unseated(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		b := r.board(nil)
		m := r.plan(b, true)
		one := r.move(m, "Stališče", "Potrdimo.")
		m = must(r.Call(r.ctx, clerk, m.ID, "Nujno.", false))(t)
		r.drain()
		yes := Ballot{Choices: map[MotionID]bodies.Choice{one.ID: bodies.For}}
		must(r.Cast(r.ctx, r.way(vid.Email), yes))(t)
		must(r.Cast(r.ctx, r.way(ana.Email), yes))(t)
		for _, s := range must(r.Bodies.Seats(r.ctx, clerk, b.ID, r.day(r.now)))(t) {
			if s.Name == "Vid Arh" || s.Name == "Eva Gaber" || s.Name == "Tine Bor" {
				must(r.Bodies.EndSeat(r.ctx, clerk, s.ID, r.day(r.now), bodies.Resigned))(t)
			}
		}
		late := r.way("eva@vrata.example")
		r.now = r.now.AddDate(0, 0, 1)
		if _, err := r.Cast(r.ctx, late, yes); key(err) != "bodies.session.unseated" {
			t.Errorf("a vote without a mandate: %v", err)
		}
		r.now = m.Ends
		r.drain()
		one = must(r.Motions(r.ctx, clerk, m.ID))(t)[0]
		if one.Fate != Carried || one.Result.All != 3 || one.Result.For != 2 {
			t.Errorf("of three: %+v", one)
		}
	})
}

// An hour that the clocks show twice is the second one, so that nobody is too late who
// looked at a clock; one that they pass over is none.
func TestMoment_clocks(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Ljubljana")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		day          civil.Date
		hour, minute int
		want         string
	}{
		{civil.On(2026, 10, 25), 1, 59, "2026-10-24T23:59:00Z"}, {civil.On(2026, 10, 25), 2, 30, "2026-10-25T01:30:00Z"}, {civil.On(2026, 10, 25), 3, 0, "2026-10-25T02:00:00Z"},
		{civil.On(2026, 3, 29), 2, 30, ""}, {civil.On(2026, 3, 29), 3, 0, "2026-03-29T01:00:00Z"}, {civil.On(2026, 11, 22), 18, 30, "2026-11-22T17:30:00Z"},
	} {
		got, ok := Moment(tt.day, tt.hour, tt.minute, zone)
		if s := got.UTC().Format(time.RFC3339); ok != (tt.want != "") || ok && s != tt.want {
			t.Errorf("%s %d.%d is %s, %t; want %s", tt.day, tt.hour, tt.minute, s, ok, tt.want)
		}
	}
	end, _ := Moment(civil.On(2026, 10, 25), 2, 30, zone)
	h := House{URL: "https://mnk.example", Zone: zone}
	if cal := h.Calendar(Meeting{ID: "1", Letters: true, Title: "dopisna", At: end.Add(-72 * time.Hour), Ends: end}, "", "", "x"); !strings.Contains(cal, "DTSTART:20261025T013000Z\r\n") {
		t.Errorf("the calendar says %s", cal)
	}
}

// A session that ends at 2.30 in the night when clocks are put back takes votes until
// the second 2.30, and says which one it is.
func TestDesk_session_clocks(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		b := r.board(nil)
		r.now = time.Date(2026, 10, 22, 10, 0, 0, 0, time.UTC)
		m := r.plan(b, true)
		one := r.move(m, "Stališče", "Potrdimo.")
		m.Ends, _ = Moment(civil.On(2026, 10, 25), 2, 30, r.house.Zone)
		m = must(r.Change(r.ctx, clerk, m))(t)
		m = must(r.Call(r.ctx, clerk, m.ID, "Nujno.", false))(t)
		r.drain()
		if text := r.letters(vid.Email)[0].Text; !strings.Contains(text, "2.30 (po zimskem času)") {
			t.Errorf("the letter says %s", text)
		}
		yes := Ballot{Choices: map[MotionID]bodies.Choice{one.ID: bodies.For}}
		r.now = time.Date(2026, 10, 25, 0, 45, 0, 0, time.UTC) // the first 2.45
		must(r.Cast(r.ctx, r.way(vid.Email), yes))(t)
		r.now = time.Date(2026, 10, 25, 1, 29, 59, 0, time.UTC)
		must(r.Cast(r.ctx, r.way(ana.Email), yes))(t)
		r.now = time.Date(2026, 10, 25, 1, 30, 0, 0, time.UTC)
		if _, err := r.Cast(r.ctx, r.way("eva@vrata.example"), yes); key(err) != "bodies.session.over" {
			t.Errorf("after the second 2.30: %v", err)
		}
	})
}

// An assembly is called at least once a year: when it is over, the list of today has
// the next one, until one is planned.
func TestDesk_yearly(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		must(r.Members.Add(r.ctx, clerk, members.Member{Kind: members.Person, Name: "Oseba", Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}))(t)
		rule := bodies.Law(bodies.Assembly)
		rule.Notice = 15
		oz := must(r.Bodies.AddBody(r.ctx, clerk, bodies.Body{Kind: bodies.Assembly, Name: "Občni zbor", Prefix: "OZ", Rule: rule}))(t)
		m := must(r.Plan(r.ctx, clerk, Meeting{Body: oz.ID, Title: "redni", At: r.now.AddDate(0, 0, 20)}))(t)
		m = must(r.PutItem(r.ctx, clerk, m.ID, 0, Item{Title: "Poročilo"}))(t)
		m, _ = r.sit(m, 0)
		due := func() string { return r.dues["bodies/"+string(oz.ID)+"/yearly"].On.String() }
		if due() != "" {
			t.Errorf("due while it sits: %s", due())
		}
		must(r.Close(r.ctx, clerk, m.ID))(t)
		if want := "2027-11-27"; due() != want { // a year after 12 December, less 15 days
			t.Errorf("due %s, want %s", due(), want)
		}
		next := must(r.Plan(r.ctx, clerk, Meeting{Body: oz.ID, Title: "redni", At: r.now.AddDate(1, 0, 0)}))(t)
		if due() != "" {
			t.Errorf("due though one is planned: %s", due())
		}
		must(r.Drop(r.ctx, clerk, next.ID))(t)
		if due() == "" {
			t.Error("not due though none is planned any more")
		}
	})
}

// Whose holder has no mandate any more is not there either.
func TestDesk_Refresh_proxies(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		b := r.board(nil)
		m, all := r.sit(r.plan(b, false), 3)
		must(r.Attend(r.ctx, clerk, m.ID, all[4].ID, Coming{Way: ByProxy, Holder: all[2].ID, Basis: "pooblastilo"}))(t)
		must(r.Bodies.EndSeat(r.ctx, clerk, all[2].Seat, civil.Of(m.At, time.UTC).AddDays(-1), bodies.Resigned))(t)
		if err := r.Refresh(r.ctx, clerk, m.ID); err != nil {
			t.Fatal(err)
		}
		if h := must(r.Presence(r.ctx, clerk, m.ID, false))(t); h.All != 4 || h.Present != 2 || h.Proxies != 0 {
			t.Errorf("without the holder %+v", h)
		}
	})
}

// Nobody votes by letter on a text of which it is open what it says.
func TestDesk_session_amendments(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		m := r.plan(r.board(nil), true)
		one := r.move(m, "Najem", "Najame se prostor.")
		one = must(r.Amend(r.ctx, clerk, one.ID, Amendment{Change: Replace, Para: 1, Text: "Prostor se ne najame."}))(t)
		if _, err := r.Call(r.ctx, clerk, m.ID, "", true); key(err) != "bodies.motion.amendments" {
			t.Errorf("sent out with an open amendment: %v", err)
		}
		must(r.Settle(r.ctx, clerk, one.ID, one.Amendments[0].ID, Accepted, bodies.Count{}, ""))(t)
		must(r.Call(r.ctx, clerk, m.ID, "", true))(t)
	})
}

// Only who is authorised on the day of the meeting comes for an organisation by themself.
func TestDesk_Attend_authorised(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		o := must(r.Members.Add(r.ctx, clerk, members.Member{Kind: members.Organisation, Name: "Prelom", Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}))(t)
		agent := func(name string, since civil.Date) members.Agent {
			return must(r.Members.AddAgent(r.ctx, clerk, members.Agent{Member: o.ID, Name: name, Since: since}))(t)
		}
		old := agent("Tine Bor", civil.On(2020, 1, 1))
		must(r.Members.EndAgent(r.ctx, clerk, old.ID, civil.On(2026, 12, 31)))(t)
		agent("Eva Gaber", civil.On(2027, 1, 1))
		oz := must(r.Bodies.AddBody(r.ctx, clerk, bodies.Body{Kind: bodies.Assembly, Name: "Občni zbor", Prefix: "OZ", Rule: bodies.Law(bodies.Assembly)}))(t)
		m, all := r.sit(r.plan(oz, false), 0)
		a, err := r.Attend(r.ctx, clerk, m.ID, all[0].ID, Coming{Way: InPerson})
		if err != nil || a.Acts != "Tine Bor" {
			t.Errorf("comes %q: %v", a.Acts, err)
		}
	})
}

// Who comes to an assembly without a vote, for they have left since, votes for nobody.
func TestDesk_Attend_leftHolder(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		for _, name := range []string{"Ana Dren", "Vid Arh", "Eva Gaber"} {
			must(r.Members.Add(r.ctx, clerk, members.Member{Kind: members.Person, Name: name, Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}))(t)
		}
		rule := bodies.Law(bodies.Assembly)
		rule.Proxies = 1
		oz := must(r.Bodies.AddBody(r.ctx, clerk, bodies.Body{Kind: bodies.Assembly, Name: "Občni zbor", Prefix: "OZ", Rule: rule}))(t)
		m, all := r.sit(r.plan(oz, false), 2)
		must(r.Attend(r.ctx, clerk, m.ID, all[2].ID, Coming{Way: ByProxy, Holder: all[0].ID, Basis: "pooblastilo"}))(t)
		must(r.Members.Leave(r.ctx, clerk, all[0].Member, civil.On(2026, 11, 28)))(t)
		must(r.Attend(r.ctx, clerk, m.ID, all[0].ID, Coming{Way: InPerson}))(t)
		if h := must(r.Presence(r.ctx, clerk, m.ID, false))(t); h.All != 2 || h.Present != 1 || h.Proxies != 0 {
			t.Errorf("there are %+v", h)
		}
	})
}

// A demand of members is not met by an assembly that is called off or taken out.
func TestDesk_demand_unmet(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		id := must(r.Members.Add(r.ctx, clerk, members.Member{Kind: members.Person, Name: "Ana Dren", Standing: members.Active, Term: civil.Span{From: civil.On(2020, 1, 1)}}))(t).ID
		oz := must(r.Bodies.AddBody(r.ctx, clerk, bodies.Body{Kind: bodies.Assembly, Name: "Občni zbor", Prefix: "OZ", Rule: bodies.Law(bodies.Assembly)}))(t)
		demand := must(r.Bodies.AddDemand(r.ctx, clerk, bodies.Demand{Body: oz.ID, Wants: "Razprava", On: civil.On(2026, 11, 20), Days: 30}))(t)
		must(r.Bodies.Sign(r.ctx, clerk, demand.ID, id, civil.On(2026, 11, 21)))(t)
		due := func() bool { _, is := r.dues["bodies/"+string(demand.ID)+"/demand"]; return is }
		for _, call := range []bool{false, true} {
			m := must(r.Plan(r.ctx, clerk, Meeting{Body: oz.ID, Title: "izredni", At: r.now.AddDate(0, 0, 7), Demand: demand.ID, Agenda: []Item{{Title: "Razprava"}}}))(t)
			if due() {
				t.Error("it is due, and an assembly is planned")
			}
			if call {
				must(r.Call(r.ctx, clerk, m.ID, "", true))(t)
				must(r.Cancel(r.ctx, clerk, m.ID))(t)
			} else {
				must(r.Drop(r.ctx, clerk, m.ID))(t)
			}
			if now, _, err := r.Bodies.Demand(r.ctx, clerk, demand.ID); err != nil || now.Meeting != "" || !due() {
				t.Errorf("called %t: met by %q, due %t, %v", call, now.Meeting, due(), err)
			}
		}
	})
}
