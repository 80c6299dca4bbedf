package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/asociacija/asociacija/engine/amend"
	"github.com/asociacija/asociacija/engine/amend/reader"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/lawtext/layout"
)

// readAmending reads an amending act and its instructions.
func readAmending(cmd *cobra.Command, name string) (*lawtext.Act, []amend.Instruction, error) {
	act, err := readLaw(cmd.Context(), name)
	if err != nil {
		return nil, nil, err
	}
	ins, ok := reader.Read(act)
	switch {
	case !ok:
		return nil, nil, unread{fmt.Errorf("%s: no reader for the language %q", name, act.Lang)}
	case len(ins) == 0:
		return nil, nil, unread{fmt.Errorf("%s: not one instruction in it", name)}
	}
	return act, ins, nil
}

// An instructionRow tells one instruction and what became of it.
type instructionRow struct {
	Line      int      `json:"line"` // of the amending act, with Column
	Column    int      `json:"column"`
	Article   string   `json:"article"` // of the amending act
	Text      string   `json:"text"`
	Operation []string `json:"operation"` // what it was read as, an entry per operation
	Target    []string `json:"target"`    // what it changes: paths in BASE where they are known, else references
	Status    string   `json:"status"`
	Reason    string   `json:"reason,omitempty"`
	Words     string   `json:"words,omitempty"`      // what a refusal stumbled on
	Among     []string `json:"candidates,omitempty"` // provisions that come into question
	Notes     []string `json:"notes,omitempty"`
}

func rowOf(src string, in amend.Instruction, refused *amend.Refusal) instructionRow {
	row := instructionRow{Article: in.Article, Text: oneLine(in.Text), Status: "read", Operation: []string{}, Target: targets(nil, in.Ops)}
	at := in.Span
	for _, op := range in.Ops {
		row.Operation = append(row.Operation, op.Explain())
	}
	if refused != nil {
		row.Status, row.Reason, row.Words, row.Among = "refused", string(refused.Reason), oneLine(refused.Words), refused.Candidates
		if refused.Span.End > 0 {
			at = refused.Span
		}
	}
	row.Line, row.Column = position(src, at.Start)
	return row
}

// targets are the provisions that operations are about: their paths in the base
// where a reference leads to them, else the reference. Base may be nil.
func targets(base *lawtext.Act, ops []amend.Op) []string {
	list := []string{}
	for _, op := range ops {
		words := op.At.Write(lawcite.Nominative)
		if base != nil && words != "" && len(op.Past.Steps) == 0 {
			if nodes, err := op.At.Resolve(base, nil); err == nil && len(nodes) > 0 {
				for _, n := range nodes {
					list = append(list, n.ID)
				}
				continue
			}
		}
		if words != "" {
			list = append(list, words)
		}
	}
	return slices.Compact(list)
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return s
}

func (r instructionRow) tell(w io.Writer, name string) {
	fmt.Fprintf(w, "%s:%d:%d: %s", name, r.Line, r.Column, r.Status)
	if r.Reason != "" {
		fmt.Fprintf(w, ": %s: %s", r.Reason, r.Words)
	}
	if len(r.Among) > 0 {
		fmt.Fprintf(w, " [%s]", strings.Join(r.Among, ", "))
	}
	fmt.Fprintf(w, " | %s\n", shorten(r.Text))
	for _, n := range r.Notes {
		fmt.Fprintf(w, "\tnote: %s\n", n)
	}
}

func (r instructionRow) explain(w io.Writer, name string) {
	r.tell(w, name)
	for _, op := range r.Operation {
		fmt.Fprintf(w, "\t%s\n", op)
	}
	for _, t := range r.Target {
		fmt.Fprintf(w, "\t→ %s\n", t)
	}
}

