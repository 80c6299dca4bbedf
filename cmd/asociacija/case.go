package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/engine/lawtext"
	"github.com/asociacija/asociacija/engine/signal"
	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/platform/config"
	"github.com/asociacija/asociacija/internal/platform/paper/reader"
)

func caseCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "case", Short: "Read signals, and run the spine from files", Args: exactly(0), RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(readCommand(), runCommand())
	return cmd
}

// read reads a file that a person has, of any kind, as text.
func read(ctx context.Context, name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return "", err
	}
	t, err := reader.Read(ctx, reader.Source{Name: filepath.Base(name), ReaderAt: f, Size: st.Size()}, app.Limits())
	var no *reader.Refusal
	if errors.As(err, &no) {
		return "", fmt.Errorf("%s: %s", name, app.Unread(no))
	}
	return t.Content, err
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "\t")
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// readCommand tells what a text is, and what it changes.
func readCommand() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "read [flags] FILE",
		Short: "Tell what a text is: its kind, titles, numbers, deadlines, and what it amends",
		Args:  exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := read(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			s, targets := signal.Read(text), signal.Targets(lawtext.Parse(text))
			if asJSON {
				return printJSON(cmd.OutOrStdout(), map[string]any{"signal": s, "targets": targets})
			}
			printSignal(cmd.OutOrStdout(), s, targets)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func printSignal(w io.Writer, s signal.Signal, targets []signal.Target) {
	fmt.Fprintf(w, "kind\t%s\ntitle\t%s\nshort\t%s\n", s.Kind, s.Title, s.Short)
	for _, a := range s.Amends {
		fmt.Fprintf(w, "amends\t%s (%s)\n", a.Title, strings.Join(a.Gazettes, ", "))
	}
	for name, list := range map[string][]string{"EVA": s.IDs.EVA, "EPA": s.IDs.EPA, "SOP": s.IDs.SOP} {
		if len(list) > 0 {
			fmt.Fprintf(w, "%s\t%s\n", name, strings.Join(list, ", "))
		}
	}
	for _, d := range s.Deadlines {
		fmt.Fprintf(w, "deadline\t%04d-%02d-%02d %s\t%s\n", d.Year, d.Month, d.Day, d.Purpose, d.Sentence)
	}
	for _, t := range targets {
		fmt.Fprintf(w, "changes\tarticle %s: %s\n", t.Article, strings.Join(t.Changed, ", "))
	}
	for _, d := range s.Doubts {
		fmt.Fprintf(w, "doubt\t%s: %s\n", d.Field, d.Reason)
	}
}

// runCommand runs the whole spine from files, in a house of its own that is gone
// afterwards.
func runCommand() *cobra.Command {
	var force, draft, proposals, adopted, out, today string
	asJSON := false
	cmd := &cobra.Command{
		Use:   "run --in-force FILE --draft FILE --proposals FILE [--adopted FILE] [--out FOLDER]",
		Short: "Run the spine from files: a case on a draft, a frozen position with its documents, the uptake",
		Long: `Run the spine from files, without the web: the case opens on the draft, the
proposals are made against the act in force and frozen as a position, its documents
are written into the folder, and each proposal is judged on the adopted text.

The proposals are JSON: a list of {"at", "wanted", "title", "text", "reasons",
"budget", "people"}, where at is a provision of the act in force ("30. člen, prvi
odstavek" or "art_30__para_1") and wanted is rewrite, insert, delete or keep.`,
		Args: exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := chain(cmd.Context(), force, draft, proposals, adopted, today)
			if err != nil {
				return err
			}
			told, err := tellChain(cmd.Context(), c)
			if err != nil {
				return err
			}
			if out != "" {
				if err := writeDocuments(out, told); err != nil {
					return err
				}
			}
			if asJSON {
				return printJSON(cmd.OutOrStdout(), map[string]any{"case": told.Case.ID, "signal": told.Signal, "ledger": told.Ledger})
			}
			printTold(cmd.OutOrStdout(), told)
			return nil
		},
	}
	f := cmd.Flags()
	f.StringVar(&force, "in-force", "", "the act in force")
	f.StringVar(&draft, "draft", "", "the amending act")
	f.StringVar(&proposals, "proposals", "", "what we propose, as JSON")
	f.StringVar(&adopted, "adopted", "", "the act as it was adopted")
	f.StringVar(&out, "out", "", "folder for the documents")
	f.StringVar(&today, "today", time.Now().Format(time.DateOnly), "the day of the case")
	f.BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func chain(ctx context.Context, force, draft, proposals, adopted, today string) (c app.Chain, err error) {
	if force == "" || draft == "" || proposals == "" {
		return c, fmt.Errorf("%w: needs --in-force, --draft and --proposals", errUsage)
	}
	for _, one := range []struct {
		name string
		into *string
	}{{force, &c.InForce}, {draft, &c.Draft}, {adopted, &c.Adopted}} {
		if one.name == "" {
			continue
		}
		if *one.into, err = read(ctx, one.name); err != nil {
			return c, err
		}
	}
	if c.Today, err = civil.Parse(today); err != nil {
		return c, fmt.Errorf("%w: --today: %w", errUsage, err)
	}
	whole, err := os.ReadFile(proposals)
	if err != nil {
		return c, err
	}
	if err := json.Unmarshal(whole, &c.Proposals); err != nil {
		return c, fmt.Errorf("%s: %w", proposals, err)
	}
	return c, nil
}

// tellChain tells a chain in a house of its own.
func tellChain(ctx context.Context, c app.Chain) (app.Told, error) {
	dir, err := os.MkdirTemp("", "asociacija-case-")
	if err != nil {
		return app.Told{}, err
	}
	defer os.RemoveAll(dir)
	settings, err := config.Read([]string{"ASOCIACIJA_DATA=" + dir}, nil)
	if err != nil {
		return app.Told{}, err
	}
	h, err := app.Open(ctx, settings)
	if err != nil {
		return app.Told{}, err
	}
	defer h.Close()
	noon := c.Today.Start(settings.TimeZone).Add(12 * time.Hour)
	h.DB.At(func() time.Time { return noon }) // the house lives on the day of the case
	return h.Tell(ctx, c)
}

func writeDocuments(dir string, told app.Told) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, d := range told.Documents {
		if err := os.WriteFile(filepath.Join(dir, d.Name), d.Bytes, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func printTold(w io.Writer, told app.Told) {
	printSignal(w, told.Signal, told.Targets)
	fmt.Fprintf(w, "case\t%s\t%s\n", told.Case.ID, told.Case.Title)
	fmt.Fprintf(w, "position\t%s\t%s\n", told.Position.Label(), told.Position.Hash)
	fmt.Fprintf(w, "documents\t%d\n", len(told.Documents))
	for _, l := range told.Ledger.Lines {
		verdict := string(l.Verdict)
		if verdict == "" {
			verdict = "open"
		}
		fmt.Fprintf(w, "uptake\t%d\t%s\t%.2f\t%s\t%s\t%s\n", l.Number, verdict, l.Score, l.Cite, l.Title, oneLine(l.Text))
	}
	m := told.Ledger.Memory
	fmt.Fprintf(w, "taken up\t%d of %d\n", m.Up(), m.Proposals())
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
