package drafting

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/reader"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// compose prints the act that the jobs have come to.
func (d *drafter) compose() Draft {
	draft := Draft{Short: d.opt.Short}
	var b strings.Builder
	article := func(num int, text string) { b.WriteString("\n" + strconv.Itoa(num) + ". člen\n\n" + text + "\n") }
	for i, j := range d.jobs {
		a := Article{Num: strconv.Itoa(i + 1), Of: j.of, To: j.named(), Changes: d.changes(j), Wide: j.rung > 0, Text: text(j.said, "")}
		if i == 0 {
			a.Text = text(j.said, d.act)
		}
		draft.Articles = append(draft.Articles, a)
		article(i+1, a.Text)
	}
	if draft.Text = b.String(); d.act == "" {
		return draft
	}
	num := len(d.jobs)
	b.WriteString("\n" + closing(len(d.opt.Transitional)) + "\n")
	for _, t := range append(slices.Clone(d.opt.Transitional), d.commences()) {
		num++
		article(num, t)
	}
	draft.Title = d.name.amendingTitle(d.counts())
	draft.Text = d.head(draft.Title) + b.String()
	return draft
}

// changes are the IDs of the articles that a job changes.
func (d *drafter) changes(j *job) (ids []string) {
	list := d.x.pieces
	switch {
	case j.whole, j.fixed:
	case j.art >= 0:
		list = d.x.pieces[d.x.at[j.art] : d.x.at[j.art+max(0, len(j.deletes)-1)]+1]
	default:
		list = d.x.gap(j.gap)
	}
	for _, p := range list {
		if p.art != nil {
			ids = append(ids, p.art.ID)
		}
	}
	return ids
}

// commences is the last article.
func (d *drafter) commences() string {
	if d.opt.Commences != "" {
		return d.opt.Commences
	}
	return upper(d.name.this) + " začne veljati petnajsti dan po objavi v Uradnem listu Republike Slovenije."
}

// head prints the title as the gazette does: laws in capitals, by-laws with
// their kind alone.
func (d *drafter) head(title string) string {
	kind, rest, _ := strings.Cut(title, " ")
	short := ""
	if d.opt.Short != "" {
		short = " (" + d.opt.Short + ")"
	}
	if kind == "Zakon" {
		return "\nZ A K O N\n\n" + strings.ToUpper(rest) + short + "\n"
	}
	return "\n" + strings.ToUpper(kind) + "\n\n" + rest + short + "\n"
}

// counts tells how many articles change what stands, and how many add to it.
func (d *drafter) counts() (changes, additions int) {
	for _, j := range d.jobs {
		adds, alters := false, false
		for _, s := range j.said {
			if strings.HasPrefix(s.rest, added[0]) || strings.HasPrefix(s.rest, added[1]) {
				adds = true
			} else if !s.names {
				alters = true
			}
		}
		if alters {
			changes++
		}
		if adds {
			additions++
		}
	}
	return changes, additions
}

// prove reads and carries out the draft. It returns the jobs that did not come
// to the target, and why.
func (d *drafter) prove(draft *Draft) (bad []*job, why error) {
	base := *d.base
	base.Title = d.title
	ins, _ := reader.Read(lawtext.Parse(draft.Text))
	res := amend.Apply(&base, ins)
	for _, o := range res.Outcomes {
		n, _ := strconv.Atoi(o.Article)
		switch changes := n >= 1 && n <= len(d.jobs); {
		case !changes && (o.Status == amend.Applied || n < 1):
			return nil, &Refusal{Reason: Unproven, Words: o.Text}
		case !changes:
		case o.Status == amend.Applied:
			draft.Articles[n-1].Ops = append(draft.Articles[n-1].Ops, o.Ops...)
		default:
			bad = append(bad, d.jobs[n-1])
			if why == nil || o.Refused != nil && o.Refused.Reason != amend.Sibling {
				why = &Refusal{Reason: Unproven, Where: d.jobs[n-1].of, Words: o.Text}
			}
			if o.Refused != nil {
				why.(*Refusal).Words = o.Refused.Error() + " | " + o.Text
			}
		}
	}
	if why != nil {
		return bad, why
	}
	at := differ(res.Act, d.target)
	if at == "" {
		draft.Base, draft.Target = sum(d.base), sum(d.target)
		return nil, nil
	}
	for _, j := range d.jobs {
		if j.of == at {
			bad = append(bad, j)
		}
	}
	return bad, &Refusal{Reason: Unproven, Where: at, Words: "reads as something else"}
}

func sum(a *lawtext.Act) string {
	h := sha256.Sum256([]byte(lawtext.Print(a)))
	return hex.EncodeToString(h[:])
}

// differ returns the ID of the first provision, or of its article, in which two
// acts differ, and the empty string if they do not.
func differ(a, b *lawtext.Act) string {
	for i := range max(len(a.Components), len(b.Components)) {
		if i >= len(a.Components) || i >= len(b.Components) || a.Components[i].Title != b.Components[i].Title {
			return "component " + strconv.Itoa(i)
		}
		if at := unlike(a.Components[i].Nodes, b.Components[i].Nodes); at != "" {
			return at
		}
	}
	return ""
}

func unlike(a, b []*lawtext.Node) string {
	for i := range max(len(a), len(b)) {
		switch {
		case i >= len(a):
			return b[i].ID
		case i >= len(b):
			return a[i].ID
		case equal(a[i], b[i]) && a[i].Kind == b[i].Kind && a[i].Label == b[i].Label:
			continue
		case a[i].Kind == lawtext.Article || a[i].Label != b[i].Label || a[i].Heading != b[i].Heading:
			return a[i].ID
		}
		if at := unlike(a[i].Children, b[i].Children); at != "" {
			return at
		}
		return a[i].ID
	}
	return ""
}
