// Package accounts is the desk of those who sign in: who they are, how they
// prove it, and for how long they are believed.
//
// What holds:
//
//   - An e-mail address names at most one account, however it is capitalised.
//   - There is always an administrator who can sign in, once there was one.
//   - Passwords are kept as argon2id; sessions, mail links and the setup token as
//     SHA-256 of 32 random bytes, recovery codes as SHA-256 of ten. None of them is
//     in a log or in the book. The secret of an app that shows codes is shown once.
//   - A session that waits for its second factor is nobody's session.
//   - A code is taken once, and tries at codes are counted as those at passwords are.
//   - Nothing that is asked before signing in tells whether an address is known.
//   - The nodes hold no state: tries are counted in a table.
package accounts

import (
	"net/mail"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// Keep is the right to look after accounts.
var Keep = auth.Right{Name: "accounts.keep", Roles: auth.Administrator}

// An Account is somebody who can sign in.
//
// These hold of every Account that Check accepts:
//
//   - Name has 1 to 200 letters.
//   - Email is one plain address of at most 254 bytes.
//   - There is at least one role.
type Account struct {
	ID       auth.UserID
	Name     string
	Email    string
	Roles    auth.Roles
	Lang     string // as in "sl"; empty for the house's own
	Digest   bool   // wants the morning letter
	Disabled bool   // cannot sign in
	Created  time.Time
}

// Actor is the account as the one who asks.
func (a Account) Actor() auth.Actor {
	return auth.Actor{User: a.ID, Name: a.Name, Email: a.Email, Roles: a.Roles, Lang: a.Lang}
}

// Check returns the faults of the rules above that a breaks, each at its field.
func (a Account) Check() error {
	var faults fault.Fields
	if n := len([]rune(a.Name)); n == 0 || n > 200 || fault.Empty(a.Name) {
		faults.Add("name", "accounts.name.wrong")
	}
	if at, err := mail.ParseAddress(a.Email); err != nil || at.Address != a.Email || len(a.Email) > 254 {
		faults.Add("email", "accounts.email.wrong")
	}
	if a.Roles == auth.Nobody || a.Roles&^auth.Anyone != 0 {
		faults.Add("roles", "accounts.roles.none")
	}
	return faults.Err()
}

// tidy is the account without what paste and phones leave.
func (a Account) tidy() Account {
	a.Name, a.Email = clean(a.Name), clean(a.Email)
	return a
}

// clean takes off the spaces around s, and what PostgreSQL has no place for.
func clean(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", ""))
}

// emailKey is what two spellings of an address have in common.
func emailKey(email string) string { return strings.ToLower(clean(email)) }

func subject(id auth.UserID) string { return "account/" + string(id) }
