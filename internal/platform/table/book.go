package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/xuri/excelize/v2"
)

// What is wrong with a workbook that Book does not read.
var (
	ErrBook = errors.New("table: not a workbook")
	ErrBig  = errors.New("table: a workbook larger than is taken")
)

// Book hands the rows of the first sheet of an Excel workbook to f, one after
// another; f may keep and change them. Unpacked the workbook may be most bytes
// large. Days are given as 2026-11-30, numbers and truths as they are shown.
func Book(raw []byte, most int64, f func(row []string) error) (err error) {
	defer func() {
		if p := recover(); p != nil { // on files that were made to
			err = fmt.Errorf("%w: %v", ErrBook, p)
		}
	}()
	book, err := excelize.OpenReader(bytes.NewReader(raw), excelize.Options{
		UnzipSizeLimit: most, UnzipXMLSizeLimit: min(most, 16<<20), ShortDatePattern: "yyyy-mm-dd", LongDatePattern: "yyyy-mm-dd",
	})
	switch {
	case err != nil && bytes.Contains([]byte(err.Error()), []byte("unzip size exceeds")):
		return ErrBig
	case err != nil:
		return fmt.Errorf("%w: %v", ErrBook, err)
	}
	defer book.Close()
	sheets := book.GetSheetList()
	if len(sheets) == 0 {
		return ErrBook
	}
	rows, err := book.Rows(sheets[0])
	if err != nil {
		return fmt.Errorf("%w: %v", ErrBook, err)
	}
	defer rows.Close()
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return fmt.Errorf("%w: %v", ErrBook, err)
		}
		if err := f(cells); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return fmt.Errorf("%w: %v", ErrBook, err)
	}
	return nil
}

// WriteBook writes the rows, the first of which is the heading, as an Excel
// workbook. All cells are text, so that nothing is computed.
func WriteBook(w io.Writer, sheet string, rows func(yield func([]string) bool)) error {
	book := excelize.NewFile()
	defer book.Close()
	if sheet == "" {
		sheet = "Sheet1"
	}
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		return fmt.Errorf("table: write book: %w", err)
	}
	out, err := book.NewStreamWriter(sheet)
	if err != nil {
		return fmt.Errorf("table: write book: %w", err)
	}
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return fmt.Errorf("table: write book: %w", err)
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("table: write book: %w", err)
	}
	n := 0
	for row := range rows {
		n++
		cells := make([]any, len(row))
		for i, c := range row {
			if c = plain(c); n == 1 {
				cells[i] = excelize.Cell{StyleID: bold, Value: c}
			} else {
				cells[i] = c
			}
		}
		if err := out.SetRow(fmt.Sprintf("A%d", n), cells); err != nil {
			return fmt.Errorf("table: write book: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("table: write book: %w", err)
	}
	if _, err := book.WriteTo(w); err != nil {
		return fmt.Errorf("table: write book: %w", err)
	}
	return nil
}

// plain is the cell as far as a workbook takes it: 32,767 letters, no control
// characters.
func plain(cell string) string {
	letters := []rune(cell)
	letters = slices.DeleteFunc(letters, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' })
	return string(letters[:min(len(letters), excelize.TotalCellChars)])
}
