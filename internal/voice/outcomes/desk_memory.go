package outcomes

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/asociacija/asociacija/engine/civil"
	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// Ledger is what became of the proposals of a frozen version; without a position,
// of the newest of the case. Of a public position of a public case anyone may read
// it, but not who judged, nor the words of a text that is not open. A case without a frozen position is a Missing fault.
func (d *Desk) Ledger(ctx context.Context, by auth.Actor, id voice.CaseID, position voice.PositionID, edition int) (Ledger, error) {
	m, err := d.matter(ctx, by, id, position, edition)
	if err != nil {
		return Ledger{}, err
	}
	l, err := d.ledger(ctx, m)
	if err != nil || by.Can(voice.See) {
		return l, err
	}
	for i := range l.Lines {
		line := &l.Lines[i]
		line.By, line.ByIs, line.Note, line.Earlier = "", "", "", nil
		if line.Version == "" {
			continue
		}
		switch _, err := d.parts.Corpus.Version(ctx, by, line.Version); {
		case fault.Is(err, fault.Denied), fault.Is(err, fault.Missing):
			line.Text, line.Marks = "", nil
		case err != nil:
			return Ledger{}, err
		}
	}
	return l, nil
}

func (d *Desk) ledger(ctx context.Context, m matter) (Ledger, error) {
	l := Ledger{Position: m.position.ID, Edition: m.position.Version, Title: m.position.Title}
	all, err := store.Read(ctx, d.db, func(tx *store.Tx) (map[voice.ProposalID][]Judgement, error) { return allOf(ctx, tx, m.ID) })
	if err != nil {
		return l, err
	}
	for _, p := range m.snapshot.Proposals {
		line := Line{Judgement: m.blank(p)}
		if judged := all[p.ID]; len(judged) > 0 {
			line = Line{Judgement: judged[0], Earlier: judged[1:]}
			line.Number, line.Title, line.Cite = p.Number, p.Title, p.Cite
		}
		l.Lines = append(l.Lines, line)
		l.Memory = l.Plus(line.of())
	}
	return l, nil
}

// CaseMemory is the numbers of one case: of all its proposals that were judged,
// and of its deliveries. Open is how many of its proposals nobody has judged.
func (d *Desk) CaseMemory(ctx context.Context, by auth.Actor, id voice.CaseID, today civil.Date) (Memory, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (m Memory, err error) {
		c, err := d.cases.CaseIn(ctx, tx, by, id)
		if err != nil {
			return m, err
		}
		rows, err := ofCase(ctx, tx, id, today)
		for _, r := range rows {
			m = m.Plus(r.Memory)
		}
		m.Open = max(0, c.Proposals-m.Judged())
		return m, err
	})
}

// Memory is the numbers of a year by authority, or of all years if it is 0, the
// newest year first. Whoever may not see all cases gets those of public ones, as
// they were at most a minute ago.
func (d *Desk) Memory(ctx context.Context, by auth.Actor, year int, today civil.Date) ([]Row, error) {
	rows, err := d.rows(ctx, by, today)
	if err != nil || year == 0 {
		return rows, err
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r Row) bool { return r.Year != year }), nil
}

func (d *Desk) rows(ctx context.Context, by auth.Actor, today civil.Date) ([]Row, error) {
	if by.Can(voice.See) {
		return store.Read(ctx, d.db, func(tx *store.Tx) ([]Row, error) { return ofCase(ctx, tx, house, today) })
	}
	d.public.Lock()
	defer d.public.Unlock()
	now := d.db.Now()
	if d.public.on == today && now.Before(d.public.until) {
		return d.public.rows, nil
	}
	rows, err := store.Read(ctx, d.db, func(tx *store.Tx) ([]Row, error) { return ofPublic(ctx, tx, today) })
	if err == nil {
		d.public.rows, d.public.on, d.public.until = rows, today, now.Add(time.Minute)
	}
	return rows, err
}

// Total sums rows.
func Total(rows []Row) (m Memory) {
	for _, r := range rows {
		m = m.Plus(r.Memory)
	}
	return m
}

// ByYear sums the rows of each year, the newest first.
func ByYear(rows []Row) (list []Row) {
	for _, r := range rows {
		if len(list) == 0 || list[len(list)-1].Year != r.Year {
			list = append(list, Row{Year: r.Year})
		}
		last := &list[len(list)-1]
		last.Memory = last.Plus(r.Memory)
	}
	return list
}

// duesOf lists the dues of one kind of a case.
func duesOf(ctx context.Context, tx *store.Tx, id voice.CaseID, kind string) ([]string, error) {
	list, err := store.List(ctx, tx, func(row store.Scanner) (s string, err error) { return s, row.Scan(&s) },
		`SELECT id FROM case_dues WHERE case_id = $1 AND kind = $2`, id, kind)
	if err != nil {
		return nil, fmt.Errorf("outcomes: dues of %s: %w", id, err)
	}
	return list, nil
}
