package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/asociacija/asociacija/engine/amend/drafting"
	"github.com/asociacija/asociacija/engine/amend/reader"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// lawDraftCommand writes the amending act between two versions.
func lawDraftCommand() *cobra.Command {
	var opt drafting.Options
	var gazettes, part string
	asJSON := false
	cmd := &cobra.Command{
		Use:   "draft [flags] BASE TARGET",
		Short: "Write the amending act that turns one version of an act into another",
		Long: `Write the amending act that turns BASE into TARGET, in the language of drafting.

What is written is proven: read and carried out on BASE it gives TARGET. Where a small
instruction does not come to that, a wider one stands in its place. It exits 0 when the
act is written or nothing differs, 1 when it cannot be written, and says why.

A bill has other parts besides. --part writes one of them instead of the act:

  affected      the articles in force that change (besedilo členov, ki se spreminjajo)
  explanation   the skeleton of the explanation, article by article
  comparison    both versions side by side, a row for each provision that changed
  amendments    BASE is a bill: an amendment (amandma) to each of its articles`,
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
			text, data, err := draftPart(part, base, target, opt, talk)
			if no := (*drafting.Refusal)(nil); errors.As(err, &no) {
				if no.Reason == drafting.Same {
					fmt.Fprintln(talk, "the two do not differ")
					return nil
				}
				return fmt.Errorf("not written: %s %s %s", no.Reason, no.Where, no.Words)
			}
			if err == nil && asJSON {
				return printJSON(cmd.OutOrStdout(), data)
			}
			if err == nil {
				_, err = io.WriteString(cmd.OutOrStdout(), text)
			}
			return err
		},
	}
	f := cmd.Flags()
	f.StringVar(&opt.Title, "title", "", "the title of BASE, if its text has none")
	f.StringVar(&opt.Short, "short", "", "the short title of the amending act: ZUJIK-H")
	f.StringVar(&gazettes, "gazettes", "", "where BASE was published: \"Uradni list RS, št. 1/20, 3/22 in 5/24\"")
	f.StringArrayVar(&opt.Transitional, "transitional", nil, "a transitional provision; may be given more than once")
	f.StringVar(&opt.Commences, "commences", "", "the last article, if it is not the usual one")
	f.StringVar(&part, "part", "act", "what to write: act, affected, explanation, comparison or amendments")
	f.BoolVar(&asJSON, "json", false, "print JSON: the articles with their operations and the hashes of the proof")
	return cmd
}

// draftPart writes one part of the file of a bill, as text and as data.
func draftPart(part string, base, target *lawtext.Act, opt drafting.Options, talk io.Writer) (text string, data any, err error) {
	switch part {
	case "comparison":
		rows := drafting.Compare(base, target, false)
		for _, r := range rows {
			text += fmt.Sprintf("%s\t%s\t%s\n", r.ID, oneLine(r.Old), oneLine(r.New))
		}
		return text, rows, nil
	case "amendments":
		list, err := drafting.Amendments(base, target, opt)
		for _, a := range list {
			text += a.Print() + "\n"
		}
		return text, list, err
	case "act", "affected", "explanation":
	default:
		return "", nil, fmt.Errorf("%w: --part: there is no part %q", errUsage, part)
	}
	draft, err := drafting.Write(base, target, opt)
	if err != nil {
		return "", nil, err
	}
	switch part {
	case "affected":
		text = draft.Affected(base)
		return text, text, nil
	case "explanation":
		text = draft.Explanation()
		return text, text, nil
	}
	for _, a := range draft.Articles {
		if a.Wide {
			fmt.Fprintf(talk, "article %s: says more anew than has changed in %s\n", a.Num, a.Of)
		}
	}
	return draft.Text, draft, nil
}
