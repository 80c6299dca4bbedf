package admission

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// A File is an application with all that was decided on it.
type File struct {
	Application
	Decisions []Decision // in the order in which they were written down
	Appeal    Appeal     // the zero Appeal is none
	Alike     []members.Member
	Files     []Attachment // in the order in which they came

	settledDay civil.Date
}

// file reads what belongs to the application.
func (d *Desk) file(ctx context.Context, tx *store.Tx, a Application) (f File, err error) {
	f.Application, f.settledDay = a, civil.Of(a.Settled, d.house.Zone)
	if f.Decisions, err = listDecisions(ctx, tx, a.ID); err != nil {
		return f, err
	}
	if f.Files, err = attachmentsOf(ctx, tx, a.ID); err != nil {
		return f, err
	}
	f.Appeal, err = getAppeal(ctx, tx, a.ID)
	return f, err
}

// Application reads one application; while it is open, also the members who may be
// the same: by name, or by e-mail.
func (d *Desk) Application(ctx context.Context, by auth.Actor, id ID) (File, error) {
	if err := by.Must(See); err != nil {
		return File{}, err
	}
	f, err := store.Read(ctx, d.db, func(tx *store.Tx) (File, error) {
		a, err := getApplication(ctx, tx, id)
		if err != nil {
			return File{}, err
		}
		return d.file(ctx, tx, a)
	})
	if err != nil || !f.State.Open() {
		return f, err
	}
	f.Alike, err = d.alike(ctx, f.Application)
	return f, err
}

// alike looks into the register in the house's name: the board may know who is in it.
func (d *Desk) alike(ctx context.Context, a Application) ([]members.Member, error) {
	var list []members.Member
	seen := map[members.ID]bool{}
	for _, text := range []string{a.Name, a.Email} {
		for _, standing := range []members.Standing{"", members.Left, members.Expelled, members.Rejected} {
			found, err := d.Members.List(ctx, auth.House, members.Query{Filter: members.Filter{Text: text, Standing: standing}, Limit: 20})
			if err != nil {
				return nil, err
			}
			for _, m := range found {
				if same := strings.EqualFold(m.Name, a.Name) || m.Email == a.Email; same && !seen[m.ID] {
					seen[m.ID] = true
					list = append(list, m)
				}
			}
		}
	}
	return list, nil
}

// List reads a page of the applications, newest first.
func (d *Desk) List(ctx context.Context, by auth.Actor, q Query) ([]Application, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Application, error) { return listApplications(ctx, tx, q) })
}

// Counts are how many applications wait where.
func (d *Desk) Counts(ctx context.Context, by auth.Actor) (map[State]int, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (map[State]int, error) { return countStates(ctx, tx) })
}

// Years are what became of the applications, the last year first.
func (d *Desk) Years(ctx context.Context, by auth.Actor) ([]Year, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) ([]Year, error) { return listYears(ctx, tx) })
}

// TypeIn takes in an application that came on paper: it is confirmed by its
// signature.
func (d *Desk) TypeIn(ctx context.Context, by auth.Actor, a Application) (Application, error) {
	if err := by.Must(Work); err != nil {
		return a, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Application, error) {
		a := a
		a.ID, a.Made, a.Paper, a.Member, a.Revision = ID(tx.ID()), tx.Now, true, "", 0
		if err := a.Tidy().checkNumbers(); err != nil {
			return a, err
		}
		a, err := d.settle(ctx, tx, a)
		if err != nil {
			return a, err
		}
		if a, err = d.write(ctx, tx, a); err != nil {
			return a, err
		}
		return a, audit.Note(ctx, tx, by, "admission.type_in", Subject(a.ID), "number", a.Number())
	})
}

// Complete writes what the office adds and corrects: all but the state and what the
// applicant agreed to. It is a Conflict if somebody has changed it since Revision.
func (d *Desk) Complete(ctx context.Context, by auth.Actor, a Application) (Application, error) {
	return d.change(ctx, by, a.ID, "admission.complete", Work, func(_ *store.Tx, old Application) (Application, error) {
		switch {
		case !old.State.Open():
			return old, fault.New(fault.Conflict, "admission.decided")
		case old.Revision != a.Revision:
			return old, fault.New(fault.Conflict, "admission.changed_meanwhile")
		}
		next := a
		next.State, next.Year, next.Seq, next.Kind, next.Statute, next.Consents = old.State, old.Year, old.Seq, old.Kind, old.Statute, old.Consents
		next.Paper, next.Meeting, next.Wanted, next.Replied, next.Member = old.Paper, old.Meeting, old.Wanted, old.Replied, old.Member
		next.Made, next.Settled = old.Made, old.Settled
		return next, next.Tidy().checkNumbers()
	})
}

