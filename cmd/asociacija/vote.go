package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/asociacija/asociacija/engine/tally"
)

// voteCommand has tools on votes that anybody may use.
func voteCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "vote", Aliases: []string{"votes"}, Short: "Count published votes again", Args: exactly(0), RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(voteTallyCommand())
	return cmd
}

// mostOfVote is the most that a file of ballots may weigh, in bytes.
const mostOfVote = 64 << 20

// voteTallyCommand counts a file: a record as the page of a result hands it out, or
// ballots in the BLT format.
func voteTallyCommand() *cobra.Command {
	method, seed, receipt, asJSON := "stv", "", "", false
	cmd := &cobra.Command{
		Use:     "tally [flags] FILE",
		Aliases: []string{"recount"},
		Short:   "Count the ballots of a vote again, from a record (JSON) or a ballot file (BLT)",
		Long:    "Count the ballots of a vote again. A record says by which rules; of a ballot file the flags say it. - reads the standard input.",
		Args:    exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			raw, err := readVote(cmd, args[0])
			if err != nil {
				return err
			}
			record, err := recordOf(raw, tally.Method(method), seed)
			if err != nil {
				return unread{err}
			}
			t, err := record.Count()
			if err != nil {
				return unread{err}
			}
			if asJSON {
				e := json.NewEncoder(cmd.OutOrStdout())
				e.SetIndent("", "\t")
				return e.Encode(t)
			}
			printTally(cmd.OutOrStdout(), record, t)
			if receipt != "" {
				return printBallot(cmd.OutOrStdout(), record, receipt)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&method, "method", method, "of a ballot file: stv, plurality, block or approval")
	cmd.Flags().StringVar(&seed, "seed", "", "of a ballot file: the seed of the lot")
	cmd.Flags().StringVar(&receipt, "receipt", "", "of a record: tell what the ballot with the receipt says")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write the whole count as JSON")
	return cmd
}

func readVote(cmd *cobra.Command, name string) ([]byte, error) {
	from := cmd.InOrStdin()
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		from = f
	}
	raw, err := io.ReadAll(io.LimitReader(from, mostOfVote+1))
	if err == nil && len(raw) > mostOfVote {
		err = unread{fmt.Errorf("%s weighs more than %d MB", name, mostOfVote>>20)}
	}
	return raw, err
}

// recordOf reads either format.
func recordOf(raw []byte, m tally.Method, seed string) (tally.Record, error) {
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		r, err := tally.ParseRecord(raw)
		if err == nil {
			err = r.Check()
		}
		return r, err
	}
	e, err := tally.ParseBLT(string(raw))
	if err != nil {
		return tally.Record{}, err
	}
	if len(e.Withdrawn) > 0 {
		return tally.Record{}, fmt.Errorf("candidates who withdrew are not counted by this command: take them out of the file")
	}
	r := tally.Record{Title: e.Title, Kind: "election", Method: m, Seats: e.Seats, Seed: seed, Candidates: e.Candidates}
	for _, p := range e.Papers {
		b := tally.Ballot{Weight: p.Weight}
		for _, c := range p.Marks {
			b.Marks = append(b.Marks, int(c)+1)
		}
		r.Ballots = append(r.Ballots, b)
	}
	return r, nil
}

// printTally writes a count as people read it, stage by stage.
func printTally(out io.Writer, r tally.Record, t tally.Tally) {
	if r.Title != "" {
		fmt.Fprintln(out, r.Title)
	}
	for _, fact := range [][2]string{
		{"opened", r.Opened}, {"closed", r.Closed}, {"electors", count(r.Electors)}, {"voted", count(r.Voted)}, {"quorum", r.Quorum}, {"majority", r.Majority},
		{"method", string(r.Method)}, {"seats", count(int64(r.Seats))}, {"electorate", r.Electorate}, {"seed", r.Seed},
	} {
		if fact[1] != "" {
			fmt.Fprintf(out, "%s\t%s\n", fact[0], fact[1])
		}
	}
	for _, class := range []tally.Class{tally.Valid, tally.Blank, tally.Overfull, tally.Repeated, tally.Unknown} {
		if n := t.Result.Papers[class]; n > 0 {
			fmt.Fprintf(out, "%s\t%d\n", class, n)
		}
	}
	if !t.Quorum {
		fmt.Fprintln(out, "no quorum")
	}
	if r.Kind == "motion" {
		fmt.Fprintf(out, "for\t%d\nagainst\t%d\nabstained\t%d\nneeded\t%d\n", t.Poll.For, t.Poll.Against, t.Poll.Abstained, t.Needs)
		if r.Chair != "" {
			fmt.Fprintf(out, "chair\t%s\n", r.Chair)
		}
		fmt.Fprintln(out, t.Outcome)
		return
	}
	name := func(c tally.Candidate) string { return r.Candidates[c] }
	printStages(out, t.Result, name)
	if t.Result.Method != tally.STV {
		for i, v := range t.Result.Totals {
			fmt.Fprintf(out, "%s\t%d\n", name(tally.Candidate(i)), v.Whole())
		}
	}
	for _, c := range t.Result.Elected {
		fmt.Fprintf(out, "elected\t%s\n", name(c))
	}
	for _, tie := range t.Result.Ties {
		by := "lot"
		if tie.Stage > 0 {
			by = fmt.Sprint("stage ", tie.Stage)
		}
		fmt.Fprintf(out, "tie\t%s: %s by %s\n", people(tie.Among, name), people(tie.Chosen, name), by)
	}
	for _, c := range t.Result.Second {
		fmt.Fprintf(out, "second round\t%s\n", name(c))
	}
	for _, c := range t.Result.Tied {
		fmt.Fprintf(out, "tied\t%s\n", name(c))
	}
	if t.Result.Open > 0 {
		fmt.Fprintf(out, "open\t%d\n", t.Result.Open)
	}
}

func people(list []tally.Candidate, name func(tally.Candidate) string) string {
	var names []string
	for _, c := range list {
		names = append(names, name(c))
	}
	return strings.Join(names, ", ")
}

// count writes a number that there is.
func count(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// printBallot tells what the ballot with the receipt says.
func printBallot(out io.Writer, r tally.Record, receipt string) error {
	for _, b := range r.Ballots {
		if b.Receipt != receipt {
			continue
		}
		var marks []string
		for _, m := range b.Marks {
			if m >= 1 && m <= len(r.Candidates) {
				marks = append(marks, r.Candidates[m-1])
			}
		}
		fmt.Fprintf(out, "ballot %s\t%s\n", receipt, strings.Join(marks, " > "))
		return nil
	}
	return unread{fmt.Errorf("no ballot has the receipt %q", receipt)}
}

func printStages(out io.Writer, r tally.Result, name func(tally.Candidate) string) {
	if r.Method == tally.STV {
		fmt.Fprintf(out, "quota\t%s\n", r.Quota)
	}
	for i, s := range r.Stages {
		what := string(s.Deed)
		if s.Deed != tally.First {
			what += " of " + name(s.Of)
		}
		var held []string
		for c, v := range s.Held {
			held = append(held, name(tally.Candidate(c))+" "+v.String())
		}
		fmt.Fprintf(out, "%d\t%s\t%s; not transferable %s; lost %s\n", i+1, what, strings.Join(held, ", "), s.Spent, s.Lost)
	}
}
