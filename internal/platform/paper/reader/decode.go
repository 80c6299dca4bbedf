package reader

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// readPlain reads a file that is neither PDF nor ZIP: HTML or plain text.
func (f *file) readPlain() (Text, error) {
	raw := make([]byte, f.size)
	for at := 0; at < len(raw); {
		if err := f.ctx.Err(); err != nil {
			return Text{}, err
		}
		n, err := f.ReadAt(raw[at:min(at+megabyte, len(raw))], int64(at))
		at += n
		switch {
		case errors.Is(err, io.EOF) && at < len(raw) || err == nil && n == 0:
			return Text{}, io.ErrUnexpectedEOF
		case err != nil && !errors.Is(err, io.EOF):
			return Text{}, err
		}
	}
	t, err := decode(raw)
	if err != nil {
		return Text{}, err
	}
	t.Kind, t.ReadBy = TXT, "built-in"
	// More characters than bytes come of Latin text in UTF-8 and of U+FFFD.
	if int64(len(t.Content)) > 3*f.lim.Input {
		return Text{}, &Refusal{Key: TooLarge, Limit: f.lim.Text}
	}
	if isHTML(t.Content) {
		return f.readHTML(t)
	}
	if int64(len(t.Content)) > f.lim.Text {
		return Text{}, &Refusal{Key: TooLarge, Limit: f.lim.Text}
	}
	return t, nil
}

// decode finds the encoding of raw and fills Content, Encoding, EncodingBy and
// Undecodable. It refuses what is no text in any encoding.
//
// It asks, in this order: a byte order mark; zero bytes that stand as they do
// in UTF-16; the <meta> of HTML; whether the bytes are UTF-8; and last, how the
// letters of Slovenian and Croatian stand in the two old encodings.
func decode(raw []byte) (Text, error) {
	name, by := "", "bom"
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		raw, name = raw[3:], "utf-8"
	case bytes.HasPrefix(raw, []byte("\xff\xfe")):
		raw, name = raw[2:], "utf-16le"
	case bytes.HasPrefix(raw, []byte("\xfe\xff")):
		raw, name = raw[2:], "utf-16be"
	default:
		name, by = unmarked(raw)
	}
	if !strings.HasPrefix(name, "utf-16") && isBinary(raw) {
		return Text{}, refuse(UnknownKind, nil)
	}
	t := Text{Encoding: name, EncodingBy: by}
	var err error
	if name == "utf-8" {
		t.Content, t.Undecodable = decodeUTF8(raw)
	} else {
		t.Content, t.Undecodable, err = decodeOther(raw, name)
	}
	if by == "guess" {
		t.note(NoteEncoding)
	}
	if t.Undecodable > 0 {
		t.note(NoteUndecodable)
	}
	if strings.HasPrefix(name, "utf-16") && (t.Undecodable > len(raw)/20 || strings.Count(t.Content, "\x00") > len(raw)/20) {
		return Text{}, refuse(UnknownKind, nil)
	}
	return t, err
}

// unmarked names the encoding of bytes without a byte order mark.
func unmarked(raw []byte) (name, by string) {
	if name := wide(raw); name != "" {
		return name, "guess"
	}
	good, bad := countUTF8(raw)
	if name := declared(raw); name != "" && (name != "utf-8" || bad == 0) {
		return name, "meta"
	}
	switch {
	case bad == 0:
		return "utf-8", "valid"
	// Letters of the old encodings hardly ever make a valid sequence.
	case good > bad:
		return "utf-8", "guess"
	}
	return central(raw), "guess"
}

// wide names the form of UTF-16 that has Latin text as its characters, or "".
func wide(raw []byte) string {
	var zero [2]int
	n := min(len(raw), 4096) &^ 1
	for i, c := range raw[:n] {
		if c == 0 {
			zero[i&1]++
		}
	}
	switch most := n / 2; {
	case n < 4:
	case zero[1] > most*2/3 && zero[0] <= most/20:
		return "utf-16le"
	case zero[0] > most*2/3 && zero[1] <= most/20:
		return "utf-16be"
	}
	return ""
}

