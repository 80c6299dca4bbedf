package ballots

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// mostProposed is how many candidates one member may propose in an election.
const mostProposed = 5

// proposing reports whether members propose candidates now.
func (v Vote) proposing(now time.Time) bool {
	return v.Kind == Election && v.State == Prepared && now.Before(v.Proposals)
}

// A Stand is how a member comes to the candidates of an election before it opens: by a
// personal link, or signed in.
type Stand struct {
	Token string
	By    auth.Actor
	Vote  ID
}

// A Slate is what a member sees of the candidates of an election before it opens.
type Slate struct {
	Vote       Vote
	Candidates []Candidate // who stand so far; of those who do not only the reader themself
	Reader     string      // the name of who reads it
	Own        string      // the ID of the candidate who the reader is
	Asked      bool        // the link is that of a candidate, and not of somebody who proposes
	Proposing  bool        // candidates are proposed
	email      string
}

// Slate reads the candidates. It changes nothing.
func (d *Desk) Slate(ctx context.Context, w Stand) (Slate, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (Slate, error) { return d.slateFor(ctx, tx, w) })
}

func (d *Desk) slateFor(ctx context.Context, tx *store.Tx, w Stand) (s Slate, err error) {
	id := w.Vote
	if w.Token != "" {
		c, err := byLink(ctx, tx, w.Token)
		switch {
		case err == nil:
			id, s.Reader, s.Own, s.email, s.Asked = c.Vote, c.Name, c.ID, c.Email, true
		case fault.Is(err, fault.Missing):
			who, err := byCall(ctx, tx, w.Token)
			if err != nil {
				return s, err
			}
			id, s.Reader, s.email = who.vote, who.name, who.email
		default:
			return s, err
		}
		if s.Vote, err = getVote(ctx, tx, id); err != nil {
			return s, err
		}
	} else {
		if s.Vote, err = d.visible(ctx, tx, w.By, id); err != nil {
			return s, err
		}
		s.Reader, s.email = w.By.Name, strings.ToLower(line(w.By.Email))
	}
	if s.Vote.Kind != Election || s.Vote.Proposals.IsZero() {
		return s, missing()
	}
	list, err := candidatesOf(ctx, tx, id)
	for _, c := range list {
		if c.Email != "" && c.Email == s.email {
			s.Own = c.ID
		}
		if c.Stands() || c.ID == s.Own {
			s.Candidates = append(s.Candidates, c)
		}
	}
	s.Vote, s.Proposing = s.Vote.shown(), s.Vote.proposing(tx.Now)
	return s, err
}

// own is the candidate who the reader is.
func (s Slate) own() (Candidate, error) {
	for _, c := range s.Candidates {
		if s.Own != "" && c.ID == s.Own {
			return c, nil
		}
	}
	return Candidate{}, missing()
}

// by is whom the book names: who has an account, and else the house.
func (w Stand) by() auth.Actor {
	if w.Token != "" {
		return auth.House
	}
	return w.By
}

// A Proposal is a candidate whom a member proposes: themself, or somebody who is then asked.
type Proposal struct {
	Myself    bool
	Name      string
	Email     string
	Statement string
}

// Propose puts forward a candidate while that is open. Whoever proposes somebody else gives
// an address at which that person is asked; nobody stands who has not consented. The office
// says whether they may.
func (d *Desk) Propose(ctx context.Context, w Stand, p Proposal) (Candidate, error) {
	before, err := d.Slate(ctx, w)
	if err != nil {
		return Candidate{}, err
	}
	if p.Myself {
		p.Name = cmp.Or(line(p.Name), before.Reader)
	}
	member, err := d.personOf(ctx, line(p.Name))
	if err != nil {
		return Candidate{}, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (Candidate, error) {
		s, err := d.slateFor(ctx, tx, w)
		if err != nil {
			return Candidate{}, err
		}
		if !s.Proposing || s.Asked {
			return Candidate{}, fault.New(fault.Conflict, "ballots.proposals.over")
		}
		c := Candidate{Vote: s.Vote.ID, Member: member, Name: p.Name, Statement: p.Statement, Email: strings.ToLower(line(p.Email)), Proposer: s.Reader, Ruling: Waits}
		if p.Myself {
			c.Email, c.Consent = s.email, d.consented(tx)
		}
		c = c.Tidy()
		if err := d.mayPropose(ctx, tx, s, c); err != nil {
			return c, err
		}
		c.ID = tx.ID()
		if c.Consent == "" {
			if err := d.ask(ctx, tx, s.Vote, &c); err != nil {
				return c, err
			}
		}
		if err := putCandidate(ctx, tx, c); err != nil {
			return c, err
		}
		return c, audit.Note(ctx, tx, w.by(), "ballots.propose", Subject(c.Vote), "candidate", c.ID)
	})
}

