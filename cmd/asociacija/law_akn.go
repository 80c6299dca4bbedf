package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/asociacija/asociacija/engine/akn"
	"github.com/asociacija/asociacija/engine/amend/reader"
	"github.com/asociacija/asociacija/engine/lawtext"
)

// lawAKNCommand writes any act as Akoma Ntoso 3.0, or says what an Akoma Ntoso
// document holds.
func lawAKNCommand() *cobra.Command {
	var base string
	asText, asJSON := false, false
	cmd := &cobra.Command{
		Use:   "akn [flags] FILE",
		Short: "Write an act as Akoma Ntoso 3.0, or read one",
		Long: `Write an act as Akoma Ntoso 3.0.

A file that is Akoma Ntoso already, of any version, is read and written as 3.0; what
cannot be kept is told on stderr. With --text its text is printed instead, with
--json its metadata and modifications. With --base, the act that an amending act
changes, the modifications are written too.`,
		Args: exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			doc, act, err := readAKN(cmd, args[0])
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			switch {
			case asText:
				_, err = io.WriteString(out, lawtext.Print(act))
				return err
			case doc == nil:
				if doc, err = makeAKN(cmd, act, base); err != nil {
					return err
				}
			}
			for _, l := range doc.Lost {
				fmt.Fprintf(cmd.ErrOrStderr(), "%s:%d: not kept: %s %s (%d)\n", args[0], l.Line, l.What, l.Name, l.Many)
			}
			if asJSON {
				return printJSON(out, map[string]any{"version": doc.Version, "kind": doc.Kind(), "meta": doc.Meta(), "lost": doc.Lost, "operations": doc.Operations()})
			}
			_, err = out.Write(akn.Write(doc))
			return err
		},
	}
	cmd.Flags().StringVar(&base, "base", "", "the act that an amending act changes; its modifications are then written")
	cmd.Flags().BoolVar(&asText, "text", false, "print the text")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the metadata and the modifications as JSON")
	return cmd
}

// readAKN reads a file; the document is nil if it is no Akoma Ntoso.
func readAKN(cmd *cobra.Command, name string) (*akn.Document, *lawtext.Act, error) {
	b, err := lawBytes(name)
	if err != nil {
		return nil, nil, err
	}
	if !isXML(b) {
		act, err := readLaw(cmd.Context(), name)
		return nil, act, err
	}
	doc, err := akn.Read(b)
	if err != nil {
		return nil, nil, unread{fmt.Errorf("%s: %w", name, err)}
	}
	return doc, doc.Act(), nil
}

// makeAKN makes a document of an act, with the modifications of an amending act.
func makeAKN(cmd *cobra.Command, act *lawtext.Act, base string) (*akn.Document, error) {
	changes := []akn.Change{}
	if base != "" {
		ins, ok := reader.Read(act)
		if !ok {
			return nil, unread{fmt.Errorf("no reader for the language %q", act.Lang)}
		}
		old, err := readLaw(cmd.Context(), base)
		if err != nil {
			return nil, err
		}
		changes = append(changes, akn.Change{Target: akn.IdentityOf(old).Work(), Base: old, Instructions: ins})
	}
	return akn.Make(act, akn.IdentityOf(act).Meta(), changes...), nil
}
