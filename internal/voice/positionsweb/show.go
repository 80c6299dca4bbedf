package positionsweb

import (
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/voice/positions"
)

func isMissing(err error) bool { return fault.Is(err, fault.Missing) }

// A proposalShow is a proposal as it is read: redline, reasons, consequences and
// numbers.
type proposalShow struct {
	page.Frame
	ID, Kicker, Cite, Title string
	Lang                    string // of the texts, empty if it is the page's
	Lead                    string // what is done, where the redline does not say it
	Text                    [][]page.Piece
	Reasons, Consequences   []string
	Facts                   []page.Fact
	Evidence                []page.Crumb
	Note                    string
	Objections              []page.Fact
}

func show(f page.Frame, p positions.Proposal) proposalShow {
	v := proposalShow{
		Frame: f, ID: "p" + strconv.Itoa(p.Number), Kicker: f.T("positions.proposal.n", "n", strconv.Itoa(p.Number)), Cite: p.Cite, Title: p.Title,
		Text: redlined(p.Redline()), Reasons: lines(p.Reasons), Note: p.Note,
	}
	if p.Lang != f.Lang {
		v.Lang = p.Lang
	}
	if p.Wanted != positions.Rewrite {
		v.Lead = f.T("positions.lead." + string(p.Wanted))
	}
	if p.Budget != "" {
		v.Consequences = append(v.Consequences, f.T("positions.budget.is", "text", p.Budget))
	}
	if p.People != "" {
		v.Consequences = append(v.Consequences, f.T("positions.people.is", "text", p.People))
	}
	for _, one := range []struct {
		key string
		c   positions.Crowd
	}{{"positions.for", p.For}, {"positions.against", p.Against}, {"positions.neutral", p.Neutral}} {
		said := one.c.Say(f.Printer)
		if one.c.None() {
			said = f.T("positions.nobody")
		}
		v.Facts = append(v.Facts, page.Fact{Label: f.T(one.key), Value: said})
	}
	for _, e := range p.Evidence {
		c := page.Crumb{Label: e.Label, Link: safe(e.Link)}
		if e.Version != "" {
			c.Label += ", " + f.T("positions.version.n", "n", e.Version)
		}
		v.Evidence = append(v.Evidence, c)
	}
	for _, o := range p.Objections {
		who := o.Who
		if who == "" {
			who = f.T("positions.objection.unnamed")
		}
		v.Objections = append(v.Objections, page.Fact{Label: who, Value: o.Text})
	}
	return v
}

// safe is a link that a page may have: of this house, or of the web.
func safe(link string) string {
	for _, start := range []string{"/", "https://", "http://"} {
		if strings.HasPrefix(link, start) && !strings.HasPrefix(link, "//") {
			return link
		}
	}
	return ""
}

func lines(s string) (list []string) {
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// redlined is edits as paragraphs of pieces.
func redlined(edits []lawdiff.Edit) [][]page.Piece {
	kinds := map[lawdiff.Op]string{lawdiff.Insert: "ins", lawdiff.Delete: "del"}
	var out [][]page.Piece
	var now []page.Piece
	for _, e := range edits {
		for i, line := range strings.Split(e.Text, "\n") {
			if i > 0 && len(now) > 0 {
				out, now = append(out, now), nil
			}
			if line != "" {
				now = append(now, page.Piece{Kind: kinds[e.Op], Text: line})
			}
		}
	}
	if len(now) > 0 {
		out = append(out, now)
	}
	return out
}

// shortHash is the first eight digits, as people compare them: "a41f 9c02".
func shortHash(hash string) string {
	if len(hash) < 8 {
		return hash
	}
	return hash[:4] + " " + hash[4:8]
}

// host is the address of the house as it is printed.
func host(f page.Frame) string {
	return strings.TrimPrefix(strings.TrimPrefix(f.House.URL, "https://"), "http://")
}
