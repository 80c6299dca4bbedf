// Command asociacija is the whole house in one program: the server, and tools on
// the house and on files.
//
// What is data goes to stdout, talk goes to stderr. It exits 0 when done, 1 when
// something failed, 2 when the command line or a file of law was not understood.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/asociacija/asociacija/internal/platform/config"
	"github.com/asociacija/asociacija/internal/platform/paper/reader"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// readPDF is the hidden command that reads a PDF in a process of its own.
const readPDF = "read-pdf"

// errUsage wraps a command line that was not understood.
var errUsage = errors.New("usage")

// An unread is why a file was not understood, which is no fault of the command line
// and exits with 2 as well.
type unread struct{ error }

func (u unread) Unwrap() error { return u.error }

func run(args []string, in io.Reader, out, talk io.Writer) int {
	if len(args) == 1 && args[0] == readPDF {
		return reader.ServePDF(in, out, talk)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := root()
	root.SetArgs(args)
	root.SetIn(in)
	data := &checked{to: out}
	root.SetOut(data)
	root.SetErr(talk)
	switch err := root.ExecuteContext(ctx); {
	case data.err != nil:
		fmt.Fprintln(talk, "asociacija: not all was written:", data.err)
		return 1
	case err == nil:
		return 0
	case errors.Is(err, errOpen):
		return 1
	case errors.Is(err, errUsage), errors.As(err, new(unread)):
		fmt.Fprintln(talk, "asociacija:", err)
		return 2
	default:
		fmt.Fprintln(talk, "asociacija:", err)
		return 1
	}
}

// A checked writer keeps the first error, so that no command has to look for it after
// each line.
type checked struct {
	to  io.Writer
	err error
}

func (w *checked) Write(p []byte) (n int, err error) {
	if w.err == nil {
		n, w.err = w.to.Write(p)
	}
	return n, w.err
}

// root is the table of commands.
func root() *cobra.Command {
	root := &cobra.Command{
		Use:           "asociacija",
		Short:         "One program for an umbrella association: cases, consultations, positions, and what came of them",
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return fmt.Errorf("%w: there is no command %q; see asociacija help", errUsage, args[0])
			}
			return cmd.Help()
		},
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return fmt.Errorf("%w: %w", errUsage, err) })
	root.AddCommand(serveCommand(), demoCommand(), backupCommand(), restoreCommand(), checkCommand(), configCommand(), caseCommand(), lawCommand(), voteCommand(), membersCommand())
	return root
}

// exactly says how many arguments a command takes, and how it is called.
func exactly(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return fmt.Errorf("%w: %s", errUsage, cmd.UseLine())
		}
		return nil
	}
}

// configured gives a command the flags of the house, and reads them.
func configured(cmd *cobra.Command) func() (config.Config, error) {
	fs := flag.NewFlagSet(cmd.Name(), flag.ContinueOnError)
	config.Flags(fs)
	cmd.Flags().AddGoFlagSet(fs)
	return func() (config.Config, error) {
		c, err := config.Read(os.Environ(), fs)
		if err != nil {
			return c, fmt.Errorf("%w: %w", errUsage, err)
		}
		return c, nil
	}
}
