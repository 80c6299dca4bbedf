package bodies

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/platform/store/kept"
)

// traces counts where a member stands in the tables of the room.
func traces(ctx context.Context, tx *store.Tx, id members.ID) (int, error) {
	return kept.Number(ctx, tx, `
		SELECT (SELECT COUNT(*) FROM body_seats WHERE member = $1) + (SELECT COUNT(*) FROM body_signatures WHERE member = $1)`, id)
}

func signaturesOfMember(ctx context.Context, tx *store.Tx, id members.ID) ([]Signature, error) {
	all, err := store.List(ctx, tx, func(row store.Scanner) (s Signature, err error) {
		var on string
		if err := row.Scan(&s.Demand, &s.Member, &s.Name, &on); err != nil {
			return s, err
		}
		s.On, err = civil.Parse(on)
		return s, err
	}, `SELECT demand, member, name, on_day FROM body_signatures WHERE member = $1 ORDER BY on_day, demand`, id)
	if err != nil {
		return nil, fmt.Errorf("bodies: signatures of %s: %w", id, err)
	}
	return all, nil
}

// UploadsIn are the papers that an account has brought in.
func (d *Desk) UploadsIn(ctx context.Context, tx *store.Tx, user auth.UserID) ([]members.HeldFile, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (f members.HeldFile, err error) { return f, row.Scan(&f.Name, &f.Hash) },
		`SELECT name, hash FROM body_papers WHERE by_user = $1 ORDER BY id`, user)
	if err != nil {
		return nil, fmt.Errorf("bodies: uploads of %s: %w", user, err)
	}
	return list, nil
}

// moveSignatures makes signatures those of another member, where they have not
// signed the same demand.
func moveSignatures(ctx context.Context, tx *store.Tx, from, to members.ID) error {
	return kept.Run(ctx, tx, `
		UPDATE body_signatures SET member = $2
		WHERE member = $1 AND demand NOT IN (SELECT demand FROM body_signatures WHERE member = $2)`, from, to)
}

// eraseSignatures takes the name out; that somebody signed stays counted.
func eraseSignatures(ctx context.Context, tx *store.Tx, id members.ID) error {
	return kept.Run(ctx, tx, `UPDATE body_signatures SET name = $2 WHERE member = $1`, id, erased)
}
