package page

import (
	"mime"
	"net/http"

	"github.com/asociacija/asociacija/internal/platform/table"
)

// Attach makes the answer a file of the MIME type to take away, which no cache
// between keeps.
func Attach(w http.ResponseWriter, kind, name string) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "private, no-store")
}

// Table answers with a file for a spreadsheet; the first row is the heading.
func Table(w http.ResponseWriter, name string, rows [][]string) error {
	Attach(w, "text/csv; charset=utf-8", name)
	return table.Write(w, rows)
}
