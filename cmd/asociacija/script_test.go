package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/asociacija/asociacija/internal/platform/realtexts"
)

func TestMain(m *testing.M) {
	if os.Getenv("ASOCIACIJA_TEST_RUN") != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"asociacija": main})
}

// Each script in testdata tells how one kind of person uses the program.
func TestScripts(t *testing.T) {
	shared, err := filepath.Abs(realtexts.Root(t))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("SHARED", shared)
			return nil
		},
		Condition: func(cond string) (bool, error) {
			// Whether the folder of real texts stands beside the repository.
			_, err := os.Stat(filepath.Join(shared, "law", "triples"))
			return cond == "shared" && err == nil, nil
		},
	})
}
