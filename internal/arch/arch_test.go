// Package arch holds the plan of the house as a test: floors, walls, modules and
// sizes. ARCHITECTURE.md says the same in words.
package arch

import (
	"bufio"
	"bytes"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/asociacija/asociacija/"

// floors is the plan, from the ground up. A package may import what stands below
// it, and of its own floor only what is in its own house.
var floors = [][]string{
	{"engine"},
	{"country", "internal/platform"},
	{"internal/members", "internal/law"},
	{"internal/voice"},
	{"internal/app", "internal/arch"},
	{"cmd"},
}

// vendors is who may use which module from outside, beside the standard library.
var vendors = map[string][]string{
	"engine": {"golang.org/x/text"},
	"internal/platform": {
		"golang.org/x", "github.com/jackc/pgx", "modernc.org/sqlite", "github.com/pressly/goose", "github.com/a-h/templ",
		"github.com/nicksnyder/go-i18n", "github.com/wneessen/go-mail", "github.com/minio/minio-go", "github.com/ledongthuc/pdf",
		"github.com/klauspost/compress", "github.com/go-fonts", "github.com/danielgtaylor/huma",
		"github.com/go-webauthn/webauthn", "github.com/coreos/go-oidc", "github.com/xuri/excelize", "rsc.io/qr",
	},
	"internal/members": {"golang.org/x/text", "github.com/a-h/templ", "github.com/danielgtaylor/huma", "github.com/arran4/golang-ical", "github.com/emersion/go-vcard"},
	"internal/law":     {"golang.org/x/text", "github.com/a-h/templ", "github.com/danielgtaylor/huma"},
	"internal/voice":   {"golang.org/x/text", "github.com/a-h/templ", "github.com/danielgtaylor/huma", "github.com/arran4/golang-ical"},
	"internal/app":     {"github.com/danielgtaylor/huma", "github.com/a-h/templ", "golang.org/x", "github.com/klauspost/compress"},
	"cmd":              {"github.com/spf13/cobra", "golang.org/x"},
}

// testVendors is what tests may use besides.
var testVendors = []string{
	"pgregory.net/rapid", "github.com/google/go-cmp", "github.com/rogpeppe/go-internal", "github.com/chromedp",
	"go.uber.org/goleak", "github.com/emersion/go-smtp", "golang.org/x",
}

// The rooms of a desk stand in a row: each imports only those before it.
var rooms = []string{
	"internal/members", "internal/members/twins", "internal/members/intake", "internal/members/circular", "internal/members/views", "internal/members/admission", "internal/members/dues", "internal/members/bank", "internal/members/bodies", "internal/members/meetings",
	"internal/members/ballots", "internal/members/proof", "internal/members/own",
	"internal/voice", "internal/voice/cases", "internal/voice/consult", "internal/voice/positions", "internal/voice/outcomes",
}

type file struct {
	path, house string
	imports     []string
	lines       int
	test        bool
}

func (f file) dir() string  { return path.Dir(f.path) }
func (f file) base() string { return path.Base(f.path) }
func (f file) desk() bool {
	return slices.Contains([]string{"internal/members", "internal/law", "internal/voice"}, f.house)
}
func (f file) web() bool { return strings.HasSuffix(f.dir(), "web") }

// walls are the imports that some files may not have, and why.
var walls = []struct {
	why   string
	in    func(f file) bool
	never []string
}{
	{"an engine is a function of its arguments: hand it bytes and days, not files and clocks",
		func(f file) bool { return f.house == "engine" && !f.test },
		[]string{"os", "net", "log", "log/slog", "database/sql", "math/rand", "math/rand/v2", "crypto/rand"}},
	{"a desk does not know that it is on the web",
		func(f file) bool { return f.desk() && !f.web() && !f.test },
		[]string{"net/http", "html/template", "github.com/a-h/templ", "github.com/danielgtaylor/huma", module + "internal/platform/page"}},
	{"rules stand in plain files, SQL in *_sql.go, transactions in desk*.go",
		func(f file) bool {
			return f.desk() && !f.web() && !f.test && !strings.HasPrefix(f.base(), "desk") && !strings.HasSuffix(f.base(), "_sql.go")
		},
		[]string{"database/sql", module + "internal/platform/store"}},
	{"a page asks its desk, and not the database",
		func(f file) bool { return f.web() && f.desk() && !f.test },
		[]string{"database/sql", module + "internal/platform/store"}},
}

func TestPlan(t *testing.T) {
	for _, f := range files(t) {
		if f.house == "" {
			t.Errorf("%s stands on no floor: add it to the plan", f.path)
			continue
		}
		for _, imp := range f.imports {
			to, ours := strings.CutPrefix(imp, module)
			switch house := houseOf(to); {
			case ours && f.test:
				// A test may open whatever it needs to.
			case ours && house != f.house && floor(house) >= floor(f.house):
				t.Errorf("%s imports %s, which is not below it", f.path, imp)
			case ours && strings.HasSuffix(to, "web") && f.house != "internal/app" && !f.web():
				t.Errorf("%s imports %s: only app puts pages on the air", f.path, imp)
			case ours && later(f.dir(), to):
				t.Errorf("%s imports %s, a later room of its desk", f.path, imp)
			case !ours && strings.Contains(strings.Split(imp, "/")[0], ".") && !allowed(f, imp):
				t.Errorf("%s imports %s, which %s may not use", f.path, imp, f.house)
			}
			for _, w := range walls {
				if w.in(f) && slices.ContainsFunc(w.never, func(n string) bool { return imp == n || strings.Contains(n, ".") && within(imp, n) }) {
					t.Errorf("%s imports %s: %s", f.path, imp, w.why)
				}
			}
		}
	}
}

func allowed(f file, imp string) bool {
	list := vendors[f.house]
	if f.test {
		list = slices.Concat(list, testVendors)
	}
	return slices.ContainsFunc(list, func(v string) bool { return within(imp, v) })
}

func later(from, to string) bool {
	a, b := slices.Index(rooms, from), slices.Index(rooms, to)
	return a >= 0 && b > a
}

// Engines and desks have the instant from their transaction or their arguments.
func TestClock(t *testing.T) {
	for _, f := range files(t) {
		if f.test || !(f.house == "engine" || f.house == "country" || f.desk()) {
			continue
		}
		src, err := os.ReadFile(filepath.Join(root, f.path))
		if err != nil {
			t.Fatal(err)
		}
		for n, line := range strings.Split(string(src), "\n") {
			if code, _, _ := strings.Cut(line, "//"); strings.Contains(code, "time.Now(") {
				t.Errorf("%s:%d reads the clock: use tx.Now, or take the day as an argument", f.path, n+1)
			}
		}
	}
}

// A package that one head can hold, and a file that one evening can.
const packageLines, fileLines = 5000, 800

func TestSizes(t *testing.T) {
	lines := make(map[string]int)
	for _, f := range files(t) {
		if f.lines > fileLines {
			t.Errorf("%s has %d lines: it holds more than one thing", f.path, f.lines)
		}
		if !f.test {
			lines[f.dir()] += f.lines
		}
	}
	for pkg, n := range lines {
		if n > packageLines {
			t.Errorf("%s has %d lines: find the two rooms in it", pkg, n)
		}
	}
}

var banned = []string{"util", "utils", "common", "helper", "helpers", "manager", "service", "model", "models", "base", "data", "info", "impl", "dto"}

func TestNames(t *testing.T) {
	for _, f := range files(t) {
		for _, part := range strings.Split(f.dir(), "/") {
			if slices.Contains(banned, part) {
				t.Errorf("%s: %q says nothing", f.path, part)
			}
		}
	}
}

// What ARCHITECTURE.md draws is what stands: every package is named there.
func TestDrawn(t *testing.T) {
	plan, err := os.ReadFile(filepath.Join(root, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, f := range files(t) {
		if dir := f.dir(); !f.test && !seen[dir] {
			seen[dir] = true
			if !bytes.Contains(plan, []byte("`"+dir+"`")) {
				t.Errorf("ARCHITECTURE.md does not say what %s is", dir)
			}
		}
	}
	for _, line := range strings.Split(string(plan), "\n") {
		name, ok := strings.CutPrefix(line, "| `")
		if !ok {
			continue
		}
		dir, _, _ := strings.Cut(name, "`")
		if st, err := os.Stat(filepath.Join(root, dir)); err != nil || !st.IsDir() {
			t.Errorf("ARCHITECTURE.md tells of %s, which is not there", dir)
		}
	}
}

const root = "../.."

func files(t *testing.T) []file {
	t.Helper()
	var list []file
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel := filepath.ToSlash(strings.TrimPrefix(strings.TrimPrefix(p, root), string(filepath.Separator)))
		if d.IsDir() && (d.Name() == "testdata" || rel == "tools" || strings.HasPrefix(d.Name(), ".") && rel != "") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(p, ".go") {
			return nil
		}
		src, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), p, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		f := file{path: rel, house: houseOf(rel), test: strings.HasSuffix(p, "_test.go") || strings.HasSuffix(path.Dir(rel), "storetest")}
		for _, imp := range parsed.Imports {
			s, _ := strconv.Unquote(imp.Path.Value)
			f.imports = append(f.imports, s)
		}
		// What a generator wrote is not read by people.
		if !strings.HasSuffix(p, "_templ.go") {
			for sc := bufio.NewScanner(bytes.NewReader(src)); sc.Scan(); {
				f.lines++
			}
		}
		list = append(list, f)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func houseOf(p string) string {
	for _, f := range floors {
		for _, h := range f {
			if within(p, h) {
				return h
			}
		}
	}
	return ""
}

func floor(house string) int {
	return slices.IndexFunc(floors, func(f []string) bool { return slices.Contains(f, house) })
}

func within(p, dir string) bool { return p == dir || strings.HasPrefix(p, dir+"/") }
