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
			if _, err := d.papers(ctx, auth.House, a.Position, a.Version, each(lang, kind)); err != nil {
				return err
			}
		}
	}
	return nil
}

// A File names one paper as one kind of file.
type File struct {
	Kind         Kind
	Lang, Format string
}

// each is the files of some papers in a language, in order.
func each(lang string, kinds ...Kind) (list []File) {
	for _, k := range kinds {
		for _, format := range Formats() {
			list = append(list, File{k, lang, format})
		}
	}
	return list
}

// Documents are all papers of a frozen version in a language, each in each format:
// those of the letter first. They are made once and kept.
func (d *Desk) Documents(ctx context.Context, by auth.Actor, id voice.PositionID, version int, lang string) ([]Document, error) {
	return d.papers(ctx, by, id, version, each(lang, Kinds()...))
}

// Document is one paper of a frozen version, or a Missing fault if there is no
// such paper, language or format.
func (d *Desk) Document(ctx context.Context, by auth.Actor, id voice.PositionID, version int, k Kind, lang, format string) (Document, error) {
	f := File{k, lang, format}
	if !slices.Contains(Kinds(), f.Kind) || !slices.Contains(i18n.Spoken(), f.Lang) || !slices.Contains(Formats(), f.Format) {
		return Document{}, fault.New(fault.Missing, "positions.paper.missing")
	}
	list, err := d.papers(ctx, by, id, version, []File{f})
	if err != nil {
		return Document{}, err
	}
	return list[0], nil
}

// papers reads papers, and makes those that are not there yet.
func (d *Desk) papers(ctx context.Context, by auth.Actor, id voice.PositionID, version int, files []File) ([]Document, error) {
	p, s, err := d.Snapshot(ctx, by, id, version)
	if err != nil {
		return nil, err
	}
	kept, err := d.kept(ctx, p)
	if err != nil {
		return nil, err
	}
	var list []Document
	for _, f := range files {
		doc := d.document(s, f)
		if row, ok := kept[f]; ok && d.parts.Files != nil {
			doc.Bytes, err = d.fetch(ctx, row.hash)
		} else {
			doc.Bytes, err = d.make(ctx, p, s, f)
		}
		if err != nil {
			return nil, err
		}
		doc.Size = int64(len(doc.Bytes))
		list = append(list, doc)
	}
	return list, nil
}

func (d *Desk) document(s Snapshot, f File) Document {
	return Document{Kind: f.Kind, Lang: f.Lang, Format: f.Format, Name: s.Name(d.parts.Words.In(f.Lang), f.Kind, f.Format), MIME: mimes[f.Format]}
}

func (d *Desk) kept(ctx context.Context, p Position) (map[File]paperRow, error) {
	return store.Read(ctx, d.db, func(tx *store.Tx) (map[File]paperRow, error) { return listPapers(ctx, tx, p.ID, p.Version) })
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
func (d *Desk) make(ctx context.Context, p Position, s Snapshot, f File) ([]byte, error) {
	whole, err := write(s.Compose(f.Kind, d.parts.Words.In(f.Lang), p.Hash, d.parts.Zone), f.Format)
	if err != nil {
		return nil, fmt.Errorf("positions: %s of %s: %w", f.Kind, p.Label(), err)
	}
	if d.parts.Files == nil {
		return whole, nil
	}
	ref, err := d.parts.Files.Put(ctx, bytes.NewReader(whole), -1)
	if err != nil {
		return nil, fmt.Errorf("positions: keep %s of %s: %w", f.Kind, p.Label(), err)
	}
	return whole, d.db.Write(ctx, func(tx *store.Tx) error { return putPaper(ctx, tx, p, f, paperRow{ref.Hash, ref.Size}) })
}

// Papers lists the papers of a frozen version in a language, those made and those
// not, without their bytes; the Size of one that is not made yet is 0.
func (d *Desk) Papers(ctx context.Context, by auth.Actor, id voice.PositionID, version int, lang string) ([]Document, error) {
	p, s, err := d.Snapshot(ctx, by, id, version)
	if err != nil {
		return nil, err
	}
	kept, err := d.kept(ctx, p)
	if err != nil {
		return nil, err
	}
	var list []Document
	for _, f := range each(lang, Kinds()...) {
		doc := d.document(s, f)
		doc.Size = kept[f].size
		list = append(list, doc)
	}
	return list, nil
}
