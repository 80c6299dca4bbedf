package main

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// A house that is killed at any moment loses nothing that it confirmed. The text
// that is pasted into it again and again, from several browsers at once, is there
// after each of several deaths.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("kills processes for some seconds")
	}
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); killAndLook(t, "") })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); killAndLook(t, storetest.PostgresAddress(t)) })
}

func killAndLook(t *testing.T, db string) {
	dir := t.TempDir()
	rnd := rand.New(rand.NewPCG(4, 2))
	var mu sync.Mutex
	confirmed := map[string]string{} // text → path of its page
	p := startHouse(t, dir, db)
	browser := p.administrator(t)
	for death := range 3 {
		var wg sync.WaitGroup
		stop := make(chan struct{})
		for worker := range 3 {
			wg.Go(func() {
				for i := 0; ; i++ {
					select {
					case <-stop:
						return
					default:
					}
					text := fmt.Sprintf("Osnutek %d %d %d o podpori kulturi", death, worker, i)
					path, err := p.paste(browser, text)
					if err != nil {
						return // it was killed before it answered: nothing was confirmed
					}
					mu.Lock()
					confirmed[text] = path
					mu.Unlock()
				}
			})
		}
		time.Sleep(time.Duration(150+rnd.IntN(400)) * time.Millisecond) // a moment that nobody chose
		p.kill()
		close(stop)
		wg.Wait()
		p = startHouse(t, dir, db)
	}
	defer p.kill()
	if len(confirmed) < 20 {
		t.Fatalf("only %d texts were confirmed: the test says nothing", len(confirmed))
	}
	lost := 0
	for text, path := range confirmed {
		if body, err := p.get(browser, path); err != nil || !strings.Contains(body, text) {
			lost++
		}
	}
	t.Logf("%d confirmed, %d lost, 3 deaths", len(confirmed), lost)
	if lost > 0 {
		t.Errorf("%d of %d confirmed texts are gone", lost, len(confirmed))
	}
}

// A process is a house of its own, run by this test binary as the program.
type process struct {
	cmd         *exec.Cmd
	base, setup string
}

var links = regexp.MustCompile(`http://\S+`)

func startHouse(t *testing.T, dir, db string) *process {
	t.Helper()
	p, said := &process{}, ""
	// The port is the house's choice; the same one is taken again by chance only.
	for range 5 {
		addr := fmt.Sprintf("127.0.0.1:%d", 20000+rand.IntN(30000))
		p.cmd = exec.Command(os.Args[0], "serve")
		p.cmd.Env = append(os.Environ(), "ASOCIACIJA_ADDR="+addr, "ASOCIACIJA_DATA="+dir, "ASOCIACIJA_TEST_RUN=1", "ASOCIACIJA_LOG=error")
		if db != "" {
			p.cmd.Env = append(p.cmd.Env, "ASOCIACIJA_DB="+db)
		}
		talk, err := p.cmd.StderrPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := p.cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewReader(talk)
		line, err := lines.ReadString('\n')
		said += line
		if p.base = links.FindString(line); err != nil || p.base == "" {
			p.kill()
			continue
		}
		told := make(chan string, 1)
		go func() {
			for {
				line, err := lines.ReadString('\n')
				if link := links.FindString(line); strings.Contains(link, "/setup/") {
					told <- link
				}
				if err != nil {
					return
				}
			}
		}()
		for range 200 {
			if resp, err := http.Get(p.base + "/sign-in"); err == nil {
				resp.Body.Close()
				select {
				case p.setup = <-told:
				default:
				}
				return p
			}
			time.Sleep(20 * time.Millisecond)
		}
		p.kill()
	}
	t.Fatalf("the house does not open: %q", said)
	return nil
}

func (p *process) kill() {
	p.cmd.Process.Kill()
	p.cmd.Wait()
}

// administrator makes the first account by the link that the house printed.
func (p *process) administrator(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &http.Client{Jar: jar, Timeout: 10 * time.Second}
	resp, err := c.PostForm(p.setup, url.Values{"name": {"Neža Škrbec"}, "email": {"neza@mnk.example"}, "password": {"dolgo geslo za hišo"}})
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if !strings.Contains(resp.Request.URL.Path, "/today") {
		t.Fatalf("the first administrator came to %s", resp.Request.URL)
	}
	// The cookie is for a host, whatever its port, so it goes along to the next life.
	return c
}

// paste pastes a text as a new case, and returns where it is kept.
func (p *process) paste(c *http.Client, text string) (string, error) {
	resp, err := c.PostForm(p.base+"/cases/new", url.Values{"text": {text}})
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return "", err
	}
	if resp.StatusCode != http.StatusOK || resp.Request.Method != http.MethodGet {
		return "", fmt.Errorf("%s %s", resp.Status, resp.Request.URL)
	}
	return resp.Request.URL.Path, nil
}

func (p *process) get(c *http.Client, path string) (string, error) {
	resp, err := c.Get(p.base + path)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return string(body), err
}
