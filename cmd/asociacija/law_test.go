package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

const hives = "Zakon o čebelah\n\n1. člen\n\nČebelnjak je hiša čebel.\n"

// A file of any encoding is the same act; what is not UTF-8 is turned into it.
func TestLaw_encodings(t *testing.T) {
	t.Parallel()
	win, err := charmap.Windows1250.NewEncoder().String(hives)
	if err != nil {
		t.Fatal(err)
	}
	wide := func(mark string) (s string) {
		for _, u := range utf16.Encode([]rune(hives)) {
			s += string([]byte{byte(u), byte(u >> 8)})
		}
		return mark + s
	}
	for name, content := range map[string]string{
		"UTF-8":            hives,
		"UTF-8 with mark":  "\xef\xbb\xbf" + hives,
		"Windows 1250":     win,
		"UTF-16":           wide(""),
		"UTF-16 with mark": wide("\xff\xfe"),
	} {
		file := filepath.Join(t.TempDir(), "zakon.txt")
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		var out, talk strings.Builder
		if code := run([]string{"law", "print", file}, nil, &out, &talk); code != 0 || strings.TrimSpace(out.String()) != strings.TrimSpace(hives) {
			t.Errorf("%s: %d: %q %s", name, code, out.String(), talk.String())
		}
	}
}

// A full is a file on a disk that is full.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

// What cannot be written is told, whatever the command would say else.
func TestLaw_fullDisk(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "zakon.txt")
	if err := os.WriteFile(file, []byte(hives), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"show", file}, {"show", "--json", file}, {"print", file}, {"find", file, "1. člen"}, {"akn", file}} {
		var talk strings.Builder
		if code := run(append([]string{"law"}, args...), nil, full{}, &talk); code != 1 || !strings.Contains(talk.String(), "no space left") {
			t.Errorf("%v: %d %q", args, code, talk.String())
		}
	}
}
