package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/asociacija/asociacija/internal/app"
)

func backupCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "backup [flags] FILE",
		Short: "Put the whole house into one file, while it is open",
		Args:  exactly(1),
	}
	read := configured(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c, err := read()
		if err != nil {
			return err
		}
		h, err := app.Open(cmd.Context(), c)
		if err != nil {
			return err
		}
		defer h.Close()
		n, err := h.Backup(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "%s: %d rows of %d tables, %d files\n", args[0], n.Rows, n.Tables, n.Files)
		return nil
	}
	return cmd
}

func restoreCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "restore [flags] FILE",
		Short: "Make a house of a backup, in a new place, on either database",
		Args:  exactly(1),
	}
	read := configured(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		c, err := read()
		if err != nil {
			return err
		}
		m, n, err := app.Restore(cmd.Context(), c, args[0])
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "the house of %s: %d rows of %d tables, %d files\n", m.Made.Format(time.DateTime), n.Rows, n.Tables, n.Files)
		return nil
	}
	return cmd
}

func checkCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "check [flags]",
		Short: "Tell what is missing for the real world, and whether anything is broken",
		Args:  exactly(0),
	}
	read := configured(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := read()
		if err != nil {
			return err
		}
		h, err := app.Open(cmd.Context(), c)
		if err != nil {
			return err
		}
		defer h.Close()
		findings, err := h.Check(cmd.Context())
		if err != nil {
			return err
		}
		broken := 0
		for _, f := range findings {
			fmt.Fprintf(cmd.OutOrStdout(), "%-7s %s\n", f.Grade, f.Text)
			if f.Grade == app.Broken {
				broken++
			}
		}
		if broken > 0 {
			return fmt.Errorf("%d things are broken", broken)
		}
		return nil
	}
	return cmd
}

func configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "config [flags]",
		Short: "Print what is in force, secrets struck out",
		Args:  exactly(0),
	}
	read := configured(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := read()
		if err != nil {
			return err
		}
		return c.Print(cmd.OutOrStdout())
	}
	return cmd
}
