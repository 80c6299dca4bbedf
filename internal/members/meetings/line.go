package meetings

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/asociacija/asociacija/internal/platform/fault"
)

// The longest that is kept, in letters.
const (
	longestLine = 300
	longestText = 50_000
)

// line is s on one line, with single spaces and without control characters.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// long adds a fault if s is longer than most letters.
func long(wrong *fault.Fields, field, s string, most int) {
	if utf8.RuneCountInString(s) > most {
		wrong.Add(field, "bodies.too_long", "most", most)
	}
}

// prose is s as it is kept: text that both databases take, without space around.
func prose(s string) string {
	return strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD"))
}
