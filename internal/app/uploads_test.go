package app_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// Whatever takes a file takes any: it keeps it, or says at the field of the file what
// is wrong with it, and what was typed beside it is in the form again.
func TestHard_uploads(t *testing.T) {
	t.Parallel()
	h := furnished(t)
	drain(t, h)
	neza := visit(t, h, h.Handler(), coordinator)
	file := "/cases/" + newest(t, h)
	docx := packed(t, "word/document.xml", []byte(`<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>1. člen</w:t></w:r></w:p></w:body></w:document>`))
	files := map[string][]byte{
		"truncated.docx": docx[:len(docx)/2], "bomb.docx": bomb(t), "scanned.pdf": pdf(""), "garbage.bin": bytes.Repeat([]byte{0xde, 0xad, 0, 7}, 5000),
		"nuls.txt": bytes.Repeat([]byte{0}, 5000), "nothing.txt": {}, "../../climbs.txt": []byte("\x00"),
		"table.xlsx": bomb(t), "line.csv": []byte(strings.Repeat("a", 1<<20)), "quote.csv": []byte("ime;\"kraj\nLju"), "cp1250.csv": encoded(t, charmap.Windows1250, "Ime;Kraj\nŽ;Š\n"),
	}
	for _, c := range []struct {
		path  string
		typed []string
	}{
		{"/acts", []string{"title", "Zakon o čebelah", "label", "osnutek", "source", "od ministrstva", "stage", "draft"}},
		{"/members/import", nil},
		{file + "/answers/new", []string{"from", "Ministrstvo za čebele", "summary", "Predlog preučujejo."}},
	} {
		for name, content := range files {
			t.Run(c.path+" "+name, func(t *testing.T) {
				p := neza.send(c.path, name, content, c.typed...).says()
				switch p.StatusCode {
				case http.StatusSeeOther:
					neza.get(p.Header.Get("Location")).is(http.StatusOK).says()
				case http.StatusUnprocessableEntity:
					if !strings.Contains(p.raw, `class="wrong"`) && !strings.Contains(p.raw, `class="errors`) {
						t.Errorf("nothing says what is wrong\n%s", p.main())
					}
					for i := 1; i < len(c.typed) && c.typed[i-1] != "stage"; i += 2 {
						p.says(c.typed[i])
					}
				default:
					t.Errorf("%d\n%s", p.StatusCode, p.main())
				}
			})
		}
		t.Run(c.path+" breaks off", func(t *testing.T) {
			body, kind := multipartOf(t, "osnutek.txt", []byte(strings.Repeat("člen ", 2000)), c.typed...)
			r := httptest.NewRequest("POST", c.path, bytes.NewReader(body.Bytes()[:body.Len()/2]))
			r.Header.Set("Content-Type", kind)
			neza.do(r).is(http.StatusUnprocessableEntity).says()
		})
	}
}
