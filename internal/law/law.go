// Package law has the words that the rooms of the Law desk share, and that other
// desks point at the law with.
//
// What holds of them: an ActID, a VersionID and an Address never change what they
// mean, for the text of a version never changes.
package law

import (
	"strings"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// An ActID names an act for good: "zujik". It is a part of an address on the web.
type ActID string

// A VersionID names one text of an act for good.
type VersionID string

// An Address points at one provision of one version. Without a Provision it
// points at the whole text.
type Address struct {
	Version   VersionID
	Provision string // as lawtext counts: "art_5__para_2", "zujik-b/art_4"
}

// String writes "01hk…#art_5__para_2".
func (a Address) String() string {
	if a.Provision == "" {
		return string(a.Version)
	}
	return string(a.Version) + "#" + a.Provision
}

// ParseAddress reads what String wrote. It does not ask whether the provision is
// there.
func ParseAddress(s string) (Address, error) {
	version, provision, _ := strings.Cut(s, "#")
	if version == "" {
		return Address{}, fault.New(fault.Invalid, "law.address.broken")
	}
	return Address{VersionID(version), provision}, nil
}
