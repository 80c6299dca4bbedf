package paper_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// run returns what a program of the machine prints. Without the program the test
// is skipped, or fails where nothing may be left out.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("ASOCIACIJA_REQUIRE_ALL") == "1" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("%s is not installed", name)
	}
	out, err := exec.CommandContext(t.Context(), name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

func file(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// wants fails for each of the texts that is not in got, all white space being
// alike: pdftotext has one kind of space.
func wants(t *testing.T, got string, texts ...string) {
	t.Helper()
	flat := func(s string) string {
		return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\u00A0' || r == '\n' || r == '\f' }), " ")
	}
	for _, want := range texts {
		if !strings.Contains(flat(got), flat(want)) {
			t.Errorf("no %q in:\n%s", want, got)
		}
	}
}
