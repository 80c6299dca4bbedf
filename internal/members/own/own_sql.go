package own

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
)

//go:embed sql
var files embed.FS

// Steps are the tables of this room.
func Steps() store.Steps {
	sub, err := fs.Sub(files, "sql")
	if err != nil {
		panic(err)
	}
	return store.Steps{Desk: "own", FS: sub}
}

// at reads two instants.
func at(a, b string) (x, y time.Time, err error) {
	x, e1 := store.ParseTime(a)
	y, e2 := store.ParseTime(b)
	return x, y, errors.Join(e1, e2)
}

func failed(deed string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("own: %s: %w", deed, err)
}

func exec(ctx context.Context, tx *store.Tx, deed, statement string, args ...any) error {
	_, err := tx.ExecContext(ctx, statement, args...)
	return failed(deed, err)
}

func addConsent(ctx context.Context, tx *store.Tx, c Consent) error {
	return exec(ctx, tx, "add consent", `INSERT INTO own_consents (id, member, key, text, given, ended, by_name) VALUES ($1, $2, $3, $4, $5, '', $6)`,
		tx.ID(), c.Member, c.Key, c.Text, store.Time(tx.Now), c.By)
}

func endConsents(ctx context.Context, tx *store.Tx, id members.ID, key string) error {
	return exec(ctx, tx, "end consent", `UPDATE own_consents SET ended = $3 WHERE member = $1 AND key = $2 AND ended = ''`, id, key, store.Time(tx.Now))
}

func listConsents(ctx context.Context, tx *store.Tx, id members.ID) ([]Consent, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (c Consent, err error) {
		var given, ended string
		if err = row.Scan(&c.ID, &c.Member, &c.Key, &c.Text, &given, &ended, &c.By); err == nil {
			c.Given, c.Ended, err = at(given, ended)
		}
		return c, err
	}, `SELECT id, member, key, text, given, ended, by_name FROM own_consents WHERE member = $1 ORDER BY key, id`, id)
	return list, failed("consents", err)
}

// agreed lists the members whose consent of the key holds, in the order of their IDs.
func agreed(ctx context.Context, tx *store.Tx, key string, after members.ID, limit int) ([]members.ID, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (id members.ID, err error) { return id, row.Scan(&id) },
		`SELECT DISTINCT member FROM own_consents WHERE key = $1 AND ended = '' AND member > $2 ORDER BY member LIMIT $3`, key, after, limit)
	return list, failed("agreed", err)
}

const wishColumns = `id, member, kind, value, reason, state, answer, by_user, by_name, made, settled`

func readWish(row store.Scanner) (w Wish, err error) {
	var made, settled string
	if err = row.Scan(&w.ID, &w.Member, &w.Kind, &w.Value, &w.Reason, &w.State, &w.Answer, &w.User, &w.By, &made, &settled); err == nil {
		w.Made, w.Settled, err = at(made, settled)
	}
	return w, err
}

