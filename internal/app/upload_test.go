package app_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/asociacija/asociacija/internal/app"
	"github.com/asociacija/asociacija/internal/platform/config"
)

// What is sent with a form is gone from the temporary folder once it is answered:
// anybody could fill the disk otherwise.
func TestUpload_temporary(t *testing.T) {
	c, err := config.Read([]string{"ASOCIACIJA_DATA=" + t.TempDir()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	h, err := app.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	server := httptest.NewServer(h.Handler())
	defer server.Close()
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)

	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "a.pdf")
	if err != nil {
		t.Fatal(err)
	}
	part.Write(make([]byte, 34<<20)) // more than a form keeps in memory
	form.Close()
	answer, err := http.Post(server.URL+"/sign-in", form.FormDataContentType(), &body)
	if err != nil {
		t.Fatal(err)
	}
	io.Copy(io.Discard, answer.Body) // the end comes when the handler is done
	answer.Body.Close()
	left, err := os.ReadDir(tmp)
	if err != nil || len(left) > 0 {
		t.Errorf("%v is left behind, %v", left, err)
	}
}
