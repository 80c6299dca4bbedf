package intake

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/asociacija/asociacija/internal/members"
	"github.com/asociacija/asociacija/internal/platform/store"
)

// Holder has imports forget whom they could bring back: an upload that is not written,
// and how entries were before one that is. After an erasure no import can be undone.
func (d *Desk) Holder() members.Holder {
	return members.Holder{Name: "imports", Tell: d.told, Erase: func(ctx context.Context, tx *store.Tx, _ members.ID) error {
		for _, s := range []string{
			`UPDATE imports SET state = 'dropped', choices = '{}', mapping = '{}' WHERE state = 'open'`,
			`UPDATE imports SET upload = '' WHERE state NOT IN ('waiting', 'undoing')`, `DELETE FROM import_rows`,
		} {
			if _, err := tx.ExecContext(ctx, s); err != nil {
				return fmt.Errorf("intake: erase: %w", err)
			}
		}
		return nil
	}}
}

// A toldRow is a row of an upload that is kept and in which a member stands.
type toldRow struct {
	Import string    `json:"import"` // the name of the file
	Made   time.Time `json:"made"`
	By     string    `json:"by"`
	Row    string    `json:"row"`
}

// told are the rows about a member in uploads that are kept: by name or e-mail.
func (d *Desk) told(ctx context.Context, tx *store.Tx, id members.ID) (any, error) {
	m, err := d.members.MemberIn(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	list, err := store.List(ctx, tx, readImport, `SELECT `+importColumns+` FROM imports WHERE upload <> '' ORDER BY id`)
	if err != nil {
		return nil, fmt.Errorf("intake: tell: %w", err)
	}
	var all []toldRow
	for _, i := range list {
		for row := range strings.Lines(i.upload) {
			if strings.Contains(row, m.Name) || strings.Contains(row, members.Called(m.Name)) || m.Email != "" && strings.Contains(strings.ToLower(row), m.Email) {
				all = append(all, toldRow{i.Name, i.Made, i.ByName, strings.TrimSpace(row)})
			}
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return all, nil
}
