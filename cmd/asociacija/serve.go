package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"

	"github.com/spf13/cobra"

	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/platform/config"
)

func serveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve [flags]",
		Short: "Open the house to its people",
		Long: `Open the house to its people. Without any configuration it is an SQLite file
in the folder asociacija-data, at http://localhost:8080. Where nobody is an
administrator yet, a link is printed, good for half an hour, that makes the first.`,
		Args: exactly(0),
	}
	read := configured(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := read()
		if err != nil {
			return err
		}
		return serve(cmd.Context(), c, cmd.ErrOrStderr(), func(ctx context.Context, h *app.House, talk io.Writer) error {
			link, err := h.FirstLink(ctx)
			if link != "" {
				fmt.Fprintf(talk, "\n  Make the first administrator (good for half an hour):\n  %s\n\n", link)
			}
			return err
		})
	}
	return cmd
}

// serve opens a house, says what is to be said, and answers until it is told to
// stop.
func serve(ctx context.Context, c config.Config, talk io.Writer, greet func(context.Context, *app.House, io.Writer) error) error {
	slog.SetDefault(slog.New(slog.NewTextHandler(talk, &slog.HandlerOptions{Level: c.Log})))
	// The listener comes first: a second house on the same address must not touch
	// the database of the first.
	l, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return err
	}
	defer l.Close()
	h, err := app.Open(ctx, c)
	if err != nil {
		return err
	}
	defer h.Close()
	fmt.Fprintf(talk, "%s: %s\n", c.Name, c.URL)
	if err := greet(ctx, h, talk); err != nil {
		return err
	}
	return h.Serve(ctx, l)
}

func demoCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "demo [flags]",
		Short: "Open a house with an invented association, to try everything",
		Long: `Open a house with an invented association, invented people and invented laws.
Nothing leaves the house: letters stay in its outbox. Without a data folder of its
own (ASOCIACIJA_DATA) it lives in a new temporary one and is gone afterwards.`,
		Args: exactly(0),
	}
	read := configured(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		c, err := read()
		if err != nil {
			return err
		}
		c.Demo, c.SMTP = true, config.SMTP{}
		if name := cmd.Flag("name"); !name.Changed && os.Getenv("ASOCIACIJA_NAME") == "" {
			c.Name = app.DemoName
		}
		if data := cmd.Flag("data"); !data.Changed && os.Getenv("ASOCIACIJA_DATA") == "" {
			dir, err := os.MkdirTemp("", "asociacija-demo-")
			if err != nil {
				return err
			}
			defer os.RemoveAll(dir)
			c = c.In(dir)
		}
		return serve(cmd.Context(), c, cmd.ErrOrStderr(), func(ctx context.Context, h *app.House, talk io.Writer) error {
			if err := h.Furnish(ctx); err != nil {
				return err
			}
			fmt.Fprintf(talk, "\n  Open %s/demo\n\n", c.URL)
			return nil
		})
	}
	return cmd
}
