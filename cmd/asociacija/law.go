package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/asociacija/asociacija/engine/akn"
	"github.com/asociacija/asociacija/engine/lawcite"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/lawtext/layout"
	"github.com/asociacija/asociacija/engine/textkit"
)

// lawCommand is the law engine on files. Its commands exit as diff does: 0 when
// there is nothing to say or all is done, 1 when something differs or was
// refused, 2 when a file or the command line was not understood.
func lawCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "law",
		Short: "Read, compare, amend and draft acts from files",
		Long: `Read, compare, amend and draft acts from files.

A file is an act as text, Markdown, HTML, DOCX, ODT, PDF or Akoma Ntoso.
Results go to stdout, what has to be said of them goes to stderr.
The commands exit 0 when all is done and nothing differs, 1 when something
differs, is missing or was refused, 2 when a file or the command line was not
understood.`,
		Args: exactly(0),
		// The engine looks at no context: a signal ends it at once.
		PersistentPreRun: func(*cobra.Command, []string) { signal.Reset(os.Interrupt, syscall.SIGTERM) },
		RunE:             func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(showCommand(), printCommand(), findCommand(), citeCommand(), lawReadCommand(), lawApplyCommand(), lawDraftCommand(), lawDiffCommand(), lawMergeCommand(), lawAKNCommand())
	return cmd
}

// errOpen is why an answer is no: something differs or was refused, and has
// been told already.
var errOpen = errors.New("not all is done")

// readLaw reads an act from a file of any kind. UTF-8 stays as it is, byte for byte,
// but for a mark at its start that says it is UTF-8; other text is turned into it.
func readLaw(ctx context.Context, name string) (*lawtext.Act, error) {
	b, err := lawBytes(name)
	switch {
	case err != nil:
		return nil, err
	case isXML(b):
		doc, err := akn.Read(b)
		if err != nil {
			return nil, unread{fmt.Errorf("%s: %w", name, err)}
		}
		return doc.Act(), nil
	case plain(b):
		return lawtext.Parse(strings.TrimPrefix(string(b), "\ufeff")), nil
	}
	text, err := read(ctx, name)
	if err != nil {
		return nil, unread{err}
	}
	return lawtext.Parse(text), nil
}

func lawBytes(name string) ([]byte, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, unread{err}
	}
	return b, nil
}

// isXML reports whether a file is XML and not a page of the web.
func isXML(b []byte) bool {
	head := bytes.ToLower(bytes.TrimPrefix(bytes.TrimSpace(b[:min(len(b), 512)]), []byte("\ufeff")))
	return (bytes.HasPrefix(head, []byte("<?xml")) || bytes.Contains(head, []byte("<akomantoso"))) && !bytes.Contains(head, []byte("<html"))
}

// plain tells text from the files that a program makes, and from web pages.
func plain(b []byte) bool {
	head := strings.ToLower(string(bytes.TrimSpace(b[:min(len(b), 512)])))
	for _, mark := range []string{"%pdf", "pk\x03\x04", "<!doctype", "<html"} {
		if strings.HasPrefix(head, mark) {
			return false
		}
	}
	return utf8.Valid(b) && !bytes.ContainsRune(b, 0)
}

// A provision is a node of an act as JSON tells it.
type provision struct {
	Path      string `json:"path"` // the address in eId form, without the component
	Kind      string `json:"kind"`
	Label     string `json:"label"`
	Heading   string `json:"heading"`
	Text      string `json:"text"` // its own words: what its children say stands with them
	Component string `json:"component"`
	Deleted   bool   `json:"deleted,omitempty"`
}

// provisionsOf tells nodes with what is under them, each once. What stands after the
// children of a provision is a row of its own, of the kind wrap-up.
func provisionsOf(nodes []*lawtext.Node) []provision {
	list, told := []provision{}, map[*lawtext.Node]bool{}
	var tell func(n *lawtext.Node)
	tell = func(n *lawtext.Node) {
		if told[n] {
			return
		}
		told[n] = true
		path, component := pathOf(n.ID), componentOf(n.ID)
		list = append(list, provision{path, string(n.Kind), n.Label, n.Heading, n.Intro, component, n.Deleted})
		for _, c := range n.Children {
			tell(c)
		}
		if n.Tail != "" {
			list = append(list, provision{Path: path + "__wrapup", Kind: "wrap-up", Text: n.Tail, Component: component})
		}
	}
	for _, n := range nodes {
		tell(n)
	}
	return list
}

