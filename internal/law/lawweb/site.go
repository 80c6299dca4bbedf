// Package lawweb has the pages of the acts: the list, the text with a permalink
// for each provision, what changed between versions, and all of it as data.
package lawweb

import (
	"context"
	"embed"
	"io"
	"net/http"

	"github.com/asociacija/asociacija/internal/law/corpus"
	"github.com/asociacija/asociacija/internal/platform/page"
)

//go:embed lang
var words embed.FS

// Words are the catalogues of this package.
func Words() embed.FS { return words }

// Section is the key of the menu entry of these pages.
const Section = "law.menu"

// ReadFile reads a file as text, keeps it, and returns the hash it is kept under;
// the hash may be empty.
type ReadFile func(ctx context.Context, name string, r io.Reader) (text, blob string, err error)

// Site is the pages.
type Site struct {
	site *page.Site
	desk *corpus.Desk
	read ReadFile
}

// New makes the pages.
func New(site *page.Site, desk *corpus.Desk, read ReadFile) *Site {
	return &Site{site, desk, read}
}

// Routes are all pages of this package.
func (s *Site) Routes(mux *http.ServeMux) {
	for route, h := range map[string]page.Handler{
		"GET /acts":                                s.acts,
		"GET /acts.csv":                            s.actsCSV,
		"GET /acts/new":                            s.newText,
		"POST /acts":                               s.add,
		"GET /acts/{act}":                          s.act,
		"GET /acts/{act}/compare":                  s.compare,
		"GET /acts/{act}/compare.json":             s.compareJSON,
		"GET /acts/{act}/compare.csv":              s.compareCSV,
		"GET /acts/{act}/amending":                 s.amending,
		"GET /acts/{act}/amending.docx":            s.amendingFile("docx"),
		"GET /acts/{act}/amending.txt":             s.amendingFile("txt"),
		"GET /acts/{act}/{version}":                s.version, // with .txt or .json behind it, as data
		"GET /acts/{act}/{version}/open":           s.askOpen,
		"POST /acts/{act}/{version}/open":          s.open,
		"POST /acts/{act}/{version}/remark":        s.remark,
		"GET /acts/{act}/{version}/{provision...}": s.provision,
	} {
		mux.Handle(route, s.site.Handle(h))
	}
}
