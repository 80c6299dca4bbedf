package app_test

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/platform/config"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// demoHouse opens the demo house on a port of its own and returns its address.
func demoHouse(t *testing.T) (*app.House, string) {
	t.Helper()
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	c, err := config.Read([]string{"ASOCIACIJA_ADDR=" + l.Addr().String(), "ASOCIACIJA_DATA=" + dir, "ASOCIACIJA_DEMO=true", "ASOCIACIJA_LOG=error", "ASOCIACIJA_NAME=" + app.DemoName}, nil)
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
	ctx, stop := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := h.Serve(ctx, l); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() { stop(); wg.Wait(); h.Close() })
	return h, c.URL
}

// A tab is a page of a real browser.
type tab struct {
	t     *testing.T
	ctx   context.Context
	base  string
	plain bool // pages run no scripts
}

// browser starts headless Chromium with a profile of its own.
func browser(t *testing.T, base string) *tab {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		storetest.Need(t, "Chromium is not installed here")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "sl"), chromedp.Flag("accept-lang", "sl"))
	alloc, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, done := chromedp.NewContext(alloc)
	t.Cleanup(func() { done(); cancel() })
	// The browser lives as long as the context of the first action.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return &tab{t: t, ctx: ctx, base: base}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	for _, s := range steps {
		if _, err := chromedp.Run(ctx, s); err != nil {
			b.t.Fatalf("%v\non %s", err, b.where())
		}
	}
}

func (b *tab) where() string {
	s, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`location.href + " · " + document.title + "\n" + (document.querySelector("main")?.innerText || "").slice(0, 600)`))
	return s
}

// open goes to a path of the house.
func (b *tab) open(path string) { b.t.Helper(); b.do(chromedp.Navigate(b.base + path)) }

// press clicks what the words stand on: a button, a link, a choice.
func (b *tab) press(words string) {
	b.t.Helper()
	js := fmt.Sprintf(`(() => {
		const want = %s, seen = (e) => e.getClientRects().length > 0;
		const all = [...document.querySelectorAll("main button, main a, main label, main summary, header a, header button")].filter(seen);
		const say = (e) => e.textContent.replace(/\s+/g, " ").trim();
		const e = all.find((e) => say(e) === want) || all.find((e) => say(e).startsWith(want));
		if (!e) return false;
		e.scrollIntoView({block: "center"}); e.click(); return true;
	})()`, quote(words))
	ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](js))
	if err != nil || !ok {
		b.t.Fatalf("nothing to press says %q (%v)\non %s", words, err, b.where())
	}
	b.settle()
}

// settle waits until the page that a click may have asked for is there.
func (b *tab) settle() {
	b.t.Helper()
	for range 100 {
		state, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.readyState`))
		if err == nil && state == "complete" {
			return
		}
		time.Sleep(20 * time.Millisecond) // the browser tells nobody
	}
}

// sees asks for words on the page, waiting a little for those that a script brings.
func (b *tab) sees(words string) {
	b.t.Helper()
	js := fmt.Sprintf(`document.body.innerText.replace(/\s+/g, " ").toLowerCase().includes(%s.toLowerCase())`, quote(words))
	for range 100 {
		ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](js))
		if err == nil && ok {
			return
		}
		time.Sleep(30 * time.Millisecond)
	}
	b.t.Fatalf("nobody sees %q\non %s", words, b.where())
}

// phone makes the tab as small as a phone.
func (b *tab) size(width, height int64) {
	b.do(chromedp.EmulateViewport(width, height))
}

// dark has the browser prefer a dark look, or not.
func (b *tab) dark(on bool) {
	look := "light"
	if on {
		look = "dark"
	}
	b.do(func(ctx context.Context, at *chromedp.Target) (chromedp.Void, error) {
		return cdp.Call(ctx, at, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: look}}})
	})
}

// print shows the page as it goes on paper, or on the screen again.
func (b *tab) print(on bool) {
	media := ""
	if on {
		media = "print"
	}
	b.do(func(ctx context.Context, at *chromedp.Target) (chromedp.Void, error) {
		return cdp.Call(ctx, at, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media})
	})
}

// scripts turns the page's own scripts on or off.
func (b *tab) scripts(on bool) {
	b.plain = !on
	b.do(func(ctx context.Context, at *chromedp.Target) (chromedp.Void, error) {
		return cdp.Call(ctx, at, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
	})
}

// forget has the browser know nothing of this house.
func (b *tab) forget() {
	b.do(func(ctx context.Context, at *chromedp.Target) (chromedp.Void, error) {
		return cdp.Call(ctx, at, network.ClearBrowserCookies, cdp.Empty{})
	})
}

// shot keeps a picture where ASOCIACIJA_SHOTS names a folder.
func (b *tab) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("ASOCIACIJA_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600)
	}
	if err != nil {
		b.t.Error(err)
	}
}

// sound asks of the page what every page must be: nothing wider than the window,
// one first heading, and nothing serious for axe.
func (b *tab) sound() {
	b.t.Helper()
	b.fits()
	b.accessible()
}

// fits asks that nothing is wider than the window.
func (b *tab) fits() {
	b.t.Helper()
	wide, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`(() => {
		const w = innerWidth;
		if (document.scrollingElement.scrollWidth <= w) return "";
		const out = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > w + 1 && !e.closest(".matrix"));
		return document.scrollingElement.scrollWidth + " > " + w + ": " + out.slice(0, 3).map((e) => e.outerHTML.slice(0, 120)).join(" | ");
	})()`))
	if err != nil || wide != "" {
		b.t.Errorf("the page scrolls sideways: %s %v\non %s", wide, err, b.where())
	}
}

func (b *tab) accessible() {
	b.t.Helper()
	if n, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](`document.querySelectorAll("h1").length`)); err != nil || n != 1 {
		b.t.Errorf("%d first headings (%v)\non %s", n, err, b.where())
	}
	src, err := axe()
	if err != nil {
		storetest.Need(b.t, "axe-core cannot be had here: "+err.Error())
	}
	if b.plain { // axe itself is a script
		b.scripts(true)
		defer b.scripts(false)
	}
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](src+`;axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then((r) =>
		r.violations.filter((v) => v.impact === "serious" || v.impact === "critical").map((v) => v.id + ": " + v.help + " — " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")).join("\n"))`,
		chromedp.EvalAwaitPromise))
	if err != nil || found != "" {
		b.t.Errorf("axe: %s %v\non %s", found, err, b.where())
	}
}