func putWish(ctx context.Context, tx *store.Tx, w Wish) error {
	return exec(ctx, tx, "put wish", `
		INSERT INTO own_wishes (`+wishColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, answer = excluded.answer, settled = excluded.settled`,
		w.ID, w.Member, w.Kind, w.Value, w.Reason, w.State, w.Answer, w.User, w.By, store.Time(w.Made), store.Time(w.Settled))
}

func getWish(ctx context.Context, tx *store.Tx, id string) (Wish, error) {
	w, err := readWish(tx.QueryRowContext(ctx, `SELECT `+wishColumns+` FROM own_wishes WHERE id = $1`, id))
	if store.Missing(err) {
		return w, fault.New(fault.Missing, "own.wish.missing")
	}
	return w, failed("wish", err)
}

func wishesOf(ctx context.Context, tx *store.Tx, id members.ID) ([]Wish, error) {
	list, err := store.List(ctx, tx, readWish, `SELECT `+wishColumns+` FROM own_wishes WHERE member = $1 ORDER BY id DESC LIMIT 100`, id)
	return list, failed("wishes", err)
}

// listWishes reads a page of the wishes in the state, the newest first.
func listWishes(ctx context.Context, tx *store.Tx, s WishState, before string, limit int) ([]Wish, error) {
	list, err := store.List(ctx, tx, readWish, `
		SELECT `+wishColumns+` FROM own_wishes WHERE ($1 = '' OR state = $1) AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`, s, before, limit)
	return list, failed("wishes", err)
}

func listCampaigns(ctx context.Context, tx *store.Tx) ([]Campaign, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (c Campaign, err error) {
		var begun, reminded string
		if err = row.Scan(&c.ID, &c.Year, &begun, &c.Asked, &c.Silent, &c.Confirmed, &c.Job, &reminded); err == nil {
			c.Begun, c.Reminded, err = at(begun, reminded)
		}
		return c, err
	}, `SELECT id, year, begun, asked, silent, said, job, reminded FROM own_campaigns ORDER BY year DESC`)
	return list, failed("campaigns", err)
}

func putCampaign(ctx context.Context, tx *store.Tx, c Campaign) error {
	err := exec(ctx, tx, "put campaign", `
		INSERT INTO own_campaigns (id, year, begun, asked, silent, said, job, reminded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET job = excluded.job, reminded = excluded.reminded`,
		c.ID, c.Year, store.Time(c.Begun), c.Asked, c.Silent, c.Confirmed, c.Job, store.Time(c.Reminded))
	if store.Taken(err) {
		return fault.New(fault.Conflict, "own.campaign.twice", "year", c.Year)
	}
	return err
}

// count adds to the counters of a campaign.
func count(ctx context.Context, tx *store.Tx, campaign string, asked, silent, said int) error {
	return exec(ctx, tx, "count", `UPDATE own_campaigns SET asked = asked + $2, silent = silent + $3, said = said + $4 WHERE id = $1`, campaign, asked, silent, said)
}

const askedColumns = `campaign, member, sort_key, name, email, confirmed, by_name`

func readAsked(row store.Scanner) (a Asked, err error) {
	var confirmed string
	if err = row.Scan(&a.Campaign, &a.Member, &a.SortKey, &a.Name, &a.Email, &confirmed, &a.By); err == nil {
		a.Confirmed, err = store.ParseTime(confirmed)
	}
	return a, err
}

// addAsked notes that a member is asked, by the hash of the link; it reports false
// if they were already.
func addAsked(ctx context.Context, tx *store.Tx, a Asked, hash string) (bool, error) {
	done, err := tx.ExecContext(ctx, `
		INSERT INTO own_asked (campaign, member, sort_key, name, email, hash, confirmed, by_name) VALUES ($1, $2, $3, $4, $5, $6, '', '')
		ON CONFLICT (campaign, member) DO NOTHING`, a.Campaign, a.Member, a.SortKey, a.Name, a.Email, hash)
	if err != nil {
		return false, failed("add asked", err)
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

func askedBy(ctx context.Context, tx *store.Tx, hash string) (Asked, error) {
	a, err := readAsked(tx.QueryRowContext(ctx, `SELECT `+askedColumns+` FROM own_asked WHERE hash = $1 OR again = $1`, hash))
	if store.Missing(err) {
		return a, fault.New(fault.Missing, "own.confirm.gone")
	}
	return a, failed("asked", err)
}

// listAsked reads a page of those who were asked: who has confirmed, or who has not.
func listAsked(ctx context.Context, tx *store.Tx, campaign string, confirmed bool, after members.ID, limit int) ([]Asked, error) {
	list, err := store.List(ctx, tx, readAsked, `
		SELECT `+askedColumns+` FROM own_asked
		WHERE campaign = $1 AND (CASE WHEN confirmed = '' THEN 0 ELSE 1 END) = $2
		  AND ($3 = '' OR (sort_key, member) > (SELECT sort_key, member FROM own_asked WHERE campaign = $1 AND member = $3))
		ORDER BY sort_key, member LIMIT $4`, campaign, store.Bit(confirmed), after, limit)
	return list, failed("asked", err)
}

// unreminded are members whom a letter has reached, who have not confirmed, and who have
// not been reminded.
func unreminded(ctx context.Context, tx *store.Tx, campaign string, limit int) ([]Asked, error) {
	list, err := store.List(ctx, tx, readAsked, `
		SELECT `+askedColumns+` FROM own_asked WHERE campaign = $1 AND confirmed = '' AND hash <> '' AND again = '' ORDER BY sort_key, member LIMIT $2`, campaign, limit)
	return list, failed("unreminded", err)
}

func setAgain(ctx context.Context, tx *store.Tx, a Asked, hash string) error {
	return exec(ctx, tx, "remind", `UPDATE own_asked SET again = $3 WHERE campaign = $1 AND member = $2`, a.Campaign, a.Member, hash)
}

// openAsked are the questions to the member that wait for an answer.
func openAsked(ctx context.Context, tx *store.Tx, id members.ID) ([]Asked, error) {
	list, err := store.List(ctx, tx, readAsked, `SELECT `+askedColumns+` FROM own_asked WHERE member = $1 AND confirmed = '' ORDER BY campaign`, id)
	return list, failed("asked", err)
}

// askedOf are all questions to the member.
func askedOf(ctx context.Context, tx *store.Tx, id members.ID) ([]Asked, error) {
	list, err := store.List(ctx, tx, readAsked, `SELECT `+askedColumns+` FROM own_asked WHERE member = $1 ORDER BY campaign`, id)
	return list, failed("asked", err)
}

func setConfirmed(ctx context.Context, tx *store.Tx, a Asked, by string) error {
	if err := exec(ctx, tx, "confirm", `UPDATE own_asked SET confirmed = $3, by_name = $4 WHERE campaign = $1 AND member = $2`, a.Campaign, a.Member, store.Time(tx.Now), by); err != nil {
		return err
	}
	return count(ctx, tx, a.Campaign, 0, 0, 1)
}

const exportColumns = `id, member, by_user, state, file, size, made, until`

func readExport(row store.Scanner) (e Export, err error) {
	var state, made, until string
	if err = row.Scan(&e.ID, &e.Member, &e.User, &state, &e.File, &e.Size, &made, &until); err == nil {
		e.Ready = state == "done"
		e.Made, e.Until, err = at(made, until)
	}
	return e, err
}

func putExport(ctx context.Context, tx *store.Tx, e Export) error {
	state := "waiting"
	if e.Ready {
		state = "done"
	}
	return exec(ctx, tx, "put export", `
		INSERT INTO own_exports (`+exportColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, file = excluded.file, size = excluded.size, until = excluded.until`,
		e.ID, e.Member, e.User, state, e.File, e.Size, store.Time(e.Made), store.Time(e.Until))
}

func getExport(ctx context.Context, tx *store.Tx, id string) (Export, error) {
	e, err := readExport(tx.QueryRowContext(ctx, `SELECT `+exportColumns+` FROM own_exports WHERE id = $1 AND until > $2`, id, store.Time(tx.Now)))
	if store.Missing(err) {
		return e, fault.New(fault.Missing, "own.export.gone")
	}
	return e, failed("export", err)
}

// exportsOf are the exports of a member that are there or on their way.
func exportsOf(ctx context.Context, tx *store.Tx, id members.ID) ([]Export, error) {
	list, err := store.List(ctx, tx, readExport, `SELECT `+exportColumns+` FROM own_exports WHERE member = $1 ORDER BY id`, id)
	return list, failed("exports", err)
}

// takeExports takes out the exports of a member, or those that have run out if id is
// empty, and lists their files.
func takeExports(ctx context.Context, tx *store.Tx, id members.ID) ([]string, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (s string, err error) { return s, row.Scan(&s) },
		`DELETE FROM own_exports WHERE ($1 <> '' AND member = $1) OR ($1 = '' AND until < $2) RETURNING file`, id, store.Time(tx.Now))
	return list, failed("take exports", err)
}

const ruleColumns = `kind, years, basis, active, by_name, decided, gone_by, gone`

func listRules(ctx context.Context, tx *store.Tx) (map[string]Rule, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (r Rule, err error) {
		var decided, last string
		if err = row.Scan(&r.Kind, &r.Years, &r.Basis, &r.Active, &r.By, &decided, &last, &r.Gone); err == nil {
			r.Decided, r.Last, err = at(decided, last)
		}
		return r, err
	}, `SELECT `+ruleColumns+` FROM own_rules`)
	of := map[string]Rule{}
	for _, r := range list {
		of[r.Kind] = r
	}
	return of, failed("rules", err)
}

