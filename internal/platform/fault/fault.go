// Package fault is for errors that a person can do something about.
//
// A fault carries a kind, the key of a sentence in the catalogues, and, where it
// is about one thing that was typed, the name of that field. Everything else that
// goes wrong is a failure of ours: an ordinary error, logged once at the edge.
package fault

import (
	"errors"
	"strings"
)

// A Kind says what sort of answer the person gets.
type Kind string

// The kinds of faults.
const (
	Invalid  Kind = "invalid"  // what was typed cannot be taken
	Denied   Kind = "denied"   // this person may not do this
	Missing  Kind = "missing"  // there is no such thing
	Conflict Kind = "conflict" // somebody or something was faster
	TooBig   Kind = "too_big"  // more than we take
	Busy     Kind = "busy"     // try again later
)

// A Fault is an error meant for the person who caused it.
type Fault struct {
	Kind  Kind
	Key   string // a key of the catalogues
	Field string // name of the form field, empty if the fault is about the whole
	Args  []any  // name, value, name, value … for the sentence
	Also  []*Fault
}

// Error gives the key: faults are shown translated, and logged by key.
func (f *Fault) Error() string {
	if f.Field != "" {
		return f.Field + ": " + f.Key
	}
	return f.Key
}

// New makes a fault about the whole of what was asked.
func New(k Kind, key string, args ...any) *Fault { return &Fault{Kind: k, Key: key, Args: args} }

// In makes an Invalid fault about one field.
func In(field, key string, args ...any) *Fault {
	return &Fault{Kind: Invalid, Key: key, Field: field, Args: args}
}

// Of finds the fault in err, or nil if there is none.
func Of(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return nil
}

// Is reports whether err is a fault of the kind.
func Is(err error, k Kind) bool {
	f := Of(err)
	return f != nil && f.Kind == k
}

// Fields is a form's worth of faults: gather with Add, return Err.
type Fields []*Fault

// Add notes a fault of one field.
func (s *Fields) Add(field, key string, args ...any) { *s = append(*s, In(field, key, args...)) }

// Err is nil if nothing was added; else the first fault, which holds the others.
func (s Fields) Err() error {
	if len(s) == 0 {
		return nil
	}
	first := *s[0]
	first.Also = s[1:]
	return &first
}

// All lists the fault and those it holds.
func (f *Fault) All() []*Fault { return append([]*Fault{f}, f.Also...) }

// Empty reports whether s is only space.
func Empty(s string) bool { return strings.TrimSpace(s) == "" }