// isBinary reports control characters that no text has.
func isBinary(raw []byte) bool {
	n := 0
	for _, c := range raw {
		switch {
		case c == 0:
			return true
		case c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v', c == 0x7f:
			n++
		}
	}
	return n > 8 && n > len(raw)/200
}

// countUTF8 counts the sequences of more than one byte, and the bytes that are
// part of none.
func countUTF8(raw []byte) (good, bad int) {
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, n := utf8.DecodeRune(raw[i:])
		if n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good, bad
}

var metaCharset = regexp.MustCompile(`(?i)(?:<meta[^>]{0,200}charset\s*=\s*|<\?xml[^>]{0,100}encoding\s*=\s*)["']?\s*([a-z0-9_:.-]{2,40})`)

// declared returns the encoding that HTML says it is in, by its usual name.
func declared(raw []byte) string {
	m := metaCharset.FindSubmatch(raw[:min(len(raw), 2048)])
	if m == nil {
		return ""
	}
	enc, err := htmlindex.Get(string(m[1]))
	if err != nil {
		return ""
	}
	name, err := htmlindex.Name(enc)
	// Who could read the declaration byte by byte does not read UTF-16.
	if err != nil || strings.HasPrefix(name, "utf-16") || name == "replacement" || name == "x-user-defined" {
		return ""
	}
	return name
}

// central tells windows-1250 from iso-8859-2. Of the letters č š ž ć đ only š
// and ž stand in different places:
//
//	             Š    š    Ž    ž
//	windows-1250 8A   9A   8E   9E   (control characters in iso-8859-2)
//	iso-8859-2   A9   B9   AE   BE   (©, ą, ®, ľ in windows-1250)
//
// So a byte of the first row, or a quotation mark or dash of windows-1250,
// speaks for that; one of the second row beside a letter for the other.
func central(raw []byte) string {
	windows, iso := 0, 0
	letter := func(i int) bool {
		if i < 0 || i >= len(raw) {
			return false
		}
		c := raw[i] | 0x20
		return 'a' <= c && c <= 'z' || raw[i] >= 0xc0
	}
	for i, c := range raw {
		switch {
		case 0x80 <= c && c <= 0x9f:
			windows++
		case (c == 0xa9 || c == 0xb9 || c == 0xae || c == 0xbe) && (letter(i-1) || letter(i+1)):
			iso++
		}
	}
	if iso > windows {
		return "iso-8859-2"
	}
	return "windows-1250"
}

func decodeUTF8(raw []byte) (string, int) {
	_, bad := countUTF8(raw)
	if bad == 0 {
		return string(raw), 0
	}
	var b strings.Builder
	b.Grow(len(raw) + 2*bad)
	for len(raw) > 0 {
		r, n := utf8.DecodeRune(raw)
		b.WriteRune(r)
		raw = raw[n:]
	}
	return b.String(), bad
}

// decodeOther decodes by the tables. What an old encoding leaves undefined
// comes out as a C1 control, and is counted and marked like any other error.
func decodeOther(raw []byte, name string) (string, int, error) {
	var enc encoding.Encoding
	switch name {
	case "utf-16le":
		enc = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case "utf-16be":
		enc = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case "windows-1250":
		enc = charmap.Windows1250
	case "iso-8859-2":
		enc = charmap.ISO8859_2
	default:
		var err error
		if enc, err = htmlindex.Get(name); err != nil {
			return "", 0, err
		}
	}
	out, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return "", 0, err
	}
	s := strings.Map(func(r rune) rune {
		if 0x80 <= r && r < 0xa0 && r != 0x85 {
			return utf8.RuneError
		}
		return r
	}, string(out))
	return s, strings.Count(s, "\uFFFD"), nil
}
