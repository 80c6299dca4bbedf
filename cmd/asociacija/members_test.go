package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// What a house on the web answers is a verdict; what is none is no verdict.
func TestAskHouse(t *testing.T) {
	for name, tt := range map[string]struct {
		code       int
		says, want string
	}{
		"valid":     {200, `{"state":"ready"}`, ""},
		"withdrawn": {200, `{"state":"withdrawn","ended":"2026-11-22"}`, "withdrawn since 2026-11-22"},
		"replaced":  {200, `{"state":"replaced","ended":"2026-11-22"}`, "replaced since 2026-11-22"},
		"unknown":   {404, `{}`, "unknown"},
		"no house":  {200, `<html>`, "unknown"},
	} {
		house := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/api/v1/check/abc" {
				t.Errorf("%s: it asks for %s", name, r.URL.Path)
			}
			w.WriteHeader(tt.code)
			io.WriteString(w, tt.says)
		}))
		state, ended, err := askHouse(t.Context(), house.URL+"/", "abc")
		err = verdictOf(io.Discard, state, ended, state != "", err)
		house.Close()
		if (err == nil) != (tt.want == "") || err != nil && !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}
