package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/members/proof"
)

func membersCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "members", Short: "Issue extracts of the register, and check them", Args: exactly(0), RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(extractCommand(), checkExtractCommand())
	return cmd
}

// extractCommand issues an extract as the desk does: with the next number, in the book.
func extractCommand() *cobra.Command {
	var day, category, kind, rule, purpose, lang, format, out string
	cmd := &cobra.Command{
		Use:   "extract --day 2026-03-31 [flags]",
		Short: "Issue a numbered extract of the members on a day",
		Long: `Issue an extract of the members as they were on a day, with what proved each of
them. It has the next number of the year, stands in the book, and can be checked by
whoever is given it, as one that was issued on the pages.`,
		Args: exactly(0),
	}
	flags := cmd.Flags()
	flags.StringVar(&day, "day", "", "the day, as 2026-03-31; today if not given")
	flags.StringVar(&category, "category", "", "only members of the category, by its name")
	flags.StringVar(&kind, "kind", "", "only these: organisation or person")
	flags.StringVar(&rule, "rule", "", "say how many electors there are, by the rule of this key")
	flags.StringVar(&purpose, "purpose", "", "what for, as it is printed")
	flags.StringVar(&lang, "lang", "sl", "language of the papers: sl or en")
	flags.StringVar(&format, "format", "pdf,csv,json", "files to write, of these")
	flags.StringVar(&out, "out", ".", "folder for the files")
	read := configured(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		formats := strings.Split(format, ",")
		for _, f := range formats {
			if f != "pdf" && f != "csv" && f != "json" {
				return fmt.Errorf("%w: no format %q", errUsage, f)
			}
		}
		on, err := civil.Parse(day)
		if err != nil {
			return fmt.Errorf("%w: --day %s is no day like 2026-03-31", errUsage, day)
		}
		c, err := read()
		if err != nil {
			return err
		}
		h, err := app.Open(cmd.Context(), c)
		if err != nil {
			return err
		}
		defer h.Close()
		e, err := h.IssueExtract(cmd.Context(), app.ExtractOf{On: on, Category: category, Kind: kind, Rule: rule, Purpose: purpose, Lang: lang})
		if err != nil {
			return err
		}
		fmt.Fprintf(cmd.OutOrStdout(), "number\t%s\nas of\t%s\norganisations\t%d\npersons\t%d\nwith proof\t%d\nsha256\t%s\ncheck\t%s\n",
			e.ID.Number(), e.On, e.Organisations, e.Persons, e.Proven, e.Hash(), h.Config.URL+"/check/"+e.Token)
		for _, f := range formats {
			name := filepath.Join(out, "extract-"+string(e.ID)+"."+f)
			if err := h.SaveExtract(cmd.Context(), e, f, name); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "file\t%s\n", name)
		}
		return nil
	}
	return cmd
}

// mostExtract is the most that a file to check may weigh, in bytes.
const mostExtract = 64 << 20

// checkExtractCommand tells what a file that is said to be an extract is worth.
func checkExtractCommand() *cobra.Command {
	var house, before string
	here := false
	cmd := &cobra.Command{
		Use:   "check [flags] FILE",
		Short: "Check an extract: against itself, the one before it, and the house that issued it",
		Long: `Check an extract that somebody gave you. Alone, the file tells its hash and its
code, and one in JSON whether its counts are those of its members. --before compares
the hash that it names with the extract before. --house asks a house on the web by the
hash, --here the house in the data folder: only a house knows whether it was issued.

The exit code is 1 for a file that is not sound, or that the house does not stand by.`,
		Args: exactly(1),
	}
	cmd.Flags().StringVar(&house, "house", "", "address of the house, as https://example.org")
	cmd.Flags().BoolVar(&here, "here", false, "ask the house in the data folder")
	cmd.Flags().StringVar(&before, "before", "", "the JSON of the extract before")
	read := configured(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		is, err := checkAlone(cmd.OutOrStdout(), args[0], before)
		if err != nil {
			return err
		}
		switch {
		case here:
			c, err := read()
			if err != nil {
				return err
			}
			h, err := app.Open(cmd.Context(), c)
			if err != nil {
				return err
			}
			defer h.Close()
			e, format, err := h.Proof.CheckedFile(cmd.Context(), is)
			return verdictOf(cmd.OutOrStdout(), string(e.State), e.Withdrawn.String(), format != "", err)
		case house != "":
			state, ended, err := askHouse(cmd.Context(), house, is.Hash)
			return verdictOf(cmd.OutOrStdout(), state, ended, state != "", err)
		}
		fmt.Fprintln(cmd.ErrOrStderr(), "whether it was issued only the house knows: add --house or --here")
		return nil
	}
	return cmd
}

