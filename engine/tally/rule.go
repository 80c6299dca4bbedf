package tally

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Share is a fraction of something, of which more, or at least so much, is asked:
// more than 1/2, at least 2/3.
type Share struct {
	Num, Den int64
	More     bool
}

// Half, TwoThirds and ThreeQuarters are the shares that statutes use.
var (
	Half          = Share{1, 2, true}
	TwoThirds     = Share{2, 3, false}
	ThreeQuarters = Share{3, 4, false}
)

// IsZero reports whether nothing is asked.
func (s Share) IsZero() bool { return s.Num == 0 }

// Needs is the least number that is enough of all.
func (s Share) Needs(all int64) int64 {
	if s.IsZero() {
		return 0
	}
	n := s.Num * all / s.Den
	if s.More || s.Num*all%s.Den != 0 {
		n++
	}
	return n
}

// String writes "> 1/2" or ">= 2/3".
func (s Share) String() string {
	sign := ">= "
	if s.More {
		sign = "> "
	}
	return fmt.Sprintf("%s%d/%d", sign, s.Num, s.Den)
}

// check returns an error for what is no fraction between nothing and all.
func (s Share) check() error {
	if s.Den < 1 || s.Num < 0 || s.Num > s.Den || s.Den > 1_000 || s.More && s.Num == s.Den {
		return fmt.Errorf("tally: no share %d/%d", s.Num, s.Den)
	}
	return nil
}

// parseShare reads "> 1/2" and ">= 2/3", with spaces or without.
func parseShare(s string) (Share, error) {
	rest, more := strings.CutPrefix(strings.TrimSpace(s), ">")
	if !more {
		return Share{}, fmt.Errorf("tally: no share %q", s)
	}
	rest, least := strings.CutPrefix(rest, "=")
	num, den, ok := strings.Cut(strings.TrimSpace(rest), "/")
	n, e1 := strconv.ParseInt(num, 10, 32)
	d, e2 := strconv.ParseInt(den, 10, 32)
	if err := errors.Join(e1, e2); err != nil || !ok {
		return Share{}, fmt.Errorf("tally: no share %q", s)
	}
	share := Share{n, d, !least}
	return share, share.check()
}

// A Presence is how many must be there: a share of all who have a vote, and at
// least a number. The zero Presence asks for nobody.
type Presence struct {
	Share Share
	Least int64
}

// Needs is the number that must be there when all are so many.
func (p Presence) Needs(all int64) int64 { return max(p.Share.Needs(all), p.Least) }

// String writes "> 1/2 and 10", either part of it alone, or "0".
func (p Presence) String() string {
	switch {
	case p.Share.IsZero():
		return strconv.FormatInt(p.Least, 10)
	case p.Least == 0:
		return p.Share.String()
	}
	return p.Share.String() + " and " + strconv.FormatInt(p.Least, 10)
}

func parsePresence(s string) (p Presence, err error) {
	share, least, both := strings.Cut(s, " and ")
	if !both && !strings.Contains(s, "/") {
		share, least = "", s
	}
	if share != "" {
		if p.Share, err = parseShare(share); err != nil {
			return p, err
		}
	}
	if share == "" || both {
		p.Least, err = strconv.ParseInt(strings.TrimSpace(least), 10, 32)
		if err != nil || p.Least < 0 {
			return p, fmt.Errorf("tally: no number %q", least)
		}
	}
	return p, nil
}

// A Quorum is how many must take part for a vote to count (sklepčnost): at the
// first call, and, if Second is set, fewer at a second one, as statutes often have
// it after half an hour.
type Quorum struct {
	First  Presence
	Second *Presence
}

// Needs is the number that must be there at the call, 1 or 2. A second call for
// which there is no rule asks for what the first does.
func (q Quorum) Needs(call int, all int64) int64 {
	if call > 1 && q.Second != nil {
		return q.Second.Needs(all)
	}
	return q.First.Needs(all)
}

// Reached reports whether those present are enough at the call.
func (q Quorum) Reached(call int, present, all int64) bool { return present >= q.Needs(call, all) }

// String writes the rule as ParseQuorum reads it: "> 1/2; 10".
func (q Quorum) String() string {
	if q.Second == nil {
		return q.First.String()
	}
	return q.First.String() + "; " + q.Second.String()
}

// ParseQuorum reads a rule: "> 1/2", ">= 1/3 and 10", "10", and after a semicolon
// the rule of the second call.
func ParseQuorum(s string) (q Quorum, err error) {
	first, second, two := strings.Cut(s, ";")
	if q.First, err = parsePresence(strings.TrimSpace(first)); err != nil || !two {
		return q, err
	}
	p, err := parsePresence(strings.TrimSpace(second))
	q.Second = &p
	return q, err
}

