package ballots

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

const voteColumns = `id, kind, secret, state, over, title, text, method, seats, lot, majority, quorum, audience, weights, proxies, proxy_limit,
	opens, closes, opened_at, closed_at, electors, weight, electorate, seed, seed_hash, voted, void, public, repeats, meeting, made_at, revision, chair, accepted, stopped, proposals`

func readVote(row store.Scanner) (v Vote, err error) {
	var secret, over, public, lot int
	var majority, quorum, audience, weights, proxies, opens, closes, opened, ended, made, accepted, stopped, proposals string
	err = row.Scan(&v.ID, &v.Kind, &secret, &v.State, &over, &v.Title, &v.Text, &v.Method, &v.Seats, &lot, &majority, &quorum, &audience, &weights, &proxies,
		&v.ProxyLimit, &opens, &closes, &opened, &ended, &v.Electors, &v.Weight, &v.Electorate, &v.Seed, &v.SeedHash, &v.Voted, &v.Void, &public,
		&v.Repeats, &v.Meeting, &made, &v.Revision, &v.Chair, &accepted, &stopped, &proposals)
	if err != nil {
		return v, err
	}
	v.Secret, v.Over, v.Public, v.Lot = secret == 1, over == 1, public == 1, lot == 1
	if majority != "" {
		if v.Majority, err = tally.ParseMajority(majority); err != nil {
			return v, err
		}
	}
	if v.Quorum, err = tally.ParseQuorum(quorum); err != nil {
		return v, err
	}
	for _, one := range []struct {
		text string
		into any
	}{{audience, &v.Audience}, {weights, &v.Weights}, {proxies, &v.Proxies}, {accepted, &v.Accepted}, {stopped, &v.Stopped}} {
		if one.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(one.text), one.into); err != nil {
			return v, err
		}
	}
	for _, one := range []struct {
		text string
		into *time.Time
	}{{opens, &v.Opens}, {closes, &v.Closes}, {opened, &v.Opened}, {ended, &v.Ended}, {made, &v.Made}, {proposals, &v.Proposals}} {
		if *one.into, err = store.ParseTime(one.text); err != nil {
			return v, err
		}
	}
	return v, nil
}