// checkAlone tells what the file says of itself, and whether it contradicts itself.
func checkAlone(out io.Writer, name, before string) (proof.Reading, error) {
	raw, err := readExtract(name)
	if err != nil {
		return proof.Reading{}, err
	}
	is, err := proof.Read(strings.NewReader(string(raw)))
	if err != nil {
		return is, err
	}
	fmt.Fprintf(out, "sha256\t%s\n", is.Hash)
	if is.Code != "" {
		fmt.Fprintf(out, "code\t%s\n", is.Code)
	}
	if len(raw) == 0 || raw[0] != '{' {
		if before != "" {
			return is, unread{errors.New("only an extract in JSON names the one before")}
		}
		return is, nil
	}
	said, err := proof.ReadJSON(raw)
	if err != nil {
		return is, unread{fmt.Errorf("%s: %w", name, err)}
	}
	fmt.Fprintf(out, "number\t%s\nissuer\t%s\nas of\t%s\nmembers\t%d\nwith proof\t%d\nsound\tits counts are those of its members\n", said.Number, said.Issuer, said.AsOf, said.Members, said.WithProof)
	if before == "" {
		return is, nil
	}
	old, err := readExtract(before)
	if err != nil {
		return is, err
	}
	was, err := proof.Read(strings.NewReader(string(old)))
	if err == nil && was.Hash != said.Before {
		err = fmt.Errorf("%s is not the extract before: its hash is %s, and not %q", before, was.Hash, said.Before)
	}
	if err == nil {
		fmt.Fprintf(out, "chain\t%s is the one before\n", before)
	}
	return is, err
}

func readExtract(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, mostExtract+1))
	if err == nil && len(raw) > mostExtract {
		err = unread{fmt.Errorf("%s weighs more than %d MB", name, mostExtract>>20)}
	}
	return raw, err
}

// verdictOf prints what a house says of the file, and fails unless it stands by it.
func verdictOf(out io.Writer, state, ended string, same bool, err error) error {
	switch {
	case err != nil && state == "":
		return fmt.Errorf("unknown: the house issued no such file (%w)", err)
	case err != nil:
		return err
	case !same:
		return errors.New("altered: the house issued an extract with this code, and not this file")
	case state != string(proof.Ready):
		fmt.Fprintf(out, "state\t%s since %s\n", state, ended)
		return fmt.Errorf("%s since %s", state, ended)
	}
	fmt.Fprintln(out, "state\tvalid")
	return nil
}

// askHouse asks a house on the web for the file with the hash.
func askHouse(ctx context.Context, house, hash string) (state, ended string, err error) {
	at, err := url.Parse(strings.TrimRight(house, "/"))
	if err != nil || at.Host == "" || at.Scheme != "https" && at.Scheme != "http" {
		return "", "", fmt.Errorf("%w: --house %s is no address of a house", errUsage, house)
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at.JoinPath("api/v1/check", hash).String(), nil)
	if err != nil {
		return "", "", err
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return "", "", err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return "", "", fmt.Errorf("%s answers %s", at.Host, answer.Status)
	}
	var said struct{ State, Ended string }
	err = json.NewDecoder(io.LimitReader(answer.Body, 1<<20)).Decode(&said)
	return said.State, said.Ended, err
}
