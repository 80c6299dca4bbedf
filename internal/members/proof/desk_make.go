package proof

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

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
	err := d.db.Read(ctx, func(tx *store.Tx) (err error) {
		if e, err = oneExtract(ctx, tx, "id", id); err != nil || e.State != Making {
			return err
		}
		if e.Before, err = hashBefore(ctx, tx, id); err != nil {
			return err
		}
		lines, err = d.lines(ctx, tx, e, func(n int) { run.Progress(n, 0, "proof.job.read") })
		return err
	})
	if err != nil || e.State != Making {
		return err
	}
	e.count(lines)
	issuer := d.Issuer(ctx)
	sheet := Sheet{Extract: e, Issuer: issuer, Lines: lines, Rules: d.Rules, URL: d.URL, Zone: d.Zone}
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
		return audit.Note(ctx, tx, auth.Actor{User: e.By, Name: e.ByName}, "proof.issue", Subject(id), "hash", e.Hash())
	})
}

// lines are the members of the extract, in the order of the register.
func (d *Desk) lines(ctx context.Context, tx *store.Tx, e Extract, read func(int)) ([]Line, error) {
	categories, err := d.Members.Categories(ctx, auth.House)
	if err != nil {
		return nil, err
	}
	named := map[members.CategoryID]string{}
	for _, c := range categories {
		named[c.ID] = c.Name
	}
	var lines []Line
	var ids []members.ID
	add := func(m members.Entry) error {
		if e.Kind != "" && m.Kind != e.Kind {
			return nil
		}
		ids = append(ids, m.ID)
		l := Line{No: len(lines) + 1, Name: m.Name, Kind: m.Kind, Category: named[m.Category], Place: m.Place, Since: m.Since}
		if m.Decision != "" {
			l.Papers = append(l.Papers, Paper{Kind: Admission, Number: m.Decision, On: m.Since})
		}
		if lines = append(lines, l); len(lines)%1_000 == 0 {
			read(len(lines))
		}
		return ctx.Err()
	}
	if e.Member == "" {
		err = d.Members.EachOnIn(ctx, tx, e.On, add)
	} else {
		var one members.Entry
		if one, err = d.Members.StandingOnIn(ctx, tx, e.Member, e.On); err == nil {
			err = add(one)
		}
	}
	if err != nil {
		return nil, err
	}
	return lines, d.papers(ctx, tx, ids, lines)
}

// papers adds the registrations of the members. A person's tax number proves nothing
// that others need to see.
func (d *Desk) papers(ctx context.Context, tx *store.Tx, ids []members.ID, lines []Line) error {
	for batch := range slices.Chunk(ids, 1_000) {
		of, err := d.Members.RegistrationsIn(ctx, tx, batch...)
		if err != nil {
			return err
		}
		for i, id := range batch {
			l := &lines[i]
			for _, r := range of[id] {
				if r.In == members.Tax && l.Kind == members.Person {
					continue
				}
				l.Papers = append(l.Papers, Paper{Kind: string(r.In), Number: r.Number, Proof: string(r.Proof), On: r.ProofDay})
			}
		}
		lines = lines[len(batch):]
	}
	return nil
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
