package bodies

import (
	"testing"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// The task of a decision belongs to an account, or to somebody known by their e-mail;
// who has it says that it is done, and takes that back. Others do not.
func TestDesk_Finish(t *testing.T) {
	each(t, func(t *testing.T, r *room) {
		b := must(r.AddBody(r.ctx, clerk, Body{Kind: Board, Name: "Upravni odbor", Prefix: "UO", Rule: Law(Board)}))(t)
		ana := auth.Actor{User: "u7", Name: "Ana Dren", Email: "ana@pesto.example", Roles: auth.Member}
		vid := auth.Actor{User: "u8", Name: "Vid Arh", Email: "vid@arh.example", Roles: auth.Member}
		add := func(number string, task Task) Decision {
			return must(r.AddDecision(r.ctx, clerk, Decision{Body: b.ID, Number: number, Title: "Najem", Text: "Najamemo.", On: civil.On(2026, 5, 5), Force: InForce, Open: ToBody, Task: task}))(t)
		}
		hers := add("UO-1/2026-1", Task{OwnerIs: "Ana Dren", Email: " ANA@pesto.example", Due: today.AddDays(-1)})
		ours := add("UO-1/2026-2", Task{Owner: clerk.User, OwnerIs: clerk.Name, Due: today})
		add("UO-1/2026-3", Task{OwnerIs: "Zunanji izvajalec"})
		if due := r.dues["bodies/"+string(ours.ID)+"/task"]; due.Owner != clerk.User || due.Link != "/decisions/"+string(ours.ID)+"/task" {
			t.Errorf("on the list of today it is %+v", due)
		}
		for _, tt := range []struct {
			by   auth.Actor
			q    DecisionQuery
			want int
		}{
			{clerk, DecisionQuery{Task: Waiting}, 3}, {clerk, DecisionQuery{Task: Overdue, Today: today}, 1}, {clerk, DecisionQuery{Task: Mine}, 1},
			{ana, DecisionQuery{Task: Mine}, 1}, {ana, DecisionQuery{}, 1}, {vid, DecisionQuery{}, 0}, {auth.Actor{}, DecisionQuery{Task: Mine}, 0},
		} {
			if got := must(r.Decisions(r.ctx, tt.by, tt.q))(t); len(got) != tt.want {
				t.Errorf("%s asks for %+v: %d, want %d", tt.by.Name, tt.q, len(got), tt.want)
			}
		}
		if mine := must(r.MyTasks(r.ctx, ana))(t); len(mine) != 1 || mine[0].ID != hers.ID {
			t.Errorf("hers are %+v", mine)
		}
		for _, by := range []auth.Actor{vid, {}} {
			if _, err := r.Finish(r.ctx, by, hers.ID, today); !fault.Is(err, fault.Denied) {
				t.Errorf("%s says that hers is done: %v", by.Name, err)
			}
		}
		if d := must(r.Finish(r.ctx, ana, hers.ID, today))(t); d.Force != Done || d.Task.Done != today || len(must(r.MyTasks(r.ctx, ana))(t)) != 0 || len(r.dues) != 1 {
			t.Errorf("done it is %+v", d)
		}
		if d := must(r.Finish(r.ctx, clerk, hers.ID, civil.Date{}))(t); d.Force != InForce || len(r.dues) != 2 {
			t.Errorf("opened again it is %+v", d)
		}
		hers = must(r.Decision(r.ctx, clerk, hers.ID))(t)
		hers.Force, hers.By = Repealed, "UO-2/2026-1"
		must(r.SaveDecision(r.ctx, clerk, hers))(t)
		if _, err := r.Finish(r.ctx, ana, hers.ID, today); key(err) != "bodies.task.none" {
			t.Errorf("what is repealed is done: %v", err)
		}
	})
}
