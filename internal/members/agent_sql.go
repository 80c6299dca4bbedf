package members

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const agentColumns = `a.id, a.member, a.person, a.name, a.email, a.lang, a.since, a.until, a.answers, a.noted`

func readAgent(row store.Scanner) (a Agent, err error) {
	var since, until, noted string
	if err := row.Scan(&a.ID, &a.Member, &a.Person, &a.Name, &a.Email, &a.Lang, &since, &until, &a.Answers, &noted); err != nil {
		return a, err
	}
	s, on, err := spanNoted(since, until, noted)
	a.Since, a.Until, a.Noted = s.From, s.Until, on
	return a, err
}

func putAgent(ctx context.Context, tx *store.Tx, a Agent) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO member_agents (id, member, person, name, email, lang, since, until, answers, noted)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (id) DO UPDATE SET person = excluded.person, name = excluded.name, email = excluded.email,
			lang = excluded.lang, since = excluded.since, until = excluded.until, answers = excluded.answers`,
		a.ID, a.Member, a.Person, a.Name, a.Email, a.Lang, a.Since.String(), a.Until.String(), store.Bit(a.Answers), a.Noted.String())
	if err != nil {
		return fmt.Errorf("members: put agent %s: %w", a.ID, err)
	}
	return nil
}

func getAgent(ctx context.Context, tx *store.Tx, id string) (Agent, error) {
	a, err := readAgent(tx.QueryRowContext(ctx, `SELECT `+agentColumns+` FROM member_agents a WHERE a.id = $1`, id))
	if store.Missing(err) {
		return a, fault.New(fault.Missing, "members.agent.missing")
	}
	if err != nil {
		return a, fmt.Errorf("members: get agent %s: %w", id, err)
	}
	return a, nil
}

// agentsOf lists the agents of the organisations, those in office only if current.
func agentsOf(ctx context.Context, tx *store.Tx, current bool, ids ...ID) ([]Agent, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	c := &clause{}
	in := values(c, ids)
	list, err := store.List(ctx, tx, readAgent, `
		SELECT `+agentColumns+` FROM member_agents a
		WHERE a.member IN (`+in+`) AND (a.until = '' OR `+c.value(store.Bit(current))+` = 0)
		ORDER BY a.member, a.since, a.id`, c.args...)
	if err != nil {
		return nil, fmt.Errorf("members: agents: %w", err)
	}
	return list, nil
}

// membersOf reads the members of the IDs, in the order of the register.
func membersOf(ctx context.Context, tx *store.Tx, ids ...ID) ([]Member, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	c := &clause{}
	list, err := store.List(ctx, tx, readMember, membersQuery(values(c, ids)), c.args...)
	if err != nil {
		return nil, fmt.Errorf("members: of ids: %w", err)
	}
	return list, nil
}

func membersQuery(signs string) string {
	return `SELECT ` + memberColumns + ` FROM members m WHERE m.id IN (` + signs + `) ORDER BY m.sort_key, m.id`
}

// actsFor lists the persons with the e-mail and the organisations for which an
// agent with it may answer.
func actsFor(ctx context.Context, tx *store.Tx, email string) ([]Member, error) {
	list, err := store.List(ctx, tx, readMember, `
		SELECT `+memberColumns+` FROM members m
		WHERE m.id IN (
			SELECT id FROM members WHERE email = $1 AND email <> '' AND kind = 'person'
			UNION SELECT member FROM member_agents WHERE email = $1 AND until = '' AND answers = 1)
		ORDER BY m.sort_key, m.id`, email)
	if err != nil {
		return nil, fmt.Errorf("members: acts for: %w", err)
	}
	return list, nil
}

// followPerson brings the agents who are this member up to the member's entry.
func followPerson(ctx context.Context, tx *store.Tx, m Member) error {
	_, err := tx.ExecContext(ctx, `
		UPDATE member_agents SET name = $2, email = $3, lang = $4 WHERE person = $1 AND until = ''`, m.ID, m.Name, m.Email, m.Lang)
	if err != nil {
		return fmt.Errorf("members: agents who are %s: %w", m.ID, err)
	}
	return nil
}

// actedFor lists for which organisations a person is or was an agent.
func actedFor(ctx context.Context, tx *store.Tx, person ID) ([]Agent, error) {
	list, err := store.List(ctx, tx, readAgent, `
		SELECT `+agentColumns+` FROM member_agents a
		WHERE a.person = $1 OR a.email <> '' AND a.email = (SELECT email FROM members WHERE id = $1 AND kind = 'person') ORDER BY a.since, a.id`, person)
	if err != nil {
		return nil, fmt.Errorf("members: acted for: %w", err)
	}
	return list, nil
}

// eraseMore takes out what stands beside the entry: the names of agents who are the
// member or are of it, reasons, registrations, details and tags. That there were
// agents and spells stays. It returns the files of proofs that nobody else has.
func eraseMore(ctx context.Context, tx *store.Tx, m Member) ([]string, error) {
	files, err := store.List(ctx, tx, func(row store.Scanner) (s string, err error) { return s, row.Scan(&s) }, `
		SELECT DISTINCT file FROM member_registrations r
		WHERE member = $1 AND file <> '' AND NOT EXISTS (SELECT 1 FROM member_registrations o WHERE o.file = r.file AND o.member <> $1)`, m.ID)
	if err != nil {
		return nil, fmt.Errorf("members: erase %s: %w", m.ID, err)
	}
	_, err = tx.ExecContext(ctx, `
		UPDATE member_agents SET name = $3, email = '', answers = 0
		WHERE person = $1 OR member = $1 OR email <> '' AND email = $2 AND name IN ($4, $5)`, m.ID, m.Email, store.Erased, m.Name, Called(m.Name))
	if err != nil {
		return nil, fmt.Errorf("members: erase agents: %w", err)
	}
	for _, name := range []string{m.Name, Called(m.Name)} {
		if _, err := tx.ExecContext(ctx, `UPDATE member_spells SET decision = REPLACE(decision, $2, $3) WHERE member = $1`, m.ID, name, store.Erased); err != nil {
			return nil, fmt.Errorf("members: erase decisions: %w", err)
		}
	}
	for _, s := range []string{
		`UPDATE member_spells SET reason = '' WHERE member = $1`, `UPDATE member_merges SET name = '' WHERE kept = $1`, `DELETE FROM member_registrations WHERE member = $1`, `DELETE FROM detail_values WHERE member = $1`,
		`DELETE FROM member_tags WHERE member = $1`, `DELETE FROM room_marks WHERE member = $1`,
	} {
		if _, err := tx.ExecContext(ctx, s, m.ID); err != nil {
			return nil, fmt.Errorf("members: erase %s: %w", m.ID, err)
		}
	}
	return files, nil
}

// dropAgent takes out an agent whom an import had authorised and that is undone.
func dropAgent(ctx context.Context, tx *store.Tx, id string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM member_agents WHERE id = $1`, id); err != nil {
		return fmt.Errorf("members: drop agent %s: %w", id, err)
	}
	return nil
}

