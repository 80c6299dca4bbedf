package positions

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/i18n"
	"github.com/asociacija/asociacija/internal/platform/jobs"
	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

// papersKind is the job that makes the papers of a frozen version.
const papersKind = "positions.papers"

type papersArgs struct {
	Position voice.PositionID
	Version  int
}

// askPapers has the papers of a version made once it is committed.
func (d *Desk) askPapers(ctx context.Context, tx *store.Tx, by auth.Actor, p Position) error {
	if d.parts.Jobs == nil {
		return nil
	}
	_, err := d.parts.Jobs.Add(ctx, tx, jobs.Job{
		Kind: papersKind, Args: papersArgs{p.ID, p.Version}, Unique: papersKind + "/" + p.Label(), By: by.User, Title: "positions.job.papers",
	})
	return err
}

// work makes what papers are missing in all languages, and says how far it is.
func (d *Desk) work(ctx context.Context, r jobs.Run) error {
	var a papersArgs
	if err := r.Args(&a); err != nil {
		return err
	}
	langs := i18n.Spoken()
	for i, lang := range langs {
		for k, kind := range Kinds() {
			r.Progress(i*len(Kinds())+k, len(langs)*len(Kinds()), "positions.job.papers.step")
			if err := ctx.Err(); err != nil {
				return err
			}
			if _, err := d.papers(ctx, auth.House, a.Position, a.Version, lang, kind); err != nil {
				return err
			}
		}
	}
	return nil
}

// Documents are all papers of a frozen version in a language, each in each format:
// those of the letter first. They are made once and kept.
func (d *Desk) Documents(ctx context.Context, by auth.Actor, id voice.PositionID, version int, lang string) ([]Document, error) {
	return d.papers(ctx, by, id, version, lang, Kinds()...)
}

// Document is one paper of a frozen version, or a Missing fault if there is no
// such paper, language or format.
func (d *Desk) Document(ctx context.Context, by auth.Actor, id voice.PositionID, version int, k Kind, lang, format string) (Document, error) {
	missing := fault.New(fault.Missing, "positions.paper.missing")
	if !slices.Contains(Kinds(), k) || !slices.Contains(i18n.Spoken(), lang) || !slices.Contains(Formats(), format) {
		return Document{}, missing
	}
	list, err := d.papers(ctx, by, id, version, lang, k)
	if err != nil {
		return Document{}, err
	}
	for _, one := range list {
		if one.Format == format {
			return one, nil
		}
	}
	return Document{}, missing
}

// papers reads the papers of some kinds, and makes those that are not there yet.
func (d *Desk) papers(ctx context.Context, by auth.Actor, id voice.PositionID, version int, lang string, kinds ...Kind) ([]Document, error) {
	p, s, err := d.Snapshot(ctx, by, id, version)
	if err != nil {
		return nil, err
	}
	kept, err := store.Read(ctx, d.db, func(tx *store.Tx) (map[paperKey]paperRow, error) { return listPapers(ctx, tx, id, p.Version) })
	if err != nil {
		return nil, err
	}
	words := d.parts.Words.In(lang)
	var list []Document
	for _, k := range kinds {
		for _, format := range Formats() {
			doc := Document{Kind: k, Lang: lang, Format: format, Name: s.Name(words, k, format), MIME: mimes[format]}
			if row, ok := kept[paperKey{k, lang, format}]; ok && d.parts.Files != nil {
				doc.Bytes, err = d.fetch(ctx, row.hash)
			} else {
				doc.Bytes, err = d.make(ctx, p, s, doc)
			}
			if err != nil {
				return nil, err
			}
			doc.Size = int64(len(doc.Bytes))
			list = append(list, doc)
		}
	}
	return list, nil
}

func (d *Desk) fetch(ctx context.Context, hash string) ([]byte, error) {
	f, err := d.parts.Files.Open(ctx, hash)
	if err != nil {
		return nil, fmt.Errorf("positions: paper %s: %w", hash, err)
	}
	defer f.Close()
	return io.ReadAll(f)
}

// make writes a paper and keeps it. Two who make the same paper at once make the
// same bytes, and keep them once.
func (d *Desk) make(ctx context.Context, p Position, s Snapshot, doc Document) ([]byte, error) {
	whole, err := write(s.Compose(doc.Kind, d.parts.Words.In(doc.Lang), p.Hash, d.parts.Zone), doc.Format)
	if err != nil {
		return nil, fmt.Errorf("positions: %s of %s: %w", doc.Kind, p.Label(), err)
	}
	if d.parts.Files == nil {
		return whole, nil
	}
	ref, err := d.parts.Files.Put(ctx, bytes.NewReader(whole), -1)
	if err != nil {
		return nil, fmt.Errorf("positions: keep %s of %s: %w", doc.Kind, p.Label(), err)
	}
	return whole, d.db.Write(ctx, func(tx *store.Tx) error {
		return putPaper(ctx, tx, p, paperKey{doc.Kind, doc.Lang, doc.Format}, paperRow{ref.Hash, ref.Size})
	})
}

// Papers lists the papers of a frozen version in a language, those made and those
// not, without their bytes; the Size of one that is not made yet is 0.
func (d *Desk) Papers(ctx context.Context, by auth.Actor, id voice.PositionID, version int, lang string) ([]Document, error) {
	p, s, err := d.Snapshot(ctx, by, id, version)
	if err != nil {
		return nil, err
	}
	return d.papersOf(ctx, p, s, lang)
}

func (d *Desk) papersOf(ctx context.Context, p Position, s Snapshot, lang string) ([]Document, error) {
	kept, err := store.Read(ctx, d.db, func(tx *store.Tx) (map[paperKey]paperRow, error) { return listPapers(ctx, tx, p.ID, p.Version) })
	if err != nil {
		return nil, err
	}
	var list []Document
	for _, k := range Kinds() {
		for _, format := range Formats() {
			list = append(list, Document{
				Kind: k, Lang: lang, Format: format, Name: s.Name(d.parts.Words.In(lang), k, format), MIME: mimes[format],
				Size: kept[paperKey{k, lang, format}].size,
			})
		}
	}
	return list, nil
}