func putRule(ctx context.Context, tx *store.Tx, r Rule) error {
	return exec(ctx, tx, "put rule", `
		INSERT INTO own_rules (`+ruleColumns+`) VALUES ($1, $2, $3, $4, $5, $6, '', 0)
		ON CONFLICT (kind) DO UPDATE SET years = excluded.years, basis = excluded.basis, active = excluded.active, by_name = excluded.by_name, decided = excluded.decided`,
		r.Kind, r.Years, r.Basis, store.Bit(r.Active), r.By, store.Time(r.Decided))
}

// wentBy notes that a rule was gone by, and how many went. A rule that nobody has
// written stays the usual one.
func wentBy(ctx context.Context, tx *store.Tx, r Rule, gone int) error {
	return exec(ctx, tx, "went by", `
		INSERT INTO own_rules (`+ruleColumns+`) VALUES ($1, $2, $3, $4, '', '', $5, $6)
		ON CONFLICT (kind) DO UPDATE SET gone_by = excluded.gone_by, gone = excluded.gone`,
		r.Kind, r.Years, r.Basis, store.Bit(r.Active), store.Time(tx.Now), gone)
}

// oldWishes counts the wishes settled before the instant that still have words, and
// with blank takes these out.
func oldWishes(ctx context.Context, tx *store.Tx, before time.Time, blank bool) (n int, err error) {
	const where = ` WHERE state <> 'open' AND settled < $1 AND (value <> '' OR reason <> '' OR answer <> '' OR by_name <> '')`
	if err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM own_wishes`+where, store.Time(before)).Scan(&n); err != nil {
		return 0, failed("old wishes", err)
	}
	if !blank {
		return n, nil
	}
	return n, exec(ctx, tx, "blank wishes", `UPDATE own_wishes SET value = '', reason = '', answer = '', by_name = '', by_user = ''`+where, store.Time(before))
}

// eraseOwn takes out what this room keeps of a member: consents that were given stay
// as numbers, without the words of who gave them.
// A letter that they had as an agent is without them too.
func eraseOwn(ctx context.Context, tx *store.Tx, m members.Member) error {
	for _, s := range []string{
		`UPDATE own_consents SET by_name = '' WHERE member = $1`,
		`UPDATE own_wishes SET value = '', reason = '', answer = '', by_name = '', by_user = '' WHERE member = $1`,
		`UPDATE own_asked SET name = '', sort_key = '', email = '', hash = '', again = '', by_name = '' WHERE member = $1`,
	} {
		if err := exec(ctx, tx, "erase", s, m.ID); err != nil {
			return err
		}
	}
	for _, s := range []string{ // who did something of the office once
		`UPDATE own_erased SET by_name = '` + store.Erased + `' WHERE by_name IN ($1, $2)`,
		`UPDATE own_erased SET closed_by = '` + store.Erased + `' WHERE closed_by IN ($1, $2)`,
		`UPDATE own_rules SET by_name = '` + store.Erased + `' WHERE by_name IN ($1, $2)`,
		`UPDATE own_traces SET by_name = '` + store.Erased + `' WHERE by_name IN ($1, $2)`,
	} {
		if err := exec(ctx, tx, "erase", s, m.Name, members.Called(m.Name)); err != nil {
			return err
		}
	}
	if m.Email == "" {
		return nil
	}
	return exec(ctx, tx, "erase", `UPDATE own_asked SET email = '', hash = '', again = '' WHERE email = $1`, m.Email)
}

// moveOwn makes what is kept of one member be about another.
func moveOwn(ctx context.Context, tx *store.Tx, from, to members.ID) error {
	for _, s := range []string{
		`UPDATE own_consents SET member = $2 WHERE member = $1`, `UPDATE own_wishes SET member = $2 WHERE member = $1`, `UPDATE own_exports SET member = $2 WHERE member = $1`,
		`DELETE FROM own_asked WHERE member = $1 AND campaign IN (SELECT campaign FROM own_asked WHERE member = $2)`,
		`UPDATE own_asked SET member = $2 WHERE member = $1`,
	} {
		if err := exec(ctx, tx, "merge", s, from, to); err != nil {
			return err
		}
	}
	return nil
}
