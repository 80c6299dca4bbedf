package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/asociacija/asociacija/engine/amend/drafting"
	"github.com/asociacija/asociacija/engine/amend/reader"
	"github.com/asociacija/asociacija/engine/lawcite"
)

// lawDraftCommand writes the amending act between two versions.
func lawDraftCommand() *cobra.Command {
	var opt drafting.Options
	var gazettes string
	asJSON := false
	cmd := &cobra.Command{
		Use:   "draft [flags] BASE TARGET",
		Short: "Write the amending act that turns one version of an act into another",
		Long: `Write the amending act that turns BASE into TARGET, in the language of drafting.

What is written is proven: read and carried out on BASE it gives TARGET. Where a small
instruction does not come to that, a wider one stands in its place. It exits 0 when the
act is written or nothing differs, 1 when it cannot be written, and says why.`,
		Args: exactly(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			base, err := readLaw(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			target, err := readLaw(cmd.Context(), args[1])
			if err != nil {
				return err
			}
			if gazettes != "" {
				var ok bool
				if opt.Gazettes, ok = lawcite.ReadGazettes(gazettes); !ok {
					return fmt.Errorf("%w: --gazettes: %q is no list of gazettes", errUsage, gazettes)
				}
			}
			talk := cmd.ErrOrStderr()
			if opt.Title == "" && base.Title == "" {
				if opt.Title = reader.Title(base); opt.Title == "" {
					fmt.Fprintf(talk, "%s: has no title; the act is not named, see --title\n", args[0])
				}
			}
			draft, err := drafting.Write(base, target, opt)
			if no := (*drafting.Refusal)(nil); errors.As(err, &no) {
				if no.Reason == drafting.Same {
					fmt.Fprintln(talk, "the two do not differ")
					return nil
				}
				return fmt.Errorf("not written: %s %s %s", no.Reason, no.Where, no.Words)
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), draft)
			}
			for _, a := range draft.Articles {
				if a.Wide {
					fmt.Fprintf(talk, "article %s: says more anew than has changed in %s\n", a.Num, a.Of)
				}
			}
			_, err = io.WriteString(cmd.OutOrStdout(), draft.Text)
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&opt.Title, "title", "", "the title of BASE, if its text has none")
	f.StringVar(&opt.Short, "short", "", "the short title of the amending act: ZUJIK-H")
	f.StringVar(&gazettes, "gazettes", "", "where BASE was published: \"Uradni list RS, št. 1/20, 3/22 in 5/24\"")
	f.StringArrayVar(&opt.Transitional, "transitional", nil, "a transitional provision; may be given more than once")
	f.StringVar(&opt.Commences, "commences", "", "the last article, if it is not the usual one")
	f.BoolVar(&asJSON, "json", false, "print JSON: the articles with their operations and the hashes of the proof")
	return cmd
}
