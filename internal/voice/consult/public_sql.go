package consult

import (
	"context"
	"fmt"
	"strconv"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// listNotices reads public consultations of public cases. The tables of the room
// before are joined, for a call for each row would be wasteful.
func listNotices(ctx context.Context, tx *store.Tx, where, order string, limit int, args ...any) ([]Notice, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (n Notice, err error) {
		n.Consultation, err = readConsultation(further{row, []any{&n.CaseIs, &n.Kind, &n.Provisions}})
		return n, err
	}, `SELECT `+consultationColumns+`,
			(SELECT CASE WHEN c.short <> '' THEN c.short ELSE c.title END FROM cases c WHERE c.id = consultations.case_id),
			(SELECT c.kind FROM cases c WHERE c.id = consultations.case_id),
			(SELECT COUNT(*) FROM consult_asked a WHERE a.consultation = consultations.id)
		FROM consultations
		WHERE public = 1 AND EXISTS (SELECT 1 FROM cases c WHERE c.id = consultations.case_id AND c.public = 1) AND `+where+`
		ORDER BY `+order+` LIMIT $`+strconv.Itoa(len(args)+1), append(args, limit)...)
	if err != nil {
		return nil, fmt.Errorf("consult: public: %w", err)
	}
	return list, nil
}

// further reads more columns behind those that a reader asks for.
type further struct {
	row  store.Scanner
	more []any
}

func (f further) Scan(into ...any) error { return f.row.Scan(append(into, f.more...)...) }