// PutBefore puts the application before the board, at the meeting of the day.
func (d *Desk) PutBefore(ctx context.Context, by auth.Actor, id ID, meeting civil.Date) (Application, error) {
	return d.change(ctx, by, id, "admission.put_before", Work, func(_ *store.Tx, a Application) (Application, error) {
		if a.State != Confirmed && a.State != Asked && a.State != Waiting {
			return a, fault.New(fault.Conflict, "admission.decided")
		}
		if meeting.IsZero() {
			return a, fault.In("meeting", "admission.day.empty")
		}
		a.State, a.Meeting = Waiting, meeting
		return a, nil
	})
}

// TakeBack writes down that the applicant has withdrawn, by word or by letter.
func (d *Desk) TakeBack(ctx context.Context, by auth.Actor, id ID) (Application, error) {
	return d.change(ctx, by, id, "admission.take_back", Work, func(tx *store.Tx, a Application) (Application, error) {
		if !a.State.Open() {
			return a, fault.New(fault.Conflict, "admission.decided")
		}
		return d.withdraw(ctx, tx, a)
	})
}

// Appeals are the appeals that the assembly has yet to decide.
func (d *Desk) Appeals(ctx context.Context, by auth.Actor) (map[ID]Appeal, error) {
	if err := by.Must(See); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (map[ID]Appeal, error) { return openAppeals(ctx, tx) })
}

// change is one change by the house: right, step, row, line.
func (d *Desk) change(ctx context.Context, by auth.Actor, id ID, deed string, right auth.Right, step func(*store.Tx, Application) (Application, error)) (Application, error) {
	if err := by.Must(right); err != nil {
		return Application{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Application, error) {
		a, err := getApplication(ctx, tx, id)
		if err != nil {
			return a, err
		}
		if a, err = step(tx, a); err != nil {
			return a, err
		}
		if a, err = d.write(ctx, tx, a); err != nil {
			return a, err
		}
		return a, audit.Note(ctx, tx, by, deed, Subject(id), "number", a.Number(), "state", string(a.State))
	})
}

// Decide writes down what the board decided, or the assembly on an appeal, and
// tells the applicant by mail. Accepting makes the member in the same transaction:
// a new one, or the one of the register that as names, who has applied there.
func (d *Desk) Decide(ctx context.Context, by auth.Actor, id ID, o Decision, as members.ID) (Application, error) {
	o.Number, o.Reasons, o.By = line(o.Number), strings.TrimSpace(o.Reasons), by.Name
	return d.change(ctx, by, id, "admission.decide", See, func(tx *store.Tx, a Application) (Application, error) {
		if err := o.Check(d.today(tx)); err != nil {
			return a, err
		}
		next, err := a.step(o)
		if err != nil {
			return a, err
		}
		o := o
		switch a.State = next; {
		case next == Accepted:
			if o.From.IsZero() {
				o.From = o.On
			}
			if a.Member, err = d.admit(ctx, tx, by, a, o, as); err != nil {
				return a, err
			}
		case next == Asked:
			a.Wanted, a.Replied = o.Reasons, ""
		}
		o.Told, err = d.tell(ctx, tx, a, o)
		if err != nil {
			return a, err
		}
		return a, addDecision(ctx, tx, a.ID, o)
	})
}

// admit makes the member, by the number of the decision, with all that the applicant
// gave: numbers, and the files that prove them.
func (d *Desk) admit(ctx context.Context, tx *store.Tx, by auth.Actor, a Application, o Decision, as members.ID) (id members.ID, err error) {
	applied := civil.Of(a.Settled, d.house.Zone)
	if o.From.Before(applied) {
		applied = o.From
	}
	if id = as; as == "" {
		id, err = d.enter(ctx, tx, by, a, applied)
	} else {
		err = d.again(ctx, tx, by, a, as, applied)
	}
	if err != nil {
		return "", err
	}
	if err := d.appoint(ctx, tx, by, a, id, o.From); err != nil {
		return "", err
	}
	if err := d.register(ctx, tx, by, a, id); err != nil {
		return "", err
	}
	if _, err := d.Members.TakeIn(ctx, tx, by, id, members.Step{Do: members.Admit, Day: o.From, Decision: o.Number}); err != nil {
		return "", err
	}
	if d.Joined == nil {
		return id, nil
	}
	return id, d.Joined(ctx, tx, by, id, a.Consents)
}

