package reader

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tidyPages puts the pages of a PDF together: without the lines that are
// certain to be page headers, footers and numbers, and with the words that are
// cut at the end of a line put together.
func tidyPages(pages []string, t *Text) {
	split := make([][]string, len(pages))
	empty := 0
	for i, p := range pages {
		blank := false // of many empty lines one is enough
		for line := range lines(p) {
			line = bulletFirst(strings.TrimRight(line, " \t"))
			if line != "" || !blank {
				split[i] = append(split[i], line)
			}
			blank = line == ""
		}
		if strings.TrimSpace(p) == "" {
			empty++
		}
	}
	if empty > 0 && empty < len(pages) {
		t.note(NoteBlankPages)
	}
	dropped := dropRepeated(split, first)
	if dropRepeated(split, last) || dropped {
		t.note(NotePageLines)
	}
	var all []string
	for _, p := range split {
		if from := first(p); from >= 0 {
			all = append(all, p[from:last(p)+1]...)
		}
	}
	all, joined := joinHyphens(all)
	if joined {
		t.note(NoteHyphens)
	}
	t.Content = strings.Join(all, "\n")
}

// bulletFirst writes the bullet of a symbol font, which has a private code in
// PDF too, as the sign that it looks like.
func bulletFirst(line string) string {
	if r, n := utf8.DecodeRuneInString(line); 0xf020 <= r && r <= 0xf0ff {
		return bulletSign(string(r)) + line[n:]
	}
	return line
}

// first and last return the place of the outermost line that is not empty, or
// -1.
func first(page []string) int {
	for i, line := range page {
		if strings.TrimSpace(line) != "" {
			return i
		}
	}
	return -1
}

func last(page []string) int {
	for i := len(page) - 1; i >= 0; i-- {
		if strings.TrimSpace(page[i]) != "" {
			return i
		}
	}
	return -1
}

// minRepeated is how many pages must agree before a line is held for a page
// header: two may begin alike by chance.
const minRepeated = 3

// dropRepeated empties the outermost lines that all pages share, up to three
// deep. The first page may be a title page without them.
func dropRepeated(pages [][]string, outermost func([]string) int) bool {
	dropped := false
	for range 3 {
		if !dropOutermost(pages, outermost) {
			break
		}
		dropped = true
	}
	return dropped
}

func dropOutermost(pages [][]string, outermost func([]string) int) bool {
	var lines []string // of all pages but the first
	for _, p := range pages[1:] {
		i := outermost(p)
		if i < 0 {
			return false
		}
		lines = append(lines, p[i])
	}
	if len(lines) < minRepeated || !isPageLine(lines) {
		return false
	}
	if i := outermost(pages[0]); i >= 0 {
		// The title page agrees if it would be the line before the second.
		if isPageLine(append([]string{pages[0][i]}, lines...)) {
			pages[0][i] = ""
		}
	}
	for _, p := range pages[1:] {
		p[outermost(p)] = ""
	}
	return true
}

// pageNumber finds a number that can be nothing but a page's: alone on the
// line, with or without a total, or after the word for page.
var pageNumber = regexp.MustCompile(`(?i)^[\s–—-]*(\d{1,4})[\s–—-]*(?:(?:/|od|of)\s*\d{1,4})?[\s–—-]*$|(?:\bstran|\bstr\.|\bstranica|\bpage)\s*(\d{1,5})\b`)

// isPageLine reports lines that are equal, but for a page number that grows by
// one from each to the next.
func isPageLine(lines []string) bool {
	rest, from := splitPageNumber(lines[0])
	for i, line := range lines {
		r, n := splitPageNumber(line)
		if r != rest || from >= 0 && n != from+i || from < 0 && n >= 0 {
			return false
		}
	}
	return true
}

func splitPageNumber(line string) (rest string, n int) {
	line = strings.Join(strings.Fields(line), " ")
	m := pageNumber.FindStringSubmatchIndex(line)
	if m == nil {
		return line, -1
	}
	at := m[2:4]
	if at[0] < 0 {
		at = m[4:6]
	}
	n, _ = strconv.Atoi(line[at[0]:at[1]])
	return line[:at[0]] + "#" + line[at[1]:], n
}

// joinHyphens puts together words that are cut at the end of a line. The hyphen
// stays if the document writes the word with it elsewhere, as in
// kulturno-umetniški, and goes if it writes the word without. If the document
// is silent, both stay as they are, for either guess could be wrong, unless the
// hyphen is a soft one.
func joinHyphens(all []string) ([]string, bool) {
	seen := map[string]bool{}
	for i := range all[:max(0, len(all)-1)] {
		if head, tail, _ := cutWord(all[i], all[i+1]); head != "" {
			seen[strings.ToLower(head+tail)], seen[strings.ToLower(head+"-"+tail)] = false, false
		}
	}
	if len(seen) == 0 {
		return all, false
	}
	for _, line := range all {
		for word := range strings.FieldsFuncSeq(line, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
			word = strings.ToLower(word)
			if _, asked := seen[word]; asked {
				seen[word] = true
			}
		}
	}
	out, joined := all[:0:0], false
	for i := 0; i < len(all); i++ {
		line := all[i]
		for i+1 < len(all) {
			head, tail, soft := cutWord(line, all[i+1])
			whole, apart := seen[strings.ToLower(head+tail)], seen[strings.ToLower(head+"-"+tail)]
			if head == "" || !soft && whole == apart {
				break
			}
			_, n := utf8.DecodeLastRuneInString(line)
			line = line[:len(line)-n]
			if apart && !whole {
				line += "-"
			}
			line += strings.TrimLeft(all[i+1], " \t")
			i++
			joined = true
		}
		out = append(out, line)
	}
	return out, joined
}

// cutWord returns the two halves of a word that a line ends in the middle of,
// or "".
func cutWord(line, next string) (head, tail string, soft bool) {
	r, n := utf8.DecodeLastRuneInString(line)
	if r != '-' && r != '\u2010' && r != '\u00ad' {
		return "", "", false
	}
	notLetter := func(r rune) bool { return !unicode.IsLetter(r) }
	head = line[:len(line)-n]
	if i := strings.LastIndexFunc(head, notLetter); i >= 0 {
		_, n := utf8.DecodeRuneInString(head[i:])
		head = head[i+n:]
	}
	tail = strings.TrimLeft(next, " \t")
	if i := strings.IndexFunc(tail, notLetter); i >= 0 {
		tail = tail[:i]
	}
	if begin, _ := utf8.DecodeRuneInString(tail); utf8.RuneCountInString(head) < 2 || utf8.RuneCountInString(tail) < 2 || !unicode.IsLower(begin) {
		return "", "", false
	}
	return head, tail, r == '\u00ad'
}
