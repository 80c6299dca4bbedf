package reader

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/ledongthuc/pdf"
)

// childMemory begins the line of the environment that tells a child its limit.
const childMemory = "READER_MEMORY="

// ServePDF is the other side of Limits.PDFChild: it reads PDF from in and
// writes its title, a line feed, and its pages with a form feed after each. It
// returns the code with which the process is to exit. A command of the program
// calls it, and nothing else in that process:
//
//	os.Exit(reader.ServePDF(os.Stdin, os.Stdout, os.Stderr))
func ServePDF(in io.Reader, out, talk io.Writer) int {
	if n, err := strconv.ParseInt(os.Getenv(strings.TrimSuffix(childMemory, "=")), 10, 64); err == nil {
		debug.SetMemoryLimit(n * 3 / 4)
	}
	raw, err := io.ReadAll(in)
	if err == nil {
		w := bufio.NewWriter(out)
		err = errors.Join(writePages(raw, w), w.Flush())
	}
	switch {
	case err == nil:
		return 0
	case errors.Is(err, pdf.ErrInvalidPassword), strings.Contains(err.Error(), "encryption"):
		fmt.Fprintln(talk, err)
		return childEncrypted
	}
	fmt.Fprintln(talk, err)
	return childBroken
}

// writePages writes what the library finds. It panics on much of what is
// broken, so a panic is no more than an error here.
func writePages(raw []byte, w *bufio.Writer) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("pdf: %v", r)
		}
	}()
	// A page is cut from the bytes between header and %%EOF; mail adds others.
	if i := bytes.Index(raw, []byte("%PDF-")); i > 0 {
		raw = raw[i:]
	}
	r, err := pdf.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return err
	}
	fmt.Fprintln(w, strings.Join(strings.Fields(r.Trailer().Key("Info").Key("Title").Text()), " "))
	for i := range r.NumPage() {
		if p := r.Page(i + 1); !p.V.IsNull() {
			writePage(p, w)
		}
		if _, err := w.WriteString("\f"); err != nil {
			return err
		}
	}
	return nil
}
