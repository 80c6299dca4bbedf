package bodies

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/textkit"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/kept"
)

func getDecision(ctx context.Context, tx *store.Tx, id DecisionID) (Decision, error) {
	return kept.One[Decision](ctx, tx, "bodies.decision.missing", `SELECT whole FROM decisions WHERE id = $1`, id)
}

func putDecision(ctx context.Context, tx *store.Tx, d Decision) error {
	due := ""
	if d.Waits() {
		due = d.Task.Due.String()
		if due == "" {
			due = "9999-12-31"
		}
	}
	err := kept.Write(ctx, tx, `
		INSERT INTO decisions (id, number, body, meeting, on_day, force, open, case_id, owner, owner_email, due, found_by, whole)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (id) DO UPDATE SET force = excluded.force, open = excluded.open, case_id = excluded.case_id, owner = excluded.owner,
			owner_email = excluded.owner_email, due = excluded.due, found_by = excluded.found_by, whole = excluded.whole`,
		d, d.ID, d.Number, d.Body, d.Meeting, d.On.String(), d.Force, d.Open, d.Case, d.Task.Owner, d.Task.Email, due, d.found())
	if store.Taken(err) {
		return fault.In("number", "bodies.decision.taken", "number", d.Number)
	}
	return err
}

func dropDecision(ctx context.Context, tx *store.Tx, id DecisionID) error {
	return kept.Run(ctx, tx, `DELETE FROM decisions WHERE id = $1`, id)
}

// A DecisionQuery asks for a page of the register, the latest first.
type DecisionQuery struct {
	Text    string
	Body    BodyID
	Meeting MeetingID
	Year    int
	Force   Force
	Task    Doing      // only those of which something is to be done; empty for all
	Today   civil.Date // by which it is late
	Case    string
	Before  DecisionID // last one of the page before
	Limit   int        // 50 if zero
}

// A Doing is which of the tasks of decisions are asked for.
type Doing string

// What may be asked for.
const (
	Waiting Doing = "open"
	Overdue Doing = "overdue"
	Mine    Doing = "mine" // of whoever asks
)

// Doings are all of them in the order in which they are offered.
func Doings() []Doing { return []Doing{Waiting, Overdue, Mine} }

func (q DecisionQuery) limit() int {
	if q.Limit <= 0 || q.Limit > 1_000 {
		return 50
	}
	return q.Limit
}

// mostWords is how many words of a search count.
const mostWords = 8

// listDecisions reads a page of those that the person may see.
func listDecisions(ctx context.Context, tx *store.Tx, q DecisionQuery, who Person, bodies []BodyID) ([]Decision, error) {
	var conds []string
	var args []any
	where := func(cond string, arg any) {
		args = append(args, arg)
		conds = append(conds, strings.ReplaceAll(cond, "$", "$"+strconv.Itoa(len(args))))
	}
	if q.Body != "" {
		where(`body = $`, q.Body)
	}
	if q.Meeting != "" {
		where(`meeting = $`, q.Meeting)
	}
	if q.Year > 0 {
		where(`on_day LIKE $ || '-%'`, fmt.Sprintf("%04d", q.Year))
	}
	if q.Force != "" {
		where(`force = $`, q.Force)
	}
	if q.Case != "" {
		where(`case_id = $`, q.Case)
	}
	if q.Task != "" {
		conds = append(conds, `due <> ''`)
	}
	switch q.Task {
	case Overdue:
		where(`due < $`, q.Today.String())
	case Mine:
		args = append(args, who.User, who.Email)
		conds = append(conds, fmt.Sprintf(`(owner <> '' AND owner = $%d OR owner_email <> '' AND owner_email = $%d)`, len(args)-1, len(args)))
	}
	words := strings.Fields(textkit.Fold(q.Text))
	for _, w := range words[:min(len(words), mostWords)] {
		where(`found_by LIKE '%' || $ || '%' ESCAPE '\'`, strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(w))
	}
	if q.Before != "" {
		where(`(on_day, id) < (SELECT on_day, id FROM decisions WHERE id = $)`, q.Before)
	}
	switch {
	case who.Office:
	case !who.Known:
		conds = append(conds, `open = 'public'`)
	default:
		args = append(args, who.User, who.Email)
		cond := fmt.Sprintf(`open <> 'body' OR owner <> '' AND owner = $%d OR owner_email <> '' AND owner_email = $%d`, len(args)-1, len(args))
		for _, b := range bodies {
			args = append(args, b)
			cond += ` OR body = $` + strconv.Itoa(len(args))
		}
		conds = append(conds, `(`+cond+`)`)
	}
	if len(conds) == 0 {
		conds = []string{`1 = 1`}
	}
	args = append(args, q.limit())
	return kept.List[Decision](ctx, tx, `SELECT whole FROM decisions WHERE `+strings.Join(conds, ` AND `)+` ORDER BY on_day DESC, id DESC LIMIT $`+strconv.Itoa(len(args)), args...)
}

// doing lists what waits to be done by the person, the nearest first.
func doing(ctx context.Context, tx *store.Tx, who Person, limit int) ([]Decision, error) {
	return kept.List[Decision](ctx, tx, `
		SELECT whole FROM decisions
		WHERE due <> '' AND (owner <> '' AND owner = $1 OR owner_email <> '' AND owner_email = $2) ORDER BY due, id LIMIT $3`, who.User, who.Email, limit)
}

// tasksAt lists the decisions whose tasks are of the address, done or not.
func tasksAt(ctx context.Context, tx *store.Tx, email string) ([]Decision, error) {
	return kept.List[Decision](ctx, tx, `SELECT whole FROM decisions WHERE owner_email <> '' AND owner_email = $1 ORDER BY id`, email)
}

// tasks lists the decisions of which something waits to be done, the nearest first.
func tasks(ctx context.Context, tx *store.Tx, limit int) ([]Decision, error) {
	return kept.List[Decision](ctx, tx, `SELECT whole FROM decisions WHERE due <> '' ORDER BY due, id LIMIT $1`, limit)
}

// years are those in which something was decided, the latest first.
func years(ctx context.Context, tx *store.Tx) ([]int, error) {
	all, err := store.List(ctx, tx, func(row store.Scanner) (y int, err error) {
		var s string
		if err := row.Scan(&s); err != nil {
			return 0, err
		}
		return strconv.Atoi(s)
	}, `SELECT DISTINCT SUBSTR(on_day, 1, 4) AS year FROM decisions ORDER BY year DESC LIMIT 100`)
	if err != nil {
		return nil, fmt.Errorf("bodies: years: %w", err)
	}
	return all, nil
}

// numbered is the decision of the number, or none.
func numbered(ctx context.Context, tx *store.Tx, number string) (DecisionID, error) {
	var id DecisionID
	err := tx.QueryRowContext(ctx, `SELECT id FROM decisions WHERE number = $1`, number).Scan(&id)
	if err != nil && !store.Missing(err) {
		return "", fmt.Errorf("bodies: decision %s: %w", number, err)
	}
	return id, nil
}
