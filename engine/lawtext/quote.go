package lawtext

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// quotes finds the payloads of an amending act: to[i] is the last line of the
// payload that begins at line i, and -1 where none begins.
//
// Guillemets nest, and in real texts some are missing. A closing one is paired
// with the nearest open one, so that an opening one without its pair does not
// swallow the act. Then the payload ends before the next article.
func (d *Dialect) quotes(in []line) (to []int, notes []Note) {
	switch {
	case d.Enclosed:
		return d.enclosed(in)
	case d.Balanced:
		return d.balanced(in)
	}
	to = make([]int, len(in))
	stray := make([]bool, len(in)) // closes what nothing opens
	var open []int
	low := d.lowPayloads(in)
	var leads [256]bool // the first bytes of the marks
	for k := range d.Opens + d.Closes {
		leads[(d.Opens + d.Closes)[k]] = true
	}
	for i, l := range in {
		to[i] = i
		for at := 0; low[i] < 0 && at < len(l.text); at++ {
			if !leads[l.text[at]] {
				continue
			}
			mark, n := utf8.DecodeRuneInString(l.text[at:])
			if !strings.ContainsRune(d.Opens, mark) && !strings.ContainsRune(d.Closes, mark) {
				continue
			}
			begins := at == 0 || l.text[at-1] == ' ' || l.text[at-1] == '('
			at += n - 1
			if strings.ContainsRune(d.Opens, mark) && (begins || !strings.ContainsRune(d.Closes, mark)) {
				open = append(open, i)
			} else if n := len(open); n > 0 {
				if open[n-1] != i {
					to[open[n-1]] = i
				}
				open = open[:n-1]
			} else {
				stray[i] = true
			}
		}
	}
	next := d.nextArticles(in)
	unclosed := map[int]bool{}
	for _, i := range open {
		unclosed[i] = to[i] == i
	}
	for i := 0; i < len(in); i++ {
		end, gap := d.payload(in, i, to[i], next[i], unclosed[i], stray)
		if low[i] >= 0 {
			end, gap = low[i], false
		}
		if gap {
			notes = append(notes, Note{in[i].span, "missing-quote", in[i].text})
		}
		if to[i] = end; end > i {
			for k := i + 1; k <= end; k++ {
				to[k] = -1
			}
			i = end
		}
	}
	return to, notes
}

// payload returns the last line of the payload that begins at line i, or -1 if
// none does, and whether a guillemet is missing. The guillemets say end, and
// next is where the next article begins.
func (d *Dialect) payload(in []line, i, end, next int, unclosed bool, stray []bool) (last int, gap bool) {
	s := in[i].text
	_, quoted := d.unquoted(s)
	if strings.HasSuffix(s, "»") && d.opensProvisions(strings.TrimRight(s, "» ")) && !(quoted && d.announces(in, i)) {
		return -1, false
	}
	if d.announces(in, i) {
		switch {
		case quoted && unclosed:
			return next - 1, true
		case quoted:
			return end, false
		}
		for k := i; k < next && k < i+200; k++ {
			if stray[k] {
				return k, true
			}
		}
	}
	if end > i && end < next {
		return end, false
	}
	return -1, false
}

// announces reports whether the line before i says that a payload follows.
func (d *Dialect) announces(in []line, i int) bool {
	if i == 0 {
		return false
	}
	s := in[i-1].text
	return hasAnySuffix(s, d.Announces)
}

// opensProvisions reports whether a payload after s is a body of provisions of
// its own: what a consolidated text appends of an amending act.
func (d *Dialect) opensProvisions(s string) bool {
	return len(d.Leaves) > 0 && strings.HasSuffix(s, ":") && strings.Contains(s, d.Leaves[0]) && containsAny(s, d.Provisions)
}

// nextArticles returns for each line the first one after it that begins an
// article outside of guillemets.
func (d *Dialect) nextArticles(in []line) []int {
	next, at := make([]int, len(in)), len(in)
	for i := len(in) - 1; i >= 0; i-- {
		next[i] = at
		if _, quoted := d.unquoted(in[i].text); len(in[i].text) < 200 && !quoted {
			if _, ok := d.readArticle(in[i].text); ok {
				at = i
			}
		}
	}
	return next
}

// hang moves the guillemet that opens appended provisions to the end of the
// sentence before, so that the head of the first article is a plain head.
func (d *Dialect) hang(in []line) {
	for i := 1; i < len(in); i++ {
		if rest, ok := strings.CutPrefix(in[i].text, "»"); ok && bare(rest) != "" && bare(rest) == strings.TrimSpace(rest) && d.opensProvisions(in[i-1].text) {
			in[i-1].text += " »"
			in[i].text = strings.TrimSpace(rest)
			in[i].span.Start += len("»")
		}
	}
}

// balanced finds payloads that follow a line that announces them, and end where
// their own mark closes, at the end of a line. One that does not close ends
// before the next article.
func (d *Dialect) balanced(in []line) (to []int, notes []Note) {
	to = make([]int, len(in))
	for i := range to {
		to[i] = -1
	}
	var next []int
	for i := 1; i < len(in); i++ {
		if _, quoted := d.unquoted(in[i].text); !quoted || !d.announces(in, i) {
			continue
		}
		end, depth := i, 0
		for ; end < len(in); end++ {
			if depth = d.depth(in[end].text, depth); depth <= 0 {
				break
			}
		}
		if end == len(in) {
			if next == nil {
				next = d.nextArticles(in)
			}
			end = next[i] - 1
			notes = append(notes, Note{in[i].span, "missing-quote", in[i].text})
		} else if tail := strings.TrimRight(in[end].text, ".;, "); !strings.HasSuffix(tail, d.lastClose(tail)) {
			continue // a quotation in running text
		}
		to[i] = end
		i = end
	}
	return to, notes
}

// lastClose is the closing mark at the end of s, or one that s does not have.
func (d *Dialect) lastClose(s string) string {
	if r, n := utf8.DecodeLastRuneInString(s); strings.ContainsRune(d.Closes, r) {
		return s[len(s)-n:]
	}
	return "\x00"
}

// depth counts how many quotations are open after s. A mark that opens and
// closes closes if one is open. An apostrophe is no mark: a closing mark before
// a letter, or after an s within a sentence, as in "States’ duties".
func (d *Dialect) depth(s string, depth int) int {
	for i, r := range s {
		opens, closes := strings.ContainsRune(d.Opens, r), strings.ContainsRune(d.Closes, r)
		if !opens && !closes {
			continue
		}
		after, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
		switch {
		case closes && r == '’' && (unicode.IsLetter(after) || after == ' ' && i > 0 && s[i-1] == 's'):
		case closes && (!opens || depth > 0):
			if depth--; depth <= 0 {
				return 0
			}
		default:
			depth++
		}
	}
	return depth
}
