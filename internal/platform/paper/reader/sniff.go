package reader

import (
	"bytes"
	"errors"
	"io"
)

// A form is what the first bytes of a file tell.
type form int

const (
	formPlain form = iota
	formPDF
	formZip
)

// sniff tells the form of a file, or refuses what is no text for certain.
func (f *file) sniff() (form, error) {
	head := make([]byte, min(1024, f.size))
	if _, err := f.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	begins := func(magic ...string) bool {
		for _, m := range magic {
			if bytes.HasPrefix(head, []byte(m)) {
				return true
			}
		}
		return false
	}
	switch {
	// Readers of PDF accept rubbish before the header, and mail puts it there.
	case bytes.Contains(head, []byte("%PDF-")):
		return formPDF, nil
	case begins("PK\x03\x04", "PK\x05\x06", "PK\x07\x08"):
		return formZip, nil
	case begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
		return 0, f.refuseOLE()
	case isImage(head):
		return 0, refuse(Image, nil)
	case begins(`{\rtf`, "%!PS"):
		return 0, refuse(UnknownKind, nil)
	}
	return formPlain, nil
}

func isImage(head []byte) bool {
	for _, magic := range []string{"\xff\xd8\xff", "\x89PNG\r\n", "GIF87a", "GIF89a", "II*\x00", "MM\x00*", "\x00\x00\x00\x0cjP  "} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	at := func(i int, any ...string) bool {
		for _, s := range any {
			if len(head) >= i+len(s) && string(head[i:i+len(s)]) == s {
				return true
			}
		}
		return false
	}
	return at(0, "RIFF") && at(8, "WEBP") ||
		at(4, "ftyp") && at(8, "heic", "heix", "mif1", "avif") ||
		at(0, "BM") && at(6, "\x00\x00\x00\x00") && at(14, "\x28\x00\x00\x00", "\x6c\x00\x00\x00", "\x7c\x00\x00\x00")
}

// refuseOLE says which file of the OLE container's kinds this is. The names of
// its streams stand in its directory, in UTF-16, and the directory may be
// anywhere.
func (f *file) refuseOLE() error {
	wide := func(s string) []byte {
		b := make([]byte, 0, 2*len(s))
		for i := range len(s) {
			b = append(b, s[i], 0)
		}
		return b
	}
	encrypted, word := wide("EncryptedPackage"), wide("WordDocument")
	key := UnknownKind
	buf := make([]byte, 1<<16)
	for at := int64(0); at < f.size; at += int64(len(buf) - len(encrypted)) {
		if err := f.ctx.Err(); err != nil {
			return err
		}
		n, err := f.ReadAt(buf, at)
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		switch {
		case bytes.Contains(buf[:n], encrypted):
			return refuse(Encrypted, nil)
		case bytes.Contains(buf[:n], word):
			key = OldDoc
		}
	}
	return refuse(key, nil)
}
