// Package table writes tables as spreadsheets open them: CSV in UTF-8 with a byte
// order mark, semicolons between cells as countries with a decimal comma expect,
// and nothing that would be computed.
package table

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Write writes the rows, the first of which is the heading.
func Write(w io.Writer, rows [][]string) error {
	cells := make([][]any, len(rows))
	for i, row := range rows {
		for _, cell := range row {
			cells[i] = append(cells[i], cell)
		}
	}
	return CSV(w, cells)
}

// CSV is Write for cells that are strings or Numbers. A Number has a decimal comma,
// and is one also below nothing.
func CSV(w io.Writer, rows [][]any) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("table: write: %w", err)
	}
	out := csv.NewWriter(w)
	out.Comma = ';'
	for _, row := range rows {
		plain := make([]string, len(row))
		for i, cell := range row {
			switch c := cell.(type) {
			case Number:
				plain[i] = strings.Replace(string(c), ".", ",", 1)
			default:
				if plain[i] = fmt.Sprint(c); Formula(plain[i]) {
					plain[i] = "'" + plain[i]
				}
			}
		}
		if err := out.Write(plain); err != nil {
			return fmt.Errorf("table: write: %w", err)
		}
	}
	if out.Flush(); out.Error() != nil {
		return fmt.Errorf("table: write: %w", out.Error())
	}
	return nil
}

// Formula reports whether a spreadsheet would take the cell for a formula; some do so with
// the wide signs of East Asia. Write puts an apostrophe before it, and an import takes
// that off again.
func Formula(cell string) bool {
	first, _ := utf8.DecodeRuneInString(cell)
	return cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first)
}