// A Base is what the share of a majority is of.
type Base string

// The bases.
const (
	Cast    Base = "cast"    // votes for and against: abstentions are not counted
	Present Base = "present" // all who are there: to abstain is not to be for it
	All     Base = "all"     // all who have a vote, there or not
)

// An OnTie is what becomes of a motion with as many votes for it as against.
type OnTie string

// What becomes of it.
const (
	Falls  OnTie = "falls"  // it has no majority; the rule where nothing is said
	Chair  OnTie = "chair"  // the vote of whoever presides decides
	Repeat OnTie = "repeat" // it is voted on again
)

// A Majority is how many votes a motion needs (večina).
type Majority struct {
	Share Share
	Of    Base
	OnTie OnTie
}

// The majorities that statutes use.
var (
	Simple          = Majority{Half, Cast, Falls}         // navadna večina opredeljenih
	OfThosePresent  = Majority{Half, Present, Falls}      // večina prisotnih
	Absolute        = Majority{Half, All, Falls}          // absolutna večina vseh
	TwoThirdsThere  = Majority{TwoThirds, Present, Falls} // dve tretjini prisotnih
	TwoThirdsOfAll  = Majority{TwoThirds, All, Falls}     // dve tretjini vseh
	ThreeQuartersOf = Majority{ThreeQuarters, All, Falls} // tri četrtine vseh
)

// String writes the rule as ParseMajority reads it: "> 1/2 cast", "> 1/2 cast, chair".
func (m Majority) String() string {
	s := m.Share.String() + " " + string(m.Of)
	if m.OnTie != "" && m.OnTie != Falls {
		s += ", " + string(m.OnTie)
	}
	return s
}

// ParseMajority reads "> 1/2 cast", ">= 2/3 present", "> 1/2 all, chair".
func ParseMajority(s string) (Majority, error) {
	rule, tie, _ := strings.Cut(s, ",")
	rule = strings.TrimSpace(rule)
	i := strings.LastIndexByte(rule, ' ')
	if i < 0 {
		return Majority{}, fmt.Errorf("tally: no majority %q", s)
	}
	share, err := parseShare(rule[:i])
	m := Majority{share, Base(rule[i+1:]), OnTie(strings.TrimSpace(tie))}
	if m.OnTie == "" {
		m.OnTie = Falls
	}
	known := (m.Of == Cast || m.Of == Present || m.Of == All) && (m.OnTie == Falls || m.OnTie == Chair || m.OnTie == Repeat)
	if err == nil && (!known || share.IsZero()) {
		err = fmt.Errorf("tally: no majority %q", s)
	}
	return m, err
}

// A Poll is how a motion was voted on, in votes (their weights, where they have
// any). Present and All are of no matter to a majority of votes cast.
type Poll struct {
	For, Against, Abstained int64
	Present                 int64 // abstained, invalid and silent ones too
	All                     int64
}

// check returns an error for numbers that cannot be.
func (p Poll) check() error {
	if min(p.For, p.Against, p.Abstained, p.Present, p.All) < 0 || max(p.For, p.Against, p.Abstained, p.Present, p.All) > mostWeight {
		return errors.New("tally: numbers of a poll out of bounds")
	}
	return nil
}

// An Outcome is what became of a motion.
type Outcome string

// The outcomes.
const (
	Passed Outcome = "passed"
	Failed Outcome = "failed"
	Tied   Outcome = "tied" // and the rule says that the chair or a new vote decides
)

// Needs is how many votes for it a motion needs.
func (m Majority) Needs(p Poll) int64 {
	of := p.For + p.Against
	switch m.Of {
	case Present:
		of = max(p.Present, p.For+p.Against+p.Abstained)
	case All:
		of = p.All
	}
	return max(m.Share.Needs(of), 1)
}

// Outcome judges the poll. A motion that nobody is for fails.
func (m Majority) Outcome(p Poll) (Outcome, error) {
	if err := p.check(); err != nil {
		return "", err
	}
	switch {
	case p.For >= m.Needs(p):
		return Passed, nil
	// It is a tie if one vote more would carry it.
	case p.For == p.Against && p.For > 0 && m.OnTie != Falls && m.OnTie != "" && p.For+1 >= m.Needs(Poll{p.For + 1, p.Against, p.Abstained, p.Present, p.All}):
		return Tied, nil
	}
	return Failed, nil
}
