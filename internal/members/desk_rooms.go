package members

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// HasEmail reports whether a member of the register has the address.
func (d *Desk) HasEmail(ctx context.Context, tx *store.Tx, email string) (bool, error) {
	if email == "" {
		return false, nil
	}
	var n int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM members WHERE email = $1`, strings.ToLower(email)).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("members: has e-mail: %w", err)
	}
	return n > 0, nil
}

// BehindIn says who reads mail at the address for an active member: the person, or
// an agent in office of an organisation. The zero Answerer is nobody.
func (d *Desk) BehindIn(ctx context.Context, tx *store.Tx, email string) (a Answerer, err error) {
	email = strings.ToLower(strings.TrimSpace(email))
	if email == "" {
		return a, nil
	}
	err = tx.QueryRowContext(ctx, `
		SELECT id, kind, name, email, lang FROM (
			SELECT m.id AS id, m.kind AS kind, m.name AS name, m.email AS email, m.lang AS lang FROM members m
			WHERE m.email = $1 AND m.email <> '' AND m.kind = 'person' AND m.standing IN ('active', 'suspended')
			UNION ALL
			SELECT m.id, m.kind, a.name, a.email, a.lang FROM member_agents a JOIN members m ON m.id = a.member
			WHERE a.email = $1 AND a.until = '' AND m.standing IN ('active', 'suspended')) AS one
		ORDER BY kind DESC, id LIMIT 1`, email).Scan(&a.Member, &a.Kind, &a.PersonName, &a.Email, &a.Lang)
	if err != nil && !store.Missing(err) {
		return Answerer{}, fmt.Errorf("members: behind an address: %w", err)
	}
	return a, nil
}

// FormerIn reports whether the register knows the address from the past only.
func (d *Desk) FormerIn(ctx context.Context, tx *store.Tx, email string) (bool, error) {
	var known, here int
	err := tx.QueryRowContext(ctx, `
		SELECT COUNT(*), COALESCE(SUM(CASE WHEN until = '' AND standing IN ('active', 'suspended') THEN 1 ELSE 0 END), 0) FROM (
			SELECT '' AS until, m.standing AS standing FROM members m WHERE m.email = $1 AND m.email <> '' AND m.standing <> 'applied'
			UNION ALL
			SELECT a.until, m.standing FROM member_agents a JOIN members m ON m.id = a.member WHERE a.email = $1 AND a.email <> '') AS one`,
		strings.ToLower(strings.TrimSpace(email))).Scan(&known, &here)
	if err != nil {
		return false, fmt.Errorf("members: former: %w", err)
	}
	return known > 0 && here == 0, nil
}

// MemberIn reads all of an entry inside another deed, which has asked for the right.
func (d *Desk) MemberIn(ctx context.Context, tx *store.Tx, id ID) (Member, error) {
	return getMember(ctx, tx, id)
}

// AgentsIn lists all agents that organisations have or had.
func (d *Desk) AgentsIn(ctx context.Context, tx *store.Tx, ids ...ID) ([]Agent, error) {
	return agentsOf(ctx, tx, false, ids...)
}

// ActedForIn lists for which organisations a person is or was an agent.
func (d *Desk) ActedForIn(ctx context.Context, tx *store.Tx, person ID) ([]Agent, error) {
	return actedFor(ctx, tx, person)
}

// MarkIn puts a mark on the member, with its day, inside a deed of the room that knows;
// no day takes it off.
func (d *Desk) MarkIn(ctx context.Context, tx *store.Tx, id ID, mark Mark, day civil.Date) error {
	return setMark(ctx, tx, id, mark, day)
}

// Owed are the days by which those of the members who owe dues were to pay the oldest.
func (d *Desk) Owed(ctx context.Context, by auth.Actor, ids ...ID) (map[ID]civil.Date, error) {
	if err := by.Must(SeeDues); err != nil {
		return nil, err
	}
	return store.Read(ctx, d.db, func(tx *store.Tx) (map[ID]civil.Date, error) { return markDays(ctx, tx, OwesDues, ids...) })
}

// SaveIn is Save inside another deed, which has asked for its own right.
func (d *Desk) SaveIn(ctx context.Context, tx *store.Tx, by auth.Actor, m Member) (Member, error) {
	old, err := getMember(ctx, tx, m.ID)
	if err != nil {
		return old, err
	}
	if old.Revision != m.Revision {
		return old, fault.New(fault.Conflict, "members.save.changed")
	}
	if m, err = d.saveIn(ctx, tx, old, m); err != nil {
		return m, err
	}
	return m, audit.Note(ctx, tx, by, "members.save", Subject(m.ID), "revision", strconv.Itoa(m.Revision))
}

// TellIn is all that is kept about the member, by the name of who keeps it, ready
// for JSON.
func (d *Desk) TellIn(ctx context.Context, tx *store.Tx, id ID) (map[string]any, error) {
	m, err := getMember(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	all := map[string]any{"register": m}
	if all["agents"], err = agentsOf(ctx, tx, false, id); err != nil {
		return nil, err
	}
	if all["acts_for"], err = actedFor(ctx, tx, id); err != nil {
		return nil, err
	}
	of, err := spellsOf(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	all["standing"] = of[id]
	more, err := d.MoreIn(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	all["tags"] = more.Tags[id]
	if all["details"], all["categories"], err = d.named(ctx, tx, id, more.Details[id]); err != nil {
		return nil, err
	}
	if all["merged"], err = mergedInto(ctx, tx, id); err != nil {
		return nil, err
	}
	numbers, err := registrationsOf(ctx, tx, true, id)
	if err != nil {
		return nil, err
	}
	all["registrations"] = numbers[id]
	if all["history"], err = audit.Read(ctx, tx, audit.Query{Subject: Subject(id), Limit: 10_000}); err != nil {
		return nil, err
	}
	for _, h := range d.holders {
		if h.Tell == nil {
			continue
		}
		told, err := h.Tell(ctx, tx, id)
		if err != nil {
			return nil, fmt.Errorf("members: tell %s: %w", h.Name, err)
		}
		if told != nil {
			all[h.Name] = told
		}
	}
	return all, nil
}

// named are the details of a member and their categories over time, by the names that
// the house has for them.
func (d *Desk) named(ctx context.Context, tx *store.Tx, id ID, of Details) (details map[string]string, categories []CategorySpell, err error) {
	fields, names, _, err := d.WordsIn(ctx, tx)
	if err != nil {
		return nil, nil, err
	}
	details = map[string]string{}
	for key, value := range of {
		label := string(key)
		for _, f := range fields {
			if f.ID == key {
				label = f.Label
			}
		}
		details[label] = value
	}
	courses, err := coursesOf(ctx, tx, id)
	for _, s := range courses[id] {
		for _, c := range names {
			if c.ID == s.Category {
				s.Category = CategoryID(c.Name)
			}
		}
		categories = append(categories, s)
	}
	return details, categories, err
}

// EraseIn takes what is personal out of the register and out of all that its holders
// keep. The entry stays, without a name, so that all counts stay true. One who
// belongs is a Conflict: they leave first. It returns the files that nobody needs any
// more.
func (d *Desk) EraseIn(ctx context.Context, tx *store.Tx, by auth.Actor, id ID) (files []string, err error) {
	old, err := getMember(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	if old.Standing.Here() {
		return nil, fault.New(fault.Conflict, "members.erase.here")
	}
	for _, h := range d.holders {
		if h.Erase == nil {
			continue
		}
		if err := h.Erase(ctx, tx, id); err != nil {
			return nil, fmt.Errorf("members: erase %s: %w", h.Name, err)
		}
	}
	if files, err = eraseMore(ctx, tx, old); err != nil {
		return nil, err
	}
	m := Member{
		ID: id, Kind: old.Kind, Name: store.Erased, SortKey: sortKey(store.Erased), Lang: old.Lang, Category: old.Category, Standing: old.Standing, Since: old.Since,
		Term: old.Term, Revision: old.Revision + 1, Changed: tx.Now,
	}
	if err := d.putOne(ctx, tx, old, m); err != nil {
		return nil, err
	}
	if err := d.Search.Drop(ctx, tx, Subject(id)); err != nil {
		return nil, err
	}
	return files, audit.Note(ctx, tx, by, "members.erase", Subject(id))
}

// Called is the name of a person as it is spoken, given name first: "Taja Benko".
func Called(name string) string {
	if family, given, ok := strings.Cut(name, ", "); ok {
		return given + " " + family
	}
	return name
}
