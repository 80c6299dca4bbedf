package ballots

import (
	"context"
	"html"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/mail"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// batch is how many letters are written in one transaction.
const batch = 100

// letters writes to all electors who have an address and no link yet, so that it
// bears being done twice.
func (d *Desk) letters(ctx context.Context, r jobs.Run) error {
	id := ID(r.Text())
	for after, done := 0, 0; ; {
		n, last, of, err := d.lettersAfter(ctx, id, after)
		if err != nil || last == 0 {
			return err
		}
		after, done = last, done+n
		r.Progress(after, of, "ballots.step.letters")
	}
}

func (d *Desk) lettersAfter(ctx context.Context, id ID, after int) (n, last, of int, err error) {
	err = d.db.Write(ctx, func(tx *store.Tx) error {
		n, last = 0, 0
		v, err := getVote(ctx, tx, id)
		if err != nil {
			return err
		}
		if of = v.Electors; v.State != Open {
			return nil // it is over: nobody is to be written to
		}
		has, err := linked(ctx, tx, id)
		if err != nil {
			return err
		}
		list, err := electorsOf(ctx, tx, id, after, batch)
		if err != nil {
			return err
		}
		for _, e := range list {
			if last = e.No; has[e.No] || e.Email == "" {
				continue
			}
			if err := d.post(ctx, tx, v, e, "invite"); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, last, of, err
}

// post makes a link for the elector and posts it. An address that no letter can be
// sent to is no failure: the office sees who was not written to.
func (d *Desk) post(ctx context.Context, tx *store.Tx, v Vote, e Elector, kind string) error {
	token := code(tokenLetters)
	_, err := d.Mail.Post(ctx, tx, d.letter(v, e, kind, token))
	if fault.Is(err, fault.Invalid) {
		return nil
	}
	if err != nil {
		return err
	}
	return addKey(ctx, tx, token, v.ID, e.No)
}

// letter writes an invitation or a reminder, or, without a token, that the links of before stop working.
func (d *Desk) letter(v Vote, e Elector, kind, token string) mail.Letter {
	p := d.house.In(e.Lang)
	args := []any{"name", spoken(e.Person), "house", d.house.Name, "title", v.Title, "elector", e.Name, "closes", p.Moment(v.Closes.In(d.house.Zone))}
	var text, page strings.Builder
	par := func(s string) {
		text.WriteString(s + "\n\n")
		page.WriteString("<p>" + strings.ReplaceAll(html.EscapeString(s), "\n", "<br>") + "</p>\n")
	}
	par(p.T("ballots.letter.hello", args...))
	par(p.T("ballots.letter."+kind, args...))
	if e.Kind == members.Organisation || e.Holder != 0 {
		par(p.T("ballots.letter.for", args...))
	}
	if token != "" {
		par(p.T("ballots.letter.closes", args...))
		link := html.EscapeString(d.house.URL + "/v/" + token)
		text.WriteString(d.house.URL + "/v/" + token + "\n\n")
		page.WriteString(`<p><a href="` + link + `">` + link + "</a></p>\n")
		secrecy := "ballots.letter.open"
		if v.Secret {
			secrecy = "ballots.letter.secret"
		}
		par(p.T(secrecy, args...))
		par(p.T("ballots.letter.link", args...))
	}
	par(d.house.Name)
	return mail.Letter{
		To: e.Email, ToName: spoken(e.Person), Lang: p.Lang, Kind: mail.Ballot, About: Subject(v.ID), Subject: p.T("ballots.letter."+kind+".subject", args...), Text: text.String(),
		HTML: `<!doctype html><html lang="` + p.Lang + `"><meta charset="utf-8"><body style="font:16px/1.5 sans-serif;max-width:38em">` + "\n" + page.String() + "</body></html>\n",
	}
}

// spoken writes the name of a person as it is said: "Benko, Taja" is Taja Benko.
func spoken(name string) string {
	family, given, ok := strings.Cut(name, ", ")
	if !ok {
		return name
	}
	return given + " " + family
}

// Preview is the letter that electors will get, with a link that leads nowhere.
func (d *Desk) Preview(v Vote, e Elector, p *i18n.Printer) mail.Letter {
	e.Lang = p.Lang
	return d.letter(v, e, "invite", "…")
}

// Remind has those reminded who have not voted. It returns the job.
func (d *Desk) Remind(ctx context.Context, by auth.Actor, id ID) (jobs.ID, error) {
	var job jobs.ID
	_, err := d.alter(ctx, by, id, "ballots.remind", Open, func(tx *store.Tx, v *Vote) (err error) {
		if v.over(tx.Now) {
			return fault.New(fault.Conflict, "ballots.over")
		}
		job, err = d.Jobs.Add(ctx, tx, jobs.Job{Kind: remindKind, Args: string(id), Unique: remindKind + "/" + string(id), By: by.User, Title: remindKind})
		return err
	})
	return job, err
}

// remind writes once more to those who have not voted. A job that is done twice
// writes twice, which harms nobody; it is tried again only from where it was.
func (d *Desk) remind(ctx context.Context, r jobs.Run) error {
	id := ID(r.Text())
	for after, more := 0, true; more; {
		err := d.db.Write(ctx, func(tx *store.Tx) error {
			v, err := getVote(ctx, tx, id)
			if err != nil {
				return err
			}
			if more = v.State == Open && !v.over(tx.Now); !more {
				return nil
			}
			m, err := getMarks(ctx, tx, v)
			if err != nil {
				return err
			}
			list, err := electorsOf(ctx, tx, id, after, batch)
			if err != nil {
				return err
			}
			for _, e := range list {
				if m.has(e.No) || e.Email == "" {
					continue
				}
				if err := d.post(ctx, tx, v, e, "remind"); err != nil {
					return err
				}
			}
			if more = len(list) > 0; more {
				after = list[len(list)-1].No
			}
			r.Progress(after, v.Electors, "ballots.step.letters")
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// elect runs a deed on an elector of an open vote who has not voted.
func (d *Desk) elect(ctx context.Context, by auth.Actor, id ID, no int, deed string, f func(*store.Tx, Vote, Elector) error) error {
	if err := by.Must(Run); err != nil {
		return err
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		v, err := getVote(ctx, tx, id)
		if err != nil {
			return err
		}
		if v.State != Open || v.over(tx.Now) {
			return fault.New(fault.Conflict, "ballots.over")
		}
		e, err := getElector(ctx, tx, id, no)
		if err != nil {
			return err
		}
		m, err := getMarks(ctx, tx, v)
		if err != nil {
			return err
		}
		if m.has(no) {
			return fault.New(fault.Conflict, "ballots.elector.voted")
		}
		if err := f(tx, v, e); err != nil {
			return err
		}
		return audit.Note(ctx, tx, by, deed, Subject(id), "no", strconv.Itoa(no))
	})
}

// Readdress sends the link of an elector to another address, because theirs was
// wrong; the person is who casts the ballot. The links they had stop working.
func (d *Desk) Readdress(ctx context.Context, by auth.Actor, id ID, no int, person, email string) error {
	return d.elect(ctx, by, id, no, "ballots.readdress", func(tx *store.Tx, v Vote, e Elector) error {
		if person = line(person); person != "" {
			e.Person = person
		}
		before := e
		if e.Email = strings.ToLower(line(email)); before.Email != e.Email {
			if err := d.warn(ctx, tx, v, before); err != nil {
				return err
			}
		}
		if err := dropKeys(ctx, tx, id, no); err != nil {
			return err
		}
		if err := setElector(ctx, tx, e); err != nil {
			return err
		}
		token := code(tokenLetters)
		if _, err := d.Mail.Post(ctx, tx, d.letter(v, e, "invite", token)); err != nil {
			if fault.Is(err, fault.Invalid) {
				return fault.In("email", "mail.to.invalid")
			}
			return err
		}
		return addKey(ctx, tx, token, id, no)
	})
}

// warn tells an elector whose links stop working that they do, so that nobody takes
// their vote without their knowing.
func (d *Desk) warn(ctx context.Context, tx *store.Tx, v Vote, e Elector) error {
	if e.Email == "" {
		return nil
	}
	_, err := d.Mail.Post(ctx, tx, d.letter(v, e, "moved", ""))
	if fault.Is(err, fault.Invalid) {
		return nil
	}
	return err
}

// A Code is what an elector types instead of a link.
type Code struct {
	Elector Elector
	Code    string // in groups
}

// Codes makes printed codes for electors who have not voted: of those with the
// numbers, or of all who have no address. The links they had stop working, and who
// has an address is told so. Nobody can read the codes again.
func (d *Desk) Codes(ctx context.Context, by auth.Actor, id ID, numbers []int) ([]Code, error) {
	if err := by.Must(Run); err != nil {
		return nil, err
	}
	return store.Write(ctx, d.db, func(tx *store.Tx) (codes []Code, err error) {
		v, err := getVote(ctx, tx, id)
		if err != nil {
			return nil, err
		}
		if v.State != Open || v.over(tx.Now) {
			return nil, fault.New(fault.Conflict, "ballots.over")
		}
		m, err := getMarks(ctx, tx, v)
		if err != nil {
			return nil, err
		}
		list, err := electorsOf(ctx, tx, id, 0, v.Electors)
		if err != nil {
			return nil, err
		}
		for _, e := range list {
			if m.has(e.No) || len(numbers) == 0 && e.Email != "" || len(numbers) > 0 && !slices.Contains(numbers, e.No) {
				continue
			}
			if err := dropKeys(ctx, tx, id, e.No); err != nil {
				return nil, err
			}
			c := code(codeLetters)
			if err := addKey(ctx, tx, ReadCode(c), id, e.No); err != nil {
				return nil, err
			}
			if err := d.warn(ctx, tx, v, e); err != nil {
				return nil, err
			}
			codes = append(codes, Code{e, strings.ToUpper(grouped(c, 4))})
		}
		if len(codes) == 0 {
			return nil, fault.New(fault.Conflict, "ballots.codes.none")
		}
		// Whose they are stands in the book: a code in the wrong hands is a vote.
		var nos []string
		for _, c := range codes[:min(len(codes), 500)] {
			nos = append(nos, strconv.Itoa(c.Elector.No))
		}
		return codes, audit.Note(ctx, tx, by, "ballots.codes", Subject(id), "n", strconv.Itoa(len(codes)), "of", strings.Join(nos, " "))
	})
}
