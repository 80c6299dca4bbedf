package consultweb

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/asociacija/asociacija/internal/platform/auth"
	"github.com/asociacija/asociacija/internal/platform/page"
	"github.com/asociacija/asociacija/internal/platform/store/storetest"
	"github.com/asociacija/asociacija/internal/voice/consult"
)

// On a telephone the page saves itself, time and again and without clashing with
// itself, and no page is wider than the screen.
func TestBrowser(t *testing.T) {
	if _, err := exec.LookPath("chromium"); err != nil {
		storetest.Need(t, "there is no browser here")
	}
	h := filled(t, storetest.SQLite(t, steps...)).begin()
	h.lang = "sl"
	mux := http.NewServeMux()
	mux.Handle("/assets/", page.Assets())
	mux.Handle("/", h.mux)
	server := httptest.NewServer(h.site.site.Guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.AddCookie(&http.Cookie{Name: "lang", Value: "sl"})
		who := nobody
		if _, err := r.Cookie("office"); err == nil {
			who = neza
		}
		mux.ServeHTTP(w, r.WithContext(auth.With(r.Context(), who)))
	})))
	defer server.Close()

	b := newBrowser(t)
	link := server.URL + "/a/" + h.token
	saved := `document.querySelector("form [role=status]").textContent.includes("Shranjeno")`
	b.do(chromedp.EmulateViewport(390, 844), chromedp.Navigate(link), chromedp.Click(`input[name=s1][value=object]`))
	b.wait(saved)
	b.is(`(document.querySelector("form [role=status]").textContent = "") == ""`)
	b.do(chromedp.SendKeys(`#t1`, "ker ni prav"))
	b.wait(saved)
	b.fits("answer at 390")
	b.do(chromedp.EmulateViewport(320, 700))
	b.fits("answer")
	a, err := h.site.Consult.Answer(t.Context(), consult.Way{Token: h.token})
	if err != nil || a.Comments["art_4"].Text != "ker ni prav" || a.Comments["art_4"].Stance != "object" || a.Invitation.Stage != consult.Answering {
		t.Errorf("saved %+v, %v", a.Comments, err)
	}
	b.do(chromedp.Click(`button[formaction$="/send"]`))
	b.do(chromedp.WaitVisible(`.notice[data-kind=ok] + div section.sec`))
	b.fits("sent")
	b.is(`(document.cookie = "office=1; path=/") != ""`)
	for _, path := range []string{"", "/matrix", "/provisions/art_4", "/type-in?invitation=" + string(a.Invitation.ID), "/close"} {
		b.do(chromedp.Navigate(server.URL + h.base() + path))
		b.fits(path)
	}
}

// A browser is one tab of it.
type browser struct {
	t   *testing.T
	ctx context.Context
}

func newBrowser(t *testing.T) browser {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.Headless, chromedp.NoSandbox)
	all, stopAll := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(all)
	t.Cleanup(func() { stop(); stopAll() })
	// The browser lives as long as the context of its first action.
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return browser{t, ctx}
}

func (b browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 20*time.Second)
	defer stop()
	for _, step := range steps {
		if _, err := chromedp.Run(ctx, step); err != nil {
			b.t.Fatal(err)
		}
	}
}

// is says whether the expression is true on the page, and wait until it is.
func (b browser) is(expression string) bool {
	b.t.Helper()
	yes, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](expression))
	if err != nil {
		b.t.Fatal(err)
	}
	return yes
}

func (b browser) wait(expression string) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 20*time.Second)
	defer stop()
	if _, err := chromedp.Run(ctx, chromedp.Poll[bool](expression)); err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
}

func (b browser) fits(what string) {
	b.t.Helper()
	if b.is(`document.documentElement.scrollWidth > innerWidth`) {
		b.t.Errorf("%s is wider than the screen", what)
	}
}