// isAgent reports whether the person is or was an agent of somebody, or answers as
// one now.
func isAgent(ctx context.Context, tx *store.Tx, id ID, now bool) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, `
		SELECT COUNT(*) FROM member_agents WHERE person = $1 AND ($2 = 0 OR until = '' AND answers = 1)`, id, store.Bit(now)).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("members: is agent %s: %w", id, err)
	}
	return n > 0, nil
}

// briefs hands every entry of the register to f.
func briefs(ctx context.Context, tx *store.Tx, f func(Brief)) error {
	_, err := store.List(ctx, tx, func(row store.Scanner) (none struct{}, err error) {
		var b Brief
		if err = row.Scan(&b.ID, &b.Kind, &b.Name, &b.Place, &b.Email); err == nil {
			f(b)
		}
		return none, err
	}, `SELECT id, kind, name, place, email FROM members`)
	if err != nil {
		return fmt.Errorf("members: briefs: %w", err)
	}
	return nil
}

// actingOf lists for whom a person acts or acted, by the entry or by its e-mail.
func actingOf(ctx context.Context, tx *store.Tx, person Member) ([]Acting, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (a Acting, err error) {
		var since, until, noted string
		g := &a.Agent
		if err := row.Scan(&a.Name, &g.ID, &g.Member, &g.Person, &g.Name, &g.Email, &g.Lang, &since, &until, &g.Answers, &noted); err != nil {
			return a, err
		}
		s, on, err := spanNoted(since, until, noted)
		g.Since, g.Until, g.Noted = s.From, s.Until, on
		return a, err
	}, `
		SELECT m.name, `+agentColumns+` FROM member_agents a JOIN members m ON m.id = a.member
		WHERE a.person = $1 OR a.email = $2 AND $2 <> '' ORDER BY a.until, m.sort_key, a.id`, person.ID, person.Email)
	if err != nil {
		return nil, fmt.Errorf("members: acting of %s: %w", person.ID, err)
	}
	return list, nil
}
