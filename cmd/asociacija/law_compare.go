package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/asociacija/asociacija/engine/lawdiff"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/lawtext/layout"
)

// A changeRow tells what happened to one provision.
type changeRow struct {
	Kind      string         `json:"kind"`
	Path      string         `json:"path"` // in B, or in A for what is deleted
	OldPath   string         `json:"oldPath,omitempty"`
	Component string         `json:"component"`
	Article   string         `json:"article"` // the number of the article in which it stands
	Label     string         `json:"label"`
	Old       string         `json:"old"`
	New       string         `json:"new"`
	Edits     []lawdiff.Edit `json:"edits,omitempty"`
}

func changeRows(changes []lawdiff.Change) []changeRow {
	rows := []changeRow{}
	for _, c := range changes {
		r := changeRow{Kind: string(c.Kind), Edits: c.Edits}
		text := lawdiff.Own
		if c.Kind == lawdiff.Inserted || c.Kind == lawdiff.Deleted {
			text = lawdiff.Text
		}
		if c.Old != nil {
			r.OldPath, r.Old = pathOf(c.Old.ID), text(c.Old)
			r.fill(c.Old)
		}
		if c.New != nil {
			r.New = text(c.New)
			r.fill(c.New)
		}
		rows = append(rows, r)
	}
	return rows
}

func (r *changeRow) fill(n *lawtext.Node) {
	r.Path, r.Label = pathOf(n.ID), n.Label
	r.Component, r.Article = componentOf(n.ID), articleOf(r.Path)
}

// lawDiffCommand compares two versions of an act.
func lawDiffCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "diff [flags] A B",
		Short: "List the provisions that changed from one version of an act to another",
		Args:  exactly(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			a, err := readLaw(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			b, err := readLaw(cmd.Context(), args[1])
			if err != nil {
				return err
			}
			rows := changeRows(lawdiff.Acts(a, b))
			if asJSON {
				err = printJSON(cmd.OutOrStdout(), rows)
			} else {
				for _, r := range rows {
					r.tell(cmd.OutOrStdout())
				}
			}
			if err == nil && len(rows) > 0 {
				err = errOpen
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (r changeRow) tell(w io.Writer) {
	where := r.Path
	if r.OldPath != "" && r.OldPath != r.Path {
		where = r.OldPath + " → " + r.Path
	}
	if r.Component != "" {
		where = r.Component + ": " + where
	}
	fmt.Fprintf(w, "%s\t%s\n", r.Kind, where)
	if r.Old != r.New {
		for _, side := range [][2]string{{"-", r.Old}, {"+", r.New}} {
			if side[1] != "" {
				fmt.Fprintf(w, "%s %s\n", side[0], oneLine(side[1]))
			}
		}
	}
}

// lawMergeCommand joins two versions that come from one.
func lawMergeCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "merge [flags] BASE OURS THEIRS",
		Short: "Join two versions of an act that were made from one",
		Long: `Join two versions of an act that were made from one: a draft, and the act that
changed meanwhile. The merged text goes to stdout. Where the two do not go together
it keeps what BASE says, names the place on stderr, and exits 1.`,
		Args: exactly(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			var acts [3]*lawtext.Act
			for i, name := range args {
				act, err := readLaw(cmd.Context(), name)
				if err != nil {
					return err
				}
				acts[i] = act
			}
			u := lawdiff.Merge(acts[0], acts[1], acts[2])
			var err error
			if asJSON {
				err = printJSON(cmd.OutOrStdout(), map[string]any{"text": layout.Print(u.Act), "conflicts": u.Conflicts, "woven": u.Woven})
			} else {
				_, err = io.WriteString(cmd.OutOrStdout(), layout.Print(u.Act))
			}
			if err != nil {
				return err
			}
			talk := cmd.ErrOrStderr()
			for _, id := range u.Woven {
				fmt.Fprintf(talk, "%s: has words of both; read it as a whole\n", id)
			}
			for _, c := range u.Conflicts {
				fmt.Fprintf(talk, "%s: %s %s\n", c.ID, c.Kind, c.Field)
				for _, side := range [][2]string{{"base", c.Base.Text}, {"ours", c.Ours.Text}, {"theirs", c.Theirs.Text}} {
					fmt.Fprintf(talk, "\t%s\t%s\n", side[0], oneLine(side[1]))
				}
			}
			if len(u.Conflicts) > 0 {
				return errOpen
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