// mayPropose returns a fault if the reader cannot propose the candidate, and gives none twice.
func (d *Desk) mayPropose(ctx context.Context, tx *store.Tx, s Slate, c Candidate) error {
	if err := c.Check(); err != nil {
		return err
	}
	list, err := candidatesOf(ctx, tx, s.Vote.ID)
	if err != nil {
		return err
	}
	n := 0
	for _, o := range list {
		if o.Proposer == s.Reader {
			n++
		}
		if o.Name == c.Name || c.Email != "" && o.Email == c.Email {
			return fault.In("name", "ballots.candidate.twice")
		}
	}
	switch {
	case c.Email == "":
		return fault.In("email", "ballots.stand.email")
	case n >= mostProposed:
		return fault.In("name", "ballots.stand.many", "most", mostProposed)
	case len(list) >= mostRivals:
		return fault.In("name", "ballots.candidate.many", "most", mostRivals)
	}
	return nil
}

// consented is how the consent is written of who gives it here.
func (d *Desk) consented(tx *store.Tx) string {
	p := d.house.In(d.house.Lang)
	return p.T("ballots.consent.here", "day", p.Date(d.today(tx)))
}

// personOf is the one person of the register who is called so, if there is one.
func (d *Desk) personOf(ctx context.Context, name string) (members.ID, error) {
	if name == "" {
		return "", nil
	}
	m, ok, err := d.memberOf(ctx, name)
	if err != nil || !ok || m.Kind != members.Person {
		return "", err
	}
	return m.ID, nil
}

// ask sends a candidate the link by which they consent or decline.
func (d *Desk) ask(ctx context.Context, tx *store.Tx, v Vote, c *Candidate) error {
	token := code(tokenLetters)
	c.link = hashOf(token)
	_, err := d.Mail.Post(ctx, tx, d.standLetter(v, "asked", c.Name, c.Email, "name", spoken(c.Name), "by", c.Proposer, "link", d.house.URL+"/stand/"+token))
	if fault.Is(err, fault.Invalid) {
		return fault.In("email", "mail.to.invalid")
	}
	return err
}

// standLetter writes a letter about standing, in the language of the association.
func (d *Desk) standLetter(v Vote, kind, name, email string, args ...any) mail.Letter {
	p := d.house.In(d.house.Lang)
	args = append(args, "house", d.house.Name, "title", v.Title, "until", p.Moment(v.Proposals.In(d.house.Zone)))
	text := p.T("ballots.stand.letter."+kind, args...) + "\n\n" + d.house.Name + "\n"
	return mail.Letter{To: email, ToName: spoken(name), Lang: p.Lang, Kind: mail.Ballot, About: Subject(v.ID), Subject: p.T("ballots.stand.letter."+kind+".subject", args...), Text: text}
}

// Answer is what a candidate says: that they stand, with a statement, or that they do not. They may
// change what they said until proposals close; consent they may give until the vote opens.
func (d *Desk) Answer(ctx context.Context, w Stand, stands bool, statement string) error {
	if utf8.RuneCountInString(statement) > 5_000 {
		return fault.In("statement", "ballots.too_long", "most", 5_000)
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		s, err := d.slateFor(ctx, tx, w)
		if err != nil {
			return err
		}
		c, err := s.own()
		if err != nil {
			return err
		}
		switch {
		case s.Vote.State != Prepared:
			return fault.New(fault.Conflict, "ballots.in."+string(s.Vote.State))
		case !s.Proposing && (c.Consent != "" || c.Gone):
			return fault.New(fault.Conflict, "ballots.stand.late")
		}
		deed := "ballots.consent"
		if c.Gone = !stands; stands {
			c.Statement, c.Consent = strings.TrimSpace(statement), cmp.Or(c.Consent, d.consented(tx))
		} else {
			deed, c.Consent, c.Statement = "ballots.decline", "", ""
		}
		if err := putCandidate(ctx, tx, c); err != nil {
			return err
		}
		return audit.Note(ctx, tx, w.by(), deed, Subject(s.Vote.ID), "candidate", c.ID)
	})
}

