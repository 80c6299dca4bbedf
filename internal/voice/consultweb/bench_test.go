package consultweb

import (
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/asociacija/asociacija/internal/platform/store/storetest"
)

// Pages through the mux, server time without the network. How they bear a full
// house is measured at the desk.
func BenchmarkPages(b *testing.B) {
	h := filled(b, storetest.SQLite(b, steps...)).begin()
	h.goes("/a/"+h.token+"/send", "page", "p", "s1", "support", "r1", "0")
	for name, path := range map[string]string{"answer": "/a/" + h.token, "office": h.base(), "matrix": h.base() + "/matrix"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if w := h.ask(httptest.NewRequest("GET", path, nil)); w.Code != 200 {
					b.Fatal(w.Code)
				}
			}
		})
	}
	b.Run("save", func(b *testing.B) {
		for n := 0; b.Loop(); n++ {
			form := strings.NewReader("page=p&r3=0&s3=object&t3=" + strconv.Itoa(n))
			r := httptest.NewRequest("POST", "/a/"+h.token+"/save", form)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.Header.Set("Accept", "text/plain")
			if w := h.ask(r); w.Code != 200 {
				b.Fatal(w.Code, w.Body)
			}
		}
	})
}