// lawReadCommand tells what the instructions of an amending act are.
func lawReadCommand() *cobra.Command {
	asJSON, full := false, false
	cmd := &cobra.Command{
		Use:   "read [flags] ACT",
		Short: "Read the instructions of an amending act as operations",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			act, ins, err := readAmending(cmd, args[0])
			if err != nil {
				return err
			}
			rows, refused := make([]instructionRow, len(ins)), 0
			for i, in := range ins {
				rows[i] = rowOf(act.Source, in, in.Refused)
				if in.Refused != nil {
					refused++
				}
			}
			out := cmd.OutOrStdout()
			if asJSON {
				if err := printJSON(out, map[string]any{"title": act.Title, "language": act.Lang, "instructions": rows}); err != nil {
					return err
				}
			} else {
				for _, r := range rows {
					if full || r.Reason != "" {
						r.explain(out, args[0])
					} else {
						r.tell(out, args[0])
					}
				}
			}
			return open(cmd, refused, len(ins), "refused")
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&full, "explain", false, "show each instruction beside the operation that it was read as")
	return cmd
}

// open tells how much is not done, and makes the command exit with 1 for it.
func open(cmd *cobra.Command, n, of int, what string) error {
	if n == 0 {
		return nil
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "%d of %d %s\n", n, of, what)
	return errOpen
}

// lawApplyCommand carries an amending act out on an act.
func lawApplyCommand() *cobra.Command {
	var name, title, gazette string
	asJSON, full := false, false
	cmd := &cobra.Command{
		Use:   "apply --act ACT BASE",
		Short: "Carry out an amending act on an act, and print the consolidated text",
		Long: `Carry out an amending act on an act, and print the consolidated text.

Each article of the amending act is carried out wholly or not at all. It exits 0
when every instruction was applied, 1 when some were refused, each named on
stderr, 2 when something was not understood.

With --json it prints the list of the instructions and the text as JSON.`,
		Args: exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if name == "" {
				return fmt.Errorf("%w: needs --act", errUsage)
			}
			act, ins, err := readAmending(cmd, name)
			if err != nil {
				return err
			}
			base, err := readLaw(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			if title != "" {
				base.Title = title
			}
			res, guessed := reader.Apply(base, ins)
			talk := cmd.ErrOrStderr()
			if guessed != "" {
				fmt.Fprintf(talk, "%s: has no title; taken for %q\n", args[0], guessed)
			}
			rows, refused, applied := []instructionRow{}, 0, 0
			for _, o := range res.Outcomes {
				r := rowOf(act.Source, o.Instruction, o.Refused)
				r.Status, r.Notes = string(o.Status), o.Notes
				switch {
				case o.Status == amend.Applied:
					applied++
					r.Target = targets(base, o.Ops)
				case o.Status == amend.Refused:
					refused++
					if o.Refused.Reason != amend.Untitled {
						r.Target = targets(base, o.Ops)
					}
				}
				if len(o.Touched) > 0 {
					r.Target = o.Touched
				}
				rows = append(rows, r)
				switch {
				case full:
					r.explain(talk, name)
				case o.Status == amend.Refused || len(o.Notes) > 0:
					r.tell(talk, name)
				}
			}
			text := layout.Print(res.Act)
			if whole, ok := amend.WithLeft(res.Act, act, res.Outcomes, gazette); ok {
				text = layout.Print(whole)
			} else if gazette != "" {
				fmt.Fprintf(talk, "%s: leaves nothing behind that could be appended\n", name)
			}
			if asJSON {
				err = printJSON(cmd.OutOrStdout(), map[string]any{"title": base.Title, "instructions": rows, "broken": lawcite.BrokenBy(base, res.Act), "text": text})
			} else {
				_, err = io.WriteString(cmd.OutOrStdout(), text)
			}
			switch {
			case err != nil:
				return err
			case applied == 0 && refused == 0:
				fmt.Fprintf(talk, "%s: nothing in it changes this act\n", name)
				return errOpen
			}
			return open(cmd, refused, len(res.Outcomes), "refused")
		},
	}
	cmd.Flags().StringVar(&name, "act", "", "the amending act")
	cmd.Flags().StringVar(&title, "title", "", "the title of BASE, if its text has none")
	cmd.Flags().StringVar(&gazette, "gazette", "", "where ACT was published: \"Uradni list RS, št. 1/26\"; its own provisions are then appended, as consolidated texts have them")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON: each instruction with its line, operation, target, status and reason")
	cmd.Flags().BoolVar(&full, "explain", false, "show each instruction beside the operation that it was read as")
	return cmd
}
