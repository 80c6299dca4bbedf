package page

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"runtime/debug"
	"strings"
	"unicode/utf8"
)

// caught makes a panic a failure with a page of its own; without it the person would
// get no answer at all. Where half an answer has gone out, the connection is cut, for
// half a file must not pass for a whole one.
func (s *Site) caught(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := &begun{ResponseWriter: w}
		defer func() {
			p := recover()
			if p == nil {
				return
			}
			if p != http.ErrAbortHandler {
				slog.ErrorContext(r.Context(), "page panics", "path", quiet(r.URL.Path), "panic", p, "stack", string(debug.Stack()))
			}
			if p == http.ErrAbortHandler || seen.yes {
				panic(http.ErrAbortHandler)
			}
			for _, name := range []string{"Content-Disposition", "Content-Length", "ETag", "Last-Modified"} {
				w.Header().Del(name)
			}
			s.Fail(w, r, fmt.Errorf("page: panic: %v", p))
		}()
		next.ServeHTTP(seen, r)
	})
}

// A begun answer is one whose status has gone out.
type begun struct {
	http.ResponseWriter
	yes bool
}

// WriteHeader is http.ResponseWriter's.
func (b *begun) WriteHeader(status int) {
	b.yes = true
	b.ResponseWriter.WriteHeader(status)
}

// Write is http.ResponseWriter's.
func (b *begun) Write(p []byte) (int, error) {
	b.yes = true
	return b.ResponseWriter.Write(p)
}

// Unwrap is for http.ResponseController.
func (b *begun) Unwrap() http.ResponseWriter { return b.ResponseWriter }

// secrets are the ends of personal links: 32 bytes in base64.
var secrets = regexp.MustCompile(`/[A-Za-z0-9_-]{43}\b`)

// quiet is a path as a log may have it.
func quiet(path string) string { return secrets.ReplaceAllString(path, "/…") }

// sound reports whether an address is text that both databases take: UTF-8 without
// NUL. No page of ours has another.
func sound(u *url.URL) bool {
	ok := func(s string) bool { return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 }
	for name, values := range u.Query() {
		if !ok(name + strings.Join(values, "")) {
			return false
		}
	}
	return ok(u.Path)
}
