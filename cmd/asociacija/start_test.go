package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/platform/config"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// A house that is there already shows its first page within a second, and idle, of
// the size of the demo, it holds no more than 80 MB of memory. On a busy machine it
// may try once more.
func TestStart(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes and waits for them")
	}
	dir := t.TempDir()
	settings := []string{"ASOCIACIJA_DATA=" + dir, "ASOCIACIJA_DEMO=true", "ASOCIACIJA_NAME=" + app.DemoName}
	c, err := config.Read(settings, nil)
	if err != nil {
		t.Fatal(err)
	}
	h, err := app.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Furnish(t.Context()); err != nil {
		t.Fatal(err)
	}
	as := string(h.Doors()[0])
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	t.Setenv("ASOCIACIJA_DEMO", "true")
	var took time.Duration
	for range 2 {
		var p *process
		p, took = started(t, dir)
		t.Cleanup(p.kill)
		t.Logf("the first page came %v after the start", took.Round(time.Millisecond))
		if took > time.Second {
			p.kill()
			continue
		}
		idle := resident(t, p, 2*time.Second)
		p.lookAround(t, as)
		used := resident(t, p, 2*time.Second)
		t.Logf("%.1f MB are resident after the first page, %.1f MB after a walk through forty", float64(idle)/1024, float64(used)/1024)
		if idle > 80<<10 {
			t.Errorf("%d MB are resident, and 80 may be", idle>>10)
		}
		return
	}
	t.Errorf("the first page came after %v, and may after a second", took)
}

// started opens the house by the program, and waits for its first page.
func started(t *testing.T, dir string) (*process, time.Duration) {
	t.Helper()
	begun := time.Now()
	p := startHouse(t, dir, "")
	got, err := http.Get(p.base + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	whole, err := io.ReadAll(got.Body)
	if err != nil || got.StatusCode != http.StatusOK || !strings.Contains(string(whole), "</html>") {
		t.Fatal(got.Status, err)
	}
	return p, time.Since(begun)
}

// lookAround signs in by the door and opens the pages of the house.
func (p *process) lookAround(t *testing.T, as string) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, Timeout: 10 * time.Second}
	got, err := c.PostForm(p.base+"/demo", url.Values{"as": {as}})
	if err != nil {
		t.Fatal(err)
	}
	got.Body.Close()
	body, err := p.get(c, "/today")
	if err != nil || !strings.Contains(body, "/sign-out") {
		t.Fatal("nobody is signed in", err)
	}
	for _, m := range regexp.MustCompile(`href="(/[a-z][^"#?]*)"`).FindAllStringSubmatch(body, 40) {
		if _, err := p.get(c, m[1]); err != nil {
			t.Fatal(err)
		}
	}
}

// resident is the memory of the process after it has been left alone for a while, in
// kB.
func resident(t *testing.T, p *process, after time.Duration) int {
	t.Helper()
	time.Sleep(after) // idle is when nothing happens
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		storetest.Need(t, "this system does not say how much memory a process holds")
	}
	m := regexp.MustCompile(`VmRSS:\s+(\d+) kB`).FindSubmatch(status)
	if m == nil {
		t.Fatalf("%s", status)
	}
	n, err := strconv.Atoi(string(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "Rss") {
			t.Log(strings.TrimSpace(line))
		}
	}
	return n
}
