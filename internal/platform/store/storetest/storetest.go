// Package storetest runs a test on both databases, each time on an empty one
// that has just been migrated.
//
// PostgreSQL is the server that ASOCIACIJA_TEST_DB names, or else a throw-away
// one, started once for each test binary and gone with it. Where no server can
// be had the test is skipped with a word, and fails if ASOCIACIJA_REQUIRE_ALL
// is set.
package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/store"
)

// Each runs f as a subtest on SQLite and as another on PostgreSQL.
func Each(t *testing.T, f func(t *testing.T, db *store.DB), steps ...store.Steps) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); f(t, SQLite(t, steps...)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); f(t, Postgres(t, steps...)) })
}

// Need skips the test because something is missing on this machine, or fails it
// where everything is required.
func Need(t testing.TB, word string) {
	t.Helper()
	if os.Getenv("ASOCIACIJA_REQUIRE_ALL") != "" {
		t.Fatalf("ASOCIACIJA_REQUIRE_ALL is set, and %s", word)
	}
	t.Skip(word)
}

// templates are migrated databases to copy: by name, and for SQLite the bytes.
var templates = struct {
	sync.Mutex
	made map[string][]byte
}{made: map[string][]byte{}}

// template makes what make makes, once for each set of steps.
func template(kind store.Kind, steps []store.Steps, make func(name string) ([]byte, error)) (string, []byte, error) {
	h := sha256.New()
	fmt.Fprint(h, kind)
	for _, s := range steps {
		files, _ := fs.Glob(s.FS, "*.sql")
		fmt.Fprint(h, s.Desk, files, ";")
	}
	name := fmt.Sprintf("house_%x", h.Sum(nil)[:6])
	templates.Lock()
	defer templates.Unlock()
	if whole, ok := templates.made[name]; ok {
		return name, whole, nil
	}
	whole, err := make(name)
	if err != nil {
		return "", nil, err
	}
	templates.made[name] = whole
	return name, whole, nil
}

// SQLite gives a migrated file of its own.
func SQLite(t testing.TB, steps ...store.Steps) *store.DB {
	t.Helper()
	_, whole, err := template(store.SQLite, steps, func(name string) ([]byte, error) {
		path := filepath.Join(t.TempDir(), name)
		if err := migrate(path, steps); err != nil {
			return nil, err
		}
		return os.ReadFile(path)
	})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "house.db")
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

// Postgres gives a migrated database of its own.
func Postgres(t testing.TB, steps ...store.Steps) *store.DB {
	t.Helper()
	server, err := serverOnce()
	if err != nil {
		Need(t, "there is no PostgreSQL here: "+err.Error())
	}
	name, _, err := template(store.Postgres, steps, func(name string) ([]byte, error) {
		name += "_" + strconv.Itoa(os.Getpid())
		if err := server.exec("CREATE DATABASE " + name); err != nil {
			return nil, err
		}
		return nil, migrate(server.address(name), steps)
	})
	if err != nil {
		t.Fatal(err)
	}
	own := fmt.Sprintf("test_%d_%d", os.Getpid(), count.Add(1))
	copying.Lock() // a template can be copied by one at a time
	err = server.exec("CREATE DATABASE " + own + " TEMPLATE " + name + "_" + strconv.Itoa(os.Getpid()))
	copying.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.exec("DROP DATABASE " + own + " WITH (FORCE)") })
	return open(t, server.address(own))
}

var (
	count   atomic.Int64
	copying sync.Mutex
)

func migrate(address string, steps []store.Steps) error {
	db, err := store.Open(context.Background(), address)
	if err != nil {
		return err
	}
	// Closing the last connection folds the journal into the file.
	return joinClose(db, db.Migrate(context.Background(), steps...))
}

func joinClose(c io.Closer, err error) error {
	if e := c.Close(); err == nil {
		return e
	}
	return err
}

func open(t testing.TB, address string) *store.DB {
	t.Helper()
	db, err := store.Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// A server is a running PostgreSQL; base is its address without a database. A
// throw-away one lives for as long as the pipe is open, so we hold on to it.
type server struct {
	base string
	pipe io.Closer
}

func (s server) address(name string) string {
	u, _ := url.Parse(s.base)
	u.Path = "/" + name
	return u.String()
}

func (s server) exec(statement string) error {
	db, err := sql.Open("pgx", s.address("postgres"))
	if err != nil {
		return err
	}
	_, err = db.Exec(statement)
	return joinClose(db, err)
}

// PostgresAddress is the address of a new, empty PostgreSQL database, for tests
// that start the whole program.
func PostgresAddress(t testing.TB) string {
	t.Helper()
	server, err := serverOnce()
	if err != nil {
		Need(t, "there is no PostgreSQL here: "+err.Error())
	}
	own := fmt.Sprintf("empty_%d_%d", os.Getpid(), count.Add(1))
	if err := server.exec("CREATE DATABASE " + own); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.exec("DROP DATABASE " + own + " WITH (FORCE)") })
	return server.address(own)
}

var serverOnce = sync.OnceValues(func() (server, error) {
	if address := os.Getenv("ASOCIACIJA_TEST_DB"); address != "" {
		return server{base: address}, nil
	}
	return start()
})

// start runs a PostgreSQL that lives in a folder of its own, listens on a socket
// there, syncs nothing, and ends with this process: a shell holds it for as long
// as our end of the pipe is open.
func start() (server, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if path, err := exec.LookPath("initdb"); err == nil {
		found = append(found, filepath.Dir(path))
	}
	if len(found) == 0 {
		return server{}, fmt.Errorf("initdb is not installed")
	}
	bin := slices.Max(found)
	dir, err := os.MkdirTemp("", "pg-")
	if err != nil {
		return server{}, err
	}
	script := `set -e
"$1/initdb" -D "$2/d" -A trust -U house --locale=C.UTF-8 -E UTF8 >/dev/null
"$1/postgres" -D "$2/d" -k "$2" -c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200 >"$2/log" 2>&1 &
cat >/dev/null
kill -INT $! ; wait $! || true
cd / ; rm -rf "$2"`
	cmd := exec.Command("/bin/sh", "-c", script, "sh", bin, dir)
	cmd.Dir = dir
	var told bytes.Buffer
	cmd.Stderr = &told
	// PostgreSQL refuses to be run by root.
	if os.Geteuid() == 0 {
		if err := lend(cmd, dir); err != nil {
			return server{}, err
		}
	}
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return server{}, err
	}
	if err := cmd.Start(); err != nil {
		return server{}, err
	}
	s := server{"postgres://house@/postgres?host=" + url.QueryEscape(dir), pipe}
	for range 300 {
		if err = s.exec("SELECT 1"); err == nil {
			return s, nil
		}
		time.Sleep(50 * time.Millisecond) // a process of another program: there is nothing to wait on
	}
	return server{}, fmt.Errorf("postgres does not answer: %w %s", err, strings.TrimSpace(told.String()))
}

func lend(cmd *exec.Cmd, dir string) error {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
		return os.Chown(dir, uid, gid)
	}
	return fmt.Errorf("no user to run it as")
}
