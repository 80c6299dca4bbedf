package page

import (
	"context"
	"io"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"github.com/asociacija/asociacija/internal/platform/i18n"
)

// icons are drawn on a field of 20 by 20, in strokes.
var icons = map[string]string{
	"search":  `<circle cx="8.5" cy="8.5" r="5.5"/><path d="m13 13 5 5"/>`,
	"taken":   `<circle cx="10" cy="10" r="7.5" fill="currentColor"/><path d="m6.5 10 2.5 2.5 4.5-5" stroke="var(--paper)"/>`,
	"partly":  `<circle cx="10" cy="10" r="7.5"/><path d="M10 2.5a7.5 7.5 0 0 1 0 15z" fill="currentColor"/>`,
	"not":     `<circle cx="10" cy="10" r="7.5"/><path d="m7 7 6 6M13 7l-6 6"/>`,
	"silence": `<circle cx="10" cy="10" r="7.5" stroke-dasharray="3 2.6"/>`,
	"rewrite": `<path d="m4 16 1-4 8.5-8.5 3 3L8 15z"/><path d="m11.5 5.5 3 3"/>`,
	"object":  `<circle cx="10" cy="10" r="7.5"/><path d="M5 15 15 5"/>`,
	"ask":     `<circle cx="10" cy="10" r="7.5"/><path d="M8 8a2 2 0 1 1 2.7 1.9c-.5.2-.7.6-.7 1.1v.5M10 14v.1"/>`,
	"clock":   `<circle cx="10" cy="10" r="7.5"/><path d="M10 5.5V10l3 2"/>`,
	"lock":    `<path d="M4 9h12v9H4z"/><path d="M6.5 9V6a3.5 3.5 0 0 1 7 0v3"/>`,
	"print":   `<path d="M5 7V2h10v5M5 14H2V7h16v7h-3M5 12h10v6H5z"/>`,
	"warn":    `<path d="M10 2.5 18.5 17h-17z"/><path d="M10 8v4M10 14.5v.1"/>`,
	"info":    `<circle cx="10" cy="10" r="7.5"/><path d="M10 9v5M10 6v.1"/>`,
	"file":    `<path d="M4 2h8l4 4v12H4z"/><path d="M12 2v4h4"/>`,
	"plus":    `<path d="M10 4v12M4 10h12"/>`,
	"next":    `<path d="m8 4 6 6-6 6"/>`,
	"prev":    `<path d="m12 4-6 6 6 6"/>`,
	"mail":    `<path d="M2 4h16v12H2z"/><path d="m2 5 8 6 8-6"/>`,
}

// Icon is a sign beside a word, never without one.
func Icon(name string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, err := io.WriteString(w, `<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">`+icons[name]+`</svg>`)
		return err
	})
}

// Redline shows words added and removed, said aloud as well as seen. It is
// written by hand because no space may come between the pieces.
func Redline(f Frame, list []Piece) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		for _, p := range list {
			text := templ.EscapeString(p.Text)
			switch p.Kind {
			case "ins":
				text = `<ins><span class="vh" lang="` + f.Lang + `">` + f.T("diff.added") + `: </span>` + text + `</ins>`
			case "del":
				text = `<del><span class="vh" lang="` + f.Lang + `">` + f.T("diff.removed") + `: </span>` + text + `</del>`
			case "mark":
				text = `<mark>` + text + `</mark>`
			}
			b.WriteString(text)
		}
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// Languages are the entries of the bar of languages.
func (f Frame) Languages() []i18n.Language { return i18n.Region() }

// next is the page's own path, for a parameter of a link.
func (f Frame) next() string { return url.QueryEscape(f.Path) }
