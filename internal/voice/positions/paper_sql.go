package positions

import (
	"context"
	"fmt"

	"github.com/asociacija/asociacija/internal/platform/store"
	"github.com/asociacija/asociacija/internal/voice"
)

type paperRow struct {
	hash string
	size int64
}

// listPapers reads which papers of a version are kept.
func listPapers(ctx context.Context, tx *store.Tx, id voice.PositionID, version int) (map[File]paperRow, error) {
	type entry struct {
		File
		paperRow
	}
	list, err := store.List(ctx, tx, func(row store.Scanner) (e entry, err error) {
		err = row.Scan(&e.Kind, &e.Lang, &e.Format, &e.hash, &e.size)
		return e, err
	}, `SELECT kind, lang, format, blob, size FROM position_papers WHERE id = $1 AND version = $2`, id, version)
	if err != nil {
		return nil, fmt.Errorf("positions: papers of %s: %w", id, err)
	}
	kept := make(map[File]paperRow, len(list))
	for _, e := range list {
		kept[e.File] = e.paperRow
	}
	return kept, nil
}

// putPaper notes where a paper is kept; the one that was first stays.
func putPaper(ctx context.Context, tx *store.Tx, p Position, k File, r paperRow) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO position_papers (id, version, kind, lang, format, blob, size) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (id, version, kind, lang, format) DO NOTHING`, p.ID, p.Version, k.Kind, k.Lang, k.Format, r.hash, r.size)
	if err != nil {
		return fmt.Errorf("positions: keep paper of %s: %w", p.Label(), err)
	}
	return nil
}
