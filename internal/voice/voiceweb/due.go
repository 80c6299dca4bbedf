package voiceweb

import (
	"strconv"

	"github.com/asociacija/asociacija/country"
	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/procedure"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/voice/cases"
)

// ClockName is what the pack calls a clock, or the key if it knows none such.
func ClockName(p *i18n.Printer, pack country.Pack, key string) string {
	for _, made := range pack.Procedures {
		for _, phase := range made.Phases {
			for _, c := range phase.Clocks {
				if c.Key == key {
					return Label(p, c.Labels)
				}
			}
		}
	}
	if c, ok := pack.Answer(key); ok {
		return Label(p, c.Labels)
	}
	return key
}

// Say is the sentence of a due: what is to be done, with suffix "" (the title),
// ".text" (what is good to know) or ".do" (the words of the button); empty if the
// kind has no such. A kind followed by the key of its clock goes before the kind.
// Arguments that are days are written as people write them.
func Say(p *i18n.Printer, pack country.Pack, d cases.Due, suffix string) string {
	args := []any{"case", d.CaseIs}
	clock := ""
	for i := 0; i+1 < len(d.Args); i += 2 {
		name, value := d.Args[i], d.Args[i+1]
		day, err := civil.Parse(value)
		switch n, notNumber := strconv.Atoi(value); {
		case name == "clock":
			clock = value
			args = append(args, name, ClockName(p, pack, value))
		case name == "n" && notNumber == nil:
			args = append(args, name, n)
		case err == nil && !day.IsZero():
			args = append(args, name, p.Date(day))
		default:
			args = append(args, name, value)
		}
	}
	for _, key := range []string{d.Kind + "." + clock + suffix, d.Kind + suffix} {
		if p.Has(key) {
			return p.T(key, args...)
		}
	}
	if suffix == "" {
		return p.T(d.Kind, args...)
	}
	return ""
}

// Force is the word for a force, and the edge of its tag.
func Force(p *i18n.Printer, f procedure.Force) (word, edge string) {
	switch f {
	case procedure.Binding:
		return p.T("voice.force.binding"), "firm"
	case procedure.Recommended:
		return p.T("voice.force.recommended"), "soft"
	}
	return p.T("voice.force.own"), ""
}
