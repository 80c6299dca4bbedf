package statement

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode makes text of the bytes of a file: UTF-8 or UTF-16 with a mark, UTF-8 where
// it is that, or else one of the two sets of Central Europe. They differ in where
// š, ž, Š and Ž stand: Windows has letters where ISO has control characters.
func decode(raw []byte) string {
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		return strings.ToValidUTF8(string(raw[3:]), "\uFFFD")
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		if text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(raw); err == nil {
			return string(text)
		}
	case utf8.Valid(raw):
		return string(raw)
	}
	set := charmap.ISO8859_2
	if windows(raw) {
		set = charmap.Windows1250
	}
	text, err := set.NewDecoder().Bytes(raw)
	if err != nil {
		return strings.ToValidUTF8(string(raw), "\uFFFD")
	}
	return string(text)
}

func windows(raw []byte) bool {
	for _, c := range raw {
		if c >= 0x80 && c < 0xa0 {
			return true
		}
	}
	return false
}