// enter writes the applicant into the register.
func (d *Desk) enter(ctx context.Context, tx *store.Tx, by auth.Actor, a Application, applied civil.Date) (members.ID, error) {
	m := a.member(applied)
	// Families share mail, the register does not: the first of them keeps it there.
	taken, err := d.Members.HasEmail(ctx, tx, m.Email)
	if err != nil {
		return "", err
	}
	if taken {
		m.Email = ""
	}
	m, err = d.Members.AddIn(ctx, tx, by, m)
	return m.ID, err
}

// appoint has the person whom an organisation names act for it, unless they do already.
func (d *Desk) appoint(ctx context.Context, tx *store.Tx, by auth.Actor, a Application, id members.ID, from civil.Date) error {
	if a.Kind != members.Organisation {
		return nil
	}
	agent := members.Agent{Member: id, Name: a.Agent, Email: cmp.Or(a.AgentTo, a.Email), Lang: a.Lang, Since: from, Answers: true}
	list, err := d.Members.AgentsIn(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, old := range list {
		if old.Until.IsZero() && old.Email == agent.Email {
			return nil
		}
	}
	_, err = d.Members.AddAgentIn(ctx, tx, by, agent)
	return err
}

// register writes the numbers that the applicant gave, with what proves them; over
// those that the register has already.
func (d *Desk) register(ctx context.Context, tx *store.Tx, by auth.Actor, a Application, id members.ID) error {
	f, err := d.file(ctx, tx, a)
	if err != nil {
		return err
	}
	has, err := d.Members.RegistrationsIn(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, r := range f.registrations() {
		r.Member = id
		for _, old := range has[id] {
			if old.In == r.In && old.Number == r.Number {
				r.ID, r.Since = old.ID, old.Since
				if r.Proof == "" {
					r.Proof, r.ProofDay, r.Note = old.Proof, old.ProofDay, old.Note
				}
			}
		}
		_, err := d.Members.PutRegistrationIn(ctx, tx, by, r)
		if f := fault.Of(err); f != nil && f.Key == "members.registration.taken" {
			return fault.New(fault.Conflict, "admission.number.taken", append(f.Args, "number", r.Number)...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// again has an entry of the register who had left or was refused apply once more; what
// they say of themself now goes over what stands there.
func (d *Desk) again(ctx context.Context, tx *store.Tx, by auth.Actor, a Application, id members.ID, on civil.Date) error {
	m, err := d.Members.MemberIn(ctx, tx, id)
	if err != nil {
		return err
	}
	now := a.over(m)
	if now.Email != m.Email {
		taken, err := d.Members.HasEmail(ctx, tx, now.Email)
		if err != nil {
			return err
		}
		if taken {
			now.Email = m.Email
		}
	}
	if _, err := d.Members.SaveIn(ctx, tx, by, now); err != nil {
		return err
	}
	e, err := d.Members.StandingOnIn(ctx, tx, id, d.today(tx))
	if err != nil || e.Standing == members.Applied {
		return err
	}
	_, err = d.Members.TakeIn(ctx, tx, by, id, members.Step{Do: members.Apply, Day: on})
	return err
}

// tell writes to the applicant what was decided, with a new link where something is
// asked of them.
func (d *Desk) tell(ctx context.Context, tx *store.Tx, a Application, o Decision) (bool, error) {
	rule, _, _, err := getRule(ctx, tx)
	if err != nil {
		return false, err
	}
	token := newToken()
	if err := addKey(ctx, tx, hashOf(token), a.ID); err != nil {
		return false, err
	}
	_, err = d.Mail.Post(ctx, tx, d.decisionLetter(a, o, d.usual(rule), token))
	if fault.Is(err, fault.Invalid) {
		return false, nil
	}
	return err == nil, err
}

// Appeal writes down an appeal against a refusal. Told is the day on which the
// refusal reached the applicant; the term runs from it.
func (d *Desk) Appeal(ctx context.Context, by auth.Actor, id ID, told civil.Date, p Appeal) (Application, error) {
	p.Reasons = strings.TrimSpace(p.Reasons)
	return d.change(ctx, by, id, "admission.appeal", Work, func(tx *store.Tx, a Application) (Application, error) {
		if a.State != Rejected {
			return a, fault.New(fault.Conflict, "admission.appeal.not_rejected")
		}
		var wrong fault.Fields
		if told.IsZero() {
			wrong.Add("told", "admission.day.empty")
		}
		if p.Received.IsZero() {
			wrong.Add("received", "admission.day.empty")
		} else if p.Received.After(d.today(tx)) {
			wrong.Add("received", "admission.day.ahead")
		}
		if len(p.Reasons) > longestText {
			wrong.Add("reasons", "admission.too_long", "most", longestText)
		}
		if err := wrong.Err(); err != nil {
			return a, err
		}
		rule, _, _, err := getRule(ctx, tx)
		if err != nil {
			return a, err
		}
		p := p
		if p.Due = (civil.Date{}); rule.Appeal > 0 {
			p.Due = told.AddDays(rule.Appeal)
		}
		a.State = Appealed
		return a, putAppeal(ctx, tx, id, p)
	})
}

// SetRule writes the rule of admission.
func (d *Desk) SetRule(ctx context.Context, by auth.Actor, r Rule) error {
	if err := by.Must(Work); err != nil {
		return err
	}
	r.Board, r.Paper = line(r.Board), strings.TrimSpace(r.Paper)
	if err := r.Check(); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		if err := putRule(ctx, tx, r); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, "admission.rule", "admission")
	})
}

// OldIn lists applications before the instant that made no member and still have a
// name: the first hundred, and how many there are.
func (d *Desk) OldIn(ctx context.Context, tx *store.Tx, before time.Time) ([]Application, int, error) {
	return oldApplications(ctx, tx, before)
}

// BlankOld takes what is personal out of those applications; how many there were, and
// what was decided, stays.
func (d *Desk) BlankOld(ctx context.Context, by auth.Actor, before time.Time) (n int, err error) {
	if err := by.Must(Work); err != nil {
		return 0, err
	}
	err = d.db.Write(ctx, func(tx *store.Tx) error {
		for n = 0; ; {
			list, _, err := oldApplications(ctx, tx, before)
			if err != nil || len(list) == 0 {
				return err
			}
			for _, a := range list {
				if err := d.blank(ctx, tx, a.ID); err != nil {
					return err
				}
			}
			n += len(list)
		}
	})
	return n, err
}

// blank takes what is personal out of an application, and its files.
func (d *Desk) blank(ctx context.Context, tx *store.Tx, id ID) error {
	if err := blank(ctx, tx, id); err != nil {
		return err
	}
	if err := d.Pending.Drop(ctx, tx, Subject(id)); err != nil {
		return err
	}
	gone, err := dropAttachments(ctx, tx, `application = $1`, id)
	if err != nil {
		return err
	}
	return d.forget(ctx, tx, gone)
}

// Holder is what this room keeps about members.
func (d *Desk) Holder() members.Holder {
	return members.Holder{
		Name: "applications",
		Holds: func(ctx context.Context, tx *store.Tx, id members.ID) (bool, error) {
			return some(ofMember(ctx, tx, id))
		},
		Tell:  d.told,
		Files: d.filesOf,
		Merge: func(ctx context.Context, tx *store.Tx, from, to members.ID) error {
			return d.each(ctx, tx, from, func(a Application) error {
				a.Member = to
				return d.put(ctx, tx, a)
			})
		},
		Erase: func(ctx context.Context, tx *store.Tx, id members.ID) error {
			return d.each(ctx, tx, id, func(a Application) error { return d.blank(ctx, tx, a.ID) })
		},
	}
}

// filesOf are the files that came with the applications of the member.
func (d *Desk) filesOf(ctx context.Context, tx *store.Tx, id members.ID) (all []members.HeldFile, err error) {
	err = d.each(ctx, tx, id, func(a Application) error {
		list, err := attachmentsOf(ctx, tx, a.ID)
		for _, f := range list {
			all = append(all, members.HeldFile{Name: f.Name, Hash: f.Hash})
		}
		return err
	})
	return all, err
}

func some(list []Application, err error) (bool, error) { return len(list) > 0, err }

// told is all that is kept about the member here.
func (d *Desk) told(ctx context.Context, tx *store.Tx, id members.ID) (any, error) {
	var all []File
	err := d.each(ctx, tx, id, func(a Application) error {
		f, err := d.file(ctx, tx, a)
		all = append(all, f)
		return err
	})
	if len(all) == 0 {
		return nil, err
	}
	return all, err
}

func (d *Desk) each(ctx context.Context, tx *store.Tx, id members.ID, f func(Application) error) error {
	list, err := ofMember(ctx, tx, id)
	if err != nil {
		return err
	}
	for _, a := range list {
		if err := f(a); err != nil {
			return err
		}
	}
	return nil
}
