// Package auth says who is asking, and what they may do.
//
// Desks ask the Actor they are given; pages, the API, commands and jobs all hand
// one over. A right names the roles that have it.
package auth

import (
	"context"
	"strings"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A UserID names an account for good.
type UserID string

// Roles is a set of roles.
type Roles uint8

// The roles, as an association has them.
const (
	Administrator Roles = 1 << iota // skrbnik: keeps the house running
	Office                          // strokovna služba: does the daily work
	Board                           // upravni odbor: decides
	Member                          // član: answers, and sees what members see

	Nobody  Roles = 0
	Staff         = Administrator | Office
	Insider       = Administrator | Office | Board
	Anyone        = Administrator | Office | Board | Member
)

var roleNames = []struct {
	role Roles
	name string
}{{Administrator, "administrator"}, {Office, "office"}, {Board, "board"}, {Member, "member"}}

// String lists the roles: "office board".
func (r Roles) String() string {
	var names []string
	for _, n := range roleNames {
		if r&n.role != 0 {
			names = append(names, n.name)
		}
	}
	return strings.Join(names, " ")
}

// ParseRoles reads what String wrote; words that are no role are a fault.
func ParseRoles(s string) (Roles, error) {
	var r Roles
words:
	for _, w := range strings.Fields(s) {
		for _, n := range roleNames {
			if n.name == w {
				r |= n.role
				continue words
			}
		}
		return 0, fault.In("roles", "auth.role.unknown")
	}
	return r, nil
}

// A Right is something that may be done, and by whom.
type Right struct {
	Name  string // "members.write"
	Roles Roles
}

// An Actor is whoever asks: an account, the house itself, or anyone at all.
// The zero Actor is a passer-by without any right.
type Actor struct {
	User  UserID
	Name  string
	Email string
	Roles Roles
	Lang  string // of the account; empty for the house's own
	// Second is the day from which they need a second factor and have none yet.
	Second string
}

// House is the house itself, for its jobs and its keeper's commands.
var House = Actor{Name: "asociacija", Roles: Anyone}

// Can reports whether the actor has the right.
func (a Actor) Can(r Right) bool { return a.Roles&r.Roles != 0 }

// Known reports whether somebody has signed in.
func (a Actor) Known() bool { return a.User != "" || a.Roles != Nobody }

// Must returns a Denied fault if the actor has not the right; it differs for
// those who have not signed in, so that they are asked to.
func (a Actor) Must(r Right) error {
	if a.Can(r) {
		return nil
	}
	return a.Refused(r)
}

// Refused is the fault that Must returns, for what is refused whatever the roles.
func (a Actor) Refused(r Right) error {
	if !a.Known() {
		return fault.New(fault.Denied, "auth.sign_in_first")
	}
	return fault.New(fault.Denied, "auth.denied", "right", r.Name)
}

type key struct{}

// With carries the actor from the session to the handler, and no further.
func With(ctx context.Context, a Actor) context.Context { return context.WithValue(ctx, key{}, a) }

// From is the actor whom With put there, or a passer-by.
func From(ctx context.Context) Actor {
	a, _ := ctx.Value(key{}).(Actor)
	return a
}
