// Package realtexts finds, for tests, the laws and figures of others that stand
// beside the repository and may not be kept in it.
package realtexts

import (
	"os"
	"path/filepath"
	"testing"
)

// Root is the folder of them: that which ASOCIACIJA_SHARED names, or "shared" beside
// the repository. It need not be there.
func Root(t testing.TB) string {
	t.Helper()
	if named := os.Getenv("ASOCIACIJA_SHARED"); named != "" {
		return named
	}
	dir, err := os.Getwd()
	for ; err == nil && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, missing := os.Stat(filepath.Join(dir, "go.mod")); missing == nil {
			return filepath.Join(filepath.Dir(dir), "shared")
		}
	}
	t.Fatal("the test runs outside the repository: ", err)
	return ""
}

// Path is a file or a folder among them. The test is skipped where it is absent.
func Path(t testing.TB, parts ...string) string {
	t.Helper()
	path := filepath.Join(append([]string{Root(t)}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		t.Skip("the real texts are not beside the repository; set ASOCIACIJA_SHARED to their folder: ", err)
	}
	return path
}
