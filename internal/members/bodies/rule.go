package bodies

import (
	"strings"

	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// A Rule is how a body decides, as its statute has it.
type Rule struct {
	Cite     string         // "ZDru-1, 13. člen, četrti odstavek"
	Quorum   tally.Quorum   // of all who have a vote
	Wait     int            // minutes until the second call
	Stays    bool           // a quorum that was found holds to the end, whoever leaves; else each vote needs one
	Majority tally.Majority // of ordinary motions
	Special  tally.Majority // of those for which the statute asks for more; zero if it knows none
	Notice   int            // days between the call and the meeting
	Proxies  int            // for how many others one who is present may vote
	Every    int            // within how many months an assembly is to be called again; 0 if the statute does not say
	Demand   tally.Share    // of members, who may demand an assembly
	Protest  tally.Share    // of those asked by letter, who may have a real meeting instead; zero if the statute knows none
}

// Law is the rule of a kind of body where the statute says nothing else: more than
// half of all must be there, and decide by the majority of those present. An assembly
// is called once a year, or when one fifth of the members demand it.
func Law(k Kind) Rule {
	r := Rule{Cite: "ZDru-1, 13. člen, četrti odstavek", Quorum: tally.Quorum{First: tally.Presence{Share: tally.Half}}, Majority: tally.OfThosePresent}
	if k == Assembly {
		r.Demand, r.Every = tally.Share{Num: 1, Den: 5}, 12
	}
	return r
}

func (r Rule) tidy() Rule {
	r.Cite = strings.TrimSpace(r.Cite)
	if r.Quorum.Second == nil {
		r.Wait = 0
	}
	return r
}

func (r Rule) check(wrong *fault.Fields) {
	long(wrong, "cite", r.Cite, longestLine)
	if r.Cite == "" {
		wrong.Add("cite", "bodies.rule.cite")
	}
	for field, s := range map[string]tally.Share{"quorum": r.Quorum.First.Share, "majority": r.Majority.Share, "special": r.Special.Share, "demand": r.Demand, "protest": r.Protest} {
		if !sound(s) {
			wrong.Add(field, "bodies.rule.share")
		}
	}
	if r.Quorum.Second != nil && !sound(r.Quorum.Second.Share) {
		wrong.Add("second", "bodies.rule.share")
	}
	if r.Majority.Share.IsZero() {
		wrong.Add("majority", "bodies.rule.majority")
	}
	for field, n := range map[string]int{"wait": r.Wait, "notice": r.Notice, "proxies": r.Proxies, "every": r.Every} {
		if n < 0 || n > 1_000 {
			wrong.Add(field, "bodies.rule.number")
		}
	}
}

// sound reports whether s is nothing, or a share up to the whole.
func sound(s tally.Share) bool {
	return s == tally.Share{} || s.Num > 0 && s.Den > 0 && s.Den <= 1_000 && s.Num <= s.Den && !(s.More && s.Num == s.Den)
}

// HasSpecial reports whether some motions need more than the ordinary majority.
func (r Rule) HasSpecial() bool { return !r.Special.Share.IsZero() }

// For is the majority of a motion.
func (r Rule) For(special bool) tally.Majority {
	if special && r.HasSpecial() {
		return r.Special
	}
	return r.Majority
}

// Needs is how many of all must be there for a quorum, at the first call or the
// second. Nobody at all is never a quorum.
func (r Rule) Needs(all int, second bool) int {
	call := 1
	if second {
		call = 2
	}
	return max(int(r.Quorum.Needs(call, int64(all))), 1)
}

// A Count is how a vote went.
type Count struct {
	All, Present            int // who has a vote; who of them is there
	For, Against, Abstained int
}

// Cast is how many said something.
func (c Count) Cast() int { return c.For + c.Against + c.Abstained }

func (c Count) poll() tally.Poll {
	return tally.Poll{For: int64(c.For), Against: int64(c.Against), Abstained: int64(c.Abstained), Present: int64(c.Present), All: int64(c.All)}
}

// Check returns a fault unless so many can have voted.
func (c Count) Check() error {
	switch {
	case c.For < 0 || c.Against < 0 || c.Abstained < 0:
		return fault.In("for", "bodies.count.negative")
	case c.Cast() > c.Present:
		return fault.In("for", "bodies.count.many", "cast", c.Cast(), "present", c.Present)
	}
	return nil
}

// A Choice is what somebody says to a motion.
type Choice string

// The choices.
const (
	For     Choice = "for"
	Against Choice = "against"
	Abstain Choice = "abstain"
)

// Choices are all of them in the order in which they are offered.
func Choices() []Choice { return []Choice{For, Against, Abstain} }

// Add counts a choice.
func (c Count) Add(one Choice) Count {
	switch one {
	case For:
		c.For++
	case Against:
		c.Against++
	case Abstain:
		c.Abstained++
	}
	return c
}

// Judge says whether a motion carries, and how many votes for it it needs. At a
// tie, where the rule says so, whoever presides decides; it is a fault if they have
// not, or if the vote must be taken again.
func Judge(m tally.Majority, c Count, chair Choice) (carried bool, needed int, err error) {
	out, err := m.Outcome(c.poll())
	needed = int(m.Needs(c.poll()))
	switch {
	case err != nil:
		return false, needed, fault.In("for", "bodies.count.many", "cast", c.Cast(), "present", c.Present)
	case out == tally.Tied && m.OnTie == tally.Repeat:
		return false, needed, fault.New(fault.Conflict, "bodies.count.again")
	case out == tally.Tied && chair != For && chair != Against:
		return false, needed, fault.In("chair", "bodies.count.chair")
	}
	return out == tally.Passed || out == tally.Tied && chair == For, needed, nil
}
