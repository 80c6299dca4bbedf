package members

import (
	"context"
	"errors"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// putSpells writes the standing of a member over time, in place of what there was.
func putSpells(ctx context.Context, tx *store.Tx, id ID, s Spells) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM member_spells WHERE member = $1`, id); err != nil {
		return fmt.Errorf("members: spells of %s: %w", id, err)
	}
	return addSpells(ctx, tx, id, s)
}

func addSpells(ctx context.Context, tx *store.Tx, id ID, s Spells) error {
	return addRows(ctx, tx, spellRows, s.rows(id))
}

const spellRows = `INSERT INTO member_spells (member, n, standing, from_day, until_day, reason, decision, noted) VALUES `

func (s Spells) rows(id ID) (rows [][]any) {
	for i, sp := range s {
		rows = append(rows, []any{id, i + 1, sp.Standing, sp.From.String(), sp.Until.String(), sp.Reason, sp.Decision, sp.Noted.String()})
	}
	return rows
}

const turningQuery = `SELECT ` + memberColumns + ` FROM members m WHERE m.ahead_on <> '' AND m.ahead_on <= $1 ORDER BY m.ahead_on, m.id LIMIT $2`

// turning are members whose noted day has come, in the order of their IDs.
func turning(ctx context.Context, tx *store.Tx, today civil.Date, most int) ([]Member, error) {
	list, err := store.List(ctx, tx, readMember, turningQuery, today.String(), most)
	if err != nil {
		return nil, fmt.Errorf("members: turning: %w", err)
	}
	return list, nil
}

// spellsOf reads the standing over time of each of the members.
func spellsOf(ctx context.Context, tx *store.Tx, ids ...ID) (map[ID]Spells, error) {
	of := make(map[ID]Spells, len(ids))
	if len(ids) == 0 {
		return of, nil
	}
	c := &clause{}
	_, err := store.List(ctx, tx, func(row store.Scanner) (struct{}, error) {
		var id ID
		var s Spell
		var from, until, noted string
		if err := row.Scan(&id, &s.Standing, &from, &until, &s.Reason, &s.Decision, &noted); err != nil {
			return struct{}{}, err
		}
		var err error
		if s.Span, s.Noted, err = spanNoted(from, until, noted); err != nil {
			return struct{}{}, err
		}
		of[id] = append(of[id], s)
		return struct{}{}, nil
	}, `SELECT member, standing, from_day, until_day, reason, decision, noted FROM member_spells WHERE member IN (`+values(c, ids)+`) ORDER BY member, n`, c.args...)
	if err != nil {
		return nil, fmt.Errorf("members: spells: %w", err)
	}
	return of, nil
}

func span(from, until string) (s civil.Span, err error) {
	var e1, e2 error
	s.From, e1 = civil.Parse(from)
	s.Until, e2 = civil.Parse(until)
	return s, errors.Join(e1, e2)
}

func spanNoted(from, until, noted string) (s civil.Span, on civil.Date, err error) {
	s, e1 := span(from, until)
	on, e2 := civil.Parse(noted)
	return s, on, errors.Join(e1, e2)
}

// onDay are spells that hold the day; the sign stands for it.
func onDay(table, sign string) string {
	return table + `.from_day <= ` + sign + ` AND (` + table + `.until_day = '' OR ` + table + `.until_day > ` + sign + `)`
}

// entriesOn reads a page of those who belonged on the day, in the order of the
// register, as far as the roll itself knows them.
func entriesOn(ctx context.Context, tx *store.Tx, day civil.Date, after Entry, limit int) ([]Entry, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (e Entry, err error) {
		var m Member
		var since, until string
		if err := row.Scan(&m.ID, &m.Kind, &m.Name, &m.SortKey, &m.Place, &m.Field, &m.Interest.Decision, &since, &until, &m.Former); err != nil {
			return e, err
		}
		in, err := span(since, until)
		m.Interest = record.Interest{Since: in.From, Until: in.Until, Decision: m.Interest.Decision}
		return m.On(day), err
	}, tx.Pick(rollOn), day.String(), after.key, after.ID, limit)
	if err != nil {
		return nil, fmt.Errorf("members: roll on %s: %w", day, err)
	}
	return list, nil
}

// rollOn goes through the register in its order and looks each member's spell up;
// OFFSET 0 keeps PostgreSQL from reading all spells for each page.
var rollOn = store.Text{
	store.SQLite: `
		SELECT m.id, m.kind, m.name, m.sort_key, m.place, m.field, m.interest_decision, m.interest_since, m.interest_until, m.former
		FROM members m CROSS JOIN member_spells s ON s.member = m.id
		WHERE ` + onDay("s", "$1") + ` AND s.standing IN ('active', 'suspended') AND (m.sort_key, m.id) > ($2, $3)
		ORDER BY m.sort_key, m.id LIMIT $4`,
	store.Postgres: `
		SELECT m.id, m.kind, m.name, m.sort_key, m.place, m.field, m.interest_decision, m.interest_since, m.interest_until, m.former
		FROM members m CROSS JOIN LATERAL (SELECT * FROM member_spells x WHERE x.member = m.id AND ` + onDay("x", "$1") + ` OFFSET 0) s
		WHERE s.standing IN ('active', 'suspended') AND (m.sort_key, m.id) > ($2, $3)
		ORDER BY m.sort_key, m.id LIMIT $4`,
}

// strengthOn counts those who belonged on the day.
func strengthOn(ctx context.Context, tx *store.Tx, day civil.Date) (n Strength, err error) {
	_, err = store.List(ctx, tx, func(row store.Scanner) (struct{}, error) {
		var kind Kind
		var standing Standing
		var votes, count int
		if err := row.Scan(&kind, &standing, &votes, &count); err != nil {
			return struct{}{}, err
		}
		n.Members += count
		if kind == Person {
			n.Persons += count
		} else {
			n.Organisations += count
		}
		if standing == Active && votes == 1 {
			n.Voters += count
		}
		return struct{}{}, nil
	}, `
		SELECT m.kind, s.standing, COALESCE(g.votes, 1), COUNT(*)
		FROM member_spells s JOIN members m ON m.id = s.member
		LEFT JOIN category_spells c ON c.member = s.member AND `+onDay("c", "$1")+`
		LEFT JOIN categories g ON g.id = c.category
		WHERE `+onDay("s", "$1")+` AND s.standing IN ('active', 'suspended')
		GROUP BY m.kind, s.standing, COALESCE(g.votes, 1)`, day.String())
	if err != nil {
		return n, fmt.Errorf("members: strength on %s: %w", day, err)
	}
	return n, nil
}
