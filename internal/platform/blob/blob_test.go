package blob

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// each runs f on a disk, and on S3 where there is one.
func each(t *testing.T, f func(t *testing.T, s Store)) {
	t.Run("disk", func(t *testing.T) { f(t, disk(t)) })
	t.Run("s3", func(t *testing.T) {
		address := os.Getenv("ASOCIACIJA_TEST_S3")
		if address == "" {
			// Not storetest.Need: no S3 server can be had from the Go module proxy.
			t.Skip("ASOCIACIJA_TEST_S3 names no server (http://key:secret@host:port/bucket); skipped even where all is required")
		}
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		secret, _ := u.User.Password()
		s, err := NewS3(Bucket{
			Endpoint: u.Host, Name: strings.Trim(u.Path, "/"), Plain: u.Scheme == "http", Scratch: t.TempDir(),
			Key: u.User.Username(), Secret: Secret(secret), Prefix: fmt.Sprintf("test-%d", time.Now().UnixNano()),
		})
		if err != nil {
			t.Fatal(err)
		}
		f(t, s)
	})
}

func disk(t *testing.T) *Disk {
	t.Helper()
	d, err := NewDisk(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func put(t *testing.T, s Store, content string) Ref {
	t.Helper()
	ref, err := s.Put(t.Context(), strings.NewReader(content), -1)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

func whole(t *testing.T, s Store, hash string) string {
	t.Helper()
	f, err := s.Open(t.Context(), hash)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

// What is put comes back, is named by its hash, and is kept once.
func TestStore_Put(t *testing.T) {
	each(t, func(t *testing.T, s Store) {
		kept := map[string]bool{}
		rapid.Check(t, func(r *rapid.T) {
			content := string(rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(r, "content"))
			ref := put(t, s, content)
			if want := fmt.Sprintf("%x", sha256.Sum256([]byte(content))); ref.Hash != want || ref.Size != int64(len(content)) {
				r.Fatalf("%+v, want %s", ref, want)
			}
			if got := whole(t, s, put(t, s, content).Hash); got != content {
				r.Fatalf("got %q, want %q", got, content)
			}
			kept[content] = true
		})
		report, err := s.Check(t.Context())
		if err != nil || report.Files != len(kept) || len(report.Wrong) != 0 {
			t.Errorf("%+v, %v; want %d files", report, err, len(kept))
		}
	})
}

// Files are written with their size in bytes: 10/9 is ten bytes with a limit of nine.
func TestStore_Put_limit(t *testing.T) {
	each(t, func(t *testing.T, s Store) {
		for _, tt := range []struct {
			size  int
			limit int64
			want  bool
		}{{10, 10, true}, {11, 10, false}, {0, 0, true}, {1, 0, false}, {1 << 20, 1<<20 - 1, false}, {1 << 20, -1, true}} {
			_, err := s.Put(t.Context(), bytes.NewReader(make([]byte, tt.size)), tt.limit)
			if (err == nil) != tt.want || (!tt.want && !fault.Is(err, fault.TooBig)) {
				t.Errorf("%d/%d: %v", tt.size, tt.limit, err)
			}
		}
		report, err := s.Check(t.Context())
		if err != nil || report.Files != 3 {
			t.Errorf("%+v, %v; want 3 files", report, err)
		}
	})
}

// A reader that fails, and a context that ends, leave nothing behind.
func TestStore_Put_broken(t *testing.T) {
	each(t, func(t *testing.T, s Store) {
		cut := errors.New("cut")
		half := io.MultiReader(strings.NewReader("half of"), iotest.ErrReader(cut))
		if _, err := s.Put(t.Context(), half, -1); !errors.Is(err, cut) || fault.Of(err) != nil {
			t.Errorf("a broken reader: %v", err)
		}
		ended, end := context.WithCancel(t.Context())
		end()
		if _, err := s.Put(ended, strings.NewReader("x"), -1); !errors.Is(err, context.Canceled) {
			t.Errorf("an ended context: %v", err)
		}
		if report, err := s.Check(t.Context()); err != nil || report.Files != 0 {
			t.Errorf("%+v, %v", report, err)
		}
		if d, ok := s.(*Disk); ok {
			if left, err := os.ReadDir(d.dir); err != nil || len(left) != 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		}
	})
}

// What is not kept is missing, also what is no hash and would lead astray.
func TestStore_Open_missing(t *testing.T) {
	each(t, func(t *testing.T, s Store) {
		ref := put(t, s, "x")
		for _, h := range []string{"", "..", strings.Repeat("0", 64), strings.ToUpper(ref.Hash), ref.Hash[1:], ref.Hash + "0",
			"../" + ref.Hash[3:], ref.Hash[:63] + "/", ref.Hash[:63] + "\x00"} {
			if f, err := s.Open(t.Context(), h); !fault.Is(err, fault.Missing) || f != nil {
				t.Errorf("%q: %v", h, err)
			}
		}
	})
}

// A file can be read from anywhere, as a server of ranges does.
func TestStore_Open_seek(t *testing.T) {
	each(t, func(t *testing.T, s Store) {
		f, err := s.Open(t.Context(), put(t, s, "0123456789").Hash)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if end, err := f.Seek(0, io.SeekEnd); end != 10 || err != nil {
			t.Fatal(end, err)
		}
		if _, err := f.Seek(7, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if rest, err := io.ReadAll(f); string(rest) != "789" || err != nil {
			t.Errorf("%q, %v", rest, err)
		}
	})
}

// Many put the same and other content at once.
func TestStore_Put_together(t *testing.T) {
	each(t, func(t *testing.T, s Store) {
		var wg sync.WaitGroup
		for i := range 24 {
			wg.Go(func() {
				if _, err := s.Put(t.Context(), strings.NewReader(strings.Repeat(fmt.Sprint(i%3), 100_000)), -1); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if report, err := s.Check(t.Context()); err != nil || report.Files != 3 || len(report.Wrong) != 0 {
			t.Errorf("%+v, %v; want 3 files", report, err)
		}
	})
}

// A full disk is a fault that says so.
func TestDisk_full(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full")
	}
	d := disk(t)
	d.create = func() (*os.File, error) { return os.OpenFile("/dev/full", os.O_WRONLY, 0) }
	_, err := d.Put(t.Context(), strings.NewReader("x"), -1)
	if f := fault.Of(err); f == nil || f.Kind != fault.Busy || f.Key != "blob.disk_full" {
		t.Errorf("a full disk: %v", err)
	}
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Errorf("the device is gone: %v", err)
	}
}

// Check finds what has rotted and what is no file of ours; putting it again heals.
func TestDisk_Check(t *testing.T) {
	d := disk(t)
	good, bad := put(t, d, "good"), put(t, d, "bad")
	if err := os.WriteFile(filepath.Join(d.dir, filepath.FromSlash(place(bad.Hash))), []byte("bab"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(d.dir, "letter.txt"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := d.Check(t.Context())
	slices.Sort(report.Wrong)
	want := []string{place(bad.Hash), "letter.txt"}
	slices.Sort(want)
	if err != nil || report.Files != 3 || !slices.Equal(report.Wrong, want) {
		t.Errorf("%+v, %v; want %v", report, err, want)
	}
	put(t, d, "bad")
	if whole(t, d, bad.Hash) != "bad" || whole(t, d, good.Hash) != "good" {
		t.Error("the file has not healed")
	}
}

// Sweep removes what was never finished, once it is old, and nothing else.
func TestDisk_Sweep(t *testing.T) {
	d := disk(t)
	ref := put(t, d, "kept")
	for name, age := range map[string]time.Duration{"put-1": 48 * time.Hour, "put-2": time.Hour} {
		name = filepath.Join(d.dir, name)
		then := time.Now().Add(-age)
		if err := errors.Join(os.WriteFile(name, []byte("half"), 0o600), os.Chtimes(name, then, then)); err != nil {
			t.Fatal(err)
		}
	}
	n, err := d.Sweep(t.Context(), time.Now().Add(-24*time.Hour))
	if n != 1 || err != nil || whole(t, d, ref.Hash) != "kept" {
		t.Errorf("swept %d, %v", n, err)
	}
	if _, err := os.Stat(filepath.Join(d.dir, "put-2")); err != nil {
		t.Error(err)
	}
}

// A secret is not shown.
func TestBucket_secret(t *testing.T) {
	b := Bucket{Endpoint: "s3.si", Secret: "skrivnost"}
	if s := fmt.Sprintf("%v %+v %#v", b, b, b); strings.Contains(s, "skrivnost") {
		t.Error(s)
	}
}

// Where no server answers it is our failure and not the person's, the context ends
// the waiting, and nothing stays in the scratch folder.
func TestS3_unreachable(t *testing.T) {
	scratch := t.TempDir()
	s, err := NewS3(Bucket{Endpoint: "127.0.0.1:1", Name: "files", Region: "x", Key: "k", Secret: "s", Plain: true, Scratch: scratch})
	if err != nil {
		t.Fatal(err)
	}
	soon, end := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer end()
	if _, err := s.Put(soon, strings.NewReader("x"), -1); err == nil || fault.Of(err) != nil {
		t.Errorf("put: %v", err)
	}
	if f, err := s.Open(soon, strings.Repeat("0", 64)); err == nil || fault.Of(err) != nil || f != nil {
		t.Errorf("open: %v", err)
	}
	if _, err := s.Put(t.Context(), strings.NewReader("xx"), 1); !fault.Is(err, fault.TooBig) {
		t.Errorf("too big: %v", err)
	}
	if _, err := s.Open(t.Context(), "../x"); !fault.Is(err, fault.Missing) {
		t.Errorf("no hash: %v", err)
	}
	if left, err := os.ReadDir(scratch); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
