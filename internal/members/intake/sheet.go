package intake

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"

	"github.com/asociacija/asociacija/internal/platform/fault"
	"github.com/asociacija/asociacija/internal/platform/table"
)

// The most that an import takes.
const (
	MaxUpload  = 20 << 20 // bytes
	maxRows    = 100_000
	maxColumns = 100
	maxCell    = 20_000 // bytes

	maxUnpacked = 300 << 20 // bytes of a workbook
)

// A sheet is what a CSV file holds: a head, and rows with the line of the file
// that each begins on. A row has as many cells as the head.
type sheet struct {
	Head []string
	Rows []sheetRow
}

type sheetRow struct {
	Line  int
	Cells []string
	Long  bool // it had more cells than the head
}

// decode reads the bytes of a CSV file as text. It looks for a byte order mark,
// then for the zero bytes of UTF-16, then whether all is UTF-8; what is left is
// the encoding in which Excel writes CSV in our region, Windows-1250.
func decode(raw []byte) (string, error) {
	var from encoding.Encoding
	zero := [2]int{}
	for i, c := range raw[:min(len(raw), 4096)&^1] {
		if c == 0 {
			zero[i&1]++
		}
	}
	most := min(len(raw), 4096) / 2
	switch {
	case len(bytes.TrimSpace(raw)) == 0:
		return "", fault.In("file", "members.import.empty")
	case bytes.HasPrefix(raw, []byte("PK\x03\x04")):
		return workbook(raw)
	case bytes.HasPrefix(raw, []byte("\xd0\xcf\x11\xe0")):
		return "", fault.In("file", "members.import.workbook")
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), zero[1] > most/2 && zero[0] <= most/20:
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(raw, []byte("\xfe\xff")), zero[0] > most/2 && zero[1] <= most/20:
		from = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case utf8.Valid(raw):
		from = unicode.UTF8BOM
	default:
		from = charmap.Windows1250
	}
	text, err := from.NewDecoder().Bytes(raw)
	if err != nil || bytes.IndexByte(text, 0) >= 0 {
		return "", fault.In("file", "members.import.not_text")
	}
	return norm.NFC.String(strings.ToValidUTF8(string(text), "\uFFFD")), nil
}

// workbook reads the first sheet of an Excel workbook as CSV.
func workbook(raw []byte) (string, error) {
	var b strings.Builder
	out := csv.NewWriter(&b)
	out.Comma = ';'
	n := 0
	err := table.Book(raw, maxUnpacked, func(row []string) error {
		if n++; n > maxRows+1_000 {
			return fault.In("file", "members.import.rows", "most", maxRows)
		}
		if len(row) > maxColumns && !blank(row[maxColumns:]) {
			return fault.In("file", "members.import.columns", "line", n, "most", maxColumns)
		}
		row = row[:min(len(row), maxColumns)]
		for i, cell := range row {
			row[i] = strings.ReplaceAll(cell, "\x00", "")
		}
		if len(row) == 0 {
			row = []string{"", ""} // keeps the number of the line
		}
		return out.Write(row)
	})
	switch {
	case errors.Is(err, table.ErrBig):
		return "", fault.In("file", "members.import.bomb", "most", maxUnpacked>>20)
	case errors.Is(err, table.ErrBook):
		return "", fault.In("file", "members.import.workbook")
	case err != nil:
		return "", err
	}
	out.Flush()
	return norm.NFC.String(strings.ToValidUTF8(b.String(), "\uFFFD")), out.Error()
}

// delimiter is the sign that stands most often in the first line outside quotes.
func delimiter(text string) rune {
	count, quoted := map[rune]int{}, false
	for _, r := range text {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\n', r == '\r':
			if len(count) > 0 {
				return oftenest(count)
			}
		case r == ';', r == ',', r == '\t':
			count[r]++
		}
	}
	return oftenest(count)
}

func oftenest(count map[rune]int) rune {
	best := ';'
	for _, r := range []rune{',', '\t'} {
		if count[r] > count[best] {
			best = r
		}
	}
	return best
}

// readSheet reads CSV. Its faults say the line.
func readSheet(text string) (sheet, error) {
	r := csv.NewReader(strings.NewReader(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = delimiter(text), -1, true
	var s sheet
	for {
		record, err := r.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return s, csvFault(err)
		}
		if blank(record) {
			continue
		}
		line, _ := r.FieldPos(0)
		if err := checkRecord(record, line); err != nil {
			return s, err
		}
		if s.Head == nil {
			s.Head = append([]string(nil), record...)
			continue
		}
		if len(s.Rows) == maxRows {
			return s, fault.In("file", "members.import.rows", "most", maxRows)
		}
		s.Rows = append(s.Rows, sheetRow{line, fit(record, len(s.Head)), !blank(record[min(len(record), len(s.Head)):])})
	}
	if len(s.Rows) == 0 {
		return s, fault.In("file", "members.import.no_rows")
	}
	return s, nil
}

func csvFault(err error) error {
	var p *csv.ParseError
	switch {
	case !errors.As(err, &p):
		return err
	case errors.Is(p.Err, csv.ErrQuote) && p.StartLine != p.Line:
		return fault.In("file", "members.import.quote.open", "line", p.StartLine)
	case errors.Is(p.Err, csv.ErrQuote), errors.Is(p.Err, csv.ErrBareQuote):
		return fault.In("file", "members.import.quote", "line", p.Line)
	}
	return fault.In("file", "members.import.line", "line", p.Line)
}

func checkRecord(record []string, line int) error {
	if len(record) > maxColumns && !blank(record[maxColumns:]) {
		return fault.In("file", "members.import.columns", "line", line, "most", maxColumns)
	}
	for _, c := range record {
		if len(c) > maxCell {
			return fault.In("file", "members.import.cell", "line", line)
		}
	}
	return nil
}

func blank(record []string) bool {
	for _, c := range record {
		if fault.Empty(c) {
			continue
		}
		return false
	}
	return true
}

// fit copies n cells of the record; those that it has not are empty.
func fit(record []string, n int) []string {
	cells := make([]string, n)
	copy(cells, record)
	return cells
}