// putVote writes the vote, over the one of the same ID if there is one.
func putVote(ctx context.Context, tx *store.Tx, v Vote) error {
	majority := ""
	if v.Kind == Motion {
		majority = v.Majority.String()
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO votes (`+voteColumns+`, result)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, '')
		ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, secret = excluded.secret, state = excluded.state, over = excluded.over, title = excluded.title,
			text = excluded.text, method = excluded.method, seats = excluded.seats, lot = excluded.lot, majority = excluded.majority, quorum = excluded.quorum,
			audience = excluded.audience, weights = excluded.weights, proxies = excluded.proxies, proxy_limit = excluded.proxy_limit,
			opens = excluded.opens, closes = excluded.closes, opened_at = excluded.opened_at, closed_at = excluded.closed_at, electors = excluded.electors,
			weight = excluded.weight, electorate = excluded.electorate, seed = excluded.seed, seed_hash = excluded.seed_hash, voted = excluded.voted,
			void = excluded.void, public = excluded.public, repeats = excluded.repeats, meeting = excluded.meeting, revision = excluded.revision,
			chair = excluded.chair, accepted = excluded.accepted, stopped = excluded.stopped, proposals = excluded.proposals`,
		v.ID, v.Kind, store.Bit(v.Secret), v.State, store.Bit(v.Over), v.Title, v.Text, v.Method, v.Seats, store.Bit(v.Lot), majority, v.Quorum.String(),
		writeJSON(v.Audience), writeJSON(v.Weights), writeJSON(v.Proxies), v.ProxyLimit, store.Time(v.Opens), store.Time(v.Closes), store.Time(v.Opened),
		store.Time(v.Ended), v.Electors, v.Weight, v.Electorate, v.Seed, v.SeedHash, v.Voted, v.Void, store.Bit(v.Public), v.Repeats, v.Meeting,
		store.Time(v.Made), v.Revision, v.Chair, orNone(v.Accepted), orNone(v.Stopped), store.Time(v.Proposals))
	if err != nil {
		return fmt.Errorf("ballots: put %s: %w", v.ID, err)
	}
	return nil
}

// orNone is what is kept of an optional value as JSON: an empty text for none.
func orNone[T any](v *T) string {
	if v == nil {
		return ""
	}
	return writeJSON(v)
}

func missing() error { return fault.New(fault.Missing, "ballots.missing") }

// getVote reads one vote, or returns a Missing fault.
func getVote(ctx context.Context, tx *store.Tx, id ID) (Vote, error) {
	v, err := readVote(tx.QueryRowContext(ctx, `SELECT `+voteColumns+` FROM votes WHERE id = $1`, id))
	if store.Missing(err) {
		return v, missing()
	}
	if err != nil {
		return v, fmt.Errorf("ballots: get %s: %w", id, err)
	}
	return v, nil
}

// listVotes reads a page of votes, newest first.
func listVotes(ctx context.Context, tx *store.Tx, q Query) ([]Vote, error) {
	list, err := store.List(ctx, tx, readVote, `
		SELECT `+voteColumns+` FROM votes
		WHERE ($1 = '' OR state = $1) AND ($2 = '' OR id < $2) AND ($3 = 1 OR state <> 'prepared' OR proposals <> '') AND ($4 = '' OR meeting = $4)
		ORDER BY id DESC LIMIT $5`, q.State, q.Before, store.Bit(q.prepared), q.Meeting, q.limit())
	if err != nil {
		return nil, fmt.Errorf("ballots: list: %w", err)
	}
	return list, nil
}

// votesNaming lists votes whose audience or proxies name a member.
func votesNaming(ctx context.Context, tx *store.Tx, member members.ID) ([]Vote, error) {
	list, err := store.List(ctx, tx, readVote, `SELECT `+voteColumns+` FROM votes WHERE audience LIKE $1 OR proxies LIKE $1 ORDER BY id`, `%"`+string(member)+`"%`)
	if err != nil {
		return nil, fmt.Errorf("ballots: votes naming %s: %w", member, err)
	}
	return list, nil
}

// dropVote takes out a vote that was never opened.
func dropVote(ctx context.Context, tx *store.Tx, id ID) error {
	for _, statement := range []string{`DELETE FROM vote_callers WHERE vote = $1`, `DELETE FROM vote_candidates WHERE vote = $1`, `DELETE FROM votes WHERE id = $1`} {
		if _, err := tx.ExecContext(ctx, statement, id); err != nil {
			return fmt.Errorf("ballots: drop %s: %w", id, err)
		}
	}
	return nil
}

func putResult(ctx context.Context, tx *store.Tx, id ID, t tally.Tally) error {
	if _, err := tx.ExecContext(ctx, `UPDATE votes SET result = $2 WHERE id = $1`, id, writeJSON(t)); err != nil {
		return fmt.Errorf("ballots: result of %s: %w", id, err)
	}
	return nil
}

func getResult(ctx context.Context, tx *store.Tx, id ID) (t tally.Tally, err error) {
	var text string
	err = tx.QueryRowContext(ctx, `SELECT result FROM votes WHERE id = $1`, id).Scan(&text)
	if err == nil && text != "" {
		err = json.Unmarshal([]byte(text), &t)
	}
	if err != nil {
		return t, fmt.Errorf("ballots: result of %s: %w", id, err)
	}
	return t, nil
}

const candidateColumns = `vote, id, ord, member, name, statement, consent, email, proposer, ruling, reason, gone, link`

func readCandidate(row store.Scanner) (c Candidate, err error) {
	var gone int
	err = row.Scan(&c.Vote, &c.ID, &c.Ord, &c.Member, &c.Name, &c.Statement, &c.Consent, &c.Email, &c.Proposer, &c.Ruling, &c.Reason, &gone, &c.link)
	c.Gone = gone == 1
	return c, err
}

// candidatesOf lists who stands, in the order of the ballot.
func candidatesOf(ctx context.Context, tx *store.Tx, id ID) ([]Candidate, error) {
	list, err := store.List(ctx, tx, readCandidate, `SELECT `+candidateColumns+` FROM vote_candidates WHERE vote = $1 ORDER BY ord, id`, id)
	if err != nil {
		return nil, fmt.Errorf("ballots: candidates of %s: %w", id, err)
	}
	return list, nil
}

func putCandidate(ctx context.Context, tx *store.Tx, c Candidate) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO vote_candidates (`+candidateColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (vote, id) DO UPDATE SET ord = excluded.ord, member = excluded.member, name = excluded.name, statement = excluded.statement, consent = excluded.consent,
			email = excluded.email, proposer = excluded.proposer, ruling = excluded.ruling, reason = excluded.reason, gone = excluded.gone, link = excluded.link`,
		c.Vote, c.ID, c.Ord, c.Member, c.Name, c.Statement, c.Consent, c.Email, c.Proposer, c.Ruling, c.Reason, store.Bit(c.Gone), c.link)
	if err != nil {
		return fmt.Errorf("ballots: put candidate %s: %w", c.ID, err)
	}
	return nil
}

// dropFallen takes out candidates who withdrew or may not stand, with what was said of them.
func dropFallen(ctx context.Context, tx *store.Tx, id ID) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM vote_candidates WHERE vote = $1 AND (gone = 1 OR ruling = $2)`, id, Barred); err != nil {
		return fmt.Errorf("ballots: fallen candidates of %s: %w", id, err)
	}
	for _, statement := range []string{`UPDATE vote_candidates SET email = '', link = '', proposer = '', reason = '' WHERE vote = $1`, `DELETE FROM vote_callers WHERE vote = $1`} {
		if _, err := tx.ExecContext(ctx, statement, id); err != nil {
			return fmt.Errorf("ballots: candidates of %s: %w", id, err)
		}
	}
	return nil
}