func quote(s string) string {
	whole, _ := json.Marshal(s)
	return string(whole)
}

// axe is the source of axe-core, from the npm registry; it is no part of the house.
var axe = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "axe-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	cmd := exec.Command("npm", "pack", "--silent", "axe-core@4.14.1")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("npm pack: %w %s", err, out)
	}
	found, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if err != nil || len(found) != 1 {
		return "", fmt.Errorf("npm pack made %v: %w", found, err)
	}
	f, err := os.Open(found[0])
	if err != nil {
		return "", err
	}
	defer f.Close()
	zr, err := gzip.NewReader(f)
	if err != nil {
		return "", err
	}
	for tr := tar.NewReader(zr); ; {
		e, err := tr.Next()
		if err != nil {
			return "", fmt.Errorf("axe.min.js is not in the package: %w", err)
		}
		if strings.HasSuffix(e.Name, "/axe.min.js") {
			whole, err := io.ReadAll(tr)
			return string(whole), err
		}
	}
})

// set gives the fields of these names their values; a choice is checked.
func (b *tab) set(pairs ...string) {
	b.t.Helper()
	for i := 0; i+1 < len(pairs); i += 2 {
		js := fmt.Sprintf(`(() => {
			const name = %s, value = %s;
			const all = [...document.querySelectorAll("main [name]")].filter((e) => e.name === name);
			const pick = all.find((e) => (e.type === "radio" || e.type === "checkbox") && e.value === value);
			const e = pick || all.find((e) => e.type !== "radio" && e.type !== "checkbox" && e.type !== "hidden");
			if (!e) return false;
			e.closest("details") && (e.closest("details").open = true);
			if (pick) { if (!e.checked) e.click(); } else { e.value = value; e.dispatchEvent(new Event("input", {bubbles: true})); }
			e.dispatchEvent(new Event("change", {bubbles: true}));
			return true;
		})()`, quote(pairs[i]), quote(pairs[i+1]))
		ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](js))
		if err != nil || !ok {
			b.t.Fatalf("no field %s=%q (%v)\non %s", pairs[i], pairs[i+1], err, b.where())
		}
	}
}

// send presses the main button of the page and waits for the next one.
func (b *tab) send(words string) {
	b.t.Helper()
	before, _ := chromedp.Run(b.ctx, chromedp.Evaluate[float64](`performance.timeOrigin`))
	b.press(words)
	for range 200 {
		now, err := chromedp.Run(b.ctx, chromedp.Evaluate[float64](`document.readyState === "complete" ? performance.timeOrigin : 0`))
		if err == nil && now > before {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.t.Fatalf("pressing %q leads nowhere\non %s", words, b.where())
}

// path is where the tab is.
func (b *tab) path() string {
	b.t.Helper()
	p, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`location.pathname`))
	if err != nil {
		b.t.Fatal(err)
	}
	return p
}

// value is what a script says.
func (b *tab) value(js string) string {
	b.t.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](js))
	if err != nil {
		b.t.Fatalf("%s: %v", js, err)
	}
	return s
}
