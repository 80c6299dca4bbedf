package ownweb

import (
	"context"
	"io"

	"github.com/asociacija/asociacija/internal/members/own"
)

// WriteIndex writes the page of an export: whole in itself, without script, and with
// nothing from outside the file.
func WriteIndex(w io.Writer, v own.Index) error {
	return indexPage(v).Render(context.Background(), w)
}
