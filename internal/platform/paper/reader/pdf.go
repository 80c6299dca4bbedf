package reader

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// The exit codes of ServePDF; 66 is the race detector's own.
const (
	childBroken    = 65
	childEncrypted = 67
)

// maxPages is more than any document has, and few enough to go through.
const maxPages = 50000

// layoutPerText is how many bytes pdftotext may write for each of the text: a
// word with its place takes about a hundred and ten.
const layoutPerText = 20

// readPDF has another process read the file, which the system holds to the
// limits whatever happens in it.
func (f *file) readPDF() (Text, error) {
	dir, err := os.MkdirTemp("", "reader-")
	if err != nil {
		return Text{}, err
	}
	defer os.RemoveAll(dir)
	name := filepath.Join(dir, "in.pdf")
	if err := f.copyTo(name); err != nil {
		return Text{}, err
	}
	t := Text{Kind: PDF}
	tool := f.pdfToText()
	var raw []byte
	if tool != "" {
		raw, err = f.poppler(tool, name, &t)
	} else {
		raw, err = f.simplePDF(name, &t)
	}
	if err != nil {
		return Text{}, err
	}
	if max(bytes.Count(raw, []byte("\f")), bytes.Count(raw, []byte("<page "))) > maxPages {
		return Text{}, refuse(PDFBroken, errors.New("too many pages"))
	}
	text := strings.ToValidUTF8(string(raw), "\uFFFD")
	var pages [][]printed
	if tool != "" {
		pages = readLayout(text)
	} else {
		pages = plainPages(strings.Split(strings.TrimSuffix(text, "\f"), "\f"))
	}
	t.Pages = len(pages)
	tidyPages(pages, &t)
	return t, nil
}

func (f *file) pdfToText() string {
	switch f.lim.PDFToText {
	case "-":
		return ""
	case "":
		tool, _ := exec.LookPath("pdftotext")
		return tool
	}
	return f.lim.PDFToText
}

func (f *file) copyTo(name string) error {
	w, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, &patient{f.ctx, io.NewSectionReader(f, 0, f.size)})
	return errors.Join(err, w.Close())
}

var popplerVersion = regexp.MustCompile(`version ([0-9][0-9.]*)`)

// poppler reads with pdftotext, and the title with the pdfinfo beside it.
func (f *file) poppler(tool, name string, t *Text) ([]byte, error) {
	said, _ := f.child(nil, 4096, tool, "-v")
	t.ReadBy = "pdftotext"
	if m := popplerVersion.FindSubmatch(said.talk); m != nil {
		t.ReadBy += " " + string(m[1])
	}
	done, err := f.child(nil, layoutPerText*f.lim.Text, tool, "-bbox-layout", "-enc", "UTF-8", "-eol", "unix", name, "-")
	switch {
	case err == nil:
	case errors.As(err, new(*Refusal)) || f.ctx.Err() != nil:
		return nil, err
	case bytes.Contains(done.talk, []byte("ncorrect password")), bytes.Contains(done.talk, []byte("nsupported security handler")), done.code == 3:
		return nil, refuse(Encrypted, nil)
	case done.outOfMemory():
		return nil, &Refusal{Key: Memory, Limit: f.lim.Memory}
	default:
		return nil, refuse(PDFBroken, err)
	}
	info, err := f.child(nil, megabyte, filepath.Join(filepath.Dir(tool), "pdfinfo"), "-enc", "UTF-8", name)
	if err == nil {
		for line := range bytes.Lines(info.out) {
			if title, ok := bytes.CutPrefix(line, []byte("Title:")); ok {
				t.Title = string(bytes.TrimSpace(title))
			}
		}
	}
	return done.out, f.ctx.Err()
}

// simplePDF reads with ServePDF.
func (f *file) simplePDF(name string, t *Text) ([]byte, error) {
	if len(f.lim.PDFChild) == 0 {
		return nil, refuse(NoPDF, nil)
	}
	in, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	done, err := f.child(in, f.lim.Text, f.lim.PDFChild...)
	switch {
	case err == nil:
	case errors.As(err, new(*Refusal)) || f.ctx.Err() != nil:
		return nil, err
	case done.code == childEncrypted:
		return nil, refuse(Encrypted, nil)
	case done.outOfMemory():
		return nil, &Refusal{Key: Memory, Limit: f.lim.Memory}
	case done.code == childBroken:
		return nil, refuse(PDFBroken, err)
	default:
		return nil, err
	}
	t.ReadBy = "ledongthuc/pdf"
	t.note(NoteSimplePDF)
	title, text, _ := bytes.Cut(done.out, []byte("\n"))
	t.Title = string(title)
	return text, nil
}

// A childEnd is what a process left.
type childEnd struct {
	out  []byte
	talk []byte // the beginning of stderr
	code int
}

func (c childEnd) outOfMemory() bool {
	for _, word := range []string{"ut of memory", "bad_alloc", "annot allocate memory", "failed to allocate"} {
		if bytes.Contains(c.talk, []byte(word)) {
			return true
		}
	}
	return false
}

// child runs a command until it ends, the time is over, or it has written more
// than most bytes, which is a Refusal.
func (f *file) child(in *os.File, most int64, command ...string) (childEnd, error) {
	ctx, stop := context.WithCancel(f.ctx)
	defer stop()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	out, talk := &capped{most: most, full: stop}, &capped{most: 4096, full: func() {}}
	cmd.Stdout, cmd.Stderr = out, talk
	if in != nil {
		cmd.Stdin = in
	}
	// The child needs no secrets of ours, and must not talk in other languages.
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", childMemory + fmt.Sprint(f.lim.Memory)}
	cmd.WaitDelay = time.Second
	if err := cmd.Start(); err != nil {
		return childEnd{}, err
	}
	if err := limitMemory(cmd.Process.Pid, f.lim.Memory); err != nil {
		stop()
		return childEnd{}, errors.Join(err, cmd.Wait())
	}
	err := cmd.Wait()
	end := childEnd{out.b.Bytes(), talk.b.Bytes(), cmd.ProcessState.ExitCode()}
	switch {
	case out.over:
		return end, &Refusal{Key: TooLarge, Limit: most}
	case f.ctx.Err() != nil:
		return end, f.ctx.Err()
	case err != nil:
		return end, fmt.Errorf("%s: %w: %s", filepath.Base(command[0]), err, bytes.TrimSpace(cutBytes(end.talk, 300)))
	}
	return end, nil
}

func cutBytes(b []byte, n int) []byte { return b[:min(n, len(b))] }

// A capped writer keeps the first bytes and calls full once there are more.
type capped struct {
	b    bytes.Buffer
	most int64
	full func()
	over bool
}

func (c *capped) Write(b []byte) (int, error) {
	if room := c.most - int64(c.b.Len()); int64(len(b)) > room {
		c.b.Write(b[:room])
		c.over = true
		c.full()
		return len(b), nil
	}
	return c.b.Write(b)
}
