package ballots

import (
	"strconv"

	"github.com/asociacija/asociacija/engine/tally"
	"github.com/asociacija/asociacija/internal/platform/i18n"
)

// MajorityWords names a majority; one that has no name is written as the rule.
func MajorityWords(p *i18n.Printer, m tally.Majority) string {
	key := "ballots.majority." + strconv.FormatInt(m.Share.Num, 10) + "_" + strconv.FormatInt(m.Share.Den, 10) + "." + string(m.Of)
	if m.OnTie != tally.Falls {
		key += "." + string(m.OnTie)
	}
	if !p.Has(key) {
		return m.String()
	}
	return p.T(key)
}

// QuorumWords names a quorum; one that has no name is written as the rule.
func QuorumWords(p *i18n.Printer, rule string) string {
	if rule == "0" {
		return p.T("ballots.quorum.none")
	}
	q, err := tally.ParseQuorum(rule)
	if err != nil || q.First.Share.IsZero() || q.First.Least > 0 || q.Second != nil {
		return rule
	}
	key := "ballots.quorum.least"
	if q.First.Share.More {
		key = "ballots.quorum.more"
	}
	return p.T(key, "share", strconv.FormatInt(q.First.Share.Num, 10)+"/"+strconv.FormatInt(q.First.Share.Den, 10))
}
