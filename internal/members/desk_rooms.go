package members

import (
	"context"
	"fmt"
	"strings"

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
			WHERE m.email = $1 AND m.kind = 'person' AND m.standing IN ('active', 'suspended')
			UNION ALL
			SELECT m.id, m.kind, a.name, a.email, a.lang FROM member_agents a JOIN members m ON m.id = a.member
			WHERE a.email = $1 AND a.until = '' AND m.standing IN ('active', 'suspended')) AS one
		ORDER BY kind DESC, id LIMIT 1`, email).Scan(&a.Member, &a.Kind, &a.PersonName, &a.Email, &a.Lang)
	if err != nil && !store.Missing(err) {
		return Answerer{}, fmt.Errorf("members: behind an address: %w", err)
	}
	return a, nil
}

// Called is the name of a person as it is spoken, given name first: "Taja Benko".
func Called(name string) string {
	if family, given, ok := strings.Cut(name, ", "); ok {
		return given + " " + family
	}
	return name
}