// pathOf takes the component off an ID.
func pathOf(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

func showCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "show [flags] FILE",
		Short: "Show the provisions of an act as a tree",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			act, err := readLaw(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			out := cmd.OutOrStdout()
			if asJSON {
				var all []*lawtext.Node
				for _, c := range act.Components {
					all = append(all, c.Nodes...)
				}
				return printJSON(out, map[string]any{"title": act.Title, "short": act.Short, "language": act.Lang, "provisions": provisionsOf(all)})
			}
			if act.Title != "" {
				fmt.Fprintln(out, act.Title)
			}
			for _, c := range act.Components {
				if c.Title != "" {
					fmt.Fprintf(out, "\n%s\t%s\n", c.ID, c.Title)
				}
				for _, n := range c.Nodes {
					showNode(out, n, 0)
				}
			}
			for _, n := range act.Notes {
				line, column := position(act.Source, n.Span.Start)
				fmt.Fprintf(cmd.ErrOrStderr(), "%s:%d:%d: %s %s\n", args[0], line, column, n.Key, oneLine(n.Text))
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func showNode(w io.Writer, n *lawtext.Node, depth int) {
	fmt.Fprintf(w, "%s%s\t%s\n", strings.Repeat("  ", depth), pathOf(n.ID), oneLine(strings.Join([]string{n.Label, n.Heading, n.Intro}, " ")))
	for _, c := range n.Children {
		showNode(w, c, depth+1)
	}
	if n.Tail != "" {
		fmt.Fprintf(w, "%s%s__wrapup\t%s\n", strings.Repeat("  ", depth+1), pathOf(n.ID), oneLine(n.Tail))
	}
}

// position is a line and a column of a text, both counted from 1, as editors do.
func position(text string, at int) (line, column int) {
	at = min(max(at, 0), len(text))
	start := strings.LastIndexByte(text[:at], '\n') + 1
	return strings.Count(text[:at], "\n") + 1, utf8.RuneCountInString(text[start:at]) + 1
}

// componentOf and articleOf read an ID: "zujik-b/art_4__para_1" is zujik-b and 4.
func componentOf(id string) string { return id[:max(0, strings.LastIndexByte(id, '/'))] }

func articleOf(path string) string {
	first, _, _ := strings.Cut(path, "__")
	num, _ := strings.CutPrefix(first, "art_")
	if num == first {
		return ""
	}
	return num
}

func printCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "print FILE",
		Short: "Print an act from its tree, as it was read",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			act, err := readLaw(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			_, err = io.WriteString(cmd.OutOrStdout(), layout.Print(act))
			return err
		},
	}
}

// findCommand prints provisions by their address, by how people name them, or by
// words that stand in them.
func findCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "find [flags] FILE WHAT",
		Short: "Print provisions: art_5__para_2, \"drugi odstavek 5. člena\", or those with certain words",
		Args:  exactly(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			act, err := readLaw(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			nodes, err := named(act, args[1])
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), map[string]any{"provisions": provisionsOf(nodes)})
			}
			for _, n := range nodes {
				fmt.Fprintf(cmd.OutOrStdout(), "%s\t%s\n", n.ID, act.Cite(n.ID))
				for _, l := range n.Lines() {
					fmt.Fprintf(cmd.OutOrStdout(), "\t%s\n", l)
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// named finds provisions by address or by reference.
func named(act *lawtext.Act, name string) ([]*lawtext.Node, error) {
	if n := act.Find(name); n != nil {
		return []*lawtext.Node{n}, nil
	}
	found := lawcite.Read(name)
	var all []*lawtext.Node
	if len(found) == 0 {
		if all = saying(act, name); len(all) == 0 {
			return nil, fmt.Errorf("no provision has the address or the words %q", name)
		}
		return all, nil
	}
	for _, f := range found {
		nodes, err := f.Resolve(act, nil)
		if no := (*lawcite.Unresolved)(nil); errors.As(err, &no) {
			return nil, fmt.Errorf("there is no %s; there is %s", f.Write(lawcite.Nominative), some(no.Among))
		}
		all = append(all, nodes...)
	}
	return all, nil
}

// saying are the provisions whose own words hold all words that are looked for,
// in any case and with or without diacritics.
func saying(act *lawtext.Act, words string) []*lawtext.Node {
	wanted := strings.Fields(textkit.Fold(words))
	var all []*lawtext.Node
	for n := range act.All() {
		own := textkit.Fold(strings.Join([]string{n.Heading, n.Intro, n.Tail}, " "))
		if len(wanted) > 0 && !slices.ContainsFunc(wanted, func(w string) bool { return !strings.Contains(own, w) }) {
			all = append(all, n)
		}
	}
	return all
}

// some names a few of a list.
func some(ids []string) string {
	if len(ids) == 0 {
		return "nothing of that kind"
	}
	if len(ids) > 6 {
		return strings.Join(ids[:6], ", ") + ", …"
	}
	return strings.Join(ids, ", ")
}

// citeCommand lists what an act refers to, and whether that is there.
func citeCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "cite [flags] FILE",
		Short: "List the references of an act to provisions, its own and others, and where they lead",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			act, err := readLaw(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			list, out := lawcite.Citations(act), cmd.OutOrStdout()
			if asJSON {
				if err := printJSON(out, map[string]any{
					"references": list, "identifiers": lawcite.ReadIdents(act.Source), "shortTitles": lawcite.ReadShorts(act.Source),
				}); err != nil {
					return err
				}
			}
			lost := 0
			for _, c := range list {
				to := strings.Join(c.To, " ")
				switch {
				case c.Act != "":
					to = "(" + c.Act + ")"
				case to == "":
					to = "!"
					lost++
				}
				if !asJSON {
					fmt.Fprintf(out, "%s\t%s\t%s\n", c.From, c.Words, to)
				}
			}
			return open(cmd, lost, len(list), "lead nowhere")
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
