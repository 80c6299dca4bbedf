package record

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"unicode"

	"github.com/asociacija/asociacija/internal/platform/blob"
	"github.com/asociacija/asociacija/internal/platform/fault"
)

// MaxProof is the most that the file of a proof may weigh, in bytes.
const MaxProof = 10 << 20

// A File is a proof as a file. The zero File is none.
type File struct {
	Hash, Name, Type string
	Size             int64
}

// Keep puts the file of a proof away, if it is of a kind that is taken; nil is none.
func Keep(ctx context.Context, files blob.Store, file io.Reader, name string) (File, error) {
	if file == nil {
		return File{}, nil
	}
	head := make([]byte, 16)
	n, err := io.ReadFull(file, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return File{}, err
	}
	kind := sniffed(head[:n])
	if kind == "" || files == nil {
		return File{}, fault.In("file", "members.proof.file")
	}
	ref, err := files.Put(ctx, io.MultiReader(bytes.NewReader(head[:n]), file), MaxProof)
	if fault.Is(err, fault.TooBig) {
		return File{}, fault.In("file", "members.proof.big", "most", MaxProof>>20)
	}
	return File{ref.Hash, called(name), kind, ref.Size}, err
}

// called is the name of a file on one line, the beginning of a long one.
func called(name string) string {
	name = strings.Join(strings.FieldsFunc(name, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	letters := []rune(name)
	return string(letters[:min(len(letters), longestLine)])
}

// sniffed is the MIME type of a file of a kind that is taken as a proof, by how it
// begins; empty for others.
func sniffed(head []byte) string {
	for begin, kind := range map[string]string{"%PDF-": "application/pdf", "\x89PNG\r\n\x1a\n": "image/png", "\xff\xd8\xff": "image/jpeg"} {
		if bytes.HasPrefix(head, []byte(begin)) {
			return kind
		}
	}
	return ""
}
