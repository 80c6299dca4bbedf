package page

import (
	"context"
	"log/slog"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// An Answer is a body of JSON.
type Answer[T any] struct{ Body T }

// Get offers what can be read at a path of the API, under a name and a summary of
// its own. An error is told as a Problem.
func Get[I, O any](api huma.API, path, name, summary string, answer func(context.Context, *I) (*O, error)) {
	huma.Register(api, huma.Operation{OperationID: name, Method: http.MethodGet, Path: path, Summary: summary}, telling(answer))
}

// Post offers the adding of something at a path, given in at most so many bytes; 0
// is a megabyte.
func Post[I, O any](api huma.API, path, name, summary string, most int64, answer func(context.Context, *I) (*O, error)) {
	huma.Register(api, huma.Operation{
		OperationID: name, Method: http.MethodPost, Path: path, Summary: summary, DefaultStatus: http.StatusCreated, MaxBodyBytes: most,
	}, telling(answer))
}

func telling[I, O any](answer func(context.Context, *I) (*O, error)) func(context.Context, *I) (*O, error) {
	return func(ctx context.Context, in *I) (*O, error) {
		out, err := answer(ctx, in)
		if err != nil {
			return nil, Problem(ctx, err)
		}
		return out, nil
	}
}

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
