package ballots

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const electorColumns = `vote, no, member, name, kind, weight, person, email, lang, holder, salt, hash`

func readElector(row store.Scanner) (e Elector, err error) {
	return e, row.Scan(&e.Vote, &e.No, &e.Member, &e.Name, &e.Kind, &e.Weight, &e.Person, &e.Email, &e.Lang, &e.Holder, &e.Salt, &e.Hash)
}

// addElectors writes the whole list.
func addElectors(ctx context.Context, tx *store.Tx, list []Elector) error {
	for some := range slices.Chunk(list, 100) {
		var rows []string
		var args []any
		for _, e := range some {
			var marks []string
			for _, v := range []any{e.Vote, e.No, e.Member, e.Name, e.Kind, e.Weight, e.Person, e.Email, e.Lang, e.Holder, e.Salt, e.Hash} {
				args = append(args, v)
				marks = append(marks, fmt.Sprintf("$%d", len(args)))
			}
			rows = append(rows, "("+strings.Join(marks, ", ")+")")
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO vote_electors (`+electorColumns+`) VALUES `+strings.Join(rows, ", "), args...); err != nil {
			return fmt.Errorf("ballots: add electors: %w", err)
		}
	}
	return nil
}

// electorsOf reads electors of the vote, after a number, in their order.
func electorsOf(ctx context.Context, tx *store.Tx, id ID, after, limit int) ([]Elector, error) {
	list, err := store.List(ctx, tx, readElector, `SELECT `+electorColumns+` FROM vote_electors WHERE vote = $1 AND no > $2 ORDER BY no LIMIT $3`, id, after, limit)
	if err != nil {
		return nil, fmt.Errorf("ballots: electors of %s: %w", id, err)
	}
	return list, nil
}

func getElector(ctx context.Context, tx *store.Tx, id ID, no int) (Elector, error) {
	e, err := readElector(tx.QueryRowContext(ctx, `SELECT `+electorColumns+` FROM vote_electors WHERE vote = $1 AND no = $2`, id, no))
	if store.Missing(err) {
		return e, missing()
	}
	if err != nil {
		return e, fmt.Errorf("ballots: elector %d of %s: %w", no, id, err)
	}
	return e, nil
}

// byKey reads the elector to whom a link or a code was given.
func byKey(ctx context.Context, tx *store.Tx, token string) (Elector, error) {
	e, err := readElector(tx.QueryRowContext(ctx, `
		SELECT `+prefixed("e.", electorColumns)+` FROM vote_keys k JOIN vote_electors e ON e.vote = k.vote AND e.no = k.no WHERE k.hash = $1`, hashOf(token)))
	if store.Missing(err) {
		return e, fault.New(fault.Missing, "ballots.link.unknown")
	}
	if err != nil {
		return e, fmt.Errorf("ballots: by link: %w", err)
	}
	return e, nil
}

func prefixed(with, columns string) string {
	return with + strings.ReplaceAll(columns, ", ", ", "+with)
}

// castBy lists the electors of open votes for whom the person with the e-mail casts
// a ballot.
func castBy(ctx context.Context, tx *store.Tx, email string) ([]Elector, error) {
	list, err := store.List(ctx, tx, readElector, `
		SELECT `+prefixed("e.", electorColumns)+` FROM vote_electors e JOIN votes v ON v.id = e.vote
		WHERE e.email = $1 AND v.state = 'open' ORDER BY e.vote DESC, e.no LIMIT 200`, email)
	if err != nil {
		return nil, fmt.Errorf("ballots: cast by: %w", err)
	}
	return list, nil
}

// setElector writes who casts the ballot and how they are reached.
func setElector(ctx context.Context, tx *store.Tx, e Elector) error {
	_, err := tx.ExecContext(ctx, `UPDATE vote_electors SET person = $3, email = $4, lang = $5 WHERE vote = $1 AND no = $2`, e.Vote, e.No, e.Person, e.Email, e.Lang)
	if err != nil {
		return fmt.Errorf("ballots: set elector %d: %w", e.No, err)
	}
	return nil
}

func addKey(ctx context.Context, tx *store.Tx, token string, id ID, no int) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO vote_keys (hash, vote, no) VALUES ($1, $2, $3)`, hashOf(token), id, no); err != nil {
		return fmt.Errorf("ballots: add key: %w", err)
	}
	return nil
}

// dropKeys takes away the links and codes of an elector, or of all if no is 0.
func dropKeys(ctx context.Context, tx *store.Tx, id ID, no int) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM vote_keys WHERE vote = $1 AND ($2 = 0 OR no = $2)`, id, no); err != nil {
		return fmt.Errorf("ballots: drop keys: %w", err)
	}
	return nil
}

// linked are the numbers of those to whom a link or a code was given.
func linked(ctx context.Context, tx *store.Tx, id ID) (map[int]bool, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (no int, err error) { return no, row.Scan(&no) }, `SELECT DISTINCT no FROM vote_keys WHERE vote = $1`, id)
	if err != nil {
		return nil, fmt.Errorf("ballots: linked: %w", err)
	}
	has := make(map[int]bool, len(list))
	for _, no := range list {
		has[no] = true
	}
	return has, nil
}

// actingAs lists the electors for whom a member casts the ballot, as an organisation's
// person.
func actingAs(ctx context.Context, tx *store.Tx, m members.Member) ([]Elector, error) {
	list, err := store.List(ctx, tx, readElector, `SELECT `+electorColumns+` FROM vote_electors WHERE email = $1 AND person IN ($2, $3) AND member <> $4 ORDER BY vote, no`,
		m.Email, m.Name, members.Called(m.Name), m.ID)
	if err != nil {
		return nil, fmt.Errorf("ballots: acting as %s: %w", m.ID, err)
	}
	return list, nil
}

// A part is what a member has in a vote: as an elector or as a candidate.
type part struct {
	vote      ID
	no        int
	candidate string
}

// partsOf lists the votes in which a member is an elector or stands.
func partsOf(ctx context.Context, tx *store.Tx, member members.ID) ([]part, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (p part, err error) { return p, row.Scan(&p.vote, &p.no, &p.candidate) }, `
		SELECT vote, no, '' FROM vote_electors WHERE member = $1
		UNION ALL SELECT vote, 0, id FROM vote_candidates WHERE member = $1
		ORDER BY 1, 2, 3`, member)
	if err != nil {
		return nil, fmt.Errorf("ballots: parts of %s: %w", member, err)
	}
	return list, nil
}
