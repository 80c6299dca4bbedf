package consult

import (
	"time"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// Given is what was typed to one provision, and Rev the version that the person
// saw when the page was shown; 0 for none.
type Given struct {
	Provision string
	Said
	Rev int
}

// A Saving is a form of answers as it comes in.
type Saving struct {
	Page    string // names one showing of the page, so that its own savings are no clash
	Public  bool
	Given   []Given
	Channel Channel // only of what the office types in
}

func (s Saving) check(asked []Asked) error {
	known := map[string]bool{}
	for _, a := range asked {
		known[a.Provision] = true
	}
	var wrong fault.Fields
	for _, g := range s.Given {
		if !known[g.Provision] {
			wrong.Add("", "consult.asked.unknown")
			continue
		}
		g.check(g.Provision, &wrong)
	}
	return wrong.Err()
}

// complete returns faults for words without a stance: they cannot be counted.
func complete(all map[string]held) error {
	var wrong fault.Fields
	some := false
	for _, h := range all {
		some = some || !h.Empty()
		if !h.Empty() && h.Stance == "" {
			wrong.Add("stance:"+h.Provision, "consult.stance.choose")
		}
	}
	if !some {
		wrong.Add("", "consult.send.empty")
	}
	return wrong.Err()
}

// completeGiven is complete of what the office types in.
func completeGiven(list []Given) error {
	all := map[string]held{}
	for _, g := range list {
		all[g.Provision] = held{Comment: Comment{Provision: g.Provision, Said: g.Said}}
	}
	return complete(all)
}

// A Clash is a provision to which somebody else has said something since the page
// was shown. Theirs stands; Mine is in the history as version Rev.
type Clash struct {
	Provision string
	Mine      Said
	Rev       int
}

// A settled says what becomes of what was typed: nothing, a version that stands,
// or a version that lost.
type settled int

const (
	same settled = iota
	stands
	lost
)

// settle weighs what was typed against the comment as it stands.
func (h held) settle(g Given, page string) settled {
	switch {
	case h.ID == "" && g.Empty(), h.ID != "" && h.Said == g.Said:
		return same
	case h.ID != "" && g.Rev != h.Rev && (page == "" || page != h.page):
		return lost
	}
	return stands
}

// take makes the words the version that stands.
func (h held) take(w Said, page string, at time.Time) held {
	h.Said, h.page, h.At = w, page, at
	h.revs++
	h.Rev = h.revs
	return h
}

// version is the version that stands.
func (h held) version() Version {
	return Version{Rev: h.Rev, Said: h.Said, Via: h.Via, Channel: h.Channel, TypedIs: h.TypedIs, At: h.At, Kept: true}
}

// counts reports whether the comment is one for tallies.
func (h held) counts() bool { return h.Sent && h.Stance != "" }
