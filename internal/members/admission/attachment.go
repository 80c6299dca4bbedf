package admission

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/members/record"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// An Attachment (priloga) is a file that proves what an application says.
type Attachment struct {
	ID   string
	Of   ID // empty until the form is sent
	Made time.Time
	record.File
}

// mostFiles bounds the files of an application.
const mostFiles = 8

// numbers are the numbers that the applicant gave, as the register would have them.
func (a Application) numbers() []members.Registration {
	register := record.SelfEmployed
	if a.Kind == members.Organisation {
		register = record.Business
	}
	var list []members.Registration
	for _, one := range []members.Registration{{In: register, Number: a.Register}, {In: record.Associations, Number: a.Society}, {In: record.Tax, Number: a.Tax}} {
		if one.Number != "" {
			list = append(list, one.Tidy())
		}
	}
	return list
}

// check is Check for what somebody has just typed: the numbers are right too.
func (a Application) check() error {
	var wrong fault.Fields
	for _, err := range []error{a.Check(), a.checkNumbers()} {
		if f := fault.Of(err); f != nil {
			wrong = append(wrong, f.All()...)
		}
	}
	return wrong.Err()
}

// checkNumbers returns the faults of numbers that no registry gives.
func (a Application) checkNumbers() error {
	var wrong fault.Fields
	field := map[record.Registry]string{record.Tax: "tax", record.Associations: "society"}
	for _, r := range a.numbers() {
		if f := fault.Of(r.Check()); f != nil {
			wrong.Add(cmp.Or(field[r.In], "register"), f.Key, f.Args...)
		}
	}
	return wrong.Err()
}

// registrations are what the register keeps of the numbers and the files of an
// application: what proves it stands with the first number, and what is left over under
// the number of the application. A number that no registry gives is kept as it is.
func (f File) registrations() []members.Registration {
	list := f.numbers()
	for i, r := range list {
		if r.Check() != nil {
			list[i].In, list[i].Note = record.Elsewhere, string(r.In)
		}
	}
	if len(list) == 0 && (f.Proof != "" || f.ProofAs != "") {
		list = append(list, f.other())
	}
	for i, file := range f.Files {
		if i >= len(list) || i > 0 {
			list = append(list, f.other())
		}
		at := &list[0]
		if i > 0 {
			at = &list[len(list)-1]
		}
		at.File, at.Proof, at.ProofDay = file.File, "copy", f.settledDay
	}
	if len(list) > 0 && (f.Proof != "" || f.ProofAs != "" || !f.ProofOn.IsZero()) {
		at := &list[0]
		at.Proof, at.ProofDay = cmp.Or(f.ProofAs, at.Proof, "viewed"), f.ProofOn
		at.Note = strings.TrimSpace(at.Note + " " + f.Proof)
		if at.ProofDay.IsZero() {
			at.ProofDay = f.settledDay
		}
	}
	return list
}

// other is a registration for what proves no number.
func (f File) other() members.Registration {
	return members.Registration{In: record.Elsewhere, Number: f.Number()}
}

// postcode parts "1000 Ljubljana".
func postcode(place string) (code, town string) {
	code, town, two := strings.Cut(place, " ")
	if digits := strings.TrimPrefix(code, "SI-"); two && len(digits) >= 4 && len(digits) <= 6 && strings.Trim(digits, "0123456789") == "" {
		return digits, strings.TrimSpace(town)
	}
	return "", place
}

// over is m with what the applicant says now: who comes again has moved since.
func (a Application) over(m members.Member) members.Member {
	now := a.member(m.Since)
	for to, from := range map[*string]string{&m.Phone: now.Phone, &m.Street: now.Street, &m.Region: now.Region, &m.Lang: now.Lang} {
		*to = cmp.Or(from, *to)
	}
	if now.Place != "" {
		m.Place, m.Postcode = now.Place, cmp.Or(now.Postcode, m.Postcode)
	}
	if now.Field != "" {
		m.Fields = slices.Concat([]members.Field{m.Field}, m.Fields, now.Fields)
		m.Field = now.Field
	}
	if len(now.Languages) > 0 {
		m.Languages = now.Languages
	}
	m.Email = cmp.Or(m.Email, now.Email)
	return m
}
