package bodiesweb

import (
	"net/http"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/bodies"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
)

// An owner is somebody who may be given the task of a decision.
type owner struct {
	key, name, as string
	user          auth.UserID
	email         string
}

type owners []owner

// owners are the accounts of the house, and those who sit in the body; in any body
// if it is none.
func (s *Site) owners(r *http.Request, f page.Frame, body bodies.BodyID) (owners, error) {
	var list owners
	known := map[string]bool{}
	if s.People != nil {
		people, err := s.People(r.Context())
		if err != nil {
			return nil, err
		}
		for _, p := range people {
			email := strings.ToLower(p.Email)
			list, known[email] = append(list, owner{key: "u:" + string(p.User), name: p.Name, user: p.User, email: email}), true
		}
	}
	seats, err := s.Bodies.Seats(r.Context(), f.Actor, body, f.Today)
	for _, seat := range seats {
		if seat.Email == "" || !known[seat.Email] {
			known[seat.Email] = seat.Email != ""
			list = append(list, owner{key: "s:" + string(seat.ID), name: seat.Name, as: word(f, "office", seat.Office), email: seat.Email})
		}
	}
	return list, err
}

func (list owners) options(f page.Frame) []page.Option {
	out := []page.Option{{Label: f.T("bodies.task.nobody")}}
	for _, o := range list {
		label := o.name
		if o.as != "" {
			label += " (" + o.as + ")"
		}
		out = append(out, page.Option{Value: o.key, Label: label})
	}
	return out
}

// of is the choice that a task stands for, or the name that was typed.
func (list owners) of(t bodies.Task) (key, typed string) {
	for _, o := range list {
		if t.Owner != "" && o.user == t.Owner || t.Owner == "" && t.Email != "" && o.email == t.Email || t.Owner == "" && t.Email == "" && o.email == "" && t.OwnerIs == o.name {
			return o.key, ""
		}
	}
	return "", t.OwnerIs
}

// give gives the task to who was chosen, or else to the name that was typed. Whose
// name stays as it was typed stays who they were.
func (list owners) give(t bodies.Task, key, typed string) bodies.Task {
	if typed == t.OwnerIs && key == "" {
		return t
	}
	t.Owner, t.Email, t.OwnerIs = "", "", typed
	for _, o := range list {
		if o.key == key {
			t.Owner, t.Email, t.OwnerIs = o.user, o.email, o.name
		}
	}
	return t
}

// ownerFields are who is to do it: somebody of the house, or a name.
func ownerFields(f page.Frame, people []page.Option, who, typed string) []page.Field {
	return []page.Field{
		{Name: "who", Label: f.T("bodies.task.owner"), Type: "select", Value: who, Options: people, W: "m"},
		{Name: "owner", Label: f.T("bodies.task.other"), Hint: f.T("bodies.task.other.hint"), Value: typed, W: "m"},
	}
}

// A taskPart is the task of a decision, with the button that says it is done.
type taskPart struct {
	Title, Link, Note, Meta, Done, Action, Back string
	When, Day                                   string
	Late                                        bool
}

func taskOf(f page.Frame, d bodies.Decision) taskPart {
	t := taskPart{Title: d.Title, Link: decisionLink(d.ID), Note: d.Task.Note, Meta: d.Number + " · " + dash(d.Task.OwnerIs), Action: decisionLink(d.ID, "/task"), When: "–"}
	if due := d.Task.Due; !due.IsZero() {
		t.When, t.Day, t.Late = f.Away(due, f.Today), f.Date(due), due.Before(f.Today)
		t.Meta += " · " + f.T("bodies.task.until", "day", f.Date(due))
	}
	if !d.Task.Done.IsZero() {
		t.Done = f.T("bodies.task.was.done", "day", f.Date(d.Task.Done))
	}
	return t
}

// taskPart is the task for the page of its decision, for who may say that it is
// done; none for others.
func (s *Site) taskPart(r *http.Request, f page.Frame, d bodies.Decision) (*taskPart, error) {
	if d.Task.IsZero() || d.Force == bodies.Repealed {
		return nil, nil
	}
	p, err := s.Bodies.Who(r.Context(), f.Actor)
	if err != nil || !p.Office && !d.Task.Is(p) {
		return nil, err
	}
	t := taskOf(f, d)
	return &t, nil
}

type taskView struct {
	page.Frame
	Crumbs           []page.Crumb
	Kicker, Decision string
	Task             taskPart
}

// task says that the task of a decision is done, or not after all. The lists of
// today lead here: GET asks, POST does.
func (s *Site) task(w http.ResponseWriter, r *http.Request) error {
	f := s.site.Frame(r, section, "")
	d, err := s.Bodies.Decision(r.Context(), f.Actor, bodies.DecisionID(r.PathValue("id")))
	if err != nil {
		return err
	}
	back := "/my"
	if f.Actor.Roles&auth.Insider != 0 {
		back = "/today"
	}
	if r.Method == http.MethodPost {
		done, said := civil.Date{}, "said.bodies.task.reopen"
		if r.FormValue("done") != "" {
			done, said = f.Today, "said.bodies.task.done"
		}
		_, err := s.Bodies.Finish(r.Context(), f.Actor, d.ID, done)
		if err == nil {
			to := decisionLink(d.ID, "/task") // where it can be undone
			switch r.FormValue("from") {
			case "my":
				to = "/my"
			case "decision":
				to = decisionLink(d.ID)
			}
			return page.Go(w, r, to, said)
		}
		if !f.Blame(err) {
			return err
		}
	}
	f.Title, f.Size = d.Title, "read"
	part, err := s.taskPart(r, f, d)
	if err != nil {
		return err
	}
	if part == nil {
		return page.Go(w, r, decisionLink(d.ID), "")
	}
	part.Back = back
	v := taskView{Frame: f, Kicker: d.Number, Decision: decisionLink(d.ID), Task: *part, Crumbs: []page.Crumb{{Label: f.T("members.view.decisions"), Link: "/decisions"}, {Label: d.Number, Link: decisionLink(d.ID)}, {Label: f.T("bodies.decision.task")}}}
	return page.RenderStatus(w, r, v.Again(), taskPage(v))
}
