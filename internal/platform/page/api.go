package page

import (
	"context"
	"log/slog"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// An Answer is a body of JSON.
type Answer[T any] struct{ Body T }

// Problem is an error as application/problem+json: a fault with its kind, its key
// as the detail and the fields it is about; a failure of ours without a word of
// what it was, which is logged.
func Problem(ctx context.Context, err error) error {
	f := fault.Of(err)
	if f == nil {
		slog.ErrorContext(ctx, "request failed", "err", err)
		return huma.Error500InternalServerError("fail.ours")
	}
	p := &huma.ErrorModel{Status: Code(f), Title: string(f.Kind), Detail: f.Key}
	for _, one := range f.All() {
		if one.Field != "" {
			p.Errors = append(p.Errors, &huma.ErrorDetail{Message: one.Key, Location: "body." + one.Field})
		}
	}
	return p
}
