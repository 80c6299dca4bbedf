package textkit

import (
	"encoding/hex"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// SortKey returns a key whose byte order is the alphabetical order of the
// language: c č d and s š t and z ž in Slovenian, lj and nj as one letter in
// Croatian. It holds only digits and the letters a to f, so it is valid text in
// every database and sorts alike under every collation a column may have. Digits
// inside s sort as numbers: "2. člen" before "10. člen".
func SortKey(lang language.Tag, s string) string {
	var buf collate.Buffer
	// A Collator must not be shared between goroutines, and is cheap to make.
	return hex.EncodeToString(collate.New(lang, collate.Numeric).KeyFromString(&buf, s))
}