// Rule says whether a candidate whom members proposed may stand; if not, for what reason. The
// candidate is told.
func (d *Desk) Rule(ctx context.Context, by auth.Actor, id ID, candidate string, r Ruling, reason string) error {
	_, err := d.alter(ctx, by, id, "ballots.rule", Prepared, func(tx *store.Tx, v *Vote) error {
		list, err := candidatesOf(ctx, tx, id)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(c Candidate) bool { return c.ID == candidate && c.Ruling != "" })
		switch {
		case i < 0:
			return missing()
		case r != Eligible && r != Barred:
			return fault.In("ruling", "ballots.ruling.empty")
		case r == Barred && line(reason) == "":
			return fault.In("reason", "ballots.ruling.reason")
		case utf8.RuneCountInString(reason) > longestTitle:
			return fault.In("reason", "ballots.too_long", "most", longestTitle)
		}
		c := list[i]
		c.Ruling, c.Reason = r, line(reason)
		if err := putCandidate(ctx, tx, c); err != nil || c.Email == "" {
			return err
		}
		_, err = d.Mail.Post(ctx, tx, d.standLetter(*v, string(r), c.Name, c.Email, "name", spoken(c.Name), "reason", c.Reason))
		if fault.Is(err, fault.Invalid) {
			return nil
		}
		return err
	}, "candidate", candidate, "ruling", string(r))
	return err
}

// Electable says of each candidate whether they would be electors themselves if the vote opened
// now: what the office looks at before it says that they may stand.
func (d *Desk) Electable(ctx context.Context, by auth.Actor, id ID) (map[string]bool, error) {
	if err := by.Must(Run); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (map[string]bool, error) {
		v, err := getVote(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		electors, err := d.gather(ctx, tx, v)
		if err != nil && fault.Of(err) == nil {
			return nil, err
		}
		list, err := candidatesOf(ctx, tx, id)
		is := map[string]bool{}
		for _, c := range list {
			is[c.ID] = slices.ContainsFunc(electors, func(e Elector) bool {
				return c.Member != "" && e.Member == c.Member || c.Email != "" && e.Email == c.Email
			})
		}
		return is, err
	})
}

// Call has all who would be electors called upon to propose candidates, each by a personal link.
func (d *Desk) Call(ctx context.Context, by auth.Actor, id ID) (jobs.ID, error) {
	var job jobs.ID
	_, err := d.alter(ctx, by, id, "ballots.call", Prepared, func(tx *store.Tx, v *Vote) (err error) {
		if !v.proposing(tx.Now) {
			return fault.New(fault.Conflict, "ballots.proposals.over")
		}
		job, err = d.Jobs.Add(ctx, tx, jobs.Job{Kind: callKind, Args: string(id), Unique: callKind + "/" + string(id), By: by.User, Title: callKind})
		return err
	})
	return job, err
}

// callAll writes to all who have no link yet, so that it bears being done twice.
func (d *Desk) callAll(ctx context.Context, r jobs.Run) error {
	id := ID(r.Text())
	for {
		done, of := 0, 0
		err := d.db.Write(ctx, func(tx *store.Tx) error {
			v, err := getVote(ctx, tx, id)
			if err != nil || !v.proposing(tx.Now) {
				return err
			}
			done, of, err = d.callSome(ctx, tx, v)
			return err
		})
		if err != nil || done == 0 {
			return err
		}
		r.Progress(done, of, "ballots.step.letters")
	}
}

func (d *Desk) callSome(ctx context.Context, tx *store.Tx, v Vote) (done, of int, err error) {
	electors, err := d.gather(ctx, tx, v)
	if err != nil {
		return 0, 0, err
	}
	has, err := called(ctx, tx, v.ID)
	if err != nil {
		return 0, 0, err
	}
	for _, e := range electors {
		if e.Email == "" || e.Member == "" || has[e.Member] || done >= batch {
			continue
		}
		token := code(tokenLetters)
		if err := addCaller(ctx, tx, token, caller{v.ID, e.Member, spoken(e.Person), e.Email}); err != nil {
			return 0, 0, err
		}
		_, err := d.Mail.Post(ctx, tx, d.standLetter(v, "call", e.Person, e.Email, "name", spoken(e.Person), "link", d.house.URL+"/stand/"+token))
		if err != nil && !fault.Is(err, fault.Invalid) {
			return 0, 0, err
		}
		done++
	}
	return done, len(electors), nil
}
