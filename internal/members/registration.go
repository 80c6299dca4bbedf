package members

import (
	"slices"
	"unicode/utf8"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A Registration is a number in a registry, and what proves it (dokazilo).
type Registration struct {
	ID       string
	Member   ID
	In       record.Registry
	Number   string
	Since    civil.Date
	Until    civil.Date   // the first day on which no longer
	Proof    record.Proof // empty for none
	ProofDay civil.Date   // of the proof; set exactly when there is one
	Note     string
	File     record.File
	Noted    civil.Date // when it was written down; none if that was not kept
	Now      string     // of what it was until Replaced: the registration as it is now
	Replaced civil.Date
}

// Tidy returns r as it is kept: numbers of tax and business without what people put
// between the digits.
func (r Registration) Tidy() Registration {
	r.Number, r.Note = line(r.Number), line(r.Note)
	r.Number = r.In.Tidy(r.Number)
	return r
}

// Check returns the faults of a registration.
func (r Registration) Check() error {
	var wrong fault.Fields
	if !slices.Contains(record.Registries(), r.In) {
		wrong.Add("in", "members.registry.unknown")
	}
	if key := r.In.Wrong(r.Number); key != "" {
		wrong.Add("number", key)
	}
	if r.Proof != "" && !slices.Contains(record.Proofs(), r.Proof) {
		wrong.Add("proof", "members.proof.unknown")
	}
	if (r.Proof == "") != r.ProofDay.IsZero() {
		wrong.Add("proof_day", "members.proof.day")
	}
	if !r.Until.IsZero() && !r.Since.Before(r.Until) {
		wrong.Add("last", "members.registration.until")
	}
	if utf8.RuneCountInString(r.Note) > longestReason {
		wrong.Add("note", "members.too_long", "most", longestReason)
	}
	return wrong.Err()
}
