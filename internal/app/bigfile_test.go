package app_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// In a real browser, too, a file of 200 MB gets a clear word, and what was typed
// stays: with scripts before anything is sent, without them from the house.
func TestBrowser_bigFile(t *testing.T) {
	h, base := demoHouse(t)
	b := browser(t, base)
	name := filepath.Join(t.TempDir(), "veliko.pdf")
	f, err := os.Create(name)
	if err == nil {
		err = f.Truncate(200 << 20)
	}
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	b.open("/demo")
	b.send("Vstopi: Neža Škrbec")
	for _, scripts := range []bool{true, false} {
		b.scripts(scripts)
		b.open("/cases/new")
		b.set("text", "Zakon o čebelah", "source", "https://gov.example/veliko")
		b.do(chromedp.SetUploadFiles("#f-file", []string{name}))
		if scripts {
			if got := b.value(`document.querySelector("#f-file").validationMessage`); got != sentence(h, "form.file_big") {
				t.Errorf("the browser says %q", got)
			}
			b.press(sentence(h, "cases.new.do"))
		} else {
			b.send(sentence(h, "cases.new.do"))
			b.sees(sentence(h, "cases.intake.big"))
		}
		if got := b.value(`document.querySelector("[name=text]").value + document.querySelector("[name=source]").value`); got != "Zakon o čebelahhttps://gov.example/veliko" {
			t.Errorf("scripts %v: the form has %q", scripts, got)
		}
	}
}
