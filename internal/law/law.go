// Package law holds the words that the rooms of the Law desk share.
package law

// An ActID names an act (predpis) for good: "zujik".
type ActID string

// A VersionID names one text of an act: as it is in force, as drafted, as adopted.
type VersionID string

// An Address is a provision of a version: "art_5__para_2" of it.
type Address struct {
	Version   VersionID
	Provision string
}
