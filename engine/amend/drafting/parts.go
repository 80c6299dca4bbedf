package drafting

import (
	"slices"
	"strings"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// Affected is the part of a bill with the articles that it would change, as they
// are in force: "besedilo členov, ki se spreminjajo" (rules of procedure of the
// government, article 8.b). Articles that are only named as a place are left
// out.
func (d Draft) Affected(base *lawtext.Act) string {
	ids := map[string]bool{}
	for _, a := range d.Articles {
		for _, id := range a.Changes {
			ids[id] = true
		}
	}
	out := []string{"BESEDILO ČLENOV, KI SE SPREMINJAJO"}
	for _, n := range base.Articles("") {
		if ids[n.ID] {
			out = append(out, n.Lines()...)
		}
	}
	if len(out) == 1 {
		return ""
	}
	return strings.Join(out, "\n\n") + "\n"
}

// A Row is a provision of both versions side by side. Old or New is empty if the
// version lacks it.
type Row struct {
	ID       string // in the target, else in the base
	Kind     lawdiff.Kind
	Old, New string         // its own text with its number
	Edits    []lawdiff.Edit // what changed within the text, without the number
}

// Compare lays two versions side by side, in the order of the target.
// Provisions that stay as they are come with unchanged alone.
func Compare(base, target *lawtext.Act, unchanged bool) []Row {
	var rows []Row
	for _, c := range lawdiff.All(base, target) {
		if c.Kind == lawdiff.Unchanged && !unchanged {
			continue
		}
		r := Row{Kind: c.Kind, Edits: c.Edits}
		one := c.Old == nil || c.New == nil
		if c.Old != nil {
			r.ID, r.Old = c.Old.ID, shown(c.Old, one)
		}
		if c.New != nil {
			r.ID, r.New = c.New.ID, shown(c.New, one)
		}
		rows = append(rows, r)
	}
	return rows
}

// shown is a provision as a row of a comparison has it: with all below it if
// only one version has it.
func shown(n *lawtext.Node, whole bool) string {
	divides := n.Kind == lawtext.Part || n.Kind == lawtext.Chapter || n.Kind == lawtext.Section
	if whole && !divides {
		return strings.Join(n.Lines(), "\n")
	}
	head := *n
	head.Children = nil
	return strings.Join(head.Lines(), "\n")
}

// Explanation is the skeleton of the explanation, article by article: what each
// does, and room for why.
func (d Draft) Explanation() string {
	out := []string{"OBRAZLOŽITEV"}
	for _, a := range d.Articles {
		out = append(out, "K "+a.Num+". členu", says(a.Ops), "[Razlogi in posledice.]")
	}
	return strings.Join(out, "\n\n") + "\n"
}

// says tells what operations do.
func says(ops []amend.Op) string {
	var out []string
	for _, op := range ops {
		of := "zakona"
		if len(op.At.Steps) > 0 {
			of = op.At.Write(lawcite.Genitive)
		}
		what := ""
		switch op.Verb {
		case amend.TextReplace, amend.TextInsert, amend.TextDelete, amend.ReplaceBody, amend.Restate, amend.Append:
			what = "spreminja se besedilo " + of
		case amend.Replace:
			what = "na novo se določa besedilo " + of
		case amend.Delete, amend.Erase, amend.Repeal:
			what = "črta se besedilo " + of
		case amend.Insert:
			what = "dodaja se " + ref(op.New).Write(lawcite.Nominative)
			if len(op.At.Steps) > 1 {
				what += " v " + ref(op.At.Steps[0]).Write(lawcite.Locative)
			}
		case amend.Renumber, amend.Wrap, amend.Unwrap:
			what = "na novo se štejejo deli, ki sledijo"
		}
		if what != "" && !slices.Contains(out, what) {
			out = append(out, what)
		}
	}
	return upper(strings.Join(out, "; ")) + "."
}

// An Amendment (amandma) is a proposed change of a bill.
type Amendment struct {
	To   string // "K 5. členu", "K novemu 5.a členu"
	Text string // in normative form, as article 129 of the rules of procedure of the National Assembly wants it
	Ops  []amend.Op
}

// Print writes the amendment with room for the explanation that the rules want.
func (a Amendment) Print() string {
	return a.To + ":\n\n" + a.Text + "\n\nObrazložitev:\n\n[Razlogi in posledice.]\n"
}

// Amendments writes what turns one version of a bill into another, an amendment
// for each article of the bill, since each is voted on apart (article 131). The
// bill may itself be an amending act. The error is a *Refusal.
func Amendments(bill, target *lawtext.Act, opt Options) ([]Amendment, error) {
	nameless := *bill
	nameless.Title = "" // an amendment does not name the bill
	opt.Title = ""
	d, err := Write(&nameless, target, opt)
	if err != nil {
		return nil, err
	}
	var out []Amendment
	for _, a := range d.Articles {
		out = append(out, Amendment{To: "K " + a.To, Text: a.Text, Ops: a.Ops})
	}
	return out, nil
}

// dative names articles: "5. členu", "novima 5.a in 5.b členoma".
func dative(nodes []*lawtext.Node, fresh bool) string {
	k := count(len(nodes))
	noun, _ := lawcite.NounOf(lawtext.Article)
	w := strings.TrimSuffix(ref(units(nodes)).Write(lawcite.Dative), noun.Form(lawcite.Dative, lawcite.Singular)) + noun.Form(lawcite.Dative, k)
	if fresh {
		w = lawcite.Adjective("nov", lawcite.Masculine, lawcite.Dative, k) + " " + w
	}
	return w
}
