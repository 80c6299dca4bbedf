package members

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const memberColumns = `m.id, m.kind, m.name, m.sort_key, m.email, m.lang, m.place, m.field, m.standing, m.term_from, m.term_until, m.phone, m.note, m.agents, m.revision, m.changed, m.since, m.category, m.street, m.postcode,
	m.fields, m.region, m.languages, m.interest_since, m.interest_until, m.interest_decision, m.former, m.ahead, m.ahead_on`

func readMember(row store.Scanner) (m Member, err error) {
	var from, until, changed, since, fields, languages, interest, interestEnd, ahead string
	err = row.Scan(&m.ID, &m.Kind, &m.Name, &m.SortKey, &m.Email, &m.Lang, &m.Place, &m.Field, &m.Standing, &from, &until, &m.Phone, &m.Note, &m.Agents, &m.Revision, &changed, &since, &m.Category, &m.Street, &m.Postcode,
		&fields, &m.Region, &languages, &interest, &interestEnd, &m.Interest.Decision, &m.Former, &m.Ahead.To, &ahead)
	if err != nil {
		return m, err
	}
	for _, f := range strings.Fields(fields) {
		m.Fields = append(m.Fields, Field(f))
	}
	if languages != "" {
		m.Languages = strings.Fields(languages)
	}
	var e1, e2, e3, e4, e5, e6 error
	m.Interest.Since, e4 = civil.Parse(interest)
	m.Interest.Until, e5 = civil.Parse(interestEnd)
	m.Ahead.On, e6 = civil.Parse(ahead)
	m.Term, e1 = span(from, until)
	m.Since, e2 = civil.Parse(since)
	m.Changed, e3 = store.ParseTime(changed)
	return m, errors.Join(e1, e2, e3, e4, e5, e6)
}

// writeMember writes m, over the member of the same ID.
func writeMember(ctx context.Context, tx *store.Tx, m Member) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO members (id, kind, name, sort_key, email, lang, place, field, standing, term_from, term_until,
			phone, note, agents, revision, changed, found_by, found_mail, since, category, street, postcode,
			fields, region, languages, interest_since, interest_until, interest_decision, former, ahead, ahead_on)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31)
		ON CONFLICT (id) DO UPDATE SET
			kind = excluded.kind, name = excluded.name, sort_key = excluded.sort_key, email = excluded.email,
			lang = excluded.lang, place = excluded.place, field = excluded.field, standing = excluded.standing,
			term_from = excluded.term_from, term_until = excluded.term_until, phone = excluded.phone,
			note = excluded.note, agents = excluded.agents, revision = excluded.revision, changed = excluded.changed,
			found_by = excluded.found_by, found_mail = excluded.found_mail, since = excluded.since,
			category = excluded.category, street = excluded.street, postcode = excluded.postcode,
			fields = excluded.fields, region = excluded.region, languages = excluded.languages, interest_since = excluded.interest_since,
			interest_until = excluded.interest_until, interest_decision = excluded.interest_decision, former = excluded.former, ahead = excluded.ahead, ahead_on = excluded.ahead_on`,
		m.ID, m.Kind, m.Name, m.SortKey, m.Email, m.Lang, m.Place, m.Field, m.Standing, m.Term.From.String(), m.Term.Until.String(),
		m.Phone, m.Note, m.Agents, m.Revision, store.Time(m.Changed),
		folded(m.Name, m.Place), folded(append(m.Former.Names(), m.Email)...), m.Since.String(), m.Category, m.Street, m.Postcode,
		join(m.Fields), m.Region, join(m.Languages), m.Interest.Since.String(), m.Interest.Until.String(), m.Interest.Decision, m.Former, m.Ahead.To, m.Ahead.On.String())
	switch {
	case store.Taken(err):
		return fault.In("email", "members.email.taken")
	case err != nil:
		return fmt.Errorf("members: write %s: %w", m.ID, err)
	}
	return nil
}

// join writes words with spaces between.
func join[T ~string](list []T) string {
	var b strings.Builder
	for i, w := range list {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(string(w))
	}
	return b.String()
}

// dropMember takes out a member that an import had added and that is undone.
func dropMember(ctx context.Context, tx *store.Tx, id ID) error {
	for _, table := range []string{`members WHERE id`, `member_spells WHERE member`, `category_spells WHERE member`, `room_marks WHERE member`,
		`member_tags WHERE member`, `detail_values WHERE member`, `member_registrations WHERE member`} {
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` = $1`, id); err != nil {
			return fmt.Errorf("members: drop %s: %w", id, err)
		}
	}
	return nil
}

const memberQuery = `SELECT ` + memberColumns + ` FROM members m WHERE m.id = $1`

// getMember reads one member, or returns a Missing fault.
func getMember(ctx context.Context, tx *store.Tx, id ID) (Member, error) {
	m, err := readMember(tx.QueryRowContext(ctx, memberQuery, id))
	if store.Missing(err) {
		return m, fault.New(fault.Missing, "members.missing")
	}
	if err != nil {
		return m, fmt.Errorf("members: get %s: %w", id, err)
	}
	return m, nil
}

// A tally gathers how the counters change in a deed, to write each of them once,
// and whom the deed changes.
type tally struct {
	counts  map[[2]string]int
	members []ID
	spells  [][]any // of new entries, which are written together
}

func newTally() *tally { return &tally{counts: map[[2]string]int{}} }

func (t *tally) move(old, m Member) {
	for sign, one := range map[int]Member{-1: old, 1: m} {
		if one.ID == "" {
			continue
		}
		t.members = append(t.members, one.ID)
		t.counts[[2]string{string(one.Kind), string(one.Standing)}] += sign
		if one.Silent() {
			t.counts[[2]string{string(one.Kind), "silent"}] += sign
		}
	}
}

func (t *tally) write(ctx context.Context, tx *store.Tx) error {
	if err := addRows(ctx, tx, spellRows, t.spells); err != nil {
		return err
	}
	if err := changed(ctx, tx, t.members...); err != nil {
		return err
	}
	for _, k := range Kinds() {
		for _, s := range append(Standings(), "silent") {
			n := t.counts[[2]string{string(k), string(s)}]
			if n == 0 {
				continue
			}
			_, err := tx.ExecContext(ctx, `
				INSERT INTO member_counts (kind, standing, n) VALUES ($1, $2, $3)
				ON CONFLICT (kind, standing) DO UPDATE SET n = member_counts.n + excluded.n`, k, s, n)
			if err != nil {
				return fmt.Errorf("members: count: %w", err)
			}
		}
	}
	return nil
}

func readCounts(ctx context.Context, tx *store.Tx) (Counts, error) {
	c := Counts{Of: map[Kind]map[Standing]int{Organisation: {}, Person: {}}}
	type entry struct {
		kind     Kind
		standing Standing
		n        int
	}
	list, err := store.List(ctx, tx, func(row store.Scanner) (e entry, err error) {
		return e, row.Scan(&e.kind, &e.standing, &e.n)
	}, `SELECT kind, standing, n FROM member_counts WHERE kind <> ''`)
	if err != nil {
		return c, fmt.Errorf("members: counts: %w", err)
	}
	for _, e := range list {
		if e.standing == "silent" {
			c.Silent += e.n
		} else if of := c.Of[e.kind]; of != nil {
			of[e.standing] = e.n
		}
	}
	return c, nil
}
