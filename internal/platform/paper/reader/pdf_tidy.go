package reader

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tidyPages puts the pages of a PDF together: without the lines that are
// certain to be page headers, footers and numbers, with the lines of a
// paragraph joined, and with the words that are cut at the end of a line put
// together.
func tidyPages(pages [][]printed, t *Text) {
	empty := 0
	for _, p := range pages {
		for i := range p {
			p[i].text = tightMark.ReplaceAllString(bulletFirst(p[i].text), "$1 $2")
		}
		if first(p) < 0 {
			empty++
		}
	}
	if empty > 0 && empty < len(pages) {
		t.note(NoteBlankPages)
	}
	dropped := dropRepeated(pages, top)
	if dropRepeated(pages, bottom) || dropped {
		t.note(NotePageLines)
	}
	var all []printed
	for _, p := range pages {
		if from := first(p); from >= 0 {
			all = append(all, slices.DeleteFunc(p[from:last(p)+1], func(l printed) bool { return l.text == "" && l.placed() })...)
		}
	}
	all, joined := mendHyphens(all)
	if joined {
		t.note(NoteHyphens)
	}
	t.Content = strings.Join(joinLines(all), "\n")
}

// plainPages reads pages of which only the text is known.
func plainPages(pages []string) [][]printed {
	split := make([][]printed, len(pages))
	for i, p := range pages {
		blank := false // of many empty lines one is enough
		for line := range lines(p) {
			line = strings.TrimRight(line, " \t")
			if line != "" || !blank {
				split[i] = append(split[i], printed{text: line, page: i})
			}
			blank = line == ""
		}
	}
	return split
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
func first(page []printed) int {
	for i, line := range page {
		if strings.TrimSpace(line.text) != "" {
			return i
		}
	}
	return -1
}

func last(page []printed) int {
	for i := len(page) - 1; i >= 0; i-- {
		if strings.TrimSpace(page[i].text) != "" {
			return i
		}
	}
	return -1
}

// top and bottom return the place of the highest and the lowest line, which in
// columns are neither the first nor the last.
func top(page []printed) int {
	at := first(page)
	for i, l := range page {
		if l.placed() && l.text != "" && l.y0 < page[at].y0 {
			at = i
		}
	}
	return at
}

func bottom(page []printed) int {
	at := last(page)
	for i, l := range page {
		if l.placed() && l.text != "" && l.y1 > page[at].y1 {
			at = i
		}
	}
	return at
}

// minRepeated is how many pages must agree before a line is held for a page
// header: two may begin alike by chance.
const minRepeated = 3

// dropRepeated empties the outermost lines that all pages share, up to three
// deep. The first page may be a title page without them.
func dropRepeated(pages [][]printed, outermost func([]printed) int) bool {
	dropped := false
	for range 3 {
		if !dropOutermost(pages, outermost) {
			break
		}
		dropped = true
	}
	return dropped
}

// dropOutermost drops one line of each page. Where it is known that the lines
// stand at one height, apart from the text, two pages are enough.
func dropOutermost(pages [][]printed, outermost func([]printed) int) bool {
	var lines []string // of all pages but the first
	for _, p := range pages[1:] {
		i := outermost(p)
		if i < 0 {
			return false
		}
		lines = append(lines, p[i].text)
	}
	if len(lines) == 0 || !isPageLine(lines) || len(lines) < minRepeated && !apart(pages, outermost) {
		return false
	}
	if i := outermost(pages[0]); i >= 0 {
		// The title page agrees if it would be the line before the second.
		if isPageLine(append([]string{pages[0][i].text}, lines...)) {
			pages[0][i].text = ""
		}
	}
	for _, p := range pages[1:] {
		p[outermost(p)].text = ""
	}
	return true
}

// apart reports whether the outermost lines of all pages, of which there are two
// or more, are the same, stand at one height in the margin, and have a gap
// between them and the text.
func apart(pages [][]printed, outermost func([]printed) int) bool {
	var lines []string
	var at printed
	for _, p := range pages {
		i := outermost(p)
		if i < 0 || !p[i].placed() {
			return false
		}
		l := p[i]
		if at.placed() && math.Abs(l.y0-at.y0) > near || l.y0 > l.height/8 && l.y1 < l.height*7/8 {
			return false
		}
		at = l
		for _, other := range p {
			if d := math.Abs(other.y0 - l.y0); other.text != "" && d > near && d < (l.y1-l.y0)*1.3 {
				return false
			}
		}
		lines = append(lines, l.text)
	}
	return len(lines) > 1 && isPageLine(lines)
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

// mendHyphens marks the lines that end within a word, and takes the hyphen off
// that only the line end has put there. It stays if the document writes the word
// with it elsewhere, as in kulturno-umetniški, and goes if it writes the word
// without, or if it is a soft one. Where the document is silent it goes if the
// document cuts other words, and the halves do not look like a compound.
//
// Of PDF without places, a silent hyphen is left with its line end.
func mendHyphens(all []printed) ([]printed, bool) {
	seen := wordsAround(all)
	knows := func(w string) bool { return seen[strings.ToLower(w)] }
	cuts := 0 // words that are certainly cut, less those that certainly are not
	for i := range len(all) - 1 {
		if head, tail, soft := cutWord(all[i].text, all[i+1].text); head != "" {
			if whole, apart := knows(head+tail), knows(head+"-"+tail); soft || whole && !apart {
				cuts++
			} else if apart && !whole {
				cuts--
			}
		}
	}
	mended := false
	for i := range len(all) - 1 {
		head, tail, soft := cutWord(all[i].text, all[i+1].text)
		if head == "" {
			continue
		}
		whole, apart := knows(head+tail), knows(head+"-"+tail)
		compound := strings.HasSuffix(head, "o") && (knows(tail) || compoundHead.MatchString(head))
		switch {
		case soft, whole && !apart, all[i].placed() && whole == apart && cuts > 0 && !compound:
			_, n := utf8.DecodeLastRuneInString(all[i].text)
			all[i].text = all[i].text[:len(all[i].text)-n]
		case !all[i].placed() && whole == apart:
			continue
		}
		all[i].cut, mended = true, true
	}
	return all, mended
}

// compoundHead is what the first half of a compound looks like, as in
// strokovno-administrativen.
var compoundHead = regexp.MustCompile(`^\p{L}{3,}[bčjlrstvzš][nk]o$`)

// wordsAround returns the words of a document in small letters, without those
// that a line end may cut.
func wordsAround(all []printed) map[string]bool {
	seen := map[string]bool{}
	for i, line := range all {
		words := strings.FieldsFunc(line.text, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' })
		if i > 0 && len(words) > 0 {
			if head, _, _ := cutWord(all[i-1].text, line.text); head != "" {
				words = words[1:]
			}
		}
		for _, w := range words {
			seen[strings.ToLower(w)] = true
		}
	}
	return seen
}

// cutWord returns the two halves of a word that a line ends in the middle of,
// or "".
func cutWord(line, next string) (head, tail string, soft bool) {
	r, n := utf8.DecodeLastRuneInString(line)
	if r != '-' && r != '\u2010' && r != '\u00ad' {
		return "", "", false
	}
	if strings.Contains(line[strings.LastIndexByte(line, ' ')+1:], "/") {
		return "", "", false // an address of the web
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
	switch tail {
	case "in", "ali", "ter", "oziroma", "do": // družbeno- in kulturnopolitični
		return "", "", false
	}
	if utf8.RuneCountInString(head) < 2 || utf8.RuneCountInString(tail) < 2 || !startsSmall(tail) && !isUpper(head+tail) {
		return "", "", false
	}
	return head, tail, r == '\u00ad'
}

func isUpper(s string) bool { return s == strings.ToUpper(s) }