// byLink reads the candidate who was sent the link, or returns a Missing fault.
func byLink(ctx context.Context, tx *store.Tx, token string) (Candidate, error) {
	c, err := readCandidate(tx.QueryRowContext(ctx, `SELECT `+candidateColumns+` FROM vote_candidates WHERE link = $1`, hashOf(token)))
	if store.Missing(err) {
		return c, fault.New(fault.Missing, "ballots.stand.unknown")
	}
	if err != nil {
		return c, fmt.Errorf("ballots: by link of a candidate: %w", err)
	}
	return c, nil
}

// A caller is a member who was called upon to propose candidates.
type caller struct {
	vote        ID
	member      members.ID
	name, email string
}

func addCaller(ctx context.Context, tx *store.Tx, token string, c caller) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO vote_callers (hash, vote, member, name, email) VALUES ($1, $2, $3, $4, $5)`, hashOf(token), c.vote, c.member, c.name, c.email)
	if err != nil {
		return fmt.Errorf("ballots: add caller: %w", err)
	}
	return nil
}

// byCall reads whom the link called upon, or returns a Missing fault.
func byCall(ctx context.Context, tx *store.Tx, token string) (c caller, err error) {
	err = tx.QueryRowContext(ctx, `SELECT vote, member, name, email FROM vote_callers WHERE hash = $1`, hashOf(token)).Scan(&c.vote, &c.member, &c.name, &c.email)
	if store.Missing(err) {
		return c, fault.New(fault.Missing, "ballots.stand.unknown")
	}
	if err != nil {
		return c, fmt.Errorf("ballots: by call: %w", err)
	}
	return c, nil
}

// called are the members who have a link already.
func called(ctx context.Context, tx *store.Tx, id ID) (map[members.ID]bool, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (m members.ID, err error) { return m, row.Scan(&m) }, `SELECT member FROM vote_callers WHERE vote = $1`, id)
	if err != nil {
		return nil, fmt.Errorf("ballots: called: %w", err)
	}
	has := make(map[members.ID]bool, len(list))
	for _, m := range list {
		has[m] = true
	}
	return has, nil
}

func dropCandidate(ctx context.Context, tx *store.Tx, id ID, candidate string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM vote_candidates WHERE vote = $1 AND id = $2`, id, candidate); err != nil {
		return fmt.Errorf("ballots: drop candidate %s: %w", candidate, err)
	}
	return nil
}
