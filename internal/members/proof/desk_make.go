package proof

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/audit"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// work makes the files of an extract and says how far it is. What is read is one
// state of the register; done twice, it makes the same files.
func (d *Desk) work(ctx context.Context, run jobs.Run) error {
	var id ID
	if err := run.Args(&id); err != nil {
		return err
	}
	var e Extract
	var lines []Line
	var rule Rule
	err := d.db.Read(ctx, func(tx *store.Tx) (err error) {
		if e, err = oneExtract(ctx, tx, "id", id); err != nil || e.State != Making {
			return err
		}
		if e.Before, err = hashBefore(ctx, tx, id); err != nil {
			return err
		}
		if e.Rule != "" {
			if rule, err = d.ruleIn(ctx, tx, e.Rule); err != nil {
				return err
			}
		}
		lines, err = d.lines(ctx, tx, e, func(n int) { run.Progress(n, 0, "proof.job.read") })
		return err
	})
	if err != nil || e.State != Making {
		return err
	}
	e.count(lines)
	issuer := d.Issuer(ctx)
	sheet := Sheet{Extract: e, Election: election(rule, lines, e), Issuer: issuer, Lines: lines, Rules: d.Rules, URL: d.URL, Zone: d.Zone}
	for i, format := range Formats() {
		run.Progress(i, len(Formats()), "proof.job.write")
		if err := ctx.Err(); err != nil {
			return err
		}
		whole, err := sheet.write(format, d.Words.In(e.Lang))
		if err != nil {
			return fmt.Errorf("proof: %s of %s: %w", format, id, err)
		}
		sum := sha256.Sum256(whole)
		f := File{Format: format, Hash: hex.EncodeToString(sum[:]), Size: int64(len(whole))}
		if _, err := d.Files.Put(ctx, bytes.NewReader(whole), -1); err != nil {
			return err
		}
		sheet.Files = append(sheet.Files, f)
	}
	return d.db.Write(ctx, func(tx *store.Tx) error {
		now, err := oneExtract(ctx, tx, "id", id)
		if err != nil || now.State != Making {
			return err
		}
		e.State, e.Files = Ready, sheet.Files
		if err := putExtract(ctx, tx, e); err != nil {
			return err
		}
		if err := d.replace(ctx, tx, e); err != nil {
			return err
		}
		return audit.Note(ctx, tx, auth.Actor{User: e.By, Name: e.ByName}, "proof.issue", Subject(id), "hash", e.Hash())
	})
}

// election counts the electors for an extract that is to say how many there are.
func election(r Rule, lines []Line, e Extract) *Election {
	if e.Rule == "" || !r.Known() {
		return nil
	}
	all := r.Elect(lines, e.On)
	return &all
}

// replace tells of the extract whose place another has taken.
func (d *Desk) replace(ctx context.Context, tx *store.Tx, by Extract) error {
	if by.Replaces == "" {
		return nil
	}
	old, err := oneExtract(ctx, tx, "id", by.Replaces)
	if err != nil || old.State != Ready {
		return err // withdrawn meanwhile, which says more
	}
	old.State, old.Instead, old.Withdrawn = Replaced, by.ID, d.today(tx)
	return putExtract(ctx, tx, old)
}

// count says how many of each the lines are.
func (e *Extract) count(lines []Line) {
	e.Organisations, e.Persons, e.Proven = 0, 0, 0
	for _, l := range lines {
		if l.Kind == members.Organisation {
			e.Organisations++
		} else {
			e.Persons++
		}
		if l.Proven(e.On) {
			e.Proven++
		}
	}
}
