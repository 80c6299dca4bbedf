package corpus

import (
	"context"
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/reader"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/internal/law"
	"github.com/asociacija/asociacija/internal/platform/auth"
)

// A Reason is an instruction of an amending act, carried out on the old text.
type Reason struct {
	By      Version // the amending act
	Article string  // its article that says so: "3"
	Words   string  // the sentence, without what it quotes
	Exact   bool    // the article then reads as the new text has it
}

// most amending acts between two versions that are carried out for one question.
const mostActs = 8

// Why tells by which instructions of the amending acts that we have one version
// became another, by the ID of the changed article. What cannot be carried out
// gives no reason. Strangers are told none: carrying acts out is work, and each pair
// of versions is another.
func (d *Desk) Why(ctx context.Context, by auth.Actor, old, new law.VersionID) (map[string][]Reason, error) {
	if !by.Known() {
		return nil, nil
	}
	was, a, err := d.text(ctx, by, old)
	if err != nil {
		return nil, err
	}
	now, b, err := d.text(ctx, by, new)
	if err != nil {
		return nil, err
	}
	acts, err := d.amending(ctx, by, was, now)
	if err != nil || len(acts) == 0 {
		return nil, err
	}
	key := string(old + " " + new)
	for _, v := range acts {
		key += " " + string(v.ID)
	}
	return d.whys.get(key, func() (map[string][]Reason, int, error) {
		why, err := d.reasons(ctx, by, acts, a.tree, b.tree)
		return why, 500 * (len(why) + 1), err
	})
}

// amending are the amending acts of the act that came between two versions, in
// the order of their days. One without a day may be the one.
func (d *Desk) amending(ctx context.Context, by auth.Actor, was, now Version) ([]Version, error) {
	all, err := d.Versions(ctx, by, now.Act)
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(v Version) bool {
		dated := !v.On.IsZero()
		return v.Stage != Amending || v.may(by) != nil || dated && !was.On.IsZero() && !was.On.Before(v.On) || dated && !now.On.IsZero() && now.On.Before(v.On)
	})
	slices.SortStableFunc(all, func(a, b Version) int { return a.On.Compare(b.On) })
	return all[:min(len(all), mostActs)], nil
}

// reasons carries the acts out: all of them one after the other, as between two
// versions in force, and each alone, for two drafts of one act exclude each other.
// What explains most articles exactly is the answer, the shorter of two.
func (d *Desk) reasons(ctx context.Context, by auth.Actor, acts []Version, was, now *lawtext.Act) (map[string][]Reason, error) {
	texts := make([]*lawtext.Act, len(acts))
	for i, v := range acts {
		_, t, err := d.text(ctx, by, v.ID)
		if err != nil {
			return nil, err
		}
		texts[i] = Again(t.tree)
	}
	best, most := map[string][]Reason{}, 0
	try := func(from, to int) {
		why, exact := carry(acts[from:to], texts[from:to], Again(was), now)
		if exact > most || most == 0 && len(why) > len(best) {
			best, most = why, exact
		}
	}
	for i := range acts {
		try(i, i+1)
	}
	if len(acts) > 1 {
		try(0, len(acts))
	}
	return best, nil
}

// carry carries acts out one after the other, and counts the articles that then
// read as they should. Articles are followed by their keys, through later changes of
// their numbers.
func carry(acts []Version, texts []*lawtext.Act, at, now *lawtext.Act) (why map[string][]Reason, exact int) {
	by := map[string][]Reason{}
	id := map[string]string{} // of a key, the address it had last
	follow := func(a *lawtext.Act) {
		for _, n := range a.Articles("") {
			id[n.Key] = n.ID
		}
	}
	follow(at)
	for i, v := range acts {
		ins, ok := reader.Read(texts[i])
		if !ok {
			continue
		}
		res, _ := reader.Apply(at, ins)
		for _, o := range res.Outcomes {
			if o.Status != amend.Applied {
				continue
			}
			for _, key := range articlesOf(o, at, res.Act) {
				by[key] = append(by[key], Reason{By: v, Article: o.Article, Words: o.Text})
			}
		}
		at = res.Act
		follow(at)
	}
	why = map[string][]Reason{}
	for key, list := range by {
		got, want := at.Find(id[key]), now.Find(id[key])
		same := want == nil && (got == nil || got.Deleted) || got != nil && want != nil && slices.Equal(got.Lines(), want.Lines())
		if same {
			exact++
		}
		for i := range list {
			list[i].Exact = same
		}
		why[id[key]] = append(why[id[key]], list...)
	}
	return why, exact
}

// Again reads a tree of the store anew, for it has no source to quote from.
func Again(a *lawtext.Act) *lawtext.Act {
	b := lawtext.ParseIn(a.Lang, lawtext.Print(a))
	b.Title = a.Title
	return b
}

// articlesOf are the keys of the articles that an instruction changed or put in.
func articlesOf(o amend.Outcome, before, after *lawtext.Act) []string {
	var keys []string
	touched := map[string]bool{}
	for _, id := range o.Touched {
		id, _, _ = strings.Cut(id, "__")
		touched[id] = true
	}
	for _, op := range o.Ops {
		if op.Verb == amend.Insert && op.New.Unit == lawtext.Article {
			keys = append(keys, numbered(after, op.New)...)
			if op.Place != amend.Anywhere && len(op.At.Steps) > 0 && len(o.Ops) == 1 {
				touched = nil // the article beside which one was put did not change
			}
		} else if op.Verb == amend.Insert && len(op.At.Steps) > 0 {
			keys = append(keys, numbered(after, op.At.Steps[0])...) // in which something was put
		}
	}
	for _, n := range before.Articles("") {
		if touched[n.ID] {
			keys = append(keys, n.Key)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// numbered are the keys of the articles that a step names.
func numbered(a *lawtext.Act, step lawcite.Step) (keys []string) {
	for _, n := range a.Articles("") {
		if slices.ContainsFunc(step.Numbers, func(r lawcite.Range) bool { return r.From == n.Num }) {
			keys = append(keys, n.Key)
		}
	}
	return keys
}
